//! Attaching evidence: the file is read before it is kept, so that one that is broken or that the
//! rules do not take leaves nothing behind; it is kept before the log names it.

use super::load::decode;
use super::receive::Received;
use super::{AnyCommand, App, Caller, Precautions, Receipt, Submission};

use crate::failure::{Doing, Failure};
use countersign_core::digest::Sha256;
use countersign_core::event::Event;
use countersign_core::name::{EvidenceId, ReleaseId};
use countersign_core::reading::Reading;
use countersign_core::refusal::Refusal;
use countersign_core::release::command::Attach;
use countersign_core::release::{Command, ReleaseEvent, Target};
use countersign_core::stream::StreamId;
use countersign_formats::evidence::{self, MAX_EVIDENCE_BYTES, Upload};
use countersign_store::BlobWriter;
use std::collections::BTreeSet;

/// A file and what it is evidence for.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// On which release.
    pub release: ReleaseId,
    /// The file's name; see [`file_name`].
    pub name: String,
    /// What it is attached to.
    pub target: Target,
    /// Which parts of a packet it covers.
    pub parts: BTreeSet<String>,
    /// Whether customer examples in it are redacted.
    pub redacted: Redacted,
    /// The evidence it replaces.
    pub replaces: Option<EvidenceId>,
}

/// Whether customer examples in a file are redacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redacted {
    /// They are.
    Yes,
    /// They are not, or there are none.
    No,
}

/// Evidence that was attached.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its identifier on the release.
    pub evidence: EvidenceId,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// Their number.
    pub size: u64,
    /// The format a reader recognised.
    pub format: Option<String>,
    /// How many measurements, findings and checks were read.
    pub read: usize,
    /// What a person should see.
    pub warnings: Vec<String>,
    /// Where it landed.
    pub receipt: Receipt,
}

/// A file's name without folders and control characters.
pub fn file_name(field: &str, given: &str) -> Result<String, Failure> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|one| !one.is_control()).collect();
    let name = name.trim();
    if matches!(name, "" | "." | "..") || name.len() > 200 {
        let message = "give the file's name, 1 to 200 bytes, for example `results.json`";
        return Err(Failure::malformed(field, message));
    }
    Ok(name.to_owned())
}

impl App {
    /// Whether this file would be taken, as far as that can be said before it is received: nobody
    /// sends gigabytes to be told that he may not.
    pub async fn would_attach(
        &self,
        caller: &Caller,
        new: &NewEvidence,
        precautions: &Precautions,
    ) -> Result<(), Failure> {
        if self.was_sent_before(caller, precautions).await? {
            return Ok(());
        }
        let command = new.command(Sha256::of(b""), 0, None);
        match self.foresee(caller, &command, precautions.if_version).await {
            // What a reader will find in it is not known yet.
            Err(Failure::Refused(why)) if matches!(*why, Refusal::EvidenceNotAccepted { .. }) => {
                Ok(())
            }
            foreseen => foreseen,
        }
    }

    /// Reads a received file, keeps it, and attaches it.
    pub async fn attach(
        &self,
        caller: &Caller,
        new: NewEvidence,
        received: Received,
        precautions: Precautions,
    ) -> Result<Attachment, Failure> {
        let Received { writer, sha256, size } = received;
        // Until the log names it, nothing may take it for what nobody needs.
        let _naming = self.clearing.naming.read().await;
        let command = if self.was_sent_before(caller, &precautions).await? {
            new.command(sha256, size, None)
        } else {
            let (writer, reading) = read(writer, new.name.clone()).await?;
            let command = new.command(sha256, size, reading);
            self.foresee(caller, &command, precautions.if_version).await?;
            let keep = move || writer.finish().doing("keep a file");
            tokio::task::spawn_blocking(keep).await.doing("keep a file")??;
            command
        };
        let submission = Submission::new(command).taking(precautions);
        let receipt = self.execute(caller, submission).await?;
        self.attachment(&new.release, receipt).await
    }

    async fn was_sent_before(
        &self,
        caller: &Caller,
        precautions: &Precautions,
    ) -> Result<bool, Failure> {
        let (Some(key), Some(id)) = (&precautions.idempotency, caller.id()) else {
            return Ok(false);
        };
        let remembered = self.store.remembered(id, &key.key).await.doing("read past requests")?;
        Ok(remembered.is_some())
    }

    /// The evidence that a receipt speaks of.
    async fn attachment(
        &self,
        release: &ReleaseId,
        receipt: Receipt,
    ) -> Result<Attachment, Failure> {
        let before = receipt.version.saturating_sub(receipt.events.len() as u64);
        let stream = StreamId::Release(release.clone());
        let stored = self.store.stream_after(&stream, before).await.doing("read a stream")?;
        let mut attached = None;
        for stored in &stored {
            if let Event::Release(ReleaseEvent::EvidenceAttached { evidence }) =
                decode(stored)?.event
            {
                attached = Some(evidence.id);
                break;
            }
        }
        let state = self.release(release).await?.state;
        let found = attached.as_ref().and_then(|id| state.evidence.get(id));
        let missing = || Failure::not_found("evidence", &receipt.stream);
        let evidence = &found.ok_or_else(missing)?.evidence;
        let reading = evidence.reading.as_ref();
        Ok(Attachment {
            evidence: evidence.id.clone(),
            sha256: evidence.sha256,
            size: evidence.size,
            format: reading.map(|reading| reading.format.clone()),
            read: reading.map_or(0, Reading::len),
            warnings: remarks(reading, evidence.size),
            receipt,
        })
    }
}

impl NewEvidence {
    fn command(&self, sha256: Sha256, size: u64, reading: Option<Reading>) -> AnyCommand {
        let attach = Attach {
            sha256,
            size,
            name: self.name.clone(),
            target: self.target.clone(),
            parts: self.parts.clone(),
            redacted: self.redacted == Redacted::Yes,
            replaces: self.replaces.clone(),
            reading,
        };
        let command = Command::AttachEvidence(Box::new(attach));
        AnyCommand::Release(self.release.clone(), Box::new(command))
    }
}

/// Reads a file off the async threads. One that is larger than readers take is left unread.
async fn read(writer: BlobWriter, name: String) -> Result<(BlobWriter, Option<Reading>), Failure> {
    let reading = tokio::task::spawn_blocking(move || {
        if writer.length() > MAX_EVIDENCE_BYTES {
            return Ok((writer, None));
        }
        let bytes = writer.content(MAX_EVIDENCE_BYTES).doing("read a file that was received")?;
        let reading = evidence::read(&Upload::new(&name, &bytes)).map_err(Failure::Unreadable)?;
        Ok((writer, reading))
    });
    reading.await.doing("read a file that was received")?
}

/// What a person should see of a file.
fn remarks(reading: Option<&Reading>, size: u64) -> Vec<String> {
    match reading {
        Some(reading) => {
            let warnings = reading.warnings.iter();
            warnings.map(|one| format!("{} ({})", one.message, one.place)).collect()
        }
        None if size > MAX_EVIDENCE_BYTES => vec![format!(
            "the file is larger than the {} MiB a reader takes: it is kept, and nothing was read \
             from it, so it meets no criterion",
            MAX_EVIDENCE_BYTES / (1024 * 1024)
        )],
        None => vec![
            "no reader knows this format: the file is kept, and nothing was read from it, so it \
             meets no criterion"
                .into(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_has_no_folders_and_no_control_characters() {
        for (given, kept) in [
            ("results.json", "results.json"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\scan.sarif", "scan.sarif"),
            ("re\u{0}port\r\n.md", "report.md"),
            (" Prüfbericht.pdf ", "Prüfbericht.pdf"),
        ] {
            assert_eq!(file_name("name", given).unwrap(), kept);
        }
        for bad in ["", "..", "/", "a/..", "\u{7}", &"x".repeat(201)] {
            assert!(file_name("name", bad).is_err(), "{bad:?}");
        }
    }
}
