//! The lines of a block by their keywords: unknown, repeated, missing and misplaced lines are
//! found here once for every kind of block.

use super::cursor::{Cursor, cut};
use super::faults::Faults;
use super::line::Node;
use super::near::advise;
use crate::diagnostic::nearest::nearest;
use std::ops::Range;

/// A keyword of one or several words, and how it may be used.
#[derive(Clone, Copy)]
pub(super) struct Keyword {
    phrase: &'static str,
    uses: Uses,
    lines: Lines,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Uses {
    Once,
    Often,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    None,
    Own,
}

/// A line that stands once in its block.
pub(super) const fn once(phrase: &'static str) -> Keyword {
    Keyword { phrase, uses: Uses::Once, lines: Lines::None }
}

/// A line that may stand several times.
pub(super) const fn often(phrase: &'static str) -> Keyword {
    Keyword { phrase, uses: Uses::Often, lines: Lines::None }
}

impl Keyword {
    /// The same, with indented lines of its own.
    pub(super) const fn with_lines(self) -> Self {
        Self { lines: Lines::Own, ..self }
    }
}

/// A line whose keyword is known; the cursor stands behind the keyword.
pub(super) struct Entry<'t> {
    pub(super) keyword: &'static str,
    pub(super) cursor: Cursor<'t>,
    pub(super) node: &'t Node,
}

/// The lines of a block in order, without those whose keyword is unknown.
pub(super) fn entries<'t>(
    nodes: &'t [Node],
    keywords: &[Keyword],
    faults: &mut Faults<'_>,
) -> Vec<Entry<'t>> {
    let mut found: Vec<Entry<'t>> = Vec::new();
    for node in nodes {
        let mut cursor = Cursor::new(&node.tokens);
        let known = keywords.iter().find(|keyword| cursor.eat(keyword.phrase));
        let Some(keyword) = known.or_else(|| guessed(node, &mut cursor, keywords, faults)) else {
            continue;
        };
        let first = found.iter().find(|entry| entry.keyword == keyword.phrase);
        if let (Uses::Once, Some(first)) = (keyword.uses, first) {
            let line = faults.line_of(&first.node.span);
            let message = format!("`{}` is said twice in this block", keyword.phrase);
            let help = format!("keep this line or line {line}, not both");
            faults.error("policy.repeated", &keyword_span(node, keyword.phrase), message, help);
        }
        if let (Lines::None, Some(child)) = (keyword.lines, node.children.first()) {
            let message = format!("nothing belongs under `{}`", keyword.phrase);
            let help = "give the line the same indentation as the line above it";
            faults.error("policy.nested", &child.span, message, help);
        }
        found.push(Entry { keyword: keyword.phrase, cursor, node });
    }
    found
}

/// Reports an unknown keyword. When it is near to a known one the line is read as that, so that a
/// slip of the pen causes no further faults.
fn guessed<'k>(
    node: &Node,
    cursor: &mut Cursor<'_>,
    keywords: &'k [Keyword],
    faults: &mut Faults<'_>,
) -> Option<&'k Keyword> {
    if faults.full() {
        return None;
    }
    let first = |count: usize| -> Option<String> {
        let words: Option<Vec<&str>> = (0..count).map(|ahead| cursor.word_at(ahead)).collect();
        words.map(|words| words.join(" "))
    };
    let near = keywords.iter().find_map(|keyword| {
        let given = first(keyword.phrase.split(' ').count())?;
        nearest(&given, [keyword.phrase]).map(|_| (keyword, given))
    });
    let given = match &near {
        Some((_, given)) => given.clone(),
        None => node.tokens.first().map(|token| token.text.clone()).unwrap_or_default(),
    };
    let phrases: Vec<&str> = match &near {
        Some((keyword, _)) => vec![keyword.phrase],
        None => keywords.iter().map(|keyword| keyword.phrase).collect(),
    };
    let span = keyword_span(node, &given);
    let message = format!("`{}` is not a keyword here", cut(&given));
    faults.error("policy.keyword", &span, message, deeper(cursor, &given, &phrases));
    let (keyword, given) = near?;
    cursor.eat(&given);
    Some(keyword)
}

/// The lines that stand under a line of a block, where indentation is easily lost.
const DEEPER: [&str; 4] = ["independent of", "may be the requester", "when", "does"];

fn deeper(cursor: &Cursor<'_>, given: &str, phrases: &[&str]) -> String {
    match DEEPER.into_iter().find(|phrase| cursor.clone().eat(phrase)) {
        Some(phrase) => format!("indent the line further: `{phrase}` belongs under the line above"),
        None => advise(given, phrases),
    }
}

fn keyword_span(node: &Node, phrase: &str) -> Range<usize> {
    let count = phrase.split(' ').count();
    let last = node.tokens.iter().take(count).next_back();
    node.span.start..last.map_or(node.span.end, |token| token.span.end)
}

/// Reports each keyword that must stand in a block and does not. A line that stands there with a
/// fault of its own is not missing.
pub(super) fn demand(
    block: &Node,
    lines: &[Entry<'_>],
    phrases: &[(&'static str, &'static str)],
    faults: &mut Faults<'_>,
) {
    let span = block.tokens.first().map_or(block.span.clone(), |token| token.span.clone());
    for (phrase, example) in phrases {
        if !lines.iter().any(|line| line.keyword == *phrase) {
            let message = format!("this block does not say `{phrase}`");
            let help = format!("add an indented line, for example: {example}");
            faults.error("policy.line_missing", &span, message, help);
        }
    }
}
