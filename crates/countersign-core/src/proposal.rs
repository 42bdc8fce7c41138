//! Which kind of change a release is, by the facts: what of the model runs now, what the release
//! brings, and what its tier was.
//!
//! A proposal is no decision. Whoever asks for less than what is proposed says why, and that is
//! shown to everybody who approves; whoever asks for more says nothing. What history rules out is
//! refused elsewhere and cannot be overridden.

mod why;

pub use why::{Rule, Why};

use crate::classification::{ArtifactKind, ChangeType, Trait};
use crate::digest::Sha256;
use crate::model::{Model, Running, Slot};
use crate::name::EnvironmentName;
use crate::policy::ChangeSettings;
use crate::release::{Artifact, Request};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a release is made of, as far as a proposal looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Where it should run.
    pub environments: &'a BTreeSet<EnvironmentName>,
    /// The facts stated about it.
    pub traits: &'a BTreeSet<Trait>,
    /// What it brings.
    pub artifacts: &'a [Artifact],
}

impl<'a> Asked<'a> {
    /// What this request asks for, with these artifacts.
    pub fn of(request: &'a Request, artifacts: &'a [Artifact]) -> Self {
        Self { environments: &request.environments, traits: &request.traits, artifacts }
    }
}

/// A kind of change, and every reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// What kind of change the facts make it.
    pub change: ChangeType,
    /// Why, the weightiest first.
    pub reasons: Vec<Why>,
}

impl Proposal {
    /// Whether asking for this kind of change instead asks for less review.
    pub fn is_lowered_by(&self, given: ChangeType) -> bool {
        given != ChangeType::Retirement && depth(given) < depth(self.change)
    }
}

impl Proposal {
    /// What somebody can do who asked for less.
    pub(crate) fn next_step(&self) -> String {
        format!(
            "request the release as `{}`, or give a reason why less review is enough",
            self.change
        )
    }
}

impl fmt::Display for Proposal {
    /// Every reason for this kind of change; those for lesser ones are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weighty = self.reasons.iter().filter(|why| why.proposes() == self.change);
        let told: Vec<String> = weighty.map(ToString::to_string).collect();
        f.write_str(&told.join("; "))
    }
}

/// How much a kind of change is looked into. A retirement runs nothing and is never proposed.
fn depth(change: ChangeType) -> u8 {
    match change {
        ChangeType::Retirement => 0,
        ChangeType::ConfigurationChange => 1,
        ChangeType::MinorUpdate => 2,
        ChangeType::MajorUpdate => 3,
        ChangeType::NewModel | ChangeType::ThirdPartyActivation => 4,
    }
}

/// Proposes a kind of change.
pub fn propose(asked: &Asked<'_>, model: &Model, settings: &ChangeSettings) -> Proposal {
    let mut reasons = first_deployment(asked, model);
    if reasons.is_empty() {
        reasons.extend(differences(asked, model));
        reasons.extend(third_party_base(asked, model));
        reasons.extend(tier_changed(model));
        if reasons.iter().all(|why| depth(why.proposes()) < depth(ChangeType::MajorUpdate)) {
            reasons.extend(minor_run(model, settings));
        }
    }
    if reasons.is_empty() {
        reasons.push(Why::NothingDiffers {});
    }
    reasons.sort_by_key(|why| std::cmp::Reverse(depth(why.proposes())));
    let change = reasons.first().map_or(ChangeType::NewModel, Why::proposes);
    Proposal { change, reasons }
}

/// Where nothing of the model ran, or it was retired, everything begins anew.
fn first_deployment(asked: &Asked<'_>, model: &Model) -> Vec<Why> {
    let new = asked.environments.iter().filter(|place| !model.ran_in(place, None));
    let environments: BTreeSet<EnvironmentName> = new.cloned().collect();
    if environments.is_empty() && !asked.environments.is_empty() {
        return Vec::new();
    }
    let vendors = asked.artifacts.iter().filter(|one| one.kind == ArtifactKind::VendorModel);
    let mut reasons: Vec<Why> = vendors.map(|one| Why::changed(one, None)).collect();
    if reasons.is_empty() {
        reasons.push(Why::FirstDeployment { environments });
    }
    reasons
}

fn differences(asked: &Asked<'_>, model: &Model) -> Vec<Why> {
    let mut found = Vec::new();
    let running = asked.environments.iter().filter_map(|place| model.running.get(place));
    for slots in running {
        for artifact in asked.artifacts {
            let why = difference(artifact, slots);
            found.extend(why.filter(|why| !found.contains(why)));
        }
    }
    found
}

/// How an artifact differs from what runs; `None` when the same bytes run already.
fn difference(artifact: &Artifact, slots: &BTreeMap<Slot, Running>) -> Option<Why> {
    let mut of_kind = slots.iter().filter(|((kind, _), _)| *kind == artifact.kind);
    if of_kind.clone().any(|(_, running)| running.digest == artifact.digest) {
        return None;
    }
    // A checkpoint often has a name of its own: the only one of its kind is what it replaces.
    let same_name = slots.get(&(artifact.kind, artifact.name.clone()));
    let before = same_name.or_else(|| of_kind.next().map(|(_, running)| running));
    let before: Option<Sha256> = before.map(|running| running.digest);
    Some(Why::changed(artifact, before))
}

/// A third-party base that the release before did not have is another architecture.
fn third_party_base(asked: &Asked<'_>, model: &Model) -> Option<Why> {
    let has = |traits: &BTreeSet<Trait>| traits.contains(&Trait::ThirdPartyBase);
    let had = model.changes.last().is_some_and(|change| has(&change.traits));
    (has(asked.traits) && !had).then_some(Why::ThirdPartyBase {})
}

/// A changed risk classification makes any update a major one.
fn tier_changed(model: &Model) -> Option<Why> {
    let (from, to) = (model.deployed_tier?, model.tier()?);
    (from != to).then_some(Why::TierChanged { from, to })
}

/// Small changes add up: after so many of them somebody looks at the whole.
fn minor_run(model: &Model, settings: &ChangeSettings) -> Option<Why> {
    let run = model.changes.small_ones_in_a_row();
    if run.len() < settings.minor_at_most as usize {
        return None;
    }
    let releases = run.iter().map(|change| change.release.clone()).collect();
    Some(Why::MinorRun { at_most: settings.minor_at_most, releases })
}

#[cfg(test)]
mod tests;
