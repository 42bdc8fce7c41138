//! Who acts, and what the organisation looks like when a seed begins: four models of all tiers,
//! three policies, and people with several roles, one, and none.

use crate::dice::Dice;
use crate::house::House;
use countersign_core::actor::{Scope, Who};
use countersign_core::classification::RiskTier::{self, Critical, High, Low, Medium};
use countersign_core::classification::{ChangeType, Condition};
use countersign_core::criterion::CriterionRule;
use countersign_core::decimal::Decimal;
use countersign_core::field::{Field, FieldKind};
use countersign_core::given::*;
use countersign_core::model::{ModelEvent, Registration};
use countersign_core::name::{ModelName, PersonId, RoleName};
use countersign_core::policy::{
    CommitteeSettings, EvidenceNeed, Independence, Majority, Offer, Policy,
};
use countersign_core::register::RegisterEvent;
use countersign_core::release::Release;
use countersign_core::risk::{RiskCommand, RiskEntry};
use countersign_core::stream::StreamId;
use std::sync::LazyLock;

/// The models with their owners. Rivera's is there when a world begins.
pub const MODELS: [(&str, &str, RiskTier); 4] = [
    ("summarizer", "rivera", Low),
    ("triage", "iyer", Medium),
    ("scoring", "dufour", High),
    ("grading", "tanaka", Critical),
];

/// Somebody who works here and holds no role.
pub const STRANGER: &str = "novak";

/// Somebody who asks for releases of models he does not own.
pub const ENGINEER: &str = "ferro";

/// How many policies there are to choose from.
pub const POLICIES: usize = 4;

/// A model's name.
pub fn model(name: &str) -> ModelName {
    ModelName::new(name).expect("a model")
}

/// The house at the beginning, under one of the policies.
pub fn opened(variant: usize) -> House {
    static WORLDS: LazyLock<Vec<World>> = LazyLock::new(|| (0..POLICIES).map(begun).collect());
    House::of(WORLDS[variant % POLICIES].clone())
}

fn begun(variant: usize) -> World {
    let mut world = given(MODELS[0].2).publishing(written(variant, 0));
    for (name, owner, tier) in &MODELS[1..] {
        let registration = Registration {
            name: model(name),
            title: (*name).into(),
            owner: id(owner),
            tier: *tier,
            intended_use: text("as its name says"),
        };
        let by = Who::Person(id(owner));
        world.record(StreamId::Model(model(name)), &by, ModelEvent::Registered(registration));
    }
    let models = MODELS.iter().map(|(name, ..)| model(name)).collect();
    let entry = RiskEntry { models, ..risk("risk-1") };
    let entered = RiskCommand::Enter(Box::new(entry));
    world.on_risk("abara", ("risk-1", entered)).expect("a risk");
    // Some roles have two holders, and some people two roles.
    let second = [
        ("park", "product_lead"),
        ("zhou", "security"),
        ("eriksen", "peer_reviewer"),
        (ENGINEER, "ml_engineer"),
    ];
    for (person, held) in second {
        let (person, role) = (id(person), role(held));
        world = world.and(RegisterEvent::granted(person, role));
    }
    world
}

/// One of the policies, in a version of its own.
pub fn written(variant: usize, edition: usize) -> Policy {
    let mut policy = policy();
    policy.version = format!("2.{variant}.{edition}");
    // Records are kept for weeks here, so that some are purged while others run.
    if let Some(retention) = &mut policy.settings.retention {
        (retention.keep_months, retention.after_retirement_months) = (1, 1);
    }
    match variant % POLICIES {
        1 => strict(&mut policy),
        2 => twice_signed(&mut policy),
        3 => lenient(&mut policy),
        _as_it_is => {}
    }
    policy
}

/// Nobody approves his own request, a missed confirmation denies, two percent is the bound, and
/// the high tiers follow the runbook.
fn strict(policy: &mut Policy) {
    policy.settings.self_approval = false;
    policy.settings.missed_confirmation_denies = true;
    policy.settings.lease_minutes = 5;
    committee(policy, |it| it.single_approvals = false);
    policy.settings.may_suspend = roles(&["ai_governance_lead", "security"]);
    policy.settings.exceptions.accepted_by =
        roles(&["ai_governance_lead", "security", "product_lead"]);
    policy.settings.exceptions.at_most_days = 20;
    policy.settings.exceptions.never.insert(criterion_waived("no_critical_finding"));
    for criterion in &mut policy.criteria {
        if let CriterionRule::Bound(bound) = &mut criterion.rule {
            bound.bound = Decimal::whole(2);
        }
    }
    policy.offers = vec![Offer {
        runbook: runbook().name,
        when: Condition::Tier([Critical].into()),
        required: true,
    }];
}

/// The business signs twice, by two people, and confirmation is due within a day.
fn twice_signed(policy: &mut Policy) {
    let again = policy.also[0].clone();
    policy.also.push(again);
    policy.settings.confirm_within_hours = 24;
    // The riskier ones name an entry of the risk register.
    let mut known = policy.items[0].clone();
    (known.name, known.title) = (item("known_risk"), "Known risk".into());
    (known.evidence, known.checks_must_pass) = (EvidenceNeed::None, false);
    known.when = Condition::Tier([Medium, High, Critical].into());
    known.fields = vec![Field {
        name: "entry".into(),
        label: "Entry of the register".into(),
        kind: FieldKind::Risk,
        when: None,
        required: true,
    }];
    policy.items.push(known);
    committee(policy, |it| it.decides_by = Majority::TwoThirds);
    policy.settings.missed_confirmation_denies = true;
    policy.settings.may_close_findings = roles(&["security"]);
}

/// No criteria beside the findings, and everybody signs for himself where the row allows it.
fn lenient(policy: &mut Policy) {
    policy.criteria.retain(|one| one.name.as_str() == "no_critical_finding");
    policy.settings.lease_minutes = 60;
    committee(policy, |it| {
        (it.decides_by, it.quorum) = (Majority::Unanimous, 3);
        it.recuses.insert(Independence::OtherRoles);
    });
    policy.settings.exceptions.accepted_by = roles(&["ai_governance_lead"]);
    for row in &mut policy.rows {
        if row.change == ChangeType::MinorUpdate {
            row.approvals.truncate(1);
        }
    }
}

fn committee(policy: &mut Policy, change: impl FnOnce(&mut CommitteeSettings)) {
    if let Some(rules) = &mut policy.settings.committee {
        change(rules);
    }
}

/// Whoever owns the model of this release.
pub fn owner(house: &House, release: &Release) -> Option<Acting> {
    let request = release.request.as_ref()?;
    house.world().models.get(&request.model)?.owner().map(Acting::from)
}

/// Somebody who acts in this role for this release.
pub fn holder(
    house: &House,
    release: &Release,
    name: &RoleName,
    dice: &mut Dice,
) -> Option<Acting> {
    if name.is_model_owner() {
        return owner(house, release);
    }
    let holders = house.world().register.holders(name, house.world().now);
    let person = dice.any(holders.iter())?;
    let instead = stand_in(house, (person, name), dice);
    Some(instead.map_or_else(|| Acting::from(person), Acting::Person))
}

/// Whoever stands in for somebody in a role, often when there is somebody.
pub fn stand_in(
    house: &House,
    (person, role): (&PersonId, &RoleName),
    dice: &mut Dice,
) -> Option<PersonId> {
    let (register, now) = (&house.world().register, house.world().now);
    let lent = register
        .delegations
        .values()
        .filter(|one| (&one.from, &one.role) == (person, role) && one.counts(now));
    dice.any(lent.map(|one| one.to.clone())).filter(|_| dice.percent(50))
}

/// Anybody at all: a person with or without roles, a machine, or Countersign itself.
pub fn anybody(dice: &mut Dice) -> Acting {
    match dice.below(PEOPLE.len() + 4) {
        at if at < PEOPLE.len() => PEOPLE[at].0.into(),
        at if at == PEOPLE.len() => STRANGER.into(),
        at if at == PEOPLE.len() + 1 => machine(Scope::ALL),
        at if at == PEOPLE.len() + 2 => machine([*dice.one(&Scope::ALL)]),
        _the_clock => Acting::Countersign,
    }
}
