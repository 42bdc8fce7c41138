//! The rows of a sandbox exclusion.

use super::{Listed, of_person};
use crate::entry::EntryKind;
use crate::rows::{EntryRow, TaskRow};
use crate::sandbox::Exclusion;
use crate::stream::StreamId;

impl Listed for Exclusion {
    fn subject(&self) -> Option<StreamId> {
        self.claim.as_ref().map(|claim| StreamId::Sandbox(claim.id.clone()))
    }

    fn entry(&self) -> Option<EntryRow> {
        let claim = self.claim.as_ref()?;
        let (opened_at, _) = self.claimed.as_ref()?;
        Some(EntryRow {
            kind: EntryKind::SandboxExclusion,
            id: claim.id.to_string(),
            subject: self.subject()?,
            model: claim.model.clone(),
            title: claim.title.clone(),
            text: Some(claim.description),
            state: if self.ended.is_none() { "open" } else { "closed" }.to_owned(),
            owner: self.claimant().cloned(),
            role: None,
            due: Some(claim.until),
            opened_at: *opened_at,
            closed_at: self.ended.as_ref().map(|(at, _, _)| *at),
        })
    }

    fn tasks(&self) -> Vec<TaskRow> {
        let parts = (self.subject(), &self.claim, self.claimant());
        let (Some(subject), Some(claim), Some(person)) = parts else { return Vec::new() };
        if self.ended.is_some() {
            return Vec::new();
        }
        let title = format!("End the sandbox exclusion, or request a release: {}", claim.title);
        vec![of_person(&subject, "end", (title, person), Some(claim.until))]
    }
}
