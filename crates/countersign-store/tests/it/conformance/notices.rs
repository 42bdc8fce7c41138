use crate::fixture::*;
use countersign_core::notice::{Addressee, Notice, NoticeKind};
use countersign_store::{
    Append, Channel, Dispatch, KeptNotice, NoticeQuery, ReadOrNot, Retry, Store,
};

fn to(id: &str) -> Addressee {
    Addressee::Person(person(id))
}

fn notice(task: &str, to: Addressee, minutes: i64) -> KeptNotice {
    let notice = Notice {
        subject: stream("r-1"),
        task: task.to_owned(),
        kind: NoticeKind::Reminder,
        level: 0,
        round: "2026-05-12T15:00:00Z".to_owned(),
        title: format!("Do {task}"),
        to,
        due: Some(at(900)),
    };
    KeptNotice { notice, at: at(minutes) }
}

fn mail(kept: &KeptNotice, to: &str, minutes: i64) -> Dispatch {
    let notice = kept.notice.id();
    Dispatch {
        id: format!("{notice}.{to}"),
        notice,
        channel: Channel::Email(person(to)),
        created_at: at(minutes),
        next_at: at(minutes),
    }
}

fn query(id: &str, limit: u32) -> NoticeQuery {
    let roles = vec![role("ai_governance_lead")];
    NoticeQuery { person: person(id), roles, which: ReadOrNot::All, after: None, limit }
}

async fn listed(store: &Store, query: &NoticeQuery) -> Vec<String> {
    let page = store.notices(query).await.unwrap();
    page.items.into_iter().map(|one| one.kept.notice.task).collect()
}

async fn due(store: &Store, minutes: i64) -> Vec<String> {
    let due = store.dispatches_due(at(minutes), 10).await.unwrap();
    due.into_iter().map(|one| one.dispatch.id).collect()
}

pub async fn a_notice_is_kept_once_however_often_it_is_found(store: &Store) {
    let (one, other) = (notice("a", to("p-1"), 0), notice("b", to("p-1"), 1));
    assert_eq!(store.add_notices(std::slice::from_ref(&one)).await.unwrap(), 1);
    let later = KeptNotice { at: at(99), ..one.clone() };
    assert_eq!(store.add_notices(&[later, other.clone()]).await.unwrap(), 1);
    assert_eq!(store.notice(&one.notice.id()).await.unwrap(), Some(one.clone()));
    let ids = [one.notice.id(), "n-none".to_owned()];
    assert_eq!(store.known_notices(&ids).await.unwrap(), [one.notice.id()].into());
    assert_eq!(store.notice("n-none").await.unwrap(), None);
    // One that comes with events is kept with them, or left as it is.
    let new = notice("c", to("p-1"), 2);
    let append = Append { notices: vec![new, one], ..events("r-1", 1, 1) };
    store.append(append).await.unwrap();
    assert_eq!(listed(store, &query("p-1", 10)).await, ["c", "b", "a"].map(String::from).to_vec());
}

pub async fn notices_are_listed_newest_first_to_people_and_to_holders_of_roles(store: &Store) {
    let lead = Addressee::Role(role("ai_governance_lead"));
    let all = [
        notice("old", to("p-1"), 0),
        notice("lead", lead, 1),
        notice("other", to("p-2"), 2),
        notice("legal", Addressee::Role(role("legal")), 3),
        notice("new", to("p-1"), 4),
    ];
    store.add_notices(&all).await.unwrap();
    assert_eq!(listed(store, &query("p-1", 10)).await, ["new", "lead", "old"]);
    let first = store.notices(&query("p-1", 2)).await.unwrap();
    assert_eq!((first.items.len(), first.items[0].kept.clone()), (2, all[4].clone()));
    let rest = NoticeQuery { after: first.next, ..query("p-1", 2) };
    assert_eq!(listed(store, &rest).await, ["old"]);
    let none = NoticeQuery { roles: Vec::new(), ..query("p-3", 10) };
    assert_eq!(listed(store, &none).await, [] as [&str; 0]);
}

pub async fn a_notice_is_read_by_each_person_for_themselves(store: &Store) {
    let lead = notice("lead", Addressee::Role(role("ai_governance_lead")), 0);
    store.add_notices(std::slice::from_ref(&lead)).await.unwrap();
    let unread = |id: &str| NoticeQuery { which: ReadOrNot::Unread, ..query(id, 10) };
    let ids = [lead.notice.id(), "n-none".to_owned()];
    assert_eq!(store.read_notices(&person("p-1"), &ids, at(5)).await.unwrap(), 1);
    assert_eq!(store.read_notices(&person("p-1"), &ids, at(9)).await.unwrap(), 0);
    assert_eq!(listed(store, &unread("p-1")).await, [] as [&str; 0]);
    assert_eq!(listed(store, &unread("p-2")).await, ["lead"]);
    let page = store.notices(&query("p-1", 10)).await.unwrap();
    assert_eq!(page.items[0].read_at, Some(at(5)), "the first moment stays");
}

pub async fn of_two_servers_that_send_a_notice_exactly_one_does(store: &Store) {
    let one = notice("a", to("p-1"), 0);
    store.add_notices(std::slice::from_ref(&one)).await.unwrap();
    assert_eq!(store.unsent_notices(10).await.unwrap(), vec![one.clone()]);
    let (id, out) = (one.notice.id(), [mail(&one, "p-1", 1)]);
    let both =
        tokio::join!(store.send_notice(&id, &out, at(1)), store.send_notice(&id, &out, at(1)));
    assert_eq!(u8::from(both.0.unwrap()) + u8::from(both.1.unwrap()), 1);
    assert_eq!(store.unsent_notices(10).await.unwrap(), []);
    assert_eq!(due(store, 1).await, [out[0].id.clone()]);
    assert!(!store.send_notice("n-none", &[], at(1)).await.unwrap());
}

pub async fn of_two_servers_that_take_a_dispatch_exactly_one_does(store: &Store) {
    let one = notice("a", to("p-1"), 0);
    store.add_notices(std::slice::from_ref(&one)).await.unwrap();
    let out = mail(&one, "p-1", 1);
    store.send_notice(&one.notice.id(), std::slice::from_ref(&out), at(1)).await.unwrap();
    assert_eq!(due(store, 0).await, [] as [&str; 0]);
    assert!(store.take_dispatch(&out, at(6)).await.unwrap());
    assert!(!store.take_dispatch(&out, at(6)).await.unwrap());
    assert_eq!(due(store, 5).await, [] as [&str; 0]);
    assert_eq!(due(store, 6).await, vec![out.id.clone()], "whoever took it may have been killed");
}

pub async fn a_dispatch_is_tried_again_and_given_up_in_the_end(store: &Store) {
    let one = notice("a", to("p-1"), 0);
    store.add_notices(std::slice::from_ref(&one)).await.unwrap();
    let out = [mail(&one, "p-1", 0), mail(&one, "p-2", 0)];
    store.send_notice(&one.notice.id(), &out, at(0)).await.unwrap();
    let retry = Retry { at: at(1), next_at: at(10), attempt: 1, error: "451".to_owned() };
    assert!(store.dispatch_retry(&out[0].id, &retry).await.unwrap());
    let again = store.dispatches_due(at(10), 10).await.unwrap();
    let again = again.iter().find(|one| one.dispatch.id == out[0].id).unwrap();
    assert_eq!((again.attempts, again.last_error.as_deref()), (1, Some("451")));
    assert!(store.dispatch_dead(&out[0].id, "550", at(11)).await.unwrap());
    assert!(store.dispatch_done(&out[1].id, at(11)).await.unwrap());
    assert!(!store.dispatch_done(&out[0].id, at(12)).await.unwrap());
    assert_eq!(due(store, 99).await, [] as [&str; 0]);
    let dead = store.dead_dispatches(None, 10).await.unwrap().items;
    assert_eq!((dead.len(), dead[0].last_error.as_deref()), (1, Some("550")));
    assert_eq!(dead[0].attempted_at, Some(at(11)));
}

pub async fn nothing_on_its_way_to_a_forgotten_person_stays(store: &Store) {
    let one = notice("a", to("p-1"), 0);
    store.add_person(&somebody("p-1", "ana@example.org")).await.unwrap();
    store.add_notices(std::slice::from_ref(&one)).await.unwrap();
    let out = [mail(&one, "p-1", 0), mail(&one, "p-2", 0)];
    store.send_notice(&one.notice.id(), &out, at(0)).await.unwrap();
    store.read_notices(&person("p-1"), &[one.notice.id()], at(1)).await.unwrap();
    assert!(store.forget_person(&person("p-1")).await.unwrap());
    assert_eq!(due(store, 1).await, [out[1].id.clone()]);
    let page = store.notices(&query("p-1", 10)).await.unwrap();
    assert_eq!(page.items[0].read_at, None);
}
