//! What can be known only when all is read: whether each role, item and criterion that is named
//! exists, which approvals a row takes over from another, and whether each case of the decision
//! table has exactly one row.

use super::cursor::cut;
use super::draft::{Draft, DraftRow};
use super::faults::Faults;
use super::near::advise;
use countersign_core::classification::{ChangeType, RiskTier};
use countersign_core::name::RoleName;
use std::collections::BTreeMap;
use std::ops::Range;

/// Checks and completes the draft.
pub(super) fn check(draft: &mut Draft, faults: &mut Faults<'_>) {
    names(draft, faults);
    super::rollbacks::check(draft, faults);
    titles(draft, faults);
    same_approvals(draft, faults);
    coverage(draft, faults);
}

fn names(draft: &Draft, faults: &mut Faults<'_>) {
    let roles = draft.names("role");
    let listed: Vec<&str> = roles.iter().copied().collect();
    for used in &draft.role_uses {
        let name = used.value.as_str();
        if !roles.contains(name) {
            let message = format!("no role is named `{}`", cut(name));
            let help =
                format!("{} (a role is made known by `role {name} \"…\"`)", advise(name, &listed));
            faults.error("policy.role.unknown", &used.span, message, help);
        }
    }
    let items = draft.names("checklist item");
    let listed: Vec<&str> = items.iter().copied().collect();
    for used in &draft.item_uses {
        let name = used.item.value.as_str();
        if !items.contains(name) {
            let message = format!("no checklist item is named `{}`", cut(name));
            faults.error("policy.item.unknown", &used.item.span, message, advise(name, &listed));
        }
    }
    let criteria = draft.names("criterion");
    let listed: Vec<&str> = criteria.iter().copied().collect();
    for used in &draft.criterion_uses {
        let name = used.value.as_str();
        if !criteria.contains(name) {
            let message = format!("no criterion is named `{}`", cut(name));
            faults.error("policy.criterion.unknown", &used.span, message, advise(name, &listed));
        }
    }
}

/// A title that is a role's own cannot mean another role.
fn titles(draft: &Draft, faults: &mut Faults<'_>) {
    for mapping in &draft.titles {
        let title = &mapping.value.title;
        let own = draft
            .roles
            .iter()
            .find(|role| role.title.eq_ignore_ascii_case(title) && role.name != mapping.value.role);
        if let Some(own) = own {
            let message = format!("`{}` is already the title of `{}`", cut(title), own.name);
            let help = format!("delete this line, or let it mean `{}`", own.name);
            faults.error("policy.title.taken", &mapping.span, message, help);
        }
    }
}

fn same_approvals(draft: &mut Draft, faults: &mut Faults<'_>) {
    let mut resolved = Vec::new();
    for (at, row) in draft.rows.iter().enumerate() {
        let Some(same) = &row.same else { continue };
        let (change, tier) = same.value;
        let other = draft
            .rows
            .iter()
            .find(|other| other.row.change == change && other.row.tiers.contains(&tier));
        match other {
            None if draft.unsure.contains(&change) => {}
            None => {
                let message = format!("no row covers `{change}` at `{tier}`");
                let help = format!("add `release {change} at {tier}`, or name another row");
                faults.error("policy.release.same_unknown", &same.span, message, help);
            }
            Some(other) if other.same.is_some() => {
                let message =
                    format!("the row for `{change}` at `{tier}` names no approvals itself");
                let help = "refer to the row that names them";
                faults.error("policy.release.same_chain", &same.span, message, help);
            }
            Some(other) => resolved.push((at, other.row.approvals.clone())),
        }
    }
    for (at, mut approvals) in resolved {
        if let Some(row) = draft.rows.get_mut(at) {
            approvals.append(&mut row.row.approvals);
            row.row.approvals = approvals;
        }
    }
}

fn coverage(draft: &Draft, faults: &mut Faults<'_>) {
    if draft.rows.is_empty() {
        return;
    }
    let mut covered: BTreeMap<(ChangeType, RiskTier), Range<usize>> = BTreeMap::new();
    for row in &draft.rows {
        for tier in &row.tiers {
            let cell = (row.row.change, tier.value);
            if let Some(first) = covered.get(&cell) {
                let message = format!("`{}` at `{}` is covered twice", cell.0, cell.1);
                let line = faults.line_of(first);
                let help = format!("leave the tier out here or in line {line}");
                faults.error("policy.release.covered_twice", &tier.span, message, help);
            } else {
                covered.insert(cell, tier.span.clone());
            }
        }
    }
    for change in ChangeType::ALL.iter().filter(|change| !draft.unsure.contains(change)) {
        let missing: Vec<&str> = RiskTier::ALL
            .iter()
            .filter(|tier| !covered.contains_key(&(*change, **tier)))
            .map(|tier| tier.word())
            .collect();
        if !missing.is_empty() {
            let tiers = missing.join(", ");
            let message = format!("no row says who approves `{change}` at {tiers}");
            let help = format!("add `release {change} at {tiers}` with its approvals");
            faults.error("policy.release.missing_cell", &near(draft, *change), message, help);
        }
    }
}

/// Where a missing case is reported: at the last row of that change, else at the last row.
fn near(draft: &Draft, change: ChangeType) -> Range<usize> {
    let of_change = draft.rows.iter().rev().find(|row| row.row.change == change);
    let row: Option<&DraftRow> = of_change.or_else(|| draft.rows.last());
    row.map_or(0..0, |row| row.change.clone())
}

/// True when the policy knows the role that owns models.
pub(super) fn knows_model_owner(draft: &Draft) -> bool {
    draft.names("role").contains(RoleName::model_owner().as_str())
}
