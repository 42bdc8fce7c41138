//! Lists and inboxes over HTTP, at the moment they are read: what ended by itself, who can no
//! longer approve, and a risk about several models.

use crate::api_path as path;
use crate::world::{POLICY, World};
use serde_json::{Value, json};

fn titles(listed: &Value) -> Vec<&str> {
    listed["items"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect()
}

/// I-11
#[tokio::test]
async fn a_freeze_that_has_ended_is_listed_among_the_settled_and_not_among_the_open() {
    let world = World::new().await;
    let haddad = world.person("haddad");
    for (name, until) in [("short", "2026-05-12T09:00:00Z"), ("long", "2026-06-12T09:00:00Z")] {
        let freeze = json!({
            "name": name, "environments": ["production"], "until": until, "reason": "An audit.",
        });
        haddad.post("/freezes", freeze).await.ok();
    }
    let listed = async |which: &str| {
        let list = format!("/entries/freeze?which={which}&limit=1");
        world.person("rivera").get(&list).await.ok()
    };
    assert_eq!(titles(&listed("closed").await), [""; 0]);
    let first = listed("open").await;
    assert_eq!(titles(&first).len(), 1);
    let next = format!("/entries/freeze?which=open&after={}", first["next"].as_str().unwrap());
    let second = world.person("rivera").get(&next).await.ok();
    assert_eq!((titles(&second).len(), &second["next"]), (1, &Value::Null));
    world.at("2026-05-12T09:00:00Z");
    assert_eq!(titles(&listed("open").await), ["long: production"]);
    let ended = listed("closed").await;
    assert_eq!(titles(&ended), ["short: production"]);
    assert_eq!(ended["items"][0]["state"], "ended");
}

///
#[tokio::test]
async fn a_risk_about_several_models_is_listed_with_each_of_them() {
    let world = World::new().await;
    let rivera = world.person("rivera");
    for name in ["summarizer", "router", "tagger"] {
        let model = json!({ "name": name, "title": name, "tier": "low", "intended_use": "Work" });
        rivera.post("/models", model).await.ok();
    }
    let mut shared = path::risk("risk-shared");
    shared["models"] = json!(["summarizer", "router"]);
    rivera.post("/risks", shared).await.ok();
    rivera.post("/risks", path::risk("risk-own")).await.ok();
    for (model, count) in [("summarizer", 2), ("router", 1), ("tagger", 0)] {
        let listed = rivera.get(&format!("/entries/risk?model={model}")).await.ok();
        assert_eq!(titles(&listed).len(), count, "{model}: {listed}");
    }
}

async fn asked(world: &World, person: &str) -> usize {
    let tasks = world.person(person).get("/tasks").await.ok();
    let approvals = tasks["items"].as_array().unwrap().iter();
    approvals.filter(|one| one["task"].as_str().unwrap().starts_with("approval/")).count()
}

async fn eligible(world: &World, id: &str) -> Value {
    let release = path::show(&world.person("rivera"), id).await;
    let rules = release["approvals"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["role"] == "security_operations_lead").unwrap();
    rule["eligible"].clone()
}

#[tokio::test]
async fn nobody_is_asked_to_approve_whose_qualification_has_expired() {
    let world = World::without_policy().await;
    let role = "role security_operations_lead \"Security Operations Lead\"";
    let asks = format!("{role}\n  qualification \"Approver training\" valid 12 months");
    let admin = world.caller("admin");
    let policy = POLICY.replace(role, &asks);
    assert_ne!(policy, POLICY);
    let (policy, _) = world.app.publish_policy(&admin, &policy).await.unwrap();
    world.app.approve_policy(&world.caller("ito"), policy).await.unwrap();
    world.app.publish_runbook(&admin, crate::world::RUNBOOK, None).await.unwrap();
    let passed = json!({
        "role": "security_operations_lead", "passed_on": "2025-05-20", "proof": "certificate 17",
    });
    let path = format!("/people/{}/qualifications", world.id("kovacs"));
    world.person("admin").post(&path, passed).await.ok();
    let id = path::reviewed(&world).await;
    assert_eq!(asked(&world, "kovacs").await, 1);
    assert_eq!(eligible(&world, &id).await.as_array().unwrap().len(), 1);
    world.at("2026-05-20T09:00:00Z");
    assert_eq!(asked(&world, "kovacs").await, 0);
    assert_eq!(eligible(&world, &id).await, json!([]));
}

///
#[tokio::test]
async fn whoever_is_disabled_holds_no_role_and_is_named_among_nobody_who_could_approve() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    assert_eq!(eligible(&world, &id).await.as_array().unwrap().len(), 1);
    let lend = json!({
        "to": world.id("chen"), "role": "security_operations_lead",
        "until": "2026-05-25T09:00:00Z", "reason": "on leave",
    });
    world.person("kovacs").post("/delegations", lend).await.ok();
    let disable = format!("/people/{}/disable", world.id("kovacs"));
    let admin = world.person("admin");
    let gone = admin.post(&disable, json!({})).await.ok();
    assert_eq!((&gone["disabled"], &gone["roles"]), (&json!(true), &json!([])));
    assert_eq!(eligible(&world, &id).await, json!([]));
    let lent = admin.get("/entries/delegation?which=open").await.ok();
    assert_eq!(titles(&lent), [""; 0]);
    // Doing it again finds nothing left to end.
    assert_eq!(admin.post(&disable, json!({})).await.ok()["disabled"], true);
}
