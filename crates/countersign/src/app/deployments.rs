//! The deployment log across releases: rows find them, and each record is worked out from its
//! release.

use super::App;
use crate::failure::{Doing, Failure};
use countersign_core::deployment_log::{DeploymentRecord, deployment_log};
use countersign_core::digest::TextDigest;
use countersign_core::entry::EntryKind;
use countersign_core::name::{EnvironmentName, ModelName};
use countersign_core::rows::EntryRow;
use countersign_core::stream::StreamId;
use countersign_store::{EntryCursor, EntryQuery, Which};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How many rows are read at once while some of them are passed over.
const PAGE: u32 = 200;

/// Which deployments.
#[derive(Debug, Clone, Default)]
pub struct DeploymentQuery {
    /// Of this model only.
    pub model: Option<ModelName>,
    /// To this environment only.
    pub environment: Option<EnvironmentName>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
    /// Where the page before ended.
    pub after: Option<EntryCursor>,
    /// How many.
    pub limit: usize,
}

/// A page of the log, the newest first.
pub struct DeploymentPage {
    /// The records.
    pub records: Vec<DeploymentRecord>,
    /// What changed with each, by digest; an erased text is absent.
    pub texts: BTreeMap<TextDigest, String>,
    /// Where the next page goes on; `None` on the last.
    pub next: Option<EntryCursor>,
}

impl App {
    /// A page of the deployment log.
    pub async fn deployments(&self, wanted: &DeploymentQuery) -> Result<DeploymentPage, Failure> {
        let (mut records, mut more) = (Vec::new(), false);
        let mut query = EntryQuery {
            kind: EntryKind::Deployment,
            which: Which::All,
            model: wanted.model.clone(),
            after: wanted.after.clone(),
            limit: PAGE,
        };
        let mut last = None;
        'pages: loop {
            let page = self.store.entries(&query).await.doing("list deployments")?;
            for row in &page.items {
                if wanted.from.is_some_and(|from| row.opened_at < from) {
                    break 'pages;
                }
                let Some(record) = self.deployment(row, wanted).await? else { continue };
                if records.len() == wanted.limit {
                    more = true;
                    break 'pages;
                }
                last = Some(EntryCursor { opened_at: row.opened_at, id: row.id.clone() });
                records.push(record);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        let digests: Vec<TextDigest> = records.iter().map(|one| one.summary.digest()).collect();
        let texts = self.store.texts(&digests).await.doing("read texts")?;
        Ok(DeploymentPage { records, texts, next: last.filter(|_| more) })
    }

    /// The record a row stands for, when it is one of those that are wanted.
    async fn deployment(
        &self,
        row: &EntryRow,
        wanted: &DeploymentQuery,
    ) -> Result<Option<DeploymentRecord>, Failure> {
        let StreamId::Release(id) = &row.subject else { return Ok(None) };
        if wanted.to.is_some_and(|to| row.opened_at >= to) {
            return Ok(None);
        }
        let release = self.release(id).await?.state;
        let record = deployment_log(&release).into_iter().find(|record| record.id == row.id);
        Ok(record.filter(|record| {
            wanted.environment.as_ref().is_none_or(|place| &record.environment == place)
        }))
    }
}
