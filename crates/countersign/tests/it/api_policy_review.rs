//! Reviews of the policy: asked for by data and by people, recorded, and shown.

use crate::api_path as path;
use crate::portal_browser::Browser;
use crate::world::{Client, World};
use countersign::jobs::sweeper::sweep;
use serde_json::json;

const REVIEWS: &str = "/policies/model-release/1.0/reviews";

/// Somebody at a time when the first tokens have run out.
async fn later(world: &World, person: &str) -> Client {
    let known = world.app.store.person(&world.id(person)).await.unwrap().unwrap();
    let token = world.app.personal_token(&known, "later").await.unwrap();
    world.bearer(&token.token)
}

///
#[tokio::test]
async fn the_clock_reminds_of_the_regular_review_once_and_a_review_moves_the_next() {
    let world = World::new().await;
    assert_eq!(sweep(&world.app).await.unwrap().reviews, 0);
    world.at("2026-12-10T09:00:00Z");
    assert_eq!(sweep(&world.app).await.unwrap().reviews, 1);
    assert_eq!(sweep(&world.app).await.unwrap().reviews, 0);
    let (lead, chen) = (later(&world, "haddad").await, later(&world, "chen").await);
    let tasks = lead.get("/tasks").await.ok();
    let titles: Vec<_> =
        tasks["items"].as_array().unwrap().iter().map(|task| task["title"].clone()).collect();
    assert!(titles.contains(&json!("Review the policy model-release 1.0")), "{titles:?}");
    let shown = lead.get(REVIEWS).await.ok();
    assert_eq!(shown["next_review"], "2027-01-01");
    assert_eq!(
        (&shown["items"][0]["trigger"], &shown["items"][0]["state"]),
        (&json!("annual"), &json!("open"))
    );
    let review = json!({"outcome": "keep", "text": "Nothing to change."});
    let one = "/policies/model-release/1.0/review";
    chen.post(one, review.clone()).await.refused(403, "actor.not_permitted");
    let wrong = json!({"outcome": "perhaps", "text": "Hm."});
    lead.post(one, wrong).await.refused(400, "request.malformed");
    lead.post(one, review).await.ok();
    let shown = lead.get(REVIEWS).await.ok();
    assert_eq!(shown["next_review"], "2027-12-10");
    assert_eq!(shown["items"][0]["text"], "Nothing to change.");
    let listed = lead.get("/entries/policy_review?which=closed").await.ok();
    assert_eq!(listed["items"][0]["state"], "keep");
}

///
#[tokio::test]
async fn a_token_that_deploys_asks_for_a_review_of_the_policy() {
    let world = World::new().await;
    world.at("2026-06-01T09:00:00Z");
    world.machine(&[countersign_core::actor::Scope::Deployment]).await;
    world.at("2026-06-02T09:00:00Z");
    assert_eq!(sweep(&world.app).await.unwrap().reviews, 1);
    let shown = world.person("haddad").get(REVIEWS).await.ok();
    assert_eq!(shown["items"][0]["trigger"], "tooling");
    let changed = shown["items"][0]["changed"][0].as_str().unwrap();
    assert!(changed.starts_with("deployment token "), "{changed}");
}

///
#[tokio::test]
async fn an_incident_counts_with_the_release_it_is_about() {
    let world = World::new().await;
    let id = path::submitted(&world).await;
    let mut incident = json!({
        "title": "Wrong summaries", "text": "They leave things out.", "severity": "medium",
        "release": id,
    });
    world.person("rivera").post("/incidents", incident.clone()).await.ok();
    incident["title"] = "Again".into();
    world.person("rivera").post("/incidents", incident).await.ok();
    world.at("2026-05-12T09:00:00Z");
    assert_eq!(sweep(&world.app).await.unwrap().reviews, 0, "it is one release");
}

///
#[tokio::test]
async fn whoever_keeps_the_policy_asks_for_a_review_and_records_it_on_its_page() {
    let world = World::new().await;
    let page = "/policy/model-release/1.0";
    let mut stranger = Browser::of(&world, "chen").await;
    stranger.open(page).await;
    assert!(!stranger.text().contains("Record a review"));
    let mut lead = Browser::of(&world, "haddad").await;
    lead.open(page).await;
    let ask = format!("{page}/ask-review");
    let form = lead.form(&ask).fill("trigger", "tooling");
    lead.send(form.clone()).await;
    assert_eq!(lead.page.status, 422);
    lead.says("Say what happened");
    lead.open(page).await;
    lead.send(form.fill("happened", "Another orchestrator.")).await;
    lead.says("Another orchestrator.").says("Change of deployment tooling");
    lead.open("/inbox").await;
    lead.says("Review the policy model-release 1.0");
    lead.open(page).await;
    let form = lead.form(&format!("{page}/review")).fill("outcome", "revise");
    lead.send(form.fill("text", "It has to name the new gate.")).await;
    lead.says("It has to name the new gate.").says("Revise");
    stranger.open("/entries/policy_review").await;
    stranger.says("Review of model-release 1.0: change of deployment tooling");
    stranger.open("/policy").await;
    stranger.says("It has to name the new gate.");
}
