//! What is left when the process or the machine stops between two instructions: the files as they
//! are, copied while the store is writing. The tests write too little for SQLite to move pages from
//! its log into the database meanwhile, so a copy is what a crash would leave.

use super::place::Place;
use crate::fixture::*;
use countersign_core::name::ReleaseId;
use countersign_store::{Append, RowChanges, Store};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A command with three events and a row, so that half of one would show.
fn command(id: &str, turn: u64) -> Append {
    let rows = RowChanges { releases: vec![release_row(id, turn as i64)], ..RowChanges::default() };
    Append { rows, ..events(id, turn * 3 + 1, turn * 3 + 3) }
}

/// Every stream holds whole commands, and its row is the one of the last command.
async fn assert_nothing_is_half_written(store: &Store, clients: usize) -> Vec<u64> {
    let mut turns = Vec::new();
    for client in 0..clients {
        let id = format!("r-{client}");
        let events = store.stream(&stream(&id)).await.unwrap();
        assert_eq!(events.len() % 3, 0, "{id} has {} events", events.len());
        let turn = events.len() as u64 / 3;
        let row = store.release_row(&ReleaseId::new(id.clone()).unwrap()).await.unwrap();
        let expected = turn.checked_sub(1).map(|last| release_row(&id, last as i64));
        assert_eq!(row, expected, "{id}");
        turns.push(turn);
    }
    turns
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_killed_server_keeps_every_acknowledged_command_and_none_half_done() {
    const CLIENTS: usize = 8;
    let place = Place::new();
    let store = Arc::new(place.open());
    let acknowledged: Arc<Vec<AtomicU64>> =
        Arc::new((0..CLIENTS).map(|_| AtomicU64::new(0)).collect());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (store, acknowledged) = (Arc::clone(&store), Arc::clone(&acknowledged));
            tokio::spawn(async move {
                for turn in 0..20 {
                    store.append(command(&format!("r-{client}"), turn)).await.unwrap();
                    acknowledged[client].store(turn + 1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let mut crashes = Vec::new();
    while crashes.is_empty() || clients.iter().any(|client| !client.is_finished()) {
        let before: Vec<u64> =
            acknowledged.iter().map(|turns| turns.load(Ordering::SeqCst)).collect();
        crashes.push((before, place.copied()));
        tokio::task::yield_now().await;
    }
    for client in clients {
        client.await.unwrap();
    }
    for (before, crashed) in crashes.into_iter().take(20) {
        let store = crashed.open();
        let found = assert_nothing_is_half_written(&store, CLIENTS).await;
        assert!(found.iter().zip(&before).all(|(found, before)| found >= before));
        drop(store);
        assert_eq!(crashed.examined().findings, []);
    }
}

#[tokio::test]
async fn a_write_cut_off_anywhere_leaves_whole_commands() {
    let place = Place::new();
    let store = place.open();
    for turn in 0..12 {
        store.append(command("r-0", turn)).await.unwrap();
    }
    let stopped = place.copied();
    drop(store);
    let log = fs::read(stopped.path("c.db-wal")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for cut in (0..log.len()).step_by(log.len() / 60) {
        let cut_off = stopped.copied();
        fs::write(cut_off.path("c.db-wal"), &log[..cut]).unwrap();
        let _ = fs::remove_file(cut_off.path("c.db-shm"));
        if cut < log.len() / 2 {
            cut_off.try_open().unwrap_err();
        }
        let store = cut_off.accept();
        seen.extend(assert_nothing_is_half_written(&store, 1).await);
        drop(store);
        assert_eq!(cut_off.examined().findings, []);
    }
    assert!(seen.len() > 6, "the cuts fell between too few commands: {seen:?}");
}
