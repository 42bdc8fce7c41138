//! Texts of a template that nobody filled in.

use super::cursor::cut;
use super::faults::Faults;
use super::line::Node;
use super::token::Kind;

const PHRASES: [&str; 11] = [
    "your organisation",
    "your organization",
    "your company",
    "organisation name",
    "organization name",
    "company name",
    "placeholder",
    "replace_me",
    "replace me",
    "lorem ipsum",
    "fill in",
];

const MARKS: [&str; 4] = ["TODO", "TBD", "FIXME", "XXX"];

/// Warns of each text that still holds a placeholder.
pub(super) fn check(nodes: &[Node], faults: &mut Faults<'_>) {
    for node in nodes {
        for token in node.tokens.iter().filter(|token| token.kind == Kind::Text) {
            if let Some(found) = placeholder(&token.text) {
                let written = if found.len() == token.text.len() { &token.text } else { &found };
                let message = format!("`{}` looks like a placeholder", cut(written));
                let help = "write what holds in your organisation";
                faults.warning("policy.placeholder", &token.span, message, help);
            }
        }
        check(&node.children, faults);
    }
}

fn placeholder(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let phrase = PHRASES.into_iter().find(|phrase| lower.contains(phrase)).map(str::to_owned);
    let mark = || {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.find(|word| MARKS.contains(word)).map(str::to_owned)
    };
    phrase.or_else(mark).or_else(|| bracketed(text))
}

/// `[Date]`, `<name>`: a word in brackets, as templates write what is to be filled in.
fn bracketed(text: &str) -> Option<String> {
    [('[', ']'), ('<', '>')].into_iter().find_map(|(open, close)| {
        let (_, rest) = text.split_once(open)?;
        let (inside, _) = rest.split_once(close)?;
        let word = inside.starts_with(char::is_alphabetic);
        word.then(|| format!("{open}{inside}{close}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    ///
    #[test]
    fn the_marks_of_a_template_are_placeholders() {
        for text in ["[Organization Name]", "Your organisation", "TBD", "<owner>", "TODO: ask"] {
            assert!(placeholder(text).is_some(), "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_not() {
        for text in ["Example Ltd", "5 < 6 and 7 > 2", "see [1]", "Todos los modelos"] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
