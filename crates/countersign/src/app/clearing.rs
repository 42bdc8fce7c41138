//! Clearing: what the log says is gone goes, from the blobs, the texts and the directory.
//!
//! The order is always the same: the event first, durably, then the content. A crash between the
//! two is repaired by the next pass, because a pass reads what the log says and asks what is still
//! there. A file goes only when no evidence, no published document and no hold needs its bytes any
//! more: the same content is kept once, however often it was attached.

use super::{App, Receipt};
use crate::failure::{Doing, Failure};
use countersign_core::digest::Sha256;
use countersign_core::entry::EntryKind;
use countersign_core::name::ReleaseId;
use countersign_core::register::Register;
use countersign_core::release::Release;
use countersign_core::stream::StreamId;
use countersign_store::{EntryQuery, Which};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::RwLock;

/// How many rows are read at once.
const PAGE: u32 = 500;

/// The events after which something is to be cleared, and the one that lets go of what was held.
const CAUSES: [&str; 4] = ["evidence_purged", "person_erased", "texts_erased", "hold_lifted"];

/// Whether a pass is due, and who may not be disturbed by one.
#[derive(Debug)]
pub(super) struct Clearing {
    due: AtomicBool,
    /// Held for reading from when a file is kept until the log names it, so that a pass never
    /// takes away what somebody is just attaching anew.
    pub(super) naming: RwLock<()>,
}

impl Default for Clearing {
    fn default() -> Self {
        // What a crash left behind is found by the first pass after the start.
        Self { due: AtomicBool::new(true), naming: RwLock::new(()) }
    }
}

/// What one pass took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Files of purged evidence.
    pub files: u64,
    /// Free texts.
    pub texts: u64,
    /// People with their accounts.
    pub people: u64,
}

impl App {
    /// Clears what these events ask for. They stand in the log whatever becomes of this: when it
    /// fails, the next sweep does it.
    pub(super) async fn clear_after(&self, receipt: &Receipt) {
        if !receipt.events.iter().any(|event| CAUSES.contains(&event.as_str())) {
            return;
        }
        self.clearing.due.store(true, Ordering::SeqCst);
        if let Err(failure) = self.clear().await {
            tracing::error!(error = %failure, "what was erased in the log is not cleared yet");
        }
    }

    /// Clears everything that is due, when something is.
    pub async fn clear(&self) -> Result<Cleared, Failure> {
        if !self.clearing.due.swap(false, Ordering::SeqCst) {
            return Ok(Cleared::default());
        }
        let cleared = self.pass().await;
        if cleared.is_err() {
            self.clearing.due.store(true, Ordering::SeqCst);
        }
        cleared
    }

    async fn pass(&self) -> Result<Cleared, Failure> {
        let register = self.register().await?.state;
        let mut cleared = Cleared::default();
        for text in &register.erased.texts {
            let gone = self.store.erase_text(&text.digest()).await.doing("erase a text")?;
            cleared.texts += u64::from(gone);
        }
        for person in register.erased.people.keys() {
            self.store.end_sessions_of(person).await.doing("end sessions")?;
            self.revoke_tokens_of(person).await?;
            let gone = self.store.forget_person(person).await.doing("erase a person")?;
            cleared.people += u64::from(gone);
        }
        let _alone = self.clearing.naming.write().await;
        let purged = self.purged_and_there().await?;
        if purged.is_empty() {
            return Ok(cleared);
        }
        let needed = self.needed().await?;
        for digest in purged.difference(&needed) {
            cleared.files += u64::from(self.blobs.erase(digest).doing("erase purged evidence")?);
        }
        Ok(cleared)
    }

    /// The digests of purged evidence whose bytes are still kept.
    async fn purged_and_there(&self) -> Result<BTreeSet<Sha256>, Failure> {
        let mut there = BTreeSet::new();
        let mut after = None;
        loop {
            let (kind, which, limit) = (EntryKind::Purge, Which::Closed, PAGE);
            let query = EntryQuery { kind, which, model: None, after, limit };
            let page = self.store.entries(&query).await.doing("list purges")?;
            for row in page.items {
                let StreamId::Release(id) = &row.subject else { continue };
                for digest in purged_on(&self.release(id).await?.state) {
                    if self.blobs.exists(&digest).doing("look for purged evidence")? {
                        there.insert(digest);
                    }
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(there),
            }
        }
    }

    /// The digests of all that is not to be cleared: documents, evidence that was not purged, and
    /// evidence under a hold that stands, purged or not.
    async fn needed(&self) -> Result<BTreeSet<Sha256>, Failure> {
        let register = self.register().await?.state;
        let policies = register.policies.iter().map(|one| one.policy.sha256);
        let runbooks = register.runbooks.iter().map(|one| one.runbook.sha256);
        let mut needed: BTreeSet<Sha256> = policies.chain(runbooks).collect();
        let mut after: Option<ReleaseId> = None;
        loop {
            let page = self.store.all_release_rows(after.as_ref(), PAGE).await;
            let page = page.doing("list releases")?;
            for row in &page.items {
                let release = self.release(&row.release).await?.state;
                let held = is_held(&register, &release);
                let all = release.evidence.iter();
                let wanted = all.filter(|(id, _)| held || !release.kept.purged.contains_key(*id));
                needed.extend(wanted.map(|(_, attached)| attached.evidence.sha256));
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(needed),
            }
        }
    }
}

fn purged_on(release: &Release) -> Vec<Sha256> {
    let purged = release.kept.purged.keys().filter_map(|id| release.evidence.get(id));
    purged.map(|attached| attached.evidence.sha256).collect()
}

fn is_held(register: &Register, release: &Release) -> bool {
    let model = release.request.as_ref().map(|request| &request.model);
    !register.holding(model, release.id.as_ref()).is_empty()
}
