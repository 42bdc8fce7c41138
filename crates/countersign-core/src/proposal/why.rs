//! One reason for a kind of change, as data.

use crate::classification::{ArtifactKind, ChangeType, RiskTier, UnknownWord, word_enum};
use crate::digest::Sha256;
use crate::name::{EnvironmentName, ReleaseId};
use crate::release::Artifact;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

word_enum! {
    /// By which rule a fact makes a release a certain kind of change.
    Rule {
        /// Nothing of the model ran there since it was last retired.
        FirstDeployment = "first_deployment", "first deployment";
        /// The risk classification is another than the one the release before was judged under.
        TierChanged = "tier_changed", "changed risk classification";
        /// An artifact is another than the one that runs.
        ArtifactChanged = "artifact_changed", "changed artifact";
        /// No artifact of this kind ran before.
        ArtifactNew = "artifact_new", "new kind of artifact";
        /// Its base model is now a third party's.
        ThirdPartyBase = "third_party_base", "third-party base";
        /// Too many small changes followed each other.
        MinorRun = "minor_run", "run of minor changes";
        /// The same bytes run already.
        NothingDiffers = "nothing_differs", "nothing differs";
    }
}

/// One reason for a kind of change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum Why {
    /// Nothing of the model runs in these environments.
    FirstDeployment { environments: BTreeSet<EnvironmentName> },
    /// The tier under which the latest release was judged, and the tier now.
    TierChanged { from: RiskTier, to: RiskTier },
    /// What runs, and what is to run instead.
    ArtifactChanged { kind: ArtifactKind, name: String, before: Sha256, after: Sha256 },
    /// Something of a kind that does not run yet.
    ArtifactNew { kind: ArtifactKind, name: String, after: Sha256 },
    /// The release before had no third-party base.
    ThirdPartyBase {},
    /// The small changes since the last full review, and how many the policy takes.
    MinorRun { at_most: u32, releases: Vec<ReleaseId> },
    /// Every artifact runs already.
    NothingDiffers {},
}

impl Why {
    /// An artifact that does not run yet, and the digest of what it replaces.
    pub(super) fn changed(artifact: &Artifact, before: Option<Sha256>) -> Self {
        let (kind, name, after) = (artifact.kind, artifact.name.clone(), artifact.digest);
        match before {
            Some(before) => Self::ArtifactChanged { kind, name, before, after },
            None => Self::ArtifactNew { kind, name, after },
        }
    }

    /// By which rule.
    pub fn rule(&self) -> Rule {
        match self {
            Self::FirstDeployment { .. } => Rule::FirstDeployment,
            Self::TierChanged { .. } => Rule::TierChanged,
            Self::ArtifactChanged { .. } => Rule::ArtifactChanged,
            Self::ArtifactNew { .. } => Rule::ArtifactNew,
            Self::ThirdPartyBase {} => Rule::ThirdPartyBase,
            Self::MinorRun { .. } => Rule::MinorRun,
            Self::NothingDiffers {} => Rule::NothingDiffers,
        }
    }

    /// Which kind of change this alone would make it.
    pub fn proposes(&self) -> ChangeType {
        match self {
            Self::FirstDeployment { .. } => ChangeType::NewModel,
            Self::TierChanged { .. } | Self::ThirdPartyBase {} | Self::MinorRun { .. } => {
                ChangeType::MajorUpdate
            }
            Self::ArtifactChanged { kind, .. } => changed(*kind),
            Self::ArtifactNew { kind, .. } => added(*kind),
            Self::NothingDiffers {} => ChangeType::ConfigurationChange,
        }
    }
}

/// What replacing an artifact of this kind is (R-068..R-071).
fn changed(kind: ArtifactKind) -> ChangeType {
    match kind {
        ArtifactKind::Weights | ArtifactKind::Adapter => ChangeType::MinorUpdate,
        ArtifactKind::Prompt
        | ArtifactKind::Configuration
        | ArtifactKind::Tools
        | ArtifactKind::Permissions => ChangeType::ConfigurationChange,
        ArtifactKind::DataPipeline => ChangeType::MajorUpdate,
        ArtifactKind::VendorModel => ChangeType::ThirdPartyActivation,
    }
}

/// What a kind of artifact is that did not run before. Weights where none ran, and the first tools
/// of a model, make another system of it.
fn added(kind: ArtifactKind) -> ChangeType {
    match kind {
        ArtifactKind::Weights
        | ArtifactKind::DataPipeline
        | ArtifactKind::Tools
        | ArtifactKind::Permissions => ChangeType::MajorUpdate,
        ArtifactKind::Adapter => ChangeType::MinorUpdate,
        ArtifactKind::Prompt | ArtifactKind::Configuration => ChangeType::ConfigurationChange,
        ArtifactKind::VendorModel => ChangeType::ThirdPartyActivation,
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FirstDeployment { environments } => {
                let places: Vec<&str> = environments.iter().map(EnvironmentName::as_str).collect();
                write!(f, "nothing of this model runs in {}", places.join(", "))
            }
            Self::TierChanged { from, to } => {
                write!(f, "the risk classification changed from `{from}` to `{to}`")
            }
            Self::ArtifactChanged { kind, name, .. } => {
                write!(f, "{} `{name}`: another runs now", kind.human().to_lowercase())
            }
            Self::ArtifactNew { kind, name, .. } => {
                let kind = kind.human().to_lowercase();
                write!(f, "{kind} `{name}`: nothing of this kind runs now")
            }
            Self::ThirdPartyBase {} => {
                f.write_str("its base model is a third party's, and the release before had none")
            }
            Self::MinorRun { at_most, releases } => {
                let count = releases.len();
                write!(f, "{count} minor changes since the last full review, at most {at_most}")
            }
            Self::NothingDiffers {} => f.write_str("every artifact of it runs already"),
        }
    }
}
