//! JUnit XML: test results, as pytest, promptfoo, Maven and most test runners write them.
//!
//! There is no standard. Counts in the file are compared with the cases it holds; where they
//! disagree the file counts as partial, because somebody removed cases or a runner died. An
//! expected failure (`xfail`) stands as skipped, and a skipped test is no pass.

mod case;
mod suite;

use self::case::Case;
use self::suite::Suite;
use super::measured::warn;
use super::text::cut;
use super::unreadable::Unreadable;
use super::xml::{Document, Element, Piece, root_name};
use super::{MAX_ENTRIES, Reader, Upload};
use countersign_core::reading::{Completeness, Fact, Place, Reading};

pub const READER: Reader = Reader {
    format: "junit",
    title: "JUnit XML",
    notes: &[
        "each `testcase` is a check named `classname.name`: `failure` fails, `error` is an error, \
         `skipped`, disabled and not-run cases are skips",
        "a property of a case is a fact, and a measurement when it is a number and the case passed \
         (`rollback_seconds`)",
        "counts that disagree with the cases: a partial run; no case at all, or an error outside \
         any case: a failed run",
        "a case that passed only when run again passes with a warning",
        "a document type declaration is refused",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    let head = upload.head();
    head.trim_start().starts_with('<')
        && matches!(root_name(head).as_deref(), Some("testsuites" | "testsuite"))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let mut document = Document::new(upload.text()?);
    let mut walk = Walk { reading: Reading::new(READER.format), open: Vec::new() };
    while let Some(piece) = document.step()? {
        match piece {
            Piece::Open(element) => walk.open(element),
            Piece::Text(text) => walk.text(&text),
            Piece::Close => walk.close(),
        }
        if walk.reading.len().max(walk.reading.facts.len()) > MAX_ENTRIES {
            return Err(super::too_many(MAX_ENTRIES + 1));
        }
    }
    let mut reading = walk.reading;
    if reading.checks.is_empty() {
        let what = "the file holds no test case".to_owned();
        reading.completeness = Completeness::Failed { what, place: Place::File };
    }
    Ok(reading)
}

struct Walk {
    reading: Reading,
    open: Vec<Open>,
}

/// An element whose end has not been reached.
enum Open {
    Suite(Suite),
    Case(Box<Case>),
    /// `failure`, `error`, `skipped` or a re-run, inside a case; told when an attribute says why.
    Verdict {
        kind: String,
        detail: String,
        told: bool,
    },
    /// A property: its name and its value so far.
    Property {
        name: String,
        value: String,
        line: u32,
    },
    /// Anything else, such as `system-out`.
    Other,
}

impl Walk {
    fn open(&mut self, element: Element) {
        let opened = match element.name.as_str() {
            "testsuites" | "testsuite" => {
                self.introduce(&element);
                Open::Suite(Suite::new(&element))
            }
            "testcase" => {
                let suite = self.suite().map(|suite| suite.name.clone()).unwrap_or_default();
                Open::Case(Box::new(Case::new(&element, &suite)))
            }
            kind if case::is_verdict(kind) && self.case().is_some() => {
                let detail = element.get("message").unwrap_or_default().to_owned();
                let told = !detail.is_empty();
                Open::Verdict { kind: kind.to_owned(), detail, told }
            }
            "error" | "failure" => {
                self.outside_any_case(&element);
                Open::Other
            }
            "property" => Open::Property {
                name: element.get("name").unwrap_or_default().to_owned(),
                value: element.get("value").unwrap_or_default().to_owned(),
                line: element.line,
            },
            _ => Open::Other,
        };
        self.open.push(opened);
    }

    fn outside_any_case(&mut self, element: &Element) {
        let said = cut(element.get("message").unwrap_or_default());
        let suite = self.suite().map(|suite| suite.name.clone()).unwrap_or_default();
        let what = format!("the suite `{suite}` reports an error outside its cases: {said}");
        let place = Place::Line(element.line);
        self.reading.completeness = Completeness::Failed { what, place };
    }

    /// The innermost open suite.
    fn suite(&mut self) -> Option<&mut Suite> {
        self.open.iter_mut().rev().find_map(|open| match open {
            Open::Suite(suite) => Some(suite),
            _ => None,
        })
    }

    /// The innermost open case.
    fn case(&mut self) -> Option<&mut Case> {
        self.open.iter_mut().rev().find_map(|open| match open {
            Open::Case(case) => Some(case.as_mut()),
            _ => None,
        })
    }

    /// What a suite says about the run; the first one counts.
    fn introduce(&mut self, element: &Element) {
        if self.reading.generated_at.is_none() {
            self.reading.generated_at = element.get("timestamp").map(cut);
        }
        if let Some(name) = element.get("name").filter(|name| !name.is_empty()) {
            let place = Place::Line(element.line);
            self.reading.facts.push(Fact { name: element.name.clone(), value: cut(name), place });
        }
    }

    fn text(&mut self, text: &str) {
        let kept = match self.open.last_mut() {
            Some(Open::Verdict { detail, told: false, .. }) => detail,
            Some(Open::Property { value, .. }) => value,
            _ => return,
        };
        // Only the start of a text is shown, so that a stack trace of megabytes is not kept.
        if kept.len() < 2000 {
            kept.extend(text.chars().take(2000));
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Case(case)) => {
                if let Some(suite) = self.suite() {
                    suite.holds.add(case.tally());
                }
                case.report(&mut self.reading);
            }
            Some(Open::Suite(suite)) => {
                if let Some(outer) = self.suite() {
                    outer.holds.add(suite.holds);
                }
                compare(&mut self.reading, &suite);
            }
            Some(Open::Verdict { kind, detail, .. }) => {
                if let Some(case) = self.case() {
                    case.verdict(&kind, &detail);
                }
            }
            Some(Open::Property { name, value, line }) => self.property(name, value, line),
            Some(Open::Other) | None => {}
        }
    }

    /// A property belongs to the innermost case; outside any case it is a fact about the run.
    fn property(&mut self, name: String, value: String, line: u32) {
        if let Some(case) = self.case() {
            case.property(name, value, line);
        } else {
            let (value, place) = (case::shown(&name, &value), Place::Line(line));
            self.reading.facts.push(Fact { name: cut(&name), value, place });
        }
    }
}

fn compare(reading: &mut Reading, suite: &Suite) {
    if let Some(what) = suite.disagreement() {
        let place = Place::Line(suite.line);
        warn(reading, place.clone(), what.clone());
        if reading.completeness == Completeness::Whole {
            reading.completeness = Completeness::Partial { what, place };
        }
    }
}
