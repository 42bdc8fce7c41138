//! The last moment at which something still holds, and the first at which it does not; and whom a
//! rule counts, where two rules look alike from afar.

use countersign_core::assess::StepProgress;
use countersign_core::classification::ChangeType;
use countersign_core::classification::RiskTier::{High, Low, Medium};
use countersign_core::given::*;
use countersign_core::meeting::Vote;
use countersign_core::policy::Independence;
use countersign_core::refusal::Refusal;
use countersign_core::release::{Command, Release, ReleaseEvent, attempt};
use jiff::{SignedDuration, Timestamp};

const A_SECOND: SignedDuration = SignedDuration::from_secs(1);

fn blocked_at(world: &World, moment: Timestamp) -> Vec<&'static str> {
    world.clone().on(moment).blocked_by()
}

///
#[test]
fn a_condition_denies_after_its_last_moment_and_not_at_it() {
    let world = submitted(High).having("chen", approve_if("product_lead", "rivera")).approved();
    let last = world.release().conditions[&1].denies_after;
    assert_eq!(blocked_at(&world, last), [] as [&str; 0]);
    assert_eq!(blocked_at(&world, last + A_SECOND), ["condition.overdue"]);
}

///
#[test]
fn a_confirmation_is_missed_after_its_last_moment_and_only_where_the_release_still_runs() {
    let strict =
        |world: World| world.policy_where(|it| it.settings.missed_confirmation_denies = true);
    let world = strict(given(Low)).requested(request(ChangeType::NewModel, Low));
    let world = world.prepared().submitted().approved().having("rivera", deploy_to(production()));
    let due = world.release().deployments[&production()].deployment.confirm_by;
    assert_eq!(blocked_at(&world, due), [] as [&str; 0]);
    assert_eq!(blocked_at(&world, due + A_SECOND), ["confirmation.missed"]);
    let confirmed = world.clone().having("rivera", confirm_deployment(all_well()));
    assert_eq!(blocked_at(&confirmed, due + A_SECOND), [] as [&str; 0]);
    let next = world
        .updated("r-2", ChangeType::MinorUpdate, second_version())
        .approved()
        .having("rivera", deploy_to(production()));
    let due = next.release().deployments[&production()].deployment.confirm_by;
    let back = next.having("rivera", roll_back_to("r-1", 5)).speaking_of("r-2");
    assert!(!blocked_at(&back, due + A_SECOND).contains(&"confirmation.missed"));
}

/// I-04
#[test]
fn an_approval_counts_as_lapsed_only_when_it_lapsed() {
    let world = submitted(High).having("chen", approve_as("product_lead"));
    assert!(world.report().approvals.iter().all(|rule| rule.lapsed.is_empty()));
    let changed = world.having("rivera", attach(evaluation("3.4")));
    let lapsed = changed.report().approvals;
    let lapsed: Vec<_> = lapsed.iter().filter(|rule| !rule.lapsed.is_empty()).collect();
    assert_eq!(lapsed.len(), 1);
    assert_eq!((lapsed[0].role.as_str(), &lapsed[0].lapsed), ("product_lead", &vec![id("chen")]));
}

///
#[test]
fn only_holders_of_no_other_approving_role_are_offered_where_roles_must_differ() {
    let vendor = ChangeType::ThirdPartyActivation;
    let world = given(Medium).requested(request(vendor, Medium)).prepared().submitted();
    let plan = world.plan();
    for rule in &world.report().approvals {
        let holders = &plan.holders[&rule.role];
        let elsewhere = |person| {
            plan.holders.iter().any(|(role, them)| role != &rule.role && them.contains(person))
        };
        let asked =
            plan.approvals[rule.rule as usize].independent_of.contains(&Independence::OtherRoles);
        assert!(!holders.is_empty() && !rule.eligible.is_empty(), "{rule:?}");
        if asked {
            assert!(rule.eligible.iter().all(|person| !elsewhere(person)), "{rule:?}");
        }
    }
}

/// I-03
#[test]
fn a_member_who_signed_alone_has_no_vote_besides() {
    let world =
        submitted(High).having("moreau", approve_as("ai_governance_committee")).in_session();
    assert_eq!(world.not_sat("moreau", vote(Vote::Yes)), "approval.already_given");
    assert!(world.clone().sit("lindqvist", vote(Vote::Yes)).is_ok());
}

/// I-01
#[test]
fn only_a_refused_decision_about_a_release_that_is_there_leaves_a_trace() {
    let world = submitted(Low);
    let no_right = Refusal::NotPermitted { action: "suspend the release", needs: vec![] };
    let too_early = Refusal::WrongOrder { what: "x" };
    let trace = attempt(world.release(), &suspend(), &no_right);
    let (action, code) = ("suspend the release".to_owned(), "actor.not_permitted".to_owned());
    assert_eq!(trace, Some(ReleaseEvent::AttemptRefused { action, code }));
    assert_eq!(attempt(world.release(), &Command::Submit, &no_right), None);
    assert_eq!(attempt(world.release(), &suspend(), &too_early), None);
    assert_eq!(attempt(&Release::default(), &suspend(), &no_right), None);
}

///
#[test]
fn a_finished_step_is_not_counted_on_while_a_question_waits() {
    let world = on_the_runbook(Low);
    let done = world.stepped();
    let asked = done.clone().having("park", ask_changes("application_security"));
    for step in asked.later(24 * 30).report().steps {
        if let (StepProgress::Done { .. }, Some(clock)) = (&step.progress, &step.clock) {
            assert!(!clock.paused && !clock.overdue, "{step:?}");
        }
    }
}
