//! Runbooks: Markdown with front matter, or the text of a page that showed one.
//!
//! Both forms are read into the same [`Runbook`], with every fault at once. What people really
//! write is accepted where it can mean one thing only; everything else is a fault with its line and
//! a remedy. Both exports read back to an equal runbook. Roles are the policy's business:
//! [`check_titles`] compares the two. There is no clock here, so a review that is too old is found
//! elsewhere.

mod date;
mod fence;
mod front_matter;
mod guard;
mod head;
mod heading;
mod item;
mod key;
mod kind;
mod markdown;
mod not_a_runbook;
mod outline;
mod preamble;
mod prose;
mod review_note;
mod sections;
mod source;
mod step;
mod text;
mod titles;
mod version;
mod write;
mod yaml;

pub use markdown::to_markdown;
pub use text::to_text;
pub use titles::check_titles;

use crate::diagnostic::{Diagnostic, has_errors};
use countersign_core::name::RunbookName;
use countersign_core::runbook::{Runbook, RunbookStep};
use head::{Head, Slot};
use outline::{Form, Outline};
use sections::Sections;
use source::{Faults, Line};

/// The longest text accepted, in bytes.
pub const MAX_SOURCE: usize = 256 * 1024;

/// A runbook, or what is wrong with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The runbook; `None` when a diagnostic is an error.
    pub runbook: Option<Runbook>,
    /// Every fault and remark, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the caller knows better than the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The runbook's id. A rendered text does not show it; without this one it is made of the
    /// title.
    pub id: Option<RunbookName>,
}

/// Reads a runbook in either of its text forms.
pub fn parse(source: &str) -> Parsed {
    parse_with(source, &Options::default())
}

/// Reads a runbook in either of its text forms, with what the caller knows better.
pub fn parse_with(source: &str, options: &Options) -> Parsed {
    let mut faults = Faults::new(source);
    let runbook = read(options, &mut faults);
    let diagnostics = faults.sorted();
    Parsed { runbook: runbook.filter(|_| !has_errors(&diagnostics)), diagnostics }
}

/// The lines of a text behind its front matter.
fn body_of(source: &str) -> Vec<Line<'_>> {
    front_matter::split(source::lines(source), &mut Faults::new(source)).body
}

fn read(options: &Options, faults: &mut Faults<'_>) -> Option<Runbook> {
    if faults.source.len() > MAX_SOURCE {
        let message = format!("a runbook may hold {MAX_SOURCE} bytes");
        faults.error("runbook.too_long", &faults.source[..0], message, "split it");
        return None;
    }
    let mut lines = source::lines(faults.source);
    let mut split = front_matter::split(lines.clone(), faults);
    fence::mark(&mut split.body, faults);
    let form = Form::of(&split.body);
    if form == Form::Rendered {
        heading::drop_furniture(&mut split.body);
    }
    let outline = Outline::of(&split.body, form);
    let claimed = split.yaml.is_some_and(front_matter::claims_runbook);
    let claims = claimed && !outline.sections.is_empty();
    if !(claims || outline.is_runbook()) {
        fence::mark(&mut lines, &mut Faults::new(faults.source));
        not_a_runbook::report(&lines, faults);
        return None;
    }
    let head = match split.yaml {
        Some(yaml) => {
            sections::outside(&outline.head, faults);
            front_matter::read(yaml, faults)
        }
        None => Some(preamble::read(&outline.head, faults)),
    };
    let sections = sections::read(&outline, form, faults);
    let steps = sections::steps(&outline, form, faults);
    assemble(head?, options, (sections, steps), faults)
}

fn assemble(
    head: Head,
    options: &Options,
    (sections, steps): (Sections, Vec<RunbookStep>),
    faults: &mut Faults<'_>,
) -> Option<Runbook> {
    let checked = head.check(options, faults);
    Some(Runbook {
        name: checked.name?,
        version: checked.version,
        title: checked.title,
        authors: head.list(Slot::Authors),
        reviewed_by: head.list(Slot::ReviewedBy),
        last_reviewed: checked.last_reviewed,
        lifecycle: head.text(Slot::Lifecycle),
        kind: head.text(Slot::Kind),
        compliance: head.list(Slot::Compliance),
        complexity: checked.complexity,
        summary: head.text(Slot::Summary),
        estimated_minutes: checked.minutes,
        purpose: sections.purpose,
        when_to_use: sections.when_to_use,
        prerequisites: sections.prerequisites,
        steps,
    })
}
