//! Blocking criteria: a bound on a measurement, or a rule about findings or checks.

use super::block::{Entry, Keyword, demand, entries, once};
use super::bound::{self, RawBound};
use super::condition;
use super::cursor::{Cursor, Named};
use super::draft::{Draft, ItemUse};
use super::faults::Faults;
use super::number::count;
use super::words;
use countersign_core::classification::Condition;
use countersign_core::criterion::{Criterion, CriterionRule};
use countersign_core::name::{CriterionName, ItemName};
use countersign_core::reading::Unit;

const LINES: &[Keyword] = &[
    once("when"),
    once("from"),
    once("requires"),
    once("files without a unit state"),
    once("at least"),
];

const DEMANDED: &[(&str, &str)] = &[("requires", "`requires hallucination_rate at most 5 %`")];

/// What the lines said. A line with a fault leaves `None`, so nothing is made of half a criterion.
struct Parts {
    when: Option<Condition>,
    from: Option<Named<ItemName>>,
    rule: Option<Rule>,
    assumes: Option<Said<Unit>>,
    samples: Option<Said<u64>>,
}

/// A line that belongs to a bound alone: unsaid, or said with its place.
type Said<T> = Option<Named<T>>;

enum Rule {
    Bound(RawBound),
    Other(CriterionRule),
}

/// `criterion NAME "Title"` and its lines.
pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    draft.declare_next("criterion", &entry.cursor, faults);
    let name: Option<Named<CriterionName>> = entry.cursor.name("a criterion's name", faults);
    let title = entry.cursor.text("what the criterion asks", faults);
    if title.is_some() {
        entry.cursor.end(faults);
    }
    let lines = entries(&entry.node.children, LINES, faults);
    demand(entry.node, &lines, DEMANDED, faults);
    let mut parts = Parts {
        when: Some(Condition::Always),
        from: None,
        rule: None,
        assumes: Some(None),
        samples: Some(None),
    };
    for mut line in lines {
        if part(&mut line, &mut parts, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    let from = parts.from.as_ref().map(|from| from.value.clone());
    if let Some(item) = parts.from.take() {
        draft.item_uses.push(ItemUse { item, when: parts.when.clone() });
    }
    let when = parts.when.take();
    let rule = finished(parts, faults)?;
    draft.criteria.push(Criterion { name: name?.value, title: title?, when: when?, from, rule });
    Some(())
}

fn part(line: &mut Entry<'_>, parts: &mut Parts, faults: &mut Faults<'_>) -> Option<()> {
    let cursor = &mut line.cursor;
    let span = line.node.span.clone();
    match line.keyword {
        "when" => {
            parts.when = condition::read(cursor, faults);
            parts.when.as_ref().map(|_| ())
        }
        "from" => {
            parts.from = cursor.name("a checklist item", faults);
            parts.from.as_ref().map(|_| ())
        }
        "requires" => {
            parts.rule = rule(cursor, faults);
            parts.rule.as_ref().map(|_| ())
        }
        "at least" => {
            parts.samples = None;
            let samples = count(cursor, "a number of samples", faults)?;
            cursor.expect("samples", faults)?;
            parts.samples = Some(Some(Named { value: u64::from(samples.value), span }));
            Some(())
        }
        _ => {
            parts.assumes = None;
            let value = bound::assumed_unit(cursor, faults)?;
            parts.assumes = Some(Some(Named { value, span }));
            Some(())
        }
    }
}

fn rule(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Rule> {
    if cursor.eat("every check to pass") {
        return Some(Rule::Other(CriterionRule::ChecksPass));
    }
    if cursor.eat("no open finding") {
        cursor.expect("at or above", faults)?;
        let severity = cursor.one_of(&words::severities(), faults)?.value;
        return Some(Rule::Other(CriterionRule::NoOpenFinding { severity }));
    }
    Some(Rule::Bound(bound::read(cursor, faults)?))
}

fn finished(parts: Parts, faults: &mut Faults<'_>) -> Option<CriterionRule> {
    let rule = parts.rule?;
    let (assumes, samples) = (parts.assumes?, parts.samples?);
    match rule {
        Rule::Bound(raw) => {
            let assumes = assumes.map(|assumes| assumes.value);
            let samples = samples.map(|samples| samples.value);
            Some(CriterionRule::Bound(raw.finished(assumes, samples, faults)?))
        }
        Rule::Other(rule) => {
            let spans = [assumes.map(|line| line.span), samples.map(|line| line.span)];
            for span in spans.into_iter().flatten() {
                let message = "this line belongs to a criterion about a measurement";
                faults.error("policy.criterion.surplus", &span, message, "delete this line");
            }
            Some(rule)
        }
    }
}
