//! YAML as a tree: front matter and small result files.
//!
//! Aliases, depth and size are bounded, keys that stand twice are refused, and only `true` and
//! `false` are truth values, so that a language `no` stays a language.

use super::node::{Node, Object};
use super::text::cut;
use super::unreadable::Unreadable;
use countersign_core::decimal::Decimal;
use countersign_core::reading::Place;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{NonFiniteFloatPolicy, Options};
use std::fmt;

/// The largest YAML text that is read; front matter of a megabyte is an attack or a mistake.
const MAX_BYTES: usize = 1024 * 1024;
const MAX_REPLAYED: usize = 20_000;
const MAX_NODES: usize = 100_000;
const MAX_DEPTH: usize = 32;

/// The text as a tree; `first_line` is the line of the file it begins on.
pub fn parse(text: &str, first_line: u32) -> Result<Node, Unreadable> {
    if text.len() > MAX_BYTES {
        let message = format!("{} bytes of YAML, more than {MAX_BYTES}", text.len());
        return Err(
            Unreadable::at(Place::Line(first_line), message).help("attach results as JSON or CSV")
        );
    }
    serde_saphyr::from_str_with_options(text, options()).map_err(|fault| {
        let location = fault.location();
        let line = location.map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
        let said = fault.without_snippet().to_string();
        // What the library advises its callers is of no use to a person with a file.
        let said = said.split(" at line ").next().unwrap_or_default();
        let said = said.split(", set ").next().unwrap_or_default();
        let mut unreadable = Unreadable::at(
            Place::Line(first_line.saturating_add(line.max(1) - 1)),
            format!("not valid YAML: {}", cut(said.trim_end_matches('.'))),
        );
        unreadable.column = location.and_then(|at| u32::try_from(at.column()).ok());
        unreadable
    })
}

fn options() -> Options {
    let mut options = Options::default();
    options.with_snippet = false;
    options.strict_booleans = true;
    options.non_finite_float_policy = NonFiniteFloatPolicy::AsString;
    options.alias_limits.max_total_replayed_events = MAX_REPLAYED;
    if let Some(budget) = &mut options.budget {
        budget.max_nodes = MAX_NODES;
        budget.max_events = 4 * MAX_NODES;
        budget.max_depth = MAX_DEPTH;
        budget.max_aliases = 1_000;
        budget.max_anchors = 1_000;
        budget.max_documents = 1;
        budget.max_total_scalar_bytes = 2 * MAX_BYTES;
    }
    options
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(Decimal::whole(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(number(&value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(number(&format!("{value:e}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        let twice = |key| A::Error::custom(format!("the key `{key}` stands twice"));
        Object::new(entries).map(Node::Object).map_err(twice)
    }
}

fn number(written: &str) -> Node {
    written.parse().map_or_else(|_| Node::NoNumber(written.to_owned()), Node::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_mean_what_they_say() {
        let node = parse("a: 0.412\nb: .nan\nc: no\nd: ~\ne: '5'\nf: 1e400\ng: true\n", 1).unwrap();
        assert_eq!(node.get("a"), Some(&Node::Number("0.412".parse().unwrap())));
        assert_eq!(node.get("b"), Some(&Node::Text(".nan".into())));
        assert_eq!(node.get("c"), Some(&Node::Text("no".into())));
        assert_eq!(node.get("d"), None);
        assert_eq!(node.get("e"), Some(&Node::Text("5".into())));
        assert_eq!(node.get("f"), Some(&Node::Text(".inf".into())));
        assert_eq!(node.get("g"), Some(&Node::Bool(true)));
    }

    #[test]
    fn a_fault_is_placed_in_the_file_and_not_in_the_excerpt() {
        let fault = parse("a: 1\nb: [1, 2\nc: 3\n", 10).unwrap_err();
        assert!(matches!(fault.place, Place::Line(11..=13)), "{fault}");
        assert!(parse("a: 1\na: 2\n", 1).is_err());
    }

    #[test]
    fn a_bomb_of_aliases_is_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let refs = vec![format!("*a{}", level - 1); 9].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{refs}]\n"));
        }
        assert!(parse(&text, 1).is_err());
        assert!(parse(&"[".repeat(100_000), 1).is_err());
        assert!(parse(&"- ".repeat(100_000), 1).is_err());
    }
}
