//! The default checklist and criteria: what is asked of whom.

use super::{default_policy, release};
use ChangeType::{ConfigurationChange, MinorUpdate, NewModel, Retirement};
use RiskTier::{Critical, High, Low, Medium};
use countersign_core::classification::{ChangeType, Classification, RiskTier, Trait};
use countersign_core::criterion::CriterionRule;
use countersign_core::decimal::Decimal;
use countersign_core::field::FieldKind;
use countersign_core::name::Region;
use countersign_core::policy::{EvidenceNeed, Item};
use countersign_core::reading::{Severity, Unit};

fn item(name: &str) -> Item {
    let items = default_policy().items;
    items.into_iter().find(|item| item.name.as_str() == name).expect("the item exists")
}

fn asked(name: &str, of: &Classification) -> bool {
    item(name).when.holds(of)
}

fn questions(name: &str) -> Vec<String> {
    item(name).fields.into_iter().map(|field| field.name).collect()
}

fn with(of: Classification, facts: &[Trait]) -> Classification {
    Classification { traits: facts.iter().copied().collect(), ..of }
}

///
#[test]
fn a_new_model_brings_a_model_card_whose_checks_pass() {
    let card = item("model_card");
    assert!(card.evidence.accepts(Some("model-card")));
    assert!(card.checks_must_pass);
    assert!(asked("model_card", &release(NewModel, Low)));
}

///
#[test]
fn data_sheet_and_risk_register_are_answered_by_field() {
    assert_eq!(questions("data_sheet"), ["training_data", "evaluation_data", "splits"]);
    assert_eq!(questions("risk_assessment"), ["register_reference", "assessed_on"]);
    let reference = &item("risk_assessment").fields[0];
    assert_eq!(reference.kind, FieldKind::Risk);
}

///
#[test]
fn every_training_split_is_confirmed_with_its_provenance_and_licence() {
    let splits = item("data_sheet").fields.into_iter().find(|field| field.name == "splits");
    let FieldKind::Rows { columns, confirms } = splits.unwrap().kind else { panic!("no rows") };
    assert_eq!(columns, ["split", "provenance", "licence"]);
    assert_eq!(confirms.as_deref(), Some("the licence allows this use"));
}

///
#[test]
fn a_finished_evaluation_names_its_kind_and_its_written_pass_criteria() {
    let asked = questions("evaluation_results");
    assert_eq!(asked, ["evaluated", "thresholds", "thresholds_fixed_on", "tested_on"]);
    assert!(item("evaluation_results").fields.iter().all(|field| field.required));
}

///
#[test]
fn product_and_security_say_what_they_expect_beside_the_declared_use() {
    assert_eq!(questions("declared_use"), ["product_expects", "security_expects", "agreement"]);
    let FieldKind::Choice { options } = &item("declared_use").fields[2].kind else {
        panic!("no choice")
    };
    assert_eq!(options, &["both fit"]);
}

///
#[test]
fn robustness_scores_are_asked_of_the_riskier_tiers_and_have_a_bound() {
    assert!(asked("robustness", &release(NewModel, High)));
    assert!(!asked("robustness", &release(NewModel, Medium)));
    let criteria = default_policy().criteria;
    let criterion = criteria.iter().find(|one| one.name.as_str() == "adversarial_robustness");
    let CriterionRule::Bound(bound) = &criterion.unwrap().rule else { panic!("no bound") };
    assert_eq!((bound.bound, bound.unit), (Decimal::whole(80), Unit::Percent));
}

///
#[test]
fn what_changed_and_why_is_asked_of_updates_only() {
    assert!(asked("change_description", &release(MinorUpdate, Low)));
    assert!(asked("change_description", &release(ConfigurationChange, Low)));
    assert!(!asked("change_description", &release(NewModel, Low)));
    assert!(questions("change_description").contains(&"why".into()));
}

///
#[test]
fn evaluation_results_name_the_thresholds_and_when_they_were_fixed() {
    let results = item("evaluation_results");
    for format in ["lm-eval", "metrics-json", "metrics-csv", "junit"] {
        assert!(results.evidence.accepts(Some(format)), "{format}");
    }
    assert!(results.checks_must_pass);
    assert!(questions("evaluation_results").contains(&"thresholds_fixed_on".into()));
}

///
#[test]
fn bias_results_are_asked_from_medium_risk_on_and_of_user_facing_models() {
    assert!(!asked("bias_results", &release(NewModel, Low)));
    for tier in [Medium, High, Critical] {
        assert!(asked("bias_results", &release(NewModel, tier)));
    }
    assert!(asked("bias_results", &with(release(NewModel, Low), &[Trait::UserFacing])));
}

///
#[test]
fn security_tests_may_not_apply_and_need_a_report_where_they_do() {
    let tests = item("security_tests");
    assert!(tests.may_not_apply);
    assert!(tests.evidence.accepts(Some("sarif-2.1.0")));
    assert!(tests.evidence.accepts(Some("junit")));
    assert!(!tests.evidence.accepts(None));
}

///
#[test]
fn the_injection_suite_is_asked_of_generative_models_and_read_by_its_own_criterion() {
    assert!(asked("injection_suite", &with(release(NewModel, Low), &[Trait::Generative])));
    assert!(!asked("injection_suite", &release(NewModel, Low)));
    let policy = default_policy();
    let criterion = policy.criteria.iter().find(|c| c.name.as_str() == "prompt_injection");
    let criterion = criterion.expect("the criterion exists");
    assert_eq!(criterion.rule, CriterionRule::ChecksPass);
    assert_eq!(criterion.from.as_ref().map(|item| item.as_str()), Some("injection_suite"));
}

///
#[test]
fn independent_validation_is_for_high_risk_and_names_an_outsider() {
    assert!(!asked("independent_validation", &release(NewModel, Medium)));
    assert!(asked("independent_validation", &release(NewModel, High)));
    assert_eq!(item("independent_validation").evidence, EvidenceNeed::AnyFile);
    assert!(questions("independent_validation").contains(&"independence".into()));
}

///
#[test]
fn a_fria_is_for_high_risk_in_the_eu() {
    let eu = |tier| Classification {
        regions: [Region::new("eu").unwrap()].into(),
        ..release(NewModel, tier)
    };
    assert!(asked("fria", &eu(High)));
    assert!(asked("fria", &eu(Critical)));
    assert!(!asked("fria", &eu(Medium)));
    assert!(!asked("fria", &release(NewModel, High)));
}

///
#[test]
fn compliance_is_answered_in_words() {
    assert_eq!(questions("regulatory_mapping"), ["obligations", "how_met"]);
    assert_eq!(questions("transparency_notice"), ["requirements", "notice"]);
    let personal = with(release(NewModel, Low), &[Trait::PersonalData]);
    assert!(asked("dpia", &personal));
    assert!(!asked("dpia", &release(NewModel, Low)));
    assert_eq!(questions("dpia")[..2], ["article_35_requires", "reason"]);
}

///
#[test]
fn operational_readiness_is_answered_in_parts() {
    assert_eq!(
        questions("monitoring"),
        ["performance_metrics", "drift_detection", "alert_thresholds"]
    );
    assert_eq!(questions("incident_plan"), ["plan", "reviewed_by", "reviewed_on"]);
    assert_eq!(questions("on_call"), ["owner"]);
    assert_eq!(questions("capacity"), ["expected_load", "scaling"]);
}

///
#[test]
fn rollback_is_defined_for_all_and_tested_for_high_risk() {
    for change in ChangeType::ALL {
        assert!(asked("rollback_plan", &release(*change, Low)), "{change}");
    }
    assert_eq!(questions("rollback_plan"), ["path", "reference", "planned_minutes"]);
    assert!(!asked("rollback_test", &release(MinorUpdate, Medium)));
    assert!(asked("rollback_test", &release(MinorUpdate, High)));
    assert_eq!(questions("rollback_test"), ["tested_on", "result", "measured_minutes"]);
}

///
#[test]
fn a_configuration_change_is_asked_for_what_it_can_break() {
    let change = release(ConfigurationChange, Low);
    for name in [
        "change_description",
        "standing_documents",
        "risk_assessment",
        "evaluation_results",
        "security_tests",
        "monitoring",
        "rollback_plan",
        "on_call",
    ] {
        assert!(asked(name, &change), "{name}");
    }
    assert!(!asked("capacity", &change));
    assert!(!asked("model_card", &change));
}

#[test]
fn a_retirement_is_asked_for_its_plan_and_the_way_back_only() {
    let everything = with(release(Retirement, Critical), Trait::ALL);
    let policy = default_policy();
    let asked = policy.items.iter().filter(|item| item.when.holds(&everything));
    let names: Vec<&str> = asked.map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["retirement_plan", "rollback_plan"]);
}

///
#[test]
fn hallucinations_block_above_five_percent() {
    let policy = default_policy();
    let criterion = policy.criteria.iter().find(|c| c.name.as_str() == "hallucination_rate");
    let criterion = criterion.expect("the criterion exists");
    let CriterionRule::Bound(bound) = &criterion.rule else { panic!("it is a bound") };
    assert_eq!(bound.to_string(), "hallucination_rate at most 5 %");
    let met = |value: &str, unit| {
        let value: Decimal = value.parse().unwrap();
        bound.converted(value, unit).is_some_and(|v| bound.comparison.met_by(v, bound.bound))
    };
    assert!(met("5", Unit::Percent));
    assert!(met("0.05", Unit::Unstated));
    assert!(!met("0.081", Unit::Unstated));
    assert!(!criterion.when.holds(&with(release(Retirement, High), &[Trait::Generative])));
}

///
#[test]
fn an_open_critical_finding_blocks_whatever_goes_live() {
    let policy = default_policy();
    let criterion = policy.criteria.iter().find(|c| c.name.as_str() == "no_critical_finding");
    let criterion = criterion.expect("the criterion exists");
    assert_eq!(criterion.rule, CriterionRule::NoOpenFinding { severity: Severity::Critical });
    let from = criterion.from.as_ref().map(|item| item.as_str());
    assert_eq!(from, Some("security_tests"), "a scan has to be there");
    for change in ChangeType::ALL {
        let blocks = criterion.when.holds(&release(*change, Low));
        assert_eq!(blocks, *change != Retirement, "{change}");
    }
}

/// A criterion without evidence to read is never met, so it would block such a release for ever.
#[test]
fn a_criterion_applies_only_where_evidence_is_asked_for() {
    let policy = default_policy();
    let readable =
        |item: &&Item| matches!(item.evidence, EvidenceNeed::Formats(_)) && !item.may_not_apply;
    for change in ChangeType::ALL {
        for tier in RiskTier::ALL {
            for facts in [&[][..], Trait::ALL] {
                let of = with(release(*change, *tier), facts);
                let criteria = policy.criteria.iter().filter(|c| c.from.is_none());
                let applies = criteria.filter(|c| c.when.holds(&of)).count() > 0;
                let mut asked = policy.items.iter().filter(|item| item.when.holds(&of));
                assert!(!applies || asked.any(|item| readable(&item)), "{change} at {tier}");
            }
        }
    }
}
