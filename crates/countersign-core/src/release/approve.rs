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
mod tests {
    use crate::actor::Scope;
    use crate::classification::ChangeType::{
        ConfigurationChange, MinorUpdate, NewModel, ThirdPartyActivation,
    };
    use crate::classification::RiskTier::{Critical, High, Low, Medium};
    use crate::classification::{ArtifactKind, Condition, RiskTier};
    use crate::digest::Sha256;
    use crate::given::*;
    use crate::model::ModelEvent;
    use crate::policy::{ApprovalRule, Independence};
    use crate::reading::Outcome;
    use crate::refusal::Refusal;
    use crate::register::RegisterEvent;
    use crate::release::command::Command;
    use crate::release::{Approval, Decision, Grade, Rejection, RejectionReason, ReleaseEvent};

    fn granted(world: World, person: &str, of: &str) -> World {
        world.and(RegisterEvent::granted(id(person), role(of)))
    }

    fn revoked(world: World, person: &str, of: &str) -> World {
        world.and(RegisterEvent::RoleRevoked { person: id(person), role: role(of) })
    }

    /// A medium-risk first release that Iyer asks for, so that the owner may sign.
    fn asked_by_iyer() -> World {
        let ask = ask_for("r-1", request(NewModel, Medium), weights_and_prompt());
        given(Medium).having("iyer", ask).prepared().having("iyer", Command::Submit)
    }

    fn signed(person: &str, of: &str, rule: u32, dossier: Sha256) -> Approval {
        Approval {
            person: id(person),
            on_behalf_of: None,
            other_accounts: [].into(),
            role: role(of),
            rule,
            dossier,
            environments: [production()].into(),
            conditions: vec![],
            self_approved: false,
            comment: None,
            grade: Grade::Session,
            sitting: None,
        }
    }

    fn decided(dossier: Sha256, approvers: &[(&str, &str)]) -> Decision {
        Decision {
            dossier,
            environments: [production()].into(),
            approvers: approvers.iter().map(|(p, r)| (id(p), role(r))).collect(),
            with_conditions: false,
            self_approved: false,
        }
    }

    /// I-09
    #[test]
    fn the_last_approval_approves_the_release() {
        let world = asked_by_iyer().having("abara", approve_as("ai_governance_lead"));
        let dossier = world.dossier();
        let both = [("abara", "ai_governance_lead"), ("rivera", "model_owner")];
        let world = world.when("rivera", approve_as("model_owner")).then([
            ReleaseEvent::ApprovalGiven { approval: signed("rivera", "model_owner", 1, dossier) },
            ReleaseEvent::Approved { decision: decided(dossier, &both) },
        ]);
        assert_eq!(world.release().decided_at, Some(monday()));
        assert_eq!(world.release().approvals[0].at, monday());
    }

    /// R-066, I-03
    #[test]
    fn an_approval_that_is_not_the_last_decides_nothing() {
        let world = asked_by_iyer();
        let world = world.when("abara", approve_as("ai_governance_lead"));
        let world = world.then_words(&["approval_given"]);
        assert_eq!(world.report().state, "in_review");
        assert_eq!(world.blocked_by(), ["approval.missing"]);
    }

    ///
    #[test]
    fn the_owner_of_a_low_risk_model_approves_his_own_request_and_the_decision_says_so() {
        let world = submitted(Low).having("rivera", approve_as("model_owner"));
        assert!(world.release().approvals[0].approval.self_approved);
        assert!(world.release().decision.as_ref().unwrap().self_approved);
        assert!(world.report().approvals[0].self_approved);
    }

    ///
    #[test]
    fn an_approval_of_somebody_else_s_request_is_not_labelled_self_approved() {
        let ask = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
        let world = given(Low).having("iyer", ask).prepared().having("iyer", Command::Submit);
        let world = world.having("rivera", approve_as("model_owner"));
        assert!(!world.release().decision.as_ref().unwrap().self_approved);
    }

    ///
    #[test]
    fn nobody_approves_his_own_request_where_the_row_asks_for_another_person() {
        let world = granted(asked_by_iyer(), "iyer", "ai_governance_lead");
        let not_frozen = world.when("iyer", approve_as("ai_governance_lead"));
        not_frozen.refused_as("approval.not_a_holder");
        let ask = ask_for("r-1", request(NewModel, Medium), weights_and_prompt());
        let world = granted(given(Medium), "iyer", "ai_governance_lead").having("iyer", ask);
        let world = world.prepared().having("iyer", Command::Submit);
        world.when("iyer", approve_as("ai_governance_lead")).refused(Refusal::NotIndependent {
            person: id("iyer"),
            role: role("ai_governance_lead"),
            of: Independence::Requester,
        });
    }

    ///
    #[test]
    fn whoever_submits_counts_as_a_requester_too() {
        let ask = ask_for("r-1", request(NewModel, Medium), weights_and_prompt());
        let world = given(Medium).policy_where(|policy| {
            for rule in policy.rows.iter_mut().flat_map(|row| &mut row.approvals) {
                if rule.role.is_model_owner() {
                    rule.independent_of.clear();
                }
            }
        });
        let world = world.having("iyer", ask).prepared().submitted();
        let world = world.having("abara", approve_as("ai_governance_lead"));
        let world = world.having("rivera", approve_as("model_owner"));
        assert!(world.release().decision.as_ref().unwrap().self_approved);
    }

    ///
    #[test]
    fn self_approval_can_be_switched_off() {
        let world = given(Low).policy_where(|policy| policy.settings.self_approval = false);
        let world = world.requested(request(NewModel, Low)).prepared();
        world.when("rivera", Command::Submit).refused_as("approval.unreachable");
    }

    /// R-065, I-03
    #[test]
    fn two_members_of_the_committee_approve_and_one_person_counts_once() {
        let world = submitted(High).having("moreau", approve_as("ai_governance_committee"));
        let again = world.clone().when("moreau", approve_as("ai_governance_committee"));
        again.refused(Refusal::AlreadyApproved { person: id("moreau") });
        let world = world.having("osei", approve_as("ai_governance_committee"));
        assert_eq!(world.blocked_by(), ["approval.missing"]);
        world.when("chen", approve_as("product_lead")).then_words(&["approval_given", "approved"]);
    }

    /// I-03
    #[test]
    fn a_person_with_two_roles_signs_in_one_of_them() {
        let world = granted(prepared(Critical), "chen", "compliance").submitted();
        let world = world.having("chen", approve_as("product_lead"));
        world.when("chen", approve_as("compliance")).refused_as("approval.already_given");
    }

    ///
    #[test]
    fn a_third_member_of_the_committee_is_not_asked_any_more() {
        let world = submitted(High)
            .having("moreau", approve_as("ai_governance_committee"))
            .having("osei", approve_as("ai_governance_committee"));
        world.when("lindqvist", approve_as("ai_governance_committee")).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn a_critical_release_waits_for_committee_business_and_compliance() {
        let world = submitted(Critical)
            .having("moreau", approve_as("ai_governance_committee"))
            .having("osei", approve_as("ai_governance_committee"))
            .having("chen", approve_as("product_lead"));
        assert_eq!(world.report().blockers.len(), 1);
        let world = world.having("okafor", approve_as("compliance"));
        let approvers = &world.release().decision.as_ref().unwrap().approvers;
        assert_eq!(approvers.len(), 4);
        assert!(approvers.contains(&(id("chen"), role("product_lead"))));
    }

    ///
    #[test]
    fn a_vendor_model_goes_live_after_lead_security_and_legal() {
        let vendor = vec![artifact(ArtifactKind::VendorModel, "vendor-large-3")];
        let ask = ask_for("r-1", request(ThirdPartyActivation, Low), vendor);
        let world = given(Low).having("rivera", ask).prepared().submitted();
        world
            .having("abara", approve_as("ai_governance_lead"))
            .having("santos", approve_as("security"))
            .when("weiss", approve_as("legal"))
            .then_words(&["approval_given", "approved"]);
    }

    ///
    #[test]
    fn a_holder_of_another_approving_role_is_not_independent_of_it() {
        let vendor = vec![artifact(ArtifactKind::VendorModel, "vendor-large-3")];
        let ask = ask_for("r-1", request(ThirdPartyActivation, Low), vendor);
        let world = granted(granted(given(Low), "weiss", "security"), "quinn", "legal");
        let world = world.having("rivera", ask).prepared().submitted();
        let outcome = world.when("weiss", approve_as("legal"));
        outcome.refused_as("approval.not_independent");
    }

    ///
    #[test]
    fn the_peer_reviewer_of_a_high_risk_update_is_not_the_owner() {
        let world = granted(deployed(High), "rivera", "peer_reviewer");
        let world = world.updated("r-2", MinorUpdate, weights_and_prompt());
        world.clone().when("rivera", approve_as("peer_reviewer")).refused(
            Refusal::NotIndependent {
                person: id("rivera"),
                role: role("peer_reviewer"),
                of: Independence::ModelOwner,
            },
        );
        world.having("tanaka", approve_as("peer_reviewer"));
    }

    ///
    #[test]
    fn whoever_owned_the_model_at_submission_stays_its_owner_for_this_release() {
        let world = granted(deployed(High), "rivera", "peer_reviewer");
        let world = world.updated("r-2", MinorUpdate, weights_and_prompt());
        let (from, to) = (id("rivera"), id("zhou"));
        let world = world.and(ModelEvent::OwnerChanged { from, to, reason: text("moved on") });
        let outcome = world.when("rivera", approve_as("peer_reviewer"));
        outcome.refused_as("approval.not_independent");
    }

    #[test]
    fn a_reviewer_who_attaches_evidence_is_no_longer_independent_of_it() {
        let world = granted(deployed(High), "tanaka", "ml_engineer");
        let world = granted(world, "osei", "peer_reviewer");
        let ask = with_runbook(request(MinorUpdate, High));
        let world = world.having("rivera", ask_for("r-2", ask, weights_and_prompt()));
        let world = world.prepared().submitted().stepped();
        let world =
            world.having("tanaka", attach(packet("attach-evaluation", "summarizer-v1.csv", &[])));
        let outcome = world.when("tanaka", approve_as("peer_reviewer"));
        outcome.refused_as("approval.not_independent");
    }

    #[test]
    fn a_machine_never_approves_and_never_rejects() {
        for deed in [approve_as("model_owner"), reject_as("model_owner").into()] {
            submitted(Low).when(machine(Scope::ALL), deed).refused_as("actor.people_only");
        }
        let outcome = submitted(Low).when(Acting::Countersign, approve_as("model_owner"));
        outcome.refused_as("actor.people_only");
    }

    /// I-04
    #[test]
    fn whoever_gets_the_role_after_submission_does_not_decide_this_release() {
        let world = granted(submitted(High), "weiss", "product_lead");
        world
            .when("weiss", approve_as("product_lead"))
            .refused(Refusal::NotAHolder { person: id("weiss"), role: role("product_lead") });
    }

    /// I-04
    #[test]
    fn whoever_lost_the_role_decides_nothing_any_more() {
        let world = revoked(submitted(High), "chen", "product_lead");
        let outcome = world.when("chen", approve_as("product_lead"));
        outcome.refused_as("actor.not_permitted");
    }

    /// I-01
    #[test]
    fn an_approval_by_somebody_not_eligible_changes_nothing() {
        for person in ["eriksen", "root", "okafor"] {
            let outcome = submitted(Low).when(person, approve_as("model_owner"));
            outcome.refused_as("actor.not_permitted");
        }
        let outcome = submitted(Low).when("okafor", approve_as("compliance"));
        outcome.refused_as("approval.role_not_asked");
    }

    /// I-01
    #[test]
    fn a_refused_attempt_is_logged_and_changes_nothing_else() {
        let before = submitted(Low);
        let (action, code) = ("approve the release".into(), "actor.not_permitted".into());
        let after = before.clone().and(ReleaseEvent::AttemptRefused { action, code });
        assert_eq!(after.history.len(), before.history.len() + 1);
        assert_eq!(after.dossier(), before.dossier());
        assert_eq!(after.report(), before.report());
        assert!(Command::Suspend { reason: text("x") }.is_decision());
        assert!(!Command::Submit.is_decision());
    }

    /// I-16
    #[test]
    fn an_approver_needs_no_right_but_the_role() {
        let world = submitted(Low).policy_where(|_| {});
        let ask = ask_for("r-2", request(NewModel, Critical), weights_and_prompt());
        let world = retiered(world, Critical).having("rivera", ask).prepared().submitted();
        world.having("okafor", approve_as("compliance"));
    }

    fn retiered(world: World, to: RiskTier) -> World {
        world.and(ModelEvent::TierChanged { from: Low, to, reason: text("wider use") })
    }

    /// I-09
    #[test]
    fn an_approval_is_for_the_dossier_the_approver_looked_at() {
        let world = submitted(High);
        let seen = world.dossier();
        let world = world.having("rivera", attach(evaluation("2.0")));
        let current = world.dossier();
        let outcome = world.when("chen", approve_exactly("product_lead", seen));
        outcome.refused(Refusal::StaleDossier { given: seen, current });
    }

    ///
    #[test]
    fn nobody_approves_while_a_step_or_a_criterion_is_open() {
        let world = on_the_runbook(Low);
        let outcome = world.when("rivera", approve_as("model_owner"));
        let refusal = outcome.refused_as("gate.closed");
        let codes: Vec<_> = refusal.blockers().iter().map(crate::blocker::Blocker::code).collect();
        assert_eq!(codes, ["step.open"; 4]);
        let worse = submitted(Low).having("rivera", attach(evaluation("8.1")));
        let outcome = worse.when("rivera", approve_as("model_owner"));
        outcome.refused_as("gate.closed");
    }

    ///
    #[test]
    fn the_sign_off_is_impossible_while_one_of_the_steps_before_it_is_open() {
        let world = on_the_runbook(Low);
        let early = world.clone().when("haddad", approve_as("security_operations_lead"));
        early.refused_as("gate.closed");
        let world = world.stepped().having("haddad", approve_as("security_operations_lead"));
        world.when("rivera", approve_as("model_owner")).then_words(&["approval_given", "approved"]);
    }

    ///
    #[test]
    fn a_sign_off_waits_for_the_sign_off_before_it() {
        let mut runbook = runbook();
        runbook.version = "0.3.0".into();
        runbook.steps.remove(5);
        runbook.steps.drain(..4);
        let first = work(
            "first-look",
            runbook.steps[0].kind.clone(),
            "Application security",
            runbook.steps[0].sla,
        );
        runbook.steps.insert(0, first);
        let mut asked = with_runbook(request(NewModel, Low));
        asked.runbook.as_mut().unwrap().version = "0.3.0".into();
        let world = given(Low).publishing_runbook(runbook).requested(asked).prepared().submitted();
        let early = world.clone().when("haddad", approve_as("security_operations_lead"));
        early.refused_as("step.waits");
        let world = world.having("park", approve_as("application_security"));
        world.having("haddad", approve_as("security_operations_lead"));
    }

    /// I-05
    #[test]
    fn a_free_holder_leaves_the_easier_place_to_one_with_ties() {
        let ties = |of: &[Independence]| ApprovalRule {
            role: role("product_lead"),
            count: 1,
            purpose: "business sign-off".into(),
            independent_of: of.iter().copied().collect(),
            when: Condition::Always,
        };
        let world = given(Low).policy_where(|policy| {
            policy.also = vec![ties(&[]), ties(&[Independence::Requester])];
        });
        let world = granted(world, "zhou", "product_lead");
        let ask = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
        let world = world.having("zhou", ask).prepared().having("zhou", Command::Submit);
        world
            .having("chen", approve_as("product_lead"))
            .having("zhou", approve_as("product_lead"))
            .when("rivera", approve_as("model_owner"))
            .then_words(&["approval_given", "approved"]);
    }

    ///
    #[test]
    fn a_condition_makes_the_decision_conditional() {
        let world = submitted(Low).having("rivera", approve_if("model_owner", "iyer"));
        assert!(world.release().decision.as_ref().unwrap().with_conditions);
        assert_eq!(world.release().conditions[&1].condition, promise("iyer"));
    }

    ///
    #[test]
    fn a_condition_is_due_in_the_future() {
        let late = submitted(Low).later(31 * 24);
        late.when("rivera", approve_if("model_owner", "iyer")).refused_as("time.wrong_order");
    }

    fn half_approved() -> World {
        on_the_runbook(Low).stepped().having("haddad", approve_as("security_operations_lead"))
    }

    /// A change of content lapses the approvals, and the event says what changed.
    #[track_caller]
    fn lapses(who: &str, deed: Command, saying: &str) {
        let before = half_approved();
        let old = before.dossier();
        let outcome = before.when(who, deed);
        let last = outcome.result.as_ref().unwrap().last().unwrap().clone();
        let world = outcome.world();
        let ReleaseEvent::ApprovalsLapsed { people, old: was, new, changed } = last else {
            panic!("{last:?}")
        };
        assert_eq!((people, was, new), (vec![id("haddad")], old, world.dossier()));
        assert_eq!(changed, saying);
        let sign_off = &world.report().approvals[1];
        assert_eq!((sign_off.given.len(), sign_off.lapsed.len()), (0, 1));
    }

    /// I-09
    #[test]
    fn new_evidence_voids_the_approvals_before_it() {
        let said = "evidence `e6` (summarizer-v1-eval.json) was attached";
        lapses("rivera", attach(evaluation("2.9")), said);
        lapses("rivera", withdraw_evidence("e2"), "evidence `e2` was withdrawn");
    }

    /// I-09
    #[test]
    fn a_changed_artifact_voids_the_approvals_before_it() {
        let prompt = Command::AddArtifact(artifact(ArtifactKind::Prompt, "second-prompt"));
        lapses("rivera", prompt, "artifact `second-prompt` was added");
        let remove = Command::RemoveArtifact { name: "system-prompt".into() };
        lapses("rivera", remove, "artifact `system-prompt` was taken out");
    }

    /// I-09
    #[test]
    fn a_changed_answer_or_step_voids_the_approvals_before_it() {
        let answers = [("tested_on", "2026-05-09"), ("result", "worked"), ("minutes", "40")];
        let said = "checklist item `rollback` was answered anew";
        lapses("rivera", confirm_item("rollback", &answers), said);
        let again = Command::CompleteStep {
            step: step("confirm-scope"),
            done: crate::release::command::StepDone::Manual { statement: text("looked again") },
        };
        lapses("dufour", again, "step `confirm-scope` was completed anew");
    }

    ///
    #[test]
    fn a_concern_voids_the_approvals_before_it() {
        let said = "a concern was raised on step `confirm-scope`";
        lapses("santos", raise_concern("confirm-scope"), said);
    }

    #[test]
    fn the_same_answer_again_voids_nothing() {
        let good = [("tested_on", "2026-05-08"), ("result", "worked"), ("minutes", "12")];
        let outcome = half_approved().when("rivera", confirm_item("rollback", &good));
        outcome.then_words(&["item_answered"]);
        let opened = Command::OpenEvidence { evidence: evidence("e1") };
        half_approved().when("haddad", opened).then_words(&["evidence_opened"]);
    }

    /// I-09
    #[test]
    fn content_put_back_as_it_was_does_not_bring_back_an_approval() {
        let extra = artifact(ArtifactKind::Prompt, "second-prompt");
        let before = half_approved();
        let dossier = before.dossier();
        let world = before
            .having("rivera", Command::AddArtifact(extra))
            .having("rivera", Command::RemoveArtifact { name: "second-prompt".into() });
        assert_eq!(world.dossier(), dossier);
        assert!(world.report().approvals[1].given.is_empty());
        world.having("haddad", approve_as("security_operations_lead"));
    }

    ///
    #[test]
    fn after_a_lapse_everybody_may_approve_again() {
        let world = half_approved().having("rivera", attach(injection_suite(Outcome::Pass)));
        let world = world.approved();
        assert_eq!(world.release().approvals.iter().filter(|given| given.lapsed).count(), 1);
    }

    /// R-103, I-14
    #[test]
    fn one_no_rejects_the_release_with_a_reason() {
        let world = submitted(High).having("chen", approve_as("product_lead"));
        let world = world.when("moreau", reject_as("ai_governance_committee")).then([
            ReleaseEvent::Rejected {
                rejection: Rejection {
                    person: id("moreau"),
                    on_behalf_of: None,
                    role: role("ai_governance_committee"),
                    reason: RejectionReason::InsufficientEvidence,
                    text: text("the samples are too few"),
                },
            },
        ]);
        assert_eq!(world.blocked_by(), ["release.rejected"]);
        assert_eq!(world.denied_by(), ["release.rejected"]);
    }

    ///
    #[test]
    fn only_somebody_who_could_approve_rejects() {
        submitted(High).when("zhou", reject_as("product_lead")).refused_as("actor.not_permitted");
        let world = granted(submitted(High), "weiss", "product_lead");
        world.when("weiss", reject_as("product_lead")).refused_as("approval.not_a_holder");
    }

    /// I-02, I-14
    #[test]
    fn a_decided_release_is_not_decided_again() {
        let rejected = submitted(Low).having("rivera", reject_as("model_owner"));
        let withdrawn = submitted(Low).having("rivera", withdraw());
        for world in [rejected, withdrawn, approved(Low), deployed(Low)] {
            let again = world.clone().when("rivera", approve_as("model_owner"));
            again.refused_as("release.wrong_state");
            let no = world.when("rivera", reject_as("model_owner"));
            no.refused_as("release.wrong_state");
        }
    }

    ///
    #[test]
    fn a_prompt_change_of_a_high_risk_model_waits_for_the_business() {
        let prompt = vec![artifact(ArtifactKind::Prompt, "system-prompt-2")];
        let world = deployed(High).updated("r-2", ConfigurationChange, prompt);
        let world = world.having("rivera", approve_as("model_owner"));
        assert_eq!(world.denied_by(), ["release.in_review"]);
        let world = world.having("chen", approve_as("product_lead"));
        assert_eq!(world.denied_by(), [] as [&str; 0]);
    }
}
