use super::place::Place;
use crate::fixture::*;
use countersign_store::{HeadError, OpenError, Store};
use std::fs;

async fn grow(store: &Store, id: &str, from: u64, to: u64) {
    for version in from..=to {
        store.append(events(id, version, version)).await.unwrap();
    }
}

fn refused(place: &Place) -> HeadError {
    match place.try_open() {
        Err(OpenError::Head(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// The directory with the database of an older backup and the head file of today.
async fn restored_backup() -> Place {
    let place = Place::new();
    let store = place.open();
    grow(&store, "r-1", 1, 3).await;
    drop(store);
    let backup = place.copied();
    let store = place.open();
    grow(&store, "r-1", 4, 10).await;
    drop(store);
    fs::copy(place.head_file(), backup.head_file()).unwrap();
    backup
}

#[tokio::test]
async fn a_restored_backup_that_forgot_events_is_not_opened() {
    let place = restored_backup().await;
    let error = refused(&place);
    assert!(matches!(error, HeadError::Forgot { size: 3, signed: 10, forgotten: 7, .. }));
    let text = error.to_string();
    assert!(text.contains("the database forgot 7 events"), "{text}");
    assert!(text.contains("restore a newer backup or run `countersign doctor`"), "{text}");
}

#[tokio::test]
async fn an_operator_can_give_forgotten_events_up() {
    let place = restored_backup().await;
    let store = place.accept();
    grow(&store, "r-1", 4, 4).await;
    drop(store);
    assert_eq!(place.open().head().await.unwrap().tree.size, 4);
}

#[tokio::test]
async fn an_empty_database_beside_a_head_file_is_not_opened() {
    let place = Place::new();
    grow(&place.open(), "r-1", 1, 3).await;
    fs::remove_file(place.path("c.db")).unwrap();
    let error = refused(&place);
    assert!(matches!(error, HeadError::Forgot { size: 0, signed: 3, .. }), "{error:?}");
}

#[tokio::test]
async fn a_missing_head_file_is_noticed() {
    let place = Place::new();
    grow(&place.open(), "r-1", 1, 3).await;
    fs::remove_file(place.head_file()).unwrap();
    let error = refused(&place);
    assert!(error.to_string().contains("`--accept-new-head`"), "{error}");
    drop(place.accept());
    place.open();
}

#[tokio::test]
async fn a_head_file_that_lags_behind_is_brought_up_to_date() {
    let place = Place::new();
    let store = place.open();
    grow(&store, "r-1", 1, 3).await;
    let older = fs::read(place.head_file()).unwrap();
    grow(&store, "r-1", 4, 9).await;
    drop(store);
    fs::write(place.head_file(), &older).unwrap();
    assert_eq!(place.examined().findings, []);
    let store = place.open();
    let head = store.head().await.unwrap();
    assert_eq!(fs::read(place.head_file()).unwrap(), head.checkpoint.as_bytes());
}

#[tokio::test]
async fn another_history_of_the_same_or_a_greater_length_is_not_opened() {
    let (one, other) = (Place::new(), Place::new());
    grow(&one.open(), "r-1", 1, 4).await;
    grow(&other.open(), "r-2", 1, 9).await;
    fs::copy(one.head_file(), other.head_file()).unwrap();
    let error = refused(&other);
    assert!(matches!(error, HeadError::Forked { size: 4, .. }), "{error:?}");
    let report = other.examined();
    assert!(report.findings[0].to_string().contains("another history"), "{report:?}");
}

#[tokio::test]
async fn every_byte_of_the_head_file_counts() {
    let place = Place::new();
    grow(&place.open(), "r-1", 1, 12).await;
    let good = fs::read(place.head_file()).unwrap();
    for position in 0..good.len() {
        let mut bad = good.clone();
        bad[position] ^= 0x20;
        fs::write(place.head_file(), bad).unwrap();
        refused(&place);
        assert!(!place.examined().is_sound(), "byte {position}");
    }
    for length in 0..good.len() {
        fs::write(place.head_file(), &good[..length]).unwrap();
        assert!(!place.examined().is_sound(), "{length} bytes");
    }
    fs::write(place.head_file(), good).unwrap();
    assert_eq!(place.examined().findings, []);
}

#[tokio::test]
async fn the_head_file_is_never_ahead_of_the_database() {
    let place = Place::new();
    let store = place.open();
    for version in 1..=50 {
        store.append(events("r-1", version, version)).await.unwrap();
        let head = store.head().await.unwrap();
        assert_eq!(fs::read(place.head_file()).unwrap(), head.checkpoint.as_bytes());
    }
}
