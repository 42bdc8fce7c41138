//! Answers as people give them become answers as events keep them.

use super::Filled;
use super::command::GivenFields;
use crate::field::{Answers, Field, FieldFault, FieldKind, check};
use crate::refusal::Refusal;

impl GivenFields {
    /// Checks the answers against the questions and keeps free text as digests only.
    pub(crate) fn fill(self, fields: &[Field]) -> Result<Filled, Refusal> {
        let answers: Answers = self
            .answers
            .into_iter()
            .map(|(name, answer)| (name, answer.trim().to_owned()))
            .filter(|(_, answer)| !answer.is_empty())
            .collect();
        let faults = check(fields, &answers);
        if !faults.is_empty() {
            return Err(Refusal::InvalidAnswers { faults });
        }
        let (mut filled, mut unkept) = (Filled::default(), Vec::new());
        for field in fields {
            let Some(answer) = answers.get(&field.name) else { continue };
            match (&field.kind, self.texts.get(&field.name)) {
                (FieldKind::Text | FieldKind::Rows { .. }, Some(text)) => {
                    filled.texts.insert(field.name.clone(), *text);
                }
                (FieldKind::Text | FieldKind::Rows { .. }, None) => unkept.push(FieldFault {
                    field: field.name.clone(),
                    label: field.label.clone(),
                    message: "the text was not kept; send it again".into(),
                }),
                (FieldKind::Risk, _) => {
                    filled.values.insert(field.name.clone(), answer.to_ascii_lowercase());
                }
                (
                    FieldKind::YesNo
                    | FieldKind::Date
                    | FieldKind::Number { .. }
                    | FieldKind::Choice { .. },
                    _,
                ) => {
                    filled.values.insert(field.name.clone(), answer.clone());
                }
            }
        }
        if unkept.is_empty() { Ok(filled) } else { Err(Refusal::InvalidAnswers { faults: unkept }) }
    }
}
