//! What registries, scanners and signers really wrote of models; see
//! [`readers_shared`](crate::readers_shared).

use crate::readers_shared::{fact, outcome, sample, warned};
use countersign_core::reading::{Completeness, FindingState, Outcome, Place, Severity};

#[test]
fn a_scan_that_hides_what_it_skipped_is_partial_and_its_finding_stands() {
    let Some(read) = sample("modelscan/modelscan-0.8.8-critical.json") else { return };
    assert_eq!(read.tool_version.as_deref(), Some("0.8.8"));
    assert_eq!(fact(&read, "scanned file"), ["evil.pkl", "ok.pkl"]);
    let [finding] = read.findings.as_slice() else { panic!("{:?}", read.findings) };
    assert_eq!((finding.severity, finding.state), (Severity::Critical, FindingState::Open));
    assert_eq!(
        (finding.rule.as_str(), finding.id.as_str()),
        ("posix.system", "posix.system evil.pkl")
    );
    let Completeness::Partial { what, .. } = &read.completeness else {
        panic!("{:?}", read.completeness)
    };
    assert!(what.contains("--show-skipped"), "{what}");
    assert!(!serde_json::to_string(&read).unwrap().contains("/home"), "an internal path is shown");
}

#[test]
fn a_model_stored_as_a_pickle_is_a_finding_and_one_stored_as_data_is_none() {
    let Some(old) = sample("mlflow/mslearn-1.30.0.MLmodel.yaml") else { return };
    assert_eq!(old.tool_version.as_deref(), Some("1.30.0"));
    assert_eq!(old.generated_at.as_deref(), Some("2023-02-15 12:46:19.119720"));
    assert_eq!(fact(&old, "python_function env"), ["conda.yaml"]);
    assert_eq!(fact(&old, "sklearn sklearn_version"), ["0.24.1"]);
    assert!(fact(&old, "signature inputs")[0].starts_with("8: Pregnancies integer, "));
    assert_eq!(fact(&old, "run_id"), ["calm_garden_gzd94mfzcr"]);
    assert!(
        old.findings.iter().all(|it| it.rule == "mlflow.pickle" && it.severity == Severity::High)
    );
    let place = Place::Pointer("/flavors/sklearn/serialization_format".into());
    assert!(old.findings.iter().any(|it| it.place == place), "{:?}", old.findings);
    assert_eq!(old.findings.len(), 2);

    let new = sample("mlflow/mlflow-3.17.2.MLmodel.yaml").unwrap();
    assert_eq!(new.findings, []);
    assert_eq!(fact(&new, "sklearn serialization_format"), ["skops"]);
    assert_eq!(fact(&new, "python_function env conda"), ["conda.yaml"]);
    assert_eq!(fact(&new, "python_function env virtualenv"), ["python_env.yaml"]);
    assert_eq!(fact(&new, "model_size_bytes"), ["10069"]);
    assert_eq!(fact(&new, "signature inputs"), ["1: float64[-1, 30]"]);
    assert!(new.claimed_subject.as_deref().is_some_and(|it| it.starts_with("m-85975c0c")));
}

#[test]
fn a_run_gives_its_last_values_and_a_nan_in_quotes_is_none() {
    let Some(read) = sample("mlflow/rest-runs-get.json") else { return };
    assert_eq!(read.completeness, Completeness::Whole);
    let rate = &read.measurements[0];
    assert_eq!(rate.metric, "hallucination_rate");
    assert_eq!(rate.value.unwrap().to_string(), "0.029");
    assert!(warned(&read, "`hallucination_rate` is the value at step 1"));
    let nan = &read.measurements[1];
    assert_eq!((nan.metric.as_str(), nan.value), ("nan_metric", None));
    assert_eq!(fact(&read, "param C"), ["1.0"]);
    assert_eq!(fact(&read, "status"), ["FINISHED"]);
    assert!(fact(&read, "model_id")[0].starts_with("m-85975c0c"));
}

#[test]
fn the_registry_says_which_version_an_alias_means() {
    let Some(version) = sample("mlflow/rest-model-versions-get.json") else { return };
    assert_eq!(version.claimed_subject.as_deref(), Some("credit-scorer version 1"));
    assert_eq!(fact(&version, "aliases"), ["champion"]);
    let model = sample("mlflow/rest-registered-models-get.json").unwrap();
    assert_eq!(fact(&model, "alias"), ["champion of version 1"]);
    for read in [version, model] {
        assert_eq!(read.completeness, Completeness::Whole);
        assert_eq!(fact(&read, "status"), ["READY"]);
        assert_eq!(fact(&read, "current_stage"), ["None"]);
        assert!(fact(&read, "source")[0].starts_with("models:/m-85975c0c"));
        assert_eq!(fact(&read, "tag countersign.decision"), ["approved"]);
    }
}

#[test]
fn a_signed_manifest_adds_up_and_its_signature_counts_as_unchecked() {
    let Some(read) = sample("model-signing/adapter.sig.json") else { return };
    let digest = "sha256:b5f6255cb3062bbdcc7ccd8789a007658b72777400462f62e3559d40d817a0a0";
    assert_eq!(fact(&read, "model_digest"), [digest]);
    assert_eq!(read.claimed_subject.as_deref(), Some(digest));
    assert_eq!(fact(&read, "model"), ["adapter"]);
    assert!(fact(&read, "file sub/readme.md")[0].starts_with("sha256:98ea6e4f"));
    assert_eq!(fact(&read, "files"), ["3"]);
    assert!(fact(&read, "key hint")[0].starts_with("ad84f97e"));
    assert_eq!(fact(&read, "transparency log entries"), ["0"]);
    assert_eq!(fact(&read, "bundle"), ["application/vnd.dev.sigstore.bundle.v0.3+json"]);
    assert_eq!(outcome(&read, "model_signing.manifest"), Outcome::Pass);
    assert_eq!(outcome(&read, "model_signing.signature"), Outcome::Skip);
    assert!(warned(&read, "signature not checked"));
}
