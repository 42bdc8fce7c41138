//! What goes wrong: answers that never arrive, so that commands come twice; screens that were
//! left open; people, machines and clocks that try what is not theirs.

use crate::cast::anybody;
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::digest::Sha256;
use countersign_core::given::*;
use countersign_core::name::ReleaseId;
use countersign_core::release::command::Command;

pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    match dice.below(6) {
        0 | 1 => again(house, None),
        2 => {
            let who = anybody(dice);
            again(house, Some(who))
        }
        3 | 4 => stale(house, dice),
        _anything => anything(house, dice),
    }
}

/// The last command comes once more: its answer was lost on the way, or somebody replays it.
fn again(house: &mut House, instead: Option<Acting>) -> Step {
    let Some((who, id, command)) = house.last.clone() else { return Ok(()) };
    house.sends(&instead.unwrap_or(who), &id, command)
}

/// Somebody approves what was on the screen some time ago.
fn stale(house: &mut House, dice: &mut Dice) -> Step {
    let Some((id, dossier)) = dice.any(house.seen.iter().cloned()) else { return Ok(()) };
    let plan = house.release(&id).and_then(|release| release.plan.clone());
    let Some(rule) = dice.any(plan.iter().flat_map(|plan| &plan.approvals).cloned()) else {
        return Ok(());
    };
    let holders = house.world().register.holders(&rule.role, house.world().now);
    let who = dice.any(holders.iter()).map_or_else(|| anybody(dice), Acting::from);
    house.sends(&who, &id, approve_exactly(rule.role.as_str(), dossier))
}

/// Anybody tries anything on any release, whatever state it is in.
fn anything(house: &mut House, dice: &mut Dice) -> Step {
    let unknown = release("r-none");
    let known: Vec<ReleaseId> = house.world().releases.keys().cloned().collect();
    let id = dice.any(known.into_iter()).unwrap_or(unknown);
    let missed = Command::RecordMissedConfirmation { environment: production() };
    let deeds = [
        approve_exactly("model_owner", Sha256::of(b"another dossier")),
        approve_exactly("ai_governance_committee", Sha256::of(b"another dossier")),
        reject_as("product_lead"),
        withdraw(),
        Command::Submit,
        deploy_to(production()),
        confirm_deployment(all_well()),
        suspend(),
        resume(),
        missed,
        accept_condition(1),
        resolve_concern(1),
        raise_concern("confirm-scope"),
        do_step("check-licences"),
        complete_upload("attach-evaluation"),
        questionnaire(),
        delivered("notify-routing"),
        withdraw_evidence("e1"),
        say_not_applicable("evaluation"),
        Command::OpenEvidence { evidence: evidence("e2") },
        Command::ConfirmPrerequisite { number: 1 },
        Command::CloseFinding {
            evidence: evidence("e3"),
            finding: "leak".into(),
            reason: text("it is nothing"),
        },
    ];
    let who = anybody(dice);
    let deed = dice.one(&deeds).clone();
    house.sends(&who, &id, deed)
}
