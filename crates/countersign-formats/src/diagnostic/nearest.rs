//! "Did you mean": the known word closest to one that is not known.

/// How many known words are compared with a mistyped one, and how many of its letters.
const MAX_KNOWN: usize = 300;
const MAX_LETTERS: usize = 64;

/// The known word closest to the given one, when it is close enough that it was probably meant: at
/// most one letter in three of the longer is different, and at most three. Case is ignored.
pub(crate) fn nearest<'k>(
    given: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let given = letters(given.trim());
    let allowed = |word: &[char]| (given.len().max(word.len()) / 3).clamp(1, 3);
    let known = known.into_iter().take(MAX_KNOWN).map(|word| (letters(word), word));
    known
        .map(|(letters, word)| (distance(&given, &letters), allowed(&letters), word))
        .filter(|(distance, allowed, _)| distance <= allowed && !given.is_empty())
        .min_by_key(|(distance, _, _)| *distance)
        .map(|(_, _, word)| word)
}

fn letters(word: &str) -> Vec<char> {
    word.chars().take(MAX_LETTERS).flat_map(char::to_lowercase).collect()
}

/// How many letters have to be added, dropped, changed or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
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
    fn a_slip_of_the_pen_is_recognised_and_another_word_is_not() {
        let kinds = ["manual", "file_upload", "form", "approval", "webhook"];
        let meant = |word| nearest(word, kinds);
        assert_eq!(meant("manuel"), Some("manual"));
        assert_eq!(meant("File-Upload"), Some("file_upload"));
        assert_eq!(meant("aproval"), Some("approval"));
        assert_eq!(meant("fomr"), Some("form"));
        assert_eq!(meant("meditation"), None);
        assert_eq!(meant(""), None);
    }

    #[test]
    fn a_swapped_letter_is_one_mistake_and_a_far_word_is_not_guessed() {
        assert_eq!(nearest("teir", ["tier", "role"]), Some("tier"));
        assert_eq!(nearest("banana", ["low", "medium", "high"]), None);
    }
}
