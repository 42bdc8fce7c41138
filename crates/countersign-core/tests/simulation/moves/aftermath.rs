//! After the decision: deployments, deliveries, statements, conditions, suspensions, and the
//! clock that notices what did not come.

use super::{Deed, urgent};
use crate::cast::{anybody, holder, owner};
use crate::dice::Dice;
use crate::house::{House, Step};
use crate::invariants::hold;
use countersign_core::actor::Scope;
use countersign_core::given::*;
use countersign_core::name::{EnvironmentName, ReleaseId};
use countersign_core::release::command::{Command, DeliveryOutcome, NewDeployment};
use countersign_core::release::{Answer, Release, State, Statements, due_commands};
use countersign_core::step::StepKind;
use jiff::SignedDuration;

pub fn next(house: &House, id: &ReleaseId, dice: &mut Dice) -> Option<Deed> {
    let release = house.release(id)?;
    let asked = &release.request.as_ref()?.environments;
    let waiting = asked.iter().find(|place| !release.deployments.contains_key(*place));
    match waiting {
        Some(place) => Some((deployer(house, release, dice)?, deploys(house, place, dice))),
        None => deed(house, release, dice),
    }
}

pub fn deployer(house: &House, release: &Release, dice: &mut Dice) -> Option<Acting> {
    match dice.below(10) {
        0..=3 => owner(house, release),
        4..=6 => Some("zhou".into()),
        7..=8 => Some(machine([Scope::Deployment])),
        _whoever => Some(anybody(dice)),
    }
}

pub fn deploys(house: &House, place: &EnvironmentName, dice: &mut Dice) -> Command {
    let shift = match dice.below(12) {
        0 => Some(dice.hours(-80, 0)),
        1 => Some(dice.hours(1, 5)),
        _now => None,
    };
    Command::RecordDeployment(NewDeployment {
        environment: place.clone(),
        at: shift.map(|hours| house.world().now + SignedDuration::from_hours(hours)),
        change_reference: None,
    })
}

/// Something about a release that was decided or deployed.
pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    let decided = house
        .world()
        .releases
        .iter()
        .filter(|(_, one)| one.state.is_allowed() || one.state == State::Superseded);
    let Some(id) = dice.any(decided.map(|(id, _)| id.clone())) else { return Ok(()) };
    let Some(release) = house.release(&id) else { return Ok(()) };
    let Some((who, command)) = deed(house, release, dice) else { return Ok(()) };
    house.sends(&who, &id, command)
}

fn deed(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let suspends = dice.any(release.plan.as_ref()?.settings.may_suspend.iter())?;
    match dice.below(20) {
        0..=6 => states(house, release, dice),
        7..=10 => told(release, dice),
        11..=14 => closes(house, release, dice),
        15 => Some((holder(house, release, suspends, dice)?, suspend())),
        16..=17 if release.suspended.is_some() => {
            Some((holder(house, release, suspends, dice)?, resume()))
        }
        18 => {
            let place = dice.any(house.world().register.environments.iter())?;
            Some((deployer(house, release, dice)?, deploys(house, place, dice)))
        }
        _something_out_of_place => {
            let wrong = [
                suspend(),
                resume(),
                withdraw(),
                accept_condition(1),
                Command::Submit,
                reject_as("model_owner"),
                attach(evaluation("0.1")),
                confirm_deployment(all_well()),
            ];
            Some((anybody(dice), dice.one(&wrong).clone()))
        }
    }
}

/// The three statements, mostly a yes.
fn states(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let open = release.deployments.iter().filter(|(_, one)| !one.is_confirmed());
    let place = dice.any(open.map(|(place, _)| place.clone()))?;
    let mut statements = all_well();
    if dice.percent(25) {
        let note = dice
            .percent(80)
            .then(|| text(&format!("it is slow since {}", house.world().history.len())));
        statements = Statements { no_issues: Answer::No, note, ..statements };
    }
    let command = Command::ConfirmDeployment { environment: place, statements };
    Some((owner(house, release)?, command))
}

/// A webhook got through, or did not; or the step behind it is done.
fn told(release: &Release, dice: &mut Dice) -> Option<Deed> {
    let plan = release.plan.as_ref()?;
    let hooks = plan.steps.iter().filter(|one| matches!(one.step.kind, StepKind::Webhook(_)));
    let hook = dice.any(hooks)?.step.name.clone();
    let failed = DeliveryOutcome::Failed { error: "connection refused".into() };
    Some(match dice.below(4) {
        0 => (Acting::Countersign, Command::RecordDelivery { step: hook, outcome: failed }),
        1..=2 => (Acting::Countersign, delivered(hook.as_str())),
        _afterwards => {
            let late = plan.steps.iter().filter(|one| one.after_decision);
            let late = dice.any(late)?;
            ("zhou".into(), do_step(late.step.name.as_str()))
        }
    })
}

/// A condition is reported met by who answers for it, and closed or sent back by the role that
/// set it.
fn closes(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let open = release.conditions.iter().filter(|(_, one)| one.closed.is_none());
    let (number, open) = dice.any(open)?;
    if open.report.is_none() {
        let owner = Acting::from(&open.condition.owner);
        return Some((owner, report_condition(*number, &[])));
    }
    let answer = match dice.below(4) {
        0 => send_back_condition(*number),
        _mostly => accept_condition(*number),
    };
    Some((holder(house, release, &open.set_by, dice)?, answer))
}

/// The sweeper looks at everything that could be overdue, and a second server does so as well.
/// Afterwards nothing that is missed is unrecorded, and the second one found nothing to do.
pub fn sweep(house: &mut House, dice: &mut Dice) -> Step {
    let places: Vec<(ReleaseId, EnvironmentName)> = house
        .world()
        .releases
        .iter()
        .flat_map(|(id, one)| one.deployments.keys().map(|place| (id.clone(), place.clone())))
        .collect();
    let servers = if dice.percent(30) { 2 } else { 1 };
    for server in 1..=servers {
        let from = house.world().history.len();
        for (id, place) in &places {
            if server == 1 && !overdue(house, id, place) && dice.percent(90) {
                continue;
            }
            let environment = place.clone();
            let missed = Command::RecordMissedConfirmation { environment };
            house.sends(&Acting::Countersign, id, missed)?;
        }
        let nothing = house.world().history.len() == from;
        hold(server == 1 || nothing, "no deadline fires twice", || "by two servers".into())?;
    }
    urgent::sweep(house)?;
    notices(house)?;
    let lost = places.iter().find(|(id, place)| overdue(house, id, place));
    hold(lost.is_none(), "no deadline is lost", || format!("{lost:?}"))
}

/// Reminders and notices of promises are recorded once.
fn notices(house: &mut House) -> Step {
    let now = house.world().now;
    let known = house.world().releases.iter();
    let due = |one: &Release| due_commands(one, now);
    let all = known.flat_map(|(id, one)| due(one).into_iter().map(|deed| (id.clone(), deed)));
    let all: Vec<_> = all.collect();
    for (id, deed) in all {
        house.sends(&Acting::Countersign, &id, deed)?;
    }
    let again = house.world().releases.values().find(|one| !due(one).is_empty());
    hold(again.is_none(), "no deadline fires twice", || "a promise".into())
}

fn overdue(house: &House, id: &ReleaseId, place: &EnvironmentName) -> bool {
    let deployed = house.release(id).and_then(|release| release.deployments.get(place));
    deployed.is_some_and(|one| {
        let due = one.deployment.confirm_by;
        !one.is_confirmed() && !one.missed && house.world().now > due
    })
}
