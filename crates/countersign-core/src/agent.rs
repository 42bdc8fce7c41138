//! Agents: models that act. What makes one is found in its artifacts, not in somebody's word.
//!
//! There is no kind of model called agent, and no gate of its own: tools and permissions are
//! artifacts like weights and prompts, and the policy asks more of a release that
//! [uses tools](Trait::UsesTools). That fact may be stated, and it is derived where it would be
//! convenient to forget it.

use crate::classification::{ArtifactKind, Classification, Trait};
use crate::model::{Model, Slot};

/// Whether an artifact of this kind lets a model act.
fn lets_it_act(kind: ArtifactKind) -> bool {
    match kind {
        ArtifactKind::Tools | ArtifactKind::Permissions => true,
        ArtifactKind::Weights
        | ArtifactKind::Adapter
        | ArtifactKind::Prompt
        | ArtifactKind::Configuration
        | ArtifactKind::DataPipeline
        | ArtifactKind::VendorModel => false,
    }
}

/// What a release is, with the fact that it uses tools added where that is so: it brings tools or
/// permissions, or the model already runs with some. Other weights or another prompt behind the
/// same tools change what they are used for.
#[must_use]
pub fn seen_as_agent(mut of: Classification, model: &Model) -> Classification {
    let runs = |(kind, _): &Slot| lets_it_act(*kind);
    let acts = of.artifacts.iter().copied().any(lets_it_act)
        || model.running.values().any(|slots| slots.keys().any(runs));
    if acts {
        of.traits.insert(Trait::UsesTools);
    }
    of
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::{ConfigurationChange, MinorUpdate, NewModel};
    use crate::classification::RiskTier::Low;
    use crate::classification::{ArtifactKind, Condition, Trait};
    use crate::digest::Sha256;
    use crate::given::*;
    use crate::policy::Offer;
    use crate::release::{Artifact, Command};
    use crate::verdict::Allow;

    /// A policy under which whatever uses tools follows the runbook.
    fn agents_follow_the_runbook() -> World {
        given(Low).policy_where(|policy| {
            policy.offers.push(Offer {
                runbook: runbook().name,
                when: Condition::Is(Trait::UsesTools),
                required: true,
            });
        })
    }

    fn agent() -> Vec<Artifact> {
        let mut parts = weights_and_prompt();
        parts.push(artifact(ArtifactKind::Tools, "tools"));
        parts.push(artifact(ArtifactKind::Permissions, "permissions"));
        parts
    }

    fn running_agent() -> World {
        agents_follow_the_runbook()
            .having("rivera", ask_for("r-1", with_runbook(request(NewModel, Low)), agent()))
            .prepared()
            .submitted()
            .stepped()
            .approved()
            .having("rivera", deploy_to(production()))
    }

    fn allows(world: &World, digest: Sha256) -> bool {
        world.verdict_on(digest, &production()).allow == Allow::Allow
    }

    ///
    #[test]
    fn tools_or_permissions_make_a_release_an_agents_whatever_its_requester_says() {
        for kind in [ArtifactKind::Tools, ArtifactKind::Permissions] {
            let parts = vec![artifact(kind, "what it may do")];
            let silent = ask_for("r-1", request(NewModel, Low), parts);
            agents_follow_the_runbook().when("rivera", silent).refused_as("runbook.required");
        }
        let plain = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
        agents_follow_the_runbook().having("rivera", plain);
    }

    ///
    #[test]
    fn other_weights_for_an_agent_that_runs_are_an_agents_release_too() {
        let weights = vec![artifact(ArtifactKind::Weights, "summarizer-v2")];
        let silent = ask_for("r-2", request(MinorUpdate, Low), weights.clone());
        running_agent().when("rivera", silent).refused_as("runbook.required");
        let asked = ask_for("r-2", with_runbook(request(MinorUpdate, Low)), weights);
        let world = running_agent().having("rivera", asked);
        assert!(world.prepared().plan().classification.traits.contains(&Trait::UsesTools));
    }

    ///
    #[test]
    fn a_permission_cannot_be_slipped_into_a_release_that_was_submitted_without_any() {
        let world = submitted(Low);
        let wider = artifact(ArtifactKind::Permissions, "may-send-mail");
        let added = Command::AddArtifact(wider);
        world.when("rivera", added).refused_as("release.wrong_state");
    }

    ///
    #[test]
    fn a_permission_alone_is_a_configuration_change_and_replaces_the_one_before_it() {
        let before = artifact(ArtifactKind::Permissions, "permissions");
        let mut after = before.clone();
        after.digest = Sha256::of(b"may read, may not send");
        let asked = with_runbook(request(ConfigurationChange, Low));
        let world = running_agent();
        assert!(allows(&world, before.digest));
        let world = world.having("rivera", ask_for("r-2", asked, vec![after.clone()]));
        assert!(!allows(&world, after.digest));
        let world = world.prepared().submitted().stepped().approved();
        assert!(allows(&world, after.digest));
        let world = world.having("rivera", deploy_to(production()));
        assert!(!allows(&world, before.digest));
    }
}
