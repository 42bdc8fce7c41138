use super::place::Place;
use crate::fixture::*;
use countersign_core::digest::Sha256;
use countersign_proof::leaf_hash;
use countersign_store::{Append, Area, Report};
use rusqlite::Connection;
use std::fs;

/// Ten events in two streams, a text, a remembered command and a blob.
async fn sound() -> Place {
    let place = Place::new();
    let store = place.open();
    store.append(events("r-1", 1, 4)).await.unwrap();
    let more = Append {
        texts: vec![text("because")],
        idempotency: Some(request("k", b"body")),
        ..events("r-2", 1, 4)
    };
    store.append(more).await.unwrap();
    store.append(events("r-1", 5, 6)).await.unwrap();
    let mut blob = place.blobs().create().unwrap();
    blob.write(b"evaluation").unwrap();
    blob.finish().unwrap();
    place
}

/// Changes the database behind the store's back, as its owner could.
fn meddle(place: &Place, sql: &str) -> Report {
    let database = Connection::open(place.path("c.db")).unwrap();
    let triggers = "DROP TRIGGER events_are_not_updated; DROP TRIGGER events_are_not_deleted;";
    let kept = "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger'";
    let restore: String = database.query_row(kept, [], |row| row.get(0)).unwrap();
    database.execute_batch(triggers).unwrap();
    database.execute_batch(sql).unwrap();
    database.execute_batch(&restore).unwrap();
    drop(database);
    place.examined()
}

/// The places named by the first finding about an event.
fn first(report: &Report) -> (u64, String, u64) {
    let event = report.first_bad_event().unwrap_or_else(|| panic!("{report:?}"));
    let stream = event.stream.as_ref().map_or_else(String::new, ToString::to_string);
    (event.position, stream, event.version.unwrap_or(0))
}

#[tokio::test]
async fn a_sound_store_has_no_findings() {
    let report = sound().await.examined();
    assert_eq!(report.findings, []);
    assert_eq!((report.events, report.texts, report.blobs), (10, 1, 1));
    assert_eq!(report.head.unwrap().size, 10);
}

#[tokio::test]
async fn a_running_server_can_be_examined() {
    let place = Place::new();
    let store = place.open();
    store.append(events("r-1", 1, 3)).await.unwrap();
    assert_eq!(place.examined().findings, []);
    store.append(events("r-1", 4, 4)).await.unwrap();
}

/// I-08
#[tokio::test]
async fn the_first_changed_event_is_named() {
    let place = sound().await;
    let report = meddle(
        &place,
        "UPDATE events SET bytes = CAST(replace(CAST(bytes AS TEXT), 'so', 'no') AS BLOB)
         WHERE position IN (5, 8)",
    );
    assert_eq!(first(&report), (5, "release/r-2".to_owned(), 2));
    let text = report.findings[0].to_string();
    assert!(text.starts_with("log: event 5 (`release/r-2` version 2): "), "{text}");
}

/// I-08
#[tokio::test]
async fn an_event_changed_together_with_its_hash_is_found() {
    let place = sound().await;
    let forged = br#"{"stream":"release/r-2","version":2,"said":"no"}"#;
    let hash = leaf_hash(forged);
    let report = meddle(
        &place,
        &format!(
            "UPDATE events SET bytes = CAST('{}' AS BLOB), leaf_hash = x'{hash}'
             WHERE position = 5",
            String::from_utf8_lossy(forged)
        ),
    );
    assert!(report.first_bad_event().unwrap().position <= 5, "{report:?}");
    assert_eq!(report.head, None);
}

#[tokio::test]
async fn a_missing_event_is_named() {
    let report = meddle(&sound().await, "DELETE FROM events WHERE position = 6");
    assert_eq!(report.first_bad_event().unwrap().position, 6);
    let report = meddle(&sound().await, "DELETE FROM events WHERE position = 9");
    assert_eq!(report.first_bad_event().unwrap().position, 9);
}

#[tokio::test]
async fn an_event_moved_to_another_stream_is_named() {
    let sql = "UPDATE events SET stream = 'release/r-3', version = 1 WHERE position = 9";
    assert_eq!(first(&meddle(&sound().await, sql)), (9, "release/r-3".to_owned(), 1));
    let sql = "UPDATE events SET version = 9 WHERE position = 9";
    assert_eq!(first(&meddle(&sound().await, sql)), (9, "release/r-1".to_owned(), 9));
}

#[tokio::test]
async fn a_changed_head_is_found() {
    for sql in [
        "UPDATE log_head SET size = 9",
        "UPDATE log_head SET root = x'00'",
        "UPDATE log_head SET frontier = x'00'",
        "UPDATE log_head SET checkpoint = replace(checkpoint, '10', '11')",
        "DELETE FROM log_head",
    ] {
        let report = meddle(&sound().await, sql);
        assert!(report.findings.iter().any(|finding| finding.area == Area::Log), "{sql}");
    }
}

#[tokio::test]
async fn a_dropped_trigger_is_found() {
    let place = sound().await;
    let database = Connection::open(place.path("c.db")).unwrap();
    database.execute_batch("DROP TRIGGER events_are_not_updated").unwrap();
    let report = place.examined();
    let text = report.findings[0].to_string();
    assert_eq!(text, "schema: trigger `events_are_not_updated` is missing");
}

#[tokio::test]
async fn a_changed_text_or_answer_is_found() {
    let report = meddle(&sound().await, "UPDATE texts SET text = 'because of that'");
    assert_eq!(report.findings[0].area, Area::Texts);
    let report = meddle(&sound().await, "UPDATE requests SET response = x'00'");
    assert_eq!(report.findings[0].area, Area::Requests);
}

#[tokio::test]
async fn an_erased_text_is_no_finding() {
    let place = sound().await;
    place.open().erase_text(&text("because").digest).await.unwrap();
    assert_eq!(place.examined().findings, []);
}

#[tokio::test]
async fn every_byte_of_a_blob_counts() {
    let place = sound().await;
    let hex = Sha256::of(b"evaluation").hex();
    let path = place.path("blobs/sha256").join(&hex[..2]).join(&hex[2..]);
    let good = fs::read(&path).unwrap();
    for position in 0..good.len() {
        let mut bad = good.clone();
        bad[position] ^= 1;
        fs::write(&path, bad).unwrap();
        let findings = place.examined().findings;
        assert_eq!((findings.len(), findings[0].area), (1, Area::Blobs), "byte {position}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_a_finding() {
    let place = sound().await;
    let good = fs::read(place.path("c.db")).unwrap();
    fs::write(place.path("c.db"), b"not a database at all, but long enough to be read").unwrap();
    assert_eq!(place.examined().findings[0].area, Area::Database);
    for length in [0, 1, 100, 4_096, good.len() / 2] {
        fs::write(place.path("c.db"), &good[..length]).unwrap();
        assert!(!place.examined().is_sound(), "{length} bytes");
    }
    fs::remove_file(place.path("c.db")).unwrap();
    assert_eq!(place.examined().findings[0].area, Area::Database);
}
