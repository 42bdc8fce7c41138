//! What readers promise the gate, one sentence of policy per test.

use countersign_core::reading::{Check, Completeness, FindingState, Outcome, Reading, Unit};
use countersign_formats::evidence::{Upload, read};

fn reading(name: &str, text: &str) -> Reading {
    read(&Upload::new(name, text.as_bytes())).unwrap().expect("no reader knows the text")
}

fn check(card: &str, name: &str) -> Check {
    let name = format!("model_card.{name}");
    reading("README.md", card).checks.into_iter().find(|it| it.name == name).unwrap()
}

const CARD: &str = "---\nlicense: mit\nbase_model: org/base\ndatasets: [org/tickets]\nowner: Dana\n---\n\
    ## Purpose\nShortens tickets.\n## Architecture\nRank sixteen adapter.\n\
    ## Training data\nTickets of 2025.\n## Limitations\nLong tickets suffer.\n\
    ## Intended use\nInside the desk.\n## Known biases\nDialect is shortened.\n";

/// R-022
#[test]
fn a_card_must_name_base_model_training_data_and_intended_use() {
    for (name, line) in [
        ("base_model", "base_model: org/base\n"),
        ("datasets", "datasets: [org/tickets]\n"),
        ("intended_use", "## Intended use\nInside the desk.\n"),
    ] {
        assert_eq!(check(CARD, name).outcome, Outcome::Pass, "{name}");
        assert!(CARD.contains(line));
        assert_eq!(check(&CARD.replace(line, ""), name).outcome, Outcome::Fail, "{name}");
    }
}

/// R-077
#[test]
fn each_of_the_six_sections_is_missed_when_it_is_gone_empty_or_a_placeholder() {
    for (name, heading) in [
        ("purpose", "## Purpose\n"),
        ("architecture", "## Architecture\n"),
        ("training_data", "## Training data\n"),
        ("limitations", "## Limitations\n"),
        ("intended_use", "## Intended use\n"),
        ("known_biases", "## Known biases\n"),
    ] {
        assert_eq!(check(CARD, name).outcome, Outcome::Pass, "{name}");
        let (before, after) = CARD.split_once(heading).unwrap();
        let rest = after.split_once('\n').unwrap().1;
        for broken in [
            format!("{before}{rest}"),
            format!("{before}{heading}{rest}"),
            format!("{before}{heading}TBD, to be written\n{rest}"),
        ] {
            assert_eq!(check(&broken, name).outcome, Outcome::Fail, "{name}:\n{broken}");
        }
    }
}

/// R-077
#[test]
fn a_placeholder_in_a_comment_or_the_front_matter_keeps_a_card_from_being_complete() {
    assert_eq!(check(CARD, "no_placeholders").outcome, Outcome::Pass);
    for card in [
        format!("{CARD}<!-- TODO before publishing -->\n"),
        CARD.replace("owner: Dana", "owner: REPLACE_ME"),
        format!("{CARD}\n[More Information Needed]\n"),
    ] {
        assert_eq!(check(&card, "no_placeholders").outcome, Outcome::Fail, "{card}");
    }
}

/// R-030
#[test]
fn a_card_names_exactly_one_accountable_owner() {
    for owner in ["owner: Dana", "accountable_owner: Dana", "owner: [Dana]", "owner: Dana (Desk)"] {
        let card = CARD.replace("owner: Dana", owner);
        assert_eq!(check(&card, "owner").outcome, Outcome::Pass, "{owner}");
    }
    let in_text = CARD.replace("owner: Dana\n", "") + "## Owner\nDana\n";
    assert_eq!(check(&in_text, "owner").outcome, Outcome::Pass);
    for owner in [
        "author: Dana",
        "owner:",
        "owner: TBD",
        "owner: []",
        "owner: [Dana, Rivera]",
        "owner: Dana and Rivera",
        "owner: Dana; Rivera",
        "owner: Dana\naccountable_owner: Rivera",
    ] {
        let card = CARD.replace("owner: Dana", owner);
        assert_eq!(check(&card, "owner").outcome, Outcome::Fail, "{owner}");
    }
    let twice = CARD.to_owned() + "## Owner\nRivera\n";
    assert_eq!(check(&twice, "owner").outcome, Outcome::Fail);
}

/// R-038
#[test]
fn the_data_sets_a_card_names_are_kept_one_by_one() {
    let card = reading("README.md", &CARD.replace("[org/tickets]", "[org/tickets, DS-0114]"));
    let kept = card.facts.iter().filter(|it| it.name == "datasets").map(|it| it.value.as_str());
    assert_eq!(kept.collect::<Vec<_>>(), ["org/tickets", "DS-0114"]);
}

/// R-167
#[test]
fn rouge_hallucination_rate_and_a_fifty_sample_human_evaluation_are_read() {
    let read = reading(
        "evaluation.json",
        r#"{"rouge_l": 0.41, "hallucination_rate": {"value": "5%", "n": 500},
            "human_eval": {"value": 4.2, "n": 50}}"#,
    );
    let read_as: Vec<_> = read
        .measurements
        .iter()
        .map(|it| (it.metric.as_str(), it.value.unwrap().to_string(), it.unit, it.n))
        .collect();
    assert_eq!(
        read_as,
        [
            ("rouge_l", "0.41".into(), Unit::Unstated, None),
            ("hallucination_rate", "5".into(), Unit::Percent, Some(500)),
            ("human_eval", "4.2".into(), Unit::Unstated, Some(50)),
        ]
    );
}

/// R-168
#[test]
fn an_injection_suite_gives_a_pass_or_a_failure_per_probe() {
    let suite = "<testsuite name='injection' tests='3' failures='1' skipped='1'>\
        <testcase name='direct'/><testcase name='indirect'><failure message='leaked'/></testcase>\
        <testcase name='encoded'><skipped/></testcase></testsuite>";
    let outcomes: Vec<_> =
        reading("a.xml", suite).checks.into_iter().map(|it| (it.name, it.outcome)).collect();
    assert_eq!(
        outcomes,
        [
            ("injection.direct".into(), Outcome::Pass),
            ("injection.indirect".into(), Outcome::Fail),
            ("injection.encoded".into(), Outcome::Skip),
        ]
    );
}

/// R-170
#[test]
fn a_rollback_time_counts_only_from_a_test_that_passed() {
    let suite = |verdict: &str| {
        format!(
            "<testsuite><testcase name='rollback'><properties><property \
             name='rollback_seconds' value='41'/></properties>{verdict}</testcase></testsuite>"
        )
    };
    let time = |verdict: &str| reading("a.xml", &suite(verdict)).measurements[0].value;
    assert_eq!(time("").map(|it| it.to_string()).as_deref(), Some("41"));
    assert_eq!(time("<failure/>"), None);
    assert_eq!(time("<skipped/>"), None);
}

/// R-176
#[test]
fn accepting_or_fixing_a_critical_finding_closes_it_and_disputing_that_does_not() {
    let state = |extra: &str| {
        let scan = format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "s"}}}}, "results": [
                {{"ruleId": "A", "properties": {{"security-severity": "9.8"}}{extra}}}]}}]}}"#
        );
        reading("a.sarif", &scan).findings[0].state
    };
    assert_eq!(state(""), FindingState::Open);
    assert_eq!(state(r#", "suppressions": []"#), FindingState::Open);
    assert_eq!(state(r#", "suppressions": [{"status": "accepted"}]"#), FindingState::Suppressed);
    assert_eq!(state(r#", "suppressions": [{"status": "underReview"}]"#), FindingState::Open);
    assert_eq!(
        state(r#", "suppressions": [{"status": "accepted"}, {"status": "rejected"}]"#),
        FindingState::Open
    );
    assert_eq!(state(r#", "baselineState": "absent""#), FindingState::Absent);
}

/// I-12
#[test]
fn missing_nan_infinite_and_empty_values_are_never_numbers() {
    for value in ["NaN", "Infinity", "-Infinity", "null", "\"\"", "\"nan\"", "1e400"] {
        let read = reading("a.json", &format!(r#"{{"x": 1, "rate": {value}}}"#));
        let rate = read.measurements.iter().find(|it| it.metric == "rate").unwrap();
        assert_eq!(rate.value, None, "{value}");
        assert_eq!(read.warnings.len(), 1, "{value}");
    }
}

/// I-12
#[test]
fn negative_counts_and_wrong_units_are_refused() {
    for entry in [
        r#"{"value": 1, "n": -5}"#,
        r#"{"value": 1, "n": 0.5}"#,
        r#"{"value": 1, "unit": "furlong"}"#,
    ] {
        let text = format!(r#"{{"rate": {entry}}}"#);
        assert!(read(&Upload::new("a.json", text.as_bytes())).is_err(), "{entry}");
    }
}

/// I-12
#[test]
fn a_result_that_is_empty_or_cut_short_is_never_whole() {
    for (name, text) in [
        ("a.sarif", r#"{"version": "2.1.0", "runs": []}"#),
        ("a.xml", "<testsuites/>"),
        ("a.xml", "<testsuite tests='2'><testcase name='a'/></testsuite>"),
        ("a.csv", "metric,value\n"),
        ("a.yaml", "[] # dataset: value:"),
        ("a.json", r#"[{"metric": "a", "value": 1, "n": 5, "n_total": 20}]"#),
        ("a.json", r#"{"results": {}, "lm_eval_version": "0.4.13"}"#),
        (
            "a.json",
            r#"{"results": {"t": {"acc,none": 1}}, "lm_eval_version": "0.4.13",
                "n-samples": {"t": {"original": 20, "effective": 5}}}"#,
        ),
        (
            "a.json",
            r#"{"results": {"t": {"acc,none": 1}}, "lm_eval_version": "0.4.13",
                "config": {"limit": 5}}"#,
        ),
        ("a.csv", "group,metric,value\n"),
        ("a.csv", "sex,selection_rate,count\n"),
        ("a.csv", "attribute_name,attribute_value,group_size\n"),
        ("a.json", r#"{"findings": []}"#),
        ("a.json", r#"{"summary": {"modelscan_version": "1"}, "issues": [], "errors": []}"#),
        (
            "a.json",
            r#"{"summary": {"modelscan_version": "1", "total_issues": 0, "scanned":
                {"total_scanned": 1, "scanned_files": ["a.pkl"]}, "skipped": {"total_skipped": 1,
                "skipped_files": []}}, "issues": [], "errors": []}"#,
        ),
        ("a.json", r#"{"run": {"info": {"status": "RUNNING"}, "data": {"metrics": []}}}"#),
        ("a.json", r#"{"run": {"info": {"status": "FINISHED"}, "data": {}}}"#),
        ("a.json", r#"{"model_version": {"name": "a", "version": "1", "status": "READYISH"}}"#),
    ] {
        assert_ne!(reading(name, text).completeness, Completeness::Whole, "{text}");
    }
}

/// I-12
#[test]
fn the_group_nobody_could_measure_keeps_the_others_from_passing() {
    let outcome = |rows: &str| {
        let table = format!("attribute,group,metric,value,n\n{rows}");
        let read = reading("a.csv", &table);
        let ratio = read.measurements.iter().find(|it| it.metric == "selection_rate_ratio");
        (ratio.unwrap().value.map(|it| it.to_string()), read.checks[0].outcome)
    };
    let two = "sex,f,selection_rate,0.4,200\nsex,m,selection_rate,0.5,300\n";
    assert_eq!(outcome(two), (Some("0.8".into()), Outcome::Pass));
    for third in ["sex,x,selection_rate,NaN,4\n", "sex,x,selection_rate,0.5,0\n"] {
        assert_eq!(outcome(&format!("{two}{third}")), (None, Outcome::Error), "{third}");
    }
    let third = "sex,x,selection_rate,0.3999,50\n";
    assert_eq!(outcome(&format!("{two}{third}")).1, Outcome::Fail);
}

#[test]
fn a_signature_that_nobody_checked_never_counts_as_a_passed_check() {
    let bundle = include_str!("../readers/model-signing/adapter.sig.json");
    let read = reading("model.sig", bundle);
    let signature = read.checks.iter().find(|it| it.name == "model_signing.signature").unwrap();
    assert_eq!(signature.outcome, Outcome::Skip);
    assert!(signature.detail.contains("signature not checked"), "{}", signature.detail);
}

#[test]
fn a_data_set_card_is_not_read_as_the_card_of_a_model_nor_the_other_way_round() {
    for (front, format) in [
        ("license: mit\ntask_categories: [text-generation]", "dataset-card"),
        ("license: mit\npretty_name: Tickets", "dataset-card"),
        ("license: mit\nbase_model: org/base", "model-card"),
        ("license: mit\npretty_name: Triage\nbase_model: org/base", "model-card"),
        ("license: mit\ndatasets: [org/tickets]", "model-card"),
        ("license: mit", "model-card"),
    ] {
        let card = format!("---\n{front}\n---\n# A card\n");
        assert_eq!(reading("README.md", &card).format, format, "{front}");
    }
}

fn inspect_log(status: &str, rest: &str) -> Reading {
    let log = format!(
        r#"{{"version": 2, "status": "{status}", "eval": {{"task": "t", "model": "org/m",
            "dataset": {{"samples": 4}}, "config": {{}}}}, "results": {{"total_samples": 4,
            "completed_samples": 4, "scores": [{{"name": "s", "scorer": "s", "scored_samples": 4,
            "unscored_samples": 0, "metrics": {{"accuracy": {{"value": 1}}}}}}]}}{rest}}}"#
    );
    reading("log.json", &log)
}

/// I-12
#[test]
fn a_log_is_whole_only_by_its_own_word_and_its_counts() {
    assert_eq!(inspect_log("success", "").completeness, Completeness::Whole);
    for status in ["started", "cancelled", "error", "done", "Success", ""] {
        let read = inspect_log(status, "");
        assert!(matches!(read.completeness, Completeness::Failed { .. }), "{status}");
        assert_eq!(read.measurements.len(), 1, "what it scored is still shown");
    }
    for rest in [
        r#", "invalidated": true"#,
        r#", "error": {"message": "late"}"#,
        r#", "samples": []"#,
        r#", "samples": [{"id": 1}, {"id": 2}, {"id": 3}, {"id": 4, "error": {"message": "x"}}]"#,
    ] {
        assert_ne!(inspect_log("success", rest).completeness, Completeness::Whole, "{rest}");
    }
}

fn promptfoo(rows: &str, [passed, failed, errors]: [u64; 3]) -> Reading {
    let file = format!(
        r#"{{"evalId": "e", "results": {{"version": 3, "results": [{rows}], "prompts": [],
            "stats": {{"successes": {passed}, "failures": {failed}, "errors": {errors}}}}}}}"#
    );
    reading("results.json", &file)
}

/// R-168
#[test]
fn an_injection_suite_of_promptfoo_gives_a_pass_or_a_failure_per_case() {
    let case = |number: u64, rest: &str| {
        format!(
            r#"{{"testIdx": {number}, {rest}, "testCase": {{"description": "case {number}",
                "assert": [{{"type": "contains"}}]}}}}"#
        )
    };
    let rows = [
        case(0, r#""success": true, "failureReason": 0"#),
        case(1, r#""success": false, "failureReason": 1"#),
        case(2, r#""success": false, "failureReason": 2, "error": "no answer""#),
    ];
    let read = promptfoo(&rows.join(","), [1, 1, 1]);
    let outcomes: Vec<_> = read.checks.iter().map(|it| (it.name.as_str(), it.outcome)).collect();
    let wanted = [("case 0", Outcome::Pass), ("case 1", Outcome::Fail), ("case 2", Outcome::Error)];
    assert_eq!(outcomes, wanted);
    assert!(matches!(read.completeness, Completeness::Partial { .. }), "a case has no result");
    for counts in [[2, 0, 1], [1, 2, 0], [10, 1, 1], [0, 0, 0]] {
        let read = promptfoo(&rows.join(","), counts);
        assert_ne!(read.completeness, Completeness::Whole, "{counts:?}");
    }
}

/// R-168
#[test]
fn an_attack_that_got_through_once_is_a_failed_check_and_an_open_finding() {
    let report = |passed: u64, fails: u64, end: &str| {
        let scores = vec!["0.0"; usize::try_from(passed + fails).unwrap()].join(",");
        reading(
            "a.report.jsonl",
            &format!(
                "{{\"entry_type\": \"init\", \"run\": \"r\"}}\n\
                 {{\"entry_type\": \"attempt\", \"status\": 2, \"probe_classname\": \"dan.Old\", \
                 \"detector_results\": {{\"dan.DAN\": [{scores}]}}}}\n\
                 {{\"entry_type\": \"eval\", \"probe\": \"dan.Old\", \"detector\": \"dan.DAN\", \
                 \"passed\": {passed}, \"fails\": {fails}, \"nones\": 0, \
                 \"total_evaluated\": {}}}\n{end}",
                passed + fails
            ),
        )
    };
    let end = "{\"entry_type\": \"completion\", \"run\": \"r\"}\n";
    let clean = report(50, 0, end);
    assert_eq!((clean.checks[0].outcome, clean.findings.len()), (Outcome::Pass, 0));
    assert_eq!(clean.completeness, Completeness::Whole);
    let hit = report(49, 1, end);
    assert_eq!((hit.checks[0].outcome, hit.findings[0].state), (Outcome::Fail, FindingState::Open));
    let rate = hit.measurements[0].value.unwrap().to_string();
    assert_eq!((rate.as_str(), hit.measurements[0].unit), ("0.02", Unit::Fraction));
    for read in [report(50, 0, ""), report(0, 0, end)] {
        assert_ne!(read.completeness, Completeness::Whole);
    }
    assert_eq!(report(0, 0, end).measurements[0].value, None, "none of none is no rate");
}
