//! One question with answers to choose from: one of them, or any number.

use super::field::{Need, described, faults_of, id, optional};
use crate::portal::faults::Faults;
use maud::{Markup, html};

/// A question with answers to choose from.
#[derive(Debug, Clone)]
pub struct Choice<'a> {
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    options: Vec<Answer>,
    folded: Option<(&'a str, Vec<Answer>)>,
    need: Need,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// What helps to decide; may be empty.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Answer {
    /// An answer without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        let (value, label, hint) = (value.into(), label.into(), String::new());
        Self { value, label, hint, chosen: false }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// The same, chosen when one of these values is its own.
    #[must_use]
    pub fn among<'v>(self, mut values: impl Iterator<Item = &'v str>) -> Self {
        let chosen = values.any(|value| value == self.value);
        Self { chosen, ..self }
    }
}

impl<'a> Choice<'a> {
    /// A question.
    pub fn new(name: &'a str, label: &'a str, options: Vec<Answer>) -> Self {
        Self { name, label, hint: "", options, folded: None, need: Need::Required }
    }

    /// What helps to answer it.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// More answers, folded away under a line of their own unless one of them is chosen.
    #[must_use]
    pub fn folded(self, summary: &'a str, options: Vec<Answer>) -> Self {
        Self { folded: Some((summary, options)).filter(|(_, it)| !it.is_empty()), ..self }
    }

    /// It may be left out.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { need: Need::Optional, ..self }
    }

    /// One answer of a few.
    pub fn radios(&self, faults: &Faults) -> Markup {
        self.boxes("radio", faults)
    }

    /// Any number of answers.
    pub fn checkboxes(&self, faults: &Faults) -> Markup {
        self.boxes("checkbox", faults)
    }

    fn boxes(&self, kind: &str, faults: &Faults) -> Markup {
        let id = id(self.name);
        let wrong: Vec<&str> = faults.of(self.name).collect();
        let bad = wrong.first().map(|_| "bad").unwrap_or_default();
        let hint = Some(self.hint).filter(|hint| !hint.is_empty());
        html! {
            fieldset.field .(bad) id=(id) tabindex="-1"
                aria-describedby=[described(&id, hint, &wrong)] {
                legend { (self.label) (optional(self.need)) }
                @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } }
                (faults_of(&id, &wrong))
                @for (number, answer) in self.options.iter().enumerate() {
                    (self.one(&format!("{id}-{number}"), kind, answer))
                }
                @if let Some((summary, folded)) = &self.folded {
                    details open[folded.iter().any(|answer| answer.chosen)] {
                        summary { (summary) }
                        @for (number, answer) in (self.options.len()..).zip(folded) {
                            (self.one(&format!("{id}-{number}"), kind, answer))
                        }
                    }
                }
            }
        }
    }

    fn one(&self, id: &str, kind: &str, answer: &Answer) -> Markup {
        let hint = Some(&answer.hint).filter(|hint| !hint.is_empty());
        let described = hint.map(|_| format!("{id}-hint"));
        html! {
            div.box {
                input id=(id) type=(kind) name=(self.name) value=(answer.value)
                    checked[answer.chosen] aria-describedby=[described];
                label for=(id) { (answer.label) }
                @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } }
            }
        }
    }

    /// One answer of many.
    pub fn select(&self, faults: &Faults) -> Markup {
        let id = id(self.name);
        let wrong: Vec<&str> = faults.of(self.name).collect();
        let bad = wrong.first().map(|_| "bad");
        let hint = Some(self.hint).filter(|hint| !hint.is_empty());
        html! {
            div.field .(bad.unwrap_or_default()) {
                label for=(id) { (self.label) (optional(self.need)) }
                @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } }
                (faults_of(&id, &wrong))
                select id=(id) name=(self.name) aria-invalid=[bad.map(|_| "true")]
                    aria-describedby=[described(&id, hint, &wrong)] {
                    @for answer in &self.options {
                        option value=(answer.value) selected[answer.chosen] { (answer.label) }
                    }
                }
            }
        }
    }
}
