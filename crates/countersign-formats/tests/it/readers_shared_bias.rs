//! Fairness tables that Fairlearn, Aequitas, AIF360 and the harness really wrote; see
//! [`readers_shared`](crate::readers_shared).

use crate::readers_shared::{fact, one, outcome, sample, value};
use countersign_core::decimal::Decimal;
use countersign_core::reading::{Completeness, Measurement, Outcome, Reading, Unit};

/// Equal but for the binary rounding of the tool that wrote the other number.
#[track_caller]
fn near(read: &Measurement, wanted: &str) {
    let (value, wanted) = (read.value.unwrap(), wanted.parse::<Decimal>().unwrap());
    let (low, high) = if value < wanted { (value, wanted) } else { (wanted, value) };
    assert!(high.minus(low).unwrap() < "1e-12".parse().unwrap(), "{value} is not {wanted}");
}

fn of_group<'a>(reading: &'a Reading, metric: &str, group: &str) -> &'a Measurement {
    let of = |it: &&Measurement| it.metric == metric && it.slice.as_deref() == Some(group);
    reading.measurements.iter().find(of).unwrap_or_else(|| panic!("no {metric} of {group}"))
}

fn compared<'a>(reading: &'a Reading, metric: &str) -> &'a Measurement {
    reading.measurements.iter().find(|it| it.metric == metric && it.slice.is_none()).unwrap()
}

#[test]
fn what_groups_differ_by_is_worked_out_as_fairlearn_does() {
    for (file, attribute) in
        [("fairlearn_by_group.csv", "sex"), ("fairlearn_summary.json", "group")]
    {
        let Some(read) = sample(&format!("bias/{file}")) else { return };
        assert_eq!(read.completeness, Completeness::Whole);
        for (group, accuracy, rate, n) in [
            ("female", "0.6572622779519331", "0.4702194357366771", 957),
            ("male", "0.7593480345158198", "0.4937679769894535", 1043),
        ] {
            let read_accuracy = of_group(&read, "accuracy", group);
            assert_eq!(read_accuracy.value.unwrap().to_string(), accuracy);
            assert_eq!(
                (read_accuracy.task.as_deref(), read_accuracy.n),
                (Some(attribute), Some(n))
            );
            let read_rate = of_group(&read, "selection_rate", group);
            assert_eq!(read_rate.value.unwrap().to_string(), rate);
        }
        let difference = compared(&read, "selection_rate_difference");
        near(difference, "0.02354854125277639");
        assert_eq!(difference.n, Some(957));
        let ratio = compared(&read, "selection_rate_ratio");
        near(ratio, "0.9523084882977751");
        assert_eq!(ratio.unit, Unit::Fraction);
        near(compared(&read, "accuracy_ratio"), "0.8655613079594271");
        near(compared(&read, "fpr_ratio"), "0.7500800906873012");
        near(compared(&read, "fpr_difference"), "0.07903011505986779");
        let four_fifths = format!("four_fifths.selection_rate.{attribute}");
        assert_eq!(outcome(&read, &four_fifths), Outcome::Pass);
    }
    let summary = sample("bias/fairlearn_summary.json").unwrap();
    near(compared(&summary, "equalized_odds_difference"), "0.1260267194458189");
    near(compared(&summary, "demographic_parity_difference"), "0.02354854125277639");
    assert_eq!(of_group(&summary, "accuracy", "overall").n, Some(2000));
    assert!(!summary.warnings.iter().any(|it| it.message.contains("the file states")));
}

#[test]
fn aequitas_is_read_in_its_three_layouts_and_agrees_with_its_own_counts() {
    for file in ["aequitas_group_metrics.csv", "aequitas_disparity.csv", "aequitas_fairness.csv"] {
        let Some(read) = sample(&format!("bias/{file}")) else { return };
        assert_eq!((&read.completeness, &read.warnings), (&Completeness::Whole, &vec![]), "{file}");
        assert_eq!(fact(&read, "score_threshold"), ["binary 0/1"]);
        let female = of_group(&read, "tpr", "female");
        assert_eq!((female.task.as_deref(), female.n), (Some("sex"), Some(470)));
        assert_eq!(of_group(&read, "pprev", "male").n, Some(1043));
        near(compared(&read, "tpr_difference"), "0.1260267194458189");
        near(compared(&read, "pprev_ratio"), "0.9523084882977751");
        near(compared(&read, "ppr_ratio"), "0.8737864077669902");
        assert_eq!(outcome(&read, "four_fifths.pprev.sex"), Outcome::Pass);
    }
    for file in ["aequitas_disparity.csv", "aequitas_fairness.csv"] {
        let read = sample(&format!("bias/{file}")).unwrap();
        for (metric, female) in [
            ("ppr_disparity", "0.8737864077669902"),
            ("fpr_disparity", "1.3331909650924025"),
            ("fnr_disparity", "1.5161094224924012"),
            ("tpr_disparity", "0.8332569558101474"),
        ] {
            assert_eq!(of_group(&read, metric, "female").value.unwrap().to_string(), female);
            assert_eq!(of_group(&read, metric, "male").value, Some(Decimal::whole(1)));
        }
        assert_eq!(fact(&read, "reference of tpr by sex"), ["male"]);
    }
    let fairness = sample("bias/aequitas_fairness.csv").unwrap();
    for (parity, wanted) in [("Statistical Parity", Outcome::Pass), ("FPR Parity", Outcome::Fail)] {
        assert_eq!(outcome(&fairness, &format!("sex=female {parity}")), wanted);
    }
}

#[test]
fn a_number_inside_a_sentence_is_read_and_checked_against_the_counts() {
    let Some(read) = sample("bias/aif360_explainer.jsonl") else { return };
    for (metric, wanted, n) in [
        ("Disparate Impact", "0.9523084882977751", 957),
        ("Statistical Parity Difference", "-0.02354854125277639", 957),
        ("True Positive Rate Difference", "-0.1260267194458189", 470),
    ] {
        let one = compared(&read, metric);
        assert_eq!((one.value.unwrap().to_string().as_str(), one.n), (wanted, Some(n)));
    }
    assert_eq!((read.measurements.len(), read.warnings.len()), (3, 0));
}

#[test]
fn a_score_whose_best_is_a_half_has_no_direction() {
    let Some(early) = sample("bias/pythia-1.3b-deduped-step67000.json") else { return };
    let late = sample("bias/pythia-1.3b-deduped-step71500.json").unwrap();
    assert_eq!(value(&early, "crows_pairs_english", "pct_stereotype"), "0.5641025641025641");
    assert_eq!(value(&late, "crows_pairs_english", "pct_stereotype"), "0.5736434108527132");
    for task in
        ["crows_pairs_english", "crows_pairs_english_gender", "crows_pairs_english_race_color"]
    {
        let (early, late) =
            (one(&early, task, "pct_stereotype"), one(&late, task, "pct_stereotype"));
        assert_eq!((early.direction, early.unit), (None, Unit::Unstated));
        assert!(late.value > early.value, "{task}");
    }
    assert_eq!((fact(&early, "tasks"), fact(&late, "tasks")), (vec!["29"], vec!["30"]));
}
