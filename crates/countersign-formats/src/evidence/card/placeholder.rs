//! Text that stands for text somebody still has to write.

use super::super::measured::warn;
use super::super::stated::conclude;
use countersign_core::reading::{Place, Reading};

/// How a placeholder is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// A whole word exactly as written. `todo` in lower case is Spanish for "all".
    Word(&'static str),
    /// A whole word in any case.
    AnyCaseWord(&'static str),
    /// Part of the text in any case.
    Phrase(&'static str),
}

/// Every placeholder that is looked for.
pub const PLACEHOLDERS: &[Looks] = &[
    Looks::Word("TODO"),
    Looks::Word("FIXME"),
    Looks::Word("XXX"),
    Looks::Word("CHANGEME"),
    Looks::AnyCaseWord("tbd"),
    Looks::AnyCaseWord("replace_me"),
    Looks::AnyCaseWord("replaceme"),
    Looks::Phrase("more information needed"),
    Looks::Phrase("lorem ipsum"),
    Looks::Phrase("card is a template"),
    Looks::Phrase("is a placeholder"),
    Looks::Phrase("[insert "),
    Looks::Phrase("<insert "),
    Looks::Phrase("[your "),
    Looks::Phrase("<your "),
    Looks::Phrase("| default("),
    Looks::Phrase("model card has been automatically generated"),
];

/// The most placeholders that are warned of one by one.
const WARNED: usize = 50;

/// The first placeholder in a text, as it stands there.
pub fn find(text: &str) -> Option<&str> {
    // Only ASCII is folded, so that places in the folded text are places in the text.
    let folded = text.to_ascii_lowercase();
    PLACEHOLDERS.iter().find_map(|looks| {
        let (at, length) = match looks {
            Looks::Word(word) => (whole_word(text, word)?, word.len()),
            Looks::AnyCaseWord(word) => (whole_word(&folded, word)?, word.len()),
            Looks::Phrase(phrase) => (folded.find(phrase)?, phrase.len()),
        };
        text.get(at..at + length)
    })
}

fn whole_word(text: &str, word: &str) -> Option<usize> {
    let part = |char: char| char.is_alphanumeric() || char == '_';
    text.match_indices(word)
        .map(|(at, _)| at)
        .find(|at| !text[..*at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

/// Looks through the whole card, front matter and HTML comments included; the check of this name
/// says whether anything was found.
pub fn check(reading: &mut Reading, name: &str, text: &str) {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if let Some(placeholder) = find(line) {
            let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
            found.push((line, placeholder.trim()));
        }
    }
    for (line, placeholder) in found.iter().take(WARNED) {
        warn(reading, Place::Line(*line), format!("the placeholder `{placeholder}` is left"));
    }
    let listed = found.iter().take(10).map(|(line, what)| format!("`{what}` on line {line}"));
    let listed = listed.collect::<Vec<_>>().join(", ");
    let more = found.len().saturating_sub(10);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let place = found.first().map_or(Place::File, |(line, _)| Place::Line(*line));
    let fault = (!found.is_empty()).then(|| format!("placeholders are left: {listed}{more}"));
    conclude(reading, name, place, fault);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_and_ordinary_words_are_not() {
        for (text, found) in [
            ("group size TBD, calibrated", Some("TBD")),
            ("<!-- TODO before publishing", Some("TODO")),
            ("## Results (TODO)", Some("TODO")),
            ("[More Information Needed]", Some("More Information Needed")),
            ("owner: REPLACE_ME", Some("REPLACE_ME")),
            ("Lorem ipsum dolor", Some("Lorem ipsum")),
            ("{{ license | default(\"x\") }}", Some("| default(")),
            ("para todo el mundo", None),
            ("TODOS and tbds", None),
            ("the İ card", None),
        ] {
            assert_eq!(find(text), found, "{text}");
        }
    }
}
