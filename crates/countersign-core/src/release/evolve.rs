//! The fold: events into state. It never refuses and never panics; history is not up for
//! discussion.

use super::urgent::review::Reviewed;
use super::*;
use crate::change_request::ChangesEvent;
use crate::condition::ConditionEvent;
use crate::exception::{Course, ExceptionEvent};
use crate::release::event::ReleaseEvent as E;
use crate::schedule::Schedule;

impl Release {
    /// Folds one event.
    pub fn evolve(&mut self, at: Timestamp, by: &Who, event: &ReleaseEvent) {
        self.version += 1;
        self.updated_at = Some(at);
        self.apply(at, by, event);
        self.keep(at, event);
    }

    fn apply(&mut self, at: Timestamp, by: &Who, event: &ReleaseEvent) {
        match event {
            E::Requested { id, request, artifacts } => {
                self.requested_by(id, request, (at, by));
                self.artifacts = artifacts.clone();
            }
            E::Rescheduled { schedule } => self.reschedule(*schedule),
            E::ChangeTypeOverridden { proposal, reason } => {
                self.overrode(proposal, *reason, (at, by));
            }
            E::ArtifactAdded { artifact } => self.artifacts.push(artifact.clone()),
            E::ArtifactRemoved { name } => self.artifacts.retain(|one| &one.name != name),
            E::PrerequisiteConfirmed { number } => self.confirm_prerequisite(*number, (at, by)),
            E::ItemAnswered { item, answer } => {
                let answered = Answered { answer: answer.clone(), at, by: by.clone() };
                self.answers.insert(item.clone(), answered);
            }
            E::EvidenceAttached { evidence } => self.attach(evidence, at, by),
            E::ReadingContinued { evidence, part } => self.read_on(evidence, part),
            E::EvidenceWithdrawn { evidence, reason } => self.take_back(evidence, Some(*reason)),
            E::EvidenceOpened { evidence } => {
                self.opened.extend(by.person().map(|person| (evidence.clone(), person.clone())));
            }
            E::FindingClosed { evidence, finding, reason } => {
                self.closed_findings.insert((evidence.clone(), finding.clone()), *reason);
            }
            E::Submitted { plan, .. } => self.submit(plan, at, by),
            E::StepCompleted { step, result } => self.complete(step, result, (at, by)),
            E::DeliveryFailed { step, error } => {
                self.failed_deliveries.insert(step.clone(), error.clone());
            }
            E::ConcernRaised { number, step, text } => {
                let (step, by) = (step.clone(), by.clone());
                self.concerns.insert(*number, Concern { step, text: *text, by, resolved: None });
            }
            E::ConcernResolved { number, text } => self.resolve(*number, *text),
            E::ApprovalGiven { approval } => {
                self.approvals.push(Given { approval: approval.clone(), at, lapsed: false });
            }
            E::ApprovalsLapsed { new, .. } => self.lapse_all_but(*new),
            E::Approved { decision } => self.decide_yes(decision, at),
            E::Rejected { rejection } => self.reject(rejection, at),
            E::Withdrawn { .. } => self.state = State::Withdrawn,
            E::Deployed { deployment } => self.deploy(deployment),
            E::DeploymentConfirmed { environment, statements } => {
                self.confirm(environment, statements, at);
            }
            E::ConfirmationMissed { environment, .. } => self.miss(environment),
            E::Condition(event) => self.on_condition(at, by, event),
            E::Exception(event) => self.on_exception(at, by, event),
            E::Changes(event) => self.on_changes(at, by, event),
            E::ConditionClosed { number, done } => self.close(*number, *done, at),
            E::Suspended { reason } => self.suspend((at, by), *reason),
            E::Resumed { reason } => self.resume((at, by), *reason),
            E::Superseded { environment, digests, .. } => self.supersede(environment, digests),
            E::Urgent(event) => self.beside(at, by, event),
            E::Retention(event) => self.on_retention(at, by.person(), event),
            E::AttemptRefused { .. } => {}
        }
    }

    fn overrode(&mut self, proposal: &Proposal, reason: Text, (at, by): (Timestamp, &Who)) {
        let (proposal, by) = (proposal.clone(), by.clone());
        self.overridden = Some(Overridden { proposal, reason, at, by });
    }

    fn reject(&mut self, rejection: &Rejection, at: Timestamp) {
        self.rejection = Some(rejection.clone());
        self.rejected_at = Some(at);
        self.state = State::Rejected;
    }

    fn requested_by(&mut self, id: &ReleaseId, request: &Request, (at, by): (Timestamp, &Who)) {
        self.id = Some(id.clone());
        self.request = Some(request.clone());
        self.requested = Some((at, by.clone()));
        self.state = State::Draft;
    }

    fn reschedule(&mut self, schedule: Schedule) {
        self.request.iter_mut().for_each(|request| request.schedule = schedule);
    }

    fn confirm_prerequisite(&mut self, number: u32, (at, by): (Timestamp, &Who)) {
        self.prerequisites.insert(number, (at, by.clone()));
    }

    fn attach(&mut self, evidence: &Evidence, at: Timestamp, by: &Who) {
        if let Some(old) = &evidence.replaces {
            self.take_back(old, None);
        }
        let (evidence, by) = (evidence.clone(), by.clone());
        let attached = Attached { evidence, at, by, withdrawn: false, withdrawn_because: None };
        self.evidence.insert(attached.evidence.id.clone(), attached);
    }

    fn take_back(&mut self, evidence: &EvidenceId, because: Option<Text>) {
        if let Some(attached) = self.evidence.get_mut(evidence) {
            attached.withdrawn = true;
            attached.withdrawn_because = because;
        }
    }

    fn read_on(&mut self, evidence: &EvidenceId, part: &crate::reading::Reading) {
        let attached = self.evidence.get_mut(evidence);
        if let Some(reading) = attached.and_then(|one| one.evidence.reading.as_mut()) {
            reading.measurements.extend(part.measurements.iter().cloned());
            reading.findings.extend(part.findings.iter().cloned());
            reading.checks.extend(part.checks.iter().cloned());
            reading.facts.extend(part.facts.iter().cloned());
            reading.warnings.extend(part.warnings.iter().cloned());
        }
    }

    fn submit(&mut self, plan: &GatePlan, at: Timestamp, by: &Who) {
        self.plan = Some(plan.clone());
        self.submitted = Some((at, by.clone()));
        self.state = State::InReview;
    }

    fn complete(&mut self, step: &StepName, result: &StepResult, (at, by): (Timestamp, &Who)) {
        self.failed_deliveries.remove(step);
        let completed = CompletedStep { result: result.clone(), at, by: by.clone() };
        self.steps.insert(step.clone(), completed);
    }

    fn resolve(&mut self, number: u32, text: Text) {
        if let Some(concern) = self.concerns.get_mut(&number) {
            concern.resolved = Some(text);
        }
    }

    fn lapse_all_but(&mut self, dossier: Sha256) {
        for given in &mut self.approvals {
            given.lapsed |= given.approval.dossier != dossier;
        }
    }

    fn decide_yes(&mut self, decision: &Decision, at: Timestamp) {
        let standing = self.approvals.iter().filter(|given| !given.lapsed);
        let counted = self.plan.as_ref().map(|plan| (&plan.calendar, &plan.settings.conditions));
        let open = standing.flat_map(|given| {
            let promises = given.approval.conditions.iter().cloned();
            promises.map(|one| OpenCondition::new(one, given.approval.role.clone(), at, counted))
        });
        self.conditions = (1u32..).zip(open).collect();
        for asked in self.exceptions.values_mut() {
            asked.decided_on = asked.course == Course::Granted;
        }
        self.decision = Some(decision.clone());
        self.decided_at = Some(at);
        self.urgent.decided = true;
        self.state = self.standing_state();
    }

    fn suspend(&mut self, (at, by): (Timestamp, &Who), reason: Text) {
        self.suspended = Some(at);
        self.urgent.interrupted((at, by), reason, Reviewed::Suspension);
    }

    fn resume(&mut self, (at, by): (Timestamp, &Who), reason: Text) {
        self.suspended = None;
        self.urgent.interrupted((at, by), reason, Reviewed::Resumption);
    }

    /// What happened beside the routine, with what it does to the state.
    fn beside(&mut self, at: Timestamp, by: &Who, event: &UrgentEvent) {
        self.urgent.evolve(at, by, event);
        if let UrgentEvent::Reinstated { environment, digests, .. } = event {
            let back = |(place, digest): &(EnvironmentName, Sha256)| {
                place == environment && digests.contains(digest)
            };
            self.superseded.retain(|one| !back(one));
            self.state = self.standing_state();
        }
        self.leave();
    }

    /// An approved release that may run nowhere any more has come to its end. One that runs on
    /// verbal authority has not: its papers are still to come.
    fn leave(&mut self) {
        if self.state.is_allowed() && self.nothing_left() {
            self.state = self.standing_state();
        }
    }

    /// Where an approved release stands, by what became of it in its environments.
    fn standing_state(&self) -> State {
        if self.nothing_left() {
            return if !self.urgent.retired.is_empty() {
                State::Retired
            } else if !self.urgent.rolled_back.is_empty() {
                State::RolledBack
            } else {
                State::Superseded
            };
        }
        let here = |(place, _): &(&EnvironmentName, &Deployed)| self.urgent.left(place).is_none();
        let mut running = self.deployments.iter().filter(here).peekable();
        if running.peek().is_none() {
            State::Approved
        } else if running.all(|(_, deployed)| deployed.is_confirmed()) {
            State::Confirmed
        } else {
            State::Deployed
        }
    }

    fn deploy(&mut self, deployment: &Deployment) {
        let deployed =
            Deployed { deployment: deployment.clone(), confirmation: None, missed: false };
        self.deployments.insert(deployment.environment.clone(), deployed);
        if self.state.is_allowed() {
            self.state = State::Deployed;
        }
    }

    fn confirm(&mut self, place: &EnvironmentName, statements: &Statements, at: Timestamp) {
        if let Some(deployed) = self.deployments.get_mut(place) {
            deployed.confirmation = Some((at, statements.clone()));
        }
        if self.state == State::Deployed {
            self.state = self.standing_state();
        }
    }

    fn miss(&mut self, place: &EnvironmentName) {
        if let Some(deployed) = self.deployments.get_mut(place) {
            deployed.missed = true;
        }
    }

    fn close(&mut self, number: u32, done: Text, at: Timestamp) {
        if let Some(open) = self.conditions.get_mut(&number) {
            open.closed = Some((at, done));
        }
    }

    fn on_condition(&mut self, at: Timestamp, by: &Who, event: &ConditionEvent) {
        if let Some(open) = self.conditions.get_mut(&event.number()) {
            open.evolve(at, by.person(), event);
        }
    }

    fn on_exception(&mut self, at: Timestamp, by: &Who, event: &ExceptionEvent) {
        if let ExceptionEvent::Requested { number, exception, accepted_by } = event
            && let Some(by) = by.person()
        {
            let asked = AskedException::new((exception, accepted_by), by.clone(), at);
            self.exceptions.insert(*number, asked);
        }
        if let Some(asked) = self.exceptions.get_mut(&event.number()) {
            asked.evolve(at, by.person(), event);
        }
    }

    fn on_changes(&mut self, at: Timestamp, by: &Who, event: &ChangesEvent) {
        if let (ChangesEvent::Requested { number, request }, Some(by)) = (event, by.person()) {
            let asked = AskedChange::new(request.clone(), by.clone(), at);
            self.change_requests.insert(*number, asked);
        }
        if let Some(asked) = self.change_requests.get_mut(&event.number()) {
            asked.evolve(at, by.person(), event);
        }
    }

    fn supersede(&mut self, place: &EnvironmentName, digests: &[Sha256]) {
        self.superseded.extend(digests.iter().map(|digest| (place.clone(), *digest)));
        self.leave();
    }

    /// Whether every artifact was replaced or taken out in every environment it was asked for.
    fn nothing_left(&self) -> bool {
        let environments = self.request.iter().flat_map(|request| &request.environments);
        let mut places = environments
            .filter(|place| self.urgent.left(place).is_none())
            .flat_map(|place| self.artifacts.iter().map(move |one| (place.clone(), one.digest)));
        places.all(|place| self.superseded.contains(&place))
    }
}
