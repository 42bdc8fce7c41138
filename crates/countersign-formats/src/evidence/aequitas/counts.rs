//! Whether the counts of a row add up, and whether its rates come from them.

use super::super::groups::close;
use super::super::measured::share;
use super::super::quantity::Quantity;
use super::super::stated::partial;
use super::super::table::Row;
use super::super::unreadable::Unreadable;
use super::Entry;
use super::columns::{Rate, SUMS};
use countersign_core::reading::Reading;
use std::collections::BTreeMap;

/// Marks the run partial when counts disagree: of one row, or of all groups with the whole.
pub fn check(reading: &mut Reading, entries: &[Entry]) -> Result<(), Unreadable> {
    let mut whole = BTreeMap::new();
    for entry in entries {
        for (parts, of) in SUMS {
            let (Some(sum), Some(stated)) = (sum(&entry.row, parts)?, entry.row.count(of)?) else {
                continue;
            };
            if sum != stated {
                let what = format!(
                    "the counts of {} {} disagree: {} make {sum}, and `{of}` is {stated}",
                    entry.attribute,
                    entry.slice(),
                    parts.join(" + ")
                );
                partial(reading, what, entry.row.place(of));
            }
        }
        let sizes = (entry.row.count("group_size")?, entry.row.count("total_entities")?);
        if let (Some(size), Some(total)) = sizes {
            let key = (entry.attribute.clone(), entry.variant.clone());
            let row = (0u64, total, entry.row.place("total_entities"));
            let seen = whole.entry(key).or_insert(row);
            seen.0 = seen.0.saturating_add(size);
        }
    }
    for ((attribute, _), (sum, total, place)) in whole {
        if sum != total {
            let what = format!("the groups of {attribute} make {sum} of {total} entities");
            partial(reading, what, place);
        }
    }
    Ok(())
}

/// The rate, unless the counts of the row give another.
pub fn agreeing(row: &Row, rate: &Rate, quantity: Quantity) -> Result<Quantity, Unreadable> {
    let (Quantity::Number(stated, _), Some(hits), Some(of)) =
        (&quantity, sum(row, rate.hits)?, row.count(rate.of)?)
    else {
        return Ok(quantity);
    };
    match share(hits, of).number() {
        Some(ours) if !close(ours, *stated) => {
            Ok(Quantity::Nothing(format!("the table states {stated}, and its counts give {ours}")))
        }
        Some(_) | None => Ok(quantity),
    }
}

fn sum(row: &Row, columns: &[&str]) -> Result<Option<u64>, Unreadable> {
    let mut sum = 0u64;
    for column in columns {
        match row.count(column)? {
            Some(count) => sum = sum.saturating_add(count),
            None => return Ok(None),
        }
    }
    Ok(Some(sum))
}
