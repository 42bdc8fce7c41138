//! What happens beside the routine: emergencies with their papers, going back, drills, reviews.

use super::aftermath::{deployer, deploys};
use super::{Deed, anybody};
use crate::cast::{holder, owner};
use crate::dice::Dice;
use crate::house::{House, Step};
use crate::invariants::hold;
use countersign_core::given::*;
use countersign_core::name::{PersonId, ReleaseId};
use countersign_core::release::command::Command;
use countersign_core::release::urgent::emergency::{Ground, Means, NewEmergency, VerbalAuthority};
use countersign_core::release::urgent::review::{NewReview, ReviewOutcome, Reviewed};
use countersign_core::release::urgent::rollback::{Drill, DrillResult, NewRollback};
use countersign_core::release::{Release, State, UrgentCommand};
use jiff::{SignedDuration, ToSpan};

pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    let wanted = match dice.below(10) {
        0..=1 => emergency_begins(house, dice),
        2..=4 => emergency_goes_on(house, dice),
        5..=7 => goes_back(house, dice),
        8 => looked_at(house, dice),
        _practised => some(house, dice, |_| true).and_then(|id| {
            let who = owner(house, house.release(&id)?)?;
            Some((id, (who, drill(house, dice))))
        }),
    };
    let Some((id, (who, command))) = wanted else { return Ok(()) };
    let who = if dice.percent(7) { anybody(dice) } else { who };
    house.sends(&who, &id, command)
}

type Aimed = Option<(ReleaseId, Deed)>;

fn some(house: &House, dice: &mut Dice, of: impl Fn(&Release) -> bool) -> Option<ReleaseId> {
    let fitting = house.world().releases.iter().filter(|(_, one)| of(one));
    dice.any(fitting.map(|(id, _)| id.clone()))
}

fn emergency_begins(house: &House, dice: &mut Dice) -> Aimed {
    let open = |one: &Release| {
        matches!(one.state, State::Draft | State::InReview) && one.urgent.emergency.is_none()
    };
    let id = some(house, dice, open)?;
    let by = person(if dice.percent(75) { "abara" } else { "chen" });
    let at = house.world().now - SignedDuration::from_mins(dice.hours(-5, 90));
    let claim = UrgentCommand::ClaimEmergency(NewEmergency {
        ground: *dice.one(&Ground::ALL),
        explanation: text("the prompt leaks addresses"),
        authority: VerbalAuthority { by, at, means: *dice.one(&Means::ALL) },
    });
    let who = owner(house, house.release(&id)?)?;
    Some((id, (who, Command::Urgent(claim))))
}

fn person(name: &str) -> PersonId {
    id(name)
}

/// The authority is answered for, it is deployed, and confirmed.
fn emergency_goes_on(house: &House, dice: &mut Dice) -> Aimed {
    let id = some(house, dice, |one| one.on_authority().is_some())?;
    let release = house.release(&id)?;
    let said = |command| Some((Acting::from("abara"), Command::Urgent(command)));
    let place = dice.any(release.request.as_ref()?.environments.iter())?;
    let deed = match dice.below(10) {
        0..=3 => said(UrgentCommand::ConfirmAuthority)?,
        4 => said(UrgentCommand::DenyAuthority { reason: text("nobody called me") })?,
        5..=8 => (deployer(house, release, dice)?, deploys(house, place, dice)),
        _all_is_well => (owner(house, release)?, confirm_deployment(all_well())),
    };
    Some((id, deed))
}

/// Back to another release of the same model, most often one that ran there.
fn goes_back(house: &House, dice: &mut Dice) -> Aimed {
    let id = some(house, dice, |one| !one.deployments.is_empty() && one.state.is_allowed())?;
    let release = house.release(&id)?;
    let place = dice.any(release.deployments.keys())?.clone();
    let model = &release.request.as_ref()?.model;
    let earlier = |one: &Release| {
        one.request.as_ref().is_some_and(|request| &request.model == model)
            && one.deployments.contains_key(&place)
            && one.id.as_ref() != Some(&id)
    };
    let to = some(house, dice, earlier)?;
    let back = UrgentCommand::RollBack(NewRollback {
        environment: place.clone(),
        to,
        reason: text("it answers in the wrong language"),
        measured_minutes: 9,
        at: None,
    });
    let may = dice.any(release.settings()?.rollback.may.iter())?;
    let who =
        if dice.percent(50) { owner(house, release)? } else { holder(house, release, may, dice)? };
    Some((id, (who, Command::Urgent(back))))
}

/// The committee looks at something afterwards.
fn looked_at(house: &House, dice: &mut Dice) -> Aimed {
    let of = [
        Reviewed::Emergency,
        Reviewed::Suspension(1),
        Reviewed::Resumption(1),
        Reviewed::Rollback(production()),
    ];
    let id = some(house, dice, |one| {
        one.urgent.emergency.is_some() || !one.urgent.interruptions.is_empty()
    })?;
    let outcome = *dice.one(&ReviewOutcome::ALL);
    let review = NewReview { of: dice.one(&of).clone(), outcome, text: text("looked at") };
    let role = role("ai_governance_committee");
    let who = holder(house, house.release(&id)?, &role, dice)?;
    Some((id, (who, Command::Urgent(UrgentCommand::Review(review)))))
}

/// Going back was practised, today or some time ago, and mostly worked.
pub fn drill(house: &House, dice: &mut Dice) -> Command {
    let today = calendar().date_at(house.world().now);
    let ago = if dice.percent(80) { 0 } else { dice.hours(-1, 250) };
    let result = if dice.percent(90) { DrillResult::Worked } else { DrillResult::Failed };
    Command::Urgent(UrgentCommand::RecordDrill(Drill {
        on: today.checked_sub(ago.days()).unwrap_or(today),
        target: "the version before".into(),
        measured_minutes: 9,
        result,
        note: None,
    }))
}

/// The clock records authority nobody confirmed, reminds of papers and records those that are
/// overdue, once.
pub fn sweep(house: &mut House) -> Step {
    let asked: Vec<ReleaseId> = house
        .world()
        .releases
        .iter()
        .filter(|(_, one)| one.on_authority().is_some_and(|one| one.answer.is_none()))
        .map(|(id, _)| id.clone())
        .collect();
    for id in &asked {
        house.sends(&Acting::Countersign, id, lapse_authority())?;
    }
    let owing: Vec<ReleaseId> = house
        .world()
        .releases
        .iter()
        .filter(|(_, one)| one.owed_papers().is_some())
        .map(|(id, _)| id.clone())
        .collect();
    for id in &owing {
        for command in [UrgentCommand::RemindOfPapers, UrgentCommand::RecordOverduePapers] {
            house.sends(&Acting::Countersign, id, Command::Urgent(command))?;
        }
    }
    let now = house.world().now;
    let lost = owing.iter().find(|id| {
        let owed = house.release(id).and_then(Release::owed_papers);
        owed.is_some_and(|(_, papers)| now > papers.due && !papers.overdue)
    });
    hold(lost.is_none(), "no deadline is lost", || format!("{lost:?}"))
}
