//! YAML as a tree with places, within a budget that stops alias bombs and deep nesting.

use super::source::{Faults, span_of};
use crate::diagnostic::Level;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use std::fmt;
use std::ops::Range;

/// A value as written.
#[derive(Debug)]
pub(super) enum Value {
    Nothing,
    Text(String),
    /// A number or a truth value, whose spelling is taken from the source.
    Literal,
    List(Vec<Spanned<Value>>),
    Map(Vec<(Spanned<String>, Spanned<Value>)>),
}

/// Reads a document; a fault of syntax is reported with its place in the source.
pub(super) fn read(yaml: &str, faults: &mut Faults<'_>) -> Option<Spanned<Value>> {
    let options = serde_saphyr::options! {
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_events: 5_000,
            max_nodes: 5_000,
            max_depth: 12,
            max_aliases: 20,
            max_anchors: 20,
        },
    };
    match serde_saphyr::from_str_with_options(yaml, options) {
        Ok(value) => Some(value),
        Err(error) => {
            let at = place_of(yaml, &error, faults.source);
            let (message, help) = words(&error.to_string());
            faults.push(Level::Error, "runbook.front_matter.yaml", at, (message, help));
            None
        }
    }
}

fn place_of(yaml: &str, error: &serde_saphyr::Error, source: &str) -> Range<usize> {
    let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
    let line = usize::try_from(line).unwrap_or(1).max(1);
    let text = yaml.split('\n').nth(line - 1).unwrap_or_default().trim_end();
    let column = usize::try_from(column).unwrap_or(1).max(1);
    let skipped: usize = text.chars().take(column - 1).map(char::len_utf8).sum();
    span_of(source, &text[skipped..])
}

fn words(error: &str) -> (String, &'static str) {
    let what = error.split(" at line ").next().unwrap_or_default().trim();
    let what = what.split(", set DuplicateKeyPolicy").next().unwrap_or_default();
    let help = if what.contains("mapping values") {
        "put a value that holds `: ` in double quotes"
    } else if what.contains("budget") {
        "write the front matter without nesting and aliases"
    } else {
        "the front matter is a list of `key: value` lines"
    };
    (format!("the front matter is not readable YAML: {what}"), help)
}

/// The bytes of the source a node stands for.
pub(super) fn place<T>(yaml: &str, node: &Spanned<T>, source: &str) -> Range<usize> {
    let span = node.referenced.span();
    let offset = span.byte_offset().and_then(|at| usize::try_from(at).ok());
    let length = span.byte_len().and_then(|length| usize::try_from(length).ok());
    let start = span_of(source, yaml).start;
    match (offset, length) {
        (Some(offset), Some(length)) => {
            let text = yaml.get(offset..offset + length).unwrap_or_default().trim_end();
            start + offset..start + offset + text.len()
        }
        _ => start..start,
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or a map")
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Literal)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Literal)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Literal)
    }
    fn visit_i128<E>(self, _: i128) -> Result<Value, E> {
        Ok(Value::Literal)
    }
    fn visit_u128<E>(self, _: u128) -> Result<Value, E> {
        Ok(Value::Literal)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Literal)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Value::Map(map))
    }
}
