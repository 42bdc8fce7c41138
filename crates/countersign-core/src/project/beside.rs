//! The rows of what stands beside the releases: incidents, risks, sandbox exclusions.

mod incident;
mod risk;
mod sandbox;

use crate::name::{PersonId, RoleName};
use crate::rows::{EntryRow, TaskRow};
use crate::stream::StreamId;
use jiff::Timestamp;

/// Something that is one entry of a list, and may leave people something to do.
pub trait Listed {
    /// Its history; `None` before anything happened.
    fn subject(&self) -> Option<StreamId>;
    /// Its entry; `None` before anything happened.
    fn entry(&self) -> Option<EntryRow>;
    /// What people have to do about it now.
    fn tasks(&self) -> Vec<TaskRow>;
}

/// A task of one person.
fn of_person(
    subject: &StreamId,
    task: &str,
    (title, person): (String, &PersonId),
    due: Option<Timestamp>,
) -> TaskRow {
    let (subject, task) = (subject.clone(), task.to_owned());
    TaskRow { subject, task, title, person: Some(person.clone()), role: None, due }
}

/// A task of any holder of a role. Nobody holds the Model Owner's in the register, so that its
/// tasks wait for the owner at that time.
fn of_role(
    subject: &StreamId,
    task: &str,
    title: &str,
    (role, model_owner): (&RoleName, Option<&PersonId>),
) -> TaskRow {
    TaskRow {
        subject: subject.clone(),
        task: format!("{task}/{role}"),
        title: title.to_owned(),
        person: model_owner.filter(|_| role.is_model_owner()).cloned(),
        role: Some(role.clone()),
        due: None,
    }
}
