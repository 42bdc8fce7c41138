//! People, roles, tokens, and setting up.

use crate::world::World;
use serde_json::{Value, json};

fn token_in(link: &Value) -> String {
    link.as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_first_administrator_comes_by_link_and_invites_others() {
    let world = World::in_memory().await;
    let nobody = world.nobody();
    let link = world.app.setup_link(None).await.unwrap();
    let mut setup = json!({
        "token": link.rsplit('/').next().unwrap(), "name": "Ada", "email": "ada@example.org",
        "password": "short",
    });
    let problem = nobody.post("/setup", setup.clone()).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "password");
    setup["password"] = json!("a few good words");
    let ada = nobody.post("/setup", setup.clone()).await.ok();
    nobody.post("/setup", setup).await.refused(404, "not_found");
    let ada = world.bearer(ada["token"].as_str().unwrap());
    assert_eq!(ada.get("/me").await.ok()["roles"], json!(["administrator"]));

    let bob = json!({"name": "Bob", "email": "bob@example.org"});
    let invited = ada.post("/people", bob.clone()).await.ok();
    ada.post("/people", bob).await.refused(400, "request.malformed");
    let person = invited["person"].as_str().unwrap();
    let path = format!("/people/{person}");
    assert_eq!(ada.get(&path).await.ok()["set_up"], false);
    let again = ada.post(&format!("{path}/setup-link"), json!({})).await.ok();
    let token = token_in(&again["setup_link"]);
    let setup = json!({"token": token, "password": "another few words"});
    assert_eq!(nobody.post("/setup", setup).await.ok()["name"], "Bob");

    let roles = format!("{path}/roles");
    ada.post(&roles, json!({"role": "security"})).await.ok();
    ada.post(&roles, json!({"role": "security"})).await.refused(409, "nothing_to_do");
    ada.post(&roles, json!({"role": "model_owner"})).await.refused(409, "role.owner_is_per_model");
    assert_eq!(ada.get(&path).await.ok()["roles"], json!(["security"]));
    ada.delete(&format!("{roles}/security")).await.ok();
    ada.get("/people/p-nobody").await.refused(404, "not_found");
    ada.post("/people/p-nobody/roles", json!({"role": "x"})).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_login_gives_a_token_and_too_many_wrong_ones_wait() {
    let world = World::in_memory().await;
    let nobody = world.nobody();
    let link = world.app.setup_link(None).await.unwrap();
    let setup = json!({
        "token": link.rsplit('/').next().unwrap(), "name": "Ada", "email": "ada@example.org",
        "password": "a few good words",
    });
    nobody.post("/setup", setup).await.ok();
    let mut login = json!({"email": "ADA@example.org", "password": "a few good words"});
    let signed_in = nobody.post("/login", login.clone()).await.ok();
    assert!(signed_in["id"].as_str().unwrap().starts_with("t-"));
    login["password"] = json!("a few bad words");
    for _ in 0..10 {
        nobody.post("/login", login.clone()).await.refused(401, "actor.unknown");
    }
    login["password"] = json!("a few good words");
    let waits = nobody.post("/login", login.clone()).await;
    assert_eq!(waits.header("retry-after"), "300");
    waits.refused(429, "request.too_many");
    world.at("2026-05-11T09:05:00Z");
    nobody.post("/login", login).await.ok();
}

#[tokio::test]
async fn a_disabled_person_is_out_at_once_and_the_last_administrator_stays() {
    let world = World::without_policy().await;
    let admin = world.person("admin");
    let disable = |who: &str| format!("/people/{}/disable", world.id(who));
    world.person("chen").get("/me").await.ok();
    assert_eq!(admin.post(&disable("chen"), json!({})).await.ok()["disabled"], true);
    world.person("chen").get("/me").await.refused(401, "actor.unknown");
    let link = format!("/people/{}/setup-link", world.id("chen"));
    admin.post(&link, json!({})).await.refused(400, "request.malformed");
    admin.post(&disable("admin"), json!({})).await.refused(409, "role.last_administrator");
    let rivera = world.person("rivera");
    rivera.post(&disable("okafor"), json!({})).await.refused(403, "actor.not_permitted");
    let own = format!("/people/{}/roles", world.id("admin"));
    admin.post(&own, json!({"role": "security"})).await.refused(403, "role.own");
}

#[tokio::test]
async fn a_token_for_a_machine_is_made_listed_and_revoked() {
    let world = World::without_policy().await;
    let admin = world.person("admin");
    for (new, place) in [
        (json!({"name": "ci", "scopes": []}), "scopes"),
        (json!({"name": "ci", "scopes": ["read", "approve"]}), "scopes[1]"),
        (json!({"name": " ", "scopes": ["read"]}), "name"),
        (json!({"name": "ci", "scopes": ["read"], "expires_at": "soon"}), "expires_at"),
        (
            json!({"name": "ci", "scopes": ["read"], "expires_at": "2026-01-01T00:00:00Z"}),
            "expires_at",
        ),
    ] {
        let problem = admin.post("/tokens", new).await.refused(400, "request.malformed");
        assert_eq!(problem["reasons"][0]["place"], place);
    }
    let new = json!({"name": "ci", "scopes": ["read"], "expires_at": "2026-05-12T00:00:00Z"});
    world.person("chen").post("/tokens", new.clone()).await.refused(403, "actor.not_permitted");
    let made = admin.post("/tokens", new).await.ok();
    let (id, machine) =
        (made["id"].as_str().unwrap(), world.bearer(made["token"].as_str().unwrap()));
    assert_eq!(machine.get("/me").await.ok()["scopes"], json!(["read"]));
    world.at("2026-05-12T00:00:00Z");
    machine.get("/me").await.refused(401, "actor.unknown");
    world.at("2026-05-11T10:00:00Z");

    let own = world.person("chen").get("/tokens").await.ok();
    let holders: Vec<&Value> =
        own["items"].as_array().unwrap().iter().map(|it| &it["holder"]).collect();
    assert_eq!(holders, [&json!(world.id("chen").as_str())]);
    let path = format!("/tokens/{id}");
    world.person("chen").delete(&path).await.refused(404, "not_found");
    assert_eq!(admin.delete(&path).await.ok()["revoked_at"], "2026-05-11T10:00:00Z");
    machine.get("/me").await.refused(401, "actor.unknown");
    let chen = own["items"][0]["id"].as_str().unwrap();
    world.person("chen").delete(&format!("/tokens/{chen}")).await.ok();
    world.person("chen").get("/me").await.refused(401, "actor.unknown");
    admin.delete("/tokens/t-none").await.refused(404, "not_found");
}

/// I-01
#[tokio::test]
async fn a_machine_never_approves_and_the_attempt_is_logged() {
    let world = World::new().await;
    let id = crate::api_path::submitted(&world).await;
    let machine = world.machine(&countersign_core::actor::Scope::ALL).await;
    let release = machine.get(&format!("/releases/{id}")).await.ok();
    let yes = json!({"role": "model_owner", "dossier": release["dossier"]});
    let approve = format!("/releases/{id}/approve");
    machine.post(&approve, yes.clone()).await.refused(403, "actor.people_only");
    world.person("okafor").post(&approve, yes).await.refused(403, "actor.not_permitted");
    let no = json!({"role": "model_owner", "reason": "other", "text": "No."});
    machine.post(&format!("/releases/{id}/reject"), no).await.refused(403, "actor.people_only");
    let after = machine.get(&format!("/releases/{id}")).await.ok();
    assert_eq!(after["dossier"], release["dossier"]);
    let timeline = after["timeline"].as_array().unwrap().iter();
    assert_eq!(timeline.filter(|one| one["event"] == "attempt_refused").count(), 3);
}
