//! The list of a model's files, and the one digest they add up to.
//!
//! The subject's digest is the SHA-256 over the raw digests of the resources, one behind the other
//! in the order of the statement (predicate `https://model_signing/signature/v1.0`).

use super::super::measured::warn;
use super::super::node::{At, Node};
use super::super::stated::{conclude, fact, fact_under, list, text};
use super::super::text::quoted;
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use countersign_core::digest::Sha256;
use countersign_core::reading::Reading;
use std::collections::BTreeSet;

/// What the tool leaves out by itself.
const GIT: &[&str] = &[".git", ".gitignore", ".gitattributes", ".github"];
const REMEDY: &str = "attach the bundle as `model_signing` wrote it";

/// Adds the manifest; `at` is the statement.
pub fn read(reading: &mut Reading, statement: &Node, at: &At) -> Result<(), Unreadable> {
    let predicate = statement.get("predicate");
    let resources_at = at.keys(&["predicate", "resources"]);
    let resources = predicate.map(|it| list(it, "resources")).unwrap_or_default();
    if resources.is_empty() {
        return Err(Unreadable::at(resources_at.place(), "the manifest lists no file")
            .help("sign the folder that holds the model"));
    }
    if resources.len() > MAX_ENTRIES {
        return Err(too_many(resources.len()));
    }
    let mut names = BTreeSet::new();
    let mut digests = Vec::new();
    for (index, resource) in resources.iter().enumerate() {
        let at = resources_at.index(index);
        let name = name(resource, &at)?;
        if !names.insert(name.clone()) {
            let message = format!("the file {} stands twice", quoted(&name));
            return Err(Unreadable::at(at.place(), message).help(REMEDY));
        }
        let algorithm = text(resource, "algorithm").unwrap_or_default();
        let digest = text(resource, "digest").unwrap_or_default();
        digests.extend(raw(&digest, &algorithm, &at)?);
        fact(reading, &format!("file {name}"), &format!("{algorithm}:{digest}"), at.place());
    }
    fact(reading, "files", &resources.len().to_string(), resources_at.place());
    let ours = Sha256::of(&digests);
    subject(reading, statement, at, ours)?;
    if let Some(serialization) = predicate.and_then(|it| it.get("serialization")) {
        how(reading, serialization, &at.keys(&["predicate", "serialization"]));
    } else {
        warn(reading, at.key("predicate").place(), "the statement does not say how it was hashed");
    }
    Ok(())
}

/// A name that stays inside the model's folder.
fn name(resource: &Node, at: &At) -> Result<String, Unreadable> {
    let name = text(resource, "name").unwrap_or_default();
    // `a:0:9` is the first part of the file `a`; `a:/b` lies on another drive.
    let drive = matches!(name.as_bytes(), [_, b':', b'/' | b'\\', ..]);
    let leaves = name.split(['/', '\\']).any(|part| part == "..");
    // `.` alone names the model where it is a single file.
    if name.is_empty() || name.starts_with(['/', '\\']) || drive || leaves {
        let message = format!("the name {} is no file of the model", quoted(&name));
        return Err(Unreadable::at(at.key("name").place(), message).help(REMEDY));
    }
    Ok(name)
}

fn raw(digest: &str, algorithm: &str, at: &At) -> Result<Vec<u8>, Unreadable> {
    let fault =
        |key: &str, message: String| Unreadable::at(at.key(key).place(), message).help(REMEDY);
    if algorithm.is_empty() {
        return Err(fault("algorithm", "the file names no algorithm".to_owned()));
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pairs = digest.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = pairs
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect();
    let length = |bytes: &Vec<u8>| match algorithm {
        "sha256" | "blake3" => bytes.len() == 32,
        _ => (16..=64).contains(&bytes.len()),
    };
    bytes.filter(length).ok_or_else(|| {
        fault(
            "digest",
            format!("{} is no digest of the kind {}", quoted(digest), quoted(algorithm)),
        )
    })
}

/// What the statement is about; it has to be what the manifest adds up to.
fn subject(
    reading: &mut Reading,
    statement: &Node,
    at: &At,
    ours: Sha256,
) -> Result<(), Unreadable> {
    let at = at.key("subject");
    let subjects = list(statement, "subject");
    let [subject] = subjects else {
        let message = format!("{} subjects where one model should stand", subjects.len());
        return Err(Unreadable::at(at.place(), message).help(REMEDY));
    };
    let at = at.index(0);
    fact_under(reading, "model", subject, (&at, "name"));
    let place = at.keys(&["digest", "sha256"]).place();
    let stated = subject.find(&["digest", "sha256"]).and_then(Node::scalar).unwrap_or_default();
    fact(reading, "model_digest", &ours.to_string(), place.clone());
    let agrees = stated.parse::<Sha256>().is_ok_and(|stated| stated == ours);
    let fault = (!agrees).then(|| {
        format!("the subject's digest is {}, and the files add up to {ours}", quoted(&stated))
    });
    conclude(reading, "model_signing.manifest", place, fault);
    if agrees {
        reading.claimed_subject = Some(ours.to_string());
    }
    Ok(())
}

/// How the model was hashed, and what was not.
fn how(reading: &mut Reading, serialization: &Node, at: &At) {
    for key in ["method", "hash_type", "shard_size", "allow_symlinks"] {
        fact_under(reading, key, serialization, (at, key));
    }
    fact_under(reading, "ignored", serialization, (at, "ignore_paths"));
    for (index, path) in list(serialization, "ignore_paths").iter().enumerate() {
        let path = path.scalar().unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        if !GIT.contains(&last) {
            let place = at.key("ignore_paths").index(index).place();
            warn(reading, place, format!("{} was left out and is not signed", quoted(&path)));
        }
    }
    if serialization.get("allow_symlinks") == Some(&Node::Bool(true)) {
        let place = at.key("allow_symlinks").place();
        warn(reading, place, "symbolic links were followed; what they led to may be elsewhere");
    }
}
