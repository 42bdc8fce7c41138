//! What people do in tests: commands in the words of the field.

use super::{
    World, artifact, evidence, id, item, monday, production, role, step, summarizer, text,
};
use crate::classification::{ArtifactKind, ChangeType, RiskTier, Trait};
use crate::digest::Sha256;
use crate::name::EnvironmentName;
use crate::release::command::{
    Approve, Attach, Command, DeliveryOutcome, GivenAnswer, GivenFields, NewDeployment, StepDone,
};
use crate::release::{Answer, Artifact, Due, Promise, RejectionReason, Request, Statements};
use crate::schedule::Schedule;
use jiff::{SignedDuration, Timestamp};

/// A command that may need to look at the world first, as an approval looks at the dossier.
pub struct Deed(Box<dyn FnOnce(&World) -> Command>);

impl Deed {
    /// A command that looks at the world first.
    pub(super) fn looking(deed: impl FnOnce(&World) -> Command + 'static) -> Self {
        Self(Box::new(deed))
    }

    /// The command in this world.
    pub fn command(self, world: &World) -> Command {
        (self.0)(world)
    }
}

impl From<Command> for Deed {
    fn from(command: Command) -> Self {
        Self(Box::new(move |_| command))
    }
}

/// Approve what the dossier holds now.
pub fn approve_as(name: &str) -> Deed {
    let name = role(name);
    Deed(Box::new(move |world| {
        Command::Approve(Approve {
            role: name,
            dossier: world.dossier(),
            conditions: Vec::new(),
            comment: None,
        })
    }))
}

/// Approve this dossier, whatever it is now.
pub fn approve_exactly(name: &str, dossier: Sha256) -> Command {
    Command::Approve(Approve { role: role(name), dossier, conditions: Vec::new(), comment: None })
}

/// Approve with one condition that `owner` meets within 30 days of the first Monday.
pub fn approve_if(name: &str, owner: &str) -> Deed {
    let name = role(name);
    let promise = promise(owner);
    Deed(Box::new(move |world| {
        Command::Approve(Approve {
            role: name,
            dossier: world.dossier(),
            conditions: vec![promise],
            comment: None,
        })
    }))
}

/// "A fairness audit within 30 days."
pub fn promise(owner: &str) -> Promise {
    Promise { text: text("run a fairness audit"), owner: id(owner), due: Due::At(promised()) }
}

/// When the promise of a fairness audit is due: Wednesday 10 June.
pub fn promised() -> Timestamp {
    monday() + SignedDuration::from_hours(30 * 24)
}

/// Reject, because the evidence does not carry it.
pub fn reject_as(name: &str) -> Command {
    let text = text("the samples are too few");
    Command::Reject { role: role(name), reason: RejectionReason::InsufficientEvidence, text }
}

/// What Rivera asks for: the first version, with weights and a prompt, to production.
pub fn request(change: ChangeType, tier: RiskTier) -> Request {
    Request {
        model: summarizer(),
        title: "summarizer v1.4".into(),
        change,
        tier,
        summary: text("answers in the reader's language"),
        environments: [production()].into(),
        regions: [].into(),
        traits: [Trait::Generative].into(),
        runbook: None,
        resubmits: None,
        schedule: Schedule::default(),
        override_reason: None,
    }
}

/// The artifacts of the first version.
pub fn weights_and_prompt() -> Vec<Artifact> {
    vec![
        artifact(ArtifactKind::Weights, "summarizer-v1"),
        artifact(ArtifactKind::Prompt, "system-prompt"),
    ]
}

/// Attach this.
pub fn attach(file: Attach) -> Command {
    Command::AttachEvidence(Box::new(file))
}

/// Take this evidence back.
pub fn withdraw_evidence(name: &str) -> Command {
    Command::WithdrawEvidence { evidence: evidence(name), reason: text("wrong file") }
}

/// Answers in words; every one of them is also given as a text.
pub fn fields(answers: &[(&str, &str)]) -> GivenFields {
    GivenFields {
        answers: answers.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
        texts: answers
            .iter()
            .filter(|(_, v)| !v.trim().is_empty())
            .map(|(k, v)| ((*k).into(), text(v)))
            .collect(),
    }
}

/// Confirm a checklist item with these answers.
pub fn confirm_item(name: &str, answers: &[(&str, &str)]) -> Command {
    Command::AnswerItem { item: item(name), answer: GivenAnswer::Confirmed(fields(answers)) }
}

/// Say that a checklist item does not apply.
pub fn say_not_applicable(name: &str) -> Command {
    let reason = text("it takes no outside text");
    Command::AnswerItem { item: item(name), answer: GivenAnswer::NotApplicable { reason } }
}

/// The answers that complete an item or a form of the fixture.
pub fn good_answers(of: &[crate::field::Field]) -> GivenFields {
    use crate::field::FieldKind;
    let answer = |kind: &FieldKind| match kind {
        FieldKind::Text => "as described in the design note".to_owned(),
        FieldKind::YesNo => "yes".to_owned(),
        FieldKind::Date => "2026-05-08".to_owned(),
        FieldKind::Number { .. } => "12".to_owned(),
        FieldKind::Risk => "risk-1".to_owned(),
        FieldKind::Rows { columns, confirms } => {
            let said = columns.iter().map(|column| format!("the {column}"));
            let said = said.chain(confirms.iter().map(|_| "yes".to_owned()));
            said.collect::<Vec<_>>().join(" | ")
        }
        FieldKind::Choice { options } => options[0].clone(),
    };
    let answers: Vec<_> = of.iter().map(|f| (f.name.clone(), answer(&f.kind))).collect();
    let pairs: Vec<_> = answers.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    fields(&pairs)
}

/// Complete a manual step.
pub fn do_step(name: &str) -> Command {
    let statement = text("done and checked");
    Command::CompleteStep { step: step(name), done: StepDone::Manual { statement } }
}

/// Complete an upload step with the files attached to it.
pub fn complete_upload(name: &str) -> Command {
    Command::CompleteStep { step: step(name), done: StepDone::Files }
}

/// Complete a form step.
pub fn fill_form(name: &str, answers: &[(&str, &str)]) -> Command {
    Command::CompleteStep { step: step(name), done: StepDone::Form(fields(answers)) }
}

/// Flag a concern on a step.
pub fn raise_concern(name: &str) -> Command {
    Command::RaiseConcern { step: step(name), text: text("the scope has grown") }
}

/// Resolve a concern.
pub fn resolve_concern(number: u32) -> Command {
    Command::ResolveConcern { number, text: text("the scope is as agreed") }
}

/// Record a deployment that happened now.
pub fn deploy_to(place: EnvironmentName) -> Command {
    Command::RecordDeployment(NewDeployment {
        environment: place,
        at: None,
        change_reference: Some("CHG-1042".into()),
    })
}

/// The three statements, all of them a yes.
pub fn all_well() -> Statements {
    Statements {
        within_parameters: Answer::Yes,
        monitoring_active: Answer::Yes,
        no_issues: Answer::Yes,
        note: None,
    }
}

/// Confirm the deployment to production with these statements.
pub fn confirm_deployment(statements: Statements) -> Command {
    Command::ConfirmDeployment { environment: production(), statements }
}

/// Suspend the release.
pub fn suspend() -> Command {
    Command::Suspend { reason: text("it leaks addresses") }
}

/// Let it run again.
pub fn resume() -> Command {
    Command::Resume { reason: text("the leak is closed") }
}

/// Take the release back.
pub fn withdraw() -> Command {
    Command::Withdraw { reason: text("the customer waits for v1.5") }
}

/// The webhook was taken by the other system.
pub fn delivered(name: &str) -> Command {
    let outcome = DeliveryOutcome::Delivered { message: "msg_1".into(), status: 202 };
    Command::RecordDelivery { step: step(name), outcome }
}
