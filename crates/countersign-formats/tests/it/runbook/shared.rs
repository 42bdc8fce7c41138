//! The same on files nobody here wrote, where they are at hand.

use super::read;
use countersign_core::runbook::Runbook;
use countersign_core::step::StepKind;
use countersign_core::step::file_upload::NameRule;
use countersign_formats::diagnostic::{Diagnostic, Level};
use countersign_formats::runbook::{
    Options, check_titles, parse, parse_with, to_markdown, to_text,
};
use std::path::Path;

/// A file of the shared samples; `None` where they are not at hand.
fn shared(path: &str) -> Option<String> {
    let Some(root) = std::env::var_os("COUNTERSIGN_SHARED") else {
        println!("skipped: COUNTERSIGN_SHARED is not set");
        return None;
    };
    let path = Path::new(&root).join(path);
    Some(std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

const SEED: &str = "seeds/000_18636878a71f10a4.txt";
const RENDERED: &str = "seeds/001_9b742a23960d8ac9.txt";
const SAMPLE: &str = "samples/runbook/model-release-approval-fine-tuned.md";

const STEPS: [(&str, &str, &str, &str); 6] = [
    ("Confirm scope and ownership", "manual", "ML platform lead", "1 business day"),
    ("Validate training data and licensing", "manual", "Data governance", "2 business days"),
    ("Attach evaluation summary", "file_upload", "ML engineer", "2 business days"),
    ("Security review for extraction and abuse", "form", "Application security", "2 business days"),
    ("Release approver sign-off", "approval", "Security operations leader", "1 business day"),
    ("Notify routing / platform", "webhook", "ML platform", "same day"),
];

///
#[test]
fn the_markdown_seed_gives_every_fact_of_its_front_matter_and_its_six_steps() {
    for path in [SEED, SAMPLE] {
        let Some(source) = shared(path) else { return };
        let (runbook, _) = read(&source);
        assert_eq!(runbook.name.as_str(), "model-release-approval-fine-tuned");
        assert_eq!(runbook.version, "0.1.0");
        assert_eq!(runbook.title, "Model Release Approval — Fine-tuned Models");
        assert_eq!(runbook.authors.len(), 1);
        assert_eq!(runbook.reviewed_by, runbook.authors);
        assert_eq!(runbook.last_reviewed, "2026-05-09".parse().ok());
        assert_eq!((&*runbook.lifecycle, &*runbook.kind), ("pre-deployment", "approval"));
        assert_eq!(runbook.compliance, ["nist-ai-rmf", "iso-42001"]);
        assert_eq!(runbook.complexity, "medium");
        assert_eq!(runbook.estimated_minutes, Some(90));
        assert!(runbook.summary.len() > 200 && !runbook.summary.contains('\n'));
        assert_eq!((runbook.when_to_use.len(), runbook.prerequisites.len()), (3, 3));
        assert_steps(&runbook);
    }
}

fn assert_steps(runbook: &Runbook) {
    let steps: Vec<_> = runbook
        .steps
        .iter()
        .map(|step| (&*step.title, step.kind.word(), &*step.owner, step.sla.to_string()))
        .collect();
    let expected: Vec<_> = STEPS.iter().map(|(a, b, c, d)| (*a, *b, *c, (*d).to_owned())).collect();
    assert_eq!(steps, expected);
    let notes: Vec<usize> = runbook.steps.iter().map(|step| step.notes.len()).collect();
    assert_eq!(notes, [1, 0, 0, 0, 0, 0]);
    assert_eq!(runbook.steps[0].notes[0].reviewer, "IR / editorial review");
    let StepKind::FileUpload(upload) = &runbook.steps[2].kind else { panic!("no upload") };
    assert_eq!(upload.parts, ["safety", "quality", "regression"]);
    assert_eq!(upload.name_rule, NameRule::Warn);
}

///
#[test]
fn the_rendered_seed_gives_the_same_runbook_but_for_what_a_page_does_not_show() {
    let (Some(seed), Some(rendered)) = (shared(SEED), shared(RENDERED)) else { return };
    let (seed, _) = read(&seed);
    let (shown, diagnostics) = read(&rendered);
    assert_steps(&shown);
    assert_eq!(shown.name.as_str(), "model-release-approval-fine-tuned-models");
    let derived = diagnostics.iter().find(|note| note.code == "runbook.id_derived").unwrap();
    assert_eq!((derived.level, derived.line), (Level::Note, 3));
    let as_seed = Runbook {
        name: seed.name.clone(),
        authors: seed.authors.clone(),
        reviewed_by: seed.reviewed_by.clone(),
        compliance: seed.compliance.clone(),
        summary: seed.summary.clone(),
        ..shown
    };
    assert_eq!(as_seed, seed);
    let options = Options { id: Some(seed.name.clone()) };
    assert_eq!(
        parse_with(&rendered, &options).runbook.map(|runbook| runbook.name),
        Some(seed.name)
    );
}

///
#[test]
fn both_seeds_survive_export_in_both_forms() {
    for path in [SEED, RENDERED] {
        let Some(source) = shared(path) else { return };
        let (runbook, _) = read(&source);
        assert_eq!(read(&to_markdown(&runbook)).0, runbook, "{path}");
        assert_eq!(read(&to_text(&runbook)).0, runbook, "{path}");
    }
}

///
#[test]
fn the_seed_is_marked_as_reviewed_by_its_own_author() {
    let Some(source) = shared(SEED) else { return };
    let (_, diagnostics) = read(&source);
    let levels: Vec<Level> = diagnostics.iter().map(|diagnostic| diagnostic.level).collect();
    assert_eq!((diagnostics[0].code, diagnostics[0].line), ("runbook.self_reviewed", 8));
    assert_eq!(levels, [Level::Warning, Level::Note, Level::Note]);
}

#[test]
fn runbooks_of_another_kind_are_refused_with_the_closest_reading_of_each_heading() {
    for (name, line, first) in [
        ("AlertmanagerClusterDown", 1, (6, "title")),
        ("KubePersistentVolumeFillingUp", 1, (6, "title")),
        ("etcdGRPCRequestsSlow", 1, (1, "title")),
    ] {
        let Some(source) = shared(&format!("samples/runbook/prom-{name}.md")) else { return };
        let parsed = parse(&source);
        assert_eq!(parsed.runbook, None);
        let error = parsed.diagnostics.iter().find(|d| d.level == Level::Error).unwrap();
        assert_eq!((error.code, error.line), ("runbook.not_a_runbook", line), "{name}");
        let notes: Vec<&Diagnostic> =
            parsed.diagnostics.iter().filter(|d| d.code == "runbook.closest_reading").collect();
        assert_eq!(notes[0].line, first.0, "{name}");
        assert!(notes[0].message.contains(first.1), "{name}: {}", notes[0].message);
        let diagnosis = notes.iter().find(|note| note.message.contains("`Diagnosis`")).unwrap();
        let expected = 1 + source.lines().position(|line| line == "## Diagnosis").unwrap();
        assert_eq!(usize::try_from(diagnosis.line).ok(), Some(expected), "{name}");
        assert!(diagnosis.message.contains("of type manual"), "{}", diagnosis.message);
    }
}

///
#[test]
fn the_default_policy_knows_every_owner_of_the_seed() {
    let Some(source) = shared(SEED) else { return };
    let (runbook, _) = read(&source);
    let policy = include_str!("../../../../../catalog/policies/model-release.policy");
    let policy = countersign_formats::policy::parse(policy).policy.unwrap();
    assert_eq!(check_titles(&runbook, &policy, &source), []);
}
