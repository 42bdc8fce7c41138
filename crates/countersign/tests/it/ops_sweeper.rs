//! The sweeper: what did not happen in time becomes part of the history, once.

use super::ops_house::{deployed, house};
use super::world::World;
use countersign::app::Submission;
use countersign::jobs::sweeper::{Swept, sweep};
use countersign_core::digest::Sha256;
use countersign_core::name::{EnvironmentName, ReleaseId};
use countersign_core::release::Command;
use countersign_core::release::{Answer, Statements};
use countersign_store::Session;
use jiff::SignedDuration;

async fn in_production() -> (World, ReleaseId) {
    let world = house(|config| config.store_url = Some("memory:".into())).await;
    let release = deployed(&world, "summarizer v1").await;
    (world, release)
}

async fn act(world: &World, release: &ReleaseId, command: Command) {
    let rivera = world.caller("rivera");
    world.app.execute(&rivera, Submission::release(release, command)).await.unwrap();
}

async fn missed(world: &World, release: &ReleaseId) -> usize {
    let shown = world.person("rivera").get(&format!("/releases/{release}")).await.ok();
    let timeline = shown["timeline"].as_array().unwrap().clone();
    timeline.iter().filter(|entry| entry.to_string().contains("confirmation_missed")).count()
}

///
#[tokio::test]
async fn a_confirmation_that_did_not_come_within_48_hours_is_recorded_once() {
    let (world, release) = in_production().await;
    world.app.clock.advance(SignedDuration::from_hours(48));
    assert_eq!(sweep(&world.app).await.unwrap().missed, 0, "48 hours are in time");
    world.app.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(sweep(&world.app).await.unwrap().missed, 1);
    assert_eq!(sweep(&world.app).await.unwrap().missed, 0);
    world.app.clock.advance(SignedDuration::from_hours(48));
    assert_eq!(sweep(&world.app).await.unwrap().missed, 0);
    assert_eq!(missed(&world, &release).await, 1);
}

///
#[tokio::test]
async fn a_confirmation_that_came_is_not_missed() {
    let (world, release) = in_production().await;
    world.app.clock.advance(SignedDuration::from_hours(47));
    let environment = EnvironmentName::new("production").unwrap();
    let statements = Statements {
        within_parameters: Answer::Yes,
        monitoring_active: Answer::Yes,
        no_issues: Answer::Yes,
        note: None,
    };
    act(&world, &release, Command::ConfirmDeployment { environment, statements }).await;
    world.app.clock.advance(SignedDuration::from_hours(47));
    assert_eq!(sweep(&world.app).await.unwrap(), Swept::default());
    assert_eq!(missed(&world, &release).await, 0);
}

#[tokio::test]
async fn sessions_are_forgotten_when_they_end_and_requests_after_two_days() {
    let world = house(|config| config.store_url = Some("memory:".into())).await;
    let now = world.app.clock.now();
    let session = Session {
        token: Sha256::of(b"session"),
        person: world.id("rivera"),
        csrf: "c".into(),
        created_at: now,
        expires_at: now + SignedDuration::from_hours(12),
    };
    world.app.store.add_session(&session).await.unwrap();
    let model = serde_json::json!({"name": "ranker", "title": "Ranker", "tier": "low",
        "intended_use": "orders tickets"});
    let rivera = world.person("rivera").with("Idempotency-Key", "k-1");
    let first = rivera.post("/models", model.clone()).await.ok();

    world.app.clock.advance(SignedDuration::from_hours(13));
    assert_eq!(sweep(&world.app).await.unwrap().expired, 1);
    world.app.clock.advance(SignedDuration::from_hours(34));
    assert_eq!(sweep(&world.app).await.unwrap().requests, 0);
    assert_eq!(rivera.post("/models", model).await.ok(), first, "47 hours later it is remembered");
    world.app.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(sweep(&world.app).await.unwrap().requests, 1);
}
