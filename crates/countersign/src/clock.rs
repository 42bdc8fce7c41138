//! The one place that asks what time it is.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex};

/// Tells the time: the machine's, or one that is set, for stories and tests.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// A clock that stands still until it is moved.
    Set(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at this moment.
    pub fn at(moment: Timestamp) -> Self {
        Self::Set(Arc::new(Mutex::new(moment)))
    }

    /// The time now, to the microsecond; finer digits say nothing and lengthen every event.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Self::Machine => Timestamp::now(),
            Self::Set(moment) => *moment.lock().unwrap_or_else(|poisoned| poisoned.into_inner()),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Moves a set clock forward; the machine's clock is left alone.
    pub fn advance(&self, by: SignedDuration) {
        if let Self::Set(moment) = self {
            let mut moment = moment.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            *moment = moment.checked_add(by).unwrap_or(Timestamp::MAX);
        }
    }

    /// Sets a set clock; the machine's clock is left alone.
    pub fn set(&self, to: Timestamp) {
        if let Self::Set(moment) = self {
            *moment.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = to;
        }
    }
}
