//! What stories tell about conditions, exceptions and change requests: each deed, the line that tells
//! it, the request it is over HTTP, and the command it is in the core.

use super::deed::Deed;
use super::form::Filled;
use super::forms::{Form, form, number};
use super::settings::Settings;
use countersign_core::change_request::{ChangeRequest, ChangesCommand};
use countersign_core::condition::ConditionCommand;
use countersign_core::exception::{Exception, ExceptionCommand};
use countersign_core::release::Command;
use countersign_core::text::Text;
use serde_json::{Value, json};
use std::fmt::Display;
use std::str::FromStr;

/// Something done about one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Care {
    Report { number: u32, text: String, evidence: Vec<String> },
    Judge { number: u32, text: String, how: &'static str },
    AskException(Box<AskedException>),
    Risk { number: u32, role: String, text: String, how: &'static str },
    AskChanges { role: String, text: String, about: Option<String> },
    Answer { number: u32, text: String, evidence: Vec<String> },
    Turn { number: u32, text: String, how: &'static str },
}

/// An exception as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedException {
    pub waives: String,
    pub until: String,
    pub reason: String,
    pub measures: String,
    pub extends: Option<u32>,
}

/// The lines.
pub const DEEDS: &[Form] = &[
    form(
        "{who} reports condition {number} met: {text}",
        "Says that a condition is met. Below it: `evidence: e7, e8`.",
        |f, s| {
            let (number, text, evidence) = (number(f)?, f.one("text"), s.list("evidence"));
            Ok(Deed::Care(Care::Report { number, text, evidence }))
        },
    ),
    form("{who} accepts condition {number}: {text}", "Closes a reported condition.", |f, _| {
        judge(f, "accept")
    }),
    form("{who} sends condition {number} back: {text}", "Does not take the report.", |f, _| {
        judge(f, "send-back")
    }),
    form(
        "{who} asks to waive criterion {name} until {day} {time}: {text}",
        "Asks for an exception. Below it: `measures: TEXT`, `extends: NUMBER`.",
        |f, s| waive(f, s, "criterion"),
    ),
    form(
        "{who} asks to waive item {name} until {day} {time}: {text}",
        "The same for a checklist item.",
        |f, s| waive(f, s, "item"),
    ),
    form(
        "{who} accepts the risk of exception {number} as {role}: {text}",
        "Accepts the risk of an exception in one role.",
        |f, _| risk(f, "accept"),
    ),
    form("{who} refuses exception {number} as {role}: {text}", "Refuses it.", |f, _| {
        risk(f, "refuse")
    }),
    form("{who} revokes exception {number} as {role}: {text}", "Ends it early.", |f, _| {
        risk(f, "revoke")
    }),
    form(
        "{who} asks for changes as {role}: {text}",
        "Asks for more before deciding. Below it: `about: item NAME`.",
        |f, s| {
            let (role, text) = (f.one("role"), f.one("text"));
            Ok(Deed::Care(Care::AskChanges { role, text, about: s.one("about") }))
        },
    ),
    form(
        "{who} answers change request {number}: {text}",
        "Answers it. Below it: `evidence: e7, e8`.",
        |f, s| {
            let (number, text, evidence) = (number(f)?, f.one("text"), s.list("evidence"));
            Ok(Deed::Care(Care::Answer { number, text, evidence }))
        },
    ),
    form("{who} insists on change request {number}: {text}", "Asks for it again.", |f, _| {
        turn(f, "insist")
    }),
    form("{who} settles change request {number}: {text}", "Takes the answer.", |f, _| {
        turn(f, "accept")
    }),
    form(
        "{who} looks at the clock",
        "By `countersign` itself: reminders and notices of conditions, and ends of exceptions.",
        |_, _| Ok(Deed::Clock),
    ),
];

fn judge(filled: &Filled, how: &'static str) -> Result<Deed, String> {
    Ok(Deed::Care(Care::Judge { number: number(filled)?, text: filled.one("text"), how }))
}

fn turn(filled: &Filled, how: &'static str) -> Result<Deed, String> {
    Ok(Deed::Care(Care::Turn { number: number(filled)?, text: filled.one("text"), how }))
}

fn risk(filled: &Filled, how: &'static str) -> Result<Deed, String> {
    let (number, role, text) = (number(filled)?, filled.one("role"), filled.one("text"));
    Ok(Deed::Care(Care::Risk { number, role, text, how }))
}

fn waive(filled: &Filled, settings: &mut Settings, what: &str) -> Result<Deed, String> {
    let moment = format!("{} {}", filled.one("day"), filled.one("time"));
    let until = super::script::moment(&moment).ok_or(format!("`{moment}` is no moment"))?;
    let extends = settings.one("extends").map(|number| number.parse());
    Ok(Deed::Care(Care::AskException(Box::new(AskedException {
        waives: format!("{what} {}", filled.one("name")),
        until: until.to_string(),
        reason: filled.one("text"),
        measures: settings.one("measures").unwrap_or_else(|| "A person reads along.".into()),
        extends: extends.transpose().map_err(|_| "`extends:` takes a number")?,
    }))))
}

impl Care {
    /// The path below the release, and the body.
    pub fn request(&self) -> (String, Value) {
        match self {
            Self::Report { number, text, evidence } => {
                let body = json!({ "text": text, "evidence": evidence });
                (format!("/conditions/{number}/report"), body)
            }
            Self::Judge { number, text, how } => {
                (format!("/conditions/{number}/{how}"), json!({ "text": text }))
            }
            Self::AskException(asked) => {
                let AskedException { waives, until, reason, measures, extends } = &**asked;
                let body = json!({
                    "waives": waives, "until": until, "reason": reason,
                    "measures": measures, "extends": extends,
                });
                ("/exceptions".into(), body)
            }
            Self::Risk { number, role, text, how } => {
                (format!("/exceptions/{number}/{how}"), json!({ "role": role, "text": text }))
            }
            Self::AskChanges { role, text, about } => {
                let body = json!({ "role": role, "text": text, "about": about });
                ("/change-requests".into(), body)
            }
            Self::Answer { number, text, evidence } => {
                let body = json!({ "text": text, "evidence": evidence });
                (format!("/change-requests/{number}/answer"), body)
            }
            Self::Turn { number, text, how } => {
                (format!("/change-requests/{number}/{how}"), json!({ "text": text }))
            }
        }
    }

    /// The free texts, in the order the command takes them.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Report { text, .. }
            | Self::Judge { text, .. }
            | Self::Risk { text, .. }
            | Self::AskChanges { text, .. }
            | Self::Answer { text, .. }
            | Self::Turn { text, .. } => vec![text],
            Self::AskException(asked) => vec![&asked.reason, &asked.measures],
        }
    }

    /// The command, with its texts kept.
    pub fn command(&self, texts: &[Text]) -> Result<Command, String> {
        let text = *texts.first().ok_or("a text is missing")?;
        Ok(match self {
            Self::Report { number, evidence, .. } => {
                let (number, evidence) = (*number, all(evidence)?);
                Command::Condition(ConditionCommand::Report { number, statement: text, evidence })
            }
            Self::Judge { number, how, .. } => Command::Condition(match *how {
                "accept" => ConditionCommand::Accept { number: *number, statement: text },
                _ => ConditionCommand::SendBack { number: *number, reason: text },
            }),
            Self::AskException(asked) => Command::Exception(ExceptionCommand::Request(Exception {
                waives: one(&asked.waives)?,
                reason: text,
                measures: *texts.get(1).ok_or("a text is missing")?,
                until: one(&asked.until)?,
                extends: asked.extends,
            })),
            Self::Risk { number, role, how, .. } => {
                let (number, role) = (*number, one(role)?);
                Command::Exception(match *how {
                    "accept" => ExceptionCommand::Accept { number, role, statement: text },
                    "refuse" => ExceptionCommand::Refuse { number, role, reason: text },
                    _ => ExceptionCommand::Revoke { number, role, reason: text },
                })
            }
            Self::AskChanges { role, about, .. } => {
                let about = about.as_deref().map(one).transpose()?;
                let request = ChangeRequest { role: one(role)?, text, about };
                Command::Changes(ChangesCommand::Request(request))
            }
            Self::Answer { number, evidence, .. } => {
                let (number, evidence) = (*number, all(evidence)?);
                Command::Changes(ChangesCommand::Answer { number, text, evidence })
            }
            Self::Turn { number, how, .. } => Command::Changes(match *how {
                "insist" => ChangesCommand::Insist { number: *number, text },
                _ => ChangesCommand::Accept { number: *number, text },
            }),
        })
    }
}

fn one<T: FromStr<Err: Display>>(word: &str) -> Result<T, String> {
    word.parse().map_err(|error: T::Err| error.to_string())
}

fn all<T: FromStr<Err: Display> + Ord>(
    words: &[String],
) -> Result<std::collections::BTreeSet<T>, String> {
    words.iter().map(|word| one(word)).collect()
}
