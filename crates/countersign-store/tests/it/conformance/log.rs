use crate::fixture::*;
use countersign_core::digest::Sha256;
use countersign_core::name::PersonId;
use countersign_proof::{Checkpoint, Frontier, LogAudit, leaf_hash};
use countersign_store::{Append, AppendError, Idempotency, MAX_EVENT_BYTES, RowChanges, Store};
use std::collections::BTreeSet;
use std::ops::Range;

async fn append(store: &Store, append: Append) -> Range<u64> {
    store.append(append).await.unwrap().positions
}

/// Reads the whole log and checks it against its head.
async fn audited(store: &Store) -> u64 {
    let head = store.head().await.unwrap();
    let events = store.since(0, 1_000).await.unwrap();
    let leaves = store.leaf_hashes(0, 1_000).await.unwrap();
    let mut audit = LogAudit::new(key().verifying_key().clone());
    audit.expect_checkpoint(head.checkpoint.as_bytes()).unwrap();
    for (event, leaf) in events.iter().zip(leaves) {
        audit.feed(event.position, &event.bytes, leaf).unwrap();
    }
    audit.finish(head.tree).unwrap().signed
}

/// I-08
pub async fn a_new_log_has_a_signed_head(store: &Store) {
    let head = store.head().await.unwrap();
    assert_eq!(head.tree, Frontier::new().head());
    let signed = Checkpoint::open(head.checkpoint.as_bytes(), key().verifying_key()).unwrap();
    assert_eq!(signed.head(), head.tree);
}

pub async fn events_come_back_in_order_by_stream_and_by_position(store: &Store) {
    assert_eq!(append(store, events("r-1", 1, 2)).await, 0..2);
    assert_eq!(append(store, events("r-2", 1, 1)).await, 2..3);
    assert_eq!(append(store, events("r-1", 3, 3)).await, 3..4);

    let first = store.stream(&stream("r-1")).await.unwrap();
    assert_eq!(first.iter().map(|event| event.position).collect::<Vec<_>>(), [0, 1, 3]);
    assert_eq!(first.iter().map(|event| event.version).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(first[2].bytes, event("r-1", 3).bytes);
    assert_eq!(store.stream_after(&stream("r-1"), 2).await.unwrap(), first[2..]);

    let all = store.since(0, 100).await.unwrap();
    assert_eq!(all.iter().map(|event| event.position).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(store.since(1, 2).await.unwrap(), all[1..3]);
    assert!(store.since(u64::MAX, 2).await.unwrap().is_empty());
    assert!(store.stream(&stream("r-9")).await.unwrap().is_empty());
}

/// I-08
pub async fn every_append_is_covered_by_a_checkpoint_that_its_key_signed(store: &Store) {
    for version in 1..=5 {
        let appended = store.append(events("r-1", version, version)).await.unwrap();
        let note = appended.checkpoint.as_bytes();
        let signed = Checkpoint::open(note, key().verifying_key()).unwrap();
        assert_eq!((signed.size(), signed.root()), (appended.size, appended.root));
        assert!(appended.size >= appended.positions.end);
        assert_eq!(audited(store).await, version);
    }
}

pub async fn leaf_hashes_are_those_of_the_events(store: &Store) {
    append(store, events("r-1", 1, 3)).await;
    let hashes = store.leaf_hashes(1, u64::MAX).await.unwrap();
    assert_eq!(hashes, [2, 3].map(|version| leaf_hash(&event("r-1", version).bytes)));
}

pub async fn one_append_may_touch_several_streams(store: &Store) {
    let both = Append {
        expected: vec![(stream("r-1"), 0), (stream("r-2"), 0)],
        events: vec![event("r-1", 1), event("r-2", 1), event("r-1", 2)],
        ..Append::default()
    };
    assert_eq!(append(store, both).await, 0..3);
    assert_eq!(store.stream(&stream("r-1")).await.unwrap().len(), 2);
    assert_eq!(store.stream(&stream("r-2")).await.unwrap().len(), 1);
}

pub async fn an_append_on_a_stale_stream_writes_nothing(store: &Store) {
    append(store, events("r-1", 1, 2)).await;
    let head = store.head().await.unwrap();
    for late in [events("r-1", 2, 2), events("r-1", 4, 4)] {
        let mut late = late;
        late.events.insert(0, event("r-2", 1));
        late.rows.releases.push(release_row("r-2", 0));
        let expected = late.expected[0].1;
        let error = store.append(late).await.unwrap_err();
        let AppendError::Conflict { stream: moved, expected: told, actual } = error else {
            panic!("{error:?}");
        };
        assert_eq!((moved, told, actual), (stream("r-1"), expected, 2));
    }
    assert_eq!(store.head().await.unwrap(), head);
    assert!(store.stream(&stream("r-2")).await.unwrap().is_empty());
    assert_eq!(store.release_row(&release("r-2")).await.unwrap(), None);
}

pub async fn an_append_on_a_stale_stream_it_only_read_writes_nothing(store: &Store) {
    append(store, events("r-1", 1, 1)).await;
    let mut late = events("r-2", 1, 1);
    late.expected.push((stream("r-1"), 0));
    let error = store.append(late).await.unwrap_err();
    assert!(matches!(error, AppendError::Conflict { actual: 1, .. }), "{error:?}");
    assert!(store.stream(&stream("r-2")).await.unwrap().is_empty());
}

pub async fn of_two_commands_racing_for_a_stream_exactly_one_wins(store: &Store) {
    for version in 1..=20 {
        let (one, other) = tokio::join!(
            store.append(events("r-1", version, version)),
            store.append(events("r-1", version, version)),
        );
        let won = [one, other].into_iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(won, 1, "at version {version}");
    }
    assert_eq!(audited(store).await, 20);
}

pub async fn many_appends_at_once_leave_no_gap(store: &Store) {
    let appends = (0..200).map(|n| store.append(events(&format!("r-{n}"), 1, 2)));
    let mut running = Vec::new();
    for append in appends {
        running.push(Box::pin(append));
    }
    let mut positions = BTreeSet::new();
    // Polled together, so that they meet in groups.
    let all = futures_joined(running).await;
    all.into_iter().for_each(|appended| positions.extend(appended.unwrap().positions));
    assert_eq!(positions, (0..400).collect());
    assert_eq!(audited(store).await, 400);
}

/// Polls all futures until each has finished.
async fn futures_joined<F: Future + Unpin>(mut running: Vec<F>) -> Vec<F::Output> {
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        running.retain_mut(|future| match std::pin::Pin::new(future).poll(context) {
            std::task::Poll::Ready(output) => {
                done.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if running.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}

pub async fn an_event_at_the_limit_is_stored_and_a_longer_one_is_refused(store: &Store) {
    let mut long = events("r-1", 1, 1);
    long.events[0].bytes = vec![b'x'; MAX_EVENT_BYTES + 1];
    let error = store.append(long.clone()).await.unwrap_err();
    assert!(error.to_string().contains("61441 bytes"), "{error}");
    long.events[0].bytes.pop();
    assert_eq!(append(store, long).await, 0..1);
}

/// I-06
pub async fn a_decision_its_rows_and_its_messages_are_stored_together_or_not_at_all(store: &Store) {
    let decision = || Append {
        texts: vec![text("because")],
        rows: RowChanges {
            releases: vec![release_row("r-1", 0)],
            models: vec![model_row("summarizer")],
            tasks: vec![(stream("r-1"), vec![task("r-1", "approval/1", Some(5))])],
            standings: vec![(release("r-1"), vec![denied(b"weights", "production", "r-1")])],
            entries: vec![(stream("r-1"), vec![entry("r-1", 1, 0)])],
        },
        outbox: vec![message("m-1", 0)],
        idempotency: Some(request("k", b"body")),
        ..events("r-1", 1, 1)
    };
    let mut stale = decision();
    stale.expected[0].1 = 7;
    store.append(stale).await.unwrap_err();
    assert_eq!(stored(store).await, [0; 9], "a refused command left something behind");
    store.append(decision()).await.unwrap();
    assert_eq!(stored(store).await, [1; 9]);
}

/// How many of each thing the decision above leaves.
async fn stored(store: &Store) -> [usize; 9] {
    let id = release("r-1");
    let texts = store.texts(&[text("because").digest]).await.unwrap();
    [
        store.stream(&stream("r-1")).await.unwrap().len(),
        texts.len(),
        usize::from(store.release_row(&id).await.unwrap().is_some()),
        store.models(&Default::default()).await.unwrap().items.len(),
        store.tasks_of(&stream("r-1")).await.unwrap().len(),
        store.entries_of(&stream("r-1")).await.unwrap().len(),
        store.standings_of(&id).await.unwrap().len(),
        store.deliveries(&id).await.unwrap().len(),
        usize::from(store.remembered(&person("p-rivera"), "k").await.unwrap().is_some()),
    ]
}

fn keyed(id: &str, request: Idempotency) -> Append {
    Append { idempotency: Some(request), ..events(id, 1, 1) }
}

pub async fn a_repeated_command_is_answered_as_before_and_not_carried_out_again(store: &Store) {
    append(store, events("r-0", 1, 1)).await;
    append(store, keyed("r-1", request("k", b"body"))).await;
    let error = store.append(keyed("r-1", request("k", b"body"))).await.unwrap_err();
    let AppendError::AlreadyDone(known) = error else { panic!("{error:?}") };
    assert_eq!((known.response.as_slice(), known.positions.clone()), (&b"done"[..], 1..2));
    assert_eq!((known.request, known.at), (Sha256::of(b"body"), at(0)));
    assert_eq!(store.remembered(&person("p-rivera"), "k").await.unwrap(), Some(known));
    assert_eq!(store.head().await.unwrap().tree.size, 2);
}

pub async fn a_key_used_for_another_request_is_refused(store: &Store) {
    append(store, keyed("r-1", request("k", b"body"))).await;
    let error = store.append(keyed("r-2", request("k", b"other"))).await.unwrap_err();
    assert!(matches!(&error, AppendError::IdempotencyMismatch { key } if key == "k"), "{error:?}");
    assert_eq!(store.head().await.unwrap().tree.size, 1);
}

pub async fn keys_of_different_people_never_meet(store: &Store) {
    append(store, keyed("r-1", request("k", b"body"))).await;
    let actor = PersonId::new("p-chen").unwrap();
    append(store, keyed("r-2", Idempotency { actor, ..request("k", b"other") })).await;
}

pub async fn forgotten_keys_may_be_used_again(store: &Store) {
    append(store, keyed("r-1", request("k", b"body"))).await;
    assert_eq!(store.forget_requests(at(0)).await.unwrap(), 0);
    assert_eq!(store.forget_requests(at(1)).await.unwrap(), 1);
    append(store, keyed("r-2", request("k", b"other"))).await;
}

pub async fn an_erased_text_leaves_the_log_verifiable(store: &Store) {
    let reason = text("she asked for it");
    let kept = text("the figures hold");
    let texts = vec![reason.clone(), kept.clone(), kept.clone()];
    append(store, Append { texts, ..events("r-1", 1, 1) }).await;
    let digests = [reason.digest, kept.digest];
    assert_eq!(store.texts(&digests).await.unwrap()[&reason.digest], "she asked for it");

    let salted = store.salted_texts(&[reason.digest]).await.unwrap();
    assert_eq!(
        salted,
        std::slice::from_ref(&reason),
        "the salt comes along, so that others can check"
    );
    assert!(store.erase_text(&reason.digest).await.unwrap());
    assert_eq!(store.salted_texts(&[reason.digest]).await.unwrap(), []);
    assert!(!store.erase_text(&reason.digest).await.unwrap());
    let left = store.texts(&digests).await.unwrap();
    assert_eq!(left.into_keys().collect::<Vec<_>>(), [kept.digest]);
    assert_eq!(audited(store).await, 1);
}

pub async fn an_append_without_events_moves_nothing(store: &Store) {
    append(store, events("r-1", 1, 1)).await;
    let head = store.head().await.unwrap();
    let changes = RowChanges { models: vec![model_row("summarizer")], ..RowChanges::default() };
    let appended = store.append(rows(changes)).await.unwrap();
    assert_eq!((appended.positions, appended.size), (1..1, 1));
    assert_eq!(store.head().await.unwrap(), head);
}
