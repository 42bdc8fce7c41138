//! Releases that failed: what a pattern is made of.

use crate::classification::{UnknownWord, word_enum};
use crate::incident::Incident;
use crate::name::ReleaseId;
use crate::release::Release;
use crate::release::urgent::review::Reviewed;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

word_enum! {
    /// How a release failed.
    FailureKind {
        /// Somebody said no.
        Rejected = "rejected", "rejected";
        /// The version before took its place again.
        RolledBack = "rolled_back", "rolled back";
        /// It was stopped.
        Suspended = "suspended", "suspended";
        /// The statements after a deployment did not come in time.
        ConfirmationMissed = "confirmation_missed", "confirmation missed";
        /// Something went wrong with it.
        Incident = "incident", "incident";
    }
}

/// One way in which a release failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Which release.
    pub release: ReleaseId,
    /// How.
    pub kind: FailureKind,
    /// When.
    pub at: Timestamp,
}

/// Every way in which a release failed, as its own history tells it.
pub fn failures_of(release: &Release) -> Vec<Failure> {
    let Some(id) = &release.id else { return Vec::new() };
    let failure = |kind, at| Failure { release: id.clone(), kind, at };
    let rejected = release.rejected_at.map(|at| failure(FailureKind::Rejected, at));
    let back = release.urgent.rolled_back.values();
    let back = back.map(|(at, _)| failure(FailureKind::RolledBack, *at));
    let stopped = release.urgent.interruptions.iter();
    let stopped = stopped.filter(|one| matches!(one.which, Reviewed::Suspension(_)));
    let stopped = stopped.map(|one| failure(FailureKind::Suspended, one.at));
    let missed = release.deployments.values().filter(|deployed| deployed.missed);
    let missed = missed
        .map(|deployed| failure(FailureKind::ConfirmationMissed, deployed.deployment.confirm_by));
    rejected.into_iter().chain(back).chain(stopped).chain(missed).collect()
}

/// The failure an incident is about, when it names a release.
pub fn incident_failure(incident: &Incident) -> Option<Failure> {
    let (at, _) = incident.opened.as_ref()?;
    let release = incident.links.release.clone()?;
    Some(Failure { release, kind: FailureKind::Incident, at: *at })
}
