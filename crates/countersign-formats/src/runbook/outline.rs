//! The parts of a runbook: what stands before the sections, the sections, the steps.
//!
//! Nothing is judged here. Whether the text is Markdown or was rendered is read off its headings.

use super::heading::{Section, heading, next_text, numbered};
use super::key;
use super::source::Line;

/// The two text forms of a runbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Headings are marked with `#`.
    Markdown,
    /// Headings are lines like any other.
    Rendered,
}

/// The parts, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// What stands before the first section.
    pub head: Vec<Line<'a>>,
    pub sections: Vec<SectionText<'a>>,
    pub steps: Vec<StepText<'a>>,
    /// Headings of sections no runbook has.
    pub unknown: Vec<&'a str>,
}

#[derive(Debug)]
pub(super) struct SectionText<'a> {
    pub section: Section,
    /// The heading's line.
    pub heading: &'a str,
    pub lines: Vec<Line<'a>>,
}

#[derive(Debug)]
pub(super) struct StepText<'a> {
    /// As written; `None` for a heading without a number.
    pub number: Option<u32>,
    pub title: &'a str,
    /// The heading's line.
    pub heading: &'a str,
    pub lines: Vec<Line<'a>>,
}

/// What a line begins.
enum Begins<'a> {
    Section(Section),
    Step(Option<u32>, &'a str),
    Unknown,
}

/// Where the lines that follow belong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Section,
    Steps,
    Unknown,
}

impl Form {
    /// The form of this text: Markdown when a heading with marks names a section or a step.
    pub fn of(lines: &[Line<'_>]) -> Self {
        let marked = lines.iter().filter(|line| !line.fenced).any(|line| {
            heading(line.text)
                .is_some_and(|(_, text)| Section::named(text).is_some() || numbered(text).is_some())
        });
        if marked { Self::Markdown } else { Self::Rendered }
    }
}

impl<'a> Outline<'a> {
    pub fn of(lines: &[Line<'a>], form: Form) -> Self {
        let mut outline = Self::default();
        let mut place = Place::Head;
        for (at, line) in lines.iter().enumerate() {
            let last = outline.steps.last().filter(|_| place == Place::Steps);
            let begins = match form {
                _ if line.fenced => None,
                Form::Markdown => begins_marked(line.text, &lines[at + 1..], place),
                Form::Rendered => begins_rendered(lines, at, last.and_then(|step| step.number)),
            };
            place = outline.take(line, begins, place);
        }
        outline
    }

    fn take(&mut self, line: &Line<'a>, begins: Option<Begins<'a>>, place: Place) -> Place {
        let heading = line.text.trim();
        let lines = Vec::new();
        match begins {
            Some(Begins::Section(section)) => {
                self.sections.push(SectionText { section, heading, lines });
                if section == Section::Steps { Place::Steps } else { Place::Section }
            }
            Some(Begins::Step(number, title)) => {
                self.steps.push(StepText { number, title, heading, lines });
                Place::Steps
            }
            Some(Begins::Unknown) => {
                self.unknown.push(heading);
                Place::Unknown
            }
            None => {
                self.keep(line, place);
                place
            }
        }
    }

    fn keep(&mut self, line: &Line<'a>, place: Place) {
        let section = self.sections.last_mut().map(|section| &mut section.lines);
        let kept = match place {
            Place::Head => Some(&mut self.head),
            Place::Section => section,
            Place::Steps => self.steps.last_mut().map(|step| &mut step.lines).or(section),
            Place::Unknown => None,
        };
        if let Some(lines) = kept {
            lines.push(*line);
        }
    }

    /// Whether anything here is work with a type, an owner and a time limit.
    pub fn is_runbook(&self) -> bool {
        !self.steps.is_empty() || self.section(Section::Steps).is_some()
    }

    pub fn section(&self, wanted: Section) -> Option<&SectionText<'a>> {
        self.sections.iter().find(|section| section.section == wanted)
    }
}

fn begins_marked<'a>(line: &'a str, rest: &[Line<'a>], place: Place) -> Option<Begins<'a>> {
    let (level, text) = heading(line)?;
    if let Some(section) = Section::named(text) {
        return Some(Begins::Section(section));
    }
    let has_keys = next_text(rest).is_some_and(|next| !next.fenced && key::starts_step(next.text));
    match numbered(text) {
        Some((number, title)) if has_keys || place == Place::Steps => {
            return Some(Begins::Step(Some(number), title));
        }
        None if has_keys && place == Place::Steps => return Some(Begins::Step(None, text)),
        Some(_) | None => {}
    }
    let title = place == Place::Head && level == 1;
    (level <= 2 && !title).then_some(Begins::Unknown)
}

fn begins_rendered<'a>(lines: &[Line<'a>], at: usize, last: Option<u32>) -> Option<Begins<'a>> {
    let line = lines[at].text;
    if let Some(section) = Section::named(line) {
        return Some(Begins::Section(section));
    }
    let (number, title) = numbered(line)?;
    let next = next_text(&lines[at + 1..]);
    let has_keys = next.is_some_and(|next| !next.fenced && key::starts_step(next.text));
    let follows = last.is_some_and(|last| last.checked_add(1) == Some(number));
    (has_keys || follows && stands_alone(lines, at)).then_some(Begins::Step(Some(number), title))
}

/// Whether a numbered line is a paragraph of its own and no item of a list. With the next number
/// it is a step whose keys were forgotten, and not a part of the step before it.
fn stands_alone(lines: &[Line<'_>], at: usize) -> bool {
    let apart = |line: Option<&Line<'_>>| line.is_none_or(Line::is_blank);
    let listed = |line: Option<Line<'_>>| {
        line.is_some_and(|line| !line.fenced && numbered(line.text).is_some())
    };
    let before = lines[..at].iter().rev().find(|line| !line.is_blank()).copied();
    let alone = at > 0 && apart(lines.get(at - 1)) && apart(lines.get(at + 1));
    alone && !listed(before) && !listed(next_text(&lines[at + 1..]))
}
