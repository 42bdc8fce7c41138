//! The organisation's policy: all seven rows of the tier table, a checklist with conditions and
//! questions, and three kinds of criteria.

use super::{item, role, roles};
use crate::classification::{ChangeType, Condition, RiskTier, Trait};
use crate::criterion::{Bound, Comparison, Criterion, CriterionRule};
use crate::decimal::Decimal;
use crate::exception::Waived;
use crate::field::{Field, FieldKind};
use crate::name::{CriterionName, PolicyName, Region};
use crate::policy::{
    ApprovalRule, CommitteeSettings, ConditionSettings, Document, DrillLimit, EmergencySettings,
    EvidenceNeed, ExceptionSettings, Independence, Item, Majority, NoticeSettings, Policy,
    Question, RetentionSettings, RoleDefinition, RollbackSettings, Row, Settings, TitleMapping,
};
use crate::reading::{Severity, Unit};

use ChangeType::{
    ConfigurationChange, MajorUpdate, MinorUpdate, NewModel, Retirement, ThirdPartyActivation,
};
use Independence::{EvidenceAuthor, ModelOwner, OtherRoles, Requester};
use RiskTier::{Critical, High, Low, Medium};

/// The policy in force when a world begins.
pub fn policy() -> Policy {
    Policy {
        name: PolicyName::new("model-release").expect("a name"),
        version: "1.0".into(),
        document: document(),
        roles: role_definitions(),
        titles: vec![
            title("Security operations leader", "security_operations_lead"),
            title("ML Lead", "model_owner"),
        ],
        rows: rows(),
        also: vec![
            rule("product_lead", "business sign-off", &[Requester], tiers(&[High, Critical])),
            rule("compliance", "compliance sign-off", &[Requester], tiers(&[Critical])),
        ],
        items: items(),
        criteria: criteria(),
        offers: Vec::new(),
        process: Vec::new(),
        settings: Settings {
            confirm_within_hours: 48,
            missed_confirmation_denies: false,
            lease_minutes: 15,
            self_approval: true,
            escalate_to: role("ai_governance_lead"),
            may_suspend: roles(&["ai_governance_lead"]),
            may_close_findings: roles(&["security", "application_security"]),
            may_deploy: roles(&["ml_platform"]),
            emergency: Some(emergency()),
            rollback: rollback(),
            reviewed_by: Some(role("ai_governance_committee")),
            committee: Some(CommitteeSettings {
                role: role("ai_governance_committee"),
                chair: role("ai_governance_lead"),
                quorum: 2,
                decides_by: Majority::Simple,
                meets_every_days: 14,
                single_approvals: true,
                recuses: [Requester, ModelOwner, EvidenceAuthor].into(),
            }),
            beside: crate::beside::Settings::default(),
            changes: crate::policy::ChangeSettings::default(),
            reviews: crate::policy::ReviewSettings::default(),
            conditions: ConditionSettings::default(),
            exceptions: ExceptionSettings {
                accepted_by: roles(&["ai_governance_lead", "security"]),
                at_most_days: 90,
                never: [Waived::Item(item("fria"))].into(),
            },
            notices: NoticeSettings::default(),
            retention: Some(RetentionSettings {
                keep_months: 120,
                after_retirement_months: 24,
                legal_hold_by: roles(&["legal", "compliance"]),
                purge_by: roles(&["compliance"]),
            }),
        },
    }
}

fn emergency() -> EmergencySettings {
    EmergencySettings {
        authority_of: roles(&["ai_governance_lead"]),
        confirm_within_hours: 24,
        papers_within: EmergencySettings::PAPERS_WITHIN,
        remind_hours: 24,
        overdue_papers_deny: true,
    }
}

fn rollback() -> RollbackSettings {
    let of = |field: &str| Question { item: item("rollback"), field: field.into() };
    RollbackSettings {
        may: roles(&["ai_governance_lead", "ml_platform"]),
        planned: Some(of("minutes")),
        drill: Some(DrillLimit { asked: of("tested_on"), days: 180 }),
    }
}

fn document() -> Document {
    Document {
        title: "Release of models".into(),
        organisation: "Harbour Analytics".into(),
        owner: role("ai_governance_lead"),
        approved_by: role("ai_governance_committee"),
        effective: "2026-01-01".parse().expect("a date"),
        review_months: 12,
        classification: "Internal".into(),
        purpose: "Nothing reaches production untested.".into(),
    }
}

fn role_definitions() -> Vec<RoleDefinition> {
    let known = [
        ("model_owner", "Model Owner"),
        ("ai_governance_lead", "AI Governance Lead"),
        ("ml_platform_lead", "ML platform lead"),
        ("data_governance", "Data governance"),
        ("ml_engineer", "ML engineer"),
        ("application_security", "Application security"),
        ("ml_platform", "ML platform"),
        ("auditor", "Auditor"),
    ];
    let define = |(name, title): (&str, &str)| RoleDefinition {
        name: role(name),
        title: title.into(),
        duty: String::new(),
        qualification: None,
        reads_only: name == "auditor",
    };
    known.into_iter().map(define).collect()
}

fn title(title: &str, means: &str) -> TitleMapping {
    TitleMapping { title: title.into(), role: role(means) }
}

fn tiers(of: &[RiskTier]) -> Condition {
    Condition::Tier(of.iter().copied().collect())
}

fn changes(of: &[ChangeType]) -> Condition {
    Condition::Change(of.iter().copied().collect())
}

fn rule(name: &str, purpose: &str, of: &[Independence], when: Condition) -> ApprovalRule {
    ApprovalRule {
        role: role(name),
        count: 1,
        purpose: purpose.into(),
        independent_of: of.iter().copied().collect(),
        when,
    }
}

fn row(change: ChangeType, of: &[RiskTier], approvals: Vec<ApprovalRule>) -> Row {
    Row { change, tiers: of.iter().copied().collect(), means: change.human().into(), approvals }
}

/// The decision table, R-065 to R-071, and retirement.
fn rows() -> Vec<Row> {
    let always = || Condition::Always;
    let owner = || rule("model_owner", "technical sign-off", &[], always());
    let committee = || {
        let of = [Requester, ModelOwner];
        vec![ApprovalRule {
            count: 2,
            ..rule("ai_governance_committee", "approval", &of, always())
        }]
    };
    let both = || {
        let lead = rule("ai_governance_lead", "approval", &[Requester, ModelOwner], always());
        vec![lead, ApprovalRule { independent_of: [Requester].into(), ..owner() }]
    };
    let peer = || rule("peer_reviewer", "peer review", &[ModelOwner, EvidenceAuthor], always());
    let independent = |name| rule(name, "approval", &[Requester, OtherRoles], always());
    let everyone = [Low, Medium, High, Critical];
    let mut rows = Vec::new();
    for change in [NewModel, MajorUpdate] {
        rows.push(row(change, &[High, Critical], committee()));
        rows.push(row(change, &[Medium], both()));
        rows.push(row(change, &[Low], vec![owner()]));
    }
    rows.push(row(MinorUpdate, &[Low, Medium], vec![owner()]));
    rows.push(row(MinorUpdate, &[High, Critical], vec![owner(), peer()]));
    rows.push(row(ConfigurationChange, &everyone, vec![owner()]));
    let vendor = ["ai_governance_lead", "security", "legal"].map(independent).to_vec();
    rows.push(row(ThirdPartyActivation, &everyone, vendor));
    rows.push(row(Retirement, &everyone, vec![owner()]));
    rows
}

fn question(name: &str, kind: FieldKind) -> Field {
    Field { name: name.into(), label: name.replace('_', " "), kind, when: None, required: true }
}

fn ask(name: &str, when: Condition, evidence: EvidenceNeed, fields: Vec<Field>) -> Item {
    Item {
        name: item(name),
        title: name.replace('_', " "),
        section: "Checklist".into(),
        when,
        evidence,
        fields,
        may_not_apply: false,
        checks_must_pass: false,
        guidance: String::new(),
    }
}

fn items() -> Vec<Item> {
    let formats = |of: &[&str]| EvidenceNeed::Formats(of.iter().map(|f| (*f).into()).collect());
    let models = || changes(&[NewModel, MajorUpdate, MinorUpdate, ThirdPartyActivation]);
    let high_in_eu = || {
        let eu = Condition::Region([Region::new("eu").expect("a region")].into());
        Condition::All(vec![tiers(&[High, Critical]), eu])
    };
    let minutes = || FieldKind::Number { unit: "minutes".into() };
    let worked = || FieldKind::Choice { options: vec!["worked".into(), "failed".into()] };
    let not_retired = || changes(&ChangeType::ALL[..5]);
    let card = ask("model_card", models(), formats(&["model-card"]), Vec::new());
    let security = ask("security_tests", not_retired(), formats(&["sarif", "junit"]), Vec::new());
    vec![
        Item { checks_must_pass: true, ..card },
        ask(
            "change_log",
            Condition::Is(Trait::Update),
            EvidenceNeed::None,
            vec![question("what_changed", FieldKind::Text)],
        ),
        ask("evaluation", not_retired(), formats(&["metrics"]), Vec::new()),
        ask("bias_results", tiers(&[Medium, High, Critical]), EvidenceNeed::AnyFile, Vec::new()),
        Item { may_not_apply: true, ..security },
        ask("validation", tiers(&[High, Critical]), EvidenceNeed::AnyFile, Vec::new()),
        ask("fria", high_in_eu(), EvidenceNeed::AnyFile, Vec::new()),
        ask(
            "dpia",
            Condition::Is(Trait::PersonalData),
            EvidenceNeed::None,
            vec![question("required", FieldKind::YesNo), question("why", FieldKind::Text)],
        ),
        ask(
            "monitoring",
            Condition::Always,
            EvidenceNeed::None,
            ["metrics", "drift", "alerting"].map(|f| question(f, FieldKind::Text)).to_vec(),
        ),
        ask(
            "rollback",
            Condition::Always,
            EvidenceNeed::None,
            vec![
                question("tested_on", FieldKind::Date),
                question("result", worked()),
                question("minutes", minutes()),
            ],
        ),
    ]
}

fn criterion(name: &str, from: Option<&str>, when: Condition, rule: CriterionRule) -> Criterion {
    Criterion {
        name: CriterionName::new(name).expect("a name"),
        title: name.replace('_', " "),
        when,
        from: from.map(item),
        rule,
    }
}

fn criteria() -> Vec<Criterion> {
    let hallucination = Bound {
        metric: "hallucination_rate".into(),
        task: None,
        comparison: Comparison::AtMost,
        bound: Decimal::whole(5),
        unit: Unit::Percent,
        assumes: Unit::Fraction,
        minimum_sample: Some(50),
    };
    let no_critical = CriterionRule::NoOpenFinding { severity: Severity::Critical };
    let not_retired = || changes(&ChangeType::ALL[..5]);
    vec![
        criterion(
            "hallucination_rate",
            Some("evaluation"),
            Condition::All(vec![Condition::Is(Trait::Generative), not_retired()]),
            CriterionRule::Bound(hallucination),
        ),
        criterion("no_critical_finding", Some("security_tests"), not_retired(), no_critical),
        criterion(
            "injection_suite",
            Some("security_tests"),
            not_retired(),
            CriterionRule::ChecksPass,
        ),
    ]
}
