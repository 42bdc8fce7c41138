//! The decision table and the checklist as data.

use super::{default_policy, examples};
use countersign_core::classification::{ChangeType, RiskTier};
use countersign_formats::policy::{TableRow, checklist_table, decision_table, parse};

fn cell(table: &[TableRow], change: ChangeType, tier: RiskTier) -> &TableRow {
    table.iter().find(|row| row.change == change && row.tier == tier).expect("every case is there")
}

///
#[test]
fn the_table_says_every_case_in_words() {
    let table = decision_table(&default_policy());
    assert_eq!(table.len(), 24);
    assert_eq!(
        cell(&table, ChangeType::NewModel, RiskTier::Critical).approvals,
        [
            "2 of AI Governance Committee for technical sign-off, \
             not the requester or the Model Owner",
            "Product Lead for business sign-off, not the requester",
            "Compliance for compliance sign-off, not the requester",
        ]
    );
}

///
#[test]
fn the_table_says_where_one_may_approve_his_own_request() {
    let mut policy = default_policy();
    let table = decision_table(&policy);
    assert!(cell(&table, ChangeType::NewModel, RiskTier::Low).self_approval);
    assert!(!cell(&table, ChangeType::NewModel, RiskTier::Medium).self_approval);
    policy.settings.self_approval = false;
    assert!(decision_table(&policy).iter().all(|row| !row.self_approval));
}

#[test]
fn an_approval_that_depends_on_more_than_the_case_says_on_what() {
    let policy = parse(&examples("policy")[0]).policy.expect("the example is whole");
    let table = decision_table(&policy);
    let high = cell(&table, ChangeType::ConfigurationChange, RiskTier::High);
    assert_eq!(
        high.approvals,
        [
            "Model Owner for technical sign-off, may be the requester",
            "Product Lead for business sign-off, not the requester, \
             when user_facing and tier is high or critical",
        ]
    );
    let low = cell(&table, ChangeType::ConfigurationChange, RiskTier::Low);
    assert_eq!(low.approvals.len(), 1);
}

///
#[test]
fn the_checklist_says_when_each_item_is_asked() {
    let policy = default_policy();
    let table = checklist_table(&policy);
    assert_eq!(table.len(), policy.items.len());
    let find = |name: &str| table.iter().find(|row| row.item.as_str() == name).unwrap();
    assert_eq!(find("rollback_plan").when, "always");
    assert_eq!(find("change_description").when, "update");
    assert_eq!(find("security_tests").evidence, "sarif or garak or promptfoo or giskard or junit");
    assert!(find("security_tests").may_not_apply);
    assert_eq!(find("monitoring").questions.len(), 3);
    let sections: std::collections::BTreeSet<&str> =
        table.iter().map(|row| row.section.as_str()).collect();
    assert_eq!(sections.len(), 4);
}
