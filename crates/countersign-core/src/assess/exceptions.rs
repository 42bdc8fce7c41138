//! Exceptions: which hold now, and on which of them a release relies (R-156, I-11).

use crate::blocker::{Blocker, Reason};
use crate::exception::{AskedException, Course, Waived};
use crate::name::RoleName;
use crate::plan::GatePlan;
use crate::release::Release;
use jiff::Timestamp;
use serde::Serialize;

/// An exception and where it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExceptionStatus {
    /// Counted from 1.
    pub number: u32,
    /// What is waived.
    pub waives: Waived,
    /// `requested`, `granted`, `refused`, `revoked` or `expired`.
    pub state: String,
    /// The last moment at which it holds.
    pub until: Timestamp,
    /// The roles that still have to accept the risk; empty when none has to.
    pub awaits: Vec<RoleName>,
}

pub(super) fn statuses(release: &Release, now: Timestamp) -> Vec<ExceptionStatus> {
    let one = |(number, asked): (&u32, &AskedException)| ExceptionStatus {
        number: *number,
        waives: asked.exception.waives.clone(),
        state: asked.state_word(now).to_owned(),
        until: asked.exception.until,
        awaits: asked.awaits(),
    };
    release.exceptions.iter().map(one).collect()
}

/// The exception that waives this at this moment, the longest one first.
pub(super) fn holding<'r>(
    (release, plan): (&'r Release, &GatePlan),
    what: &Waived,
    now: Timestamp,
) -> Option<(u32, &'r AskedException)> {
    let holding = waivers(release, plan, what).filter(|(_, one)| one.holds(now));
    holding.max_by_key(|(_, one)| one.last_moment()).map(|(number, one)| (*number, one))
}

/// The exceptions from this that the plan's policy allows.
fn waivers<'r>(
    release: &'r Release,
    plan: &GatePlan,
    what: &Waived,
) -> impl Iterator<Item = (&'r u32, &'r AskedException)> {
    let same = release.exceptions.iter().filter(move |(_, one)| &one.exception.waives == what);
    same.filter(|(_, one)| one.is_allowed_by(&plan.settings.exceptions))
}

/// What the release relies on: for each criterion and item that does not hold by itself, the
/// exception that waives it longest, and the last moment at which it does.
pub fn relied_on(release: &Release, plan: &GatePlan) -> Vec<(u32, Waived, Timestamp)> {
    if release.exceptions.is_empty() {
        return Vec::new();
    }
    // An item may come open by itself afterwards; what counts is what was decided on.
    let at = release.decided_at.unwrap_or(Timestamp::MIN);
    let mut shut = super::items::open(release, plan, at);
    shut.extend(super::criteria::shut(release, plan));
    let longest = |what: Waived| {
        let ends = waivers(release, plan, &what);
        let ends = ends.filter_map(|(number, one)| Some((one.last_moment()?, *number)));
        let longest = ends.max();
        longest.map(|(last, number)| (number, what, last))
    };
    shut.into_iter().filter_map(longest).collect()
}

/// Whether this holds by itself, so that no exception from it is needed.
pub(crate) fn holds_already(
    release: &Release,
    plan: &GatePlan,
    what: &Waived,
    now: Timestamp,
) -> bool {
    let mut shut = super::items::open(release, plan, now);
    shut.extend(super::criteria::shut(release, plan));
    !shut.contains(what)
}

/// The exceptions the release relies on and that have ended.
pub(super) fn ended(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<Blocker> {
    let ended = relied_on(release, plan).into_iter().filter(|(_, _, last)| now > *last);
    ended
        .map(|(number, waives, last)| {
            let recorded = release.exceptions.get(&number);
            let recorded = recorded.filter(|one| matches!(one.course, Course::Expired { .. }));
            let at = recorded.map_or(last, |one| one.exception.until);
            let mut people = release.requesters();
            people.insert(plan.owner.clone());
            Blocker::by_people(Reason::ExceptionEnded { number, waives, at }, people)
        })
        .collect()
}
