//! The whole program: an installation on SQLite in a folder of its own, talked to over its HTTP
//! API as everybody would.

mod beside;
mod call;
mod hears;
mod kept;
mod look;
mod meeting;

use super::deed::Deed;
use super::gate::{Gate, Listed, Look, Outcome, Ruling};
use super::organisation::{Organisation, document};
use super::urgent::UrgentDeed;
use crate::world::{Answer, Client, World};
use countersign::app::{AnyCommand, Caller, Submission};
use countersign_core::actor::{Scope, Who};
use countersign_core::digest::Sha256;
use countersign_core::entry::EntryKind;
use countersign_core::name::{EnvironmentName, PersonId, ReleaseId, RoleName};
use countersign_core::register::{RegisterCommand, Term};
use countersign_core::release::command::DeliveryOutcome;
use countersign_core::release::{Command, UrgentCommand, due_commands};
use countersign_store::Person;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tokio::runtime::Runtime;

/// An installation and whom a story knows in it.
pub struct OverHttp {
    world: World,
    people: BTreeMap<String, Person>,
    machines: BTreeMap<String, Client>,
    /// What a story calls somebody, by identifier.
    handles: BTreeMap<PersonId, String>,
    titles: BTreeMap<String, ReleaseId>,
    /// The identifiers of sessions, by their titles.
    meetings: BTreeMap<String, String>,
    /// The dossier a person read last, by person and release.
    read: BTreeMap<(String, String), String>,
    // Last, so that the store is closed while there is still a runtime.
    runtime: Runtime,
}

impl OverHttp {
    /// The world as a story finds it.
    pub fn new(organisation: &Organisation) -> Result<Self, String> {
        Self::on(organisation, None)
    }

    fn on(organisation: &Organisation, store: Option<String>) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let world = runtime.block_on(World::empty(|config| {
            if store.is_some() {
                config.store_url = store;
            }
        }));
        world.app.clock.set(organisation.founded);
        let mut gate = Self {
            world,
            people: BTreeMap::new(),
            machines: BTreeMap::new(),
            handles: BTreeMap::new(),
            titles: BTreeMap::new(),
            meetings: BTreeMap::new(),
            read: BTreeMap::new(),
            runtime,
        };
        gate.publish(organisation)?;
        gate.gather(organisation)?;
        gate.approve_founding_policy()?;
        gate.publish_runbooks(organisation)?;
        Ok(gate)
    }

    /// The same in memory, for many short tales.
    pub fn in_memory(organisation: &Organisation) -> Result<Self, String> {
        Self::on(organisation, Some("memory:".into()))
    }

    /// How many events the log has, and who did what last.
    pub fn last_event(&self) -> Result<(u64, String, String), String> {
        let log = self.get("/log/events?from=0&limit=500")?;
        let items = log["items"].as_array().ok_or("the log is no list")?;
        let last = items.last().ok_or("the log is empty")?;
        let by = self.handle(&look::text(&last["by"]));
        Ok((items.len() as u64, by, look::text(&last["event"])))
    }

    fn publish(&self, organisation: &Organisation) -> Result<(), String> {
        let system = Caller::system();
        for name in &organisation.environments {
            let name = EnvironmentName::new(name.as_str()).map_err(|error| error.to_string())?;
            if name.as_str() != countersign::boot::FIRST_ENVIRONMENT {
                self.system(AnyCommand::Register(RegisterCommand::DefineEnvironment { name }))?;
            }
        }
        let policy = document(&organisation.policy)?;
        let published = self.runtime.block_on(self.world.app.publish_policy(&system, &policy));
        published.map_err(|failure| format!("{}: {failure}", organisation.policy))?;
        Ok(())
    }

    /// Whoever administers comes last: from then on the register is theirs to keep.
    fn gather(&mut self, organisation: &Organisation) -> Result<(), String> {
        for (name, roles) in organisation.people.iter().rev() {
            let email = format!("{name}@example.org");
            let person = self.runtime.block_on(self.world.app.add_person(name, &email));
            let person = person.map_err(|failure| failure.to_string())?;
            for role in roles {
                let role = RoleName::new(role.as_str()).map_err(|error| error.to_string())?;
                let person = person.id.clone();
                let term = Term::default();
                let grant = RegisterCommand::GrantRole { person, role, term };
                self.system(AnyCommand::Register(grant))?;
            }
            self.handles.insert(person.id.clone(), name.clone());
            self.people.insert(name.clone(), person);
        }
        let keeper = organisation.people.first().and_then(|(name, _)| self.people.get(name));
        let keeper = keeper.ok_or("nobody administers this organisation")?.id.clone();
        for (name, scopes) in &organisation.machines {
            let known = |word: &String| Scope::ALL.into_iter().find(|scope| scope.word() == word);
            let scopes = scopes.iter().filter_map(known).collect();
            let app = &self.world.app;
            let token = self.runtime.block_on(app.machine_token(name, &scopes, &keeper, None));
            let token = token.map_err(|failure| failure.to_string())?.token;
            let caller = self.runtime.block_on(app.bearer(&token));
            if let Ok(Caller { who: Who::Machine(id), .. }) = caller {
                self.handles.insert(id, name.clone());
            }
            self.machines.insert(name.clone(), self.world.bearer(&token));
        }
        Ok(())
    }

    /// Somebody of the body it names approves the policy a story begins with.
    fn approve_founding_policy(&self) -> Result<(), String> {
        let app = &self.world.app;
        let register = self.runtime.block_on(app.register()).map_err(|error| error.to_string())?;
        let Some(published) = register.state.policies.last() else { return Ok(()) };
        let role = published.awaits.as_ref().map(|awaits| awaits.role.clone());
        let holders = role.iter().flat_map(|role| register.state.holders(role, app.clock.now()));
        let holder = holders.into_iter().next().ok_or("nobody can approve the policy")?;
        let holder = caller(holder);
        let approval = app.approve_policy(&holder, published.policy.clone());
        self.runtime.block_on(approval).map_err(|failure| failure.to_string())?;
        Ok(())
    }

    fn publish_runbooks(&self, organisation: &Organisation) -> Result<(), String> {
        let keeper = organisation.people.first().and_then(|(name, _)| self.people.get(name));
        let keeper = caller(keeper.ok_or("nobody administers this organisation")?.id.clone());
        for path in &organisation.runbooks {
            let text = document(path)?;
            let publishing = self.world.app.publish_runbook(&keeper, &text, None);
            let published = self.runtime.block_on(publishing);
            published.map_err(|failure| format!("{path}: {failure}"))?;
        }
        Ok(())
    }

    /// A command of Countersign itself, for which there is no endpoint.
    fn system(&self, command: AnyCommand) -> Result<Vec<String>, String> {
        let system = Caller::system();
        let executed = self.world.app.execute(&system, Submission::new(command));
        let receipt = self.runtime.block_on(executed).map_err(|failure| failure.to_string())?;
        Ok(receipt.events)
    }

    fn system_on_release(&self, release: &str, command: Command) -> Result<Outcome, String> {
        let submission = Submission::release(self.id_of(release)?, command);
        let system = Caller::system();
        let executed = self.world.app.execute(&system, submission);
        match self.runtime.block_on(executed) {
            Ok(receipt) => Ok(Outcome::Happened(receipt.events)),
            Err(failure) => {
                let problem = countersign::api::problem::Problem::from(failure);
                let problem = serde_json::to_value(problem).map_err(|error| error.to_string())?;
                Ok(self.refused(&problem))
            }
        }
    }

    /// The API as somebody calls it now. Tokens of people expire, so each visit gets a new one.
    fn client(&self, who: &str) -> Result<Client, String> {
        if let Some(machine) = self.machines.get(who) {
            return Ok(machine.clone());
        }
        let person = self.people.get(who).ok_or_else(|| format!("nobody is called `{who}`"))?;
        let token = self.runtime.block_on(self.world.app.personal_token(person, "story"));
        Ok(self.world.bearer(&token.map_err(|failure| failure.to_string())?.token))
    }

    fn id_of(&self, title: &str) -> Result<&ReleaseId, String> {
        self.titles.get(title).ok_or_else(|| format!("no release is called `{title}` here"))
    }

    /// What somebody who may read everything gets.
    fn get(&self, path: &str) -> Result<Value, String> {
        let reader = self.people.keys().next().ok_or("there is nobody")?;
        let answer = self.runtime.block_on(self.client(reader)?.get(path));
        if answer.status.is_success() { Ok(answer.json()) } else { Err(answer.text()) }
    }

    /// The outcome an answer tells of.
    fn outcome(&self, answer: &Answer) -> Outcome {
        let body = answer.json();
        if !answer.status.is_success() {
            return self.refused(&body);
        }
        let receipt = body.get("receipt").unwrap_or(&body);
        Outcome::Happened(look::texts(&receipt["events"]))
    }

    fn refused(&self, problem: &Value) -> Outcome {
        let reasons = problem["reasons"].as_array().into_iter().flatten();
        let reasons = reasons.map(|reason| self.titled(&look::text(&reason["message"])));
        Outcome::Refused { code: look::text(&problem["code"]), reasons: reasons.collect() }
    }

    /// Puts titles in the place of identifiers.
    fn titled(&self, text: &str) -> String {
        let each = self.titles.iter();
        each.fold(text.to_owned(), |text, (title, id)| {
            text.replace(id.as_str(), &format!("\"{title}\""))
        })
    }

    /// What a story calls somebody, by identifier or name.
    fn handle(&self, who: &str) -> String {
        let id = who.strip_prefix("machine ").unwrap_or(who);
        let known = PersonId::new(id).ok().and_then(|id| self.handles.get(&id));
        known.cloned().unwrap_or_else(|| who.to_owned())
    }

    /// What Countersign's own clock has to record about a release.
    fn clock(&mut self, release: &str) -> Result<Outcome, String> {
        let now = self.world.app.clock.now();
        let opened = self.runtime.block_on(self.world.app.open_due_reviews(now));
        let opened = opened.map_err(|failure| failure.to_string())?;
        let mut words: Vec<String> = (0..opened).map(|_| "policy_review_opened".into()).collect();
        let due = match self.id_of(release) {
            Ok(id) => {
                let state = self.runtime.block_on(self.world.app.release(id));
                due_commands(&state.map_err(|failure| failure.to_string())?.state, now)
            }
            Err(_) => Vec::new(),
        };
        for command in due {
            match self.system_on_release(release, command)? {
                Outcome::Happened(more) => words.extend(more),
                refused @ Outcome::Refused { .. } => return Ok(refused),
            }
        }
        let nothing = vec!["nothing_due".to_owned()];
        Ok(Outcome::Happened(if words.is_empty() { nothing } else { words }))
    }
}

impl Gate for OverHttp {
    fn now_is(&mut self, now: Timestamp) {
        self.world.app.clock.set(now);
    }

    fn perform(&mut self, who: &str, release: &str, deed: &Deed) -> Result<Outcome, String> {
        match deed {
            Deed::Delivered { step } => {
                let outcome = DeliveryOutcome::Delivered { message: "msg_1".into(), status: 200 };
                let step = step.parse().map_err(|_| format!("`{step}` is no step"))?;
                self.system_on_release(release, Command::RecordDelivery { step, outcome })
            }
            Deed::Missed { environment } => {
                let environment = EnvironmentName::new(environment.as_str());
                let environment = environment.map_err(|error| error.to_string())?;
                self.system_on_release(release, Command::RecordMissedConfirmation { environment })
            }
            Deed::Urgent(UrgentDeed::RemindOfPapers) => {
                self.system_on_release(release, Command::Urgent(UrgentCommand::RemindOfPapers))
            }
            Deed::Urgent(UrgentDeed::OverduePapers) => {
                self.system_on_release(release, Command::Urgent(UrgentCommand::RecordOverduePapers))
            }
            Deed::Clock => self.clock(release),
            Deed::Read => {
                let look = self.get(&format!("/releases/{}", self.id_of(release)?))?;
                let read = (who.to_owned(), release.to_owned());
                self.read.insert(read, look::text(&look["dossier"]));
                Ok(Outcome::Happened(vec!["read".into()]))
            }
            Deed::Request(asked) => {
                let answer = self.request(who, asked)?;
                if answer.status.is_success() {
                    let id = ReleaseId::new(look::text(&answer.json()["release"]));
                    let id = id.map_err(|error| error.to_string())?;
                    self.titles.insert(asked.title.clone(), id);
                }
                Ok(self.outcome(&answer))
            }
            Deed::OpenEvidence { .. } => {
                let answer = self.call(who, release, deed)?;
                let opened = || Outcome::Happened(vec!["evidence_opened".into()]);
                // What comes back is the file itself.
                Ok(if answer.status.is_success() { opened() } else { self.outcome(&answer) })
            }
            Deed::Meeting { meeting, deed } => {
                let answer = self.in_session(who, meeting, deed)?;
                Ok(self.outcome(&answer))
            }
            Deed::Kept(kept) => self.keep_records(who, release, kept),
            Deed::Beside(done) => {
                let answer = self.call_beside(who, release, done)?;
                Ok(self.outcome(&answer))
            }
            other => {
                let answer = self.call(who, release, other)?;
                Ok(self.outcome(&answer))
            }
        }
    }

    fn look(&mut self, release: &str) -> Result<Look, String> {
        let view = self.get(&format!("/releases/{}", self.id_of(release)?))?;
        Ok(self.look_of(&view))
    }

    fn holders(&mut self, release: &str, role: &str) -> Result<Vec<String>, String> {
        if role == "model_owner" {
            let view = self.get(&format!("/releases/{}", self.id_of(release)?))?;
            let model = self.get(&format!("/models/{}", look::text(&view["model"])))?;
            return Ok(vec![self.handle(&look::text(&model["owner"]))]);
        }
        let people = self.get("/people?limit=200")?;
        let people = people["items"].as_array().into_iter().flatten();
        let held = people.filter(|one| look::texts(&one["roles"]).iter().any(|held| held == role));
        let mut names: Vec<String> = held.map(|one| self.handle(&look::text(&one["id"]))).collect();
        names.sort();
        Ok(names)
    }

    fn entries(&mut self, kind: EntryKind) -> Result<Vec<Listed>, String> {
        self.listed(kind)
    }

    fn verdict(&mut self, digest: Sha256, environment: &str) -> Result<Ruling, String> {
        let answer = self.get(&format!("/verdict?digest={digest}&environment={environment}"))?;
        let reasons = answer["reasons"].as_array().into_iter().flatten();
        let reasons = reasons.map(|reason| self.titled(&look::text(&reason["message"])));
        let despite = answer["despite"].as_array().into_iter().flatten();
        let despite = despite.map(|one| look::text(&one["message"]));
        let despite = despite.map(|one| format!("let through all the same: {one}"));
        let mut reasons: Vec<String> = reasons.chain(despite).collect();
        reasons.sort();
        Ok(Ruling { word: look::text(&answer["verdict"]), reasons })
    }
}

/// A person as the application knows them.
fn caller(id: PersonId) -> Caller {
    let name = id.to_string();
    Caller { who: Who::Person(id), scopes: BTreeSet::new(), name }
}
