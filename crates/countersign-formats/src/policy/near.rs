//! "Did you mean": the known word nearest to a mistyped one.

/// How many known words are compared with a mistyped one, and how many are listed in a remedy.
const MAX_KNOWN: usize = 300;
const MAX_LISTED: usize = 20;

/// The nearest of the known words, when it is near enough to be what was meant.
pub(super) fn nearest<'k>(
    given: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let given: String = given.chars().take(60).collect::<String>().to_lowercase();
    known
        .into_iter()
        .take(MAX_KNOWN)
        .map(|word| (distance(&given, word), word))
        .filter(|(distance, word)| *distance <= word.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// A remedy: the word that was probably meant, or all the words there are.
pub(super) fn advise(given: &str, known: &[&str]) -> String {
    match nearest(given, known.iter().copied()) {
        Some(word) => format!("did you mean `{word}`?"),
        None if known.is_empty() => "there is none to choose from".into(),
        None if known.len() > MAX_LISTED => {
            format!("use one of: {}, …", known[..MAX_LISTED].join(", "))
        }
        None => format!("use one of: {}", known.join(", ")),
    }
}

/// How many letters have to be added, dropped, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let changed = last[j] + usize::from(from != to);
            let mut best = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swapped_letter_is_one_mistake() {
        assert_eq!(distance("teir", "tier"), 1);
        assert_eq!(distance("", "tier"), 4);
        assert_eq!(nearest("teir", ["tier", "role"]), Some("tier"));
    }

    #[test]
    fn a_word_far_from_all_is_not_guessed() {
        assert_eq!(nearest("banana", ["low", "medium", "high"]), None);
        assert_eq!(advise("banana", &["low", "high"]), "use one of: low, high");
    }
}
