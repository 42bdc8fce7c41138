//! Preparing a draft: evidence, answers, prerequisites, and submission when nothing is missing.

use super::{Deed, asking, exceptions, gives_up, urgent};
use crate::cast::{MODELS, holder};
use crate::dice::Dice;
use crate::house::House;
use countersign_core::assess::{self, GateReport};
use countersign_core::classification::{ArtifactKind, ChangeType, RiskTier};
use countersign_core::decimal::Decimal;
use countersign_core::given::*;
use countersign_core::name::ReleaseId;
use countersign_core::policy::{EvidenceNeed, Item};
use countersign_core::reading::{
    Completeness, FindingState, Outcome, Place, Reading, Severity, Unit,
};
use countersign_core::release::command::{Attach, Command, GivenAnswer};
use countersign_core::release::{Attached, Release};

pub fn next(house: &mut House, id: &ReleaseId, dice: &mut Dice) -> Option<Deed> {
    if dice.percent(1) {
        return gives_up(house, id);
    }
    // Whoever does things for this release, most of the time its requester.
    let requesters = house.release(id)?.requesters();
    let who = Acting::from(dice.any(requesters.iter())?);
    house.speaks_of(id);
    let Some(plan) = house.world().plan_if_any() else { return gives_up(house, id) };
    let release = house.release(id)?;
    if dice.percent(4) {
        return Some((who, changed(release, dice)));
    }
    if release.artifacts.is_empty() {
        let part = asking::part(MODELS[0].0, ArtifactKind::Weights, dice);
        return Some((who, Command::AddArtifact(part)));
    }
    let blockers = assess::submission_blockers(release, &plan, house.world().now);
    let open = blockers.is_empty();
    if open {
        return if hopeless(house, release, dice) {
            gives_up(house, id)
        } else {
            Some((who, Command::Submit))
        };
    }
    let unconfirmed = (1u32..).zip(&plan.prerequisites).map(|(number, _)| number);
    let mut unconfirmed = unconfirmed.filter(|number| !release.prerequisites.contains_key(number));
    if let Some(number) = unconfirmed.next() {
        return Some((who, Command::ConfirmPrerequisite { number }));
    }
    if dice.percent(2) {
        let report = assess::assess(release, Some(&plan), house.world().now)?;
        return exceptions::next(house, release, &report, dice);
    }
    let item = plan.items.iter().find(|item| lacks(release, item));
    match item {
        Some(item) => Some((who, naming_a_risk(house, furthered(release, item, dice), dice))),
        // Everything is answered, so the drill of the rollback is what has grown too old.
        None => Some((who, urgent::drill(house, dice))),
    }
}

/// An answer that names an entry of the risk register names one that there is.
fn naming_a_risk(house: &House, command: Command, dice: &mut Dice) -> Command {
    let Command::AnswerItem { item, answer: GivenAnswer::Confirmed(mut filled) } = command else {
        return command;
    };
    if let Some(entry) = filled.answers.get_mut("entry") {
        let open = house.world().risks.iter().filter(|one| one.is_open());
        let known = dice.any(open.filter_map(|one| one.entry.as_ref()));
        known.into_iter().for_each(|known| *entry = known.id.to_string());
    }
    Command::AnswerItem { item, answer: GivenAnswer::Confirmed(filled) }
}

/// Whether people see that it will come to nothing: somebody else should have asked, or history
/// says that it is another kind of change. Now and then they try all the same.
fn hopeless(house: &House, release: &Release, dice: &mut Dice) -> bool {
    let Some(request) = &release.request else { return true };
    let Some(model) = house.world().models.get(&request.model) else { return true };
    let own = model.owner().is_some_and(|owner| release.requesters().contains(owner));
    let medium = own && model.tier() == Some(RiskTier::Medium);
    let ran = |place| model.ran_in(place, None);
    let first = request.change == ChangeType::NewModel && request.environments.iter().all(ran);
    if medium || first { dice.percent(70) } else { dice.percent(4) }
}

/// Whether an item still wants something, roughly: the rules have the last word.
fn lacks(release: &Release, item: &Item) -> bool {
    let asks_for_files = item.evidence != EvidenceNeed::None;
    let bare = asks_for_files && standing(release, item).next().is_none();
    let unanswered = !release.answers.contains_key(&item.name);
    bare || unanswered
        || standing(release, item).any(|(_, one)| is_bad(one))
        || outdated(release, item)
}

/// Answered when the policy asked fewer questions.
fn outdated(release: &Release, item: &Item) -> bool {
    let answered = release.answers.get(&item.name).map(|answered| &answered.answer);
    let Some(countersign_core::release::ItemAnswer::Confirmed(filled)) = answered else {
        return false;
    };
    item.fields.iter().any(|field| {
        !filled.values.contains_key(&field.name) && !filled.texts.contains_key(&field.name)
    })
}

fn standing<'r>(
    release: &'r Release,
    item: &Item,
) -> impl Iterator<Item = (&'r countersign_core::name::EvidenceId, &'r Attached)> {
    let name = item.name.clone();
    release.standing_evidence().filter(move |(_, one)| {
        matches!(&one.evidence.target, countersign_core::release::Target::Item(to) if *to == name)
    })
}

/// The next thing to do about an item: take bad evidence back, attach some, answer.
pub fn furthered(release: &Release, item: &Item, dice: &mut Dice) -> Command {
    if let Some((bad, _)) = standing(release, item).find(|(_, one)| is_bad(one)) {
        let mut file = good_file(item, dice);
        if dice.percent(50) && item.name.as_str() != "security_tests" {
            file.replaces = Some(bad.clone());
            return attach(file);
        }
        return withdraw_evidence(bad.as_str());
    }
    let suite = |one: &Attached| {
        one.evidence.reading.as_ref().is_some_and(|reading| !reading.checks.is_empty())
    };
    let half = item.name.as_str() == "security_tests"
        && standing(release, item).next().is_some()
        && !standing(release, item).any(|(_, one)| suite(one));
    let bare = item.evidence != EvidenceNeed::None && standing(release, item).next().is_none();
    if item.may_not_apply && bare && dice.percent(6) {
        return say_not_applicable(item.name.as_str());
    }
    if half {
        return attach(injection_suite(Outcome::Pass));
    }
    if bare {
        let file = if dice.percent(12) { bad_file(dice) } else { good_file(item, dice) };
        return attach(file);
    }
    let answer = GivenAnswer::Confirmed(good_answers(&item.fields));
    Command::AnswerItem { item: item.name.clone(), answer }
}

fn good_file(item: &Item, dice: &mut Dice) -> Attach {
    match item.name.as_str() {
        "model_card" => model_card(),
        "evaluation" if dice.percent(10) => long(),
        "evaluation" => evaluation(["1.5", "0.9", "2", "1.99"][dice.below(4)]),
        "security_tests" if dice.percent(50) => scan(Vec::new()),
        "security_tests" => injection_suite(Outcome::Pass),
        other => plain_file(other, "report.pdf"),
    }
}

/// An evaluation too long for one event.
fn long() -> Attach {
    let mut file = evaluation("1.1");
    if let Some(reading) = &mut file.reading {
        let one = measured("rouge_l", "0.41", Unit::Fraction);
        reading.measurements.extend((0..60).map(|_| one.clone()));
    }
    file
}

/// Evidence that should not carry anything: too high, no number, cut short, too small, failed.
pub fn bad_file(dice: &mut Dice) -> Attach {
    let leak = |severity, state| scan(vec![finding("leak", severity, state)]);
    let mut number = measured("hallucination_rate", "1", Unit::Percent);
    match dice.below(11) {
        0 => evaluation("8.1"),
        1 => evaluation("5.0000001"),
        2 => leak(Severity::Critical, FindingState::Open),
        3 => leak(Severity::Unknown, FindingState::Open),
        4 => leak(Severity::High, FindingState::Open),
        5 => injection_suite(*dice.one(&[Outcome::Fail, Outcome::Skip])),
        6 => {
            number.value = None;
            evaluation_of(number)
        }
        7 => {
            number.n = *dice.one(&[None, Some(49), Some(0)]);
            evaluation_of(number)
        }
        8 => {
            number.unit = Unit::Unstated;
            number.value = Some(Decimal::whole(85));
            evaluation_of(number)
        }
        9 => model_card_with(vec![checked("limitations", Outcome::Fail)]),
        _cut_short => {
            let (what, place) = ("5 of 20 samples".into(), Place::File);
            let mut file = evaluation("0.1");
            if let Some(reading) = &mut file.reading {
                reading.completeness = Completeness::Partial { what, place };
            }
            file
        }
    }
}

/// Whether a piece of evidence looks as if it shut the gate; people see that on the page.
pub fn is_bad(attached: &Attached) -> bool {
    let Some(reading) = &attached.evidence.reading else { return false };
    let high = |reading: &Reading| {
        let two: Decimal = "2".parse().expect("a number");
        reading.measurements.iter().filter(|one| one.metric == "hallucination_rate").any(|one| {
            one.n.is_none_or(|n| n < 50)
                || one.value.is_none_or(|value| value > two)
                || one.unit == Unit::Unstated
        })
    };
    reading.completeness != Completeness::Whole
        || reading
            .findings
            .iter()
            .any(|one| one.state == FindingState::Open && one.severity >= Severity::Critical)
        || reading.checks.iter().any(|check| check.outcome != Outcome::Pass)
        || high(reading)
}

/// Second thoughts: a part more or less, evidence taken back, an answer given anew.
pub fn changed(release: &Release, dice: &mut Dice) -> Command {
    let kinds = [ArtifactKind::Adapter, ArtifactKind::Prompt, ArtifactKind::Configuration];
    match dice.below(6) {
        0 => {
            let mut part = asking::part("side", *dice.one(&kinds), dice);
            part.name = format!("{}-{}", part.name, dice.below(3));
            Command::AddArtifact(part)
        }
        1 => {
            let name = dice.any(release.artifacts.iter().map(|one| one.name.clone()));
            Command::RemoveArtifact { name: name.unwrap_or_default() }
        }
        2 => {
            let one = dice.any(release.standing_evidence().map(|(id, _)| id.to_string()));
            withdraw_evidence(one.as_deref().unwrap_or("e99"))
        }
        3 => attach(bad_file(dice)),
        4 => {
            confirm_item("monitoring", &[("metrics", "p95"), ("drift", "psi"), ("alerting", "1 %")])
        }
        _a_better_number => attach(evaluation("0.5")),
    }
}

/// Somebody opens a piece of evidence, as an approver should.
pub fn opens(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let evidence = dice.any(release.evidence.keys().cloned())?;
    let rule = dice.any(release.plan.iter().flat_map(|plan| &plan.approvals).cloned())?;
    Some((holder(house, release, &rule.role, dice)?, Command::OpenEvidence { evidence }))
}

/// What the report says is still missing, for whoever mends it: the first item that is not
/// complete.
pub fn mended(
    house: &House,
    release: &Release,
    report: &GateReport,
    dice: &mut Dice,
) -> Option<Command> {
    let plan = release.plan.as_ref()?;
    let open = report.items.iter().find(|one| !one.missing.is_empty());
    let item = open.and_then(|one| plan.item(&one.item));
    let item = item.or_else(|| plan.items.iter().find(|item| lacks(release, item)))?;
    let told = item.name.as_str() == "rollback" && release.answers.contains_key(&item.name);
    Some(if told { urgent::drill(house, dice) } else { furthered(release, item, dice) })
}
