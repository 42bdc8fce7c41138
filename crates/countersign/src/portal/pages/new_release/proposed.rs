//! What the facts propose for the release that is being asked for, and how the form explains it.

use super::new_release;
use crate::portal::components::notice;
use crate::portal::form::Typed;
use crate::portal::visit::Visitor;
use crate::portal::words;
use countersign_core::name::{EnvironmentName, ModelName};
use countersign_core::proposal::{Asked, Proposal};
use countersign_core::release::Artifact;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// What the facts propose; `None` before the model and an artifact are known.
pub async fn proposed(visitor: &Visitor, typed: &Typed) -> Option<Proposal> {
    let new = new_release(typed, &visitor.shell.zone);
    let model: ModelName = new.model.parse().ok()?;
    let artifacts: Option<Vec<Artifact>> =
        new.artifacts.iter().map(|one| one.checked("artifacts").ok()).collect();
    let artifacts = artifacts.filter(|artifacts| !artifacts.is_empty())?;
    let traits = new.traits.iter().filter_map(|word| word.parse().ok()).collect();
    let places = new.environments.iter().map(|name| EnvironmentName::new(name).ok());
    let mut environments: BTreeSet<EnvironmentName> = places.collect::<Option<_>>()?;
    if environments.is_empty() {
        environments.extend(EnvironmentName::new("production"));
    }
    let asked = Asked { environments: &environments, traits: &traits, artifacts: &artifacts };
    // A model nobody knows is told as a fault when the form is sent.
    visitor.app.proposal(&model, &asked).await.ok()
}

/// The proposal and its reasons.
pub fn told(proposal: &Proposal) -> Markup {
    notice::inset(html! {
        strong { "The facts propose: " (proposal.change.human()) ". " }
        (words::capital(&proposal.to_string())) ". "
        "Choosing less needs a reason, which everybody who approves sees."
    })
}
