//! Refusals: the rules said no, with every reason as data.

mod next;
mod people;
mod retention;
mod right;

pub use next::look_up;
pub use people::PeopleRefusal;
pub use retention::RetentionRefusal;

use crate::blocker::Blocker;
use crate::classification::ChangeType;
use crate::digest::Sha256;
use crate::exception::Waived;
use crate::field::FieldFault;
use crate::meeting::MeetingFault;
use crate::name::{PersonId, RoleName, RunbookName, StepName};
use crate::policy::Independence;
use crate::proposal::Proposal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a command was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and its message name")]
pub enum Refusal {
    /// The gate is shut: approvals wait until these are gone.
    GateClosed { blockers: Vec<Blocker> },
    /// The release cannot be submitted yet.
    ChecklistIncomplete { blockers: Vec<Blocker> },
    /// The actor holds none of the roles that may do this.
    NotPermitted { action: &'static str, needs: Vec<RoleName> },
    /// Only a person may do this; machines prepare and ask, they never decide.
    PeopleOnly { action: &'static str },
    /// The actor is not independent enough to approve in this role.
    NotIndependent { person: PersonId, role: RoleName, of: Independence },
    /// The plan asks for no approval in this role.
    RoleNotAsked { role: RoleName, asked: Vec<RoleName> },
    /// The person did not hold the role when the release was submitted (I-04).
    NotAHolder { person: PersonId, role: RoleName },
    /// One person counts once (I-03).
    AlreadyApproved { person: PersonId },
    /// One person accepts one risk once.
    AlreadyAccepted { person: PersonId },
    /// The policy allows no such exception.
    CannotBeWaived { what: Waived, because: &'static str },
    /// The dossier changed since the approver looked at it.
    StaleDossier { given: Sha256, current: Sha256 },
    /// The release is in a state in which this cannot be done (I-02).
    WrongState { state: String, action: &'static str },
    /// There is no such thing.
    NotFound { what: &'static str, name: String },
    /// There is such a thing already.
    AlreadyExists { what: &'static str, name: String },
    /// Published things never change.
    Immutable { what: &'static str, name: String },
    /// Answers do not fit their questions.
    InvalidAnswers { faults: Vec<FieldFault> },
    /// History contradicts the change type.
    ChangeTypeContradictsHistory { given: ChangeType, expected: ChangeType, because: &'static str },
    /// The facts propose a change type that asks for more review.
    ChangeTypeLower { given: ChangeType, proposal: Box<Proposal> },
    /// No eligible person could give these approvals.
    ApprovalUnreachable { rules: Vec<Unreachable> },
    /// The decision table has no row, or no policy is in force.
    NoPolicy { because: &'static str },
    /// The policy asks for a runbook that the release does not follow.
    RunbookRequired { runbook: RunbookName },
    /// A step waits for others.
    StepWaits { step: StepName, waits_for: Vec<StepName> },
    /// A step of this kind is not completed this way.
    WrongStepKind { step: StepName, kind: String, remedy: &'static str },
    /// A deployment that no verdict allows.
    DeploymentDenied { reasons: Vec<String> },
    /// Times that cannot be in this order.
    WrongOrder { what: &'static str },
    /// Evidence that the item or step does not take.
    EvidenceNotAccepted { target: String, wanted: Vec<String>, given: String },
    /// The thing asked for is so already.
    NothingToDo { what: &'static str },
    /// Nobody approves what he published himself.
    OwnPublication { role: RoleName },
    /// Nobody gives himself a role.
    OwnRole { role: RoleName },
    /// The Model Owner is decided model by model.
    OwnerIsPerModel,
    /// Somebody has to keep the register.
    LastAdministrator,
    /// The person may not act, or may not be given a role.
    OfPeople(PeopleRefusal),
    /// The person named may not give authority by word of mouth.
    NoAuthority { person: PersonId, roles: Vec<RoleName> },
    /// What a rollback would bring back must not run.
    TargetNotAllowed { target: String, reasons: Vec<String> },
    /// The rules of the committee's sessions said no.
    OfMeeting(MeetingFault),
    /// What is claimed to be an experiment touches the real world.
    NoSandbox { reasons: Vec<&'static str> },
    /// The records are kept, or somebody else has to end that.
    OfRetention(RetentionRefusal),
}

/// An approval nobody could give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreachable {
    /// The role asked for.
    pub role: RoleName,
    /// How many people are asked for.
    pub needed: u32,
    /// How many holders are independent enough.
    pub eligible: u32,
    /// Why holders fall out, in words.
    pub because: String,
}

fn list<T: fmt::Display>(values: &[T]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

impl Refusal {
    /// There is such a thing already.
    pub fn exists(what: &'static str, name: &str) -> Self {
        Self::AlreadyExists { what, name: name.to_owned() }
    }

    /// A stable word for tools.
    pub fn code(&self) -> &'static str {
        match self {
            Self::GateClosed { .. } => "gate.closed",
            Self::ChecklistIncomplete { .. } => "checklist.incomplete",
            Self::NotPermitted { .. } => "actor.not_permitted",
            Self::PeopleOnly { .. } => "actor.people_only",
            Self::NotIndependent { .. } => "approval.not_independent",
            Self::RoleNotAsked { .. } => "approval.role_not_asked",
            Self::NotAHolder { .. } => "approval.not_a_holder",
            Self::AlreadyApproved { .. } => "approval.already_given",
            Self::AlreadyAccepted { .. } => "exception.already_accepted",
            Self::CannotBeWaived { .. } => "exception.not_allowed",
            Self::StaleDossier { .. } => "approval.stale_dossier",
            Self::WrongState { .. } => "release.wrong_state",
            Self::NotFound { .. } => "not_found",
            Self::AlreadyExists { .. } => "already_exists",
            Self::Immutable { .. } => "published.immutable",
            Self::InvalidAnswers { .. } => "answers.invalid",
            Self::ChangeTypeContradictsHistory { .. } => "change_type.contradicts_history",
            Self::ChangeTypeLower { .. } => "change_type.lower_than_proposed",
            Self::ApprovalUnreachable { .. } => "approval.unreachable",
            Self::NoPolicy { .. } => "policy.none",
            Self::RunbookRequired { .. } => "runbook.required",
            Self::StepWaits { .. } => "step.waits",
            Self::WrongStepKind { .. } => "step.wrong_kind",
            Self::DeploymentDenied { .. } => "deployment.denied",
            Self::WrongOrder { .. } => "time.wrong_order",
            Self::EvidenceNotAccepted { .. } => "evidence.not_accepted",
            Self::NothingToDo { .. } => "nothing_to_do",
            Self::OwnPublication { .. } => "policy.own",
            Self::OwnRole { .. } => "role.own",
            Self::OwnerIsPerModel => "role.owner_is_per_model",
            Self::LastAdministrator => "role.last_administrator",
            Self::OfPeople(why) => why.code(),
            Self::NoAuthority { .. } => "emergency.no_authority",
            Self::TargetNotAllowed { .. } => "rollback.target_not_allowed",
            Self::OfMeeting(why) => why.code(),
            Self::NoSandbox { .. } => "sandbox.not_excluded",
            Self::OfRetention(why) => why.code(),
        }
    }

    /// Every blocker the refusal carries.
    pub fn blockers(&self) -> &[Blocker] {
        match self {
            Self::GateClosed { blockers } | Self::ChecklistIncomplete { blockers } => blockers,
            Self::NotPermitted { .. }
            | Self::PeopleOnly { .. }
            | Self::NotIndependent { .. }
            | Self::RoleNotAsked { .. }
            | Self::NotAHolder { .. }
            | Self::AlreadyApproved { .. }
            | Self::AlreadyAccepted { .. }
            | Self::CannotBeWaived { .. }
            | Self::StaleDossier { .. }
            | Self::WrongState { .. }
            | Self::NotFound { .. }
            | Self::AlreadyExists { .. }
            | Self::Immutable { .. }
            | Self::InvalidAnswers { .. }
            | Self::ChangeTypeContradictsHistory { .. }
            | Self::ChangeTypeLower { .. }
            | Self::ApprovalUnreachable { .. }
            | Self::NoPolicy { .. }
            | Self::RunbookRequired { .. }
            | Self::StepWaits { .. }
            | Self::WrongStepKind { .. }
            | Self::DeploymentDenied { .. }
            | Self::WrongOrder { .. }
            | Self::EvidenceNotAccepted { .. }
            | Self::NothingToDo { .. }
            | Self::OwnPublication { .. }
            | Self::OwnRole { .. }
            | Self::OwnerIsPerModel
            | Self::LastAdministrator
            | Self::OfPeople(_)
            | Self::NoAuthority { .. }
            | Self::TargetNotAllowed { .. }
            | Self::NoSandbox { .. } => &[],
            Self::OfMeeting(_) | Self::OfRetention(_) => &[],
        }
    }

    /// What the person can do next.
    pub fn next_step(&self) -> String {
        match self {
            Self::GateClosed { .. } => "clear the blockers, then approve".into(),
            Self::ChecklistIncomplete { .. } => "complete what is missing, then submit".into(),
            Self::NotPermitted { needs, .. } => right::whom_to_ask(needs),
            Self::PeopleOnly { .. } => "sign in as a person".into(),
            Self::NotIndependent { .. } => "ask another holder of the role".into(),
            Self::RoleNotAsked { asked, .. } => format!("the plan asks for {}", list(asked)),
            Self::NotAHolder { .. } => {
                "ask a holder at the time of submission, or withdraw and resubmit the release"
                    .into()
            }
            Self::AlreadyApproved { .. } | Self::AlreadyAccepted { .. } => {
                "ask another person".into()
            }
            Self::CannotBeWaived { .. } => "meet what is asked for".into(),
            Self::StaleDossier { .. } => {
                "look at what changed, then approve the current dossier".into()
            }
            Self::WrongState { .. } => "look at the release's page for what can be done now".into(),
            Self::NotFound { what, .. } => look_up(what),
            Self::AlreadyExists { what, .. } => next::of_existing(what),
            Self::Immutable { .. } => "raise the version and publish that".into(),
            Self::InvalidAnswers { .. } => "correct the answers and send them again".into(),
            Self::ChangeTypeContradictsHistory { expected, .. } => asked_as(*expected),
            Self::ChangeTypeLower { proposal, .. } => proposal.next_step(),
            Self::ApprovalUnreachable { .. } => {
                "give the role to more people, or let somebody else request and submit".into()
            }
            Self::NoPolicy { .. } => {
                "publish a policy and have it approved: `countersign policy publish FILE`, then \
                 `countersign policy approve NAME VERSION`"
                    .into()
            }
            Self::RunbookRequired { runbook } => {
                format!("request the release with the runbook `{runbook}`")
            }
            Self::StepWaits { waits_for, .. } => format!("complete {} first", list(waits_for)),
            Self::WrongStepKind { remedy, .. } => (*remedy).into(),
            Self::DeploymentDenied { .. } => "ask `countersign gate` what is missing".into(),
            Self::WrongOrder { .. } => "correct the time".into(),
            Self::EvidenceNotAccepted { wanted, .. } => format!("attach {}", list(wanted)),
            Self::NothingToDo { .. } => "nothing".into(),
            Self::OwnPublication { role } => format!("ask another person who is `{role}`"),
            Self::OwnRole { .. } => "ask another administrator".into(),
            Self::OwnerIsPerModel => "change the owner of the model instead".into(),
            Self::LastAdministrator => "make another person administrator first".into(),
            Self::OfPeople(why) => why.next_step(),
            Self::NoAuthority { roles, .. } => format!("ask somebody who is {}", list(roles)),
            Self::TargetNotAllowed { .. } => "choose another release to go back to".into(),
            Self::OfMeeting(why) => why.next_step().into(),
            Self::NoSandbox { .. } => "request a release instead".into(),
            Self::OfRetention(why) => why.next_step(),
        }
    }

    /// What is wrong, in one sentence.
    fn message(&self) -> String {
        match self {
            Self::GateClosed { blockers } => format!("the gate is shut for {}", counted(blockers)),
            Self::ChecklistIncomplete { blockers } => {
                format!("the release cannot be submitted for {}", counted(blockers))
            }
            Self::NotPermitted { action, .. } => format!("you may not {action}"),
            Self::PeopleOnly { action } => format!("only a person may {action}"),
            Self::NotIndependent { role, of, .. } => {
                format!("`{role}` must not be {} here", of.human())
            }
            Self::RoleNotAsked { role, .. } => format!("no approval as `{role}` is asked for"),
            Self::NotAHolder { role, .. } => format!("you did not hold `{role}` at the submission"),
            Self::AlreadyApproved { .. } => counted_once("approved this"),
            Self::AlreadyAccepted { .. } => counted_once("accepted this risk"),
            Self::CannotBeWaived { what, because } => format!("{what} is not waived: {because}"),
            Self::StaleDossier { given, current } => {
                let (given, current) = (given.short(), current.short());
                format!("the dossier has changed: you looked at {given}, it is now {current}")
            }
            Self::WrongState { state, action } => {
                format!("a release that is `{state}` does not allow you to {action}")
            }
            Self::NotFound { what, name } => format!("there is no {what} `{name}`"),
            Self::AlreadyExists { what, name } => format!("there is {} `{name}` already", a(what)),
            Self::Immutable { what, name } => {
                format!("{what} `{name}` is published, and what is published never changes")
            }
            Self::InvalidAnswers { faults } => {
                format!("the answers do not fit: {}", joined(faults))
            }
            Self::ChangeTypeContradictsHistory { given, expected, because } => {
                format!("this is not a `{given}` but a `{expected}`: {because}")
            }
            Self::ChangeTypeLower { given, proposal } => asks_for_less(*given, proposal),
            Self::ApprovalUnreachable { rules } => nobody_could(rules),
            Self::NoPolicy { because } => (*because).to_owned(),
            Self::RunbookRequired { runbook } => {
                format!("the policy asks such a release to follow the runbook `{runbook}`")
            }
            Self::StepWaits { step, .. } => format!("step `{step}` waits for earlier steps"),
            Self::WrongStepKind { step, kind, .. } => format!("step `{step}` is {} step", a(kind)),
            Self::DeploymentDenied { reasons } => {
                format!("this deployment is denied: {}", joined(reasons))
            }
            Self::WrongOrder { what } | Self::NothingToDo { what } => (*what).to_owned(),
            Self::EvidenceNotAccepted { target, given, .. } => {
                format!("`{target}` does not take {given}")
            }
            Self::OwnPublication { .. } => "somebody else decides about what you published".into(),
            Self::OwnRole { role } => format!("nobody gives `{role}` to himself"),
            Self::OwnerIsPerModel => "`model_owner` is not granted: every model has its own".into(),
            Self::LastAdministrator => "this is the last administrator".into(),
            Self::OfPeople(why) => why.to_string(),
            Self::NoAuthority { person, .. } => format!("`{person}` may not give such authority"),
            Self::TargetNotAllowed { target, reasons } => not_allowed(target, reasons),
            Self::OfMeeting(why) => why.to_string(),
            Self::NoSandbox { reasons } => no_sandbox(reasons),
            Self::OfRetention(why) => why.to_string(),
        }
    }
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.because)
    }
}

fn nobody_could(rules: &[Unreachable]) -> String {
    format!("nobody could approve this release: {}", joined(rules))
}

fn asked_as(expected: ChangeType) -> String {
    format!("request the release as `{expected}`")
}

fn asks_for_less(given: ChangeType, proposal: &Proposal) -> String {
    format!("`{given}` asks for less than `{}`: {proposal}", proposal.change)
}

fn no_sandbox(reasons: &[&str]) -> String {
    format!("this is no sandbox: {}", reasons.join(", and "))
}

fn not_allowed(target: &str, reasons: &[String]) -> String {
    format!("release {target} must not run again: {}", joined(reasons))
}

fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn joined<T: fmt::Display>(parts: &[T]) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

fn counted_once(what: &str) -> String {
    format!("you have {what} already, and one person counts once")
}

fn counted(blockers: &[Blocker]) -> String {
    match blockers.len() {
        1 => "1 reason".into(),
        n => format!("{n} reasons"),
    }
}

impl std::error::Error for Refusal {}

impl From<MeetingFault> for Refusal {
    fn from(why: MeetingFault) -> Self {
        Self::OfMeeting(why)
    }
}
