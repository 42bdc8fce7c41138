//! A line cut into words, quoted texts, commas and parentheses.

use super::faults::Faults;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Text,
    Comma,
    Open,
    Close,
}

/// One token and where it stands. The text of a quoted text is without its quotes.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// Cuts one line, which starts at byte `base` of the source.
pub(super) fn tokens(line: &str, base: usize, faults: &mut Faults<'_>) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let single = |kind| Token { kind, text: c.into(), span: base + at..base + at + 1 };
        match c {
            '#' => break,
            ',' => found.push(single(Kind::Comma)),
            '(' => found.push(single(Kind::Open)),
            ')' => found.push(single(Kind::Close)),
            '"' | '“' | '”' => {
                let (token, end) = text(line, at, base, faults);
                found.push(token);
                at = end;
                continue;
            }
            c if c.is_whitespace() => {}
            _ => {
                let token = word(line, at, base);
                at = token.span.end - base;
                found.push(token);
                continue;
            }
        }
        at += c.len_utf8();
    }
    found
}

fn word(line: &str, at: usize, base: usize) -> Token {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '"' | '“' | '”');
    let length = line[at..].find(ends).unwrap_or(line.len() - at);
    Token {
        kind: Kind::Word,
        text: line[at..at + length].to_owned(),
        span: base + at..base + at + length,
    }
}

/// A quoted text: `\"` stands for a quote and `\\` for a backslash.
fn text(line: &str, at: usize, base: usize, faults: &mut Faults<'_>) -> (Token, usize) {
    let curly = !line[at..].starts_with('"');
    let mut value = String::new();
    let mut escaped = false;
    let mut end = None;
    for (offset, c) in line[at..].char_indices().skip(1) {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '"' if !escaped => end = Some(at + offset + 1),
            '“' | '”' if curly && !escaped => end = Some(at + offset + c.len_utf8()),
            '"' | '\\' => value.push(c),
            _ => {
                if escaped {
                    value.push('\\');
                }
                value.push(c);
            }
        }
        escaped = false;
        if end.is_some() {
            break;
        }
    }
    let stop = end.unwrap_or(line.len());
    let span = base + at..base + stop;
    if end.is_none() {
        faults.error(
            "policy.text.unterminated",
            &span,
            "this text has no closing quote",
            "end the text with `\"` in the same line; go on in the next line with a text of its own",
        );
    } else if curly {
        faults.error(
            "policy.text.curly_quotes",
            &span,
            "a text stands between straight quotes, these are curly",
            "write `\"` before and after the text",
        );
    }
    (Token { kind: Kind::Text, text: value.trim().to_owned(), span }, stop)
}
