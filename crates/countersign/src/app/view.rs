//! A release as people see it: its state, its report by the frozen plan or the one it would get,
//! and the texts that belong to it. Every face presents this; none works anything out itself.

use super::{App, Loaded};
use crate::failure::{Doing, Failure};
use countersign_core::actor::Actor;
use countersign_core::assess::{self, GateReport};
use countersign_core::digest::TextDigest;
use countersign_core::event::Envelope;
use countersign_core::model::Model;
use countersign_core::name::{PersonId, ReleaseId};
use countersign_core::plan::GatePlan;
use countersign_core::refusal::Refusal;
use countersign_core::register::Register;
use countersign_core::release::command::Around;
use countersign_core::release::{Context, Release};
use countersign_core::stream::StreamId;
use countersign_core::text::Text;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A release with everything a face shows of it.
pub struct View {
    /// The release.
    pub release: Loaded<Release>,
    /// Its model.
    pub model: Loaded<Model>,
    /// The register now.
    pub register: Arc<Register>,
    /// The frozen plan, or the one a draft would get.
    pub plan: Option<GatePlan>,
    /// Why a draft would get no plan.
    pub no_plan: Option<Refusal>,
    /// Where it stands.
    pub report: Option<GateReport>,
    /// What happened, oldest first.
    pub timeline: Vec<Envelope>,
    /// Free texts by digest; an erased one is absent.
    pub texts: BTreeMap<TextDigest, String>,
    /// The moment it is seen at, which the report is made for.
    pub at: Timestamp,
    /// Names of people, by id.
    pub names: BTreeMap<PersonId, String>,
    /// Titles of the other releases that this one's history names.
    pub titles: BTreeMap<ReleaseId, String>,
}

impl View {
    /// A free text, or what stands in its place when it was erased.
    pub fn text(&self, text: &Text) -> &str {
        self.texts.get(&text.digest()).map_or("(this text was erased)", String::as_str)
    }

    /// A person's name, or the identifier when the person was forgotten.
    pub fn name<'a>(&'a self, person: &'a PersonId) -> &'a str {
        self.names.get(person).map_or(person.as_str(), String::as_str)
    }

    /// The title of a release that the history names, or its identifier when it has none.
    pub fn title<'a>(&'a self, release: &'a ReleaseId) -> &'a str {
        self.titles.get(release).map_or(release.as_str(), String::as_str)
    }

    /// Who can lift something that shuts the gate: identifiers with names, where they are known.
    pub fn names_in_blockers(&self) -> impl Iterator<Item = (String, String)> {
        let blockers = self.report.iter().flat_map(|report| &report.blockers);
        let people = blockers.flat_map(|blocker| &blocker.lifted_by.people);
        people.filter_map(|id| Some((id.to_string(), self.names.get(id)?.clone())))
    }
}

impl App {
    /// A release with everything a face shows of it.
    pub async fn view(&self, id: &ReleaseId) -> Result<View, Failure> {
        let release = self.release(id).await?;
        let request = release.state.request.clone();
        let request = request.ok_or_else(|| Failure::not_found("release", id))?;
        let (register, model) = (self.register().await?, self.model(&request.model).await?);
        let (plan, no_plan) = match &release.state.plan {
            Some(plan) => (Some(plan.clone()), None),
            None => match self.draft_plan(&release.state, &model.state, &register.state).await? {
                Ok(plan) => (Some(plan), None),
                Err(refusal) => (None, Some(refusal)),
            },
        };
        let timeline = self.history(&StreamId::Release(id.clone())).await?;
        let digests = digests_in(&timeline);
        let texts = self.store.texts(&digests).await.doing("read texts")?;
        let at = self.clock.now();
        let report = assess::assess(&release.state, plan.as_ref(), at);
        let report = report.zip(plan.as_ref());
        let report = report.map(|(report, plan)| report.as_of(plan, &register.state, at));
        let names = self.names().await?;
        let titles = self.titles_in(id, &timeline).await?;
        let register = register.state;
        Ok(View {
            release,
            model,
            register,
            plan,
            no_plan,
            report,
            timeline,
            texts,
            at,
            names,
            titles,
        })
    }

    /// The titles of the other releases that these events name.
    async fn titles_in(
        &self,
        own: &ReleaseId,
        timeline: &[Envelope],
    ) -> Result<BTreeMap<ReleaseId, String>, Failure> {
        let mut named = std::collections::BTreeSet::new();
        for envelope in timeline {
            let value = serde_json::to_value(&envelope.event).unwrap_or_default();
            strings(&value, &mut |text| {
                let id = text.starts_with("r-").then(|| text.parse::<ReleaseId>().ok()).flatten();
                named.extend(id.filter(|id| id != own));
            });
        }
        let mut titles = BTreeMap::new();
        for id in named {
            // Something else may look like an identifier: what is no release has no title.
            let title = self.release(&id).await?.state.request.as_ref().map(|it| it.title.clone());
            titles.extend(title.map(|title| (id, title)));
        }
        Ok(titles)
    }

    /// The plan a draft would get if it were submitted now.
    async fn draft_plan(
        &self,
        release: &Release,
        model: &Model,
        register: &Register,
    ) -> Result<Result<GatePlan, Refusal>, Failure> {
        let policy = self.policy_in_force(register).await?;
        let choice = release.request.as_ref().and_then(|request| request.runbook.as_ref());
        let runbook = match choice {
            Some(choice) => self.runbook(register, &choice.name, Some(&choice.version)).await?,
            None => None,
        };
        let actor = Actor::system();
        let context = Context {
            now: self.clock.now(),
            actor: &actor,
            model,
            policy: policy.as_ref().map(|loaded| (&loaded.reference, &*loaded.policy)),
            runbook: runbook.as_ref().map(|loaded| (&loaded.reference, &*loaded.runbook)),
            register,
            resubmitted: None,
            around: Around::default(),
            risks: &[],
        };
        Ok(context.plan(release))
    }

    /// The free texts that stand in these events, with their salts.
    pub async fn texts_in(
        &self,
        timeline: &[Envelope],
    ) -> Result<Vec<countersign_store::Text>, Failure> {
        self.store.salted_texts(&digests_in(timeline)).await.doing("read texts")
    }

    /// The names of people, by id; of an erased one, the words that stand in their place.
    pub async fn names(&self) -> Result<BTreeMap<PersonId, String>, Failure> {
        let erased = self.register().await?.state;
        let erased = erased.erased.people.keys();
        let erased = erased.map(|person| (person.clone(), format!("erased person {person}")));
        let mut names: BTreeMap<PersonId, String> = erased.collect();
        let mut after: Option<PersonId> = None;
        loop {
            let page = self.store.people(after.as_ref(), 500).await.doing("list people")?;
            names.extend(page.items.into_iter().map(|person| (person.id, person.name)));
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(names),
            }
        }
    }
}

/// Every text digest that stands in these events: texts are the only values in an event that are
/// digests under a text's own field, so all digests are asked for and the store knows which are
/// texts.
pub(crate) fn digests_in(timeline: &[Envelope]) -> Vec<TextDigest> {
    let mut found = std::collections::BTreeSet::new();
    for envelope in timeline {
        let value = serde_json::to_value(&envelope.event).unwrap_or_default();
        strings(&value, &mut |text| {
            let digest = text.starts_with("sha256:").then(|| text.parse().ok()).flatten();
            found.extend(digest.map(TextDigest));
        });
    }
    found.into_iter().collect()
}

/// Every string in a value.
fn strings(value: &serde_json::Value, found: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => found(text),
        serde_json::Value::Array(values) => values.iter().for_each(|one| strings(one, found)),
        serde_json::Value::Object(map) => map.values().for_each(|one| strings(one, found)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}
