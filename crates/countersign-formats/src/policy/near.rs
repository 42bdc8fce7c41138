//! The remedy for a word the language does not know.

use crate::diagnostic::nearest::nearest;

/// How many words are listed in a remedy.
const MAX_LISTED: usize = 20;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_far_from_all_is_answered_with_all() {
        assert_eq!(advise("meduim", &["low", "medium"]), "did you mean `medium`?");
        assert_eq!(advise("banana", &["low", "high"]), "use one of: low, high");
    }
}
