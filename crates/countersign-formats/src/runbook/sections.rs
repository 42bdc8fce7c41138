//! The sections and the order of the steps: what is missing, twice, empty or out of line.

use super::heading::Section;
use super::item;
use super::outline::{Form, Outline, SectionText};
use super::prose;
use super::source::{Faults, Line};
use super::step;
use countersign_core::runbook::RunbookStep;
use std::collections::BTreeSet;

/// The sections before the steps.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub purpose: String,
    pub when_to_use: Vec<String>,
    pub prerequisites: Vec<String>,
}

/// Reads the sections and reports each that is missing, empty, twice or unknown.
pub(super) fn read<'a>(outline: &Outline<'a>, form: Form, faults: &mut Faults<'a>) -> Sections {
    for heading in &outline.unknown {
        let message = format!("`{heading}` is no section of a runbook and is left out");
        let help = "the sections are Purpose, When to use, Prerequisites and Steps";
        faults.warning("runbook.section_unknown", heading, message, help);
    }
    let mut seen = Vec::new();
    for section in &outline.sections {
        if seen.contains(&section.section) {
            let message = format!("the section `{}` stands here again", section.section.title());
            let help = "bring the two together";
            faults.error("runbook.section_twice", section.heading, message, help);
        } else {
            seen.push(section.section);
        }
    }
    for section in Section::ALL {
        if outline.section(section).is_none() {
            missing(section, outline, faults);
        }
    }
    Sections {
        purpose: purpose(outline, form, faults),
        when_to_use: list(outline, Section::WhenToUse, faults),
        prerequisites: list(outline, Section::Prerequisites, faults),
    }
}

/// A missing section is reported where it should have stood: before the next one there is.
fn missing(section: Section, outline: &Outline<'_>, faults: &mut Faults<'_>) {
    let order = Section::ALL.iter().skip_while(|other| **other != section).skip(1);
    let next = order.filter_map(|other| outline.section(*other)).map(|other| other.heading).next();
    let step = || outline.steps.first().map(|step| step.heading);
    let last = || outline.sections.last().map(|other| other.heading);
    let at = next.or_else(step).or_else(last).unwrap_or(&faults.source[..0]);
    let title = section.title();
    let message = format!("the section `{title}` is missing");
    let help = format!("add a heading `{title}` before this line");
    faults.error("runbook.section_missing", at, message, &help);
}

fn empty(section: &SectionText<'_>, faults: &mut Faults<'_>) {
    let message = format!("the section `{}` is empty", section.section.title());
    let help = "write what belongs there, or `- None.` where nothing does";
    faults.error("runbook.section_empty", section.heading, message, help);
}

fn purpose<'a>(outline: &Outline<'a>, form: Form, faults: &mut Faults<'a>) -> String {
    let Some(section) = outline.section(Section::Purpose) else { return String::new() };
    let prose = prose::read(&section.lines, form);
    if let Some(line) = prose.noted {
        let message = "a reviewer's note outside of a step is left out".into();
        faults.warning("runbook.note_outside", line, message, "move it below the step it is about");
    }
    if let Some(line) = prose.boxed {
        step::note_boxes(line, faults);
    }
    if prose.text.is_empty() {
        empty(section, faults);
    }
    prose.text
}

fn list<'a>(outline: &Outline<'a>, wanted: Section, faults: &mut Faults<'a>) -> Vec<String> {
    let Some(section) = outline.section(wanted) else { return Vec::new() };
    let (items, boxed) = item::items(&section.lines);
    if let Some(line) = boxed {
        step::note_boxes(line, faults);
    }
    if items.is_empty() {
        empty(section, faults);
    }
    items
}

/// Text before the first section that nothing can be made of.
pub(super) fn outside<'a>(lines: &[Line<'a>], faults: &mut Faults<'a>) {
    // A first-level heading repeats the title on many sites.
    let text = lines.iter().find(|line| {
        !line.is_blank() && super::heading::heading(line.text).is_none_or(|(level, _)| level > 1)
    });
    if let Some(line) = text {
        let message = "this stands outside of every section and is left out".into();
        let help = "move it into a section or a step";
        faults.warning("runbook.text_outside", line.text.trim(), message, help);
    }
}

/// Reads the steps and reports gaps in their numbers and names that are not their own.
pub(super) fn steps<'a>(
    outline: &Outline<'a>,
    form: Form,
    faults: &mut Faults<'a>,
) -> Vec<RunbookStep> {
    if let (true, Some(section)) = (outline.steps.is_empty(), outline.section(Section::Steps)) {
        let message = "the runbook has no steps".into();
        let help = "write each as `### 1. Title` with its type, owner and SLA";
        faults.error("runbook.no_steps", section.heading, message, help);
    }
    check_numbers(outline, faults);
    check_names(outline, faults);
    let numbered = outline.steps.iter().zip(1..);
    numbered.filter_map(|(text, position)| step::read(text, position, form, faults)).collect()
}

/// A number is right when it goes on from the one before, or is the step's place: one wrong number
/// is one fault, and so is one step that was lost.
fn check_numbers(outline: &Outline<'_>, faults: &mut Faults<'_>) {
    let mut last = 0;
    for (step, position) in outline.steps.iter().zip(1u32..) {
        let expected = step.number.filter(|number| *number == position).unwrap_or(last + 1);
        let help = format!("number it {expected}, unless a step was lost before it");
        match step.number {
            Some(number) if number == expected => {}
            Some(number) => {
                let message = match last {
                    0 => format!("the first step has the number {number}"),
                    _ => format!("step {number} follows step {last}"),
                };
                faults.error("runbook.step.number_gap", step.heading, message, &help);
            }
            None => {
                let message = "this step has no number".into();
                faults.error("runbook.step.number_missing", step.heading, message, &help);
            }
        }
        last = step.number.unwrap_or(expected).min(u32::MAX - 1);
    }
}

fn check_names(outline: &Outline<'_>, faults: &mut Faults<'_>) {
    let mut names = BTreeSet::new();
    for (step, position) in outline.steps.iter().zip(1..) {
        let name = step::name_of(step.title, position);
        if !names.insert(name.clone()) {
            let message = format!("another step is called `{name}` as well");
            let help = "give it a title of its own";
            faults.error("runbook.step.name_twice", step.heading, message, help);
        }
    }
}
