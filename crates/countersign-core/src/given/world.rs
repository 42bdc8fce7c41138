//! A world: everything that happened, folded, and the moment it is now.

use super::*;
use crate::actor::Who;
use crate::assess::{GateReport, assess};
use crate::classification::RiskTier;
use crate::digest::Sha256;
use crate::event::{Envelope, Event};
use crate::incident::Incident;
use crate::meeting::Meeting;
use crate::model::{Model, ModelEvent, Registration};
use crate::name::{EnvironmentName, ExclusionId, IncidentId, MeetingId, ModelName, ReleaseId};
use crate::plan::GatePlan;
use crate::policy::{Policy, PolicyRef};
use crate::refusal::Refusal;
use crate::register::{self, Register, RegisterCommand, RegisterEvent};
use crate::release::command::{Around, Command, Context};
use crate::release::{Release, ReleaseEvent, Request, decide};
use crate::risk::Risk;
use crate::rows::StandingRow;
use crate::runbook::{Runbook, RunbookRef};
use crate::sandbox::Exclusion;
use crate::stream::StreamId;
use crate::times::Times;
use crate::verdict::{Verdict, verdict};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Everything that happened so far, and its fold.
#[derive(Debug, Clone)]
pub struct World {
    /// The moment it is now.
    pub now: Timestamp,
    /// Every event, oldest first.
    pub history: Vec<Envelope>,
    /// The fold of the register's events.
    pub register: Register,
    /// The fold of each session's events.
    pub meetings: BTreeMap<MeetingId, Meeting>,
    /// The fold of each model's events.
    pub models: BTreeMap<ModelName, Model>,
    /// The fold of each release's events.
    pub releases: BTreeMap<ReleaseId, Release>,
    /// The fold of each incident's events.
    pub incidents: BTreeMap<IncidentId, Incident>,
    /// The fold of the risk register.
    pub risks: Vec<Risk>,
    /// The fold of each sandbox exclusion's events.
    pub exclusions: BTreeMap<ExclusionId, Exclusion>,
    /// The release the test speaks of.
    pub current: ReleaseId,
    /// The text of each policy that was published.
    pub policies: Vec<(PolicyRef, Policy)>,
    /// The text of each runbook version that was published.
    pub runbooks: Vec<(RunbookRef, Runbook)>,
}

/// What came of a command.
#[derive(Debug)]
pub struct Attempt {
    /// The world before it.
    pub before: World,
    /// The release's events, or the refusal.
    pub result: Result<Vec<ReleaseEvent>, Refusal>,
    after: World,
}

/// The organisation on a Monday morning: people, policy, runbook and environments, and Rivera's
/// model of this tier.
pub fn given(tier: RiskTier) -> World {
    let mut world = World::empty().publishing(policy()).publishing_runbook(runbook());
    for name in ["staging", "production"] {
        let name = environment(name);
        world.record(StreamId::Register, &Who::System, RegisterEvent::EnvironmentDefined { name });
    }
    for (person, held) in PEOPLE {
        for role in roles(held) {
            let person = id(person);
            let granted = RegisterEvent::granted(person, role);
            world.record(StreamId::Register, &Who::System, granted);
        }
    }
    let calendar = calendar();
    world.record(
        StreamId::Register,
        &Who::System,
        RegisterEvent::CalendarSet { calendar, names: Default::default() },
    );
    let registered = ModelEvent::Registered(Registration {
        name: summarizer(),
        title: "Summarizer".into(),
        owner: id("rivera"),
        tier,
        intended_use: text("summaries of support cases"),
    });
    world.record(StreamId::Model(summarizer()), &Who::Person(id("rivera")), registered);
    world
}

impl World {
    fn empty() -> Self {
        Self {
            now: monday(),
            history: Vec::new(),
            register: Register::default(),
            meetings: BTreeMap::new(),
            models: BTreeMap::new(),
            releases: BTreeMap::new(),
            incidents: BTreeMap::new(),
            risks: Vec::new(),
            exclusions: BTreeMap::new(),
            current: release("r-1"),
            policies: Vec::new(),
            runbooks: Vec::new(),
        }
    }

    /// This happened as well, whoever decided it.
    pub fn and(mut self, event: impl Into<Event>) -> Self {
        let event = event.into();
        let stream = match &event {
            Event::Release(_) => StreamId::Release(self.current.clone()),
            Event::Model(_) => StreamId::Model(summarizer()),
            Event::Meeting(_) => StreamId::Meeting(session()),
            Event::Register(_) => StreamId::Register,
            Event::Incident(_) | Event::Risk(_) | Event::Sandbox(_) => {
                panic!("have somebody do it instead")
            }
        };
        self.record(stream, &Who::Person(id("abara")), event);
        self
    }

    /// This person registered another model of this tier.
    pub fn owning(mut self, person: &str, name: &str, tier: RiskTier) -> Self {
        let name = ModelName::new(name).expect("a model");
        let registered = ModelEvent::Registered(Registration {
            name: name.clone(),
            title: name.to_string(),
            owner: id(person),
            tier,
            intended_use: text("tags for documents"),
        });
        self.record(StreamId::Model(name), &Who::Person(id(person)), registered);
        self
    }

    /// So many hours pass.
    pub fn later(mut self, hours: i64) -> Self {
        self.now += SignedDuration::from_hours(hours);
        self
    }

    /// From here on the test speaks of this release.
    pub fn speaking_of(mut self, name: &str) -> Self {
        self.current = release(name);
        self
    }

    /// Somebody did this, and the rules let them.
    #[track_caller]
    pub fn having(self, who: impl Into<Acting>, deed: impl Into<Deed>) -> Self {
        self.when(who, deed).world()
    }

    /// Somebody does this.
    pub fn when(self, who: impl Into<Acting>, deed: impl Into<Deed>) -> Attempt {
        let command = deed.into().command(&self);
        let mut after = self.clone();
        let result = after.execute(&who.into(), command);
        Attempt { before: self, result, after }
    }

    /// Somebody changes the register, and it is folded.
    pub fn keep(
        &mut self,
        who: impl Into<Acting>,
        command: RegisterCommand,
    ) -> Result<Vec<RegisterEvent>, Refusal> {
        let actor = who.into().actor(&self.register, self.now);
        let context = register::Context { now: self.now, actor: &actor };
        let events = register::decide(&self.register, command, &context)?;
        for event in events.clone() {
            self.record(StreamId::Register, &actor.who, event);
        }
        Ok(events)
    }

    /// Decides a command and folds what follows, in every stream, as the program does.
    pub fn execute(
        &mut self,
        who: &Acting,
        command: Command,
    ) -> Result<Vec<ReleaseEvent>, Refusal> {
        let asked = if let Command::Request { id, request, .. } = &command {
            Some((id.clone(), (**request).clone()))
        } else {
            None
        };
        let named = asked.as_ref().map_or_else(|| self.current.clone(), |(id, _)| id.clone());
        let release = self.releases.get(&named).cloned().unwrap_or_default();
        let asked = asked.map(|(_, request)| request).or_else(|| release.request.clone());
        let name = asked.as_ref().map_or_else(summarizer, |request| request.model.clone());
        let model = self.models.get(&name).cloned().unwrap_or_default();
        let actor = who.actor(&self.register, self.now);
        let (standings, siblings) = (self.elsewhere(&release), self.siblings(&named));
        let target = self.target_of(&command);
        let around = Around { standings: &standings, target, siblings: &siblings };
        let context = Context { around, ..self.context(&actor, &model, asked.as_ref()) };
        let events = decide(&release, command, &context)?;
        let following = crate::consequence::consequences(&release, &model, &events);
        self.current = named.clone();
        for event in events.clone() {
            self.record(StreamId::Release(named.clone()), &actor.who, event);
        }
        for (stream, event) in following {
            self.record(stream, &actor.who, event);
        }
        Ok(events)
    }

    /// Everything outside the release's stream that a decision may depend on.
    pub(super) fn context<'a>(
        &'a self,
        actor: &'a crate::actor::Actor,
        model: &'a Model,
        asked: Option<&Request>,
    ) -> Context<'a> {
        let choice = asked.and_then(|request| request.runbook.as_ref());
        let runbook = choice.and_then(|choice| {
            self.runbooks
                .iter()
                .find(|(one, _)| one.name == choice.name && one.version == choice.version)
        });
        let earlier = asked.and_then(|request| request.resubmits.as_ref());
        Context {
            now: self.now,
            actor,
            model,
            policy: self.policy_in_force(),
            runbook: runbook.map(|(reference, runbook)| (reference, runbook)),
            register: &self.register,
            resubmitted: earlier.and_then(|id| self.releases.get(id)),
            around: Around::default(),
            risks: &self.risks,
        }
    }

    pub(super) fn policy_in_force(&self) -> Option<(&PolicyRef, &Policy)> {
        let today = calendar().date_at(self.now);
        let published = self.register.policy_in_force(today)?;
        Some((&published.policy, self.text_of(&published.policy)?))
    }

    /// This happened in this stream now: it is folded and kept, whoever decided it.
    pub fn record(&mut self, stream: StreamId, by: &Who, event: impl Into<Event>) {
        let event = event.into();
        match (&stream, &event) {
            (StreamId::Release(id), Event::Release(event)) => {
                self.releases.entry(id.clone()).or_default().evolve(self.now, by, event);
            }
            (StreamId::Model(name), Event::Model(event)) => {
                self.models.entry(name.clone()).or_default().evolve(self.now, by, event);
            }
            (StreamId::Meeting(id), Event::Meeting(event)) => {
                self.meetings.entry(id.clone()).or_default().evolve(self.now, by, event);
            }
            (StreamId::Register, Event::Register(event)) => {
                self.register.evolve(self.now, event);
            }
            (stream, event) => self.record_beside(stream, by, event),
        }
        let earlier = self.history.iter().filter(|one| one.stream == stream).count();
        let version = earlier as u64 + 1;
        let (at, by) = (self.now, by.clone());
        self.history.push(Envelope { v: 1, stream, version, at, by, event });
    }

    /// The release the test speaks of.
    #[track_caller]
    pub fn release(&self) -> &Release {
        self.releases.get(&self.current).expect("a release")
    }

    /// Its plan, or the one it would get now.
    #[track_caller]
    pub fn plan(&self) -> GatePlan {
        self.plan_if_any().expect("a plan")
    }

    /// Its plan, or the one it would get now; `None` when no policy gives it one.
    #[track_caller]
    pub fn plan_if_any(&self) -> Option<GatePlan> {
        let release = self.release();
        if let Some(plan) = &release.plan {
            return Some(plan.clone());
        }
        let request = release.request.as_ref()?;
        let actor = Acting::from("rivera").actor(&self.register, self.now);
        self.context(&actor, self.models.get(&request.model)?, Some(request)).plan(release).ok()
    }

    /// Where it stands now.
    #[track_caller]
    pub fn report(&self) -> GateReport {
        assess(self.release(), Some(&self.plan()), self.now).expect("a report")
    }

    /// The codes of everything that blocks it now.
    #[track_caller]
    pub fn blocked_by(&self) -> Vec<&'static str> {
        self.report().blockers.iter().map(crate::blocker::Blocker::code).collect()
    }

    /// The digest approvals bind to now.
    #[track_caller]
    pub fn dossier(&self) -> Sha256 {
        crate::dossier::digest(self.release())
    }

    /// Where every release stands on this digest in this environment.
    pub fn standings(&self, digest: Sha256, place: &EnvironmentName) -> Vec<StandingRow> {
        let all = self.releases.values().flat_map(crate::project::standings);
        let of_digest = all.filter(|row| row.digest == digest).collect();
        crate::verdict::concerning(of_digest, place)
    }

    /// May this digest run there now?
    pub fn verdict_on(&self, digest: Sha256, place: &EnvironmentName) -> Verdict {
        verdict(&self.standings(digest, place), &Times::of(&self.register, place), self.now)
    }

    /// May the first artifact of the release run in production now?
    #[track_caller]
    pub fn verdict(&self) -> Verdict {
        self.verdict_on(self.release().artifacts[0].digest, &production())
    }

    /// The codes of why it may not; empty when it may.
    #[track_caller]
    pub fn denied_by(&self) -> Vec<String> {
        self.verdict().reasons.into_iter().map(|reason| reason.code).collect()
    }
}

impl Attempt {
    /// Exactly these events happened to the release.
    #[track_caller]
    pub fn then<const N: usize>(self, expected: [ReleaseEvent; N]) -> World {
        assert_eq!(self.result, Ok(expected.to_vec()));
        self.after
    }

    /// Events of these kinds happened to the release, in this order.
    #[track_caller]
    pub fn then_words(self, expected: &[&str]) -> World {
        let events = self.result.unwrap_or_else(|refusal| panic!("refused: {refusal:?}"));
        assert_eq!(events.iter().map(ReleaseEvent::word).collect::<Vec<_>>(), expected);
        self.after
    }

    /// It was refused for exactly this reason, and nothing changed.
    #[track_caller]
    pub fn refused(self, expected: Refusal) {
        assert_eq!(self.result, Err(expected));
        assert_eq!(self.before.history, self.after.history);
    }

    /// It was refused with this code, and nothing changed. Gives the refusal to look closer.
    #[track_caller]
    pub fn refused_as(self, code: &str) -> Refusal {
        let refusal = self.result.expect_err("it was allowed");
        assert_eq!(refusal.code(), code, "{refusal:?}");
        assert_eq!(self.before.history, self.after.history);
        refusal
    }

    /// The world afterwards; the rules must have let it happen.
    #[track_caller]
    pub fn world(self) -> World {
        if let Err(refusal) = &self.result {
            panic!("refused as {}: {refusal}\n{refusal:#?}", refusal.code());
        }
        self.after
    }
}
