//! Plays scenes: each is the real command of a real person, at the time it is said to have
//! happened, through the same [`App::execute`] as everything else.

use super::cast::{CAST, Part, email};
use super::scene::{Deed, NewModel, Scene, Wanted};
use super::{evidence, prepare};
use crate::app::{AnyCommand, App, Caller, Draft, Submission};
use crate::auth::session::caller_of;
use crate::failure::{Doing, Failure};
use countersign_core::classification::ArtifactKind;
use countersign_core::digest::Sha256;
use countersign_core::model::{ModelCommand, Registration};
use countersign_core::name::{
    EnvironmentName, EvidenceId, IncidentId, MeetingId, ModelName, ReleaseId, RoleName,
};
use countersign_core::register::{RegisterCommand, Term};
use countersign_core::release::command::{Approve, NewDeployment, StepDone};
use countersign_core::release::{
    Answer, Artifact, Command, Due, Promise, RejectionReason, Request, RunbookChoice, Statements,
    Target,
};
use countersign_core::risk::{Rating, RiskCommand, RiskEntry, Treatment};
use countersign_core::schedule::Schedule;
use countersign_core::step::StepKind;
use countersign_store::Person;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// The entry of the risk register about a model.
pub(super) fn risk_of(model: &ModelName) -> String {
    format!("risk-{model}")
}

/// Where scenes are played.
pub struct Desk<'a> {
    pub(super) app: &'a App,
    now: Timestamp,
    people: BTreeMap<&'static str, Person>,
    releases: BTreeMap<&'static str, ReleaseId>,
    pub(super) incidents: BTreeMap<&'static str, IncidentId>,
    pub(super) meetings: BTreeMap<&'static str, MeetingId>,
}

impl<'a> Desk<'a> {
    /// A desk for an installation whose clock can be set. `now` is when the last scene ends.
    pub fn new(app: &'a App, now: Timestamp) -> Self {
        Self {
            app,
            now,
            people: BTreeMap::new(),
            releases: BTreeMap::new(),
            incidents: BTreeMap::new(),
            meetings: BTreeMap::new(),
        }
    }

    /// Brings everybody in and gives them their roles.
    pub async fn gather(&mut self) -> Result<(), Failure> {
        for part in CAST {
            let person = self.app.add_person(part.name, &email(part)).await?;
            self.people.insert(part.handle, person);
        }
        for part in CAST {
            self.give_roles(part).await?;
        }
        Ok(())
    }

    async fn give_roles(&self, part: &Part) -> Result<(), Failure> {
        for role in part.roles {
            let person = self.person(part.handle)?.id.clone();
            let role = RoleName::new(*role).doing("name a role")?;
            let grant = AnyCommand::Register(RegisterCommand::GrantRole {
                person,
                role,
                term: Term::default(),
            });
            self.app.execute(&Caller::system(), Submission::new(grant)).await?;
        }
        Ok(())
    }

    /// Plays one scene. Time never runs backwards, however long the scene before it took.
    pub async fn play(&mut self, scene: &Scene) -> Result<(), Failure> {
        let at = self.now.checked_sub(scene.ago).doing("tell when something happened")?;
        self.app.clock.set(at.max(self.app.clock.now()));
        let who = scene.who;
        match &scene.deed {
            Deed::Register(model) => self.register(who, model).await,
            Deed::Request(wanted) => self.request(who, wanted).await,
            Deed::Prepare(title, findings, except) => {
                let files = prepare::Papers { title, findings: *findings, except };
                self.prepare(who, &files).await
            }
            Deed::Submit(title) => self.command(who, title, Command::Submit).await,
            Deed::Review(title) => self.review(who, title).await,
            Deed::Manual(title, step, text) => {
                let mut draft = Draft::default();
                let done = StepDone::Manual { statement: draft.text("statement", text)? };
                let step = step.parse().doing("name a step")?;
                let command = Command::CompleteStep { step, done };
                self.with_texts(who, title, command, draft).await
            }
            Deed::Packet(title, step) => self.packet(who, title, step).await,
            Deed::Approve(title, role) => self.approve(who, title, (role, None)).await,
            Deed::ApproveIf(title, role, condition) => {
                self.approve(who, title, (role, Some(*condition))).await
            }
            Deed::Beside(beside) => self.beside(who, beside).await,
            aftermath => self.aftermath(who, aftermath).await,
        }
    }

    /// What comes of a release once it is decided, or instead of a yes.
    async fn aftermath(&self, who: &str, deed: &Deed) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let environment = EnvironmentName::new("production").doing("name an environment")?;
        let (title, command) = match deed {
            Deed::Reject(title, role, text) => {
                let role = RoleName::new(*role).doing("name a role")?;
                let text = draft.text("text", text)?;
                let reason = RejectionReason::InsufficientEvidence;
                (title, Command::Reject { role, reason, text })
            }
            Deed::Withdraw(title, text) => {
                (title, Command::Withdraw { reason: draft.text("reason", text)? })
            }
            Deed::Deploy(title, ticket) => {
                let change_reference = Some((*ticket).to_owned());
                let new = NewDeployment { environment, at: None, change_reference };
                (title, Command::RecordDeployment(new))
            }
            Deed::Confirm(title) => {
                let statements = Statements {
                    within_parameters: Answer::Yes,
                    monitoring_active: Answer::Yes,
                    no_issues: Answer::Yes,
                    note: None,
                };
                (title, Command::ConfirmDeployment { environment, statements })
            }
            Deed::Missed(title) => (title, Command::RecordMissedConfirmation { environment }),
            Deed::Suspend(title, text) => {
                (title, Command::Suspend { reason: draft.text("reason", text)? })
            }
            _ => return Ok(()),
        };
        self.with_texts(who, title, command, draft).await
    }

    async fn register(&self, who: &str, model: &NewModel) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let name = ModelName::new(model.name).doing("name a model")?;
        let registration = Registration {
            name: name.clone(),
            title: model.title.to_owned(),
            owner: self.person(who)?.id.clone(),
            tier: model.tier,
            intended_use: draft.text("intended use", model.intended_use)?,
        };
        let command = AnyCommand::Model(name.clone(), ModelCommand::Register(registration));
        let submission = Submission::new(command).with(draft);
        self.app.execute(&self.caller(who)?, submission).await?;
        self.enter_risk(who, &name, model.title).await
    }

    /// What could go wrong with a model, so that its releases can name it.
    async fn enter_risk(&self, who: &str, model: &ModelName, title: &str) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let review_by = self.app.clock.now().checked_add(SignedDuration::from_hours(300 * 24));
        let entry = RiskEntry {
            id: risk_of(model).parse().doing("name a risk")?,
            title: format!("{title} is believed where it is wrong"),
            description: draft.text(
                "description",
                "somebody acts on an output nobody checked, and a customer bears the cost",
            )?,
            rating: Rating::new(2, 4).doing("rate a risk")?,
            owner: self.person(who)?.id.clone(),
            treatment: Treatment::Reduce,
            review_by: review_by.doing("tell when a risk is looked at again")?,
            models: [model.clone()].into(),
        };
        let command = AnyCommand::Risk(entry.id.clone(), RiskCommand::Enter(Box::new(entry)));
        let submission = Submission::new(command).with(draft);
        self.app.execute(&self.caller(who)?, submission).await.map(|_| ())
    }

    async fn request(&mut self, who: &str, wanted: &Wanted) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let model = ModelName::new(wanted.model).doing("name a model")?;
        let tier = self.app.model(&model).await?.state.tier();
        let tier = tier.ok_or_else(|| Failure::not_found("model", &model))?;
        let resubmits = wanted.resubmits.map(|title| self.id(title)).transpose()?;
        let (name, kind, bytes) = wanted.artifact;
        let request = Request {
            model,
            tier,
            title: wanted.title.to_owned(),
            change: wanted.change,
            summary: draft.text("summary", wanted.summary)?,
            environments: ["production".parse().doing("name an environment")?].into(),
            regions: ["eu".parse().doing("name a region")?].into(),
            traits: wanted.facts.iter().copied().collect(),
            runbook: match wanted.runbook {
                Some(slug) => Some(self.runbook(slug).await?),
                None => None,
            },
            resubmits,
            schedule: Schedule::default(),
            override_reason: None,
        };
        let artifact =
            Artifact { name: name.to_owned(), kind, digest: Sha256::of(bytes.as_bytes()) };
        let id = self.app.new_release_id()?;
        self.releases.insert(wanted.title, id.clone());
        let request = Box::new(request);
        let command = Command::Request { id, request, artifacts: vec![artifact] };
        self.with_texts(who, wanted.title, command, draft).await
    }

    async fn runbook(&self, slug: &str) -> Result<RunbookChoice, Failure> {
        let name = slug.parse().doing("name a runbook")?;
        let register = self.app.register().await?.state;
        let published = register.runbook(&name, None);
        let published = published.ok_or_else(|| Failure::not_found("runbook", slug))?;
        Ok(RunbookChoice { version: published.runbook.version.clone(), name })
    }

    async fn review(&self, who: &str, title: &str) -> Result<(), Failure> {
        let release = self.app.release(&self.id(title)?).await?.state;
        let all: Vec<EvidenceId> = release.standing_evidence().map(|(id, _)| id.clone()).collect();
        for evidence in all {
            self.command(who, title, Command::OpenEvidence { evidence }).await?;
        }
        Ok(())
    }

    async fn packet(&self, who: &str, title: &str, step: &str) -> Result<(), Failure> {
        let view = self.app.view(&self.id(title)?).await?;
        let step = step.parse().doing("name a step")?;
        let planned = view.plan.as_ref().and_then(|plan| plan.step(&step));
        let parts = match planned.map(|planned| &planned.step.kind) {
            Some(StepKind::FileUpload(upload)) => upload.parts.iter().cloned().collect(),
            _ => BTreeSet::new(),
        };
        let artifacts = &view.release.state.artifacts;
        let acts = artifacts.iter().any(|one| one.kind == ArtifactKind::Tools);
        let checkpoint = artifacts.first().map(|one| one.name.clone()).unwrap_or_default();
        let file = match acts {
            true => evidence::report(
                "agent-files.txt",
                "The tools, prompts and permissions as they will be deployed.",
            ),
            false => evidence::evaluation(&checkpoint, 0.024),
        };
        self.attach(who, title, (Target::Step(step.clone()), parts), file).await?;
        self.command(who, title, Command::CompleteStep { step, done: StepDone::Files }).await
    }

    async fn approve(
        &self,
        who: &str,
        title: &str,
        (role, condition): (&str, Option<(&str, &str, i64)>),
    ) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let release = self.app.release(&self.id(title)?).await?.state;
        let mut conditions = Vec::new();
        if let Some((text, owner, days)) = condition {
            let due = self.now.checked_add(SignedDuration::from_hours(24 * days));
            conditions.push(Promise {
                text: draft.text("condition", text)?,
                owner: self.person(owner)?.id.clone(),
                due: Due::At(due.doing("tell when a condition is due")?),
            });
        }
        let approve = Approve {
            role: RoleName::new(role).doing("name a role")?,
            dossier: countersign_core::dossier::digest(&release),
            conditions,
            comment: None,
        };
        self.with_texts(who, title, Command::Approve(approve), draft).await
    }

    /// A command without free text.
    pub(super) async fn command(
        &self,
        who: &str,
        title: &str,
        command: Command,
    ) -> Result<(), Failure> {
        self.with_texts(who, title, command, Draft::default()).await
    }

    /// A command with its free texts.
    pub(super) async fn with_texts(
        &self,
        who: &str,
        title: &str,
        command: Command,
        draft: Draft,
    ) -> Result<(), Failure> {
        let submission = Submission::release(&self.id(title)?, command).with(draft);
        self.app.execute(&self.caller(who)?, submission).await.map(|_| ())
    }

    /// The identifier of a release by its title.
    pub fn id(&self, title: &str) -> Result<ReleaseId, Failure> {
        let known = self.releases.get(title).cloned();
        known.ok_or_else(|| Failure::not_found("release", title))
    }

    /// Somebody of the cast.
    pub fn person(&self, handle: &str) -> Result<&Person, Failure> {
        self.people.get(handle).ok_or_else(|| Failure::not_found("person", handle))
    }

    /// Today, on the clock of the scene.
    pub(super) fn today(&self) -> jiff::civil::Date {
        self.app.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    pub(super) fn caller(&self, who: &str) -> Result<Caller, Failure> {
        if who == "countersign" {
            return Ok(Caller::system());
        }
        self.person(who).map(caller_of)
    }
}
