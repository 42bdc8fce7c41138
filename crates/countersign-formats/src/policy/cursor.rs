//! Reads the words of one line from left to right. Each method either yields what it names or
//! reports why not; the caller then goes on with the next line.

use super::faults::Faults;
use super::near::advise;
use super::token::{Kind, Token};
use crate::diagnostic::nearest::nearest;
use countersign_core::name::InvalidName;
use std::ops::Range;
use std::str::FromStr;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Named<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

impl<T> Named<Option<T>> {
    /// The value with its place, if there is a value.
    pub(super) fn transpose(self) -> Option<Named<T>> {
        let span = self.span;
        self.value.map(|value| Named { value, span })
    }
}

/// A place in one line.
#[derive(Clone)]
pub(super) struct Cursor<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(tokens: &'t [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    /// The next token, not yet taken.
    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    /// The word `ahead` places further on, if a word stands there.
    pub(super) fn word_at(&self, ahead: usize) -> Option<&'t str> {
        let token = self.tokens.get(self.at + ahead)?;
        (token.kind == Kind::Word).then_some(token.text.as_str())
    }

    /// Takes the next token whatever it is.
    pub(super) fn take(&mut self) -> Option<&'t Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    /// Takes a comma or parenthesis if it comes next.
    pub(super) fn eat_kind(&mut self, kind: Kind) -> bool {
        let found = self.peek().is_some_and(|token| token.kind == kind);
        self.at += usize::from(found);
        found
    }

    /// Takes these words if they come next.
    pub(super) fn eat(&mut self, phrase: &str) -> bool {
        let words: Vec<&str> = phrase.split(' ').collect();
        let found = words.iter().enumerate().all(|(at, word)| self.word_at(at) == Some(word));
        self.at += if found { words.len() } else { 0 };
        found
    }

    /// The bytes of what comes next; of the line's end when nothing does.
    pub(super) fn here(&self) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |token| token.span.end);
        self.peek().map_or(end..end, |token| token.span.clone())
    }

    /// Reports that something else should stand here.
    pub(super) fn expected<T>(&self, what: &str, faults: &mut Faults<'_>) -> Option<T> {
        let message = match self.peek() {
            Some(token) => format!("expected {what}, found `{}`", cut(&token.text)),
            None => format!("the line ends where {what} should stand"),
        };
        faults.error("policy.expected", &self.here(), message, format!("write {what} here"));
        None
    }

    /// Takes these words or reports that they are missing.
    pub(super) fn expect(&mut self, phrase: &str, faults: &mut Faults<'_>) -> Option<()> {
        if self.eat(phrase) { Some(()) } else { self.expected(&format!("`{phrase}`"), faults) }
    }

    /// Takes a word.
    pub(super) fn word(&mut self, what: &str, faults: &mut Faults<'_>) -> Option<&'t Token> {
        match self.peek() {
            Some(token) if token.kind == Kind::Word => self.take(),
            Some(_) | None => self.expected(what, faults),
        }
    }

    /// Takes a text in quotes. An empty one is a fault.
    pub(super) fn text(&mut self, what: &str, faults: &mut Faults<'_>) -> Option<String> {
        match self.peek() {
            Some(token) if token.kind == Kind::Text && token.text.is_empty() => {
                let help = format!("write {what} between the quotes");
                faults.error("policy.text.empty", &token.span, "this text is empty", help);
                self.at += 1;
                None
            }
            Some(token) if token.kind == Kind::Text => {
                self.at += 1;
                Some(token.text.clone())
            }
            Some(_) | None => self.expected(&format!("{what} in quotes"), faults),
        }
    }

    /// Takes one word, or several in quotes.
    pub(super) fn label(&mut self, what: &str, faults: &mut Faults<'_>) -> Option<Named<String>> {
        let span = self.here();
        let value = match self.peek().map(|token| token.kind) {
            Some(Kind::Word) => self.word(what, faults)?.text.clone(),
            Some(Kind::Text) => self.text(what, faults)?,
            Some(Kind::Comma | Kind::Open | Kind::Close) | None => self.expected(what, faults)?,
        };
        Some(Named { value, span })
    }

    /// Takes a name and checks its shape.
    pub(super) fn name<T>(&mut self, what: &str, faults: &mut Faults<'_>) -> Option<Named<T>>
    where
        T: FromStr<Err = InvalidName>,
    {
        let token = self.word(what, faults)?;
        match token.text.parse() {
            Ok(value) => Some(Named { value, span: token.span.clone() }),
            Err(InvalidName { given, shape, .. }) => {
                let message = format!("`{}` cannot be {what}", cut(&given));
                faults.error("policy.name", &token.span, message, shape);
                None
            }
        }
    }

    /// Takes one of a closed set of words. A mistyped word is reported and then understood as the
    /// one it is nearest to, so that it causes no further faults.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        set: &Choices<T>,
        faults: &mut Faults<'_>,
    ) -> Option<Named<T>> {
        let token = self.word(set.what, faults)?;
        let find = |word: &str| set.values.iter().find(|(known, _)| *known == word);
        let known: Vec<&str> = set.values.iter().map(|(word, _)| *word).collect();
        let found = find(&token.text).or_else(|| {
            let message = format!("`{}` is not {}", cut(&token.text), set.what);
            faults.error(set.code, &token.span, message, advise(&token.text, &known));
            find(nearest(&token.text, known.iter().copied())?)
        })?;
        Some(Named { value: found.1, span: token.span.clone() })
    }

    /// Reports what is left over at the end of a line.
    pub(super) fn end(&self, faults: &mut Faults<'_>) {
        if let (Some(next), Some(last)) = (self.peek(), self.tokens.last()) {
            faults.error(
                "policy.surplus",
                &(next.span.start..last.span.end),
                format!("`{}` is one word too many here", cut(&next.text)),
                "delete the rest of the line, or put a text of several words in quotes",
            );
        }
    }
}

/// A closed set of words, what each is called, and the code of the fault of using another.
pub(super) struct Choices<T> {
    pub(super) what: &'static str,
    pub(super) code: &'static str,
    pub(super) values: Vec<(&'static str, T)>,
}

/// A text cut to a length fit for a message.
pub(super) fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
