//! How long answers took.

use std::time::Duration;

/// The times of many answers.
#[derive(Debug, Default, Clone)]
pub struct Latency {
    nanoseconds: Vec<u64>,
}

impl Latency {
    /// Notes the time of one answer.
    pub fn note(&mut self, took: Duration) {
        self.nanoseconds.push(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX));
    }

    /// How many answers were noted.
    pub fn count(&self) -> usize {
        self.nanoseconds.len()
    }

    /// The time that this share of the answers did not exceed; zero when there are none.
    pub fn quantile(&mut self, share: f64) -> Duration {
        let last = self.nanoseconds.len().saturating_sub(1);
        let rank = ((last as f64) * share).ceil() as usize;
        let mut sorted = std::mem::take(&mut self.nanoseconds);
        let found =
            if sorted.is_empty() { 0 } else { *sorted.select_nth_unstable(rank.min(last)).1 };
        self.nanoseconds = sorted;
        Duration::from_nanos(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_last_of_a_hundred() {
        let mut latency = Latency::default();
        assert_eq!(latency.quantile(0.5), Duration::ZERO);
        (1..=101).rev().for_each(|ms| latency.note(Duration::from_millis(ms)));
        assert_eq!(latency.quantile(0.5), Duration::from_millis(51));
        assert_eq!(latency.quantile(0.99), Duration::from_millis(100));
        assert_eq!(latency.quantile(1.0), Duration::from_millis(101));
    }
}
