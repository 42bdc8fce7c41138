//! The rows of an entry of the risk register.

use super::{Listed, of_person};
use crate::entry::EntryKind;
use crate::risk::Risk;
use crate::rows::{EntryRow, TaskRow};
use crate::stream::StreamId;

impl Listed for Risk {
    fn subject(&self) -> Option<StreamId> {
        self.entry.as_ref().map(|entry| StreamId::Risk(entry.id.clone()))
    }

    /// A risk about one model is listed with it; one about several stands under none.
    fn entry(&self) -> Option<EntryRow> {
        let entry = self.entry.as_ref()?;
        let (opened_at, _) = self.entered.as_ref()?;
        let mut models = entry.models.iter();
        Some(EntryRow {
            kind: EntryKind::Risk,
            id: entry.id.to_string(),
            subject: self.subject()?,
            model: models.next().filter(|_| entry.models.len() == 1).cloned(),
            title: format!("{}: {}, {}", entry.id, entry.title, entry.rating),
            text: Some(entry.description),
            state: if self.is_open() { "open" } else { "closed" }.to_owned(),
            owner: Some(entry.owner.clone()),
            role: None,
            due: Some(entry.review_by).filter(|_| self.is_open()),
            opened_at: *opened_at,
            closed_at: self.closed.as_ref().map(|(at, _, _)| *at),
        })
    }

    fn tasks(&self) -> Vec<TaskRow> {
        let (Some(subject), Some(entry)) = (self.subject(), &self.entry) else {
            return Vec::new();
        };
        if !self.is_open() {
            return Vec::new();
        }
        let title = format!("Look at the risk {} again: {}", entry.id, entry.title);
        vec![of_person(&subject, "review", (title, &entry.owner), Some(entry.review_by))]
    }
}
