//! The default policy as a document: it parses, and carries what is asked of it beside rows,
//! items and criteria.

use super::{DEFAULT, default_policy, release};
use countersign_core::agent::seen_as_agent;
use countersign_core::classification::{ArtifactKind, ChangeType, Classification, RiskTier, Trait};
use countersign_core::model::Model;
use countersign_core::name::RoleName;
use countersign_formats::diagnostic::Level;
use countersign_formats::policy::parse;

#[test]
fn the_default_policy_has_no_errors_and_warns_only_of_what_is_to_be_filled_in() {
    let parsed = parse(DEFAULT);
    let remarks: Vec<(Level, &str)> =
        parsed.diagnostics.iter().map(|remark| (remark.level, remark.code)).collect();
    assert_eq!(remarks, [(Level::Warning, "policy.placeholder")]);
    assert!(parsed.policy.is_some());
}

///
#[test]
fn document_control_is_complete_and_the_next_review_is_computed() {
    let document = default_policy().document;
    assert_eq!(document.owner.as_str(), "ai_governance_lead");
    assert_eq!(document.approved_by.as_str(), "ai_governance_committee");
    assert_eq!(document.classification, "Internal");
    assert_eq!(document.review_months, 12);
    assert_eq!(document.next_review().to_string(), "2027-01-01");
    assert_eq!(default_policy().version, "1.0");
}

#[test]
fn every_role_of_a_release_is_known_with_its_duty() {
    let policy = default_policy();
    for role in
        ["model_owner", "ai_governance_lead", "ai_governance_committee", "security", "legal"]
    {
        let known = policy.roles.iter().find(|known| known.name.as_str() == role);
        assert!(known.is_some_and(|known| !known.duty.is_empty()), "{role}");
    }
}

///
#[test]
fn the_owner_titles_of_runbooks_mean_roles() {
    let policy = default_policy();
    for (title, role) in [
        ("ML platform lead", "ml_platform_lead"),
        ("Data governance", "data_governance"),
        ("ML engineer", "ml_engineer"),
        ("Application security", "application_security"),
        ("Security operations leader", "security_operations_lead"),
        ("ML platform", "ml_platform"),
        ("ML Lead", "model_owner"),
        ("Product Lead", "product_lead"),
        ("Compliance", "compliance"),
    ] {
        let meant = policy.role_for_title(title).map(RoleName::as_str);
        assert_eq!(meant, Some(role), "{title}");
    }
    assert_eq!(policy.role_for_title("Chief Wizard"), None);
}

///
#[test]
fn the_process_has_its_five_steps_in_order() {
    let policy = default_policy();
    let titles: Vec<&str> = policy.process.iter().map(|step| step.title.as_str()).collect();
    let steps = ["Request", "Review", "Decision", "Deployment", "Post-deployment confirmation"];
    assert_eq!(titles, steps);
}

#[test]
fn clocks_and_switches_have_their_defaults() {
    let settings = default_policy().settings;
    assert_eq!(settings.confirm_within_hours, 48);
    assert_eq!(settings.lease_minutes, 15);
    assert!(settings.self_approval);
    assert!(settings.missed_confirmation_denies);
    let may_suspend: Vec<&str> = settings.may_suspend.iter().map(RoleName::as_str).collect();
    assert_eq!(may_suspend, ["ai_governance_lead"]);
    let may_deploy: Vec<&str> = settings.may_deploy.iter().map(RoleName::as_str).collect();
    assert_eq!(may_deploy, ["ml_platform"]);
    assert_eq!(settings.reviewed_by.unwrap().as_str(), "ai_governance_committee");
}

///
#[test]
fn an_emergency_needs_the_lead_and_brings_its_papers_in_five_business_days() {
    let emergency = default_policy().settings.emergency.unwrap();
    let authority: Vec<&str> = emergency.authority_of.iter().map(RoleName::as_str).collect();
    assert_eq!(authority, ["ai_governance_lead"]);
    assert_eq!(emergency.papers_within.to_string(), "5 business days");
    assert!(emergency.overdue_papers_deny);
}

/// The runbooks offered for a release, in the order the policy names them.
fn offered(of: Classification) -> Vec<String> {
    let of = seen_as_agent(of, &Model::default());
    let offers = default_policy().offers.into_iter().filter(|offer| offer.when.holds(&of));
    offers.map(|offer| offer.runbook.to_string()).collect()
}

fn bringing(kind: ArtifactKind, of: Classification) -> Classification {
    Classification { artifacts: [kind].into(), ..of }
}

///
#[test]
fn conditions_bite_after_a_day_and_two_people_accept_the_risk_of_an_exception() {
    let policy = default_policy();
    let table = countersign_formats::policy::care_table(&policy);
    let table: Vec<String> = table.iter().map(|(what, says)| format!("{what}: {says}")).collect();
    assert_eq!(
        table,
        [
            "Owners are reminded of conditions: 3 business days before",
            "Overdue conditions: turn the verdict to deny after 1 business day",
            "People are reminded of what they have to do: 24 hours before",
            "Owners are reminded to confirm a deployment: 8 hours before",
            "When something is late, this role hears unless the runbook names another: AI Governance Lead",
            "And then this role: AI Governance Committee after 1 business day",
            "The risk of exceptions is accepted by: AI Governance Lead and Security",
            "Exceptions last at most: 90 days",
            "Never waived: item fria",
        ]
    );
}

#[test]
fn every_setting_of_a_policy_is_told_in_one_table() {
    let policy = default_policy();
    let table = countersign_formats::policy::setting_table(&policy);
    let says = |what| {
        let line = table.iter().find(|(name, _)| *name == what);
        line.map_or_else(|| panic!("no line `{what}`"), |(_, says)| says.as_str())
    };
    assert_eq!(says("Minor changes in a row"), "at most 5 between reviews");
    let failures = says("Failed releases ask for a review of the policy");
    assert_eq!(failures, "after 3 within 90 days");
    assert_eq!(says("The policy itself is reviewed every"), "12 months");
    assert!(says("The last drill").ends_with("at most 180 days old"), "{}", says("The last drill"));
    assert!(says("The committee").contains("no vote for the requester"));
    assert_eq!(says("Exceptions last at most"), "90 days");
    assert_eq!(says("A sandbox is claimed for at most"), "6 months");
}

#[test]
fn a_run_of_minor_changes_and_a_pattern_of_failures_are_written_as_sentences() {
    let changed = DEFAULT
        .replace("at most   5 between reviews", "at most 2 between reviews")
        .replace("3 failures within 90 days", "4 failures within 30 days");
    let settings = parse(&changed).policy.expect("a policy").settings;
    assert_eq!(settings.changes.minor_at_most, 2);
    assert_eq!((settings.reviews.failures, settings.reviews.within_days), (4, 30));
    for bad in ["minor changes at most 0 between reviews", "minor changes at most 5"] {
        let text = DEFAULT.replace("minor changes at most   5 between reviews", bad);
        assert!(parse(&text).policy.is_none(), "{bad}");
    }
    for bad in ["review when 3 failures", "review when many failures within 90 days"] {
        let text = DEFAULT.replace("review when             3 failures within 90 days", bad);
        assert!(parse(&text).policy.is_none(), "{bad}");
    }
}

///
#[test]
fn a_policy_that_says_nothing_of_exceptions_allows_none() {
    let lines = DEFAULT.lines().filter(|line| {
        let line = line.trim_start();
        !["remind of", "overdue conditions", "exceptions"].iter().any(|key| line.starts_with(key))
    });
    let silent: Vec<&str> = lines.collect();
    let settings = parse(&silent.join("\n")).policy.expect("a policy").settings;
    assert!(settings.exceptions.accepted_by.is_empty());
    assert_eq!((settings.conditions.remind_days, settings.conditions.grace_days), (3, 1));
}

///
#[test]
fn a_fine_tuned_checkpoint_is_offered_the_runbook_for_one() {
    let plain = release(ChangeType::MinorUpdate, RiskTier::Medium);
    let fine_tuned = "fine-tuned-model-release".to_owned();
    for kind in [ArtifactKind::Weights, ArtifactKind::Adapter] {
        assert!(offered(bringing(kind, plain.clone())).contains(&fine_tuned), "{kind}");
    }
    assert!(!offered(plain).contains(&fine_tuned));
}

///
#[test]
fn a_third_party_base_with_more_than_a_setting_changed_is_offered_the_runbook_for_one() {
    let over_foreign_base = |change| {
        let of = release(change, RiskTier::Medium);
        offered(Classification { traits: [Trait::ThirdPartyBase].into(), ..of })
    };
    let fine_tuned = "fine-tuned-model-release".to_owned();
    for change in [ChangeType::NewModel, ChangeType::MajorUpdate, ChangeType::MinorUpdate] {
        assert!(over_foreign_base(change).contains(&fine_tuned), "{change}");
    }
    assert!(!over_foreign_base(ChangeType::ConfigurationChange).contains(&fine_tuned));
}

///
#[test]
fn the_runbook_that_fits_best_is_offered_first() {
    let of = |change| release(change, RiskTier::Low);
    let tuned = of(ChangeType::MinorUpdate);
    let changed = of(ChangeType::ConfigurationChange);
    for (first, of) in [
        ("adapter-release", bringing(ArtifactKind::Adapter, tuned.clone())),
        ("fine-tuned-model-release", bringing(ArtifactKind::Weights, tuned.clone())),
        ("agent-release", bringing(ArtifactKind::Tools, tuned.clone())),
        ("agent-release", bringing(ArtifactKind::Permissions, changed.clone())),
        ("third-party-activation", bringing(ArtifactKind::VendorModel, tuned)),
        ("third-party-activation", of(ChangeType::ThirdPartyActivation)),
        ("prompt-change", bringing(ArtifactKind::Prompt, changed.clone())),
        ("configuration-change", bringing(ArtifactKind::Configuration, changed)),
        ("retirement", bringing(ArtifactKind::Configuration, of(ChangeType::Retirement))),
    ] {
        assert_eq!(offered(of.clone()).first().map(String::as_str), Some(first), "{of:?}");
    }
}

#[test]
fn a_drill_is_offered_wherever_a_tested_rollback_is_asked_for() {
    let policy = default_policy();
    let test = policy.items.iter().find(|item| item.name.as_str() == "rollback_test").unwrap();
    for change in ChangeType::ALL {
        for tier in RiskTier::ALL {
            let of = release(*change, *tier);
            let drill = offered(of.clone()).contains(&"rollback-drill".to_owned());
            assert_eq!(drill, test.when.holds(&of), "{of:?}");
        }
    }
}

/// What begins with an incident or an emergency is chosen by people, not by a fact of the release.
#[test]
fn aftermath_and_emergency_are_offered_by_no_condition() {
    let policy = default_policy();
    let offers: Vec<&str> = policy.offers.iter().map(|offer| offer.runbook.as_str()).collect();
    for chosen in [
        "harmful-output",
        "drift-or-quality-failure",
        "data-leak",
        "jailbreak-campaign",
        "emergency-release",
    ] {
        assert!(!offers.contains(&chosen), "{chosen}");
    }
}

///
#[test]
fn records_are_kept_for_ten_years_and_two_after_retirement() {
    let table = countersign_formats::policy::retention_table(&default_policy());
    let table: Vec<String> = table.iter().map(|(what, says)| format!("{what}: {says}")).collect();
    assert_eq!(
        table,
        [
            "Records are kept after the decision: 10 years",
            "Records are kept after retirement: 2 years",
            "Legal holds are placed and lifted by: Compliance, Legal",
            "Evidence is purged by two people, one of them: Compliance",
        ]
    );
}

///
#[test]
fn a_policy_without_the_block_keeps_for_ever() {
    let at = DEFAULT.find("  # The later of both clocks decides").expect("the block");
    let silent = parse(&DEFAULT[..at]).policy.expect("a policy");
    assert_eq!(silent.settings.retention, None);
    let table = countersign_formats::policy::retention_table(&silent);
    assert_eq!(table, [("Records", "are kept for ever".to_owned())]);
}
