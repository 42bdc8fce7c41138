//! The rows of an incident.

use super::{Listed, of_person, of_role};
use crate::entry::EntryKind;
use crate::incident::Incident;
use crate::rows::{EntryRow, TaskRow};
use crate::stream::StreamId;

impl Listed for Incident {
    fn subject(&self) -> Option<StreamId> {
        self.opening.as_ref().map(|opening| StreamId::Incident(opening.id.clone()))
    }

    fn entry(&self) -> Option<EntryRow> {
        let (opening, severity) = (self.opening.as_ref()?, self.severity?);
        let (opened_at, _) = self.opened.as_ref()?;
        Some(EntryRow {
            kind: EntryKind::Incident,
            id: opening.id.to_string(),
            subject: self.subject()?,
            model: self.links.model.clone(),
            title: format!("{}: {}", severity.human(), opening.title),
            text: Some(opening.text),
            state: if self.is_open() { "open" } else { "closed" }.to_owned(),
            owner: self.owner.clone(),
            role: opening.handling.by.first().cloned(),
            due: None,
            opened_at: *opened_at,
            closed_at: self.closed.as_ref().map(|(at, _, _)| *at),
        })
    }

    /// Somebody takes it on and closes it; one that is critical asks whoever may suspend.
    fn tasks(&self) -> Vec<TaskRow> {
        let (Some(subject), Some(opening)) = (self.subject(), &self.opening) else {
            return Vec::new();
        };
        if !self.is_open() {
            return Vec::new();
        }
        let (title, handling) = (&opening.title, &opening.handling);
        let owner = handling.model_owner.as_ref();
        let mut tasks = Vec::new();
        match &self.owner {
            Some(person) => {
                let title = format!("Find the cause and close the incident: {title}");
                tasks.push(of_person(&subject, "close", (title, person), None));
            }
            None => {
                let title = format!("Say who sees to the incident: {title}");
                let roles = handling.by.iter();
                tasks.extend(roles.map(|role| of_role(&subject, "assign", &title, (role, owner))));
            }
        }
        if self.asks_for_suspension() {
            let title = format!("Decide about suspension: {title}");
            let roles = handling.may_suspend.iter();
            tasks.extend(roles.map(|role| of_role(&subject, "suspend", &title, (role, owner))));
        }
        tasks
    }
}
