//! Attempts to get round the segregation of duties that no story can tell: they are made with a
//! cookie, a header, a key or a route. The others are in `stories/segregation.txt`.

use crate::api_path;
use crate::world::{Client, World};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use countersign_core::actor::Scope;
use serde_json::{Value, json};
use tower::ServiceExt as _;

async fn in_review() -> (World, String, Value) {
    let world = World::new().await;
    let id = api_path::reviewed(&world).await;
    let dossier = api_path::show(&world.person("rivera"), &id).await["dossier"].clone();
    (world, id, dossier)
}

async fn approvals(client: &Client, id: &str) -> usize {
    let shown = api_path::show(client, id).await;
    let timeline = shown["timeline"].as_array().unwrap().iter();
    timeline.filter(|one| one["event"] == "approval_given").count()
}

/// R-129, I-01
#[tokio::test]
async fn a_token_does_no_more_than_it_says_whatever_it_is_sent_to() {
    let (world, id, dossier) = in_review().await;
    let yes = json!({"role": "security_operations_lead", "dossier": dossier});
    for scope in Scope::ALL {
        let machine = world.machine(&[scope]).await;
        let approve = machine.post(&format!("/releases/{id}/approve"), yes.clone()).await;
        approve.refused(403, "actor.people_only");
        let role = json!({"role": "security_operations_lead"});
        let grant = format!("/people/{}/roles", world.id("rivera"));
        machine.post(&grant, role).await.refused(403, "actor.not_permitted");
        let token = json!({"name": "more", "scopes": ["read"]});
        machine.post("/tokens", token).await.refused(403, "actor.people_only");
    }
    let machine = world.machine(&[Scope::Read]).await;
    let to = json!({"environment": "production"});
    let deploy = machine.post(&format!("/releases/{id}/deployments"), to).await;
    deploy.refused(403, "token.scope_missing");
    assert_eq!(approvals(&world.person("rivera"), &id).await, 0);
}

/// I-01
#[tokio::test]
async fn the_key_of_another_s_request_repeats_nothing_for_oneself() {
    let (world, id, dossier) = in_review().await;
    let yes = json!({"role": "security_operations_lead", "dossier": dossier});
    let path = format!("/releases/{id}/approve");
    let kovacs = world.person("kovacs").with("Idempotency-Key", "one");
    kovacs.post(&path, yes.clone()).await.ok();
    // The same key, the same body, another person.
    let rivera = world.person("rivera").with("Idempotency-Key", "one");
    rivera.post(&path, yes.clone()).await.refused(403, "actor.not_permitted");
    // The same person again: the answer is repeated, nothing is counted twice.
    kovacs.post(&path, yes.clone()).await.ok();
    assert_eq!(approvals(&world.person("rivera"), &id).await, 1);
    // The same key for something else.
    let no = json!({"role": "security_operations_lead", "reason": "other", "text": "No."});
    kovacs.post(&format!("/releases/{id}/reject"), no).await.refused(412, "request.stale");
}

/// R-129
#[tokio::test]
async fn whoever_is_disabled_decides_nothing_from_that_moment_on() {
    let (world, id, dossier) = in_review().await;
    let disable = format!("/people/{}/disable", world.id("kovacs"));
    world.person("admin").post(&disable, json!({})).await.ok();
    let yes = json!({"role": "security_operations_lead", "dossier": dossier});
    let late = world.person("kovacs").post(&format!("/releases/{id}/approve"), yes).await;
    late.refused(401, "actor.unknown");
    assert_eq!(approvals(&world.person("rivera"), &id).await, 0);
}

/// R-129
#[tokio::test]
async fn there_is_no_route_by_which_a_state_is_set() {
    let (world, id, _) = in_review().await;
    let admin = world.person("admin");
    for (method, path) in [
        (Method::PUT, format!("/releases/{id}")),
        (Method::PATCH, format!("/releases/{id}")),
        (Method::DELETE, format!("/releases/{id}")),
        (Method::POST, "/log/events".to_owned()),
        (Method::PUT, "/verdict".to_owned()),
        (Method::POST, format!("/releases/{id}/state")),
    ] {
        let answer = admin.call(method, &path, Body::from(r#"{"state": "approved"}"#)).await;
        assert!(
            [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_FOUND].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
    }
    assert_eq!(api_path::show(&admin, &id).await["state"], "in_review");
}

async fn form(world: &World, cookie: &str, id: &str, body: String) -> StatusCode {
    let request = Request::post(format!("/releases/{id}/approve"))
        .header("cookie", format!("countersign_session={cookie}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    let router = countersign::serve::router(world.app.clone());
    router.oneshot(request).await.unwrap().status()
}

/// R-129
#[tokio::test]
async fn a_form_of_another_s_session_or_of_another_site_signs_nothing() {
    let (world, id, dossier) = in_review().await;
    let dossier = dossier.as_str().unwrap();
    let person = |who: &str| {
        let (app, id) = (world.app.clone(), world.id(who));
        async move {
            let person = app.store.person(&id).await.unwrap().unwrap();
            let session = app.open_session(&person).await.unwrap();
            let csrf = app.signed_in(&session.token).await.unwrap().unwrap().csrf;
            (session.token, csrf)
        }
    };
    let ((kovacs, _), (_, foreign)) = (person("kovacs").await, person("rivera").await);
    let sign = format!("role=security_operations_lead&dossier={dossier}");
    for body in [sign.clone(), format!("{sign}&csrf=x"), format!("{sign}&csrf={foreign}")] {
        let status = form(&world, &kovacs, &id, body).await;
        assert!(status.is_client_error(), "{status}");
    }
    let nobody = form(&world, "css_nonsense", &id, sign).await;
    assert!(!nobody.is_success(), "{nobody}");
    assert_eq!(approvals(&world.person("rivera"), &id).await, 0);
}

/// R-103
#[tokio::test]
async fn a_resubmission_takes_no_approval_along_and_keeps_the_rejection_in_sight() {
    let (world, id, dossier) = in_review().await;
    let yes = json!({"role": "security_operations_lead", "dossier": dossier});
    world.person("kovacs").post(&format!("/releases/{id}/approve"), yes).await.ok();
    let no = json!({"role": "model_owner", "reason": "other", "text": "Not yet."});
    let rivera = world.person("rivera");
    rivera.post(&format!("/releases/{id}/reject"), no).await.ok();
    let again = json!({
        "model": "summarizer", "title": "summarizer v1 again", "change": "new_model",
        "summary": "The same.", "runbook": "fine-tuned-model-release", "resubmits": id,
        "artifacts": [{"name": "ckpt-1", "kind": "adapter", "digest": api_path::ADAPTER}],
    });
    let asked = rivera.post("/releases", again).await.ok();
    let next = asked["release"].as_str().unwrap();
    assert_eq!(approvals(&rivera, next).await, 0);
    assert_eq!(api_path::show(&rivera, next).await["state"], "draft");
    let verdict = api_path::verdict(&rivera).await;
    assert_eq!(verdict["verdict"], "deny");
    let reasons = verdict["reasons"].to_string();
    assert!(reasons.contains("release.rejected"), "{reasons}");
}
