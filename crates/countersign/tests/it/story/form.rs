//! Forms of lines: `{who} rejects as {role} for {reason}: {text}`.
//!
//! A form is words to be found as they are, and blanks. A blank takes one word or one quoted text;
//! a blank that ends in `...` takes a list with commas and has to be the last.

use super::line::{Token, tokens};
use std::collections::BTreeMap;

/// What the blanks of a form were filled with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    one: BTreeMap<String, String>,
    many: BTreeMap<String, Vec<String>>,
}

impl Filled {
    /// What fills a blank; empty when the form has no such blank.
    pub fn one(&self, blank: &str) -> String {
        self.one.get(blank).cloned().unwrap_or_default()
    }

    /// What fills a list.
    pub fn many(&self, blank: &str) -> Vec<String> {
        self.many.get(blank).cloned().unwrap_or_default()
    }
}

/// Fills a form with a line; `None` when the line is of another form.
pub fn fill(form: &str, line: &[Token]) -> Option<Filled> {
    let form = tokens(form).ok()?;
    let mut filled = Filled::default();
    let mut given = line;
    for part in &form {
        let blank = match part {
            Token::Word(word) => word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')),
            Token::Quoted(_) | Token::Mark(_) => None,
        };
        let Some(blank) = blank else {
            let (first, rest) = given.split_first()?;
            given = if first == part { rest } else { return None };
            continue;
        };
        if let Some(blank) = blank.strip_suffix("...") {
            filled.many.insert(blank.to_owned(), list(given)?);
            given = &[];
            continue;
        }
        let (first, rest) = given.split_first()?;
        filled.one.insert(blank.to_owned(), value(first)?);
        given = rest;
    }
    given.is_empty().then_some(filled)
}

fn value(token: &Token) -> Option<String> {
    match token {
        Token::Word(text) | Token::Quoted(text) => Some(text.clone()),
        Token::Mark(_) => None,
    }
}

fn list(given: &[Token]) -> Option<Vec<String>> {
    let comma = Token::Mark(',');
    given
        .split(|token| token == &comma)
        .map(|part| match part {
            [only] => value(only),
            [] | [_, _, ..] => None,
        })
        .collect()
}

#[test]
fn a_form_takes_a_line_of_its_words_and_no_other() {
    let line = |text: &str| tokens(text).unwrap();
    let form = "{who} rejects as {role} for {reason}: {text}";
    let filled = fill(form, &line("chen rejects as product_lead for scope: \"not what we asked\""));
    assert_eq!(filled.unwrap().one("text"), "not what we asked");
    assert_eq!(fill(form, &line("chen rejects as product_lead for scope")), None);
    assert_eq!(fill("{who} submits", &line("chen submits twice")), None);
    let filled = fill("{who} may {scopes...}", &line("pipeline may evidence, verdict"));
    assert_eq!(filled.unwrap().many("scopes"), ["evidence", "verdict"]);
}
