//! Rules every reader of numbers shares: what makes a value no value, and what a person is told.

use super::MAX_ENTRIES;
use super::node::At;
use super::quantity::{NotANumber, Quantity};
use super::text::cut;
use super::unreadable::Unreadable;
use countersign_core::decimal::Decimal;
use countersign_core::reading::{Completeness, Fact, Measurement, Place, Reading, Unit, Warning};
use std::collections::BTreeMap;

/// A measurement of this metric with nothing known of it yet.
pub fn measurement(metric: &str, place: Place) -> Measurement {
    Measurement {
        metric: metric.to_owned(),
        task: None,
        slice: None,
        value: None,
        unit: Unit::Unstated,
        direction: None,
        n: None,
        stderr: None,
        place,
    }
}

/// Notes something a person should see.
pub fn warn(reading: &mut Reading, place: Place, message: impl Into<String>) {
    // One more than is kept is enough for the file to be refused.
    if reading.warnings.len() <= MAX_ENTRIES {
        reading.warnings.push(Warning { message: message.into(), place });
    }
}

/// Notes a fact worth showing, cut short.
pub fn fact(reading: &mut Reading, name: &str, value: &str, place: Place) {
    if reading.facts.len() <= MAX_ENTRIES {
        reading.facts.push(Fact { name: name.to_owned(), value: cut(value), place });
    }
}

/// Marks the run as partial unless something worse, or the same earlier, is known of it.
pub fn partial(reading: &mut Reading, what: impl Into<String>, place: Place) {
    if reading.completeness == Completeness::Whole {
        reading.completeness = Completeness::Partial { what: what.into(), place };
    }
}

/// Marks the run as failed, which outweighs a partial one; the first failure is kept.
pub fn failed(reading: &mut Reading, what: impl Into<String>, place: Place) {
    if !matches!(reading.completeness, Completeness::Failed { .. }) {
        reading.completeness = Completeness::Failed { what: what.into(), place };
    }
}

/// So many of so many as a fraction; nothing of nothing is no number.
pub fn share(part: u64, whole: u64) -> Quantity {
    let decimal = |count| i64::try_from(count).ok().map(Decimal::whole);
    let share = decimal(part).zip(decimal(whole)).and_then(|(part, whole)| part.over(whole));
    match share {
        Some(share) => Quantity::Number(share, None),
        None => Quantity::Nothing(format!("{part} of {whole} is no share")),
    }
}

/// A sum over a count, of twelve digits. For showing and for bounds on what a file gives singly.
pub fn mean(sum: f64, count: f64) -> Quantity {
    format!("{:.12}", sum / count).parse().map_or_else(
        |_| Quantity::Nothing("it cannot be worked out".into()),
        |mean| Quantity::Number(mean, None),
    )
}

/// Adds a measurement with this quantity as its value, as far as it is one.
///
/// Zero samples measure nothing, and a fraction above 1 or below 0 is in the wrong unit: both leave
/// no value (I-12).
pub fn push(reading: &mut Reading, mut measurement: Measurement, quantity: Quantity) {
    if reading.measurements.len() > MAX_ENTRIES {
        return;
    }
    let (value, nothing) = match quantity {
        Quantity::Number(value, unit) => {
            measurement.unit = unit.unwrap_or(measurement.unit);
            let wrong = impossible(&measurement, value);
            (if wrong.is_some() { None } else { Some(value) }, wrong)
        }
        Quantity::Nothing(why) => (None, Some(why)),
    };
    measurement.value = value;
    if let Some(why) = nothing {
        let message = format!("`{}` has no value: {why}", measurement.metric);
        warn(reading, measurement.place.clone(), message);
    }
    reading.measurements.push(measurement);
}

fn impossible(measurement: &Measurement, value: Decimal) -> Option<String> {
    let fraction = Decimal::ZERO..=Decimal::whole(1);
    if measurement.n == Some(0) {
        return Some("it stands on zero samples".into());
    }
    (measurement.unit == Unit::Fraction && !fraction.contains(&value))
        .then(|| format!("{value} is stated to be a fraction, which lies between 0 and 1"))
}

/// A fault about one value of a tree.
pub fn unreadable(at: &At, fault: NotANumber) -> Unreadable {
    Unreadable::at(at.place(), fault.message).help(fault.help)
}

/// Refuses two values for one metric, task and slice: nobody could tell which one counts.
pub fn refuse_twins(reading: &Reading) -> Result<(), Unreadable> {
    let mut seen = BTreeMap::new();
    for one in &reading.measurements {
        let name = (&one.metric, &one.task, &one.slice);
        if let Some(first) = seen.insert(name, &one.place) {
            let message = format!(
                "`{}` is given twice, here and at {first}, for one task and slice",
                one.metric
            );
            return Err(Unreadable::at(one.place.clone(), message)
                .help("keep one, or tell them apart by `task` or `slice`"));
        }
    }
    Ok(())
}

/// Takes away the values given differently for one metric, task and slice, where the rest of the
/// file is still worth showing.
pub fn blank_twins(reading: &mut Reading) {
    let mut first = BTreeMap::new();
    let mut twins = Vec::new();
    for (index, one) in reading.measurements.iter().enumerate() {
        let name = (one.metric.clone(), one.task.clone(), one.slice.clone());
        let earlier = *first.entry(name).or_insert(index);
        if reading.measurements[earlier].value != one.value {
            twins.push((earlier, index));
        }
    }
    for index in twins.iter().flat_map(|(earlier, later)| [*earlier, *later]) {
        reading.measurements[index].value = None;
    }
    for (earlier, later) in twins {
        let (one, other) = (&reading.measurements[later], &reading.measurements[earlier].place);
        let message = format!("`{}` has no value: {other} gives another", one.metric);
        let place = one.place.clone();
        warn(reading, place, message);
    }
}

/// Warns when values above 1 stand beside values up to 1 and the file states no unit: some are
/// percentages and some are fractions, and nothing in the file says which.
pub fn warn_of_mixed_scales(reading: &mut Reading) {
    let one = Decimal::whole(1);
    let unstated = || reading.measurements.iter().filter(|it| it.unit == Unit::Unstated);
    let above = unstated().find(|it| it.value.is_some_and(|value| value > one));
    let below = unstated().find(|it| it.value.is_some_and(|value| value <= one));
    if let (Some(above), Some(below)) = (above, below) {
        let shown = |it: &Measurement| it.value.map(|value| value.to_string()).unwrap_or_default();
        let message = format!(
            "the file mixes values above 1 ({}) with values up to 1 ({}, {}) and states no unit",
            shown(above),
            shown(below),
            below.place
        );
        warn(reading, above.place.clone(), message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(n: Option<u64>, unit: Unit, value: i64) -> Reading {
        let mut reading = Reading::new("test");
        let one = Measurement { n, unit, ..measurement("rate", Place::File) };
        push(&mut reading, one, Quantity::Number(Decimal::whole(value), None));
        reading
    }

    /// I-12
    #[test]
    fn zero_samples_and_impossible_fractions_leave_no_value() {
        for (n, unit, value) in [(Some(0), Unit::Unstated, 0), (None, Unit::Fraction, 8)] {
            let reading = pushed(n, unit, value);
            assert_eq!(reading.measurements[0].value, None);
            assert_eq!(reading.warnings.len(), 1);
        }
        assert_eq!(pushed(Some(50), Unit::Fraction, 1).warnings, []);
    }

    /// I-12
    #[test]
    fn a_share_is_exact_where_it_can_be_and_nothing_of_nothing_is_none() {
        let written = |part, whole| share(part, whole).number().map(|it| it.to_string());
        assert_eq!(written(13, 50).as_deref(), Some("0.26"));
        assert_eq!(written(2, 3).as_deref(), Some("0.66666666666666666666"));
        assert_eq!(written(7, 7).as_deref(), Some("1"));
        assert_eq!(written(0, 0), None);
        assert_eq!(mean(0.0, 0.0).number(), None);
    }

    #[test]
    fn a_failed_run_outweighs_a_partial_one_and_the_first_word_stays() {
        let mut reading = Reading::new("test");
        partial(&mut reading, "first", Place::File);
        partial(&mut reading, "second", Place::File);
        let first = Completeness::Partial { what: "first".into(), place: Place::File };
        assert_eq!(reading.completeness, first);
        failed(&mut reading, "third", Place::File);
        partial(&mut reading, "fourth", Place::File);
        let third = Completeness::Failed { what: "third".into(), place: Place::File };
        assert_eq!(reading.completeness, third);
    }

    #[test]
    fn two_values_for_one_name_are_refused() {
        let mut reading = pushed(None, Unit::Unstated, 1);
        reading.measurements.push(measurement("rate", Place::Line(2)));
        assert_eq!(refuse_twins(&reading).unwrap_err().place, Place::Line(2));
    }
}
