//! How long the records of a release are kept, and what there is of them.
//!
//! Two clocks count: one from the decision, one from when the release left its last environment.
//! The later one decides. A release that still runs, or still may, is never due; neither is one
//! whose policy says nothing. What is not here: holds, which are in `register`, and the
//! purge itself, which is in `release::retention`.

mod record;

pub use record::{Piece, Presence, Record, RecordKind, records};

use crate::classification::ChangeType;
use crate::name::EnvironmentName;
use crate::policy::RetentionSettings;
use crate::release::Release;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::collections::BTreeSet;
use std::fmt;

/// Until when the records of a release are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// For ever: the policy names no end.
    ForEver,
    /// As long as nobody decided about the release.
    Undecided,
    /// As long as it runs somewhere, or may be put somewhere.
    InUse {
        /// Where it runs; empty when it is approved and runs nowhere yet.
        places: BTreeSet<EnvironmentName>,
    },
    /// Until a moment that is known.
    Until {
        /// The last moment at which they are kept.
        at: Timestamp,
        /// Which clock says so.
        clock: Clock,
    },
}

/// Which of the two clocks ends later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The policy's, counted from the decision.
    Policy,
    /// The one of its life in production and the audit period behind it.
    Production,
}

impl Clock {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Production => "production",
        }
    }
}

impl Keeping {
    /// The word used everywhere.
    pub fn word(&self) -> &'static str {
        match self {
            Self::ForEver => "for_ever",
            Self::Undecided => "undecided",
            Self::InUse { .. } => "in_use",
            Self::Until { .. } => "until",
        }
    }

    /// The last moment at which records are kept, where it is known.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Until { at, .. } => Some(*at),
            Self::ForEver | Self::Undecided | Self::InUse { .. } => None,
        }
    }

    /// Whether keeping has ended. Not knowing is never a yes.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until().is_some_and(|until| now > until)
    }
}

impl fmt::Display for Keeping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForEver => f.write_str("for ever: the policy names no end"),
            Self::Undecided => f.write_str("until it is decided, and then as the policy says"),
            Self::InUse { places } if places.is_empty() => {
                f.write_str("as long as it may still be deployed, and then as the policy says")
            }
            Self::InUse { places } => {
                let places: Vec<&str> = places.iter().map(|place| place.as_str()).collect();
                let places = places.join(", ");
                write!(f, "as long as it runs in {places}, and then as the policy says")
            }
            Self::Until { at, clock: Clock::Policy } => {
                write!(f, "until {at:.0}, counted from the decision")
            }
            Self::Until { at, clock: Clock::Production } => {
                write!(f, "until {at:.0}, counted from when it left its last environment")
            }
        }
    }
}

/// Until when the records of this release are kept.
pub fn keeping(release: &Release, settings: Option<&RetentionSettings>) -> Keeping {
    let places = release.runs_in();
    let retires = release.request.as_ref().is_some_and(|one| one.change == ChangeType::Retirement);
    // An approved retirement runs nowhere and never will.
    if !places.is_empty() || (release.state.is_allowed() && !retires) {
        return Keeping::InUse { places };
    }
    let Some(decided) = release.kept.settled else { return Keeping::Undecided };
    let Some(settings) = settings else { return Keeping::ForEver };
    let policy = later(decided, settings.keep_months);
    let left = release.kept.left.values().max();
    let production = left.map(|left| later(*left, settings.after_retirement_months));
    match (policy, production) {
        (Some(policy), Some(Some(production))) if production > policy => {
            Keeping::Until { at: production, clock: Clock::Production }
        }
        (Some(at), None | Some(Some(_))) => Keeping::Until { at, clock: Clock::Policy },
        // Beyond the end of the calendar.
        (None, _) | (Some(_), Some(None)) => Keeping::ForEver,
    }
}

fn later(from: Timestamp, months: u32) -> Option<Timestamp> {
    let span = Span::new().try_months(months).ok()?;
    from.to_zoned(TimeZone::UTC).checked_add(span).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::ChangeType::{MinorUpdate, NewModel};
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    fn of(world: &World) -> Keeping {
        let settings = world.release().settings();
        keeping(world.release(), settings.and_then(|settings| settings.retention.as_ref()))
    }

    ///
    #[test]
    fn a_release_that_runs_is_kept_however_long_ago_it_was_decided() {
        let world = deployed(Low).later(24 * 366 * 50);
        assert_eq!(of(&world), Keeping::InUse { places: [production()].into() });
        assert!(!of(&world).is_over(world.now));
        let approved = approved(Low).later(24 * 366 * 50);
        assert_eq!(of(&approved), Keeping::InUse { places: BTreeSet::new() });
    }

    ///
    #[test]
    fn the_clock_of_the_policy_counts_from_the_decision() {
        let world = submitted(Low).having("rivera", reject_as("model_owner"));
        let expected = Keeping::Until { at: at("2036-05-11T07:00:00Z"), clock: Clock::Policy };
        assert_eq!(of(&world), expected);
        assert!(!expected.is_over(at("2036-05-11T07:00:00Z")));
        assert!(expected.is_over(at("2036-05-11T07:00:01Z")));
    }

    ///
    #[test]
    fn the_later_of_both_clocks_decides() {
        let replaced = |hours| {
            let world = given(Low).policy_where(|policy| policy.settings.rollback.drill = None);
            let world = world.requested(request(NewModel, Low)).prepared().submitted().approved();
            let world = world.having("rivera", deploy_to(production())).later(hours);
            let world = world.updated("r-2", MinorUpdate, second_version()).approved();
            let world = world.having("rivera", deploy_to(production()));
            of(&world.speaking_of("r-1"))
        };
        let soon = replaced(24);
        assert!(matches!(soon, Keeping::Until { clock: Clock::Policy, .. }), "{soon:?}");
        // Nine years in production and two more for audits are longer than ten from the decision.
        let late = replaced(24 * 365 * 9);
        let expected = Keeping::Until { at: at("2037-05-09T07:00:00Z"), clock: Clock::Production };
        assert_eq!(late, expected);
    }

    ///
    #[test]
    fn nothing_is_due_before_a_decision_or_without_a_word_of_the_policy() {
        assert_eq!(of(&drafted(Low)), Keeping::Undecided);
        assert_eq!(of(&submitted(Low)), Keeping::Undecided);
        let rejected = submitted(Low).having("rivera", reject_as("model_owner"));
        assert_eq!(keeping(rejected.release(), None), Keeping::ForEver);
    }

    #[test]
    fn an_end_beyond_the_calendar_is_none() {
        let rejected = submitted(Low).having("rivera", reject_as("model_owner"));
        let mut settings = policy().settings.retention.unwrap();
        settings.keep_months = 1_000_000;
        assert_eq!(keeping(rejected.release(), Some(&settings)), Keeping::ForEver);
    }
}
