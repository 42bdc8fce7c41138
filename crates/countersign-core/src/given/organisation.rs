//! The organisation: who works there, in which roles, and the names tests speak of.

use crate::actor::{Actor, Scope};
use crate::calendar::BusinessCalendar;
use crate::classification::ArtifactKind;
use crate::digest::Sha256;
use crate::name::{
    EnvironmentName, EvidenceId, ItemName, ModelName, PersonId, ReleaseId, RoleName, StepName,
};
use crate::register::Register;
use crate::release::Artifact;
use crate::text::Text;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Everybody with the roles they hold. Rivera owns the model, which is not a granted role.
pub const PEOPLE: &[(&str, &[&str])] = &[
    ("rivera", &["ml_lead"]),
    ("chen", &["product_lead"]),
    ("okafor", &["compliance"]),
    ("abara", &["ai_governance_lead"]),
    ("lindqvist", &["ai_governance_committee"]),
    ("moreau", &["ai_governance_committee"]),
    ("osei", &["ai_governance_committee"]),
    ("santos", &["security"]),
    ("weiss", &["legal"]),
    ("tanaka", &["peer_reviewer"]),
    ("dufour", &["ml_platform_lead"]),
    ("eriksen", &["data_governance"]),
    ("iyer", &["ml_engineer"]),
    ("park", &["application_security"]),
    ("haddad", &["security_operations_lead"]),
    ("zhou", &["ml_platform"]),
    ("quinn", &["auditor"]),
    ("root", &["administrator"]),
];

/// A moment in UTC, such as `2026-05-11T09:00:00Z`.
#[track_caller]
pub fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// The moment at which every world begins: a Monday morning in Berlin.
pub fn monday() -> Timestamp {
    at("2026-05-11T07:00:00Z")
}

/// A person's identifier.
#[track_caller]
pub fn id(person: &str) -> PersonId {
    PersonId::new(person).expect("a person")
}

/// A role.
#[track_caller]
pub fn role(name: &str) -> RoleName {
    RoleName::new(name).expect("a role")
}

/// Several roles.
#[track_caller]
pub fn roles(names: &[&str]) -> BTreeSet<RoleName> {
    names.iter().map(|name| role(name)).collect()
}

/// An environment.
#[track_caller]
pub fn environment(name: &str) -> EnvironmentName {
    EnvironmentName::new(name).expect("an environment")
}

/// Production, where most of the tests deploy.
pub fn production() -> EnvironmentName {
    environment("production")
}

/// A release's identifier.
#[track_caller]
pub fn release(name: &str) -> ReleaseId {
    ReleaseId::new(name).expect("a release")
}

/// A checklist item's name.
#[track_caller]
pub fn item(name: &str) -> ItemName {
    ItemName::new(name).expect("an item")
}

/// A step's name.
#[track_caller]
pub fn step(name: &str) -> StepName {
    StepName::new(name).expect("a step")
}

/// A piece of evidence.
#[track_caller]
pub fn evidence(name: &str) -> EvidenceId {
    EvidenceId::new(name).expect("evidence")
}

/// The model most tests are about, owned by Rivera.
pub fn summarizer() -> ModelName {
    ModelName::new("summarizer").expect("a model")
}

/// A free text under a fixed salt, so that the same words are the same text.
#[track_caller]
pub fn text(words: &str) -> Text {
    Text::new(&[7; 16], words).expect("a text")
}

/// An artifact whose digest is that of its name.
pub fn artifact(kind: ArtifactKind, name: &str) -> Artifact {
    Artifact { name: name.into(), kind, digest: Sha256::of(name.as_bytes()) }
}

/// The calendar: Berlin, with Ascension Day off.
pub fn calendar() -> BusinessCalendar {
    let mut calendar = BusinessCalendar::new("Europe/Berlin").expect("a zone");
    calendar.holidays.insert("2026-05-14".parse().expect("a date"));
    calendar
}

/// Who acts in a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acting {
    /// A person, with the roles the register gives them at that moment.
    Person(PersonId),
    /// A machine with a token of these scopes.
    Machine(PersonId, BTreeSet<Scope>),
    /// Countersign's own clock and deliveries.
    Countersign,
}

impl From<&str> for Acting {
    fn from(person: &str) -> Self {
        Self::Person(id(person))
    }
}

impl From<&PersonId> for Acting {
    fn from(person: &PersonId) -> Self {
        Self::Person(person.clone())
    }
}

/// A build machine with these scopes.
pub fn machine(scopes: impl Into<BTreeSet<Scope>>) -> Acting {
    Acting::Machine(id("ci"), scopes.into())
}

impl Acting {
    /// Who that is now.
    pub fn actor(&self, register: &Register, now: Timestamp) -> Actor {
        match self {
            Self::Person(person) => register.actor(person, now),
            Self::Machine(token, scopes) => Actor::machine(token.clone(), scopes.clone()),
            Self::Countersign => Actor::system(),
        }
    }
}
