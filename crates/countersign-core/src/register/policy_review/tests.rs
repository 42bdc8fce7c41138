use super::*;
use crate::classification::ChangeType::NewModel;
use crate::classification::RiskTier::Low;
use crate::given::*;
use crate::register::RegisterCommand;
use jiff::SignedDuration;

fn policy_of(world: &World) -> PolicyRef {
    world.register.policies.last().unwrap().policy.clone()
}

fn review(world: &World) -> RegisterCommand {
    let (policy, outcome) = (policy_of(world), ReviewConclusion::Keep);
    RegisterCommand::Review(ReviewCommand::Review { policy, outcome, text: text("all is well") })
}

fn ask(world: &World, kind: TriggerKind) -> RegisterCommand {
    let (policy, text) = (policy_of(world), text("another orchestrator"));
    RegisterCommand::Review(ReviewCommand::Ask { policy, kind, text })
}

/// What is due in this world by its own facts.
fn due(world: &World) -> Vec<Trigger> {
    let failures = world.releases.values().flat_map(failures_of);
    let incidents = world.incidents.values().filter_map(incident_failure);
    let facts = ReviewFacts { failures: failures.chain(incidents).collect(), tooling: Vec::new() };
    let due = due_reviews(&world.register, &facts, world.now).into_iter();
    due.map(|(_, trigger)| trigger).collect()
}

/// The clock opens what is due.
fn looked_at_the_clock(mut world: World) -> World {
    let policy = policy_of(&world);
    for trigger in due(&world) {
        let command =
            RegisterCommand::Review(ReviewCommand::Open { policy: policy.clone(), trigger });
        world.keep(Acting::Countersign, command).unwrap();
    }
    world
}

/// So many releases are rejected.
fn rejected(mut world: World, count: u32) -> World {
    for n in 1..=count {
        let name = format!("r-{n}");
        world = world
            .having("rivera", ask_for(&name, request(NewModel, Low), weights_and_prompt()))
            .prepared()
            .submitted()
            .having("rivera", reject_as("model_owner"))
            .later(24);
    }
    world
}

///
#[test]
fn a_review_is_due_a_year_after_the_last_and_people_are_reminded_a_month_before() {
    let mut world = given(Low);
    world.now = at("2026-12-01T08:00:00Z");
    assert_eq!(due(&world), []);
    world.now = at("2026-12-02T08:00:00Z");
    let trigger = due(&world).remove(0);
    assert_eq!((trigger.kind, trigger.due), (TriggerKind::Annual, "2027-01-01".parse().ok()));
    let mut world = looked_at_the_clock(world);
    assert_eq!(due(&world), [], "once");
    let task = crate::project::register_tasks(&world.register).remove(0);
    assert_eq!(task.role, Some(role("ai_governance_lead")));
    assert_eq!(task.due, Some(at("2026-12-31T23:00:00Z")));
    world.keep("abara", review(&world)).unwrap();
    assert_eq!(crate::project::register_tasks(&world.register), []);
    let rows = crate::project::register_entries(&world.register);
    let row = rows.iter().find(|row| row.kind == crate::entry::EntryKind::PolicyReview).unwrap();
    assert_eq!((row.state.as_str(), row.owner.clone()), ("keep", Some(id("abara"))));
    let next = world.register.policies.last().unwrap().next_review(&calendar());
    assert_eq!(next, "2027-12-02".parse().ok());
}

///
#[test]
fn a_new_version_of_a_runbook_its_plans_use_asks_for_a_review() {
    let world = given(Low).policy_where(|policy| {
        let when = crate::classification::Condition::Always;
        policy.offers.push(crate::policy::Offer { runbook: runbook().name, when, required: false });
    });
    assert_eq!(due(&world), []);
    let mut world = world.later(24);
    let first = crate::runbook::Runbook { name: "other".parse().unwrap(), ..runbook() };
    world = world.publishing_runbook(first);
    assert_eq!(due(&world), [], "a runbook nobody offers changes nothing");
    let next = crate::runbook::Runbook { version: "0.2.0".into(), ..runbook() };
    let mut world = world.publishing_runbook(next);
    let trigger = due(&world).remove(0);
    assert_eq!(trigger.kind, TriggerKind::Process);
    assert_eq!(trigger.changed, [format!("runbook {} 0.2.0", runbook().name)]);
    world.now += SignedDuration::from_hours(1);
    world.keep("moreau", review(&world)).unwrap();
    assert_eq!(due(&world), [], "it was looked at");
}

///
#[test]
fn a_version_that_changes_who_approves_or_the_process_asks_for_a_review() {
    let same = given(Low).policy_where(|policy| policy.settings.lease_minutes = 5);
    assert_eq!(due(&same), []);
    let changed = given(Low).policy_where(|policy| {
        for rule in policy.rows.iter_mut().flat_map(|row| &mut row.approvals) {
            rule.count += 1;
        }
    });
    let trigger = due(&changed).remove(0);
    assert_eq!(trigger.kind, TriggerKind::Process);
    assert!(trigger.changed.iter().all(|one| one.starts_with("approval of")), "{trigger:?}");
}

///
#[test]
fn a_new_environment_asks_for_a_review_and_so_may_whoever_keeps_the_policy() {
    let world = given(Low);
    assert_eq!(due(&world), [], "what is set up with the policy is no change");
    let name = environment("edge");
    let mut world = world.later(24).and(RegisterEvent::EnvironmentDefined { name });
    let trigger = due(&world).remove(0);
    assert_eq!(
        (trigger.kind, trigger.changed),
        (TriggerKind::Tooling, vec!["environment edge".into()])
    );
    let token = ToolingChange { what: "deployment token ci".into(), at: world.now };
    let facts = ReviewFacts { tooling: vec![token], ..ReviewFacts::default() };
    let (_, trigger) = due_reviews(&world.register, &facts, world.now).remove(0);
    assert_eq!(trigger.changed, ["environment edge", "deployment token ci"]);
    world.keep("abara", ask(&world, TriggerKind::Tooling)).unwrap();
    assert_eq!(due(&world), [], "one is open already");
    let again = world.keep("abara", ask(&world, TriggerKind::Tooling)).unwrap_err();
    assert_eq!(again.code(), "nothing_to_do");
    let stranger = world.keep("chen", ask(&world, TriggerKind::Process)).unwrap_err();
    assert_eq!(stranger.code(), "actor.not_permitted");
}

///
#[test]
fn three_failed_releases_in_a_quarter_ask_for_a_review_once_until_somebody_looked() {
    assert_eq!(due(&rejected(given(Low).later(1), 2)), []);
    let world = rejected(given(Low).later(1), 3);
    let trigger = due(&world).remove(0);
    assert_eq!(trigger.kind, TriggerKind::Failures);
    let releases: Vec<_> = trigger.failures.iter().map(|one| one.release.as_str()).collect();
    assert_eq!(releases, ["r-1", "r-2", "r-3"]);
    let old = world.clone().later(90 * 24);
    assert_eq!(due(&old), [], "they are too long ago");
    let mut world = looked_at_the_clock(world);
    assert_eq!(due(&world), []);
    world.keep("abara", review(&world)).unwrap();
    assert_eq!(due(&world), [], "they were looked at");
}

///
#[test]
fn a_release_that_failed_in_several_ways_is_one_failure() {
    let world = deployed(Low).having("abara", suspend()).having("abara", resume());
    let world = world.having("abara", suspend());
    let kinds: Vec<_> = failures_of(world.release()).iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [FailureKind::Suspended, FailureKind::Suspended]);
    assert_eq!(due(&world), []);
    let missed = deployed(Low).later(72).having(
        Acting::Countersign,
        crate::release::Command::RecordMissedConfirmation { environment: production() },
    );
    assert_eq!(failures_of(missed.release())[0].kind, FailureKind::ConfirmationMissed);
    assert_eq!(failures_of(deployed(Low).release()), []);
}

#[test]
fn nobody_but_the_clock_opens_what_is_due_and_nobody_but_its_keepers_reviews_a_policy() {
    let mut world = given(Low);
    let trigger = Trigger::of(TriggerKind::Annual);
    let open = RegisterCommand::Review(ReviewCommand::Open { policy: policy_of(&world), trigger });
    assert_eq!(world.keep("abara", open).unwrap_err().code(), "actor.not_permitted");
    for (person, code) in [("root", "actor.not_permitted"), ("quinn", "actor.reads_only")] {
        assert_eq!(world.keep(person, review(&world)).unwrap_err().code(), code, "{person}");
    }
    let mut waiting = world.drafting_policy_where(|policy| policy.settings.lease_minutes = 5);
    let refused = waiting.keep("abara", review(&waiting)).unwrap_err();
    assert_eq!(refused.code(), "release.wrong_state");
}

///
#[test]
fn a_version_that_another_one_followed_is_reviewed_no_more() {
    let world = given(Low);
    let (old, review_old) = (policy_of(&world), review(&world));
    let mut world = world.policy_where(|policy| policy.settings.lease_minutes = 5);
    assert_ne!(policy_of(&world), old);
    let refused = world.keep("abara", review_old).unwrap_err();
    assert_eq!(refused.code(), "not_found");
    assert!(refused.to_string().starts_with("there is no policy in force `"), "{refused}");
    assert!(refused.next_step().contains("countersign policy list"));
    let ask = ReviewCommand::Ask { policy: old, kind: TriggerKind::Process, text: text("x") };
    let refused = world.keep("abara", RegisterCommand::Review(ask)).unwrap_err();
    assert_eq!(refused.code(), "not_found");
    world.keep("abara", review(&world)).unwrap();
}

#[test]
fn a_history_from_before_reviews_were_kept_asks_for_none() {
    let mut world = given(Low);
    let (policy, people) = (policy_of(&world), crate::people::PeopleRules::default());
    let policy = PolicyRef { version: "0.9".into(), ..policy };
    let effective = "2025-01-01".parse().unwrap();
    let old =
        RegisterEvent::PolicyPublished { policy, effective, people, awaits: None, review: None };
    world = world.and(old);
    assert_eq!(due(&world), []);
}
