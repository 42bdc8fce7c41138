//! One metric, group by group: what groups differ by, worked out here from their values.
//!
//! For each metric and attribute two values are added. `METRIC_difference` is the highest value
//! less the lowest, exactly. `METRIC_ratio` is the lowest over the highest, cut and never rounded
//! up. Both carry the size of the smallest group as `n`, so that a least sample holds for every
//! group. A group without a value leaves both without one: the group nobody could measure may be
//! the one that is treated worst (I-12).
//!
//! The four-fifths rule (29 CFR 1607.4(D)) is a check on rates of selection alone: of an error
//! rate a low ratio says nothing about who is chosen.

use super::measured::{self, measurement, warn};
use super::quantity::Quantity;
use super::stated::{check, conclude, fact};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{MAX_ENTRIES, too_many};
use countersign_core::decimal::Decimal;
use countersign_core::reading::{Direction, Measurement, Outcome, Place, Reading, Unit};
use std::collections::BTreeMap;

/// The metrics the four-fifths rule is about: the share of a group that is selected.
pub const SELECTION_RATES: &[&str] = &["selection_rate", "pprev"];

/// One metric of one group.
#[derive(Debug, Clone)]
pub struct Group {
    /// The metric: `selection_rate`.
    pub metric: String,
    /// What tells the groups apart: `sex`.
    pub attribute: String,
    /// The group: `female`.
    pub level: String,
    /// The model and threshold, where a file holds several.
    pub variant: Option<String>,
    /// How many samples stand behind the value.
    pub n: Option<u64>,
    /// Where the value stands.
    pub place: Place,
}

/// The groups of a file, gathered before they are compared.
#[derive(Debug, Default)]
pub struct Groups(Vec<(Group, Quantity)>);

impl Groups {
    /// Adds a group's value.
    ///
    /// # Errors
    /// [`Unreadable`] where that is one more than a file may yield.
    pub fn push(&mut self, group: Group, quantity: Quantity) -> Result<(), Unreadable> {
        self.0.push((group, quantity));
        if self.0.len() > MAX_ENTRIES { Err(too_many(self.0.len())) } else { Ok(()) }
    }
}

/// A group whose value could be told, for comparing.
struct Known {
    level: String,
    value: Decimal,
    unit: Unit,
    n: Option<u64>,
    place: Place,
}

/// All groups of one metric, attribute and variant.
#[derive(Default)]
struct Compared {
    known: Vec<Known>,
    unknown: Option<(String, Place)>,
}

/// Adds each group's value, then what the groups differ by.
pub fn push_all(reading: &mut Reading, groups: Groups) -> Result<(), Unreadable> {
    let mut order = Vec::new();
    let mut all: BTreeMap<(String, String, Option<String>), Compared> = BTreeMap::new();
    for (group, quantity) in groups.0 {
        let key = (group.metric.clone(), group.attribute.clone(), group.variant.clone());
        if !all.contains_key(&key) {
            order.push(key.clone());
        }
        let compared = all.entry(key).or_default();
        let slice = match &group.variant {
            Some(variant) => format!("{}, {variant}", group.level),
            None => group.level.clone(),
        };
        let one = Measurement {
            task: Some(cut(&group.attribute)),
            slice: Some(cut(&slice)),
            n: group.n,
            ..measurement(&cut(&group.metric), group.place.clone())
        };
        measured::push(reading, one, quantity);
        match reading.measurements.last().and_then(|pushed| Some((pushed.value?, pushed.unit))) {
            Some((value, unit)) => compared.known.push(Known {
                level: group.level,
                value,
                unit,
                n: group.n,
                place: group.place,
            }),
            None => compared.unknown = Some((group.level, group.place)),
        }
    }
    measured::refuse_twins(reading)?;
    for key in order {
        if let Some(compared) = all.get(&key) {
            compare(reading, &key, compared);
        }
    }
    measured::refuse_twins(reading)
}

type Key = (String, String, Option<String>);

fn compare(reading: &mut Reading, key: &Key, compared: &Compared) {
    let (metric, attribute, variant) = key;
    let known = &compared.known;
    let lowest = known.iter().min_by_key(|group| group.value);
    let highest = known.iter().max_by_key(|group| group.value);
    let place = || match (&compared.unknown, lowest) {
        (Some((_, place)), _) => place.clone(),
        (None, Some(lowest)) => lowest.place.clone(),
        (None, None) => Place::File,
    };
    let n = known.iter().map(|group| group.n).min().flatten();
    let spread = spread(compared, lowest.zip(highest));
    let (difference, ratio) = match spread {
        Ok((difference, ratio)) => (difference, ratio),
        Err(why) => (Quantity::Nothing(why.clone()), Quantity::Nothing(why)),
    };
    let one = |kind: &str, unit, direction| Measurement {
        task: Some(cut(attribute)),
        slice: variant.as_deref().map(cut),
        unit,
        direction: Some(direction),
        n,
        ..measurement(&cut(&format!("{metric}_{kind}")), place())
    };
    let unit = lowest.map_or(Unit::Unstated, |group| group.unit);
    let (share, compares) = (ratio.number(), difference.number().is_some());
    measured::push(reading, one("difference", unit, Direction::LowerIsBetter), difference);
    let ratio_of = one("ratio", Unit::Fraction, Direction::HigherIsBetter);
    measured::push(reading, ratio_of, ratio);
    if let Some((lowest, highest)) = lowest.zip(highest).filter(|_| compares) {
        let of = |group: &Known| {
            let n = group.n.map(|n| format!(" of {n}")).unwrap_or_default();
            format!("{} {}{n}", group.level, group.value)
        };
        let said = format!("lowest {}, highest {}", of(lowest), of(highest));
        fact(reading, &format!("{metric} by {attribute}"), &said, place());
    }
    if SELECTION_RATES.contains(&metric.as_str()) {
        four_fifths(reading, key, share, (lowest.zip(highest), place()));
    }
}

/// Difference and ratio, or why there are none.
fn spread(
    compared: &Compared,
    ends: Option<(&Known, &Known)>,
) -> Result<(Quantity, Quantity), String> {
    if let Some((level, _)) = &compared.unknown {
        return Err(format!("the group {} has no value", quoted(level)));
    }
    let Some((lowest, highest)) = ends.filter(|_| compared.known.len() > 1) else {
        return Err("there is one group, and nothing to compare it with".to_owned());
    };
    if compared.known.iter().any(|group| group.unit != lowest.unit) {
        return Err("some groups state a percentage and some do not".to_owned());
    }
    let number = |number: Option<Decimal>, why: &str| match number {
        Some(number) => Quantity::Number(number, None),
        None => Quantity::Nothing(why.to_owned()),
    };
    let difference = number(highest.value.minus(lowest.value), "it cannot be kept exactly");
    let ratio = if lowest.value.is_negative() {
        Quantity::Nothing("a ratio with a value below zero says nothing".to_owned())
    } else if highest.value == Decimal::ZERO {
        Quantity::Nothing("every group is at 0".to_owned())
    } else {
        number(lowest.value.over(highest.value), "it cannot be kept")
    };
    Ok((difference, ratio))
}

type Ends<'a> = (Option<(&'a Known, &'a Known)>, Place);

fn four_fifths(reading: &mut Reading, key: &Key, ratio: Option<Decimal>, ends: Ends) {
    let (metric, attribute, variant) = key;
    let variant = variant.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
    let name = format!("four_fifths.{metric}.{attribute}{variant}");
    let (ends, place) = ends;
    let least = Decimal::whole(80).percent_to_fraction();
    match (ratio, ends) {
        (Some(ratio), Some((lowest, highest))) => {
            let fault = (ratio < least).then(|| {
                format!(
                    "{} has {ratio} times the {metric} of {}; the rule asks for {least}",
                    lowest.level, highest.level
                )
            });
            conclude(reading, &name, place, fault);
        }
        _ => {
            let why = "the groups could not be compared; see the warnings";
            check(reading, &name, Outcome::Error, (why, place));
        }
    }
}

/// What was worked out, by the metric's name.
pub struct WorkedOut(BTreeMap<String, Decimal>);

impl WorkedOut {
    /// The values of a reading so far; of several under one name the first.
    pub fn of(reading: &Reading) -> Self {
        let mut all = BTreeMap::new();
        for one in &reading.measurements {
            if let Some(value) = one.value {
                all.entry(one.metric.clone()).or_insert(value);
            }
        }
        Self(all)
    }

    /// Warns where the file states a comparison that the groups' values do not give.
    pub fn compare(&self, reading: &mut Reading, metric: &str, stated: Decimal, place: Place) {
        if let Some(ours) = self.0.get(metric).filter(|ours| !close(**ours, stated)) {
            let message = format!(
                "the file states a `{metric}` of {stated}; its groups give {ours}, which counts"
            );
            warn(reading, place, message);
        }
    }
}

/// Whether two numbers are the same but for binary rounding: within 10⁻⁹.
pub fn close(a: Decimal, b: Decimal) -> bool {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    let least = "1e-9".parse::<Decimal>();
    high.minus(low).zip(least.ok()).is_some_and(|(difference, least)| difference <= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(values: &[(&str, u64)]) -> Reading {
        let groups = values.iter().enumerate().map(|(index, (value, n))| {
            let group = Group {
                metric: "selection_rate".into(),
                attribute: "sex".into(),
                level: format!("g{index}"),
                variant: None,
                n: Some(*n),
                place: Place::Line(index as u32 + 2),
            };
            (group, Quantity::from_text(value).unwrap())
        });
        let mut reading = Reading::new("test");
        push_all(&mut reading, Groups(groups.collect())).unwrap();
        reading
    }

    fn value(reading: &Reading, metric: &str) -> Option<String> {
        let one = reading.measurements.iter().find(|it| it.metric == metric).unwrap();
        one.value.map(|value| value.to_string())
    }

    #[test]
    fn four_fifths_holds_at_exactly_four_fifths_and_not_just_below() {
        for (lowest, outcome) in [("0.4", Outcome::Pass), ("0.39999999999", Outcome::Fail)] {
            let reading = compared(&[(lowest, 100), ("0.5", 80)]);
            assert_eq!(reading.checks[0].outcome, outcome, "{lowest}");
        }
        let reading = compared(&[("0.4", 100), ("0.5", 80)]);
        assert_eq!(value(&reading, "selection_rate_ratio").as_deref(), Some("0.8"));
        assert_eq!(value(&reading, "selection_rate_difference").as_deref(), Some("0.1"));
        assert_eq!(reading.measurements.last().unwrap().n, Some(80));
    }

    /// I-12
    #[test]
    fn a_group_without_a_value_leaves_nothing_to_compare() {
        for values in [
            &[("0.4", 100), ("NaN", 80), ("0.4", 3)][..],
            &[("0.4", 100), ("0.4", 0)],
            &[("0.4", 100)],
            &[("0", 100), ("0", 100)],
            &[("40 %", 100), ("0.5", 100)],
        ] {
            let reading = compared(values);
            assert_eq!(value(&reading, "selection_rate_ratio"), None, "{values:?}");
            assert_eq!(reading.checks[0].outcome, Outcome::Error, "{values:?}");
            assert!(!reading.warnings.is_empty());
        }
    }
}
