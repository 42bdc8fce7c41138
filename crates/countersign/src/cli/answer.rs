//! What the server answered, and how it is shown: the same JSON, or text for people.

use super::shell::Shell;
use super::table::word;
use super::trouble::Trouble;
use super::{Outcome, Said};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer in JSON.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Exactly what came.
    pub text: String,
    /// The same, read.
    pub value: Value,
}

impl Answer {
    /// Reads an answer that must be JSON; nothing at all counts as `null`.
    pub fn from_text(server: &str, text: String) -> Result<Self, Trouble> {
        let source = if text.trim().is_empty() { "null" } else { &text };
        let value = serde_json::from_str(source).map_err(|error| {
            Trouble::unreachable(server, format!("the answer is not Countersign's JSON: {error}"))
        })?;
        Ok(Self { text, value })
    }

    /// The answer as a value of this shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        serde_json::from_value(self.value.clone()).map_err(|error| {
            Trouble::fault(
                "the server's answer has another shape than this version of the program knows",
                "use the program of the server's version",
            )
            .because("answer.shape", error)
        })
    }

    /// The items of a list.
    pub fn items(&self) -> &[Value] {
        let items = self.value.get("items").unwrap_or(&self.value);
        items.as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// A word of the answer, empty when there is none.
    pub fn word(&self, pointer: &str) -> String {
        word(&self.value, pointer)
    }
}

impl Shell {
    /// Prints an answer: as it came, or as people read it.
    pub fn show(&self, answer: &Answer, text: impl FnOnce(&Answer) -> String) -> Outcome {
        if self.wants_json() {
            self.say_as_is(answer.text.trim_end())?;
        } else {
            self.say(&text(answer))?;
        }
        Ok(Said::Yes)
    }

    /// Prints where a command landed: what happened, and the version it led to.
    pub fn show_receipt(&self, answer: &Answer) -> Outcome {
        self.show(answer, receipt)
    }
}

/// What was published, and from where.
pub fn published(answer: &Answer, source: &str) -> String {
    format!("published {} {} from {source}", answer.word("/name"), answer.word("/version"))
}

/// A receipt in one line.
pub fn receipt(answer: &Answer) -> String {
    let value = answer.value.get("receipt").unwrap_or(&answer.value);
    let events = value["events"].as_array().map(Vec::as_slice).unwrap_or_default();
    let events: Vec<String> =
        events.iter().filter_map(Value::as_str).map(|word| word.replace('_', " ")).collect();
    let (stream, version) = (word(value, "/stream"), word(value, "/version"));
    if stream.is_empty() {
        return "done".into();
    }
    format!("{stream}: {} (version {version})", events.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_told_in_words() {
        let text = r#"{"stream":"release/r-1","version":3,"events":["approval_given","approved"]}"#;
        let answer = Answer::from_text("s", text.into()).unwrap();
        assert_eq!(receipt(&answer), "release/r-1: approval given, approved (version 3)");
    }

    #[test]
    fn a_page_of_another_server_is_no_answer() {
        assert!(Answer::from_text("s", "<html>".into()).is_err());
    }
}
