//! Releases: one request to put one set of artifacts into one or more environments.
//!
//! The state here is only ever the fold of events ([`Release::evolve`]); every rule is in
//! [`decide`] and its parts, one file per kind of command.

mod aftermath;
mod approve;
mod attempt;
mod capacity;
mod changes;
mod condition;
mod deploy;
mod due;
mod evidence;
mod evolve;
mod exception;
mod fill;
mod kind;
mod prepare;
mod reachable;
mod request;
mod resolve;
mod retention;
mod schedule;
mod state;
mod step;
mod submit;

pub mod urgent;

pub mod command;
pub mod content;
pub mod event;

pub use approve::may_sign;
pub use attempt::attempt;
pub use command::{Command, Context};
pub use condition::due_commands;
pub use content::*;
pub use due::{Due, InvalidDue};
pub use event::ReleaseEvent;
pub use resolve::{Resolution, Said};
pub use retention::{Kept, Purge, Purged, PurgedFile, RetentionCommand, RetentionEvent};
pub use state::State;
pub use urgent::{Urgent, UrgentCommand, UrgentEvent};

use crate::actor::Who;
use crate::change_request::AskedChange;
use crate::classification::Classification;
use crate::condition::OpenCondition;
use crate::digest::Sha256;
use crate::exception::AskedException;
use crate::name::{EnvironmentName, EvidenceId, ItemName, PersonId, ReleaseId, StepName};
use crate::plan::GatePlan;
use crate::proposal::Proposal;
use crate::refusal::Refusal;
use crate::text::Text;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A release as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Release {
    /// Its identifier; `None` before it was requested.
    pub id: Option<ReleaseId>,
    /// What was asked for.
    pub request: Option<Request>,
    /// The lower change type that was chosen than the facts proposed, if one was.
    pub overridden: Option<Overridden>,
    /// When, and by whom.
    pub requested: Option<(Timestamp, Who)>,
    /// When and by whom it was submitted.
    pub submitted: Option<(Timestamp, Who)>,
    /// Where it stands.
    pub state: State,
    /// Its artifacts.
    pub artifacts: Vec<Artifact>,
    /// What it must satisfy; `None` while it is a draft.
    pub plan: Option<GatePlan>,
    /// Confirmed prerequisites, by number.
    pub prerequisites: BTreeMap<u32, (Timestamp, Who)>,
    /// Checklist answers.
    pub answers: BTreeMap<ItemName, Answered>,
    /// Evidence, withdrawn pieces included.
    pub evidence: BTreeMap<EvidenceId, Attached>,
    /// Who opened which evidence.
    pub opened: BTreeSet<(EvidenceId, PersonId)>,
    /// Findings closed by hand, by evidence and finding.
    pub closed_findings: BTreeMap<(EvidenceId, String), Text>,
    /// Completed steps.
    pub steps: BTreeMap<StepName, CompletedStep>,
    /// Webhook deliveries that failed for good, by step.
    pub failed_deliveries: BTreeMap<StepName, String>,
    /// Concerns, by number.
    pub concerns: BTreeMap<u32, Concern>,
    /// Approvals given, lapsed ones included.
    pub approvals: Vec<Given>,
    /// The decision.
    pub decision: Option<Decision>,
    /// When it was made.
    pub decided_at: Option<Timestamp>,
    /// When it was rejected.
    pub rejected_at: Option<Timestamp>,
    /// The rejection.
    pub rejection: Option<Rejection>,
    /// Conditions of the approval, by number.
    pub conditions: BTreeMap<u32, OpenCondition>,
    /// Exceptions asked for, by number.
    pub exceptions: BTreeMap<u32, AskedException>,
    /// Change requests of reviewers, by number.
    pub change_requests: BTreeMap<u32, AskedChange>,
    /// Deployments, by environment.
    pub deployments: BTreeMap<EnvironmentName, Deployed>,
    /// Digests another release took the place of, by environment.
    pub superseded: BTreeSet<(EnvironmentName, Sha256)>,
    /// Since when it is suspended.
    pub suspended: Option<Timestamp>,
    /// Emergencies, rollbacks, drills, retirement, and their reviews.
    pub urgent: Urgent,
    /// What the clocks of keeping need, and what was purged.
    pub kept: Kept,
    /// When its last event happened.
    pub updated_at: Option<Timestamp>,
    /// How many events there were.
    pub version: u64,
}

/// A lower change type than the facts proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// What the facts proposed.
    pub proposal: Proposal,
    /// Why another was chosen.
    pub reason: Text,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Who,
}

/// An answered checklist item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: ItemAnswer,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Who,
}

/// A piece of evidence on a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// What was attached.
    pub evidence: Evidence,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Who,
    /// True when it was withdrawn or replaced and no longer counts.
    pub withdrawn: bool,
    /// Why it was withdrawn; `None` while it counts, and when another piece took its place.
    pub withdrawn_because: Option<Text>,
}

/// A completed step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletedStep {
    /// Its result.
    pub result: StepResult,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Who,
}

/// A concern on a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// The step.
    pub step: StepName,
    /// What it is about.
    pub text: Text,
    /// Who raised it.
    pub by: Who,
    /// How it was resolved; `None` while it stands.
    pub resolved: Option<Text>,
}

/// An approval given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The approval.
    pub approval: Approval,
    /// When.
    pub at: Timestamp,
    /// True when content changed afterwards.
    pub lapsed: bool,
}

/// A deployment and its confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployed {
    /// The deployment.
    pub deployment: Deployment,
    /// The confirmation, when it came.
    pub confirmation: Option<(Timestamp, Statements)>,
    /// True when the missed confirmation was recorded.
    pub missed: bool,
}

impl Deployed {
    /// Whether the three statements came and all of them were a yes. A "no" confirms nothing
    ///
    pub fn is_confirmed(&self) -> bool {
        self.confirmation.as_ref().is_some_and(|(_, statements)| statements.all_well())
    }

    /// Whether a statement came and was a "no", so that somebody has to look.
    pub fn is_troubled(&self) -> bool {
        self.confirmation.as_ref().is_some_and(|(_, statements)| !statements.all_well())
    }
}

impl Release {
    /// The word of the state a person sees: a suspended release is `suspended`, even when another
    /// one took its place, because its digests must not come back that way.
    pub fn state_word(&self) -> &'static str {
        if self.suspended.is_some() {
            "suspended"
        } else if self.state == State::InReview && self.awaits_answer() {
            "changes_requested"
        } else {
            self.state.word()
        }
    }

    /// The evidence that counts.
    pub fn standing_evidence(&self) -> impl Iterator<Item = (&EvidenceId, &Attached)> {
        self.evidence.iter().filter(|(_, attached)| !attached.withdrawn)
    }

    /// The standing evidence attached to this.
    pub fn evidence_for<'a>(
        &'a self,
        target: &'a Target,
    ) -> impl Iterator<Item = (&'a EvidenceId, &'a Attached)> {
        self.standing_evidence().filter(move |(_, attached)| &attached.evidence.target == target)
    }

    /// Whether evidence was ever attached to this, what was withdrawn since included.
    pub fn had_evidence_for(&self, target: &Target) -> bool {
        self.evidence.values().any(|attached| &attached.evidence.target == target)
    }

    /// Whoever requested or submitted it.
    pub fn requesters(&self) -> BTreeSet<PersonId> {
        let both = [&self.requested, &self.submitted];
        both.into_iter().flatten().filter_map(|(_, who)| who.person()).cloned().collect()
    }

    /// Whoever attached evidence that counts.
    pub fn evidence_authors(&self) -> BTreeSet<PersonId> {
        self.standing_evidence().filter_map(|(_, attached)| attached.by.person()).cloned().collect()
    }

    /// What it is by its request, with the tier given.
    pub fn classification(&self, tier: crate::classification::RiskTier) -> Option<Classification> {
        self.request.as_ref().map(|request| request.classification(tier, &self.artifacts))
    }
}

/// Turns a command into events, or refuses with every reason. The one place where a command to a
/// release becomes events.
///
/// When the events change what approvals rely on, the approvals given so far lapse in the same
/// breath, and the event says what changed.
pub fn decide(
    release: &Release,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    // Looking, and taking a copy along, are noted of everybody who does so.
    let looks = matches!(
        command,
        Command::OpenEvidence { .. } | Command::Retention(RetentionCommand::Export)
    );
    if !looks {
        context.actor.may_change()?;
    }
    let mut events = dispatch(release, command, context)?;
    events.extend(urgent::taken_out(release, &events, context));
    let standing: Vec<PersonId> = release
        .approvals
        .iter()
        .filter(|given| !given.lapsed)
        .map(|given| given.approval.person.clone())
        .collect();
    if !standing.is_empty() && release.state == State::InReview {
        let mut after = release.clone();
        for event in &events {
            after.evolve(context.now, &context.actor.who, event);
        }
        let (old, new) = (crate::dossier::digest(release), crate::dossier::digest(&after));
        if old != new {
            let changed = events.first().map(ReleaseEvent::what_changed).unwrap_or_default();
            events.push(ReleaseEvent::ApprovalsLapsed { people: standing, old, new, changed });
        }
    }
    Ok(events)
}

/// The number the next of them gets. They are counted from 1 and none is ever taken away.
fn next_number<T>(counted: &BTreeMap<u32, T>) -> u32 {
    counted.last_key_value().map_or(1, |(last, _)| last.saturating_add(1))
}

fn dispatch(
    release: &Release,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    if release.state == State::Absent && !matches!(command, Command::Request { .. }) {
        return Err(Refusal::NotFound { what: "release", name: String::new() });
    }
    match command {
        Command::Request { id, request, artifacts } => {
            request::request(release, id, request, artifacts, context)
        }
        Command::Reschedule(schedule) => schedule::change(release, schedule, context),
        Command::OverrideChangeType { reason } => kind::override_later(release, reason, context),
        Command::AddArtifact(artifact) => request::add_artifact(release, artifact, context),
        Command::RemoveArtifact { name } => request::remove_artifact(release, name, context),
        Command::ConfirmPrerequisite { number } => prepare::confirm(release, number, context),
        Command::AnswerItem { item, answer } => prepare::answer(release, item, answer, context),
        Command::AttachEvidence(attach) => evidence::attach(release, *attach, context),
        Command::WithdrawEvidence { evidence, reason } => {
            evidence::withdraw(release, evidence, reason, context)
        }
        Command::OpenEvidence { evidence } => evidence::open(release, evidence, context),
        Command::CloseFinding { evidence, finding, reason } => {
            evidence::close_finding(release, evidence, finding, reason, context)
        }
        Command::Submit => submit::submit(release, context),
        Command::CompleteStep { step, done } => step::complete(release, step, done, context),
        Command::RaiseConcern { step, text } => step::raise_concern(release, step, text, context),
        Command::ResolveConcern { number, text } => {
            step::resolve_concern(release, number, text, context)
        }
        Command::Approve(approve) => {
            resolve::outside_sessions(release, &approve.role)?;
            approve::approve(release, approve, context)
        }
        Command::Resolve(resolution) => resolve::resolve(release, resolution, context),
        Command::Reject { role, reason, text } => {
            approve::reject(release, role, reason, text, context)
        }
        Command::Withdraw { reason } => aftermath::withdraw(release, reason, context),
        Command::RecordDeployment(deployment) => deploy::record(release, deployment, context),
        Command::ConfirmDeployment { environment, statements } => {
            deploy::confirm(release, environment, statements, context)
        }
        Command::RecordMissedConfirmation { environment } => {
            deploy::record_missed(release, environment, context)
        }
        Command::Condition(command) => condition::decide(release, command, context),
        Command::Exception(command) => exception::decide(release, command, context),
        Command::Changes(command) => changes::decide(release, command, context),
        Command::Suspend { reason } => aftermath::suspend(release, reason, context),
        Command::Resume { reason } => aftermath::resume(release, reason, context),
        Command::RecordDelivery { step, outcome } => {
            step::record_delivery(release, step, outcome, context)
        }
        Command::Urgent(command) => urgent::decide(release, command, context),
        Command::Retention(command) => retention::decide(release, command, context),
    }
}
