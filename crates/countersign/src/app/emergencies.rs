//! Emergencies of the whole installation, counted.

use super::App;
use crate::failure::{Doing, Failure};
use countersign_core::emergency_rates::{self, EmergencyRates};
use countersign_core::entry::EntryKind;
use countersign_core::name::{ModelName, PersonId};
use countersign_core::release::Release;
use countersign_core::stream::StreamId;
use countersign_store::{EntryQuery, ModelQuery, ReleaseQuery, Which};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many rows are listed at once.
const PAGE: u32 = 500;

impl App {
    /// How often each owner used emergencies.
    pub async fn emergency_rates(&self) -> Result<EmergencyRates, Failure> {
        let emergencies = self.emergencies(Which::All).await?;
        let releases = self.releases_by_owner().await?;
        Ok(emergency_rates::rates(emergencies.iter().map(|one| &**one), &releases))
    }

    /// Every release that ran, or was to run, on verbal authority.
    pub async fn emergencies(&self, which: Which) -> Result<Vec<Arc<Release>>, Failure> {
        let kind = EntryKind::Emergency;
        let mut query = EntryQuery { kind, which, model: None, after: None, limit: PAGE };
        let mut found = Vec::new();
        loop {
            let page = self.store.entries(&query).await.doing("list emergencies")?;
            for row in &page.items {
                if let StreamId::Release(id) = &row.subject {
                    found.push(self.release(id).await?.state);
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(found),
            }
        }
    }

    /// How many releases the models of each owner had.
    async fn releases_by_owner(&self) -> Result<BTreeMap<PersonId, u32>, Failure> {
        let owners = self.owners().await?;
        let mut counted = BTreeMap::new();
        let mut query = ReleaseQuery { limit: PAGE, ..ReleaseQuery::default() };
        loop {
            let page = self.store.releases(&query).await.doing("list releases")?;
            for owner in page.items.iter().filter_map(|row| owners.get(&row.model)) {
                *counted.entry(owner.clone()).or_insert(0) += 1;
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(counted),
            }
        }
    }

    async fn owners(&self) -> Result<BTreeMap<ModelName, PersonId>, Failure> {
        let mut owners = BTreeMap::new();
        let mut query = ModelQuery { limit: PAGE, ..ModelQuery::default() };
        loop {
            let page = self.store.models(&query).await.doing("list models")?;
            owners.extend(page.items.into_iter().map(|row| (row.model, row.owner)));
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(owners),
            }
        }
    }
}
