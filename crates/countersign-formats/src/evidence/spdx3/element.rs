//! The elements of a document by name, and the relationships between them.

use super::super::node::{At, Node};
use super::super::stated::{list, text, texts};
use super::super::text::quoted;
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use std::collections::BTreeMap;

/// Every element of a document.
pub struct Elements<'a> {
    all: Vec<(&'a Node, At)>,
    by_id: BTreeMap<&'a str, usize>,
    /// Relationships called like another element; nothing refers to a relationship.
    twins: Vec<At>,
}

impl<'a> Elements<'a> {
    /// The elements of `@graph`, or the one the file holds.
    pub fn of(root: &'a Node) -> Result<Self, Unreadable> {
        let at = At::root().key("@graph");
        let all: Vec<(&Node, At)> = match root.get("@graph") {
            Some(Node::List(items)) => {
                items.iter().enumerate().map(|(index, item)| (item, at.index(index))).collect()
            }
            None => vec![(root, At::root())],
            Some(other) => {
                let message = format!("`@graph` is {}, not a list", other.kind());
                return Err(Unreadable::at(at.place(), message)
                    .help("attach the document as its tool wrote it"));
            }
        };
        if all.len() > MAX_ENTRIES {
            return Err(too_many(all.len()));
        }
        let (mut by_id, mut twins) = (BTreeMap::new(), Vec::new());
        for (index, (node, at)) in all.iter().enumerate() {
            if node.get("type").and_then(Node::text).is_none() {
                return Err(Unreadable::at(at.key("type").place(), "the element has no `type`")
                    .help("attach the document as its tool wrote it"));
            }
            let id = node.get("spdxId").or(node.get("@id")).and_then(Node::text);
            let Some(id) = id else { continue };
            if !by_id.contains_key(id) {
                by_id.insert(id, index);
            } else if node.get("relationshipType").is_some() {
                twins.push(at.key("spdxId"));
            } else {
                let message = format!("two elements are called {}", quoted(id));
                return Err(Unreadable::at(at.key("spdxId").place(), message)
                    .help("give every element an `spdxId` of its own"));
            }
        }
        Ok(Self { all, by_id, twins })
    }

    /// The elements of this type, each with its place.
    pub fn of_type(&self, kind: &str) -> impl Iterator<Item = (&'a Node, At)> {
        let of = move |node: &Node| node.get("type").and_then(Node::text) == Some(kind);
        self.all.iter().filter(move |(node, _)| of(node)).map(|(node, at)| (*node, at.clone()))
    }

    /// The element of this name.
    pub fn get(&self, id: &str) -> Option<(&'a Node, &At)> {
        let (node, at) = self.all.get(*self.by_id.get(id)?)?;
        Some((node, at))
    }

    /// The names of relationships that another element has as well.
    pub fn twins(&self) -> &[At] {
        &self.twins
    }

    /// Every element.
    pub fn iter(&self) -> impl Iterator<Item = &(&'a Node, At)> {
        self.all.iter()
    }

    /// What the element of this name is called.
    pub fn name_of(&self, id: &str) -> Option<String> {
        text(self.get(id)?.0, "name")
    }

    /// The licence an element stands for: an expression, or a licence with a name.
    pub fn license_of(&self, id: &str) -> Option<String> {
        let (node, _) = self.get(id)?;
        text(node, "simplelicensing_licenseExpression").or(text(node, "name"))
    }
}

/// The relationships of a document.
pub struct Relations<'a> {
    by_from: BTreeMap<(&'a str, &'a str), Vec<(String, At)>>,
}

impl<'a> Relations<'a> {
    /// All relationships, whatever their subtype.
    pub fn of(elements: &Elements<'a>) -> Result<Self, Unreadable> {
        let mut count = 0;
        let mut by_from: BTreeMap<_, Vec<(String, At)>> = BTreeMap::new();
        for (node, at) in elements.iter() {
            let said = |key: &str| node.get(key).and_then(Node::text);
            if let (Some(from), Some(kind)) = (said("from"), said("relationshipType")) {
                count += list(node, "to").len();
                if count > MAX_ENTRIES {
                    return Err(too_many(count));
                }
                let to = texts(node, "to").into_iter().map(|to| (to, at.clone()));
                by_from.entry((from, kind)).or_default().extend(to);
            }
        }
        Ok(Self { by_from })
    }

    /// Where the relationships of this kind lead from an element.
    pub fn from<'b>(
        &'b self,
        id: &'b str,
        kind: &'b str,
    ) -> impl Iterator<Item = (&'b str, &'b At)> {
        self.by_from.get(&(id, kind)).into_iter().flatten().map(|(to, at)| (to.as_str(), at))
    }

    /// Whether there is a relationship of this kind at all.
    pub fn any(&self, kind: &str) -> bool {
        self.by_from.keys().any(|(_, one)| *one == kind)
    }
}
