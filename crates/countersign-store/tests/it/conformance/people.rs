use crate::fixture::*;
use countersign_core::digest::Sha256;
use countersign_store::{DirectoryError, Person, Session, SetupLink, Store};

fn session(token: &[u8], id: &str, until: i64) -> Session {
    Session {
        token: Sha256::of(token),
        person: person(id),
        csrf: "c".repeat(43),
        created_at: at(0),
        expires_at: at(until),
    }
}

pub async fn addresses_are_unique_without_regard_to_case(store: &Store) {
    store.add_person(&somebody("p-1", "Ana@Example.org")).await.unwrap();
    let error = store.add_person(&somebody("p-2", " ana@example.ORG")).await.unwrap_err();
    assert!(matches!(error, DirectoryError::Taken { what: "email address", .. }), "{error:?}");
    let error = store.add_person(&somebody("p-1", "other@example.org")).await.unwrap_err();
    assert!(matches!(error, DirectoryError::Taken { what: "person", .. }), "{error:?}");
    let found = store.person_by_email("ANA@example.org").await.unwrap();
    assert_eq!(found, Some(somebody("p-1", "Ana@Example.org")));
    assert_eq!(store.person_by_email("nobody@example.org").await.unwrap(), None);
}

pub async fn a_person_can_be_changed_and_disabled(store: &Store) {
    store.add_person(&somebody("p-1", "ana@example.org")).await.unwrap();
    store.add_person(&somebody("p-2", "bo@example.org")).await.unwrap();
    let disabled_at = Some(at(5));
    let changed = Person { disabled_at, ..somebody("p-1", "ana.rivera@example.org") };
    store.update_person(&Person { created_at: at(99), ..changed.clone() }).await.unwrap();
    assert_eq!(store.person(&person("p-1")).await.unwrap(), Some(changed));
    let error = store.update_person(&somebody("p-1", "BO@example.org")).await.unwrap_err();
    assert!(matches!(error, DirectoryError::Taken { .. }), "{error:?}");
    let error = store.update_person(&somebody("p-9", "x@example.org")).await.unwrap_err();
    assert!(matches!(error, DirectoryError::Unknown { .. }), "{error:?}");

    let page = store.people(None, 1).await.unwrap();
    let rest = store.people(page.next.as_ref(), 1).await.unwrap();
    assert_eq!(rest.items[0].id, person("p-2"));
    assert_eq!(rest.next, None);
}

pub async fn a_session_leads_to_its_person(store: &Store) {
    let ana = somebody("p-1", "ana@example.org");
    store.add_person(&ana).await.unwrap();
    let opened = session(b"token", "p-1", 60);
    store.add_session(&opened).await.unwrap();
    let found = store.session(&opened.token).await.unwrap();
    assert_eq!(found, Some((opened.clone(), ana)));
    assert_eq!(store.session(&Sha256::of(b"guess")).await.unwrap(), None);
    store.add_session(&opened).await.unwrap_err();
    store.add_session(&session(b"other", "p-9", 60)).await.unwrap_err();
    assert!(store.end_session(&opened.token).await.unwrap());
    assert_eq!(store.session(&opened.token).await.unwrap(), None);
    assert!(!store.end_session(&opened.token).await.unwrap());
}

pub async fn expired_sessions_are_removed(store: &Store) {
    store.add_person(&somebody("p-1", "ana@example.org")).await.unwrap();
    for (token, until) in [(b"a", 10), (b"b", 20), (b"c", 30)] {
        store.add_session(&session(token, "p-1", until)).await.unwrap();
    }
    assert_eq!(store.forget_expired(at(20)).await.unwrap(), 1);
    assert_eq!(store.end_sessions_of(&person("p-1")).await.unwrap(), 2);
}

pub async fn a_set_up_link_is_taken_once(store: &Store) {
    let token = Sha256::of(b"link");
    let link = SetupLink { token, person: None, created_at: at(0), expires_at: at(60) };
    store.add_setup_link(&link).await.unwrap();
    store.add_setup_link(&link).await.unwrap_err();
    assert_eq!(store.setup_link(&token).await.unwrap(), Some(link.clone()));
    let (one, other) = tokio::join!(store.take_setup_link(&token), store.take_setup_link(&token));
    let mut taken = [one.unwrap(), other.unwrap()];
    taken.sort_by_key(Option::is_some);
    assert_eq!(taken, [None, Some(link)]);
}

/// I-07
pub async fn forgetting_a_person_leaves_the_log_as_it_is(store: &Store) {
    store.add_person(&somebody("p-rivera", "ana@example.org")).await.unwrap();
    store.add_session(&session(b"token", "p-rivera", 60)).await.unwrap();
    store.append(events("r-1", 1, 3)).await.unwrap();
    let (head, log) = (store.head().await.unwrap(), store.since(0, 10).await.unwrap());
    assert!(store.forget_person(&person("p-rivera")).await.unwrap());
    assert!(!store.forget_person(&person("p-rivera")).await.unwrap());
    assert_eq!(store.person(&person("p-rivera")).await.unwrap(), None);
    assert_eq!(store.session(&Sha256::of(b"token")).await.unwrap(), None);
    assert_eq!(store.head().await.unwrap(), head);
    assert_eq!(store.since(0, 10).await.unwrap(), log);
}
