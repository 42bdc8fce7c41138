//! Sessions of the committee in tests: Abara chairs, Lindqvist, Moreau and Osei sit in it.

use super::{Acting, World, id, release, text};
use crate::event::Event;
use crate::meeting::{
    self, MeetingCommand, MeetingContext, MeetingEvent, NewTopic, OnTable, Order, Vote,
};
use crate::name::MeetingId;
use crate::refusal::Refusal;
use crate::stream::StreamId;

impl From<MeetingEvent> for Event {
    fn from(event: MeetingEvent) -> Self {
        Self::Meeting(event)
    }
}

/// The session tests speak of.
pub fn session() -> MeetingId {
    MeetingId::new("m-1").expect("a session")
}

/// Call it for now.
pub fn call_session(world: &World) -> MeetingCommand {
    let (id, at) = (session(), Some(world.now));
    MeetingCommand::Call { id, title: "May session".into(), at, urgent: None }
}

/// Put the release `r-1` on the table.
pub fn put_release() -> MeetingCommand {
    MeetingCommand::Put(NewTopic::Release(release("r-1")))
}

/// Vote on the first item, with a reason where one is asked for.
pub fn vote(how: Vote) -> MeetingCommand {
    let reason = (how != Vote::Yes).then(|| text("the validation set is too small"));
    MeetingCommand::Cast { number: 1, vote: how, reason }
}

/// Close the first item with a statement.
pub fn close_item() -> MeetingCommand {
    let statement = Some(text("as the votes fell"));
    MeetingCommand::CloseItem { number: 1, statement, because: None }
}

/// Step back from the first item.
pub fn recuse() -> MeetingCommand {
    MeetingCommand::Recuse { number: 1, reason: text("a relative works on it") }
}

impl World {
    /// Abara calls a session, opens it, and puts the release on the table.
    #[track_caller]
    pub fn in_session(self) -> Self {
        let call = call_session(&self);
        self.sits("abara", call).sits("abara", MeetingCommand::Open).sits("abara", put_release())
    }

    /// Somebody does this in the session, and the rules let them.
    #[track_caller]
    pub fn sits(mut self, who: &str, command: MeetingCommand) -> Self {
        if let Err(refusal) = self.sit(who, command) {
            panic!("refused as {}: {refusal}\n{refusal:#?}", refusal.code());
        }
        self
    }

    /// Why somebody may not do this in the session; nothing changed.
    #[track_caller]
    pub fn not_sat(&self, who: &str, command: MeetingCommand) -> &'static str {
        let refused = self.clone().sit(who, command);
        refused.expect_err("it was allowed").code()
    }

    /// Decides a command to the session, as [`World::sit_in`] does for any.
    pub fn sit(
        &mut self,
        who: &str,
        command: MeetingCommand,
    ) -> Result<Vec<MeetingEvent>, Refusal> {
        self.sit_in(&session(), &Acting::Person(id(who)), command)
    }

    /// Decides a command to a session and what it orders elsewhere, as the program does.
    pub fn sit_in(
        &mut self,
        session: &MeetingId,
        acting: &Acting,
        command: MeetingCommand,
    ) -> Result<Vec<MeetingEvent>, Refusal> {
        let actor = acting.actor(&self.register, self.now);
        let meeting = self.meetings.get(session).cloned().unwrap_or_default();
        let named = command.release(&meeting).and_then(|id| self.releases.get(id)).cloned();
        let asked = named.as_ref().and_then(|release| release.request.clone());
        let model = asked.as_ref().and_then(|asked| self.models.get(&asked.model)).cloned();
        let model = model.unwrap_or_default();
        let context = self.context(&actor, &model, asked.as_ref());
        let committee = self.policy_in_force().and_then(|(_, it)| it.settings.committee.as_ref());
        let (now, register) = (self.now, &self.register);
        let on_table = named.as_ref().map(|release| OnTable { release, context });
        let context = MeetingContext { now, actor: &actor, register, committee, on_table };
        let events = meeting::decide(&meeting, command, &context)?;
        let orders = meeting::orders(&meeting, &events);
        // What is ordered may be refused, and then nothing happened.
        let before = (!orders.is_empty()).then(|| self.clone());
        for event in events.clone() {
            self.record(StreamId::Meeting(session.clone()), &actor.who, event);
        }
        if let (Err(refusal), Some(before)) = (self.follow(acting, orders), before) {
            *self = before;
            return Err(refusal);
        }
        Ok(events)
    }

    fn follow(&mut self, acting: &Acting, orders: Vec<Order>) -> Result<(), Refusal> {
        for order in orders {
            match order {
                Order::Release(release, command) => {
                    self.current = release;
                    self.execute(acting, *command)?;
                }
                Order::Register(command) => {
                    self.keep(acting.clone(), *command)?;
                }
            }
        }
        Ok(())
    }
}
