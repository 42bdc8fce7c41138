//! Who holds what at a moment: the one place where grants, delegations and what the policy asks of
//! people become an actor.

use super::{Delegation, Grant, Qualified, Register, RegisterEvent, administrator};
use crate::actor::Actor;
use crate::name::{PersonId, RoleName};
use crate::people::PeopleRules;
use crate::refusal::{PeopleRefusal, Refusal};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

impl Register {
    pub(super) fn evolve_people(&mut self, at: Timestamp, event: &RegisterEvent) {
        match event {
            RegisterEvent::RoleGranted { person, role, from, until, by } => {
                let (from, until, by) = (*from, *until, by.clone());
                let grant = Grant { from, until, by, given_at: at };
                self.grants.entry(person.clone()).or_default().insert(role.clone(), grant);
            }
            RegisterEvent::RoleRevoked { person, role } => {
                if let Some(roles) = self.grants.get_mut(person) {
                    roles.remove(role);
                }
            }
            RegisterEvent::RoleDelegated { number, from, to, role, begins, ends, reason } => {
                let (from, to, role) = (from.clone(), to.clone(), role.clone());
                let (begins, ends, reason) = (*begins, *ends, *reason);
                let (given_at, ended_at) = (at, None);
                let one = Delegation { from, to, role, begins, ends, reason, given_at, ended_at };
                self.delegations.insert(*number, one);
            }
            RegisterEvent::DelegationEnded { number } => {
                if let Some(one) = self.delegations.get_mut(number) {
                    one.ended_at = Some(at);
                }
            }
            RegisterEvent::QualificationRecorded { person, role, passed_on, until, proof } => {
                let (passed_on, until, proof) = (*passed_on, *until, *proof);
                let has = Qualified { passed_on, until, proof, recorded_at: at };
                self.qualifications.insert((person.clone(), role.clone()), has);
            }
            RegisterEvent::AccountsLinked { person, same_as } => self.link(person, same_as),
            RegisterEvent::PolicyPublished { .. }
            | RegisterEvent::PolicyReviewOpened { .. }
            | RegisterEvent::PolicyReviewed { .. }
            | RegisterEvent::PolicyApprovalGiven { .. }
            | RegisterEvent::PolicyApproved { .. }
            | RegisterEvent::PolicyDeclined { .. }
            | RegisterEvent::RunbookPublished { .. }
            | RegisterEvent::ControlPublished { .. }
            | RegisterEvent::ControlReported { .. }
            | RegisterEvent::EnvironmentDefined { .. }
            | RegisterEvent::CalendarSet { .. }
            | RegisterEvent::ChangeWindowsSet { .. }
            | RegisterEvent::FreezeDeclared { .. }
            | RegisterEvent::FreezeLifted { .. }
            | RegisterEvent::PapersOwed { .. }
            | RegisterEvent::PapersReceived { .. }
            | RegisterEvent::HoldPlaced { .. }
            | RegisterEvent::HoldLifted { .. }
            | RegisterEvent::PersonErased { .. }
            | RegisterEvent::TextsErased { .. }
            | RegisterEvent::ChangeRefused { .. } => {}
        }
    }

    /// What the policy in force asks of people.
    pub fn people_rules(&self, now: Timestamp) -> PeopleRules {
        let today = self.calendar().map(|calendar| calendar.date_at(now));
        let in_force = today.and_then(|today| self.policy_in_force(today));
        in_force.map(|published| published.people.clone()).unwrap_or_default()
    }

    /// The roles a person holds now, those held for others left out.
    pub fn roles_of(&self, person: &PersonId, now: Timestamp) -> BTreeSet<RoleName> {
        let held = self.grants.get(person).into_iter().flatten();
        held.filter(|(_, grant)| grant.counts(now)).map(|(role, _)| role.clone()).collect()
    }

    /// The roles a person holds now or will hold, those lent by others included.
    pub(super) fn roles_to_come(&self, person: &PersonId, now: Timestamp) -> BTreeSet<RoleName> {
        let held = self.grants.get(person).into_iter().flatten();
        let held = held.filter(|(_, grant)| !grant.is_over(now)).map(|(role, _)| role.clone());
        let lent = self.delegations.values().filter(|one| &one.to == person && !one.is_over(now));
        held.chain(lent.map(|one| one.role.clone())).collect()
    }

    /// Whether a person holds a role now, not counting what others lent.
    pub fn holds(&self, person: &PersonId, role: &RoleName, now: Timestamp) -> bool {
        let grant = self.grants.get(person).and_then(|held| held.get(role));
        grant.is_some_and(|grant| grant.counts(now))
    }

    /// The people who hold a role now, not counting those it was lent to.
    pub fn holders(&self, role: &RoleName, now: Timestamp) -> BTreeSet<PersonId> {
        self.grants.keys().filter(|person| self.holds(person, role, now)).cloned().collect()
    }

    /// Whether somebody administers the installation.
    pub fn has_administrator(&self, now: Timestamp) -> bool {
        !self.holders(&administrator(), now).is_empty()
    }

    /// Whether nobody else administers the installation for good.
    pub fn is_last_administrator(&self, person: &PersonId, now: Timestamp) -> bool {
        let role = administrator();
        let for_good = |one: &PersonId| {
            let grant = self.grants.get(one).and_then(|held| held.get(&role));
            grant.is_some_and(|grant| grant.counts(now) && grant.until.is_none())
        };
        for_good(person) && !self.grants.keys().any(|other| other != person && for_good(other))
    }

    /// Refuses to make somebody answer for a model, a condition, an incident or a risk whose role
    /// only reads: what it asks of him, he could not do.
    pub fn may_answer(&self, person: &PersonId, now: Timestamp) -> Result<(), Refusal> {
        match self.actor(person, now).reads_only {
            Some(role) => {
                Err(PeopleRefusal::AnswersForNothing { person: person.clone(), role }.into())
            }
            None => Ok(()),
        }
    }

    /// A person as who acts at this moment.
    pub fn actor(&self, person: &PersonId, now: Timestamp) -> Actor {
        let roles = self.roles_of(person, now);
        let rules = self.people_rules(now);
        let reads_only = roles.iter().find(|role| rules.reads_only.contains(*role)).cloned();
        let lent: BTreeMap<_, _> = self.acts_for(person, now);
        Actor { lent, reads_only, ..Actor::person(person.clone(), roles) }
    }
}
