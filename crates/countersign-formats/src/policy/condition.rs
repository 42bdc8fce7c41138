//! Conditions, in exactly the words that `Condition` prints, so that what is printed reads back.

use super::cursor::{Choices, Cursor, Named, cut};
use super::faults::Faults;
use super::line;
use super::near::advise;
use super::token::Kind;
use super::words;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, has_errors};
use countersign_core::classification::{Condition, Trait};
use countersign_core::name::Region;
use std::collections::BTreeSet;

/// The deepest nesting of parentheses.
const MAX_DEPTH: usize = 16;

/// The words a condition can start with, besides the facts.
const STARTERS: [&str; 6] = ["tier", "change", "region", "artifact", "always", "not"];

/// Reads one condition by itself, for example `tier is high or critical and region is eu`.
/// Every fault is returned when it is none.
pub fn parse_condition(text: &str) -> Result<Condition, Vec<Diagnostic>> {
    let mut faults = Faults::new(text);
    let nodes = line::read(text, &mut faults);
    let mut cursor = Cursor::new(nodes.first().map_or(&[], |node| &node.tokens));
    let condition = read(&mut cursor, &mut faults);
    if condition.is_some() {
        cursor.end(&mut faults);
    }
    if let Some(second) = nodes.get(1) {
        let help = "write the condition in one line";
        faults.error("policy.surplus", &second.span, "a condition is one line", help);
    }
    let found = faults.sorted();
    match condition {
        Some(condition) if !has_errors(&found) => Ok(condition),
        Some(_) | None => Err(found),
    }
}

/// Takes a condition. It ends where the line ends or neither `and` nor `or` goes on.
pub(super) fn read(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Condition> {
    joined(cursor, 0, faults)
}

fn joined(cursor: &mut Cursor<'_>, depth: usize, faults: &mut Faults<'_>) -> Option<Condition> {
    let mut parts = vec![term(cursor, depth, faults)?];
    let mut joint = None;
    while let Some(word @ ("and" | "or")) = cursor.word_at(0) {
        if *joint.get_or_insert(word) != word {
            faults.error(
                "policy.condition.mixed",
                &cursor.here(),
                "`and` and `or` stand side by side, so this can be read in two ways",
                "put parentheses around what belongs together: `a and (b or c)`",
            );
            return None;
        }
        cursor.take();
        parts.push(term(cursor, depth, faults)?);
    }
    match joint {
        Some("and") => Some(Condition::All(parts)),
        Some(_) => Some(Condition::Any(parts)),
        None => parts.pop(),
    }
}

fn term(cursor: &mut Cursor<'_>, depth: usize, faults: &mut Faults<'_>) -> Option<Condition> {
    let span = cursor.here();
    if cursor.eat_kind(Kind::Open) {
        if depth == MAX_DEPTH {
            let help = "say it with fewer parentheses";
            faults.error(
                "policy.condition.deep",
                &span,
                "too many parentheses in one another",
                help,
            );
            return None;
        }
        let inner = joined(cursor, depth + 1, faults)?;
        if !cursor.eat_kind(Kind::Close) {
            return cursor.expected("`)`", faults);
        }
        return Some(inner);
    }
    let token = cursor.word("a condition", faults)?;
    match token.text.as_str() {
        "always" => Some(Condition::Always),
        "not" => negated(cursor, faults),
        "tier" => Some(Condition::Tier(values(cursor, &words::tiers(), faults)?)),
        "change" => Some(Condition::Change(values(cursor, &words::changes(), faults)?)),
        "artifact" => Some(Condition::Artifact(values(cursor, &words::artifacts(), faults)?)),
        "region" => Some(Condition::Region(regions(cursor, faults)?)),
        word => match fact(word) {
            Some(fact) => Some(Condition::Is(fact)),
            None => {
                let message = format!("`{}` is not a fact or condition", cut(word));
                let help = advise(word, &starters());
                faults.error("policy.fact.unknown", &token.span, message, help);
                None
            }
        },
    }
}

fn negated(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Condition> {
    let sets = cursor.word_at(0).is_some_and(|word| STARTERS.contains(&word));
    if sets || cursor.peek().is_some_and(|token| token.kind == Kind::Open) {
        faults.error(
            "policy.condition.not",
            &cursor.here(),
            "`not` stands before a single fact, such as `not personal_data`",
            "name the values that remain: `tier is low or medium` instead of not high or critical",
        );
        return None;
    }
    Some(Condition::IsNot(cursor.one_of(&words::facts(), faults)?.value))
}

fn fact(word: &str) -> Option<Trait> {
    Trait::ALL.iter().copied().find(|fact| fact.word() == word)
}

fn starters() -> Vec<&'static str> {
    STARTERS.into_iter().chain(Trait::ALL.iter().map(|fact| fact.word())).collect()
}

/// `is A or B`. An `or` followed by the start of another condition ends the list.
fn values<T: Copy + Ord>(
    cursor: &mut Cursor<'_>,
    set: &Choices<T>,
    faults: &mut Faults<'_>,
) -> Option<BTreeSet<T>> {
    cursor.expect("is", faults)?;
    let mut found = BTreeSet::new();
    loop {
        let value = cursor.one_of(set, faults)?;
        note(value, &mut found, faults);
        if !another(cursor) {
            return Some(found);
        }
    }
}

fn regions(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<BTreeSet<Region>> {
    cursor.expect("is", faults)?;
    let mut found = BTreeSet::new();
    loop {
        let region: Named<Region> = cursor.name("a region", faults)?;
        not_a_slip(&region, faults);
        note(region, &mut found, faults);
        if !another(cursor) {
            return Some(found);
        }
    }
}

fn note<T: Ord>(value: Named<T>, found: &mut BTreeSet<T>, faults: &mut Faults<'_>) {
    if !found.insert(value.value) {
        let help = "delete one of the two";
        faults.error("policy.duplicate", &value.span, "this value is named twice", help);
    }
}

/// Takes an `or` that goes on with another value.
fn another(cursor: &mut Cursor<'_>) -> bool {
    let value = cursor.word_at(1).is_some_and(|word| !starters().contains(&word));
    value && cursor.eat("or")
}

/// Regions are an open set, so a mistyped fact or tier after `or` would pass for a region.
fn not_a_slip(region: &Named<Region>, faults: &mut Faults<'_>) {
    let mut taken = starters();
    taken.extend(words::tiers().values.iter().map(|(word, _)| *word));
    taken.extend(words::changes().values.iter().map(|(word, _)| *word));
    taken.extend(words::artifacts().values.iter().map(|(word, _)| *word));
    let word = region.value.as_str();
    let near = if word.len() > 4 { nearest(word, taken.iter().copied()) } else { None };
    if let Some(near) = near.or_else(|| taken.into_iter().find(|taken| *taken == word)) {
        let message = format!("`{word}` stands where a region should");
        let help =
            format!("if `{near}` is meant, write the condition out, with `is` where it needs it");
        faults.error("policy.region", &region.span, message, help);
    }
}
