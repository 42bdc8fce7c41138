use super::*;
use crate::classification::ChangeType::MinorUpdate;
use crate::classification::RiskTier::Low;
use crate::control::evidence::of_period;
use crate::control::evidence::tests::{histories, may};
use crate::criterion::{Bound, CriterionRule};
use crate::decimal::Decimal;
use crate::given::*;
use crate::name::{CriterionName, IncidentId};
use crate::policy::Policy;

fn computed(world: &World, reports: &[Reported], refinements: &[Refinement]) -> Maturity {
    let (period, histories) = (may(), histories(world));
    let deployments = of_period(&gate_control(), &histories, &period);
    let decisions = decisions(&histories, &period);
    let (period, deployments, decisions) = (&period, &deployments[..], &decisions[..]);
    maturity(&Seen { period, deployments, decisions, reports, refinements })
}

#[track_caller]
fn level(world: &World) -> Option<Level> {
    computed(world, &[], &[]).level
}

fn report() -> Reported {
    let period = may();
    let report = ControlReport {
        control: gate_control_ref(),
        from: period.from,
        to: period.to,
        level: Some(Level::Defined),
        metrics: Metrics::default(),
    };
    Reported { position: 900, at: at("2026-05-30T09:00:00Z"), report }
}

fn criteria(names: &[&str]) -> std::collections::BTreeSet<CriterionName> {
    names.iter().map(|name| name.parse().unwrap()).collect()
}

fn learned(changed: &[&str], when: &str) -> Vec<Refinement> {
    let incident = IncidentOnCriteria {
        incident: IncidentId::new("i-1").unwrap(),
        opened_at: at("2026-05-12T09:00:00Z"),
        criteria: criteria(&["hallucination_rate"]),
        events: vec![7],
    };
    let policy = given(Low).policies[0].0.clone();
    let change = PolicyChange { policy, at: at(when), position: 8, criteria: criteria(changed) };
    refinements(&[incident], &[change])
}

/// An emergency of this kind of change that nobody ever confirmed.
fn never_confirmed(world: World) -> World {
    world.having("rivera", deploy_to(production()))
}

///
#[test]
fn without_a_deployment_no_level_is_known() {
    for world in [given(Low), drafted(Low), approved(Low)] {
        let found = computed(
            &world,
            &[report()],
            &learned(&["hallucination_rate"], "2026-05-20T09:00:00Z"),
        );
        assert_eq!(found.level, None);
        assert_eq!(found.next().unwrap().level, Level::Initial);
    }
}

///
#[test]
fn a_new_model_that_ran_without_approval_leaves_the_gate_at_its_first_level() {
    let world = never_confirmed(claimed(Low));
    assert_eq!(level(&world), Some(Level::Initial));
    let next = computed(&world, &[], &[]).next().cloned().unwrap();
    assert_eq!(next.level, Level::Developing);
    assert!(next.missing[0].contains("r-1"), "{:?}", next.missing);
    assert!(!next.events.is_empty());
}

fn minor_emergency() -> World {
    deployed(Low)
        .having("rivera", ask_for("r-2", request(MinorUpdate, Low), second_version()))
        .having("rivera", claim_authority_of("abara"))
}

///
#[test]
fn major_changes_gated_and_minor_ones_not_is_the_second_level() {
    let world = never_confirmed(minor_emergency());
    let found = computed(&world, &[], &[]);
    assert_eq!(found.level, Some(Level::Developing));
    assert!(found.levels[1].because.contains("1 of 1 minor"), "{}", found.levels[1].because);
    let next = found.next().unwrap();
    assert_eq!(next.level, Level::Defined);
    assert!(next.missing[0].contains("r-2"), "{:?}", next.missing);
}

///
#[test]
fn every_change_with_tests_and_sign_off_is_the_third_level() {
    assert_eq!(level(&deployed(Low)), Some(Level::Defined));
    assert_eq!(level(&second_deployed(Low)), Some(Level::Defined));
    let written = minor_emergency()
        .having("abara", confirm_authority())
        .having("rivera", deploy_to(production()));
    assert_eq!(level(&written), Some(Level::Developing), "the papers are still to come");
    let written = written.later(1).prepared().submitted().approved_on_authority();
    assert_eq!(level(&written), Some(Level::Defined), "a bypass on record counts");
}

///
#[test]
fn a_change_nobody_tested_is_not_the_third_level_however_well_signed() {
    let world = deployed(Low);
    let mut control = gate_control();
    control.tests = crate::control::TestItems::default();
    let deployments = of_period(&control, &histories(&world), &may());
    let (period, deployments) = (&may(), &deployments[..]);
    let seen = Seen { period, deployments, decisions: &[], reports: &[], refinements: &[] };
    assert_eq!(maturity(&seen).level, Some(Level::Developing));
}

///
#[test]
fn decisions_counted_and_reported_are_the_fourth_level() {
    let world = second_deployed(Low);
    let found = computed(&world, &[report()], &[]);
    assert_eq!(found.level, Some(Level::Managed));
    assert_eq!((found.metrics.approved, found.metrics.approval_percent), (2, Some(100)));
    let mut other = report();
    other.report.from = "2026-06-01".parse().unwrap();
    other.report.to = "2026-06-30".parse().unwrap();
    let next = computed(&world, &[other], &[]);
    assert_eq!(next.level, Some(Level::Defined), "a report on another month is none on this");
    assert!(next.next().unwrap().missing[0].contains("record a report on this period"));
}

///
#[test]
fn rejections_are_counted_by_reason_and_cycle_time_from_submission_to_decision() {
    let world = submitted(Low).later(2).approved().having("rivera", deploy_to(production()));
    let world = world.updated("r-2", MinorUpdate, second_version());
    let world = world.later(6).having("rivera", reject_as("model_owner"));
    let metrics = computed(&world, &[], &[]).metrics;
    assert_eq!((metrics.approved, metrics.rejected, metrics.approval_percent), (1, 1, Some(50)));
    assert_eq!(metrics.rejections.values().sum::<u32>(), 1);
    assert_eq!((metrics.median_minutes, metrics.longest_minutes), (Some(240), Some(360)));
}

///
#[test]
fn a_criterion_changed_after_an_incident_it_should_have_caught_is_the_fifth_level() {
    let world = second_deployed(Low);
    let level = |learned: &[Refinement]| computed(&world, &[report()], learned).level;
    let changed = learned(&["hallucination_rate"], "2026-05-20T09:00:00Z");
    assert_eq!(level(&changed), Some(Level::Optimizing));
    for (criteria, when) in [
        (&["injection_suite"][..], "2026-05-20T09:00:00Z"),
        (&["hallucination_rate"][..], "2026-05-12T08:00:00Z"),
        (&["hallucination_rate"][..], "2026-06-20T09:00:00Z"),
    ] {
        assert_eq!(level(&learned(criteria, when)), Some(Level::Managed), "{criteria:?} {when}");
    }
    let unreported = computed(&world, &[], &changed);
    assert_eq!(unreported.level, Some(Level::Defined), "no level without those below it");
}

///
#[test]
fn only_a_criterion_that_became_stricter_was_improved() {
    let changed = |change: fn(&mut Policy)| {
        let mut new = policy();
        change(&mut new);
        new
    };
    let (old, none) = (policy(), criteria(&[]));
    let tighter = changed(|new| first_bound(new).bound = Decimal::ZERO);
    assert_eq!(stricter_criteria(&old, &tighter), criteria(&["hallucination_rate"]));
    let fewer = changed(|new| drop(new.criteria.remove(0)));
    assert_eq!(stricter_criteria(&fewer, &old), criteria(&["hallucination_rate"]));
    assert_eq!(stricter_criteria(&old, &fewer), none, "gone");
    assert_eq!(stricter_criteria(&tighter, &old), none, "loosened");
    assert_eq!(stricter_criteria(&old, &old), none);
    let worded = changed(|new| new.criteria[0].title = "Other words".into());
    assert_eq!(stricter_criteria(&old, &worded), none);
    let both = changed(|new| {
        first_bound(new).bound = Decimal::ZERO;
        first_bound(new).metric = "perplexity".into();
    });
    assert_eq!(stricter_criteria(&old, &both), none, "another metric cannot be judged");
}

fn first_bound(policy: &mut Policy) -> &mut Bound {
    match &mut policy.criteria[0].rule {
        CriterionRule::Bound(bound) => bound,
        CriterionRule::NoOpenFinding { .. } | CriterionRule::ChecksPass => {
            panic!("the first criterion is a bound")
        }
    }
}
