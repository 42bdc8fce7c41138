//! JSON as evidence tools really write it (RFC 8259, and Python's bare `NaN` and `Infinity`).
//!
//! Written here rather than taken from `serde_json`, for four promises that crate does not make:
//! a bare `NaN` does not spoil the file but is no number; `1e400` and forty digits neither become a
//! float nor spoil the file; a key that stands twice is refused, because two readers would see
//! two results; and the size of the tree is bounded. Strings are still decoded by `serde_json`.

use super::node::{Node, Object};
use super::text::quoted;
use super::unreadable::Unreadable;

/// How deep lists and objects may be nested.
pub const MAX_DEPTH: usize = 128;
/// How many values one file may hold; as a tree they take at most some 200 MiB.
pub const MAX_VALUES: usize = 1_500_000;

/// The text as a tree.
pub fn parse(text: &str) -> Result<Node, Unreadable> {
    parse_within(text, MAX_VALUES)
}

/// The text as a tree of at most so many values.
pub fn parse_within(text: &str, most: usize) -> Result<Node, Unreadable> {
    let mut parser = Parser { text, at: 0, values: 0, most };
    if text.trim().is_empty() {
        let empty = parser.fault("the file is empty");
        return Err(empty.help("see whether the run that should have written it came to its end"));
    }
    let node = parser.value(0)?;
    parser.skip_space();
    if parser.at < text.len() {
        return Err(parser
            .fault("text stands after the end of the JSON value")
            .help("one file holds one JSON value; name a file with one value per line `.jsonl`"));
    }
    Ok(node)
}

/// The first value of the text, whatever stands behind it.
pub fn first_value(text: &str) -> Option<Node> {
    Parser { text, at: 0, values: 0, most: MAX_VALUES }.value(0).ok()
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    values: usize,
    most: usize,
}

impl Parser<'_> {
    fn value(&mut self, depth: usize) -> Result<Node, Unreadable> {
        self.values += 1;
        if self.values > self.most {
            return Err(self
                .fault(format!("more than {} values", self.most))
                .help("attach a summary, or split the file"));
        }
        if depth > MAX_DEPTH {
            return Err(self.fault(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Node::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Node, Unreadable> {
        let start = self.at;
        self.at += 1;
        let mut entries = Vec::new();
        while self.another(b'}', entries.len())? {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key in double quotes"));
            }
            let key = self.string()?;
            self.skip_space();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("`:`"));
            }
            self.at += 1;
            entries.push((key, self.value(depth + 1)?));
        }
        Object::new(entries).map(Node::Object).map_err(|key| {
            let message = format!("the key {} stands twice in the object here", quoted(&key));
            Unreadable::in_text(self.text, start, message).help("keep the one that is right")
        })
    }

    fn list(&mut self, depth: usize) -> Result<Node, Unreadable> {
        self.at += 1;
        let mut items = Vec::new();
        while self.another(b']', items.len())? {
            items.push(self.value(depth + 1)?);
        }
        items.shrink_to_fit();
        Ok(Node::List(items))
    }

    /// Whether another entry follows the ones read; moves behind the comma, or behind the closing byte.
    fn another(&mut self, close: u8, read: usize) -> Result<bool, Unreadable> {
        self.skip_space();
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if read > 0 => {
                self.at += 1;
                self.skip_space();
                if self.peek() == Some(close) { Err(self.unexpected("a value")) } else { Ok(true) }
            }
            Some(_) if read == 0 => Ok(true),
            _ => Err(self.unexpected(&format!("`,` or `{}`", close as char))),
        }
    }

    fn string(&mut self) -> Result<String, Unreadable> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'\\' => end += 2,
                b'"' => {
                    self.at = end + 1;
                    return serde_json::from_str(&self.text[start..self.at]).map_err(|_| {
                        Unreadable::in_text(self.text, start, "the string holds a bad escape")
                            .help("write control characters and lone surrogates as valid escapes")
                    });
                }
                _ => end += 1,
            }
        }
        Err(Unreadable::in_text(self.text, start, "the string is never closed")
            .help("the file may be cut off; attach it again"))
    }

    fn number(&mut self) -> Result<Node, Unreadable> {
        if let Some(node) = self.literal("-Infinity", || Node::NoNumber("-Infinity".into())) {
            return Ok(node);
        }
        let rest = &self.text[self.at..];
        let numeric = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let len = rest.bytes().position(|byte| !numeric(&byte)).unwrap_or(rest.len());
        let written = &rest[..len];
        if !is_json_number(written) {
            return Err(self.fault(format!("{} is not a JSON number", quoted(written))));
        }
        self.at += written.len();
        Ok(written.parse().map_or_else(|_| Node::NoNumber(short(written)), Node::Number))
    }

    fn word(&mut self) -> Result<Node, Unreadable> {
        let no_number = |word: &str| Node::NoNumber(word.to_owned());
        self.literal("null", || Node::Null)
            .or_else(|| self.literal("true", || Node::Bool(true)))
            .or_else(|| self.literal("false", || Node::Bool(false)))
            .or_else(|| self.literal("NaN", || no_number("NaN")))
            .or_else(|| self.literal("Infinity", || no_number("Infinity")))
            .ok_or_else(|| self.unexpected("a value"))
    }

    fn literal(&mut self, word: &str, node: impl FnOnce() -> Node) -> Option<Node> {
        self.text[self.at..].starts_with(word).then(|| {
            self.at += word.len();
            node()
        })
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fault(&self, message: impl Into<String>) -> Unreadable {
        Unreadable::in_text(self.text, self.at, message)
    }

    fn unexpected(&self, wanted: &str) -> Unreadable {
        match self.text[self.at..].chars().next() {
            None => self
                .fault(format!("the file ends where {wanted} should stand"))
                .help("the file may be cut off; attach it again"),
            Some(found) => {
                self.fault(format!("{} where {wanted} should stand", quoted(&found.to_string())))
            }
        }
    }
}

/// RFC 8259 §6: no leading zeros, no bare point.
pub fn is_json_number(written: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = written.strip_prefix('-').unwrap_or(written);
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

fn short(written: &str) -> String {
    if written.len() <= 40 { written.to_owned() } else { format!("{}…", &written[..40]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_core::reading::Place;
    use proptest::prelude::*;

    /// I-12
    #[test]
    fn what_is_no_number_does_not_become_one() {
        let text = r#"{"a": NaN, "b": -Infinity, "c": 1e400, "d": "NaN", "e": 0.05}"#;
        let node = parse(text).unwrap();
        for (key, written) in [("a", "NaN"), ("b", "-Infinity"), ("c", "1e400")] {
            assert_eq!(node.get(key), Some(&Node::NoNumber(written.into())));
        }
        assert_eq!(node.get("d"), Some(&Node::Text("NaN".into())));
        assert_eq!(node.get("e"), Some(&Node::Number("0.05".parse().unwrap())));
    }

    #[test]
    fn a_number_of_a_million_digits_is_no_number_and_no_work() {
        let node = parse(&format!("[{}]", "9".repeat(1_000_000))).unwrap();
        assert!(matches!(node.item(0), Some(Node::NoNumber(text)) if text.len() < 60));
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        let fault = parse("{\n \"acc\": {\"v\": 1, \"v\": 2}}").unwrap_err();
        assert_eq!((fault.place, fault.column), (Place::Line(2), Some(9)));
        assert!(fault.message.contains("`v` stands twice"), "{}", fault.message);
    }

    #[test]
    fn a_deep_file_is_refused_and_does_not_exhaust_the_stack() {
        let fault = parse(&"[".repeat(1_000_000)).unwrap_err();
        assert_eq!(fault.message, "nested deeper than 128 levels");
    }

    #[test]
    fn a_fault_names_its_line_and_column() {
        for (text, line, column) in [
            ("", 1, 1),
            ("{\"a\": 1,}", 1, 9),
            ("{\n\"a\" 1}", 2, 5),
            ("[1 2]", 1, 4),
            ("[01]", 1, 2),
            ("\"a", 1, 1),
            ("{} x", 1, 4),
            ("{\"a\": nan}", 1, 7),
        ] {
            let fault = parse(text).unwrap_err();
            assert_eq!((fault.place, fault.column), (Place::Line(line), Some(column)), "{text}");
        }
    }

    proptest! {
        /// The same texts are JSON here and in `serde_json`, but for what is lenient on purpose.
        #[test]
        fn it_agrees_with_serde_json(text in r#"[\[\]{},:"\\a01\-.eE+ \ntrufalsn]{0,40}"#) {
            let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            match parse(&text) {
                Ok(_) => prop_assert!(theirs || text.contains(['e', 'E']), "{text}"),
                Err(fault) => prop_assert!(!theirs || fault.message.contains("twice"), "{text}"),
            }
        }

        #[test]
        fn what_serde_json_writes_is_read(values in prop::collection::vec(any::<(String, f64)>(), 0..8)) {
            let map: serde_json::Map<String, serde_json::Value> =
                values.into_iter().map(|(key, value)| (key, value.into())).collect();
            let text = serde_json::to_string(&map).unwrap();
            let node = parse(&text).unwrap();
            for key in map.keys() {
                prop_assert!(node.object().unwrap().get(key).is_some());
            }
        }
    }
}
