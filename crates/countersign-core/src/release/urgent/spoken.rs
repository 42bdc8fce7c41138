//! Where an emergency stands at a moment, for whoever looks at its release. The verdict is asked;
//! nothing is decided here a second time.

use crate::project::standings;
use crate::release::Release;
use crate::rows::{Basis, Lapse, Standing};
use crate::times::Times;
use crate::verdict::{Allow, verdict};
use jiff::Timestamp;

/// What an emergency is worth at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// What was claimed may run on the verbal authority alone.
    Holds {
        /// When that ends by itself, and why; `None` while nothing ends it.
        until: Option<Lapse>,
    },
    /// Nothing may run on it any more: the code of the denial.
    Over {
        /// As a verdict says it: `release.authority_denied`.
        code: String,
    },
    /// It was decided in writing, and nothing rests on the authority any more.
    Settled,
}

impl Release {
    /// What its emergency is worth now; `None` when it is none.
    pub fn spoken(&self, now: Timestamp) -> Option<Spoken> {
        let claim = &self.urgent.emergency.as_ref()?.claim;
        if self.decided_at.is_some() || self.rejection.is_some() {
            return Some(Spoken::Settled);
        }
        let (digest, place) = (claim.digests.first()?, claim.environments.first()?);
        let mut rows = standings(self);
        rows.retain(|row| &row.digest == digest && &row.environment == place);
        let said = verdict(&rows, &Times::always(), now);
        let until = rows.into_iter().find_map(|row| match row.standing {
            Standing::Allowed { until, basis: Basis::VerbalAuthority, .. } => Some(until),
            Standing::Allowed { basis: Basis::Approval, .. } | Standing::Denied { .. } => None,
        });
        Some(match (said.allow, until) {
            (Allow::Allow, Some(until)) => Spoken::Holds { until },
            (Allow::Allow, None) => Spoken::Settled,
            (Allow::Deny, _) => {
                let first = said.reasons.into_iter().next();
                Spoken::Over { code: first.map(|one| one.code).unwrap_or_default() }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::release::State;

    ///
    #[test]
    fn an_emergency_is_worth_what_the_verdict_says() {
        assert_eq!(drafted(Low).release().spoken(monday()), None);
        let claimed = claimed(Low);
        let ends = at("2026-05-12T07:00:00Z");
        let until = Some(Lapse { at: ends, code: "authority.unconfirmed".into() });
        assert_eq!(claimed.release().spoken(monday()), Some(Spoken::Holds { until }));
        let late = claimed.release().spoken(at("2026-05-12T07:00:01Z"));
        assert_eq!(late, Some(Spoken::Over { code: "authority.unconfirmed".into() }));
        let confirmed = claimed.having("abara", confirm_authority());
        assert_eq!(confirmed.release().spoken(monday()), Some(Spoken::Holds { until: None }));
        assert_eq!(confirmed.release().state, State::Draft);
    }

    ///
    #[test]
    fn a_denied_authority_is_over_and_says_so() {
        let denied = claimed(Low).having("abara", deny_authority());
        let over = Some(Spoken::Over { code: "release.authority_denied".into() });
        assert_eq!(denied.release().spoken(monday()), over);
    }
}
