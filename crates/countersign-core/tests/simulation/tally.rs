//! The tally: how often each thing happened, so that nobody believes a simulation in which
//! nothing does.

use std::collections::BTreeMap;

/// Counts of one seed, or of many together.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Histories, one for each seed.
    pub seeds: u64,
    /// Steps taken.
    pub steps: u64,
    /// Events, by the word they are stored under.
    pub events: BTreeMap<&'static str, u64>,
    /// Refusals, by code.
    pub refusals: BTreeMap<&'static str, u64>,
    /// Moments at which the second verdict was asked about everything.
    pub moments: u64,
    /// Questions about one digest in one environment that both verdicts answered.
    pub compared: u64,
    /// Those answered with allow.
    pub allowed: u64,
    /// Why the others were denied, by code.
    pub denied: BTreeMap<String, u64>,
}

impl Tally {
    /// One more event of this word.
    pub fn happened(&mut self, word: &'static str) {
        *self.events.entry(word).or_default() += 1;
    }

    /// One more refusal with this code.
    pub fn refused(&mut self, code: &'static str) {
        *self.refusals.entry(code).or_default() += 1;
    }

    /// Both together.
    pub fn and(mut self, other: Self) -> Self {
        self.seeds += other.seeds;
        self.steps += other.steps;
        self.moments += other.moments;
        self.compared += other.compared;
        self.allowed += other.allowed;
        add(&mut self.events, other.events);
        add(&mut self.refusals, other.refusals);
        add(&mut self.denied, other.denied);
        self
    }
}

fn add<K: Ord>(to: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, count) in from {
        *to.entry(key).or_default() += count;
    }
}
