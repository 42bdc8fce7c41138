//! What a person holds, for how long, for whom: as `GET /people/{person}` says it.

use countersign_core::name::PersonId;
use countersign_core::register::Register;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role with its dates.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GrantItem {
    /// The role.
    pub role: String,
    /// From when (RFC 3339).
    pub from: String,
    /// Until when (RFC 3339); absent for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Who gave it, by identifier; absent for the set-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether it counts now.
    pub counts: bool,
}

/// A role held for somebody who is away, or lent to somebody.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DelegationItem {
    /// The delegation's number.
    pub number: u32,
    /// The role.
    pub role: String,
    /// Who is away, by identifier.
    pub from_person: String,
    /// Who acts, by identifier.
    pub to_person: String,
    /// From when (RFC 3339).
    pub from: String,
    /// Until when (RFC 3339).
    pub until: String,
    /// Whether it counts now.
    pub counts: bool,
}

/// A qualification.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct QualificationItem {
    /// The role it is asked for in.
    pub role: String,
    /// The day it was passed.
    pub passed_on: String,
    /// Until when it counts (RFC 3339).
    pub until: String,
    /// Whether it counts now.
    pub counts: bool,
}

/// What a person holds, for how long, and for whom.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct Standing {
    /// Roles given, those of the future included.
    pub grants: Vec<GrantItem>,
    /// Roles lent by and to the person, as far as they are not over.
    pub delegations: Vec<DelegationItem>,
    /// What the person has passed.
    pub qualifications: Vec<QualificationItem>,
    /// Other accounts of the same human, by identifier.
    pub same_as: Vec<String>,
}

impl Standing {
    /// How a person stands at a moment.
    pub fn of(person: &PersonId, register: &Register, now: Timestamp) -> Self {
        let grants = register.grants.get(person).into_iter().flatten();
        let grants = grants.filter(|(_, grant)| !grant.is_over(now));
        let part = |from: &PersonId, to: &PersonId| from == person || to == person;
        let lent = register.delegations.iter();
        let lent = lent.filter(|(_, one)| part(&one.from, &one.to) && !one.is_over(now));
        let passed = register.qualifications.iter().filter(|((whose, _), _)| whose == person);
        let others = register.accounts_of(person).into_iter().filter(|other| other != person);
        Self {
            grants: grants
                .map(|(role, grant)| GrantItem {
                    role: role.to_string(),
                    from: grant.from.unwrap_or(grant.given_at).to_string(),
                    until: grant.until.map(|until| until.to_string()),
                    by: grant.by.as_ref().map(ToString::to_string),
                    counts: grant.counts(now),
                })
                .collect(),
            delegations: lent
                .map(|(number, one)| DelegationItem {
                    number: *number,
                    role: one.role.to_string(),
                    from_person: one.from.to_string(),
                    to_person: one.to.to_string(),
                    from: one.begins.to_string(),
                    until: one.ends.to_string(),
                    counts: one.counts(now) && register.holds(&one.from, &one.role, now),
                })
                .collect(),
            qualifications: passed
                .map(|((_, role), has)| QualificationItem {
                    role: role.to_string(),
                    passed_on: has.passed_on.to_string(),
                    until: has.until.to_string(),
                    counts: now < has.until,
                })
                .collect(),
            same_as: others.map(|other| other.to_string()).collect(),
        }
    }
}
