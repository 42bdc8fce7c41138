//! The components of a bill: that each is one, and what it says of itself.

use super::super::node::{At, Node};
use super::super::stated::{fact, fact_under, list, text};
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use countersign_core::reading::Reading;
use std::collections::BTreeSet;

/// One component, with its place.
pub struct Component<'a> {
    /// What the bill says of it.
    pub node: &'a Node,
    /// Where it stands.
    pub at: At,
    /// Its type.
    pub kind: &'a str,
    /// Group, name and version as one name: `CompVis/stable-diffusion 1.4`.
    pub name: String,
}

impl Component<'_> {
    /// Whether it is a model.
    pub fn is_model(&self) -> bool {
        self.kind == "machine-learning-model"
    }
}

/// The types of bom-1.7.schema.json.
const KINDS: &[&str] = &[
    "application",
    "framework",
    "library",
    "container",
    "platform",
    "operating-system",
    "device",
    "device-driver",
    "firmware",
    "file",
    "machine-learning-model",
    "data",
    "cryptographic-asset",
];

/// Every component: that of the metadata, those of the list, and those inside them.
pub fn all(root: &Node) -> Result<Vec<Component<'_>>, Unreadable> {
    let mut waiting = Vec::new();
    if let Some(node) = root.find(&["metadata", "component"]) {
        waiting.push((node, At::root().keys(&["metadata", "component"])));
    }
    waiting.extend(inside(root, &At::root())?);
    let mut all = Vec::new();
    let mut refs = BTreeSet::new();
    // In the order of the file: what is found inside a component comes right behind it.
    waiting.reverse();
    while let Some((node, at)) = waiting.pop() {
        let component = one(node, at)?;
        if let Some(name) = text(node, "bom-ref")
            && !refs.insert(name.clone())
        {
            let message = format!("the `bom-ref` {} stands twice", quoted(&name));
            return Err(Unreadable::at(component.at.key("bom-ref").place(), message)
                .help("give every component a `bom-ref` of its own"));
        }
        let mut children = inside(node, &component.at)?;
        children.reverse();
        waiting.extend(children);
        all.push(component);
        if all.len() > MAX_ENTRIES {
            return Err(too_many(all.len()));
        }
    }
    Ok(all)
}

fn inside<'a>(node: &'a Node, at: &At) -> Result<Vec<(&'a Node, At)>, Unreadable> {
    let at = at.key("components");
    match node.get("components") {
        None => Ok(Vec::new()),
        Some(Node::List(items)) if items.len() > MAX_ENTRIES => Err(too_many(items.len())),
        Some(Node::List(items)) => {
            Ok(items.iter().enumerate().map(|(index, item)| (item, at.index(index))).collect())
        }
        Some(other) => {
            let message = format!("`components` is {}, not a list", other.kind());
            Err(Unreadable::at(at.place(), message).help("attach the bill as its tool wrote it"))
        }
    }
}

fn one(node: &Node, at: At) -> Result<Component<'_>, Unreadable> {
    let said = |key: &str| node.get(key).and_then(Node::text).filter(|it| !it.is_empty());
    let fault = |key: &str, message: String| {
        Err(Unreadable::at(at.key(key).place(), message)
            .help("mend the bill; `cyclonedx validate` names every fault in it"))
    };
    let Some(kind) = said("type") else {
        return fault("type", "the component has no `type`".to_owned());
    };
    if !KINDS.contains(&kind) {
        return fault("type", format!("{} is no type of a component", quoted(kind)));
    }
    let Some(name) = said("name") else {
        return fault("name", "the component has no `name`".to_owned());
    };
    let group = said("group").map(|group| format!("{group}/")).unwrap_or_default();
    let version = said("version").map(|version| format!(" {version}")).unwrap_or_default();
    Ok(Component { node, at, kind, name: cut(&format!("{group}{name}{version}")) })
}

/// Adds what a model says of itself, its card left out.
pub fn read(reading: &mut Reading, model: &Component, prefix: &str) {
    let Component { node, at, name, .. } = model;
    fact(reading, "model", name, at.place());
    let mut under = |key: &str| fact_under(reading, &format!("{prefix}{key}"), node, (at, key));
    for key in ["publisher", "description", "purl", "cpe", "copyright"] {
        under(key);
    }
    for (license, place) in licenses(model) {
        fact(reading, &format!("{prefix}license"), &license, place.place());
    }
    for (index, hash) in list(node, "hashes").iter().enumerate() {
        let algorithm = text(hash, "alg").unwrap_or_default();
        let content = text(hash, "content").unwrap_or_default();
        let place = at.key("hashes").index(index).place();
        fact(reading, &format!("{prefix}hash {algorithm}"), &content, place);
    }
    let ancestors = node.get("pedigree").map(|it| list(it, "ancestors")).unwrap_or_default();
    for (index, ancestor) in ancestors.iter().enumerate() {
        let at = at.keys(&["pedigree", "ancestors"]).index(index);
        let group = text(ancestor, "group").map(|it| format!("{it}/")).unwrap_or_default();
        let version = text(ancestor, "version").map(|it| format!(" {it}")).unwrap_or_default();
        let name = format!("{group}{}{version}", text(ancestor, "name").unwrap_or_default());
        fact(reading, &format!("{prefix}base_model"), &name, at.place());
    }
    for (index, reference) in list(node, "externalReferences").iter().enumerate() {
        let kind = text(reference, "type").unwrap_or_default();
        let url = text(reference, "url").unwrap_or_default();
        let place = at.key("externalReferences").index(index).place();
        fact(reading, &format!("{prefix}reference {kind}"), &url, place);
    }
}

/// The licences a component names, by id, name or expression.
pub fn licenses(component: &Component) -> Vec<(String, At)> {
    let at = component.at.key("licenses");
    let entries = list(component.node, "licenses").iter().enumerate();
    let named = entries.filter_map(|(index, entry)| {
        let license = entry.get("license");
        let of = |key: &str| license.and_then(|it| text(it, key));
        let name = of("id").or(of("name")).or(text(entry, "expression"))?;
        Some((name, at.index(index)))
    });
    named.collect()
}
