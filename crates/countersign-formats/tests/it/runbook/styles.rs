//! What people really write.

use super::{MARKDOWN, RENDERED, read, remarks};
use countersign_formats::diagnostic::Level;
use countersign_formats::runbook::parse;

/// Both texts, changed in the same way, are still the runbooks they were.
fn unchanged(change: impl Fn(&str) -> String) {
    for source in [MARKDOWN, RENDERED] {
        let changed = change(source);
        assert_eq!(read(&changed).0, read(source).0, "{changed}");
    }
}

#[test]
fn line_ends_a_byte_order_mark_and_trailing_blanks_change_nothing() {
    unchanged(|source| source.replace('\n', "\r\n"));
    unchanged(|source| format!("\u{feff}{source}"));
    unchanged(|source| format!("\u{feff}{}", source.replace('\n', "\r\n")));
    unchanged(|source| {
        source.replace("\nOwner", " \t \nOwner").replace("Friday.\n", "Friday.   \n")
    });
    unchanged(|source| source.trim_end().to_owned());
    unchanged(|source| format!("\n\n{source}\n\n\n"));
}

#[test]
fn keys_may_be_written_in_many_ways() {
    unchanged(|source| source.replace("  \n**", "\n**"));
    unchanged(|source| source.replace("  \n**", "\\\n**"));
    unchanged(|source| source.replace("  \n**", "<br>\n**"));
    unchanged(|source| source.replace("  \n**", "\n\n**"));
    unchanged(|source| source.replace("  \n**", " **"));
    unchanged(|source| source.replace("  \n**", " | **"));
    unchanged(|source| source.replace(":** ", "**: "));
    unchanged(|source| source.replace("  \n**", "\n- **").replace("\n\n**Type", "\n- **Type"));
    unchanged(|source| source.replace("**Type:**", "Type:").replace("**Owner:**", "owner :"));
    unchanged(|source| source.replace(":** ", ":**\t").replace(": manual", ":\u{a0}manual"));
    unchanged(|source| {
        source.replace("manual", "Manual").replace("**Type:** form", "**Type:** `form`")
    });
}

#[test]
fn headings_may_be_written_in_many_ways() {
    for form in
        ["### Step N: ", "### Step N — ", "### N) ", "## N. ", "#### Step N - ", "### **N.** "]
    {
        let mut source = MARKDOWN.to_owned();
        for number in 1..=5 {
            let wanted = form.replace('N', &number.to_string());
            source = source.replace(&format!("\n### {number}. "), &format!("\n{wanted}"));
        }
        assert_eq!(read(&source).0, read(MARKDOWN).0, "{form}");
    }
    let source =
        MARKDOWN.replace("## Purpose", "# Purpose ##").replace("## When to use", "## When To Use:");
    assert_eq!(read(&source).0, read(MARKDOWN).0);
    let mut source = RENDERED.to_owned();
    for number in 1..=5 {
        source = source.replace(&format!("\n{number}. "), &format!("\n**Step {number}:** "));
    }
    assert_eq!(read(&source.replace("Purpose", "**Purpose**")).0, read(RENDERED).0);
}

#[test]
fn bullets_and_task_boxes_are_items_and_the_state_of_a_box_is_ignored() {
    unchanged(|source| source.replace("\n- ", "\n* "));
    unchanged(|source| source.replace("\n- ", "\n• ").replace("  • ", "- "));
    let boxed = MARKDOWN
        .replace("- The approval", "- [x] The approval")
        .replace("- no rule", "- [ ] no rule");
    let (runbook, diagnostics) = read(&boxed);
    assert_eq!(runbook, read(MARKDOWN).0);
    assert!(diagnostics.iter().all(|found| found.code == "runbook.task_state_ignored"));
    assert_eq!(diagnostics.len(), 2);
}

#[test]
fn a_key_nobody_knows_is_kept_as_text_with_a_note() {
    let keys = "**Type:** approval  \n**System:** Jira  \n**Approver:** J. Rivera  ";
    let source = MARKDOWN.replace("**Type:** approval  ", keys);
    let (runbook, diagnostics) = read(&source);
    assert_eq!(
        runbook.steps[3].text,
        "**System:** Jira\n\n**Approver:** J. Rivera\n\nSign for the first queue."
    );
    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["runbook.step.key_unknown", "runbook.step.key_unknown"]);
    let shown = RENDERED.replace("Type: approval\n", "Type: approval\nSystem: Jira\n");
    assert_eq!(read(&shown).0.steps[3].text, "System: Jira\n\nSign for the first queue.");
}

#[test]
fn a_sentence_that_begins_in_bold_is_no_key() {
    let sentence = "**Careful:** the first queue\nis the largest.";
    let source = MARKDOWN.replace("Sign for the first queue.", sentence);
    let (runbook, diagnostics) = read(&source);
    assert_eq!(runbook.steps[3].text, "**Careful:** the first queue is the largest.");
    assert_eq!(diagnostics, []);
}

///
#[test]
fn an_upload_without_keys_is_read_from_its_text_and_says_so() {
    let source = MARKDOWN
        .replace("  \n**Parts:** latency, answers  \n**File name:** must contain checkpoint ID", "")
        .replace(
            "Attach the dry run of the night before.",
            "Attach both (latency, answers). The file name must include the checkpoint ID.",
        );
    let (runbook, diagnostics) = read(&source);
    assert_eq!(runbook.steps[1].kind, read(MARKDOWN).0.steps[1].kind);
    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["runbook.step.parts_read", "runbook.step.file_name_read"]);
    assert!(diagnostics[0].message.contains("`latency`, `answers`"));
}

#[test]
fn the_header_line_of_a_page_may_lack_parts_or_be_broken_up() {
    let header = RENDERED.lines().nth(4).unwrap();
    for other in [
        "v2.3.0 · Last reviewed 2026-03-17 · ~240 min · operational · rollout · high",
        "v2.3.0\nLast reviewed: March 17, 2026\n~240 minutes\noperational rollout high",
        "v2.3.0 Last reviewed 2026-03-17T00:00:00.000Z ~240min operational rollout high",
        "v2.3.0 operational rollout high\nLast reviewed: 17 March 2026\nEstimated minutes: 240",
    ] {
        assert_eq!(read(&RENDERED.replace(header, other)).0, read(RENDERED).0, "{other}");
    }
    let bare = read(&RENDERED.replace(header, "v2.3.0")).0;
    assert_eq!((bare.last_reviewed, bare.estimated_minutes, &*bare.lifecycle), (None, None, ""));
}

#[test]
fn what_a_site_puts_around_a_runbook_is_skipped() {
    let furniture = "Home\n\nRunbooks › operational\n\n← Back\n\nRunbook Library\n\n";
    let around = format!(
        "{furniture}{}\nBack to top\n\n© 2026 Example\n",
        RENDERED.trim_start_matches("Runbook Library\n")
    );
    assert_eq!(read(&around).0, read(RENDERED).0);
}

///
#[test]
fn a_review_that_is_missing_or_by_the_authors_alone_is_a_warning() {
    let own = MARKDOWN.replace("Tomas Vega", "Mara Lindqvist");
    assert_eq!(remarks(&own, Level::Warning), [("runbook.self_reviewed", 9)]);
    let none = MARKDOWN.replace("reviewed_by:\n  - Tomas Vega\nlast_reviewed: 2026-03-17\n", "");
    let warnings = remarks(&none, Level::Warning);
    assert_eq!(warnings, [("runbook.last_reviewed_missing", 2), ("runbook.unreviewed", 2)]);
}

#[test]
fn what_no_runbook_has_is_left_out_with_a_warning() {
    let source = MARKDOWN.replace("id: adapter", "titel: x\nid: adapter");
    assert_eq!(remarks(&source, Level::Warning), [("runbook.front_matter.key_unknown", 2)]);
    let parsed = parse(&source);
    assert!(parsed.diagnostics[0].help.contains("`title`"));
    let source = format!("{MARKDOWN}\n## References\n\n- a book\n");
    let line = super::line(&source, "## References");
    assert_eq!(remarks(&source, Level::Warning), [("runbook.section_unknown", line)]);
    assert_eq!(parse(&source).runbook, Some(read(MARKDOWN).0));
}

#[test]
fn markdown_without_front_matter_is_read_like_a_page() {
    let body = MARKDOWN.split("---\n").nth(2).unwrap();
    let header = RENDERED.lines().nth(4).unwrap();
    let source = format!("# Adapter rollout: support desk\n\n{header}\n{body}");
    assert_eq!(read(&source).0, read(RENDERED).0);
}
