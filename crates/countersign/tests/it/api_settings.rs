//! Models, environments, the calendar, webhooks, and the log.

use crate::api_path as path;
use crate::world::World;
use base64::Engine as _;
use countersign_core::actor::Scope;
use countersign_proof::{Frontier, leaf_hash};
use serde_json::json;

#[tokio::test]
async fn a_model_keeps_the_history_of_its_tier_and_changes_hands() {
    let world = World::new().await;
    path::requested(&world).await;
    let (rivera, model) = (world.person("rivera"), "/models/summarizer");
    let high = json!({"tier": "high", "reason": "Customers see it now."});
    world
        .person("newcomer")
        .post(&format!("{model}/tier"), high.clone())
        .await
        .refused(403, "actor.not_permitted");
    rivera.post(&format!("{model}/tier"), high.clone()).await.ok();
    rivera.post(&format!("{model}/tier"), high).await.refused(409, "nothing_to_do");
    let sideways = json!({"tier": "sideways", "reason": "x"});
    rivera.post(&format!("{model}/tier"), sideways).await.refused(400, "request.malformed");
    let nobody = json!({"owner": "p-nobody", "reason": "x"});
    rivera.post(&format!("{model}/owner"), nobody).await.refused(404, "not_found");
    let chen = json!({"owner": world.id("chen"), "reason": "Another team."});
    rivera.post(&format!("{model}/owner"), chen).await.ok();
    let shown = rivera.get(model).await.ok();
    assert_eq!((&shown["tier"], &shown["owner"]), (&json!("high"), &json!(world.id("chen"))));
    assert_eq!(shown["tiers"][1]["reason"], "Customers see it now.");
    assert_eq!(shown["intended_use"], "Shorter texts");
    rivera.get("/models/none").await.refused(404, "not_found");
    let none = json!({"tier": "low", "reason": "x"});
    rivera.post("/models/none/tier", none).await.refused(404, "not_found");
    let listed = rivera.get("/models").await.ok();
    assert_eq!(listed["items"][0]["name"], "summarizer");
}

#[tokio::test]
async fn a_model_shows_what_of_it_runs_where() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let rivera = world.person("rivera");
    let where_to = json!({"environment": "production"});
    rivera.post(&format!("/releases/{id}/deployments"), where_to).await.ok();
    let running = rivera.get("/models/summarizer").await.ok()["running"].clone();
    assert_eq!(
        (&running[0]["release"], &running[0]["digest"]),
        (&json!(id), &json!(path::ADAPTER))
    );
}

#[tokio::test]
async fn environments_and_the_calendar_are_kept_by_administrators() {
    let world = World::without_policy().await;
    let (admin, chen) = (world.person("admin"), world.person("chen"));
    let staging = json!({"name": "staging"});
    chen.post("/environments", staging.clone()).await.refused(403, "actor.not_permitted");
    let seen = chen.get("/environments").await;
    let tag = seen.header("etag").to_owned();
    let careful = admin.clone().with("If-Match", &tag);
    careful.post("/environments", staging.clone()).await.ok();
    careful.post("/environments", json!({"name": "canary"})).await.refused(412, "request.stale");
    admin.post("/environments", staging).await.refused(409, "already_exists");
    let listed = chen.get("/environments").await.ok();
    assert_eq!(listed["items"], json!([{"name": "production"}, {"name": "staging"}]));

    let utc = json!({"zone": "UTC", "closes": "17:00", "holidays": []});
    assert_eq!(chen.get("/calendar").await.ok(), utc);
    let berlin = json!({"zone": "Europe/Berlin", "closes": "18:30", "holidays": ["2026-12-25"]});
    admin.put("/calendar", berlin.clone()).await.ok();
    assert_eq!(chen.get("/calendar").await.ok(), berlin);
    for (calendar, place) in [
        (json!({"zone": "Mars/Base", "closes": "17:00"}), "zone"),
        (json!({"zone": "UTC", "closes": "teatime"}), "closes"),
        (json!({"zone": "UTC", "closes": "17:00", "holidays": ["Xmas"]}), "holidays[0]"),
    ] {
        let problem = admin.put("/calendar", calendar).await.refused(400, "request.malformed");
        assert_eq!(problem["reasons"][0]["place"], place);
    }
}

/// R-050
#[tokio::test]
async fn a_webhook_is_configured_and_its_secrets_stay_in() {
    let world = World::without_policy().await;
    let (admin, hook) = (world.person("admin"), "/webhooks/change-ticket");
    let mut new = json!({
        "url": "https://hooks.example.org/r", "headers": {"Authorization": "Bearer s3cret"},
        "success_condition": "status is 201",
    });
    world.person("chen").put(hook, new.clone()).await.refused(403, "actor.not_permitted");
    let made = admin.put(hook, new.clone()).await.ok();
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
    let listed = admin.get("/webhooks").await;
    assert!(!listed.text().contains("s3cret") && !listed.text().contains("whsec_"));
    let item = listed.ok()["items"][0].clone();
    assert_eq!((&item["headers"], &item["signed"]), (&json!(["Authorization"]), &json!(true)));
    let kept = world.app.store.endpoint("change-ticket").await.unwrap().unwrap().secret;
    assert_eq!(made["secret"], kept);
    new["url"] = json!("https://other.example.org/r");
    assert!(admin.put(hook, new.clone()).await.ok()["secret"].is_null());
    assert_eq!(world.app.store.endpoint("change-ticket").await.unwrap().unwrap().secret, kept);
    new["url"] = json!("ftp://example.org");
    let problem = admin.put(hook, new).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "url");
    let named = admin.put("/webhooks/Not%20a%20name", json!({"url": "https://e.org"})).await;
    named.refused(400, "request.malformed");
    admin.delete(hook).await.ok();
    admin.delete(hook).await.refused(404, "not_found");
}

#[tokio::test]
async fn the_log_is_read_whole_and_its_bytes_give_the_signed_root() {
    let world = World::new().await;
    path::requested(&world).await;
    let reader = world.machine(&[Scope::Read]).await;
    let mut frontier = Frontier::new();
    let (mut from, mut words) = (0, Vec::new());
    loop {
        let page = reader.get(&format!("/log/events?from={from}&limit=7")).await.ok();
        for event in page["items"].as_array().unwrap() {
            let bytes = base64::engine::general_purpose::STANDARD;
            let bytes = bytes.decode(event["bytes"].as_str().unwrap()).unwrap();
            frontier.push(leaf_hash(&bytes));
            words.push(event["event"].as_str().unwrap().to_owned());
        }
        let Some(next) = page["next"].as_u64() else { break };
        from = next;
    }
    assert!(
        words.contains(&"policy_published".to_owned()) && words.contains(&"requested".to_owned())
    );
    let checkpoint = reader.get("/log/checkpoint").await;
    assert_eq!(checkpoint.header("content-type"), "text/plain; charset=utf-8");
    let root = base64::engine::general_purpose::STANDARD.encode(frontier.root().as_bytes());
    let note = checkpoint.text();
    let lines: Vec<&str> = note.lines().collect();
    assert_eq!((lines[1], lines[2]), (words.len().to_string().as_str(), root.as_str()));
    let far = reader.get("/log/events?from=100000").await.ok();
    assert_eq!(far, json!({"items": []}));
}
