//! What happens around the releases: time, people, tiers, owners, policies, runbooks, calendars.

use crate::cast::{MODELS, POLICIES, STRANGER, anybody, model, written};
use crate::compared;
use crate::dice::Dice;
use crate::house::{House, Step};
use crate::invariants::hold;
use crate::moves::aftermath;
use countersign_core::calendar::BusinessCalendar;
use countersign_core::classification::RiskTier;
use countersign_core::given::*;
use countersign_core::model::{ModelCommand, Registration};
use countersign_core::register::{Approved, RegisterCommand, Term};
use countersign_core::runbook::Runbook;
use countersign_core::sla::Sla;
use countersign_core::step::StepKind;
use countersign_core::step::file_upload::NameRule;
use jiff::{SignedDuration, ToSpan};

/// Time goes on: hours, a weekend, weeks. Now and then a clock is set back, and put right later.
pub fn clock(house: &mut House, dice: &mut Dice) -> Step {
    if house.behind > SignedDuration::ZERO && dice.percent(40) {
        let behind = std::mem::take(&mut house.behind);
        return house.clock(behind);
    }
    let hours = match dice.below(40) {
        0..=24 => dice.hours(0, 30),
        25..=34 => dice.hours(24, 100),
        35..=37 => dice.hours(200, 1_000),
        38 => -dice.hours(1, 48),
        _a_whole_year => -dice.hours(8_760, 9_000),
    };
    let by = SignedDuration::from_hours(hours);
    if hours >= 0 {
        return house.clock(by);
    }
    // What is overdue by now is on record when the clock goes wrong.
    aftermath::sweep(house, dice)?;
    let before = compared::standing(house);
    house.behind -= by;
    house.clock(by)?;
    let after = compared::standing(house);
    let valid = after.iter().find(|(key, now)| {
        let was = before.get(*key).cloned().unwrap_or_default();
        now.is_empty() && !was.is_empty() && !was.iter().any(|code| ENDS.contains(&code.as_str()))
    });
    hold(valid.is_none(), "no decision becomes valid when a clock is set back", || {
        format!("{valid:?}")
    })
}

/// Ends that no event records: a clock that is set back by less than the time since the decision
/// stands before them again. Windows come every week, and a clock that is set back may stand in the
/// one before; a freeze that was declared ahead has not begun for it, and a schedule has not ended.
const ENDS: [&str; 5] = [
    "condition.overdue",
    "authority.unconfirmed",
    "environment.outside_window",
    "environment.frozen",
    "release.too_late",
];

pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    match dice.below(16) {
        0..=5 => roles_change(house, dice),
        6..=8 => tier_changes(house, dice),
        9 => owner_changes(house, dice),
        10 => policy_changes(house, dice),
        11 => policy_is_judged(house, dice),
        12 => runbook_changes(house, dice),
        13 => calendar_changes(house, dice),
        14 => {
            let name = environment(["canary", "production"][dice.below(2)]);
            house.sends_to_register(&"root".into(), RegisterCommand::DefineEnvironment { name })
        }
        _registered_twice => {
            let (name, owner, tier) = *dice.one(&MODELS);
            let registration = Registration {
                name: model(name),
                title: name.into(),
                owner: id(owner),
                tier,
                intended_use: text("once more"),
            };
            let deed = ModelCommand::Register(registration);
            house.sends_to_model(&anybody(dice), &model(name), deed)
        }
    }
}

/// Roles come and go; what went comes back more often, so that work does not stop for ever.
fn roles_change(house: &mut House, dice: &mut Dice) -> Step {
    let (name, held) = *dice.one(PEOPLE);
    let by = if dice.percent(85) { Acting::from("root") } else { anybody(dice) };
    let person = if dice.percent(6) { id(STRANGER) } else { id(name) };
    let role = if dice.percent(80) { role(held[0]) } else { role(dice.one(PEOPLE).1[0]) };
    let now = house.world().now;
    let holds = house.world().register.holds(&person, &role, now);
    let deed = if holds && dice.percent(60) {
        RegisterCommand::RevokeRole { person, role }
    } else {
        RegisterCommand::GrantRole { person, role, term: term(house, dice) }
    };
    house.sends_to_register(&by, deed)?;
    let missing = PEOPLE.iter().find(|(person, held)| {
        let first = countersign_core::given::role(held[0]);
        !house.world().register.holds(&id(person), &first, now)
    });
    match missing.filter(|_| dice.percent(70)) {
        Some((person, held)) => {
            let (person, role) = (id(person), countersign_core::given::role(held[0]));
            let term = Term::default();
            house.sends_to_register(
                &"root".into(),
                RegisterCommand::GrantRole { person, role, term },
            )
        }
        None => Ok(()),
    }
}

/// Most roles are given for good, some for a time, some from a day to come.
fn term(house: &House, dice: &mut Dice) -> Term {
    let after = |hours| Some(house.world().now + SignedDuration::from_hours(hours));
    match dice.below(8) {
        0 => Term { from: None, until: after(dice.hours(1, 400)) },
        1 => Term { from: after(dice.hours(1, 100)), until: None },
        2 => Term { from: after(dice.hours(-9, 50)), until: after(dice.hours(20, 300)) },
        _for_good => Term::default(),
    }
}

fn tier_changes(house: &mut House, dice: &mut Dice) -> Step {
    let (name, owner, tier) = *dice.one(&MODELS);
    let to = if dice.percent(50) { tier } else { *dice.one(RiskTier::ALL) };
    let by = match dice.below(4) {
        0 => anybody(dice),
        1 => owner.into(),
        _the_lead => "abara".into(),
    };
    let deed = ModelCommand::ChangeTier { to, reason: text("wider use") };
    house.sends_to_model(&by, &model(name), deed)
}

fn owner_changes(house: &mut House, dice: &mut Dice) -> Step {
    let (name, owner, _) = *dice.one(&MODELS);
    let to = if dice.percent(60) { owner } else { dice.one(PEOPLE).0 };
    let by = if dice.percent(80) { Acting::from("abara") } else { anybody(dice) };
    let deed = ModelCommand::ChangeOwner { to: id(to), reason: text("moved to another team") };
    house.sends_to_model(&by, &model(name), deed)
}

/// Another policy is published, in force today or some days from now.
fn policy_changes(house: &mut House, dice: &mut Dice) -> Step {
    let (variant, edition) = (dice.below(POLICIES), house.world().policies.len());
    let mut policy = written(variant, edition);
    let today = calendar().date_at(house.world().now);
    let days = if dice.percent(50) { 0 } else { dice.hours(1, 20) };
    policy.document.effective = today.checked_add(days.days()).unwrap_or(today);
    house.becomes(|world| world.drafting(policy))?;
    if !dice.percent(60) {
        return Ok(());
    }
    // The body it names approves it at once.
    let published = house.world().register.policies.last().map(|one| one.policy.clone());
    let members =
        house.world().register.holders(&role("ai_governance_committee"), house.world().now);
    for (policy, member) in published.iter().cycle().zip(members) {
        let approve = RegisterCommand::ApprovePolicy { policy: policy.clone(), comment: None };
        house.sends_to_register(&Acting::Person(member), approve)?;
    }
    Ok(())
}

/// A policy that waits is approved by the body it names, or declined.
fn policy_is_judged(house: &mut House, dice: &mut Dice) -> Step {
    let published = house.world().register.policies.iter();
    let waiting = published.filter(|one| one.approved == Approved::Awaited);
    let Some(policy) = dice.any(waiting.map(|one| one.policy.clone())) else { return Ok(()) };
    let deed = if dice.percent(75) {
        RegisterCommand::ApprovePolicy { policy, comment: None }
    } else {
        RegisterCommand::DeclinePolicy { policy, reason: text("it loosens too much") }
    };
    let member = ["moreau", "osei", "lindqvist"][dice.below(3)];
    let who = if dice.percent(85) { member.into() } else { anybody(dice) };
    house.sends_to_register(&who, deed)
}

/// A new version of the runbook: stricter about names, or with work after the sign-off.
fn runbook_changes(house: &mut House, dice: &mut Dice) -> Step {
    let edition = house.world().runbooks.len();
    let mut next: Runbook = runbook();
    next.version = format!("0.{}.0", edition + 1);
    if let StepKind::FileUpload(upload) = &mut next.steps[2].kind {
        upload.name_rule = NameRule::Block;
    }
    if dice.percent(50) {
        let kind = StepKind::from_word("manual").expect("a kind");
        next.steps.push(work("tell-support", kind, "ML platform", Sla::SameDay));
    }
    if dice.percent(50) {
        next.steps[3].after = Some(vec![1]);
    }
    if dice.percent(30) {
        next.steps[4].owner = "AI Governance Lead".into();
    }
    house.becomes(|world| world.publishing_runbook(next))
}

/// A day off is added; the zone stays.
fn calendar_changes(house: &mut House, dice: &mut Dice) -> Step {
    let mut changed: BusinessCalendar = calendar();
    let today = calendar().date_at(house.world().now);
    changed.holidays.extend(today.checked_add(dice.hours(0, 9).days()));
    let by = if dice.percent(80) { Acting::from("root") } else { anybody(dice) };
    house.sends_to_register(
        &by,
        RegisterCommand::SetCalendar { calendar: changed, names: Default::default() },
    )
}
