//! The worked example of CHM-002, entered as it is: a prompt-based, customer-facing summarizer.

use countersign_core::classification::ChangeType::NewModel;
use countersign_core::classification::RiskTier::Critical;
use countersign_core::classification::Trait;
use countersign_core::given::*;
use countersign_core::reading::{FindingState, Outcome, Severity};
use countersign_core::release::State;
use countersign_core::release::command::{Attach, Command};

fn summarization_v1_4() -> World {
    given(Critical).requested(with_trait(request(NewModel, Critical), Trait::UserFacing))
}

///
#[test]
fn the_gate_review_of_summarization_v1_4_starts_when_its_artifacts_are_attached() {
    let world = summarization_v1_4();
    assert_eq!(world.release().request.as_ref().unwrap().title, "summarizer v1.4");
    world.clone().when("rivera", Command::Submit).refused_as("checklist.incomplete");
    world.prepared().having("rivera", Command::Submit);
}

///
#[test]
fn summarization_v1_4_is_blocked_until_resolved_and_then_signed_by_everyone_named() {
    let leak = finding("leak", Severity::Critical, FindingState::Open);
    let world = summarization_v1_4()
        .prepared()
        .submitted()
        .having("rivera", attach(evaluation("8.1")))
        .having("rivera", attach(scan(vec![leak])));
    let shut = world.clone().when("chen", approve_as("product_lead")).refused_as("gate.closed");
    assert_eq!(shut.blockers().len(), 2);

    let close = Command::CloseFinding {
        evidence: evidence("e8"),
        finding: "leak".into(),
        reason: text("the key was revoked"),
    };
    let better = Attach { replaces: Some(evidence("e7")), ..evaluation("5") };
    let world = world.having("santos", close).having("rivera", attach(better)).later(1).approved();

    let decision = world.release().decision.clone().unwrap();
    let signed: Vec<String> = decision.approvers.iter().map(|(_, role)| role.to_string()).collect();
    assert!(
        signed.contains(&"product_lead".to_owned()) && signed.contains(&"compliance".to_owned())
    );
    assert_eq!(world.release().decided_at, Some(world.now));
    assert_eq!(world.denied_by(), [] as [&str; 0]);
}

///
#[test]
fn a_checkpoint_goes_through_six_steps_to_a_confirmed_deployment() {
    let world = on_the_runbook(Critical).stepped().approved();
    let world = world
        .having(Acting::Countersign, delivered("notify-routing"))
        .having("zhou", deploy_to(production()))
        .later(24)
        .having("rivera", confirm_deployment(all_well()));
    assert_eq!(world.release().state, State::Confirmed);
    assert_eq!(world.release().steps.len(), 5);
}

///
#[test]
fn one_failing_case_of_the_injection_suite_keeps_the_gate_shut() {
    let world = summarization_v1_4().prepared().submitted();
    let world = world.having("rivera", attach(injection_suite(Outcome::Fail)));
    world.when("chen", approve_as("product_lead")).refused_as("gate.closed");
}
