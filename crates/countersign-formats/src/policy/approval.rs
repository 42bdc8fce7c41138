//! One approval: who, how many, for what, independent of whom, and when.

use super::block::{Entry, Keyword, entries, once};
use super::condition;
use super::cursor::Cursor;
use super::draft::Draft;
use super::faults::Faults;
use super::header::role;
use super::number::count;
use super::token::Kind;
use super::words;
use countersign_core::classification::Condition;
use countersign_core::policy::{ApprovalRule, Independence};
use std::collections::BTreeSet;
use std::ops::Range;

const LINES: &[Keyword] = &[once("independent of"), once("may be the requester"), once("when")];

/// `[N of] ROLE for "purpose"` and the lines under it.
pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<ApprovalRule> {
    let start = entry.cursor.here();
    let first = who(&mut entry.cursor, draft, faults);
    let under = conditions(entry, &start, faults);
    let (count, role, purpose) = first?;
    let (independent_of, when) = under?;
    let rule = ApprovalRule { role, count, purpose, independent_of, when };
    possible(&rule, &start, faults);
    Some(rule)
}

/// A model has exactly one owner, so some approvals could never be given.
fn possible(rule: &ApprovalRule, start: &Range<usize>, faults: &mut Faults<'_>) {
    if !rule.role.is_model_owner() {
        return;
    }
    let (message, help) = if rule.count > 1 {
        ("every model has one owner, so this approval can never be given", "ask for one")
    } else if rule.independent_of.contains(&Independence::ModelOwner) {
        (
            "the Model Owner cannot be independent of the Model Owner",
            "take `model_owner` out of `independent of`, or let another role approve",
        )
    } else {
        return;
    };
    faults.error("policy.approval.impossible", start, message, help);
}

type Who = (u32, countersign_core::name::RoleName, String);

fn who(cursor: &mut Cursor<'_>, draft: &mut Draft, faults: &mut Faults<'_>) -> Option<Who> {
    let counted = cursor.word_at(1) == Some("of") || starts_with_digit(cursor);
    let count = if counted { count(cursor, "a number of people", faults) } else { None };
    if counted {
        if count.is_none() {
            // The count has its fault already; skip to the role for the faults behind it.
            while cursor.peek().is_some() && cursor.word_at(0) != Some("of") {
                cursor.take();
            }
        }
        cursor.expect("of", faults)?;
    }
    let role = role(cursor, draft, faults)?;
    cursor.expect("for", faults)?;
    let purpose = cursor.text("what the signature is for", faults)?;
    cursor.end(faults);
    let count = if counted { count?.value } else { 1 };
    Some((count, role, purpose))
}

fn starts_with_digit(cursor: &Cursor<'_>) -> bool {
    cursor.word_at(0).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

type Under = (BTreeSet<Independence>, Condition);

fn conditions(entry: &Entry<'_>, start: &Range<usize>, faults: &mut Faults<'_>) -> Option<Under> {
    let mut independent_of = Some(BTreeSet::new());
    let mut when = Some(Condition::Always);
    let mut requester = None;
    let mut sound = true;
    for mut line in entries(&entry.node.children, LINES, faults) {
        match line.keyword {
            "independent of" => {
                independent_of = independence(&mut line.cursor, faults);
                sound &= independent_of.is_some();
            }
            "when" => when = condition::read(&mut line.cursor, faults),
            _ => requester = Some(line.node.span.clone()),
        }
        if independent_of.is_some() && when.is_some() {
            line.cursor.end(faults);
        }
    }
    let independent = independent_of.iter().flatten().any(|whom| *whom == Independence::Requester);
    match requester {
        Some(span) if independent => faults.error(
            "policy.approval.contradiction",
            &span,
            "this approver may be the requester and must be independent of the requester",
            "delete this line, or take `requester` out of `independent of`",
        ),
        None if !independent && sound => faults.error(
            "policy.approval.requester_unsaid",
            start,
            "this approval does not say whether the requester may give it",
            "add an indented line: `independent of requester`, or `may be the requester`",
        ),
        Some(_) | None => {}
    }
    Some((independent_of?, when?))
}

fn independence(
    cursor: &mut Cursor<'_>,
    faults: &mut Faults<'_>,
) -> Option<BTreeSet<Independence>> {
    let mut found = BTreeSet::new();
    loop {
        let whom = cursor.one_of(&words::independence(), faults)?;
        if !found.insert(whom.value) {
            let message = format!("`{}` is named twice", whom.value.word());
            faults.error("policy.duplicate", &whom.span, message, "delete one of the two");
        }
        if !cursor.eat_kind(Kind::Comma) {
            return Some(found);
        }
    }
}
