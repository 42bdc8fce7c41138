use super::*;
use crate::classification::{ChangeType, Condition, RiskTier, Trait};
use crate::given::*;
use crate::name::Region;
use crate::sla::Sla;

use ChangeType::{ConfigurationChange, MajorUpdate, MinorUpdate, NewModel, ThirdPartyActivation};
use RiskTier::{Critical, High, Low, Medium};

fn classified(change: ChangeType, tier: RiskTier) -> Classification {
    let request = request(change, tier);
    request.classification(tier, &weights_and_prompt())
}

fn planned(
    of: Classification,
    policy: &Policy,
    runbook: Option<&Runbook>,
) -> Result<GatePlan, NoPlan> {
    let world = given(of.tier);
    let published = world.register.policies[0].policy.clone();
    let reference = world.register.runbooks[0].runbook.clone();
    let basis = Basis {
        now: monday(),
        policy: (&published, policy),
        runbook: runbook.map(|runbook| (&reference, runbook)),
        register: &world.register,
        owner: &id("rivera"),
    };
    GatePlan::make(of, basis)
}

#[track_caller]
fn plan(change: ChangeType, tier: RiskTier) -> GatePlan {
    planned(classified(change, tier), &policy(), None).unwrap()
}

#[track_caller]
fn asked(change: ChangeType, tier: RiskTier) -> Vec<(String, u32)> {
    let rules = plan(change, tier).approvals;
    rules.into_iter().map(|rule| (rule.role.to_string(), rule.count)).collect()
}

fn one(role: &str) -> (String, u32) {
    (role.into(), 1)
}

fn committee() -> (String, u32) {
    ("ai_governance_committee".into(), 2)
}

///
#[test]
fn a_first_high_risk_deployment_is_for_the_committee_and_the_business() {
    assert_eq!(asked(NewModel, High), [committee(), one("product_lead")]);
}

///
#[test]
fn compliance_signs_only_when_the_tier_is_critical() {
    let critical = [committee(), one("product_lead"), one("compliance")];
    assert_eq!(asked(NewModel, Critical), critical);
    for tier in [Low, Medium, High] {
        assert!(!asked(NewModel, tier).contains(&one("compliance")));
    }
}

///
#[test]
fn a_first_medium_risk_deployment_needs_lead_and_owner_both() {
    assert_eq!(asked(NewModel, Medium), [one("ai_governance_lead"), one("model_owner")]);
}

///
#[test]
fn a_first_low_risk_deployment_needs_the_owner() {
    assert_eq!(asked(NewModel, Low), [one("model_owner")]);
}

///
#[test]
fn a_major_update_is_approved_like_a_new_model_of_its_tier() {
    for tier in RiskTier::ALL {
        assert_eq!(asked(MajorUpdate, *tier), asked(NewModel, *tier));
    }
}

///
#[test]
fn a_minor_update_needs_the_owner_and_a_peer_when_the_risk_is_high() {
    assert_eq!(asked(MinorUpdate, Low), [one("model_owner")]);
    assert_eq!(asked(MinorUpdate, Medium), [one("model_owner")]);
    let high = [one("model_owner"), one("peer_reviewer"), one("product_lead")];
    assert_eq!(asked(MinorUpdate, High), high);
}

///
#[test]
fn a_prompt_or_configuration_change_is_approved_before_it_is_deployed() {
    assert_eq!(asked(ConfigurationChange, Low), [one("model_owner")]);
    assert_eq!(asked(ConfigurationChange, High), [one("model_owner"), one("product_lead")]);
}

///
#[test]
fn a_vendor_model_needs_lead_security_and_legal() {
    let all = [one("ai_governance_lead"), one("security"), one("legal")];
    assert_eq!(asked(ThirdPartyActivation, Medium), all);
}

/// R-143, I-03
#[test]
fn every_change_at_every_tier_asks_for_an_approval() {
    for change in ChangeType::ALL {
        for tier in RiskTier::ALL {
            assert!(!asked(*change, *tier).is_empty(), "{change} {tier}");
        }
    }
}

/// I-05
#[test]
fn a_role_asked_for_twice_stays_two_rules() {
    let mut policy = policy();
    let again = policy.also[0].clone();
    policy.also.push(again);
    let plan = planned(classified(NewModel, High), &policy, None).unwrap();
    assert_eq!(plan.approvals.iter().filter(|rule| rule.role == role("product_lead")).count(), 2);
}

#[test]
fn an_approval_step_in_a_role_the_policy_asks_for_is_signed_by_the_same_signature() {
    let mut runbook = runbook();
    for step in &mut runbook.steps {
        if matches!(step.kind, StepKind::Approval(_)) {
            step.owner = "model_owner".into();
        }
    }
    let policy = policy();
    let plan = planned(classified(NewModel, Low), &policy, Some(&runbook)).unwrap();
    let owner = |rule: &&ApprovalRule| rule.role.is_model_owner();
    assert_eq!(plan.approvals.iter().filter(owner).count(), 1);
    let step = plan.steps.iter().find(|step| matches!(step.step.kind, StepKind::Approval(_)));
    let rule = step.and_then(|step| step.rule).unwrap();
    assert!(plan.approvals[rule as usize].role.is_model_owner());
}

/// I-03
#[test]
fn a_row_without_approvals_is_no_row() {
    let mut policy = policy();
    for row in &mut policy.rows {
        row.approvals.clear();
    }
    assert_eq!(planned(classified(NewModel, Low), &policy, None), Err(NoPlan::NoRow));
    let with_sign_off = planned(classified(NewModel, Low), &policy, Some(&runbook()));
    assert_eq!(with_sign_off, Err(NoPlan::NoRow));
}

#[track_caller]
fn items(of: Classification) -> Vec<String> {
    let plan = planned(of, &policy(), None).unwrap();
    plan.items.iter().map(|item| item.name.to_string()).collect()
}

///
#[test]
fn the_change_log_is_asked_of_updates_only() {
    assert!(!items(classified(NewModel, Low)).contains(&"change_log".into()));
    assert!(items(classified(MinorUpdate, Low)).contains(&"change_log".into()));
    let left = plan(NewModel, Low).left_out;
    let log = left.iter().find(|left| left.title == "change log").unwrap();
    assert_eq!(log.asked_when, "update");
}

///
#[test]
fn bias_results_are_asked_of_medium_and_high_risk_and_not_of_low() {
    assert!(!items(classified(NewModel, Low)).contains(&"bias_results".into()));
    for tier in [Medium, High, Critical] {
        assert!(items(classified(NewModel, tier)).contains(&"bias_results".into()));
    }
}

///
#[test]
fn independent_validation_is_asked_of_high_risk_only() {
    assert!(!items(classified(NewModel, Medium)).contains(&"validation".into()));
    assert!(items(classified(NewModel, High)).contains(&"validation".into()));
}

///
#[test]
fn a_rights_assessment_is_asked_of_high_risk_in_the_eu() {
    let outside = classified(NewModel, High);
    assert!(!items(outside.clone()).contains(&"fria".into()));
    let regions = [Region::new("eu").unwrap()].into();
    assert!(items(Classification { regions, ..outside }).contains(&"fria".into()));
}

///
#[test]
fn the_privacy_question_is_asked_when_personal_data_is_processed() {
    let without = classified(NewModel, Low);
    assert!(!items(without.clone()).contains(&"dpia".into()));
    let traits = [Trait::PersonalData].into();
    assert!(items(Classification { traits, ..without }).contains(&"dpia".into()));
}

///
#[test]
fn six_steps_are_numbered_and_their_titles_become_roles() {
    let plan = planned(classified(NewModel, Low), &policy(), Some(&runbook())).unwrap();
    let steps: Vec<_> = plan.steps.iter().map(|s| (s.number, s.role.to_string())).collect();
    let roles = [
        "ml_platform_lead",
        "data_governance",
        "ml_engineer",
        "application_security",
        "security_operations_lead",
        "ml_platform",
    ];
    assert_eq!(steps, (1..).zip(roles.map(String::from)).collect::<Vec<_>>());
}

///
#[test]
fn a_title_that_means_no_role_gives_no_plan() {
    let mut runbook = runbook();
    runbook.steps[1].owner = "Chief Vibes Officer".into();
    let refused = planned(classified(NewModel, Low), &policy(), Some(&runbook));
    assert_eq!(refused, Err(NoPlan::UnmappedTitle("Chief Vibes Officer".into())));
}

///
#[test]
fn a_step_escalates_to_its_own_role_or_to_the_policy_s() {
    let mut runbook = runbook();
    runbook.steps[0].escalation = "Security operations leader".into();
    let plan = planned(classified(NewModel, Low), &policy(), Some(&runbook)).unwrap();
    assert_eq!(plan.steps[0].escalate_to, role("security_operations_lead"));
    assert_eq!(plan.steps[1].escalate_to, role("ai_governance_lead"));
}

///
#[test]
fn an_approval_step_adds_a_rule_and_takes_none_away() {
    let without = planned(classified(NewModel, High), &policy(), None).unwrap().approvals;
    let plan = planned(classified(NewModel, High), &policy(), Some(&runbook())).unwrap();
    assert_eq!(plan.approvals[..without.len()], without[..]);
    assert_eq!(plan.approvals.last().unwrap().role, role("security_operations_lead"));
    assert_eq!(plan.steps[4].rule, Some(2));
}

fn ordered(kinds: &[(&str, Option<Vec<u32>>)]) -> Vec<(bool, Vec<u32>)> {
    let mut runbook = runbook();
    let kind = |word: &str| StepKind::from_word(word).unwrap();
    let step = |(at, (word, after)): (usize, &(&str, Option<Vec<u32>>))| RunbookStep {
        after: after.clone(),
        ..work(&format!("step-{at}"), kind(word), "ML platform", Sla::SameDay)
    };
    runbook.steps = kinds.iter().enumerate().map(step).collect();
    let plan = planned(classified(NewModel, Low), &policy(), Some(&runbook)).unwrap();
    plan.steps.into_iter().map(|step| (step.after_decision, step.waits_for)).collect()
}

///
#[test]
fn steps_wait_for_the_earlier_ones_and_the_webhook_for_the_decision() {
    let steps = ordered(&[("manual", None), ("form", None), ("approval", None), ("webhook", None)]);
    let late: Vec<bool> = steps.iter().map(|(late, _)| *late).collect();
    assert_eq!(late, [false, false, false, true]);
    assert_eq!(steps[1].1, [1]);
    assert_eq!(steps[3].1, [1, 2, 3]);
}

#[test]
fn a_runbook_may_let_steps_run_side_by_side_but_not_past_an_approval() {
    let beside = Some(vec![]);
    let steps = ordered(&[("manual", None), ("manual", beside.clone()), ("approval", beside)]);
    assert_eq!(steps[1].1, [] as [u32; 0]);
    assert_eq!(steps[2].1, [1, 2]);
}

///
#[test]
fn a_webhook_early_in_a_runbook_pulls_no_work_out_of_the_gate() {
    let steps =
        ordered(&[("webhook", None), ("manual", None), ("approval", None), ("manual", None)]);
    assert_eq!(steps[0], (true, vec![]));
    assert_eq!(steps[1], (false, vec![]));
    assert_eq!(steps[2], (false, vec![2]));
    assert_eq!(steps[3], (true, vec![1, 2, 3]));
}

#[test]
fn work_between_two_approval_steps_is_done_before_either() {
    let steps = ordered(&[("approval", None), ("manual", None), ("approval", None)]);
    assert_eq!(steps, [(false, vec![]), (false, vec![]), (false, vec![1, 2])]);
}

///
#[test]
fn self_approval_switched_off_makes_every_rule_independent_of_the_requester() {
    let mut policy = policy();
    policy.settings.self_approval = false;
    let plan = planned(classified(ConfigurationChange, High), &policy, None).unwrap();
    let independent = |rule: &ApprovalRule| rule.independent_of.contains(&Independence::Requester);
    assert!(plan.approvals.iter().all(independent));
}

///
#[test]
fn the_same_inputs_give_the_same_plan() {
    let of = || classified(MajorUpdate, High);
    let plan = || planned(of(), &policy(), Some(&runbook()));
    assert_eq!(plan(), plan());
}

#[test]
fn conditions_are_read_from_the_plan_s_own_classification() {
    let mut policy = policy();
    policy.also[0].when =
        Condition::Artifact([crate::classification::ArtifactKind::Adapter].into());
    let plan = planned(classified(NewModel, High), &policy, None).unwrap();
    assert!(!plan.approvals.iter().any(|rule| rule.role == role("product_lead")));
}
