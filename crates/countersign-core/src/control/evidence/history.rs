//! The history of one release with the places of its events in the log, and the release as it was
//! at a moment of it.

use super::DeploymentLine;
use crate::digest::Sha256;
use crate::event::{Envelope, Event};
use crate::release::{Artifact, Release, ReleaseEvent};

/// An event and its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its position in the log, counted from 0.
    pub position: u64,
    /// The event.
    pub envelope: Envelope,
}

impl Placed {
    /// What happened, when it happened to a release.
    pub fn of_release(&self) -> Option<&ReleaseEvent> {
        match &self.envelope.event {
            Event::Release(event) => Some(event),
            Event::Model(_)
            | Event::Meeting(_)
            | Event::Incident(_)
            | Event::Risk(_)
            | Event::Sandbox(_)
            | Event::Register(_) => None,
        }
    }
}

/// Everything that happened to one release, and its fold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    events: Vec<Placed>,
    release: Release,
}

impl History {
    /// The history of a release from its events, oldest first.
    pub fn new(events: Vec<Placed>) -> Self {
        let mut release = Release::default();
        events.iter().for_each(|placed| fold(&mut release, placed));
        Self { events, release }
    }

    /// Its events, oldest first.
    pub fn events(&self) -> &[Placed] {
        &self.events
    }

    /// The release at the end of it.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// The artifacts with these digests.
    pub(super) fn artifacts(&self, digests: &[Sha256]) -> Vec<Artifact> {
        let of = self.release.artifacts.iter();
        of.filter(|artifact| digests.contains(&artifact.digest)).cloned().collect()
    }
}

/// A release as it was when it came into an environment.
pub(super) struct Moment<'h> {
    /// The release then: what was recorded later, or happened later, is not in it.
    pub release: Release,
    /// The events it is the fold of.
    pub before: Vec<&'h Placed>,
    /// Everything, for what was confirmed afterwards.
    pub history: &'h History,
    /// The deployment.
    pub line: &'h DeploymentLine,
}

impl<'h> Moment<'h> {
    pub fn of(history: &'h History, line: &'h DeploymentLine) -> Self {
        let earlier =
            |placed: &&Placed| placed.position < line.position && placed.envelope.at <= line.at;
        let before: Vec<&Placed> = history.events.iter().filter(earlier).collect();
        let mut release = Release::default();
        before.iter().for_each(|placed| fold(&mut release, placed));
        Self { release, before, history, line }
    }

    /// The positions of the events before the deployment that are like this.
    pub fn positions(&self, like: impl Fn(&ReleaseEvent) -> bool) -> Vec<u64> {
        let like = |placed: &&&Placed| placed.of_release().is_some_and(&like);
        self.before.iter().filter(like).map(|placed| placed.position).collect()
    }
}

fn fold(release: &mut Release, placed: &Placed) {
    if let Some(event) = placed.of_release() {
        release.evolve(placed.envelope.at, &placed.envelope.by, event);
    }
}
