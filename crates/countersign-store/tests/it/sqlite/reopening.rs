use super::place::Place;
use crate::fixture::*;
use countersign_proof::{KeyName, SigningKey};
use countersign_store::{Append, HeadPolicy, OpenError, OpenOptions, open};
use rusqlite::Connection;

#[tokio::test]
async fn everything_stored_is_there_after_a_restart() {
    let place = Place::new();
    let store = place.open();
    store.append(events("r-1", 1, 3)).await.unwrap();
    store.add_person(&somebody("p-1", "ana@example.org")).await.unwrap();
    let head = store.head().await.unwrap();
    drop(store);
    let store = place.open();
    assert_eq!(store.head().await.unwrap(), head);
    assert_eq!(store.append(events("r-1", 4, 4)).await.unwrap().positions, 3..4);
    assert!(store.person(&person("p-1")).await.unwrap().is_some());
}

#[tokio::test]
async fn a_clean_end_leaves_one_complete_file() {
    let place = Place::new();
    let store = place.open();
    store.append(events("r-1", 1, 3)).await.unwrap();
    drop(store);
    let left = std::fs::metadata(place.path("c.db-wal")).map_or(0, |file| file.len());
    assert_eq!(left, 0);
}

#[test]
fn a_second_server_is_kept_out() {
    let place = Place::new();
    let first = place.open();
    let error = place.try_open().unwrap_err();
    assert!(matches!(error, OpenError::InUse { .. }), "{error:?}");
    assert!(error.to_string().contains("stop that server first"), "{error}");
    drop(first);
    place.open();
}

#[test]
fn a_store_that_is_none_is_refused() {
    for url in ["postgres://host/db", "sqlite:", "file.db"] {
        let error = open(url, options()).unwrap_err();
        assert!(error.to_string().contains("write `sqlite:PATH` or `memory:`"), "{error}");
    }
    let missing = open("sqlite:/nowhere/at/all/c.db", options()).unwrap_err();
    assert!(missing.to_string().contains("/nowhere/at/all/c.db"), "{missing}");
}

#[tokio::test]
async fn a_log_is_continued_only_with_its_own_key() {
    let place = Place::new();
    place.open().append(events("r-1", 1, 1)).await.unwrap();
    for (name, seed) in [("countersign.test/log", [8; 32]), ("other.test/log", [7; 32])] {
        let key = SigningKey::from_seed(KeyName::new(name).unwrap(), &seed);
        let other = OpenOptions { key, head_file: None, heads: HeadPolicy::AcceptDatabase };
        let error = open(&place.url(), other).unwrap_err();
        assert!(error.to_string().contains("not signed by key"), "{error}");
    }
}

#[tokio::test]
async fn an_event_can_be_neither_changed_nor_deleted() {
    let place = Place::new();
    place.open().append(events("r-1", 1, 1)).await.unwrap();
    let database = Connection::open(place.path("c.db")).unwrap();
    for (sql, refusal) in [
        ("UPDATE events SET bytes = x'00'", "an event is never changed"),
        ("DELETE FROM events", "an event is never deleted"),
    ] {
        let error = database.execute(sql, []).unwrap_err();
        assert!(error.to_string().contains(refusal), "{error}");
    }
}

#[tokio::test]
async fn a_long_log_opens_from_its_last_mark() {
    let place = Place::new();
    let store = place.open();
    for first in (1..=2_500).step_by(100) {
        store.append(events("r-1", first, first + 99)).await.unwrap();
    }
    drop(store);
    let database = Connection::open(place.path("c.db")).unwrap();
    let marks: u64 =
        database.query_row("SELECT count(*) FROM log_marks", [], |row| row.get(0)).unwrap();
    assert_eq!(marks, 2);
    drop(database);
    assert_eq!(place.open().head().await.unwrap().tree.size, 2_500);
    assert_eq!(place.examined().findings, []);
}

fn holds(place: &Place, words: &str) -> bool {
    let files =
        ["c.db", "c.db-wal"].map(|name| std::fs::read(place.path(name)).unwrap_or_default());
    files.iter().any(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes()))
}

#[tokio::test]
async fn what_was_erased_is_gone_from_the_file() {
    let place = Place::new();
    let store = place.open();
    let reason = text("she asked not to be named here");
    let texts = vec![reason.clone()];
    store.append(Append { texts, ..events("r-1", 1, 1) }).await.unwrap();
    store.add_person(&somebody("p-1", "ana.rivera@example.org")).await.unwrap();
    drop(store);
    assert!(holds(&place, "not to be named") && holds(&place, "ana.rivera@"));

    let store = place.open();
    assert!(store.erase_text(&reason.digest).await.unwrap());
    assert!(store.forget_person(&person("p-1")).await.unwrap());
    drop(store);
    assert!(!holds(&place, "not to be named") && !holds(&place, "ana.rivera@"));
}
