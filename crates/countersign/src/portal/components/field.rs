//! One question with one box: label, hint, what is wrong, and the box with what was typed.

use crate::portal::faults::Faults;
use maud::{Markup, html};

/// A question with one box.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    value: &'a str,
    unit: &'a str,
    kind: Kind,
    need: Need,
    autocomplete: &'static str,
}

/// What the box takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A number.
    Number,
    /// A date.
    Date,
    /// A date with a time.
    Moment,
    /// An e-mail address.
    Email,
    /// A password, never shown again.
    Password,
    /// A digest.
    Digest,
    /// Text to look for.
    Search,
}

/// Whether an answer is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It is.
    Required,
    /// It may be left out, and the label says so.
    Optional,
}

/// The identifier of the box for a name.
pub fn id(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    format!("f-{}", name.chars().map(plain).collect::<String>().trim_end_matches('-'))
}

impl<'a> Field<'a> {
    /// A question.
    pub fn new(kind: Kind, name: &'a str, label: &'a str) -> Self {
        let (hint, value, unit, autocomplete) = ("", "", "", "off");
        Self { name, label, hint, value, unit, kind, need: Need::Required, autocomplete }
    }

    /// What helps to answer it.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// What was typed, or what is known.
    #[must_use]
    pub fn value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    /// The unit shown behind the box.
    #[must_use]
    pub fn unit(self, unit: &'a str) -> Self {
        Self { unit, ..self }
    }

    /// It may be left out.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { need: Need::Optional, ..self }
    }

    /// What a browser may fill in by itself.
    #[must_use]
    pub fn autocomplete(self, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..self }
    }

    /// The question with what is wrong with its answer.
    pub fn render(&self, faults: &Faults) -> Markup {
        let id = id(self.name);
        let wrong: Vec<&str> = faults.of(self.name).collect();
        let bad = wrong.first().map(|_| "bad");
        let hint = Some(self.hint).filter(|hint| !hint.is_empty());
        html! {
            div.field .(bad.unwrap_or_default()) {
                label for=(id) { (self.label) (optional(self.need)) }
                @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } }
                (faults_of(&id, &wrong))
                (self.input(&id, described(&id, hint, &wrong).as_deref(), bad.map(|_| "true")))
            }
        }
    }

    fn input(&self, id: &str, described: Option<&str>, invalid: Option<&str>) -> Markup {
        let (name, value) = (self.name, self.value);
        let kind = match self.kind {
            Kind::Lines => {
                return html! {
                    textarea id=(id) name=(name) rows="4" autocomplete="off"
                        aria-describedby=[described] aria-invalid=[invalid] { (value) }
                };
            }
            Kind::Line | Kind::Number | Kind::Digest => "text",
            Kind::Date => "date",
            Kind::Moment => "datetime-local",
            Kind::Email => "email",
            Kind::Password => "password",
            Kind::Search => "search",
        };
        let width = match self.kind {
            Kind::Number => "narrow",
            Kind::Date | Kind::Moment => "medium",
            Kind::Digest => "mono",
            Kind::Lines | Kind::Line | Kind::Email | Kind::Password | Kind::Search => "wide",
        };
        let mode = Some("decimal").filter(|_| self.kind == Kind::Number);
        let spell = Some("false").filter(|_| self.kind == Kind::Digest);
        let unit = Some(self.unit).filter(|unit| !unit.is_empty());
        html! {
            input.(width) id=(id) name=(name) type=(kind) value=(value) inputmode=[mode]
                spellcheck=[spell] autocomplete=(self.autocomplete)
                aria-describedby=[described] aria-invalid=[invalid];
            @if let Some(unit) = unit { " " span.unit { (unit) } }
        }
    }
}

pub(super) fn optional(need: Need) -> Markup {
    let word = Some("(optional)").filter(|_| need == Need::Optional);
    html! { @if let Some(word) = word { " " span.optional { (word) } } }
}

pub(super) fn faults_of(id: &str, wrong: &[&str]) -> Markup {
    let some = wrong.first();
    html! {
        @if some.is_some() {
            p.fault id={ (id) "-fault" } {
                span.hidden { "Error: " }
                @for message in wrong { (message) " " }
            }
        }
    }
}

pub(super) fn described(id: &str, hint: Option<&str>, wrong: &[&str]) -> Option<String> {
    let hint = hint.map(|_| format!("{id}-hint"));
    let fault = wrong.first().map(|_| format!("{id}-fault"));
    let both: Vec<String> = hint.into_iter().chain(fault).collect();
    Some(both.join(" ")).filter(|ids| !ids.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_says_what_is_wrong_and_keeps_what_was_typed() {
        let faults = Faults::at("artifacts[0].digest", "`abc` is not a digest");
        let field = Field::new(Kind::Digest, "artifacts[0].digest", "Digest").value("abc");
        let html = field.render(&faults).into_string();
        assert!(html.contains(r#"<label for="f-artifacts-0--digest">"#), "{html}");
        assert!(html.contains(r#"value="abc""#) && html.contains(r#"aria-invalid="true""#));
        assert!(html.contains("abc” is not a digest"), "{html}");
    }
}
