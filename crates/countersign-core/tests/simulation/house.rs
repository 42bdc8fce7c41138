//! The house: a world that commands are sent to, the rows a store would keep of it, and the
//! tally of what happened.

use crate::invariants::{self, Broken};
use crate::rows::Rows;
use crate::tally::Tally;
use countersign_core::actor::Who;
use countersign_core::digest::Sha256;
use countersign_core::event::Event;
use countersign_core::given::*;
use countersign_core::meeting::{self, MeetingCommand};
use countersign_core::model::{self, ModelCommand, ModelContext};
use countersign_core::name::{MeetingId, ModelName, ReleaseId};
use countersign_core::refusal::Refusal;
use countersign_core::register::{self, RegisterCommand};
use countersign_core::release::command::Command;
use countersign_core::release::{Release, attempt};
use countersign_core::stream::StreamId;
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// What comes of a step: nothing to report, or an invariant that broke.
pub type Step = Result<(), Broken>;

/// Everything the simulation keeps of one seed.
pub struct House {
    world: Option<World>,
    /// What happened, counted.
    pub tally: Tally,
    /// The rows as a store has them: written for the streams an append touched, and never else.
    pub rows: BTreeMap<ReleaseId, Rows>,
    /// How many events each stream has.
    pub versions: BTreeMap<StreamId, u64>,
    /// The digest of each stored event as it was when it was written.
    pub prints: Vec<Sha256>,
    /// The last command to a release, as a client that heard no answer would repeat it.
    pub last: Option<(Acting, ReleaseId, Command)>,
    /// Dossiers approvers may still have on their screens.
    pub seen: Vec<(ReleaseId, Sha256)>,
    /// How far the clock stands behind, after it was set back.
    pub behind: SignedDuration,
    /// The story so far, when somebody wants to read it.
    pub told: Option<Vec<String>>,
}

impl House {
    /// A house in which this has happened, and nothing is left to check about it.
    pub fn of(world: World) -> Self {
        let mut house = Self {
            world: Some(world),
            tally: Tally::default(),
            rows: BTreeMap::new(),
            versions: BTreeMap::new(),
            prints: Vec::new(),
            last: None,
            seen: Vec::new(),
            behind: SignedDuration::ZERO,
            told: None,
        };
        let begun = invariants::appended(&mut house, 0);
        assert!(begun.is_ok(), "{begun:?}");
        house
    }

    /// The world as it is now.
    pub fn world(&self) -> &World {
        self.world.as_ref().expect("a world")
    }

    /// One release, if it was ever asked for.
    pub fn release(&self, id: &ReleaseId) -> Option<&Release> {
        self.world().releases.get(id)
    }

    /// From here on the world speaks of this release.
    pub fn speaks_of(&mut self, id: &ReleaseId) {
        if let Some(world) = &mut self.world {
            world.current = id.clone();
        }
    }

    /// The world is changed by its own words, and what they appended is checked.
    pub fn becomes(&mut self, change: impl FnOnce(World) -> World) -> Step {
        let from = self.world().history.len();
        self.world = self.world.take().map(change);
        self.tell(|house| {
            let words = house.world().history[from..].iter().map(|one| one.event.word());
            format!("and {}", words.collect::<Vec<_>>().join(", "))
        });
        invariants::appended(self, from)
    }

    /// Time goes on, or back.
    pub fn clock(&mut self, by: SignedDuration) -> Step {
        if let Some(world) = &mut self.world {
            world.now += by;
        }
        self.tell(|house| format!("and it is {} ({by:#})", house.world().now));
        Ok(())
    }

    /// Somebody sends a command to a release.
    pub fn sends(&mut self, who: &Acting, id: &ReleaseId, command: Command) -> Step {
        self.last = Some((who.clone(), id.clone(), command.clone()));
        let before = invariants::Before::of(self, id, &command);
        let from = self.world().history.len();
        let said = self.told.is_some().then(|| short(&command));
        let world = self.world.as_mut().expect("a world");
        world.current = id.clone();
        let result = world.execute(who, command.clone());
        self.say(who, &format!("{} of {id}: {}", command.action(), said.unwrap_or_default()));
        match result {
            Ok(_) => {
                self.came_of(from, None);
                invariants::appended(self, from)?;
                invariants::decided(self, from, &before)
            }
            Err(refusal) => {
                self.came_of(from, Some(&refusal));
                invariants::refused(self, from)?;
                self.attempted(who, id, &command, &refusal)
            }
        }
    }

    /// The log keeps that somebody tried to decide without a right to, as the program does.
    fn attempted(
        &mut self,
        who: &Acting,
        id: &ReleaseId,
        command: &Command,
        refusal: &Refusal,
    ) -> Step {
        let tried = self.release(id).and_then(|release| attempt(release, command, refusal));
        let Some(event) = tried else { return Ok(()) };
        let actor = who.actor(&self.world().register, self.world().now);
        self.records(StreamId::Release(id.clone()), &actor.who, vec![event.into()])
    }

    /// Somebody does something that the world knows how to do.
    pub fn tries(
        &mut self,
        who: &Acting,
        what: &str,
        deed: impl FnOnce(&mut World) -> Result<Vec<&'static str>, Refusal>,
    ) -> Step {
        let from = self.world().history.len();
        self.say(who, what);
        let result = deed(self.world.as_mut().expect("a world"));
        self.came_of(from, result.as_ref().err());
        if result.is_err() {
            return invariants::refused(self, from);
        }
        invariants::appended(self, from)
    }

    /// Somebody does something in a session, and what it decides happens where it belongs.
    pub fn sits(&mut self, who: &Acting, id: &MeetingId, command: MeetingCommand) -> Step {
        let from = self.world().history.len();
        self.say(who, &format!("in session {id}: {command:?}"));
        let meeting = self.world().meetings.get(id).cloned().unwrap_or_default();
        let world = self.world.as_mut().expect("a world");
        match world.sit_in(id, who, command.clone()) {
            Ok(_) => {
                self.came_of(from, None);
                invariants::appended(self, from)?;
                invariants::decided(self, from, &invariants::Before::default())
            }
            Err(refusal) => {
                self.came_of(from, Some(&refusal));
                invariants::refused(self, from)?;
                let tried = meeting::attempt(&meeting, &command, &refusal).map(Event::Meeting);
                let actor = who.actor(&self.world().register, self.world().now);
                self.records(StreamId::Meeting(id.clone()), &actor.who, tried.into_iter().collect())
            }
        }
    }

    /// Somebody sends a command to a model.
    pub fn sends_to_model(&mut self, who: &Acting, name: &ModelName, deed: ModelCommand) -> Step {
        let world = self.world();
        let actor = who.actor(&world.register, world.now);
        let model = world.models.get(name).cloned().unwrap_or_default();
        self.say(who, &format!("{deed:?} of {name}"));
        let steward = role("ai_governance_lead");
        let (now, register) = (self.world().now, &self.world().register);
        let context = ModelContext { now, actor: &actor, register, steward: Some(&steward) };
        match model::decide(&model, deed, &context) {
            Ok(events) => {
                let events = events.into_iter().map(Event::Model).collect();
                self.records(StreamId::Model(name.clone()), &actor.who, events)
            }
            Err(refusal) => self.nothing(&refusal),
        }
    }

    /// Somebody sends a command to the register.
    pub fn sends_to_register(&mut self, who: &Acting, deed: RegisterCommand) -> Step {
        let actor = who.actor(&self.world().register, self.world().now);
        self.say(who, &format!("{deed:?}"));
        let context = register::Context { now: self.world().now, actor: &actor };
        match register::decide(&self.world().register, deed.clone(), &context) {
            Ok(events) => {
                let events = events.into_iter().map(Event::Register).collect();
                self.records(StreamId::Register, &actor.who, events)
            }
            Err(refusal) => {
                self.nothing(&refusal)?;
                let tried = register::attempt(&deed, &refusal).map(Event::Register);
                self.records(StreamId::Register, &actor.who, tried.into_iter().collect())
            }
        }
    }

    fn records(&mut self, stream: StreamId, by: &Who, events: Vec<Event>) -> Step {
        if events.is_empty() {
            return Ok(());
        }
        let from = self.world().history.len();
        let world = self.world.as_mut().expect("a world");
        for event in events {
            world.record(stream.clone(), by, event);
        }
        self.came_of(from, None);
        invariants::appended(self, from)
    }

    fn nothing(&mut self, refusal: &Refusal) -> Step {
        let from = self.world().history.len();
        self.came_of(from, Some(refusal));
        Ok(())
    }

    fn came_of(&mut self, from: usize, refusal: Option<&Refusal>) {
        if let Some(refusal) = refusal {
            self.tally.refused(refusal.code());
        }
        self.tell(|house| match refusal {
            Some(refusal) => format!("  then refused as {}: {refusal}", refusal.code()),
            None => {
                let words = house.world().history[from..].iter().map(|one| one.event.word());
                format!("  then {}", words.collect::<Vec<_>>().join(", "))
            }
        });
    }

    fn say(&mut self, who: &Acting, what: &str) {
        self.tell(|_| format!("when {} {what}", named(who)));
    }

    fn tell(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.told.is_some() {
            let line = line(self);
            self.told.iter_mut().for_each(|told| told.push(line.clone()));
        }
    }
}

fn named(who: &Acting) -> String {
    match who {
        Acting::Person(person) => person.to_string(),
        Acting::Machine(token, scopes) => format!("machine {token} {scopes:?}"),
        Acting::Countersign => "countersign".into(),
    }
}

/// A command in as many words as fit on a line.
fn short(command: &Command) -> String {
    format!("{command:?}").chars().take(240).collect()
}
