//! The default policy as a document: it parses, and carries what is asked of it beside rows,
//! items and criteria.

use super::{DEFAULT, default_policy, release};
use countersign_core::classification::{ArtifactKind, ChangeType, Classification, RiskTier};
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

///
#[test]
fn a_fine_tuned_checkpoint_is_offered_the_runbook_for_one() {
    let policy = default_policy();
    let offered = |of: &Classification| -> Vec<String> {
        let offers = policy.offers.iter().filter(|offer| offer.when.holds(of));
        offers.map(|offer| offer.runbook.to_string()).collect()
    };
    let plain = release(ChangeType::MinorUpdate, RiskTier::Medium);
    let lora = Classification { artifacts: [ArtifactKind::Adapter].into(), ..plain.clone() };
    assert!(offered(&lora).contains(&"fine-tuned-model-release".into()));
    assert!(!offered(&plain).contains(&"fine-tuned-model-release".into()));
}
