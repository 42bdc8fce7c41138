//! What people do beside the releases: incidents, risks, sandbox exclusions.

use super::{Acting, World, id, monday, summarizer, text};
use crate::actor::Who;
use crate::beside::Beside;
use crate::event::Event;
use crate::incident::{self, IncidentCommand, Links, NewIncident, Severity};
use crate::model::Model;
use crate::name::{ExclusionId, IncidentId, ModelName, RiskId};
use crate::refusal::Refusal;
use crate::release::Answer;
use crate::risk::{self, Rating, RiskCommand, RiskEntry, Treatment};
use crate::sandbox::{self, Claim, SandboxCommand};
use crate::stream::StreamId;
use jiff::SignedDuration;

/// An incident of the model, as bad as that.
pub fn incident(severity: Severity) -> NewIncident {
    NewIncident {
        id: IncidentId::new("i-1").expect("an id"),
        title: "Summaries name the wrong customer".into(),
        text: text("two agents reported it"),
        severity,
        links: Links { model: Some(summarizer()), ..Links::default() },
    }
}

/// A risk of the model, owned by Rivera and looked at again in 90 days.
pub fn risk(name: &str) -> RiskEntry {
    RiskEntry {
        id: RiskId::new(name).expect("a risk"),
        title: "Summaries leave out a warning".into(),
        description: text("an agent misses that a customer is in danger"),
        rating: Rating::new(2, 4).expect("a rating"),
        owner: id("rivera"),
        treatment: Treatment::Reduce,
        review_by: monday() + SignedDuration::from_hours(90 * 24),
        models: [summarizer()].into(),
    }
}

/// A sandbox claim with these answers about data and users, for 30 days.
pub fn claim(real_data: Answer, real_users: Answer) -> Claim {
    Claim {
        id: ExclusionId::new("x-1").expect("an id"),
        title: "Tone experiment".into(),
        model: Some(summarizer()),
        description: text("invented calls, three colleagues"),
        real_data,
        real_users,
        until: monday() + SignedDuration::from_hours(30 * 24),
    }
}

impl World {
    /// Somebody does this to the incident `i-1` or the one named last.
    pub fn on_incident(
        &mut self,
        who: impl Into<Acting>,
        command: IncidentCommand,
    ) -> Result<Vec<&'static str>, Refusal> {
        let named = if let IncidentCommand::Open(new) = &command {
            Some(new.id.clone())
        } else {
            self.incidents.keys().next().cloned()
        };
        let named = named.unwrap_or(IncidentId::new("i-1").expect("an id"));
        self.on_the_incident(who, (&named, command))
    }

    /// Somebody does this about this incident, and it is folded.
    pub fn on_the_incident(
        &mut self,
        who: impl Into<Acting>,
        (named, command): (&IncidentId, IncidentCommand),
    ) -> Result<Vec<&'static str>, Refusal> {
        let incident = self.incidents.get(named).cloned().unwrap_or_default();
        let new = command.links();
        let release = new.release.or(incident.links.release.clone());
        let release = release.and_then(|id| self.releases.get(&id).cloned());
        let of_release = release.as_ref().and_then(|release| release.request.as_ref());
        let model = new.model.or(incident.links.model.clone());
        let model = model.or(of_release.map(|request| request.model.clone()));
        let models = self.models_named(model);
        let acting = who.into();
        let actor = acting.actor(&self.register, self.now);
        let beside = self.beside(&actor, &models, release.as_ref());
        let events = incident::decide(&incident, command, &beside)?;
        let words = events.iter().map(incident::IncidentEvent::word).collect();
        for event in events {
            self.record(StreamId::Incident(named.clone()), &actor.who, Event::Incident(event));
        }
        Ok(words)
    }

    /// Somebody does this to a risk.
    pub fn on_risk(
        &mut self,
        who: impl Into<Acting>,
        (name, command): (&str, RiskCommand),
    ) -> Result<Vec<&'static str>, Refusal> {
        let named = RiskId::new(name).expect("a risk");
        let same = |one: &&risk::Risk| one.entry.as_ref().is_some_and(|entry| entry.id == named);
        let risk = self.risks.iter().find(same).cloned().unwrap_or_default();
        let known = risk.entry.iter().flat_map(|entry| entry.models.clone());
        let new = command.models();
        let models = self.models_named(new.into_iter().chain(known));
        let acting = who.into();
        let actor = acting.actor(&self.register, self.now);
        let events = risk::decide(&risk, command, &self.beside(&actor, &models, None))?;
        let words = events.iter().map(risk::RiskEvent::word).collect();
        for event in events {
            self.record(StreamId::Risk(named.clone()), &actor.who, Event::Risk(event));
        }
        Ok(words)
    }

    /// Somebody does this to the exclusion `x-1`.
    pub fn on_sandbox(
        &mut self,
        who: impl Into<Acting>,
        command: SandboxCommand,
    ) -> Result<Vec<&'static str>, Refusal> {
        self.on_the_sandbox(who, (&ExclusionId::new("x-1").expect("an id"), command))
    }

    /// Somebody does this about this exclusion, and it is folded.
    pub fn on_the_sandbox(
        &mut self,
        who: impl Into<Acting>,
        (named, command): (&ExclusionId, SandboxCommand),
    ) -> Result<Vec<&'static str>, Refusal> {
        let exclusion = self.exclusions.get(named).cloned().unwrap_or_default();
        let new = match &command {
            SandboxCommand::Claim(claim) => claim.model.clone(),
            SandboxCommand::End { .. } => None,
        };
        let models = self.models_named(new);
        let acting = who.into();
        let actor = acting.actor(&self.register, self.now);
        let events = sandbox::decide(&exclusion, command, &self.beside(&actor, &models, None))?;
        let words = events.iter().map(sandbox::SandboxEvent::word).collect();
        for event in events {
            self.record(StreamId::Sandbox(named.clone()), &actor.who, Event::Sandbox(event));
        }
        Ok(words)
    }

    /// This happened beside the releases: it is folded.
    pub(super) fn record_beside(&mut self, stream: &StreamId, by: &Who, event: &Event) {
        match (stream, event) {
            (StreamId::Incident(id), Event::Incident(event)) => {
                self.incidents.entry(id.clone()).or_default().evolve(self.now, by, event);
            }
            (StreamId::Risk(id), Event::Risk(event)) => {
                let named = |one: &risk::Risk| one.entry.as_ref().is_some_and(|it| &it.id == id);
                let at = self.risks.iter().position(named).unwrap_or(self.risks.len());
                if at == self.risks.len() {
                    self.risks.push(risk::Risk::default());
                }
                self.risks[at].evolve(self.now, by, event);
            }
            (StreamId::Sandbox(id), Event::Sandbox(event)) => {
                self.exclusions.entry(id.clone()).or_default().evolve(self.now, by, event);
            }
            (stream, event) => panic!("{event:?} does not belong to {stream}"),
        }
    }

    fn models_named(&self, names: impl IntoIterator<Item = ModelName>) -> Vec<Model> {
        names.into_iter().filter_map(|name| self.models.get(&name).cloned()).collect()
    }

    fn beside<'a>(
        &'a self,
        actor: &'a crate::actor::Actor,
        models: &'a [Model],
        release: Option<&'a crate::release::Release>,
    ) -> Beside<'a> {
        let settings = self.policy_in_force().map(|(_, policy)| &policy.settings);
        Beside { now: self.now, actor, register: &self.register, settings, models, release }
    }
}
