//! Approving and rejecting: by rule, by distinct and independent people, for one exact dossier.

use super::command::Approve;
use super::{
    Approval, Context, Decision, Grade, Rejection, RejectionReason, Release, ReleaseEvent, State,
};
use crate::assess;
use crate::dossier;
use crate::name::{PersonId, RoleName};
use crate::plan::GatePlan;
use crate::policy::{ApprovalRule, Independence};
use crate::refusal::Refusal;
use crate::text::Text;
use std::collections::BTreeSet;

pub(super) fn approve(
    release: &Release,
    approve: Approve,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "approve the release";
    let (person, plan) = decider(release, &approve.role, action, context)?;
    let current = dossier::digest(release);
    let already = |given: &&super::Given| {
        !given.lapsed && given.approval.dossier == current && given.approval.person == person
    };
    if release.approvals.iter().any(|given| already(&given)) {
        return Err(Refusal::AlreadyApproved { person });
    }
    let rule = rule_for(release, plan, (&approve.role, &person), context)?;
    if approve.dossier != current {
        return Err(Refusal::StaleDossier { given: approve.dossier, current });
    }
    let blockers = assess::content_blockers(release, plan);
    if !blockers.is_empty() {
        return Err(Refusal::GateClosed { blockers });
    }
    in_turn(release, plan, rule)?;
    if approve.conditions.iter().any(|promise| promise.due <= context.now) {
        return Err(Refusal::WrongOrder { what: "a condition must be due in the future" });
    }
    let environments = release.request.as_ref().map(|r| r.environments.clone()).unwrap_or_default();
    let approval = Approval {
        self_approved: release.requesters().contains(&person),
        person,
        role: approve.role,
        rule,
        dossier: current,
        environments,
        conditions: approve.conditions,
        comment: approve.comment,
        grade: Grade::Session,
    };
    let given = ReleaseEvent::ApprovalGiven { approval };
    let mut after = release.clone();
    after.evolve(context.now, &context.actor.who, &given);
    let decided = assess::approvals_complete(&after, plan).then(|| decision(&after, current));
    Ok(std::iter::once(given).chain(decided).collect())
}

/// An approval step waits for the approval steps before it like for any other.
fn in_turn(release: &Release, plan: &GatePlan, rule: u32) -> Result<(), Refusal> {
    let step = plan.steps.iter().find(|planned| planned.rule == Some(rule));
    let waits_for = step.map(|step| assess::steps_waited_for(release, plan, step));
    match (step, waits_for) {
        (Some(planned), Some(waits_for)) if !waits_for.is_empty() => {
            Err(Refusal::StepWaits { step: planned.step.name.clone(), waits_for })
        }
        (Some(_) | None, _) => Ok(()),
    }
}

/// The person who decides and the plan, once it is clear that this person may decide at all.
fn decider<'r>(
    release: &'r Release,
    role: &RoleName,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(PersonId, &'r GatePlan), Refusal> {
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?.clone();
    let wrong_state = || Refusal::WrongState { state: release.state_word().to_owned(), action };
    if release.state != State::InReview {
        return Err(wrong_state());
    }
    let plan = release.plan.as_ref().ok_or_else(wrong_state)?;
    if !plan.approvals.iter().any(|rule| &rule.role == role) {
        let asked: BTreeSet<_> = plan.approvals.iter().map(|rule| rule.role.clone()).collect();
        let asked = asked.into_iter().collect();
        return Err(Refusal::RoleNotAsked { role: role.clone(), asked });
    }
    if !context.acts_as(role) {
        return Err(Refusal::NotPermitted { action, needs: vec![role.clone()] });
    }
    if !plan.holders.get(role).is_some_and(|holders| holders.contains(&person)) {
        return Err(Refusal::NotAHolder { person, role: role.clone() });
    }
    Ok((person, plan))
}

/// The strictest rule for this role that still waits and that this person is independent enough for.
fn rule_for(
    release: &Release,
    plan: &GatePlan,
    (role, person): (&RoleName, &PersonId),
    context: &Context<'_>,
) -> Result<u32, Refusal> {
    let mut refused = None;
    let mut rules: Vec<(&ApprovalRule, u32)> =
        plan.approvals.iter().zip(0u32..).filter(|(rule, _)| &rule.role == role).collect();
    // The strictest rule first, so that a person free of ties does not use up the place of one
    // who is not.
    rules.sort_by_key(|(rule, _)| std::cmp::Reverse(rule.independent_of.len()));
    for (rule, index) in rules {
        if assess::given_for(release, index).count() >= rule.count as usize {
            continue;
        }
        match dependence(release, plan, (rule, person), context) {
            None => return Ok(index),
            Some(of) => refused = Some(of),
        }
    }
    match refused {
        Some(of) => Err(Refusal::NotIndependent { person: person.clone(), role: role.clone(), of }),
        None => Err(Refusal::NothingToDo { what: "the role has approved already" }),
    }
}

fn dependence(
    release: &Release,
    plan: &GatePlan,
    (rule, person): (&ApprovalRule, &PersonId),
    context: &Context<'_>,
) -> Option<Independence> {
    rule.independent_of.iter().copied().find(|of| match of {
        Independence::Requester => release.requesters().contains(person),
        // Whoever owned the model at submission stays its owner for this release.
        Independence::ModelOwner => context.owner() == Some(person) || &plan.owner == person,
        Independence::EvidenceAuthor => release.evidence_authors().contains(person),
        Independence::OtherRoles => holds_other_role(plan, rule, person),
    })
}

/// Whether a person holds another of the plan's approving roles.
pub(super) fn holds_other_role(plan: &GatePlan, rule: &ApprovalRule, person: &PersonId) -> bool {
    plan.holders.iter().any(|(role, holders)| role != &rule.role && holders.contains(person))
}

fn decision(release: &Release, dossier: crate::digest::Sha256) -> ReleaseEvent {
    let counted: Vec<&Approval> = release
        .approvals
        .iter()
        .filter(|given| !given.lapsed && given.approval.dossier == dossier)
        .map(|given| &given.approval)
        .collect();
    let decision = Decision {
        dossier,
        environments: release.request.as_ref().map(|r| r.environments.clone()).unwrap_or_default(),
        approvers: counted.iter().map(|a| (a.person.clone(), a.role.clone())).collect(),
        with_conditions: counted.iter().any(|approval| !approval.conditions.is_empty()),
        self_approved: counted.iter().any(|approval| approval.self_approved),
    };
    ReleaseEvent::Approved { decision }
}

pub(super) fn reject(
    release: &Release,
    role: RoleName,
    reason: RejectionReason,
    text: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let (person, _) = decider(release, &role, "reject the release", context)?;
    let rejection = Rejection { person, role, reason, text };
    Ok(vec![ReleaseEvent::Rejected { rejection }])
}
