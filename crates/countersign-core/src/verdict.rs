//! The verdict: may this digest run in this environment now?
//!
//! One function answers API, command line, deployment records and pages (I-10). The answer is
//! deny unless a release says otherwise, and a suspension denies whatever other releases say.

use crate::name::ReleaseId;
use crate::rows::{Standing, StandingRow};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Allow or deny, now, with reasons and a lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The answer.
    pub allow: Allow,
    /// The release that allows it.
    pub release: Option<ReleaseId>,
    /// Why it is denied; empty when it is allowed.
    pub reasons: Vec<Denial>,
    /// Until when the answer may be relied on; `None` for a deny, which must not be kept.
    pub valid_until: Option<Timestamp>,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allow {
    /// It may run.
    Allow,
    /// It must not.
    Deny,
}

/// One reason for a deny.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denial {
    /// The release it comes from; `None` when no release names the digest.
    pub release: Option<ReleaseId>,
    /// A stable word: `digest.unknown`, `release.in_review`, `condition.overdue`.
    pub code: String,
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.release, self.code.as_str()) {
            (None, _) => f.write_str("no release names this digest for this environment"),
            (Some(release), code) => match code.strip_prefix("release.") {
                Some(state) => write!(f, "release {release} is {}", state.replace('_', " ")),
                None => write!(f, "release {release}: {}", code.replace(['.', '_'], " ")),
            },
        }
    }
}

/// The verdict over where releases stand on one digest in one environment.
///
/// An empty slice is a deny. Time runs one way: a standing that begins in the future, as after a
/// clock was set back, is a deny as well.
pub fn verdict(standings: &[StandingRow], now: Timestamp) -> Verdict {
    let mut reasons = Vec::new();
    let mut allowed: Option<(ReleaseId, Timestamp)> = None;
    let mut suspended = false;
    for row in standings {
        match judge(&row.standing, now) {
            Ok(until) => {
                if allowed.as_ref().is_none_or(|(_, best)| until > *best) {
                    allowed = Some((row.release.clone(), until));
                }
            }
            Err(code) => {
                suspended |= code == "release.suspended";
                reasons.push(Denial { release: Some(row.release.clone()), code });
            }
        }
    }
    match allowed {
        Some((release, until)) if !suspended => Verdict {
            allow: Allow::Allow,
            release: Some(release),
            reasons: Vec::new(),
            valid_until: Some(until),
        },
        Some(_) | None => {
            if standings.is_empty() {
                reasons.push(Denial { release: None, code: "digest.unknown".into() });
            }
            Verdict { allow: Allow::Deny, release: None, reasons, valid_until: None }
        }
    }
}

/// Until when a standing allows, or the code of why it does not.
fn judge(standing: &Standing, now: Timestamp) -> Result<Timestamp, String> {
    match standing {
        Standing::Denied { state } => Err(format!("release.{state}")),
        Standing::Allowed { since, .. } if now < *since => Err("time.before_approval".into()),
        Standing::Allowed { until: Some(lapse), .. } if now > lapse.at => Err(lapse.code.clone()),
        Standing::Allowed { until, lease_minutes, .. } => {
            let lease = SignedDuration::from_mins(i64::from(*lease_minutes));
            let leased = now.checked_add(lease).unwrap_or(Timestamp::MAX);
            Ok(until.as_ref().map_or(leased, |lapse| leased.min(lapse.at)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Sha256;
    use crate::name::EnvironmentName;
    use crate::rows::Lapse;

    fn row(release: &str, standing: Standing) -> StandingRow {
        StandingRow {
            digest: Sha256::of(b"weights"),
            environment: EnvironmentName::new("production").unwrap(),
            release: ReleaseId::new(release).unwrap(),
            standing,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn allowed(until: Option<&str>) -> Standing {
        Standing::Allowed {
            since: at("2026-05-11T09:00:00Z"),
            until: until.map(|text| Lapse { at: at(text), code: "condition.overdue".into() }),
            lease_minutes: 15,
        }
    }

    ///
    #[test]
    fn a_digest_no_release_names_is_denied() {
        let verdict = verdict(&[], at("2026-05-12T09:00:00Z"));
        assert_eq!(verdict.allow, Allow::Deny);
        assert_eq!(verdict.reasons[0].code, "digest.unknown");
    }

    #[test]
    fn an_approved_release_allows_for_the_lease_and_no_longer() {
        let verdict = verdict(&[row("r-1", allowed(None))], at("2026-05-12T09:00:00Z"));
        assert_eq!(verdict.allow, Allow::Allow);
        assert_eq!(verdict.valid_until, Some(at("2026-05-12T09:15:00Z")));
    }

    /// I-11
    #[test]
    fn an_allowance_ends_at_its_lapse_and_the_lease_never_passes_it() {
        let rows = [row("r-1", allowed(Some("2026-05-12T09:05:00Z")))];
        let before = verdict(&rows, at("2026-05-12T09:00:00Z"));
        assert_eq!(before.valid_until, Some(at("2026-05-12T09:05:00Z")));
        let after = verdict(&rows, at("2026-05-12T09:05:01Z"));
        assert_eq!(
            (after.allow, after.reasons[0].code.as_str()),
            (Allow::Deny, "condition.overdue")
        );
    }

    ///
    #[test]
    fn a_suspension_denies_whatever_other_releases_say() {
        let suspended = Standing::Denied { state: "suspended".into() };
        let rows = [row("r-1", allowed(None)), row("r-2", suspended)];
        assert_eq!(verdict(&rows, at("2026-05-12T09:00:00Z")).allow, Allow::Deny);
    }

    #[test]
    fn a_clock_set_back_before_the_approval_denies() {
        let verdict = verdict(&[row("r-1", allowed(None))], at("2025-05-12T09:00:00Z"));
        assert_eq!(
            (verdict.allow, verdict.reasons[0].code.as_str()),
            (Allow::Deny, "time.before_approval")
        );
    }

    /// I-13
    #[test]
    fn a_release_that_is_only_registered_does_not_allow() {
        for state in ["draft", "in_review", "rejected", "withdrawn", "superseded"] {
            let rows = [row("r-1", Standing::Denied { state: state.into() })];
            let verdict = verdict(&rows, at("2026-05-12T09:00:00Z"));
            assert_eq!(verdict.allow, Allow::Deny);
            assert_eq!(verdict.reasons[0].code, format!("release.{state}"));
        }
    }
}
