//! The two text forms of one runbook.

use super::{MARKDOWN, RENDERED, errors, read, remarks};
use countersign_core::runbook::Runbook;
use countersign_core::sla::Sla;
use countersign_core::step::StepKind;
use countersign_core::step::file_upload::NameRule;
use countersign_formats::diagnostic::Level;
use countersign_formats::policy;
use countersign_formats::runbook::{Options, check_titles, parse_with, to_markdown, to_text};

/// R-001, R-002, R-003, R-004, R-005, R-006, R-007, R-008, R-009, R-010, R-011, R-012
#[test]
fn the_front_matter_is_read_key_by_key() {
    let (runbook, diagnostics) = read(MARKDOWN);
    assert_eq!(diagnostics, []);
    assert_eq!(runbook.name.as_str(), "adapter-rollout");
    assert_eq!((&*runbook.version, &*runbook.title), ("2.3.0", "Adapter rollout: support desk"));
    assert_eq!(runbook.authors, ["Mara Lindqvist", "Doe, Jane"]);
    assert_eq!(runbook.reviewed_by, ["Tomas Vega"]);
    assert_eq!(runbook.last_reviewed, "2026-03-17".parse().ok());
    assert_eq!((&*runbook.lifecycle, &*runbook.kind), ("operational", "rollout"));
    assert_eq!(
        (&runbook.compliance[..], &*runbook.complexity),
        (&["iso-42001".into()][..], "high")
    );
    assert_eq!(
        runbook.summary,
        "Moves the support desk to a new adapter, one queue after the other."
    );
    assert_eq!(runbook.estimated_minutes, Some(240));
}

/// R-026, R-028, R-033, R-040, R-042
#[test]
fn the_steps_are_read_with_their_keys_their_text_and_their_notes() {
    let (runbook, _) = read(MARKDOWN);
    let step = &runbook.steps[0];
    assert_eq!(step.name.as_str(), "freeze-the-queues");
    assert_eq!(
        (step.kind.word(), &*step.owner, step.sla),
        ("manual", "Queue manager", Sla::Hours(4))
    );
    assert_eq!(step.escalation, "Head of support");
    assert!(step.text.contains("```sh\n# ### 9. this is no step\nqueuectl freeze --all\n```"));
    assert!(
        step.text.ends_with("Then check that\n\n- no rule is pending,\n- nobody is editing one.")
    );
    assert_eq!(step.notes.len(), 1);
    assert_eq!(step.notes[0].reviewer, "Ops review");
    assert_eq!(step.notes[0].text, "The freeze used to be forgotten on Mondays.");
    let StepKind::FileUpload(upload) = &runbook.steps[1].kind else { panic!("no upload") };
    assert_eq!(
        (&upload.parts[..], upload.name_rule),
        (&["latency".into(), "answers".into()][..], NameRule::Block)
    );
    let StepKind::Form(form) = &runbook.steps[2].kind else { panic!("no form") };
    assert_eq!(
        (form.name.as_str(), runbook.steps[2].after.as_deref()),
        ("standard", Some(&[1][..]))
    );
    let StepKind::Webhook(webhook) = &runbook.steps[4].kind else { panic!("no webhook") };
    assert_eq!(webhook.endpoint, "router");
}

/// R-052, R-053, R-055
#[test]
fn the_rendered_text_is_the_same_runbook_but_for_what_a_page_does_not_show() {
    let (source, _) = read(MARKDOWN);
    let (shown, _) = read(RENDERED);
    assert_eq!(shown.name.as_str(), "adapter-rollout-support-desk");
    assert_eq!((shown.authors.len(), shown.reviewed_by.len(), &*shown.summary), (0, 0, ""));
    let completed = Runbook {
        name: source.name.clone(),
        authors: source.authors.clone(),
        reviewed_by: source.reviewed_by.clone(),
        compliance: source.compliance.clone(),
        summary: source.summary.clone(),
        ..shown
    };
    assert_eq!(completed, source);
}

/// R-001
#[test]
fn an_id_made_of_the_title_is_noted_and_the_caller_may_say_another() {
    assert_eq!(remarks(RENDERED, Level::Note)[0], ("runbook.id_derived", 3));
    let id = "adapter-rollout".parse().ok();
    let parsed = parse_with(RENDERED, &Options { id: id.clone() });
    assert_eq!(parsed.runbook.map(|runbook| runbook.name), id);
    assert!(parsed.diagnostics.iter().all(|found| found.code != "runbook.id_derived"));
    assert_eq!(
        parse_with(MARKDOWN, &Options { id: "x".parse().ok() }).runbook.unwrap().name.as_str(),
        "x"
    );
}

/// R-054
#[test]
fn nothing_is_lost_by_export_in_either_form() {
    let (runbook, _) = read(MARKDOWN);
    let (text, markdown) = (to_text(&runbook), to_markdown(&runbook));
    assert_eq!(read(&text).0, runbook, "{text}");
    assert_eq!(read(&markdown).0, runbook, "{markdown}");
    assert!(
        text.contains("\nAuthor: Mara Lindqvist\nAuthor: Doe, Jane\nReviewed by: Tomas Vega\n")
    );
}

#[test]
fn a_text_that_looks_like_structure_stays_text() {
    let text = "\\## Steps\n\n\\**Type:** form\n\nplain\n\n\\[Ops review] no note\n\n\\Purpose\n\n#### Detail";
    let source = MARKDOWN.replace("Sign for the first queue.", text);
    let (runbook, _) = read(&source);
    let wanted = text.replace('\\', "");
    assert_eq!(runbook.steps[3].text, wanted);
    assert_eq!(read(&to_text(&runbook)).0, runbook);
    assert_eq!(read(&to_markdown(&runbook)).0, runbook);
}

/// R-034
#[test]
fn a_title_without_a_role_blocks_publishing_and_names_its_line_and_the_remedy() {
    let policy = include_str!("../../../../../catalog/policies/model-release.policy");
    let policy = policy::parse(policy).policy.unwrap();
    for (source, owner, escalation) in [
        (MARKDOWN, "**Owner:** Queue manager", "**Escalation:** Head of support"),
        (RENDERED, "Owner: Queue manager", "Escalation: Head of support"),
    ] {
        let (runbook, _) = read(source);
        let found = check_titles(&runbook, &policy, source);
        assert_eq!(found[0].line, super::line(source, owner));
        assert_eq!(found[1].line, super::line(source, escalation));
        assert_eq!((found[0].code, found[0].level), ("runbook.title_unmapped", Level::Error));
        assert!(found[0].message.contains("`Queue manager`"));
        assert!(found[0].help.contains("title \"Queue manager\" means ROLE"), "{}", found[0].help);
        // Five of the six titles are unknown; the ML engineer is a role.
        assert_eq!(found.len(), 5);
    }
    assert_eq!(errors(MARKDOWN), []);
}
