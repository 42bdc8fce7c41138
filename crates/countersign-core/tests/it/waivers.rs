//! Exceptions at their edges: who may ask for one, whose risk nobody accepts himself, and the
//! moments at which one begins and ends to count.

use countersign_core::classification::ChangeType;
use countersign_core::classification::RiskTier::{High, Low};
use countersign_core::given::*;
use countersign_core::model::ModelEvent;
use countersign_core::register::RegisterEvent;
use countersign_core::release::Command;
use jiff::SignedDuration;

const A_SECOND: SignedDuration = SignedDuration::from_secs(1);

fn rate(days: i64) -> Command {
    ask_exception(exception(criterion_waived("hallucination_rate"), days))
}

/// Submitted with a hallucination rate above the bound.
fn short() -> World {
    drafted(Low).having("rivera", attach(evaluation("8.1"))).prepared().submitted()
}

/// The same, but Iyer asked for the release, who does not own the model.
fn asked_by_iyer() -> World {
    let ask = ask_for("r-1", request(ChangeType::NewModel, High), weights_and_prompt());
    let world = given(High).having("iyer", ask).having("iyer", attach(evaluation("8.1")));
    world.prepared().having("iyer", Command::Submit)
}

fn granted() -> World {
    short()
        .having("rivera", rate(30))
        .having("abara", accept_risk(1, "ai_governance_lead"))
        .having("santos", accept_risk(1, "security"))
}

///
#[test]
fn the_report_lists_each_exception_with_what_it_waits_for() {
    let world = short().having("rivera", rate(30));
    let listed = world.report().exceptions;
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].number, listed[0].state.as_str()), (1, "requested"));
    assert_eq!(listed[0].waives, criterion_waived("hallucination_rate"));
    assert_eq!(listed[0].awaits, [role("ai_governance_lead"), role("security")]);
    let listed = granted().report().exceptions;
    assert_eq!(listed[0].state, "granted");
    assert!(listed[0].awaits.is_empty());
}

///
#[test]
fn an_exception_the_release_relies_on_holds_at_its_last_moment_and_not_after() {
    let world = granted().approved();
    let last = world.release().exceptions[&1].last_moment().unwrap();
    assert_eq!(world.clone().on(last).denied_by(), [] as [&str; 0]);
    assert_eq!(world.clone().on(last).blocked_by(), [] as [&str; 0]);
    assert_eq!(world.clone().on(last + A_SECOND).denied_by(), ["exception.expired"]);
    assert_eq!(world.on(last + A_SECOND).blocked_by(), ["exception.expired"]);
}

///
#[test]
fn what_has_ended_is_not_revoked_and_what_was_never_granted_neither() {
    let over = granted().later(24 * 31);
    over.when("santos", revoke_exception(1, "security")).refused_as("nothing_to_do");
    let waiting = short().having("rivera", rate(30));
    waiting.when("santos", revoke_exception(1, "security")).refused_as("nothing_to_do");
}

///
#[test]
fn a_release_that_is_over_needs_no_exception() {
    let gone = short().having("rivera", withdraw());
    gone.when("rivera", rate(30)).refused_as("release.wrong_state");
    let asked = short().having("rivera", rate(30)).having("rivera", withdraw());
    let accept = accept_risk(1, "ai_governance_lead");
    asked.when("abara", accept).refused_as("release.wrong_state");
}

///
#[test]
fn the_owner_and_whoever_requested_the_release_may_ask_and_each_alone() {
    for person in ["rivera", "iyer"] {
        assert_eq!(asked_by_iyer().having(person, rate(30)).release().exceptions.len(), 1);
    }
    asked_by_iyer().when("dufour", rate(30)).refused_as("actor.not_permitted");
}

/// R-156, I-03
#[test]
fn neither_asker_requester_nor_any_owner_of_the_model_accepts_the_risk() {
    let security = |person: &str| RegisterEvent::granted(id(person), role("security"));
    let independent = |world: World, person: &str| {
        let world = world.and(security(person));
        world.when(person, accept_risk(1, "security")).refused_as("approval.not_independent");
    };
    // Rivera asks for the exception, Iyer asked for the release.
    independent(asked_by_iyer().having("rivera", rate(30)), "iyer");
    independent(asked_by_iyer().having("iyer", rate(30)), "rivera");
    // Who owned the model at submission, and who owns it now.
    let moved =
        ModelEvent::OwnerChanged { from: id("rivera"), to: id("dufour"), reason: text("moved on") };
    let handed_over = asked_by_iyer().having("iyer", rate(30)).and(moved);
    independent(handed_over.clone(), "rivera");
    independent(handed_over, "dufour");
    // Who asked for the exception of a release somebody else requested, and owns nothing since.
    let moved =
        ModelEvent::OwnerChanged { from: id("rivera"), to: id("dufour"), reason: text("moved on") };
    let asked_as_owner = asked_by_iyer().and(moved).having("dufour", rate(30));
    independent(asked_as_owner, "dufour");
}

///
#[test]
fn only_what_the_plan_asks_for_can_be_waived() {
    let unknown = ask_exception(exception(criterion_waived("no_such_criterion"), 30));
    short().when("rivera", unknown).refused_as("not_found");
}

/// I-20
#[test]
fn a_second_request_waits_until_the_first_is_of_no_use_any_more() {
    let world = short().having("rivera", rate(5));
    let until = world.release().exceptions[&1].exception.until;
    world.clone().on(until - A_SECOND).when("rivera", rate(9)).refused_as("already_exists");
    assert_eq!(world.on(until).having("rivera", rate(9)).release().exceptions.len(), 2);
}
