//! What the release page shows, as plain values.

use crate::portal::components::bullet::Bullet;
use crate::portal::components::tag::Tag;
use countersign_core::digest::Sha256;
use jiff::Timestamp;

/// Something the visitor can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Where.
    pub path: String,
    /// What.
    pub text: String,
}

impl Action {
    /// Something the visitor can do.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// One reason why the gate is shut.
#[derive(Debug, Clone)]
pub struct BlockerLine {
    /// The reason.
    pub text: String,
    /// Who can lift it.
    pub who: String,
    /// What to do, and where, when there is a page for it.
    pub next: Action,
}

/// A criterion.
#[derive(Debug, Clone)]
pub struct CriterionLine {
    /// What it asks.
    pub title: String,
    /// Whether it holds.
    pub tag: Tag,
    /// Why, in one sentence.
    pub because: String,
    /// Every measurement it was judged on.
    pub sources: Vec<SourceLine>,
}

/// A measurement a criterion was judged on.
#[derive(Debug, Clone)]
pub struct SourceLine {
    /// The picture, when there is a number.
    pub bullet: Option<Bullet>,
    /// The evidence, and the page that shows it.
    pub evidence: Action,
    /// The place in the file.
    pub place: String,
}

/// An approval rule.
#[derive(Debug, Clone)]
pub struct ApprovalLine {
    /// What the signature is for.
    pub purpose: String,
    /// The role, as people call it.
    pub role: String,
    /// Where it stands.
    pub tag: Tag,
    /// Who gave it, who lapsed, who could still give it; a sentence each.
    pub sentences: Vec<String>,
}

/// A piece of evidence.
#[derive(Debug, Clone)]
pub struct EvidenceLine {
    /// Its identifier and its page.
    pub file: Action,
    /// Its identifier.
    pub id: String,
    /// What it is attached to.
    pub target: String,
    /// What was read from it.
    pub read: String,
    /// Who attached it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What it said against the release before it was taken back, and why it was; empty otherwise.
    pub against: Vec<String>,
    /// Whether the visitor has opened it, or it no longer counts.
    pub tag: Tag,
}

/// An artifact.
#[derive(Debug, Clone)]
pub struct ArtifactLine {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its digest.
    pub digest: Sha256,
}

/// What the release page says first.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// In one sentence.
    pub sentence: String,
    /// Whether the gate is open.
    pub gate: Gate,
}

/// Whether the gate is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// It is.
    Open,
    /// It is not.
    Shut,
    /// What it guards may run on verbal authority, until its papers come.
    Spoken,
}
