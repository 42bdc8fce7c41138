use super::*;
use crate::classification::ArtifactKind::*;
use crate::classification::ChangeType::*;
use crate::classification::RiskTier::{High, Low};
use crate::given::*;
use crate::model::ModelEvent;
use crate::refusal::Refusal;
use crate::release::Command;

/// An artifact in its `n`th version.
fn version(kind: ArtifactKind, n: usize) -> Artifact {
    let name = kind.word();
    Artifact { digest: Sha256::of(format!("{name} {n}").as_bytes()), ..artifact(kind, name) }
}

fn proposed(world: &World, artifacts: Vec<Artifact>, traits: &[Trait]) -> Proposal {
    let environments = [production()].into();
    let traits = traits.iter().copied().collect();
    let asked = Asked { environments: &environments, traits: &traits, artifacts: &artifacts };
    propose(&asked, &world.models[&summarizer()], &ChangeSettings::default())
}

/// One weights file and a prompt run in production.
fn running() -> World {
    let first = vec![version(Weights, 0), version(Prompt, 0), version(Tools, 0)];
    given(Low)
        .having("rivera", ask_for("r-0", request(NewModel, Low), first))
        .prepared()
        .submitted()
        .approved()
        .having("rivera", deploy_to(production()))
}

/// So many prompts are changed one after the other.
fn prompts_changed(mut world: World, count: usize) -> World {
    for n in 1..=count {
        let name = format!("r-{n}");
        world = world
            .updated(&name, ConfigurationChange, vec![version(Prompt, n)])
            .approved()
            .having("rivera", deploy_to(production()));
    }
    world
}

fn asked(change: ChangeType, reason: Option<&str>, artifacts: Vec<Artifact>) -> Command {
    let override_reason = reason.map(text);
    ask_for("r-9", Request { override_reason, ..request(change, Low) }, artifacts)
}

///
#[test]
fn what_never_ran_there_is_a_new_model() {
    let proposal = proposed(&given(Low), weights_and_prompt(), &[]);
    assert_eq!(proposal.change, NewModel);
    let environments = [production()].into();
    assert_eq!(proposal.reasons, [Why::FirstDeployment { environments }]);
    let vendors = proposed(&given(Low), vec![version(VendorModel, 1)], &[]);
    assert_eq!(vendors.change, ThirdPartyActivation);
}

///
#[test]
fn the_weightiest_difference_to_what_runs_decides() {
    let world = running();
    let kinds = [
        (Weights, MinorUpdate),
        (Adapter, MinorUpdate),
        (Prompt, ConfigurationChange),
        (Configuration, ConfigurationChange),
        (Tools, ConfigurationChange),
        (Permissions, MajorUpdate),
        (DataPipeline, MajorUpdate),
        (VendorModel, ThirdPartyActivation),
    ];
    for (kind, change) in kinds {
        assert_eq!(proposed(&world, vec![version(kind, 1)], &[]).change, change, "{kind}");
    }
    let both = proposed(&world, vec![version(Prompt, 1), version(Weights, 1)], &[]);
    let rules: Vec<_> = both.reasons.iter().map(|why| (why.rule(), why.proposes())).collect();
    let changed = Rule::ArtifactChanged;
    assert_eq!(rules, [(changed, MinorUpdate), (changed, ConfigurationChange)]);
    let told = both.to_string();
    assert!(told.starts_with("weights `weights`: ") && !told.contains("prompt"), "{told}");
}

#[test]
fn the_same_bytes_are_no_difference_whatever_they_are_called() {
    let same = Artifact { name: "renamed".into(), ..version(Weights, 0) };
    let proposal = proposed(&running(), vec![same], &[]);
    assert_eq!(proposal.reasons, [Why::NothingDiffers {}]);
    assert_eq!(proposal.change, ConfigurationChange);
}

#[test]
fn a_third_party_base_that_was_not_there_before_is_a_major_change() {
    let base = [Trait::ThirdPartyBase];
    let proposal = proposed(&running(), vec![version(Weights, 1)], &base);
    assert_eq!((proposal.change, proposal.reasons.len()), (MajorUpdate, 2));
}

///
#[test]
fn a_changed_tier_makes_any_update_a_major_one_and_no_reason_helps() {
    let (from, to, reason) = (Low, High, text("customers see it"));
    let world = running().and(ModelEvent::TierChanged { from, to, reason });
    let proposal = proposed(&world, vec![version(Prompt, 1)], &[]);
    assert_eq!(proposal.change, MajorUpdate);
    assert_eq!(proposal.reasons[0], Why::TierChanged { from, to });
    let lower = asked(ConfigurationChange, Some("only the prompt"), vec![version(Prompt, 1)]);
    world.when("rivera", lower).refused_as("change_type.contradicts_history");
}

#[test]
fn a_lower_type_than_proposed_needs_a_reason_and_is_flagged() {
    let weights = || vec![version(Weights, 1)];
    let refusal = running()
        .when("rivera", asked(ConfigurationChange, None, weights()))
        .refused_as("change_type.lower_than_proposed");
    let Refusal::ChangeTypeLower { given, proposal } = refusal else { panic!("{refusal:?}") };
    assert_eq!((given, proposal.change), (ConfigurationChange, MinorUpdate));
    let world = running()
        .when("rivera", asked(ConfigurationChange, Some("only the threshold head"), weights()))
        .then_words(&["requested", "change_type_overridden"]);
    let rows = crate::project::entries(world.release());
    assert_eq!(
        (rows[0].kind, rows[0].state.as_str()),
        (crate::entry::EntryKind::Override, "flagged")
    );
    assert_eq!(rows[0].text, Some(text("only the threshold head")));
    assert_eq!(rows[0].title, "summarizer v1.4: Configuration change instead of Minor update");
    let approved = world.prepared().submitted().approved();
    assert_eq!(crate::project::entries(approved.release())[0].state, "approved");
}

#[test]
fn as_much_as_proposed_or_more_needs_no_reason() {
    for change in [MinorUpdate, MajorUpdate] {
        let world = running()
            .when("rivera", asked(change, Some("to be sure"), vec![version(Weights, 1)]))
            .then_words(&["requested"]);
        assert_eq!(world.release().request.as_ref().unwrap().override_reason, None);
        assert_eq!(crate::project::entries(world.release()), []);
    }
}

#[test]
fn a_run_of_minor_changes_beyond_the_limit_asks_for_a_full_review() {
    let five = prompts_changed(running(), 5);
    assert_eq!(
        proposed(&prompts_changed(running(), 4), vec![version(Prompt, 9)], &[]).change,
        ConfigurationChange
    );
    let proposal = proposed(&five, vec![version(Prompt, 9)], &[]);
    assert_eq!(proposal.change, MajorUpdate);
    let Why::MinorRun { at_most, releases } = &proposal.reasons[0] else { panic!("{proposal:?}") };
    assert_eq!((*at_most, releases.len()), (5, 5));
    let lower = |reason| asked(ConfigurationChange, reason, vec![version(Prompt, 9)]);
    five.clone().when("rivera", lower(None)).refused_as("change_type.lower_than_proposed");
    five.clone().having("rivera", lower(Some("the review is planned for June")));
    let reviewed = five
        .updated("r-9", MajorUpdate, vec![version(Prompt, 9)])
        .having("rivera", attach(evaluation("2.9")))
        .approved()
        .having("rivera", deploy_to(production()));
    assert_eq!(proposed(&reviewed, vec![version(Prompt, 10)], &[]).change, ConfigurationChange);
}

#[test]
fn a_change_that_was_rolled_back_is_no_longer_in_the_run() {
    let five = prompts_changed(running(), 5);
    let back = five.and(ModelEvent::ReleaseRolledBack {
        release: release("r-5"),
        to: release("r-4"),
        environment: production(),
        artifacts: vec![version(Prompt, 4)],
        tier: Low,
    });
    assert_eq!(proposed(&back, vec![version(Prompt, 9)], &[]).change, ConfigurationChange);
}

#[test]
fn a_draft_that_became_more_than_it_was_asked_for_is_not_submitted_without_a_reason() {
    let world = running()
        .having("rivera", asked(ConfigurationChange, None, vec![version(Prompt, 1)]))
        .having("rivera", Command::AddArtifact(version(Weights, 1)))
        .prepared();
    world.clone().when("rivera", Command::Submit).refused_as("change_type.lower_than_proposed");
    let said = || Command::OverrideChangeType { reason: text("a head for the prompt alone") };
    world.clone().when("chen", said()).refused_as("actor.not_permitted");
    let before = world.dossier();
    let world = world.having("rivera", said());
    assert_ne!(world.dossier(), before);
    // What is covered needs no second reason; what became more since does.
    world.clone().when("rivera", said()).refused_as("nothing_to_do");
    let world = world.submitted();
    world.when("rivera", said()).refused_as("release.wrong_state");
}

#[test]
fn an_override_covers_what_was_proposed_then_and_nothing_more() {
    let world = running()
        .having(
            "rivera",
            asked(ConfigurationChange, Some("a small head"), vec![version(Weights, 1)]),
        )
        .having("rivera", Command::AddArtifact(version(DataPipeline, 1)))
        .prepared();
    world.when("rivera", Command::Submit).refused_as("change_type.lower_than_proposed");
    let enough = running().having("rivera", asked(MinorUpdate, None, vec![version(Weights, 1)]));
    let said = Command::OverrideChangeType { reason: text("to be sure") };
    enough.when("rivera", said).refused_as("nothing_to_do");
}

#[test]
fn an_event_without_a_kind_counts_as_a_small_change() {
    let deployed = |release| ModelEvent::ReleaseDeployed {
        release,
        environment: production(),
        artifacts: vec![version(Prompt, 1)],
        tier: Low,
        change: None,
        traits: BTreeSet::new(),
    };
    let mut world = running();
    for n in 1..=5 {
        world = world.and(deployed(release(&format!("r-{n}"))));
    }
    assert_eq!(proposed(&world, vec![version(Prompt, 9)], &[]).change, MajorUpdate);
}
