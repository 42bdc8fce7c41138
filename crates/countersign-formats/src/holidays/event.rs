//! One event of a calendar file, and the days it stands for.

use super::content::Content;
use super::recurrence::Yearly;
use super::{Fault, Span};
use jiff::ToSpan;
use jiff::civil::Date;

/// The longest holiday, in days.
const LONGEST: i32 = 366;

/// An event as it is written.
#[derive(Debug, Clone)]
pub(super) struct Event {
    /// The line it begins on.
    pub(super) line: usize,
    /// Whether the file says that it does not take place.
    pub(super) cancelled: bool,
    summary: String,
    start: Option<Content>,
    end: Option<Content>,
    length: Option<Content>,
    rule: Option<Content>,
    except: Vec<Content>,
    unknown: Vec<Content>,
}

impl Event {
    /// One that begins on this line.
    pub(super) fn at(line: usize) -> Self {
        Self {
            line,
            cancelled: false,
            summary: String::new(),
            start: None,
            end: None,
            length: None,
            rule: None,
            except: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// What it is called; `Holiday` when the file does not say.
    pub(super) fn name(&self) -> &str {
        if self.summary.is_empty() { "Holiday" } else { &self.summary }
    }

    /// Takes in one of its lines.
    pub(super) fn take(&mut self, line: &Content) {
        let own = line.clone();
        match line.name.as_str() {
            "SUMMARY" => self.summary = line.text(),
            "STATUS" => self.cancelled |= line.is("STATUS", "CANCELLED"),
            "DTSTART" => self.start = Some(own),
            "DTEND" => self.end = Some(own),
            "DURATION" => self.length = Some(own),
            "RRULE" if self.rule.is_none() => self.rule = Some(own),
            "EXDATE" => self.except.push(own),
            "RRULE" | "RDATE" | "RECURRENCE-ID" | "EXRULE" => self.unknown.push(own),
            _ => {}
        }
    }

    /// Every day it stands for, up to the end of the span.
    pub(super) fn days(&self, span: Span) -> Result<Vec<Date>, Vec<Fault>> {
        let mut faults: Vec<Fault> =
            self.unknown.iter().map(|line| self.not_understood(line)).collect();
        let first = self.first().map_err(|fault| faults.push(fault)).ok();
        let length = first.and_then(|first| self.length(first).map_err(|f| faults.push(f)).ok());
        let except = self.except().map_err(|fault| faults.push(fault)).unwrap_or_default();
        let rule = first.zip(self.rule.as_ref()).map(|(first, line)| {
            Yearly::read(&line.value, first).map_err(|why| self.fault(line, why))
        });
        let rule = rule.transpose().map_err(|fault| faults.push(fault)).ok().flatten();
        let (Some(first), Some(length), []) = (first, length, &faults[..]) else {
            return Err(faults);
        };
        let begins = match rule {
            Some(rule) => rule.dates(first, span.until),
            None => vec![first],
        };
        let begins = begins.into_iter().filter(|begin| !except.contains(begin));
        let whole = |begin: Date| (0..length).filter_map(move |n| begin.checked_add(n.days()).ok());
        Ok(begins.flat_map(whole).collect())
    }

    fn fault(&self, line: &Content, message: impl Into<String>) -> Fault {
        let event = Some(self.name().to_owned());
        Fault { line: line.number, event, message: message.into() }
    }

    fn not_understood(&self, line: &Content) -> Fault {
        let message = format!(
            "`{}` is not read: write each day as an event of its own, or as a yearly one",
            line.name
        );
        self.fault(line, message)
    }

    fn first(&self) -> Result<Date, Fault> {
        match &self.start {
            Some(line) => self.date(line, &line.value),
            None => Err(Fault {
                line: self.line,
                event: Some(self.name().to_owned()),
                message: "it has no DTSTART: give it the day it is on".into(),
            }),
        }
    }

    fn date(&self, line: &Content, text: &str) -> Result<Date, Fault> {
        let text = text.trim();
        if !line.is_date() && text.contains('T') {
            let message = format!(
                "`{}` is at a time of day, and a holiday is a whole day: make it an all-day event",
                line.name
            );
            return Err(self.fault(line, message));
        }
        date(text).ok_or_else(|| {
            let message = format!("`{text}` is no date: write it as 20261225");
            self.fault(line, message)
        })
    }

    /// How many days it lasts.
    fn length(&self, first: Date) -> Result<i32, Fault> {
        let (line, days) = match (&self.end, &self.length) {
            (None, None) => return Ok(1),
            (Some(line), _) => {
                let end = self.date(line, &line.value)?;
                (line, first.until(end).map_or(0, |span| span.get_days()))
            }
            (None, Some(line)) => (line, duration(&line.value).unwrap_or(0)),
        };
        if (1..=LONGEST).contains(&days) {
            return Ok(days);
        }
        let message = format!(
            "`{}` is not 1 to {LONGEST} days after the start: a holiday ends on the day after its \
             last",
            line.value.trim()
        );
        Err(self.fault(line, message))
    }

    fn except(&self) -> Result<Vec<Date>, Fault> {
        let each = |line: &Content| -> Result<Vec<Date>, Fault> {
            line.value.split(',').map(|text| self.date(line, text)).collect()
        };
        let lists: Result<Vec<_>, _> = self.except.iter().map(each).collect();
        Ok(lists?.into_iter().flatten().collect())
    }
}

/// Eight digits.
pub(super) fn date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}

/// `P3D` and `P1W`.
fn duration(text: &str) -> Option<i32> {
    let text = text.trim().strip_prefix('P')?;
    match (text.strip_suffix('D'), text.strip_suffix('W')) {
        (Some(days), _) => days.parse().ok(),
        (None, Some(weeks)) => weeks.parse::<i32>().ok()?.checked_mul(7),
        (None, None) => None,
    }
}
