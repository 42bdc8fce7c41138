//! A form step: questions with typed answers.

use crate::field::{Field, FieldCondition, FieldKind};
use serde::{Deserialize, Serialize};

/// The questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The form's name; `standard` is the release questionnaire below.
    pub name: String,
    /// The questions, in order.
    pub fields: Vec<Field>,
}

fn question(name: &str, label: &str, kind: FieldKind) -> Field {
    Field { name: name.into(), label: label.into(), kind, when: None, required: true }
}

impl Form {
    /// The standard release questionnaire: injection surface, personal data, tools if
    /// there are any, and the jailbreak tests attempted.
    pub fn standard() -> Self {
        let mut tools = question(
            "tool_use",
            "Which tools can it call, and what can each of them change?",
            FieldKind::Text,
        );
        tools.when = Some(FieldCondition { field: "uses_tools".into(), equals: "yes".into() });
        let fields = vec![
            question(
                "prompt_injection_surface",
                "Where does text that others control reach the model?",
                FieldKind::Text,
            ),
            question(
                "pii_handling",
                "Which personal data does it see, and what happens to them?",
                FieldKind::Text,
            ),
            question("uses_tools", "Can it call tools?", FieldKind::YesNo),
            tools,
            question(
                "jailbreak_tests",
                "Which jailbreak tests were attempted, and how did they end?",
                FieldKind::Text,
            ),
        ];
        Self { name: "standard".into(), fields }
    }
}
