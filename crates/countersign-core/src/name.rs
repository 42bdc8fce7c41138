//! Names: the small checked strings that identify things.
//!
//! A name is checked once, where it enters; inside the core it is believed. Every kind of name is
//! its own type, so a role cannot be passed where an environment is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why a text is not a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidName {
    /// What the text was to name, for example `role`.
    pub what: &'static str,
    /// The text as given.
    pub given: String,
    /// What a name of this kind looks like.
    pub shape: &'static str,
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a valid {}: {}", self.given, self.what, self.shape)
    }
}

impl std::error::Error for InvalidName {}

/// The longest name accepted, in bytes.
pub const MAX_NAME: usize = 100;

const WORD_SHAPE: &str =
    "use 1 to 100 lower-case letters, digits, `_`, `-` or `.`, starting with a letter or digit";

fn is_word(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    !text.is_empty()
        && text.len() <= MAX_NAME
        && text.bytes().next().is_some_and(allowed)
        && text.bytes().all(|b| allowed(b) || matches!(b, b'_' | b'-' | b'.'))
}

macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $type(String);

        impl $type {
            /// Checks the text and makes it a name.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidName> {
                let text = text.into();
                if is_word(&text) {
                    Ok(Self(text))
                } else {
                    Err(InvalidName { what: $what, given: text, shape: WORD_SHAPE })
                }
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $type {
            type Err = InvalidName;
            fn from_str(text: &str) -> Result<Self, InvalidName> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $type {
            type Error = InvalidName;
            fn try_from(text: String) -> Result<Self, InvalidName> {
                Self::new(text)
            }
        }

        impl From<$type> for String {
            fn from(name: $type) -> String {
                name.0
            }
        }
    };
}

name!(
    /// A release's identifier, unique for ever, chosen by the server: `r-` and 14 characters.
    ReleaseId, "release id"
);
name!(
    /// A model's short name, chosen by its owner: `support-summarizer`.
    ModelName, "model name"
);
name!(
    /// A session's identifier, chosen by the server: `m-` and 14 characters.
    MeetingId, "session id"
);
name!(
    /// A person's opaque identifier. Events carry this and never a name or an address, so a
    /// person can be forgotten without touching the log (I-07).
    PersonId, "person id"
);
name!(
    /// A role an organisation gives to people: `ai_governance_lead`.
    RoleName, "role"
);
name!(
    /// A place where models run: `production`.
    EnvironmentName, "environment"
);
name!(
    /// A policy's short name: `model-release`.
    PolicyName, "policy name"
);
name!(
    /// A runbook's slug, its stable key across versions.
    RunbookName, "runbook id"
);
name!(
    /// A step's slug inside one runbook version: `confirm-scope-and-ownership`.
    StepName, "step"
);
name!(
    /// A checklist item's name inside a policy: `model_card`.
    ItemName, "checklist item"
);
name!(
    /// A criterion's name inside a policy: `hallucination_rate`.
    CriterionName, "criterion"
);
name!(
    /// A part of the world a model is used in: `eu`, `us`.
    Region, "region"
);
name!(
    /// One piece of evidence on one release: `e1`, `e2` … in the order they were attached.
    EvidenceId, "evidence id"
);
name!(
    /// One incident: `i-` and 14 characters.
    IncidentId, "incident id"
);
name!(
    /// An entry of the risk register, named by whoever enters it: `risk-12`.
    RiskId, "risk"
);
name!(
    /// One claimed sandbox exclusion: `x-` and 14 characters.
    ExclusionId, "sandbox exclusion id"
);

impl IncidentId {
    /// The identifier of an incident that follows from something else: the same whoever works it
    /// out.
    pub fn following(from: &str) -> Self {
        let digest = crate::digest::Sha256::of(from.as_bytes()).hex();
        Self(format!("i-{}", digest.get(..14).unwrap_or_default()))
    }
}

impl RoleName {
    /// The role every model has exactly one holder of: the person who owns it.
    pub fn model_owner() -> Self {
        Self("model_owner".into())
    }

    /// True for the role whose holder is decided model by model.
    pub fn is_model_owner(&self) -> bool {
        self.0 == "model_owner"
    }
}

/// Makes a slug of free text: lower case, runs of anything else become one `-`.
/// Empty when the text holds no letter or digit.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= MAX_NAME {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_lower_case_without_spaces() {
        assert!(RoleName::new("ai_governance_lead").is_ok());
        for bad in ["", "AI Lead", "-x", "ümlaut", "a/b", &"x".repeat(101)] {
            assert!(RoleName::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_slug_keeps_letters_and_digits() {
        assert_eq!(slug("Notify routing / platform"), "notify-routing-platform");
        assert_eq!(slug("—"), "");
    }
}
