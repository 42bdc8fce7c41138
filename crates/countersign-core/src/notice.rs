//! Notices: who is told about what they have to do, once.
//!
//! A notice says that something became somebody's to do (`assigned`), that it comes due
//! (`reminder`), or that it is late (`escalation`). What is to be told follows from the tasks there
//! are and from the time; [`Notice::key`] says which notice it is, so that whoever keeps notices
//! keeps each once, however often it is found and whatever a clock does in between.
//!
//! What is deliberately absent: channels, addresses, and who has read what.

mod due;

pub use due::{Rules, due_of_release, due_of_tasks};

use crate::digest::Sha256;
use crate::name::{PersonId, RoleName};
use crate::rows::TaskRow;
use crate::stream::StreamId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Something somebody is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// About which history.
    pub subject: StreamId,
    /// About which task of it.
    pub task: String,
    /// Why.
    pub kind: NoticeKind,
    /// How far it went up: 0 for whoever has to do it, 1 for the first escalation, 2 for the next.
    pub level: u32,
    /// What tells it from an earlier one about the same task: the due date, or the version of the
    /// history that made it a task.
    pub round: String,
    /// What is to be done, as a person reads it. Free text is not in it.
    pub title: String,
    /// Who is told.
    pub to: Addressee,
    /// When it should be done.
    pub due: Option<Timestamp>,
}

/// Why somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// It became theirs to do.
    Assigned,
    /// It comes due.
    Reminder,
    /// It is late, and not theirs: they see to it.
    Escalation,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Assigned, Self::Reminder, Self::Escalation];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Reminder => "reminder",
            Self::Escalation => "escalation",
        }
    }

    /// What a person reads in front of what is to be done.
    pub fn human(self) -> &'static str {
        match self {
            Self::Assigned => "For you",
            Self::Reminder => "Reminder",
            Self::Escalation => "Late",
        }
    }
}

impl fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for NoticeKind {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or("not a kind of notice")
    }
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    /// One person.
    Person(PersonId),
    /// Whoever holds a role.
    Role(RoleName),
}

impl Addressee {
    /// Whom a task waits for; `None` when it waits for nobody.
    fn of(task: &TaskRow) -> Option<Self> {
        let role = task.role.clone().map(Self::Role);
        task.person.clone().map(Self::Person).or(role)
    }
}

impl Notice {
    /// Which notice it is: `release/r-1/confirm/production/reminder/0@2026-05-13T07:00:00Z`. There
    /// is one notice with a key, for ever.
    pub fn key(&self) -> String {
        let Self { subject, task, kind, level, round, .. } = self;
        format!("{subject}/{task}/{kind}/{level}@{round}")
    }

    /// The key in short, for addresses and messages: `n-4f0c…`.
    pub fn id(&self) -> String {
        let digest = Sha256::of(self.key().as_bytes()).to_string();
        let hex: String = digest.chars().filter(char::is_ascii_hexdigit).collect();
        let start = hex.len().saturating_sub(64);
        format!("n-{}", &hex[start..start + 24])
    }
}

/// What became somebody's to do with this version of a history. Whoever did it knows already.
pub fn assigned(
    (before, after): (&[TaskRow], &[TaskRow]),
    by: Option<&PersonId>,
    version: u64,
) -> Vec<Notice> {
    let before: BTreeMap<_, _> =
        before.iter().map(|task| (&task.task, Addressee::of(task))).collect();
    let new = after.iter().filter_map(|task| {
        let to = Addressee::of(task)?;
        let known = before.get(&task.task).is_some_and(|old| old.as_ref() == Some(&to));
        let own = matches!(&to, Addressee::Person(person) if Some(person) == by);
        if known || own {
            return None;
        }
        Some(Notice {
            subject: task.subject.clone(),
            task: task.task.clone(),
            kind: NoticeKind::Assigned,
            level: 0,
            round: version.to_string(),
            title: task.title.clone(),
            to,
            due: task.due,
        })
    });
    new.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::project::tasks;

    fn new_between(before: &World, after: &World, by: &str) -> Vec<(String, Addressee)> {
        let (before, after) = (tasks(before.release()), tasks(after.release()));
        let new = assigned((&before, &after), Some(&id(by)), 7);
        new.into_iter().map(|notice| (notice.task, notice.to)).collect()
    }

    ///
    #[test]
    fn people_hear_of_what_becomes_theirs_and_not_of_what_they_did_themselves() {
        let submitted = on_the_runbook(Low);
        let stepped = submitted.clone().stepped();
        let told = new_between(&submitted, &stepped, "dufour");
        let lead = ("approval/0/rivera".into(), Addressee::Person(id("rivera")));
        assert!(told.contains(&lead), "{told:?}");
        let told = new_between(&submitted, &stepped, "rivera");
        assert!(!told.contains(&lead), "whoever did it knows");
        assert_eq!(new_between(&stepped, &stepped, "dufour"), []);
    }

    ///
    #[test]
    fn a_notice_is_known_by_its_key_and_a_later_round_is_another_one() {
        let world = on_the_runbook(Low);
        let now = tasks(world.release());
        let told = assigned((&[], &now), None, 3);
        assert_eq!(told[0].key(), "release/r-1/step/confirm-scope/assigned/0@3");
        let again = assigned((&[], &now), None, 9);
        assert_ne!(told[0].key(), again[0].key());
        assert_ne!(told[0].id(), again[0].id());
        assert_eq!((told[0].id().len(), &told[0].id()[..2]), (26, "n-"));
    }
}
