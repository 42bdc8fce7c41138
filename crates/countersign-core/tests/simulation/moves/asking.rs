//! Asking for a release: of any model, for one environment or both, with parts that recur.

use crate::cast::{ENGINEER, MODELS, STRANGER, model};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::classification::ArtifactKind::{
    self, Adapter, Configuration, Prompt, Weights,
};
use countersign_core::classification::ChangeType::{
    self, ConfigurationChange, MajorUpdate, MinorUpdate, NewModel, Retirement, ThirdPartyActivation,
};
use countersign_core::classification::{RiskTier, Trait};
use countersign_core::digest::Sha256;
use countersign_core::given::*;
use countersign_core::model::Model;
use countersign_core::name::{EnvironmentName, Region, ReleaseId};
use countersign_core::release::{Artifact, Request, RunbookChoice, State};
use countersign_core::schedule::Schedule;
use jiff::SignedDuration;
use std::collections::BTreeSet;

pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    let id = release(&format!("r-{}", house.world().releases.len() + 1));
    let (mut name, mut owner, _) = *dice.one(&MODELS);
    if busy(house, name) {
        (name, owner, _) = *dice.one(&MODELS);
    }
    let owner =
        house.world().models[&model(name)].owner().map_or(Acting::from(owner), Acting::from);
    let (asked, artifacts) = (wanted(house, name, dice), parts(name, dice));
    let mine = house.world().models[&model(name)].tier() == Some(RiskTier::Low);
    let who = match dice.below(12) {
        0..=3 if mine => owner,
        0 => owner,
        4 => [STRANGER, "quinn", "moreau", "chen"][dice.below(4)].into(),
        _an_engineer => ENGINEER.into(),
    };
    house.sends(&who, &id, ask_for(id.as_str(), asked, artifacts))
}

/// Whether another release of the model is on its way.
fn busy(house: &House, name: &str) -> bool {
    house.world().releases.values().any(|one| {
        matches!(one.state, State::Draft | State::InReview)
            && one.request.as_ref().is_some_and(|request| request.model == model(name))
    })
}

fn wanted(house: &House, name: &str, dice: &mut Dice) -> Request {
    let environments = places(house, dice);
    let ran = |model: &Model| environments.iter().all(|place| model.ran_in(place, None));
    let deployed = house.world().models.get(&model(name)).is_some_and(ran);
    let change = match (dice.percent(6), deployed) {
        (true, _) => *dice.one(ChangeType::ALL),
        (false, false) => NewModel,
        (false, true) => *dice.one(&[
            MajorUpdate,
            MinorUpdate,
            MinorUpdate,
            ConfigurationChange,
            ConfigurationChange,
            ThirdPartyActivation,
            Retirement,
        ]),
    };
    Request {
        model: model(name),
        title: format!("{name} {change}"),
        environments,
        regions: dice
            .percent(30)
            .then(|| Region::new("eu").expect("a region"))
            .into_iter()
            .collect(),
        traits: facts(dice),
        runbook: followed(house, dice),
        resubmits: dice.percent(50).then(|| given_up(house, name, dice)).flatten(),
        schedule: ahead(house, dice),
        override_reason: dice.percent(50).then(|| text("it is a small thing")),
        ..request(change, RiskTier::Low)
    }
}

/// Most releases may go as soon as they are approved, some from a day to come.
fn ahead(house: &House, dice: &mut Dice) -> Schedule {
    let after = |hours| house.world().now + SignedDuration::from_hours(hours);
    Schedule {
        not_before: dice.percent(8).then(|| after(dice.hours(0, 120))),
        not_after: dice.percent(5).then(|| after(dice.hours(50, 900))),
    }
}

fn places(house: &House, dice: &mut Dice) -> BTreeSet<EnvironmentName> {
    match dice.below(20) {
        0..=9 => [production()].into(),
        10..=13 => [environment("staging")].into(),
        14..=17 => [production(), environment("staging")].into(),
        18 => house.world().register.environments.clone(),
        _nowhere => BTreeSet::new(),
    }
}

fn facts(dice: &mut Dice) -> BTreeSet<Trait> {
    let known = [Trait::Generative, Trait::PersonalData, Trait::UserFacing, Trait::UsesTools];
    known.into_iter().filter(|_| dice.percent(45)).collect()
}

fn followed(house: &House, dice: &mut Dice) -> Option<RunbookChoice> {
    if !dice.percent(40) {
        return None;
    }
    let all = house.world().runbooks.iter().map(|(reference, _)| RunbookChoice {
        name: reference.name.clone(),
        version: reference.version.clone(),
    });
    let chosen = dice.any(all)?;
    let misspelt = RunbookChoice { version: "9.9.9".into(), ..chosen.clone() };
    Some(if dice.percent(4) { misspelt } else { chosen })
}

fn given_up(house: &House, name: &str, dice: &mut Dice) -> Option<ReleaseId> {
    let ended = house.world().releases.iter().filter(|(_, one)| {
        matches!(one.state, State::Rejected | State::Withdrawn)
            && one.request.as_ref().is_some_and(|request| request.model == model(name))
    });
    dice.any(ended.map(|(id, _)| id.clone()))
}

/// Parts of a model in a few wordings each, so that the same bytes are asked for again.
fn parts(name: &str, dice: &mut Dice) -> Vec<Artifact> {
    let kinds: &[ArtifactKind] = match dice.below(8) {
        0..=4 => &[Weights, Prompt],
        5 => &[Prompt],
        6 => &[Weights, Adapter, Prompt, Configuration],
        _an_adapter => &[Adapter],
    };
    if dice.percent(2) {
        return Vec::new();
    }
    kinds.iter().map(|kind| part(name, *kind, dice)).collect()
}

/// One part. Adapters are shared: the same one is laid over several models.
pub fn part(name: &str, kind: ArtifactKind, dice: &mut Dice) -> Artifact {
    let whose = if kind == Adapter { "shared" } else { name };
    let called = format!("{whose}-{}", kind.word());
    let digest = Sha256::of(format!("{called} {}", dice.below(3)).as_bytes());
    Artifact { name: called, kind, digest }
}
