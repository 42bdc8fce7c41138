//! Success conditions: what a receiver's answer must fulfil.
//!
//! ```text
//! condition = clause *( "and" clause )
//! clause    = "status is" NUMBER [ ".." NUMBER ]
//!           / "body contains" QUOTED
//! ```
//!
//! A quoted text is written in `"`; inside it `\"` and `\\` stand for the characters themselves.
//! Without a clause about the status, the status must be 200..299: an answer that says `ok` and
//! 500 is no success.

use std::ops::RangeInclusive;

/// What an answer must fulfil: every clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    clauses: Vec<Clause>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Clause {
    Status(RangeInclusive<u16>),
    Contains(String),
}

const SHAPE: &str = "write for example `status is 200..299 and body contains \"ok\"`";

impl Default for Condition {
    fn default() -> Self {
        Self { clauses: vec![Clause::Status(200..=299)] }
    }
}

impl Condition {
    /// Reads a condition.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut clauses = Vec::new();
        let mut rest = text.trim_start();
        loop {
            let (clause, behind) = clause(rest)?;
            clauses.push(clause);
            rest = behind.trim_start();
            if rest.is_empty() {
                break;
            }
            rest = word(rest, "and")
                .ok_or_else(|| format!("expected `and` before `{rest}`: {SHAPE}"))?;
        }
        if !clauses.iter().any(|clause| matches!(clause, Clause::Status(_))) {
            clauses.extend(Self::default().clauses);
        }
        Ok(Self { clauses })
    }

    /// Whether an answer fulfils it, or what is wrong with the answer.
    pub(super) fn met_by(&self, status: u16, body: &[u8]) -> Result<(), String> {
        for clause in &self.clauses {
            match clause {
                Clause::Status(wanted) if wanted.contains(&status) => {}
                Clause::Status(_) if (300..400).contains(&status) => {
                    return Err(format!("it answered {status}, and redirects are not followed"));
                }
                Clause::Status(wanted) => {
                    let (from, to) = (wanted.start(), wanted.end());
                    return Err(format!("it answered {status}, expected {from}..{to}"));
                }
                Clause::Contains(text) if contains(body, text.as_bytes()) => {}
                Clause::Contains(text) => {
                    return Err(format!("it answered {status}, but the body lacks `{text}`"));
                }
            }
        }
        Ok(())
    }
}

fn clause(text: &str) -> Result<(Clause, &str), String> {
    let unknown = || format!("`{text}` is not a condition: {SHAPE}");
    if let Some(rest) = word(text, "status").and_then(|rest| word(rest, "is")) {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (range, rest) = rest.split_at(end);
        let (from, to) = range.split_once("..").unwrap_or((range, range));
        let status = |text: &str| text.parse().ok().filter(|code| (100..=599).contains(code));
        return match (status(from), status(to)) {
            (Some(from), Some(to)) if from <= to => Ok((Clause::Status(from..=to), rest)),
            _ => Err(format!("`{range}` is no status from 100 to 599 and no range: {SHAPE}")),
        };
    }
    let rest = word(text, "body").and_then(|rest| word(rest, "contains")).ok_or_else(unknown)?;
    let (quoted, rest) = quoted(rest).ok_or_else(unknown)?;
    if quoted.is_empty() {
        return Err(format!("every body contains an empty text: {SHAPE}"));
    }
    Ok((Clause::Contains(quoted), rest))
}

/// The text behind a word, without the space between.
fn word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(word)?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

fn quoted(text: &str) -> Option<(String, &str)> {
    let mut inside = String::new();
    let body = text.strip_prefix('"')?;
    let mut characters = body.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((inside, &body[at + 1..])),
            '\\' => match characters.next()? {
                (_, escaped @ ('"' | '\\')) => inside.push(escaped),
                _ => return None,
            },
            other => inside.push(other),
        }
    }
    None
}

fn contains(body: &[u8], text: &[u8]) -> bool {
    body.windows(text.len()).any(|window| window == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-050
    #[test]
    fn an_answer_must_fulfil_every_clause() {
        let condition =
            Condition::parse(r#" status is 200..202  and body contains "\"ok\": \\true" "#)
                .unwrap();
        assert_eq!(condition.met_by(202, br#"{"ok": \true}"#), Ok(()));
        let lacks = condition.met_by(200, b"queued").unwrap_err();
        assert_eq!(lacks, r#"it answered 200, but the body lacks `"ok": \true`"#);
        assert!(condition.met_by(203, br#"{"ok": \true}"#).is_err());
        assert_eq!(Condition::parse("status is 409").unwrap().met_by(409, b""), Ok(()));
    }

    #[test]
    fn without_a_word_about_the_status_it_must_be_a_success() {
        let condition = Condition::parse(r#"body contains "ok""#).unwrap();
        assert_eq!(condition.met_by(204, b"ok"), Ok(()));
        assert!(condition.met_by(500, b"ok").is_err());
        let redirect = Condition::default().met_by(302, b"").unwrap_err();
        assert_eq!(redirect, "it answered 302, and redirects are not followed");
    }

    #[test]
    fn a_condition_nobody_understands_says_what_one_looks_like() {
        for bad in [
            "",
            "ok",
            "status is",
            "status is 2xx",
            "status is 99",
            "status is 299..200",
            "status is 200 or status is 409",
            "status is 200 and",
            "body contains ok",
            "body contains \"ok",
            "body contains \"\"",
            "body contains \"\\n\"",
        ] {
            let error = Condition::parse(bad).unwrap_err();
            assert!(error.contains("write for example"), "{bad}: {error}");
        }
    }
}
