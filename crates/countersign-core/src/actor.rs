//! Who acts: a person, a machine, or Countersign itself.

use crate::name::{PersonId, RoleName};
use crate::refusal::{PeopleRefusal, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Who did something, as an event remembers it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A person, by opaque identifier.
    Person(PersonId),
    /// A machine, by the identifier of its token.
    Machine(PersonId),
    /// Countersign itself: deliveries and clocks.
    System,
}

impl Who {
    /// The person, when it is one.
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::Machine(_) | Self::System => None,
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "{id}"),
            Self::Machine(id) => write!(f, "machine {id}"),
            Self::System => f.write_str("countersign"),
        }
    }
}

/// What a machine's token lets it do. A machine never approves: there is no scope for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Read releases, runbooks and policies.
    #[serde(rename = "read")]
    Read,
    /// Ask for verdicts.
    #[serde(rename = "verdict")]
    Verdict,
    /// Attach evidence to releases.
    #[serde(rename = "evidence")]
    Evidence,
    /// Record deployments.
    #[serde(rename = "deployment")]
    Deployment,
    /// Take copies of the records of releases along.
    #[serde(rename = "export")]
    Export,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] =
        [Self::Read, Self::Verdict, Self::Evidence, Self::Deployment, Self::Export];

    /// The word used on the command line and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Verdict => "verdict",
            Self::Evidence => "evidence",
            Self::Deployment => "deployment",
            Self::Export => "export",
        }
    }
}

/// Who acts now, with what they may do at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub who: Who,
    /// The roles a person holds now; empty for machines.
    pub roles: BTreeSet<RoleName>,
    /// The roles a person holds now for others who are away, and for whom, the first to ask first.
    pub lent: BTreeMap<RoleName, Vec<PersonId>>,
    /// The role on account of which the person reads and changes nothing.
    pub reads_only: Option<RoleName>,
    /// The scopes a machine's token has; empty for people.
    pub scopes: BTreeSet<Scope>,
}

impl Actor {
    /// A person with the roles they hold.
    pub fn person(id: PersonId, roles: BTreeSet<RoleName>) -> Self {
        Self { who: Who::Person(id), roles, ..Self::system() }
    }

    /// A machine with the scopes of its token.
    pub fn machine(id: PersonId, scopes: BTreeSet<Scope>) -> Self {
        Self { who: Who::Machine(id), scopes, ..Self::system() }
    }

    /// Countersign itself.
    pub fn system() -> Self {
        Self {
            who: Who::System,
            roles: BTreeSet::new(),
            lent: BTreeMap::new(),
            reads_only: None,
            scopes: BTreeSet::new(),
        }
    }

    /// Whether the actor is this person.
    pub fn is(&self, person: &PersonId) -> bool {
        self.who.person() == Some(person)
    }

    /// Whether the actor may act in this role now: holds it, or holds it for somebody away.
    pub fn holds(&self, role: &RoleName) -> bool {
        self.roles.contains(role) || self.lent.contains_key(role)
    }

    /// Every role the actor may act in now: those held, and those held for others.
    pub fn all_roles(&self) -> BTreeSet<RoleName> {
        self.roles.iter().chain(self.lent.keys()).cloned().collect()
    }

    /// Refuses whoever only reads. Every decision asks this first.
    pub fn may_change(&self) -> Result<(), Refusal> {
        match &self.reads_only {
            Some(role) => Err(PeopleRefusal::ReadsOnly { role: role.clone() }.into()),
            None => Ok(()),
        }
    }

    /// Whether the actor holds one of these roles now.
    pub fn holds_any<'a>(&self, mut roles: impl Iterator<Item = &'a RoleName>) -> bool {
        roles.any(|role| self.holds(role))
    }
}
