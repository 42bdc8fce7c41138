//! `PUT /releases/{release}/schedule`: in which time it may first be deployed.

use super::ReceiptBody;
use crate::api::body::{Body, Path};
use crate::api::headers::Care;
use crate::api::moment::{self, Day};
use crate::api::permit::{Act, Permit};
use crate::api::problem::Problem;
use crate::app::{App, Draft};
use crate::failure::Failure;
use axum::Json;
use countersign_core::release::Command;
use countersign_core::schedule::Schedule;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// In which time a release may first be deployed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleBody {
    /// Not before this moment (RFC 3339), or this day; as soon as it is approved when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// Before this moment (RFC 3339), or on this day at the latest; without an end when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<String>,
}

impl ScheduleBody {
    /// The schedule as the API shows it; `None` when it names no time.
    pub fn of(schedule: Schedule) -> Option<Self> {
        let text = |moment: Option<jiff::Timestamp>| moment.map(|moment| moment.to_string());
        let shown =
            Self { not_before: text(schedule.not_before), not_after: text(schedule.not_after) };
        (!schedule.is_open()).then_some(shown)
    }

    /// The schedule, checked; shared by every face that takes one.
    pub async fn checked(&self, app: &App) -> Result<Schedule, Failure> {
        let begin = ("not_before", Day::Begins);
        let end = ("not_after", Day::Ends);
        Ok(Schedule {
            not_before: moment::optional(app, begin, self.not_before.as_deref()).await?,
            not_after: moment::optional(app, end, self.not_after.as_deref()).await?,
        })
    }
}

/// Changes the time in which a release may first be deployed, as long as it is not decided.
/// Approvals given before lapse.
#[utoipa::path(put, path = "/releases/{release}/schedule", request_body = ScheduleBody,
    tag = "releases",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn set(
    permit: Permit<Act>,
    Path(id): Path<String>,
    care: Care,
    body: Body<ScheduleBody>,
) -> Result<Json<ReceiptBody>, Problem> {
    let schedule = body.value.checked(&permit.app).await?;
    let command = Command::Reschedule(schedule);
    permit.to_release(&id, command, Draft::default(), care.of(body.request)).await
}
