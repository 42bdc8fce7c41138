//! What is checked of a release's pack beside what is checked of every pack: none of its events is
//! missing, each approval was given for what the events before it lead to, the dossier is the one
//! they lead to, every text is the one they commit to, and no evidence is missing that was not
//! purged.

use super::DOSSIER;
use crate::pack::verify::{Checked, bytes};
use crate::pack::{event_path, evidence_path};
use countersign_core::digest::{Sha256, TextDigest};
use countersign_core::dossier;
use countersign_core::event::{Envelope, Event};
use countersign_core::release::{Release, ReleaseEvent};
use countersign_core::stream::StreamId;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// Free texts with their salts, by digest.
pub const TEXTS: &str = "texts.json";

/// Checks the pack of a release in this folder, of which these files and events were found.
pub fn release(
    folder: &Path,
    found: &BTreeSet<String>,
    positions: &BTreeSet<u64>,
    checked: &mut Checked,
) -> io::Result<()> {
    let release = events(folder, positions, checked)?;
    match &release.id {
        Some(id) => checked.release = Some(id.to_string()),
        None => checked.fault("there is no event of a release"),
    }
    evidence(&release, found, checked);
    if Sha256::of(&bytes(&folder.join(DOSSIER))?) != dossier::digest(&release) {
        checked.fault(format!("{DOSSIER} is not what the events lead to"));
    }
    texts(folder, checked)
}

/// The release that the events lead to. They belong to one stream, and none before the last is
/// left out.
fn events(folder: &Path, positions: &BTreeSet<u64>, checked: &mut Checked) -> io::Result<Release> {
    let mut release = Release::default();
    let mut stream: Option<StreamId> = None;
    for position in positions {
        let path = event_path(*position);
        let envelope = match Envelope::decode(&bytes(&folder.join(&path))?) {
            Ok(envelope) => envelope,
            Err(error) => {
                checked.fault(format!("{path}: {error}"));
                continue;
            }
        };
        let of_release = matches!(envelope.stream, StreamId::Release(_));
        if !of_release || stream.get_or_insert(envelope.stream.clone()) != &envelope.stream {
            checked.fault(format!("{path} belongs to `{}`", envelope.stream));
            continue;
        }
        if envelope.version != release.version + 1 {
            let missing = release.version + 1;
            checked.fault(format!("event {missing} of the release is missing before {path}"));
        }
        if let Event::Release(event) = &envelope.event {
            release.evolve(envelope.at, &envelope.by, event);
            release.version = envelope.version;
            if let ReleaseEvent::Approved { decision } = event
                && decision.dossier != dossier::digest(&release)
            {
                checked.fault("the approval was given for another dossier");
            }
        }
    }
    Ok(release)
}

/// What was not purged is there; what was purged is told.
fn evidence(release: &Release, found: &BTreeSet<String>, checked: &mut Checked) {
    let none = !found.iter().any(|path| path.starts_with("evidence/"));
    if none && !release.unpurged().is_empty() {
        checked.remarks.push("the files of evidence were left out of this pack".to_owned());
    }
    for (id, attached) in &release.evidence {
        let one = &attached.evidence;
        if let Some(purged) = release.kept.purged.get(id) {
            checked.remarks.push(format!("{id} ({}) was purged on {}", one.name, purged.at));
        } else if !none && !found.contains(&evidence_path(&one.sha256)) {
            checked.fault(format!("{id} ({}) is missing, and was not purged", one.name));
        }
    }
}

fn texts(folder: &Path, checked: &mut Checked) -> io::Result<()> {
    #[derive(Deserialize)]
    struct Salted {
        salt: String,
        text: String,
    }
    let read = serde_json::from_slice(&bytes(&folder.join(TEXTS))?);
    let Ok::<BTreeMap<String, Salted>, _>(texts) = read else {
        checked.fault(format!("{TEXTS} cannot be read"));
        return Ok(());
    };
    for (digest, salted) in texts {
        let salt = salt_of(&salted.salt);
        let committed = salt.map(|salt| TextDigest::commit(&salt, &salted.text).0.to_string());
        if committed.as_ref() == Some(&digest) {
            checked.texts += 1;
        } else {
            checked.fault(format!("{TEXTS}: the text of {digest} was changed"));
        }
    }
    Ok(())
}

fn salt_of(hex: &str) -> Option<[u8; 16]> {
    let digits = hex.as_bytes().chunks(2).map(|two| {
        let two = std::str::from_utf8(two).ok()?;
        u8::from_str_radix(two, 16).ok()
    });
    let bytes: Option<Vec<u8>> = digits.collect();
    bytes?.try_into().ok()
}
