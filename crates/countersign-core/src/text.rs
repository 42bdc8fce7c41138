//! Free text in commands: known to be there, kept apart from the event that relies on it.

use crate::digest::TextDigest;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A free text that is not empty, as its digest under a salt. The text itself is stored beside
/// the log and can be erased; the event stays verifiable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(TextDigest);

/// Why a text is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidText {
    /// There is nothing in it.
    Empty,
    /// It is longer than [`MAX_TEXT`] bytes.
    TooLong,
}

/// The longest free text accepted, in bytes. Longer matters belong into evidence.
pub const MAX_TEXT: usize = 10_000;

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("this needs a text"),
            Self::TooLong => write!(
                f,
                "the text is longer than {MAX_TEXT} bytes: attach it as evidence and summarise it here"
            ),
        }
    }
}

impl std::error::Error for InvalidText {}

impl Text {
    /// Commits to a text that is not empty.
    pub fn new(salt: &[u8; 16], text: &str) -> Result<Self, InvalidText> {
        if text.trim().is_empty() {
            return Err(InvalidText::Empty);
        }
        if text.len() > MAX_TEXT {
            return Err(InvalidText::TooLong);
        }
        Ok(Self(TextDigest::commit(salt, text)))
    }

    /// The digest that stands in the event.
    pub fn digest(self) -> TextDigest {
        self.0
    }

    /// The text a digest stands for that was taken from an event.
    pub fn committed(digest: TextDigest) -> Self {
        Self(digest)
    }
}
