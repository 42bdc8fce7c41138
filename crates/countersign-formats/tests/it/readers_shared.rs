//! Readers against files that other tools and people wrote, kept outside this repository.
//!
//! `COUNTERSIGN_SHARED` names the folder that holds `samples/`. Without it each test says so and
//! passes; requirements are therefore named by the tests beside this one, which always run.

use countersign_core::reading::{
    Completeness, Direction, Finding, FindingState, Measurement, Outcome, Place, Reading, Severity,
    Unit,
};
use countersign_formats::evidence::{Unreadable, Upload, read};
use std::path::PathBuf;

/// The reading of a sample, or `None` when there are no samples here.
pub fn sample(path: &str) -> Option<Reading> {
    let (name, bytes) = content(path)?;
    Some(read(&Upload::new(&name, &bytes)).unwrap().expect("no reader knows the sample"))
}

/// Why a sample is refused, or `None` when there are no samples here.
pub fn refused(path: &str) -> Option<Unreadable> {
    let (name, bytes) = content(path)?;
    Some(read(&Upload::new(&name, &bytes)).expect_err("the sample was read"))
}

fn content(path: &str) -> Option<(String, Vec<u8>)> {
    let Some(folder) = std::env::var_os("COUNTERSIGN_SHARED") else {
        println!("skipped: COUNTERSIGN_SHARED is not set");
        return None;
    };
    let path = PathBuf::from(folder).join("samples").join(path);
    let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    Some((path.file_name().unwrap().to_string_lossy().into_owned(), bytes))
}

pub fn one<'a>(reading: &'a Reading, task: &str, metric: &str) -> &'a Measurement {
    let mut found = reading
        .measurements
        .iter()
        .filter(|it| it.task.as_deref() == Some(task) && it.metric == metric);
    let first = found.next().unwrap_or_else(|| panic!("no {metric} on {task}"));
    assert!(found.next().is_none(), "{metric} on {task} stands twice");
    first
}

pub fn value(reading: &Reading, task: &str, metric: &str) -> String {
    one(reading, task, metric).value.map_or("none".into(), |value| value.to_string())
}

pub fn fact<'a>(reading: &'a Reading, name: &str) -> Vec<&'a str> {
    reading.facts.iter().filter(|it| it.name == name).map(|it| it.value.as_str()).collect()
}

pub fn outcome(reading: &Reading, check: &str) -> Outcome {
    reading.checks.iter().find(|it| it.name == check).unwrap().outcome
}

pub fn warned(reading: &Reading, words: &str) -> bool {
    reading.warnings.iter().any(|warning| warning.message.contains(words))
}

fn open(reading: &Reading) -> Vec<&Finding> {
    reading.findings.iter().filter(|it| it.state == FindingState::Open).collect()
}

pub fn failed(reading: &Reading, words: &str) -> bool {
    matches!(&reading.completeness, Completeness::Failed { what, .. } if what.contains(words))
}

#[test]
fn a_card_with_results_but_no_base_model_is_incomplete() {
    let Some(card) = sample("model-card/RYS-XLarge.README.md") else { return };
    assert_eq!(card.format, "model-card");
    assert_eq!(fact(&card, "license"), ["mit"]);
    assert_eq!(card.claimed_subject.as_deref(), Some("RYS-XLarge"));
    assert_eq!(card.measurements.len(), 6);
    for (task, metric, wanted) in [
        ("IFEval (0-Shot)", "inst_level_strict_acc and prompt_level_strict_acc", "79.96"),
        ("BBH (3-Shot)", "acc_norm", "58.77"),
        ("MATH Lvl 5 (4-Shot)", "exact_match", "38.97"),
        ("GPQA (0-shot)", "acc_norm", "17.9"),
        ("MuSR (0-shot)", "acc_norm", "23.72"),
        ("MMLU-PRO (5-shot)", "acc", "49.2"),
    ] {
        assert_eq!(value(&card, task, metric), wanted);
        assert_eq!(one(&card, task, metric).unit, Unit::Unstated);
    }
    let base = card.checks.iter().find(|it| it.name == "model_card.base_model").unwrap();
    assert_eq!(base.outcome, Outcome::Fail);
    assert!(base.detail.contains("MaziyarPanahi/calme-2.1-qwen2-72b"), "{}", base.detail);
    for check in ["datasets", "intended_use", "limitations", "owner"] {
        assert_eq!(outcome(&card, &format!("model_card.{check}")), Outcome::Fail, "{check}");
    }
}

#[test]
fn a_draft_card_of_an_adapter_is_not_complete() {
    let Some(card) = sample("model-card/kev-9b-awq.README.md") else { return };
    assert_eq!(fact(&card, "license"), ["apache-2.0"]);
    assert_eq!(fact(&card, "base_model"), ["jaredpalmer/qwen3.5-9b-base-awq"]);
    assert_eq!(fact(&card, "base_model_relation"), ["adapter"]);
    assert_eq!(fact(&card, "library_name"), ["peft"]);
    assert_eq!(fact(&card, "datasets").len(), 10);
    assert_eq!(fact(&card, "metrics").len(), 3);
    assert_eq!(card.measurements, []);
    assert!(warned(&card, "the card holds no value"));
    for check in ["base_model", "license", "datasets"] {
        assert_eq!(outcome(&card, &format!("model_card.{check}")), Outcome::Pass, "{check}");
    }
    let draft = card.checks.iter().find(|it| it.name == "model_card.no_placeholders").unwrap();
    assert_eq!(draft.outcome, Outcome::Fail);
    let lines = card.warnings.iter().filter(|it| it.message.contains("placeholder"));
    let lines: Vec<&Place> = lines.map(|it| &it.place).collect();
    for line in [36, 46, 56, 58] {
        assert!(lines.contains(&&Place::Line(line)), "line {line}: {lines:?}");
    }
}

#[test]
fn benchmark_scores_of_two_scales_are_flagged() {
    let Some(scores) = sample("model-card/eval_results.hle-gpqa.yaml") else { return };
    assert_eq!(scores.format, "hf-eval-results");
    assert_eq!(value(&scores, "cais/hle", "score"), "20.9");
    assert_eq!(value(&scores, "Idavidrein/gpqa", "score"), "0.412");
    assert_eq!(one(&scores, "cais/hle", "score").slice.as_deref(), Some("default"));
    assert_eq!(one(&scores, "Idavidrein/gpqa", "score").slice.as_deref(), Some("gpqa_diamond"));
    assert!(fact(&scores, "cais/hle revision")[0].starts_with("5503434d"));
    assert_eq!(fact(&scores, "cais/hle notes"), ["no-tools"]);
    assert_eq!(fact(&scores, "cais/hle source"), ["https://huggingface.co/datasets/cais/hle"]);
    assert!(warned(&scores, "mixes values above 1"));
}

#[test]
fn the_old_layout_of_the_harness_is_read_without_its_internal_paths() {
    let Some(old) = sample("lm-eval/pythia-1b-0shot-step143000.json") else { return };
    assert_eq!(fact(&old, "tasks"), ["132"]);
    for (task, metric, wanted, stderr) in [
        ("arc_easy", "acc", "0.5585016835016835", Some("0.010189314382749927")),
        ("arc_easy", "acc_norm", "0.5004208754208754", None),
        ("piqa", "acc", "0.7040261153427638", None),
        ("sciq", "acc", "0.843", None),
        ("lambada_openai", "ppl", "7.785148007753759", None),
        ("lambada_openai", "acc", "0.562196778575587", None),
        ("wsc", "acc", "0.36538461538461536", Some("0.0474473339327792")),
    ] {
        let read = one(&old, task, metric);
        assert_eq!(value(&old, task, metric), wanted, "{task} {metric}");
        assert_eq!((read.slice.as_ref(), read.direction, read.n), (None, None, None));
        if let Some(stderr) = stderr {
            assert_eq!(read.stderr.map(|it| it.to_string()).as_deref(), Some(stderr));
        }
    }
    assert_eq!(fact(&old, "model"), ["neox"]);
    assert_eq!(old.completeness, Completeness::Whole);
    let shown = serde_json::to_string(&old).unwrap();
    assert!(!shown.contains("/fsx") && !shown.contains("wandb"), "an internal path is shown");
}

#[test]
fn two_checkpoints_of_one_model_can_be_compared() {
    let Some(early) = sample("lm-eval/pythia-1b-0shot-early.json") else { return };
    let late = sample("lm-eval/pythia-1b-0shot-step143000.json").unwrap();
    for (task, metric, wanted) in [
        ("arc_easy", "acc", "0.48947811447811446"),
        ("piqa", "acc", "0.6610446137105549"),
        ("lambada_openai", "ppl", "14.561030552634776"),
    ] {
        assert_eq!(value(&early, task, metric), wanted);
        let (before, after) = (one(&early, task, metric).value, one(&late, task, metric).value);
        assert_eq!(before < after, metric == "acc", "{task} {metric}");
    }
}

#[test]
fn todays_layout_gives_counts_direction_and_an_unproven_subject() {
    let Some(read) = sample("lm-eval/lm-eval-2025-01-mmlu_abstract_algebra-steered.json") else {
        return;
    };
    let acc = one(&read, "mmlu_abstract_algebra", "acc");
    assert_eq!(value(&read, "mmlu_abstract_algebra", "acc"), "0.34");
    assert_eq!(acc.stderr.map(|it| it.to_string()).as_deref(), Some("0.047609522856952344"));
    assert_eq!((acc.slice.as_deref(), acc.n), (Some("none"), Some(100)));
    assert_eq!(acc.direction, Some(Direction::HigherIsBetter));
    assert_eq!(read.measurements.len(), 1);
    assert_eq!(read.completeness, Completeness::Whole);
    assert_eq!(fact(&read, "model_source"), ["sae_steered_beta"]);
    assert!(fact(&read, "model_sha")[0].starts_with("c5ebcd40"));
    assert_eq!(fact(&read, "git_hash"), ["e16afa2f"]);
    assert_eq!(fact(&read, "task_hashes"), ["0"]);
    assert_eq!(fact(&read, "model_args base_name"), ["google/gemma-2-2b"]);
    assert!(fact(&read, "total_evaluation_time_seconds")[0].starts_with("70.06"));
    assert!(read.generated_at.as_deref().is_some_and(|date| date.starts_with("1737419939.48")));
    assert!(warned(&read, "path, not a model id"));
    assert!(!serde_json::to_string(&read).unwrap().contains("/home"), "an internal path is shown");
}

#[test]
fn a_group_is_counted_once_and_two_filters_stay_apart() {
    let Some(read) = sample("lm-eval/lm-eval-0.4.13-group.json") else { return };
    assert_eq!(value(&read, "cs_parity", "acc"), "0.65");
    assert_eq!(value(&read, "cs_group", "acc"), "0.65");
    assert_eq!(one(&read, "cs_group", "acc").n, Some(20));
    let filters: Vec<_> = read
        .measurements
        .iter()
        .filter(|it| it.task.as_deref() == Some("cs_gen"))
        .map(|it| (it.metric.as_str(), it.slice.as_deref().unwrap(), it.value.unwrap().to_string()))
        .collect();
    let zero = || "0".to_owned();
    assert_eq!(
        filters,
        [("exact_match", "strict-match", zero()), ("exact_match", "flexible-extract", zero())]
    );
    assert_eq!(read.measurements.len(), 5);
    assert_eq!(read.tool_version.as_deref(), Some("0.4.13"));
    assert!(warned(&read, "answers at random"));
}

#[test]
fn a_run_with_a_limit_is_partial_however_good_its_score() {
    let Some(read) = sample("lm-eval/lm-eval-0.4.13-limit5.json") else { return };
    assert_eq!(value(&read, "cs_parity", "acc"), "0.8");
    assert_eq!(fact(&read, "limit"), ["5"]);
    let Completeness::Partial { what, place } = &read.completeness else {
        panic!("{:?}", read.completeness)
    };
    assert!(what.starts_with("5 of 20 samples"), "{what}");
    assert_eq!(place, &Place::Pointer("/n-samples/cs_parity/effective".into()));
}

#[test]
fn a_per_sample_log_is_counted_but_never_whole() {
    let Some(read) = sample("lm-eval/lm-eval-0.4.13-samples_cs_gen.jsonl") else { return };
    assert_eq!((fact(&read, "lines"), fact(&read, "documents")), (vec!["40"], vec!["20"]));
    let read_as: Vec<_> = read
        .measurements
        .iter()
        .map(|it| (it.metric.as_str(), it.slice.as_deref().unwrap(), it.n))
        .collect();
    assert_eq!(
        read_as,
        [("exact_match", "flexible-extract", Some(20)), ("exact_match", "strict-match", Some(20))]
    );
    assert!(matches!(read.completeness, Completeness::Partial { .. }));
}

#[test]
fn a_disputed_suppression_leaves_the_finding_open() {
    let Some(read) = sample("sarif/ms-Suppressions.sarif") else { return };
    assert_eq!(read.findings.len(), 9);
    assert_eq!(open(&read).len(), 6);
    let suppressed = read.findings.iter().filter(|it| it.state == FindingState::Suppressed).count();
    assert_eq!(suppressed, 3);
    assert!(read.findings.iter().all(|it| it.rule == "TUT1001" && it.severity == Severity::Medium));
}

#[test]
fn a_finding_that_is_gone_does_not_stand() {
    let Some(read) = sample("sarif/ms-Baseline.sarif") else { return };
    assert_eq!((read.findings.len(), open(&read).len()), (4, 3));
    assert_eq!(read.findings[0].state, FindingState::Absent);
}

#[test]
fn a_result_without_level_takes_the_level_of_its_rule() {
    let Some(read) = sample("sarif/ms-DefaultRuleConfiguration.sarif") else { return };
    let severities: Vec<Severity> = read.findings.iter().map(|it| it.severity).collect();
    assert_eq!(severities, [Severity::High, Severity::Medium]);
    assert!(warned(&read, "name different rules"));
}

#[test]
fn no_results_from_a_failed_or_missing_run_are_no_clean_scan() {
    let Some(read) = sample("sarif/ms-Notifications.sarif") else { return };
    assert_eq!(read.findings, []);
    assert!(failed(&read, "its run failed"));
    assert!(warned(&read, "TUTN9002") && warned(&read, "TUTN9001"));
    assert!(failed(&sample("sarif/dd-no_runs.sarif").unwrap(), "no run"));
}

#[test]
fn findings_of_many_scanners_are_read() {
    let Some(njsscan) = sample("sarif/dd-njsscan.sarif") else { return };
    assert_eq!(njsscan.tool.as_deref(), Some("nodejsscan"));
    assert_eq!(njsscan.tool_version.as_deref(), Some("0.2.3"));
    let severities: Vec<Severity> = njsscan.findings.iter().map(|it| it.severity).collect();
    assert_eq!(severities, [Severity::Medium, Severity::High]);
    let gitleaks = sample("sarif/dd-gitleaks_7.5.0.sarif").unwrap();
    assert_eq!(gitleaks.tool_version.as_deref(), Some("v7.4.0"));
    assert_eq!(gitleaks.findings.len(), 8);
    assert!(gitleaks.findings.iter().all(|it| it.severity == Severity::Medium));
    let dockle = sample("sarif/dd-dockle_0_3_15.sarif").unwrap();
    let severities: Vec<Severity> = dockle.findings.iter().map(|it| it.severity).collect();
    assert_eq!(severities, [Severity::High, Severity::Low, Severity::Low, Severity::Low]);
    let suppression = sample("sarif/dd-suppression_test.sarif").unwrap();
    assert_eq!((suppression.findings.len(), open(&suppression).len()), (5, 2));
}

#[test]
fn a_scanners_own_scale_goes_before_the_level() {
    let Some(bandit) = sample("sarif/bandit-1.9.4.sarif") else { return };
    let count = |severity| bandit.findings.iter().filter(|it| it.severity == severity).count();
    assert_eq!(bandit.findings.len(), 5);
    assert_eq!((count(Severity::High), count(Severity::Medium), count(Severity::Low)), (2, 2, 1));
    assert!(bandit.findings.iter().all(|it| it.severity_from.contains("issue_severity")));
    assert_eq!(bandit.tool_version, None);
    assert_eq!(count(Severity::Critical), 0);
}

#[test]
fn an_injection_suite_that_failed_twice_says_so() {
    let Some(read) = sample("junit/promptfoo-0.121.20.junit.xml") else { return };
    let outcomes: Vec<Outcome> = read.checks.iter().map(|it| it.outcome).collect();
    assert_eq!(outcomes, [Outcome::Pass, Outcome::Fail, Outcome::Fail]);
    assert_eq!(read.completeness, Completeness::Whole);
}

#[test]
fn a_test_report_gives_outcomes_and_the_rollback_time() {
    let Some(read) = sample("junit/pytest-junit.xml") else { return };
    let count = |outcome| read.checks.iter().filter(|it| it.outcome == outcome).count();
    assert_eq!(read.checks.len(), 7);
    assert_eq!((count(Outcome::Fail), count(Outcome::Error), count(Outcome::Skip)), (2, 1, 2));
    assert_eq!(outcome(&read, "test_gate.test_endpoint"), Outcome::Error);
    assert_eq!(outcome(&read, "test_gate.test_known"), Outcome::Skip);
    assert_eq!(value(&read, "test_gate.test_rollback_executes", "rollback_seconds"), "41");
    assert_eq!(fact(&read, "rollback_seconds"), ["41"]);
    let leak = read.checks.iter().find(|it| it.name == "test_gate.test_no_pii_leak").unwrap();
    assert!(leak.detail.contains("PII leaked & <b>escaped</b>"), "{}", leak.detail);
    assert_eq!(read.completeness, Completeness::Whole);
}

fn partial(reading: &Reading, words: &str) -> bool {
    matches!(&reading.completeness, Completeness::Partial { what, .. } if what.contains(words))
}

/// The value of a metric on a task under a slice.
fn sliced(reading: &Reading, task: &str, slice: &str, metric: &str) -> (String, Option<u64>) {
    let fits = |it: &&Measurement| {
        it.metric == metric
            && it.task.as_deref() == Some(task)
            && it.slice.as_deref() == Some(slice)
    };
    let found = reading.measurements.iter().find(fits).expect("no such measurement");
    (found.value.map_or("none".into(), |value| value.to_string()), found.n)
}

#[test]
fn a_log_and_its_archive_say_the_same() {
    for (json, archive, task, slice, wanted, n) in [
        ("log_formats.json", "log_formats.eval", "popularity", "match", "0", 1),
        (
            "inspect-0.3.285-injection_probe.json",
            "inspect-0.3.285-injection_probe.eval",
            "injection_probe",
            "includes",
            "0.6666666666666666",
            6,
        ),
    ] {
        let Some(json) = sample(&format!("inspect/{json}")) else { return };
        let archive = sample(&format!("inspect/{archive}")).unwrap();
        for read in [&json, &archive] {
            assert_eq!(read.format, "inspect");
            assert_eq!(sliced(read, task, slice, "accuracy"), (wanted.to_owned(), Some(n)));
            assert_eq!(fact(read, "status"), ["success"]);
        }
        let values = |read: &Reading| {
            read.measurements.iter().map(|it| (it.value, it.stderr)).collect::<Vec<_>>()
        };
        assert_eq!(values(&json), values(&archive));
        assert_eq!(json.claimed_subject, archive.claimed_subject);
    }
    let probe = sample("inspect/inspect-0.3.285-injection_probe.eval").unwrap();
    assert_eq!(probe.completeness, Completeness::Whole);
    assert_eq!(fact(&probe, "total_samples"), ["12"]);
    let stderr = probe.measurements[0].stderr.unwrap().to_string();
    assert_eq!(stderr, "0.210818510677892");
}

#[test]
fn a_log_that_was_cancelled_cut_short_or_left_unscored_is_never_whole() {
    let cancelled = "inspect/2025-05-12T20-28-13-04-00_popularity.json";
    let Some(read) = sample(cancelled) else { return };
    assert!(failed(&read, "cancelled"));
    let got = sliced(&read, "popularity", "match", "accuracy");
    assert_eq!(got, ("0.6666666666666666".into(), Some(3)));
    let unscored = "2025-02-11T15-17-00-05-00_popularity_dPiJifoWeEQBrfWsAopzWr.eval";
    let read = sample(&format!("inspect/{unscored}")).unwrap();
    assert!(failed(&read, "no score") && read.measurements.is_empty());
    assert_eq!(fact(&read, "completed_samples"), ["10"]);
    let read = sample("inspect/2025-05-12T20-28-26-04-00_security-guide.json").unwrap();
    let got = sliced(&read, "security_guide", "model_graded_fact", "accuracy");
    assert_eq!(got, ("1".into(), Some(3)));
    assert!(partial(&read, "3 of 16 samples"));
    let read = sample("inspect/log_tool_call_error.json").unwrap();
    assert!(partial(&read, "1 of 4 samples") && warned(&read, "tool calls"));
    let read = sample("inspect/log_formats.json").unwrap();
    assert!(partial(&read, "1 of 100 samples"));
}

#[test]
fn a_bare_nan_in_a_log_is_no_value() {
    let Some(read) = sample("inspect/inspect-0.3.285-nan-metric.json") else { return };
    assert_eq!(sliced(&read, "t", "s", "accuracy").0, "1");
    assert_eq!(sliced(&read, "t", "s", "broken").0, "none");
    assert!(warned(&read, "`broken` has no value"));
}

#[test]
fn a_red_team_has_findings_only_where_it_got_through() {
    let Some(read) = sample("promptfoo/promptfoo_many_findings.json") else { return };
    let count = |severity| open(&read).iter().filter(|it| it.severity == severity).count();
    assert_eq!(open(&read).len(), 7);
    assert_eq!((count(Severity::Critical), count(Severity::High)), (3, 1));
    assert_eq!((count(Severity::Medium), count(Severity::Low)), (1, 1));
    assert_eq!(count(Severity::Unknown), 1);
    assert_eq!(fact(&read, "successes"), ["2"]);
    assert_eq!(value(&read, "pii:direct", "attack_success_rate"), "1");
    assert_eq!(read.completeness, Completeness::Whole);
    let clean = sample("promptfoo/promptfoo_no_findings.json").unwrap();
    assert!(open(&clean).is_empty());
    assert!(partial(&clean, "2 of 10 results"));
}

#[test]
fn an_assertion_that_threw_is_a_failure_and_is_warned_of() {
    let Some(read) = sample("promptfoo/promptfoo-0.121.20.json") else { return };
    assert_eq!(fact(&read, "evalId"), ["eval-IeC-2026-11-20T06:23:35"]);
    assert_eq!(read.tool_version.as_deref(), Some("0.121.20"));
    assert_eq!(outcome(&read, "injection-1"), Outcome::Pass);
    assert_eq!(outcome(&read, "injection-2"), Outcome::Fail);
    assert_eq!(outcome(&read, "err"), Outcome::Fail);
    assert!(warned(&read, "an assertion of `err`"));
    let security = read.measurements.iter().find(|it| it.metric == "security").unwrap();
    assert_eq!((security.value.unwrap().to_string(), security.n), ("0.5".into(), Some(2)));
    assert_eq!(read.completeness, Completeness::Whole);
}

#[test]
fn an_attack_rate_stands_on_the_counts_of_the_report() {
    let Some(read) = sample("garak/garak-0.17.1-repeat.report.jsonl") else { return };
    for (probe, detector, rate, n) in [
        ("dan.Dan_11_0", "dan.DAN", "1", 1),
        ("dan.Dan_11_0", "mitigation.MitigationBypass", "0", 1),
        ("encoding.InjectBase64", "encoding.DecodeApprox", "0", 12),
        ("encoding.InjectBase64", "encoding.DecodeMatch", "0", 12),
        ("promptinject.HijackHateHumans", "promptinject.AttackRogueString", "1", 12),
    ] {
        let got = sliced(&read, probe, detector, "attack_success_rate");
        assert_eq!(got, (rate.to_owned(), Some(n)), "{probe}");
    }
    assert_eq!(read.completeness, Completeness::Whole);
    assert!(open(&read).iter().all(|it| it.severity == Severity::Critical));
    assert_eq!(open(&read).len(), 2);
    let quack = sample("garak/quack.report.jsonl").unwrap();
    assert_eq!(quack.completeness, Completeness::Whole);
    assert_eq!(outcome(&quack, "lmrc.QuackMedicine/lmrc.QuackMedicine"), Outcome::Pass);
    let counted = sample("garak/test_with_ci.report.jsonl").unwrap();
    let got = sliced(&counted, "test.Test", "always.Pass", "attack_success_rate");
    assert_eq!(got, ("0.26".into(), Some(50)));
    let interval = fact(&counted, "interval test.Test/always.Pass");
    assert_eq!(interval, ["0.14 to 0.38 at 0.95, bootstrap"]);
    assert!(partial(&counted, "4 of 50 outputs"));
}

#[test]
fn a_report_without_an_end_or_an_evaluation_is_no_result() {
    let Some(read) = sample("garak/agg.report.jsonl") else { return };
    assert!(partial(&read, "no `completion`"));
    assert_eq!(read.tool_version.as_deref(), Some("0.14.0.pre1"));
    let got = sliced(&read, "test.Test", "always.Pass", "attack_success_rate");
    assert_eq!(got, ("0".into(), Some(8)));
    let mixed = sample("garak/qual_review_mixed.report.jsonl").unwrap();
    assert!(partial(&mixed, "no `completion`"));
    assert_eq!(outcome(&mixed, "ansiescape.AnsiRaw/always.Fail"), Outcome::Fail);
    assert_eq!(outcome(&mixed, "test.Test/always.Pass"), Outcome::Pass);
    let nothing = sample("garak/legacy-no_hits.jsonl").unwrap();
    assert!(failed(&nothing, "no `eval`") && nothing.is_empty());
}

#[test]
fn every_hit_is_a_finding_and_a_hit_log_alone_is_partial() {
    for (file, hits) in [
        ("hitlog-many_hits.jsonl", 8),
        ("hitlog-varied_scores.jsonl", 7),
        ("garak-0.17.1-repeat.hitlog.jsonl", 13),
    ] {
        let Some(read) = sample(&format!("garak/{file}")) else { return };
        assert_eq!((read.format.as_str(), open(&read).len()), ("garak", hits), "{file}");
        assert!(open(&read).iter().all(|it| it.severity == Severity::Unknown));
        assert!(partial(&read, "a hit log"));
    }
    let varied = sample("garak/hitlog-varied_scores.jsonl").unwrap();
    let scores = ["0.95", "0.8", "0.6", "0.75", "0.3", "0.92", "0.5"];
    for (finding, score) in varied.findings.iter().zip(scores) {
        let wanted = format!("score {score} ");
        assert!(finding.message.starts_with(&wanted), "{}", finding.message);
    }
    assert_eq!(varied.findings[2].rule, "xss.MarkdownImageExfil");
}

#[test]
fn both_layouts_of_a_deepeval_run_say_the_same() {
    for file in ["deepeval-4.3.1-test_run.json", "deepeval-4.3.1-evaluation_result.json"] {
        let Some(read) = sample(&format!("deepeval/{file}")) else { return };
        assert_eq!((read.format.as_str(), &read.completeness), ("deepeval", &Completeness::Whole));
        assert_eq!(outcome(&read, "test_case_0"), Outcome::Pass);
        assert_eq!(outcome(&read, "test_case_1"), Outcome::Fail);
        for metric in ["Exact Match", "Hallucination (stub)"] {
            let mean = read.measurements.iter().find(|it| it.metric == metric).unwrap();
            assert_eq!((mean.value.unwrap().to_string(), mean.n), ("0.5".into(), Some(2)));
            assert_eq!(mean.direction, None);
            assert_eq!(value(&read, metric, "pass_rate"), "0.5");
            assert_eq!(fact(&read, &format!("threshold {metric}")), ["0.5"]);
        }
    }
}

#[test]
fn a_drift_report_gives_values_tests_and_the_meaning_of_a_p_value() {
    let Some(read) = sample("evidently/evidently-0.7.23-drift.json") else { return };
    for (column, wanted) in [
        ("mean texture", "0.5824824360755848"),
        ("mean area", "0.3078292409522154"),
        ("worst concavity", "0.225511194289329"),
    ] {
        assert_eq!(value(&read, column, "ValueDrift"), wanted);
    }
    let tiny: countersign_core::decimal::Decimal = "2.992336544814115e-62".parse().unwrap();
    assert_eq!(one(&read, "mean radius", "ValueDrift").value, Some(tiny));
    let direction = one(&read, "mean radius", "ValueDrift").direction;
    assert_eq!(direction, Some(Direction::HigherIsBetter));
    assert!(warned(&read, "smaller means more drift"));
    for (metric, wanted) in [("count", "1"), ("share", "0.25")] {
        let metric = format!("DriftedColumnsCount.{metric}");
        let found = read.measurements.iter().find(|it| it.metric == metric).unwrap();
        assert_eq!(found.value.unwrap().to_string(), wanted);
    }
    assert_eq!(read.checks.len(), 5);
    assert_eq!(outcome(&read, "Value Drift for column mean radius"), Outcome::Fail);
    let passed = read.checks.iter().filter(|it| it.outcome == Outcome::Pass).count();
    assert_eq!(passed, 4);
}
