//! Kinds of change proposed from facts, and the deployment log, on pages.

use crate::api_path as path;
use crate::portal_browser::Browser;
use crate::world::World;
use serde_json::json;

async fn running(world: &World) -> String {
    let id = path::approved(world).await;
    let deployed = format!("/releases/{id}/deployments");
    world.person("rivera").post(&deployed, json!({"environment": "production"})).await.ok();
    id
}

#[tokio::test]
async fn the_form_proposes_what_was_left_open_and_asks_why_when_less_is_chosen() {
    let world = World::new().await;
    running(&world).await;
    let mut owner = Browser::of(&world, "rivera").await;
    owner.open("/releases/new?model=summarizer").await;
    let digest = format!("sha256:{}", "cd".repeat(32));
    let form = owner.form("/releases/new").fill("title", "summarizer v2");
    let form = form.fill("summary", "A new head.").fill("artifacts[0].name", "ckpt-2");
    let form = form.fill("artifacts[0].kind", "adapter").fill("artifacts[0].digest", &digest);
    owner.send(form).await;
    assert_eq!(owner.page.status, 200);
    owner.says("The facts propose: Minor update");
    let form = owner.form("/releases/new");
    assert!(form.values.contains(&("change".into(), "minor_update".into())), "{:?}", form.values);
    owner.send(form.fill("change", "configuration_change")).await;
    assert_eq!(owner.page.status, 422);
    owner.says("asks for less than");
    let form = owner.form("/releases/new").fill("override_reason", "Its metadata differ alone.");
    owner.send(form).await;
    owner.says("Check your answers").says("Its metadata differ alone.").says("Minor update");
    let form = owner.form("/releases/new").press("go", "send");
    owner.send(form).await;
    owner.says("Release requested");
    let release = owner.page.path.trim_end_matches("/done/requested").to_owned();
    let mut reader = Browser::of(&world, "haddad").await;
    reader.open(&release).await;
    reader.says("Lower than proposed").says("Its metadata differ alone.");
    reader.open("/entries/override").await;
    reader.says("summarizer v2: Configuration change instead of Minor update");
}

///
#[tokio::test]
async fn the_deployment_log_is_a_page_with_filters() {
    let world = World::new().await;
    running(&world).await;
    let mut reader = Browser::of(&world, "okafor").await;
    reader.open("/deployments").await;
    reader.says("summarizer v1 in production").says("A first adapter.").says("Approved by");
    reader.says("as Model Owner").says("J. Rivera").says("metrics.json");
    reader.open("/deployments?environment=staging").await;
    reader.says("Nothing was deployed like that");
    reader.open("/deployments?from=2020-01-01&to=2100-01-01&model=summarizer").await;
    reader.says("summarizer v1 in production");
    reader.open("/policy").await;
    reader.says("Minor changes in a row").says("at most 5 between reviews");
}

#[tokio::test]
async fn a_draft_that_became_more_is_told_why_less_is_enough_where_it_is_submitted() {
    let world = World::new().await;
    running(&world).await;
    let (digest, other) = ("cd".repeat(32), "ef".repeat(32));
    let release = json!({
        "model": "summarizer", "title": "summarizer prompt", "change": "configuration_change",
        "summary": "A shorter prompt.",
        "artifacts": [{"name": "prompt", "kind": "prompt", "digest": format!("sha256:{digest}")}],
    });
    let rivera = world.person("rivera");
    let asked = rivera.post("/releases", release).await.ok();
    let release = format!("/releases/{}", asked["release"].as_str().unwrap());
    let mut owner = Browser::of(&world, "rivera").await;
    let submit = format!("{release}/submit");
    owner.open(&submit).await;
    assert!(!owner.text().contains("Why less than proposed"), "{}", owner.text());
    let more = json!({"name": "ckpt-1", "kind": "adapter", "digest": format!("sha256:{other}")});
    rivera.post(&format!("{release}/artifacts"), more).await.ok();
    owner.open(&submit).await;
    let form = owner.form(&submit).fill("override_reason", "Its metadata differ alone.");
    owner.send(form).await;
    // The checklist is open, so that it is not submitted; the reason is on record all the same.
    assert_eq!(owner.page.status, 422);
    assert!(!owner.text().contains("Why less than proposed"), "{}", owner.text());
    owner.open(&release).await;
    owner.says("Lower than proposed").says("Its metadata differ alone.");
    assert!(!owner.text().contains("Keep the lower change type"));
}
