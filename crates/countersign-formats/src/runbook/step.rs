//! One step: its keys, what to do, and what reviewers noted.

use super::key::{self, Entry, Key};
use super::kind;
use super::outline::{Form, StepText};
use super::prose;
use super::source::{Faults, Line};
use countersign_core::name::{StepName, slug};
use countersign_core::runbook::RunbookStep;
use countersign_core::sla::Sla;
use countersign_core::step::StepKind;
use countersign_core::step::file_upload::FileUpload;

/// The lines of a step taken apart.
pub(super) struct Body<'a> {
    pub known: Vec<Entry<'a>>,
    /// Keys we do not know, kept as text.
    pub unknown: Vec<Entry<'a>>,
    pub text: Vec<Line<'a>>,
}

impl<'a> Body<'a> {
    /// Takes the keys off the front: the lines below the heading, each with one or several keys.
    pub fn of(lines: &[Line<'a>]) -> Self {
        let mut body = Self { known: Vec::new(), unknown: Vec::new(), text: Vec::new() };
        let mut at = 0;
        let mut below_others = false;
        while let Some(line) = lines.get(at) {
            let entries = match (line.fenced, below_others) {
                _ if line.is_blank() => {
                    below_others = false;
                    at += 1;
                    continue;
                }
                (true, _) => Vec::new(),
                (false, true) => key::entries_below_others(line.text),
                (false, false) => key::entries(line.text),
            };
            if entries.is_empty() {
                // A word in bold that begins a wrapped sentence is no key.
                let wrapped = at > 0 && below_others && body.take_back(lines[at - 1].text);
                at -= usize::from(wrapped);
                break;
            }
            for entry in entries {
                let kept = if entry.key.is_some() { &mut body.known } else { &mut body.unknown };
                kept.push(entry);
            }
            below_others = true;
            at += 1;
        }
        body.text = lines[at..].to_vec();
        body
    }

    /// Forgets the keys of a line, when it named none that we know.
    fn take_back(&mut self, line: &str) -> bool {
        let unknown = !key::has_known(line);
        if unknown {
            let kept =
                self.unknown.len() - key::entries_below_others(line).len().min(self.unknown.len());
            self.unknown.truncate(kept);
        }
        unknown
    }

    pub fn entry(&self, key: Key) -> Option<&Entry<'a>> {
        self.known.iter().find(|entry| entry.key == Some(key))
    }

    fn value(&self, key: Key) -> Option<&'a str> {
        self.entry(key).map(|entry| entry.value).filter(|value| !value.is_empty())
    }
}

/// Reads a step; `position` counts from 1. `None` when it has a fault, which has been reported.
pub(super) fn read<'a>(
    step: &StepText<'a>,
    position: usize,
    form: Form,
    faults: &mut Faults<'a>,
) -> Option<RunbookStep> {
    let body = Body::of(&step.lines);
    check_keys(&body, faults);
    let prose = prose::read(&body.text, form);
    if let Some(line) = prose.boxed {
        note_boxes(line, faults);
    }
    let extra = body.unknown.iter().map(|entry| entry.whole.trim_end_matches('\\').to_owned());
    let paragraphs: Vec<String> = extra.chain([prose.text]).filter(|p| !p.is_empty()).collect();
    let text = paragraphs.join("\n\n");
    let mut reader = Reader { step, body: &body, faults };
    let kind = reader.kind(&text);
    let owner = reader.required(Key::Owner).map(prose::squeeze);
    let sla = reader.sla();
    let after = reader.after(position, kind.as_ref());
    let name = reader.name(position);
    Some(RunbookStep {
        name: name?,
        title: prose::squeeze(step.title),
        kind: kind?,
        owner: owner?,
        sla: sla?,
        escalation: body.value(Key::Escalation).map(prose::squeeze).unwrap_or_default(),
        after,
        text,
        notes: prose.notes,
    })
}

/// Says that the state of task boxes was not taken over.
pub(super) fn note_boxes(line: &str, faults: &mut Faults<'_>) {
    let message = "the state of task boxes is ignored".into();
    let help = "what was done elsewhere is confirmed in the release";
    faults.note("runbook.task_state_ignored", line, message, help);
}

/// A step's name. A title without a single Latin letter or digit still needs one.
pub(super) fn name_of(title: &str, position: usize) -> String {
    match slug(title) {
        name if name.is_empty() => format!("step-{position}"),
        name => name,
    }
}

fn check_keys(body: &Body<'_>, faults: &mut Faults<'_>) {
    let mut seen = Vec::new();
    for entry in &body.known {
        if seen.contains(&entry.key) {
            let message = format!("`{}` is said twice in this step", entry.word);
            faults.error("runbook.step.key_twice", entry.whole, message, "leave one of them out");
        } else {
            seen.push(entry.key);
        }
    }
    for entry in &body.unknown {
        let message = format!("`{}` is no key of a step and is kept as text", entry.word);
        let words: Vec<&str> = Key::ALL.into_iter().map(Key::word).collect();
        let help = format!("the keys are {}", words.join(", "));
        faults.note("runbook.step.key_unknown", entry.whole, message, &help);
    }
}

struct Reader<'r, 'a> {
    step: &'r StepText<'a>,
    body: &'r Body<'a>,
    faults: &'r mut Faults<'a>,
}

impl<'a> Reader<'_, 'a> {
    fn name(&mut self, position: usize) -> Option<StepName> {
        if self.step.title.is_empty() {
            let message = "this step has no title".into();
            let help = "write what is done behind the number";
            self.faults.error("runbook.step.title_missing", self.step.heading, message, help);
            return None;
        }
        StepName::new(name_of(self.step.title, position)).ok()
    }

    /// A key's value; its absence is reported at the key, or else at the heading.
    fn required(&mut self, key: Key) -> Option<&'a str> {
        if let Some(value) = self.body.value(key) {
            return Some(value);
        }
        let (code, what, example) = match key {
            Key::Owner => ("runbook.step.owner_missing", "owner", "ML engineer"),
            Key::Sla => ("runbook.step.sla_missing", "SLA", "1 business day"),
            _ => ("runbook.step.type_missing", "type", "manual"),
        };
        let word = key.word();
        let later = self.body.text.iter().any(|line| {
            !line.fenced && key::entries(line.text).iter().any(|entry| entry.key == Some(key))
        });
        let help = if later {
            format!("move the line `{word}: …` up, right below the heading")
        } else {
            format!("add a line `**{word}:** {example}` below the heading")
        };
        let at = self.body.entry(key).map_or(self.step.heading, |entry| entry.whole);
        self.faults.error(code, at, format!("this step has no {what}"), &help);
        None
    }

    fn sla(&mut self) -> Option<Sla> {
        let value = self.required(Key::Sla)?;
        match value.parse::<Sla>() {
            Ok(sla) => Some(sla),
            Err(invalid) => {
                let forms = "write `N hours`, `N business days` or `same day`";
                let help = match invalid.suggestion {
                    Some(sla) => format!("the closest limit is `{sla}`; {forms}"),
                    None => forms.to_owned(),
                };
                let message = invalid.to_string();
                self.faults.error("runbook.step.sla_invalid", value, message, &help);
                None
            }
        }
    }

    fn kind(&mut self, text: &str) -> Option<StepKind> {
        let word = self.required(Key::Type)?;
        let mut kind = kind::of_word(word, self.faults)?;
        if let StepKind::FileUpload(upload) = &mut kind {
            self.read_upload(upload, text);
        }
        for entry in &self.body.known {
            if matches!(entry.key, Some(Key::Webhook | Key::Form | Key::Parts | Key::FileName)) {
                kind::configure(&mut kind, entry, self.faults);
            }
        }
        Some(kind)
    }

    /// Takes from the text what no key says, and says so.
    fn read_upload(&mut self, upload: &mut FileUpload, text: &str) {
        let found = kind::from_text(text);
        if self.body.entry(Key::Parts).is_none() && !found.parts.is_empty() {
            let message = format!("parts `{}` were read from the text", found.parts.join("`, `"));
            let help = format!("add `**Parts:** {}` to be explicit", found.parts.join(", "));
            self.faults.note("runbook.step.parts_read", self.first_text(), message, &help);
            upload.parts = found.parts;
        }
        if self.body.entry(Key::FileName).is_none() && found.name_rule != upload.name_rule {
            let rule = super::write::name_rule(found.name_rule);
            let message = format!("the rule `{rule}` for file names was read from the text");
            let help = format!("add `**File name:** {rule}` to be explicit");
            self.faults.note("runbook.step.file_name_read", self.first_text(), message, &help);
            upload.name_rule = found.name_rule;
        }
    }

    fn first_text(&self) -> &'a str {
        let first = self.body.text.iter().find(|line| !line.is_blank());
        first.map_or(self.step.heading, |line| line.text.trim())
    }

    fn after(&mut self, position: usize, kind: Option<&StepKind>) -> Option<Vec<u32>> {
        let value = self.body.value(Key::After)?;
        let earlier = u32::try_from(position).unwrap_or(u32::MAX).saturating_sub(1);
        let Some(after) = numbers(value, earlier) else {
            let message = format!("`{value}` does not name earlier steps");
            let help = "write numbers of steps before this one, for example `1, 2`, or `none`";
            self.faults.error("runbook.step.after_invalid", value, message, help);
            return None;
        };
        let all = (1..=earlier).all(|number| after.contains(&number));
        if matches!(kind, Some(StepKind::Approval(_))) && !all {
            let message = "an approval step waits for every earlier step".into();
            self.faults.error("runbook.step.after_approval", value, message, "leave `After` out");
        }
        Some(after)
    }
}

/// The most steps that can be named before they are put in order.
const MAX_AFTER: usize = 1_000;

/// `none`, `1, 2`, `1-3`: in order, without repeats, none above `earlier`.
fn numbers(text: &str, earlier: u32) -> Option<Vec<u32>> {
    if text.eq_ignore_ascii_case("none") {
        return Some(Vec::new());
    }
    let mut numbers = Vec::new();
    let trimmed = |part: &str| part.trim().parse::<u32>().ok();
    for part in text.split([',', ';']).flat_map(|part| part.split(" and ")) {
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (from, to) = (trimmed(from)?, trimmed(to)?);
        if from == 0 || from > to || to > earlier || numbers.len() > MAX_AFTER {
            return None;
        }
        numbers.extend(from..=to);
    }
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers)
}
