use super::*;
use crate::classification::ChangeType::MinorUpdate;
use crate::classification::RiskTier::{High, Low};
use crate::control::Part::*;
use crate::event::Event;
use crate::given::*;
use crate::release::Command;
use crate::release::UrgentCommand;
use crate::stream::StreamId;

/// The histories of all releases of a world.
pub(in crate::control) fn histories(world: &World) -> Vec<History> {
    let placed = |release: &ReleaseId| {
        let all = (0u64..).zip(&world.history);
        let of = all.filter(|(_, one)| one.stream == StreamId::Release(release.clone()));
        of.map(|(position, one)| Placed { position, envelope: one.clone() }).collect()
    };
    world.releases.keys().map(|release| History::new(placed(release))).collect()
}

/// May 2026 in Berlin.
pub(in crate::control) fn may() -> Period {
    let day = |text: &str| text.parse().unwrap();
    Period::new(day("2026-05-01"), day("2026-05-31"), &calendar()).unwrap()
}

#[track_caller]
fn shown(world: &World) -> Vec<DeploymentEvidence> {
    let found = of_period(&gate_control(), &histories(world), &may());
    for one in &found {
        for position in one.events() {
            let event = &world.history[usize::try_from(position).unwrap()];
            assert!(matches!(event.event, Event::Release(_)), "{event:?}");
        }
    }
    found
}

#[track_caller]
fn only(world: &World) -> DeploymentEvidence {
    let mut found = shown(world);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn held(one: &DeploymentEvidence) -> Vec<(Part, Held)> {
    one.parts.iter().map(|part| (part.part, part.held)).collect()
}

#[track_caller]
fn words(world: &World, one: &DeploymentEvidence, part: Part) -> Vec<&'static str> {
    let at = |position: &u64| world.history[usize::try_from(*position).unwrap()].event.word();
    one.part(part).unwrap().events.iter().map(at).collect()
}

///
#[test]
fn a_deployment_that_passed_the_gate_has_every_part_with_its_events() {
    let world = deployed(Low);
    let one = only(&world);
    let expected = [
        (GateChecklist, Held::Held),
        (TestReports, Held::Held),
        (ApprovalRecords, Held::Held),
        (ExceptionRecords, Held::NotAsked),
        (DeploymentLog, Held::Held),
    ];
    assert_eq!(held(&one), expected);
    assert!(!one.has_gap());
    assert!(one.checklist.decided_at <= Some(one.deployment.at));
    let answered = one.checklist.items.iter().filter_map(|item| item.answered_at);
    assert!(answered.count() > 0);
    assert!(words(&world, &one, GateChecklist).contains(&"item_answered"));
    assert_eq!(words(&world, &one, ApprovalRecords), ["approval_given", "approved"]);
    assert_eq!(words(&world, &one, DeploymentLog), ["deployed"]);
    let [approval] = &one.approvals[..] else { panic!("{:?}", one.approvals) };
    assert_eq!((&approval.person, approval.role.as_str()), (&id("rivera"), "model_owner"));
    assert!(approval.environments.contains(&production()));
    assert_eq!(one.deployment.deployer, Who::Person(id("rivera")));
    assert_eq!(one.deployment.artifacts, weights_and_prompt());
}

///
#[test]
fn tests_are_told_by_kind_and_one_the_policy_does_not_ask_for_is_no_gap() {
    let of = |world: &World| {
        let one = only(world);
        let tests = one.tests.into_iter();
        tests.map(|test| (test.kind.word(), test.held, test.reports.len())).collect::<Vec<_>>()
    };
    let (yes, not_asked) = (Held::Held, Held::NotAsked);
    let low = of(&deployed(Low));
    assert_eq!(low, [("evaluation", yes, 1), ("bias", not_asked, 0), ("security", yes, 2)]);
    let high = of(&deployed(High));
    assert_eq!(high, [("evaluation", yes, 1), ("bias", yes, 1), ("security", yes, 2)]);
    let not_applied = drafted(Low)
        .having("rivera", say_not_applicable("security_tests"))
        .prepared()
        .submitted()
        .approved()
        .having("rivera", deploy_to(production()));
    assert_eq!(of(&not_applied)[2], ("security", Held::NotApplicable, 0));
}

///
#[test]
fn what_came_after_the_deployment_is_no_evidence_of_it() {
    let before = only(&deployed(Low));
    let later = deployed(Low).later(1).having("rivera", confirm_deployment(all_well()));
    assert_eq!(only(&later), before);
    let urgent = urgently_deployed(Low).later(1).prepared().submitted();
    let papers = only(&urgent.approved_on_authority());
    let gate = papers.part(GateChecklist).unwrap();
    assert_eq!(gate.held, Held::Missing, "{gate:?}");
    assert_eq!(papers.part(ApprovalRecords).unwrap().held, Held::Missing);
}

///
#[test]
fn an_emergency_is_an_exception_on_record_once_it_is_confirmed_and_written_down() {
    let exceptions = |world: &World| only(world).part(ExceptionRecords).cloned().unwrap();
    let unconfirmed = claimed(Low).having("rivera", deploy_to(production()));
    assert_eq!(exceptions(&unconfirmed).held, Held::Missing);
    let confirmed = urgently_deployed(Low);
    assert_eq!(exceptions(&confirmed).held, Held::Missing, "the papers are still to come");
    let written = confirmed.later(1).prepared().submitted().approved_on_authority();
    let record = exceptions(&written);
    assert_eq!(record.held, Held::Held, "{}", record.because);
    let events = words(&written, &only(&written), ExceptionRecords);
    assert_eq!(events, ["emergency_claimed", "authority_confirmed", "papers_awaited", "approved"]);
}

/// It hallucinates too much, Lead and Security accepted the risk, and it runs.
fn waived_and_deployed() -> World {
    drafted(Low)
        .having("rivera", attach(evaluation("6.1")))
        .prepared()
        .submitted()
        .having("rivera", ask_exception(exception(criterion_waived("hallucination_rate"), 20)))
        .having("abara", accept_risk(1, "ai_governance_lead"))
        .having("santos", accept_risk(1, "security"))
        .approved()
        .having("rivera", deploy_to(production()))
}

///
#[test]
fn an_exception_comes_with_whoever_accepted_its_risk() {
    let world = waived_and_deployed();
    let one = only(&world);
    let [waiver] = &one.exceptions.waivers[..] else { panic!("{:?}", one.exceptions) };
    assert_eq!(waiver.waives.to_string(), "criterion hallucination_rate");
    assert!(!waiver.accepted.is_empty());
    assert_ne!(waiver.accepted[0].by, waiver.asked_by);
    assert!(one.holds(ExceptionRecords) && one.holds(GateChecklist));
    let events = words(&world, &one, ExceptionRecords);
    assert_eq!(events[0], "exception_requested");
    assert!(events.contains(&"exception_risk_accepted"), "{events:?}");
}

///
#[test]
fn a_version_that_takes_its_place_again_is_in_the_deployment_log() {
    let world = second_deployed(Low).later(1).having("rivera", roll_back_to("r-1", 4));
    let kinds: Vec<_> = shown(&world)
        .iter()
        .map(|one| (one.release.to_string(), one.deployment.kind.word()))
        .collect();
    let expected = [("r-1", "deployed"), ("r-2", "deployed"), ("r-1", "reinstated")];
    assert_eq!(kinds, expected.map(|(release, kind)| (release.to_owned(), kind)));
}

///
#[test]
fn only_deployments_of_the_period_are_in_it_by_when_they_happened() {
    let late = approved(Low).later(24 * 30).having("rivera", deploy_to(production()));
    assert_eq!(shown(&late), []);
    let release = deployed(Low).releases[&release("r-1")].deployments[&production()].clone();
    assert!(may().covers(release.deployment.at));
    let denied = approved(Low).when("zhou", Command::Urgent(UrgentCommand::ConfirmAuthority));
    assert_eq!(shown(&denied.before), []);
    let minor = deployed(Low).updated("r-2", MinorUpdate, second_version());
    assert_eq!(shown(&minor).len(), 1, "what was only asked for is no deployment");
}
