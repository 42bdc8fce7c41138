//! Three shorter tales: a suspension, a confirmation that did not come, and a draft.

use crate::demo::scene::{Deed, Findings, NewModel, Tale, Wanted};
use countersign_core::classification::ArtifactKind::{VendorModel, Weights};
use countersign_core::classification::ChangeType::{NewModel as First, ThirdPartyActivation};
use countersign_core::classification::RiskTier::{High, Low, Medium};
use countersign_core::classification::Trait::{Generative, PersonalData};

const SUSPENDED: &str = "Hiring screener v1.0";
const MISSED: &str = "Sales forecast v3.2";
const DRAFT: &str = "Vendor chat, spring edition";

/// Suspended a few days ago.
pub fn hiring_screener() -> Tale {
    let model = NewModel {
        name: "hiring-screener",
        title: "Hiring screener",
        tier: High,
        intended_use: "Marks applications that lack a required document; it ranks nobody",
    };
    let release = Wanted {
        title: SUSPENDED,
        model: "hiring-screener",
        change: First,
        summary: "The first version, for two departments",
        artifact: ("screener-weights", Weights, "hiring screener 1.0"),
        facts: &[PersonalData],
        runbook: None,
        resubmits: None,
    };
    let found = Findings { checkpoint: "screener-v1.0", hallucination_rate: 0.0 };
    let because = "It marks certificates from abroad as missing. Stopped until that is understood.";
    Tale::begun(34)
        .then(0, "rivera", Deed::Register(model))
        .then(60, "rivera", Deed::Request(release))
        .then(900, "rivera", Deed::Prepare(SUSPENDED, found, &[]))
        .then(60, "rivera", Deed::Submit(SUSPENDED))
        .then(1400, "hale", Deed::Approve(SUSPENDED, "ai_governance_committee"))
        .then(100, "novak", Deed::Approve(SUSPENDED, "ai_governance_committee"))
        .then(900, "chen", Deed::Approve(SUSPENDED, "product_lead"))
        .then(900, "park", Deed::Deploy(SUSPENDED, "CHG-4121"))
        .then(1400, "rivera", Deed::Confirm(SUSPENDED))
        .at_hours_ago(70)
        .then(0, "lindt", Deed::Suspend(SUSPENDED, because))
}

/// Deployed three days ago and confirmed by nobody.
pub fn sales_forecast() -> Tale {
    let model = NewModel {
        name: "sales-forecast",
        title: "Sales forecast",
        tier: Low,
        intended_use: "Forecasts orders by region for the weekly planning",
    };
    let release = Wanted {
        title: MISSED,
        model: "sales-forecast",
        change: First,
        summary: "The forecast by region, until now kept in a spreadsheet",
        artifact: ("forecast-weights", Weights, "sales forecast 3.2"),
        facts: &[],
        runbook: None,
        resubmits: None,
    };
    let found = Findings { checkpoint: "forecast-v3.2", hallucination_rate: 0.0 };
    Tale::begun(5)
        .then(0, "rivera", Deed::Register(model))
        .then(30, "rivera", Deed::Request(release))
        .then(600, "rivera", Deed::Prepare(MISSED, found, &[]))
        .then(30, "rivera", Deed::Submit(MISSED))
        .then(60, "rivera", Deed::Approve(MISSED, "model_owner"))
        .at_hours_ago(76)
        .then(0, "rivera", Deed::Deploy(MISSED, "CHG-4181"))
        .at_hours_ago(27)
        .then(0, "countersign", Deed::Missed(MISSED))
}

/// Asked for yesterday, with half of the checklist done.
pub fn vendor_chat() -> Tale {
    let model = NewModel {
        name: "vendor-chat",
        title: "Vendor chat",
        tier: Medium,
        intended_use: "A vendor's chat service for questions of employees",
    };
    let release = Wanted {
        title: DRAFT,
        model: "vendor-chat",
        change: ThirdPartyActivation,
        summary: "The vendor's model of this spring, for everybody in the company",
        artifact: ("vendor-chat", VendorModel, "vendor chat 2026 spring"),
        facts: &[Generative],
        runbook: None,
        resubmits: None,
    };
    let found = Findings { checkpoint: "vendor-chat", hallucination_rate: 0.038 };
    let open =
        &["security_tests", "injection_suite", "dpia", "incident_plan", "capacity", "on_call"];
    Tale::begun(1)
        .then(0, "rivera", Deed::Register(model))
        .then(40, "patel", Deed::Request(release))
        .then(300, "patel", Deed::Prepare(DRAFT, found, open))
}
