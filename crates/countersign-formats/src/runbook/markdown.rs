//! Export as Markdown with front matter.

use super::write::{guarded, keys};
use countersign_core::runbook::{Runbook, RunbookStep};

/// The runbook as Markdown; reading it back gives an equal runbook.
pub fn to_markdown(runbook: &Runbook) -> String {
    let mut out = front_matter(runbook);
    out.push_str(&format!("\n## Purpose\n\n{}\n", guarded(&runbook.purpose)));
    out.push_str(&format!("\n## When to use\n\n{}", list(&runbook.when_to_use)));
    out.push_str(&format!("\n## Prerequisites\n\n{}", list(&runbook.prerequisites)));
    out.push_str("\n## Steps\n");
    for (at, step) in runbook.steps.iter().enumerate() {
        out.push_str(&section(at + 1, step));
    }
    out
}

fn front_matter(runbook: &Runbook) -> String {
    let mut out = format!("---\nid: {}\nversion: {}\n", runbook.name, scalar(&runbook.version));
    out.push_str(&format!("title: {}\n", scalar(&runbook.title)));
    out.push_str(&yaml_list("", "authors", &runbook.authors));
    out.push_str(&yaml_list("", "reviewed_by", &runbook.reviewed_by));
    if let Some(date) = runbook.last_reviewed {
        out.push_str(&format!("last_reviewed: {date}\n"));
    }
    let tag = |word: &str, text: &str| match text {
        "" => String::new(),
        text => format!("  {word}: {}\n", scalar(text)),
    };
    let tags = [
        tag("lifecycle", &runbook.lifecycle),
        tag("type", &runbook.kind),
        yaml_list("  ", "compliance", &runbook.compliance),
        tag("complexity", &runbook.complexity),
    ]
    .concat();
    if !tags.is_empty() {
        out.push_str(&format!("tags:\n{tags}"));
    }
    if !runbook.summary.is_empty() {
        out.push_str(&summary(&runbook.summary));
    }
    if let Some(minutes) = runbook.estimated_minutes {
        out.push_str(&format!("estimated_duration_minutes: {minutes}\n"));
    }
    out.push_str("---\n");
    out
}

fn yaml_list(indent: &str, key: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String =
        items.iter().map(|item| format!("{indent}  - {}\n", scalar(item))).collect();
    format!("{indent}{key}:\n{items}")
}

/// Plain where YAML cannot mistake it, in double quotes elsewhere.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = |c: char| c.is_alphanumeric() || " -_./@—–+()'".contains(c);
    let starts = text.starts_with(char::is_alphanumeric);
    let word = WORDS.contains(&text.to_lowercase().as_str());
    if starts && !word && text.chars().all(plain) && !text.ends_with(' ') {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

/// Folded at 80 columns where folding keeps every character, quoted elsewhere.
fn summary(text: &str) -> String {
    if text.chars().any(char::is_control) || text != super::prose::squeeze(text) {
        return format!("summary: {}\n", scalar(text));
    }
    let mut out = String::from("summary: >\n ");
    let mut width = 1;
    for word in text.split(' ') {
        if width > 1 && width + word.chars().count() >= 80 {
            out.push_str("\n ");
            width = 1;
        }
        out.push(' ');
        out.push_str(word);
        width += 1 + word.chars().count();
    }
    out.push('\n');
    out
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| format!("- {item}\n")).collect()
}

fn section(number: usize, step: &RunbookStep) -> String {
    // A closing mark keeps a title that ends with one.
    let closing = if step.title.ends_with('#') { " #" } else { "" };
    let mut out = format!("\n### {number}. {}{closing}\n\n", step.title);
    // Two blanks at the end keep the keys on lines of their own where this is rendered.
    let keys: Vec<String> =
        keys(step).into_iter().map(|(word, value)| format!("**{word}:** {value}")).collect();
    out.push_str(&keys.join("  \n"));
    out.push('\n');
    if !step.text.is_empty() {
        out.push_str(&format!("\n{}\n", guarded(&step.text)));
    }
    for note in &step.notes {
        let line = format!("> **[{}]** {}", note.reviewer, note.text);
        out.push_str(&format!("\n{}\n", line.trim_end()));
    }
    out
}
