//! The identifier of a control, as registers of controls write it: `CHM-002`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A control's identifier: capital letters, a hyphen and a number. Unlike other names it is written
/// in capitals, because that is how auditors cite it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ControlId(String);

/// Why a text identifies no control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidControlId {
    given: String,
}

impl fmt::Display for InvalidControlId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = &self.given;
        write!(f, "`{given}` identifies no control: write letters, a hyphen and digits, `CHM-002`")
    }
}

impl std::error::Error for InvalidControlId {}

/// The longest part on either side of the hyphen.
const MAX_PART: usize = 16;

impl ControlId {
    /// Checks the text; lower-case letters become capitals, so that both ways of typing it mean
    /// the same control.
    pub fn new(text: &str) -> Result<Self, InvalidControlId> {
        let invalid = || InvalidControlId { given: text.chars().take(80).collect() };
        let (letters, digits) = text.split_once('-').ok_or_else(invalid)?;
        let fits = |part: &str| !part.is_empty() && part.len() <= MAX_PART;
        let right = fits(letters)
            && fits(digits)
            && letters.bytes().all(|one| one.is_ascii_alphabetic())
            && digits.bytes().all(|one| one.is_ascii_digit());
        if right { Ok(Self(text.to_ascii_uppercase())) } else { Err(invalid()) }
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ControlId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ControlId {
    type Err = InvalidControlId;
    fn from_str(text: &str) -> Result<Self, InvalidControlId> {
        Self::new(text)
    }
}

impl TryFrom<String> for ControlId {
    type Error = InvalidControlId;
    fn try_from(text: String) -> Result<Self, InvalidControlId> {
        Self::new(&text)
    }
}

impl From<ControlId> for String {
    fn from(id: ControlId) -> String {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_letters_a_hyphen_and_digits() {
        assert_eq!(ControlId::new("chm-002").unwrap().as_str(), "CHM-002");
        for bad in ["", "CHM", "CHM-", "-1", "CHM-2a", "C M-1", "CHM-1-2", "../-1"] {
            assert!(ControlId::new(bad).is_err(), "{bad}");
        }
    }
}
