//! Croissant 1.0 and 1.1: a data set described in JSON-LD, with its files, digests and records.
//!
//! What the standard requires is one check with every fault in it, so that a description that
//! breaks a rule can still be shown. Only the compact form is read, with the names that the
//! standard's own context defines.

mod files;
mod records;

use super::card::placeholder;
use super::measured::warn;
use super::node::{At, Node};
use super::stated::{conclude, fact, fact_under, list, text, texts};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub const READER: Reader = Reader {
    format: "croissant",
    title: "Croissant 1.0 and 1.1",
    notes: &[
        "`croissant.valid`: name, type and version, for each file `@id`, `encodingFormat`, and \
         `contentUrl` with `sha256` or `md5` unless it is contained in another, for each set of \
         files `includes`, and every file that is referred to; all faults stand in its detail",
        "`croissant.hashes`: every file that is not contained in another has a digest that is one, \
         and no address or word in its place; of a live data set as well",
        "`croissant.license`: a licence is named; a word, an SPDX id or an address",
        "missing `datePublished`, `version`, `creator` and `citeAs` are warned of, and so is a \
         description that says nothing of personal or sensitive information",
        "name, licence, version, every property of responsible AI (`rai:…`), each file and each \
         set of records are facts",
    ],
    recognises,
    read,
};

/// A rule that a description breaks, and where.
type Fault = (At, String);

const HOME: &str = "mlcommons.org/croissant";
const VERSIONS: &[&str] = &["1.0", "1.1"];
const FACTS: &[&str] = &[
    "name",
    "description",
    "version",
    "datePublished",
    "url",
    "citeAs",
    "keywords",
    "inLanguage",
    "isLiveDataset",
];
const RECOMMENDED: &[&str] = &["datePublished", "version", "creator", "citeAs"];
const RAI: &[&str] = &["rai:", "http://mlcommons.org/croissant/RAI/"];

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| {
        let context = root.find(&["@context", "cr"]).and_then(Node::scalar).unwrap_or_default();
        versions(root).next().is_some() || context.contains(HOME) && root.get("@type").is_some()
    })
}

/// The versions of Croissant the description says it conforms to.
fn versions(root: &Node) -> impl Iterator<Item = String> {
    let said = match root.get("conformsTo") {
        Some(Node::List(items)) => items.iter().filter_map(name_of).collect(),
        Some(one) => name_of(one).into_iter().collect::<Vec<_>>(),
        None => Vec::new(),
    };
    let version = |said: String| Some(said.split_once(&format!("{HOME}/"))?.1.to_owned());
    said.into_iter().filter_map(version).filter(|version| !version.starts_with("RAI"))
}

/// A name, an address, or the thing they stand for.
fn name_of(node: &Node) -> Option<String> {
    node.scalar().or_else(|| ["name", "url", "@id"].iter().find_map(|key| text(node, key)))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let at = At::root();
    let version = versions(root).next();
    if let Some(version) = version.as_ref().filter(|it| !VERSIONS.contains(&it.as_str())) {
        let message = format!("Croissant {} is not read", quoted(version));
        return Err(Unreadable::at(at.key("conformsTo").place(), message)
            .help("describe the data set in Croissant 1.0 or 1.1"));
    }
    let mut reading = Reading::new(READER.format);
    reading.claimed_subject = text(root, "name").map(|it| cut(&it));
    reading.generated_at = text(root, "datePublished").map(|it| cut(&it));
    fact(
        &mut reading,
        "conformsTo",
        &version.clone().unwrap_or_default(),
        at.key("conformsTo").place(),
    );
    for key in FACTS {
        fact_under(&mut reading, key, root, (&at, key));
    }
    let mut faults = head(root);
    people_and_terms(&mut reading, root);
    responsible(&mut reading, root);
    files::read(&mut reading, root, &mut faults)?;
    records::read(&mut reading, root, &mut faults)?;
    valid(&mut reading, &faults);
    for key in RECOMMENDED {
        if root.get(key).is_none() {
            warn(&mut reading, at.place(), format!("`{key}` is recommended and missing"));
        }
    }
    Ok(reading)
}

fn head(root: &Node) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut missing = |key: &str, message: &str| {
        faults.push((At::root().key(key), message.to_owned()));
    };
    if text(root, "name").is_none() {
        missing("name", "the data set has no `name`");
    }
    if !texts(root, "@type").iter().any(|kind| kind.ends_with("Dataset")) {
        missing("@type", "`@type` is not `sc:Dataset`");
    }
    if versions(root).next().is_none() {
        missing("conformsTo", "`conformsTo` names no version of Croissant");
    }
    faults
}

/// Licence and creators: a word, an address or an object, one or several.
fn people_and_terms(reading: &mut Reading, root: &Node) {
    let mut licensed = false;
    for key in ["license", "creator", "publisher"] {
        let at = At::root().key(key);
        let named: Vec<(String, At)> = match root.get(key) {
            Some(Node::List(items)) => {
                let items = items.iter().enumerate();
                items.filter_map(|(index, it)| Some((name_of(it)?, at.index(index)))).collect()
            }
            Some(one) => name_of(one).into_iter().map(|name| (name, at.clone())).collect(),
            None => Vec::new(),
        };
        for (name, at) in named {
            let says = !name.trim().is_empty() && placeholder::find(&name).is_none();
            licensed |= key == "license" && says && !name.eq_ignore_ascii_case("unknown");
            fact(reading, key, &name, at.place());
        }
    }
    let at = At::root();
    let place = if root.get("license").is_some() { at.key("license").place() } else { at.place() };
    let fault = (!licensed).then(|| "`license` is missing; name one, or its address".to_owned());
    conclude(reading, "croissant.license", place, fault);
}

/// The properties of responsible AI, whatever the standard adds to them.
fn responsible(reading: &mut Reading, root: &Node) {
    let mut personal = false;
    for (key, _) in root.object().into_iter().flat_map(|object| object.iter()) {
        let Some(name) = RAI.iter().find_map(|prefix| key.strip_prefix(prefix)) else { continue };
        fact_under(reading, &format!("rai:{name}"), root, (&At::root(), key));
        personal |= name == "personalSensitiveInformation" && !texts(root, key).is_empty();
    }
    if !personal {
        let message = "no `rai:personalSensitiveInformation`: whether the data are about people is \
                       left open; screen for a data protection impact assessment";
        warn(reading, At::root().place(), message);
    }
}

const SHOWN: usize = 5;

fn valid(reading: &mut Reading, faults: &[Fault]) {
    for (at, message) in faults {
        warn(reading, at.place(), message.clone());
    }
    let place = faults.first().map_or(At::root().place(), |(at, _)| at.place());
    let fault = (!faults.is_empty()).then(|| {
        let shown: Vec<&str> =
            faults.iter().take(SHOWN).map(|(_, message)| message.as_str()).collect();
        let more = faults.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        format!("{}{more}", shown.join("; "))
    });
    conclude(reading, "croissant.valid", place, fault);
}

/// Whether a node is of this type, with whatever prefix the context gives it.
fn is_a(node: &Node, kind: &str) -> bool {
    let local = |said: &String| said.rsplit([':', '/', '#']).next() == Some(kind);
    texts(node, "@type").iter().any(local)
}

/// The ids a property refers to: `{"@id": "a"}`, a bare name, or several of them.
fn references(node: &Node, key: &str) -> Vec<String> {
    let one = |node: &Node| node.scalar().or_else(|| text(node, "@id"));
    match node.get(key) {
        Some(Node::List(items)) => items.iter().filter_map(one).collect(),
        Some(other) => one(other).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The names of all files and sets of files.
fn known_files(root: &Node) -> Vec<String> {
    list(root, "distribution").iter().filter_map(|file| text(file, "@id")).collect()
}
