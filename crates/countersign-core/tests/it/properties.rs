//! Properties over random histories: several people, several releases of one model, the right
//! moves and the wrong ones. Whatever they do, these invariants hold.

use super::samples::events;
use countersign_core::actor::Scope;
use countersign_core::assess::{self, RuleStatus};
use countersign_core::classification::{ArtifactKind, ChangeType, RiskTier};
use countersign_core::digest::Sha256;
use countersign_core::dossier;
use countersign_core::event::{Envelope, Event};
use countersign_core::exception::Exception;
use countersign_core::given::*;
use countersign_core::incident::Incident;
use countersign_core::meeting::Meeting;
use countersign_core::model::{Model, ModelEvent};
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::policy::Independence;
use countersign_core::project::{self, Listed};
use countersign_core::reading::{FindingState, Outcome, Severity};
use countersign_core::register::{Register, RegisterEvent};
use countersign_core::release::UrgentCommand;
use countersign_core::release::command::Command;
use countersign_core::release::urgent::review::{ReviewOutcome, Reviewed};
use countersign_core::release::urgent::rollback::DrillResult;
use countersign_core::release::{Answer, Artifact, Release, ReleaseEvent, State, Statements};
use countersign_core::rows::Standing;
use countersign_core::stream::StreamId;
use countersign_core::times::Times;
use countersign_core::verdict::{Allow, verdict};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// One move of a script.
#[derive(Debug, Clone)]
enum Move {
    /// Do what comes next for the release spoken of.
    Advance,
    /// Somebody does something, sensible or not.
    Deed(usize, usize),
    /// Somebody whose place it is does this.
    Fitting(usize),
    /// Time passes.
    Wait(i64),
    /// Speak of another release.
    Focus(usize),
    /// Rivera asks for another release.
    Ask(usize, usize),
    /// People, tiers and policies change around the releases.
    Around(usize, usize),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        6 => Just(Move::Advance),
        6 => (0..PEOPLE.len() + 2, 0..DEEDS).prop_map(|(who, what)| Move::Deed(who, what)),
        4 => (0..DEEDS).prop_map(Move::Fitting),
        1 => (1i64..80).prop_map(Move::Wait),
        1 => (0usize..4).prop_map(Move::Focus),
        1 => (0usize..6, 0usize..4).prop_map(|(change, what)| Move::Ask(change, what)),
        1 => (0..AROUND, 0..PEOPLE.len()).prop_map(|(what, who)| Move::Around(what, who)),
    ];
    proptest::collection::vec(one, 10..50)
}

/// Where scripts begin: a release that is prepared, with and without the runbook, approved, or
/// deployed, at every tier. Iyer asks, so that the owner may sign where the row wants another
/// person.
static WORLDS: LazyLock<Vec<World>> = LazyLock::new(|| {
    let prepared = |tier: &RiskTier, by_runbook| {
        let asked = request(ChangeType::NewModel, *tier);
        let asked = if by_runbook { with_runbook(asked) } else { asked };
        given(*tier).having("iyer", ask_for("r-1", asked, weights_and_prompt())).prepared()
    };
    let begins = |tier: &RiskTier| {
        let approved = prepared(tier, false).having("iyer", Command::Submit).approved();
        let deployed = approved.clone().having("zhou", deploy_to(production()));
        [prepared(tier, false), prepared(tier, true), approved, deployed]
    };
    RiskTier::ALL.iter().flat_map(begins).collect()
});

fn who(at: usize) -> Acting {
    match PEOPLE.get(at) {
        Some((person, _)) => Acting::from(*person),
        None if at == PEOPLE.len() => machine(Scope::ALL),
        None => Acting::Countersign,
    }
}

const DEEDS: usize = 44 + CARE;

const CARE: usize = 13;

/// The same for conditions, exceptions and change requests.
fn care(number: usize) -> Deed {
    let rate = |days| exception(criterion_waived("hallucination_rate"), days);
    let again = Exception { extends: Some(1), ..rate(60) };
    match number {
        0 => report_condition(1, &[]).into(),
        1 => send_back_condition(1).into(),
        2 => notice(1).into(),
        3 => ask_exception(rate(5)).into(),
        4 => accept_risk(1, "ai_governance_lead").into(),
        5 => accept_risk(1, "security").into(),
        6 => ask_exception(again).into(),
        7 => accept_risk(2, "ai_governance_lead").into(),
        8 => expire_exception(1).into(),
        9 => revoke_exception(1, "security").into(),
        10 => ask_changes("product_lead").into(),
        11 => answer_changes(1, &[]).into(),
        _any_other => accept_changes(1).into(),
    }
}

/// Who most likely does.
fn caring(number: usize) -> Acting {
    match number {
        1 | 10 | 12 => "chen".into(),
        2 | 8 => Acting::Countersign,
        4 | 7 => "abara".into(),
        5 | 9 => "santos".into(),
        _any_other => "rivera".into(),
    }
}

/// A command by number: every kind of command, some in several moods.
fn deed(number: usize) -> Deed {
    let roles = [
        "model_owner",
        "product_lead",
        "compliance",
        "ai_governance_committee",
        "ai_governance_lead",
        "security_operations_lead",
    ];
    let finding_of = |state| finding("leak", Severity::Critical, state);
    let close = |evidence_id: &str| Command::CloseFinding {
        evidence: evidence(evidence_id),
        finding: "leak".into(),
        reason: text("revoked"),
    };
    let a_no = Statements { no_issues: Answer::No, note: Some(text("slow")), ..all_well() };
    match number {
        0..=5 => approve_as(roles[number]),
        6 => approve_if("product_lead", "rivera"),
        7 => approve_exactly("model_owner", Sha256::of(b"an old dossier")).into(),
        8 => reject_as("product_lead").into(),
        9 => withdraw().into(),
        10 => attach(evaluation("8.1")).into(),
        11 => attach(evaluation("5")).into(),
        12 => attach(scan(vec![finding_of(FindingState::Open)])).into(),
        13 => close("e5").into(),
        14 => close("e6").into(),
        15 => withdraw_evidence("e2").into(),
        16 => withdraw_evidence("e5").into(),
        17 => Command::AddArtifact(artifact(ArtifactKind::Prompt, "second-prompt")).into(),
        18 => Command::RemoveArtifact { name: "system-prompt".into() }.into(),
        19 => raise_concern("confirm-scope").into(),
        20 => resolve_concern(1).into(),
        21 => deploy_to(production()).into(),
        22 => deploy_to(environment("staging")).into(),
        23 => confirm_deployment(all_well()).into(),
        24 => confirm_deployment(a_no).into(),
        25 => Command::RecordMissedConfirmation { environment: production() }.into(),
        26 => suspend().into(),
        27 => resume().into(),
        28 => accept_condition(1).into(),
        29 => Command::Submit.into(),
        30 => say_not_applicable("security_tests").into(),
        31 => delivered("notify-routing").into(),
        32 => attach(injection_suite(Outcome::Fail)).into(),
        44.. => care(number - 44),
        _beside_the_routine => urgent_deed(number).into(),
    }
}

fn urgent_deed(number: usize) -> Command {
    match number {
        33 => claim_authority_of("abara"),
        34 => confirm_authority(),
        35 => deny_authority(),
        36 => roll_back_to("r-1", 9),
        37 => roll_back_to("r-2", 14),
        38 => roll_back_in(environment("staging"), "r-1", 9),
        39 => drill_on("2026-05-11", DrillResult::Worked),
        40 => review(Reviewed::Emergency, ReviewOutcome::Misuse),
        41 => review(Reviewed::Suspension(1), ReviewOutcome::Justified),
        42 => Command::Urgent(UrgentCommand::RemindOfPapers),
        _any_other => Command::Urgent(UrgentCommand::RecordOverduePapers),
    }
}

/// Somebody who may do it, more often than not.
fn fitting(number: usize) -> Acting {
    match number {
        1 | 6 | 8 => "chen".into(),
        2 => "okafor".into(),
        3 => "osei".into(),
        4 | 26 | 27 | 34 | 35 => "abara".into(),
        5 => "haddad".into(),
        13 | 14 | 19 | 20 => "santos".into(),
        21 | 22 | 36..=39 => "zhou".into(),
        40 | 41 => "moreau".into(),
        25 | 31 | 42 | 43 => Acting::Countersign,
        28 => "chen".into(),
        44.. => caring(number - 44),
        _any_other => "rivera".into(),
    }
}

/// What comes next for the release, done by whoever does it.
fn next(world: &World) -> Option<(Acting, Deed)> {
    let release = world.releases.get(&world.current)?;
    match release.state {
        State::Draft => {
            let people = release.requesters();
            Some((Acting::from(people.first()?), Command::Submit.into()))
        }
        State::InReview => {
            let report = world.report();
            let ready = report.steps.iter().find(|step| {
                step.progress == assess::StepProgress::Ready && step.kind != "approval"
            });
            match ready.map(|step| step.step.as_str()) {
                Some("confirm-scope") => Some(("dufour".into(), do_step("confirm-scope").into())),
                Some("check-licences") => {
                    Some(("eriksen".into(), do_step("check-licences").into()))
                }
                Some("attach-evaluation") => {
                    let parts = ["safety", "quality", "regression"];
                    let file = packet("attach-evaluation", "summarizer-v1.pdf", &parts);
                    let attached = report.steps.iter().any(|step| {
                        step.step.as_str() == "attach-evaluation" && step.missing.is_empty()
                    });
                    let upload = complete_upload("attach-evaluation");
                    let command = if attached { upload } else { attach(file) };
                    Some(("iyer".into(), command.into()))
                }
                Some("review-abuse") => Some(("park".into(), questionnaire().into())),
                Some(_) | None => {
                    let open = report.approvals.iter().find(|rule| !rule.satisfied())?;
                    Some((Acting::from(open.eligible.first()?), approve_as(open.role.as_str())))
                }
            }
        }
        State::Approved => Some(("zhou".into(), deploy_to(production()).into())),
        State::Deployed => {
            let owner = world.models.get(&summarizer())?.owner()?;
            Some((Acting::from(owner), confirm_deployment(all_well()).into()))
        }
        State::Absent
        | State::Confirmed
        | State::Rejected
        | State::Withdrawn
        | State::Superseded
        | State::RolledBack
        | State::Retired => None,
    }
}

fn ask(world: &World, change: usize, what: usize) -> Command {
    let name = format!("r-{}", world.releases.len() + 1);
    let tier = world.models[&summarizer()].tier().unwrap_or(RiskTier::Low);
    let named = |mut artifact: Artifact| {
        artifact.digest = Sha256::of(format!("{} {what}", artifact.name).as_bytes());
        artifact
    };
    let mut artifacts: Vec<Artifact> = weights_and_prompt();
    if what > 0 {
        artifacts = artifacts.into_iter().map(named).collect();
    }
    artifacts.truncate(if what == 3 { 1 } else { 2 });
    ask_for(&name, request(ChangeType::ALL[change], tier), artifacts)
}

const AROUND: usize = 5;

fn around(world: World, what: usize, person: usize) -> World {
    let (name, roles) = PEOPLE[person];
    let person = id(name);
    match what {
        0 => {
            let role = role(roles[0]);
            world.and(RegisterEvent::RoleRevoked { person, role })
        }
        1 => world.and(RegisterEvent::granted(person, role("product_lead"))),
        2 => {
            let from = world.models[&summarizer()].tier().unwrap_or(RiskTier::Low);
            world.and(ModelEvent::TierChanged {
                from,
                to: RiskTier::High,
                reason: text("wider use"),
            })
        }
        3 => {
            let from = id("rivera");
            world.and(ModelEvent::OwnerChanged { from, to: person, reason: text("moved") })
        }
        _any_other => world.policy_where(|policy| {
            policy.criteria.clear();
            policy.settings.missed_confirmation_denies = true;
        }),
    }
}

/// Applies a move. A refused command must have changed nothing.
fn play(mut world: World, one: &Move) -> World {
    let deed = match one {
        Move::Advance => next(&world),
        Move::Deed(person, number) => Some((who(*person), deed(*number))),
        Move::Fitting(number) => Some((fitting(*number), deed(*number))),
        Move::Ask(change, what) => Some(("rivera".into(), ask(&world, *change, *what).into())),
        Move::Wait(hours) => return world.later(*hours),
        Move::Around(what, person) => return around(world, *what, *person),
        Move::Focus(at) => {
            let known = world.releases.keys().nth(*at).cloned();
            world.current = known.unwrap_or(world.current);
            return world;
        }
    };
    let Some((actor, deed)) = deed else { return world };
    if matches!(one, Move::Ask(..)) {
        let asked = world.when(actor, deed);
        // A new release is prepared as far as it can be, so that scripts get somewhere.
        return match asked.result {
            Ok(_) => prepared(asked.world()),
            Err(_) => asked.before,
        };
    }
    let before = Before::of(&world);
    let command = deed.command(&world);
    match world.execute(&actor, command) {
        Ok(happened) => decided_rightly(&before, &world, &happened),
        Err(_) => {
            assert_eq!(before.events, world.history.len());
            assert_eq!(before.releases, world.releases);
            assert_eq!(before.models, world.models);
        }
    }
    unchanged(&before, &world);
    world
}

/// What is compared with the world after a command.
struct Before {
    events: usize,
    releases: BTreeMap<ReleaseId, Release>,
    models: BTreeMap<ModelName, Model>,
}

impl Before {
    fn of(world: &World) -> Self {
        let (releases, models) = (world.releases.clone(), world.models.clone());
        Self { events: world.history.len(), releases, models }
    }
}

fn prepared(world: World) -> World {
    let owner = world.models[&summarizer()].owner().cloned();
    if owner == Some(id("rivera")) { world.prepared() } else { world }
}

/// A decision is made only with an open gate, by distinct people, independent where asked.
fn decided_rightly(before: &Before, world: &World, happened: &[ReleaseEvent]) {
    if !happened.iter().any(|event| matches!(event, ReleaseEvent::Approved { .. })) {
        return;
    }
    let was = &before.releases[&world.current];
    let plan = was.plan.as_ref().expect("a plan");
    assert_eq!(assess::content_blockers(was, plan, world.now), []);
    assert!(assess::approvals_complete(world.release(), plan));
    let statuses: Vec<RuleStatus> = world.report().approvals;
    let people: Vec<_> = statuses.iter().flat_map(|status| &status.given).collect();
    assert_eq!(people.iter().collect::<BTreeSet<_>>().len(), people.len(), "one person twice");
}

/// What is final stays final, and a frozen plan stays frozen.
fn unchanged(before: &Before, after: &World) {
    for (id, was) in &before.releases {
        let is = &after.releases[id];
        if matches!(
            was.state,
            State::Rejected | State::Withdrawn | State::RolledBack | State::Retired
        ) {
            assert_eq!(was.state, is.state);
        }
        if was.plan.is_some() {
            assert!(was.plan == is.plan && was.submitted == is.submitted);
        }
        if was.decision.is_some() {
            assert_eq!(was.decision, is.decision);
            assert_eq!(dossier::digest(was), dossier::digest(is));
        }
    }
}

/// What holds of every release at any moment.
fn holds(world: &World) {
    for release in world.releases.values() {
        approvals_hold(release);
        standings_hold(world, release);
        times_hold(world, release);
        let tasks = project::tasks(release);
        let keys: BTreeSet<_> = tasks.iter().map(|task| &task.task).collect();
        assert_eq!(keys.len(), tasks.len());
    }
    one_current(world);
}

fn approvals_hold(release: &Release) {
    let Some(plan) = &release.plan else {
        assert!(release.approvals.is_empty());
        return;
    };
    let standing: Vec<_> = release.approvals.iter().filter(|given| !given.lapsed).collect();
    if !standing.is_empty() {
        let current = dossier::digest(release);
        assert!(standing.iter().all(|given| given.approval.dossier == current));
    }
    for given in release.approvals.iter().map(|given| &given.approval) {
        let rule = &plan.approvals[given.rule as usize];
        assert_eq!(rule.role, given.role);
        assert!(plan.holders[&given.role].contains(&given.person));
        if rule.independent_of.contains(&Independence::Requester) {
            assert!(!release.requesters().contains(&given.person));
        }
        if rule.independent_of.contains(&Independence::ModelOwner) {
            assert_ne!(plan.owner, given.person);
        }
        assert_eq!(given.self_approved, release.requesters().contains(&given.person));
    }
}

fn standings_hold(world: &World, release: &Release) {
    for row in project::standings(release) {
        let allowed = matches!(row.standing, Standing::Allowed { .. });
        let decided = release.state.is_allowed() || release.on_authority().is_some();
        assert!(!allowed || (decided && release.suspended.is_none()));
        assert!(!allowed || release.urgent.left(&row.environment).is_none());
        if release.suspended.is_some() {
            let verdict = world.verdict_on(row.digest, &row.environment);
            assert_eq!(verdict.allow, Allow::Deny);
        }
        let verdict = verdict(&[row], &Times::always(), world.now);
        if verdict.allow == Allow::Allow && release.state.is_allowed() {
            let report = assess::assess(release, None, world.now).expect("a report");
            let bites = ["condition.overdue", "exception.expired"];
            assert!(!report.blockers.iter().any(|blocker| bites.contains(&blocker.code())));
            assert!(!report.criteria.iter().any(assess::CriterionStatus::is_shut));
        }
        assert_eq!(verdict.allow == Allow::Allow, verdict.reasons.is_empty());
        assert!(verdict.valid_until.is_none_or(|until| until >= world.now));
    }
}

fn times_hold(world: &World, release: &Release) {
    if let Some(report) = assess::assess(release, None, world.now) {
        for clock in report.steps.iter().filter_map(|step| step.clock.as_ref()) {
            assert!(clock.due >= clock.since);
        }
        let open = release.state.is_allowed() && report.blockers.is_empty();
        let allows = |digest, place| world.verdict_on(digest, place).allow == Allow::Allow;
        for deployed in release.deployments.values().filter(|_| open) {
            let place = &deployed.deployment.environment;
            let others = world.releases.values().any(|other| other.suspended.is_some());
            let all = deployed.deployment.digests.iter().all(|digest| allows(*digest, place));
            assert!(others || all, "an open gate and a verdict that denies");
        }
    }
    let submitted = release.submitted.as_ref().map(|(at, _)| *at);
    assert!(release.decided_at.is_none_or(|decided| submitted.is_some_and(|at| at <= decided)));
    for deployed in release.deployments.values().map(|deployed| &deployed.deployment) {
        let spoken = release.urgent.emergency.as_ref().map(|one| one.claim.authority.at);
        assert!(spoken.or(release.decided_at).is_some_and(|decided| decided <= deployed.at));
        assert!(deployed.at <= deployed.confirm_by);
    }
}

/// In each slot of each environment at most one release is current.
fn one_current(world: &World) {
    let mut current: BTreeMap<_, Sha256> = BTreeMap::new();
    let may_run = |one: &&Release| one.state.is_allowed() || one.on_authority().is_some();
    for release in world.releases.values().filter(may_run) {
        let running = release.deployments.keys();
        for place in running.filter(|place| release.urgent.left(place).is_none()) {
            for artifact in &release.artifacts {
                if release.superseded.contains(&(place.clone(), artifact.digest)) {
                    continue;
                }
                let slot = (place.clone(), artifact.kind, artifact.name.clone());
                let other = current.insert(slot, artifact.digest);
                assert!(other.is_none_or(|digest| digest == artifact.digest), "two are current");
            }
        }
    }
}

/// The fold of the stored bytes is the state.
fn replays(world: &World) {
    let (mut register, mut models, mut releases) =
        (Register::default(), BTreeMap::new(), BTreeMap::new());
    let mut incidents: BTreeMap<_, Incident> = BTreeMap::new();
    for envelope in &world.history {
        let stored = envelope.encode().expect("it encodes");
        let Envelope { stream, at, by, event, .. } = Envelope::decode(&stored).expect("it decodes");
        match (stream, event) {
            (StreamId::Release(id), Event::Release(event)) => {
                releases.entry(id).or_insert_with(Release::default).evolve(at, &by, &event);
            }
            (StreamId::Model(name), Event::Model(event)) => {
                models.entry(name).or_insert_with(Model::default).evolve(at, &by, &event);
            }
            (StreamId::Register, Event::Register(event)) => register.evolve(at, &event),
            (StreamId::Incident(id), Event::Incident(event)) => {
                incidents.entry(id).or_default().evolve(at, &by, &event);
            }
            (stream, event) => panic!("{event:?} in {stream}"),
        }
    }
    assert_eq!(register, world.register);
    assert_eq!(models, world.models);
    assert_eq!(incidents, world.incidents);
    assert_eq!(releases, world.releases);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// I-02, I-03, I-04, I-09, I-17
    #[test]
    fn whatever_people_do_the_invariants_hold(start in 0..WORLDS.len(), script in moves()) {
        let mut world = WORLDS[start].clone();
        holds(&world);
        for one in &script {
            let before = (world.history.len(), world.now);
            world = play(world, one);
            if before != (world.history.len(), world.now) {
                holds(&world);
            }
        }
        replays(&world);
    }

    #[test]
    fn evolve_takes_any_event_in_any_state(order in proptest::collection::vec(0usize..64, 0..40)) {
        static SAMPLES: LazyLock<Vec<Envelope>> =
            LazyLock::new(|| events().into_values().collect());
        let samples = &*SAMPLES;
        let mut release = Release::default();
        let (mut model, mut register) = (Model::default(), Register::default());
        let mut meeting = Meeting::default();
        let mut incident = Incident::default();
        let mut risk = countersign_core::risk::Risk::default();
        let mut exclusion = countersign_core::sandbox::Exclusion::default();
        for at in order {
            let envelope = &samples[at % samples.len()];
            match &envelope.event {
                Event::Release(event) => release.evolve(envelope.at, &envelope.by, event),
                Event::Model(event) => model.evolve(envelope.at, &envelope.by, event),
                Event::Meeting(event) => meeting.evolve(envelope.at, &envelope.by, event),
                Event::Incident(event) => incident.evolve(envelope.at, &envelope.by, event),
                Event::Risk(event) => risk.evolve(envelope.at, &envelope.by, event),
                Event::Sandbox(event) => exclusion.evolve(envelope.at, &envelope.by, event),
                Event::Register(event) => register.evolve(envelope.at, event),
            }
            let _ = (project::meeting_tasks(&meeting), project::meeting_entries(&meeting));
            for listed in [&incident as &dyn Listed, &risk, &exclusion] {
                let _ = (listed.subject(), listed.entry(), listed.tasks());
            }
            let _ = assess::assess(&release, None, envelope.at);
            let _ = (project::standings(&release), project::tasks(&release));
            let _ = (project::release_row(&release), project::model_row(&model));
        }
    }
}

///
#[test]
fn nothing_is_allowed_by_nothing() {
    assert_eq!(verdict(&[], &Times::always(), monday()).allow, Allow::Deny);
    let world = given(RiskTier::Low);
    assert_eq!(world.verdict_on(Sha256::of(b"unseen"), &production()).allow, Allow::Deny);
}
