//! `remind of conditions` and `overdue conditions`.

use super::cursor::Cursor;
use super::faults::Faults;
use super::number::count;

/// `3 business days before`
pub(super) fn remind(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<u32> {
    let days = business_days(cursor, faults)?;
    cursor.expect("before", faults)?;
    Some(days)
}

/// `deny at once`, or `deny after 1 business day`
pub(super) fn grace(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<u32> {
    cursor.expect("deny", faults)?;
    if cursor.eat("at once") {
        return Some(0);
    }
    cursor.expect("after", faults)?;
    business_days(cursor, faults)
}

fn business_days(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<u32> {
    let days = count(cursor, "a number of business days", faults)?.value;
    if !cursor.eat("business day") {
        cursor.expect("business days", faults)?;
    }
    Some(days)
}
