//! What stands beside the releases: incidents, the risk register, sandbox exclusions. Their shared
//! settings, and everything outside their own history that a decision about them may depend on.

use crate::actor::Actor;
use crate::model::Model;
use crate::name::{PersonId, RoleName};
use crate::refusal::Refusal;
use crate::register::Register;
use crate::release::Release;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the policy says about incidents, risks and sandboxes. A policy that says nothing gets the
/// default, which never changes: plans stored without these settings mean it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Who handles incidents; empty means whoever may suspend.
    pub may_handle_incidents: BTreeSet<RoleName>,
    /// Who keeps the risk register beside the owners of its entries; empty means whoever hears of
    /// lapsed time limits.
    pub may_keep_risks: BTreeSet<RoleName>,
    /// Within how many months an entry of the risk register is looked at again.
    pub risk_review_months: u32,
    /// For how many months at most a sandbox exclusion is claimed.
    pub sandbox_months: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            may_handle_incidents: BTreeSet::new(),
            may_keep_risks: BTreeSet::new(),
            risk_review_months: 12,
            sandbox_months: 6,
        }
    }
}

impl Settings {
    /// Whether a policy says nothing else.
    pub fn is_default(&self) -> bool {
        self == &Self::default()
    }
}

/// Everything outside the own history of an incident, a risk or an exclusion that a decision
/// about it may depend on.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The moment of the decision.
    pub now: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// Roles and environments.
    pub register: &'a Register,
    /// The settings of the policy in force; `None` when none is.
    pub settings: Option<&'a crate::policy::Settings>,
    /// The models that are named, in the order they are named.
    pub models: &'a [Model],
    /// The release that is named.
    pub release: Option<&'a Release>,
}

impl Beside<'_> {
    /// The person who acts; machines do none of this, and neither do people who only read.
    pub fn person(&self, action: &'static str) -> Result<&PersonId, Refusal> {
        self.actor.may_change()?;
        self.actor.who.person().ok_or(Refusal::PeopleOnly { action })
    }

    /// Whether the actor owns one of the models named.
    pub fn owns_a_model(&self) -> bool {
        self.models.iter().filter_map(Model::owner).any(|owner| self.actor.is(owner))
    }

    /// Whether the actor may act in one of these roles now, the Model Owner's and those held for
    /// others included.
    pub fn acts_as_any(&self, roles: &BTreeSet<RoleName>) -> bool {
        let held = self.actor.all_roles();
        roles.iter().any(|role| {
            if role.is_model_owner() { self.owns_a_model() } else { held.contains(role) }
        })
    }

    /// What the policy says, or the default where none is in force.
    pub fn settings(&self) -> Settings {
        self.settings.map(|settings| settings.beside.clone()).unwrap_or_default()
    }

    /// Who keeps the risk register and sandbox exclusions.
    pub fn keepers(&self) -> BTreeSet<RoleName> {
        let said = self.settings().may_keep_risks;
        if said.is_empty() {
            self.settings.iter().map(|settings| settings.escalate_to.clone()).collect()
        } else {
            said
        }
    }

    /// Every model named is registered.
    pub fn models_exist<'n>(
        &self,
        names: impl IntoIterator<Item = &'n crate::name::ModelName>,
    ) -> Result<(), Refusal> {
        for name in names {
            let known = self.models.iter().filter_map(|model| model.registration.as_ref());
            if !known.into_iter().any(|registration| &registration.name == name) {
                return Err(Refusal::NotFound { what: "model", name: name.to_string() });
            }
        }
        Ok(())
    }

    /// A moment that lies ahead, and no further than this many months.
    pub fn ahead(
        &self,
        moment: Timestamp,
        months: u32,
        what: [&'static str; 2],
    ) -> Result<(), Refusal> {
        let [past, far] = what;
        if moment <= self.now {
            return Err(Refusal::WrongOrder { what: past });
        }
        let now = self.now.to_zoned(jiff::tz::TimeZone::UTC);
        let last = now.checked_add(i64::from(months).months()).map(|zoned| zoned.timestamp());
        // The whole last day counts, whatever zone its close of business is meant in.
        let last = last.ok().and_then(|last| last.checked_add(24.hours()).ok());
        match last {
            Some(last) if moment <= last => Ok(()),
            Some(_) | None => Err(Refusal::WrongOrder { what: far }),
        }
    }
}
