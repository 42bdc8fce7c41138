//! Draws salts for the free texts of one command and keeps the texts until they are stored.

use crate::failure::Failure;
use crate::random;
use countersign_core::field::Answers;
use countersign_core::release::command::GivenFields;
use countersign_core::text::Text;
use countersign_store::{NewEvent, Text as StoredText};

/// The free texts of one command.
#[derive(Debug, Default)]
pub struct Draft {
    texts: Vec<StoredText>,
}

impl Draft {
    /// Commits to a text that must not be empty.
    pub fn text(&mut self, field: &str, text: &str) -> Result<Text, Failure> {
        let salt = random::bytes::<16>();
        let committed = Text::new(&salt, text).map_err(|error| Failure::malformed(field, error))?;
        let digest = committed.digest();
        self.texts.push(StoredText { digest, salt, text: text.to_owned() });
        Ok(committed)
    }

    /// Commits to a text that may be left out.
    pub fn optional(&mut self, field: &str, text: Option<&str>) -> Result<Option<Text>, Failure> {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => self.text(field, text).map(Some),
            None => Ok(None),
        }
    }

    /// Answers to questions; those that turn out to be free text are kept as digests only.
    pub fn fields(&mut self, answers: Answers) -> Result<GivenFields, Failure> {
        let mut given = GivenFields::default();
        for (name, answer) in answers {
            if !answer.trim().is_empty() {
                let text = self.text(&name, answer.trim())?;
                given.texts.insert(name.clone(), text);
            }
            given.answers.insert(name, answer);
        }
        Ok(given)
    }

    /// The texts to store: those whose digests stand in these events, so that answers which are
    /// no free text leave none behind.
    pub(super) fn named_in(&self, events: &[NewEvent]) -> Vec<StoredText> {
        let is_named = |text: &&StoredText| {
            let digest = text.digest.0.hex();
            let names = |event: &NewEvent| {
                std::str::from_utf8(&event.bytes).is_ok_and(|event| event.contains(&digest))
            };
            events.iter().any(names)
        };
        self.texts.iter().filter(is_named).cloned().collect()
    }
}
