//! The moves of the simulation: what people would do next, what they should not, and what
//! happens around them.

mod aftermath;
mod around;
mod asking;
mod beside;
mod changes;
mod exceptions;
mod faults;
mod people;
mod preparing;
mod records;
mod reviewing;
mod sessions;
mod times;
mod urgent;

use crate::cast::{anybody, owner};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::given::{Acting, text};
use countersign_core::name::ReleaseId;
use countersign_core::release::State;
use countersign_core::release::command::Command;

/// What somebody is about to do.
pub type Deed = (Acting, Command);

/// One step: most of the time the next sensible thing, now and then anything.
pub fn step(house: &mut House, mut dice: Dice) -> Step {
    let dice = &mut dice;
    match dice.below(100) {
        0..=50 => advance(house, dice, None),
        51..=52 => beside::step(house, dice),
        53 => records::step(house, dice),
        54..=57 => sessions::step(house, dice),
        58..=59 => exceptions::step(house, dice),
        60..=61 => people::step(house, dice),
        62 => changes::step(house, dice),
        63..=67 => {
            let who = anybody(dice);
            advance(house, dice, Some(who))
        }
        68..=75 => aftermath::step(house, dice),
        76..=79 => urgent::step(house, dice),
        80..=82 => reviewing::step(house, dice),
        83..=86 => faults::step(house, dice),
        87 => asking::step(house, dice),
        88 if dice.percent(40) => times::step(house, dice),
        88..=92 => around::clock(house, dice),
        93..=96 => aftermath::sweep(house, dice),
        _what_happens_around => around::step(house, dice),
    }
}

/// The release something is done about: one in review, one just approved, or a draft.
fn in_hand(house: &House, dice: &mut Dice) -> Option<ReleaseId> {
    let wanted = match dice.below(10) {
        0..=4 => State::InReview,
        5 => State::Approved,
        _a_draft => State::Draft,
    };
    let releases = house.world().releases.iter();
    let alive = releases.filter(|(_, one)| one.state == wanted).map(|(id, _)| id.clone());
    dice.any(alive)
}

/// Somebody does the next thing for a release: whoever it falls to, or `instead` of them another.
fn advance(house: &mut House, dice: &mut Dice, instead: Option<Acting>) -> Step {
    let few = house
        .world()
        .releases
        .values()
        .filter(|one| matches!(one.state, State::Draft | State::InReview));
    if few.count() < 2 {
        return asking::step(house, dice);
    }
    let Some(id) = in_hand(house, dice).or_else(|| in_hand(house, dice)) else { return Ok(()) };
    if sessions::decide(house, &id) && dice.percent(70) {
        return sessions::about(house, &id, dice);
    }
    let Some((who, command)) = next(house, &id, dice) else { return Ok(()) };
    let who = instead.unwrap_or(who);
    house.sends(&who, &id, command)
}

/// What comes next for a release, and who does it.
fn next(house: &mut House, id: &ReleaseId, dice: &mut Dice) -> Option<Deed> {
    match house.release(id)?.state {
        State::Draft => preparing::next(house, id, dice),
        State::InReview => reviewing::next(house, id, dice),
        State::Approved | State::Deployed | State::Confirmed => aftermath::next(house, id, dice),
        _ended => None,
    }
}

/// The owner gives the release up.
fn gives_up(house: &House, id: &ReleaseId) -> Option<Deed> {
    let owner = owner(house, house.release(id)?)?;
    Some((owner, Command::Withdraw { reason: text("it leads nowhere") }))
}
