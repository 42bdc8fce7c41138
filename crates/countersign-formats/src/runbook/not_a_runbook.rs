//! A document that is no runbook: said so at its first line, with what each part comes closest to.

use super::heading::{heading, numbered};
use super::item::bullet;
use super::source::{Faults, Line};

/// The most closest readings given.
const MAX_READINGS: usize = 40;

/// Reports that these lines, which hold no steps, are no runbook.
pub(super) fn report<'a>(lines: &[Line<'a>], faults: &mut Faults<'a>) {
    let Some(first) = lines.iter().find(|line| !line.is_blank()) else {
        let help = "begin with the front matter, or with a title and its header line";
        faults.error("runbook.empty", faults.source, "the file holds no text".into(), help);
        return;
    };
    faults.error(
        "runbook.not_a_runbook",
        first.text.trim(),
        "this is no runbook: there is no `Steps` section, and nothing has a type, an owner and an \
         SLA"
        .into(),
        "put the work under `## Steps`; give each `### 1. Title` the lines `**Type:**`, \
         `**Owner:**` and `**SLA:**`",
    );
    let mut readings = closest(lines);
    readings.truncate(MAX_READINGS);
    for (place, message) in readings {
        faults.note("runbook.closest_reading", place, message, "");
    }
}

fn closest<'a>(lines: &[Line<'a>]) -> Vec<(&'a str, String)> {
    let open: Vec<&Line<'a>> = lines.iter().filter(|line| !line.fenced).collect();
    let headings: Vec<(usize, &'a str, &'a str)> = open
        .iter()
        .filter_map(|line| heading(line.text).map(|(level, text)| (level, text, line.text.trim())))
        .filter(|(_, text, _)| !text.is_empty())
        .collect();
    let mut steps = 0;
    let mut readings = Vec::new();
    for (at, (level, text, place)) in headings.iter().enumerate() {
        let message = match section_like(text) {
            Some(section) => format!("closest reading of `{text}`: the section `{section}`"),
            None if *level == 1 && at == 0 => format!("closest reading of `{text}`: the title"),
            None => {
                steps += 1;
                let title = numbered(text).map_or(*text, |(_, title)| title);
                format!("closest reading: step {steps} `{title}` of type manual, without an owner")
            }
        };
        readings.push((*place, message));
    }
    let items: Vec<&'a str> = open
        .iter()
        .filter(|line| bullet(line.text).is_some())
        .map(|line| line.text.trim())
        .collect();
    if let (0, Some(first)) = (steps, items.first()) {
        let message = format!("closest reading: a list of {} prerequisites", items.len());
        readings.push((*first, message));
    }
    readings
}

/// The section that a heading of another kind of runbook comes closest to.
fn section_like(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "meaning" | "overview" | "introduction" | "background" | "description" | "summary"
        | "goal" | "objective" | "purpose" => Some("Purpose"),
        "impact" | "symptoms" | "trigger" | "triggers" | "scope" | "when to use" => {
            Some("When to use")
        }
        "requirements" | "before you begin" | "prerequisites" => Some("Prerequisites"),
        _ => None,
    }
}
