//! Words of the vocabulary as people read them: `in_review` becomes "In review".

use countersign_core::name::PersonId;
use std::collections::BTreeMap;

/// A word with underscores as a phrase with a capital.
pub fn title(word: &str) -> String {
    capital(&plain(word))
}

/// A word with underscores as a phrase.
pub fn plain(word: &str) -> String {
    word.replace('_', " ")
}

/// A phrase as a page says it: its first letter raised, unless it begins with an identifier, and
/// what stands in backticks in quotation marks.
pub fn capital(phrase: &str) -> String {
    let phrase = quoted(phrase);
    let first = phrase.split_whitespace().next().unwrap_or_default();
    if first.contains('_') {
        return phrase;
    }
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

fn quoted(phrase: &str) -> String {
    let mut said = String::with_capacity(phrase.len() + 8);
    for (number, part) in phrase.split('`').enumerate() {
        match number % 2 {
            0 if number > 0 => said.push('”'),
            1 => said.push('“'),
            _ => {}
        }
        said.push_str(part);
    }
    said
}

/// "1 file", "3 files".
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// "Ada", "Ada and Grace", "Ada, Grace and Joan".
pub fn list<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [others @ .., last] => {
            let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", others.join(", "), last.as_ref())
        }
    }
}

/// "It is user-facing; it generates content".
pub fn facts<'a>(facts: impl Iterator<Item = &'a str>) -> String {
    capital(&facts.collect::<Vec<_>>().join("; "))
}

/// People to choose from, by name: identifiers and names.
pub fn people(names: &BTreeMap<PersonId, String>) -> Vec<(String, String)> {
    let mut people: Vec<_> =
        names.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    people.sort_by_key(|(_, name)| name.to_lowercase());
    people
}

/// A size in bytes, as people say it.
pub fn size(bytes: u64) -> String {
    const STEPS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match STEPS.iter().find(|(step, _)| bytes >= *step) {
        Some((step, unit)) => {
            let tenths = bytes.saturating_mul(10) / step;
            format!("{}.{} {unit}", tenths / 10, tenths % 10)
        }
        None => count(usize::try_from(bytes).unwrap_or(usize::MAX), "byte", "bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shown_as_people_read_them() {
        assert_eq!(title("in_review"), "In review");
        assert_eq!(capital("step `scope` is open"), "Step “scope” is open");
        assert_eq!(capital("accuracy_rate is 3 %"), "accuracy_rate is 3 %");
        assert_eq!(list(&["Ada", "Grace", "Joan"]), "Ada, Grace and Joan");
        assert_eq!(facts(["it is new", "it is big"].into_iter()), "It is new; it is big");
        assert_eq!(count(1, "file", "files"), "1 file");
        assert_eq!((size(1), size(1536)), ("1 byte".into(), "1.5 KiB".into()));
    }
}
