//! Sessions of the committee, by the rules alone.

use super::super::deed::MeetingDeed;
use super::InCore;
use super::command::{Stop, name};
use countersign_core::actor::Actor;
use countersign_core::event::Event;
use countersign_core::meeting::{
    self, MeetingCommand, MeetingContext, NewTopic, OnTable, Order, Vote, orders,
};
use countersign_core::name::MeetingId;
use countersign_core::stream::StreamId;

impl InCore {
    pub(super) fn in_session(
        &mut self,
        actor: &Actor,
        title: &str,
        deed: &MeetingDeed,
    ) -> Result<Vec<String>, Stop> {
        let id: MeetingId = name(&format!("m-{}", countersign_core::name::slug(title)))?;
        let command = self.meeting_command(&id, title, deed)?;
        let meeting = self.meetings.get(&id).cloned().unwrap_or_default();
        let decided = self.decide_in_session(actor, &id, &command);
        let events = match decided {
            Ok(events) => events,
            Err(refusal) => {
                if let Some(event) = meeting::attempt(&meeting, &command, &refusal) {
                    self.happen(&StreamId::Meeting(id), actor, Event::Meeting(event))?;
                }
                return Err(refusal.into());
            }
        };
        let orders = orders(&meeting, &events);
        let (stream, mut words) = (StreamId::Meeting(id), Vec::new());
        // What is ordered is decided first: when it is refused, nothing happens here either.
        let mut elsewhere = Vec::new();
        for order in orders {
            elsewhere.extend(match order {
                Order::Release(release, command) => {
                    self.change_release(actor, &release, *command)?
                }
                Order::Register(command) => self.keep(actor, *command)?,
            });
        }
        for event in events {
            words.push(self.happen(&stream, actor, Event::Meeting(event))?);
        }
        words.extend(elsewhere);
        Ok(words)
    }

    fn decide_in_session(
        &self,
        actor: &Actor,
        id: &MeetingId,
        command: &MeetingCommand,
    ) -> Result<Vec<meeting::MeetingEvent>, countersign_core::refusal::Refusal> {
        let meeting = self.meetings.get(id).cloned().unwrap_or_default();
        let calendar = self.register.calendar().expect("UTC is a time zone");
        let in_force = self.register.policy_in_force(calendar.date_at(self.now));
        let policy = in_force.and_then(|one| self.policies.get(&one.policy.sha256));
        let committee = policy.and_then(|policy| policy.settings.committee.as_ref());
        let (now, register) = (self.now, &self.register);
        let named = command.release(&meeting).and_then(|release| self.releases.get(release));
        let asked = named.and_then(|release| Some((release, release.request.clone()?)));
        let alone = MeetingContext { now, actor, register, committee, on_table: None };
        match asked {
            Some((release, asked)) => {
                let model = self.models.get(&asked.model).cloned().unwrap_or_default();
                self.with_context(actor, &asked, &model, |context| {
                    let on_table = Some(OnTable { release, context: *context });
                    let context = MeetingContext { on_table, ..alone };
                    meeting::decide(&meeting, command.clone(), &context)
                })
            }
            None => meeting::decide(&meeting, command.clone(), &alone),
        }
    }

    fn meeting_command(
        &mut self,
        id: &MeetingId,
        title: &str,
        deed: &MeetingDeed,
    ) -> Result<MeetingCommand, Stop> {
        Ok(match deed {
            MeetingDeed::Call { urgent } => {
                let urgent = urgent.as_ref().map(|text| self.salts.text(text)).transpose()?;
                let (id, title, at) = (id.clone(), title.to_owned(), Some(self.now));
                MeetingCommand::Call { id, title, at, urgent }
            }
            MeetingDeed::Open => MeetingCommand::Open,
            MeetingDeed::PutRelease { release } => {
                MeetingCommand::Put(NewTopic::Release(self.id_of(release)?))
            }
            MeetingDeed::PutPolicy { policy } => {
                MeetingCommand::Put(NewTopic::Policy(self.policy_named(policy)?))
            }
            MeetingDeed::Vote { number, vote, reason } => {
                let known = Vote::ALL.into_iter().find(|one| one.word() == vote);
                let unknown = || Stop::Mistake(format!("`{vote}` is no vote"));
                let reason = reason.as_ref().map(|text| self.salts.text(text)).transpose()?;
                MeetingCommand::Cast { number: *number, vote: known.ok_or_else(unknown)?, reason }
            }
            MeetingDeed::Recuse { number, reason } => {
                let reason = self.salts.text(reason)?;
                MeetingCommand::Recuse { number: *number, reason }
            }
            MeetingDeed::Settle { number, statement } => {
                let statement = statement.as_ref().map(|text| self.salts.text(text)).transpose()?;
                MeetingCommand::CloseItem { number: *number, statement, because: None }
            }
            MeetingDeed::Close { minutes } => {
                MeetingCommand::Close { minutes: self.salts.text(minutes)?, file: None }
            }
        })
    }
}
