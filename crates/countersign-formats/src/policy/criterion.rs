//! Blocking criteria: bounds on measurements, and rules about findings and checks.

use super::block::{Entry, Keyword, demand, entries, once};
use super::condition;
use super::cursor::{Choices, Cursor, Named};
use super::draft::Draft;
use super::faults::Faults;
use super::number::{Amount, amount, count};
use super::words;
use countersign_core::classification::Condition;
use countersign_core::criterion::{Bound, Comparison, Criterion, CriterionRule};
use countersign_core::decimal::Decimal;
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

#[derive(Default)]
struct Parts {
    when: Option<Condition>,
    from: Option<ItemName>,
    rule: Option<Rule>,
    assumes: Option<Named<Unit>>,
    samples: Option<Named<u64>>,
}

enum Rule {
    Bound(RawBound),
    Other(CriterionRule),
}

/// A bound before its units are known.
struct RawBound {
    metric: String,
    task: Option<String>,
    comparison: Comparison,
    amount: Amount,
}

/// `criterion NAME "Title"` and its lines.
pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let name: Option<Named<CriterionName>> = entry.cursor.name("a criterion's name", faults);
    if let Some(name) = &name {
        draft.declare("criterion", name.value.as_str(), &name.span, faults);
    }
    let title = entry.cursor.text("what the criterion asks", faults);
    if title.is_some() {
        entry.cursor.end(faults);
    }
    let lines = entries(&entry.node.children, LINES, faults);
    demand(entry.node, &lines, DEMANDED, faults);
    let assumes_said = lines.iter().any(|line| line.keyword.starts_with("files"));
    let mut parts = Parts { when: Some(Condition::Always), ..Parts::default() };
    for mut line in lines {
        if part(&mut line, &mut parts, draft, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    let rule = match parts.rule? {
        Rule::Bound(bound) => {
            let assumes = parts.assumes.map(|assumes| assumes.value);
            if assumes_said && assumes.is_none() {
                return None;
            }
            let unit = units(&bound.amount, assumes, faults)?;
            CriterionRule::Bound(Bound {
                metric: bound.metric,
                task: bound.task,
                comparison: bound.comparison,
                bound: bound.amount.value,
                unit,
                assumes: assumes.unwrap_or(Unit::Unstated),
                minimum_sample: parts.samples.map(|samples| samples.value),
            })
        }
        Rule::Other(rule) => {
            for span in [parts.assumes.map(|a| a.span), parts.samples.map(|s| s.span)] {
                let Some(span) = span else { continue };
                let message = "this line belongs to a criterion about a measurement";
                faults.error("policy.criterion.surplus", &span, message, "delete this line");
            }
            rule
        }
    };
    draft.criteria.push(Criterion {
        name: name?.value,
        title: title?,
        when: parts.when?,
        from: parts.from,
        rule,
    });
    Some(())
}

fn part(
    line: &mut Entry<'_>,
    parts: &mut Parts,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let cursor = &mut line.cursor;
    match line.keyword {
        "when" => {
            parts.when = None;
            parts.when = Some(condition::read(cursor, faults)?);
        }
        "from" => {
            let item: Named<ItemName> = cursor.name("a checklist item", faults)?;
            draft.item_uses.push(item.clone());
            parts.from = Some(item.value);
        }
        "requires" => parts.rule = Some(rule(cursor, faults)?),
        "at least" => {
            let samples = count(cursor, "a number of samples", faults)?;
            cursor.expect("samples", faults)?;
            parts.samples =
                Some(Named { value: u64::from(samples.value), span: line.node.span.clone() });
        }
        _ => {
            cursor.expect("a", faults)?;
            let unit = cursor.one_of(&unit_words(), faults)?;
            parts.assumes = Some(Named { value: unit.value, span: line.node.span.clone() });
        }
    }
    Some(())
}

fn unit_words() -> Choices<Unit> {
    let values = vec![("fraction", Unit::Fraction), ("percentage", Unit::Percent)];
    Choices { what: "a unit", code: "policy.unit.unknown", values }
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
    let metric =
        cursor.label("a metric, `every check to pass` or `no open finding`", faults)?.value;
    let task = match cursor.eat("on") {
        true => Some(cursor.label("a task or data set", faults)?.value),
        false => None,
    };
    let comparison = comparison(cursor, faults)?;
    let amount = amount(cursor, faults)?;
    Some(Rule::Bound(RawBound { metric, task, comparison, amount }))
}

fn comparison(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Comparison> {
    [Comparison::AtMost, Comparison::AtLeast, Comparison::Below, Comparison::Above]
        .into_iter()
        .find(|comparison| cursor.eat(comparison.words()))
        .or_else(|| cursor.expected("`at most`, `at least`, `below` or `above`", faults))
}

/// The bound's unit. A file that states no unit may mean half a percent or fifty by 0.5, so a
/// percentage needs the word of the policy on what such a file means.
fn units(amount: &Amount, assumes: Option<Unit>, faults: &mut Faults<'_>) -> Option<Unit> {
    match (amount.percent, assumes) {
        (true, Some(_)) => Some(Unit::Percent),
        (true, None) => {
            faults.error(
                "policy.criterion.unit_missing",
                &amount.span,
                "this is a percentage, and many files state no unit for their numbers",
                "add a line `files without a unit state a fraction` or `… a percentage`",
            );
            None
        }
        (false, Some(_)) if amount.value > Decimal::whole(1) => {
            let message = format!("`{}` is more than a whole, so it is no fraction", amount.value);
            let help = format!(
                "write `{} %` if a percentage is meant; for a plain number delete the line on units",
                amount.value
            );
            faults.error("policy.criterion.fraction", &amount.span, message, help);
            None
        }
        (false, Some(_)) => Some(Unit::Fraction),
        (false, None) => Some(Unit::Unstated),
    }
}
