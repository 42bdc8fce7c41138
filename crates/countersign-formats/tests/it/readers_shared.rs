//! Readers against files that other tools and people wrote, kept outside this repository.
//!
//! `COUNTERSIGN_SHARED` names the folder that holds `samples/`. Without it each test says so and
//! passes; requirements are therefore named by the tests beside this one, which always run.

use countersign_core::reading::{
    Completeness, Direction, Finding, FindingState, Measurement, Outcome, Place, Reading, Severity,
    Unit,
};
use countersign_formats::evidence::{Upload, read};
use std::path::PathBuf;

/// The reading of a sample, or `None` when there are no samples here.
pub fn sample(path: &str) -> Option<Reading> {
    let Some(folder) = std::env::var_os("COUNTERSIGN_SHARED") else {
        println!("skipped: COUNTERSIGN_SHARED is not set");
        return None;
    };
    let path = PathBuf::from(folder).join("samples").join(path);
    let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    Some(read(&Upload::new(&name, &bytes)).unwrap().expect("no reader knows the sample"))
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
