//! Refusals about people: who only reads, who lacks a qualification, which roles are not given or
//! lent.

use crate::name::{PersonId, RoleName};
use jiff::Timestamp;
use serde::Serialize;
use std::fmt;

/// Why somebody may not act, or may not be given a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and its message name")]
pub enum PeopleRefusal {
    /// The person only reads, on account of a role.
    ReadsOnly { role: RoleName },
    /// Somebody was named to answer for something whose role only reads.
    AnswersForNothing { person: PersonId, role: RoleName },
    /// The policy asks for a qualification that the person does not have.
    QualificationMissing { person: PersonId, role: RoleName, title: String },
    /// The person's qualification has expired.
    QualificationExpired { person: PersonId, role: RoleName, title: String, until: Timestamp },
    /// Nobody records his own qualification.
    OwnQualification { role: RoleName },
    /// Two roles that one person never holds together.
    RolesExclude { role: RoleName, held: RoleName },
    /// A role that is not lent to others.
    RoleNotDelegable { role: RoleName },
    /// Nobody stands in for himself.
    DelegationToOneself { role: RoleName },
    /// A role does not come back to whom it was lent by.
    DelegationBack { role: RoleName },
    /// A borrowed role is not lent on.
    DelegationChained { role: RoleName },
    /// Whoever deploys opens no environment to himself.
    OpensForItself { role: RoleName },
}

impl PeopleRefusal {
    /// A stable word for tools.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ReadsOnly { .. } => "actor.reads_only",
            Self::AnswersForNothing { .. } => "person.reads_only",
            Self::QualificationMissing { .. } => "qualification.missing",
            Self::QualificationExpired { .. } => "qualification.expired",
            Self::OwnQualification { .. } => "qualification.own",
            Self::RolesExclude { .. } => "role.excluded",
            Self::RoleNotDelegable { .. } => "role.not_delegable",
            Self::DelegationToOneself { .. } => "delegation.to_oneself",
            Self::DelegationBack { .. } => "delegation.back",
            Self::DelegationChained { .. } => "delegation.chained",
            Self::OpensForItself { .. } => "times.own_deployments",
        }
    }

    /// What the person can do next.
    pub fn next_step(&self) -> String {
        match self {
            Self::ReadsOnly { .. } => "ask somebody who prepares or decides releases".into(),
            Self::AnswersForNothing { .. } => {
                "name somebody who may act: `countersign person list` shows who holds which role"
                    .into()
            }
            Self::QualificationMissing { .. } | Self::QualificationExpired { .. } => {
                "have an administrator record the qualification, or ask another holder".into()
            }
            Self::OwnQualification { .. } => "ask another administrator".into(),
            Self::RolesExclude { held, .. } => {
                format!("take `{held}` away first, or give the role to somebody else")
            }
            Self::RoleNotDelegable { role } if role.is_model_owner() => {
                "change the owner of the model instead".into()
            }
            Self::RoleNotDelegable { .. } => {
                "ask an administrator to give the role to somebody for a time".into()
            }
            Self::DelegationToOneself { .. } | Self::DelegationBack { .. } => {
                "name somebody else".into()
            }
            Self::DelegationChained { .. } => {
                "ask the holder to name somebody else, or an administrator to give the role".into()
            }
            Self::OpensForItself { .. } => {
                "ask somebody who keeps the windows and holds no role that deploys".into()
            }
        }
    }
}

impl fmt::Display for PeopleRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadsOnly { role } => write!(f, "`{role}` reads everything and changes nothing"),
            Self::AnswersForNothing { role, .. } => {
                write!(f, "the person named is `{role}`, reads everything and answers for nothing")
            }
            Self::QualificationMissing { role, title, .. } => {
                write!(f, "`{role}` asks for the qualification `{title}`, and none is recorded")
            }
            Self::QualificationExpired { role, title, until, .. } => {
                write!(f, "the qualification `{title}` for `{role}` expired {until}")
            }
            Self::OwnQualification { role } => {
                write!(f, "nobody records his own qualification for `{role}`")
            }
            Self::RolesExclude { role, held } => {
                write!(f, "whoever holds `{held}` does not hold `{role}` as well")
            }
            Self::RoleNotDelegable { role } => write!(f, "`{role}` is not lent to others"),
            Self::DelegationToOneself { role } => {
                write!(f, "nobody stands in for himself as `{role}`")
            }
            Self::DelegationBack { role } => {
                write!(f, "this person lent you `{role}`, and it does not go back that way")
            }
            Self::DelegationChained { role } => {
                write!(f, "you act as `{role}` for somebody else, and do not lend it on")
            }
            Self::OpensForItself { role } => {
                write!(f, "`{role}` deploys, and does not open an environment to itself")
            }
        }
    }
}

impl From<PeopleRefusal> for super::Refusal {
    fn from(why: PeopleRefusal) -> Self {
        Self::OfPeople(why)
    }
}
