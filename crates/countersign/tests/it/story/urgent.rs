//! Deeds beside the routine: emergencies, going back, drills, and what the committee says
//! afterwards.

use super::deed::Deed;
use super::form::Filled;
use super::forms::{Form, form};
use super::settings::Settings;
use countersign_core::name::ReleaseId;
use countersign_core::release::urgent::emergency::{Ground, Means, NewEmergency, VerbalAuthority};
use countersign_core::release::urgent::review::{NewReview, ReviewOutcome};
use countersign_core::release::urgent::rollback::{Drill, DrillResult, NewRollback};
use countersign_core::release::{Command, UrgentCommand};
use countersign_core::text::Text;
use serde_json::{Value, json};
use std::fmt::Display;
use std::str::FromStr;

/// Something done beside the routine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrgentDeed {
    Claim { person: String, ground: String, text: String, at: String, means: String },
    ConfirmAuthority,
    DenyAuthority { reason: String },
    RemindOfPapers,
    OverduePapers,
    Review { of: String, outcome: String, text: String },
    RollBack { environment: String, to: String, minutes: u32, reason: String },
    Drill { on: String, target: String, minutes: u32, result: String },
}

/// Their forms.
pub const DEEDS: &[Form] = &[
    form(
        "{who} claims authority of {person} for {ground}: {text}",
        "Says that something cannot wait, and who gave authority for it. Below it `given: DATE TIME`, and `means: phone`, `in_person` or `message` (phone when left out).",
        claim,
    ),
    form("{who} confirms the authority", "Confirms that one gave it.", |_, _| {
        Ok(Deed::Urgent(UrgentDeed::ConfirmAuthority))
    }),
    form("{who} denies the authority: {text}", "Denies it.", |f, _| {
        Ok(Deed::Urgent(UrgentDeed::DenyAuthority { reason: f.one("text") }))
    }),
    form(
        "{who} reminds of the papers",
        "By `countersign` itself, when its clock says so.",
        |_, _| Ok(Deed::Urgent(UrgentDeed::RemindOfPapers)),
    ),
    form(
        "{who} finds the papers missing",
        "By `countersign` itself, when its clock says so.",
        |_, _| Ok(Deed::Urgent(UrgentDeed::OverduePapers)),
    ),
    form(
        "{who} reviews {entry} as {outcome}: {text}",
        "Says what the committee found afterwards, about `emergency`, `suspension-1`, `resumption-1` or `rollback-production`.",
        |f, _| {
            let (of, outcome, text) = (f.one("entry"), f.one("outcome"), f.one("text"));
            Ok(Deed::Urgent(UrgentDeed::Review { of, outcome, text }))
        },
    ),
    form(
        "{who} rolls {environment} back to {title} in {minutes} minutes: {text}",
        "Records a rollback of the release to an earlier one.",
        |f, _| {
            let (environment, to, reason) = (f.one("environment"), f.one("title"), f.one("text"));
            let minutes = minutes(f)?;
            Ok(Deed::Urgent(UrgentDeed::RollBack { environment, to, minutes, reason }))
        },
    ),
    form(
        "{who} records a drill on {date} back to {target} in {minutes} minutes: {result}",
        "Records a rollback drill that `worked` or `failed`.",
        |f, _| {
            let (on, target, result) = (f.one("date"), f.one("target"), f.one("result"));
            let minutes = minutes(f)?;
            Ok(Deed::Urgent(UrgentDeed::Drill { on, target, minutes, result }))
        },
    ),
];

fn claim(filled: &Filled, settings: &mut Settings) -> Result<Deed, String> {
    let given =
        settings.one("given").ok_or("say below it when authority was `given: DATE TIME`")?;
    Ok(Deed::Urgent(UrgentDeed::Claim {
        person: filled.one("person"),
        ground: filled.one("ground"),
        text: filled.one("text"),
        at: format!("{}:00Z", given.replace(' ', "T")),
        means: settings.one("means").unwrap_or_else(|| "phone".into()),
    }))
}

fn minutes(filled: &Filled) -> Result<u32, String> {
    let text = filled.one("minutes");
    text.parse().map_err(|_| format!("`{text}` is no number of minutes"))
}

/// What a driver knows: which release has a title, and what a text is kept as.
pub struct Known<'a> {
    pub id_of: &'a dyn Fn(&str) -> Option<ReleaseId>,
    pub text: &'a mut dyn FnMut(&str) -> Result<Text, String>,
}

impl UrgentDeed {
    /// The command of the core.
    pub fn command(&self, known: &mut Known<'_>) -> Result<Command, String> {
        Ok(Command::Urgent(match self {
            Self::Claim { person, ground, text, at, means } => {
                let authority = VerbalAuthority {
                    by: read(person)?,
                    at: read(at)?,
                    means: one_of(means, &Means::ALL, Means::word)?,
                };
                UrgentCommand::ClaimEmergency(NewEmergency {
                    ground: one_of(ground, &Ground::ALL, Ground::word)?,
                    explanation: (known.text)(text)?,
                    authority,
                })
            }
            Self::ConfirmAuthority => UrgentCommand::ConfirmAuthority,
            Self::DenyAuthority { reason } => {
                UrgentCommand::DenyAuthority { reason: (known.text)(reason)? }
            }
            Self::RemindOfPapers => UrgentCommand::RemindOfPapers,
            Self::OverduePapers => UrgentCommand::RecordOverduePapers,
            Self::Review { of, outcome, text } => UrgentCommand::Review(NewReview {
                of: read(of)?,
                outcome: one_of(outcome, &ReviewOutcome::ALL, ReviewOutcome::word)?,
                text: (known.text)(text)?,
            }),
            Self::RollBack { environment, to, minutes, reason } => {
                let found = (known.id_of)(to);
                UrgentCommand::RollBack(NewRollback {
                    environment: read(environment)?,
                    to: found.ok_or_else(|| format!("no release is called `{to}` here"))?,
                    reason: (known.text)(reason)?,
                    measured_minutes: *minutes,
                    at: None,
                })
            }
            Self::Drill { on, target, minutes, result } => UrgentCommand::RecordDrill(Drill {
                on: read(on)?,
                target: target.clone(),
                measured_minutes: *minutes,
                result: one_of(result, &DrillResult::ALL, DrillResult::word)?,
                note: None,
            }),
        }))
    }

    /// The path below a release, and what is sent there; `None` for what only Countersign's own
    /// clock does. People and releases are named by what `id_of` says.
    pub fn request(&self, id_of: &dyn Fn(&str) -> String) -> Option<(&'static str, Value)> {
        Some(match self {
            Self::Claim { person, ground, text, at, means } => {
                let body = json!({
                    "ground": ground,
                    "explanation": text,
                    "authority_by": id_of(person),
                    "authority_at": at,
                    "means": means,
                });
                ("/emergency", body)
            }
            Self::ConfirmAuthority => ("/emergency/confirm", json!({})),
            Self::DenyAuthority { reason } => ("/emergency/deny", json!({ "reason": reason })),
            Self::RemindOfPapers | Self::OverduePapers => return None,
            Self::Review { of, outcome, text } => {
                ("/reviews", json!({ "of": of, "outcome": outcome, "text": text }))
            }
            Self::RollBack { environment, to, minutes, reason } => {
                let body = json!({
                    "environment": environment,
                    "to": id_of(to),
                    "measured_minutes": minutes,
                    "reason": reason,
                });
                ("/rollback", body)
            }
            Self::Drill { on, target, minutes, result } => {
                let body = json!({
                    "on": on,
                    "target": target,
                    "measured_minutes": minutes,
                    "result": result,
                });
                ("/drills", body)
            }
        })
    }
}

/// What a word that is not one of a few is answered with.
pub const UNKNOWN: &str = "is not known: use";

fn read<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn one_of<T: Copy>(word: &str, all: &[T], of: fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| of(*one) == word);
    found.ok_or_else(|| {
        let words: Vec<String> = all.iter().map(|one| format!("`{}`", of(*one))).collect();
        format!("`{word}` {UNKNOWN} {}", words.join(", "))
    })
}
