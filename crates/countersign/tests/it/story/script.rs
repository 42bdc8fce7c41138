//! A story's text, read: what happens, what is asked, and what is expected of each.

use super::deed::Deed;
use super::form::fill;
use super::forms::deeds;
use super::line::{Fault, Line, Token, lines, tokens};
use super::people::OF_PEOPLE;
use super::question::{QUESTIONS, Question};
use super::settings::Settings;
use super::urgent;
use jiff::{SignedDuration, Timestamp};

/// A story.
#[derive(Debug, Default)]
pub struct Script {
    pub file: String,
    pub title: String,
    /// The requirements it covers, as written.
    pub covers: String,
    /// A policy in place of the one everybody else has.
    pub policy: Option<String>,
    /// Runbooks published before it begins.
    pub runbooks: Vec<String>,
    pub entries: Vec<Entry>,
}

/// One thing told.
#[derive(Debug)]
pub struct Entry {
    /// The line it begins on.
    pub line: usize,
    pub told: Told,
    /// What has to come of it; `None` when only that it is not refused.
    pub expected: Option<Vec<Expected>>,
}

/// A line of an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub line: usize,
    /// `=> …` without the arrow, or two spaces and a reason.
    pub text: String,
}

/// What a story tells.
#[derive(Debug)]
pub enum Told {
    /// It is now this late.
    Now(Timestamp),
    /// Time goes by.
    Later(SignedDuration),
    /// Somebody does something.
    Deed { who: String, release: Option<String>, deed: Deed },
    /// Somebody asks how things stand.
    Question(Question),
}

/// A moment in UTC: `2026-05-11 09:00`.
pub fn moment(text: &str) -> Option<Timestamp> {
    let (day, time) = text.trim().split_once(' ')?;
    format!("{day}T{}:00Z", time.trim()).parse().ok()
}

/// Reads a story.
pub fn read(file: &str, text: &str) -> Result<Script, Fault> {
    let mut script = Script { file: file.to_owned(), ..Script::default() };
    let all = lines(text);
    let mut rest = all.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if first.indent > 0 {
            return Err(script.fault(first.number, "nothing stands above this indented line"));
        }
        let below = after.iter().take_while(|line| line.indent > 0).count();
        let (block, next) = after.split_at(below);
        if !header(&mut script, first) {
            let entry = entry(&script, first, block)?;
            script.entries.push(entry);
        }
        rest = next;
    }
    if script.title.is_empty() {
        return Err(script.fault(1, "a story begins with `title: …`"));
    }
    if script.entries.iter().all(|entry| entry.expected.is_none()) {
        return Err(script.fault(1, "the story expects nothing: write `=> …` below what matters"));
    }
    Ok(script)
}

fn header(script: &mut Script, line: &Line) -> bool {
    let Some((key, value)) = line.text.split_once(": ") else { return false };
    let value = value.trim().to_owned();
    match key {
        "title" => script.title = value,
        "covers" => script.covers = value,
        "policy" => script.policy = Some(value),
        "runbook" => script.runbooks.push(value),
        _ => return false,
    }
    true
}

fn entry(script: &Script, first: &Line, block: &[Line]) -> Result<Entry, Fault> {
    let arrow = block.iter().position(|line| line.text.starts_with("=>")).unwrap_or(block.len());
    let (settings, expected) = block.split_at(arrow);
    let expected: Vec<Expected> = expected
        .iter()
        .map(|line| Expected {
            line: line.number,
            text: match line.text.strip_prefix("=>") {
                Some(text) => text.trim().to_owned(),
                None => format!("  {}", line.text),
            },
        })
        .collect();
    let mut settings = Settings::read(settings)
        .map_err(|line| script.fault(line, "this is neither `key: value` nor `=> …`"))?;
    let told = told(first, &mut settings).map_err(|why| script.fault(first.number, &why))?;
    if let Some(line) = settings.first_left() {
        return Err(script.fault(line, "the line above does not take this"));
    }
    let expected = (!expected.is_empty()).then_some(expected);
    Ok(Entry { line: first.number, told, expected })
}

fn told(line: &Line, settings: &mut Settings) -> Result<Told, String> {
    if let Some(rest) = line.text.strip_prefix("on ") {
        let shape = || format!("`{rest}` is not a moment such as `2026-05-11 09:00`");
        return moment(rest).map(Told::Now).ok_or_else(shape);
    }
    if let Some(rest) = line.text.strip_suffix(" later") {
        return later(rest).map(Told::Later);
    }
    let words = tokens(&line.text)?;
    for question in QUESTIONS {
        if let Some(filled) = fill(question.form, &words) {
            return Ok(Told::Question((question.read)(&filled)));
        }
    }
    let (words, release) = match words.as_slice() {
        [words @ .., Token::Word(on), Token::Quoted(title)] if on == "on" => {
            (words, Some(title.clone()))
        }
        words => (words, None),
    };
    let later = urgent::DEEDS.iter().chain(super::care::DEEDS).chain(super::times::DEEDS);
    let later = later.chain(super::policy_review::DEEDS).chain(super::kept::DEEDS);
    for form in deeds().chain(OF_PEOPLE).chain(later) {
        if let Some(filled) = fill(form.form, words) {
            let deed = (form.read)(&filled, settings)?;
            return Ok(Told::Deed { who: filled.one("who"), release, deed });
        }
    }
    Err("nobody knows this line: docs/reference/stories.md lists what a story can say".into())
}

fn later(text: &str) -> Result<SignedDuration, String> {
    let shape = || format!("`{text} later` is not `N minutes`, `N hours` or `N days` later");
    let (count, unit) = text.split_once(' ').ok_or_else(shape)?;
    let count: i64 = count.parse().map_err(|_| shape())?;
    match unit {
        "minute" | "minutes" => Ok(SignedDuration::from_mins(count)),
        "hour" | "hours" => Ok(SignedDuration::from_hours(count)),
        "day" | "days" => Ok(SignedDuration::from_hours(24 * count)),
        _ => Err(shape()),
    }
}

impl Script {
    /// A fault at a line of this story.
    pub fn fault(&self, line: usize, message: &str) -> Fault {
        Fault { file: self.file.clone(), line, message: message.to_owned() }
    }
}

/// The text of a story with what came of it in the place of its expectations.
pub fn with_answers(script: &Script, text: &str, answers: &[Vec<String>]) -> String {
    let mut lines: Vec<Option<String>> = text.lines().map(|line| Some(line.to_owned())).collect();
    for (entry, answer) in script.entries.iter().zip(answers) {
        let Some(expected) = &entry.expected else { continue };
        for line in expected {
            lines[line.line - 1] = None;
        }
        let said = answer.iter().map(|line| match line.strip_prefix("  ") {
            Some(reason) => format!("     {reason}"),
            None => format!("  => {line}"),
        });
        lines[expected[0].line - 1] = Some(said.collect::<Vec<_>>().join("\n"));
    }
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    format!("{}\n", lines.join("\n"))
}
