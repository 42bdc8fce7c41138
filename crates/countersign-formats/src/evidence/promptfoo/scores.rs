//! The numbers of a results file: shares of cases, and named scores.

use super::super::measured::{self, measurement, share};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::text::cut;
use super::super::unreadable::Unreadable;
use super::rows::Tally;
use super::{prompts, slice};
use countersign_core::reading::{Measurement, Reading, Unit};

/// Adds every number.
pub fn read(reading: &mut Reading, root: &Node, tally: &Tally) -> Result<(), Unreadable> {
    let at = At::root().keys(&["results", "stats"]);
    if let Some(stats) = root.find(&["results", "stats"]) {
        pass_rate(reading, stats, ["successes", "failures", "errors"], (&at, None));
    }
    for (index, prompt) in prompts(root).iter().enumerate() {
        let Some(metrics) = prompt.get("metrics") else { continue };
        let at = At::root().keys(&["results", "prompts"]).index(index).key("metrics");
        let slice = slice(root, index);
        if slice.is_some() {
            let keys = ["testPassCount", "testFailCount", "testErrorCount"];
            pass_rate(reading, metrics, keys, (&at, slice.clone()));
        }
        named(reading, metrics, &at, slice)?;
    }
    for attacks in tally.attacks() {
        let one = Measurement {
            task: attacks.plugin.map(|plugin| cut(&plugin)),
            unit: Unit::Fraction,
            n: Some(attacks.judged),
            ..measurement("attack_success_rate", attacks.at.place())
        };
        measured::push(reading, one, share(attacks.succeeded, attacks.judged));
    }
    Ok(())
}

fn pass_rate(
    reading: &mut Reading,
    counts: &Node,
    [passed, failed, errors]: [&str; 3],
    (at, slice): (&At, Option<String>),
) {
    let count = |key| counts.get(key).and_then(Node::count);
    let (Some(good), Some(bad)) = (count(passed), count(failed)) else { return };
    let all = good.saturating_add(bad).saturating_add(count(errors).unwrap_or_default());
    let one = Measurement {
        slice,
        unit: Unit::Fraction,
        n: Some(all),
        ..measurement("pass_rate", at.key(passed).place())
    };
    measured::push(reading, one, share(good, all));
}

/// The named scores of a prompt: a sum, and what it is the sum of.
fn named(
    reading: &mut Reading,
    metrics: &Node,
    at: &At,
    slice: Option<String>,
) -> Result<(), Unreadable> {
    let scores = metrics.get("namedScores").and_then(Node::object);
    for (name, sum) in scores.into_iter().flat_map(|scores| scores.iter()) {
        let place = at.keys(&["namedScores", name]);
        let sum =
            Quantity::from_node(Some(sum)).map_err(|fault| measured::unreadable(&place, fault))?;
        let number = |key| {
            metrics.find(&[key, name]).and_then(|it| match it {
                Node::Number(number) => Some(number.to_f64()),
                _ => None,
            })
        };
        let weights = number("namedScoreWeights").or_else(|| number("namedScoresCount"));
        let quantity = match (sum, weights.filter(|weights| *weights > 0.0)) {
            (Quantity::Number(sum, _), Some(weights)) => measured::mean(sum.to_f64(), weights),
            (Quantity::Number(..), None) => Quantity::Nothing("its count is not stated".into()),
            (nothing @ Quantity::Nothing(_), _) => nothing,
        };
        let one = Measurement {
            slice: slice.clone(),
            n: metrics.find(&["namedScoresCount", name]).and_then(Node::count),
            ..measurement(&cut(name), place.place())
        };
        measured::push(reading, one, quantity);
    }
    Ok(())
}
