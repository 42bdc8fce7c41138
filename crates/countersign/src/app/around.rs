//! Other releases that a decision has to see: those on the same digests, the one a rollback goes
//! back to, and those of a model that is retired.

use super::{App, Loaded};
use crate::failure::{Doing, Failure};
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::project;
use countersign_core::release::command::{Around, LooksAround};
use countersign_core::release::{Command, Release, Request};
use countersign_core::rows::StandingRow;
use countersign_core::stream::StreamId;
use countersign_store::ReleaseQuery;
use std::collections::{BTreeMap, BTreeSet};

/// How many releases are listed at once.
const PAGE: u32 = 500;

/// The releases that were looked at, in the versions that were seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    releases: BTreeMap<ReleaseId, Loaded<Release>>,
    standings: Vec<StandingRow>,
    target: Option<ReleaseId>,
}

impl Seen {
    /// The releases.
    pub(super) fn releases(&self) -> Vec<&Release> {
        self.releases.values().map(|one| &*one.state).collect()
    }

    /// What a decision sees of them.
    pub(super) fn around<'a>(&'a self, siblings: &'a [&'a Release]) -> Around<'a> {
        let target = self.target.as_ref().and_then(|id| self.releases.get(id));
        let target = target.map(|loaded| &*loaded.state);
        Around { standings: &self.standings, target, siblings }
    }

    /// The versions the decision rests on: when one of them changed, it is made anew.
    pub(super) fn expected(&self) -> impl Iterator<Item = (StreamId, u64)> {
        self.releases.iter().map(|(id, loaded)| (StreamId::Release(id.clone()), loaded.version))
    }
}

impl App {
    /// Gathers what this command has to see.
    pub(super) async fn seen(
        &self,
        release: &Release,
        command: &Command,
        request: &Request,
    ) -> Result<Seen, Failure> {
        let mut seen = Seen::default();
        match command.looks_around(request) {
            LooksAround::AtNothing => {}
            LooksAround::AtDigests => self.see_digests(release, release, &mut seen).await?,
            LooksAround::AtTarget(id) => {
                let target = self.release(&id).await?;
                self.see_digests(&target.state, release, &mut seen).await?;
                seen.target = Some(id.clone());
                seen.releases.insert(id, target);
            }
            LooksAround::AtModel => self.see_model(&request.model, release, &mut seen).await?,
        }
        Ok(seen)
    }

    /// Where releases other than `release` stand on the digests of `named`.
    async fn see_digests(
        &self,
        named: &Release,
        release: &Release,
        seen: &mut Seen,
    ) -> Result<(), Failure> {
        let mut others = BTreeSet::new();
        for artifact in &named.artifacts {
            let rows = self.store.standings(&artifact.digest).await.doing("look up a digest")?;
            others.extend(rows.into_iter().map(|row| row.release));
        }
        for id in others.into_iter().filter(|id| release.id.as_ref() != Some(id)) {
            let loaded = self.release(&id).await?;
            seen.standings.extend(project::standings(&loaded.state));
            seen.releases.insert(id, loaded);
        }
        Ok(())
    }

    /// Every other release of a model.
    async fn see_model(
        &self,
        model: &ModelName,
        release: &Release,
        seen: &mut Seen,
    ) -> Result<(), Failure> {
        let model = Some(model.clone());
        let mut query = ReleaseQuery { model, limit: PAGE, ..ReleaseQuery::default() };
        loop {
            let page = self.store.releases(&query).await.doing("list releases")?;
            for row in page.items.iter().filter(|row| release.id.as_ref() != Some(&row.release)) {
                let loaded = self.release(&row.release).await?;
                seen.releases.insert(row.release.clone(), loaded);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }
}
