//! What a release is, as far as rules care: its tier, its change type and the facts its requester
//! stated; and conditions over them, each able to say in words why it holds.

use crate::name::Region;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $human:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word used in files, in the API and on the command line.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The words a person reads.
            pub fn human(self) -> &'static str {
                match self { $(Self::$variant => $human,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|value| value.word() == text).ok_or_else(|| {
                    UnknownWord {
                        given: text.chars().take(80).collect(),
                        known: Self::ALL.iter().map(|value| value.word()).collect(),
                    }
                })
            }
        }
    };
}

pub(crate) use word_enum;

/// A word that is not one of a closed set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word as given, cut at 80 characters.
    pub given: String,
    /// The words that are known.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not one of {}", self.given, self.known.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

word_enum! {
    /// How much harm a model could do, from least to most.
    RiskTier {
        /// Little harm, easily undone.
        Low = "low", "Low";
        /// Noticeable harm.
        Medium = "medium", "Medium";
        /// Serious harm, or high-risk in law.
        High = "high", "High";
        /// The worst; everything `high` asks for, and Compliance as well.
        Critical = "critical", "Critical";
    }
}

word_enum! {
    /// What kind of change a release makes (R-064..R-071).
    ChangeType {
        /// The first deployment of a model.
        NewModel = "new_model", "New model";
        /// Architecture, training data source or risk classification changed.
        MajorUpdate = "major_update", "Major update";
        /// Retrained with the same pipeline, tuned, or a bug fixed.
        MinorUpdate = "minor_update", "Minor update";
        /// A threshold, a prompt, a feature flag, an agent's tools or permissions.
        ConfigurationChange = "configuration_change", "Configuration change";
        /// A vendor's AI service going live.
        ThirdPartyActivation = "third_party_activation", "Third-party activation";
        /// A model leaving production.
        Retirement = "retirement", "Retirement";
    }
}

impl ChangeType {
    /// True when something of this model was in production before.
    pub fn is_update(self) -> bool {
        match self {
            Self::MajorUpdate | Self::MinorUpdate | Self::ConfigurationChange => true,
            Self::NewModel | Self::ThirdPartyActivation | Self::Retirement => false,
        }
    }
}

word_enum! {
    /// What kind of thing a digest names.
    ArtifactKind {
        /// A full set of model weights.
        Weights = "weights", "Weights";
        /// A LoRA or other adapter laid over a base model.
        Adapter = "adapter", "Adapter";
        /// A prompt or prompt template.
        Prompt = "prompt", "Prompt";
        /// Parameters, thresholds, feature flags.
        Configuration = "configuration", "Configuration";
        /// A data pipeline that feeds production behaviour.
        DataPipeline = "data_pipeline", "Data pipeline";
        /// The identifier of a vendor's model, by the digest of its canonical description.
        VendorModel = "vendor_model", "Vendor model";
        /// The tools an agent can call, with their parameters.
        Tools = "tools", "Tools";
        /// The accounts, scopes, networks and budgets behind an agent's tools.
        Permissions = "permissions", "Permissions";
    }
}

word_enum! {
    /// A yes-or-no fact about a release that rules may ask for.
    Trait {
        /// Something of this model ran before: a major, minor or configuration change.
        Update = "update", "it is an update";
        /// The model processes personal data.
        PersonalData = "personal_data", "it processes personal data";
        /// People outside the team meet its output.
        UserFacing = "user_facing", "it is user-facing";
        /// It generates text, images or other content.
        Generative = "generative", "it generates content";
        /// It can call tools.
        UsesTools = "uses_tools", "it uses tools";
        /// The base model is third-party or open-weights.
        ThirdPartyBase = "third_party_base", "its base model is third-party or open-weights";
        /// Weights or adapters were made by a contracted trainer.
        ContractorMade = "contractor_made", "it was made by a contracted trainer";
    }
}

/// What a release is, frozen when it is submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// The model's risk tier.
    pub tier: RiskTier,
    /// What kind of change this is.
    pub change: ChangeType,
    /// Where the model is used.
    #[serde(default)]
    pub regions: BTreeSet<Region>,
    /// The facts that are true of it. `Update` is derived from `change` and never stated.
    #[serde(default)]
    pub traits: BTreeSet<Trait>,
    /// The kinds of artifact it carries.
    #[serde(default)]
    pub artifacts: BTreeSet<ArtifactKind>,
}

impl Classification {
    /// True when this fact holds.
    pub fn has(&self, fact: Trait) -> bool {
        match fact {
            Trait::Update => self.change.is_update(),
            Trait::PersonalData
            | Trait::UserFacing
            | Trait::Generative
            | Trait::UsesTools
            | Trait::ThirdPartyBase
            | Trait::ContractorMade => self.traits.contains(&fact),
        }
    }
}

/// When a rule applies. A policy writes it as words: `tier is high or critical and region is eu`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Always.
    Always,
    /// The tier is one of these.
    Tier(BTreeSet<RiskTier>),
    /// The change type is one of these.
    Change(BTreeSet<ChangeType>),
    /// The model is used in one of these regions.
    Region(BTreeSet<Region>),
    /// It carries an artifact of one of these kinds.
    Artifact(BTreeSet<ArtifactKind>),
    /// This fact holds.
    Is(Trait),
    /// This fact does not hold.
    IsNot(Trait),
    /// All of these hold. Empty means always.
    All(Vec<Condition>),
    /// At least one of these holds. Empty means never.
    Any(Vec<Condition>),
}

impl Condition {
    /// Whether it holds for this classification.
    pub fn holds(&self, of: &Classification) -> bool {
        match self {
            Self::Always => true,
            Self::Tier(tiers) => tiers.contains(&of.tier),
            Self::Change(changes) => changes.contains(&of.change),
            Self::Region(regions) => !regions.is_disjoint(&of.regions),
            Self::Artifact(kinds) => !kinds.is_disjoint(&of.artifacts),
            Self::Is(fact) => of.has(*fact),
            Self::IsNot(fact) => !of.has(*fact),
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(of)),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(of)),
        }
    }
}

fn words<T: ToString>(values: &BTreeSet<T>) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

impl fmt::Display for Condition {
    /// The condition in the policy language's own words, so that it can be read back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |conditions: &[Condition], word: &str| {
            let inner = |condition: &Condition| match condition {
                Self::All(_) | Self::Any(_) => format!("({condition})"),
                Self::Always
                | Self::Tier(_)
                | Self::Change(_)
                | Self::Region(_)
                | Self::Artifact(_)
                | Self::Is(_)
                | Self::IsNot(_) => condition.to_string(),
            };
            conditions.iter().map(inner).collect::<Vec<_>>().join(word)
        };
        match self {
            Self::Always => f.write_str("always"),
            Self::Tier(tiers) => write!(f, "tier is {}", words(tiers)),
            Self::Change(changes) => write!(f, "change is {}", words(changes)),
            Self::Region(regions) => write!(f, "region is {}", words(regions)),
            Self::Artifact(kinds) => write!(f, "artifact is {}", words(kinds)),
            Self::Is(fact) => f.write_str(fact.word()),
            Self::IsNot(fact) => write!(f, "not {}", fact.word()),
            Self::All(conditions) => f.write_str(&joined(conditions, " and ")),
            Self::Any(conditions) => f.write_str(&joined(conditions, " or ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn high_in_the_eu() -> Classification {
        Classification {
            tier: RiskTier::High,
            change: ChangeType::MinorUpdate,
            regions: [Region::new("eu").unwrap()].into(),
            traits: [Trait::Generative].into(),
            artifacts: [ArtifactKind::Adapter].into(),
        }
    }

    ///
    #[test]
    fn a_condition_says_in_words_when_it_holds() {
        let fria = Condition::All(vec![
            Condition::Tier([RiskTier::High, RiskTier::Critical].into()),
            Condition::Region([Region::new("eu").unwrap()].into()),
        ]);
        assert!(fria.holds(&high_in_the_eu()));
        assert_eq!(fria.to_string(), "tier is high or critical and region is eu");
        let outside = Classification { regions: BTreeSet::new(), ..high_in_the_eu() };
        assert!(!fria.holds(&outside));
    }

    ///
    #[test]
    fn an_update_is_derived_from_the_change_type() {
        assert!(Condition::Is(Trait::Update).holds(&high_in_the_eu()));
        let new = Classification { change: ChangeType::NewModel, ..high_in_the_eu() };
        assert!(Condition::IsNot(Trait::Update).holds(&new));
    }

    #[test]
    fn an_empty_any_never_holds_and_an_empty_all_always_does() {
        assert!(!Condition::Any(vec![]).holds(&high_in_the_eu()));
        assert!(Condition::All(vec![]).holds(&high_in_the_eu()));
    }
}
