//! Records: legal holds, purges of what was kept long enough, copies taken along. The verdict does
//! not depend on what is still there of a file.

use crate::cast::{MODELS, anybody, model, owner};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::actor::Scope;
use countersign_core::given::*;
use countersign_core::name::ReleaseId;
use countersign_core::register::{HoldScope, RegisterCommand};
use countersign_core::release::Release;
use countersign_core::release::command::Command;

pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    match dice.below(10) {
        0 => places(house, dice),
        1..=2 => lifts(house, dice),
        _records => purges(house, dice),
    }
}

fn keeper(dice: &mut Dice) -> Acting {
    match dice.below(6) {
        0..=2 => "weiss".into(),
        3..=4 => "okafor".into(),
        _whoever => anybody(dice),
    }
}

fn places(house: &mut House, dice: &mut Dice) -> Step {
    let one = dice.any(house.world().releases.keys().cloned()).filter(|_| dice.percent(80));
    let about = one.as_ref().and_then(|id| house.release(id)?.request.as_ref());
    let about = about.map_or_else(|| model(dice.one(&MODELS).0), |request| request.model.clone());
    let scope = HoldScope { model: about, release: one };
    let reason = text("a court asks for it");
    house.sends_to_register(&keeper(dice), RegisterCommand::PlaceHold { scope, reason })
}

fn lifts(house: &mut House, dice: &mut Dice) -> Step {
    let known = house.world().register.holds.len();
    let number = u32::try_from(dice.below(known + 1) + 1).unwrap_or(1);
    house.sends_to_register(&keeper(dice), lift_hold(number))
}

/// Mostly of what ended; now and then of what runs, by one person alone, or under a hold.
fn purges(house: &mut House, dice: &mut Dice) -> Step {
    let ended = |one: &&Release| one.kept.settled.is_some() && !one.state.is_allowed();
    let waits = |one: &&Release| one.kept.purges.values().any(|purge| purge.waits());
    let all = || house.world().releases.values();
    let aimed: Option<ReleaseId> = match dice.below(10) {
        0..=3 => dice.any(all().filter(waits).filter_map(|one| one.id.clone())),
        4..=8 => dice.any(all().filter(ended).filter_map(|one| one.id.clone())),
        _any => dice.any(all().filter_map(|one| one.id.clone())),
    };
    let Some(release) = aimed.as_ref().and_then(|id| house.release(id)) else { return Ok(()) };
    let waiting = release.kept.purges.iter().find(|(_, purge)| purge.waits());
    let owns = owner(house, release).unwrap_or_else(|| "okafor".into());
    let (who, command): (Acting, Command) = match (waiting, dice.below(10)) {
        (Some((number, _)), 0..=5) => ("okafor".into(), confirm_purge(*number)),
        (Some((number, purge)), 6..=7) => (Acting::from(&purge.proposed.1), confirm_purge(*number)),
        (Some((number, _)), 8) => ("okafor".into(), refuse_purge(*number)),
        (None, 0..=4) => (owns, propose_purge(&[])),
        (None, 5..=6) => ("okafor".into(), propose_purge(&["e1"])),
        (None, 7) => (machine([Scope::Export]), take_copy()),
        (..) => (anybody(dice), propose_purge(&[])),
    };
    let Some(id) = aimed else { return Ok(()) };
    house.sends(&who, &id, command)
}
