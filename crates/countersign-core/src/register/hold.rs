//! Legal holds: as long as one stands, nothing it covers is purged or erased, whatever the clocks
//! say.
//!
//! Holds are part of the register, so that every decision about a release sees them: the decision
//! is made anew when the register changed in between.

use super::{Context, Register, RegisterEvent};
use crate::name::{ModelName, PersonId, ReleaseId, RoleName};
use crate::refusal::Refusal;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a hold covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldScope {
    /// Everything about this model …
    pub model: ModelName,
    /// … or only this release of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseId>,
}

impl fmt::Display for HoldScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.release {
            Some(release) => write!(f, "release {release} of {}", self.model),
            None => write!(f, "{} and all its releases", self.model),
        }
    }
}

impl HoldScope {
    /// Whether it covers this release of this model.
    pub fn covers(&self, model: &ModelName, release: &ReleaseId) -> bool {
        &self.model == model && self.release.as_ref().is_none_or(|one| one == release)
    }
}

/// A legal hold as the register knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// What it covers.
    pub scope: HoldScope,
    /// Why.
    pub reason: Text,
    /// When it was placed, and by whom.
    pub placed: (Timestamp, PersonId),
    /// When it was lifted, by whom, and why; `None` while it stands.
    pub lifted: Option<(Timestamp, PersonId, Text)>,
}

impl Hold {
    /// Whether it stands.
    pub fn stands(&self) -> bool {
        self.lifted.is_none()
    }
}

impl Register {
    /// Every hold that ever covered this release, by number, lifted ones included.
    pub fn holds_over<'r>(
        &'r self,
        model: &'r ModelName,
        release: &'r ReleaseId,
    ) -> impl Iterator<Item = (u32, &'r Hold)> {
        let covering = self.holds.iter().filter(|(_, hold)| hold.scope.covers(model, release));
        covering.map(|(number, hold)| (*number, hold))
    }

    /// The numbers of the holds that stand over something of this model: over this release, or
    /// over any of them where it belongs to none. Where even the model is unknown, every hold
    /// counts: not knowing is never a yes.
    pub fn holding(&self, model: Option<&ModelName>, release: Option<&ReleaseId>) -> Vec<u32> {
        let counts = |hold: &Hold| match (model, release) {
            (None, _) => true,
            (Some(model), None) => &hold.scope.model == model,
            (Some(model), Some(release)) => hold.scope.covers(model, release),
        };
        let standing = self.holds.iter().filter(|(_, hold)| hold.stands() && counts(hold));
        standing.map(|(number, _)| *number).collect()
    }

    pub(super) fn evolve_holds(&mut self, at: Timestamp, event: &RegisterEvent) {
        if let RegisterEvent::HoldPlaced { number, scope, reason, by } = event {
            let placed = (at, by.clone());
            let hold = Hold { scope: scope.clone(), reason: *reason, placed, lifted: None };
            self.holds.insert(*number, hold);
        }
        if let RegisterEvent::HoldLifted { number, reason, by } = event
            && let Some(hold) = self.holds.get_mut(number)
        {
            hold.lifted = Some((at, by.clone(), *reason));
        }
    }
}

impl Register {
    /// The roles whose holders place and lift holds: the policy in force names them.
    pub(crate) fn lift_holds(&self, now: Timestamp) -> Vec<RoleName> {
        self.people_rules(now).legal_hold_by.into_iter().collect()
    }
}

/// The person who acts, who holds one of the roles that the policy in force names for holds.
fn keeper(
    register: &Register,
    action: &'static str,
    context: &Context<'_>,
) -> Result<PersonId, Refusal> {
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let needs = register.lift_holds(context.now);
    if context.actor.holds_any(needs.iter()) {
        return Ok(person.clone());
    }
    Err(Refusal::NotPermitted { action, needs })
}

pub(super) fn place(
    register: &Register,
    scope: HoldScope,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let by = keeper(register, "place a legal hold", context)?;
    let number = register.holds.keys().next_back().map_or(1, |last| last + 1);
    Ok(vec![RegisterEvent::HoldPlaced { number, scope, reason, by }])
}

pub(super) fn lift(
    register: &Register,
    number: u32,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let by = keeper(register, "lift a legal hold", context)?;
    let missing = || Refusal::NotFound { what: "legal hold", name: number.to_string() };
    if !register.holds.get(&number).ok_or_else(missing)?.stands() {
        return Err(Refusal::NothingToDo { what: "the legal hold was lifted already" });
    }
    Ok(vec![RegisterEvent::HoldLifted { number, reason, by }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    ///
    #[test]
    fn only_the_roles_the_policy_names_place_and_lift_a_hold() {
        let mut world = deployed(Low);
        for person in ["rivera", "abara", "root"] {
            let refusal = world.keep(person, place_hold(None)).unwrap_err();
            assert_eq!(refusal.code(), "actor.not_permitted");
        }
        let refusal = world.keep("quinn", place_hold(None)).unwrap_err();
        assert_eq!(refusal.code(), "actor.reads_only");
        world.keep("weiss", place_hold(None)).unwrap();
        assert_eq!(world.register.holding(Some(&summarizer()), Some(&release("r-1"))), [1]);
        assert_eq!(world.keep("rivera", lift_hold(1)).unwrap_err().code(), "actor.not_permitted");
        assert_eq!(world.keep("weiss", lift_hold(2)).unwrap_err().code(), "not_found");
        world.keep("okafor", lift_hold(1)).unwrap();
        assert_eq!(world.keep("weiss", lift_hold(1)).unwrap_err().code(), "nothing_to_do");
    }

    #[test]
    fn a_policy_that_names_nobody_knows_no_hold() {
        let mut world = given(Low).policy_where(|policy| policy.settings.retention = None);
        let refusal = world.keep("weiss", place_hold(None)).unwrap_err();
        assert_eq!(refusal.code(), "actor.not_permitted");
    }

    #[test]
    fn a_hold_covers_one_release_or_all_of_a_model() {
        let mut world = deployed(Low);
        world.keep("weiss", place_hold(Some("r-1"))).unwrap();
        let holding = |world: &World, name: &str| {
            world.register.holding(Some(&summarizer()), Some(&release(name)))
        };
        assert_eq!((holding(&world, "r-1"), holding(&world, "r-2")), (vec![1], vec![]));
        assert_eq!(world.register.holding(Some(&summarizer()), None), [1]);
        assert_eq!(world.register.holding(None, None), [1]);
        let other = ModelName::new("tagger").unwrap();
        assert_eq!(world.register.holding(Some(&other), None), [] as [u32; 0]);
        world.keep("weiss", place_hold(None)).unwrap();
        assert_eq!(holding(&world, "r-2"), [2]);
    }

    #[test]
    fn a_hold_is_listed_until_it_is_lifted() {
        let mut world = deployed(Low);
        world.keep("weiss", place_hold(None)).unwrap();
        let listed = |world: &World| {
            let rows = crate::project::register_entries(&world.register).into_iter();
            let is_hold =
                |row: &crate::rows::EntryRow| row.kind == crate::entry::EntryKind::LegalHold;
            rows.filter(is_hold).map(|row| (row.state, row.closed_at.is_some())).collect::<Vec<_>>()
        };
        assert_eq!(listed(&world), [("stands".to_owned(), false)]);
        world.keep("weiss", lift_hold(1)).unwrap();
        assert_eq!(listed(&world), [("lifted".to_owned(), true)]);
    }
}
