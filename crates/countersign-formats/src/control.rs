//! Controls: records of what an auditor asks for, as YAML.
//!
//! What a control points to is checked when it is published, because only then it is known what
//! there is ([`check_links`]).

mod links;

pub use links::{check_links, known_formats};

use crate::diagnostic::{Diagnostic, Level};
use countersign_core::control::{Control, Level as Maturity};
use std::ops::Range;

/// A control that was read, and what is wrong with its text.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The control; `None` when the text is none.
    pub control: Option<Control>,
    /// Every fault found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a control.
pub fn parse(text: &str) -> Parsed {
    let options = serde_saphyr::options! {
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_events: 20_000,
            max_nodes: 20_000,
            max_depth: 8,
            max_aliases: 0,
            max_anchors: 0,
        },
    };
    let control: Control = match serde_saphyr::from_str_with_options(text, options) {
        Ok(control) => control,
        Err(error) => return Parsed { control: None, diagnostics: vec![unreadable(text, &error)] },
    };
    let diagnostics = faults(&control, text);
    let control = diagnostics.is_empty().then_some(control);
    Parsed { control, diagnostics }
}

fn unreadable(text: &str, error: &serde_saphyr::Error) -> Diagnostic {
    let line = error.location().map_or(1, |at| at.line());
    let said = error.to_string();
    let message = said.split(" at line ").next().unwrap_or_default().to_owned();
    let found =
        Diagnostic::new(Level::Error, "control.unreadable", text, span_of(text, line), message);
    found.help("compare with `catalog/controls/chm-002.yaml`, which has every field")
}

/// The bytes of a line, counted from 1, without the space around it.
fn span_of(text: &str, line: u64) -> Range<usize> {
    let before = usize::try_from(line).unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    start + indent..start + line.trim_end().len()
}

/// The first place of a word in the text, after the line that begins with this key.
fn place(text: &str, key: &str, word: &str) -> Range<usize> {
    let from = text.find(&format!("{key}:")).unwrap_or(0);
    let at = text[from..].find(word).map_or(from, |at| from + at);
    at..at + word.len().min(text.len() - at)
}

/// What no type can say: that nothing is left blank.
fn faults(control: &Control, text: &str) -> Vec<Diagnostic> {
    let levels = Maturity::ALL.iter().map(|level| (level.word(), control.maturity.of(*level)));
    let fields = [
        ("version", control.version.as_str()),
        ("title", &control.title),
        ("domain", &control.domain),
        ("objective", &control.objective),
        ("typical_owner", &control.typical_owner),
    ];
    let blank = fields.into_iter().chain(levels).filter(|(_, words)| words.trim().is_empty());
    let mut found: Vec<Diagnostic> = blank
        .map(|(field, _)| {
            let message = format!("`{field}` says nothing");
            let span = place(text, field, field);
            Diagnostic::new(Level::Error, "control.blank", text, span, message)
                .help(format!("write what `{field}` is for this control"))
        })
        .collect();
    if control.evidence.is_empty() {
        let span = place(text, "evidence", "evidence");
        let message = "the control asks for no evidence, so nothing could show it";
        found.push(
            Diagnostic::new(Level::Error, "control.no_evidence", text, span, message)
                .help("name at least one thing an auditor expects to see"),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const GATE: &str = include_str!("../../../catalog/controls/chm-002.yaml");

    fn codes(text: &str) -> Vec<(&'static str, u32)> {
        let parsed = parse(text);
        assert!(parsed.control.is_none());
        parsed.diagnostics.iter().map(|one| (one.code, one.line)).collect()
    }

    fn line_of(text: &str, words: &str) -> u32 {
        let at = text.lines().position(|line| line.contains(words)).expect("the line");
        u32::try_from(at).unwrap() + 1
    }

    ///
    #[test]
    fn the_gate_control_has_its_identifier_domain_owner_effort_and_relevance() {
        let control = parse(GATE).control.expect("a control");
        assert_eq!(control.id.as_str(), "CHM-002");
        assert_eq!(control.domain, "Change Management");
        assert_eq!(control.typical_owner, "AI Engineering / AI Governance Team");
        assert_eq!(control.effort.word(), "medium");
        assert!(control.agent_relevant);
        let parts = control.evidence.iter().filter_map(|asked| asked.shown_by);
        assert_eq!(parts.collect::<Vec<_>>(), countersign_core::control::Part::ALL);
        assert!(!control.links.policies.is_empty() && !control.links.runbooks.is_empty());
        assert!(!control.links.criteria.is_empty() && !control.links.formats.is_empty());
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let unknown = GATE.replace("typical_owner:", "typical_ownr:");
        assert_eq!(codes(&unknown), [("control.unreadable", line_of(&unknown, "typical_ownr"))]);
        let word = GATE.replace("effort: medium", "effort: huge");
        assert_eq!(codes(&word), [("control.unreadable", line_of(&word, "effort: huge"))]);
        let id = GATE.replace("id: CHM-002", "id: gate");
        assert_eq!(codes(&id)[0].0, "control.unreadable");
        let blank = GATE.replace("domain: Change Management", "domain: ''");
        assert_eq!(codes(&blank), [("control.blank", line_of(&blank, "domain:"))]);
        assert!(parse("id: &a [*a]").control.is_none());
    }
}
