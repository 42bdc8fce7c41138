//! Submitting: the checklist is complete, the plan is fixed, and somebody could approve it.

use super::reachable::reachable;
use super::request::{check_runbook, history_allows, runbook_required};
use super::{Context, ItemAnswer, Release, ReleaseEvent, State};
use crate::agent::seen_as_agent;
use crate::assess;
use crate::blocker::{Blocker, Reason};
use crate::plan::{Basis, GatePlan, NoPlan};
use crate::refusal::Refusal;

/// The plan this release gets when it is submitted now.
pub(super) fn plan(release: &Release, context: &Context<'_>) -> Result<GatePlan, Refusal> {
    let no_policy = Refusal::NoPolicy { because: "no policy is in force" };
    let tier = context.model.tier();
    let request = release.request.as_ref();
    let (Some(tier), Some(request)) = (tier, request) else { return Err(no_policy) };
    let classification = release.classification(tier).ok_or(no_policy.clone())?;
    let classification = seen_as_agent(classification, context.model);
    let basis = context.basis().ok_or(no_policy)?;
    check_runbook(request, context)?;
    let basis = Basis { runbook: basis.runbook.filter(|_| request.runbook.is_some()), ..basis };
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
    if let Some(request) = &release.request {
        history_allows(request, release.id.as_ref(), context)?;
    }
    super::kind::stands(release, context)?;
    let plan = plan(release, context)?;
    runbook_required(release.request.as_ref(), &plan.classification, context)?;
    let mut blockers = assess::submission_blockers(release, &plan, context.now);
    blockers.extend(super::urgent::overdue_elsewhere(release, context));
    blockers.extend(risks_gone(release, &plan, context));
    if !blockers.is_empty() {
        return Err(Refusal::ChecklistIncomplete { blockers });
    }
    reachable(release, &plan, context)?;
    let mut submitted = release.clone();
    submitted.plan = Some(plan.clone());
    let dossier = crate::dossier::digest(&submitted);
    Ok(vec![ReleaseEvent::Submitted { plan: Box::new(plan), dossier }])
}

/// Items that rely on an entry of the risk register which was closed, or is not looked at in time,
/// since they were answered.
fn risks_gone(release: &Release, plan: &GatePlan, context: &Context<'_>) -> Vec<Blocker> {
    let answered =
        plan.items.iter().filter_map(|item| match &release.answers.get(&item.name)?.answer {
            ItemAnswer::Confirmed(filled) => Some((item, filled)),
            ItemAnswer::NotApplicable { .. } => None,
        });
    let gone = answered.filter_map(|(item, filled)| {
        let faults = context.faults_of_risks(release, &item.fields, filled);
        let missing: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
        if missing.is_empty() {
            return None;
        }
        let (name, title) = (item.name.clone(), item.title.clone());
        let reason = Reason::ItemOpen { item: name, title, missing };
        Some(Blocker::by_people(reason, release.requesters()))
    });
    gone.collect()
}

#[cfg(test)]
mod tests {
    use crate::blocker::Reason;
    use crate::classification::ChangeType::{MajorUpdate, MinorUpdate, NewModel};
    use crate::classification::RiskTier::{Critical, High, Low, Medium};
    use crate::event::Event;
    use crate::given::*;
    use crate::policy::Independence;
    use crate::refusal::{Refusal, Unreachable};
    use crate::register::RegisterEvent;
    use crate::release::ReleaseEvent;
    use crate::release::command::Command;

    #[track_caller]
    fn missing(world: World) -> Vec<Reason> {
        let refusal = world.when("rivera", Command::Submit).refused_as("checklist.incomplete");
        refusal.blockers().iter().map(|blocker| blocker.reason.clone()).collect()
    }

    ///
    #[test]
    fn submitting_lists_everything_that_is_missing_at_once() {
        let reasons = missing(drafted(High));
        let open = reasons.iter().filter(|reason| matches!(reason, Reason::ItemOpen { .. }));
        assert_eq!(open.count(), 7);
    }

    /// I-04
    #[test]
    fn a_complete_checklist_is_submitted_and_the_plan_is_fixed() {
        let world = prepared(Low);
        let plan = world.plan();
        let outcome = world.when("rivera", Command::Submit);
        let world = outcome.then_words(&["submitted"]);
        assert_eq!(world.release().plan.as_ref(), Some(&plan));
        let last = &world.history.last().unwrap().event;
        let Event::Release(ReleaseEvent::Submitted { dossier, .. }) = last else {
            panic!("{last:?}")
        };
        assert_eq!(*dossier, world.dossier());
    }

    ///
    #[test]
    fn a_release_without_an_artifact_is_not_submitted() {
        let world = given(Low).having("rivera", ask_for("r-1", request(NewModel, Low), vec![]));
        assert_eq!(missing(world.prepared()), [Reason::NoArtifact]);
    }

    ///
    #[test]
    fn prerequisites_are_confirmed_before_the_first_step_can_start() {
        let world = given(Low).requested(with_runbook(request(NewModel, Low)));
        let open: Vec<_> = missing(world.clone())
            .into_iter()
            .filter(|reason| matches!(reason, Reason::PrerequisiteOpen { .. }))
            .collect();
        assert_eq!(open.len(), 3);
        world.when("dufour", do_step("confirm-scope")).refused_as("release.wrong_state");
    }

    /// I-02
    #[test]
    fn a_release_is_submitted_once() {
        submitted(Low).when("rivera", Command::Submit).refused_as("release.wrong_state");
    }

    ///
    #[test]
    fn only_the_owner_or_the_requester_submits() {
        prepared(Low).when("chen", Command::Submit).refused_as("actor.not_permitted");
    }

    #[track_caller]
    fn unreachable(world: World) -> Vec<Unreachable> {
        let refusal = world.when("rivera", Command::Submit).refused_as("approval.unreachable");
        let Refusal::ApprovalUnreachable { rules } = refusal else { panic!("{refusal:?}") };
        rules
    }

    fn revoked(world: World, person: &str, of: &str) -> World {
        world.and(RegisterEvent::RoleRevoked { person: id(person), role: role(of) })
    }

    fn granted(world: World, person: &str, of: &str) -> World {
        world.and(RegisterEvent::granted(id(person), role(of)))
    }

    #[test]
    fn an_approval_nobody_could_give_is_refused_at_submission() {
        let world = revoked(prepared(Medium), "abara", "ai_governance_lead");
        let rules = unreachable(world);
        // Rivera requested it, so the owner's signature cannot be given either.
        assert_eq!(rules.len(), 2);
        assert_eq!(rules[0].because, "nobody holds `ai_governance_lead`");
        assert_eq!(rules[1].because, "holders of `model_owner` must not be the requester");
    }

    ///
    #[test]
    fn the_owner_of_a_medium_risk_model_lets_somebody_else_request() {
        assert_eq!(unreachable(prepared(Medium)).len(), 1);
        let ask = ask_for("r-1", request(NewModel, Medium), weights_and_prompt());
        let world = given(Medium).having("iyer", ask).prepared();
        world.having("iyer", Command::Submit);
    }

    #[test]
    fn two_committee_members_are_not_enough_when_one_of_them_requests() {
        let world = revoked(given(High), "osei", "ai_governance_committee");
        let ask = ask_for("r-1", request(NewModel, High), weights_and_prompt());
        let world = world.having("moreau", ask).prepared();
        let rules = unreachable(world);
        assert_eq!((rules[0].needed, rules[0].eligible), (2, 1));
    }

    /// I-03
    #[test]
    fn one_person_in_two_roles_cannot_fulfil_two_rules() {
        let world = revoked(prepared(Critical), "okafor", "compliance");
        let world = granted(world, "chen", "compliance");
        let rules = unreachable(world.clone());
        assert_eq!(rules.len(), 1);
        assert!(rules[0].because.contains("needed for another signature"), "{rules:?}");
        granted(world, "weiss", "product_lead").having("rivera", Command::Submit);
    }

    /// I-03
    #[test]
    fn people_are_moved_between_rules_before_a_plan_is_called_unreachable() {
        let world = revoked(prepared(Critical), "okafor", "compliance");
        let world = granted(granted(world, "chen", "compliance"), "abara", "product_lead");
        world.having("rivera", Command::Submit).approved();
    }

    /// I-03
    #[test]
    fn a_rule_that_asks_for_nobody_never_passes() {
        let world = prepared(Low).policy_where(|policy| {
            for row in &mut policy.rows {
                row.approvals[0].count = 0;
            }
        });
        assert!(unreachable(world)[0].because.contains("an empty rule never passes"));
    }

    #[test]
    fn a_reviewer_who_attached_the_evidence_falls_out() {
        let world = granted(deployed(High), "iyer", "peer_reviewer");
        let world = revoked(world, "tanaka", "peer_reviewer");
        let ask = ask_for("r-2", request(MinorUpdate, High), weights_and_prompt());
        let world = world.having("iyer", ask).having("iyer", attach(model_card()));
        let rules = unreachable(world.prepared());
        assert_eq!(rules[0].role, role("peer_reviewer"));
        assert!(rules[0].because.contains(Independence::EvidenceAuthor.human()));
    }

    ///
    #[test]
    fn nothing_is_submitted_before_a_policy_is_in_force() {
        let mut early = given(Low);
        early.now = at("2025-12-31T12:00:00Z");
        let world = early.requested(request(NewModel, Low));
        world.when("rivera", Command::Submit).refused_as("policy.none");
    }

    /// I-04, I-19
    #[test]
    fn a_policy_published_later_touches_only_later_releases() {
        let strict = submitted(Low);
        let frozen = strict.plan();
        let loosened = strict.policy_where(|policy| policy.criteria.clear());
        assert_eq!(loosened.plan(), frozen);
        let worse = loosened.having("rivera", attach(evaluation("8.1")));
        assert!(worse.blocked_by().contains(&"criterion.unmet"));
    }

    /// R-073, I-04
    #[test]
    fn a_major_update_is_judged_by_the_tier_at_submission() {
        let world = deployed(Low);
        let (from, to) = (Low, High);
        let changed = crate::model::ModelEvent::TierChanged { from, to, reason: text("triage") };
        let world = world.and(changed).updated("r-2", MajorUpdate, weights_and_prompt());
        assert_eq!(world.plan().classification.tier, High);
        assert_eq!(world.plan().approvals[0].role, role("ai_governance_committee"));
    }

    ///
    #[test]
    fn a_draft_answered_under_an_older_policy_answers_the_questions_of_the_new_one() {
        let world = prepared(Low).policy_where(|policy| {
            let monitoring =
                policy.items.iter_mut().find(|item| item.name.as_str() == "monitoring");
            let fields = &mut monitoring.unwrap().fields;
            let mut question = fields[0].clone();
            question.name = "on_call".into();
            fields.push(question);
        });
        let open = missing(world);
        assert_eq!(open.len(), 1);
        assert!(matches!(&open[0], Reason::ItemOpen { item, .. } if item.as_str() == "monitoring"));
    }

    /// The log takes events up to 64 KiB.
    #[test]
    fn a_submitted_plan_fits_an_event() {
        let world = on_the_runbook(Critical);
        for envelope in &world.history {
            assert!(envelope.encode().unwrap().len() < 65_536);
        }
    }
}
