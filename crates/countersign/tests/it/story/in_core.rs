//! The rules alone: a world in memory over `countersign_core`, with nothing else in it but the
//! parsers that turn documents and evidence into values.

mod beside;
mod command;
mod hears;
mod kept;
mod look;
mod meeting;
mod people;
mod policy;

use super::deed::Deed;
use super::gate::{Gate, Listed, Look, Outcome, Ruling};
use super::organisation::{Organisation, document};
use command::{Salts, Stop};
use countersign_core::actor::{Actor, Scope, Who};
use countersign_core::consequence::consequences;
use countersign_core::digest::Sha256;
use countersign_core::entry::EntryKind;
use countersign_core::event::{Envelope, Event};
use countersign_core::incident::Incident;
use countersign_core::meeting::Meeting;
use countersign_core::model::{self, Model, ModelCommand, ModelContext};
use countersign_core::name::{
    EnvironmentName, ExclusionId, IncidentId, MeetingId, ModelName, PersonId, ReleaseId, RiskId,
    RoleName,
};
use countersign_core::policy::{Policy, PolicyRef};
use countersign_core::project;
use countersign_core::register::{self, Register, RegisterCommand, Term};
use countersign_core::release::command::{Around, LooksAround};
use countersign_core::release::{self, Command, Context, Release};
use countersign_core::risk::Risk;
use countersign_core::runbook::{Runbook, RunbookRef};
use countersign_core::sandbox::Exclusion;
use countersign_core::stream::StreamId;
use countersign_core::times::Times;
use countersign_core::verdict::{Allow, concerning, verdict};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A world in memory.
pub struct InCore {
    now: Timestamp,
    register: Register,
    models: BTreeMap<ModelName, Model>,
    meetings: BTreeMap<MeetingId, Meeting>,
    releases: BTreeMap<ReleaseId, Release>,
    incidents: BTreeMap<IncidentId, Incident>,
    risks: BTreeMap<RiskId, Risk>,
    exclusions: BTreeMap<ExclusionId, Exclusion>,
    titles: BTreeMap<String, ReleaseId>,
    history: BTreeMap<ReleaseId, Vec<(String, String)>>,
    policies: BTreeMap<Sha256, Policy>,
    runbooks: BTreeMap<Sha256, Runbook>,
    machines: BTreeMap<String, BTreeSet<Scope>>,
    read: BTreeMap<(String, ReleaseId), Sha256>,
    salts: Salts,
}

impl InCore {
    /// The world as a story finds it.
    pub fn new(organisation: &Organisation) -> Result<Self, String> {
        let mut world = Self {
            now: organisation.founded,
            register: Register::default(),
            models: BTreeMap::new(),
            meetings: BTreeMap::new(),
            releases: BTreeMap::new(),
            incidents: BTreeMap::new(),
            risks: BTreeMap::new(),
            exclusions: BTreeMap::new(),
            titles: BTreeMap::new(),
            history: BTreeMap::new(),
            policies: BTreeMap::new(),
            runbooks: BTreeMap::new(),
            machines: BTreeMap::new(),
            read: BTreeMap::new(),
            salts: Salts::default(),
        };
        world.found(organisation).map_err(|stop| stop.in_words())?;
        Ok(world)
    }

    fn found(&mut self, organisation: &Organisation) -> Result<(), Stop> {
        for name in &organisation.environments {
            let name: EnvironmentName = command::name(name)?;
            self.keep(&Actor::system(), RegisterCommand::DefineEnvironment { name })?;
        }
        self.publish_policy(&Actor::system(), &organisation.policy, &[])?;
        for (name, scopes) in &organisation.machines {
            let known = |word: &String| Scope::ALL.into_iter().find(|scope| scope.word() == word);
            self.machines.insert(name.clone(), scopes.iter().filter_map(known).collect());
        }
        // Whoever administers comes last: from then on the register is theirs to keep.
        for (name, roles) in organisation.people.iter().rev() {
            for role in roles {
                let (person, role) = (command::name(name)?, command::name(role)?);
                self.keep(
                    &Actor::system(),
                    RegisterCommand::GrantRole { person, role, term: Term::default() },
                )?;
            }
        }
        self.approve_founding_policy()?;
        let keeper = organisation.people.first().map(|(name, _)| self.actor(name)).transpose()?;
        for runbook in &organisation.runbooks {
            self.publish_runbook(&keeper.clone().unwrap_or_else(Actor::system), runbook)?;
        }
        Ok(())
    }

    /// Somebody of the body it names approves the policy a story begins with.
    fn approve_founding_policy(&mut self) -> Result<(), Stop> {
        let Some(published) = self.register.policies.last().cloned() else { return Ok(()) };
        let role = published.awaits.map(|awaits| awaits.role);
        let holders = role.iter().flat_map(|role| self.register.holders(role, self.now));
        let holder = holders.into_iter().next();
        let holder = holder.ok_or_else(|| Stop::Mistake("nobody can approve the policy".into()))?;
        let actor = self.actor(holder.as_str())?;
        let command = RegisterCommand::ApprovePolicy { policy: published.policy, comment: None };
        self.keep(&actor, command)?;
        Ok(())
    }

    fn actor(&self, who: &str) -> Result<Actor, Stop> {
        if who == "countersign" {
            return Ok(Actor::system());
        }
        let id: PersonId = command::name(who)?;
        if let Some(scopes) = self.machines.get(who) {
            return Ok(Actor::machine(id, scopes.clone()));
        }
        Ok(self.register.actor(&id, self.now))
    }

    fn keep(&mut self, actor: &Actor, command: RegisterCommand) -> Result<Vec<String>, Stop> {
        let context = register::Context { now: self.now, actor };
        let events = register::decide(&self.register, command, &context)?;
        let mut words = Vec::new();
        for event in events {
            let event = Event::Register(event);
            words.push(self.happen(&StreamId::Register, actor, event)?);
        }
        Ok(words)
    }

    fn publish_runbook(&mut self, actor: &Actor, path: &str) -> Result<Vec<String>, Stop> {
        let text = document(path).map_err(Stop::Mistake)?;
        let parsed = countersign_formats::runbook::parse(&text);
        let faulty = || Stop::Mistake(format!("`{path}` is faulty: {:?}", parsed.diagnostics));
        let runbook = parsed.runbook.clone().ok_or_else(faulty)?;
        let sha256 = Sha256::of(text.as_bytes());
        let (name, version) = (runbook.name.clone(), runbook.version.clone());
        let title = runbook.title.clone();
        self.runbooks.insert(sha256, runbook);
        let runbook = RunbookRef { name, version, sha256 };
        self.keep(actor, RegisterCommand::PublishRunbook { runbook, title })
    }

    fn change_model(
        &mut self,
        actor: &Actor,
        name: &ModelName,
        command: ModelCommand,
    ) -> Result<Vec<String>, Stop> {
        let steward = self.policy_in_force().map(|(_, policy)| policy.settings.escalate_to.clone());
        let model = self.models.entry(name.clone()).or_default();
        let (now, register, steward) = (self.now, &self.register, steward.as_ref());
        let context = ModelContext { now, actor, register, steward };
        let events = model::decide(model, command, &context)?;
        let stream = StreamId::Model(name.clone());
        events.into_iter().map(|event| self.happen(&stream, actor, Event::Model(event))).collect()
    }

    fn change_release(
        &mut self,
        actor: &Actor,
        id: &ReleaseId,
        command: Command,
    ) -> Result<Vec<String>, Stop> {
        let release = self.releases.get(id).cloned().unwrap_or_default();
        let asked = match &command {
            Command::Request { request, .. } => Some((**request).clone()),
            _ => release.request.clone(),
        };
        let asked = asked.ok_or_else(|| Stop::Mistake(format!("there is no release `{id}`")))?;
        let model = self.models.get(&asked.model).cloned().unwrap_or_default();
        let others = || self.releases.values().filter(|other| other.id != release.id);
        let standings: Vec<_> = others().flat_map(project::standings).collect();
        let of_model = |other: &&Release| {
            other.request.as_ref().is_some_and(|request| request.model == asked.model)
        };
        let siblings: Vec<&Release> = others().filter(of_model).collect();
        let target = match command.looks_around(&asked) {
            LooksAround::AtTarget(id) => self.releases.get(&id),
            LooksAround::AtNothing | LooksAround::AtDigests | LooksAround::AtModel => None,
        };
        let around = Around { standings: &standings, target, siblings: &siblings };
        let decided = self.with_context(actor, &asked, &model, |context| {
            release::decide(&release, command.clone(), &Context { around, ..*context })
        });
        let events = match decided {
            Ok(events) => events,
            Err(refusal) => {
                if let Some(event) = release::attempt(&release, &command, &refusal) {
                    self.happen(&StreamId::Release(id.clone()), actor, Event::Release(event))?;
                }
                return Err(refusal.into());
            }
        };
        let mut after = release;
        for event in &events {
            after.evolve(self.now, &actor.who, event);
        }
        let following = consequences(&after, &model, &events);
        let stream = StreamId::Release(id.clone());
        let own = events.into_iter().map(|event| (stream.clone(), Event::Release(event)));
        own.chain(following).map(|(stream, event)| self.happen(&stream, actor, event)).collect()
    }

    fn policy_in_force(&self) -> Option<(&PolicyRef, &Policy)> {
        let calendar = self.register.calendar().expect("UTC is a time zone");
        let published = self.register.policy_in_force(calendar.date_at(self.now))?;
        Some((&published.policy, self.policies.get(&published.policy.sha256)?))
    }

    /// Gathers what a decision may depend on, and decides.
    fn with_context<T>(
        &self,
        actor: &Actor,
        asked: &release::Request,
        model: &Model,
        decide: impl FnOnce(&Context<'_>) -> T,
    ) -> T {
        let policy = self.policy_in_force();
        let runbook = asked.runbook.as_ref().and_then(|choice| {
            let published = self.register.runbook(&choice.name, Some(&choice.version))?;
            Some((&published.runbook, self.runbooks.get(&published.runbook.sha256)?))
        });
        let resubmitted = asked.resubmits.as_ref().and_then(|id| self.releases.get(id));
        let register = &self.register;
        let (now, around, risks) = (self.now, Around::default(), &self.register_of_risks()[..]);
        decide(&Context {
            now,
            actor,
            model,
            policy,
            runbook,
            register,
            resubmitted,
            around,
            risks,
        })
    }

    /// Something happened: it is encoded and read back as the log would, then folded.
    fn happen(&mut self, stream: &StreamId, actor: &Actor, event: Event) -> Result<String, Stop> {
        let (stream, by) = (stream.clone(), actor.who.clone());
        let envelope = Envelope { v: 1, stream, version: 1, at: self.now, by, event };
        let bytes = envelope.encode().map_err(|error| Stop::Mistake(error.to_string()))?;
        let kept = Envelope::decode(&bytes).map_err(|error| Stop::Mistake(error.to_string()))?;
        assert_eq!(kept, envelope, "an event reads back as it was");
        let word = kept.event.word().to_owned();
        match (&kept.stream, &kept.event) {
            (StreamId::Release(id), Event::Release(event)) => {
                let release = self.releases.entry(id.clone()).or_default();
                release.evolve(kept.at, &kept.by, event);
                let by = named(&kept.by);
                self.history.entry(id.clone()).or_default().push((by, word.clone()));
            }
            (StreamId::Model(name), Event::Model(event)) => {
                let model = self.models.entry(name.clone()).or_default();
                model.evolve(kept.at, &kept.by, event);
            }
            (StreamId::Meeting(id), Event::Meeting(event)) => {
                let meeting = self.meetings.entry(id.clone()).or_default();
                meeting.evolve(kept.at, &kept.by, event);
            }
            (StreamId::Incident(id), Event::Incident(event)) => {
                let incident = self.incidents.entry(id.clone()).or_default();
                incident.evolve(kept.at, &kept.by, event);
            }
            (StreamId::Risk(id), Event::Risk(event)) => {
                self.risks.entry(id.clone()).or_default().evolve(kept.at, &kept.by, event);
            }
            (StreamId::Sandbox(id), Event::Sandbox(event)) => {
                self.exclusions.entry(id.clone()).or_default().evolve(kept.at, &kept.by, event);
            }
            (StreamId::Register, Event::Register(event)) => self.register.evolve(kept.at, event),
            (stream, event) => {
                return Err(Stop::Mistake(format!("{} in {stream}", event.word())));
            }
        }
        Ok(word)
    }

    fn id_of(&self, title: &str) -> Result<ReleaseId, Stop> {
        let known = self.titles.get(title).cloned();
        known.ok_or_else(|| Stop::Mistake(format!("no release is called `{title}` here")))
    }

    /// Puts titles in the place of identifiers.
    fn titled(&self, text: &str) -> String {
        let each = self.titles.iter();
        each.fold(text.to_owned(), |text, (title, id)| {
            text.replace(id.as_str(), &format!("\"{title}\""))
        })
    }
}

/// Who somebody is, as a story names them.
fn named(who: &Who) -> String {
    match who {
        Who::Person(id) | Who::Machine(id) => id.to_string(),
        Who::System => "countersign".into(),
    }
}

impl Gate for InCore {
    fn now_is(&mut self, now: Timestamp) {
        self.now = now;
    }

    fn perform(&mut self, who: &str, release: &str, deed: &Deed) -> Result<Outcome, String> {
        match self.carry_out(who, release, deed) {
            Ok(words) => Ok(Outcome::Happened(words)),
            Err(Stop::Refused(code, reasons)) => {
                let reasons = reasons.iter().map(|reason| self.titled(reason)).collect();
                Ok(Outcome::Refused { code, reasons })
            }
            Err(Stop::Mistake(why)) => Err(why),
        }
    }

    fn look(&mut self, release: &str) -> Result<Look, String> {
        self.look_at(release).map_err(|stop| stop.in_words())
    }

    fn holders(&mut self, release: &str, role: &str) -> Result<Vec<String>, String> {
        let holders = || -> Result<Vec<String>, Stop> {
            let role: RoleName = command::name(role)?;
            if role.is_model_owner() {
                let id = self.id_of(release)?;
                let request = self.releases.get(&id).and_then(|release| release.request.as_ref());
                let model = request.and_then(|request| self.models.get(&request.model));
                return Ok(model.and_then(Model::owner).iter().map(ToString::to_string).collect());
            }
            Ok(self.register.holders(&role, self.now).iter().map(ToString::to_string).collect())
        };
        holders().map_err(|stop| stop.in_words())
    }

    fn entries(&mut self, kind: EntryKind) -> Result<Vec<Listed>, String> {
        Ok(self.listed(kind))
    }

    fn verdict(&mut self, digest: Sha256, environment: &str) -> Result<Ruling, String> {
        let environment = EnvironmentName::new(environment).map_err(|error| error.to_string())?;
        let rows: Vec<_> = self
            .releases
            .values()
            .flat_map(project::standings)
            .filter(|row| row.digest == digest)
            .collect();
        let times = Times::of(&self.register, &environment);
        let verdict = verdict(&concerning(rows, &environment), &times, self.now);
        let word = if verdict.allow == Allow::Allow { "allow" } else { "deny" };
        let reasons = verdict.reasons.iter().map(|reason| self.titled(&reason.to_string()));
        let despite = verdict.despite.iter().map(|one| format!("let through all the same: {one}"));
        let mut reasons: Vec<String> = reasons.chain(despite).collect();
        reasons.sort();
        Ok(Ruling { word: word.into(), reasons })
    }
}

/// A role by its word.
fn role(word: &str) -> Result<RoleName, Stop> {
    command::name(word)
}
