use super::place::Place;
use crate::fixture::*;
use countersign_store::{RowChanges, RowCounts, Snapshot};

#[tokio::test]
async fn a_snapshot_shows_one_moment_beside_a_server_that_goes_on_writing() {
    let place = Place::new();
    let store = place.open();
    store.append(events("r-1", 1, 3)).await.unwrap();
    store.append(events("r-2", 1, 1)).await.unwrap();
    let changes = RowChanges {
        releases: vec![release_row("r-1", 0)],
        models: vec![model_row("summarizer")],
        tasks: vec![(stream("r-1"), vec![task("r-1", "submit", None), task("r-1", "x", Some(9))])],
        standings: vec![(release("r-1"), vec![denied(b"weights", "production", "r-1")])],
        entries: vec![(stream("r-1"), vec![entry("r-1", 1, 0)])],
    };
    store.append(rows(changes)).await.unwrap();
    let snapshot = Snapshot::of(&place.url()).unwrap();
    store.append(events("r-3", 1, 1)).await.unwrap();

    assert_eq!(snapshot.since(0, 100).unwrap().len(), 4);
    assert_eq!(snapshot.stream(&stream("r-1")).unwrap().len(), 3);
    let first = snapshot.streams(None, 1).unwrap();
    assert_eq!(first.items, [stream("r-1")]);
    assert_eq!(snapshot.streams(first.next.as_ref(), 9).unwrap().items, [stream("r-2")]);
    let counts = RowCounts { releases: 1, models: 1, tasks: 2, standings: 1, entries: 1 };
    assert_eq!(snapshot.row_counts().unwrap(), counts);
    assert_eq!(snapshot.release_row(&release("r-1")).unwrap(), Some(release_row("r-1", 0)));
    assert_eq!(snapshot.tasks_of(&stream("r-1")).unwrap().len(), 2);
    assert_eq!(snapshot.all_tasks(None, 9).unwrap().items.len(), 2);
    assert_eq!(snapshot.entries_of(&stream("r-1")).unwrap(), [entry("r-1", 1, 0)]);
    assert_eq!(snapshot.standings_of(&release("r-1")).unwrap().len(), 1);
    assert_eq!(snapshot.all_standings(None, 9).unwrap().items.len(), 1);
    assert_eq!(
        snapshot.model_row(&model_row("summarizer").model).unwrap(),
        Some(model_row("summarizer"))
    );
}

#[test]
fn a_snapshot_of_nothing_is_refused_and_creates_nothing() {
    let place = Place::new();
    assert!(Snapshot::of(&place.url()).is_err());
    assert!(!place.path("c.db").exists());
    assert!(Snapshot::of("memory:").is_err());
}
