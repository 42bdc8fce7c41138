//! Roles given, lent and taken, where one fact more or less changes the answer.

use countersign_core::classification::RiskTier::Low;
use countersign_core::given::*;
use countersign_core::register::{
    HoldScope, NewDelegation, PersonToErase, Register, RegisterCommand, RegisterEvent, Term,
};

fn grant(person: &str, of: &str, from: Option<&str>, until: Option<&str>) -> RegisterCommand {
    let term = Term { from: from.map(at), until: until.map(at) };
    RegisterCommand::GrantRole { person: id(person), role: role(of), term }
}

fn revoke(person: &str, of: &str) -> RegisterCommand {
    RegisterCommand::RevokeRole { person: id(person), role: role(of) }
}

fn lend(to: &str, of: &str, ends: &str) -> RegisterCommand {
    RegisterCommand::Delegate(NewDelegation {
        to: id(to),
        role: role(of),
        begins: None,
        ends: at(ends),
        reason: text("on leave"),
    })
}

fn code(world: &mut World, who: &str, command: RegisterCommand) -> &'static str {
    world.keep(who, command).map_or_else(|refusal| refusal.code(), |_| "done")
}

///
#[test]
fn a_role_may_start_in_this_very_moment_and_the_same_grant_is_given_once() {
    let mut world = given(Low);
    let (now, end) = ("2026-05-11T07:00:00Z", Some("2026-05-14T07:00:00Z"));
    assert_eq!(world.now, at(now));
    assert_eq!(code(&mut world, "root", grant("iyer", "legal", Some(now), end)), "done");
    assert_eq!(code(&mut world, "root", grant("iyer", "legal", Some(now), end)), "nothing_to_do");
    let later = Some("2026-05-12T07:00:00Z");
    assert_eq!(code(&mut world, "root", grant("iyer", "legal", later, end)), "done");
    let longer = Some("2026-05-15T07:00:00Z");
    assert_eq!(code(&mut world, "root", grant("iyer", "legal", later, longer)), "done");
}

/// I-03
#[test]
fn there_may_be_many_administrators_and_the_last_one_stays() {
    let mut world = given(Low);
    for person in ["bishop", "fisher"] {
        let given = grant(person, "administrator", None, None);
        assert_eq!(code(&mut world, "root", given), "done");
    }
    assert_eq!(code(&mut world, "bishop", revoke("root", "administrator")), "done");
    assert_eq!(code(&mut world, "bishop", revoke("fisher", "administrator")), "done");
    let last = code(&mut world, "bishop", revoke("bishop", "administrator"));
    assert_eq!(last, "role.last_administrator");
    // An end for the last one would leave nobody.
    let end = grant("bishop", "administrator", None, Some("2026-05-14T07:00:00Z"));
    let by_another = RegisterEvent::granted(id("abara"), role("nothing_yet"));
    let mut world = world.and(by_another);
    assert_eq!(code(&mut world, "abara", end), "actor.not_permitted");
    // Somebody else's other roles have nothing to do with it.
    assert_eq!(code(&mut world, "bishop", revoke("chen", "product_lead")), "done");
}

///
#[test]
fn a_role_lent_to_somebody_keeps_excluded_roles_away_while_it_is_lent() {
    let mut world = given(Low);
    let ends = "2026-05-20T07:00:00Z";
    assert_eq!(code(&mut world, "abara", lend("stand_in", "ai_governance_lead", ends)), "done");
    let auditor = || grant("stand_in", "auditor", None, None);
    assert_eq!(code(&mut world, "root", auditor()), "role.excluded");
    // To whom nothing was lent, nothing stands in the way.
    assert_eq!(code(&mut world, "root", grant("newcomer", "auditor", None, None)), "done");
    let mut after = world.later(24 * 10);
    assert_eq!(code(&mut after, "root", auditor()), "done");
}

/// R-127, I-07
#[test]
fn whoever_is_erased_lends_and_borrows_nothing_any_more_and_others_go_on() {
    let mut world = given(Low);
    let ends = "2026-05-20T07:00:00Z";
    assert_eq!(code(&mut world, "abara", lend("iyer", "ai_governance_lead", ends)), "done");
    assert_eq!(code(&mut world, "santos", lend("park", "security", ends)), "done");
    assert_eq!(
        code(&mut world, "chen", lend("weiss", "product_lead", "2026-05-12T07:00:00Z")),
        "done"
    );
    let mut world = world.later(48);
    let erase = |person: &str| {
        let (person, reason) = (id(person), text("asked for it"));
        RegisterCommand::ErasePerson(PersonToErase {
            person,
            owns: Vec::new(),
            acted_in: [].into(),
            reason,
        })
    };
    let ended = |events: Vec<RegisterEvent>| {
        let ended = events.into_iter().filter_map(|event| match event {
            RegisterEvent::DelegationEnded { number } => Some(number),
            _ => None,
        });
        ended.collect::<Vec<_>>()
    };
    assert_eq!(ended(world.keep("root", erase("iyer")).unwrap()), [1]);
    assert_eq!(ended(world.keep("root", erase("santos")).unwrap()), [2]);
    // What had ended by itself is not ended again.
    assert_eq!(ended(world.keep("root", erase("weiss")).unwrap()), [] as [u32; 0]);
}

///
#[test]
fn a_control_is_found_by_its_own_name_and_version() {
    let mut world = given(Low);
    let (control, title) = (gate_control_ref(), gate_control().title);
    world
        .keep("root", RegisterCommand::PublishControl { control: control.clone(), title })
        .unwrap();
    let find = |register: &Register, version: Option<&str>| {
        register.control(&control.id, version).map(|found| found.control.version.clone())
    };
    assert_eq!(find(&world.register, None), Some(control.version.clone()));
    assert_eq!(find(&world.register, Some(&control.version)), Some(control.version.clone()));
    assert_eq!(find(&world.register, Some("99.0")), None);
    let other = "CHM-999".parse().expect("a control's name");
    assert!(world.register.control(&other, Some(&control.version)).is_none());
    assert!(world.register.control(&other, None).is_none());
}

///
#[test]
fn a_hold_says_what_it_covers() {
    let whole = HoldScope { model: summarizer(), release: None };
    assert_eq!(whole.to_string(), "summarizer and all its releases");
    let one = HoldScope { model: summarizer(), release: Some(release("r-1")) };
    assert_eq!(one.to_string(), "release r-1 of summarizer");
}
