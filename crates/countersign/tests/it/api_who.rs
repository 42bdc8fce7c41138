//! Who may call: tokens of people and machines, expired, revoked, missing, scoped.

use crate::world::World;
use countersign_core::actor::Scope;
use serde_json::json;

#[tokio::test]
async fn a_person_is_known_by_token_with_the_roles_held_now() {
    let world = World::without_policy().await;
    let me = world.person("okafor").get("/me").await.ok();
    assert_eq!(me["id"], world.id("okafor").as_str());
    assert_eq!(me["roles"], json!(["compliance"]));
}

#[tokio::test]
async fn nobody_is_answered_without_a_valid_token() {
    let world = World::without_policy().await;
    let nobody = world.nobody().get("/me").await;
    assert!(nobody.header("www-authenticate").starts_with("Bearer"));
    assert_eq!(nobody.header("cache-control"), "no-store");
    let problem = nobody.refused(401, "actor.unknown");
    assert!(problem["detail"].as_str().unwrap().contains("countersign login"));
    world.bearer("cst_nonsense").get("/releases").await.refused(401, "actor.unknown");
}

#[tokio::test]
async fn a_token_stops_working_when_it_expires() {
    let world = World::without_policy().await;
    world.person("chen").get("/me").await.ok();
    world.at("2026-06-10T09:00:00Z");
    world.person("chen").get("/me").await.refused(401, "actor.unknown");
}

#[tokio::test]
async fn a_machine_does_what_its_scopes_say_and_nothing_else() {
    let world = World::without_policy().await;
    let machine = world.machine(&[Scope::Read]).await;
    machine.get("/releases").await.ok();
    let digest = format!("sha256:{}", "ab".repeat(32));
    let ask = format!("/verdict?digest={digest}&environment=production");
    machine.get(&ask).await.refused(403, "token.scope_missing");
    let model = json!({"name": "m", "title": "M", "tier": "low", "intended_use": "x"});
    machine.post("/models", model).await.refused(403, "actor.people_only");
}

#[tokio::test]
async fn a_body_that_is_no_json_is_named_as_such() {
    let world = World::without_policy().await;
    let person = world.person("rivera").with("Accept", "application/json");
    let answer = person.send("/models", "{\"name\": ").await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    answer.refused(400, "request.malformed");
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have_is_refused() {
    let world = World::without_policy().await;
    let person = world.person("rivera");
    assert_eq!(person.put("/me", json!({})).await.status, 405);
    assert_eq!(person.delete("/me").await.status, 405);
}
