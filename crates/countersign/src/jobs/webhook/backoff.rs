//! How long to wait after an attempt failed: the schedule of Standard Webhooks, with jitter.

use crate::random;
use jiff::SignedDuration;

/// The waits after the first, second … failed attempt, in seconds.
const WAITS: [i64; 9] =
    [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];

/// The wait after this failed attempt, counted from 1; `None` after the last.
///
/// Up to a tenth is added at random, so that messages that failed together are not all repeated
/// at the same moment.
pub(in crate::jobs) fn wait_after(attempt: u32) -> Option<SignedDuration> {
    let index = usize::try_from(attempt).ok()?.checked_sub(1)?;
    let wait = SignedDuration::from_secs(*WAITS.get(index)?);
    let [share] = random::bytes::<1>();
    let jitter = wait.as_millis() / 10 * i128::from(share) / 255;
    Some(wait + SignedDuration::from_millis(i64::try_from(jitter).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    ///
    #[test]
    fn nine_waits_of_growing_length_then_no_more() {
        let mut last = SignedDuration::ZERO;
        for attempt in 1..=9 {
            let wait = wait_after(attempt).unwrap();
            assert!(wait > last, "attempt {attempt}: {wait}");
            last = wait;
        }
        assert!((24 * 3600..=27 * 3600).contains(&last.as_secs()), "{last}");
        assert_eq!(wait_after(10), None);
        assert_eq!(wait_after(0), None);
    }
}
