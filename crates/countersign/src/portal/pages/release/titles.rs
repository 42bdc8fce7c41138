//! Roles and people as they are called, for everything a page says about a release.

use crate::app::View;
use crate::portal::visit::Visitor;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::actor::Who;
use countersign_core::blocker::{Blocker, Reason};
use countersign_core::name::RoleName;
use countersign_core::policy::Policy;
use std::sync::Arc;

/// What people call roles: by the policy a release is pinned to, or the one in force.
#[derive(Debug, Clone, Default)]
pub struct Titles {
    policy: Option<Arc<Policy>>,
}

impl Titles {
    /// The titles for a release.
    pub async fn of(visitor: &Visitor, view: &View) -> Result<Self, Wrong> {
        let policy = match &view.plan {
            Some(plan) => Some(visitor.app.policy(&plan.policy).await?),
            None => visitor.app.policy_in_force(&view.register).await?,
        };
        Ok(Self { policy: policy.map(|loaded| loaded.policy) })
    }

    /// The titles of the policy in force.
    pub async fn in_force(visitor: &Visitor) -> Result<Self, Wrong> {
        let policy = visitor.app.policy_in_force(&visitor.register).await?;
        Ok(Self { policy: policy.map(|loaded| loaded.policy) })
    }

    /// What people call a role.
    pub fn role(&self, role: &RoleName) -> String {
        match &self.policy {
            Some(policy) if policy.title_of(role) != role.as_str() => {
                policy.title_of(role).to_owned()
            }
            Some(_) | None => words::title(role.as_str()),
        }
    }

    /// Who can lift a blocker, in words. An approval waits for people in a role; anything else for
    /// these people, or for any holder of these roles.
    pub fn lifter(&self, view: &View, blocker: &Blocker) -> String {
        let lifter = &blocker.lifted_by;
        let people: Vec<&str> = lifter.people.iter().map(|id| view.name(id)).collect();
        let roles: Vec<String> = lifter.roles.iter().map(|role| self.role(role)).collect();
        let (people, roles) = (people.join(" or "), roles.join(" or "));
        match (&blocker.reason, people.is_empty(), roles.is_empty()) {
            (_, true, true) => "nobody: the release has come to its end".into(),
            (Reason::ApprovalMissing { .. }, false, _) => format!("{people}, as {roles}"),
            (_, true, false) => format!("anybody who is {roles}"),
            (_, false, true) => people,
            (_, false, false) => format!("{people}, or anybody who is {roles}"),
        }
    }
}

/// Who did something, as people call them.
pub fn who(view: &View, who: &Who) -> String {
    match who {
        Who::Person(person) => view.name(person).to_owned(),
        Who::Machine(id) => format!("a machine ({id})"),
        Who::System => "Countersign".into(),
    }
}
