//! The life of a policy: published, approved or declined by the body it names, and in force from
//! its effective date on.
//!
//! How many people have to approve is fixed when it is published, because it depends on what the
//! new version loosens. Whoever published it is never one of them.

use super::policy_review::Reviewed;
use super::{Context, Register, RegisterEvent, ReviewRules};
use crate::actor::Actor;
use crate::meeting::Sitting;
use crate::name::{PersonId, RoleName};
use crate::people::PeopleRules;
use crate::policy::difference::{Difference, loosened};
use crate::policy::{Policy, PolicyRef};
use crate::refusal::Refusal;
use crate::text::Text;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The approval a published policy waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitedApproval {
    /// The role that approves it: the one the policy it follows names, so that a new version
    /// cannot choose an easier judge; the first policy names its own.
    pub role: RoleName,
    /// How many people: one, and two when it loosens something.
    pub people: u32,
    /// What it asks less of than what it follows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loosens: Vec<Difference>,
    /// Who published it; such a person does not approve it. `None` while nobody administers the
    /// installation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<PersonId>,
}

impl AwaitedApproval {
    /// What a policy waits for that follows these ([`Register::followed`]). Whoever publishes it
    /// is added by the decision.
    pub fn of<'p>(policy: &Policy, followed: impl IntoIterator<Item = &'p Policy>) -> Self {
        let followed: Vec<&Policy> = followed.into_iter().collect();
        let judged_by = followed.first().map_or(policy, |old| old);
        let role = judged_by.document.approved_by.clone();
        let mut loosens: Vec<Difference> = Vec::new();
        for one in followed.iter().flat_map(|old| loosened(old, policy)) {
            if !loosens.contains(&one) {
                loosens.push(one);
            }
        }
        let people = if loosens.is_empty() { 1 } else { 2 };
        Self { role, people, loosens, publisher: None }
    }
}

/// Where a published policy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approved {
    /// It waits for its approval.
    Awaited,
    /// The body approved it.
    Yes {
        /// When.
        at: Timestamp,
        /// Who.
        by: Vec<PersonId>,
    },
    /// The body declined it, for good.
    No {
        /// When.
        at: Timestamp,
        /// Who.
        by: PersonId,
        /// Why.
        reason: Text,
    },
}

impl Approved {
    /// The word used everywhere.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Awaited => "awaiting_approval",
            Self::Yes { .. } => "approved",
            Self::No { .. } => "declined",
        }
    }
}

impl Register {
    /// The policy in force on a day: of those approved and effective by then, the one published
    /// last.
    pub fn policy_in_force(&self, today: Date) -> Option<&PublishedPolicy> {
        self.policies.iter().rev().find(|published| published.is_in_force_by(today))
    }

    /// What a policy published on this day follows and is compared with: the one in force and
    /// everything published since that may still come into force.
    pub fn followed(&self, today: Date) -> impl Iterator<Item = &PublishedPolicy> {
        let in_force = self.policies.iter().rposition(|one| one.is_in_force_by(today));
        let since = self.policies.iter().skip(in_force.unwrap_or(0));
        since.filter(move |one| match one.approved {
            Approved::Yes { .. } => true,
            // Before the first policy is in force there is nothing that could be loosened.
            Approved::Awaited => in_force.is_some(),
            Approved::No { .. } => false,
        })
    }

    /// A published policy.
    pub fn published_policy(&self, policy: &PolicyRef) -> Option<&PublishedPolicy> {
        self.policies.iter().find(|published| &published.policy == policy)
    }

    pub(super) fn policy_mut(&mut self, policy: &PolicyRef) -> Option<&mut PublishedPolicy> {
        self.policies.iter_mut().find(|published| &published.policy == policy)
    }
}

/// A published policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPolicy {
    /// Which.
    pub policy: PolicyRef,
    /// The first day it is in force, once it is approved.
    pub effective: Date,
    /// What it asks of people.
    pub people: PeopleRules,
    /// When it was published.
    pub published_at: Timestamp,
    /// The approval it waits for or got.
    pub awaits: Option<AwaitedApproval>,
    /// Who approved it so far.
    pub given: Vec<PersonId>,
    /// Where it stands.
    pub approved: Approved,
    /// What it says about looking at itself again; `None` in histories from before that was kept.
    pub review: Option<ReviewRules>,
    /// When it was looked at again, and what that came to.
    pub reviewed: Vec<Reviewed>,
}

impl PublishedPolicy {
    fn is_in_force_by(&self, today: Date) -> bool {
        matches!(self.approved, Approved::Yes { .. }) && self.effective <= today
    }

    /// Its name and version, as people say it.
    pub fn name(&self) -> String {
        format!("{} {}", self.policy.name, self.policy.version)
    }
}

pub(super) fn publish(
    register: &Register,
    (policy, effective, people): (PolicyRef, Date, PeopleRules),
    (awaits, review): (AwaitedApproval, Box<ReviewRules>),
    actor: &Actor,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let taken = |published: &PublishedPolicy| {
        published.policy.name == policy.name && published.policy.version == policy.version
    };
    if register.policies.iter().any(taken) {
        let name = format!("{} {}", policy.name, policy.version);
        return Err(Refusal::Immutable { what: "policy", name });
    }
    let awaits = Some(AwaitedApproval { publisher: actor.who.person().cloned(), ..awaits });
    let review = Some(review);
    Ok(vec![RegisterEvent::PolicyPublished { policy, effective, people, awaits, review }])
}

pub(super) fn approve(
    register: &Register,
    policy: PolicyRef,
    comment: Option<Text>,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let (person, published, awaits) = decider(register, &policy, context, "approve a policy")?;
    if published.given.iter().any(|one| everybody(register, &person, context).contains(one)) {
        return Err(Refusal::AlreadyApproved { person });
    }
    let mut by = published.given.clone();
    by.push(person.clone());
    let enough = by.len() >= awaits.people as usize;
    let given = RegisterEvent::PolicyApprovalGiven { policy: policy.clone(), person, comment };
    let approved = RegisterEvent::PolicyApproved { policy, approvers: by, sitting: None };
    Ok(std::iter::once(given).chain(enough.then_some(approved)).collect())
}

pub(super) fn decline(
    register: &Register,
    policy: PolicyRef,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let (person, ..) = decider(register, &policy, context, "decline a policy")?;
    Ok(vec![RegisterEvent::PolicyDeclined { policy, person, reason }])
}

/// What a session of the committee decided about a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyResolution {
    /// In which session, under which item.
    pub sitting: Sitting,
    /// Yes or no.
    pub resolved: Resolved,
}

/// Yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// It was carried.
    Yes {
        /// Who voted for it, with what they wrote, in the order of the votes.
        by: Vec<(PersonId, Option<Text>)>,
    },
    /// It was turned down.
    No {
        /// The first who voted against it.
        by: PersonId,
        /// The chair's statement.
        reason: Text,
    },
}

/// The votes become approvals by the same rules as an approval given alone.
pub(super) fn resolve(
    register: &Register,
    policy: PolicyRef,
    resolution: PolicyResolution,
    now: Timestamp,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let PolicyResolution { sitting, resolved } = resolution;
    let by = match resolved {
        Resolved::No { by, reason } => {
            let actor = register.actor(&by, now);
            return decline(register, policy, reason, &Context { now, actor: &actor });
        }
        Resolved::Yes { by } => by,
    };
    let (mut after, mut events, mut refused) = (register.clone(), Vec::new(), None);
    for (person, comment) in by {
        let actor = after.actor(&person, now);
        match approve(&after, policy.clone(), comment, &Context { now, actor: &actor }) {
            Ok(new) => {
                new.iter().for_each(|event| after.evolve(now, event));
                events.extend(new);
            }
            Err(refusal) => {
                refused.get_or_insert(refusal);
            }
        }
    }
    if let (Some(refusal), true) = (refused, events.is_empty()) {
        return Err(refusal);
    }
    for event in &mut events {
        if let RegisterEvent::PolicyApproved { sitting: of, .. } = event {
            *of = Some(sitting.clone());
        }
    }
    Ok(events)
}

/// Who decides about a policy that still waits, once it is clear that this person may.
fn decider<'r>(
    register: &'r Register,
    policy: &PolicyRef,
    context: &Context<'_>,
    action: &'static str,
) -> Result<(PersonId, &'r PublishedPolicy, &'r AwaitedApproval), Refusal> {
    let actor = context.actor;
    let person = actor.who.person().ok_or(Refusal::PeopleOnly { action })?.clone();
    let missing = || Refusal::NotFound {
        what: "policy",
        name: format!("{} {}", policy.name, policy.version),
    };
    let published = register.published_policy(policy).ok_or_else(missing)?;
    let awaits = match (&published.approved, &published.awaits) {
        (Approved::Awaited, Some(awaits)) => awaits,
        (Approved::Awaited | Approved::Yes { .. }, _) => {
            return Err(Refusal::NothingToDo { what: "the policy is approved already" });
        }
        (Approved::No { .. }, _) => {
            return Err(Refusal::NothingToDo { what: "the policy was declined" });
        }
    };
    if !actor.holds(&awaits.role) {
        return Err(Refusal::NotPermitted { action, needs: vec![awaits.role.clone()] });
    }
    let everybody = everybody(register, &person, context);
    if awaits.publisher.as_ref().is_some_and(|publisher| everybody.contains(publisher)) {
        return Err(Refusal::OwnPublication { role: awaits.role.clone() });
    }
    Ok((person, published, awaits))
}

/// Everybody who counts as this person: other accounts of the same human, and the holders in whose
/// place he decides (I-03).
fn everybody(register: &Register, person: &PersonId, context: &Context<'_>) -> BTreeSet<PersonId> {
    let absent = context.actor.lent.values().flatten();
    std::iter::once(person).chain(absent).flat_map(|one| register.accounts_of(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{RegisterCommand, decide};
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    /// A world in which a version was published that loosens a criterion, effective at once.
    fn drafted(change: impl FnOnce(&mut Policy)) -> World {
        given(Low).drafting_policy_where(change)
    }

    fn loosen(policy: &mut Policy) {
        policy.criteria.clear();
    }

    fn last(world: &World) -> PolicyRef {
        world.register.policies.last().expect("a policy").policy.clone()
    }

    fn said(
        world: &World,
        who: &str,
        command: impl Fn(PolicyRef) -> RegisterCommand,
    ) -> Result<Vec<RegisterEvent>, Refusal> {
        let actor = Acting::from(who).actor(&world.register, world.now);
        let context = Context { now: world.now, actor: &actor };
        decide(&world.register, command(last(world)), &context)
    }

    fn approval(policy: PolicyRef) -> RegisterCommand {
        RegisterCommand::ApprovePolicy { policy, comment: None }
    }

    fn refusal(policy: PolicyRef) -> RegisterCommand {
        let reason = text("the bound is too wide");
        RegisterCommand::DeclinePolicy { policy, reason }
    }

    #[track_caller]
    fn then(world: World, who: &str, command: impl Fn(PolicyRef) -> RegisterCommand) -> World {
        let events = said(&world, who, command).expect("allowed");
        events.into_iter().fold(world, World::and)
    }

    fn in_force(world: &World) -> String {
        let today = "2026-05-11".parse().expect("a date");
        let published = world.register.policy_in_force(today);
        published.map(|one| one.policy.version.clone()).unwrap_or_default()
    }

    ///
    #[test]
    fn a_policy_is_not_in_force_before_the_body_it_names_approved_it() {
        let world = drafted(|_| {});
        assert_eq!(in_force(&world), "1.0");
        let world = then(world, "moreau", approval);
        assert_eq!(in_force(&world), "1.1");
    }

    ///
    #[test]
    fn only_the_body_the_policy_names_approves_it() {
        let world = drafted(|_| {});
        for who in ["rivera", "abara", "root", "weiss"] {
            assert_eq!(said(&world, who, approval).unwrap_err().code(), "actor.not_permitted");
            assert_eq!(said(&world, who, refusal).unwrap_err().code(), "actor.not_permitted");
        }
        assert_eq!(said(&world, "quinn", approval).unwrap_err().code(), "actor.reads_only");
        let actor = machine([]).actor(&world.register, world.now);
        let context = Context { now: world.now, actor: &actor };
        let refused = decide(&world.register, approval(last(&world)), &context).unwrap_err();
        assert_eq!(refused.code(), "actor.people_only");
    }

    ///
    #[test]
    fn whoever_published_a_policy_does_not_approve_it() {
        let (person, role) = (id("root"), role("ai_governance_committee"));
        let world = drafted(|_| {}).and(RegisterEvent::granted(person, role));
        assert_eq!(said(&world, "root", approval).unwrap_err().code(), "policy.own");
        assert_eq!(said(&world, "root", refusal).unwrap_err().code(), "policy.own");
    }

    ///
    #[test]
    fn loosening_a_criterion_takes_two_different_people() {
        let world = then(drafted(loosen), "moreau", approval);
        assert_eq!(in_force(&world), "1.0");
        assert_eq!(said(&world, "moreau", approval).unwrap_err().code(), "approval.already_given");
        let world = then(world, "osei", approval);
        assert_eq!(in_force(&world), "1.1");
        assert_eq!(said(&world, "lindqvist", approval).unwrap_err().code(), "nothing_to_do");
    }

    ///
    #[test]
    fn what_a_pending_version_asks_more_cannot_be_dropped_again_by_one_person() {
        let stricter = drafted(|policy| policy.settings.self_approval = false);
        let back = stricter.drafting_policy_where(|policy| policy.settings.self_approval = true);
        let awaits = back.register.policies.last().and_then(|one| one.awaits.clone());
        assert_eq!(awaits.expect("waits").people, 2);
    }

    ///
    #[test]
    fn a_new_version_does_not_choose_its_own_judge() {
        let world = drafted(|policy| policy.document.approved_by = role("legal"));
        let awaits = world.register.policies[1].awaits.clone().expect("waits");
        assert_eq!(awaits.role, role("ai_governance_committee"));
        assert_eq!(awaits.people, 2);
        assert_eq!(said(&world, "quinn", approval).unwrap_err().code(), "actor.reads_only");
    }

    #[test]
    fn a_declined_policy_never_comes_into_force_and_nothing_is_compared_with_it() {
        let world = then(drafted(loosen), "moreau", refusal);
        assert_eq!(said(&world, "osei", approval).unwrap_err().code(), "nothing_to_do");
        assert_eq!(in_force(&world), "1.0");
        let today = "2026-05-11".parse().expect("a date");
        let followed: Vec<_> = world.register.followed(today).collect();
        assert_eq!(followed.len(), 1);
    }

    /// R-142, I-04
    #[test]
    fn a_policy_published_before_approvals_were_recorded_stays_in_force() {
        let policy = PolicyRef { version: "0.9".into(), ..last(&given(Low)) };
        let effective = "2026-01-01".parse().expect("a date");
        let people = PeopleRules::default();
        let old = RegisterEvent::PolicyPublished {
            policy,
            effective,
            people,
            awaits: None,
            review: None,
        };
        assert_eq!(in_force(&given(Low).and(old)), "0.9");
    }
}
