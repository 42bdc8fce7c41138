//! `GET` and `PUT /calendar`: when people work. Open releases keep the calendar they have.

pub mod import;

use crate::api::body::{Body, parse};
use crate::api::command::ReceiptBody;
use crate::api::headers::{Care, tagged};
use crate::api::permit::{Administer, Permit, Read};
use crate::api::problem::Problem;
use crate::failure::Failure;
use axum::Json;
use axum::response::Response;
use countersign_core::calendar::BusinessCalendar;
use countersign_core::register::{HolidayNames, RegisterCommand};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    /// What people call them, by day. Days without one here keep the name they have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
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

    /// What people write line by line: a day, and after it what the day is called.
    pub fn of_lines(zone: &str, closes: &str, lines: &str) -> Result<Self, Failure> {
        let mut body = Self {
            zone: zone.trim().to_owned(),
            closes: closes.trim().to_owned(),
            holidays: Vec::new(),
            names: BTreeMap::new(),
        };
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (day, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let day: Date = day.parse().map_err(|_| {
                let message = format!("`{line}` begins with no day: write 2026-12-25 Christmas");
                Failure::malformed("holidays", message)
            })?;
            body.holidays.push(day.to_string());
            body.names.insert(day.to_string(), name.trim().to_owned());
        }
        Ok(body)
    }

    /// The change it asks for.
    pub fn command(&self, known: &HolidayNames) -> Result<RegisterCommand, Failure> {
        Ok(RegisterCommand::SetCalendar { calendar: self.checked()?, names: self.named(known)? })
    }

    /// The names given here, over those that are known.
    fn named(&self, known: &HolidayNames) -> Result<HolidayNames, Failure> {
        let mut names = known.clone();
        for (day, name) in &self.names {
            names.insert(parse(&format!("names.{day}"), day)?, name.clone());
        }
        Ok(names)
    }
}

fn named(names: &HolidayNames) -> BTreeMap<String, String> {
    names.iter().map(|(day, name)| (day.to_string(), name.clone())).collect()
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
        names: named(&register.state.holiday_names),
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
    let known = permit.app.register().await?.state;
    let command = body.value.command(&known.holiday_names)?;
    permit.to_register(command, care.of(body.request)).await
}
