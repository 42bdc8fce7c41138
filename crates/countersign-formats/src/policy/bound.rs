//! Bounds on measurements, and the units that make them mean something.

use super::cursor::{Choices, Cursor};
use super::faults::Faults;
use super::number::{Amount, amount};
use countersign_core::criterion::{Bound, Comparison};
use countersign_core::decimal::Decimal;
use countersign_core::reading::Unit;

/// A bound as written, before the line about units is known.
pub(super) struct RawBound {
    metric: String,
    task: Option<String>,
    comparison: Comparison,
    amount: Amount,
}

/// `METRIC [on TASK] at most NUMBER [%]`.
pub(super) fn read(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<RawBound> {
    let metric = cursor.label("a metric, `every check to pass` or `no open finding`", faults)?;
    let task = match cursor.eat("on") {
        true => Some(cursor.label("a task or data set", faults)?.value),
        false => None,
    };
    let comparison = comparison(cursor, faults)?;
    let amount = amount(cursor, faults)?;
    Some(RawBound { metric: metric.value, task, comparison, amount })
}

fn comparison(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Comparison> {
    [Comparison::AtMost, Comparison::AtLeast, Comparison::Below, Comparison::Above]
        .into_iter()
        .find(|comparison| cursor.eat(comparison.words()))
        .or_else(|| cursor.expected("`at most`, `at least`, `below` or `above`", faults))
}

/// `a fraction` or `a percentage`.
pub(super) fn assumed_unit(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Unit> {
    cursor.expect("a", faults)?;
    let values = vec![("fraction", Unit::Fraction), ("percentage", Unit::Percent)];
    let units = Choices { what: "a unit", code: "policy.unit.unknown", values };
    Some(cursor.one_of(&units, faults)?.value)
}

impl RawBound {
    /// The bound with its units. A plain number stays without one unless the policy says what a
    /// file without a unit states; then it is a fraction.
    pub(super) fn finished(
        self,
        assumes: Option<Unit>,
        minimum_sample: Option<u64>,
        faults: &mut Faults<'_>,
    ) -> Option<Bound> {
        let unit = match (self.amount.percent, assumes) {
            (true, Some(_)) => Unit::Percent,
            (true, None) => return self.unit_missing(faults),
            (false, Some(_)) if self.amount.value > Decimal::whole(1) => {
                return self.no_fraction(faults);
            }
            (false, Some(_)) => Unit::Fraction,
            (false, None) => Unit::Unstated,
        };
        Some(Bound {
            metric: self.metric,
            task: self.task,
            comparison: self.comparison,
            bound: self.amount.value,
            unit,
            assumes: assumes.unwrap_or(Unit::Unstated),
            minimum_sample,
        })
    }

    /// By 0.5 a file may mean half a percent or fifty; the policy has to say which.
    fn unit_missing(&self, faults: &mut Faults<'_>) -> Option<Bound> {
        faults.error(
            "policy.criterion.unit_missing",
            &self.amount.span,
            "this is a percentage, and many files state no unit for their numbers",
            "add a line `files without a unit state a fraction`, or `… a percentage`",
        );
        None
    }

    fn no_fraction(&self, faults: &mut Faults<'_>) -> Option<Bound> {
        let value = self.amount.value;
        let message = format!("`{value}` is more than a whole, so it is no fraction");
        let help = format!(
            "write `{value} %` if a percentage is meant; \
             for a plain number delete the line about files without a unit"
        );
        faults.error("policy.criterion.fraction", &self.amount.span, message, help);
        None
    }
}
