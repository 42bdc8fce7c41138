//! One release as the oracle reads it: its content, its signatures, and what became of it.

use super::content::Content;
use super::demands::Demands;
use super::promises::Kept;
use super::talks;
use super::waivers::{self, Waiver};
use super::{Facts, Library, gate, seats};
use countersign_core::actor::Who;
use countersign_core::calendar::add_hours;
use countersign_core::classification::ChangeType;
use countersign_core::condition::ConditionEvent;
use countersign_core::digest::Sha256;
use countersign_core::event::Envelope;
use countersign_core::exception::Waived;
use countersign_core::name::{EnvironmentName, EvidenceId, ModelName, PersonId, ReleaseId};
use countersign_core::policy::Settings;
use countersign_core::release::UrgentEvent;
use countersign_core::release::{Answer, Promise, ReleaseEvent, Request, RetentionEvent, Target};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// How far a release got before any decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    #[default]
    Draft,
    Review,
    Rejected,
    Withdrawn,
}

/// Somebody's yes, and the rules it can count for.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Who signed, in whose place, and all their accounts.
    pub whole: BTreeSet<PersonId>,
    pub fits: Vec<usize>,
    pub promises: Vec<Promise>,
}

/// A deployment and whether it was confirmed.
#[derive(Debug, Clone)]
pub struct Deployed {
    pub confirm_by: Timestamp,
    pub confirmed: bool,
    pub missed: bool,
    pub digests: Vec<Sha256>,
}

/// Verbal authority, as the owner claims it.
#[derive(Debug)]
pub struct Spoken<'w> {
    pub at: Timestamp,
    pub digests: BTreeSet<Sha256>,
    pub places: BTreeSet<EnvironmentName>,
    pub confirm_by: Timestamp,
    pub settings: &'w Settings,
    /// What the person named said: yes, no, or nothing yet.
    pub answer: Option<bool>,
    /// When its papers are due, and whether it is on record that they did not come.
    pub papers: Option<(Timestamp, bool)>,
}

/// A release.
#[derive(Debug, Default)]
pub struct Case<'w> {
    pub id: Option<ReleaseId>,
    pub model: Option<ModelName>,
    pub change: Option<ChangeType>,
    pub request: Option<&'w Request>,
    pub places: BTreeSet<EnvironmentName>,
    pub askers: BTreeSet<PersonId>,
    pub content: Content,
    pub authors: BTreeMap<EvidenceId, Who>,
    /// Everything evidence was ever attached to.
    pub tested: BTreeSet<Target>,
    pub stage: Stage,
    pub demands: Option<Demands<'w>>,
    pub signatures: Vec<Signature>,
    pub decided: Option<Timestamp>,
    pub promises: Vec<Kept>,
    pub waivers: BTreeMap<u32, Waiver>,
    /// What did not hold by itself when it was decided.
    pub relies: BTreeSet<Waived>,
    pub deployed: BTreeMap<EnvironmentName, Deployed>,
    pub replaced: BTreeSet<(EnvironmentName, Sha256)>,
    pub suspended: bool,
    pub spoken: Option<Spoken<'w>>,
    pub rolled_back: BTreeSet<EnvironmentName>,
    pub retired: BTreeSet<EnvironmentName>,
    /// What the log says happened although nobody had a right to it.
    pub objections: Vec<String>,
}

impl<'w> Case<'w> {
    /// Whether it is about this digest in this environment.
    pub fn names(&self, digest: Sha256, place: &EnvironmentName) -> bool {
        // A suspension stops a digest everywhere.
        let carries = self.content.parts.values().any(|part| part.digest == digest);
        carries && (self.places.contains(place) || self.suspended)
    }

    /// Whether it was put there.
    pub fn ran(&self, digest: Sha256, place: &EnvironmentName) -> bool {
        self.deployed.get(place).is_some_and(|one| one.digests.contains(&digest))
    }

    /// Whether it was decided, or spoken for, and nothing took that back since; whether it lapsed
    /// does not matter.
    pub fn is_in_force(&self, digest: Sha256, place: &EnvironmentName) -> bool {
        let gone = self.suspended
            || self.left(place).is_some()
            || self.replaced.contains(&(place.clone(), digest));
        let open = matches!(self.stage, Stage::Draft | Stage::Review);
        let spoken = self.spoken.as_ref().is_some_and(|one| one.answer != Some(false));
        let retires = self.change == Some(ChangeType::Retirement);
        !gone && open && (self.decided.is_some() || spoken) && (!retires || self.decided.is_none())
    }

    /// The word of why it may run there no more.
    pub fn left(&self, place: &EnvironmentName) -> Option<&'static str> {
        let back = self.rolled_back.contains(place).then_some("rolled_back");
        self.retired.contains(place).then_some("retired").or(back)
    }

    /// Whoever owns its model, and whoever did when it was submitted.
    pub fn owners<'c>(&'c self, facts: &'c Facts) -> impl Iterator<Item = &'c PersonId> {
        let now = self.model.as_ref().and_then(|model| facts.owners.get(model));
        now.into_iter().chain(self.demands.as_ref().map(|demands| &demands.owner))
    }

    /// Whoever attached what stands.
    pub fn writers(&self) -> impl Iterator<Item = &PersonId> {
        let authors = self.content.evidence.keys().filter_map(|id| self.authors.get(id));
        authors.filter_map(|author| author.person())
    }

    /// Takes in what happened next.
    pub fn reads(
        &mut self,
        envelope: &'w Envelope,
        event: &'w ReleaseEvent,
        facts: &Facts,
        library: &Library<'w>,
    ) {
        let before = (!self.signatures.is_empty()).then(|| self.content.clone());
        self.changes(envelope, event);
        match event {
            ReleaseEvent::Exception(event) => {
                waivers::reads(self, envelope, event, (facts, library));
            }
            ReleaseEvent::Changes(event) => talks::reads(self, envelope, event, facts),
            ReleaseEvent::Retention(RetentionEvent::EvidencePurged { proposed_by, .. }) => {
                let purged = facts.ledger.purged(self, (proposed_by, envelope), facts);
                self.objections.extend(purged.err().map(|how| format!("purged {how}")));
            }
            _ => {}
        }
        if before.is_some_and(|before| before != self.content) && self.decided.is_none() {
            self.signatures.clear();
        }
        match event {
            ReleaseEvent::Submitted { .. } => {
                self.askers.extend(envelope.by.person().cloned());
                self.demands = Demands::of(self, envelope.at, facts, library);
                self.objections.extend(facts.ledger.relied_on(self, envelope.at).err());
                self.stage = Stage::Review;
            }
            ReleaseEvent::ApprovalGiven { approval } => {
                match seats::signature(self, envelope, approval, facts) {
                    Ok(signed) => self.signatures.push(signed),
                    Err(how) => self.objections.push(format!("{} signs {how}", approval.person)),
                }
                self.completes(envelope.at);
            }
            ReleaseEvent::Rejected { .. } => self.stage = Stage::Rejected,
            ReleaseEvent::Withdrawn { .. } => self.stage = Stage::Withdrawn,
            ReleaseEvent::Approved { .. } if self.decided != Some(envelope.at) => {
                self.objections.push("approved before its time".into());
            }
            ReleaseEvent::Urgent(event) => self.hastens(envelope.at, event, facts, library),
            ReleaseEvent::Suspended { .. } => self.suspended = true,
            ReleaseEvent::Resumed { .. } => self.suspended = false,
            other => self.goes_on(other),
        }
    }

    /// What comes after a decision: deployments, statements, promises.
    fn goes_on(&mut self, event: &ReleaseEvent) {
        match event {
            ReleaseEvent::Deployed { deployment } => {
                let plan = self.demands.as_ref().map(|it| it.settings);
                let settings = plan.or(self.spoken.as_ref().map(|it| it.settings));
                let hours = settings.map_or(0, |it| it.confirm_within_hours);
                let confirm_by = add_hours(deployment.at, hours);
                let digests = deployment.digests.clone();
                let deployed = Deployed { confirm_by, confirmed: false, missed: false, digests };
                self.deployed.insert(deployment.environment.clone(), deployed);
            }
            ReleaseEvent::DeploymentConfirmed { environment, statements } => {
                let all = [
                    statements.within_parameters,
                    statements.monitoring_active,
                    statements.no_issues,
                ];
                if let Some(deployed) = self.deployed.get_mut(environment) {
                    deployed.confirmed = all.iter().all(|one| *one == Answer::Yes);
                }
            }
            ReleaseEvent::ConfirmationMissed { environment, .. } => {
                self.deployed.get_mut(environment).iter_mut().for_each(|one| one.missed = true);
            }
            ReleaseEvent::ConditionClosed { number, .. } => {
                let at = (*number as usize).wrapping_sub(1);
                self.promises.get_mut(at).iter_mut().for_each(|one| one.closed = true);
            }
            ReleaseEvent::Condition(ConditionEvent::Lapsed { number, .. }) => {
                let at = (*number as usize).wrapping_sub(1);
                let late = self.promises.get_mut(at);
                late.into_iter().for_each(|one| one.bites_after = Timestamp::UNIX_EPOCH);
            }
            _ => {}
        }
    }

    /// What happens beside the routine.
    fn hastens(
        &mut self,
        at: Timestamp,
        event: &UrgentEvent,
        facts: &Facts,
        library: &Library<'w>,
    ) {
        match event {
            UrgentEvent::Reviewed { review, sitting: Some(sitting) } => {
                let room = facts.rooms.get(&sitting.meeting).zip(self.id.as_ref());
                if !room.is_some_and(|(room, id)| room.found(sitting, (id, review), at)) {
                    self.objections.push(format!("{:?} was not found in a session", review.of));
                }
            }
            UrgentEvent::EmergencyClaimed { .. } => self.spoken = self.speaks(at, facts, library),
            UrgentEvent::AuthorityConfirmed {} => {
                self.spoken.iter_mut().for_each(|one| one.answer = Some(true));
            }
            UrgentEvent::AuthorityDenied { .. } => {
                self.spoken.iter_mut().for_each(|one| one.answer = Some(false));
            }
            UrgentEvent::AuthorityLapsed { .. } => {
                let spoken = self.spoken.iter_mut();
                spoken.for_each(|one| one.confirm_by = Timestamp::UNIX_EPOCH);
            }
            UrgentEvent::PapersAwaited { due, .. } => {
                self.spoken.iter_mut().for_each(|one| one.papers = Some((*due, false)));
            }
            UrgentEvent::PapersOverdue { .. } => {
                let papers = self.spoken.iter_mut().filter_map(|one| one.papers.as_mut());
                papers.for_each(|papers| papers.1 = true);
            }
            UrgentEvent::RolledBack { rollback } => {
                self.rolled_back.insert(rollback.environment.clone());
            }
            UrgentEvent::Retired { environments, .. } => {
                self.retired.extend(environments.iter().cloned());
            }
            _ => {}
        }
    }

    /// What the policy says beside its demands: the one the release is judged by, or the one that
    /// is followed on that day.
    pub fn settings(
        &self,
        at: Timestamp,
        facts: &Facts,
        library: &Library<'w>,
    ) -> Option<&'w Settings> {
        let followed = facts.followed(at);
        let mut texts = library.policies.iter();
        let in_force = texts.find(|(known, _)| Some(known) == followed);
        let planned = self.demands.as_ref().map(|it| it.settings);
        planned.or(in_force.map(|(_, policy)| &policy.settings))
    }

    /// It covers what the release is made of at that moment, and nothing that comes later.
    fn speaks(&self, at: Timestamp, facts: &Facts, library: &Library<'w>) -> Option<Spoken<'w>> {
        let settings = self.settings(at, facts, library)?;
        Some(Spoken {
            at,
            digests: self.content.parts.values().map(|part| part.digest).collect(),
            places: self.places.clone(),
            confirm_by: add_hours(at, settings.emergency.as_ref()?.confirm_within_hours),
            settings,
            answer: None,
            papers: None,
        })
    }

    /// Decided, once every seat is taken by somebody else and nothing is open.
    fn completes(&mut self, at: Timestamp) {
        let Some(demands) = &self.demands else { return };
        let open = self.stage == Stage::Review && gate::is_open(self, demands, at);
        if self.decided.is_none() && open && seats::all_taken(demands, &self.signatures) {
            self.decided = Some(at);
            self.relies = gate::open_ends(self, demands, at);
            let promises = self.signatures.iter().flat_map(|one| one.promises.clone());
            let counted = (&demands.calendar, demands.settings);
            self.promises = promises.map(|promise| Kept::new(&promise, at, counted)).collect();
        }
    }
}
