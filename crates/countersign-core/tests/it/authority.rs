//! Who may do what beside the routine, told apart person by person: verbal authority, drills,
//! reviews afterwards, ways back; and what the clock records and when.

use countersign_core::actor::{Actor, Who};
use countersign_core::classification::ArtifactKind;
use countersign_core::classification::ChangeType::{MinorUpdate, NewModel, Retirement};
use countersign_core::classification::RiskTier::{High, Low};
use countersign_core::given::*;
use countersign_core::register::{Register, RegisterEvent};
use countersign_core::release::command::LooksAround;
use countersign_core::release::urgent::review::{ReviewOutcome, Reviewed};
use countersign_core::release::urgent::rollback::DrillResult::{Failed, Worked};
use countersign_core::release::urgent::to_record;
use countersign_core::release::{Command, ReleaseEvent, Request, UrgentCommand, UrgentEvent};
use jiff::SignedDuration;

const A_SECOND: SignedDuration = SignedDuration::from_secs(1);

fn lead(person: &str) -> RegisterEvent {
    RegisterEvent::granted(id(person), role("ai_governance_lead"))
}

fn no_lead(person: &str) -> RegisterEvent {
    RegisterEvent::RoleRevoked { person: id(person), role: role("ai_governance_lead") }
}

///
#[test]
fn only_the_person_named_confirms_and_only_while_the_role_is_held() {
    let claimed = claimed(Low).and(lead("dufour"));
    let confirm = |world: World, who: &str| world.when(who, confirm_authority());
    confirm(claimed.clone(), "dufour").refused_as("actor.not_permitted");
    confirm(claimed.clone().and(no_lead("abara")), "abara").refused_as("actor.not_permitted");
    confirm(claimed, "abara").then_words(&["authority_confirmed"]);
}

///
#[test]
fn the_person_named_and_whoever_else_holds_the_role_denies_but_never_the_owner() {
    let claimed = claimed(Low).and(lead("dufour")).and(lead("rivera"));
    let deny = |world: World, who: &str| world.when(who, deny_authority());
    deny(claimed.clone(), "dufour").then_words(&["authority_denied"]);
    deny(claimed.clone().and(no_lead("abara")), "abara").then_words(&["authority_denied"]);
    for nobody in ["rivera", "chen"] {
        deny(claimed.clone(), nobody).refused_as("actor.not_permitted");
    }
}

///
#[test]
fn what_was_denied_bars_its_own_digests_and_no_others() {
    let denied = claimed(Low).having("abara", deny_authority());
    let again = |artifacts| {
        let ask = ask_for("r-2", request(NewModel, Low), artifacts);
        denied.clone().having("rivera", ask).when("rivera", claim_authority_of("abara"))
    };
    let refusal = again(weights_and_prompt()).refused_as("deployment.denied");
    assert!(refusal.to_string().contains("r-1"), "{refusal}");
    again(second_version()).then_words(&["emergency_claimed"]);
    // Another draft of the same digests was denied nothing.
    let twice = drafted(Low);
    let ask = ask_for("r-2", request(NewModel, Low), weights_and_prompt());
    let twice = twice.having("rivera", ask).when("rivera", claim_authority_of("abara"));
    twice.then_words(&["emergency_claimed"]);
}

///
#[test]
fn papers_are_overdue_after_their_last_moment_and_not_at_it() {
    let strict = given(Low)
        .policy_where(|policy| {
            let terms = policy.settings.emergency.as_mut().expect("terms");
            terms.overdue_papers_deny = true;
        })
        .requested(request(NewModel, Low))
        .having("rivera", claim_authority_of("abara"))
        .having("abara", confirm_authority())
        .having("rivera", deploy_to(production()));
    let overdue = |world: World| world.blocked_by().contains(&"papers.overdue");
    assert!(!overdue(strict.clone().on(papers_due())));
    assert!(overdue(strict.clone().on(papers_due() + A_SECOND)));
    // They stand in the way of the owner's next release from the same moment on.
    let next = |world: World| {
        let ask = ask_for("r-2", request(MinorUpdate, Low), second_version());
        world.having("rivera", ask).prepared().when("rivera", Command::Submit)
    };
    next(strict.clone().on(papers_due())).then_words(&["submitted"]);
    let refused = next(strict.on(papers_due() + A_SECOND)).refused_as("checklist.incomplete");
    let codes: Vec<_> = refused.blockers().iter().map(|one| one.code()).collect();
    assert_eq!(codes, ["papers.overdue"]);
}

///
#[test]
fn a_lapse_is_recorded_once() {
    let world = claimed(Low).later(24 * 30);
    assert_eq!(to_record(world.release(), world.now), Some(UrgentCommand::RecordLapsedAuthority));
    let world = world.having(Acting::Countersign, lapse_authority());
    assert_ne!(to_record(world.release(), world.now), Some(UrgentCommand::RecordLapsedAuthority));
}

///
#[test]
fn a_drill_is_recorded_by_requester_owner_and_whoever_may_roll_back_each_alone() {
    let ask = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
    let world = given(Low).having("iyer", ask);
    for person in ["iyer", "rivera", "zhou"] {
        let drill = drill_on("2026-05-11", Worked);
        world.clone().when(person, drill).then_words(&["drill_recorded"]);
    }
    let drill = drill_on("2026-05-11", Worked);
    world.when("chen", drill).refused_as("actor.not_permitted");
}

///
#[test]
fn a_drill_names_what_it_went_back_to_in_words_that_fit() {
    let named = |target: String| {
        let Command::Urgent(UrgentCommand::RecordDrill(mut drill)) = drill_on("2026-05-11", Worked)
        else {
            unreachable!("a drill")
        };
        drill.target = target;
        prepared(Low).when("zhou", Command::Urgent(UrgentCommand::RecordDrill(drill)))
    };
    named("  ".into()).refused_as("answers.invalid");
    named("v".repeat(201)).refused_as("answers.invalid");
    named("v".repeat(200)).then_words(&["drill_recorded"]);
    named("v1".into()).then_words(&["drill_recorded"]);
}

///
#[test]
fn the_day_the_checklist_tells_counts_when_it_is_the_later_one() {
    // The checklist says it was tried on 8 May.
    let lacks = |day: &str| {
        let world = prepared(Low).having("zhou", drill_on(day, Failed));
        let items = world.report().items;
        items.into_iter().find(|one| one.item == item("rollback")).expect("an item").missing
    };
    assert_eq!(lacks("2026-05-07"), [] as [&str; 0]);
    assert!(lacks("2026-05-08")[0].contains("failed"));
}

///
#[test]
fn neither_who_suspended_nor_who_requested_reviews_it_afterwards() {
    let chair = |person: &str| RegisterEvent::granted(id(person), role("ai_governance_committee"));
    let ask = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
    let world = given(Low).having("iyer", ask).prepared().having("iyer", Command::Submit);
    let world = world.approved().having("rivera", deploy_to(production()));
    let world = world.and(chair("abara")).and(chair("iyer")).having("abara", suspend());
    let found = || review(Reviewed::Suspension(1), ReviewOutcome::Justified);
    for dependent in ["abara", "iyer"] {
        world.clone().when(dependent, found()).refused_as("approval.not_independent");
    }
    world.when("osei", found()).then_words(&["reviewed"]);
}

///
#[test]
fn the_way_back_is_judged_by_what_comes_back_and_by_what_others_say_of_it() {
    let one = || vec![artifact(ArtifactKind::Weights, "summarizer-v1")];
    let two = || vec![second_version().remove(0)];
    let first = given(Low).having("rivera", ask_for("r-1", request(NewModel, Low), one()));
    let first = first.prepared().submitted().approved().having("rivera", deploy_to(production()));
    let world = first.updated("r-2", MinorUpdate, two()).approved();
    let world = world.having("rivera", deploy_to(production()));
    let back = |world: World| world.speaking_of("r-2").when("rivera", roll_back_to("r-1", 5));
    back(world.clone()).world();
    // The same weights were suspended under another release.
    let third = world.updated("r-3", MinorUpdate, one()).approved().having("abara", suspend());
    let refusal = back(third).refused_as("rollback.target_not_allowed");
    assert!(refusal.to_string().contains("r-1"), "{refusal}");
    assert!(refusal.to_string().contains("r-3"), "{refusal}");
}

///
#[test]
fn a_retirement_takes_out_what_runs_there_and_nothing_else() {
    let off = vec![artifact(ArtifactKind::Configuration, "off")];
    let elsewhere =
        Request { environments: [environment("staging")].into(), ..request(NewModel, Low) };
    let ask = ask_for("r-2", elsewhere, second_version());
    let world = deployed(Low).having("rivera", ask).prepared().submitted().approved();
    let world = world.updated("r-3", Retirement, off).approved();
    let decided = world.history.iter().find_map(|envelope| match &envelope.event {
        countersign_core::event::Event::Release(ReleaseEvent::Urgent(
            UrgentEvent::RetirementDecided { releases, .. },
        )) => Some(releases.clone()),
        _ => None,
    });
    assert_eq!(decided, Some([release("r-1")].into()));
}

///
#[test]
fn only_deciding_a_retirement_looks_at_every_release_of_the_model() {
    let approve = approve_as("model_owner").command(&submitted(Low));
    assert_eq!(approve.looks_around(&request(Retirement, Low)), LooksAround::AtModel);
    assert_ne!(approve.looks_around(&request(MinorUpdate, Low)), LooksAround::AtModel);
    let submit = Command::Submit;
    assert_ne!(submit.looks_around(&request(Retirement, Low)), LooksAround::AtModel);
}

/// I-02
#[test]
fn only_an_artifact_that_is_there_is_taken_out() {
    let remove = |name: &str| Command::RemoveArtifact { name: name.into() };
    drafted(Low).when("rivera", remove("no-such-artifact")).refused_as("not_found");
    drafted(Low).when("rivera", remove("summarizer-v1")).then_words(&["artifact_removed"]);
}

/// I-01
#[test]
fn every_command_beside_the_routine_says_what_it_does_and_whether_it_decides() {
    let urgent = [
        (claim_authority_of("abara"), "claim verbal authority", true),
        (confirm_authority(), "confirm the verbal authority", true),
        (deny_authority(), "deny the verbal authority", true),
        (lapse_authority(), "record a lapsed authority", false),
        (Command::Urgent(UrgentCommand::RemindOfPapers), "remind of the papers", false),
        (Command::Urgent(UrgentCommand::RecordOverduePapers), "record overdue papers", false),
        (review(Reviewed::Emergency, ReviewOutcome::Misuse), "review it afterwards", true),
        (roll_back_to("r-1", 5), "roll the release back", true),
        (drill_on("2026-05-11", Worked), "record a drill", false),
        (propose_purge(&["e1"]), "propose to purge evidence", true),
        (confirm_purge(1), "purge evidence", true),
        (refuse_purge(1), "refuse a purge", true),
        (take_copy(), "export the records", false),
    ];
    for (command, action, decides) in urgent {
        assert_eq!((command.action(), command.is_decision()), (action, decides));
    }
}

#[test]
fn a_machine_acts_as_itself_and_a_register_counts_its_events() {
    let machine = Actor::machine(id("ci"), [].into());
    assert_eq!(machine.who, Who::Machine(id("ci")));
    assert_eq!(Who::Machine(id("ci")).to_string(), "machine ci");
    assert_eq!(Who::Person(id("abara")).to_string(), "abara");
    let mut register = Register::default();
    for _ in 0..3 {
        register.evolve(monday(), &lead("dufour"));
    }
    assert_eq!(register.version, 3);
}

///
#[test]
fn the_committee_signs_as_often_as_it_is_asked_to_and_not_once_more() {
    use countersign_core::meeting::Vote::Yes;
    let world = submitted(High).in_session();
    let world = world.sits("lindqvist", vote(Yes)).sits("moreau", vote(Yes));
    let world = world.sits("osei", vote(Yes)).sits("abara", close_item());
    let signed = world.release().approvals.iter();
    assert_eq!(signed.filter(|one| one.approval.sitting.is_some()).count(), 2);
}
