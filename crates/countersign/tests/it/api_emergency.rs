//! Emergencies and rollbacks over HTTP: claimed, answered, reminded of, reviewed, counted.

use crate::api_path::{self as path, show, verdict};
use crate::world::World;
use countersign::jobs::sweeper::sweep;
use countersign_core::actor::Scope;
use serde_json::{Value, json};

fn claim(world: &World) -> Value {
    json!({
        "ground": "security_vulnerability",
        "explanation": "The running prompt leaks addresses.",
        "authority_by": world.id("haddad").to_string(),
        "authority_at": "2026-05-11T08:40:00Z",
        "means": "phone",
    })
}

async fn deployed(world: &World) -> String {
    let id = path::requested(world).await;
    let rivera = world.person("rivera");
    rivera.post(&format!("/releases/{id}/emergency"), claim(world)).await.ok();
    let confirm = format!("/releases/{id}/emergency/confirm");
    world.person("haddad").post(&confirm, json!({})).await.ok();
    let deployment = json!({"environment": "production"});
    rivera.post(&format!("/releases/{id}/deployments"), deployment).await.ok();
    id
}

///
#[tokio::test]
async fn a_verdict_on_verbal_authority_says_what_it_rests_on() {
    let world = World::new().await;
    let gate = world.machine(&[Scope::Verdict]).await;
    let id = path::requested(&world).await;
    let emergency = format!("/releases/{id}/emergency");
    let mut fourth = claim(&world);
    fourth["ground"] = "customer_deadline".into();
    world.person("rivera").post(&emergency, fourth).await.refused(400, "request.malformed");
    let stranger = world.person("chen").post(&emergency, claim(&world)).await;
    stranger.refused(403, "actor.not_permitted");
    world.person("rivera").post(&emergency, claim(&world)).await.ok();
    let allowed = verdict(&gate).await;
    assert_eq!(
        (&allowed["verdict"], &allowed["basis"]),
        (&json!("allow"), &json!("verbal_authority"))
    );
    let deny = json!({"reason": "Nobody called me."});
    world.person("haddad").post(&format!("{emergency}/deny"), deny).await.ok();
    let denied = verdict(&gate).await;
    assert_eq!(denied["reasons"][0]["code"], "release.authority_denied");
}

///
#[tokio::test]
async fn the_clock_reminds_of_papers_once_and_records_that_they_are_missing_once() {
    let world = World::new().await;
    let id = deployed(&world).await;
    assert_eq!(sweep(&world.app).await.unwrap().papers, 0);
    world.at("2026-05-17T20:00:00Z");
    assert_eq!(sweep(&world.app).await.unwrap().papers, 1);
    assert_eq!(sweep(&world.app).await.unwrap().papers, 0);
    world.at("2026-05-18T17:00:01Z");
    assert_eq!(sweep(&world.app).await.unwrap().papers, 1);
    assert_eq!(sweep(&world.app).await.unwrap().papers, 0);
    let listed = world.person("haddad").get("/entries/emergency?which=open").await.ok();
    let entry = &listed["items"][0];
    assert_eq!(entry["id"], format!("{id}/emergency"));
    assert_eq!((&entry["state"], &entry["overdue"]), (&json!("papers_overdue"), &json!(true)));
}

///
#[tokio::test]
async fn the_committee_marks_misuse_and_the_rates_show_it() {
    let world = World::new().await;
    let id = deployed(&world).await;
    let misuse = json!({"of": "emergency", "outcome": "misuse", "text": "It could have waited."});
    let reviews = format!("/releases/{id}/reviews");
    let refused = world.person("haddad").post(&reviews, misuse.clone()).await;
    refused.refused(403, "actor.not_permitted");
    world.person("ito").post(&reviews, misuse).await.ok();
    let rates = world.person("okafor").get("/emergencies/rates").await.ok();
    let owner = &rates["owners"][0];
    assert_eq!((&owner["name"], &owner["percent"]), (&json!("J. Rivera"), &json!(100)));
    assert_eq!(owner["grounds"][0]["ground"], "security_vulnerability");
    assert_eq!(owner["grounds"][0]["misused"], 1);
}

///
#[tokio::test]
async fn a_drill_and_a_rollback_need_what_they_name() {
    let world = World::new().await;
    let id = deployed(&world).await;
    let petrov = world.person("petrov");
    let mut drill = json!({
        "on": "2026-05-10", "target": "summarizer v1.3", "measured_minutes": 9, "result": "worked",
    });
    petrov.post(&format!("/releases/{id}/drills"), drill.clone()).await.ok();
    drill["result"] = "perhaps".into();
    petrov.post(&format!("/releases/{id}/drills"), drill).await.refused(400, "request.malformed");
    let back = json!({
        "environment": "production", "to": "r-unknown", "measured_minutes": 9, "reason": "wrong",
    });
    petrov.post(&format!("/releases/{id}/rollback"), back).await.refused(404, "not_found");
    let shown = show(&petrov, &id).await;
    assert!(shown["timeline"].to_string().contains("drill_recorded"));
}
