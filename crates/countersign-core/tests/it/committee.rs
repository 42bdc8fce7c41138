//! The committee's sessions: who votes, what a decision needs, and what it does to the release or
//! the policy on the table.

use countersign_core::classification::RiskTier::{High, Low};
use countersign_core::given::*;
use countersign_core::meeting::{ItemState, MeetingCommand, NewTopic, Objection, Outcome, Vote};
use countersign_core::policy::{Majority, Policy};
use countersign_core::project;
use countersign_core::register::{Approved, NewDelegation, RegisterCommand, RegisterEvent};
use countersign_core::release::State;
use countersign_core::release::urgent::review::{ReviewOutcome, Reviewed};

use Vote::{Abstain, No, Yes};

fn agenda_is_open(world: &World) -> bool {
    project::agenda(world.release()).iter().any(|one| one.closed_at.is_none())
}

fn outcome(world: &World) -> Option<Outcome> {
    match world.meetings[&session()].items[&1].state {
        ItemState::Closed { outcome, .. } => Some(outcome),
        ItemState::Open | ItemState::Replaced | ItemState::Postponed => None,
    }
}

fn ruled(change: impl FnOnce(&mut countersign_core::policy::CommitteeSettings)) -> World {
    let policy = |policy: &mut Policy| change(policy.settings.committee.as_mut().unwrap());
    given(High)
        .policy_where(policy)
        .requested(request(countersign_core::classification::ChangeType::NewModel, High))
        .prepared()
        .submitted()
}

///
#[test]
fn a_high_risk_release_comes_onto_the_agenda_by_itself_and_leaves_it_decided() {
    assert!(agenda_is_open(&submitted(High)));
    assert!(!agenda_is_open(&prepared(High)));
    assert!(project::agenda(submitted(Low).release()).is_empty());
    let decided = submitted(High).approved();
    assert!(!agenda_is_open(&decided));
    assert_eq!(project::agenda(decided.release()).len(), 1);
}

/// R-131, I-03
#[test]
fn what_the_committee_carries_approves_the_release_in_the_same_breath() {
    let world = submitted(High)
        .in_session()
        .sits("lindqvist", vote(Yes))
        .sits("moreau", vote(No))
        .sits("osei", vote(Yes))
        .sits("abara", close_item());
    assert_eq!(outcome(&world), Some(Outcome::Carried));
    let given = &world.release().approvals;
    let people: Vec<_> = given.iter().map(|one| one.approval.person.to_string()).collect();
    assert_eq!(people, ["lindqvist", "osei"]);
    assert!(given.iter().all(|one| one.approval.sitting.is_some()));
    let item = &world.meetings[&session()].items[&1];
    let dissent: Vec<_> = item.dissenters().map(|ballot| ballot.person.to_string()).collect();
    assert_eq!(dissent, ["moreau"]);
    // The business signs beside the committee; then the decision is there.
    let world = world.having("chen", approve_as("product_lead"));
    assert_eq!(world.release().state, State::Approved);
}

///
#[test]
fn what_the_committee_turns_down_rejects_the_release_with_its_statement() {
    let world = submitted(High).in_session().sits("lindqvist", vote(No)).sits("moreau", vote(No));
    let silent = MeetingCommand::CloseItem { number: 1, statement: None, because: None };
    assert_eq!(world.not_sat("abara", silent), "meeting.reason_missing");
    let world = world.sits("abara", close_item());
    assert_eq!(world.release().state, State::Rejected);
    assert_eq!(world.release().rejection.as_ref().unwrap().text, text("as the votes fell"));
}

///
#[test]
fn a_tie_decides_nothing_and_the_release_stays_on_the_agenda() {
    let world = submitted(High).in_session().sits("lindqvist", vote(Yes)).sits("moreau", vote(No));
    let world = world.sits("abara", close_item());
    assert_eq!(outcome(&world), Some(Outcome::Undecided));
    assert_eq!(world.release().state, State::InReview);
    assert!(agenda_is_open(&world));
}

///
#[test]
fn without_a_quorum_nothing_is_closed_and_abstentions_count_for_it() {
    let world = submitted(High).in_session();
    assert_eq!(world.not_sat("abara", close_item()), "meeting.no_quorum");
    let world = world.sits("lindqvist", vote(Yes));
    assert_eq!(world.not_sat("abara", close_item()), "meeting.no_quorum");
    let world = world.sits("moreau", vote(Abstain)).sits("abara", close_item());
    assert_eq!(outcome(&world), Some(Outcome::Carried));
}

///
#[test]
fn the_policy_says_what_carries_an_item() {
    let votes = |rules: Majority| {
        ruled(|committee| committee.decides_by = rules)
            .in_session()
            .sits("lindqvist", vote(Yes))
            .sits("moreau", vote(Yes))
            .sits("osei", vote(No))
            .sits("abara", close_item())
    };
    assert_eq!(outcome(&votes(Majority::TwoThirds)), Some(Outcome::Carried));
    assert_eq!(outcome(&votes(Majority::Unanimous)), Some(Outcome::Undecided));
}

/// I-03, I-01
#[test]
fn nobody_votes_twice_late_or_without_a_seat() {
    let world = submitted(High).in_session().sits("lindqvist", vote(Yes));
    assert_eq!(world.not_sat("lindqvist", vote(No)), "meeting.voted_already");
    assert_eq!(world.not_sat("abara", vote(Yes)), "actor.not_permitted");
    assert_eq!(world.not_sat("rivera", vote(Yes)), "actor.not_permitted");
    let (person, role) = (id("weiss"), role("ai_governance_committee"));
    let (from, until, by) = (None, None, None);
    let late =
        countersign_core::register::RegisterEvent::RoleGranted { person, role, from, until, by };
    assert_eq!(world.clone().and(late).not_sat("weiss", vote(Yes)), "meeting.not_a_member");
    let world = world.sits("moreau", vote(Yes)).sits("abara", close_item());
    assert_eq!(world.not_sat("osei", vote(No)), "meeting.item_closed");
    assert_eq!(world.not_sat("abara", close_item()), "meeting.item_closed");
}

/// I-03
#[test]
fn two_accounts_of_one_human_have_one_vote() {
    let (person, same_as) = (id("lindqvist"), id("moreau"));
    let linked = countersign_core::register::RegisterEvent::AccountsLinked { person, same_as };
    let world = submitted(High).and(linked).in_session().sits("lindqvist", vote(Yes));
    assert_eq!(world.not_sat("moreau", vote(Yes)), "meeting.voted_already");
}

/// R-131, I-01
#[test]
fn whoever_steps_back_does_not_vote_and_who_has_a_conflict_cannot() {
    let world = submitted(High).in_session().sits("osei", recuse());
    assert_eq!(world.not_sat("osei", vote(Yes)), "meeting.recused");
    // Rivera sits in the Committee, and the model on the table is his.
    let (person, role) = (id("rivera"), role("ai_governance_committee"));
    let (from, until, by) = (None, None, None);
    let seat =
        countersign_core::register::RegisterEvent::RoleGranted { person, role, from, until, by };
    let world = prepared(High).and(seat).submitted().in_session();
    assert_eq!(world.not_sat("rivera", vote(Yes)), "meeting.conflict");
}

/// I-03
#[test]
fn what_another_account_did_counts_in_a_session_too() {
    let link = |person: &str, same_as: &str| RegisterEvent::AccountsLinked {
        person: id(person),
        same_as: id(same_as),
    };
    // Rivera owns the model and attached the evidence.
    let world = submitted(High).and(link("osei", "rivera")).in_session();
    assert_eq!(world.not_sat("osei", vote(Yes)), "meeting.conflict");
    let world = submitted(High).and(link("lindqvist", "moreau")).in_session();
    let stepped_back = world.clone().sits("lindqvist", recuse());
    assert_eq!(stepped_back.not_sat("moreau", vote(Yes)), "meeting.recused");
    assert_eq!(
        world.sits("moreau", vote(Yes)).not_sat("lindqvist", recuse()),
        "meeting.voted_already"
    );
}

fn lend(world: &mut World, from: &str, to: &str, of: &str) {
    let (to, role, begins) = (id(to), role(of), None);
    let (ends, reason) = (at("2026-05-25T07:00:00Z"), text("on leave"));
    let new = NewDelegation { to, role, begins, ends, reason };
    world.keep(from, RegisterCommand::Delegate(new)).unwrap();
}

/// I-03
#[test]
fn whoever_chairs_in_the_owner_s_place_does_not_close_the_item() {
    let chairs = RegisterEvent::granted(id("rivera"), role("ai_governance_lead"));
    let mut world = submitted(High).and(chairs);
    lend(&mut world, "rivera", "eriksen", "ai_governance_lead");
    let world = world.in_session().sits("moreau", vote(Yes)).sits("osei", vote(Yes));
    assert_eq!(world.not_sat("eriksen", close_item()), "meeting.conflict");
    let world = world.sits("abara", close_item());
    assert_eq!(outcome(&world), Some(Outcome::Carried));
}

///
#[test]
fn a_seat_that_was_lost_is_not_lent_back() {
    let mut world = submitted(High).in_session();
    let seat = role("ai_governance_committee");
    let taken = RegisterCommand::RevokeRole { person: id("moreau"), role: seat };
    world.keep("root", taken).unwrap();
    lend(&mut world, "osei", "moreau", "ai_governance_committee");
    assert_eq!(world.not_sat("moreau", vote(Yes)), "actor.not_permitted");
}

/// I-05
#[test]
fn a_vote_for_other_content_decides_nothing() {
    let world = submitted(High)
        .in_session()
        .sits("lindqvist", vote(Yes))
        .sits("moreau", vote(Yes))
        .having("rivera", attach(evaluation("2.2")));
    assert_eq!(world.not_sat("abara", close_item()), "approval.stale_dossier");
    let world = world.sits("abara", put_release());
    let items = &world.meetings[&session()].items;
    assert_eq!((items[&1].state.clone(), items[&2].votes.len()), (ItemState::Replaced, 0));
    assert_eq!(world.not_sat("osei", vote(Yes)), "meeting.item_closed");
}

///
#[test]
fn a_member_signs_alone_only_where_the_policy_lets_him() {
    submitted(High).having("lindqvist", approve_as("ai_governance_committee"));
    let world = ruled(|committee| committee.single_approvals = false);
    let alone = world.clone().when("lindqvist", approve_as("ai_governance_committee"));
    alone.refused_as("approval.in_session_only");
    let world = world.in_session().sits("lindqvist", vote(Yes)).sits("moreau", vote(Yes));
    assert_eq!(world.sits("abara", close_item()).release().approvals.len(), 2);
}

///
#[test]
fn an_urgent_session_is_called_with_its_reason_and_a_planned_one_not_for_the_past() {
    let world = submitted(High);
    let call = |urgent| MeetingCommand::Call {
        id: session(),
        title: "Session".into(),
        at: Some(monday() - jiff::SignedDuration::from_hours(1)),
        urgent,
    };
    assert_eq!(world.not_sat("abara", call(None)), "time.wrong_order");
    assert_eq!(world.not_sat("rivera", call(None)), "actor.not_permitted");
    let reason = Some(text("the vendor stops the old version tomorrow"));
    let world = world.sits("lindqvist", call(reason)).sits("abara", MeetingCommand::Open);
    assert_eq!(world.meetings[&session()].members.len(), 3);
    assert!(world.meetings[&session()].call.as_ref().unwrap().urgent.is_some());
}

///
#[test]
fn a_session_without_a_moment_is_called_for_the_moment_of_the_decision() {
    let world = submitted(High);
    let call = |at| MeetingCommand::Call {
        id: session(),
        title: "November session".into(),
        at,
        urgent: None,
    };
    let now = world.clone().sits("abara", call(None));
    assert_eq!(now.meetings[&session()].call.as_ref().unwrap().at, monday());
    let minute = monday() - jiff::SignedDuration::from_secs(59);
    let typed = world.clone().sits("abara", call(Some(minute)));
    assert_eq!(typed.meetings[&session()].call.as_ref().unwrap().at, minute);
    let past = monday() - jiff::SignedDuration::from_secs(61);
    assert_eq!(world.not_sat("abara", call(Some(past))), "time.wrong_order");
}

///
#[test]
fn only_the_chair_opens_and_closes_and_what_is_left_is_postponed() {
    let world = submitted(High);
    let world = world.clone().sits("lindqvist", call_session(&world));
    assert_eq!(world.not_sat("lindqvist", MeetingCommand::Open), "actor.not_permitted");
    assert_eq!(world.not_sat("lindqvist", vote(Yes)), "meeting.wrong_state");
    let world = world.sits("abara", MeetingCommand::Open).sits("moreau", put_release());
    assert_eq!(world.not_sat("osei", put_release()), "meeting.on_the_table");
    assert_eq!(world.not_sat("lindqvist", close_item()), "actor.not_permitted");
    let close = MeetingCommand::Close { minutes: text("too few came"), file: None };
    let world = world.sits("abara", close.clone());
    assert_eq!(world.meetings[&session()].items[&1].state, ItemState::Postponed);
    assert_eq!(world.not_sat("abara", close), "meeting.wrong_state");
    assert!(agenda_is_open(&world));
}

///
#[test]
fn the_committee_approves_a_policy_in_a_session() {
    let world = given(High).drafting_policy_where(|policy| policy.criteria.clear());
    let policy = world.register.policies[1].policy.clone();
    let call = call_session(&world);
    let world = world
        .sits("abara", call)
        .sits("abara", MeetingCommand::Open)
        .sits("abara", MeetingCommand::Put(NewTopic::Policy(policy)))
        .sits("lindqvist", vote(Yes))
        .sits("osei", vote(Yes))
        .sits("abara", close_item());
    let approved = &world.register.policies[1].approved;
    let Approved::Yes { by, .. } = approved else { panic!("{approved:?}") };
    assert_eq!(by.len(), 2);
}

/// A session in which this happening of the release lies on the table.
fn looking_at(world: World, what: &str) -> World {
    let call = call_session(&world);
    let put = NewTopic::Review { release: release("r-1"), what: what.into() };
    let world = world.sits("abara", call).sits("abara", MeetingCommand::Open);
    world.sits("abara", MeetingCommand::Put(put))
}

fn found(world: &World, of: &Reviewed) -> Option<ReviewOutcome> {
    world.release().urgent.reviews.get(of).map(|review| review.outcome)
}

///
#[test]
fn a_reviewed_emergency_waits_for_its_papers_and_the_agenda_says_so() {
    let entry = |world: &World| {
        let mut entries = project::agenda(world.release()).into_iter();
        let found = entries.find(|one| one.closed_at.is_none()).unwrap();
        (found.state, found.title)
    };
    let world = urgently_deployed(High);
    assert_eq!(entry(&world).0, "waiting");
    let world = world.having("osei", review(Reviewed::Emergency, ReviewOutcome::Justified));
    let (state, title) = entry(&world);
    assert_eq!(state, "papers_due");
    assert!(title.starts_with("Reviewed, its papers are still owed: "), "{title}");
}

///
#[test]
fn what_a_session_finds_about_a_suspension_is_its_review() {
    let suspended = deployed(High).having("abara", suspend());
    let world = looking_at(suspended, "suspension-1");
    let world = world.sits("lindqvist", vote(Yes)).sits("moreau", vote(Yes));
    let silent = MeetingCommand::CloseItem { number: 1, statement: None, because: None };
    assert_eq!(world.not_sat("abara", silent), "meeting.reason_missing");
    let world = world.sits("abara", close_item());
    let of = Reviewed::Suspension(1);
    assert_eq!(found(&world, &of), Some(ReviewOutcome::Justified));
    assert!(!agenda_is_open(&world));
    // It is looked at once, in a session or alone.
    let again = review(of, ReviewOutcome::NotJustified);
    world.when("osei", again).refused_as("nothing_to_do");
}

///
#[test]
fn a_session_can_call_an_emergency_misuse_and_a_tie_finds_nothing() {
    let world = looking_at(urgently_deployed(Low), "emergency");
    let tie = world.clone().sits("lindqvist", vote(Yes)).sits("moreau", vote(No));
    assert_eq!(found(&tie.sits("abara", close_item()), &Reviewed::Emergency), None);
    let world = world.sits("lindqvist", vote(No)).sits("moreau", vote(No));
    let plain = world.clone().sits("abara", close_item());
    assert_eq!(found(&plain, &Reviewed::Emergency), Some(ReviewOutcome::NotJustified));
    let (statement, because) = (Some(text("it could have waited")), Some(Objection::Misuse));
    let misuse = MeetingCommand::CloseItem { number: 1, statement, because };
    let world = world.sits("abara", misuse);
    assert_eq!(found(&world, &Reviewed::Emergency), Some(ReviewOutcome::Misuse));
}
