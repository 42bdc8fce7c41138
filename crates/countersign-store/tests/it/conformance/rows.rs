use crate::fixture::*;
use countersign_core::digest::Sha256;
use countersign_core::entry::EntryKind;
use countersign_core::name::ModelName;
use countersign_core::rows::{EntryRow, ReleaseRow, TaskRow};
use countersign_store::{
    EntryQuery, ModelQuery, ReleaseQuery, RowChanges, Store, TaskQuery, Which,
};

async fn put_releases(store: &Store, releases: Vec<ReleaseRow>) {
    let changes = RowChanges { releases, ..RowChanges::default() };
    store.append(rows(changes)).await.unwrap();
}

async fn put_tasks(store: &Store, id: &str, tasks: Vec<TaskRow>) {
    let changes = RowChanges { tasks: vec![(stream(id), tasks)], ..RowChanges::default() };
    store.append(rows(changes)).await.unwrap();
}

async fn ids(store: &Store, query: &ReleaseQuery) -> Vec<String> {
    let page = store.releases(query).await.unwrap();
    page.items.iter().map(|row| row.release.to_string()).collect()
}

fn first(limit: u32) -> ReleaseQuery {
    ReleaseQuery { limit, ..ReleaseQuery::default() }
}

pub async fn a_row_is_replaced_by_the_next_one(store: &Store) {
    let draft = ReleaseRow { state: "draft".to_owned(), ..release_row("r-1", 0) };
    put_releases(store, vec![draft]).await;
    put_releases(store, vec![release_row("r-1", 0)]).await;
    let stored = store.release_row(&release("r-1")).await.unwrap();
    assert_eq!(stored, Some(release_row("r-1", 0)));
    assert_eq!(ids(store, &first(10)).await, ["r-1"]);
}

pub async fn releases_are_listed_newest_first_page_by_page(store: &Store) {
    let listed = [("r-b", 1), ("r-a", 1), ("r-c", 0), ("r-d", 9), ("r-e", 5)];
    put_releases(store, listed.map(|(id, minutes)| release_row(id, minutes)).into()).await;
    let mut query = first(2);
    let mut seen = Vec::new();
    loop {
        let page = store.releases(&query).await.unwrap();
        seen.push(page.items.iter().map(|row| row.release.to_string()).collect::<Vec<_>>());
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, [vec!["r-d", "r-e"], vec!["r-b", "r-a"], vec!["r-c"]]);
}

pub async fn releases_are_filtered_by_model_state_and_text(store: &Store) {
    let model = ModelName::new("router").unwrap();
    let approved = "approved".to_owned();
    put_releases(
        store,
        vec![
            release_row("r-1", 1),
            ReleaseRow { state: approved.clone(), ..release_row("r-2", 2) },
            ReleaseRow { model: model.clone(), ..release_row("r-3", 3) },
            ReleaseRow { model: model.clone(), state: approved.clone(), ..release_row("r-4", 4) },
        ],
    )
    .await;
    let of_model = ReleaseQuery { model: Some(model), ..first(9) };
    let in_state = ReleaseQuery { state: Some(approved), ..first(9) };
    let both = ReleaseQuery { state: in_state.state.clone(), ..of_model.clone() };
    let search = |text: &str| ReleaseQuery { text: Some(text.to_owned()), ..first(9) };
    assert_eq!(ids(store, &of_model).await, ["r-4", "r-3"]);
    assert_eq!(ids(store, &in_state).await, ["r-4", "r-2"]);
    assert_eq!(ids(store, &both).await, ["r-4"]);
    assert_eq!(ids(store, &search("SUMMARIZER R-2")).await, ["r-2"]);
    assert_eq!(ids(store, &search("rout")).await, ["r-4", "r-3"]);
    let narrowed = ReleaseQuery { text: Some("r-3".to_owned()), ..of_model };
    assert_eq!(ids(store, &narrowed).await, ["r-3"]);
    let narrowed = ReleaseQuery { text: Some("r-2".to_owned()), ..in_state };
    assert_eq!(ids(store, &narrowed).await, ["r-2"]);
}

pub async fn a_search_takes_wildcards_literally(store: &Store) {
    let titled = |id, title: &str| ReleaseRow { title: title.to_owned(), ..release_row(id, 0) };
    put_releases(store, vec![titled("r-1", "100% recall"), titled("r-2", "1000 recalls")]).await;
    for (text, found) in
        [("0%", vec!["r-1"]), ("_recall", vec![]), ("\\", vec![]), ("%", vec!["r-1"])]
    {
        let query = ReleaseQuery { text: Some(text.to_owned()), ..first(9) };
        assert_eq!(ids(store, &query).await, found, "{text}");
    }
}

pub async fn releases_are_counted_by_state(store: &Store) {
    assert!(store.releases_by_state().await.unwrap().is_empty());
    let draft = ReleaseRow { state: "draft".to_owned(), ..release_row("r-3", 0) };
    put_releases(store, vec![release_row("r-1", 0), release_row("r-2", 0), draft]).await;
    let counts = store.releases_by_state().await.unwrap();
    assert_eq!(counts, [("draft".to_owned(), 1), ("in_review".to_owned(), 2)].into());
}

pub async fn tasks_are_listed_by_due_date_with_undated_ones_last(store: &Store) {
    put_tasks(store, "r-1", vec![task("r-1", "step/a", None), task("r-1", "step/b", Some(9))])
        .await;
    let for_person = TaskRow {
        person: Some(person("p-chen")),
        role: None,
        ..task("r-2", "confirm/production", Some(3))
    };
    put_tasks(store, "r-2", vec![for_person, task("r-2", "step/a", None)]).await;
    let someone = TaskRow { role: Some(role("security")), ..task("r-3", "step/a", Some(1)) };
    put_tasks(store, "r-3", vec![someone]).await;

    let mut query = TaskQuery {
        person: Some(person("p-chen")),
        roles: vec![role("ai_governance_lead"), role("legal")],
        after: None,
        limit: 1,
    };
    let mut seen = Vec::new();
    loop {
        let page = store.tasks(&query).await.unwrap();
        seen.extend(page.items.iter().map(|row| format!("{} {}", row.subject, row.task)));
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    assert_eq!(
        seen,
        [
            "release/r-2 confirm/production",
            "release/r-1 step/b",
            "release/r-1 step/a",
            "release/r-2 step/a"
        ]
    );
    let all = store.all_tasks(None, 9).await.unwrap().items;
    assert_eq!((all.len(), &all[0].subject), (5, &stream("r-3")));
    let two = store.all_tasks(None, 2).await.unwrap();
    assert_eq!(store.all_tasks(two.next.as_ref(), 9).await.unwrap().items, all[2..]);
}

pub async fn a_task_for_a_person_and_a_role_is_listed_once(store: &Store) {
    let both = TaskRow { person: Some(person("p-chen")), ..task("r-1", "step/a", None) };
    put_tasks(store, "r-1", vec![both.clone()]).await;
    let roles = vec![role("ai_governance_lead")];
    let query = TaskQuery { person: Some(person("p-chen")), roles, after: None, limit: 9 };
    assert_eq!(store.tasks(&query).await.unwrap().items, [both]);
}

pub async fn nobody_named_means_no_tasks(store: &Store) {
    let unowned = TaskRow { role: None, ..task("r-1", "step/b", None) };
    put_tasks(store, "r-1", vec![task("r-1", "step/a", None), unowned]).await;
    let query = TaskQuery { limit: 9, ..TaskQuery::default() };
    assert!(store.tasks(&query).await.unwrap().items.is_empty());
}

pub async fn replaced_tasks_and_standings_do_not_linger(store: &Store) {
    let id = release("r-1");
    let before = RowChanges {
        tasks: vec![
            (stream("r-1"), vec![task("r-1", "step/a", None), task("r-1", "step/b", Some(1))]),
            (stream("r-2"), vec![task("r-2", "step/a", None)]),
        ],
        standings: vec![(
            id.clone(),
            vec![denied(b"weights", "production", "r-1"), denied(b"adapter", "production", "r-1")],
        )],
        ..RowChanges::default()
    };
    store.append(rows(before)).await.unwrap();
    let tasks = vec![task("r-1", "step/b", Some(2)), task("r-1", "step/c", None)];
    let standings = vec![allowed(b"weights", "production", "r-1")];
    let after = RowChanges {
        tasks: vec![(stream("r-1"), tasks.clone())],
        standings: vec![(id.clone(), standings.clone())],
        ..RowChanges::default()
    };
    store.append(rows(after)).await.unwrap();
    assert_eq!(store.tasks_of(&stream("r-1")).await.unwrap(), tasks);
    assert_eq!(store.standings_of(&id).await.unwrap(), standings);
    assert_eq!(store.tasks_of(&stream("r-2")).await.unwrap().len(), 1);
    let gone = store.standings(&Sha256::of(b"adapter")).await;
    assert!(gone.unwrap().is_empty());
}

async fn put_entries(store: &Store, id: &str, entries: Vec<EntryRow>) {
    let changes = RowChanges { entries: vec![(stream(id), entries)], ..RowChanges::default() };
    store.append(rows(changes)).await.unwrap();
}

fn all_entries() -> EntryQuery {
    let (kind, which) = (EntryKind::Condition, Which::All);
    EntryQuery { kind, which, model: None, after: None, limit: 9 }
}

async fn entry_ids(store: &Store, query: &EntryQuery) -> Vec<String> {
    store.entries(query).await.unwrap().items.into_iter().map(|row| row.id).collect()
}

pub async fn entries_are_listed_newest_first_and_by_whether_they_are_settled(store: &Store) {
    let closed = EntryRow {
        state: "closed".to_owned(),
        closed_at: Some(at(9)),
        due: None,
        owner: None,
        text: None,
        ..entry("r-1", 2, 5)
    };
    put_entries(store, "r-1", vec![entry("r-1", 1, 1), closed.clone()]).await;
    let other = Some(ModelName::new("router").unwrap());
    put_entries(store, "r-2", vec![EntryRow { model: other.clone(), ..entry("r-2", 1, 3) }]).await;
    let (one, two, three) = ("r-1/condition-1", "r-1/condition-2", "r-2/condition-1");
    assert_eq!(entry_ids(store, &all_entries()).await, [two, three, one]);
    let open = EntryQuery { which: Which::Open, ..all_entries() };
    assert_eq!(entry_ids(store, &open).await, [three, one]);
    let settled = EntryQuery { which: Which::Closed, ..all_entries() };
    assert_eq!(store.entries(&settled).await.unwrap().items, [closed]);
    let of_model = EntryQuery { model: other, ..all_entries() };
    assert_eq!(entry_ids(store, &of_model).await, [three]);
    let first = store.entries(&EntryQuery { limit: 2, ..all_entries() }).await.unwrap();
    let rest = EntryQuery { after: first.next, ..all_entries() };
    assert_eq!((first.items.len(), entry_ids(store, &rest).await), (2, vec![one.to_owned()]));
}

pub async fn replaced_entries_do_not_linger(store: &Store) {
    put_entries(store, "r-1", vec![entry("r-1", 1, 1), entry("r-1", 2, 2)]).await;
    put_entries(store, "r-2", vec![entry("r-2", 1, 1)]).await;
    let changed = EntryRow { state: "overdue".to_owned(), ..entry("r-1", 2, 2) };
    put_entries(store, "r-1", vec![changed.clone()]).await;
    assert_eq!(store.entries_of(&stream("r-1")).await.unwrap(), [changed]);
    assert_eq!(store.entries_of(&stream("r-2")).await.unwrap(), [entry("r-2", 1, 1)]);
}

pub async fn standings_answer_for_one_digest_in_every_environment(store: &Store) {
    let first = vec![
        allowed(b"weights", "production", "r-1"),
        denied(b"weights", "staging", "r-1"),
        allowed(b"adapter", "production", "r-1"),
    ];
    let second = vec![on_authority(b"weights", "production", "r-2")];
    let standings = vec![(release("r-1"), first.clone()), (release("r-2"), second.clone())];
    store.append(rows(RowChanges { standings, ..RowChanges::default() })).await.unwrap();
    let weights = Sha256::of(b"weights");
    let found = store.standings(&weights).await.unwrap();
    assert_eq!(found, [first[0].clone(), second[0].clone(), first[1].clone()]);
}

pub async fn an_unknown_digest_has_no_standing(store: &Store) {
    let standings = vec![(release("r-1"), vec![allowed(b"weights", "production", "r-1")])];
    store.append(rows(RowChanges { standings, ..RowChanges::default() })).await.unwrap();
    assert!(store.standings(&Sha256::of(b"other")).await.unwrap().is_empty());
}

pub async fn models_are_listed_by_name(store: &Store) {
    let models = ["router", "summarizer", "translator"].map(model_row).to_vec();
    let changes = RowChanges { models: models.clone(), ..RowChanges::default() };
    store.append(rows(changes)).await.unwrap();
    let page = store.models(&ModelQuery { limit: 2, ..ModelQuery::default() }).await.unwrap();
    assert_eq!(page.items, models[..2]);
    let query = ModelQuery { after: page.next, limit: 2, ..ModelQuery::default() };
    assert_eq!(store.models(&query).await.unwrap().items, models[2..]);
    let text = Some("THE TRANS".to_owned());
    let query = ModelQuery { text, limit: 2, ..ModelQuery::default() };
    assert_eq!(store.models(&query).await.unwrap().items, models[2..]);
    assert_eq!(store.model_row(&models[0].model).await.unwrap().as_ref(), Some(&models[0]));
}

pub async fn every_row_is_reachable_for_comparison(store: &Store) {
    let ids = ["r-1", "r-2", "r-3"];
    let standing = |id: &&str| (release(id), vec![allowed(id.as_bytes(), "production", id)]);
    let changes = RowChanges {
        releases: ids.map(|id| release_row(id, 0)).into(),
        standings: ids.iter().map(standing).collect(),
        ..RowChanges::default()
    };
    store.append(rows(changes)).await.unwrap();
    let page = store.all_release_rows(None, 2).await.unwrap();
    let rest = store.all_release_rows(page.next.as_ref(), 2).await.unwrap();
    assert_eq!((page.items.len(), rest.items.len(), rest.next), (2, 1, None));
    let page = store.all_standing_rows(None, 2).await.unwrap();
    let rest = store.all_standing_rows(page.next.as_ref(), 2).await.unwrap();
    assert_eq!((page.items.len(), rest.items.len(), rest.next), (2, 1, None));
    assert!(page.items.iter().chain(&rest.items).is_sorted_by_key(|row| row.digest));
}
