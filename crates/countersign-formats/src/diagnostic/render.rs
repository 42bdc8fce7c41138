//! Diagnostics as a compiler shows them: place, excerpt, mark, remedy.
//!
//! Only the lines a diagnostic speaks of are handed to the renderer, so a file of any size costs
//! no more than its faults. Nothing here looks at the terminal: the caller picks plain or coloured.

use super::{Diagnostic, Level, bom_length};
use annotate_snippets::{AnnotationKind, Group, Origin, Renderer, Snippet};
use std::ops::Range;

/// The most lines shown of one diagnostic.
const MAX_LINES: usize = 6;
/// The longest mark, in bytes.
const MAX_MARK: usize = 120;
/// How much of a line is kept after the place it is about, in bytes.
const TAIL: usize = 400;

/// The diagnostics with excerpts of the source, in the order given, without colour.
pub fn render(file: &str, source: &str, diagnostics: &[Diagnostic]) -> String {
    render_with(&Renderer::plain(), file, source, diagnostics)
}

/// The same for a terminal that shows colours.
pub fn render_coloured(file: &str, source: &str, diagnostics: &[Diagnostic]) -> String {
    render_with(&Renderer::styled(), file, source, diagnostics)
}

fn render_with(
    renderer: &Renderer,
    file: &str,
    source: &str,
    diagnostics: &[Diagnostic],
) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let excerpt = Excerpt::of(source, diagnostic);
        out.push_str(&renderer.render(&[group(file, diagnostic, &excerpt)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(file: &'a str, diagnostic: &'a Diagnostic, excerpt: &'a Excerpt) -> Group<'a> {
    let level = match diagnostic.level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
        Level::Note => annotate_snippets::Level::NOTE,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code);
    let group = Group::with_title(title);
    let group = if excerpt.text.is_empty() {
        let line = usize::try_from(diagnostic.line).unwrap_or(1);
        let column = usize::try_from(diagnostic.column).unwrap_or(1);
        group.element(Origin::path(file).line(line).char_column(column))
    } else {
        let mark = AnnotationKind::Primary.span(excerpt.span.clone());
        let snippet = Snippet::source(&excerpt.text).line_start(excerpt.line).path(file);
        group.element(snippet.annotation(mark))
    };
    if diagnostic.help.is_empty() {
        group
    } else {
        group.element(annotate_snippets::Level::HELP.message(&diagnostic.help))
    }
}

/// The lines a diagnostic speaks of, without line-end and byte order marks.
struct Excerpt {
    text: String,
    /// The bytes of `text` that are marked.
    span: Range<usize>,
    /// The number of the first line.
    line: usize,
}

impl Excerpt {
    fn of(source: &str, diagnostic: &Diagnostic) -> Self {
        let at = |offset: usize| super::floor_char_boundary(source, offset);
        let start = at(diagnostic.span.start);
        let end = at(diagnostic.span.end.min(start.saturating_add(MAX_MARK))).max(start);
        let first = source[..start].rfind('\n').map_or_else(|| bom_length(source), |n| n + 1);
        let mut excerpt = Self {
            text: String::new(),
            span: 0..0,
            line: 1 + source[..start].bytes().filter(|byte| *byte == b'\n').count(),
        };
        // The mark may start inside a byte order mark, which is not shown.
        let (start, end) = (start.max(first), end.max(first));
        excerpt.span = start - first..start - first;
        let mut offset = first;
        for line in source[first..].split_inclusive('\n').take(MAX_LINES) {
            if offset > start && offset >= end {
                break;
            }
            excerpt.push(line, offset, end);
            offset += line.len();
        }
        excerpt.text.pop();
        excerpt.span.end = excerpt.span.end.min(excerpt.text.len()).max(excerpt.span.start);
        excerpt.span.start = excerpt.span.start.min(excerpt.text.len());
        excerpt.span.end = excerpt.span.end.min(excerpt.text.len());
        excerpt
    }

    /// Adds one line that starts at `offset` of the source; the mark ends at `end` of the source.
    fn push(&mut self, line: &str, offset: usize, end: usize) {
        let shown = line.trim_end_matches(['\n', '\r']);
        let marked = end.saturating_sub(offset).min(shown.len());
        let first = self.text.is_empty();
        if first {
            // A mark on the line end itself starts where what is shown of the line ends.
            self.span.start = self.span.start.min(shown.len());
        }
        let begin = if first { self.span.start } else { 0 };
        let keep = marked.max(begin).saturating_add(TAIL);
        let keep = super::floor_char_boundary(shown, keep.min(shown.len()));
        if end > offset {
            self.span.end = self.text.len() + super::floor_char_boundary(shown, marked);
        }
        self.text.push_str(&shown[..keep]);
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fault(source: &str, span: Range<usize>) -> Diagnostic {
        Diagnostic::new(Level::Error, "test.fault", source, span, "this is `wrong`")
            .help("write it differently")
    }

    fn shown(source: &str, span: Range<usize>) -> String {
        render("a.md", source, &[fault(source, span)])
    }

    #[test]
    fn a_fault_shows_place_excerpt_mark_and_remedy() {
        insta::assert_snapshot!(shown("one\ntwo three\nfour\n", 8..13), @r"
        error[test.fault]: this is `wrong`
         --> a.md:2:5
          |
        2 | two three
          |     ^^^^^
          |
          = help: write it differently
        ");
    }

    #[test]
    fn line_ends_of_windows_and_a_byte_order_mark_change_nothing() {
        let plain = shown("one\ntwo three\nfour\n", 8..13);
        assert_eq!(shown("one\r\ntwo three\r\nfour\r\n", 9..14), plain);
        assert_eq!(shown("\u{feff}one\ntwo three\nfour\n", 11..16), plain);
        let first = shown("\u{feff}one", 0..6);
        assert!(first.contains("a.md:1:1") && first.contains("1 | one"), "{first}");
        assert_eq!(fault("\u{feff}one", 3..6).column, 1);
    }

    #[test]
    fn a_mark_that_starts_in_the_line_end_stays_on_a_character() {
        assert!(shown("\té\u{feff}\r\r\né", 8..11).contains("a.md:1:"));
    }

    #[test]
    fn an_empty_source_and_the_end_of_a_file_have_a_place() {
        assert!(shown("", 0..0).contains("a.md:1:1"));
        assert!(shown("one\n", 4..4).contains("a.md:2:1"));
        assert!(shown("one", 3..3).contains("a.md:1:4"));
        assert!(shown("one", 90..95).contains("a.md:1:4"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let source = format!("{}wrong{}", "x".repeat(5_000), "y".repeat(5_000));
        let text = shown(&source, 5_000..5_005);
        assert!(text.contains("wrong") && text.contains("a.md:1:5001"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 200), "{text}");
    }

    #[test]
    fn every_diagnostic_is_rendered_in_the_order_given() {
        let source = "one\ntwo\n";
        let note = Diagnostic::new(Level::Note, "test.note", source, 0..3, "read as one");
        let text = render("a.md", source, &[fault(source, 4..7), note]);
        assert!(text.find("test.fault") < text.find("note[test.note]"), "{text}");
        let coloured = render_coloured("a.md", source, &[fault(source, 4..7)]);
        assert!(coloured.contains('\u{1b}'), "{coloured:?}");
    }

    proptest! {
        #[test]
        fn any_source_and_any_span_can_be_shown(source in "(?s).{0,40}|[a\n\r\t\u{feff}é]{0,30}", a in 0usize..50, b in 0usize..50) {
            let text = shown(&source, a..b);
            prop_assert!(text.contains("a.md:"));
        }
    }
}
