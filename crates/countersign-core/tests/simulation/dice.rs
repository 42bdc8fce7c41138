//! Chance that can be thrown again: the same seed gives the same history on every machine.

/// A generator in the manner of splitmix64: one addition and three mixing steps a throw.
#[derive(Debug, Clone)]
pub struct Dice(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Dice {
    /// The dice of one step of one seed. Each step has its own, so that leaving a step out when a
    /// failure is made smaller does not change what the others throw.
    pub fn of(seed: u64, step: usize) -> Self {
        let mut dice = Self(seed.wrapping_mul(STEP) ^ (step as u64).rotate_left(32));
        dice.throw();
        dice
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.throw() % bound as u64).expect("below a usize")
    }

    /// Between these hours, both included.
    pub fn hours(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least + 1).expect("least comes first");
        least + i64::try_from(self.throw() % span).expect("below an i64")
    }

    /// True in so many cases of a hundred.
    pub fn percent(&mut self, of_a_hundred: usize) -> bool {
        self.below(100) < of_a_hundred
    }

    /// One of these, which are not none.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// One of these, or nothing of nothing.
    pub fn any<T: Clone>(&mut self, of: impl Iterator<Item = T>) -> Option<T> {
        let all: Vec<T> = of.collect();
        (!all.is_empty()).then(|| self.one(&all).clone())
    }
}
