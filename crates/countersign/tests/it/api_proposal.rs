//! Kinds of change proposed from facts, and the deployment log, over HTTP.

use crate::api_path::{self as path, ADAPTER, show};
use crate::world::World;
use serde_json::{Value, json};

fn next_adapter() -> Value {
    json!([{"name": "ckpt-2", "kind": "adapter", "digest": format!("sha256:{}", "cd".repeat(32))}])
}

/// The first release runs in production.
async fn running(world: &World) -> String {
    let id = path::approved(world).await;
    let deployment = json!({"environment": "production", "change_reference": "CHG-7"});
    let deployed = format!("/releases/{id}/deployments");
    world.person("rivera").post(&deployed, deployment).await.ok();
    id
}

#[tokio::test]
async fn a_kind_of_change_is_proposed_from_what_runs_and_nothing_is_written() {
    let world = World::new().await;
    running(&world).await;
    let rivera = world.person("rivera");
    let before = rivera.get("/log/checkpoint").await.text();
    let asked = json!({"model": "summarizer", "artifacts": next_adapter()});
    let proposed = rivera.post("/releases/propose", asked).await.ok();
    assert_eq!(proposed["change"], "minor_update");
    let why = &proposed["reasons"][0];
    assert_eq!((&why["rule"], &why["before"]), (&json!("artifact_changed"), &json!(ADAPTER)));
    assert_eq!(rivera.get("/log/checkpoint").await.text(), before);
    let unknown = rivera.post("/releases/propose", json!({"model": "nobody"})).await;
    unknown.refused(404, "not_found");
}

#[tokio::test]
async fn asking_for_less_needs_a_reason_that_everybody_sees() {
    let world = World::new().await;
    running(&world).await;
    let rivera = world.person("rivera");
    let mut asked = json!({
        "model": "summarizer", "title": "summarizer v2", "change": "configuration_change",
        "summary": "A new head.", "artifacts": next_adapter(),
    });
    let refused = rivera.post("/releases", asked.clone()).await;
    let problem = refused.refused(409, "change_type.lower_than_proposed");
    assert_eq!(problem["reasons"][0]["code"], "change_type.artifact_changed");
    asked["override_reason"] = "the adapter differs in its metadata alone".into();
    let id = rivera.post("/releases", asked).await.ok()["release"].as_str().unwrap().to_owned();
    let shown = show(&world.person("haddad"), &id).await;
    assert_eq!(shown["overridden"]["proposal"]["change"], "minor_update");
    assert_eq!(shown["overridden"]["reason"], "the adapter differs in its metadata alone");
    let listed = world.person("haddad").get("/entries/override?which=open").await.ok();
    assert_eq!(listed["items"][0]["id"], format!("{id}/change-type"));
    let keep = format!("/releases/{id}/override");
    let again = world.person("chen").post(&keep, json!({"reason": "me too"})).await;
    again.refused(403, "actor.not_permitted");
}

///
#[tokio::test]
async fn the_log_says_what_went_where_who_approved_it_and_what_it_rested_on() {
    let world = World::new().await;
    let id = running(&world).await;
    let reader = world.person("okafor");
    let log = reader.get("/deployments").await.ok();
    let one = &log["items"][0];
    assert_eq!((&one["release"], &one["environment"]), (&json!(id), &json!("production")));
    assert_eq!(one["deployer"], world.id("rivera").to_string());
    assert_eq!(one["artifacts"][0]["digest"], ADAPTER);
    assert_eq!(
        (&one["summary"], &one["change_reference"]),
        (&json!("A first adapter."), &json!("CHG-7"))
    );
    let roles: Vec<_> = one["approvers"].as_array().unwrap().iter().map(|it| &it["role"]).collect();
    assert_eq!(roles, ["model_owner", "security_operations_lead"]);
    assert!(one["evidence"].as_array().unwrap().iter().any(|it| it["format"] == "metrics-json"));
    let count = async |query: &str| {
        let page = reader.get(&format!("/deployments?{query}")).await.ok();
        page["items"].as_array().unwrap().len()
    };
    assert_eq!(count("environment=production&model=summarizer").await, 1);
    assert_eq!(count("environment=staging").await, 0);
    assert_eq!(count("model=other").await, 0);
    let at: jiff::Timestamp = one["at"].as_str().unwrap().parse().unwrap();
    let after = at + jiff::SignedDuration::from_secs(1);
    assert_eq!(count(&format!("from={at}&to={after}")).await, 1);
    assert_eq!(count(&format!("from={after}")).await, 0);
    assert_eq!(count(&format!("to={at}")).await, 0);
    reader.get("/deployments?from=soon").await.refused(400, "request.malformed");
}

///
#[tokio::test]
async fn the_log_goes_on_where_a_page_ended() {
    let world = World::new().await;
    running(&world).await;
    let rivera = world.person("rivera");
    let first = rivera.get("/deployments?limit=1").await.ok();
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    assert_eq!(first["next"], Value::Null);
}
