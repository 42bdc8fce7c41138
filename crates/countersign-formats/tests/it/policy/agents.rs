//! What the default policy asks of a model that acts.

use super::{default_policy, release};
use ChangeType::{
    ConfigurationChange, MajorUpdate, MinorUpdate, NewModel, Retirement, ThirdPartyActivation,
};
use countersign_core::agent::seen_as_agent;
use countersign_core::classification::RiskTier::Low;
use countersign_core::classification::{ArtifactKind, ChangeType, Classification};
use countersign_core::model::Model;

/// The items asked of a release that brings this artifact.
fn asked(change: ChangeType, kind: ArtifactKind) -> Vec<String> {
    let of = Classification { artifacts: [kind].into(), ..release(change, Low) };
    let of = seen_as_agent(of, &Model::default());
    let items = default_policy().items.into_iter().filter(|item| item.when.holds(&of));
    items.map(|item| item.name.to_string()).collect()
}

fn questions(name: &str) -> Vec<String> {
    let items = default_policy().items;
    let item = items.into_iter().find(|item| item.name.as_str() == name).unwrap();
    assert!(!item.may_not_apply, "an agent cannot say that it is none");
    item.fields.into_iter().map(|field| field.name).collect()
}

///
#[test]
fn every_change_of_an_agent_says_what_it_may_do_and_how_it_is_stopped() {
    for change in [NewModel, MajorUpdate, MinorUpdate, ConfigurationChange, ThirdPartyActivation] {
        for kind in [ArtifactKind::Tools, ArtifactKind::Permissions] {
            let asked = asked(change, kind);
            assert!(asked.contains(&"agent_bounds".into()), "{change} {kind}");
            assert!(asked.contains(&"agent_stop".into()), "{change} {kind}");
        }
        let plain = asked(change, ArtifactKind::Weights);
        assert!(!plain.iter().any(|item| item.starts_with("agent_")), "{change}");
    }
    let leaving = asked(Retirement, ArtifactKind::Permissions);
    assert!(!leaving.iter().any(|item| item.starts_with("agent_")));
}

///
#[test]
fn the_bounds_name_tools_least_privilege_human_approval_and_the_stop() {
    let bounds = ["tools", "least_privilege", "human_approval", "enforced_by"];
    assert_eq!(questions("agent_bounds"), bounds);
    let stop = ["how_stopped", "who_may", "tried_on", "measured_minutes"];
    assert_eq!(questions("agent_stop"), stop);
}
