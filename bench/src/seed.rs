//! Many approved releases in little time.
//!
//! A release that really went its whole way has some thirty events, and a million of them would
//! take hours. Here each release has its first event only, as the rules would write it, and the
//! read rows of one that was approved. Both go through the store's own append, so the log, its
//! tree and its signed heads are as they always are. Only `doctor --replay` would object.
//!
//! A release is asked for every second. Digests are spread like real ones, but are inserted in
//! their order: that fills their index in a fraction of the time.

use crate::failure::{Failure, Told};
use crate::installation::MODEL;
use countersign::random::timed_id;
use countersign_core::actor::Who;
use countersign_core::classification::{ArtifactKind, ChangeType, RiskTier};
use countersign_core::digest::Sha256;
use countersign_core::event::{Envelope, Event};
use countersign_core::name::{EnvironmentName, ModelName, PersonId, ReleaseId};
use countersign_core::release::{Artifact, ReleaseEvent, Request};
use countersign_core::rows::{Basis, ReleaseRow, Standing, StandingRow, TaskRow};
use countersign_core::schedule::Schedule;
use countersign_core::stream::StreamId;
use countersign_core::text::Text;
use countersign_store::{Append, NewEvent, RowChanges, Store};
use jiff::{SignedDuration, Timestamp};
use std::ops::Range;

/// How many releases are stored at once.
const BATCH: usize = 2_000;

/// The digest of the artifact with this number.
pub fn digest(number: u64) -> Sha256 {
    Sha256::of(format!("artifact {number}").as_bytes())
}

/// Stores approved releases with these numbers.
pub async fn approved(store: &Store, owner: &PersonId, new: Range<u64>) -> Result<(), Failure> {
    let maker = Maker::new(owner)?;
    let mut digests: Vec<Sha256> = new.clone().map(digest).collect();
    digests.sort_unstable();
    let all: Vec<(u64, Sha256)> = new.zip(digests).collect();
    for releases in all.chunks(BATCH) {
        let mut append = Append::default();
        for (number, digest) in releases {
            let second = i64::try_from(*number).told("count seconds")?;
            let at = maker.begin.checked_add(SignedDuration::from_secs(second));
            let at = at.told("count seconds")?;
            let id = ReleaseId::new(timed_id("r", at)).told("name a release")?;
            maker.add(&mut append, id, *digest, at)?;
        }
        store.append(append).await.told("store releases")?;
    }
    Ok(())
}

/// What all these releases have in common.
struct Maker {
    begin: Timestamp,
    model: ModelName,
    owner: PersonId,
    production: EnvironmentName,
    summary: Text,
}

impl Maker {
    fn new(owner: &PersonId) -> Result<Self, Failure> {
        Ok(Self {
            begin: Timestamp::from_second(1_767_225_600).told("begin in 2026")?,
            model: ModelName::new(MODEL).told("name a model")?,
            owner: owner.clone(),
            production: EnvironmentName::new("production").told("name an environment")?,
            summary: Text::new(&[7; 16], "tuned on the tickets of last quarter").told("say why")?,
        })
    }

    fn add(
        &self,
        append: &mut Append,
        id: ReleaseId,
        digest: Sha256,
        at: Timestamp,
    ) -> Result<(), Failure> {
        let request = Request {
            model: self.model.clone(),
            title: format!("summarizer {id}"),
            change: ChangeType::MinorUpdate,
            tier: RiskTier::Medium,
            summary: self.summary,
            environments: [self.production.clone()].into(),
            regions: [].into(),
            traits: [].into(),
            runbook: None,
            resubmits: None,
            schedule: Schedule::default(),
            override_reason: None,
        };
        self.add_rows(&mut append.rows, &id, digest, at);
        let artifact = Artifact { name: "adapter".into(), kind: ArtifactKind::Adapter, digest };
        let stream = StreamId::Release(id.clone());
        let event =
            ReleaseEvent::Requested { id, request: Box::new(request), artifacts: vec![artifact] };
        let by = Who::Person(self.owner.clone());
        let event = Event::Release(event);
        let envelope = Envelope { v: 1, stream: stream.clone(), version: 1, at, by, event };
        let bytes = envelope.encode().told("encode an event")?;
        append.events.push(NewEvent { stream, version: 1, bytes });
        Ok(())
    }

    /// The rows of a release that was approved and has to be deployed next.
    fn add_rows(&self, rows: &mut RowChanges, id: &ReleaseId, digest: Sha256, at: Timestamp) {
        rows.releases.push(ReleaseRow {
            release: id.clone(),
            model: self.model.clone(),
            title: format!("summarizer {id}"),
            state: "approved".into(),
            change: ChangeType::MinorUpdate,
            tier: RiskTier::Medium,
            requested_by: self.owner.clone(),
            requested_at: at,
            updated_at: at,
        });
        let subject = StreamId::Release(id.clone());
        let task = TaskRow {
            subject: subject.clone(),
            task: "deploy/production".into(),
            title: "Deploy to production".into(),
            person: Some(self.owner.clone()),
            role: None,
            due: None,
        };
        rows.tasks.push((subject, vec![task]));
        let standing = Standing::Allowed {
            since: at,
            until: None,
            lease_minutes: 15,
            basis: Basis::Approval,
            schedule: Schedule::default(),
            deployed: false,
        };
        let environment = self.production.clone();
        let row = StandingRow { digest, environment, release: id.clone(), standing };
        rows.standings.push((id.clone(), vec![row]));
    }
}
