//! The tables of the policy page, from the same rows the command line prints.

use crate::portal::components::table::{self, cell};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::words;
use countersign_core::criterion::{Criterion, CriterionRule};
use countersign_core::policy::Policy;
use countersign_formats::policy::{ChecklistRow, TableRow, checklist_table, decision_table};
use maud::{Markup, html};

/// Who approves what: one row for each change and tier.
pub fn decisions(policy: &Policy) -> Markup {
    let rows = decision_table(policy);
    let mut merged: Vec<(Vec<&'static str>, &TableRow)> = Vec::new();
    for row in &rows {
        let same = |(_, last): &(Vec<&str>, &TableRow)| alike(last) == alike(row);
        match merged.last_mut().filter(|last| same(last)) {
            Some((tiers, _)) => tiers.push(row.tier.human()),
            None => merged.push((vec![row.tier.human()], row)),
        }
    }
    let cells = merged.iter().map(|(tiers, row)| decision(tiers, row)).collect::<Vec<_>>();
    table::render("Who approves what", &["Change", "Risk tier", "Approvals, all of them"], &cells)
}

/// Rows that differ in the tier alone are shown as one.
fn alike(row: &TableRow) -> (&'static str, &[String]) {
    (row.change.human(), &row.approvals)
}

fn decision(tiers: &[&str], row: &TableRow) -> Vec<Markup> {
    let own = Some(()).filter(|()| row.self_approval);
    vec![
        html! { strong { (row.change.human()) } p.hint { (row.means) } },
        cell(words::list(tiers)),
        html! {
            ul { @for approval in &row.approvals { li { (approval) } } }
            @if own.is_some() { (tag::render(&Tag::new("Self-approval possible", Tone::Quiet))) }
        },
    ]
}

/// The checklist, section by section.
pub fn checklist(policy: &Policy) -> Markup {
    let rows = checklist_table(policy);
    let mut sections: Vec<(&str, Vec<Vec<Markup>>)> = Vec::new();
    for row in &rows {
        match sections.iter_mut().find(|(section, _)| *section == row.section) {
            Some((_, cells)) => cells.push(item(row)),
            None => sections.push((&row.section, vec![item(row)])),
        }
    }
    html! {
        @for (section, cells) in &sections {
            h3 { (section) }
            (table::render(section, &["Item", "Asked when", "Evidence", "Questions"], cells))
        }
    }
}

fn item(row: &ChecklistRow) -> Vec<Markup> {
    let may = Some(()).filter(|()| row.may_not_apply);
    vec![
        html! {
            strong { (row.title) }
            @if may.is_some() { p.hint { "May not apply, with a reason." } }
        },
        cell(&row.when),
        cell(&row.evidence),
        html! { ul { @for question in &row.questions { li { (question) } } } },
    ]
}

/// The criteria.
pub fn criteria(policy: &Policy) -> Markup {
    let row = |one: &Criterion| {
        let rule = match &one.rule {
            CriterionRule::Bound(bound) => bound.to_string(),
            CriterionRule::NoOpenFinding { severity } => {
                format!("no open finding at or above {severity}")
            }
            CriterionRule::ChecksPass => "every check passes, and there is at least one".into(),
        };
        let from = one.from.as_ref().and_then(|item| {
            let item = policy.items.iter().find(|known| &known.name == item)?;
            Some(item.title.clone())
        });
        vec![
            html! { strong { (one.title) } },
            cell(rule),
            cell(from.unwrap_or_else(|| "all evidence of the release".into())),
            cell(&one.when),
        ]
    };
    let rows: Vec<_> = policy.criteria.iter().map(row).collect();
    table::render("What blocks", &["Criterion", "Requires", "Read from", "Applies when"], &rows)
}
