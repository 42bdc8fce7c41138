//! Approving and rejecting: by rule, by distinct and independent people, for one exact dossier.

use super::capacity::{Capacity, first_that};
use super::command::Approve;
use super::request::history_allows;
use super::{
    Approval, Context, Decision, Due, Grade, Promise, Rejection, RejectionReason, Release,
    ReleaseEvent, State,
};
use crate::assess;
use crate::dossier;
use crate::name::RoleName;
use crate::plan::GatePlan;
use crate::policy::ApprovalRule;
use crate::refusal::Refusal;
use crate::text::Text;
use std::collections::BTreeSet;

pub(super) fn approve(
    release: &Release,
    approve: Approve,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "approve the release";
    let (ways, plan) = decider(release, &approve.role, action, context)?;
    let current = dossier::digest(release);
    let needs = vec![approve.role.clone()];
    let (way, rule) = first_that(ways, Refusal::NotPermitted { action, needs }, |way| {
        way.check(&approve.role, plan, context)?;
        if way.has_approved(release) {
            return Err(Refusal::AlreadyApproved { person: way.person });
        }
        let rule = rule_for(release, (plan, &approve.role), &way, context)?;
        Ok((way, rule))
    })?;
    if approve.dossier != current {
        return Err(Refusal::StaleDossier { given: approve.dossier, current });
    }
    if let Some(request) = release.request.as_ref().filter(|request| request.change.is_update()) {
        // The model may have been retired since the submission.
        history_allows(request, release.id.as_ref(), context)?;
    }
    let blockers = assess::content_blockers(release, plan, context.now);
    if !blockers.is_empty() {
        return Err(Refusal::GateClosed { blockers });
    }
    in_turn(release, plan, rule)?;
    let past = |promise: &Promise| matches!(promise.due, Due::At(at) if at <= context.now);
    if approve.conditions.iter().any(past) {
        return Err(Refusal::WrongOrder { what: "a condition must be due in the future" });
    }
    let mut owners = approve.conditions.iter().map(|promise| &promise.owner);
    owners.try_for_each(|owner| context.register.may_answer(owner, context.now))?;
    let approval = approval(release, approve, (way, rule), current);
    let given = ReleaseEvent::ApprovalGiven { approval };
    let mut after = release.clone();
    after.evolve(context.now, &context.actor.who, &given);
    let decided = assess::approvals_complete(&after, plan).then(|| decision(&after, current));
    Ok(std::iter::once(given).chain(decided).collect())
}

fn approval(
    release: &Release,
    approve: Approve,
    (way, rule): (Capacity, u32),
    dossier: crate::digest::Sha256,
) -> Approval {
    let environments = release.request.as_ref().map(|r| r.environments.clone()).unwrap_or_default();
    let self_approved = way.requested(release);
    let Capacity { person, on_behalf_of, mut everybody } = way;
    everybody.remove(&person);
    if let Some(holder) = &on_behalf_of {
        everybody.remove(holder);
    }
    Approval {
        self_approved,
        person,
        on_behalf_of,
        other_accounts: everybody,
        role: approve.role,
        rule,
        dossier,
        environments,
        conditions: approve.conditions,
        comment: approve.comment,
        grade: Grade::Session,
        sitting: None,
    }
}

/// Whether the actor could decide about the release in this role, its content left aside: what a
/// member of the committee is asked before a vote is taken.
pub fn may_sign(release: &Release, role: &RoleName, context: &Context<'_>) -> Result<(), Refusal> {
    let action = "decide about the release";
    let (ways, plan) = decider(release, role, action, context)?;
    let needs = vec![role.clone()];
    first_that(ways, Refusal::NotPermitted { action, needs }, |way| {
        way.check(role, plan, context)?;
        if way.has_approved(release) {
            return Err(Refusal::AlreadyApproved { person: way.person });
        }
        rule_for(release, (plan, role), &way, context).map(|_| ())
    })
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

/// The ways in which the actor may decide in the role, and the plan, once it is clear that there
/// are any.
fn decider<'r>(
    release: &'r Release,
    role: &RoleName,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(Vec<Capacity>, &'r GatePlan), Refusal> {
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
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
    Ok((Capacity::all(person, role, context), plan))
}

/// The strictest rule for this role that still waits and that this person is independent enough for.
fn rule_for(
    release: &Release,
    (plan, role): (&GatePlan, &RoleName),
    way: &Capacity,
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
        match way.dependence(release, (plan, rule), context) {
            None => return Ok(index),
            Some(of) => refused = Some(of),
        }
    }
    let person = way.person.clone();
    match refused {
        Some(of) => Err(Refusal::NotIndependent { person, role: role.clone(), of }),
        None => Err(Refusal::NothingToDo { what: "the role has approved already" }),
    }
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
    let action = "reject the release";
    let (ways, plan) = decider(release, &role, action, context)?;
    let needs = vec![role.clone()];
    let way = first_that(ways, Refusal::NotPermitted { action, needs }, |way| {
        way.check(&role, plan, context).map(|()| way)
    })?;
    let Capacity { person, on_behalf_of, .. } = way;
    let rejection = Rejection { person, on_behalf_of, role, reason, text };
    Ok(vec![ReleaseEvent::Rejected { rejection }])
}

#[cfg(test)]
mod tests;
