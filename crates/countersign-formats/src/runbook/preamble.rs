//! What stands before the first section of a text without front matter: furniture of a site, the
//! title, the header line, and the lines our own export adds so that nothing is lost.

use super::date;
use super::head::{Carrier, Head, Slot};
use super::heading::{heading, is_furniture};
use super::prose::squeeze;
use super::source::{Faults, Line};

/// The lines an export writes below the header, with the slot they fill. A plural takes a list
/// with commas, a singular one item that may hold a comma.
const KEYS: [(&str, Slot); 16] = [
    ("id", Slot::Id),
    ("title", Slot::Title),
    ("version", Slot::Version),
    ("last reviewed", Slot::LastReviewed),
    ("estimated minutes", Slot::Minutes),
    ("lifecycle", Slot::Lifecycle),
    ("kind", Slot::Kind),
    ("complexity", Slot::Complexity),
    ("summary", Slot::Summary),
    ("author", Slot::Authors),
    ("authors", Slot::Authors),
    ("reviewer", Slot::ReviewedBy),
    ("reviewed by", Slot::ReviewedBy),
    ("framework", Slot::Compliance),
    ("compliance", Slot::Compliance),
    ("frameworks", Slot::Compliance),
];

/// A `Key: value` line of the preamble.
fn keyed(line: &str) -> Option<(&'static str, Slot, &str)> {
    let (word, value) = line.split_once(':')?;
    let bold = word.trim().strip_prefix("**");
    let word = bold.map_or(word.trim(), |word| word.trim_end_matches('*')).to_lowercase();
    let (word, slot) = KEYS.into_iter().find(|(known, _)| *known == word)?;
    let value = value.trim();
    Some((word, slot, bold.and(value.strip_prefix("**")).unwrap_or(value).trim()))
}

/// Whether a line could not be told from something else if it stood where the title does.
pub(super) fn is_no_title(line: &str) -> bool {
    is_furniture(line)
        || is_header(line)
        || heading(line).is_some()
        || super::heading::Section::named(line).is_some()
        || super::fence::opens(line)
        || line == "---"
        // At the start of a text this character is a mark of its encoding.
        || line.starts_with('\u{feff}')
        || line != super::heading::clean(line)
        || matches!(keyed(line), Some((_, Slot::Title, _)))
}

/// Reads the lines before the first section.
pub(super) fn read<'a>(lines: &[Line<'a>], faults: &mut Faults<'a>) -> Head {
    let texts = lines.iter().filter(|line| !line.is_blank()).map(|line| line.text.trim());
    let mut texts = texts.filter(|line| !is_furniture(line)).peekable();
    let first = texts.peek().copied().unwrap_or_default();
    let mut head = Head::new(Carrier::Preamble, faults.at(first));
    let mut summary = Vec::new();
    for text in texts {
        let titled = head.texts.contains_key(&Slot::Title);
        match (keyed(text), heading(text)) {
            (Some((word, slot, value)), _) if titled || slot == Slot::Title => {
                fill(&mut head, (word, slot), value, faults);
            }
            _ if is_header(text) => read_header(text, &mut head, faults),
            (_, Some((_, title))) if !titled => head.say(Slot::Title, title, faults.at(title)),
            _ if !titled => {
                let title = super::heading::clean(text);
                head.say(Slot::Title, title, faults.at(title));
            }
            _ => summary.push(text),
        }
    }
    take_summary(&summary, &mut head, faults);
    head
}

fn fill(head: &mut Head, (word, slot): (&str, Slot), value: &str, faults: &Faults<'_>) {
    let single = matches!(word, "author" | "reviewer" | "framework");
    if !slot.is_list() {
        head.say(slot, value, faults.at(value));
    } else if single {
        head.add(slot, value, faults.at(value));
    } else {
        for item in value.split(',') {
            head.add(slot, item, faults.at(item.trim()));
        }
    }
}

/// A paragraph below the header can only be the summary.
fn take_summary(lines: &[&str], head: &mut Head, faults: &mut Faults<'_>) {
    let Some(first) = lines.first() else { return };
    if head.texts.contains_key(&Slot::Summary) {
        let message = "this stands outside of every section and is left out".into();
        let help = "move it into a section or a step";
        faults.warning("runbook.text_outside", first, message, help);
        return;
    }
    head.say(Slot::Summary, &lines.join(" "), faults.at(first));
    let message = "this was read as the summary".into();
    faults.note("runbook.summary_derived", first, message, "begin it with `Summary:` to say so");
}

/// The most words a date has: the long form with the name of its zone.
const MAX_DATE_WORDS: usize = 12;

fn is_header(line: &str) -> bool {
    let lower = line.to_lowercase();
    let version = lower.strip_prefix('v').is_some_and(|rest| {
        let word = rest.split_whitespace().next().unwrap_or_default();
        word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.')
    });
    let duration = lower.split('~').nth(1).is_some_and(|rest| {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < rest.len() && digits.trim_start().starts_with("min")
    });
    let words: Vec<&str> = lower.split_whitespace().collect();
    let tags = matches!(words.as_slice(), [_, _, "low" | "medium" | "high"]);
    version || duration || tags || lower.starts_with("last reviewed ")
}

/// `v0.1.0 Last reviewed <date> ~90 min pre-deployment approval medium`; every part may be
/// missing.
fn read_header(line: &str, head: &mut Head, faults: &mut Faults<'_>) {
    let mut rest = words(line);
    if let Some((first, more)) = rest.split_first()
        && first.starts_with(['v', 'V'])
        && first[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        head.say(Slot::Version, &first[1..], faults.at(&first[1..]));
        rest = more.to_vec();
    }
    rest = read_date(line, rest, head, faults);
    if let Some(at) = rest.iter().position(|word| word.starts_with('~')) {
        let length = read_duration(&rest[at..], head, faults);
        rest.drain(at..at + length);
    }
    let slots = [Slot::Lifecycle, Slot::Kind, Slot::Complexity];
    for (slot, word) in slots.into_iter().zip(&rest) {
        head.say(slot, word, faults.at(word));
    }
    if rest.len() > slots.len() || matches!(rest.len(), 1 | 2) {
        let first = rest[0];
        let message =
            format!("`{}` is not lifecycle, type and complexity", squeeze(&rest.join(" ")));
        let help = "write one word for each, for example `pre-deployment approval medium`";
        faults.error("runbook.header_words", first, message, help);
    }
}

fn words(line: &str) -> Vec<&str> {
    let words = line.split_whitespace();
    words.filter(|word| !matches!(*word, "·" | "|" | "•" | "—" | "-")).collect()
}

/// Takes `Last reviewed` and the longest run of words after it that is a date.
fn read_date<'l>(
    line: &str,
    rest: Vec<&'l str>,
    head: &mut Head,
    faults: &mut Faults<'_>,
) -> Vec<&'l str> {
    let says = |pair: &[&str]| {
        pair[0].eq_ignore_ascii_case("last")
            && pair[1].trim_end_matches(':').eq_ignore_ascii_case("reviewed")
    };
    let Some(at) = rest.windows(2).position(says) else { return rest };
    let after = &rest[at + 2..];
    let until = after.iter().position(|word| word.starts_with('~')).unwrap_or(after.len());
    let dated = (1..=until.min(MAX_DATE_WORDS))
        .rev()
        .find(|length| date::read(&after[..*length].join(" ")).is_some());
    // What is no date up to the duration is reported as one, so that its writer sees it.
    let length = dated.unwrap_or(until);
    if length > 0 {
        let text = after[..length].join(" ");
        let start = faults.at(after[0]).start;
        head.say(Slot::LastReviewed, &text, start..faults.at(after[length - 1]).end);
    } else {
        head.say(Slot::LastReviewed, "nothing", faults.at(line));
    }
    [&rest[..at], &after[length..]].concat()
}

/// Takes `~90 min` or `~90min`; how many words that were.
fn read_duration(words: &[&str], head: &mut Head, faults: &mut Faults<'_>) -> usize {
    let number = &words[0][1..];
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let unit = |word: &str| matches!(word.to_lowercase().as_str(), "min" | "mins" | "minutes");
    let (text, length) = match words.get(1) {
        _ if unit(&number[digits..]) => (&number[..digits], 1),
        Some(word) if unit(word) => (number, 2),
        Some(_) | None => (number, 1),
    };
    head.say(Slot::Minutes, text, faults.at(text));
    length
}
