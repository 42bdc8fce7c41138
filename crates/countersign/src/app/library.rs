//! Published policies and runbooks: their texts live in the blob store under their digests, are
//! parsed once, and never change.

use super::App;
use crate::failure::{Doing, Failure};
use countersign_core::digest::Sha256;
use countersign_core::name::RunbookName;
use countersign_core::policy::{Policy, PolicyRef};
use countersign_core::register::Register;
use countersign_core::runbook::{Runbook, RunbookRef};
use countersign_store::Fault;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// A policy and which it is.
#[derive(Debug, Clone)]
pub struct LoadedPolicy {
    /// Which.
    pub reference: PolicyRef,
    /// The policy.
    pub policy: Arc<Policy>,
}

/// A runbook and which it is.
#[derive(Debug, Clone)]
pub struct LoadedRunbook {
    /// Which.
    pub reference: RunbookRef,
    /// The runbook.
    pub runbook: Arc<Runbook>,
}

/// Parsed documents by the digest of their text.
#[derive(Default)]
pub struct Library {
    policies: Mutex<HashMap<Sha256, Arc<Policy>>>,
    runbooks: Mutex<HashMap<Sha256, Arc<Runbook>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// The longest document accepted, in bytes.
pub const MAX_DOCUMENT: usize = 1024 * 1024;

impl App {
    /// The policy in force today on the organisation's calendar; `None` when there is none.
    pub async fn policy_in_force(
        &self,
        register: &Register,
    ) -> Result<Option<LoadedPolicy>, Failure> {
        match register.policy_in_force(self.today_for(register)) {
            Some(published) => self.policy(&published.policy).await.map(Some),
            None => Ok(None),
        }
    }

    /// Today on the calendar of this register.
    pub fn today_for(&self, register: &Register) -> jiff::civil::Date {
        let now = self.clock.now();
        register.calendar().map_or_else(
            || now.to_zoned(jiff::tz::TimeZone::UTC).date(),
            |calendar| calendar.date_at(now),
        )
    }

    /// A published policy.
    pub async fn policy(&self, reference: &PolicyRef) -> Result<LoadedPolicy, Failure> {
        let known = lock(&self.library.policies).get(&reference.sha256).cloned();
        let policy = match known {
            Some(policy) => policy,
            None => {
                let text = self.document(&reference.sha256).await?;
                let parsed = countersign_formats::policy::parse(&text);
                let policy =
                    Arc::new(parsed.policy.ok_or(Failure::Faulty {
                        what: "policy",
                        diagnostics: parsed.diagnostics,
                    })?);
                lock(&self.library.policies).insert(reference.sha256, policy.clone());
                policy
            }
        };
        Ok(LoadedPolicy { reference: reference.clone(), policy })
    }

    /// A published runbook: this version, or the latest.
    pub async fn runbook(
        &self,
        register: &Register,
        name: &RunbookName,
        version: Option<&str>,
    ) -> Result<Option<LoadedRunbook>, Failure> {
        let Some(published) = register.runbook(name, version) else { return Ok(None) };
        let reference = published.runbook.clone();
        let known = lock(&self.library.runbooks).get(&reference.sha256).cloned();
        if let Some(runbook) = known {
            return Ok(Some(LoadedRunbook { reference, runbook }));
        }
        let text = self.document(&reference.sha256).await?;
        let options = countersign_formats::runbook::Options { id: Some(reference.name.clone()) };
        let parsed = countersign_formats::runbook::parse_with(&text, &options);
        let runbook = Arc::new(
            parsed
                .runbook
                .ok_or(Failure::Faulty { what: "runbook", diagnostics: parsed.diagnostics })?,
        );
        lock(&self.library.runbooks).insert(reference.sha256, runbook.clone());
        Ok(Some(LoadedRunbook { reference, runbook }))
    }

    /// The text of a published document.
    pub async fn document(&self, digest: &Sha256) -> Result<String, Failure> {
        let bytes = self.blobs.read(digest, MAX_DOCUMENT as u64);
        let bytes = bytes
            .doing("read a published document")?
            .ok_or_else(|| Fault::plain(format!("find blob `{digest}`: restore it from a backup")));
        let bytes = bytes.doing("read a published document")?;
        String::from_utf8(bytes).doing("read a published document")
    }
}
