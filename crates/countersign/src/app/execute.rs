//! The one path of every command: load, decide, fold, append, receipt.
//!
//! The portal's form, the API, the command line and every job call [`App::execute`]. Nothing else
//! appends to the log.

use super::commit::{
    Decided, changed_rows, check_version, encode, listed_rows, of_register, receipt_of, remember,
};
use super::outbox;
use super::submission::{AnyCommand, Receipt, Submission};
use super::{App, Caller, Loaded};
use crate::failure::{Doing, Failure};
use countersign_core::consequence::consequences;
use countersign_core::event::Event;
use countersign_core::incident::Incident;
use countersign_core::model::{self, Model, ModelCommand, ModelContext};
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::project;
use countersign_core::refusal::Refusal;
use countersign_core::register::{self, RegisterCommand};
use countersign_core::release::{self, Command, Context, Release, ReleaseEvent};
use countersign_core::stream::StreamId;
use countersign_store::{AppendError, RowChanges};
use jiff::Timestamp;

/// How often a command is tried again when others were faster.
const ATTEMPTS: u32 = 8;

impl App {
    /// Carries out a command: whole or not at all.
    pub async fn execute(
        &self,
        caller: &Caller,
        submission: Submission,
    ) -> Result<Receipt, Failure> {
        if let Some(receipt) = self.remembered(caller, &submission).await? {
            return Ok(receipt);
        }
        let Submission { command, draft, idempotency, if_version } = submission;
        for _ in 0..ATTEMPTS {
            let now = self.clock.now();
            let decided = match self.decide(caller, &command, now).await? {
                Ok(decided) => decided,
                Err(refusal) => {
                    self.note_attempt(caller, &command, &refusal, now).await?;
                    return Err(refusal.into());
                }
            };
            check_version(&decided, if_version)?;
            let (mut append, receipt) = encode(decided, caller, now)?;
            append.texts = draft.named_in(&append.events);
            append.notices = self.assigned(&append, caller, now).await?;
            append.idempotency = remember(caller, idempotency.as_ref(), &receipt, now)?;
            match self.store.append(append).await {
                Ok(appended) => {
                    let positions = (appended.positions.start, appended.positions.end);
                    self.clear_after(&receipt).await;
                    return Ok(Receipt { positions, ..receipt });
                }
                Err(AppendError::Conflict { .. }) => {}
                Err(error) => return self.after(error),
            }
        }
        Err(Failure::Busy)
    }

    /// Whether the rules would take this command now. Nothing is stored, a refusal neither.
    pub async fn foresee(
        &self,
        caller: &Caller,
        command: &AnyCommand,
        if_version: Option<u64>,
    ) -> Result<(), Failure> {
        let decided = self.decide(caller, command, self.clock.now()).await??;
        check_version(&decided, if_version)
    }

    fn after(&self, error: AppendError) -> Result<Receipt, Failure> {
        match error {
            AppendError::AlreadyDone(remembered) => receipt_of(&remembered),
            AppendError::IdempotencyMismatch { .. } => {
                Err(Failure::Stale { message: error.to_string() })
            }
            AppendError::EventTooLarge { .. } => Err(Failure::malformed("body", error)),
            AppendError::Conflict { .. }
            | AppendError::OutboxIdTaken { .. }
            | AppendError::Fault(_) => Err(error).doing("store a command"),
        }
    }

    async fn remembered(
        &self,
        caller: &Caller,
        submission: &Submission,
    ) -> Result<Option<Receipt>, Failure> {
        let (Some(key), Some(id)) = (&submission.idempotency, caller.id()) else { return Ok(None) };
        let remembered = self.store.remembered(id, &key.key).await.doing("read past requests")?;
        match remembered {
            None => Ok(None),
            Some(past) if past.request == key.request => receipt_of(&past).map(Some),
            Some(_) => Err(Failure::Stale {
                message: format!(
                    "the idempotency key `{}` was used for another request: send a new key",
                    key.key
                ),
            }),
        }
    }

    async fn decide(
        &self,
        caller: &Caller,
        command: &AnyCommand,
        now: Timestamp,
    ) -> Result<Result<Decided, Refusal>, Failure> {
        match command {
            AnyCommand::Release(id, command) => {
                self.decide_release(caller, id, (**command).clone(), now).await
            }
            AnyCommand::Model(name, command) => {
                self.decide_model(caller, name, command.clone(), now).await
            }
            AnyCommand::Meeting(id, command) => {
                self.decide_meeting(caller, id, (**command).clone(), now).await
            }
            AnyCommand::Incident(id, command) => {
                self.decide_incident((caller, now), id, command.clone()).await
            }
            AnyCommand::Risk(id, command) => {
                self.decide_risk((caller, now), id, command.clone()).await
            }
            AnyCommand::Sandbox(id, command) => {
                self.decide_sandbox((caller, now), id, command.clone()).await
            }
            AnyCommand::Register(command) => self.decide_register(caller, command, now).await,
        }
    }

    pub(super) async fn decide_register(
        &self,
        caller: &Caller,
        command: &RegisterCommand,
        now: Timestamp,
    ) -> Result<Result<Decided, Refusal>, Failure> {
        let register = self.register().await?;
        let actor = caller.actor(&register.state, now);
        let context = register::Context { now, actor: &actor };
        let events = register::decide(&register.state, command.clone(), &context);
        Ok(events.map(|events| of_register(&register, events, now)))
    }

    async fn decide_model(
        &self,
        caller: &Caller,
        name: &ModelName,
        command: ModelCommand,
        now: Timestamp,
    ) -> Result<Result<Decided, Refusal>, Failure> {
        let (loaded, register) = (self.model(name).await?, self.register().await?);
        let actor = caller.actor(&register.state, now);
        let policy = self.policy_in_force(&register.state).await?;
        let steward = policy.as_ref().map(|loaded| &loaded.policy.settings.escalate_to);
        let context = ModelContext { now, actor: &actor, register: &register.state, steward };
        let events = match model::decide(&loaded.state, command, &context) {
            Ok(events) => events,
            Err(Refusal::NotFound { what, .. }) => {
                return Ok(Err(Refusal::NotFound { what, name: name.to_string() }));
            }
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut after = (*loaded.state).clone();
        for event in &events {
            after.evolve(now, &caller.who, event);
        }
        let stream = StreamId::Model(name.clone());
        let rows = RowChanges {
            models: project::model_row(&after).into_iter().collect(),
            ..RowChanges::default()
        };
        let events = events.into_iter().map(|event| (stream.clone(), Event::Model(event)));
        Ok(Ok(Decided {
            expected: vec![
                (stream.clone(), loaded.version),
                (StreamId::Register, register.version),
            ],
            events: events.collect(),
            stream,
            rows,
            outbox: Vec::new(),
        }))
    }

    pub(super) async fn decide_release(
        &self,
        caller: &Caller,
        id: &ReleaseId,
        command: Command,
        now: Timestamp,
    ) -> Result<Result<Decided, Refusal>, Failure> {
        let loaded = self.release(id).await?;
        let asked = match &command {
            Command::Request { request, .. } => Some((**request).clone()),
            _ => loaded.state.request.clone(),
        };
        let Some(request) = asked else { return Err(Failure::not_found("release", id)) };
        let register = self.register().await?;
        let model = self.model(&request.model).await?;
        let policy = self.policy_in_force(&register.state).await?;
        let runbook = match &request.runbook {
            Some(choice) => {
                self.runbook(&register.state, &choice.name, Some(&choice.version)).await?
            }
            None => None,
        };
        let resubmitted = match &request.resubmits {
            Some(earlier) => Some(self.release(earlier).await?),
            None => None,
        };
        let risks = self.risks_for(&command).await?;
        let seen = self.seen(&loaded.state, &command, &request).await?;
        let (actor, others) = (caller.actor(&register.state, now), seen.releases());
        let context = Context {
            now,
            actor: &actor,
            model: &model.state,
            policy: policy.as_ref().map(|loaded| (&loaded.reference, &*loaded.policy)),
            runbook: runbook.as_ref().map(|loaded| (&loaded.reference, &*loaded.runbook)),
            register: &register.state,
            resubmitted: resubmitted.as_ref().map(|loaded| &*loaded.state),
            around: seen.around(&others),
            risks: &risks,
        };
        let events = match release::decide(&loaded.state, command, &context) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut decided =
            self.fold(&loaded, (&model, &request.model), events, (caller, now)).await?;
        decided.expected.push((StreamId::Register, register.version));
        decided.expected.extend(seen.expected());
        Ok(Ok(decided))
    }

    /// Folds the events of a release and whatever follows from them in other streams.
    async fn fold(
        &self,
        loaded: &Loaded<Release>,
        (model, model_name): (&Loaded<Model>, &ModelName),
        events: Vec<ReleaseEvent>,
        (caller, now): (&Caller, Timestamp),
    ) -> Result<Decided, Failure> {
        let mut after = (*loaded.state).clone();
        for event in &events {
            after.evolve(now, &caller.who, event);
        }
        let id = after.id.clone().ok_or(Failure::Busy)?;
        let stream = StreamId::Release(id);
        let mut rows = RowChanges::default();
        changed_rows(&after, &mut rows);
        let mut expected = vec![
            (stream.clone(), loaded.version),
            (StreamId::Model(model_name.clone()), model.version),
        ];
        let following = consequences(&after, &model.state, &events);
        let outbox = outbox::messages(&after, &events, now);
        let events = events.into_iter().map(|event| (stream.clone(), Event::Release(event)));
        let mut events: Vec<(StreamId, Event)> = events.collect();
        let mut model_after = (*model.state).clone();
        for (other, event) in &following {
            match (other, event) {
                (StreamId::Model(_), Event::Model(event)) => {
                    model_after.evolve(now, &caller.who, event);
                    rows.models = project::model_row(&model_after).into_iter().collect();
                }
                (StreamId::Release(earlier), Event::Release(event)) => {
                    let loaded = self.release(earlier).await?;
                    let mut superseded = (*loaded.state).clone();
                    superseded.evolve(now, &caller.who, event);
                    expected.push((other.clone(), loaded.version));
                    changed_rows(&superseded, &mut rows);
                }
                (StreamId::Incident(_), Event::Incident(event)) => {
                    let mut opened = Incident::default();
                    opened.evolve(now, &caller.who, event);
                    expected.push((other.clone(), 0));
                    listed_rows(&opened, &mut rows);
                }
                _ => {}
            }
        }
        events.extend(following);
        Ok(Decided { stream, expected, events, rows, outbox })
    }

    /// A decision by somebody without a right to it changes nothing and is logged (I-01).
    async fn note_attempt(
        &self,
        caller: &Caller,
        command: &AnyCommand,
        refusal: &Refusal,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let (id, command) = match command {
            AnyCommand::Release(id, command) => (id, command),
            AnyCommand::Register(command) => {
                let Some(event) = register::attempt(command, refusal) else { return Ok(()) };
                let decided = of_register(&self.register().await?, vec![event], now);
                return self.note(decided, caller, now).await;
            }
            AnyCommand::Meeting(id, command) => {
                let Some(decided) =
                    self.refused_in_meeting(caller, id, (command, refusal), now).await?
                else {
                    return Ok(());
                };
                return self.note(decided, caller, now).await;
            }
            AnyCommand::Model(name, _) => {
                let subject = StreamId::Model(name.clone());
                return self.note_beside(caller, (&subject, refusal), now).await;
            }
            AnyCommand::Incident(id, _) => {
                let subject = StreamId::Incident(id.clone());
                return self.note_beside(caller, (&subject, refusal), now).await;
            }
            AnyCommand::Risk(id, _) => {
                let subject = StreamId::Risk(id.clone());
                return self.note_beside(caller, (&subject, refusal), now).await;
            }
            AnyCommand::Sandbox(id, _) => {
                let subject = StreamId::Sandbox(id.clone());
                return self.note_beside(caller, (&subject, refusal), now).await;
            }
        };
        let loaded = self.release(id).await?;
        let Some(event) = release::attempt(&loaded.state, command, refusal) else { return Ok(()) };
        let stream = StreamId::Release(id.clone());
        let mut after = (*loaded.state).clone();
        after.evolve(now, &caller.who, &event);
        let mut rows = RowChanges::default();
        changed_rows(&after, &mut rows);
        let decided = Decided {
            expected: vec![(stream.clone(), loaded.version)],
            events: vec![(stream.clone(), Event::Release(event))],
            stream,
            rows,
            outbox: Vec::new(),
        };
        self.note(decided, caller, now).await
    }

    /// Keeps a refused attempt on what has no room for attempts in its own history.
    async fn note_beside(
        &self,
        caller: &Caller,
        (subject, refusal): (&StreamId, &Refusal),
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Some(event) = register::attempt_beside(subject, refusal) else { return Ok(()) };
        let decided = of_register(&self.register().await?, vec![event], now);
        self.note(decided, caller, now).await
    }

    async fn note(&self, decided: Decided, caller: &Caller, now: Timestamp) -> Result<(), Failure> {
        let (append, _) = encode(decided, caller, now)?;
        match self.store.append(append).await {
            Ok(_) | Err(AppendError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error).doing("log a refused attempt"),
        }
    }
}
