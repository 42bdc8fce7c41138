//! The sweeper and promises: reminders, notices and ends are recorded once, and nothing waits for
//! them.

use crate::api_path::{self as path, show};
use crate::world::World;
use countersign::jobs::sweeper::sweep;
use serde_json::json;

async fn recorded(world: &World, id: &str, word: &str) -> usize {
    let person = world.app.store.person(&world.id("rivera")).await.unwrap().unwrap();
    let token = world.app.personal_token(&person, "later").await.unwrap();
    let shown = show(&world.bearer(&token.token), id).await;
    let timeline = shown["timeline"].as_array().unwrap().clone();
    timeline.iter().filter(|entry| entry["event"] == word).count()
}

///
#[tokio::test]
async fn a_condition_is_reminded_of_and_noticed_once_each() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    path::approve(&world, &id, "model_owner").await;
    let kovacs = world.person("kovacs");
    let yes = json!({
        "role": "security_operations_lead", "dossier": show(&kovacs, &id).await["dossier"],
        "conditions": [{"text": "Audit it.", "owner": world.id("rivera"), "due": "20 business days"}],
    });
    kovacs.post(&format!("/releases/{id}/approve"), yes).await.ok();
    for (moment, reminded, noticed) in [
        ("2026-06-03T16:59:59Z", 0, 0),
        ("2026-06-03T17:00:00Z", 1, 0),
        ("2026-06-08T17:00:00Z", 1, 0),
        ("2026-06-08T17:00:01Z", 1, 1),
        ("2026-07-08T17:00:01Z", 1, 1),
    ] {
        world.at(moment);
        sweep(&world.app).await.unwrap();
        assert_eq!(sweep(&world.app).await.unwrap().noticed, 0, "{moment}");
        assert_eq!(recorded(&world, &id, "condition_reminded").await, reminded, "{moment}");
        assert_eq!(recorded(&world, &id, "condition_overdue").await, noticed, "{moment}");
    }
}

/// R-156, I-11
#[tokio::test]
async fn the_end_of_an_exception_is_recorded_once() {
    let world = World::new().await;
    let id = path::submitted(&world).await;
    let card = format!("/releases/{id}/evidence/e1/withdraw");
    let wrong = json!({"reason": "It was the wrong one."});
    world.person("rivera").post(&card, wrong).await.ok();
    let ask = format!("/releases/{id}/exceptions");
    let new = json!({
        "waives": "item model_card", "reason": "Late.", "measures": "A person reads along.",
        "until": "2026-06-30T17:00:00Z",
    });
    world.person("rivera").post(&ask, new).await.ok();
    for (person, role) in [("haddad", "ai_governance_lead"), ("weber", "security")] {
        let word = json!({"role": role, "text": "Small enough."});
        world.person(person).post(&format!("{ask}/1/accept"), word).await.ok();
    }
    world.at("2026-06-30T17:00:00Z");
    assert_eq!(sweep(&world.app).await.unwrap().noticed, 0);
    world.at("2026-06-30T17:00:01Z");
    assert_eq!(sweep(&world.app).await.unwrap().noticed, 1);
    assert_eq!(sweep(&world.app).await.unwrap().noticed, 0);
    assert_eq!(recorded(&world, &id, "exception_expired").await, 1);
}
