//! Bytes as text, and text short enough to show.

use super::unreadable::Unreadable;
use countersign_core::reading::Place;

/// How many characters of a message, a detail or a fact are kept.
const SHOWN: usize = 300;

/// The bytes as UTF-8 text without a byte order mark.
pub fn utf8(bytes: &[u8]) -> Result<&str, Unreadable> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Unreadable::at(Place::File, "the text is UTF-16")
            .help("save the file as UTF-8 and attach it again"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|fault| {
        let line = 1 + bytes[..fault.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        Unreadable::at(Place::Line(u32::try_from(line).unwrap_or(u32::MAX)), "not UTF-8 text")
            .help("save the file as UTF-8 and attach it again")
    })
}

/// The text on one line and cut at 300 characters, an ellipsis marking the cut.
pub fn cut(text: &str) -> String {
    let mut kept = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        for char in (count > 0).then_some(' ').into_iter().chain(word.chars()) {
            if count == SHOWN - 1 {
                kept.push('…');
                return kept;
            }
            kept.push(if char.is_control() { '\u{fffd}' } else { char });
            count += 1;
        }
    }
    kept
}

/// User input in backticks, cut short.
pub fn quoted(text: &str) -> String {
    let shown: String = text.chars().filter(|char| !char.is_control()).take(60).collect();
    let more = if text.chars().count() > 60 { "…" } else { "" };
    format!("`{shown}{more}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_is_cut_at_three_hundred_characters() {
        assert_eq!(cut(&"ä".repeat(1000)).chars().count(), 300);
        assert_eq!(cut("a\n  b\u{7}"), "a b\u{fffd}");
    }

    #[test]
    fn text_in_another_encoding_is_refused_with_its_line() {
        assert_eq!(utf8(b"\xef\xbb\xbfa"), Ok("a"));
        assert_eq!(utf8(b"a\n\xe9").unwrap_err().place, Place::Line(2));
        assert!(utf8(b"\xff\xfea\0").unwrap_err().message.contains("UTF-16"));
    }
}
