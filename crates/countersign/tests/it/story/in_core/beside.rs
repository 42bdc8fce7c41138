//! What people do beside the releases, as commands of the core.

use super::InCore;
use super::command::{Stop, name};
use crate::story::deed::beside::{Beside as Done, Claimed, Opened, Rated};
use crate::story::gate::Listed as Entry;
use countersign_core::actor::Actor;
use countersign_core::beside::Beside;
use countersign_core::entry::EntryKind;
use countersign_core::event::Event;
use countersign_core::incident::{self, Closing, Incident, IncidentCommand, Links, NewIncident};
use countersign_core::model::Model;
use countersign_core::name::{ExclusionId, IncidentId, ModelName, ReleaseId, RiskId};
use countersign_core::project::Listed;
use countersign_core::refusal::Refusal;
use countersign_core::release::{Answer, Release};
use countersign_core::risk::{self, Rating, Reassessment, Risk, RiskCommand, RiskEntry, Treatment};
use countersign_core::sandbox::{self, Claim, SandboxCommand};
use countersign_core::stream::StreamId;
use jiff::{SignedDuration, Timestamp};

impl InCore {
    pub(super) fn carry_out_beside(
        &mut self,
        actor: &Actor,
        release: &str,
        done: &Done,
    ) -> Result<Vec<String>, Stop> {
        match done {
            Done::EnterRisk { risk, model, text, rating } => {
                self.enter_risk(actor, risk, (&name(model)?, text), rating)
            }
            Done::ReassessRisk { risk, text, rating } => {
                let again = Reassessment {
                    rating: scores(rating)?,
                    treatment: Treatment::Reduce,
                    review_by: self.review(rating),
                    note: self.salts.text(text)?,
                };
                self.change_risk(actor, risk, RiskCommand::Reassess(again))
            }
            Done::CloseRisk { risk, reason } => {
                let reason = self.salts.text(reason)?;
                self.change_risk(actor, risk, RiskCommand::Close { reason })
            }
            Done::HaveRisk { risk } => self.have_risk(release, risk),
            Done::ClaimSandbox(claimed) => self.claim(actor, claimed),
            Done::EndSandbox { title, reason } => {
                let reason = self.salts.text(reason)?;
                let id = self.exclusion_called(title)?;
                self.change_sandbox(actor, &id, SandboxCommand::End { reason })
            }
            Done::OpenIncident(opened) => self.open_incident(actor, opened),
            later => {
                let (title, command) = self.on_incident(later)?;
                let id = self.incident_called(&title)?;
                self.change_incident(actor, &id, command)
            }
        }
    }

    fn on_incident(&mut self, done: &Done) -> Result<(String, IncidentCommand), Stop> {
        let salts = &mut self.salts;
        let (title, command) = match done {
            Done::AssignIncident { title, owner } => {
                (title, IncidentCommand::Assign { owner: name(owner)? })
            }
            Done::ChangeSeverity { title, severity, reason } => {
                let (to, reason) = (name(severity)?, salts.text(reason)?);
                (title, IncidentCommand::ChangeSeverity { to, reason })
            }
            Done::NoteOnIncident { title, text } => {
                (title, IncidentCommand::Note { text: salts.text(text)? })
            }
            Done::LinkIncident { title, criteria } => {
                let criteria = criteria.iter().map(|one| name(one)).collect::<Result<_, _>>()?;
                let links = Links { criteria, ..Links::default() };
                (title, IncidentCommand::Link { links })
            }
            Done::ConsiderSuspension { title, answer, reason } => {
                let (answer, reason) = (name(answer)?, salts.text(reason)?);
                (title, IncidentCommand::ConsiderSuspension { answer, reason })
            }
            Done::CloseIncident { title, outcome, root_cause } => {
                let (outcome, root_cause) = (name(outcome)?, salts.text(root_cause)?);
                (title, IncidentCommand::Close { closing: Closing { outcome, root_cause } })
            }
            other => return Err(Stop::Mistake(format!("{other:?} is about no incident"))),
        };
        Ok((title.clone(), command))
    }

    fn open_incident(&mut self, actor: &Actor, opened: &Opened) -> Result<Vec<String>, Stop> {
        let id: IncidentId = name(&format!("i-{:06}", self.incidents.len() + 1))?;
        let release = opened.release.as_ref().map(|title| self.id_of(title)).transpose()?;
        let criteria = opened.criteria.iter().map(|one| name(one)).collect::<Result<_, _>>()?;
        let new = NewIncident {
            id: id.clone(),
            title: opened.title.clone(),
            text: self.salts.text(&opened.text)?,
            severity: name(&opened.severity)?,
            links: Links {
                model: opened.model.as_ref().map(|model| name(model)).transpose()?,
                environment: opened.environment.as_ref().map(|one| name(one)).transpose()?,
                release,
                criteria,
            },
        };
        self.change_incident(actor, &id, IncidentCommand::Open(Box::new(new)))
    }

    fn change_incident(
        &mut self,
        actor: &Actor,
        id: &IncidentId,
        command: IncidentCommand,
    ) -> Result<Vec<String>, Stop> {
        let incident = self.incidents.get(id).cloned().unwrap_or_default();
        let new = command.links();
        let release = new.release.or(incident.links.release.clone());
        let release = release.and_then(|id| self.releases.get(&id).cloned());
        let of_release = release.as_ref().and_then(|release| release.request.as_ref());
        let named = new.model.or(incident.links.model.clone());
        let named = named.or(of_release.map(|request| request.model.clone()));
        let events = self.with_beside(actor, named, release.as_ref(), |beside| {
            incident::decide(&incident, command, beside)
        })?;
        let stream = StreamId::Incident(id.clone());
        events.into_iter().map(|one| self.happen(&stream, actor, Event::Incident(one))).collect()
    }

    fn enter_risk(
        &mut self,
        actor: &Actor,
        risk: &str,
        (model, text): (&ModelName, &str),
        rating: &Rated,
    ) -> Result<Vec<String>, Stop> {
        let owner = actor.who.person().cloned();
        let owner = owner.ok_or(Refusal::PeopleOnly { action: "enter a risk" })?;
        let entry = RiskEntry {
            id: name(&risk.to_lowercase())?,
            title: text.to_owned(),
            description: self.salts.text(text)?,
            rating: scores(rating)?,
            owner,
            treatment: Treatment::Reduce,
            review_by: self.review(rating),
            models: [model.clone()].into(),
        };
        self.change_risk(actor, risk, RiskCommand::Enter(Box::new(entry)))
    }

    fn change_risk(
        &mut self,
        actor: &Actor,
        risk: &str,
        command: RiskCommand,
    ) -> Result<Vec<String>, Stop> {
        let id: RiskId = name(&risk.to_lowercase())?;
        let known = self.risks.get(&id).cloned().unwrap_or_default();
        let mut models = command.models();
        models.extend(known.entry.iter().flat_map(|entry| entry.models.clone()));
        let events =
            self.with_beside(actor, models, None, |beside| risk::decide(&known, command, beside))?;
        let stream = StreamId::Risk(id);
        events.into_iter().map(|one| self.happen(&stream, actor, Event::Risk(one))).collect()
    }

    fn have_risk(&mut self, release: &str, risk: &str) -> Result<Vec<String>, Stop> {
        let release: ReleaseId = self.id_of(release)?;
        let request = self.releases.get(&release).and_then(|one| one.request.as_ref());
        let model = request.map(|request| request.model.clone());
        let model = model.ok_or_else(|| Stop::Mistake("the release has no model".into()))?;
        let owner = self.models.get(&model).and_then(Model::owner).cloned();
        let owner = owner.ok_or_else(|| Stop::Mistake(format!("`{model}` has no owner")))?;
        let actor = Actor::person(owner.clone(), self.register.roles_of(&owner, self.now));
        let id: RiskId = name(&risk.to_lowercase())?;
        match self.risks.get(&id).and_then(|risk| risk.entry.as_ref()) {
            Some(entry) if entry.models.contains(&model) => Ok(Vec::new()),
            Some(_) => self.change_risk(&actor, risk, RiskCommand::Link { models: [model].into() }),
            None => {
                let rating = Rated { likelihood: 2, impact: 4, review: None };
                self.enter_risk(&actor, risk, (&model, "as assessed"), &rating)
            }
        }
    }

    fn claim(&mut self, actor: &Actor, claimed: &Claimed) -> Result<Vec<String>, Stop> {
        let answer = |word: &str| if word == "no" { Answer::No } else { Answer::Yes };
        let id: ExclusionId = name(&format!("x-{:06}", self.exclusions.len() + 1))?;
        let claim = Claim {
            id: id.clone(),
            title: claimed.title.clone(),
            model: claimed.model.as_ref().map(|model| name(model)).transpose()?,
            description: self.salts.text(&claimed.text)?,
            real_data: answer(&claimed.real_data),
            real_users: answer(&claimed.real_users),
            until: claimed.until,
        };
        self.change_sandbox(actor, &id, SandboxCommand::Claim(Box::new(claim)))
    }

    fn change_sandbox(
        &mut self,
        actor: &Actor,
        id: &ExclusionId,
        command: SandboxCommand,
    ) -> Result<Vec<String>, Stop> {
        let exclusion = self.exclusions.get(id).cloned().unwrap_or_default();
        let model = match &command {
            SandboxCommand::Claim(claim) => claim.model.clone(),
            SandboxCommand::End { .. } => None,
        };
        let events = self.with_beside(actor, model, None, |beside| {
            sandbox::decide(&exclusion, command, beside)
        })?;
        let stream = StreamId::Sandbox(id.clone());
        events.into_iter().map(|one| self.happen(&stream, actor, Event::Sandbox(one))).collect()
    }

    fn with_beside<T>(
        &self,
        actor: &Actor,
        models: impl IntoIterator<Item = ModelName>,
        release: Option<&Release>,
        decide: impl FnOnce(&Beside<'_>) -> T,
    ) -> T {
        let models: Vec<Model> =
            models.into_iter().filter_map(|name| self.models.get(&name).cloned()).collect();
        let settings = self.policy_in_force().map(|(_, policy)| &policy.settings);
        let (now, register, models) = (self.now, &self.register, &models[..]);
        decide(&Beside { now, actor, register, settings, models, release })
    }

    fn review(&self, rating: &Rated) -> Timestamp {
        rating.review.unwrap_or(self.now + SignedDuration::from_hours(90 * 24))
    }

    fn incident_called(&self, title: &str) -> Result<IncidentId, Stop> {
        let called = |one: &Incident| one.opening.as_ref().is_some_and(|it| it.title == title);
        let found = self.incidents.iter().find(|(_, one)| called(one)).map(|(id, _)| id.clone());
        found.ok_or_else(|| Stop::Mistake(format!("no incident is called `{title}`")))
    }

    fn exclusion_called(&self, title: &str) -> Result<ExclusionId, Stop> {
        let found = self
            .exclusions
            .iter()
            .find(|(_, one)| one.claim.as_ref().is_some_and(|claim| claim.title == title));
        let found = found.map(|(id, _)| id.clone());
        found.ok_or_else(|| Stop::Mistake(format!("no exclusion is called `{title}`")))
    }

    /// Every risk, for the rules about releases.
    pub(super) fn register_of_risks(&self) -> Vec<Risk> {
        self.risks.values().cloned().collect()
    }

    /// What a list shows: titles, states, and what is late.
    pub(super) fn listed(&self, kind: EntryKind) -> Vec<Entry> {
        let beside = (self.incidents.values().filter_map(Listed::entry))
            .chain(self.risks.values().filter_map(Listed::entry))
            .chain(self.exclusions.values().filter_map(Listed::entry));
        let of_releases = self.releases.values().flat_map(countersign_core::project::entries);
        let of_register = countersign_core::project::register_entries(&self.register);
        let rows = beside.chain(of_releases).chain(of_register);
        let rows = rows.filter(|row| row.kind == kind);
        let mut all: Vec<Entry> = rows
            .map(|row| {
                let late = row.closed_at.is_none() && row.due.is_some_and(|due| due < self.now);
                let late = if late { ", overdue" } else { "" };
                let stands = format!("{}{late}", row.state.replace('_', " "));
                Entry { name: row.title, stands, remarks: Vec::new() }
            })
            .collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }
}

fn scores(rating: &Rated) -> Result<Rating, Stop> {
    let malformed = |error: risk::InvalidRating| {
        Stop::Refused("request.malformed".into(), vec![error.to_string()])
    };
    Rating::new(rating.likelihood, rating.impact).map_err(malformed)
}
