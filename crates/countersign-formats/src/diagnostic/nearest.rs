//! "Did you mean": the known word closest to one that is not known.

/// The option closest to the word, when it is close enough that it was probably meant: at most
/// one letter in three is different. Case is ignored.
pub(crate) fn nearest<'a>(word: &str, options: &[&'a str]) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    options
        .iter()
        .map(|option| (distance(&word, &option.to_lowercase()), *option))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, option)| option)
}

/// How many letters have to be inserted, removed or replaced to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised_and_another_word_is_not() {
        let kinds = ["manual", "file_upload", "form", "approval", "webhook"];
        assert_eq!(nearest("manuel", &kinds), Some("manual"));
        assert_eq!(nearest("File-Upload", &kinds), Some("file_upload"));
        assert_eq!(nearest("aproval", &kinds), Some("approval"));
        assert_eq!(nearest("meditation", &kinds), None);
        assert_eq!(nearest("", &kinds), None);
    }
}
