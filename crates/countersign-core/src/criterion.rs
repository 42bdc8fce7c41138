//! Criteria: bounds on measurements, and rules about findings and checks, fixed before the
//! results arrive.

use crate::classification::Condition;
use crate::decimal::Decimal;
use crate::name::{CriterionName, ItemName};
use crate::reading::{Severity, Unit};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One criterion of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its name in the policy.
    pub name: CriterionName,
    /// What it asks, as a person reads it.
    pub title: String,
    /// When it applies.
    pub when: Condition,
    /// The checklist item whose evidence it reads; `None` reads all evidence of the release. A
    /// rule about findings looks for open ones everywhere: here it says where a scan has to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<ItemName>,
    /// The rule.
    pub rule: CriterionRule,
}

/// What a criterion asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionRule {
    /// A bound on a measurement.
    Bound(Bound),
    /// No finding at or above this severity is open. `Unknown` counts as the worst.
    NoOpenFinding {
        /// The least severity that blocks.
        severity: Severity,
    },
    /// Every check passed, and there is at least one. A skipped check is not a pass.
    ChecksPass,
}

/// A bound on a measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// The metric, as evidence names it.
    pub metric: String,
    /// Only on this task or data set; `None` means every measurement of the metric must hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// How value and bound compare.
    pub comparison: Comparison,
    /// The bound, in `unit`.
    pub bound: Decimal,
    /// The unit of the bound. `Unstated` stands for a plain number such as a perplexity.
    pub unit: Unit,
    /// The unit taken for a value whose file states none. A criterion over a percentage must say
    /// so, because 0.5 may be half a percent or fifty.
    pub assumes: Unit,
    /// The least number of samples that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_sample: Option<u64>,
}

/// How a value and a bound compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// value ≤ bound
    AtMost,
    /// value ≥ bound
    AtLeast,
    /// value < bound
    Below,
    /// value > bound
    Above,
}

impl Comparison {
    /// Whether the value satisfies the bound.
    pub fn met_by(self, value: Decimal, bound: Decimal) -> bool {
        match self {
            Self::AtMost => value <= bound,
            Self::AtLeast => value >= bound,
            Self::Below => value < bound,
            Self::Above => value > bound,
        }
    }

    /// `at most`, `at least`, `below`, `above`.
    pub fn words(self) -> &'static str {
        match self {
            Self::AtMost => "at most",
            Self::AtLeast => "at least",
            Self::Below => "below",
            Self::Above => "above",
        }
    }
}

/// A number with its unit, as people write it: `5 %`, `0.05`.
pub fn with_unit(value: Decimal, unit: Unit) -> String {
    match unit {
        Unit::Percent => format!("{value} %"),
        Unit::Fraction | Unit::Unstated => value.to_string(),
    }
}

impl Bound {
    /// The value in the bound's unit, and the unit it was taken to be in; `None` when the units
    /// cannot be brought together (a percentage against a plain number), or when a value taken for
    /// a fraction is not between 0 and 1: 85 under "files without a unit state a fraction" is
    /// more likely a percentage than 8,500 % (I-12).
    pub fn converted(&self, value: Decimal, stated: Unit) -> Option<Decimal> {
        let unit = if stated == Unit::Unstated { self.assumes } else { stated };
        if unit == Unit::Fraction && !(Decimal::ZERO..=Decimal::whole(1)).contains(&value) {
            return None;
        }
        match (unit, self.unit) {
            (Unit::Percent, Unit::Percent)
            | (Unit::Fraction, Unit::Fraction)
            | (Unit::Unstated, Unit::Unstated) => Some(value),
            (Unit::Percent, Unit::Fraction) => Some(value.percent_to_fraction()),
            (Unit::Fraction, Unit::Percent) => Some(value.fraction_to_percent()),
            (Unit::Unstated, Unit::Percent | Unit::Fraction)
            | (Unit::Percent | Unit::Fraction, Unit::Unstated) => None,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let task = self.task.as_ref().map(|task| format!(" on {task}")).unwrap_or_default();
        let bound = with_unit(self.bound, self.unit);
        write!(f, "{}{task} {} {bound}", self.metric, self.comparison.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hallucination() -> Bound {
        Bound {
            metric: "hallucination_rate".into(),
            task: None,
            comparison: Comparison::AtMost,
            bound: Decimal::whole(5),
            unit: Unit::Percent,
            assumes: Unit::Fraction,
            minimum_sample: None,
        }
    }

    fn met(value: &str, stated: Unit) -> bool {
        let bound = hallucination();
        let value = bound.converted(value.parse().unwrap(), stated).unwrap();
        bound.comparison.met_by(value, bound.bound)
    }

    ///
    #[test]
    fn exactly_five_percent_passes_in_every_unit() {
        assert!(met("5", Unit::Percent));
        assert!(met("0.05", Unit::Fraction));
        assert!(met("0.05", Unit::Unstated));
        assert!(!met("0.0500001", Unit::Unstated));
        assert!(!met("8.1", Unit::Percent));
    }

    /// I-12
    #[test]
    fn a_percentage_never_meets_a_plain_number() {
        let perplexity = Bound { unit: Unit::Unstated, assumes: Unit::Unstated, ..hallucination() };
        assert_eq!(perplexity.converted(Decimal::whole(5), Unit::Percent), None);
    }
}
