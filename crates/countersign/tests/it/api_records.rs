//! Records over HTTP: what is kept, what holds it, how it ends, and copies that prove themselves.

use crate::api_path::{self as path, metrics, show};
use crate::world::World;
use countersign::doctor::{Examination, Replay, examine};
use countersign::jobs::sweeper::sweep;
use countersign::pack::evidence_path;
use countersign::pack::unpack::unpack;
use countersign::pack::verify;
use countersign_core::actor::Scope;
use countersign_core::digest::Sha256;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A rejected release with three files, one of them shared with a draft of the same model, more
/// than ten years ago.
async fn long_rejected(world: &mut World) -> String {
    let id = path::reviewed(world).await;
    let no = json!({"role": "model_owner", "reason": "other", "text": "Too slow for Mr Smith."});
    world.person("rivera").post(&format!("/releases/{id}/reject"), no).await.ok();
    world.at("2036-06-01T09:00:00Z");
    world.sign_in_again().await;
    id
}

async fn records(world: &World, id: &str) -> Value {
    world.person("audrey").get(&format!("/releases/{id}/records")).await.ok()
}

async fn purged(world: &World, id: &str, evidence: &[&str]) {
    let propose = json!({"evidence": evidence, "reason": "kept long enough"});
    let number = records(world, id).await["purges"].as_array().unwrap().len() + 1;
    world.person("rivera").post(&format!("/releases/{id}/purges"), propose).await.ok();
    let confirm = format!("/releases/{id}/purges/{number}/confirm");
    world.person("okafor").post(&confirm, json!({})).await.ok();
}

fn kept(world: &World, text: &str) -> bool {
    world.app.blobs.exists(&Sha256::of(text.as_bytes())).unwrap()
}

///
#[tokio::test]
async fn the_records_of_a_release_are_shown_with_what_is_missing_and_until_when() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let to = json!({"environment": "production"});
    world.person("rivera").post(&format!("/releases/{id}/deployments"), to).await.ok();
    let shown = records(&world, &id).await;
    assert_eq!((&shown["keeping"], &shown["kept_until"]), (&json!("in_use"), &Value::Null));
    let states: Vec<(String, String)> = shown["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["record"].as_str().unwrap().into(), one["state"].as_str().unwrap().into()))
        .collect();
    let expected = [
        ("request", "there"),
        ("evidence", "there"),
        ("decision", "there"),
        ("deployment", "there"),
        ("confirmation", "missing"),
        ("interruption", "nothing"),
    ];
    assert_eq!(states, expected.map(|(one, is)| (one.to_owned(), is.to_owned())));
    assert_eq!(shown["due"], json!([]));
}

///
#[tokio::test]
async fn purged_evidence_is_gone_and_its_page_says_why_while_shared_bytes_stay() {
    let mut world = World::new().await;
    let id = long_rejected(&mut world).await;
    let shown = records(&world, &id).await;
    assert_eq!(shown["kept_until"], "2036-05-11T09:00:00Z");
    assert!(shown["due"].as_array().unwrap().len() > 2, "{}", shown["due"]);
    // The same file is evidence of a later release, which is still a draft.
    let rivera = world.person("rivera");
    let again = json!({
        "model": "summarizer", "title": "summarizer v2", "change": "new_model",
        "summary": "Once more.", "runbook": "fine-tuned-model-release",
        "artifacts": [{"name": "ckpt-1", "kind": "adapter", "digest": path::ADAPTER}],
    });
    let draft = rivera.post("/releases", again).await.ok()["release"].as_str().unwrap().to_owned();
    let about = format!("/releases/{draft}/evidence?name=metrics.json&item=evaluation_results");
    rivera.send(&about, metrics()).await.ok();
    let evidence = show(&rivera, &id).await["evidence"].as_array().unwrap().clone();
    let named = |name: &str| {
        let found = evidence.iter().find(|one| one["name"] == name).unwrap();
        found["evidence"].as_str().unwrap().to_owned()
    };
    let (scan, shared) = (named("scan.sarif"), named("metrics.json"));
    purged(&world, &id, &[&scan, &shared]).await;
    assert!(!kept(&world, &path::scan("3.1")), "nobody needs it any more");
    assert!(kept(&world, &metrics()), "the draft needs it");
    let content = format!("/releases/{id}/evidence/{scan}/content");
    let gone = world.person("audrey").get(&content).await.refused(410, "evidence.purged");
    let told = gone["detail"].as_str().unwrap().to_owned();
    assert!(told.contains("M. Okafor") && told.contains("kept long enough"), "{told}");
    let one = rivera.get(&format!("/releases/{id}/evidence/{scan}")).await.ok();
    assert_eq!(one["purged"]["proposed_by"], "J. Rivera");
    assert_eq!(one["reading"]["findings"][0]["rule"], "S-1", "what was read stays");
    let other = format!("/releases/{draft}/evidence/e1/content");
    assert_eq!(world.person("audrey").get(&other).await.text(), metrics());
}

///
#[tokio::test]
async fn what_a_crash_left_behind_is_cleared_by_the_next_sweep_unless_it_is_held() {
    let mut world = World::new().await;
    let id = long_rejected(&mut world).await;
    purged(&world, &id, &[]).await;
    assert!(!kept(&world, &path::scan("3.1")));
    // As if the program had ended between the event and the file, and a court had asked since.
    world.app.blobs.put(path::scan("3.1").as_bytes()).unwrap();
    let hold = json!({"release": id, "reason": "a court asks"});
    world.person("dubois").post("/holds", hold).await.ok();
    let people = world.person("admin");
    people.post(&format!("/people/{}/erase", world.id("newcomer")), why()).await.ok();
    assert!(kept(&world, &path::scan("3.1")), "the hold keeps it");
    world.person("dubois").post("/holds/1/lift", why()).await.ok();
    assert!(!kept(&world, &path::scan("3.1")));
    let swept = sweep(&world.app).await.unwrap();
    assert_eq!(swept.cleared, countersign::app::Cleared::default());
}

fn why() -> Value {
    json!({"reason": "asked for"})
}

///
#[tokio::test]
async fn a_hold_stops_a_purge_and_the_erasure_of_a_text() {
    let mut world = World::new().await;
    let id = long_rejected(&mut world).await;
    let propose = format!("/releases/{id}/purges");
    world.person("rivera").post(&propose, why()).await.ok();
    world
        .person("silva")
        .post("/holds", json!({"model": "summarizer", "reason": "x"}))
        .await
        .refused(403, "actor.not_permitted");
    world
        .person("dubois")
        .post("/holds", json!({"model": "nothing", "reason": "x"}))
        .await
        .refused(404, "not_found");
    let hold = json!({"model": "summarizer", "reason": "a court asks"});
    world.person("dubois").post("/holds", hold).await.ok();
    let confirm = format!("{propose}/1/confirm");
    world.person("okafor").post(&confirm, json!({})).await.refused(409, "retention.on_hold");
    let text = json!({"stream": format!("release/{id}"), "event": 1, "reason": "a name"});
    world.person("admin").post("/texts/erase", text).await.refused(409, "retention.on_hold");
    let listed = world.person("audrey").get("/entries/legal_hold").await.ok();
    assert_eq!(listed["items"][0]["state"], "stands");
    let timeline = show(&world.person("audrey"), &id).await["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().last().unwrap()["event"], "attempt_refused");
}

#[tokio::test]
async fn an_erased_person_and_text_leave_the_log_as_it_was() {
    let mut world = World::new().await;
    let id = long_rejected(&mut world).await;
    let (admin, rivera) = (world.person("admin"), world.person("rivera"));
    let before = world.app.store.head().await.unwrap().tree;
    let shown = show(&rivera, &id).await;
    assert_eq!(shown["rejection"]["text"], "Too slow for Mr Smith.");
    let number = shown["version"].as_u64().unwrap();
    let text = json!({"stream": format!("release/{id}"), "event": number, "reason": "a name"});
    rivera.post("/texts/erase", text.clone()).await.refused(403, "actor.not_permitted");
    admin.post("/texts/erase", text.clone()).await.ok();
    admin.post("/texts/erase", text).await.refused(409, "nothing_to_do");
    assert_eq!(show(&rivera, &id).await["rejection"]["text"], "(this text was erased)");

    let erase = |who: &str| format!("/people/{}/erase", world.id(who));
    admin.post(&erase("rivera"), why()).await.refused(409, "erasure.still_owns");
    admin.post(&erase("admin"), why()).await.refused(409, "erasure.oneself");
    admin.post(&erase("kovacs"), why()).await.ok();
    let kovacs = world.id("kovacs");
    assert_eq!(world.app.store.person(&kovacs).await.unwrap(), None);
    world.person("kovacs").get("/me").await.refused(401, "actor.unknown");
    let names = world.app.names().await.unwrap();
    assert_eq!(names[&kovacs], format!("erased person {kovacs}"));
    let after = world.app.store.head().await.unwrap().tree;
    assert!(after.size > before.size, "the log only grows");
}

async fn exported(world: &World, who: &str, id: &str, folder: &Path) {
    let answer = world.person(who).get(&format!("/releases/{id}/export")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/zip");
    unpack(&answer.body[..], folder).unwrap();
}

/// Where a piece of evidence lies in a pack.
async fn evidence_of(world: &World, id: &str, evidence: &str) -> String {
    let shown = world.person("audrey").get(&format!("/releases/{id}/evidence/{evidence}")).await;
    let digest = shown.ok()["sha256"].as_str().unwrap().parse().unwrap();
    evidence_path(&digest)
}

///
#[tokio::test]
async fn an_auditor_takes_a_copy_that_proves_itself_and_every_change_of_it_is_noticed() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let folder = tempfile::tempdir().unwrap();
    exported(&world, "audrey", &id, folder.path()).await;
    let timeline = show(&world.person("audrey"), &id).await["timeline"].clone();
    let last = timeline.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["event"], &last["by"]),
        (&json!("records_exported"), &json!("Audrey Auditor"))
    );

    let found = verify::folder(folder.path(), None).unwrap();
    assert!(found.is_sound(), "{found:?}");
    assert_eq!(found.events, timeline.as_array().unwrap().len());
    assert!(found.texts > 5 && found.files > 20, "{found:?}");
    let page = fs::read_to_string(folder.path().join("index.html")).unwrap();
    assert!(page.contains("M. Okafor") || page.contains("J. Rivera"), "{page}");

    let card = evidence_of(&world, &id, "e1").await;
    for (file, change) in [
        ("log/checkpoint", "9"),
        ("dossier.json", " "),
        ("texts.json", "\n"),
        ("SHA256SUMS", "0  nothing\n"),
        (card.as_str(), "x"),
    ] {
        let path = folder.path().join(file);
        let sound = fs::read(&path).unwrap();
        fs::write(&path, [&sound[..], change.as_bytes()].concat()).unwrap();
        assert!(!verify::folder(folder.path(), None).unwrap().is_sound(), "{file}");
        fs::write(&path, sound).unwrap();
    }
    let leaf =
        fs::read_dir(folder.path().join("log/events")).unwrap().map(|one| one.unwrap().path());
    let leaf = leaf.filter(|path| path.extension().is_some_and(|one| one == "json")).min().unwrap();
    fs::remove_file(leaf).unwrap();
    assert!(!verify::folder(folder.path(), None).unwrap().is_sound());
}

///
#[tokio::test]
async fn a_machine_takes_no_copy_without_the_scope_for_it() {
    let world = World::new().await;
    let id = path::prepared(&world).await;
    let path = format!("/releases/{id}/export?files=without");
    let reader = world.machine(&[Scope::Read, Scope::Evidence]).await;
    reader.get(&path).await.refused(403, "token.scope_missing");
    let scoped = world.machine(&[Scope::Export]).await;
    let folder = tempfile::tempdir().unwrap();
    unpack(&scoped.get(&path).await.body[..], folder.path()).unwrap();
    let found = verify::folder(folder.path(), None).unwrap();
    assert!(found.is_sound() && !folder.path().join("evidence").exists(), "{found:?}");
    assert!(found.remarks.iter().any(|remark| remark.contains("left out")), "{found:?}");
}

/// I-07, I-08
#[tokio::test]
async fn after_a_purge_and_erasures_the_doctor_and_every_copy_are_still_sound() {
    let mut world = World::empty(|_| {}).await;
    world.populate().await;
    let id = long_rejected(&mut world).await;
    purged(&world, &id, &["e1"]).await;
    let number = show(&world.person("rivera"), &id).await["version"].clone();
    let text = json!({"stream": format!("release/{id}"), "event": 1, "reason": "a name"});
    let admin = world.person("admin");
    admin.post("/texts/erase", text).await.ok();
    admin.post(&format!("/people/{}/erase", world.id("kovacs")), why()).await.ok();
    let copy = tempfile::tempdir().unwrap();
    exported(&world, "audrey", &id, copy.path()).await;
    let found = verify::folder(copy.path(), None).unwrap();
    assert!(found.is_sound(), "{found:?}");
    assert!(found.remarks.iter().any(|remark| remark.contains("was purged on")), "{found:?}");
    assert_eq!(found.events as u64, number.as_u64().unwrap() + 1);
    let sound = || {
        let config = &world.app.config;
        let examination = Examination { config, replay: Replay::Compared, progress: None };
        examine(&examination).unwrap()
    };
    let diagnosis = sound();
    assert!(diagnosis.is_sound(), "{diagnosis:?}");
    // A purged file is no damage; one that was not purged and is gone still is.
    world.app.blobs.erase(&Sha256::of(metrics().as_bytes())).unwrap();
    assert!(!sound().is_sound());
}

///
#[tokio::test]
async fn whoever_the_records_under_a_hold_name_is_erased_once_it_is_lifted() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let hold = json!({"release": id, "reason": "a court asks"});
    world.person("dubois").post("/holds", hold).await.ok();
    let admin = world.person("admin");
    let erase = |who: &str| format!("/people/{}/erase", world.id(who));
    let why = json!({"reason": "left the company"});
    let refused = admin.post(&erase("kovacs"), why.clone()).await;
    refused.refused(409, "retention.on_hold");
    // Nothing of that release was done by her.
    admin.post(&erase("petrov"), why.clone()).await.ok();
    let lift = json!({"reason": "the case is closed"});
    world.person("dubois").post("/holds/1/lift", lift).await.ok();
    admin.post(&erase("kovacs"), why).await.ok();
}
