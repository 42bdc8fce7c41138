//! Scenes: who does what when, as data, so that the lives of several releases can be told side by
//! side in the order in which they happened.

use super::beside::Beside;
use countersign_core::classification::{ArtifactKind, ChangeType, RiskTier, Trait};
use jiff::SignedDuration;

/// Something somebody did.
#[derive(Debug, Clone)]
pub struct Scene {
    /// How long ago, seen from now.
    pub ago: SignedDuration,
    /// Who, by short name; `countersign` for its own clock.
    pub who: &'static str,
    /// What.
    pub deed: Deed,
}

/// What somebody did. Releases are named by their titles.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Brings a model under governance and owns it.
    Register(NewModel),
    /// Asks for a release.
    Request(Wanted),
    /// Confirms the prerequisites and answers every item of the checklist, except those named.
    Prepare(&'static str, Findings, &'static [&'static str]),
    /// Submits.
    Submit(&'static str),
    /// Opens every piece of evidence, as a reviewer does.
    Review(&'static str),
    /// Completes a manual step with these words.
    Manual(&'static str, &'static str, &'static str),
    /// Attaches the packet of an upload step and completes it.
    Packet(&'static str, &'static str),
    /// Approves in a role.
    Approve(&'static str, &'static str),
    /// The same with a condition: text, whose it is, and in how many days from now it is due.
    ApproveIf(&'static str, &'static str, (&'static str, &'static str, i64)),
    /// Rejects in a role.
    Reject(&'static str, &'static str, &'static str),
    /// Takes the release back.
    Withdraw(&'static str, &'static str),
    /// Records a deployment to production with its change ticket.
    Deploy(&'static str, &'static str),
    /// Makes the three statements.
    Confirm(&'static str),
    /// Records that they did not come.
    Missed(&'static str),
    /// Suspends.
    Suspend(&'static str, &'static str),
    /// Something beside the routine.
    Beside(Beside),
}

/// An artifact: name, kind, and the words whose digest stands for its bytes.
pub type NewArtifact = (&'static str, ArtifactKind, &'static str);

/// A model.
#[derive(Debug, Clone)]
pub struct NewModel {
    /// Its short name.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Its tier.
    pub tier: RiskTier,
    /// What it is meant for.
    pub intended_use: &'static str,
}

/// A release.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its title.
    pub title: &'static str,
    /// Its model.
    pub model: &'static str,
    /// What kind of change it is.
    pub change: ChangeType,
    /// What changes, and why.
    pub summary: &'static str,
    /// Its artifact; others are brought to the draft.
    pub artifact: NewArtifact,
    /// The facts that are true of it.
    pub facts: &'static [Trait],
    /// The runbook it follows.
    pub runbook: Option<&'static str>,
    /// The release it takes up again.
    pub resubmits: Option<&'static str>,
}

/// What the evaluation of a release found.
#[derive(Debug, Clone, Copy)]
pub struct Findings {
    /// The checkpoint's identifier, in file names.
    pub checkpoint: &'static str,
    /// The rate of invented facts, as a fraction.
    pub hallucination_rate: f64,
}

/// One after the other, each a while after the one before.
#[derive(Debug)]
pub struct Tale {
    ago: SignedDuration,
    scenes: Vec<Scene>,
}

impl Tale {
    /// A tale that begins so many days ago.
    pub fn begun(days: i64) -> Self {
        Self { ago: SignedDuration::from_hours(24 * days), scenes: Vec::new() }
    }

    /// The next scene, this many minutes later.
    #[must_use]
    pub fn then(mut self, minutes: i64, who: &'static str, deed: Deed) -> Self {
        self.ago = self.ago.saturating_sub(SignedDuration::from_mins(minutes));
        self.scenes.push(Scene { ago: self.ago, who, deed });
        self
    }

    /// The next scene beside the routine, this many minutes later.
    #[must_use]
    pub fn beside(self, minutes: i64, who: &'static str, deed: Beside) -> Self {
        self.then(minutes, who, Deed::Beside(deed))
    }

    /// Goes on from this many hours ago.
    #[must_use]
    pub fn at_hours_ago(mut self, hours: i64) -> Self {
        self.ago = SignedDuration::from_hours(hours);
        self
    }

    /// The scenes, in their order.
    pub fn scenes(self) -> Vec<Scene> {
        self.scenes
    }
}

/// Several tales side by side, in the order in which things happened.
pub fn side_by_side(tales: Vec<Tale>) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = tales.into_iter().flat_map(Tale::scenes).collect();
    scenes.sort_by_key(|scene| std::cmp::Reverse(scene.ago));
    scenes
}
