//! Paragraphs: wrapped lines are joined, so that a text reads the same whether its file was
//! wrapped or rendered. Lists, tables, quotes and code keep their lines.

use super::fence;
use super::guard::unguard;
use super::heading::heading;
use super::item::{bullet, without_box};
use super::outline::Form;
use super::review_note;
use super::source::Line;
use countersign_core::runbook::ReviewNote;

/// A text, and what stood in it that is no text.
#[derive(Debug, Default)]
pub(super) struct Prose<'a> {
    /// Markdown paragraphs.
    pub text: String,
    pub notes: Vec<ReviewNote>,
    /// The first line of the first note.
    pub noted: Option<&'a str>,
    /// The first task box.
    pub boxed: Option<&'a str>,
}

/// What the last line allows the next one to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing: a new paragraph starts.
    Blank,
    /// A line that goes on in the next.
    Open,
    /// A line that goes on after a break the writer wanted.
    Broken,
    /// A line that stands alone.
    Closed,
    /// A line of indented code.
    Code,
    /// A line of a fenced block.
    Fenced,
    /// A note, which goes on to the end of its paragraph.
    Note,
}

/// Reads the paragraphs of a section or a step.
pub(super) fn read<'a>(lines: &[Line<'a>], form: Form) -> Prose<'a> {
    let mut prose = Prose::default();
    let mut last = Last::Blank;
    let mut gap = false;
    for line in lines {
        if line.is_blank() {
            gap = true;
            last = Last::Blank;
            continue;
        }
        if !line.fenced && prose.take_note(line.text, form, last) {
            last = Last::Note;
            continue;
        }
        // A note that ends without a blank line still ends its paragraph.
        gap |= last == Last::Note;
        last = prose.take_line(line, if gap { Last::Blank } else { last });
        gap = false;
    }
    prose.text.truncate(prose.text.trim_end_matches('\n').len());
    prose
}

impl<'a> Prose<'a> {
    /// Takes the line when it begins or continues a note.
    fn take_note(&mut self, line: &'a str, form: Form, last: Last) -> bool {
        if let Some((reviewer, text)) = review_note::starts(line, form) {
            self.noted = self.noted.or(Some(line.trim()));
            self.notes.push(ReviewNote { reviewer: squeeze(reviewer), text: squeeze(text) });
            return true;
        }
        let Some(note) = self.notes.last_mut().filter(|_| last == Last::Note) else {
            return false;
        };
        let more = squeeze(line.trim().trim_start_matches('>'));
        if !(note.text.is_empty() || more.is_empty()) {
            note.text.push(' ');
        }
        note.text.push_str(&more);
        true
    }

    fn take_line(&mut self, line: &Line<'a>, last: Last) -> Last {
        if line.fenced {
            self.start_line(if last == Last::Fenced { Last::Closed } else { last });
            self.text.push_str(line.text);
            return Last::Fenced;
        }
        let text = unguard(line.text);
        let text = text.as_ref();
        let indented = text.starts_with("    ") || text.starts_with('\t');
        if bullet(text).is_none() && indented && matches!(last, Last::Blank | Last::Code) {
            self.start_line(last);
            self.text.push_str(text.trim_end());
            return Last::Code;
        }
        let goes_on = matches!(last, Last::Open | Last::Broken) && is_plain(text);
        if goes_on {
            self.text.push_str(match last {
                Last::Open => " ",
                _ if self.text.ends_with('\\') => "\n",
                _ => "\\\n",
            });
        } else {
            self.start_line(last);
        }
        self.push_shown(text, line.text);
        if !is_plain(text) && bullet(text).is_none() && !is_numbered(text) {
            Last::Closed
        } else if text.ends_with("  ") || text.ends_with('\\') {
            Last::Broken
        } else {
            Last::Open
        }
    }

    fn push_shown(&mut self, shown: &str, line: &'a str) {
        let Some((indent, item)) = bullet(shown) else {
            let text = shown.trim();
            let indent = if is_plain(shown) { 0 } else { shown.len() - shown.trim_start().len() };
            self.text.push_str(&shown[..indent]);
            self.text.push_str(text);
            return;
        };
        let (text, had_box) = without_box(item);
        if had_box {
            self.boxed = self.boxed.or(Some(line.trim()));
        }
        // Rendered bullets stand two blanks further in than the ones they were made from.
        let rendered = shown.trim_start().starts_with('•');
        let indent = indent.strip_prefix("  ").filter(|_| rendered).unwrap_or(indent);
        self.text.push_str(indent);
        self.text.push_str(if text.is_empty() { "-" } else { "- " });
        self.text.push_str(text);
    }

    fn start_line(&mut self, last: Last) {
        if !self.text.is_empty() {
            self.text.push_str(if last == Last::Blank { "\n\n" } else { "\n" });
        }
    }
}

/// Text on one line with single blanks.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_numbered(text: &str) -> bool {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && text[digits..].starts_with([')', '.']) && text[digits + 1..].starts_with(' ')
}

/// Whether a line may be joined to the one before it.
fn is_plain(text: &str) -> bool {
    let start = text.trim();
    let rule = start.chars().all(|c| "-=*_+•◦‣ ".contains(c));
    !(rule
        || start.starts_with(['|', '>'])
        || bullet(text).is_some()
        || is_numbered(text)
        || heading(text).is_some()
        || fence::opens(text))
}
