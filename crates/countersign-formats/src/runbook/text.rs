//! Export as plain text, the way a page shows a runbook.
//!
//! What a page does not show follows the header line as `Key: value`, so that nothing is lost.

use super::preamble::is_no_title;
use super::write::{guarded, guarded_before, keys};
use countersign_core::runbook::{Runbook, RunbookStep};

/// The runbook as plain text; reading it back gives an equal runbook.
pub fn to_text(runbook: &Runbook) -> String {
    let mut out = head(runbook);
    out.push_str(&format!("\nPurpose\n\n{}\n", guarded(&runbook.purpose)));
    out.push_str(&format!("\nWhen to use\n\n{}", list(&runbook.when_to_use)));
    out.push_str(&format!("\nPrerequisites\n\n{}", list(&runbook.prerequisites)));
    out.push_str("\nSteps\n");
    for (step, number) in runbook.steps.iter().zip(1..) {
        out.push_str(&section(number, step));
    }
    out
}

fn head(runbook: &Runbook) -> String {
    let label = if is_no_title(&runbook.title) { "Title: " } else { "" };
    let tags = [&runbook.lifecycle, &runbook.kind, &runbook.complexity];
    let words = tags.iter().all(|tag| is_one_word(tag));
    let mut header = format!("v{}", runbook.version);
    if let Some(date) = runbook.last_reviewed {
        header.push_str(&format!(" Last reviewed {date}"));
    }
    if let Some(minutes) = runbook.estimated_minutes {
        header.push_str(&format!(" ~{minutes} min"));
    }
    if words {
        header.push_str(&format!(" {} {} {}", tags[0], tags[1], tags[2]));
    }
    let mut out = format!("{label}{}\n\n{header}\n\nId: {}\n", runbook.title, runbook.name);
    if !words {
        for (word, tag) in ["Lifecycle", "Kind", "Complexity"].into_iter().zip(tags) {
            if !tag.is_empty() {
                out.push_str(&format!("{word}: {tag}\n"));
            }
        }
    }
    out.push_str(&listed("Authors", "Author", &runbook.authors));
    out.push_str(&listed("Reviewed by", "Reviewer", &runbook.reviewed_by));
    out.push_str(&listed("Compliance", "Framework", &runbook.compliance));
    if !runbook.summary.is_empty() {
        out.push_str(&format!("Summary: {}\n", runbook.summary));
    }
    out
}

/// Whether a tag can stand in the header line among other words.
fn is_one_word(tag: &str) -> bool {
    !tag.is_empty()
        && tag.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        && tag.chars().any(char::is_alphanumeric)
}

/// One line with commas, or a line for each item when one of them holds a comma.
fn listed(plural: &str, singular: &str, items: &[String]) -> String {
    if items.is_empty() {
        String::new()
    } else if items.iter().any(|item| item.contains(',')) {
        items.iter().map(|item| format!("{singular}: {item}\n")).collect()
    } else {
        format!("{plural}: {}\n", items.join(", "))
    }
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| format!("  • {item}\n")).collect()
}

fn section(number: u32, step: &RunbookStep) -> String {
    let mut out = format!("\n{number}. {}\n\n", step.title);
    for (word, value) in keys(step) {
        out.push_str(&format!("{word}: {value}\n"));
    }
    if !step.text.is_empty() {
        out.push_str(&format!("\n{}\n", guarded_before(&step.text, number + 1)));
    }
    for note in &step.notes {
        let line = format!("[{}] {}", note.reviewer, note.text);
        out.push_str(&format!("\n{}\n", line.trim_end()));
    }
    out
}
