//! The front matter of the Markdown form: YAML between two lines of `---`.

use super::head::{Carrier, Head, Slot};
use super::source::{Faults, Line};
use super::yaml::{self, Value};
use crate::diagnostic::Level;
use crate::diagnostic::nearest::nearest;
use serde_saphyr::Spanned;

const KEYS: [(&str, Slot); 8] = [
    ("id", Slot::Id),
    ("version", Slot::Version),
    ("title", Slot::Title),
    ("authors", Slot::Authors),
    ("reviewed_by", Slot::ReviewedBy),
    ("last_reviewed", Slot::LastReviewed),
    ("summary", Slot::Summary),
    ("estimated_duration_minutes", Slot::Minutes),
];

const TAGS: [(&str, Slot); 4] = [
    ("lifecycle", Slot::Lifecycle),
    ("type", Slot::Kind),
    ("compliance", Slot::Compliance),
    ("complexity", Slot::Complexity),
];

/// The lines of front matter, without their fences, and the lines after it.
pub(super) struct Split<'a> {
    pub yaml: Option<&'a str>,
    pub body: Vec<Line<'a>>,
}

/// Takes the front matter off, when the text begins with one.
pub(super) fn split<'a>(lines: Vec<Line<'a>>, faults: &mut Faults<'a>) -> Split<'a> {
    let first = lines.iter().position(|line| !line.is_blank());
    let Some(open) = first.filter(|at| lines[*at].text.trim_end() == "---") else {
        return Split { yaml: None, body: lines };
    };
    let inner = &lines[open + 1..];
    let closing = inner.iter().position(|line| matches!(line.text.trim_end(), "---" | "..."));
    let (length, skipped) = match closing {
        Some(length) => (length, 1),
        None => {
            faults.error(
                "runbook.front_matter.unclosed",
                lines[open].text,
                "the front matter is never closed".into(),
                "end it with a line that holds `---` and nothing else",
            );
            let body = inner.iter().position(|line| line.is_blank() || line.text.starts_with('#'));
            (body.unwrap_or(inner.len()), 0)
        }
    };
    let start = faults.at(lines[open].text).end;
    let end = match inner[..length].last() {
        Some(last) => faults.at(last.text).end,
        None => start,
    };
    // The yaml begins behind the line end of its fence.
    let text = &faults.source[start..end];
    let text = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text);
    Split { yaml: Some(text), body: inner[length + skipped..].to_vec() }
}

/// Whether the front matter holds a key that only a runbook has.
pub(super) fn claims_runbook(yaml: &str) -> bool {
    yaml.lines().filter_map(|line| line.split_once(':')).any(|(key, _)| {
        matches!(key, "id" | "reviewed_by" | "last_reviewed" | "estimated_duration_minutes")
    })
}

/// Reads the front matter; `None` when it is not YAML, which has been reported.
pub(super) fn read(yaml: &str, faults: &mut Faults<'_>) -> Option<Head> {
    let root = yaml::read(yaml, faults)?;
    let start = faults.at(yaml).start;
    let first = yaml.lines().next().unwrap_or_default().trim_end().len();
    let mut reader =
        Reader { yaml, head: Head::new(Carrier::FrontMatter, start..start + first), faults };
    match root.value {
        Value::Map(entries) => reader.take(&entries, &KEYS, "front matter"),
        Value::Nothing => {}
        Value::Text(_) | Value::Literal | Value::List(_) => {
            let message = ("the front matter holds no `key: value` lines".into(), "");
            let at = reader.head.at.clone();
            reader.faults.push(Level::Error, "runbook.front_matter.shape", at, message);
            return None;
        }
    }
    Some(reader.head)
}

struct Reader<'r, 'f> {
    yaml: &'r str,
    head: Head,
    faults: &'r mut Faults<'f>,
}

type Entry = (Spanned<String>, Spanned<Value>);

impl Reader<'_, '_> {
    fn take(&mut self, entries: &[Entry], known: &[(&str, Slot)], within: &str) {
        for (key, value) in entries {
            let slot = known.iter().find(|(word, _)| *word == key.value);
            match (slot, &value.value) {
                (Some((_, slot)), _) => self.fill(*slot, &key.value, value),
                (None, Value::Map(tags)) if key.value == "tags" && within != "tags" => {
                    self.take(tags, &TAGS, "tags");
                }
                (None, Value::Nothing) if key.value == "tags" => {}
                (None, _) => self.unknown(key, known, within),
            }
        }
    }

    fn unknown(&mut self, key: &Spanned<String>, known: &[(&str, Slot)], within: &str) {
        let at = yaml::place(self.yaml, key, self.faults.source);
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let help = match nearest(&key.value, words.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("the keys are {}", words.join(", ")),
        };
        let message = format!("`{}` is no key of the {within} and is left out", key.value);
        let code = "runbook.front_matter.key_unknown";
        self.faults.push(Level::Warning, code, at, (message, &help));
    }

    fn fill(&mut self, slot: Slot, key: &str, value: &Spanned<Value>) {
        match &value.value {
            Value::List(items) if slot.is_list() => {
                for item in items {
                    match self.scalar(item) {
                        Some(text) => {
                            let at = yaml::place(self.yaml, item, self.faults.source);
                            self.head.add(slot, &text, at);
                        }
                        None => self.misshapen(key, "a list of texts", item),
                    }
                }
            }
            _ => match self.scalar(value) {
                Some(text) => {
                    let at = yaml::place(self.yaml, value, self.faults.source);
                    if slot.is_list() {
                        self.head.add(slot, &text, at);
                    } else {
                        self.head.say(slot, &text, at);
                    }
                }
                None => {
                    self.misshapen(key, if slot.is_list() { "a list" } else { "one value" }, value);
                }
            },
        }
    }

    fn misshapen(&mut self, key: &str, wanted: &str, value: &Spanned<Value>) {
        let at = yaml::place(self.yaml, value, self.faults.source);
        let message = format!("`{key}` takes {wanted}");
        let help = format!("write `{key}: …` on one line");
        let help = if wanted == "one value" { help.as_str() } else { "begin each item with `- `" };
        self.faults.push(Level::Error, "runbook.front_matter.shape", at, (message, help));
    }

    /// A text as written; empty when the key has no value.
    fn scalar(&self, value: &Spanned<Value>) -> Option<String> {
        match &value.value {
            Value::Text(text) => Some(text.clone()),
            Value::Nothing => Some(String::new()),
            Value::Literal => {
                let at = yaml::place(self.yaml, value, self.faults.source);
                Some(self.faults.source[at].to_owned())
            }
            Value::List(_) | Value::Map(_) => None,
        }
    }
}
