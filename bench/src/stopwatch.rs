//! The one place that measures time.

use std::time::{Duration, Instant};

/// A moment from which time is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// The time from this start to a later one.
    pub fn until(self, later: Self) -> Duration {
        later.0.saturating_duration_since(self.0)
    }
}

/// What something does, and how long it takes.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let stopwatch = Stopwatch::start();
    let done = run();
    (done, stopwatch.elapsed())
}
