//! Typed fields: the questions of a form step and of a checklist item.
//!
//! A page and the API render fields; nobody writes a template per form.

mod rows;

use crate::decimal::Decimal;
use crate::name::RiskId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The field's key in answers: `rollback_minutes`.
    pub name: String,
    /// The question as a person reads it.
    pub label: String,
    /// What an answer looks like.
    pub kind: FieldKind,
    /// Asked only when another field has this answer; `None` means always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<FieldCondition>,
    /// False when an empty answer is accepted.
    pub required: bool,
}

/// What an answer looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum FieldKind {
    /// One line or several of free text.
    Text,
    /// `yes` or `no`.
    YesNo,
    /// A calendar date, `2026-05-09`.
    Date,
    /// A number that is not negative, in the unit named.
    Number {
        /// The unit shown beside the box: `minutes`.
        unit: String,
    },
    /// An entry of the risk register about the model: `risk-12`.
    Risk,
    /// One line for each of several things, with every column filled in.
    Rows {
        /// What each line says, in order.
        columns: Vec<String>,
        /// What every line ends with a `yes` to; `None` when nothing is confirmed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        confirms: Option<String>,
    },
    /// One of these.
    Choice {
        /// The possible answers.
        options: Vec<String>,
    },
}

/// "Asked when `field` is `equals`".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldCondition {
    /// The other field's name.
    pub field: String,
    /// The answer that makes this question apply.
    pub equals: String,
}

/// Answers by field name.
pub type Answers = BTreeMap<String, String>;

/// What is wrong with one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// The field's name.
    pub field: String,
    /// The question, so that a person knows which.
    pub label: String,
    /// What is wrong, lower case, with the remedy.
    pub message: String,
}

impl fmt::Display for FieldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.label, self.message)
    }
}

impl FieldKind {
    /// How an answer of several lines reads, line by line; `None` for every other kind.
    pub fn line(&self) -> Option<String> {
        match self {
            Self::Rows { columns, confirms } => Some(rows::shape(columns, confirms.as_deref())),
            Self::Text
            | Self::YesNo
            | Self::Date
            | Self::Number { .. }
            | Self::Risk
            | Self::Choice { .. } => None,
        }
    }
}

impl Field {
    /// True when the question applies, given the other answers.
    pub fn applies(&self, answers: &Answers) -> bool {
        self.when.as_ref().is_none_or(|when| answers.get(&when.field) == Some(&when.equals))
    }

    fn fault(&self, message: impl Into<String>) -> FieldFault {
        FieldFault { field: self.name.clone(), label: self.label.clone(), message: message.into() }
    }

    fn check(&self, answer: &str) -> Result<(), FieldFault> {
        match &self.kind {
            FieldKind::Text => Ok(()),
            FieldKind::YesNo if matches!(answer, "yes" | "no") => Ok(()),
            FieldKind::YesNo => Err(self.fault("answer `yes` or `no`")),
            FieldKind::Date => match answer.parse::<Date>() {
                Ok(_) => Ok(()),
                Err(_) => Err(self.fault(format!(
                    "`{answer}` is not a date: write year, month and day, for example 2026-05-09"
                ))),
            },
            FieldKind::Number { unit } => match answer.parse::<Decimal>() {
                Ok(number) if !number.is_negative() => Ok(()),
                Ok(_) | Err(_) => Err(self.fault(format!(
                    "`{answer}` is not a number of {unit}: write digits, for example 12"
                ))),
            },
            FieldKind::Risk => match RiskId::new(answer.to_ascii_lowercase()) {
                Ok(_) => Ok(()),
                Err(error) => Err(self.fault(error.to_string())),
            },
            FieldKind::Rows { columns, confirms } => {
                rows::check(answer, columns, confirms.as_deref()).map_err(|why| self.fault(why))
            }
            FieldKind::Choice { options } if options.iter().any(|option| option == answer) => {
                Ok(())
            }
            FieldKind::Choice { options } => {
                Err(self
                    .fault(format!("`{answer}` is not one of the answers: {}", options.join(", "))))
            }
        }
    }
}

/// Checks answers against the questions: every fault at once.
/// Answers to questions that do not apply or do not exist are faults as well.
pub fn check(fields: &[Field], answers: &Answers) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for field in fields.iter().filter(|field| field.applies(answers)) {
        match answers.get(&field.name).map(|answer| answer.trim()).filter(|a| !a.is_empty()) {
            Some(answer) => faults.extend(field.check(answer).err()),
            None if field.required => faults.push(field.fault("this needs an answer")),
            None => {}
        }
    }
    for (name, answer) in answers {
        let known = fields.iter().find(|field| &field.name == name);
        match known {
            None => faults.push(FieldFault {
                field: name.clone(),
                label: name.clone(),
                message: "there is no such question".into(),
            }),
            Some(field) if !field.applies(answers) && !answer.trim().is_empty() => {
                faults
                    .push(field.fault("this does not apply given the other answers; leave it out"));
            }
            Some(_) => {}
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, kind: FieldKind, when: Option<(&str, &str)>) -> Field {
        Field {
            name: name.into(),
            label: name.into(),
            kind,
            when: when.map(|(field, equals)| FieldCondition {
                field: field.into(),
                equals: equals.into(),
            }),
            required: true,
        }
    }

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        pairs.iter().map(|(name, answer)| (name.to_string(), answer.to_string())).collect()
    }

    ///
    #[test]
    fn tool_use_is_asked_only_when_the_model_uses_tools() {
        let form = [
            field("uses_tools", FieldKind::YesNo, None),
            field("tool_use", FieldKind::Text, Some(("uses_tools", "yes"))),
        ];
        assert_eq!(check(&form, &answers(&[("uses_tools", "no")])), []);
        let missing = check(&form, &answers(&[("uses_tools", "yes")]));
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].field, "tool_use");
        let surplus = check(&form, &answers(&[("uses_tools", "no"), ("tool_use", "search")]));
        assert_eq!(surplus[0].field, "tool_use");
    }

    #[test]
    fn every_fault_is_reported_at_once() {
        let form = [
            field("tested_on", FieldKind::Date, None),
            field("minutes", FieldKind::Number { unit: "minutes".into() }, None),
            field("result", FieldKind::Choice { options: vec!["worked".into()] }, None),
        ];
        let bad =
            answers(&[("tested_on", "9 May"), ("minutes", "-3"), ("result", "maybe"), ("x", "1")]);
        assert_eq!(check(&form, &bad).len(), 4);
        let good = answers(&[("tested_on", "2026-05-09"), ("minutes", "12"), ("result", "worked")]);
        assert_eq!(check(&form, &good), []);
    }
}
