//! The runbooks shipped with the product.

use super::read;
use countersign_core::runbook::Runbook;
use countersign_core::step::StepKind;
use countersign_formats::diagnostic::Level;
use countersign_formats::runbook::{check_titles, to_markdown, to_text};
use std::path::Path;

/// Every file of the folder by its name without `.md`, so that a new one is covered by itself.
fn catalog() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/runbooks");
    let files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .map(|path| {
            assert!(path.extension().is_some_and(|it| it == "md"), "{path:?} is no runbook");
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    assert!(files.len() >= 14, "{folder:?} holds {} runbooks", files.len());
    files
}

fn shipped(name: &str) -> Runbook {
    let (_, source) = catalog().into_iter().find(|(known, _)| known == name).unwrap();
    read(&source).0
}

///
#[test]
fn every_shipped_runbook_is_valid_and_every_title_in_it_means_a_role_of_the_default_policy() {
    let policy = include_str!("../../../../../catalog/policies/model-release.policy");
    let policy = countersign_formats::policy::parse(policy).policy.unwrap();
    for (name, source) in &catalog() {
        let (runbook, diagnostics) = read(source);
        assert_eq!(runbook.name.as_str(), name.as_str());
        assert_eq!(check_titles(&runbook, &policy, source), [], "{name}");
        assert!(runbook.steps.iter().all(|step| !step.escalation.is_empty()), "{name}");
        // Nobody has reviewed them for the organisation that installs them, and they say so.
        let codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, ["runbook.last_reviewed_missing", "runbook.unreviewed"], "{name}");
        assert!(diagnostics.iter().all(|diagnostic| diagnostic.level == Level::Warning));
    }
}

///
#[test]
fn every_shipped_runbook_survives_export_in_both_forms() {
    for (name, source) in &catalog() {
        let (runbook, _) = read(source);
        assert_eq!(&to_markdown(&runbook), source, "{name}");
        assert_eq!(read(&to_text(&runbook)).0, runbook, "{name}");
    }
}

#[test]
fn the_release_of_a_fine_tuned_model_uses_all_five_kinds_of_step() {
    let kinds: Vec<&str> =
        shipped("fine-tuned-model-release").steps.iter().map(|step| step.kind.word()).collect();
    assert_eq!(kinds, ["manual", "manual", "file_upload", "form", "approval", "webhook"]);
}

#[test]
fn the_gate_checklist_asks_for_every_artifact_before_anybody_signs() {
    let runbook = shipped("deployment-gate-checklist");
    let kinds: Vec<&str> = runbook.steps.iter().map(|step| step.kind.word()).collect();
    assert_eq!(kinds[..5], ["file_upload"; 5]);
    assert_eq!(kinds[5..], ["approval"; 2]);
    // The artifacts wait for nothing, the signatures for everything.
    assert!(runbook.steps[..5].iter().all(|step| step.after == Some(Vec::new())));
    assert!(runbook.steps[5..].iter().all(|step| step.after.is_none()));
    let StepKind::FileUpload(rollback) = &runbook.steps[4].kind else { panic!("no upload") };
    assert_eq!(rollback.parts, ["rollback-plan", "rollback-test"]);
}

#[test]
fn the_readme_lists_every_runbook_and_every_form() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    for part in ["runbooks", "forms"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(readme.contains(&format!("]({part}/{name})")), "{part}/{name} is not listed");
        }
    }
}
