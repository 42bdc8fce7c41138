//! Commands to what stands beside the releases: incidents, risks, sandbox exclusions. Loading
//! what their rules may look at, deciding, and the rows that follow.

use super::commit::{Decided, listed_rows};
use super::{App, Caller, Folded, Loaded};
use crate::failure::{Doing, Failure};
use crate::random;
use countersign_core::beside::Beside;
use countersign_core::entry::EntryKind;
use countersign_core::event::Event;
use countersign_core::incident::{self, Incident, IncidentCommand};
use countersign_core::model::Model;
use countersign_core::name::{
    CriterionName, ExclusionId, IncidentId, ModelName, ReleaseId, RiskId,
};
use countersign_core::project::Listed;
use countersign_core::refusal::Refusal;
use countersign_core::release::{Command, Release};
use countersign_core::risk::{self, Risk, RiskCommand};
use countersign_core::sandbox::{self, Exclusion, SandboxCommand};
use countersign_core::stream::StreamId;
use countersign_store::{EntryQuery, RowChanges, Which};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What a command beside the releases becomes, or why not.
pub(super) type Answer = Result<Result<Decided, Refusal>, Failure>;

/// What the rules look at, kept while they decide.
struct Around {
    models: Vec<Model>,
    release: Option<Loaded<Release>>,
}

impl App {
    /// An identifier that no incident has.
    pub fn new_incident_id(&self) -> Result<IncidentId, Failure> {
        IncidentId::new(random::timed_id("i", self.clock.now())).doing("draw an identifier")
    }

    /// An identifier that no sandbox exclusion has.
    pub fn new_exclusion_id(&self) -> Result<ExclusionId, Failure> {
        ExclusionId::new(random::timed_id("x", self.clock.now())).doing("draw an identifier")
    }

    /// The risk register, for the commands whose rules look at it.
    pub(super) async fn risks_for(&self, command: &Command) -> Result<Vec<Risk>, Failure> {
        if matches!(command, Command::AnswerItem { .. } | Command::Submit) {
            return self.risks().await;
        }
        Ok(Vec::new())
    }

    /// The whole risk register, folded.
    pub async fn risks(&self) -> Result<Vec<Risk>, Failure> {
        let mut risks = Vec::new();
        let mut after = None;
        loop {
            let (kind, which) = (EntryKind::Risk, Which::All);
            let query = EntryQuery { kind, which, model: None, after, limit: 500 };
            let page = self.store.entries(&query).await.doing("list risks")?;
            for row in &page.items {
                if let StreamId::Risk(id) = &row.subject {
                    risks.push((*self.risk(id).await?.state).clone());
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(risks),
            }
        }
    }

    /// The incidents that each criterion should have caught.
    pub async fn incidents_by_criterion(
        &self,
    ) -> Result<BTreeMap<CriterionName, BTreeSet<IncidentId>>, Failure> {
        let mut linked: BTreeMap<CriterionName, BTreeSet<IncidentId>> = BTreeMap::new();
        let mut after = None;
        loop {
            let (kind, which) = (EntryKind::Incident, Which::All);
            let query = EntryQuery { kind, which, model: None, after, limit: 500 };
            let page = self.store.entries(&query).await.doing("list incidents")?;
            for row in &page.items {
                let StreamId::Incident(id) = &row.subject else { continue };
                for criterion in &self.incident(id).await?.state.links.criteria {
                    linked.entry(criterion.clone()).or_default().insert(id.clone());
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(linked),
            }
        }
    }

    async fn around(
        &self,
        models: impl IntoIterator<Item = ModelName>,
        release: Option<ReleaseId>,
    ) -> Result<Around, Failure> {
        let release = match release {
            Some(id) => Some(self.release(&id).await?),
            None => None,
        };
        let mut named: Vec<ModelName> = models.into_iter().collect();
        let request = release.as_ref().and_then(|loaded| loaded.state.request.as_ref());
        named.extend(request.map(|request| request.model.clone()));
        let mut models = Vec::new();
        for name in &named {
            models.push((*self.model(name).await?.state).clone());
        }
        Ok(Around { models, release })
    }

    /// Decides with everything around, and folds and projects what was decided.
    async fn beside<S, E>(
        &self,
        (caller, now): (&Caller, Timestamp),
        (stream, loaded): (StreamId, Loaded<S>),
        around: Around,
        (decide, evolve, event): (
            impl FnOnce(&S, &Beside<'_>) -> Result<Vec<E>, Refusal>,
            impl Fn(&mut S, &E),
            impl Fn(E) -> Event,
        ),
    ) -> Answer
    where
        S: Folded + Listed,
    {
        let register = self.register().await?;
        let policy = self.policy_in_force(&register.state).await?;
        let actor = caller.actor(&register.state, now);
        let beside = Beside {
            now,
            actor: &actor,
            register: &register.state,
            settings: policy.as_ref().map(|loaded| &loaded.policy.settings),
            models: &around.models,
            release: around.release.as_ref().map(|loaded| &*loaded.state),
        };
        let events = match decide(&loaded.state, &beside) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(named(refusal, &stream))),
        };
        let mut after = (*loaded.state).clone();
        events.iter().for_each(|event| evolve(&mut after, event));
        let mut rows = RowChanges::default();
        listed_rows(&after, &mut rows);
        let expected =
            vec![(stream.clone(), loaded.version), (StreamId::Register, register.version)];
        let events = events.into_iter().map(|one| (stream.clone(), event(one))).collect();
        Ok(Ok(Decided { stream, expected, events, rows, outbox: Vec::new() }))
    }

    pub(super) async fn decide_incident(
        &self,
        (caller, now): (&Caller, Timestamp),
        id: &IncidentId,
        command: IncidentCommand,
    ) -> Answer {
        let loaded = self.incident(id).await?;
        let links = command.links();
        let known = &loaded.state.links;
        let release = links.release.or(known.release.clone());
        let around = self.around(links.model.or(known.model.clone()), release).await?;
        let (who, stream) = (caller.who.clone(), StreamId::Incident(id.clone()));
        self.beside(
            (caller, now),
            (stream, loaded),
            around,
            (
                |state, beside| incident::decide(state, command, beside),
                move |state: &mut Incident, event| state.evolve(now, &who, event),
                Event::Incident,
            ),
        )
        .await
    }

    pub(super) async fn decide_risk(
        &self,
        (caller, now): (&Caller, Timestamp),
        id: &RiskId,
        command: RiskCommand,
    ) -> Answer {
        let loaded = self.risk(id).await?;
        let mut models = command.models();
        models.extend(loaded.state.entry.iter().flat_map(|entry| entry.models.clone()));
        let around = self.around(models, None).await?;
        let (who, stream) = (caller.who.clone(), StreamId::Risk(id.clone()));
        self.beside(
            (caller, now),
            (stream, loaded),
            around,
            (
                |state, beside| risk::decide(state, command, beside),
                move |state: &mut Risk, event| state.evolve(now, &who, event),
                Event::Risk,
            ),
        )
        .await
    }

    pub(super) async fn decide_sandbox(
        &self,
        (caller, now): (&Caller, Timestamp),
        id: &ExclusionId,
        command: SandboxCommand,
    ) -> Answer {
        let loaded = self.exclusion(id).await?;
        let model = match &command {
            SandboxCommand::Claim(claim) => claim.model.clone(),
            SandboxCommand::End { .. } => None,
        };
        let around = self.around(model, None).await?;
        let (who, stream) = (caller.who.clone(), StreamId::Sandbox(id.clone()));
        self.beside(
            (caller, now),
            (stream, loaded),
            around,
            (
                |state, beside| sandbox::decide(state, command, beside),
                move |state: &mut Exclusion, event| state.evolve(now, &who, event),
                Event::Sandbox,
            ),
        )
        .await
    }
}

/// The rules do not know under which name something was looked for.
fn named(refusal: Refusal, stream: &StreamId) -> Refusal {
    match refusal {
        Refusal::NotFound { what, name } if name.is_empty() => {
            let stream = stream.to_string();
            let name = stream.split_once('/').map_or(stream.as_str(), |(_, name)| name);
            Refusal::NotFound { what, name: name.to_owned() }
        }
        other => other,
    }
}
