//! Notices over HTTP, on the command line's paths, in the portal, and to webhooks.

use super::ops_house::{deployed, house, listen_at};
use super::ops_receiver::Receiver;
use super::world::World;
use countersign::jobs::notices::{deliver_due, find, hand_out};
use countersign::jobs::webhook;
use jiff::SignedDuration;
use serde_json::{Value, json};

async fn reminded() -> World {
    let world = house(|config| config.store_url = Some("memory:".into())).await;
    deployed(&world, "summarizer v1").await;
    world.app.clock.advance(SignedDuration::from_hours(40));
    assert_eq!(find(&world.app).await.unwrap(), 1);
    assert_eq!(find(&world.app).await.unwrap(), 0);
    world
}

async fn reminders(world: &World, who: &str, path: &str) -> Vec<Value> {
    let told = world.person(who).get(path).await.ok();
    let items = told["items"].as_array().unwrap().clone();
    items.into_iter().filter(|one| one["kind"] == "reminder").collect()
}

/// R-106
#[tokio::test]
async fn the_owner_finds_the_reminder_and_marks_it_for_himself() {
    let world = reminded().await;
    let told = reminders(&world, "rivera", "/notices").await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["task"], "confirm/production");
    assert_eq!(reminders(&world, "haddad", "/notices").await, Vec::<Value>::new());
    let id = told[0]["id"].as_str().unwrap();
    let rivera = world.person("rivera");
    let read = json!({ "notices": [id, "n-none"] });
    assert_eq!(rivera.post("/notices/read", read.clone()).await.ok()["marked"], 1);
    assert_eq!(rivera.post("/notices/read", read).await.ok()["marked"], 0);
    assert_eq!(reminders(&world, "rivera", "/notices?unread=true").await, Vec::<Value>::new());
    assert!(reminders(&world, "rivera", "/notices").await[0]["read_at"].is_string());
    let many = json!({ "notices": vec!["n-0"; 201] });
    let refused = rivera.post("/notices/read", many).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
}

/// R-035
#[tokio::test]
async fn people_hear_of_what_a_release_asks_of_them_when_it_is_submitted() {
    let world = house(|config| config.store_url = Some("memory:".into())).await;
    deployed(&world, "summarizer v1").await;
    let told = world.person("haddad").get("/notices").await.ok();
    let asked = told["items"].as_array().unwrap().iter();
    let mut asked = asked.filter(|one| one["kind"] == "assigned");
    assert!(asked.any(|one| one["task"].as_str().unwrap().starts_with("approval/")), "{told}");
}

#[tokio::test]
async fn a_webhook_that_asked_for_notices_gets_each_one_signed() {
    let receiver = Receiver::answering(&[(200, "ok")]).await;
    let world = house(|config| config.store_url = Some("memory:".into())).await;
    deployed(&world, "summarizer v1").await;
    hand_out(&world.app).await.unwrap();
    listen_at(&world, &receiver.url, |endpoint| {
        endpoint.events = vec!["notice.sent".into()];
        endpoint.body_template = Some(r#"{"title": "{{data.title}}"}"#.into());
    })
    .await;
    world.app.clock.advance(SignedDuration::from_hours(40));
    find(&world.app).await.unwrap();
    assert_eq!(hand_out(&world.app).await.unwrap(), 1);
    assert_eq!(hand_out(&world.app).await.unwrap(), 0);
    deliver_due(&world.app).await.unwrap();
    deliver_due(&world.app).await.unwrap();
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    let body: Value = serde_json::from_slice(&received[0].body).unwrap();
    assert_eq!((&body["type"], &body["data"]["kind"]), (&json!("notice.sent"), &json!("reminder")));
    assert!(body["data"]["link"].as_str().unwrap().ends_with("/confirm/production"), "{body}");
    let id = received[0].header("webhook-id");
    assert!(id.starts_with("msg_n-"), "{id}");
    let at = received[0].header("webhook-timestamp").parse().unwrap();
    let at = jiff::Timestamp::from_second(at).unwrap();
    let signature = received[0].header("webhook-signature");
    let signed = (id, at);
    let body = &received[0].body;
    assert_eq!(webhook::verify(super::ops_house::SECRET, signed, body, signature), Ok(true));
}

#[tokio::test]
async fn an_administrator_changes_an_address_and_nobody_else_does() {
    let world = World::new().await;
    let path = format!("/people/{}/address", world.id("rivera"));
    let new = json!({ "email": "jo.rivera@example.org" });
    world.person("rivera").put(&path, new.clone()).await.refused(403, "actor.not_permitted");
    let shown = world.person("admin").put(&path, new).await.ok();
    assert_eq!(shown["email"], "jo.rivera@example.org");
    let taken = json!({ "email": "chen@example.org" });
    assert_eq!(world.person("admin").put(&path, taken).await.status, 400);
    let none = json!({ "email": "nobody" });
    assert_eq!(world.person("admin").put(&path, none).await.status, 400);
}
