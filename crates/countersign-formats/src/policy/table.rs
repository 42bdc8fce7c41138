//! The decision table and the checklist as data, so that the command line and the portal show
//! the same.

use countersign_core::classification::{ChangeType, Condition, RiskTier};
use countersign_core::name::ItemName;
use countersign_core::policy::{ApprovalRule, EvidenceNeed, Independence, Policy};
use serde::Serialize;

/// One case of the decision table: a change at a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// The change.
    pub change: ChangeType,
    /// The tier.
    pub tier: RiskTier,
    /// What the change means at this tier, for people.
    pub means: String,
    /// Every approval in words, those asked for beside the row included. An approval that depends
    /// on more than change and tier says on what.
    pub approvals: Vec<String>,
    /// Whether the requester may give one of them: a rule lets him and the settings do.
    pub self_approval: bool,
}

/// One item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChecklistRow {
    /// The item.
    pub item: ItemName,
    /// What is confirmed.
    pub title: String,
    /// The part of the checklist it belongs to.
    pub section: String,
    /// When it is asked, in the policy's words.
    pub when: String,
    /// What evidence it needs, in words.
    pub evidence: String,
    /// The questions answered with it.
    pub questions: Vec<String>,
    /// Whether "not applicable", with a reason, is an answer.
    pub may_not_apply: bool,
}

/// Every change at every tier, in the order of the vocabulary, least tier first.
pub fn decision_table(policy: &Policy) -> Vec<TableRow> {
    let cells = ChangeType::ALL
        .iter()
        .flat_map(|change| RiskTier::ALL.iter().map(move |tier| (*change, *tier)));
    cells.filter_map(|(change, tier)| cell(policy, change, tier)).collect()
}

fn cell(policy: &Policy, change: ChangeType, tier: RiskTier) -> Option<TableRow> {
    let row = policy.rows.iter().find(|row| row.change == change && row.tiers.contains(&tier))?;
    let rules: Vec<(&ApprovalRule, Settled)> = row
        .approvals
        .iter()
        .chain(&policy.also)
        .map(|rule| (rule, settled(&rule.when, change, tier)))
        .filter(|(_, settled)| *settled != Settled::No)
        .collect();
    let own = |rule: &ApprovalRule| !rule.independent_of.contains(&Independence::Requester);
    Some(TableRow {
        change,
        tier,
        means: row.means.clone(),
        self_approval: policy.settings.self_approval && rules.iter().any(|(rule, _)| own(rule)),
        approvals: rules.iter().map(|(rule, settled)| words(policy, rule, *settled)).collect(),
    })
}

fn words(policy: &Policy, rule: &ApprovalRule, settled: Settled) -> String {
    let count = if rule.count == 1 { String::new() } else { format!("{} of ", rule.count) };
    let mut text = format!("{count}{} for {}", policy.title_of(&rule.role), rule.purpose);
    let others: Vec<&str> = rule.independent_of.iter().map(|whom| whom.human()).collect();
    if !others.is_empty() {
        text.push_str(&format!(", not {}", others.join(" or ")));
    }
    if !rule.independent_of.contains(&Independence::Requester) {
        let may = if policy.settings.self_approval { "may be" } else { "may not be" };
        text.push_str(&format!(", {may} the requester"));
    }
    if settled == Settled::Depends {
        text.push_str(&format!(", when {}", rule.when));
    }
    text
}

/// What is known of a condition when only change and tier are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    Yes,
    No,
    Depends,
}

fn settled(condition: &Condition, change: ChangeType, tier: RiskTier) -> Settled {
    use countersign_core::classification::Trait;
    let known = |holds: bool| if holds { Settled::Yes } else { Settled::No };
    let parts = |conditions: &[Condition], ends: Settled, otherwise: Settled| {
        let parts: Vec<Settled> =
            conditions.iter().map(|part| settled(part, change, tier)).collect();
        if parts.contains(&ends) {
            ends
        } else if parts.contains(&Settled::Depends) {
            Settled::Depends
        } else {
            otherwise
        }
    };
    match condition {
        Condition::Always => Settled::Yes,
        Condition::Tier(tiers) => known(tiers.contains(&tier)),
        Condition::Change(changes) => known(changes.contains(&change)),
        Condition::Is(Trait::Update) => known(change.is_update()),
        Condition::IsNot(Trait::Update) => known(!change.is_update()),
        Condition::Region(_) | Condition::Artifact(_) => Settled::Depends,
        Condition::Is(_) | Condition::IsNot(_) => Settled::Depends,
        Condition::All(all) => parts(all, Settled::No, Settled::Yes),
        Condition::Any(any) => parts(any, Settled::Yes, Settled::No),
    }
}

/// Every checklist item in the order of the policy.
pub fn checklist_table(policy: &Policy) -> Vec<ChecklistRow> {
    let row = |item: &countersign_core::policy::Item| ChecklistRow {
        item: item.name.clone(),
        title: item.title.clone(),
        section: item.section.clone(),
        when: item.when.to_string(),
        evidence: match &item.evidence {
            EvidenceNeed::None => "none".into(),
            EvidenceNeed::AnyFile => "any file".into(),
            EvidenceNeed::Formats(formats) => formats.join(" or "),
        },
        questions: item.fields.iter().map(|field| field.label.clone()).collect(),
        may_not_apply: item.may_not_apply,
    };
    policy.items.iter().map(row).collect()
}
