//! The closed sets of words: tiers, change types, facts, artifacts, severities, independence.

use super::cursor::Choices;
use countersign_core::classification::{ArtifactKind, ChangeType, RiskTier, Trait};
use countersign_core::policy::Independence;
use countersign_core::reading::Severity;

pub(super) fn tiers() -> Choices<RiskTier> {
    let values = RiskTier::ALL.iter().map(|tier| (tier.word(), *tier)).collect();
    Choices { what: "a risk tier", code: "policy.tier.unknown", values }
}

pub(super) fn changes() -> Choices<ChangeType> {
    let values = ChangeType::ALL.iter().map(|change| (change.word(), *change)).collect();
    Choices { what: "a change type", code: "policy.change.unknown", values }
}

pub(super) fn artifacts() -> Choices<ArtifactKind> {
    let values = ArtifactKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    Choices { what: "a kind of artifact", code: "policy.artifact.unknown", values }
}

pub(super) fn facts() -> Choices<Trait> {
    let values = Trait::ALL.iter().map(|fact| (fact.word(), *fact)).collect();
    Choices { what: "a fact about a release", code: "policy.fact.unknown", values }
}

pub(super) fn independence() -> Choices<Independence> {
    let values = Independence::ALL.iter().map(|whom| (whom.word(), *whom)).collect();
    Choices { what: "somebody to be independent of", code: "policy.independence.unknown", values }
}

/// `unknown` is no choice: it counts as the worst whatever a policy says.
pub(super) fn severities() -> Choices<Severity> {
    let values = vec![
        ("info", Severity::Info),
        ("low", Severity::Low),
        ("medium", Severity::Medium),
        ("high", Severity::High),
        ("critical", Severity::Critical),
    ];
    Choices { what: "a severity", code: "policy.severity.unknown", values }
}
