//! Idempotency keys, tags, cursors, and everything else a careful or careless caller sends.

use crate::api_path as path;
use crate::world::World;
use axum::body::Body;
use axum::http::Method;
use countersign_core::actor::Scope;
use serde_json::json;

#[tokio::test]
async fn a_request_repeated_under_its_key_is_carried_out_once() {
    let world = World::new().await;
    path::requested(&world).await;
    let rivera = world.person("rivera").with("Idempotency-Key", "one");
    let ask = json!({"model": "summarizer", "title": "v2", "change": "new_model", "summary": "x"});
    let first = rivera.post("/releases", ask.clone()).await.ok();
    assert_eq!(rivera.post("/releases", ask.clone()).await.ok(), first);
    let mut other = ask.clone();
    other["title"] = json!("v3");
    let problem = rivera.post("/releases", other).await.refused(412, "request.stale");
    assert!(problem["detail"].as_str().unwrap().contains("`one`"), "{problem}");
    // A key belongs to whoever chose it.
    world.person("chen").with("Idempotency-Key", "one").post("/releases", ask).await.ok();
    assert_eq!(rivera.get("/releases").await.ok()["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_secret_is_not_repeated_with_its_answer() {
    let world = World::new().await;
    let admin = world.person("admin").with("Idempotency-Key", "t");
    let new = json!({"name": "ci", "scopes": ["verdict"]});
    let first = admin.post("/tokens", new.clone()).await.ok();
    let again = admin.post("/tokens", new).await.ok();
    assert_eq!(again["id"], first["id"]);
    assert!(first["token"].is_string() && again["token"].is_null());
    let person = json!({"name": "Ada", "email": "ada@example.org"});
    admin.post("/people", person.clone()).await.refused(412, "request.stale");
    let admin = world.person("admin").with("Idempotency-Key", "p");
    let first = admin.post("/people", person.clone()).await.ok();
    let again = admin.post("/people", person).await.ok();
    assert_eq!(again, json!({"person": first["person"]}));
}

#[tokio::test]
async fn a_command_based_on_an_old_look_is_refused() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let rivera = world.person("rivera");
    let seen = rivera.get(&format!("/releases/{id}")).await.header("etag").to_owned();
    let confirm = |number: u32| format!("/releases/{id}/prerequisites/{number}");
    let careful = rivera.clone().with("If-Match", &seen);
    careful.post(&confirm(1), json!({})).await.ok();
    let problem = careful.post(&confirm(2), json!({})).await.refused(412, "request.stale");
    assert!(problem["detail"].as_str().unwrap().contains("version 1"), "{problem}");
    let about = format!("/releases/{id}/evidence?name=m.json&item=evaluation_results");
    careful.send(&about, path::metrics()).await.refused(412, "request.stale");
    let digest = countersign_core::digest::Sha256::of(path::metrics().as_bytes());
    assert!(!world.app.blobs.exists(&digest).unwrap());
}

#[tokio::test]
async fn a_tag_or_a_key_that_cannot_be_understood_is_never_passed_over() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let confirm = format!("/releases/{id}/prerequisites/1");
    let long = "k".repeat(101);
    for (header, value) in [
        ("If-Match", "*"),
        ("If-Match", "\"17\""),
        ("If-Match", "v\u{e9}"),
        ("Idempotency-Key", ""),
        ("Idempotency-Key", long.as_str()),
    ] {
        let client = world.person("rivera").with(header, value);
        let problem = client.post(&confirm, json!({})).await.refused(400, "request.malformed");
        assert_eq!(problem["reasons"][0]["place"], header);
    }
    let twice = world.person("rivera").with("If-Match", "\"v1\"").with("If-Match", "\"v2\"");
    twice.post(&confirm, json!({})).await.refused(400, "request.malformed");
    let admin = world.person("admin").with("If-Match", "\"v1\"");
    let person = json!({"name": "Ada", "email": "ada@example.org"});
    admin.post("/people", person).await.refused(400, "request.malformed");
}

#[tokio::test]
async fn a_list_goes_on_where_it_stopped_and_refuses_a_changed_cursor() {
    let world = World::new().await;
    path::requested(&world).await;
    let rivera = world.person("rivera");
    for number in 2..=5 {
        let title = format!("v{number}");
        let ask =
            json!({"model": "summarizer", "title": title, "change": "new_model", "summary": "x"});
        rivera.post("/releases", ask).await.ok();
    }
    let mut seen = Vec::new();
    let mut next = String::new();
    loop {
        let page = rivera.get(&format!("/releases?limit=2{next}")).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["release"].clone()));
        let Some(after) = page["next"].as_str() else { break };
        next = format!("&after={after}");
    }
    seen.sort_by_key(ToString::to_string);
    seen.dedup();
    assert_eq!(seen.len(), 5);
    for (list, cursor) in
        [("releases", "AAAA"), ("releases", "***"), ("tasks", "YWJj"), ("models", "A%20B")]
    {
        let answer = rivera.get(&format!("/{list}?after={cursor}")).await;
        let problem = answer.refused(400, "request.malformed");
        assert_eq!(problem["reasons"][0]["place"], "after", "{list}");
    }
    let problem = rivera.get("/releases?limit=many").await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "limit");
    let problem = rivera.get("/releases?colour=red").await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "colour");
}

#[tokio::test]
async fn a_malformed_digest_or_name_is_named_with_its_shape() {
    let world = World::new().await;
    path::requested(&world).await;
    let gate = world.machine(&[Scope::Verdict]).await;
    let ask = "/verdict?digest=sha256:xyz&environment=production";
    let problem = gate.get(ask).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "digest");
    assert!(problem["detail"].as_str().unwrap().contains("64 hexadecimal digits"));
    let mut release = json!({
        "model": "summarizer", "title": "v2", "change": "new_model", "summary": "x",
        "artifacts": [{"name": "a", "kind": "adapter", "digest": "md5:1"}],
    });
    let rivera = world.person("rivera");
    let problem = rivera.post("/releases", release.clone()).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "artifacts[0].digest");
    release["artifacts"] = json!([]);
    release["colour"] = json!("red");
    let problem = rivera.post("/releases", release).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "colour");
    rivera.get("/releases/R%20X").await.refused(400, "request.malformed");
    rivera.get("/releases/%FF").await.refused(400, "request.malformed");
    rivera.get("/releases/r-none").await.refused(404, "not_found");
}

#[tokio::test]
async fn what_is_no_endpoint_is_answered_with_the_way_to_the_description() {
    let world = World::without_policy().await;
    let nobody = world.nobody();
    for path in ["/nothing", "/releases/r-1/explode", "/"] {
        let problem = nobody.get(path).await.refused(404, "endpoint.unknown");
        assert!(problem["next_step"].as_str().unwrap().contains("/api/v1/openapi.json"));
    }
    let wrong = nobody.call(Method::PATCH, "/releases", Body::empty()).await;
    assert_eq!(wrong.header("allow"), "POST,GET,HEAD");
    wrong.refused(405, "endpoint.wrong_method");
}

#[tokio::test]
async fn a_body_larger_than_a_document_is_refused() {
    let world = World::without_policy().await;
    let huge = vec![b' '; 2 * 1024 * 1024 + 1];
    let refused = world.person("admin").send("/models", huge.clone()).await;
    refused.refused(413, "request.too_large");
    world.person("admin").send("/policies", huge).await.refused(413, "request.too_large");
}

#[tokio::test]
async fn a_fault_in_json_is_found_by_line_and_column() {
    let world = World::without_policy().await;
    let rivera = world.person("rivera");
    let problem =
        rivera.send("/models", "{\n  \"name\": }").await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "line 2, column 11");
}
