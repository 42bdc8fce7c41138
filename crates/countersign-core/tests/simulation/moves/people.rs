//! People who are away and lend their roles, and people with two accounts.

use crate::cast::{STRANGER, anybody};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::given::*;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::register::{Delegation, NewDelegation, RegisterCommand};
use jiff::SignedDuration;

/// Second accounts, and whose they may turn out to be.
const SECOND: &[&str] = &["moreau", "abara", "ferro", "chen"];

pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    match dice.below(24) {
        0..=13 => lends(house, dice),
        14..=17 => lends_back(house, dice),
        18..=20 => ends(house, dice),
        21 if dice.percent(35) => links(house, dice),
        _on_and_to_himself => passes_on(house, dice),
    }
}

/// Somebody who holds a role.
fn held(house: &House, dice: &mut Dice) -> Option<(PersonId, RoleName)> {
    let world = house.world();
    let grants = world.register.grants.iter();
    let all = grants.flat_map(|(person, held)| held.keys().map(move |role| (person, role)));
    let now = all.filter(|(person, role)| world.register.holds(person, role, world.now));
    dice.any(now).map(|(person, role)| (person.clone(), role.clone()))
}

fn lends(house: &mut House, dice: &mut Dice) -> Step {
    let Some((from, role)) = held(house, dice) else { return Ok(()) };
    let to = match dice.below(8) {
        0 => id(STRANGER),
        1 => id(dice.one::<&str>(SECOND)),
        _another => id(dice.one(PEOPLE).0),
    };
    lend(house, (from, to), role, dice)
}

fn lend(
    house: &mut House,
    (from, to): (PersonId, PersonId),
    role: RoleName,
    dice: &mut Dice,
) -> Step {
    let begins = dice.percent(30).then(|| dice.hours(-2, 60));
    let after = |hours| house.world().now + SignedDuration::from_hours(hours);
    let ends = after(begins.unwrap_or(0) + dice.hours(-1, 600));
    let (begins, reason) = (begins.map(after), text("on leave"));
    let new = NewDelegation { to, role, begins, ends, reason };
    house.sends_to_register(&Acting::Person(from), RegisterCommand::Delegate(new))
}

fn living(house: &House, dice: &mut Dice) -> Option<Delegation> {
    let now = house.world().now;
    dice.any(house.world().register.delegations.values().filter(|one| !one.is_over(now))).cloned()
}

/// Whoever stands in lends the role back. When the other one lost it meanwhile and this one was
/// given it himself, only a rule is in the way.
fn lends_back(house: &mut House, dice: &mut Dice) -> Step {
    let Some(Delegation { from, to, role, .. }) = living(house, dice) else { return Ok(()) };
    if dice.percent(40) {
        let (person, term) = (to.clone(), Default::default());
        let given = RegisterCommand::GrantRole { person, role: role.clone(), term };
        house.sends_to_register(&"root".into(), given)?;
        let taken = RegisterCommand::RevokeRole { person: from.clone(), role: role.clone() };
        house.sends_to_register(&"root".into(), taken)?;
    }
    lend(house, (to, from), role, dice)
}

/// Whoever stands in lends the role on; a holder lends it to his own other account.
fn passes_on(house: &mut House, dice: &mut Dice) -> Step {
    if dice.percent(50) {
        let Some(Delegation { to, role, .. }) = living(house, dice) else { return Ok(()) };
        return lend(house, (to, id(dice.one(PEOPLE).0)), role, dice);
    }
    let Some((from, role)) = held(house, dice) else { return Ok(()) };
    let accounts = house.world().register.accounts_of(&from);
    let Some(to) = dice.any(accounts.into_iter()) else { return Ok(()) };
    lend(house, (from, to), role, dice)
}

fn ends(house: &mut House, dice: &mut Dice) -> Step {
    let known = house.world().register.delegations.len();
    let number = u32::try_from(dice.below(known + 1) + 1).unwrap_or(1);
    let one = house.world().register.delegations.get(&number);
    let who = match (one, dice.below(4)) {
        (Some(one), 0..=1) => Acting::Person(one.from.clone()),
        (Some(one), 2) => Acting::Person(one.to.clone()),
        (_, _) => anybody(dice),
    };
    house.sends_to_register(&who, RegisterCommand::EndDelegation { number })
}

/// The stranger turns out to be somebody who works here.
fn links(house: &mut House, dice: &mut Dice) -> Step {
    let by = if dice.percent(60) { Acting::Countersign } else { "root".into() };
    let (person, same_as) = (id(STRANGER), id(dice.one::<&str>(SECOND)));
    house.sends_to_register(&by, RegisterCommand::LinkAccounts { person, same_as })
}
