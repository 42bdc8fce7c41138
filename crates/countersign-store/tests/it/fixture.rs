//! Values to store. Tests state only what they care about.

use countersign_core::classification::{ChangeType, RiskTier};
use countersign_core::digest::{Sha256, TextDigest};
use countersign_core::entry::EntryKind;
use countersign_core::name::{EnvironmentName, ModelName, PersonId, ReleaseId, RoleName, StepName};
use countersign_core::rows::{
    Basis, EntryRow, Lapse, ModelRow, ReleaseRow, Standing, StandingRow, TaskRow,
};
use countersign_core::schedule::Schedule;
use countersign_core::stream::StreamId;
use countersign_core::text::Text;
use countersign_proof::{KeyName, SigningKey};
use countersign_store::{
    Append, HeadPolicy, Idempotency, NewEvent, OpenOptions, OutboxMessage, Person, RowChanges,
};
use jiff::{SignedDuration, Timestamp};

pub fn key() -> SigningKey {
    SigningKey::from_seed(KeyName::new("countersign.test/log").unwrap(), &[7; 32])
}

pub fn options() -> OpenOptions {
    OpenOptions { key: key(), head_file: None, heads: HeadPolicy::MustAgree }
}

/// Minutes after the morning on which all tests take place.
pub fn at(minutes: i64) -> Timestamp {
    let morning: Timestamp = "2026-05-11T09:00:00Z".parse().unwrap();
    morning + SignedDuration::from_mins(minutes)
}

pub fn release(id: &str) -> ReleaseId {
    ReleaseId::new(id).unwrap()
}

pub fn person(id: &str) -> PersonId {
    PersonId::new(id).unwrap()
}

pub fn role(name: &str) -> RoleName {
    RoleName::new(name).unwrap()
}

pub fn environment(name: &str) -> EnvironmentName {
    EnvironmentName::new(name).unwrap()
}

pub fn stream(id: &str) -> StreamId {
    StreamId::Release(release(id))
}

/// An event whose bytes name its place, so that an envelope reader can check it.
pub fn event(id: &str, version: u64) -> NewEvent {
    let stream = stream(id);
    let bytes = format!(r#"{{"stream":"{stream}","version":{version},"said":"so"}}"#).into_bytes();
    NewEvent { stream, version, bytes }
}

/// An append of events `from..=to` of one stream.
pub fn events(id: &str, from: u64, to: u64) -> Append {
    Append {
        expected: vec![(stream(id), from - 1)],
        events: (from..=to).map(|version| event(id, version)).collect(),
        ..Append::default()
    }
}

/// An append of rows alone.
pub fn rows(rows: RowChanges) -> Append {
    Append { rows, ..Append::default() }
}

pub fn release_row(id: &str, minutes: i64) -> ReleaseRow {
    ReleaseRow {
        release: release(id),
        model: ModelName::new("summarizer").unwrap(),
        title: format!("summarizer {id}"),
        state: "in_review".to_owned(),
        change: ChangeType::MinorUpdate,
        tier: RiskTier::Medium,
        requested_by: person("p-rivera"),
        requested_at: at(minutes),
        updated_at: at(minutes),
    }
}

pub fn model_row(name: &str) -> ModelRow {
    ModelRow {
        model: ModelName::new(name).unwrap(),
        title: format!("The {name}"),
        owner: person("p-rivera"),
        tier: RiskTier::High,
        registered_at: at(0),
    }
}

pub fn task(id: &str, key: &str, due: Option<i64>) -> TaskRow {
    TaskRow {
        subject: stream(id),
        task: key.to_owned(),
        title: format!("do {key}"),
        person: None,
        role: Some(role("ai_governance_lead")),
        due: due.map(at),
    }
}

/// Condition `number` of a release, open since so many minutes.
pub fn entry(id: &str, number: u32, minutes: i64) -> EntryRow {
    EntryRow {
        kind: EntryKind::Condition,
        id: format!("{id}/condition-{number}"),
        subject: stream(id),
        model: Some(ModelName::new("summarizer").unwrap()),
        title: format!("Condition {number}"),
        text: Some(Text::committed(text("audit fairness").digest)),
        state: "open".to_owned(),
        owner: Some(person("p-rivera")),
        role: None,
        due: Some(at(900)),
        opened_at: at(minutes),
        closed_at: None,
    }
}

pub fn denied(digest: &[u8], place: &str, id: &str) -> StandingRow {
    StandingRow {
        digest: Sha256::of(digest),
        environment: environment(place),
        release: release(id),
        standing: Standing::Denied { state: "in_review".to_owned() },
    }
}

pub fn allowed(digest: &[u8], place: &str, id: &str) -> StandingRow {
    let until = Some(Lapse { at: at(2_880), code: "confirmation.missed".to_owned() });
    let basis = Basis::Approval;
    let schedule = Schedule { not_before: Some(at(60)), not_after: Some(at(120)) };
    let deployed = false;
    let standing =
        Standing::Allowed { since: at(0), until, lease_minutes: 15, basis, schedule, deployed };
    StandingRow { standing, ..denied(digest, place, id) }
}

pub fn on_authority(digest: &[u8], place: &str, id: &str) -> StandingRow {
    let basis = Basis::VerbalAuthority;
    let (until, schedule, deployed) = (None, Schedule::default(), true);
    let standing =
        Standing::Allowed { since: at(0), until, lease_minutes: 15, basis, schedule, deployed };
    StandingRow { standing, ..denied(digest, place, id) }
}

pub fn text(text: &str) -> countersign_store::Text {
    let salt = [9; 16];
    countersign_store::Text { digest: TextDigest::commit(&salt, text), salt, text: text.to_owned() }
}

pub fn message(id: &str, minutes: i64) -> OutboxMessage {
    OutboxMessage {
        id: id.to_owned(),
        release: release("r-1"),
        step: StepName::new("notify-routing").unwrap(),
        endpoint: "routing".to_owned(),
        body: br#"{"checkpoint":"v1.4"}"#.to_vec(),
        created_at: at(0),
        next_at: at(minutes),
    }
}

pub fn request(key: &str, body: &[u8]) -> Idempotency {
    Idempotency {
        actor: person("p-rivera"),
        key: key.to_owned(),
        request: Sha256::of(body),
        response: b"done".to_vec(),
        at: at(0),
    }
}

pub fn somebody(id: &str, email: &str) -> Person {
    Person {
        id: person(id),
        name: "Ana Rivera".to_owned(),
        email: email.to_owned(),
        password_hash: Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned()),
        created_at: at(0),
        disabled_at: None,
    }
}
