//! How likely a risk is and how bad it would be, and what both make together.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Likelihood and impact, each from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Scores")]
pub struct Rating {
    likelihood: u8,
    impact: u8,
}

#[derive(Deserialize)]
struct Scores {
    likelihood: u8,
    impact: u8,
}

/// Why two numbers are no rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidRating;

impl fmt::Display for InvalidRating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("likelihood and impact are numbers from 1 to 5")
    }
}

impl std::error::Error for InvalidRating {}

impl TryFrom<Scores> for Rating {
    type Error = InvalidRating;
    fn try_from(scores: Scores) -> Result<Self, InvalidRating> {
        Self::new(scores.likelihood, scores.impact)
    }
}

/// What a rating comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A score of 1 to 4.
    Low,
    /// 5 to 9.
    Medium,
    /// 10 to 16.
    High,
    /// 20 and 25.
    Critical,
}

impl Level {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl Rating {
    /// Both numbers from 1 to 5.
    pub fn new(likelihood: u8, impact: u8) -> Result<Self, InvalidRating> {
        let fits = |score: u8| (1..=5).contains(&score);
        if fits(likelihood) && fits(impact) {
            Ok(Self { likelihood, impact })
        } else {
            Err(InvalidRating)
        }
    }

    /// How likely, from 1 (hardly) to 5 (almost certain).
    pub fn likelihood(self) -> u8 {
        self.likelihood
    }

    /// How bad, from 1 (a nuisance) to 5 (grave harm).
    pub fn impact(self) -> u8 {
        self.impact
    }

    /// Likelihood times impact.
    pub fn score(self) -> u8 {
        self.likelihood * self.impact
    }

    /// What the score comes to.
    pub fn level(self) -> Level {
        match self.score() {
            0..=4 => Level::Low,
            5..=9 => Level::Medium,
            10..=16 => Level::High,
            17.. => Level::Critical,
        }
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (likelihood, impact) = (self.likelihood, self.impact);
        write!(f, "{} ({likelihood} × {impact} = {})", self.level().word(), self.score())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_two_numbers_from_one_to_five() {
        for bad in [(0, 3), (3, 6), (255, 1)] {
            assert_eq!(Rating::new(bad.0, bad.1), Err(InvalidRating));
        }
        assert!(serde_json::from_str::<Rating>(r#"{"likelihood":9,"impact":9}"#).is_err());
        let shown = |l, i| Rating::new(l, i).unwrap().to_string();
        assert_eq!(shown(2, 2), "low (2 × 2 = 4)");
        assert_eq!(shown(3, 3), "medium (3 × 3 = 9)");
        assert_eq!(shown(4, 4), "high (4 × 4 = 16)");
        assert_eq!(shown(4, 5), "critical (4 × 5 = 20)");
    }
}
