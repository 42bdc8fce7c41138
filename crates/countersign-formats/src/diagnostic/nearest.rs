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

/// How many letters have to be inserted, removed, replaced or swapped with their neighbour to make
/// one word the other.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        rows[i][0] = i;
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            rows[i][j] = if swapped { least.min(rows[i - 2][j - 2] + 1) } else { least };
        }
    }
    rows[a.len()][b.len()]
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
        assert_eq!(nearest("fomr", &kinds), Some("form"));
        assert_eq!(nearest("meditation", &kinds), None);
        assert_eq!(nearest("", &kinds), None);
    }
}
