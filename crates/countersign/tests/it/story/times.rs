//! What stories tell about change windows, freezes and scheduled deployments: each deed, the line
//! that tells it, the request it is over HTTP, and the command it is in the core.

use super::deed::Deed;
use super::forms::{Form, form, number};
use super::script::moment;
use countersign_core::freeze::NewFreeze;
use countersign_core::register::{RegisterCommand, TimesCommand};
use countersign_core::schedule::Schedule;
use countersign_core::text::Text;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Something done about the times in which environments take something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfTimes {
    Windows { environment: String, windows: Vec<String> },
    Freeze(AskedFreeze),
    Lift { number: u32, reason: String },
}

/// A freeze as a story asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFreeze {
    pub name: String,
    pub environment: String,
    pub from: Option<Timestamp>,
    pub until: Timestamp,
    pub reason: String,
}

/// The lines.
pub const DEEDS: &[Form] = &[
    form(
        "{who} sets the windows of {environment}",
        "Sets the change windows of an environment. Below it, once for each: `window: mon-fri 09:00-16:00`; without one it is open at any time.",
        |f, s| {
            let (environment, windows) = (f.one("environment"), s.all("window"));
            Ok(Deed::OfTimes(OfTimes::Windows { environment, windows }))
        },
    ),
    form(
        "{who} freezes {environment} until {moment}: {text}",
        "Declares a freeze. Below it: `name: NAME`, `from: \"2026-05-20 09:00\"`; at once without one.",
        |f, s| {
            let from = s.one("from").map(|text| when(text.trim_matches('"'))).transpose()?;
            Ok(Deed::OfTimes(OfTimes::Freeze(AskedFreeze {
                name: s.one("name").unwrap_or_else(|| "the freeze".into()),
                environment: f.one("environment"),
                from,
                until: when(&f.one("moment"))?,
                reason: f.one("text"),
            })))
        },
    ),
    form("{who} lifts freeze {number}: {text}", "Lifts a freeze before its end.", |f, _| {
        let (number, reason) = (number(f)?, f.one("text"));
        Ok(Deed::OfTimes(OfTimes::Lift { number, reason }))
    }),
    form(
        "{who} schedules the deployment",
        "Changes the time of a release that is not decided. Below it: `not before: \"2026-05-20 09:00\"`, `not after: …`; what is left out is open.",
        |_, s| Ok(Deed::Schedule(schedule(s)?)),
    ),
];

/// The time named below a line.
pub fn schedule(settings: &mut super::settings::Settings) -> Result<Schedule, String> {
    let mut one =
        |name: &str| settings.one(name).map(|text| when(text.trim_matches('"'))).transpose();
    Ok(Schedule { not_before: one("not before")?, not_after: one("not after")? })
}

fn when(text: &str) -> Result<Timestamp, String> {
    moment(text).ok_or_else(|| format!("`{text}` is no moment such as \"2026-05-20 09:00\""))
}

/// The same as the API takes it.
pub fn body_of(schedule: &Schedule) -> Value {
    json!({ "not_before": schedule.not_before, "not_after": schedule.not_after })
}

impl OfTimes {
    /// The path and the body; windows are put, the rest is posted.
    pub fn request(&self) -> (String, Value) {
        match self {
            Self::Windows { environment, windows } => {
                (format!("/environments/{environment}/windows"), json!({ "windows": windows }))
            }
            Self::Freeze(asked) => {
                let body = json!({
                    "name": asked.name, "environments": [asked.environment], "from": asked.from,
                    "until": asked.until, "reason": asked.reason,
                });
                ("/freezes".into(), body)
            }
            Self::Lift { number, reason } => {
                (format!("/freezes/{number}/lift"), json!({ "reason": reason }))
            }
        }
    }

    /// The free text, when the deed has one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Windows { .. } => None,
            Self::Freeze(asked) => Some(&asked.reason),
            Self::Lift { reason, .. } => Some(reason),
        }
    }

    /// The command, with its text kept.
    pub fn command(&self, text: Option<Text>) -> Result<RegisterCommand, String> {
        let reason = || text.ok_or("a text is missing".to_owned());
        Ok(match self {
            Self::Windows { environment, windows } => {
                RegisterCommand::Times(TimesCommand::SetChangeWindows {
                    environment: environment.parse().map_err(|_| "this is no environment")?,
                    windows: windows
                        .iter()
                        .map(|text| text.parse())
                        .collect::<Result<_, countersign_core::window::InvalidWindow>>()
                        .map_err(|error| error.to_string())?,
                })
            }
            Self::Freeze(asked) => RegisterCommand::Times(TimesCommand::DeclareFreeze(NewFreeze {
                name: asked.name.clone(),
                environments: [asked.environment.parse().map_err(|_| "this is no environment")?]
                    .into(),
                from: asked.from,
                until: asked.until,
                reason: reason()?,
            })),
            Self::Lift { number, .. } => RegisterCommand::Times(TimesCommand::LiftFreeze {
                number: *number,
                reason: reason()?,
            }),
        })
    }
}
