//! Delegation: a holder of a role lets another person act in it while he is away.
//!
//! The delegate acts as himself and for the absent holder: both count as one person, and both must
//! be independent. A role held by delegation is not passed on, never comes back to whom it came
//! from, and ends with the holder's own role. The owner of a model and the administrator do not
//! delegate: the first is changed with the model, the second is granted.

use super::grant::{Term, alone};
use super::{Context, Register, RegisterEvent, administrator};
use crate::name::{PersonId, RoleName};
use crate::refusal::{PeopleRefusal, Refusal};
use crate::text::Text;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A role lent for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Who is away.
    pub from: PersonId,
    /// Who acts in his place.
    pub to: PersonId,
    /// In which role.
    pub role: RoleName,
    /// The first moment at which it counts.
    pub begins: Timestamp,
    /// The first moment at which it no longer does.
    pub ends: Timestamp,
    /// Why.
    pub reason: Text,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it was taken back before its end.
    pub ended_at: Option<Timestamp>,
}

impl Delegation {
    /// Whether it counts at this moment, as far as its dates say.
    pub fn counts(&self, now: Timestamp) -> bool {
        self.begins <= now && !self.is_over(now)
    }

    /// Whether it is over: its end has come, or it was taken back.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends <= now || self.ended_at.is_some()
    }
}

/// A delegation to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelegation {
    /// Who acts.
    pub to: PersonId,
    /// In which role.
    pub role: RoleName,
    /// From when; `None` for now.
    pub begins: Option<Timestamp>,
    /// Until when.
    pub ends: Timestamp,
    /// Why.
    pub reason: Text,
}

impl Register {
    /// The roles a person holds for others now, and for whom: only while the other holds the role
    /// himself.
    pub fn acts_for(&self, person: &PersonId, now: Timestamp) -> BTreeMap<RoleName, Vec<PersonId>> {
        let mut acts: BTreeMap<RoleName, Vec<PersonId>> = BTreeMap::new();
        let counting = self.delegations.values().filter(|one| {
            &one.to == person && one.counts(now) && self.holds(&one.from, &one.role, now)
        });
        for one in counting {
            acts.entry(one.role.clone()).or_default().push(one.from.clone());
        }
        acts
    }
}

pub(super) fn delegate(
    register: &Register,
    new: NewDelegation,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let (action, now) = ("delegate a role", context.now);
    let from = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?.clone();
    let NewDelegation { to, role, begins, ends, reason } = new;
    let rules = register.people_rules(now);
    if role.is_model_owner() || role == administrator() || rules.reads_only.contains(&role) {
        return Err(PeopleRefusal::RoleNotDelegable { role }.into());
    }
    if register.accounts_of(&from).contains(&to) {
        return Err(PeopleRefusal::DelegationToOneself { role }.into());
    }
    let back = |one: &Delegation| {
        one.role == role && one.from == to && one.to == from && !one.is_over(now)
    };
    if register.delegations.values().any(back) {
        return Err(PeopleRefusal::DelegationBack { role }.into());
    }
    if !register.holds(&from, &role, now) {
        if register.acts_for(&from, now).contains_key(&role) {
            return Err(PeopleRefusal::DelegationChained { role }.into());
        }
        return Err(Refusal::NotPermitted { action, needs: vec![role] });
    }
    Term { from: begins, until: Some(ends) }.check(now)?;
    if register.holds(&to, &role, now) {
        return Err(Refusal::NothingToDo { what: "the person holds this role already" });
    }
    alone(register, (&to, &role), now)?;
    let number = register.delegations.keys().last().copied().unwrap_or(0).saturating_add(1);
    let begins = begins.unwrap_or(now);
    Ok(vec![RegisterEvent::RoleDelegated { number, from, to, role, begins, ends, reason }])
}

/// A delegation is taken back by who gave it, given back by who has it, or ended by an
/// administrator.
pub(super) fn end(
    register: &Register,
    number: u32,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let action = "end a delegation";
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let missing = || Refusal::NotFound { what: "delegation", name: number.to_string() };
    let one = register.delegations.get(&number).ok_or_else(missing)?;
    if person != &one.from && person != &one.to && !context.actor.holds(&administrator()) {
        // Whoever has no part in it is not told that there is one (I-15).
        return Err(missing());
    }
    if one.is_over(context.now) {
        return Err(Refusal::NothingToDo { what: "the delegation is over already" });
    }
    Ok(vec![RegisterEvent::DelegationEnded { number }])
}

#[cfg(test)]
mod tests {
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::register::{NewDelegation, RegisterCommand};

    fn lend(to: &str, of: &str) -> RegisterCommand {
        RegisterCommand::Delegate(NewDelegation {
            to: id(to),
            role: role(of),
            begins: None,
            ends: at("2026-05-25T07:00:00Z"),
            reason: text("on leave"),
        })
    }

    #[track_caller]
    fn refused(world: &mut World, by: &str, command: RegisterCommand) -> &'static str {
        world.keep(by, command).unwrap_err().code()
    }

    #[test]
    fn a_delegate_acts_in_the_role_until_it_ends_or_is_taken_back() {
        let mut world = given(Low);
        world.keep("chen", lend("iyer", "product_lead")).unwrap();
        let acts = |world: &World, moment: &str| {
            world.register.acts_for(&id("iyer"), at(moment)).contains_key(&role("product_lead"))
        };
        assert!(acts(&world, "2026-05-25T06:59:59Z"));
        assert!(!acts(&world, "2026-05-25T07:00:00Z"));
        world.keep("chen", RegisterCommand::EndDelegation { number: 1 }).unwrap();
        assert!(!acts(&world, "2026-05-12T07:00:00Z"));
        let again = RegisterCommand::EndDelegation { number: 1 };
        assert_eq!(refused(&mut world, "chen", again), "nothing_to_do");
    }

    #[test]
    fn a_delegation_ends_with_the_role_it_came_from() {
        let mut world = given(Low);
        world.keep("chen", lend("iyer", "product_lead")).unwrap();
        let taken = RegisterCommand::RevokeRole { person: id("chen"), role: role("product_lead") };
        world.keep("root", taken).unwrap();
        assert!(world.register.acts_for(&id("iyer"), world.now).is_empty());
    }

    #[test]
    fn a_delegation_is_never_passed_on_and_never_comes_back() {
        let mut world = given(Low);
        world.keep("chen", lend("iyer", "product_lead")).unwrap();
        assert_eq!(refused(&mut world, "iyer", lend("park", "product_lead")), "delegation.chained");
        assert_eq!(refused(&mut world, "iyer", lend("chen", "product_lead")), "delegation.back");
        assert_eq!(
            refused(&mut world, "chen", lend("chen", "product_lead")),
            "delegation.to_oneself"
        );
        assert_eq!(
            refused(&mut world, "park", lend("zhou", "product_lead")),
            "actor.not_permitted"
        );
    }

    #[test]
    fn some_roles_are_not_lent_and_some_people_are_not_lent_to() {
        let mut world = given(Low);
        for (by, of) in [("root", "administrator"), ("rivera", "model_owner")] {
            assert_eq!(refused(&mut world, by, lend("iyer", of)), "role.not_delegable");
        }
        assert_eq!(refused(&mut world, "quinn", lend("iyer", "auditor")), "actor.reads_only");
        assert_eq!(refused(&mut world, "chen", lend("quinn", "product_lead")), "role.excluded");
        assert_eq!(refused(&mut world, "chen", lend("root", "product_lead")), "role.excluded");
        let holder = lend("osei", "ai_governance_committee");
        assert_eq!(refused(&mut world, "moreau", holder), "nothing_to_do");
    }

    /// I-15
    #[test]
    fn whoever_has_no_part_in_a_delegation_is_not_told_of_it() {
        let mut world = given(Low);
        world.keep("chen", lend("iyer", "product_lead")).unwrap();
        for number in [1, 7] {
            let end = RegisterCommand::EndDelegation { number };
            assert_eq!(refused(&mut world, "park", end), "not_found");
        }
        for by in ["iyer", "root"] {
            let mut world = world.clone();
            world.keep(by, RegisterCommand::EndDelegation { number: 1 }).unwrap();
        }
    }
}
