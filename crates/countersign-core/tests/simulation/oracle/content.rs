//! What a release is made of, as the oracle reads it, and how that comes and goes.

use super::case::Case;
use super::talks::Talk;
use super::waivers::Seen;
use countersign_core::event::Envelope;
use countersign_core::name::{EvidenceId, ItemName, StepName};
use countersign_core::reading::Reading;
use countersign_core::release::urgent::rollback::Drill;
use countersign_core::release::{
    Artifact, Evidence, ItemAnswer, ReleaseEvent, StepResult, UrgentEvent,
};
use countersign_core::text::Text;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What an approver relies on. When one of these changes, signatures given before are void.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    pub parts: BTreeMap<String, Artifact>,
    pub prerequisites: BTreeSet<u32>,
    pub answers: BTreeMap<ItemName, ItemAnswer>,
    pub evidence: BTreeMap<EvidenceId, Evidence>,
    pub closed: BTreeMap<(EvidenceId, String), Text>,
    pub work: BTreeMap<StepName, StepResult>,
    pub concerns: BTreeMap<u32, (StepName, Text, Option<Text>)>,
    pub drills: Vec<Drill>,
    /// Exceptions that hold as far as the log says.
    pub waived: BTreeMap<u32, Seen>,
    pub talks: BTreeMap<u32, Talk>,
    /// From when and until when it may first be deployed.
    pub time: (Option<Timestamp>, Option<Timestamp>),
}

impl Content {
    /// A long file goes on.
    fn reads_on(&mut self, evidence: &EvidenceId, part: &Reading) {
        let file = self.evidence.get_mut(evidence);
        if let Some(whole) = file.and_then(|file| file.reading.as_mut()) {
            whole.measurements.extend(part.measurements.clone());
            whole.findings.extend(part.findings.clone());
            whole.checks.extend(part.checks.clone());
        }
    }
}

impl<'w> Case<'w> {
    /// Content as it comes and goes.
    pub fn changes(&mut self, envelope: &'w Envelope, event: &'w ReleaseEvent) {
        let content = &mut self.content;
        match event {
            ReleaseEvent::Requested { id, request, artifacts } => {
                self.id = Some(id.clone());
                self.model = Some(request.model.clone());
                self.change = Some(request.change);
                self.places.clone_from(&request.environments);
                self.request = Some(request);
                content.time = (request.schedule.not_before, request.schedule.not_after);
                self.askers.extend(envelope.by.person().cloned());
                content.parts =
                    artifacts.iter().map(|one| (one.name.clone(), one.clone())).collect();
            }
            ReleaseEvent::Rescheduled { schedule } => {
                content.time = (schedule.not_before, schedule.not_after);
            }
            ReleaseEvent::ArtifactAdded { artifact } => {
                content.parts.insert(artifact.name.clone(), artifact.clone());
            }
            ReleaseEvent::ArtifactRemoved { name } => {
                content.parts.remove(name);
            }
            ReleaseEvent::PrerequisiteConfirmed { number } => {
                content.prerequisites.insert(*number);
            }
            ReleaseEvent::ItemAnswered { item, answer } => {
                content.answers.insert(item.clone(), answer.clone());
            }
            ReleaseEvent::EvidenceAttached { evidence } => {
                evidence.replaces.iter().for_each(|old| drop(content.evidence.remove(old)));
                content.evidence.insert(evidence.id.clone(), (**evidence).clone());
                self.authors.insert(evidence.id.clone(), envelope.by.clone());
                self.tested.insert(evidence.target.clone());
            }
            ReleaseEvent::ReadingContinued { evidence, part } => content.reads_on(evidence, part),
            ReleaseEvent::EvidenceWithdrawn { evidence, .. } => {
                content.evidence.remove(evidence);
            }
            ReleaseEvent::FindingClosed { evidence, finding, reason } => {
                content.closed.insert((evidence.clone(), finding.clone()), *reason);
            }
            ReleaseEvent::StepCompleted { step, result } => {
                let late = self.demands.as_ref().is_none_or(|it| it.is_late(step));
                if !late {
                    content.work.insert(step.clone(), result.clone());
                }
            }
            ReleaseEvent::Urgent(UrgentEvent::DrillRecorded { drill })
                if self.decided.is_none() =>
            {
                content.drills.push(drill.clone());
            }
            ReleaseEvent::ConcernRaised { number, step, text } => {
                content.concerns.insert(*number, (step.clone(), *text, None));
            }
            ReleaseEvent::ConcernResolved { number, text } => {
                content.concerns.get_mut(number).iter_mut().for_each(|one| one.2 = Some(*text));
            }
            _ => {}
        }
    }
}
