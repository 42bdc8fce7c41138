//! Step kinds: each is one file here and one line in [`StepKind`].
//!
//! A kind says what it is configured with, what a result of it must hold, and which questions it
//! asks. Pages and API render the questions; neither knows the kinds.

pub mod approval;
pub mod file_upload;
pub mod form;
pub mod manual;
pub mod webhook;

use crate::field::Field;
use serde::{Deserialize, Serialize};

/// What kind of work a step is, with its configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum StepKind {
    /// Somebody does it and says so.
    Manual(manual::Manual),
    /// Files are attached.
    FileUpload(file_upload::FileUpload),
    /// Questions are answered.
    Form(form::Form),
    /// Somebody signs.
    Approval(approval::ApprovalStep),
    /// Another system is told.
    Webhook(webhook::Webhook),
}

impl StepKind {
    /// The words of the runbook format, in the order of the enum.
    pub const WORDS: [&'static str; 5] = ["manual", "file_upload", "form", "approval", "webhook"];

    /// The word of the runbook format.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Manual(_) => "manual",
            Self::FileUpload(_) => "file_upload",
            Self::Form(_) => "form",
            Self::Approval(_) => "approval",
            Self::Webhook(_) => "webhook",
        }
    }

    /// The kind of this word, configured as a runbook that says nothing more means it.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "manual" => Some(Self::Manual(manual::Manual {})),
            "file_upload" => Some(Self::FileUpload(file_upload::FileUpload::default())),
            "form" => Some(Self::Form(form::Form::standard())),
            "approval" => Some(Self::Approval(approval::ApprovalStep {})),
            "webhook" => Some(Self::Webhook(webhook::Webhook::default())),
            _ => None,
        }
    }

    /// The questions answered to complete a step of this kind.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Form(form) => &form.fields,
            Self::Manual(_) | Self::FileUpload(_) | Self::Approval(_) | Self::Webhook(_) => &[],
        }
    }
}
