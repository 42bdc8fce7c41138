//! The demonstration, started in the process.

use countersign::config::Config;
use countersign::demo;
use countersign_store::ReleaseQuery;
use std::collections::BTreeSet;

///
#[tokio::test]
async fn the_demonstration_has_a_release_in_every_state() {
    let folder = tempfile::tempdir().unwrap();
    let app = demo::open(Config::in_folder(folder.path())).await.unwrap();
    let query = ReleaseQuery { limit: 200, ..ReleaseQuery::default() };
    let page = app.store.releases(&query).await.unwrap();
    let states: BTreeSet<&str> = page.items.iter().map(|row| row.state.as_str()).collect();
    let wanted = [
        "approved",
        "confirmed",
        "deployed",
        "draft",
        "in_review",
        "rejected",
        "superseded",
        "suspended",
        "withdrawn",
    ];
    assert_eq!(states, wanted.into());
}

#[tokio::test]
async fn a_folder_with_a_real_installation_is_no_demonstration() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("countersign.db"), b"").unwrap();
    let refused = demo::open(Config::in_folder(folder.path())).await.map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("no demonstration"), "{refused}");
}
