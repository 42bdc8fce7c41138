//! The verdict: may this digest run in this environment now?
//!
//! One function answers API, command line, deployment records and pages (I-10). The answer is
//! deny unless a release says otherwise, and a suspension denies whatever other releases say.

use crate::name::{EnvironmentName, ReleaseId, RoleName};
use crate::rows::{Basis, Standing, StandingRow};
use crate::times::{FROZEN, OUTSIDE_WINDOW, Times};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Allow or deny, now, with reasons and a lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The answer.
    pub allow: Allow,
    /// The release that allows it.
    pub release: Option<ReleaseId>,
    /// What the allowance rests on; `None` for a deny. Verbal authority is labelled as such.
    pub basis: Option<Basis>,
    /// Why it is denied; empty when it is allowed.
    pub reasons: Vec<Denial>,
    /// Until when the answer may be relied on; `None` for a deny, which must not be kept.
    pub valid_until: Option<Timestamp>,
    /// What would deny something new here, and does not deny this: it runs already, or it is let
    /// through in an emergency. Empty for a deny.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<Denial>,
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
    /// When it ends by itself, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// What people call the freeze, when it is one; of an environment that is not known, which there
    /// are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The roles that can lift it, when it is the environment's.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub lifted_by: BTreeSet<RoleName>,
}

impl Denial {
    /// A reason that no clock ends and no role lifts for the environment.
    pub fn of(release: Option<ReleaseId>, code: impl Into<String>) -> Self {
        let (code, lifted_by) = (code.into(), BTreeSet::new());
        Self { release, code, until: None, subject: None, lifted_by }
    }

    /// What to do about it; `None` where the release or the environment it comes from says more.
    pub fn next_step(&self) -> Option<&'static str> {
        const NEXT: [(&str, &str); 2] = [
            (UNKNOWN_PLACE, "name one that `countersign environment list` lists"),
            (
                UNKNOWN_DIGEST,
                "compare the digest with the file's (`countersign gate --file FILE` works it out), \
                 or request a release that names it: `countersign release request`",
            ),
        ];
        NEXT.iter().find(|(code, _)| *code == self.code).map(|(_, next)| *next)
    }

    fn of_environment(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code == OUTSIDE_WINDOW {
            f.write_str("nothing new is deployed here outside a change window")?;
            return self.until.map_or(Ok(()), |next| write!(f, "; the next begins {next}"));
        }
        let freeze = self.subject.iter().map(|name| format!(" (`{name}`)")).collect::<String>();
        write!(f, "the environment is frozen{freeze}")?;
        self.until.map_or(Ok(()), |end| write!(f, " until {end}"))
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.release, self.code.as_str()) {
            (None, FROZEN | OUTSIDE_WINDOW) => self.of_environment(f),
            (None, UNKNOWN_PLACE) => {
                let known = self.subject.as_deref().unwrap_or("none");
                write!(f, "there is no such environment; there are: {known}")
            }
            (None, _) => f.write_str("no release names this digest for this environment"),
            (Some(release), NOT_YET) => {
                write!(f, "release {release} is not to be deployed yet")?;
                self.until.map_or(Ok(()), |begin| write!(f, ", but from {begin} on"))
            }
            (Some(release), TOO_LATE) => {
                write!(f, "the time in which release {release} was to be deployed is over")
            }
            (Some(release), code) => match code.strip_prefix("release.") {
                Some("changes_requested") => {
                    write!(f, "release {release} waits for requested changes")
                }
                Some("authority_denied") => {
                    write!(f, "the verbal authority for release {release} was denied")
                }
                Some(state) => write!(f, "release {release} is {}", state.replace('_', " ")),
                None => write!(f, "release {release}: {}", code.replace(['.', '_'], " ")),
            },
        }
    }
}

/// The code of an environment nobody defined.
pub(crate) const UNKNOWN_PLACE: &str = "environment.unknown";

/// The code of a digest no release names there.
const UNKNOWN_DIGEST: &str = "digest.unknown";

/// The code of an approval for a time that has not come.
const NOT_YET: &str = "release.not_yet";

/// The code of an approval for a time that is over.
const TOO_LATE: &str = "release.too_late";

/// The verdict over where releases stand on one digest in one environment, and over the times in
/// which that takes something new.
///
/// An empty slice is a deny. Time runs one way: a standing that begins in the future, as after a
/// clock was set back, is a deny as well. What runs there by a recorded deployment is not new: a
/// restart in a freeze must not take a model down. Neither is an emergency kept out.
pub fn verdict(standings: &[StandingRow], times: &Times<'_>, now: Timestamp) -> Verdict {
    let opening = times.opening(now);
    let runs = standings.iter().any(|row| row.standing.is_deployed());
    let mut reasons = Vec::new();
    let mut allowed: Option<(ReleaseId, Basis, Timestamp)> = None;
    let (mut suspended, mut shut) = (false, false);
    for row in standings {
        match judge(&row.standing, (now, times.moment(now))) {
            Ok((basis, until)) => {
                let passes = runs || basis == Basis::VerbalAuthority;
                if !passes && !opening.shut.is_empty() {
                    shut = true;
                    continue;
                }
                let closes = opening.closes.filter(|_| !passes);
                let until = closes.map_or(until, |closes| until.min(closes));
                if allowed.as_ref().is_none_or(|(_, held, best)| (basis, until) > (*held, *best)) {
                    allowed = Some((row.release.clone(), basis, until));
                }
            }
            Err(no) => {
                suspended |= row.standing.is_suspended();
                reasons.push(Denial { release: Some(row.release.clone()), ..no });
            }
        }
    }
    match allowed {
        Some((release, basis, until)) if !suspended => Verdict {
            allow: Allow::Allow,
            release: Some(release),
            basis: Some(basis),
            reasons: Vec::new(),
            valid_until: Some(until),
            despite: opening.shut,
        },
        Some(_) | None => {
            if standings.is_empty() {
                reasons.push(times.unknown().unwrap_or(Denial::of(None, UNKNOWN_DIGEST)));
            }
            reasons.extend(opening.shut.into_iter().filter(|_| shut));
            Verdict::deny(reasons)
        }
    }
}

impl Verdict {
    fn deny(reasons: Vec<Denial>) -> Self {
        let (release, basis, valid_until) = (None, None, None);
        Self { allow: Allow::Deny, release, basis, reasons, valid_until, despite: Vec::new() }
    }
}

/// The standings on a digest that a verdict for this environment is made from: those for it, and
/// every suspension elsewhere, because a suspended digest is denied everywhere.
pub fn concerning(rows: Vec<StandingRow>, environment: &EnvironmentName) -> Vec<StandingRow> {
    let concerns =
        |row: &StandingRow| &row.environment == environment || row.standing.is_suspended();
    rows.into_iter().filter(concerns).collect()
}

/// What a standing rests on and until when it allows, or why it does not: its release is named by
/// the caller.
///
/// Whether it comes in its time is asked of the moment of the deployment, everything else of now.
fn judge(
    standing: &Standing,
    (now, moment): (Timestamp, Timestamp),
) -> Result<(Basis, Timestamp), Denial> {
    let no = |code: &str| Err(Denial::of(None, code));
    match standing {
        Standing::Denied { state } => no(&format!("release.{state}")),
        Standing::Allowed { since, .. } if now < *since => no("time.before_approval"),
        Standing::Allowed { until: Some(lapse), .. } if now > lapse.at => no(&lapse.code),
        Standing::Allowed { schedule, deployed: false, .. } if schedule.is_ahead(moment) => {
            Err(Denial { until: schedule.not_before, ..Denial::of(None, NOT_YET) })
        }
        Standing::Allowed { schedule, deployed: false, .. } if schedule.is_over(moment) => {
            no(TOO_LATE)
        }
        Standing::Allowed { until, lease_minutes, basis, schedule, deployed, .. } => {
            let lease = SignedDuration::from_mins(i64::from(*lease_minutes));
            let leased = now.checked_add(lease).unwrap_or(Timestamp::MAX);
            let lapses = until.as_ref().map(|lapse| lapse.at);
            let over = schedule.not_after.filter(|_| !deployed);
            let ends = lapses.into_iter().chain(over);
            Ok((*basis, ends.fold(leased, Timestamp::min)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Sha256;
    use crate::name::EnvironmentName;
    use crate::rows::Lapse;
    use crate::schedule::Schedule;

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
            basis: Basis::Approval,
            schedule: Schedule::default(),
            deployed: false,
        }
    }

    fn verdict(rows: &[StandingRow], now: Timestamp) -> Verdict {
        super::verdict(rows, &Times::always(), now)
    }

    ///
    #[test]
    fn a_digest_no_release_names_is_denied() {
        let verdict = verdict(&[], at("2026-05-12T09:00:00Z"));
        assert_eq!(verdict.allow, Allow::Deny);
        assert_eq!(verdict.reasons[0].code, "digest.unknown");
    }

    #[test]
    fn an_environment_nobody_defined_is_unknown_and_those_there_are_are_named() {
        let register = crate::given::given(crate::classification::RiskTier::Low).register;
        let now = at("2026-05-12T09:00:00Z");
        let asked = |name: &str| {
            let place = EnvironmentName::new(name).unwrap();
            let verdict = super::verdict(&[], &Times::of(&register, &place), now);
            assert_eq!(verdict.allow, Allow::Deny);
            verdict.reasons[0].clone()
        };
        let typo = asked("prodd");
        assert_eq!(typo.code, "environment.unknown");
        assert!(typo.to_string().contains("there are: production"), "{typo}");
        assert!(typo.next_step().unwrap().contains("countersign environment list"));
        let known = asked("production");
        assert_eq!(known.code, "digest.unknown");
        assert!(known.next_step().unwrap().contains("countersign release request"));
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

    ///
    #[test]
    fn a_suspension_for_one_environment_denies_in_every_other() {
        let suspended = Standing::Denied { state: "suspended".into() };
        let elsewhere = StandingRow {
            environment: EnvironmentName::new("staging").unwrap(),
            ..row("r-2", suspended)
        };
        let drafted = StandingRow {
            standing: Standing::Denied { state: "draft".into() },
            ..elsewhere.clone()
        };
        let production = EnvironmentName::new("production").unwrap();
        let rows = concerning(vec![row("r-1", allowed(None)), elsewhere, drafted], &production);
        assert_eq!(rows.len(), 2);
        assert_eq!(verdict(&rows, at("2026-05-12T09:00:00Z")).allow, Allow::Deny);
    }

    ///
    #[test]
    fn an_approval_is_named_before_a_verbal_authority() {
        let mut spoken = allowed(None);
        let Standing::Allowed { basis, .. } = &mut spoken else { panic!() };
        *basis = Basis::VerbalAuthority;
        let now = at("2026-05-12T09:00:00Z");
        let alone = verdict(&[row("r-2", spoken.clone())], now);
        assert_eq!((alone.allow, alone.basis), (Allow::Allow, Some(Basis::VerbalAuthority)));
        let both = verdict(&[row("r-2", spoken), row("r-1", allowed(None))], now);
        assert_eq!((both.release.unwrap().as_str(), both.basis), ("r-1", Some(Basis::Approval)));
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
