//! Commands to sessions of the committee. What a closed item orders in a release or in the register
//! is decided there by its own rules and goes into the same append.

use super::commit::Decided;
use super::{App, Caller, Loaded};
use crate::failure::{Doing, Failure};
use crate::random;
use countersign_core::event::Event;
use countersign_core::meeting::{
    self, Meeting, MeetingCommand, MeetingContext, MeetingEvent, OnTable, Order, orders,
};
use countersign_core::name::{MeetingId, ReleaseId};
use countersign_core::project;
use countersign_core::refusal::Refusal;
use countersign_core::register::Register;
use countersign_core::release::Context;
use countersign_core::release::command::Around;
use countersign_core::stream::StreamId;
use countersign_store::RowChanges;
use jiff::Timestamp;

impl App {
    /// An identifier that no session has.
    pub fn new_meeting_id(&self) -> Result<MeetingId, Failure> {
        MeetingId::new(random::timed_id("m", self.clock.now())).doing("draw an identifier")
    }

    pub(super) async fn decide_meeting(
        &self,
        caller: &Caller,
        id: &MeetingId,
        command: MeetingCommand,
        now: Timestamp,
    ) -> Result<Result<Decided, Refusal>, Failure> {
        let loaded = self.meeting(id).await?;
        let register = self.register().await?;
        let events = match self.events_of(caller, (&loaded, &register), command, now).await? {
            Ok(events) => events,
            Err(Refusal::NotFound { what: "session", .. }) => {
                return Err(Failure::not_found("session", id));
            }
            Err(refusal) => return Ok(Err(refusal)),
        };
        let orders = orders(&loaded.state, &events);
        let mut decided = in_meeting(id, &loaded, events, (caller, now));
        decided.expected.push((StreamId::Register, register.version));
        for order in orders {
            let ordered = match order {
                Order::Release(release, command) => {
                    self.decide_release(caller, &release, *command, now).await?
                }
                Order::Register(command) => self.decide_register(caller, &command, now).await?,
            };
            match ordered {
                Ok(ordered) => decided.join(ordered),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        Ok(Ok(decided))
    }

    async fn events_of(
        &self,
        caller: &Caller,
        (loaded, register): (&Loaded<Meeting>, &Loaded<Register>),
        command: MeetingCommand,
        now: Timestamp,
    ) -> Result<Result<Vec<MeetingEvent>, Refusal>, Failure> {
        let register = &*register.state;
        let policy = self.policy_in_force(register).await?;
        let committee = policy.as_ref().and_then(|it| it.policy.settings.committee.as_ref());
        let actor = caller.actor(register, now);
        let table = match command.release(&loaded.state) {
            Some(release) => self.on_the_table(release).await?,
            None => None,
        };
        let on_table = table.as_ref().map(|(release, model)| OnTable {
            release: &release.state,
            context: Context {
                now,
                actor: &actor,
                model: &model.state,
                policy: policy.as_ref().map(|loaded| (&loaded.reference, &*loaded.policy)),
                runbook: None,
                register,
                resubmitted: None,
                around: Around::default(),
                // No answer about risks is given in a session.
                risks: &[],
            },
        });
        let actor = &actor;
        let context = MeetingContext { now, actor, register, committee, on_table };
        Ok(meeting::decide(&loaded.state, command, &context))
    }

    async fn on_the_table(
        &self,
        id: &ReleaseId,
    ) -> Result<
        Option<(
            Loaded<countersign_core::release::Release>,
            Loaded<countersign_core::model::Model>,
        )>,
        Failure,
    > {
        let release = self.release(id).await?;
        let Some(request) = &release.state.request else { return Ok(None) };
        let model = self.model(&request.model).await?;
        Ok(Some((release, model)))
    }

    /// What the log keeps of a refused command to a session.
    pub(super) async fn refused_in_meeting(
        &self,
        caller: &Caller,
        id: &MeetingId,
        (command, refusal): (&MeetingCommand, &Refusal),
        now: Timestamp,
    ) -> Result<Option<Decided>, Failure> {
        let loaded = self.meeting(id).await?;
        let event = meeting::attempt(&loaded.state, command, refusal);
        Ok(event.map(|event| in_meeting(id, &loaded, vec![event], (caller, now))))
    }
}

/// What a session itself writes.
fn in_meeting(
    id: &MeetingId,
    loaded: &Loaded<Meeting>,
    events: Vec<MeetingEvent>,
    (caller, now): (&Caller, Timestamp),
) -> Decided {
    let mut after = (*loaded.state).clone();
    for event in &events {
        after.evolve(now, &caller.who, event);
    }
    let stream = StreamId::Meeting(id.clone());
    let mut rows = RowChanges::default();
    rows.tasks.push((stream.clone(), project::meeting_tasks(&after)));
    rows.entries.push((stream.clone(), project::meeting_entries(&after)));
    let events = events.into_iter().map(|event| (stream.clone(), Event::Meeting(event)));
    Decided {
        expected: vec![(stream.clone(), loaded.version)],
        events: events.collect(),
        stream,
        rows,
        outbox: Vec::new(),
    }
}

impl Decided {
    /// The same with what was ordered elsewhere; the receipt stays that of this stream.
    fn join(&mut self, other: Self) {
        let new = other.expected.into_iter().filter(|(stream, _)| *stream != self.stream);
        for expected in new {
            if !self.expected.contains(&expected) {
                self.expected.push(expected);
            }
        }
        self.events.extend(other.events);
        self.rows.releases.extend(other.rows.releases);
        self.rows.models.extend(other.rows.models);
        self.rows.tasks.extend(other.rows.tasks);
        self.rows.entries.extend(other.rows.entries);
        self.rows.standings.extend(other.rows.standings);
        self.outbox.extend(other.outbox);
    }
}
