//! Headings: of sections, and of steps in the many ways people number them.

use super::source::Line;

/// A section every runbook has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Purpose,
    WhenToUse,
    Prerequisites,
    Steps,
}

impl Section {
    pub const ALL: [Self; 4] = [Self::Purpose, Self::WhenToUse, Self::Prerequisites, Self::Steps];

    pub fn title(self) -> &'static str {
        match self {
            Self::Purpose => "Purpose",
            Self::WhenToUse => "When to use",
            Self::Prerequisites => "Prerequisites",
            Self::Steps => "Steps",
        }
    }

    /// The section a heading's text names.
    pub fn named(text: &str) -> Option<Self> {
        let name = clean(text.trim().trim_end_matches(':'));
        let name = name.trim_end_matches(':').to_lowercase();
        match name.as_str() {
            "purpose" => Some(Self::Purpose),
            "when to use" | "when to use this runbook" => Some(Self::WhenToUse),
            "prerequisites" | "prerequisite" | "pre-requisites" => Some(Self::Prerequisites),
            "steps" => Some(Self::Steps),
            _ => None,
        }
    }
}

/// A Markdown heading: its level and its text without marks.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches(' ');
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &text[level..];
    let fits = line.len() - text.len() <= 3 && (1..=6).contains(&level);
    if !fits || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let rest = rest.trim();
    let open = rest.trim_end_matches('#');
    let closed = open.len() < rest.len() && (open.is_empty() || open.ends_with([' ', '\t']));
    Some((level, clean(if closed { open } else { rest })))
}

/// Text without surrounding blanks and bold marks.
pub(super) fn clean(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    match inner {
        Some(inner) if !inner.is_empty() && !inner.contains("**") => clean(inner),
        Some(_) | None => text,
    }
}

/// A numbered heading: `3. Title`, `3) Title`, `Step 3: Title`, `Step 3 — Title`.
pub(super) fn numbered(text: &str) -> Option<(u32, &str)> {
    let text = clean(text);
    let bold = text.strip_prefix("**");
    let text = bold.unwrap_or(text);
    // Bold may end behind the number or behind its mark: `**Step 3** — x`, `**3.** x`.
    let closed = |rest| bold.map_or(rest, |_| str::strip_prefix(rest, "**").unwrap_or(rest));
    let step = text.get(..4).filter(|word| word.eq_ignore_ascii_case("step"));
    let text = if step.is_some() { text[4..].trim_start() } else { text };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok()?;
    let rest = closed(&text[digits..]);
    if let Some(after) = rest.strip_prefix(['.', ')', ':']) {
        let after = closed(after);
        let blank = after.is_empty() || after.starts_with(char::is_whitespace);
        return blank.then(|| (number, clean(after)));
    }
    let trimmed = rest.trim_start();
    match trimmed.strip_prefix(['-', '–', '—']) {
        Some(after) if after.starts_with(char::is_whitespace) => Some((number, clean(after))),
        Some(_) | None if step.is_some() && rest.len() > trimmed.len() => {
            Some((number, clean(trimmed)))
        }
        Some(_) | None => None,
    }
}

/// Lines that a site puts around a runbook.
pub(super) fn is_furniture(text: &str) -> bool {
    const KNOWN: [&str; 16] = [
        "runbook library",
        "runbooks",
        "home",
        "back to top",
        "back to library",
        "back to runbook library",
        "back to runbooks",
        "all runbooks",
        "copy",
        "print",
        "share",
        "edit this page",
        "export as markdown",
        "export markdown",
        "download markdown",
        "view source",
    ];
    let text = text.trim();
    let crumbs = text.starts_with(['←', '‹', '«']) || text.contains(['›', '»']);
    crumbs || text.starts_with('©') || KNOWN.contains(&clean(text).to_lowercase().as_str())
}

/// Takes the furniture off the end of a page.
pub(super) fn drop_furniture(lines: &mut Vec<Line<'_>>) {
    let is_text = |line: &Line<'_>| line.fenced || !(line.is_blank() || is_furniture(line.text));
    lines.truncate(lines.iter().rposition(is_text).map_or(0, |last| last + 1));
}

/// The first line that is not blank.
pub(super) fn next_text<'a>(lines: &[Line<'a>]) -> Option<Line<'a>> {
    lines.iter().find(|line| !line.is_blank()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbered_in_many_ways() {
        for text in [
            "3. Roll out",
            "3) Roll out",
            "Step 3: Roll out",
            "step 3 — Roll out",
            "**3. Roll out**",
            "**3.** Roll out",
            "**Step 3** — Roll out",
        ] {
            assert_eq!(numbered(text), Some((3, "Roll out")), "{text}");
        }
        for text in ["3.5 hours", "2026-05-09 - later", "Roll out", "3 files", "Stepwise 3: x"] {
            assert_eq!(numbered(text), None, "{text}");
        }
    }

    #[test]
    fn a_heading_loses_its_marks() {
        assert_eq!(heading("### **1. Scope** ##"), Some((3, "1. Scope")));
        assert_eq!(heading("#hashtag"), None);
        assert_eq!(heading("    # code"), None);
        assert_eq!(Section::named("**Purpose:**"), Some(Section::Purpose));
        assert_eq!(Section::named("**When To Use**:"), Some(Section::WhenToUse));
        assert_eq!(Section::named("Purposes"), None);
    }
}
