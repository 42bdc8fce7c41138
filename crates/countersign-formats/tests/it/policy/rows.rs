//! The rows of the default decision table, one by one.

use super::{default_policy, release};
use ChangeType::{
    ConfigurationChange, MajorUpdate, MinorUpdate, NewModel, Retirement, ThirdPartyActivation,
};
use RiskTier::{Critical, High, Low, Medium};
use countersign_core::classification::{ChangeType, RiskTier};
use countersign_core::policy::ApprovalRule;

/// `N role !whom,whom` for each approval, those asked for beside the row included.
fn approvals(change: ChangeType, tier: RiskTier) -> Vec<String> {
    let policy = default_policy();
    let of = release(change, tier);
    let row = policy.row(&of).expect("the table has a row for every case");
    let rules = row.approvals.iter().chain(&policy.also).filter(|rule| rule.when.holds(&of));
    rules.map(short).collect()
}

fn short(rule: &ApprovalRule) -> String {
    let others: Vec<&str> = rule.independent_of.iter().map(|whom| whom.word()).collect();
    format!("{} {} !{}", rule.count, rule.role, others.join(","))
}

const OWNER_HIMSELF: &str = "1 model_owner !";
const OWNER_NOT_REQUESTER: &str = "1 model_owner !requester";
const COMMITTEE: &str = "2 ai_governance_committee !requester,model_owner";
const LEAD: &str = "1 ai_governance_lead !requester,model_owner";
const BUSINESS: &str = "1 product_lead !requester";
const COMPLIANCE: &str = "1 compliance !requester";
const PEER: &str = "1 peer_reviewer !requester,model_owner,evidence_author";

///
#[test]
fn a_new_high_risk_model_needs_two_of_the_committee_and_the_business() {
    assert_eq!(approvals(NewModel, High), [COMMITTEE, BUSINESS]);
}

///
#[test]
fn a_critical_model_needs_compliance_as_well() {
    assert_eq!(approvals(NewModel, Critical), [COMMITTEE, BUSINESS, COMPLIANCE]);
}

///
#[test]
fn a_new_medium_risk_model_needs_the_lead_and_an_owner_who_did_not_request_it() {
    assert_eq!(approvals(NewModel, Medium), [LEAD, OWNER_NOT_REQUESTER]);
}

///
#[test]
fn a_new_low_risk_model_needs_its_owner_who_may_be_the_requester() {
    assert_eq!(approvals(NewModel, Low), [OWNER_HIMSELF]);
}

///
#[test]
fn a_major_update_needs_what_a_new_model_of_its_tier_needs() {
    for tier in RiskTier::ALL {
        assert_eq!(approvals(MajorUpdate, *tier), approvals(NewModel, *tier));
    }
}

///
#[test]
fn a_minor_update_needs_its_owner_and_a_peer_when_the_risk_is_high() {
    assert_eq!(approvals(MinorUpdate, Low), [OWNER_HIMSELF]);
    assert_eq!(approvals(MinorUpdate, Medium), [OWNER_HIMSELF]);
    assert_eq!(approvals(MinorUpdate, High), [OWNER_HIMSELF, PEER, BUSINESS]);
    assert_eq!(approvals(MinorUpdate, Critical), [OWNER_HIMSELF, PEER, BUSINESS, COMPLIANCE]);
}

///
#[test]
fn a_configuration_change_needs_its_owner_and_the_business_when_the_risk_is_high() {
    assert_eq!(approvals(ConfigurationChange, Low), [OWNER_HIMSELF]);
    assert_eq!(approvals(ConfigurationChange, Medium), [OWNER_HIMSELF]);
    assert_eq!(approvals(ConfigurationChange, High), [OWNER_HIMSELF, BUSINESS]);
    assert_eq!(approvals(ConfigurationChange, Critical), [OWNER_HIMSELF, BUSINESS, COMPLIANCE]);
}

///
#[test]
fn a_vendors_model_needs_lead_security_and_legal_at_every_tier() {
    for tier in [Low, Medium] {
        assert_eq!(
            approvals(ThirdPartyActivation, tier),
            [
                "1 ai_governance_lead !requester",
                "1 security !requester,other_roles",
                "1 legal !requester,other_roles"
            ]
        );
    }
    assert_eq!(approvals(ThirdPartyActivation, Critical).len(), 5);
}

#[test]
fn a_retirement_needs_its_owner() {
    assert_eq!(approvals(Retirement, Low), [OWNER_HIMSELF]);
}

///
#[test]
fn every_change_at_every_tier_has_exactly_one_row() {
    let policy = default_policy();
    for change in ChangeType::ALL {
        for tier in RiskTier::ALL {
            let rows = policy.rows.iter().filter(|row| {
                row.change == *change && row.tiers.contains(tier) && !row.approvals.is_empty()
            });
            assert_eq!(rows.count(), 1, "{change} at {tier}");
        }
    }
}
