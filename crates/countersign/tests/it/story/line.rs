//! Lines and the words in them, each knowing where it stands.

use std::fmt;

/// Something a story's author has to correct, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// A line that says something: comments and empty lines are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Spaces before the first word.
    pub indent: usize,
    /// Without the spaces at either end.
    pub text: String,
}

/// The lines of a text that say something.
pub fn lines(text: &str) -> Vec<Line> {
    let numbered = (1..).zip(text.lines());
    numbered
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map(|(number, line)| Line {
            number,
            indent: line.len() - line.trim_start().len(),
            text: line.trim().to_owned(),
        })
        .collect()
}

/// A word, a text in quotes, or one of `:` and `,`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Word(String),
    Quoted(String),
    Mark(char),
}

/// Cuts a line into words. A colon or comma at the end of a word is a mark of its own.
pub fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (inside, after) = quoted.split_once('"').ok_or("a quote is not closed")?;
            found.push(Token::Quoted(inside.to_owned()));
            rest = after;
        } else if let Some(after) = rest.strip_prefix([':', ',']) {
            found.push(Token::Mark(if rest.starts_with(':') { ':' } else { ',' }));
            rest = after;
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let word = rest[..end].trim_end_matches([':', ',']);
            found.push(Token::Word(word.to_owned()));
            rest = &rest[word.len()..];
        }
        rest = rest.trim_start();
    }
    Ok(found)
}
