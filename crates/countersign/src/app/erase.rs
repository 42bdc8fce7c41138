//! Erasing a person or the texts of an event: the facts the decision needs, gathered here.

use super::load::decode;
use super::view::digests_in;
use super::{AnyCommand, App, Draft};
use crate::failure::{Doing, Failure};
use countersign_core::name::{ModelName, PersonId, ReleaseId};
use countersign_core::project::Listed as _;
use countersign_core::register::{PersonToErase, RegisterCommand, TextsToErase};
use countersign_core::stream::StreamId;
use countersign_core::text::Text;
use countersign_store::{ModelQuery, ReleaseQuery};
use std::collections::BTreeSet;

impl App {
    /// The command that erases the name and the account of a person.
    pub async fn erasing_person(
        &self,
        person: PersonId,
        draft: &mut Draft,
        reason: &str,
    ) -> Result<AnyCommand, Failure> {
        let known = self.store.person(&person).await.doing("look up a person")?;
        let erased = self.register().await?.state.erased.people.contains_key(&person);
        if known.is_none() && !erased {
            return Err(Failure::not_found("person", &person));
        }
        let owns = self.owned_by(&person).await?;
        let acted_in = self.held_records_naming(&person).await?;
        let reason = draft.text("reason", reason)?;
        let erase = PersonToErase { person, owns, acted_in, reason };
        Ok(AnyCommand::Register(RegisterCommand::ErasePerson(erase)))
    }

    /// The command that erases the free texts of one event.
    pub async fn erasing_texts(
        &self,
        (stream, version): (StreamId, u64),
        draft: &mut Draft,
        reason: &str,
    ) -> Result<AnyCommand, Failure> {
        let history = self.store.stream_after(&stream, version.saturating_sub(1)).await;
        let history = history.doing("read a stream")?;
        let found = history.first().filter(|stored| stored.version == version);
        let missing = || Failure::not_found("event", format!("{stream} {version}"));
        let envelope = decode(found.ok_or_else(missing)?)?;
        let named = digests_in(&[envelope]);
        let kept = self.store.texts(&named).await.doing("read texts")?;
        let texts = kept.into_keys().map(Text::committed).collect();
        let model = self.model_of(&stream).await?;
        let reason = draft.text("reason", reason)?;
        let erase = TextsToErase { stream, version, texts, model, reason };
        Ok(AnyCommand::Register(RegisterCommand::EraseTexts(erase)))
    }

    /// The model a history is about, where there is one.
    async fn model_of(&self, stream: &StreamId) -> Result<Option<ModelName>, Failure> {
        let entry = match stream {
            StreamId::Model(name) => return Ok(Some(name.clone())),
            StreamId::Release(id) => {
                let release = self.release(id).await?.state;
                return Ok(release.request.as_ref().map(|request| request.model.clone()));
            }
            StreamId::Incident(id) => self.incident(id).await?.state.entry(),
            StreamId::Risk(id) => self.risk(id).await?.state.entry(),
            StreamId::Sandbox(id) => self.exclusion(id).await?.state.entry(),
            StreamId::Meeting(_) | StreamId::Register => None,
        };
        Ok(entry.and_then(|row| row.model))
    }

    /// Every model and release under a hold that stands whose history names the person.
    async fn held_records_naming(
        &self,
        person: &PersonId,
    ) -> Result<BTreeSet<(ModelName, Option<ReleaseId>)>, Failure> {
        let register = self.register().await?.state;
        let mut naming = BTreeSet::new();
        for hold in register.holds.values().filter(|hold| hold.stands()) {
            let model = &hold.scope.model;
            let releases = match &hold.scope.release {
                Some(release) => vec![release.clone()],
                None => self.releases_of(model).await?,
            };
            for release in releases {
                if self.names_in(&StreamId::Release(release.clone()), person).await? {
                    naming.insert((model.clone(), Some(release)));
                }
            }
            let whole = hold.scope.release.is_none();
            if whole && self.names_in(&StreamId::Model(model.clone()), person).await? {
                naming.insert((model.clone(), None));
            }
        }
        Ok(naming)
    }

    /// Whether any event of a history names the person, as who did it or within it.
    async fn names_in(&self, stream: &StreamId, person: &PersonId) -> Result<bool, Failure> {
        let quoted = format!("\"{person}\"");
        let history = self.store.stream_after(stream, 0).await.doing("read a stream")?;
        let names = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(|it| it.contains(&quoted));
        Ok(history.iter().any(|stored| names(&stored.bytes)))
    }

    async fn releases_of(&self, model: &ModelName) -> Result<Vec<ReleaseId>, Failure> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let model = Some(model.clone());
            let query = ReleaseQuery { model, after, limit: 500, ..ReleaseQuery::default() };
            let page = self.store.releases(&query).await.doing("list releases")?;
            found.extend(page.items.into_iter().map(|row| row.release));
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(found),
            }
        }
    }

    async fn owned_by(&self, person: &PersonId) -> Result<Vec<ModelName>, Failure> {
        let (mut owned, mut after) = (Vec::new(), None);
        loop {
            let query = ModelQuery { text: None, after, limit: 500 };
            let page = self.store.models(&query).await.doing("list models")?;
            let mine = page.items.into_iter().filter(|row| &row.owner == person);
            owned.extend(mine.map(|row| row.model));
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(owned),
            }
        }
    }

    /// Revokes every token somebody held.
    pub(super) async fn revoke_tokens_of(&self, holder: &PersonId) -> Result<(), Failure> {
        let mut after: Option<String> = None;
        loop {
            let page = self.store.api_tokens(after.as_deref(), 500).await.doing("list tokens")?;
            let held = |token: &&countersign_store::ApiToken| {
                &token.holder == holder && token.revoked_at.is_none()
            };
            for token in page.items.iter().filter(held) {
                let now = self.clock.now();
                self.store.revoke_api_token(&token.id, now).await.doing("revoke a token")?;
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
}
