//! Reviewers' notes: `> **[who]** text` in Markdown, `[who] text` where it was rendered.

use super::outline::Form;

/// A line that begins a note: who wrote it, and its first words.
pub(super) fn starts(line: &str, form: Form) -> Option<(&str, &str)> {
    let text = line.trim();
    match (text.strip_prefix('>'), form) {
        (Some(quoted), _) => reviewer(quoted.trim()),
        (None, Form::Rendered) => reviewer(text),
        (None, Form::Markdown) => None,
    }
}

fn reviewer(text: &str) -> Option<(&str, &str)> {
    let plain = text.strip_prefix("**").unwrap_or(text);
    let bold = plain.len() < text.len();
    let inner = plain.strip_prefix('[')?;
    let end = inner.find(']')?;
    let (who, rest) = (inner[..end].trim(), &inner[end + 1..]);
    let rest = if bold { rest.strip_prefix("**").unwrap_or(rest) } else { rest };
    // `[text](address)` is a link, `[1]` a reference and `[x]` a task box.
    let named = who.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let apart = rest.is_empty() || rest.starts_with([' ', '\t', ':']);
    (named && apart).then(|| (who, rest.trim_start_matches(':').trim()))
}
