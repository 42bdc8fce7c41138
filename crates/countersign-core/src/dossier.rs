//! The dossier: all that an approval relies on, and its one digest.
//!
//! Approvals bind to the digest. Whatever is in here lapses them when it changes; whatever is not
//! in here (approvals, openings, deliveries) does not.

use crate::change_request::{AskedChange, ChangeRequest};
use crate::digest::Sha256;
use crate::exception::{AskedException, Exception};
use crate::name::{EvidenceId, ItemName, PersonId, RoleName, StepName};
use crate::plan::GatePlan;
use crate::proposal::Proposal;
use crate::release::urgent::rollback::Drill;
use crate::release::{Artifact, Evidence, ItemAnswer, Release, Request, StepResult};
use crate::text::Text;
use serde::Serialize;
use std::collections::BTreeMap;

/// The canonical content: field order is fixed, maps are sorted.
#[derive(Serialize)]
struct Dossier<'r> {
    format: &'static str,
    release: Option<&'r str>,
    request: Option<&'r Request>,
    artifacts: Vec<&'r Artifact>,
    plan: Option<&'r GatePlan>,
    prerequisites: Vec<u32>,
    answers: BTreeMap<&'r ItemName, &'r ItemAnswer>,
    evidence: BTreeMap<&'r EvidenceId, &'r Evidence>,
    closed_findings: Vec<(&'r EvidenceId, &'r str, &'r Text)>,
    steps: BTreeMap<&'r StepName, &'r StepResult>,
    concerns: BTreeMap<u32, (&'r StepName, &'r Text, Option<&'r Text>)>,
    /// What the facts proposed instead of the change type, and why it was overridden.
    #[serde(skip_serializing_if = "Option::is_none")]
    overridden: Option<(&'r Proposal, &'r Text)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    drills: Vec<&'r Drill>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    exceptions: BTreeMap<u32, Relied<'r>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    change_requests: BTreeMap<u32, Discussed<'r>>,
}

/// An exception that is relied on: what is waived, and who accepted the risk in which role.
#[derive(Serialize)]
struct Relied<'r> {
    exception: &'r Exception,
    accepted: BTreeMap<&'r RoleName, (&'r PersonId, &'r Text)>,
}

/// A change request and what was said about it, in order.
#[derive(Serialize)]
struct Discussed<'r> {
    request: &'r ChangeRequest,
    said: Vec<(&'r PersonId, &'r Text)>,
}

/// The canonical bytes: UTF-8 JSON without white space, fields in a fixed order, maps sorted by
/// key, numbers of measurements as decimal strings.
pub fn bytes(release: &Release) -> Vec<u8> {
    let after_decision = |step: &StepName| {
        let planned = release.plan.as_ref().and_then(|plan| plan.step(step));
        planned.is_some_and(|planned| planned.after_decision)
    };
    let mut artifacts: Vec<&Artifact> = release.artifacts.iter().collect();
    artifacts.sort_by_key(|artifact| (&artifact.name, artifact.digest));
    let findings = release.closed_findings.iter();
    let steps = release.steps.iter().filter(|(name, _)| !after_decision(name));
    // A drill held after the decision changes nothing of what was decided on.
    let drills = release.urgent.drills.iter().filter(|held| !held.after_decision);
    let drills = drills.map(|held| &held.drill);
    let dossier = Dossier {
        format: "countersign-dossier-1",
        release: release.id.as_ref().map(|id| id.as_str()),
        request: release.request.as_ref(),
        artifacts,
        overridden: release.overridden.as_ref().map(|one| (&one.proposal, &one.reason)),
        plan: release.plan.as_ref(),
        prerequisites: release.prerequisites.keys().copied().collect(),
        answers: release.answers.iter().map(|(item, answered)| (item, &answered.answer)).collect(),
        evidence: release.judged_evidence().map(|(id, one)| (id, &one.evidence)).collect(),
        closed_findings: findings.map(|((id, finding), why)| (id, finding.as_str(), why)).collect(),
        steps: steps.map(|(name, completed)| (name, &completed.result)).collect(),
        concerns: release
            .concerns
            .iter()
            .map(|(number, one)| (*number, (&one.step, &one.text, one.resolved.as_ref())))
            .collect(),
        drills: drills.collect(),
        exceptions: relied_on(release),
        change_requests: discussed(release),
    };
    serde_json::to_vec(&dossier).unwrap_or_default()
}

fn relied_on(release: &Release) -> BTreeMap<u32, Relied<'_>> {
    let decided_at = release.decided_at;
    let relied = release.exceptions.iter().filter(|(_, one)| one.is_relied_on(decided_at));
    relied.map(|(number, asked)| (*number, Relied::of(asked))).collect()
}

impl<'r> Relied<'r> {
    fn of(asked: &'r AskedException) -> Self {
        let accepted = asked.accepted.iter().map(|(role, one)| (role, (&one.by, &one.statement)));
        Self { exception: &asked.exception, accepted: accepted.collect() }
    }
}

fn discussed(release: &Release) -> BTreeMap<u32, Discussed<'_>> {
    let each = release.change_requests.iter();
    each.map(|(number, asked)| (*number, Discussed::of(asked))).collect()
}

impl<'r> Discussed<'r> {
    fn of(asked: &'r AskedChange) -> Self {
        let said = asked.said.iter().map(|word| (&word.by, &word.text)).collect();
        Self { request: &asked.request, said }
    }
}

/// The digest of the canonical bytes.
pub fn digest(release: &Release) -> Sha256 {
    Sha256::of(&bytes(release))
}
