//! What is checked of a release's pack beside what is checked of every pack: none of its events is
//! missing, each approval was given for what the events before it lead to, the dossier is the one
//! they lead to, every text is the one they commit to, and no evidence is missing that was not
//! purged.

use super::DOSSIER;
use super::retold::{self, Told};
use crate::app::digests_in;
use crate::pack::verify::{Checked, bytes};
use crate::pack::{TEXTS, event_path, evidence_path, texts};
use countersign_core::digest::Sha256;
use countersign_core::dossier;
use countersign_core::event::{Envelope, Event};
use countersign_core::release::{Release, ReleaseEvent};
use countersign_core::stream::StreamId;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// Checks the pack of a release in this folder, of which these files and events were found.
pub fn release(
    folder: &Path,
    found: &BTreeSet<String>,
    positions: &BTreeSet<u64>,
    checked: &mut Checked,
) -> io::Result<()> {
    let (release, timeline) = events(folder, positions, checked)?;
    match &release.id {
        Some(id) => checked.release = Some(id.to_string()),
        None => checked.fault("there is no event of a release"),
    }
    evidence(&release, found, checked);
    if Sha256::of(&bytes(&folder.join(DOSSIER))?) != dossier::digest(&release) {
        checked.fault(format!("{DOSSIER} is not what the events lead to"));
    }
    let committed = digests_in(&timeline).into_iter().collect();
    let texts = texts::check(folder, &committed, checked)?;
    checked.proved.push(format!("{DOSSIER}, {TEXTS} and evidence/, by digests in these events"));
    retold::retold(folder, Told { release, timeline, texts }, checked)
}

/// The release that the events lead to. They belong to one stream, and none before the last is
/// left out.
fn events(
    folder: &Path,
    positions: &BTreeSet<u64>,
    checked: &mut Checked,
) -> io::Result<(Release, Vec<Envelope>)> {
    let (mut release, mut timeline) = (Release::default(), Vec::new());
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
        timeline.push(envelope);
    }
    Ok((release, timeline))
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
