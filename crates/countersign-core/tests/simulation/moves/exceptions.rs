//! Exceptions: asked for when something does not hold, accepted by other people, refused, revoked,
//! prolonged; and by people who have no right to any of it.

use super::Deed;
use crate::cast::{anybody, holder, owner};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::assess::GateReport;
use countersign_core::blocker::Reason;
use countersign_core::exception::{AskedException, Course, Exception, ExceptionCommand, Waived};
use countersign_core::given::*;
use countersign_core::name::{ReleaseId, RoleName};
use countersign_core::release::command::Command;
use countersign_core::release::{Release, State};
use jiff::SignedDuration;

/// What somebody does next about what shuts the gate: take the risk of an exception that waits for
/// it, or ask for one.
pub fn next(
    house: &House,
    release: &Release,
    report: &GateReport,
    dice: &mut Dice,
) -> Option<Deed> {
    if let Some(deed) = takes_the_risk(house, release, dice) {
        return Some(deed);
    }
    let shut = report.blockers.iter().filter_map(|blocker| match &blocker.reason {
        Reason::CriterionUnmet { criterion, .. } => Some(Waived::Criterion(criterion.clone())),
        Reason::ItemOpen { item, .. } => Some(Waived::Item(item.clone())),
        _ => None,
    });
    let waives = dice.any(shut)?;
    let who = dice.any(release.requesters().iter()).map(Acting::from)?;
    Some((who, asks(house, release, waives, dice)))
}

/// The next role an exception waits for takes its risk; now and then it does not want to.
fn takes_the_risk(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let now = house.world().now;
    let alive = |one: &AskedException| one.exception.until > now;
    let waiting = release.exceptions.iter().filter(|(_, one)| alive(one));
    let roles = |(number, one): (&u32, &AskedException)| {
        let awaits = one.awaits().into_iter();
        awaits.map(|role| (*number, role)).collect::<Vec<_>>()
    };
    let (number, role) = dice.any(waiting.flat_map(roles))?;
    let who = holder(house, release, &role, dice)?;
    Some((who, decides(number, &role, dice.percent(8))))
}

#[expect(clippy::fn_params_excessive_bools, reason = "it is a yes or a no")]
fn decides(number: u32, role: &RoleName, no: bool) -> Command {
    if no { refuse_exception(number, role.as_str()) } else { accept_risk(number, role.as_str()) }
}

/// Ask for it, most of the time for as long as the policy allows, and as a prolongation when there
/// was one before.
fn asks(house: &House, release: &Release, waives: Waived, dice: &mut Dice) -> Command {
    let hours = match dice.below(8) {
        0 => dice.hours(-3, 3),
        1 => 24 * 91,
        2..=4 => dice.hours(4, 90),
        _weeks => dice.hours(90, 900),
    };
    let before = release.exceptions.iter().filter(|(_, one)| {
        let had = !matches!(one.course, Course::Requested | Course::Refused { .. });
        had && one.exception.waives == waives
    });
    let last = before.map(|(number, _)| *number).max();
    let until = house.world().now + SignedDuration::from_hours(hours);
    let extends = if dice.percent(92) { last } else { Some(1) };
    ask_exception(Exception { until, extends, ..exception(waives, 1) })
}

/// Something about exceptions, at a release that has some.
pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    let with = |one: &&Release| !one.exceptions.is_empty();
    let all = house.world().releases.values().filter(with);
    let Some(id) = dice.any(all.filter_map(|one| one.id.clone())) else { return Ok(()) };
    let Some((who, command)) = deed(house, &id, dice) else { return Ok(()) };
    house.sends(&who, &id, command)
}

fn deed(house: &House, id: &ReleaseId, dice: &mut Dice) -> Option<Deed> {
    let release = house.release(id)?;
    let (number, one) = dice.any(release.exceptions.iter())?;
    let role = dice.any(one.accepted_by.iter())?;
    let (number, named) = (*number, holder(house, release, role, dice));
    let running = matches!(release.state, State::Approved | State::Deployed | State::Confirmed);
    Some(match dice.below(14) {
        0..=3 => takes_the_risk(house, release, dice)?,
        // What it waives is waived for longer, before it ends or afterwards.
        4..=6 => (owner(house, release)?, asks(house, release, one.exception.waives.clone(), dice)),
        7..=8 if running => (owner(house, release)?, asks(house, release, fresh(dice), dice)),
        9 if one.course == Course::Granted => (named?, revoke_exception(number, role.as_str())),
        10 => (Acting::Countersign, expire_exception(number)),
        11 => (named?, accept_risk(number, role.as_str())),
        12 => (anybody(dice), asks(house, release, fresh(dice), dice)),
        _whoever => {
            let end = Command::Exception(ExceptionCommand::Expire { number });
            let deeds = [accept_risk(number, role.as_str()), end];
            (anybody(dice), dice.one(&deeds).clone())
        }
    })
}

/// Something that could be waived, or is never.
fn fresh(dice: &mut Dice) -> Waived {
    match dice.below(5) {
        0 => criterion_waived("hallucination_rate"),
        1 => criterion_waived("no_critical_finding"),
        2 => item_waived("model_card"),
        3 => item_waived("bias_results"),
        _never => item_waived("fria"),
    }
}
