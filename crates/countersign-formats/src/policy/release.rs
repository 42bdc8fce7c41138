//! The rows of the decision table, and the approvals asked for beside them.

use super::approval;
use super::block::{Entry, Keyword, demand, entries, often, once};
use super::cursor::{Cursor, Named};
use super::draft::{Draft, DraftRow};
use super::faults::Faults;
use super::token::Kind;
use super::words;
use countersign_core::classification::{ChangeType, RiskTier};
use countersign_core::policy::{ApprovalRule, Row};

const LINES: &[Keyword] =
    &[once("means"), once("same approvals as"), often("approval by").with_lines()];

/// `release CHANGE at TIER, TIER …` and its lines.
pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    draft.met.push("release");
    let head = head(&mut entry.cursor, draft, faults);
    let lines = entries(&entry.node.children, LINES, faults);
    demand(
        entry.node,
        &lines,
        &[("means", "`means \"The first deployment of a model.\"`")],
        faults,
    );
    if !lines.iter().any(|line| line.keyword != "means") {
        faults.error(
            "policy.approval.none",
            &entry.node.span,
            "nobody approves here, and what nobody approves never passes",
            "add an indented line `approval by ROLE for \"…\"` or `same approvals as CHANGE at TIER`",
        );
    }
    let (mut means, mut same, mut approvals) = (String::new(), None, Vec::new());
    for mut line in lines {
        match line.keyword {
            "means" => {
                means = line.cursor.text("what the change means", faults).unwrap_or_default();
                line.cursor.end(faults);
            }
            "same approvals as" => same = same_as(&mut line.cursor, faults),
            _ => add(approval_of(&mut line, draft, faults), &mut approvals, faults),
        }
    }
    let (change, tiers) = head?;
    draft.rows.push(DraftRow {
        row: Row {
            change: change.value,
            tiers: tiers.iter().map(|tier| tier.value).collect(),
            means,
            approvals,
        },
        change: change.span,
        tiers,
        same,
    });
    Some(())
}

/// `also approval by …`, asked for beside the row.
pub(super) fn read_also(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let rule = approval_of(entry, draft, faults);
    let mut also = std::mem::take(&mut draft.also);
    add(rule, &mut also, faults);
    draft.also = also;
    Some(())
}

type Placed = Named<Option<ApprovalRule>>;

fn approval_of(entry: &mut Entry<'_>, draft: &mut Draft, faults: &mut Faults<'_>) -> Placed {
    let span = entry.cursor.here();
    Named { value: approval::read(entry, draft, faults), span }
}

fn add(rule: Placed, rules: &mut Vec<ApprovalRule>, faults: &mut Faults<'_>) {
    let Some(rule) = Named::transpose(rule) else { return };
    let same =
        |other: &ApprovalRule| other.role == rule.value.role && other.purpose == rule.value.purpose;
    if rules.iter().any(same) {
        let message = format!("`{}` approves twice for the same purpose", rule.value.role);
        let help = format!("ask for several people in one line: `2 of {}`", rule.value.role);
        faults.error("policy.duplicate", &rule.span, message, help);
    }
    rules.push(rule.value);
}

/// The first line of a row. A row whose change or tiers have a fault covers nobody knows what, so
/// `unsure` notes not to report what may only seem to be missing.
fn head(cursor: &mut Cursor<'_>, draft: &mut Draft, faults: &mut Faults<'_>) -> Option<Head> {
    let Some(change) = cursor.one_of(&words::changes(), faults) else {
        draft.unsure.extend(ChangeType::ALL);
        return None;
    };
    let tiers = tiers(cursor, faults);
    if tiers.is_none() {
        draft.unsure.insert(change.value);
    }
    Some((change, tiers?))
}

type Head = (Named<ChangeType>, Vec<Named<RiskTier>>);

fn tiers(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Vec<Named<RiskTier>>> {
    cursor.expect("at", faults)?;
    let mut tiers = Vec::new();
    loop {
        tiers.push(cursor.one_of(&words::tiers(), faults)?);
        if !cursor.eat_kind(Kind::Comma) {
            cursor.end(faults);
            return Some(tiers);
        }
    }
}

fn same_as(
    cursor: &mut Cursor<'_>,
    faults: &mut Faults<'_>,
) -> Option<Named<(ChangeType, RiskTier)>> {
    let change = cursor.one_of(&words::changes(), faults)?;
    cursor.expect("at", faults)?;
    let tier = cursor.one_of(&words::tiers(), faults)?;
    cursor.end(faults);
    let span = change.span.start..tier.span.end;
    Some(Named { value: (change.value, tier.value), span })
}
