//! The words: what a list, a refusal or a page calls a thing is what the log calls it.

use countersign_core::actor::Scope;
use countersign_core::change_request::About;
use countersign_core::criterion::Comparison;
use countersign_core::decimal::Decimal;
use countersign_core::event::Event;
use countersign_core::exception::Waived;
use countersign_core::given::*;
use countersign_core::meeting::{MeetingCommand, MeetingFault, Objection, Outcome, Topic, Vote};
use countersign_core::register::{Approved, TimesCommand};
use countersign_core::release::urgent::emergency::{Ground, Means};
use countersign_core::release::urgent::review::{ReviewOutcome, Reviewed};
use countersign_core::release::urgent::rollback::DrillResult;
use countersign_core::release::{RejectionReason, ReleaseEvent, Target};
use serde::Serialize;

/// Each value's word is how the log writes it.
fn stored<T: Serialize + Copy>(values: &[T], word: impl Fn(T) -> &'static str) {
    for value in values {
        assert_eq!(serde_json::to_value(value).unwrap(), word(*value));
    }
}

#[test]
fn a_word_is_written_in_lists_as_it_is_stored_in_the_log() {
    stored(&Ground::ALL, Ground::word);
    stored(&Means::ALL, Means::word);
    stored(&RejectionReason::ALL, RejectionReason::word);
    stored(&Vote::ALL, Vote::word);
    stored(&[Outcome::Carried, Outcome::TurnedDown, Outcome::Undecided], Outcome::word);
    stored(&ReviewOutcome::ALL, ReviewOutcome::word);
    stored(&DrillResult::ALL, DrillResult::word);
    for (scope, word) in Scope::ALL.into_iter().zip(Scope::ALL.map(Scope::word)) {
        assert!(
            !word.is_empty() && Scope::ALL.iter().filter(|one| one.word() == word).count() == 1
        );
        assert!(word.chars().all(|one| one.is_ascii_lowercase() || one == '_'), "{scope:?}");
    }
}

///
#[test]
fn grounds_and_means_read_as_people_write_them() {
    let grounds = Ground::ALL.map(Ground::human);
    assert_eq!(grounds, ["safety issue", "security vulnerability", "regulatory deadline"]);
    assert_eq!(Means::ALL.map(Means::human), ["by phone", "in person", "in a message"]);
}

#[test]
fn what_evidence_is_for_and_what_is_reviewed_have_names() {
    assert_eq!(Target::Item(item("monitoring")).to_string(), "item monitoring");
    assert_eq!(Target::Step(step("sign-off")).to_string(), "step sign-off");
    assert_eq!(Target::Condition(2).to_string(), "condition 2");
    for name in ["emergency", "suspension-1", "resumption-2", "rollback-production"] {
        assert_eq!(name.parse::<Reviewed>().unwrap().to_string(), name);
    }
    let refused = "lunch".parse::<Reviewed>().unwrap_err().to_string();
    assert!(refused.contains("`lunch`") && refused.contains("suspension-N"), "{refused}");
}

///
#[test]
fn whether_a_policy_is_approved_is_one_of_three_words() {
    let (at, by) = (monday(), id("osei"));
    let approved = Approved::Yes { at, by: vec![by.clone()] };
    let declined = Approved::No { at, by, reason: text("too lax") };
    let words: Vec<_> =
        [Approved::Awaited, approved, declined].iter().map(Approved::word).collect();
    let distinct: std::collections::BTreeSet<_> = words.iter().collect();
    assert_eq!(distinct.len(), 3);
    assert!(words.iter().all(|word| word.len() > 3), "{words:?}");
}

///
#[test]
fn every_command_of_a_session_says_what_it_does() {
    let call = call_session(&submitted(countersign_core::classification::RiskTier::High));
    let (minutes, reason) = (text("as read"), text("nobody came"));
    let named = [
        (call, "call a session of the committee"),
        (MeetingCommand::Open, "open the session"),
        (put_release(), "put something on the table"),
        (recuse(), "step back from an item"),
        (vote(Vote::Yes), "vote"),
        (close_item(), "close an item"),
        (MeetingCommand::Close { minutes, file: None }, "close the session"),
        (MeetingCommand::Cancel { reason }, "call the session off"),
    ];
    for (command, action) in named {
        assert_eq!(command.action(), action);
    }
    let rejected = Objection::Rejected(RejectionReason::Scope);
    assert_ne!(rejected, Objection::Misuse);
}

/// R-131, I-01
#[test]
fn faults_of_a_session_tell_attempts_from_slips() {
    let without_right = [MeetingFault::NotAMember, MeetingFault::InSessionOnly];
    assert!(without_right.iter().all(MeetingFault::is_without_right));
    let slips = [MeetingFault::NoCommittee, MeetingFault::ReasonMissing];
    assert!(!slips.iter().any(MeetingFault::is_without_right));
}

///
#[test]
fn a_release_is_the_same_topic_whatever_its_content_and_another_release_is_not() {
    let topic = |name: &str, content: &[u8]| Topic::Release {
        release: release(name),
        dossier: countersign_core::digest::Sha256::of(content),
    };
    assert!(topic("r-1", b"then").is_about(&topic("r-1", b"now")));
    assert!(!topic("r-1", b"then").is_about(&topic("r-2", b"then")));
    let matter = |title: &str| Topic::Matter { text: text(title) };
    assert!(matter("Training").is_about(&matter("Training")));
    assert!(!matter("Training").is_about(&matter("Budget")));
    assert!(!matter("Training").is_about(&topic("r-1", b"then")));
}

#[test]
fn every_command_about_times_says_what_it_does() {
    let actions = [windows(&[]), freeze(1, 2), lift_freeze(1)].map(|command| match command {
        countersign_core::register::RegisterCommand::Times(times) => TimesCommand::action(&times),
        other => panic!("{other:?}"),
    });
    assert!(actions[0].contains("change windows"), "{actions:?}");
    assert!(actions[1].contains("freeze") && actions[2].contains("lift"), "{actions:?}");
}

/// I-01, R-100, R-102, R-156
#[test]
fn every_command_of_care_says_what_it_does_and_whether_it_decides() {
    let named = [
        (ask_exception(exception(item_waived("monitoring"), 9)), "ask for an exception", false),
        (accept_risk(1, "security"), "accept the risk of an exception", true),
        (refuse_exception(1, "security"), "refuse an exception", true),
        (revoke_exception(1, "security"), "revoke an exception", true),
        (expire_exception(1), "record the end of an exception", false),
        (report_condition(1, &[]), "report a condition met", false),
        (accept_condition(1), "close a condition", true),
        (send_back_condition(1), "send a condition back", true),
        (remind_of_condition(1), "remind of a condition", false),
        (notice(1), "give notice of a condition", false),
        (lapse(1), "record that a condition denies", false),
        (ask_changes("security"), "ask for changes", false),
        (answer_changes(1, &[]), "answer a change request", false),
        (insist_on_changes(1), "insist on a change request", true),
        (accept_changes(1), "settle a change request", true),
    ];
    for (command, action, decides) in named {
        assert_eq!((command.action(), command.is_decision()), (action, decides));
    }
}

#[test]
fn what_is_waived_and_what_a_question_is_about_are_written_as_they_are_read() {
    for text in ["criterion hallucination_rate", "item monitoring"] {
        assert_eq!(text.parse::<Waived>().unwrap().to_string(), text);
        assert_eq!(text.parse::<About>().unwrap().to_string(), text);
    }
    assert_eq!("step sign-off".parse::<About>().unwrap().to_string(), "step sign-off");
    let refused = "lunch".parse::<About>().unwrap_err().to_string();
    assert!(refused.contains("`lunch`") && refused.contains("`step NAME`"), "{refused}");
    let refused = "lunch".parse::<Waived>().unwrap_err().to_string();
    assert!(refused.contains("lunch") && refused.contains("criterion"), "{refused}");
}

///
#[test]
fn a_bound_holds_up_to_itself_or_short_of_it_as_it_says() {
    use Comparison::{Above, AtLeast, AtMost, Below};
    let five = Decimal::whole(5);
    let held =
        |comparison: Comparison| [4, 5, 6].map(|n| comparison.met_by(Decimal::whole(n), five));
    assert_eq!(held(AtMost), [true, true, false]);
    assert_eq!(held(Below), [true, false, false]);
    assert_eq!(held(AtLeast), [false, true, true]);
    assert_eq!(held(Above), [false, false, true]);
}

/// I-04
#[test]
fn an_approval_that_lapsed_says_what_changed() {
    let world = submitted(countersign_core::classification::RiskTier::High);
    let world = world.having("chen", approve_as("product_lead"));
    let lapsed = |world: &World| {
        let events = world.history.iter().rev();
        let mut lapsed = events.filter_map(|envelope| match &envelope.event {
            Event::Release(ReleaseEvent::ApprovalsLapsed { changed, .. }) => Some(changed.clone()),
            _ => None,
        });
        lapsed.next()
    };
    let asked = world.having("osei", ask_changes("ai_governance_committee"));
    assert_eq!(lapsed(&asked).as_deref(), Some("change request 1 was made"));
}
