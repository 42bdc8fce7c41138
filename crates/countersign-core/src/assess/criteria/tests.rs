use super::*;
use crate::classification::RiskTier::Low;
use crate::given::*;
use crate::reading::{Place, Reading, Unit};
use crate::release::command::Attach;

/// A submitted release whose evaluation is this file instead.
fn evaluated(file: Attach) -> World {
    let file = Attach { replaces: Some(evidence("e2")), ..file };
    submitted(Low).having("rivera", attach(file))
}

#[track_caller]
fn judged(world: &World, name: &str) -> (Outcome, String) {
    let criteria = world.report().criteria;
    let status = criteria.into_iter().find(|one| one.criterion.as_str() == name).unwrap();
    (status.outcome, status.because)
}

#[track_caller]
fn hallucination(file: Attach) -> (Outcome, String) {
    let world = evaluated(file);
    let (outcome, because) = judged(&world, "hallucination_rate");
    let shut = world.blocked_by().contains(&"criterion.unmet");
    assert_eq!(shut, outcome != Outcome::Met, "{because}");
    (outcome, because)
}

fn rate(value: &str, unit: Unit) -> Attach {
    evaluation_of(measured("hallucination_rate", value, unit))
}

///
#[test]
fn exactly_five_percent_passes() {
    let (outcome, because) = hallucination(evaluation("5"));
    assert_eq!(outcome, Outcome::Met);
    let said = "hallucination_rate is 5 %, at most 5 % is asked for (e5, /hallucination_rate)";
    assert_eq!(because, said);
    assert_eq!(hallucination(rate("0.05", Unit::Fraction)).0, Outcome::Met);
    assert_eq!(hallucination(rate("0.05", Unit::Unstated)).0, Outcome::Met);
}

///
#[test]
fn eight_point_one_percent_blocks() {
    let (outcome, because) = hallucination(evaluation("8.1"));
    assert_eq!(outcome, Outcome::Unmet);
    assert!(because.starts_with("hallucination_rate is 8.1 %, at most 5 %"), "{because}");
    assert_eq!(hallucination(rate("0.0500001", Unit::Fraction)).0, Outcome::Unmet);
}

/// I-12
#[test]
fn a_number_that_is_none_blocks() {
    let nan = Measurement { value: None, ..measured("hallucination_rate", "1", Unit::Percent) };
    let (outcome, because) = hallucination(evaluation_of(nan));
    assert_eq!(outcome, Outcome::Unknown);
    assert!(because.contains("is not a number"), "{because}");
}

/// R-017, I-12
#[test]
fn a_metric_nobody_measured_blocks() {
    let other = evaluation_of(measured("rouge_l", "0.41", Unit::Fraction));
    let (outcome, because) = hallucination(other);
    assert_eq!(outcome, Outcome::Unknown);
    assert_eq!(because, "no evidence measures `hallucination_rate`");
}

/// I-12
#[test]
fn a_value_that_cannot_be_a_fraction_is_not_taken_for_one() {
    for value in ["3.1", "-0.01", "1.000001"] {
        assert_eq!(hallucination(rate(value, Unit::Unstated)).0, Outcome::Unknown, "{value}");
    }
}

/// I-12
#[test]
fn a_partial_or_failed_run_blocks_whatever_it_measured() {
    let (what, place) = ("5 of 200 samples".to_owned(), Place::Pointer("/limit".into()));
    let partial = Completeness::Partial { what: what.clone(), place: place.clone() };
    for completeness in [partial, Completeness::Failed { what, place }] {
        let mut file = evaluation("1.0");
        file.reading.as_mut().unwrap().completeness = completeness;
        let (outcome, because) = hallucination(file);
        assert_eq!(outcome, Outcome::Unknown);
        assert!(because.contains("5 of 200 samples (/limit)"), "{because}");
    }
}

///
#[test]
fn too_few_samples_or_an_unknown_number_of_them_block() {
    for (n, holds) in
        [(Some(50), Outcome::Met), (Some(49), Outcome::Unknown), (None, Outcome::Unknown)]
    {
        let few = Measurement { n, ..measured("hallucination_rate", "1", Unit::Percent) };
        assert_eq!(hallucination(evaluation_of(few)).0, holds, "{n:?}");
    }
}

#[test]
fn one_bad_measurement_among_good_ones_blocks() {
    let mut file = evaluation("1.0");
    let bad = measured("hallucination_rate", "9", Unit::Percent);
    file.reading.as_mut().unwrap().measurements.push(bad);
    assert_eq!(hallucination(file).0, Outcome::Unmet);
    let world = submitted(Low).having("rivera", attach(evaluation("9")));
    assert_eq!(judged(&world, "hallucination_rate").0, Outcome::Unmet);
}

///
#[test]
fn a_block_clears_by_itself_when_its_cause_is_gone() {
    let world = submitted(Low).having("rivera", attach(evaluation("8.1")));
    assert_eq!(world.blocked_by(), ["criterion.unmet", "approval.missing"]);
    let better = Attach { replaces: Some(evidence("e5")), ..evaluation("4.4") };
    assert_eq!(world.having("rivera", attach(better)).blocked_by(), ["approval.missing"]);
}

fn scanned(severity: Severity, state: FindingState) -> Outcome {
    let file = scan(vec![finding("leak", severity, state)]);
    judged(&submitted(Low).having("rivera", attach(file)), "no_critical_finding").0
}

///
#[test]
fn any_open_critical_finding_blocks_and_an_unknown_severity_is_the_worst() {
    assert_eq!(scanned(Severity::Critical, FindingState::Open), Outcome::Unmet);
    assert_eq!(scanned(Severity::Unknown, FindingState::Open), Outcome::Unmet);
    assert_eq!(scanned(Severity::High, FindingState::Open), Outcome::Met);
    assert_eq!(scanned(Severity::Critical, FindingState::Suppressed), Outcome::Met);
    assert_eq!(scanned(Severity::Critical, FindingState::Absent), Outcome::Met);
}

///
#[test]
fn a_check_that_failed_or_was_not_run_blocks() {
    use crate::reading::Outcome as How;
    for (how, holds) in [
        (How::Pass, Outcome::Met),
        (How::Fail, Outcome::Unmet),
        (How::Error, Outcome::Unmet),
        (How::Skip, Outcome::Unmet),
    ] {
        let world = submitted(Low).having("rivera", attach(injection_suite(how)));
        assert_eq!(judged(&world, "injection_suite").0, holds);
    }
}

///
#[test]
fn a_suite_without_a_single_check_is_not_passed() {
    let world = submitted(Low).having("rivera", withdraw_evidence("e4"));
    let (outcome, because) = judged(&world, "injection_suite");
    assert_eq!((outcome, because.as_str()), (Outcome::Unknown, "no evidence holds a check"));
}

///
#[test]
fn not_applicable_with_a_reason_lifts_the_criteria_of_its_item() {
    let world = drafted(Low).having("rivera", say_not_applicable("security_tests")).prepared();
    let world = world.submitted();
    assert_eq!(judged(&world, "injection_suite").0, Outcome::NotApplicable);
    assert_eq!(world.blocked_by(), ["approval.missing"]);
}

///
#[test]
fn not_applicable_does_not_count_where_evidence_was_attached_and_withdrawn() {
    let file = scan(vec![finding("leak", Severity::Critical, FindingState::Open)]);
    let bad = injection_suite(crate::reading::Outcome::Fail);
    let mut asked = drafted(Low)
        .having("rivera", attach(file))
        .having("rivera", attach(bad))
        .having("rivera", say_not_applicable("security_tests"));
    for id in ["e1", "e2"] {
        asked = asked.having("rivera", withdraw_evidence(id));
    }
    let (outcome, because) = judged(&asked, "injection_suite");
    assert_eq!(outcome, Outcome::Unknown);
    let said = "`security_tests`: evidence was attached for it and withdrawn: it applies";
    assert_eq!(because, said);
}

///
#[test]
fn not_applicable_is_no_way_around_evidence_that_fails() {
    let bad = injection_suite(crate::reading::Outcome::Fail);
    let world = submitted(Low).having("rivera", attach(bad));
    let world = world.having("rivera", say_not_applicable("security_tests"));
    assert_eq!(judged(&world, "injection_suite").0, Outcome::Unmet);
}

///
#[test]
fn without_anything_read_there_is_no_word_on_findings() {
    let world = submitted(Low)
        .having("rivera", withdraw_evidence("e3"))
        .having("rivera", withdraw_evidence("e4"));
    assert_eq!(judged(&world, "no_critical_finding").0, Outcome::Unknown);
}

///
#[test]
fn a_finding_blocks_wherever_it_is_attached_and_the_scan_has_to_be_where_the_policy_says() {
    let asked = given(Low).policy_where(|policy| {
        let rule = policy.criteria.iter_mut().find(|c| c.name.as_str() == "no_critical_finding");
        rule.unwrap().from = Some(item("evaluation"));
    });
    let world = asked
        .requested(request(crate::classification::ChangeType::NewModel, Low))
        .prepared()
        .submitted();
    assert_eq!(judged(&world, "no_critical_finding").0, Outcome::Met);
    let file = scan(vec![finding("leak", Severity::Critical, FindingState::Open)]);
    let elsewhere = world.having("rivera", attach(file));
    assert_eq!(judged(&elsewhere, "no_critical_finding").0, Outcome::Unmet);
}

#[test]
fn a_bound_on_one_task_reads_that_task_only() {
    let world = given(Low).policy_where(|policy| {
        if let CriterionRule::Bound(bound) = &mut policy.criteria[0].rule {
            bound.task = Some("news".into());
        }
    });
    let mut file = evaluation("9");
    let news = Measurement {
        task: Some("news".into()),
        ..measured("hallucination_rate", "2", Unit::Percent)
    };
    let reading: &mut Reading = file.reading.as_mut().unwrap();
    reading.measurements.push(news);
    let request = request(crate::classification::ChangeType::NewModel, Low);
    let world = world.requested(request).having("rivera", attach(file));
    assert_eq!(judged(&world, "hallucination_rate").0, Outcome::Met);
}
