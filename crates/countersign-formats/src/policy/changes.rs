//! `minor changes at most` and `review when`: when somebody looks at the whole again, of a model
//! and of the policy itself.

use super::cursor::Cursor;
use super::faults::Faults;
use super::number::count;
use countersign_core::policy::ReviewSettings;

/// `5 between reviews`
pub(super) fn minor(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<u32> {
    let most = count(cursor, "a number of changes", faults)?.value;
    cursor.expect("between reviews", faults)?;
    Some(most)
}

/// `3 failures within 90 days`
pub(super) fn review(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<ReviewSettings> {
    let failures = count(cursor, "a number of failures", faults)?.value;
    cursor.expect("failures within", faults)?;
    let within_days = count(cursor, "a number of days", faults)?.value;
    cursor.expect("days", faults)?;
    Some(ReviewSettings { failures, within_days })
}
