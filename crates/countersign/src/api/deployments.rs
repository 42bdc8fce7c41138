//! `GET /deployments`: what went where, when, by whom, and what it rested on.

use crate::api::body::{Query, parse};
use crate::api::entries::{read_cursor, write_cursor};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::api::releases::view::ArtifactView;
use crate::app::{App, DeploymentQuery};
use crate::failure::Failure;
use axum::Json;
use countersign_core::actor::Who;
use countersign_core::deployment_log::DeploymentRecord;
use countersign_core::name::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which deployments.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Of this model only.
    model: Option<String>,
    /// To this environment only.
    environment: Option<String>,
    /// Not before the beginning of this day, or this moment (RFC 3339).
    from: Option<String>,
    /// Before the beginning of this day, or before this moment.
    to: Option<String>,
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of the deployment log.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeploymentPage {
    /// The deployments, the newest first.
    pub items: Vec<DeploymentItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One deployment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeploymentItem {
    /// The release that was promoted.
    pub release: String,
    /// Of which model.
    pub model: String,
    /// What people call the release.
    pub title: String,
    /// Its change type.
    pub change: String,
    /// Where it went.
    pub environment: String,
    /// When (RFC 3339).
    pub at: String,
    /// Who put it there, by id.
    pub deployer: String,
    /// The same by name.
    pub deployer_name: String,
    /// Whether that is a machine.
    pub by_machine: bool,
    /// What exactly went there.
    pub artifacts: Vec<ArtifactView>,
    /// Who approved it, in the order they did.
    pub approvers: Vec<ApproverItem>,
    /// What changed, and why.
    pub summary: String,
    /// The change ticket.
    pub change_reference: Option<String>,
    /// What the decision rested on.
    pub evidence: Vec<EvidenceItem>,
    /// `emergency`, `exception`, `overridden`, `self_approved`, `with_conditions`.
    pub flags: Vec<String>,
    /// `unconfirmed`, `missed`, `troubled`, `confirmed`, `rolled_back` or `retired`.
    pub standing: String,
}

/// Who approved.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ApproverItem {
    /// Who, by id.
    pub person: String,
    /// The same by name.
    pub name: String,
    /// The holder of the role for whom the person stood in, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// In which role.
    pub role: String,
    /// When (RFC 3339).
    pub at: String,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EvidenceItem {
    /// Its identifier on the release.
    pub evidence: String,
    /// The file's name.
    pub name: String,
    /// Its digest.
    pub sha256: String,
    /// What kind of evidence it is; absent for a file no reader knows.
    pub format: Option<String>,
}

type Names = BTreeMap<PersonId, String>;

fn named(names: &Names, person: &PersonId) -> String {
    names.get(person).cloned().unwrap_or_else(|| person.to_string())
}

impl DeploymentItem {
    /// A record with the words that belong to it.
    pub fn of(record: &DeploymentRecord, summary: Option<&String>, names: &Names) -> Self {
        let (deployer, deployer_name) = match &record.deployer {
            Who::Person(id) | Who::Machine(id) => (id.to_string(), named(names, id)),
            Who::System => ("countersign".to_owned(), "Countersign".to_owned()),
        };
        let artifacts = record.artifacts.iter().map(|one| ArtifactView {
            name: one.name.clone(),
            kind: one.kind.to_string(),
            digest: one.digest.to_string(),
        });
        let approvers = record.approvers.iter().map(|one| ApproverItem {
            person: one.person.to_string(),
            name: named(names, &one.person),
            on_behalf_of: one.on_behalf_of.as_ref().map(ToString::to_string),
            role: one.role.to_string(),
            at: one.at.to_string(),
        });
        let evidence = record.evidence.iter().map(|one| EvidenceItem {
            evidence: one.id.to_string(),
            name: one.name.clone(),
            sha256: one.sha256.to_string(),
            format: one.format.clone(),
        });
        Self {
            release: record.release.to_string(),
            model: record.model.to_string(),
            title: record.title.clone(),
            change: record.change.to_string(),
            environment: record.environment.to_string(),
            at: record.at.to_string(),
            deployer,
            deployer_name,
            by_machine: matches!(record.deployer, Who::Machine(_)),
            artifacts: artifacts.collect(),
            approvers: approvers.collect(),
            summary: summary.map_or("(this text was erased)", String::as_str).to_owned(),
            change_reference: record.change_reference.clone(),
            evidence: evidence.collect(),
            flags: record.flags.iter().map(|flag| flag.word().to_owned()).collect(),
            standing: record.standing.word().to_owned(),
        }
    }
}

/// A moment, or the beginning of a day on the organisation's calendar.
pub async fn bound(app: &App, field: &str, text: &str) -> Result<Timestamp, Failure> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let day = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    let calendar = app.register().await?.state.calendar();
    day.zip(calendar).map(|(day, calendar)| calendar.begin_of(day)).ok_or_else(|| {
        let message = format!(
            "`{text}` is no date: write 2026-06-30, or a moment with its offset like \
             2026-06-30T17:00:00Z"
        );
        Failure::malformed(field, message)
    })
}

/// The same for a bound that may be left out.
pub async fn maybe_bound(
    app: &App,
    field: &str,
    text: Option<&str>,
) -> Result<Option<Timestamp>, Failure> {
    match text {
        Some(text) => bound(app, field, text).await.map(Some),
        None => Ok(None),
    }
}

/// Lists deployments: what went where, who approved it, what it rested on.
#[utoipa::path(get, path = "/deployments", params(Wanted), tag = "deployments",
    responses((status = 200, body = DeploymentPage), (status = "4XX", body = Problem))
)]
pub async fn list(
    permit: Permit<Read>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<DeploymentPage>, Problem> {
    let query = DeploymentQuery {
        model: wanted.model.as_deref().map(|text| parse("model", text)).transpose()?,
        environment: wanted.environment.as_deref().map(|t| parse("environment", t)).transpose()?,
        from: maybe_bound(&permit.app, "from", wanted.from.as_deref()).await?,
        to: maybe_bound(&permit.app, "to", wanted.to.as_deref()).await?,
        after: wanted.after.as_deref().map(read_cursor).transpose()?,
        limit: wanted.limit.unwrap_or(50).clamp(1, 200) as usize,
    };
    let page = permit.app.deployments(&query).await?;
    let names = permit.app.names().await?;
    let items = page
        .records
        .iter()
        .map(|record| DeploymentItem::of(record, page.texts.get(&record.summary.digest()), &names));
    Ok(Json(DeploymentPage { items: items.collect(), next: page.next.as_ref().map(write_cursor) }))
}
