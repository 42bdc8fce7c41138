//! The source as lines, and the lines as blocks: a line that is indented belongs to the nearest
//! line above that is indented less.

use super::faults::Faults;
use super::token::{Kind, Token, tokens};
use std::ops::Range;

/// A line and the lines that belong to it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) tokens: Vec<Token>,
    pub(super) span: Range<usize>,
    pub(super) children: Vec<Node>,
}

struct Line {
    indent: usize,
    node: Node,
}

/// Reads the source into blocks.
pub(super) fn read(source: &str, faults: &mut Faults<'_>) -> Vec<Node> {
    let mut lines: Vec<Line> = Vec::new();
    let mut base = 0;
    for raw in source.split_inclusive('\n') {
        let line = raw.trim_end_matches(['\n', '\r']);
        let line_base = base;
        base += raw.len();
        let (skip, line) = match line.strip_prefix('\u{feff}') {
            Some(rest) if line_base == 0 => (3, rest),
            Some(_) | None => (0, line),
        };
        if let Some(read) = one(line, line_base + skip, faults) {
            join_or_push(&mut lines, read);
        }
    }
    blocks(lines, faults)
}

fn one(line: &str, base: usize, faults: &mut Faults<'_>) -> Option<Line> {
    characters(line, base, faults);
    let tokens = tokens(line, base, faults);
    let span = tokens.first()?.span.start..tokens.last()?.span.end;
    // A tab counts as two spaces here only so that the lines below it are still understood.
    let indent = line[..span.start - base].chars().map(|c| if c == '\t' { 2 } else { 1 }).sum();
    Some(Line { indent, node: Node { tokens, span, children: Vec::new() } })
}

/// Tabs look different in every editor, and hidden characters can make a reviewer see another
/// policy than the one that is read; neither is accepted, not even in a comment.
fn characters(line: &str, base: usize, faults: &mut Faults<'_>) {
    if let Some(at) = line.find('\t') {
        let help = "indent and separate with spaces; two spaces for each level";
        faults.error("policy.tab", &(base + at..base + at + 1), "this line holds a tab", help);
    }
    let hidden = |c: char| {
        (c.is_control() && c != '\t')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if let Some((at, c)) = line.char_indices().find(|(_, c)| hidden(*c)) {
        faults.error(
            "policy.character",
            &(base + at..base + at + c.len_utf8()),
            format!("this line holds the invisible character U+{:04X}", u32::from(c)),
            "delete it: a reviewer could not see it",
        );
    }
}

/// A line that goes on with the one above is joined to it: a text after a text, and a condition
/// that is continued with `and` or `or`.
fn join_or_push(lines: &mut Vec<Line>, line: Line) {
    let Line { indent, node } = line;
    match lines.last_mut().filter(|above| above.indent < indent && goes_on(&above.node, &node)) {
        Some(above) => {
            above.node.span.end = node.span.end;
            let mut rest = node.tokens.into_iter().peekable();
            let text = rest.next_if(|token| token.kind == Kind::Text);
            if let (Some(last), Some(text)) = (above.node.tokens.last_mut(), text) {
                last.text = format!("{} {}", last.text, text.text);
                last.span.end = text.span.end;
            }
            above.node.tokens.extend(rest);
        }
        None => lines.push(Line { indent, node }),
    }
}

fn goes_on(above: &Node, node: &Node) -> bool {
    let (Some(last), Some(first)) = (above.tokens.last(), node.tokens.first()) else {
        return false;
    };
    match first.kind {
        Kind::Text => last.kind == Kind::Text,
        Kind::Word => matches!(first.text.as_str(), "and" | "or"),
        Kind::Comma | Kind::Open | Kind::Close => false,
    }
}

/// No block is deeper than a rule inside a row of the decision table.
const MAX_DEPTH: usize = 3;

fn blocks(lines: Vec<Line>, faults: &mut Faults<'_>) -> Vec<Node> {
    let mut roots: Vec<Node> = Vec::new();
    let mut levels: Vec<usize> = vec![0];
    for Line { indent, node } in lines {
        let depth = place(indent, &mut levels, &node, faults);
        let siblings = (0..depth).try_fold(&mut roots, |siblings, _| {
            siblings.last_mut().map(|parent| &mut parent.children)
        });
        match siblings {
            Some(siblings) => siblings.push(node),
            None => {
                let help =
                    "start the line in the first column, or put the block it belongs to above";
                faults.error(
                    "policy.indentation",
                    &node.span,
                    "this line is indented but there is no line above that it belongs to",
                    help,
                );
                roots.push(node);
                levels = vec![0];
            }
        }
    }
    roots
}

/// How deep a line of this indentation stands, and the levels that are open after it.
fn place(indent: usize, levels: &mut Vec<usize>, node: &Node, faults: &mut Faults<'_>) -> usize {
    let mut closed = None;
    while levels.len() > 1 && levels.last().is_some_and(|level| *level > indent) {
        closed = levels.pop();
    }
    if levels.last().is_some_and(|level| *level < indent) {
        if let Some(closed) = closed {
            faults.error(
                "policy.indentation",
                &node.span,
                "this line is indented less than the line above, but like none of the lines before it",
                "give lines of one block the same number of spaces",
            );
            // Taken for a sibling of the lines it slipped from, so that those after it fit again.
            levels.push(closed);
            return levels.len() - 1;
        }
        if levels.len() == MAX_DEPTH {
            let help = "move the line to the left: only the lines under an approval go this deep";
            faults.error("policy.nested", &node.span, "this line is indented too deep", help);
            return MAX_DEPTH - 1;
        }
        levels.push(indent);
    }
    levels.len() - 1
}
