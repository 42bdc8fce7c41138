//! What people do beside the releases, as requests to the API.

use super::OverHttp;
use super::call::Send;
use crate::story::deed::beside::{Beside, Claimed, Rated};
use crate::story::gate::Listed;
use crate::world::Answer;
use countersign_core::entry::EntryKind;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

impl OverHttp {
    pub(super) fn call_beside(
        &self,
        who: &str,
        release: &str,
        done: &Beside,
    ) -> Result<Answer, String> {
        if let Beside::HaveRisk { risk } = done {
            return self.have_risk(release, risk);
        }
        let (path, body) = match done {
            Beside::OpenIncident(opened) => {
                let release = opened.release.as_ref().map(|title| self.id_of(title));
                let release = release.transpose()?.map(ToString::to_string);
                let body = json!({
                    "title": opened.title, "text": opened.text, "severity": opened.severity,
                    "model": opened.model, "environment": opened.environment,
                    "release": release, "criteria": opened.criteria,
                });
                ("/incidents".to_owned(), body)
            }
            Beside::EnterRisk { risk, model, text, rating } => {
                ("/risks".to_owned(), self.risk(risk, (model, text), rating))
            }
            Beside::ReassessRisk { risk, text, rating } => {
                let body = json!({
                    "likelihood": rating.likelihood, "impact": rating.impact,
                    "treatment": "reduce", "review_by": self.review(rating), "note": text,
                });
                (format!("/risks/{risk}/reassess"), body)
            }
            Beside::CloseRisk { risk, reason } => {
                (format!("/risks/{risk}/close"), json!({ "reason": reason }))
            }
            Beside::ClaimSandbox(claimed) => ("/sandbox-exclusions".to_owned(), claim(claimed)),
            Beside::EndSandbox { title, reason } => {
                let id = self.called(EntryKind::SandboxExclusion, title)?;
                (format!("/sandbox-exclusions/{id}/end"), json!({ "reason": reason }))
            }
            about_incident => self.to_incident(about_incident)?,
        };
        self.send(who, &path, Send::Post(body))
    }

    fn to_incident(&self, done: &Beside) -> Result<(String, Value), String> {
        let (title, what, body) = match done {
            Beside::AssignIncident { title, owner } => {
                (title, "assign", json!({ "owner": self.person(owner)? }))
            }
            Beside::ChangeSeverity { title, severity, reason } => {
                (title, "severity", json!({ "severity": severity, "reason": reason }))
            }
            Beside::NoteOnIncident { title, text } => (title, "notes", json!({ "text": text })),
            Beside::LinkIncident { title, criteria } => {
                (title, "links", json!({ "criteria": criteria }))
            }
            Beside::ConsiderSuspension { title, answer, reason } => {
                (title, "suspension", json!({ "answer": answer, "reason": reason }))
            }
            Beside::CloseIncident { title, outcome, root_cause } => {
                (title, "close", json!({ "outcome": outcome, "root_cause": root_cause }))
            }
            other => return Err(format!("the API has no request for {other:?}")),
        };
        let id = self.called(EntryKind::Incident, title)?;
        Ok((format!("/incidents/{id}/{what}"), body))
    }

    fn risk(&self, risk: &str, (model, text): (&str, &str), rating: &Rated) -> Value {
        json!({
            "risk": risk, "title": text, "description": text, "likelihood": rating.likelihood,
            "impact": rating.impact, "treatment": "reduce", "review_by": self.review(rating),
            "models": [model],
        })
    }

    fn review(&self, rating: &Rated) -> String {
        let now: Timestamp = self.world.app.clock.now();
        rating.review.unwrap_or(now + SignedDuration::from_hours(90 * 24)).to_string()
    }

    fn have_risk(&self, release: &str, risk: &str) -> Result<Answer, String> {
        let shown = self.get(&format!("/releases/{}", self.id_of(release)?))?;
        let model = super::look::text(&shown["model"]);
        let owner = super::look::text(&self.get(&format!("/models/{model}"))?["owner"]);
        let owner = self.handle(&owner);
        let known = self.get(&format!("/risks/{risk}"));
        let linked = |known: &Value| super::look::texts(&known["models"]).contains(&model);
        match known {
            Ok(known) if linked(&known) => {
                self.send(&owner, &format!("/risks/{risk}"), Send::Fetch)
            }
            Ok(_) => {
                let body = json!({ "models": [model] });
                self.send(&owner, &format!("/risks/{risk}/models"), Send::Post(body))
            }
            Err(_) => {
                let rating = Rated { likelihood: 2, impact: 4, review: None };
                let body = self.risk(risk, (&model, "as assessed"), &rating);
                self.send(&owner, "/risks", Send::Post(body))
            }
        }
    }

    /// The identifier of what stands in a list under this title.
    fn called(&self, kind: EntryKind, title: &str) -> Result<String, String> {
        let page = self.get(&format!("/entries/{kind}?limit=200"))?;
        let items = page["items"].as_array().into_iter().flatten();
        let found = items.into_iter().find(|item| {
            let shown = super::look::text(&item["title"]);
            shown == title || shown.ends_with(&format!(": {title}"))
        });
        let found = found.ok_or_else(|| format!("no {kind} is called `{title}`"))?;
        Ok(super::look::text(&found["id"]))
    }

    /// What a list shows: titles, states, and what is late.
    pub(super) fn listed(&self, kind: EntryKind) -> Result<Vec<Listed>, String> {
        let page = self.get(&format!("/entries/{kind}?limit=200"))?;
        let items = page["items"].as_array().into_iter().flatten();
        let one = |item: &Value| {
            let late = if item["overdue"] == Value::Bool(true) { ", overdue" } else { "" };
            let stands = super::look::text(&item["state"]).replace('_', " ");
            Listed {
                name: super::look::text(&item["title"]),
                stands: format!("{stands}{late}"),
                remarks: Vec::new(),
            }
        };
        let mut all: Vec<Listed> = items.map(one).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(all)
    }
}

fn claim(claimed: &Claimed) -> Value {
    json!({
        "title": claimed.title, "description": claimed.text, "model": claimed.model,
        "real_data": claimed.real_data, "real_users": claimed.real_users,
        "until": claimed.until.to_string(),
    })
}
