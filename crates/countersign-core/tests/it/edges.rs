//! Two facts that look alike from afar and that a rule tells apart: other releases, other models,
//! other environments, content as it was and as it is.

use countersign_core::actor::Who;
use countersign_core::classification::ChangeType::{MajorUpdate, MinorUpdate, NewModel};
use countersign_core::classification::RiskTier::{High, Low};
use countersign_core::classification::{ArtifactKind, ChangeType};
use countersign_core::given::*;
use countersign_core::model::ModelEvent;
use countersign_core::name::{EnvironmentName, ModelName};
use countersign_core::policy::Independence;
use countersign_core::refusal::Refusal;
use countersign_core::register::RegisterEvent;
use countersign_core::release::{Command, Due, Request};
use countersign_core::stream::StreamId;

fn staging() -> EnvironmentName {
    environment("staging")
}

/// A request for both environments.
fn everywhere(change: ChangeType) -> Request {
    Request { environments: [production(), staging()].into(), ..request(change, Low) }
}

/// I-09
#[test]
fn a_decision_names_only_those_who_approved_what_was_decided_on() {
    let world = submitted(High).having("chen", approve_as("product_lead"));
    // The content is as it was, but the approval that was given for it lapsed in between.
    let prompt = Command::AddArtifact(artifact(ArtifactKind::Prompt, "second-prompt"));
    let remove = Command::RemoveArtifact { name: "second-prompt".into() };
    let world = world.having("rivera", prompt).having("rivera", remove).approved();
    let decision = world.release().decision.as_ref().expect("a decision");
    let counted: Vec<_> = world
        .release()
        .approvals
        .iter()
        .filter(|given| !given.lapsed)
        .map(|given| (given.approval.person.clone(), given.approval.role.clone()))
        .collect();
    assert!(counted.iter().all(|one| decision.approvers.contains(one)));
    assert_eq!(decision.approvers.len(), counted.len());
    assert!(world.release().approvals.iter().any(|given| given.lapsed));
}

///
#[test]
fn whoever_became_the_owner_after_submission_is_an_owner_as_well() {
    let peer = RegisterEvent::granted(id("zhou"), role("peer_reviewer"));
    let world = deployed(High).and(peer).updated("r-2", MinorUpdate, weights_and_prompt());
    let (from, to) = (id("rivera"), id("zhou"));
    let world = world.and(ModelEvent::OwnerChanged { from, to, reason: text("moved on") });
    world.when("zhou", approve_as("peer_reviewer")).refused(Refusal::NotIndependent {
        person: id("zhou"),
        role: role("peer_reviewer"),
        of: Independence::ModelOwner,
    });
}

///
#[test]
fn a_first_deployment_may_ask_for_a_place_where_the_model_runs_besides() {
    let world = deployed(Low);
    let first = ask_for("r-2", everywhere(NewModel), second_version());
    assert!(world.clone().having("rivera", first).releases.contains_key(&release("r-2")));
    let update = ask_for("r-2", everywhere(MajorUpdate), second_version());
    world.when("rivera", update).refused_as("change_type.contradicts_history");
}

///
#[test]
fn only_a_release_of_the_same_model_is_resubmitted() {
    let world = submitted(Low).having("rivera", withdraw()).owning("rivera", "tagger", Low);
    let again = |model: &str, earlier: &str| Request {
        model: ModelName::new(model).expect("a model"),
        resubmits: Some(release(earlier)),
        ..request(NewModel, Low)
    };
    let ask = |request: Request| ask_for("r-2", request, weights_and_prompt());
    let other = world.clone().when("rivera", ask(again("tagger", "r-1")));
    other.refused_as("not_found");
    assert!(world.having("rivera", ask(again("summarizer", "r-1"))).release().request.is_some());
}

///
#[test]
fn content_added_in_review_is_held_against_what_happened_to_the_model_since() {
    let world = deployed(Low).updated("r-2", MinorUpdate, second_version());
    let prompt = || Command::AddArtifact(artifact(ArtifactKind::Prompt, "second-prompt"));
    world.clone().when("rivera", prompt()).then_words(&["artifact_added"]);
    let reason = text("used for triage now");
    let changed = world.and(ModelEvent::TierChanged { from: Low, to: High, reason });
    let refusal = changed.when("rivera", prompt()).refused_as("change_type.lower_than_proposed");
    assert!(refusal.to_string().contains("major_update"), "{refusal}");
}

///
#[test]
fn a_small_change_that_runs_on_verbal_authority_does_not_count_against_its_own_papers() {
    let world = given(Low).policy_where(|policy| policy.settings.changes.minor_at_most = 1);
    let world = world.requested(request(NewModel, Low)).prepared().submitted().approved();
    let world = world.having("rivera", deploy_to(production()));
    let ask = ask_for("r-2", request(MinorUpdate, Low), second_version());
    let world = world.having("rivera", ask).having("rivera", claim_authority_of("abara"));
    let world = world.having("abara", confirm_authority());
    let world = world.having("rivera", deploy_to(production())).prepared();
    world.when("rivera", Command::Submit).then_words(&["submitted"]);
}

///
#[test]
fn what_comes_back_in_one_environment_stays_superseded_in_the_other() {
    let there = |world: World| {
        world.having("rivera", deploy_to(production())).having("rivera", deploy_to(staging()))
    };
    let world = there(given(Low).requested(everywhere(NewModel)).prepared().submitted().approved());
    let second = ask_for("r-2", everywhere(MinorUpdate), second_version());
    let world = world.having("rivera", second).prepared().submitted().approved();
    let world = there(world).having("rivera", roll_back_to("r-1", 5)).speaking_of("r-1");
    let back = world.release();
    assert!(!back.superseded.is_empty());
    assert!(back.superseded.iter().all(|(place, _)| *place == staging()));
    // The event alone brings back what it names, and nothing else.
    let first = back.artifacts[0].digest;
    let mut world = world;
    let event = countersign_core::release::ReleaseEvent::Urgent(
        countersign_core::release::UrgentEvent::Reinstated {
            environment: staging(),
            digests: [first].into(),
            from: release("r-2"),
        },
    );
    world.record(StreamId::Release(release("r-1")), &Who::System, event);
    assert!(!world.release().superseded.contains(&(staging(), first)));
    assert!(!world.release().superseded.is_empty());
}

///
#[test]
fn a_due_date_is_written_as_it_is_read() {
    for text in ["2026-06-30T17:00:00Z", "20 business days", "48 hours"] {
        let due: Due = text.parse().expect("a due date");
        assert_eq!(due.to_string(), text);
    }
    let refused = "soon".parse::<Due>().unwrap_err().to_string();
    assert!(refused.starts_with("`soon` is neither a moment"), "{refused}");
}
