//! `GET /controls/{control}/maturity` and `POST /controls/{control}/reports`: how far a control is
//! by the log, and the record that somebody was told.

use crate::api::body::{Body, Path, Query, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Act, Permit, Read};
use crate::api::problem::Problem;
use axum::Json;
use countersign_core::control::Level;
use countersign_core::control::maturity::{LevelStatus, Maturity, Metrics};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// The first day: `2026-01-01`.
    pub from: String,
    /// The last day, itself included.
    pub to: String,
}

/// Days to report on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// The first day: `2026-01-01`.
    pub from: String,
    /// The last day, itself included.
    pub to: String,
}

/// How far a control is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MaturityView {
    /// The control.
    pub control: String,
    /// Its version.
    pub version: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// How many deployments were seen.
    pub deployments: usize,
    /// `initial`, `developing`, `defined`, `managed` or `optimizing`; absent when nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Each level, the lowest first.
    pub levels: Vec<LevelView>,
    /// How the gate worked.
    pub metrics: MetricsView,
}

/// A level, and whether what it asks was seen.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LevelView {
    /// Which.
    pub level: String,
    /// What it means for this control.
    pub means: String,
    /// Whether what it asks was seen.
    pub seen: bool,
    /// What was seen or not.
    pub because: String,
    /// What there is to do to reach it.
    pub missing: Vec<String>,
    /// The positions in the log of the events this rests on.
    pub events: Vec<u64>,
}

/// How the gate worked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MetricsView {
    /// How many decisions were a yes.
    pub approved: u32,
    /// How many were a no.
    pub rejected: u32,
    /// The share of yes in whole percent; absent when nothing was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_percent: Option<u32>,
    /// Why it was a no, by reason.
    pub rejections: BTreeMap<String, u32>,
    /// The median time from submission to decision, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_minutes: Option<u64>,
    /// The longest, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_minutes: Option<u64>,
}

impl From<Metrics> for MetricsView {
    fn from(metrics: Metrics) -> Self {
        let reasons = metrics.rejections.into_iter();
        Self {
            approved: metrics.approved,
            rejected: metrics.rejected,
            approval_percent: metrics.approval_percent,
            rejections: reasons.map(|(reason, count)| (reason.word().into(), count)).collect(),
            median_minutes: metrics.median_minutes,
            longest_minutes: metrics.longest_minutes,
        }
    }
}

impl LevelView {
    fn of(status: LevelStatus, means: &str) -> Self {
        Self {
            level: status.level.word().to_owned(),
            means: means.to_owned(),
            seen: status.seen,
            because: status.because,
            missing: status.missing,
            events: status.events,
        }
    }
}

/// Says how far a control is in these days, with the evidence for it, and what the next level
/// lacks.
#[utoipa::path(get, path = "/controls/{control}/maturity", tag = "controls",
    params(("control" = String, Path, description = "The control's identifier: `CHM-002`"), Days),
    responses((status = 200, body = MaturityView), (status = "4XX", body = Problem))
)]
pub async fn maturity(
    permit: Permit<Read>,
    Path(control): Path<String>,
    Query(days): Query<Days>,
) -> Result<Json<MaturityView>, Problem> {
    let loaded = permit.app.control(&parse("control", &control)?, None).await?;
    let period = permit.app.period(parse("from", &days.from)?, parse("to", &days.to)?).await?;
    let assessed = permit.app.assess_control(&loaded, period).await?;
    let Maturity { level, levels, metrics } = assessed.maturity;
    let means = |level: Level| loaded.control.maturity.of(level);
    let levels = levels.into_iter().map(|one| {
        let means = means(one.level);
        LevelView::of(one, means)
    });
    Ok(Json(MaturityView {
        control: loaded.reference.id.to_string(),
        version: loaded.reference.version.clone(),
        from: assessed.period.from.to_string(),
        to: assessed.period.to.to_string(),
        deployments: assessed.deployments.len(),
        level: level.map(|level| level.word().to_owned()),
        levels: levels.collect(),
        metrics: metrics.into(),
    }))
}

/// Records that somebody was told how the gate worked in these days. The numbers are those of the
/// log.
#[utoipa::path(post, path = "/controls/{control}/reports", tag = "controls",
    params(("control" = String, Path, description = "The control's identifier: `CHM-002`")),
    request_body = NewReport,
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn report(
    permit: Permit<Act>,
    Path(control): Path<String>,
    care: Care,
    body: Body<NewReport>,
) -> Result<Json<ReceiptBody>, Problem> {
    let id = parse("control", &control)?;
    let (from, to) = (parse("from", &body.value.from)?, parse("to", &body.value.to)?);
    let period = permit.app.period(from, to).await?;
    let care = care.of(body.request);
    let (_, receipt) = permit.app.report_control(&permit.caller, (&id, period), care).await?;
    Ok(Json(receipt.into()))
}
