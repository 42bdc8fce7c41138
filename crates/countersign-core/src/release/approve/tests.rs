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
    world.clone().when("rivera", approve_as("peer_reviewer")).refused(Refusal::NotIndependent {
        person: id("rivera"),
        role: role("peer_reviewer"),
        of: Independence::ModelOwner,
    });
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
    let reader = submitted(Low).when("rivera", approve_if("model_owner", "quinn"));
    reader.refused_as("person.reads_only");
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
    let world =
        world.when("moreau", reject_as("ai_governance_committee")).then([ReleaseEvent::Rejected {
            rejection: Rejection {
                person: id("moreau"),
                on_behalf_of: None,
                role: role("ai_governance_committee"),
                reason: RejectionReason::InsufficientEvidence,
                text: text("the samples are too few"),
            },
        }]);
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
