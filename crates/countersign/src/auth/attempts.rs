//! Attempts to sign in: after ten wrong passwords for one address in five minutes, a while passes
//! before the next is looked at.
//!
//! Kept in memory: a restart forgets them, and guessing Argon2id passwords ten at a time between
//! restarts leads nowhere.

use crate::failure::Failure;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

/// How many attempts are looked at.
const ATTEMPTS: usize = 10;
/// In what time.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// How many addresses are remembered. Beyond it all are forgotten,
/// so that memory stays small.
const ADDRESSES: usize = 10_000;

/// The attempts of the last minutes.
#[derive(Debug, Default)]
pub struct Attempts {
    by_address: Mutex<HashMap<String, VecDeque<Timestamp>>>,
}

impl Attempts {
    /// Counts an attempt, or says how long to wait. An attempt that is turned away is not counted,
    /// so that nobody is kept out for longer than the window.
    pub fn count(&self, address: &str, now: Timestamp) -> Result<(), Failure> {
        let mut by_address =
            self.by_address.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let recent = |at: &Timestamp| now.duration_since(*at) < WINDOW;
        if by_address.len() >= ADDRESSES {
            by_address.retain(|_, attempts| attempts.back().is_some_and(recent));
        }
        if by_address.len() >= ADDRESSES {
            by_address.clear();
        }
        let attempts = by_address.entry(address.trim().to_lowercase()).or_default();
        while attempts.front().is_some_and(|at| !recent(at)) {
            attempts.pop_front();
        }
        match attempts.front() {
            Some(first) if attempts.len() >= ATTEMPTS => {
                let waited = now.duration_since(*first);
                let retry_after = SignedDuration::from_secs((WINDOW - waited).as_secs().max(1));
                Err(Failure::TooMany { what: "attempts to sign in", retry_after })
            }
            Some(_) | None => {
                attempts.push_back(now);
                Ok(())
            }
        }
    }

    /// Forgets the attempts of an address: its holder has signed in.
    pub fn forget(&self, address: &str) {
        let mut by_address =
            self.by_address.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        by_address.remove(&address.trim().to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn the_eleventh_attempt_waits_until_the_first_is_five_minutes_old() {
        let attempts = Attempts::default();
        for second in 0..10 {
            attempts.count("ada@example.org", at(second)).unwrap();
        }
        let refused = attempts.count(" Ada@Example.org", at(60)).unwrap_err();
        assert!(matches!(
            refused,
            Failure::TooMany { retry_after, .. } if retry_after == SignedDuration::from_secs(240)
        ));
        attempts.count("bob@example.org", at(60)).unwrap();
        attempts.count("ada@example.org", at(300)).unwrap();
    }

    #[test]
    fn signing_in_forgets_the_attempts_before() {
        let attempts = Attempts::default();
        for _ in 0..30 {
            attempts.count("ada@example.org", at(0)).unwrap();
            attempts.forget("ada@example.org");
        }
    }
}
