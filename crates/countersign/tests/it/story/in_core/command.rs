//! Deeds as commands of the core.

use super::{InCore, role};
use crate::story::deed::{Asked, Attachment, Condition, Deed, Done, NamedArtifact, Place};
use crate::story::digest_of;
use crate::story::urgent::{Known, UNKNOWN};
use countersign_core::actor::Actor;
use countersign_core::digest::Sha256;
use countersign_core::dossier;
use countersign_core::field::Answers;
use countersign_core::model::{ModelCommand, Registration};
use countersign_core::name::{ModelName, ReleaseId, RunbookName};
use countersign_core::refusal::Refusal;
use countersign_core::register::RegisterCommand;
use countersign_core::release::command::{
    Approve, Attach, DeliveryOutcome, GivenAnswer, GivenFields, NewDeployment, StepDone,
};
use countersign_core::release::{
    Answer, Artifact, Command, Promise, RejectionReason, Request, RunbookChoice, Statements,
    Target, due_commands,
};
use countersign_core::text::Text;
use countersign_formats::evidence::{self, Upload};
use std::fmt::Display;
use std::str::FromStr;

/// Why a deed came to nothing.
#[derive(Debug)]
pub(super) enum Stop {
    /// The rules said no.
    Refused(String, Vec<String>),
    /// The story is wrong.
    Mistake(String),
}

impl Stop {
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Refused(code, reasons) => format!("refused {code}: {}", reasons.join("; ")),
            Self::Mistake(why) => why.clone(),
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        let reasons = match &refusal {
            Refusal::InvalidAnswers { faults } => each(faults),
            Refusal::ApprovalUnreachable { rules } => each(rules),
            Refusal::DeploymentDenied { reasons } | Refusal::TargetNotAllowed { reasons, .. } => {
                reasons.clone()
            }
            Refusal::NoSandbox { reasons } => each(reasons),
            Refusal::ChangeTypeLower { proposal, .. } => each(&proposal.reasons),
            other => each(other.blockers()),
        };
        Self::Refused(refusal.code().to_owned(), reasons)
    }
}

fn each<T: Display>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// Salts that differ and are the same each time a story is told.
#[derive(Debug, Default)]
pub(super) struct Salts {
    drawn: u64,
}

impl Salts {
    pub(super) fn text(&mut self, text: &str) -> Result<Text, Stop> {
        self.drawn += 1;
        let mut salt = [0; 16];
        salt[..8].copy_from_slice(&self.drawn.to_le_bytes());
        let malformed = |error: countersign_core::text::InvalidText| {
            Stop::Refused("request.malformed".into(), vec![error.to_string()])
        };
        Text::new(&salt, text).map_err(malformed)
    }

    fn fields(&mut self, answers: &Answers) -> Result<GivenFields, Stop> {
        let mut given = GivenFields { answers: answers.clone(), ..GivenFields::default() };
        for (question, answer) in answers.iter().filter(|(_, answer)| !answer.trim().is_empty()) {
            given.texts.insert(question.clone(), self.text(answer.trim())?);
        }
        Ok(given)
    }
}

/// A checked name or word.
pub(super) fn name<T: FromStr<Err: Display>>(text: &str) -> Result<T, Stop> {
    text.parse().map_err(|error: T::Err| Stop::Mistake(error.to_string()))
}

impl InCore {
    pub(super) fn carry_out(
        &mut self,
        who: &str,
        release: &str,
        deed: &Deed,
    ) -> Result<Vec<String>, Stop> {
        let actor = self.actor(who)?;
        match deed {
            Deed::RegisterModel { .. } | Deed::ChangeTier { .. } | Deed::ChangeOwner { .. } => {
                self.carry_out_on_model(&actor, deed)
            }
            Deed::OfPeople(of_people) => self.keep_people(&actor, of_people),
            Deed::OfTimes(of_times) => {
                let text = of_times.text().map(|text| self.salts.text(text)).transpose()?;
                self.keep(&actor, of_times.command(text).map_err(Stop::Mistake)?)
            }
            Deed::Kept(kept) => self.keep_records(&actor, release, kept),
            Deed::PublishPolicy { file, changes } => self.publish_policy(&actor, file, changes),
            Deed::ApprovePolicy { policy } => {
                let command = RegisterCommand::ApprovePolicy {
                    policy: self.policy_named(policy)?,
                    comment: None,
                };
                self.keep(&actor, command)
            }
            Deed::DeclinePolicy { policy, reason } => {
                let (policy, reason) = (self.policy_named(policy)?, self.salts.text(reason)?);
                self.keep(&actor, RegisterCommand::DeclinePolicy { policy, reason })
            }
            Deed::OfPolicy(deed) => self.review_policy(&actor, deed),
            Deed::Meeting { meeting, deed } => self.in_session(&actor, meeting, deed),
            Deed::PublishRunbook { file } => self.publish_runbook(&actor, file),
            Deed::Request(asked) => self.request(&actor, asked),
            Deed::Beside(done) => self.carry_out_beside(&actor, release, done),
            Deed::Read => {
                let id = self.id_of(release)?;
                let dossier = self.dossier(&id);
                self.read.insert((who.to_owned(), id), dossier);
                Ok(vec!["read".into()])
            }
            Deed::Approve { role: word, conditions } => {
                let id = self.id_of(release)?;
                let read = self.read.get(&(who.to_owned(), id.clone())).copied();
                let dossier = read.unwrap_or_else(|| self.dossier(&id));
                let conditions = conditions.iter().map(|one| self.promise(one));
                let conditions = conditions.collect::<Result<_, _>>()?;
                let approve = Approve { role: role(word)?, dossier, conditions, comment: None };
                self.change_release(&actor, &id, Command::Approve(approve))
            }
            Deed::Clock => {
                let mut words = self.open_due_reviews()?;
                if let Ok(id) = self.id_of(release) {
                    let state = self.releases.get(&id).cloned().unwrap_or_default();
                    for command in due_commands(&state, self.now) {
                        words.extend(self.change_release(&actor, &id, command)?);
                    }
                }
                Ok(if words.is_empty() { vec!["nothing_due".into()] } else { words })
            }
            other => {
                let (id, command) = (self.id_of(release)?, self.command(other)?);
                self.change_release(&actor, &id, command)
            }
        }
    }

    fn dossier(&self, id: &ReleaseId) -> Sha256 {
        self.releases.get(id).map_or_else(|| Sha256::of(b""), dossier::digest)
    }

    fn carry_out_on_model(&mut self, actor: &Actor, deed: &Deed) -> Result<Vec<String>, Stop> {
        let (model, command) = match deed {
            Deed::RegisterModel { model, tier, intended_use } => {
                let owner = actor.who.person().cloned();
                let owner = owner.ok_or(Refusal::PeopleOnly { action: "change a model" })?;
                let intended_use = self.salts.text(intended_use)?;
                let (title, tier) = (model.clone(), name(tier)?);
                let registration =
                    Registration { name: name(model)?, title, owner, tier, intended_use };
                (model, ModelCommand::Register(registration))
            }
            Deed::ChangeTier { model, tier, reason } => {
                let (to, reason) = (name(tier)?, self.salts.text(reason)?);
                (model, ModelCommand::ChangeTier { to, reason })
            }
            Deed::ChangeOwner { model, owner, reason } => {
                let (to, reason) = (name(owner)?, self.salts.text(reason)?);
                (model, ModelCommand::ChangeOwner { to, reason })
            }
            other => return Err(Stop::Mistake(format!("{other:?} is not about a model"))),
        };
        let model: ModelName = name(model)?;
        self.change_model(actor, &model, command)
    }

    fn promise(&mut self, one: &Condition) -> Result<Promise, Stop> {
        Ok(Promise { text: self.salts.text(&one.text)?, owner: name(&one.owner)?, due: one.due })
    }

    fn request(&mut self, actor: &Actor, asked: &Asked) -> Result<Vec<String>, Stop> {
        let id = ReleaseId::new(format!("r-{:06}", self.titles.len() + 1));
        let id = id.map_err(|error| Stop::Mistake(error.to_string()))?;
        let model: ModelName = name(&asked.model)?;
        let tier = self.models.get(&model).and_then(countersign_core::model::Model::tier);
        let runbook = asked.runbook.as_ref().map(|slug| self.runbook_choice(slug)).transpose()?;
        let resubmits = asked.resubmits.as_ref().map(|title| self.id_of(title)).transpose()?;
        let mut environments = words(&asked.environments)?;
        if environments.is_empty() {
            environments.insert(name("production")?);
        }
        let request = Request {
            tier: tier.ok_or_else(|| Stop::Mistake(format!("there is no model `{model}`")))?,
            model,
            title: asked.title.clone(),
            change: name(&asked.change)?,
            summary: self.salts.text(&asked.summary)?,
            environments,
            regions: words(&asked.regions)?,
            traits: words(&asked.facts)?,
            runbook,
            resubmits,
            schedule: asked.schedule,
            override_reason: asked
                .override_reason
                .as_ref()
                .map(|text| self.salts.text(text))
                .transpose()?,
        };
        let artifacts = asked.artifacts.iter().map(artifact).collect::<Result<_, _>>()?;
        let command = Command::Request { id: id.clone(), request: Box::new(request), artifacts };
        let happened = self.change_release(actor, &id, command)?;
        self.titles.insert(asked.title.clone(), id);
        Ok(happened)
    }

    fn runbook_choice(&self, slug: &str) -> Result<RunbookChoice, Stop> {
        let slug: RunbookName = name(slug)?;
        let published = self.register.runbook(&slug, None);
        let published = published
            .ok_or_else(|| Refusal::NotFound { what: "runbook", name: slug.to_string() })?;
        let version = published.runbook.version.clone();
        Ok(RunbookChoice { name: slug, version })
    }

    /// Everything that is one command to one release.
    fn command(&mut self, deed: &Deed) -> Result<Command, Stop> {
        let salts = &mut self.salts;
        Ok(match deed {
            Deed::AddArtifact(one) => Command::AddArtifact(artifact(one)?),
            Deed::RemoveArtifact { name } => Command::RemoveArtifact { name: name.clone() },
            Deed::ConfirmPrerequisite { number } => {
                Command::ConfirmPrerequisite { number: *number }
            }
            Deed::Answer { item, answers } => {
                let answer = GivenAnswer::Confirmed(salts.fields(answers)?);
                Command::AnswerItem { item: name(item)?, answer }
            }
            Deed::NotApplicable { item, reason } => {
                let answer = GivenAnswer::NotApplicable { reason: salts.text(reason)? };
                Command::AnswerItem { item: name(item)?, answer }
            }
            Deed::Attach(one) => Command::AttachEvidence(Box::new(attach(one)?)),
            Deed::WithdrawEvidence { evidence, reason } => {
                Command::WithdrawEvidence { evidence: name(evidence)?, reason: salts.text(reason)? }
            }
            Deed::OpenEvidence { evidence } => Command::OpenEvidence { evidence: name(evidence)? },
            Deed::CloseFinding { evidence, finding, reason } => Command::CloseFinding {
                evidence: name(evidence)?,
                finding: finding.clone(),
                reason: salts.text(reason)?,
            },
            Deed::Submit => Command::Submit,
            Deed::Complete { step, done } => {
                let done = match done {
                    Done::Statement(text) => StepDone::Manual { statement: salts.text(text)? },
                    Done::Files => StepDone::Files,
                    Done::Answers(answers) => StepDone::Form(salts.fields(answers)?),
                };
                Command::CompleteStep { step: name(step)?, done }
            }
            Deed::RaiseConcern { step, text } => {
                Command::RaiseConcern { step: name(step)?, text: salts.text(text)? }
            }
            Deed::ResolveConcern { number, text } => {
                Command::ResolveConcern { number: *number, text: salts.text(text)? }
            }
            later => return self.later_command(later),
        })
    }

    /// Decisions and what comes after them.
    fn later_command(&mut self, deed: &Deed) -> Result<Command, Stop> {
        let salts = &mut self.salts;
        Ok(match deed {
            Deed::Reject { role: word, reason, text } => {
                let known = RejectionReason::ALL.into_iter().find(|one| one.word() == reason);
                let unknown = || Stop::Mistake(format!("`{reason}` is no reason to reject"));
                let reason = known.ok_or_else(unknown)?;
                Command::Reject { role: role(word)?, reason, text: salts.text(text)? }
            }
            Deed::Withdraw { reason } => Command::Withdraw { reason: salts.text(reason)? },
            Deed::Deploy { environment, change } => Command::RecordDeployment(NewDeployment {
                environment: name(environment)?,
                at: None,
                change_reference: change.clone(),
            }),
            Deed::Confirm { environment, trouble } => {
                let said = trouble.as_ref().filter(|text| !text.trim().is_empty());
                let note = said.map(|text| salts.text(text)).transpose()?;
                let no_issues = if trouble.is_some() { Answer::No } else { Answer::Yes };
                let statements = Statements {
                    within_parameters: Answer::Yes,
                    monitoring_active: Answer::Yes,
                    no_issues,
                    note,
                };
                Command::ConfirmDeployment { environment: name(environment)?, statements }
            }
            Deed::Care(care) => {
                let texts = care.texts().into_iter().map(|text| salts.text(text));
                let texts = texts.collect::<Result<Vec<_>, _>>()?;
                care.command(&texts).map_err(Stop::Mistake)?
            }
            Deed::Schedule(schedule) => Command::Reschedule(*schedule),
            Deed::Suspend { reason } => Command::Suspend { reason: salts.text(reason)? },
            Deed::Resume { reason } => Command::Resume { reason: salts.text(reason)? },
            Deed::Delivered { step } => {
                let outcome = DeliveryOutcome::Delivered { message: "msg_1".into(), status: 200 };
                Command::RecordDelivery { step: name(step)?, outcome }
            }
            Deed::Missed { environment } => {
                Command::RecordMissedConfirmation { environment: name(environment)? }
            }
            Deed::Urgent(urgent) => return self.urgent_command(urgent),
            other => return Err(Stop::Mistake(format!("{other:?} is no command to a release"))),
        })
    }

    /// Emergencies, rollbacks, drills and reviews.
    fn urgent_command(
        &mut self,
        urgent: &crate::story::urgent::UrgentDeed,
    ) -> Result<Command, Stop> {
        let titles = self.titles.clone();
        let salts = &mut self.salts;
        let mut wrong = None;
        let mut text = |words: &str| {
            salts.text(words).map_err(|stop| {
                wrong = Some(stop);
                String::new()
            })
        };
        let id_of = |title: &str| titles.get(title).cloned();
        let made = urgent.command(&mut Known { id_of: &id_of, text: &mut text });
        made.map_err(|why| match wrong {
            Some(stop) => stop,
            None if why.contains(UNKNOWN) => Stop::Refused("request.malformed".into(), vec![why]),
            None => Stop::Mistake(why),
        })
    }
}

fn words<T: FromStr<Err: Display> + Ord>(
    all: &[String],
) -> Result<std::collections::BTreeSet<T>, Stop> {
    all.iter().map(|word| name(word)).collect()
}

fn artifact(one: &NamedArtifact) -> Result<Artifact, Stop> {
    Ok(Artifact { name: one.name.clone(), kind: name(&one.kind)?, digest: digest_of(&one.bytes) })
}

fn attach(one: &Attachment) -> Result<Attach, Stop> {
    let bytes = one.bytes().map_err(Stop::Mistake)?;
    let upload = Upload::new(&one.file, &bytes);
    let reading = evidence::read(&upload)
        .map_err(|why| Stop::Refused("evidence.unreadable".into(), vec![why.to_string()]))?;
    let target = match &one.to {
        Place::Item(item) => Target::Item(name(item)?),
        Place::Step(step) => Target::Step(name(step)?),
        Place::Condition(number) => Target::Condition(*number),
    };
    Ok(Attach {
        sha256: Sha256::of(&bytes),
        size: bytes.len() as u64,
        name: one.file.clone(),
        target,
        parts: one.parts.iter().cloned().collect(),
        redacted: one.redacted,
        replaces: one.replaces.as_ref().map(|id| name(id)).transpose()?,
        reading,
    })
}
