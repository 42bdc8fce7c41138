//! `texts.json` of a pack: free texts with their salts, so that each can be held against the digest
//! that stands in an event.

use super::TEXTS;
use super::verify::{Checked, bytes};
use countersign_core::digest::TextDigest;
use countersign_store::Text;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// The file's content.
pub(super) fn told(salted: Vec<Text>) -> Map<String, Value> {
    let one = |one: Text| {
        let salt: String = one.salt.iter().map(|byte| format!("{byte:02x}")).collect();
        (one.digest.0.to_string(), json!({ "salt": salt, "text": one.text }))
    };
    salted.into_iter().map(one).collect()
}

/// The texts of the pack in this folder, each of which one of these digests commits to.
pub(super) fn check(
    folder: &Path,
    committed: &BTreeSet<TextDigest>,
    checked: &mut Checked,
) -> io::Result<BTreeMap<TextDigest, String>> {
    #[derive(Deserialize)]
    struct Salted {
        salt: String,
        text: String,
    }
    let mut known = BTreeMap::new();
    let read = serde_json::from_slice(&bytes(&folder.join(TEXTS))?);
    let Ok::<BTreeMap<String, Salted>, _>(texts) = read else {
        checked.fault(format!("{TEXTS} cannot be read"));
        return Ok(known);
    };
    for (digest, salted) in texts {
        let opened = salt_of(&salted.salt).map(|salt| TextDigest::commit(&salt, &salted.text));
        match opened.filter(|opened| opened.0.to_string() == digest) {
            None => checked.fault(format!("{TEXTS}: the text of {digest} was changed")),
            Some(opened) if !committed.contains(&opened) => {
                checked.fault(format!("{TEXTS}: no event commits to the text of {digest}"));
            }
            Some(opened) => {
                checked.texts += 1;
                known.insert(opened, salted.text);
            }
        }
    }
    Ok(known)
}

fn salt_of(hex: &str) -> Option<[u8; 16]> {
    let digits = hex.as_bytes().chunks(2).map(|two| {
        let two = std::str::from_utf8(two).ok()?;
        u8::from_str_radix(two, 16).ok()
    });
    let bytes: Option<Vec<u8>> = digits.collect();
    bytes?.try_into().ok()
}
