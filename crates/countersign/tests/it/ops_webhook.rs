//! Webhook delivery from an approved release to a platform that really listens.

use super::ops_house::{SECRET, approved, delivery, house, listen_at, step};
use super::ops_receiver::{Received, Receiver};
use super::world::World;
use countersign::app::{Draft, Submission};
use countersign::jobs::webhook;
use countersign_core::name::ReleaseId;
use countersign_core::release::Command;
use countersign_store::DeliveryStatus;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

async fn deliver(world: &World) {
    webhook::deliver_due(&world.app).await.unwrap();
}

async fn in_house() -> World {
    house(|config| config.store_url = Some("memory:".into())).await
}

#[track_caller]
fn assert_signed(received: &Received) {
    let at: i64 = received.header("webhook-timestamp").parse().unwrap();
    let (id, at) = (received.header("webhook-id"), Timestamp::from_second(at).unwrap());
    let signature = received.header("webhook-signature");
    assert_eq!(webhook::verify(SECRET, (id, at), &received.body, signature), Ok(true));
}

/// R-048, R-049
#[tokio::test]
async fn an_approved_release_is_announced_signed_and_the_step_is_done() {
    let (world, platform) = (in_house().await, Receiver::answering(&[(202, "queued")]).await);
    listen_at(&world, &platform.url, |_| {}).await;
    let release = approved(&world, "summarizer v1").await;
    assert_eq!(step(&world, &release).await["progress"], "ready");
    deliver(&world).await;

    let received = platform.received();
    assert_eq!(received.len(), 1);
    assert_signed(&received[0]);
    assert_eq!(received[0].header("content-type"), "application/json");
    assert_eq!(received[0].header("x-team"), "ml-platform");
    let body: Value = serde_json::from_slice(&received[0].body).unwrap();
    assert_eq!(body["type"], "release.approved");
    assert_eq!(body["timestamp"], "2026-05-11T09:00:00Z");
    assert_eq!(body["data"]["release"], release.as_str());
    let digest = countersign_core::digest::Sha256::of(b"summarizer v1").to_string();
    assert_eq!(body["data"]["artifacts"][0]["digest"], digest.as_str());

    assert_eq!(step(&world, &release).await["progress"], "done");
    let delivery = delivery(&world, &release).await;
    assert_eq!(delivery.status, DeliveryStatus::Done);
    deliver(&world).await;
    assert_eq!(platform.received().len(), 1, "a message taken is not sent again");
}

/// R-049
#[tokio::test]
async fn a_receiver_that_is_down_is_tried_again_under_the_same_id() {
    let replies = [(500, "down"), (503, "down"), (200, "ok")];
    let (world, platform) = (in_house().await, Receiver::answering(&replies).await);
    listen_at(&world, &platform.url, |_| {}).await;
    let release = approved(&world, "summarizer v1").await;
    let decided = world.app.clock.now();
    deliver(&world).await;
    let first = delivery(&world, &release).await;
    assert_eq!((first.status, first.attempts), (DeliveryStatus::Due, 1));
    assert_eq!(first.last_error.as_deref(), Some("it answered 500, expected 200..299"));
    let wait = first.next_at.duration_since(decided);
    assert!((5_000..=5_500).contains(&wait.as_millis()), "{wait}");

    deliver(&world).await;
    assert_eq!(platform.received().len(), 1, "not before its time");
    world.app.clock.advance(SignedDuration::from_secs(6));
    deliver(&world).await;
    world.app.clock.advance(SignedDuration::from_mins(6));
    deliver(&world).await;

    let received = platform.received();
    assert_eq!(received.len(), 3);
    let ids: Vec<&str> = received.iter().map(|one| one.header("webhook-id")).collect();
    assert_eq!(ids, [ids[0]; 3]);
    received.iter().for_each(assert_signed);
    assert_ne!(received[0].header("webhook-timestamp"), received[2].header("webhook-timestamp"));
    assert_eq!(step(&world, &release).await["progress"], "done");
    assert_eq!(delivery(&world, &release).await.status, DeliveryStatus::Done);
}

/// R-049
#[tokio::test]
async fn after_the_last_attempt_the_step_says_that_somebody_has_to_look() {
    let (world, platform) = (in_house().await, Receiver::answering(&[(500, "down")]).await);
    listen_at(&world, &platform.url, |_| {}).await;
    let release = approved(&world, "summarizer v1").await;
    for _ in 0..12 {
        deliver(&world).await;
        world.app.clock.advance(SignedDuration::from_hours(27));
    }
    assert_eq!(platform.received().len(), 10);
    let delivery = delivery(&world, &release).await;
    assert_eq!(delivery.status, DeliveryStatus::Dead);
    assert_eq!(step(&world, &release).await["progress"], "delivery_failed");
}

/// R-050
#[tokio::test]
async fn a_private_address_is_refused_unless_the_endpoint_or_the_server_allows_it() {
    let platform = Receiver::answering(&[(200, "ok")]).await;
    let localhost = platform.url.replace("127.0.0.1", "localhost");
    for url in [&platform.url, &localhost] {
        let world = in_house().await;
        listen_at(&world, url, |endpoint| endpoint.allow_private = false).await;
        let release = approved(&world, "summarizer v1").await;
        deliver(&world).await;
        let delivery = delivery(&world, &release).await;
        assert_eq!((delivery.status, delivery.attempts), (DeliveryStatus::Due, 0), "{url}");
        let error = delivery.last_error.unwrap();
        assert!(error.contains("is not a public address"), "{error}");
    }
    assert_eq!(platform.received().len(), 0);

    let world = house(|config| {
        config.store_url = Some("memory:".into());
        config.allow_private_webhooks = true;
    })
    .await;
    listen_at(&world, &platform.url, |endpoint| endpoint.allow_private = false).await;
    approved(&world, "summarizer v1").await;
    deliver(&world).await;
    assert_eq!(platform.received().len(), 1);
}

/// R-050
#[tokio::test]
async fn a_missing_endpoint_keeps_the_message_until_somebody_adds_it() {
    let (world, platform) = (in_house().await, Receiver::answering(&[(200, "ok")]).await);
    let release = approved(&world, "summarizer v1").await;
    deliver(&world).await;
    let waiting = delivery(&world, &release).await;
    assert_eq!((waiting.status, waiting.attempts), (DeliveryStatus::Due, 0));
    assert!(waiting.last_error.unwrap().contains("no webhook endpoint `platform`"));
    listen_at(&world, &platform.url, |_| {}).await;
    world.app.clock.advance(SignedDuration::from_mins(1));
    deliver(&world).await;
    assert_eq!(delivery(&world, &release).await.status, DeliveryStatus::Done);
}

/// R-049
#[tokio::test]
async fn an_endpoint_that_never_comes_fails_the_step_in_the_end() {
    let world = in_house().await;
    let release = approved(&world, "summarizer v1").await;
    world.app.clock.advance(SignedDuration::from_hours(77));
    deliver(&world).await;
    assert_eq!(delivery(&world, &release).await.status, DeliveryStatus::Dead);
    assert_eq!(step(&world, &release).await["progress"], "delivery_failed");
}

/// R-050
#[tokio::test]
async fn body_and_success_are_as_the_endpoint_says() {
    let replies = [(200, "rejected by the queue"), (409, "known: ok")];
    let (world, platform) = (in_house().await, Receiver::answering(&replies).await);
    listen_at(&world, &platform.url, |endpoint| {
        let template = r#"{"ticket": "Ship {{data.title}}", "of": {{data.artifacts}}}"#;
        endpoint.body_template = Some(template.into());
        endpoint.success_condition = Some(r#"status is 200..409 and body contains "ok""#.into());
    })
    .await;
    let release = approved(&world, "the \"new\" one").await;
    deliver(&world).await;
    assert_eq!(delivery(&world, &release).await.attempts, 1);
    world.app.clock.advance(SignedDuration::from_secs(6));
    deliver(&world).await;
    assert_eq!(delivery(&world, &release).await.status, DeliveryStatus::Done);
    let received = platform.received();
    assert_signed(&received[1]);
    let body: Value = serde_json::from_slice(&received[1].body).unwrap();
    assert_eq!(body["ticket"], "Ship the \"new\" one");
    assert_eq!(body["of"][0]["name"], "adapter");
}

/// R-050
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Receiver::answering(&[(200, "ok")]).await;
    let elsewhere: &'static str = target.url.clone().leak();
    let (world, platform) = (in_house().await, Receiver::answering(&[(307, elsewhere)]).await);
    listen_at(&world, &platform.url, |_| {}).await;
    let release = approved(&world, "summarizer v1").await;
    deliver(&world).await;
    assert_eq!(platform.received().len(), 1);
    assert_eq!(target.received().len(), 0);
    let error = delivery(&world, &release).await.last_error.unwrap();
    assert_eq!(error, "it answered 307, and redirects are not followed");
}

/// R-049
#[tokio::test]
async fn a_receiver_that_is_gone_ends_its_message_and_disables_the_endpoint() {
    let (world, platform) = (in_house().await, Receiver::answering(&[(410, "gone")]).await);
    listen_at(&world, &platform.url, |_| {}).await;
    let first = approved(&world, "summarizer v1").await;
    deliver(&world).await;
    assert_eq!(delivery(&world, &first).await.status, DeliveryStatus::Dead);
    assert_eq!(step(&world, &first).await["progress"], "delivery_failed");

    let second = approved(&world, "summarizer v2").await;
    deliver(&world).await;
    assert_eq!(platform.received().len(), 1, "a disabled endpoint is left in peace");
    assert!(delivery(&world, &second).await.last_error.unwrap().contains("is disabled"));

    let alive = Receiver::answering(&[(200, "ok")]).await;
    world.app.clock.advance(SignedDuration::from_mins(1));
    listen_at(&world, &alive.url, |_| {}).await;
    deliver(&world).await;
    assert_eq!(delivery(&world, &second).await.status, DeliveryStatus::Done);
}

async fn as_lead(world: &World, release: &ReleaseId, suspend: &str) {
    let mut draft = Draft::default();
    let reason = draft.text("reason", "drift in production").unwrap();
    let command = match suspend {
        "suspend" => Command::Suspend { reason },
        _ => Command::Resume { reason },
    };
    let lead = world.caller("haddad");
    world.app.execute(&lead, Submission::release(release, command).with(draft)).await.unwrap();
}

/// R-049
#[tokio::test]
async fn a_suspended_release_is_not_announced_before_it_is_resumed() {
    let (world, platform) = (in_house().await, Receiver::answering(&[(200, "ok")]).await);
    listen_at(&world, &platform.url, |_| {}).await;
    let release = approved(&world, "summarizer v1").await;
    as_lead(&world, &release, "suspend").await;
    deliver(&world).await;
    assert_eq!(platform.received().len(), 0);
    assert!(delivery(&world, &release).await.last_error.unwrap().contains("is suspended"));
    as_lead(&world, &release, "resume").await;
    world.app.clock.advance(SignedDuration::from_mins(1));
    deliver(&world).await;
    assert_eq!(platform.received().len(), 1);
}

/// R-049
#[tokio::test]
async fn a_delivery_noted_by_the_release_alone_is_not_repeated() {
    use countersign::app::Caller;
    use countersign_core::name::StepName;
    use countersign_core::release::command::DeliveryOutcome;
    let (world, platform) = (in_house().await, Receiver::answering(&[(200, "ok")]).await);
    listen_at(&world, &platform.url, |_| {}).await;
    let release = approved(&world, "summarizer v1").await;
    let message = delivery(&world, &release).await;
    // The server fell between telling the release and ending the message.
    let step = StepName::new(message.step.as_str()).unwrap();
    let outcome = DeliveryOutcome::Delivered { message: message.id, status: 200 };
    let noted = Submission::release(&release, Command::RecordDelivery { step, outcome });
    world.app.execute(&Caller::system(), noted).await.unwrap();
    deliver(&world).await;
    assert_eq!(platform.received().len(), 0);
    assert_eq!(delivery(&world, &release).await.status, DeliveryStatus::Done);
}

/// R-049. The vector of the specification's own libraries, read from the shared samples.
#[test]
fn the_published_vector_is_signed_the_same() {
    let Some(shared) = std::env::var_os("COUNTERSIGN_SHARED") else {
        println!("skipped: COUNTERSIGN_SHARED is not set");
        return;
    };
    let path = std::path::Path::new(&shared).join("samples/events/webhook-signatures/vectors.json");
    let vectors: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let vector = &vectors["standard_webhooks_v1"];
    let text = |name: &str| vector[name].as_str().unwrap();
    let at: i64 = text("webhook-timestamp").parse().unwrap();
    let at = Timestamp::from_second(at).unwrap();
    let body = text("body").as_bytes();
    let signature = webhook::sign(text("secret"), text("webhook-id"), at, body);
    assert_eq!(json!(signature.unwrap()), vector["webhook-signature"]);
}
