//! In whose place somebody decides: as himself, or for a holder who is away.
//!
//! A delegate and the holder he stands in for count as one person, and so do all accounts of one
//! human. Whoever of them approved has approved; whoever of them is tied is tied (I-03).

use super::{Context, Release};
use crate::name::{PersonId, RoleName};
use crate::plan::GatePlan;
use crate::policy::{ApprovalRule, Independence};
use crate::refusal::Refusal;
use std::collections::BTreeSet;

/// One way in which a person may decide in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Capacity {
    /// Who decides.
    pub(super) person: PersonId,
    /// The holder he stands in for.
    pub(super) on_behalf_of: Option<PersonId>,
    /// Everybody who counts as this person here: both, and their other accounts.
    pub(super) everybody: BTreeSet<PersonId>,
}

impl Capacity {
    /// Every way in which the actor may decide in this role now; his own comes first.
    pub(super) fn all(person: &PersonId, role: &RoleName, context: &Context<'_>) -> Vec<Self> {
        let own = role.is_model_owner() || context.actor.roles.contains(role);
        let own = own.then_some(None);
        let lent = context.actor.lent.get(role).into_iter().flatten().cloned().map(Some);
        let accounts = |person: &PersonId| context.register.accounts_of(person);
        own.into_iter()
            .chain(lent)
            .map(|on_behalf_of| Self {
                everybody: std::iter::once(person)
                    .chain(&on_behalf_of)
                    .flat_map(accounts)
                    .collect(),
                person: person.clone(),
                on_behalf_of,
            })
            .collect()
    }

    /// Refuses unless the holder was one when the release was submitted (I-04), and both have the
    /// qualification the plan asks for.
    pub(super) fn check(
        &self,
        role: &RoleName,
        plan: &GatePlan,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        let holder = self.on_behalf_of.as_ref().unwrap_or(&self.person);
        if !plan.holders.get(role).is_some_and(|holders| holders.contains(holder)) {
            return Err(Refusal::NotAHolder { person: holder.clone(), role: role.clone() });
        }
        let asked = plan.qualifications.get(role);
        std::iter::once(&self.person)
            .chain(&self.on_behalf_of)
            .try_for_each(|one| context.register.qualified((one, role), asked, context.now))
    }

    /// Whether one of them approved already, for the dossier as it is.
    pub(super) fn has_approved(&self, release: &Release) -> bool {
        let standing = release.approvals.iter().filter(|given| !given.lapsed);
        standing
            .into_iter()
            .any(|given| self.everybody.iter().any(|person| given.approval.stands_for(person)))
    }

    /// Whether one of them requested or submitted the release.
    pub(super) fn requested(&self, release: &Release) -> bool {
        !release.requesters().is_disjoint(&self.everybody)
    }

    /// Whom one of them is not independent of, though the rule asks for it.
    pub(super) fn dependence(
        &self,
        release: &Release,
        (plan, rule): (&GatePlan, &ApprovalRule),
        context: &Context<'_>,
    ) -> Option<Independence> {
        let is = |person: &PersonId| self.everybody.contains(person);
        rule.independent_of.iter().copied().find(|of| match of {
            Independence::Requester => self.requested(release),
            // Whoever owned the model at submission stays its owner for this release.
            Independence::ModelOwner => context.owner().is_some_and(is) || is(&plan.owner),
            Independence::EvidenceAuthor => {
                !release.evidence_authors().is_disjoint(&self.everybody)
            }
            Independence::OtherRoles => {
                self.everybody.iter().any(|person| holds_other_role(plan, rule, person))
            }
        })
    }
}

/// Whether a person holds another of the plan's approving roles.
pub(super) fn holds_other_role(plan: &GatePlan, rule: &ApprovalRule, person: &PersonId) -> bool {
    plan.holders.iter().any(|(role, holders)| role != &rule.role && holders.contains(person))
}

/// The first of several ways that leads somewhere; the first refusal when none does.
pub(super) fn first_that<T>(
    ways: Vec<Capacity>,
    none: Refusal,
    mut attempt: impl FnMut(Capacity) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let mut refused = None;
    for way in ways {
        match attempt(way) {
            Ok(found) => return Ok(found),
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    Err(refused.unwrap_or(none))
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::NewModel;
    use crate::classification::RiskTier::{High, Medium};
    use crate::given::*;
    use crate::register::{NewDelegation, RegisterCommand};
    use crate::release::{Command, ReleaseEvent};

    fn lend(world: &mut World, from: &str, to: &str, of: &str) {
        let lend = RegisterCommand::Delegate(NewDelegation {
            to: id(to),
            role: role(of),
            begins: None,
            ends: at("2026-05-25T07:00:00Z"),
            reason: text("on leave"),
        });
        world.keep(from, lend).unwrap();
    }

    /// A medium-risk release that Iyer asked for; the lead is away and Eriksen stands in.
    fn stood_in_for() -> World {
        let ask = ask_for("r-1", request(NewModel, Medium), weights_and_prompt());
        let world = given(Medium).having("iyer", ask).prepared();
        let mut world = world.having("iyer", Command::Submit);
        lend(&mut world, "abara", "eriksen", "ai_governance_lead");
        world
    }

    #[test]
    fn an_approval_by_delegation_says_so_and_for_whom() {
        let world = stood_in_for().having("eriksen", approve_as("ai_governance_lead"));
        let approval = &world.release().approvals[0].approval;
        assert_eq!(
            (&approval.person, &approval.on_behalf_of),
            (&id("eriksen"), &Some(id("abara")))
        );
        world.when("rivera", approve_as("model_owner")).then_words(&["approval_given", "approved"]);
    }

    /// I-03
    #[test]
    fn the_delegate_and_the_holder_count_once() {
        let mut world = submitted(High);
        lend(&mut world, "moreau", "eriksen", "ai_governance_committee");
        lend(&mut world, "osei", "eriksen", "ai_governance_committee");
        let world = world.having("eriksen", approve_as("ai_governance_committee"));
        assert_eq!(world.report().approvals[0].eligible, ["lindqvist", "osei"].map(id));
        for person in ["moreau", "eriksen"] {
            let again = world.clone().when(person, approve_as("ai_governance_committee"));
            again.refused_as("approval.already_given");
        }
        world.having("osei", approve_as("ai_governance_committee"));
    }

    /// I-03
    #[test]
    fn a_holder_who_has_signed_is_not_stood_in_for() {
        let mut world = submitted(High).having("moreau", approve_as("ai_governance_committee"));
        lend(&mut world, "moreau", "eriksen", "ai_governance_committee");
        let again = world.when("eriksen", approve_as("ai_governance_committee"));
        again.refused_as("approval.already_given");
    }

    #[test]
    fn neither_the_delegate_nor_the_holder_may_be_tied() {
        let ask = || ask_for("r-1", request(NewModel, Medium), weights_and_prompt());
        let mut world = given(Medium).having("iyer", ask()).prepared();
        lend(&mut world, "abara", "iyer", "ai_governance_lead");
        let world = world.having("iyer", Command::Submit);
        let requester = world.when("iyer", approve_as("ai_governance_lead"));
        requester.refused_as("approval.not_independent");
        // The lead asked for it himself, and somebody else stands in.
        let grant = RegisterCommand::GrantRole {
            person: id("iyer"),
            role: role("ai_governance_lead"),
            term: crate::register::Term::default(),
        };
        let mut world = given(Medium);
        world.keep("root", grant).unwrap();
        lend(&mut world, "abara", "eriksen", "ai_governance_lead");
        let world = world.having("abara", ask()).prepared().having("abara", Command::Submit);
        let for_the_requester = world.when("eriksen", approve_as("ai_governance_lead"));
        for_the_requester.refused_as("approval.not_independent");
    }

    /// I-04
    #[test]
    fn only_a_holder_at_submission_is_stood_in_for() {
        let mut world = stood_in_for();
        let grant = RegisterCommand::GrantRole {
            person: id("zhou"),
            role: role("ai_governance_lead"),
            term: crate::register::Term::default(),
        };
        world.keep("root", grant).unwrap();
        lend(&mut world, "zhou", "weiss", "ai_governance_lead");
        let outcome = world.when("weiss", approve_as("ai_governance_lead"));
        outcome.refused_as("approval.not_a_holder");
    }

    #[test]
    fn a_delegate_may_reject_and_the_rejection_says_for_whom() {
        let outcome = stood_in_for().when("eriksen", reject_as("ai_governance_lead"));
        let events = outcome.result.unwrap();
        let ReleaseEvent::Rejected { rejection } = &events[0] else { panic!("{events:?}") };
        assert_eq!(rejection.on_behalf_of, Some(id("abara")));
    }

    /// R-128, I-01
    #[test]
    fn an_auditor_changes_nothing_and_the_attempt_is_logged() {
        let world = submitted(High);
        for deed in [approve_as("ai_governance_committee"), suspend().into(), withdraw().into()] {
            world.clone().when("quinn", deed).refused_as("actor.reads_only");
        }
        let refusal = world.clone().when("quinn", suspend()).result.unwrap_err();
        let trace = crate::release::attempt(world.release(), &suspend(), &refusal);
        assert_eq!(trace.unwrap().word(), "attempt_refused");
        let opened = Command::OpenEvidence { evidence: evidence("e1") };
        world.having("quinn", opened);
    }

    #[test]
    fn a_delegation_that_has_ended_decides_nothing() {
        let late = stood_in_for().later(15 * 24);
        let outcome = late.when("eriksen", approve_as("ai_governance_lead"));
        outcome.refused_as("actor.not_permitted");
    }
}
