//! Commands to a release, and everything outside its stream that a decision may depend on.

mod delivery;

pub use delivery::DeliveryOutcome;

use super::content::*;
use super::retention::RetentionCommand;
use super::urgent::UrgentCommand;
use crate::actor::Actor;
use crate::change_request::ChangesCommand;
use crate::classification::ChangeType;
use crate::condition::ConditionCommand;
use crate::digest::Sha256;
use crate::exception::ExceptionCommand;
use crate::field::Answers;
use crate::model::Model;
use crate::name::{EnvironmentName, EvidenceId, ItemName, PersonId, ReleaseId, RoleName, StepName};
use crate::plan::{Basis, GatePlan};
use crate::policy::{Policy, PolicyRef};
use crate::reading::Reading;
use crate::refusal::Refusal;
use crate::register::{Register, administrator};
use crate::rows::StandingRow;
use crate::runbook::{Runbook, RunbookRef};
use crate::schedule::Schedule;
use crate::text::Text;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A request to change something about a release.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum Command {
    /// Ask for a release. The identifier is drawn by the caller.
    Request { id: ReleaseId, request: Box<Request>, artifacts: Vec<Artifact> },
    /// Change the time in which it may first be deployed.
    Reschedule(Schedule),
    /// Keep a lower change type than the facts propose by now, and say why.
    OverrideChangeType { reason: Text },
    /// Add an artifact.
    AddArtifact(Artifact),
    /// Take an artifact out.
    RemoveArtifact { name: String },
    /// Confirm a prerequisite of the runbook, counted from 1.
    ConfirmPrerequisite { number: u32 },
    /// Answer a checklist item.
    AnswerItem { item: ItemName, answer: GivenAnswer },
    /// Attach evidence.
    AttachEvidence(Box<Attach>),
    /// Take evidence back.
    WithdrawEvidence { evidence: EvidenceId, reason: Text },
    /// Note that the actor opened evidence.
    OpenEvidence { evidence: EvidenceId },
    /// Close a finding by hand.
    CloseFinding { evidence: EvidenceId, finding: String, reason: Text },
    /// Submit for review.
    Submit,
    /// Complete a step.
    CompleteStep { step: StepName, done: StepDone },
    /// Raise a concern on a step.
    RaiseConcern { step: StepName, text: Text },
    /// Resolve a concern.
    ResolveConcern { number: u32, text: Text },
    /// Approve.
    Approve(Approve),
    /// Reject.
    Reject { role: RoleName, reason: RejectionReason, text: Text },
    /// What a session of the committee decided. Only a session orders this (`meeting::orders`).
    Resolve(super::Resolution),
    /// Take the release back.
    Withdraw { reason: Text },
    /// Record a deployment.
    RecordDeployment(NewDeployment),
    /// Make the three statements about a deployment.
    ConfirmDeployment { environment: EnvironmentName, statements: Statements },
    /// Record that the statements did not come in time; Countersign's own clock does this.
    RecordMissedConfirmation { environment: EnvironmentName },
    /// Report, close or send back a condition.
    Condition(ConditionCommand),
    /// Ask for an exception, or decide about one.
    Exception(ExceptionCommand),
    /// Ask for changes, answer, or settle them.
    Changes(ChangesCommand),
    /// Suspend the release.
    Suspend { reason: Text },
    /// Let it run again.
    Resume { reason: Text },
    /// Record how a webhook went; Countersign's own deliveries do this.
    RecordDelivery { step: StepName, outcome: DeliveryOutcome },
    /// Do something beside the routine: emergencies, rollbacks, drills, reviews afterwards.
    Urgent(UrgentCommand),
    /// End the keeping of something, or take a copy of everything.
    Retention(RetentionCommand),
}

impl Command {
    /// What the command does, as a refusal says it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Request { .. } => "request a release",
            Self::Reschedule(_) => "change the time of the deployment",
            Self::OverrideChangeType { .. } => "override the proposed change type",
            Self::AddArtifact(_) => "add an artifact",
            Self::RemoveArtifact { .. } => "take an artifact out",
            Self::ConfirmPrerequisite { .. } => "confirm a prerequisite",
            Self::AnswerItem { .. } => "answer a checklist item",
            Self::AttachEvidence(_) => "attach evidence",
            Self::WithdrawEvidence { .. } => "withdraw evidence",
            Self::OpenEvidence { .. } => "open evidence",
            Self::CloseFinding { .. } => "close a finding",
            Self::Submit => "submit the release",
            Self::CompleteStep { .. } => "complete a step",
            Self::RaiseConcern { .. } => "raise a concern",
            Self::ResolveConcern { .. } => "resolve a concern",
            Self::Approve(_) => "approve the release",
            Self::Reject { .. } => "reject the release",
            Self::Resolve(_) => "decide about the release in a session",
            Self::Withdraw { .. } => "withdraw the release",
            Self::RecordDeployment(_) => "record a deployment",
            Self::ConfirmDeployment { .. } => "confirm a deployment",
            Self::RecordMissedConfirmation { .. } => "record a missed confirmation",
            Self::Condition(command) => command.action(),
            Self::Exception(command) => command.action(),
            Self::Changes(command) => command.action(),
            Self::Suspend { .. } => "suspend the release",
            Self::Resume { .. } => "resume the release",
            Self::RecordDelivery { .. } => "record a delivery",
            Self::Urgent(command) => command.action(),
            Self::Retention(command) => command.action(),
        }
    }

    /// Which other releases it has to see, for a release asked for like this.
    pub fn looks_around(&self, request: &Request) -> LooksAround {
        match self {
            Self::Urgent(UrgentCommand::RollBack(new)) => LooksAround::AtTarget(new.to.clone()),
            Self::RecordDeployment(_) | Self::Urgent(UrgentCommand::ClaimEmergency(_)) => {
                LooksAround::AtDigests
            }
            Self::Approve(_) | Self::Resolve(_) if request.change == ChangeType::Retirement => {
                LooksAround::AtModel
            }
            Self::Request { .. }
            | Self::Reschedule(_)
            | Self::OverrideChangeType { .. }
            | Self::AddArtifact(_)
            | Self::RemoveArtifact { .. }
            | Self::ConfirmPrerequisite { .. }
            | Self::AnswerItem { .. }
            | Self::AttachEvidence(_)
            | Self::WithdrawEvidence { .. }
            | Self::OpenEvidence { .. }
            | Self::CloseFinding { .. }
            | Self::Submit
            | Self::CompleteStep { .. }
            | Self::RaiseConcern { .. }
            | Self::ResolveConcern { .. }
            | Self::Approve(_)
            | Self::Resolve(_)
            | Self::Reject { .. }
            | Self::Withdraw { .. }
            | Self::ConfirmDeployment { .. }
            | Self::RecordMissedConfirmation { .. }
            | Self::Condition(_)
            | Self::Exception(_)
            | Self::Changes(_)
            | Self::Suspend { .. }
            | Self::Resume { .. }
            | Self::RecordDelivery { .. }
            | Self::Urgent(_)
            | Self::Retention(_) => LooksAround::AtNothing,
        }
    }

    /// Whether the command decides about the release, so that a refused attempt is logged (I-01).
    pub fn is_decision(&self) -> bool {
        matches!(
            self,
            Self::Approve(_)
                | Self::Reject { .. }
                | Self::Resolve(_)
                | Self::Suspend { .. }
                | Self::Resume { .. }
                | Self::CloseFinding { .. }
        ) || matches!(self, Self::Urgent(command) if command.is_decision())
            || matches!(self, Self::Condition(command) if command.is_decision())
            || matches!(self, Self::Exception(command) if command.is_decision())
            || matches!(self, Self::Changes(command) if command.is_decision())
            || matches!(self, Self::Retention(command) if command.is_decision())
    }
}

/// An answer to a checklist item, as given: plain words, and the digests of those that are text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenAnswer {
    /// It is done.
    Confirmed(GivenFields),
    /// It does not apply.
    NotApplicable {
        /// Why.
        reason: Text,
    },
}

/// Answers to questions as a person gave them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GivenFields {
    /// Every answer in plain words.
    pub answers: Answers,
    /// The digest of every answer, by question; used for those that turn out to be free text.
    pub texts: BTreeMap<String, Text>,
}

/// Evidence to attach. The bytes are stored already, under `sha256`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attach {
    /// The digest of the bytes.
    pub sha256: Sha256,
    /// Their number.
    pub size: u64,
    /// The file's name.
    pub name: String,
    /// What it is attached to.
    pub target: Target,
    /// Which parts of a packet it covers.
    pub parts: BTreeSet<String>,
    /// Whether customer examples in it are redacted.
    pub redacted: bool,
    /// The evidence it replaces.
    pub replaces: Option<EvidenceId>,
    /// What a reader found.
    pub reading: Option<Reading>,
}

/// How a step was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepDone {
    /// It was done.
    Manual {
        /// What was done.
        statement: Text,
    },
    /// Its files are attached.
    Files,
    /// Its questions are answered.
    Form(GivenFields),
}

/// An approval to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approve {
    /// In which role.
    pub role: RoleName,
    /// The dossier the approver looked at.
    pub dossier: Sha256,
    /// Promises the approval depends on.
    pub conditions: Vec<Promise>,
    /// What the approver wrote.
    pub comment: Option<Text>,
}

/// A deployment to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeployment {
    /// Where.
    pub environment: EnvironmentName,
    /// When; `None` means now.
    pub at: Option<Timestamp>,
    /// The change ticket.
    pub change_reference: Option<String>,
}

/// Everything outside the release's stream that a decision may depend on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The moment of the decision.
    pub now: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// The model.
    pub model: &'a Model,
    /// The policy in force; `None` when none is.
    pub policy: Option<(&'a PolicyRef, &'a Policy)>,
    /// The runbook the release names.
    pub runbook: Option<(&'a RunbookRef, &'a Runbook)>,
    /// Roles, environments, calendar.
    pub register: &'a Register,
    /// The release this one resubmits.
    pub resubmitted: Option<&'a super::Release>,
    /// The risk register.
    pub risks: &'a [crate::risk::Risk],
    /// Other releases, as far as this command depends on them.
    pub around: Around<'a>,
}

/// Other releases that a decision may depend on. [`Command::looks_around`] says which.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// Where other releases stand on the digests of this one, and on those of the one a rollback
    /// goes back to, in whatever environment.
    pub standings: &'a [StandingRow],
    /// The release a rollback goes back to.
    pub target: Option<&'a super::Release>,
    /// Every other release of the model, for the decision about its retirement.
    pub siblings: &'a [&'a super::Release],
}

/// Which other releases a command has to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LooksAround {
    /// None.
    AtNothing,
    /// Those that name the same digests.
    AtDigests,
    /// Those that name the same digests, and this one to go back to.
    AtTarget(ReleaseId),
    /// All of the model.
    AtModel,
}

impl Context<'_> {
    /// Whether the actor owns the model.
    pub fn is_owner(&self) -> bool {
        self.model.owner().is_some_and(|owner| self.actor.is(owner))
    }

    /// Whether the actor may act in this role now, on this model.
    pub fn acts_as(&self, role: &RoleName) -> bool {
        if role.is_model_owner() { self.is_owner() } else { self.actor.holds(role) }
    }

    /// Everybody the actor is, as a person: all accounts of the human, and those he stands in for
    /// in these roles when he does not hold one himself.
    pub(crate) fn everybody<'r>(
        &self,
        roles: impl Iterator<Item = &'r RoleName> + Clone,
    ) -> BTreeSet<PersonId> {
        let holds = |role: &RoleName| {
            self.actor.roles.contains(role) || (role.is_model_owner() && self.is_owner())
        };
        let absent = roles.clone().filter(|_| !roles.clone().any(holds));
        let absent = absent.filter_map(|role| self.actor.lent.get(role)).flatten();
        let people = self.actor.who.person().into_iter().chain(absent);
        people.flat_map(|person| self.register.accounts_of(person)).collect()
    }

    /// Whether the actor takes part in releases: owns the model, or holds a role other than
    /// keeping the register.
    pub(crate) fn takes_part(&self) -> bool {
        let mut roles = self.actor.roles.iter().chain(self.actor.lent.keys());
        self.is_owner() || roles.any(|role| *role != administrator())
    }

    /// The owner of the model.
    pub fn owner(&self) -> Option<&PersonId> {
        self.model.owner()
    }

    /// The plan a release would get if it were submitted now.
    pub fn plan(&self, release: &super::Release) -> Result<GatePlan, Refusal> {
        super::submit::plan(release, self)
    }

    /// What a plan is made from.
    pub(crate) fn basis(&self) -> Option<Basis<'_>> {
        Some(Basis {
            policy: self.policy?,
            runbook: self.runbook,
            register: self.register,
            owner: self.owner()?,
            now: self.now,
        })
    }
}
