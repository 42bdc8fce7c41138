//! `POST /calendar/import`: holidays from a calendar file.

use crate::api::body::{Document, Query};
use crate::api::command::ReceiptBody;
use crate::api::headers::Care;
use crate::api::permit::{Administer, Permit};
use crate::api::problem::Problem;
use crate::app::{Import, Imported, Meets};
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How the file is taken.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct How {
    /// `true` says what would change and changes nothing.
    #[serde(default)]
    dry_run: bool,
    /// `true` puts the days of the file in the place of the holidays there are.
    #[serde(default)]
    replace: bool,
    /// How many years after this one are read; 3 when left out.
    #[serde(default = "three")]
    years: u8,
}

fn three() -> u8 {
    3
}

impl How {
    fn import(&self) -> Import {
        let meets = if self.replace { Meets::Replaces } else { Meets::Joins };
        Import { years: i16::from(self.years), meets }
    }
}

/// What a calendar file holds.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ImportedBody {
    /// The holidays in it, in order.
    pub holidays: Vec<HolidayItem>,
    /// How many days came more than once and were merged.
    pub repeated: usize,
    /// How many days lie in other years and were left out.
    pub outside: usize,
    /// How many events were called off in the file itself.
    pub cancelled: usize,
    /// Where the change landed; absent for a dry run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptBody>,
}

/// A holiday.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct HolidayItem {
    /// The day: `2026-12-25`.
    pub day: String,
    /// What people call it.
    pub name: String,
    /// Whether it was no holiday before.
    pub new: bool,
}

impl ImportedBody {
    fn of(imported: &Imported) -> Self {
        let item = |(day, name): (&jiff::civil::Date, &String)| HolidayItem {
            day: day.to_string(),
            name: name.clone(),
            new: imported.new.contains(day),
        };
        Self {
            holidays: imported.read.days.iter().map(item).collect(),
            repeated: imported.read.repeated,
            outside: imported.read.outside,
            cancelled: imported.read.cancelled,
            receipt: None,
        }
    }
}

/// Adds the whole-day events of an iCalendar file to the holidays. A file with anything in it that
/// is not understood is refused whole, with the line and the event.
#[utoipa::path(post, path = "/calendar/import", tag = "settings", params(How),
    request_body(content = String, content_type = "text/calendar"),
    responses((status = 200, body = ImportedBody), (status = "4XX", body = Problem))
)]
pub async fn import(
    permit: Permit<Administer>,
    Query(how): Query<How>,
    care: Care,
    file: Document,
) -> Result<Json<ImportedBody>, Problem> {
    let imported = permit.app.read_holidays(file.text.as_bytes(), how.import()).await?;
    let body = ImportedBody::of(&imported);
    if how.dry_run {
        permit.app.would_import(&permit.caller, &imported).await?;
        return Ok(Json(body));
    }
    let care = care.of(file.request);
    let receipt = permit.app.import_holidays(&permit.caller, imported, care).await?;
    Ok(Json(ImportedBody { receipt: Some(receipt.into()), ..body }))
}
