//! Everything there is of a release in one archive, for internal and for external audit:
//! its events with proofs that they are in the log, the signed head, the dossier, the records, the
//! texts with their salts, and the evidence. What is inside can be checked without this server
//! ([`verify`]), and read without any program: `index.html` stands on top.

mod archive;
mod page;
mod proofs;
pub mod verify;

pub use archive::{Unpacked, unpack};

use crate::api::releases::records::RecordsView;
use crate::api::releases::view::ReleaseView;
use crate::app::{App, Caller, Submission, View};
use crate::boot;
use crate::failure::{Doing, Failure};
use crate::random;
use archive::{Archive, Content, Member};
use countersign_core::digest::Sha256;
use countersign_core::name::ReleaseId;
use countersign_core::release::{Command, Release, RetentionCommand};
use countersign_core::{dossier, stream::StreamId};
use serde_json::{Value, json};
use std::fs::File;
use std::path::PathBuf;

/// Whether the files of evidence come along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// They do.
    Included,
    /// Only what the log says of them.
    LeftOut,
}

/// An archive that is ready to be sent. It is gone with its handle.
#[derive(Debug)]
pub struct Export {
    /// The name it is saved under.
    pub name: String,
    /// Its bytes.
    pub file: File,
    /// Their number.
    pub size: u64,
}

/// Exports a release. The log says first in whose name.
pub async fn export(
    app: &App,
    caller: &Caller,
    id: &ReleaseId,
    files: Files,
) -> Result<Export, Failure> {
    let command = Command::Retention(RetentionCommand::Export);
    app.execute(caller, Submission::release(id, command)).await?;
    let view = app.view(id).await?;
    let mut members = proofs::members(app, id).await?;
    members.extend(papers(app, &view).await?);
    if files == Files::Included {
        members.extend(evidence(&view.release.state));
    }
    members.push(manifest(&members));
    let (blobs, path) = (app.blobs.clone(), scratch(app));
    let write = move || -> Result<(File, u64), Failure> {
        let file = File::options().read(true).write(true).create_new(true).open(&path);
        let file = file.doing("make room for an export")?;
        // Without a name it ends with its handle, whatever happens.
        std::fs::remove_file(&path).doing("make room for an export")?;
        Archive::new(file).write(&members, &blobs)
    };
    let (file, size) = tokio::task::spawn_blocking(write).await.doing("write an export")??;
    Ok(Export { name: format!("{id}.zip"), file, size })
}

fn scratch(app: &App) -> PathBuf {
    app.config.data.join(format!(".{}", random::id("export")))
}

/// What is told about the release, for programs and for people.
async fn papers(app: &App, view: &View) -> Result<Vec<Member>, Failure> {
    let release = &*view.release.state;
    let records = RecordsView::of(app, view).await?;
    let id = release.id.as_ref().ok_or(Failure::Busy)?;
    let envelopes = app.history(&StreamId::Release(id.clone())).await?;
    let salted = app.texts_in(&envelopes).await?;
    let texts: serde_json::Map<String, Value> = salted
        .into_iter()
        .map(|one| {
            let salt: String = one.salt.iter().map(|byte| format!("{byte:02x}")).collect();
            (one.digest.0.to_string(), json!({ "salt": salt, "text": one.text }))
        })
        .collect();
    let key = boot::existing_key(&app.config.data)?;
    Ok(vec![
        Member::text("index.html", page::index(view, &records)),
        Member::text("release.json", pretty(&ReleaseView::from(view))?),
        Member::text("records.json", pretty(&records)?),
        Member::text("people.json", pretty(&view.names)?),
        Member::text("texts.json", pretty(&texts)?),
        Member::bytes("dossier.json", dossier::bytes(release)),
        Member::text("log/key", format!("{}\n", key.verifying_key())),
    ])
}

fn pretty(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).doing("write an export")
}

/// Where a piece of evidence lies in the archive.
fn place_of(release: &Release, id: &countersign_core::name::EvidenceId) -> Option<String> {
    let attached = release.evidence.get(id)?;
    Some(format!("evidence/{id}/{}", attached.evidence.name))
}

fn evidence(release: &Release) -> Vec<Member> {
    let left = release.unpurged();
    let each = left.iter().filter_map(|id| {
        let one = &release.evidence.get(id)?.evidence;
        let content = Content::Blob { digest: one.sha256, size: one.size };
        Some(Member { name: place_of(release, id)?, content })
    });
    each.collect()
}

/// The digest of every other file, in the form `sha256sum --check` reads.
fn manifest(members: &[Member]) -> Member {
    let lines = members.iter().map(|member| {
        let digest = match &member.content {
            Content::Bytes(bytes) => Sha256::of(bytes),
            Content::Blob { digest, .. } => *digest,
        };
        format!("{}  {}\n", digest.hex(), member.name)
    });
    Member::text("MANIFEST.sha256", lines.collect::<String>())
}
