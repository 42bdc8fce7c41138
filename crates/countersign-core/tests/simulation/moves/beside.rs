//! What stands beside the releases: incidents, the risk register, sandbox exclusions. None of it
//! changes a verdict, whatever people write there.

use crate::cast::{MODELS, anybody, model};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::given::*;
use countersign_core::incident::{
    Closing, IncidentCommand, Links, NewIncident, Outcome, Severity, Suspension,
};
use countersign_core::name::{ExclusionId, IncidentId, PersonId, RiskId};
use countersign_core::release::Answer;
use countersign_core::risk::{Rating, Reassessment, Risk, RiskCommand, RiskEntry, Treatment};
use countersign_core::sandbox::{Claim, SandboxCommand};
use jiff::{SignedDuration, Timestamp};

pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    match dice.below(10) {
        0..=4 => incidents(house, dice),
        5..=7 => risks(house, dice),
        _sandboxes => sandboxes(house, dice),
    }
}

fn after(house: &House, hours: i64) -> Timestamp {
    house.world().now + SignedDuration::from_hours(hours)
}

fn person(dice: &mut Dice) -> PersonId {
    id(dice.one(PEOPLE).0)
}

/// What an incident is about: a model, a release of it, a place, a criterion it should have met.
fn links(house: &House, dice: &mut Dice) -> Links {
    let (name, ..) = *dice.one(&MODELS);
    let release = dice.any(house.world().releases.iter());
    let plan = release.and_then(|(_, one)| one.plan.as_ref());
    let missed = dice.any(plan.into_iter().flat_map(|plan| &plan.criteria));
    Links {
        model: dice.percent(20).then(|| model(name)),
        environment: dice.percent(40).then(production),
        release: release.map(|(id, _)| id.clone()).filter(|_| dice.percent(85)),
        criteria: missed.map(|one| one.name.clone()).into_iter().collect(),
    }
}

fn incidents(house: &mut House, dice: &mut Dice) -> Step {
    let severity = *dice.one(Severity::ALL);
    let open = house.world().incidents.iter().filter(|(_, one)| one.is_open());
    let known = dice.any(open).map(|(id, one)| (id.clone(), one.clone()));
    let Some((named, incident)) = known.filter(|_| dice.percent(75)) else {
        let number = house.world().incidents.len() + 1;
        let named = IncidentId::new(format!("i-{number}")).expect("an incident");
        let (title, links) = ("Summaries name the wrong customer".into(), links(house, dice));
        let text = text("two agents reported it");
        let new = NewIncident { id: named.clone(), title, text, severity, links };
        let who = if dice.percent(80) { Acting::Person(person(dice)) } else { anybody(dice) };
        return on_incident(house, &who, named, IncidentCommand::Open(Box::new(new)));
    };
    let handles = incident.opening.iter().flat_map(|one| &one.handling.may_suspend);
    let role = dice.any(handles.cloned()).unwrap_or_else(|| role("ai_governance_lead"));
    let now = house.world().now;
    let holder = dice.any(house.world().register.holders(&role, now).into_iter());
    let who = match (holder, &incident.owner, dice.below(6)) {
        (Some(holder), _, 0..=2) => Acting::Person(holder),
        (_, Some(owner), 0..=4) => Acting::from(owner),
        (..) => anybody(dice),
    };
    let reason = text("it was looked at");
    let command = match dice.below(10) {
        0..=1 => IncidentCommand::Assign { owner: person(dice) },
        2..=3 => IncidentCommand::ChangeSeverity { to: severity, reason },
        4 => IncidentCommand::Note { text: reason },
        5 => IncidentCommand::Link { links: links(house, dice) },
        6..=7 => IncidentCommand::ConsiderSuspension { answer: *dice.one(Suspension::ALL), reason },
        _closed => {
            let closing = Closing { outcome: *dice.one(Outcome::ALL), root_cause: reason };
            IncidentCommand::Close { closing }
        }
    };
    on_incident(house, &who, named, command)
}

fn on_incident(house: &mut House, who: &Acting, id: IncidentId, command: IncidentCommand) -> Step {
    let said = format!("of {id}: {command:?}");
    house.tries(who, &said, |world| world.on_the_incident(who.clone(), (&id, command)))
}

fn risks(house: &mut House, dice: &mut Dice) -> Step {
    let known: Vec<Risk> = house.world().risks.clone();
    let one = dice.any(known.iter()).filter(|_| dice.percent(70));
    let models = MODELS.iter().filter(|_| dice.percent(60)).map(|(name, ..)| model(name)).collect();
    let rating = Rating::new(2, 4).expect("a rating");
    let review_by = after(house, dice.hours(-5, 3_000));
    let Some(entry) = one.and_then(|one| one.entry.clone()) else {
        let name = format!("risk-{}", known.len() + 1);
        let owner = person(dice);
        let new = RiskEntry { owner: owner.clone(), review_by, models, ..risk(&name) };
        let who = [Acting::Person(owner), "abara".into(), anybody(dice)];
        let who = dice.one(&who).clone();
        return on_risk(house, &who, &new.id.clone(), RiskCommand::Enter(Box::new(new)));
    };
    let (treatment, note) = (*dice.one(Treatment::ALL), text("as before"));
    let command = match dice.below(10) {
        0..=4 => RiskCommand::Reassess(Reassessment { rating, treatment, review_by, note }),
        5..=6 => RiskCommand::Link { models },
        7 => RiskCommand::HandOver { to: person(dice), reason: note },
        _closed => RiskCommand::Close { reason: note },
    };
    let who = [Acting::from(&entry.owner), "abara".into(), anybody(dice)];
    on_risk(house, &dice.one(&who).clone(), &entry.id, command)
}

fn on_risk(house: &mut House, who: &Acting, id: &RiskId, command: RiskCommand) -> Step {
    let said = format!("of {id}: {command:?}");
    house.tries(who, &said, |world| world.on_risk(who.clone(), (id.as_str(), command)))
}

fn sandboxes(house: &mut House, dice: &mut Dice) -> Step {
    let known = house.world().exclusions.len();
    let number = if dice.percent(60) { known + 1 } else { dice.below(known + 1) + 1 };
    let named = ExclusionId::new(format!("x-{number}")).expect("an exclusion");
    let claimant = house.world().exclusions.get(&named).and_then(|one| one.claimant().cloned());
    let answer = |dice: &mut Dice| if dice.percent(15) { Answer::Yes } else { Answer::No };
    let (who, command) = match claimant {
        Some(claimant) if dice.percent(80) => {
            let who = if dice.percent(60) { Acting::Person(claimant) } else { anybody(dice) };
            (who, SandboxCommand::End { reason: text("it became something else") })
        }
        _claimed => {
            let (name, ..) = *dice.one(&MODELS);
            let (real_data, real_users) = (answer(dice), answer(dice));
            let (id, until) = (named.clone(), after(house, dice.hours(-20, 5_000)));
            let model = dice.percent(70).then(|| model(name));
            let new = Claim { id, until, model, ..claim(real_data, real_users) };
            (anybody(dice), SandboxCommand::Claim(Box::new(new)))
        }
    };
    let said = format!("of {named}: {command:?}");
    house.tries(&who, &said, |world| world.on_the_sandbox(who.clone(), (&named, command)))
}
