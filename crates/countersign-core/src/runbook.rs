//! Runbooks: ordered work that a release has to go through.
//!
//! A runbook adds to a policy's minimum and never removes from it. It is read from either of its
//! two text forms by `countersign-formats`.

pub mod difference;

use crate::digest::Sha256;
use crate::name::{RunbookName, StepName};
use crate::sla::Sla;
use crate::step::StepKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One version of a runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runbook {
    /// Its slug, the same in every version.
    pub name: RunbookName,
    /// Semantic version.
    pub version: String,
    /// Title.
    pub title: String,
    /// Who wrote it, as the document says.
    pub authors: Vec<String>,
    /// Who reviewed it, as the document says. Empty is marked as unreviewed.
    pub reviewed_by: Vec<String>,
    /// When it was last reviewed.
    pub last_reviewed: Option<Date>,
    /// `pre-deployment`, `operational` …
    pub lifecycle: String,
    /// `approval`, `incident` …
    pub kind: String,
    /// Frameworks it serves: `nist-ai-rmf`.
    pub compliance: Vec<String>,
    /// `low`, `medium` or `high`.
    pub complexity: String,
    /// One paragraph.
    pub summary: String,
    /// The time it takes by estimate, in minutes.
    pub estimated_minutes: Option<u32>,
    /// Why it exists.
    pub purpose: String,
    /// When it is used.
    pub when_to_use: Vec<String>,
    /// What must be true before the first step (R-022..R-025).
    pub prerequisites: Vec<String>,
    /// The work, in order.
    pub steps: Vec<RunbookStep>,
}

/// One step of a runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunbookStep {
    /// Slug of the title, unique in the runbook.
    pub name: StepName,
    /// Title without the number.
    pub title: String,
    /// What kind of work it is, with that kind's configuration.
    pub kind: StepKind,
    /// Who does it: a title, mapped to a role by the policy.
    pub owner: String,
    /// How long it may take.
    pub sla: Sla,
    /// Who hears when it takes longer: a title; empty when the runbook names nobody.
    pub escalation: String,
    /// The numbers of the steps it waits for; `None` means every earlier one.
    pub after: Option<Vec<u32>>,
    /// What to do, in Markdown paragraphs.
    pub text: String,
    /// Notes of reviewers, never part of what to do.
    pub notes: Vec<ReviewNote>,
}

/// A reviewer's note on a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewNote {
    /// Who or which review: `IR / editorial review`.
    pub reviewer: String,
    /// What was noted.
    pub text: String,
}

/// Which runbook, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunbookRef {
    /// Its slug.
    pub name: RunbookName,
    /// Its version.
    pub version: String,
    /// The digest of the published text.
    pub sha256: Sha256,
}
