//! What is wrong with a document, as the API says it.

use countersign_formats::diagnostic::{Diagnostic, Level, has_errors};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a document can be published, and every fault and remark.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Checked {
    /// Whether it has no error.
    pub ok: bool,
    /// Its faults and remarks, in the order of the text.
    pub diagnostics: Vec<DiagnosticView>,
}

/// A fault or a remark.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DiagnosticView {
    /// `error`, `warning` or `note`.
    pub level: String,
    /// A stable word: `runbook.step.owner_missing`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
}

impl From<&Diagnostic> for DiagnosticView {
    fn from(one: &Diagnostic) -> Self {
        let level = match one.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        Self {
            level: level.into(),
            code: one.code.into(),
            message: one.message.clone(),
            help: one.help.clone(),
            line: one.line,
            column: one.column,
        }
    }
}

impl From<Vec<Diagnostic>> for Checked {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        let ok = !has_errors(&diagnostics);
        Self { ok, diagnostics: diagnostics.iter().map(DiagnosticView::from).collect() }
    }
}
