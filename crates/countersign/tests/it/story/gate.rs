//! What a story is told to: the few verbs both drivers have.

use super::deed::Deed;
use super::hears::Hears;
use countersign_core::digest::Sha256;
use countersign_core::entry::EntryKind;
use jiff::Timestamp;

/// A gate that a story can be told to. `Err` is always a mistake in the story or a broken machine;
/// a refusal is an outcome.
pub trait Gate: Hears {
    /// Moves the clock.
    fn now_is(&mut self, now: Timestamp);
    /// Has somebody do something, to this release where it is about one.
    fn perform(&mut self, who: &str, release: &str, deed: &Deed) -> Result<Outcome, String>;
    /// What everybody can see of a release.
    fn look(&mut self, release: &str) -> Result<Look, String>;
    /// Who holds a role for a release, in the order of their names.
    fn holders(&mut self, release: &str, role: &str) -> Result<Vec<String>, String>;
    /// What a list kept beside the releases shows.
    fn entries(&mut self, kind: EntryKind) -> Result<Vec<Listed>, String>;
    /// May these bytes run here?
    fn verdict(&mut self, digest: Sha256, environment: &str) -> Result<Ruling, String>;
}

/// What came of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The words of what happened.
    Happened(Vec<String>),
    /// The rules said no.
    Refused { code: String, reasons: Vec<String> },
}

/// What everybody can see of a release. People are named as the story names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    pub state: String,
    /// The names of what it is made of.
    pub artifacts: Vec<String>,
    pub policy: String,
    pub runbook: String,
    pub blockers: Vec<Blocked>,
    pub items: Vec<Listed>,
    pub prerequisites: u32,
    pub steps: Vec<Listed>,
    /// The same steps, as the people see them who do them.
    pub work: Vec<Work>,
    pub criteria: Vec<Listed>,
    pub approvals: Vec<Signature>,
    /// Who and what, oldest first.
    pub history: Vec<(String, String)>,
}

/// A blocker with who can lift it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    pub message: String,
    pub lifted_by: Vec<String>,
}

/// Something with a name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub stands: String,
    pub remarks: Vec<String>,
}

/// A step, for whoever does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub number: u64,
    pub step: String,
    pub kind: String,
    pub role: String,
    /// The word of where it stands.
    pub stands: String,
    /// The parts its files have to cover.
    pub parts: Vec<String>,
    /// The questions of its form.
    pub questions: Vec<String>,
}

/// An approval asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub purpose: String,
    pub role: String,
    pub needed: u32,
    pub given: Vec<String>,
    pub self_approved: bool,
    pub lapsed: Vec<String>,
    pub eligible: Vec<String>,
}

/// Allow or deny, with every reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    pub word: String,
    pub reasons: Vec<String>,
}
