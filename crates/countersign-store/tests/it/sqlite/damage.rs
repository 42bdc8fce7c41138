//! One byte changed anywhere in the database is harmless to every stored fact or found.

use super::place::Place;
use crate::fixture::*;
use countersign_core::digest::Sha256;
use countersign_core::entry::EntryKind;
use countersign_store::{
    ApiToken, Append, EntryQuery, ReleaseQuery, Report, RowChanges, Session, Setting, SetupLink,
    Store, TaskQuery, WebhookEndpoint, Which,
};
use std::fmt::Write as _;
use std::fs;

const EVENTS: u64 = 100;

async fn filled(place: &Place) {
    let store = place.open();
    for turn in 0..EVENTS / 4 {
        let id = format!("r-{turn}");
        let rows = RowChanges {
            releases: vec![release_row(&id, turn as i64)],
            models: vec![model_row("summarizer")],
            tasks: vec![(stream(&id), vec![task(&id, "step/a", Some(3)), task(&id, "b", None)])],
            standings: vec![(release(&id), vec![allowed(id.as_bytes(), "production", &id)])],
            entries: vec![(stream(&id), vec![entry(&id, 1, 0)])],
        };
        let append = Append {
            texts: vec![text(&format!("because of {id}"))],
            rows,
            outbox: vec![message(&format!("m-{turn}"), turn as i64)],
            idempotency: Some(request(&id, id.as_bytes())),
            ..events(&id, 1, 4)
        };
        store.append(append).await.unwrap();
    }
    let ana = somebody("p-1", "ana@example.org");
    store.add_person(&ana).await.unwrap();
    let (created_at, expires_at) = (at(0), at(60));
    let (token, csrf) = (Sha256::of(b"session"), "csrf".to_owned());
    let session = Session { token, person: ana.id.clone(), csrf, created_at, expires_at };
    store.add_session(&session).await.unwrap();
    let link = SetupLink { token, person: None, created_at, expires_at };
    store.add_setup_link(&link).await.unwrap();
    store.add_api_token(&api_token()).await.unwrap();
    store.put_endpoint(&endpoint()).await.unwrap();
    let (key, value) = ("zone".to_owned(), "UTC".to_owned());
    let setting = Setting { key, value, updated_at: at(0), updated_by: ana.id };
    store.put_setting(&setting).await.unwrap();
}

fn api_token() -> ApiToken {
    ApiToken {
        id: "t-1".to_owned(),
        token: Sha256::of(b"token"),
        name: "nightly".to_owned(),
        holder: person("m-pipeline"),
        scopes: vec!["evidence:attach".to_owned()],
        created_by: person("p-1"),
        created_at: at(0),
        expires_at: None,
        last_used_at: Some(at(1)),
        revoked_at: None,
    }
}

fn endpoint() -> WebhookEndpoint {
    WebhookEndpoint {
        name: "routing".to_owned(),
        url: "https://routing.example.org/hook".to_owned(),
        headers: vec![("X-Team".to_owned(), "platform".to_owned())],
        body_template: None,
        success_condition: None,
        secret: "whsec_c2VjcmV0".to_owned(),
        allow_private: false,
        events: Vec::new(),
        updated_at: at(0),
        updated_by: person("p-1"),
    }
}

/// Every fact that `doctor` vouches for, as text.
async fn facts(store: &Store) -> String {
    let mut facts = String::new();
    let _ = write!(facts, "{:?}", store.head().await);
    let _ = write!(facts, "{:?}", store.since(0, 1_000).await);
    let _ = write!(facts, "{:?}", store.people(None, 10).await);
    let _ = write!(facts, "{:?}", store.session(&Sha256::of(b"session")).await);
    let _ = write!(facts, "{:?}", store.setup_link(&Sha256::of(b"session")).await);
    let _ = write!(facts, "{:?}", store.api_tokens(None, 10).await);
    let _ = write!(facts, "{:?}", store.api_token(&Sha256::of(b"token")).await);
    let _ = write!(facts, "{:?}", store.endpoints(None, 10).await);
    let _ = write!(facts, "{:?}", store.settings(None, 10).await);
    let _ = write!(facts, "{:?}", store.outbox_due(at(1_000), 1_000).await);
    let _ = write!(facts, "{:?}", store.deliveries(&release("r-1")).await);
    for turn in 0..EVENTS / 4 {
        let id = format!("r-{turn}");
        let because = text(&format!("because of {id}")).digest;
        let _ = write!(facts, "{:?}", store.stream(&stream(&id)).await);
        let _ = write!(facts, "{:?}", store.texts(&[because]).await);
        let _ = write!(facts, "{:?}", store.remembered(&person("p-rivera"), &id).await);
    }
    facts
}

/// Every read row, as text: what `doctor --replay` compares with the fold.
async fn rows_of(store: &Store) -> String {
    let mut rows = String::new();
    let all = ReleaseQuery { limit: 1_000, ..ReleaseQuery::default() };
    let roles = vec![role("ai_governance_lead")];
    let waiting = TaskQuery { roles, limit: 1_000, ..TaskQuery::default() };
    let _ = write!(rows, "{:?}", store.releases(&all).await);
    let _ = write!(rows, "{:?}", store.all_release_rows(None, 1_000).await);
    let _ = write!(rows, "{:?}", store.models(&Default::default()).await);
    let _ = write!(rows, "{:?}", store.tasks(&waiting).await);
    let _ = write!(rows, "{:?}", store.all_tasks(None, 1_000).await);
    let (kind, which) = (EntryKind::Condition, Which::All);
    let every = EntryQuery { kind, which, model: None, after: None, limit: 1_000 };
    let _ = write!(rows, "{:?}", store.entries(&every).await);
    let _ = write!(rows, "{:?}", store.all_standing_rows(None, 1_000).await);
    rows
}

/// The same positions each time: a small generator (splitmix64) with a fixed seed.
fn positions(length: usize, count: usize) -> Vec<(usize, u8)> {
    let mut state = 0x5eed_u64;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let header = (0..100).map(|position| (position, 1));
    let anywhere = (0..count).map(|_| {
        let drawn = next();
        let change = (drawn >> 56) as u8;
        ((drawn % length as u64) as usize, change.max(1))
    });
    header.chain(anywhere.collect::<Vec<_>>()).collect()
}

/// What became of one damaged copy.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    found: usize,
    harmless: usize,
    left_to_replay: usize,
}

/// The database as it was, and what is in it.
struct Original {
    place: Place,
    bytes: Vec<u8>,
    events: Vec<EventRow>,
    facts: String,
    rows: String,
}

type EventRow = (u64, String, u64, Vec<u8>, Vec<u8>);

fn event_rows(place: &Place) -> rusqlite::Result<Vec<EventRow>> {
    let database = rusqlite::Connection::open(place.path("c.db"))?;
    let sql = "SELECT position, stream, version, bytes, leaf_hash FROM events ORDER BY position";
    let mut statement = database.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
    })?;
    rows.collect()
}

impl Original {
    async fn make() -> Self {
        let place = Place::new();
        filled(&place).await;
        let store = place.open();
        let (facts, rows) = (facts(&store).await, rows_of(&store).await);
        drop(store);
        assert_eq!(place.examined().findings, []);
        let bytes = fs::read(place.path("c.db")).unwrap();
        let events = event_rows(&place).unwrap();
        Self { place, bytes, events, facts, rows }
    }

    async fn damage(&self, position: usize, change: u8, tally: &mut Tally) {
        let damaged = Place::new();
        let mut bytes = self.bytes.clone();
        bytes[position] ^= change;
        fs::write(damaged.path("c.db"), bytes).unwrap();
        fs::copy(self.place.head_file(), damaged.head_file()).unwrap();
        let report = damaged.examined();
        if !report.is_sound() {
            tally.found += 1;
            self.assert_first_bad_event_named(&damaged, &report);
            return;
        }
        let store = damaged.open();
        let facts = facts(&store).await;
        assert!(facts == self.facts, "byte {position} ^ {change:#04x} changed a fact unnoticed");
        match rows_of(&store).await == self.rows {
            true => tally.harmless += 1,
            false => tally.left_to_replay += 1,
        }
    }

    /// If the events can still be read and differ, the report names the first that does.
    fn assert_first_bad_event_named(&self, damaged: &Place, report: &Report) {
        let Ok(events) = event_rows(damaged) else { return };
        let first = self.events.iter().zip(&events).position(|(was, is)| was != is);
        let Some(first) = first else { return };
        let named = report.first_bad_event().map(|event| event.position);
        assert_eq!(named, Some(first as u64), "{:#?}", report.findings);
    }
}

/// I-08
#[tokio::test]
async fn a_changed_byte_is_harmless_or_found() {
    const THREADS: usize = 8;
    let original = Original::make().await;
    let positions = positions(original.bytes.len(), 400);
    let tallies = std::thread::scope(|scope| {
        let work = positions.chunks(positions.len().div_ceil(THREADS)).map(|share| {
            let original = &original;
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                let mut tally = Tally::default();
                for (position, change) in share {
                    runtime.block_on(original.damage(*position, *change, &mut tally));
                }
                tally
            })
        });
        let running: Vec<_> = work.collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    let found: usize = tallies.iter().map(|tally| tally.found).sum();
    println!("{tallies:?}");
    assert!(found > 100, "only {found} found");
}
