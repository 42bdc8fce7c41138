//! `GET` and `PUT /calendar`: when people work. Open releases keep the calendar they have.

use crate::api::body::{Body, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::{Care, tagged};
use crate::api::permit::{Administer, Permit, Read};
use crate::api::problem::Problem;
use crate::failure::Failure;
use axum::Json;
use axum::response::Response;
use countersign_core::calendar::BusinessCalendar;
use countersign_core::register::RegisterCommand;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A business calendar. Saturdays and Sundays are free.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarBody {
    /// A time zone of the IANA database: `Europe/Berlin`.
    pub zone: String,
    /// When a business day closes, on the wall clock of the zone: `17:00`.
    pub closes: String,
    /// Other days without work: `2026-12-25`.
    #[serde(default)]
    pub holidays: Vec<String>,
}

impl CalendarBody {
    fn checked(&self) -> Result<BusinessCalendar, Failure> {
        let mut calendar =
            BusinessCalendar::new(&self.zone).map_err(|error| Failure::malformed("zone", error))?;
        calendar.closes = time(&self.closes)?;
        for (index, day) in self.holidays.iter().enumerate() {
            calendar.holidays.insert(parse(&format!("holidays[{index}]"), day)?);
        }
        Ok(calendar)
    }
}

fn time(text: &str) -> Result<Time, Failure> {
    text.parse().map_err(|_| {
        let message = format!("`{text}` is no time of day: write for example `17:00`");
        Failure::malformed("closes", message)
    })
}

/// Shows the business calendar.
#[utoipa::path(get, path = "/calendar", tag = "settings", responses(
    (status = 200, body = CalendarBody), (status = "4XX", body = Problem)
))]
pub async fn show(permit: Permit<Read>) -> Result<Response, Problem> {
    let register = permit.app.register().await?;
    let calendar = register.state.calendar();
    let calendar = calendar.ok_or_else(|| Failure::not_found("calendar", "UTC"))?;
    let body = CalendarBody {
        zone: calendar.zone().to_owned(),
        closes: calendar.closes.strftime("%H:%M").to_string(),
        holidays: calendar.holidays.iter().map(ToString::to_string).collect(),
    };
    Ok(tagged(register.version, body))
}

/// Sets the business calendar.
#[utoipa::path(put, path = "/calendar", request_body = CalendarBody, tag = "settings", responses(
    (status = 200, body = ReceiptBody), (status = "4XX", body = Problem)
))]
pub async fn set(
    permit: Permit<Administer>,
    care: Care,
    body: Body<CalendarBody>,
) -> Result<Json<ReceiptBody>, Problem> {
    let command = RegisterCommand::SetCalendar { calendar: body.value.checked()? };
    permit.to_register(command, care.of(body.request)).await
}
