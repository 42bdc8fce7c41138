//! Submitting: the checklist is complete, the plan is fixed, and somebody could approve it.

use super::request::history_allows;
use super::{Context, Release, ReleaseEvent, State};
use crate::assess;
use crate::classification::ChangeType;
use crate::plan::{GatePlan, NoPlan};
use crate::policy::{ApprovalRule, Independence};
use crate::refusal::{Refusal, Unreachable};

/// The plan this release gets when it is submitted now.
pub(super) fn plan(release: &Release, context: &Context<'_>) -> Result<GatePlan, Refusal> {
    let no_policy = Refusal::NoPolicy { because: "no policy is in force" };
    let tier = context.model.tier();
    let request = release.request.as_ref();
    let (Some(tier), Some(request)) = (tier, request) else { return Err(no_policy) };
    let classification = release.classification(tier).ok_or(no_policy.clone())?;
    let basis = context.basis().ok_or(no_policy)?;
    if basis.runbook.is_none()
        && let Some(choice) = &request.runbook
    {
        return Err(Refusal::NotFound { what: "runbook", name: choice.name.to_string() });
    }
    GatePlan::make(classification, basis).map_err(|why| match why {
        NoPlan::NoRow => Refusal::NoPolicy {
            because: "the policy's decision table has no approvals for this change and tier",
        },
        NoPlan::UnmappedTitle(title) => {
            Refusal::NotFound { what: "role for the owner title", name: title }
        }
        NoPlan::NoCalendar => Refusal::NoPolicy { because: "no business calendar can be had" },
    })
}

pub(super) fn submit(
    release: &Release,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    if release.state != State::Draft {
        let state = release.state_word().to_owned();
        return Err(Refusal::WrongState { state, action: "submit the release" });
    }
    super::request::editable(release, context, "submit the release")?;
    let change = release.request.as_ref().map_or(ChangeType::NewModel, |request| request.change);
    history_allows(change, context)?;
    let plan = plan(release, context)?;
    let blockers = assess::submission_blockers(release, &plan);
    if !blockers.is_empty() {
        return Err(Refusal::ChecklistIncomplete { blockers });
    }
    reachable(release, &plan, context)?;
    let mut submitted = release.clone();
    submitted.plan = Some(plan.clone());
    let dossier = crate::dossier::digest(&submitted);
    Ok(vec![ReleaseEvent::Submitted { plan: Box::new(plan), dossier }])
}

/// A plan nobody could fulfil is refused at once, with the reason, instead of waiting for ever.
fn reachable(release: &Release, plan: &GatePlan, context: &Context<'_>) -> Result<(), Refusal> {
    let mut requesters = release.requesters();
    requesters.extend(context.actor.who.person().cloned());
    let rules: Vec<Unreachable> = plan
        .approvals
        .iter()
        .filter_map(|rule| unreachable(rule, release, plan, (context, &requesters)))
        .collect();
    if rules.is_empty() { Ok(()) } else { Err(Refusal::ApprovalUnreachable { rules }) }
}

fn unreachable(
    rule: &ApprovalRule,
    release: &Release,
    plan: &GatePlan,
    (context, requesters): (&Context<'_>, &std::collections::BTreeSet<crate::name::PersonId>),
) -> Option<Unreachable> {
    let holders = plan.holders.get(&rule.role).cloned().unwrap_or_default();
    let authors = release.evidence_authors();
    let falls_out = |person: &crate::name::PersonId| {
        rule.independent_of.iter().find(|of| match of {
            Independence::Requester => requesters.contains(person),
            Independence::ModelOwner => context.owner() == Some(person),
            Independence::EvidenceAuthor => authors.contains(person),
            Independence::OtherRoles => super::approve::holds_other_role(plan, rule, person),
        })
    };
    let eligible = holders.iter().filter(|person| falls_out(person).is_none()).count();
    if eligible >= rule.count as usize {
        return None;
    }
    let whom: Vec<&str> = holders.iter().filter_map(falls_out).map(|of| of.human()).collect();
    let because = if holders.is_empty() {
        format!("nobody holds `{}`", rule.role)
    } else if whom.is_empty() {
        format!("`{}` is asked for {} times and held by {}", rule.role, rule.count, holders.len())
    } else {
        format!("holders of `{}` must not be {}", rule.role, whom.join(" or "))
    };
    let (role, needed) = (rule.role.clone(), rule.count);
    Some(Unreachable { role, needed, eligible: eligible as u32, because })
}
