//! What stories tell about keeping records: holds, purges, erasures, copies. Each deed, the line that
//! tells it, and the request it is over HTTP.

use super::deed::Deed;
use super::forms::{Form, form, number};
use serde_json::{Value, json};

/// Something done about records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    PlaceHold { model: String, reason: String },
    PlaceHoldHere { reason: String },
    LiftHold { number: u32, reason: String },
    ProposePurge { evidence: Vec<String>, reason: String },
    ConfirmPurge { number: u32 },
    RefusePurge { number: u32, reason: String },
    ErasePerson { person: String, reason: String },
    EraseTexts { event: u32, reason: String },
    Export,
}

/// The lines.
pub const DEEDS: &[Form] = &[
    form(
        "{who} places a hold on model {model}: {text}",
        "Nothing of the model is purged or erased while it stands.",
        |f, _| {
            let (model, reason) = (f.one("model"), f.one("text"));
            Ok(Deed::Kept(Kept::PlaceHold { model, reason }))
        },
    ),
    form("{who} places a hold on the release: {text}", "The same for one release.", |f, _| {
        Ok(Deed::Kept(Kept::PlaceHoldHere { reason: f.one("text") }))
    }),
    form("{who} lifts hold {number}: {text}", "Ends a legal hold.", |f, _| {
        Ok(Deed::Kept(Kept::LiftHold { number: number(f)?, reason: f.one("text") }))
    }),
    form(
        "{who} proposes to purge evidence: {text}",
        "Asks that evidence is purged. Below it: `evidence: e1, e2`; all that is left when left out.",
        |f, s| {
            let (evidence, reason) = (s.list("evidence"), f.one("text"));
            Ok(Deed::Kept(Kept::ProposePurge { evidence, reason }))
        },
    ),
    form("{who} confirms purge {number}", "Carries out what somebody else proposed.", |f, _| {
        Ok(Deed::Kept(Kept::ConfirmPurge { number: number(f)? }))
    }),
    form("{who} refuses purge {number}: {text}", "Refuses it, or takes it back.", |f, _| {
        Ok(Deed::Kept(Kept::RefusePurge { number: number(f)?, reason: f.one("text") }))
    }),
    form("{who} erases person {person}: {text}", "Erases a name and an account.", |f, _| {
        let (person, reason) = (f.one("person"), f.one("text"));
        Ok(Deed::Kept(Kept::ErasePerson { person, reason }))
    }),
    form(
        "{who} erases the texts of event {number}: {text}",
        "Erases the free texts of an event of the release, counted from 1.",
        |f, _| {
            let (event, reason) = (number(f)?, f.one("text"));
            Ok(Deed::Kept(Kept::EraseTexts { event, reason }))
        },
    ),
    form("{who} exports the release", "Takes a copy of everything along.", |_, _| {
        Ok(Deed::Kept(Kept::Export))
    }),
];

impl Kept {
    /// The request to the API: `None` for an export, which is fetched.
    pub fn request(
        &self,
        release: &str,
        person: impl Fn(&str) -> String,
    ) -> Option<(String, Value)> {
        let because = |reason: &str| json!({ "reason": reason });
        Some(match self {
            Self::PlaceHold { model, reason } => {
                ("/holds".into(), json!({ "model": model, "reason": reason }))
            }
            Self::PlaceHoldHere { reason } => {
                ("/holds".into(), json!({ "release": release, "reason": reason }))
            }
            Self::LiftHold { number, reason } => (format!("/holds/{number}/lift"), because(reason)),
            Self::ProposePurge { evidence, reason } => {
                let body = json!({ "evidence": evidence, "reason": reason });
                (format!("/releases/{release}/purges"), body)
            }
            Self::ConfirmPurge { number } => {
                (format!("/releases/{release}/purges/{number}/confirm"), json!({}))
            }
            Self::RefusePurge { number, reason } => {
                (format!("/releases/{release}/purges/{number}/refuse"), because(reason))
            }
            Self::ErasePerson { person: handle, reason } => {
                (format!("/people/{}/erase", person(handle)), because(reason))
            }
            Self::EraseTexts { event, reason } => {
                let stream = format!("release/{release}");
                let body = json!({ "stream": stream, "event": event, "reason": reason });
                ("/texts/erase".into(), body)
            }
            Self::Export => return None,
        })
    }
}
