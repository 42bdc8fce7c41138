//! What a policy asks of the people who hold its roles: which roles only read, and which need a
//! qualification that expires.
//!
//! The rules travel inside the event that publishes the policy, so that the register alone says
//! who may do what at any moment.

use crate::name::RoleName;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What holders of a role must have passed, and for how long it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualification {
    /// What people call it: `Approver training`.
    pub title: String,
    /// For how many months it counts from the day it was passed.
    pub months: u32,
}

/// What a policy asks of the people who hold its roles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeopleRules {
    /// Roles whose holders read everything and change nothing. They go with no other role.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reads_only: BTreeSet<RoleName>,
    /// Roles that ask for a qualification before somebody decides in them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub qualifications: BTreeMap<RoleName, Qualification>,
    /// Roles whose holders keep change windows and freezes beside the administrators: those that
    /// hear of lapsed time limits.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub keep_times: BTreeSet<RoleName>,
    /// Roles whose holders deploy. None of them opens an environment to himself.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub deploy: BTreeSet<RoleName>,
    /// Roles whose holders place and lift legal holds.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub legal_hold_by: BTreeSet<RoleName>,
}

impl PeopleRules {
    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
