//! `/frameworks`: which records of releases answer which clause of a law or a standard.

use crate::api::body::{Path, Query, parse};
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::app::frameworks::{Holding, framework, frameworks};
use axum::Json;
use countersign_core::framework::{Clause, ClauseReport};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The frameworks the program knows.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Frameworks {
    /// The frameworks.
    pub items: Vec<FrameworkItem>,
}

/// A framework.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FrameworkItem {
    /// Its short name: `eu-ai-act`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Which text.
    pub edition: String,
    /// What a reader has to know about the table.
    pub note: String,
    /// How many clauses it names.
    pub clauses: usize,
}

/// What releases hold for a framework.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FrameworkReport {
    /// The framework.
    pub framework: FrameworkItem,
    /// Whether a record is missing anywhere.
    pub has_gaps: bool,
    /// Whether there are more releases than one report is made over.
    pub more: bool,
    /// Release by release.
    pub releases: Vec<ReleaseHolding>,
}

/// What one release holds.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReleaseHolding {
    /// The release.
    pub release: String,
    /// Its title.
    pub title: String,
    /// Clause by clause.
    pub clauses: Vec<ClauseHolding>,
}

/// What a release holds for one clause.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClauseHolding {
    /// The published number.
    pub clause: String,
    /// The published short title.
    pub title: String,
    /// How the policy cites it, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cited: Option<String>,
    /// What one has to be able to show.
    pub duty: String,
    /// False when it is about releases of other tiers.
    pub applies: bool,
    /// The first day it binds, when that is not past.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binds_from: Option<String>,
    /// Whether a record that should be there is not.
    pub gap: bool,
    /// Each record, and whether it is `held`, `not_applicable`, `not_asked`, `not_yet`, `missing`.
    pub records: Vec<RecordHolding>,
}

/// A record and whether it is there.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RecordHolding {
    /// The record: `item model_card`.
    pub record: String,
    /// Whether it is there.
    pub held: String,
}

impl From<&countersign_core::framework::Framework> for FrameworkItem {
    fn from(one: &countersign_core::framework::Framework) -> Self {
        Self {
            name: one.name.clone(),
            title: one.title.clone(),
            edition: one.edition.clone(),
            note: one.note.clone(),
            clauses: one.clauses.len(),
        }
    }
}

impl From<ClauseReport<'_>> for ClauseHolding {
    fn from(report: ClauseReport<'_>) -> Self {
        let gap = report.has_gap();
        let Clause { id, title, cited, duty, from, .. } = report.clause.clone();
        let records = report.records.into_iter().map(|one| RecordHolding {
            record: one.record.to_string(),
            held: one.held.word().to_owned(),
        });
        Self {
            clause: id,
            title,
            cited,
            duty,
            applies: report.applies,
            binds_from: from.filter(|_| !report.binds).map(|from| from.to_string()),
            gap,
            records: records.collect(),
        }
    }
}

impl From<Holding> for ReleaseHolding {
    fn from(holding: Holding) -> Self {
        Self {
            release: holding.release.to_string(),
            title: holding.title,
            clauses: holding.clauses.into_iter().map(ClauseHolding::from).collect(),
        }
    }
}

/// Lists the frameworks the program knows.
#[utoipa::path(get, path = "/frameworks", tag = "frameworks", responses(
    (status = 200, body = Frameworks), (status = "4XX", body = Problem)
))]
pub async fn list(_: Permit<Read>) -> Json<Frameworks> {
    Json(Frameworks { items: frameworks().iter().map(FrameworkItem::from).collect() })
}

/// Which releases.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// One release; every release that runs or may run when left out.
    release: Option<String>,
}

/// Reports clause by clause which records there are: obligation, record, gap.
#[utoipa::path(get, path = "/frameworks/{name}/report", tag = "frameworks",
    params(("name" = String, Path, description = "The framework's name"), Wanted),
    responses((status = 200, body = FrameworkReport), (status = "4XX", body = Problem))
)]
pub async fn report(
    permit: Permit<Read>,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<FrameworkReport>, Problem> {
    let framework = framework(&name)?;
    let (holdings, more) = match &wanted.release {
        Some(release) => {
            (vec![permit.app.holding(framework, &parse("release", release)?).await?], false)
        }
        None => permit.app.holdings(framework).await?,
    };
    let has_gaps = holdings.iter().flat_map(|one| &one.clauses).any(ClauseReport::has_gap);
    let releases = holdings.into_iter().map(ReleaseHolding::from).collect();
    Ok(Json(FrameworkReport { framework: framework.into(), has_gaps, more, releases }))
}
