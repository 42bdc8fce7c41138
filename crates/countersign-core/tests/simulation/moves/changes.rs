//! Change requests: a reviewer asks for more, whoever prepares the release answers, the reviewer
//! is content or is not.

use super::Deed;
use crate::cast::{anybody, holder};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::given::*;
use countersign_core::release::{Release, State};

/// What comes next about a request that stands.
pub fn settled(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let mut open = release.change_requests.iter().filter(|(_, one)| one.settled_at().is_none());
    let (number, asked) = open.next()?;
    if asked.awaits_answer() && dice.percent(92) {
        let who = dice.any(release.requesters().iter()).map(Acting::from)?;
        let shown = dice.any(release.standing_evidence().map(|(id, _)| id.to_string()));
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        return Some((who, answer_changes(*number, &shown)));
    }
    let judge = holder(house, release, &asked.request.role, dice)?;
    let content = dice.percent(75);
    Some((judge, if content { accept_changes(*number) } else { insist_on_changes(*number) }))
}

/// Somebody asks for changes, or says something about them out of turn.
pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    let reviewed = house.world().releases.iter().filter(|(_, one)| one.state == State::InReview);
    let Some(id) = dice.any(reviewed.map(|(id, _)| id.clone())) else { return Ok(()) };
    let Some((who, command)) = house.release(&id).and_then(|one| deed(house, one, dice)) else {
        return Ok(());
    };
    house.sends(&who, &id, command)
}

fn deed(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let plan = release.plan.as_ref()?;
    let signs = plan.approvals.iter().map(|rule| &rule.role);
    let role = dice.any(signs.chain(plan.steps.iter().map(|step| &step.role)))?;
    let judge = holder(house, release, role, dice);
    let last = u32::try_from(release.change_requests.len()).unwrap_or(0);
    Some(match dice.below(10) {
        0..=3 => (judge?, ask_changes(role.as_str())),
        4..=6 => settled(house, release, dice)?,
        7 => (judge?, insist_on_changes(last)),
        8 => (dice.any(release.requesters().iter()).map(Acting::from)?, accept_changes(last)),
        _whoever => (anybody(dice), accept_changes(last)),
    })
}
