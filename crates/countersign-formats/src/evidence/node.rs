//! A JSON or YAML file as a tree, with places in it as JSON Pointers (RFC 6901).
//!
//! Numbers are exact decimals, and what is no number (`NaN`, `Infinity`, `1e400`) stays visible as
//! such instead of turning into a float that compares false with every bound (I-12).

use countersign_core::decimal::Decimal;
use countersign_core::reading::Place;

/// One value of a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number that can be kept exactly.
    Number(Decimal),
    /// Written where a number stands, but none that can be kept: `NaN`, `-Infinity`, `1e400`.
    NoNumber(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object.
    Object(Object),
}

/// An object: its entries in the order of the file, found by key in logarithmic time. Kept small,
/// because most values of most files are small objects.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object(Box<Entries>);

#[derive(Debug, Clone, PartialEq, Default)]
struct Entries {
    entries: Vec<(String, Node)>,
    /// The entries by key; empty where there are few, which are looked through one by one.
    by_key: Vec<u32>,
}

/// How many entries are looked through one by one.
const FEW: usize = 8;

impl Object {
    /// An object with these entries, or the key that stands twice.
    pub fn new(mut entries: Vec<(String, Node)>) -> Result<Self, String> {
        entries.shrink_to_fit();
        let mut by_key: Vec<u32> = Vec::new();
        if entries.len() <= FEW {
            let twin = |at: &usize| entries[..*at].iter().any(|(key, _)| *key == entries[*at].0);
            if let Some(at) = (1..entries.len()).find(twin) {
                return Err(entries[at].0.clone());
            }
        } else {
            let key = |at: &u32| entries[*at as usize].0.as_str();
            by_key = (0..).take(entries.len()).collect();
            by_key.sort_unstable_by(|a, b| key(a).cmp(key(b)));
            if let Some(pair) = by_key.windows(2).find(|pair| key(&pair[0]) == key(&pair[1])) {
                return Err(key(&pair[0]).to_owned());
            }
        }
        Ok(Self(Box::new(Entries { entries, by_key })))
    }

    /// The value of this key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Entries { entries, by_key } = self.0.as_ref();
        if by_key.is_empty() {
            return entries.iter().find(|(one, _)| one == key).map(|(_, node)| node);
        }
        let named = |at: &u32| entries.get(*at as usize);
        let order = |at: &u32| named(at).map(|(one, _)| one.as_str()).cmp(&Some(key));
        let at = by_key.binary_search_by(order).ok()?;
        by_key.get(at).and_then(named).map(|(_, node)| node)
    }

    /// Keys and values in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.0.entries.iter().map(|(key, node)| (key.as_str(), node))
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    /// True when it holds no entry.
    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }
}

impl Node {
    /// The value of this key, when this is an object that has it and it is not `null`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.object()?.get(key).filter(|node| !matches!(node, Node::Null))
    }

    /// The value along these keys.
    pub fn find(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The item at this index, when this is a list that long.
    pub fn item(&self, index: usize) -> Option<&Node> {
        self.list()?.get(index)
    }

    /// The entries, when this is an object.
    pub fn object(&self) -> Option<&Object> {
        if let Node::Object(object) = self { Some(object) } else { None }
    }

    /// The items, when this is a list.
    pub fn list(&self) -> Option<&[Node]> {
        if let Node::List(items) = self { Some(items) } else { None }
    }

    /// The string, when this is one.
    pub fn text(&self) -> Option<&str> {
        if let Node::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number from 0, when this is one.
    pub fn count(&self) -> Option<u64> {
        if let Node::Number(number) = self { number.to_string().parse().ok() } else { None }
    }

    /// A string, number or truth value as text; `None` for anything else.
    pub fn scalar(&self) -> Option<String> {
        match self {
            Node::Text(text) | Node::NoNumber(text) => Some(text.clone()),
            Node::Number(number) => Some(number.to_string()),
            Node::Bool(value) => Some(value.to_string()),
            Node::Null | Node::List(_) | Node::Object(_) => None,
        }
    }

    /// What kind of value this is, as an error names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "a truth value",
            Node::Number(_) => "a number",
            Node::NoNumber(_) => "no number",
            Node::Text(_) => "a string",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        }
    }
}

/// A place in a tree.
#[derive(Debug, Clone, Default)]
pub struct At(String);

impl At {
    /// The whole tree.
    pub fn root() -> Self {
        Self::default()
    }

    /// A whole member of an archive. Places in it are its name, `#` and the pointer inside it.
    pub fn member(name: &str) -> Self {
        Self(format!("{name}#"))
    }

    /// The entry under this key, `~` and `/` escaped as RFC 6901 §3 asks.
    pub fn key(&self, key: &str) -> Self {
        Self(format!("{}/{}", self.0, key.replace('~', "~0").replace('/', "~1")))
    }

    /// The entry along these keys.
    pub fn keys(&self, keys: &[&str]) -> Self {
        keys.iter().fold(self.clone(), |at, key| at.key(key))
    }

    /// The item at this index.
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// As a place of a reading.
    pub fn place(&self) -> Place {
        if self.0.is_empty() { Place::File } else { Place::Pointer(self.0.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_escapes_slash_and_tilde() {
        let at = At::root().key("a/b").key("m~n").index(3);
        assert_eq!(at.place(), Place::Pointer("/a~1b/m~0n/3".into()));
        assert_eq!(At::root().place(), Place::File);
        let member = At::member("header.json").key("status").place();
        assert_eq!(member, Place::Pointer("header.json#/status".into()));
    }

    #[test]
    fn a_key_that_stands_twice_is_named() {
        let twice =
            vec![("b".into(), Node::Null), ("a".into(), Node::Null), ("b".into(), Node::Null)];
        assert_eq!(Object::new(twice), Err("b".to_owned()));
        let many = |last: u32| {
            (0..=20).map(|at| (format!("k{}", at % last), Node::Bool(at == 13))).collect()
        };
        assert_eq!(Object::new(many(20)), Err("k0".to_owned()));
        let found = Object::new(many(21)).unwrap();
        assert_eq!(found.get("k13"), Some(&Node::Bool(true)));
        assert_eq!(found.get("k21"), None);
    }
}
