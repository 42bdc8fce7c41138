//! A typed field of the core as a question on a page: nobody writes a template per form.

use super::choice::{Answer, Choice};
use super::field::{Field as TextField, Kind};
use crate::portal::faults::Faults;
use countersign_core::field::{Answers, Field, FieldKind};
use maud::{Markup, html};

/// Every question with the answers known so far. The boxes are named as the fields are.
pub fn all(fields: &[Field], answers: &Answers, faults: &Faults) -> Markup {
    html! {
        @for field in fields { (one(field, fields, answers, faults)) }
    }
}

fn one(field: &Field, all: &[Field], answers: &Answers, faults: &Faults) -> Markup {
    let known = answers.get(&field.name).map(String::as_str).unwrap_or_default();
    let hint = condition(field, all);
    let text = |kind| {
        let text = TextField::new(kind, &field.name, &field.label).value(known).hint(&hint);
        if needed(field) { text } else { text.optional() }
    };
    let choice = |options: Vec<Answer>| {
        let options = options.into_iter().map(|one| one.among([known].into_iter())).collect();
        let choice = Choice::new(&field.name, &field.label, options).hint(&hint);
        if needed(field) { choice } else { choice.optional() }
    };
    match &field.kind {
        FieldKind::Text => text(Kind::Lines).render(faults),
        FieldKind::Rows { .. } => {
            let line = field.kind.line().unwrap_or_default();
            let hint = format!("One line for each: {line}. {hint}");
            TextField::new(Kind::Lines, &field.name, &field.label)
                .value(known)
                .hint(hint.trim())
                .render(faults)
        }
        FieldKind::Risk => {
            let hint = format!(
                "The name of an open entry of the risk register, for example risk-12. {hint}"
            );
            TextField::new(Kind::Line, &field.name, &field.label)
                .value(known)
                .hint(hint.trim())
                .render(faults)
        }
        FieldKind::Date => text(Kind::Date).render(faults),
        FieldKind::Number { unit } => text(Kind::Number).unit(unit).render(faults),
        FieldKind::YesNo => {
            choice(vec![Answer::new("yes", "Yes"), Answer::new("no", "No")]).radios(faults)
        }
        FieldKind::Choice { options } => {
            let capital = crate::portal::words::capital;
            choice(options.iter().map(|one| Answer::new(one, capital(one))).collect())
                .radios(faults)
        }
    }
}

/// A conditional question is shown without script as well, so its label says when it is asked.
fn needed(field: &Field) -> bool {
    field.required
}

fn condition(field: &Field, all: &[Field]) -> String {
    let Some(when) = &field.when else { return String::new() };
    let other = all.iter().find(|other| other.name == when.field);
    let question = other.map_or(when.field.as_str(), |other| other.label.as_str());
    format!("Answer this only if “{question}” is {}; leave it empty otherwise.", when.equals)
}
