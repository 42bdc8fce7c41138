use crate::fixture::*;
use countersign_store::{Append, AppendError, DeliveryStatus, OutboxMessage, Retry, Store};

async fn send(store: &Store, outbox: Vec<OutboxMessage>) {
    store.append(Append { outbox, ..Append::default() }).await.unwrap();
}

async fn due(store: &Store, minutes: i64) -> Vec<String> {
    let due = store.outbox_due(at(minutes), 10).await.unwrap();
    due.into_iter().map(|due| due.message.id).collect()
}

pub async fn messages_fall_due_in_order(store: &Store) {
    assert_eq!(store.outbox_next().await.unwrap(), None);
    send(store, vec![message("m-1", 5), message("m-2", 0), message("m-3", 9)]).await;
    assert_eq!(due(store, 6).await, ["m-2", "m-1"]);
    assert_eq!(store.outbox_next().await.unwrap(), Some(at(0)));
    let first = store.outbox_due(at(9), 1).await.unwrap();
    assert_eq!((first.len(), &first[0].message, first[0].attempts), (1, &message("m-2", 0), 0));
}

pub async fn a_failed_delivery_is_tried_again_later(store: &Store) {
    send(store, vec![message("m-1", 0)]).await;
    let error = "status 503".to_owned();
    let retry = Retry { at: at(1), next_at: at(10), attempt: 1, error };
    assert!(store.outbox_retry("m-1", &retry).await.unwrap());
    assert!(due(store, 9).await.is_empty());
    let again = store.outbox_due(at(10), 10).await.unwrap();
    assert_eq!((again[0].attempts, again[0].message.next_at), (1, at(10)));

    let log = store.deliveries(&release("r-1")).await.unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].status, log[0].attempts), (DeliveryStatus::Due, 1));
    assert_eq!(log[0].last_error.as_deref(), Some("status 503"));
    assert_eq!(log[0].attempted_at, Some(at(1)));
}

pub async fn a_delivery_that_ended_is_not_tried_again(store: &Store) {
    send(store, vec![message("m-1", 0), message("m-2", 0)]).await;
    assert!(store.outbox_done("m-1", at(1)).await.unwrap());
    assert!(store.outbox_dead("m-2", "gone", at(2)).await.unwrap());
    assert!(due(store, 99).await.is_empty());
    assert!(!store.outbox_done("m-2", at(3)).await.unwrap());
    assert!(!store.outbox_done("m-9", at(3)).await.unwrap());
    let log = store.deliveries(&release("r-1")).await.unwrap();
    let ends: Vec<_> = log.iter().map(|line| (line.id.as_str(), line.status)).collect();
    assert_eq!(ends, [("m-1", DeliveryStatus::Done), ("m-2", DeliveryStatus::Dead)]);
    assert_eq!((log[1].attempts, log[1].last_error.as_deref()), (1, Some("gone")));
}

pub async fn a_message_id_is_used_once(store: &Store) {
    send(store, vec![message("m-1", 0)]).await;
    for outbox in [vec![message("m-1", 1)], vec![message("m-2", 0), message("m-2", 0)]] {
        let again = Append { outbox, ..events("r-1", 1, 1) };
        let error = store.append(again).await.unwrap_err();
        assert!(matches!(error, AppendError::OutboxIdTaken { .. }), "{error:?}");
    }
    assert_eq!(store.head().await.unwrap().tree.size, 0);
    assert_eq!(due(store, 0).await, ["m-1"]);
}
