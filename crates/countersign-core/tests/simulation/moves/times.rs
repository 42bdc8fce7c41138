//! When something new may be deployed: windows, freezes, and releases approved ahead of their time.

use crate::cast::{anybody, owner};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::freeze::NewFreeze;
use countersign_core::given::*;
use countersign_core::register::{RegisterCommand, TimesCommand};
use countersign_core::release::State;
use countersign_core::release::command::Command;
use countersign_core::schedule::Schedule;
use jiff::SignedDuration;

/// The windows an environment may have. None begins or ends in the hour that clocks skip or show
/// twice; other tests do that.
const WINDOWS: [&[&str]; 4] =
    [&[], &["mon-fri 06:00-22:00"], &["mon-sun 00:00-24:00"], &["fri-mon 20:00-11:30"]];

pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    match dice.below(8) {
        0..=2 => freezes(house, dice),
        3..=4 => lifts(house, dice),
        5 => sets(house, dice),
        _a_release => reschedules(house, dice),
    }
}

/// Who keeps them, and now and then somebody who does not.
fn keeper(dice: &mut Dice) -> Acting {
    match dice.below(10) {
        0..=4 => "root".into(),
        5..=7 => "abara".into(),
        8 => "zhou".into(),
        _whoever => anybody(dice),
    }
}

fn freezes(house: &mut House, dice: &mut Dice) -> Step {
    let after = |hours| house.world().now + SignedDuration::from_hours(hours);
    let begins = dice.hours(-1, 30);
    let from = dice.percent(60).then(|| after(begins));
    let until = after(begins.max(0) + dice.hours(0, 40));
    let environments = match dice.below(3) {
        0 => [environment("staging")].into(),
        1 => [production()].into(),
        _both => [environment("staging"), production()].into(),
    };
    let (name, reason) = ("stocktaking".into(), text("the shelves are counted"));
    let new = NewFreeze { name, environments, from, until, reason };
    house.sends_to_register(&keeper(dice), RegisterCommand::Times(TimesCommand::DeclareFreeze(new)))
}

fn lifts(house: &mut House, dice: &mut Dice) -> Step {
    let known = house.world().register.times.freezes.len();
    let number = u32::try_from(dice.below(known + 1) + 1).unwrap_or(1);
    house.sends_to_register(&keeper(dice), lift_freeze(number))
}

fn sets(house: &mut House, dice: &mut Dice) -> Step {
    let texts = if dice.percent(50) { WINDOWS[0] } else { dice.one(&WINDOWS) };
    let windows = texts.iter().map(|text| text.parse().expect("a window")).collect();
    let environment = if dice.percent(50) { production() } else { environment("staging") };
    let command = RegisterCommand::Times(TimesCommand::SetChangeWindows { environment, windows });
    house.sends_to_register(&keeper(dice), command)
}

/// The owner moves the time of a release that is on its way, and seldom of one that is not.
fn reschedules(house: &mut House, dice: &mut Dice) -> Step {
    let wanted = if dice.percent(90) { State::InReview } else { State::Approved };
    let releases = house.world().releases.iter().filter(|(_, one)| one.state == wanted);
    let Some(id) = dice.any(releases.map(|(id, _)| id.clone())) else { return Ok(()) };
    let Some(who) = house.release(&id).and_then(|one| owner(house, one)) else { return Ok(()) };
    let after = |hours| house.world().now + SignedDuration::from_hours(hours);
    let schedule = Schedule {
        not_before: dice.percent(60).then(|| after(dice.hours(0, 90))),
        not_after: dice.percent(40).then(|| after(dice.hours(-5, 400))),
    };
    house.sends(&who, &id, Command::Reschedule(schedule))
}
