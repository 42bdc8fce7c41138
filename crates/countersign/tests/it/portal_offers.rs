//! What pages offer, and to whom: a form that the rules would refuse whatever is typed is not shown,
//! and the page says who may.

use crate::api_path as path;
use crate::portal_browser::Browser;
use crate::world::World;
use serde_json::json;

async fn offers(browser: &mut Browser, at: &str) -> bool {
    browser.open(at).await;
    browser.page.source.contains(&format!("action=\"{at}\""))
}

#[tokio::test]
async fn a_deployment_is_recorded_and_confirmed_by_whom_the_rules_let() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let deploy = format!("/releases/{id}/deploy/production");
    let mut audrey = Browser::of(&world, "audrey").await;
    assert!(!offers(&mut audrey, &deploy).await, "{}", audrey.text());
    let mut rivera = Browser::of(&world, "rivera").await;
    assert!(offers(&mut rivera, &deploy).await, "{}", rivera.text());
    let to = json!({"environment": "production"});
    world.person("rivera").post(&format!("/releases/{id}/deployments"), to).await.ok();
    let confirm = format!("/releases/{id}/confirm/production");
    assert!(!offers(&mut audrey, &confirm).await, "{}", audrey.text());
    assert!(offers(&mut rivera, &confirm).await, "{}", rivera.text());
}

#[tokio::test]
async fn an_approval_is_offered_to_whom_it_is_asked_of() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    let approve = format!("/releases/{id}/approve/model_owner");
    let mut rivera = Browser::of(&world, "rivera").await;
    assert!(offers(&mut rivera, &approve).await, "{}", rivera.text());
    let mut chen = Browser::of(&world, "chen").await;
    assert!(!offers(&mut chen, &approve).await, "{}", chen.text());
    chen.says("You cannot give this approval").says("It can be given by J. Rivera");
    let mut audrey = Browser::of(&world, "audrey").await;
    audrey.open(&format!("/releases/{id}")).await;
    let links = audrey.links(&format!("/releases/{id}/approve/"));
    assert!(links.is_empty(), "{links:?}");
}

///
#[tokio::test]
async fn an_incident_that_a_no_opened_stands_on_the_page_of_its_release() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let release = format!("/releases/{id}");
    let rivera = world.person("rivera");
    let to = json!({"environment": "production"});
    rivera.post(&format!("{release}/deployments"), to).await.ok();
    let no = json!({
        "within_parameters": "no", "monitoring_active": "yes",
        "no_issues": "no", "note": "Summaries name the wrong customer.",
    });
    rivera.post(&format!("{release}/deployments/production/confirm"), no).await.ok();
    let mut browser = Browser::of(&world, "rivera").await;
    browser.open(&release).await;
    browser.says("The gate is open.").says("1 incident about it is open.");
    assert_eq!(browser.links("/incidents/i-").len(), 1, "{}", browser.text());
}

#[tokio::test]
async fn the_type_of_a_problem_is_a_page_that_anybody_reads() {
    let world = World::new().await;
    let refused = world.nobody().get("/me").await.refused(401, "actor.unknown");
    let (page, code) = refused["type"].as_str().unwrap().split_once('#').unwrap();
    let mut stranger = Browser::new(&world);
    stranger.open(page).await;
    stranger.says("What problems mean").says("Nobody is signed in");
    assert!(stranger.page.source.contains(&format!("id=\"{code}\"")));
}
