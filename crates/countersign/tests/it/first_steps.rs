//! What somebody new runs into, over HTTP and on pages.

use crate::api_path::{self as path, ADAPTER, show, verdict};
use crate::portal_browser::Browser;
use crate::world::World;
use countersign_core::actor::Scope;
use serde_json::{Value, json};

///
#[tokio::test]
async fn a_session_is_called_for_now_over_http_and_on_its_page() {
    let world = World::new().await;
    let said = world.person("ito").post("/meetings", json!({"title": "November session"})).await;
    let meeting = said.ok()["meeting"].as_str().unwrap().to_owned();
    let shown = world.person("ito").get(&format!("/meetings/{meeting}")).await.ok();
    assert_eq!(shown["at"], "2026-05-11T09:00:00Z");
    let mut browser = Browser::of(&world, "ito").await;
    browser.open("/committee").await;
    let form = browser.form_to("/committee").fill("title", "Another session");
    browser.send(form).await;
    browser.says("Another session");
}

fn item<'v>(release: &'v Value, name: &str) -> &'v Value {
    let items = release["items"].as_array().unwrap();
    items.iter().find(|one| one["item"] == name).unwrap()
}

///
#[tokio::test]
async fn nobody_waves_a_known_finding_through_by_saying_that_the_test_does_not_apply() {
    let world = World::new().await;
    let id = path::prepared(&world).await;
    let rivera = world.person("rivera");
    let attach = format!("/releases/{id}/evidence?name=bad.sarif&item=security_tests");
    let bad = rivera.send(&attach, path::scan("9.8")).await.ok()["evidence"].clone();
    let listed = show(&rivera, &id).await;
    let all: Vec<_> = item(&listed, "security_tests")["evidence"].as_array().unwrap().clone();
    let says = json!({"not_applicable": "Nobody attacks a summary."});
    rivera.put(&format!("/releases/{id}/items/security_tests"), says).await.ok();
    for one in &all {
        let withdraw = format!("/releases/{id}/evidence/{}/withdraw", one.as_str().unwrap());
        rivera.post(&withdraw, json!({"reason": "It is not needed."})).await.ok();
    }
    let release = show(&rivera, &id).await;
    let status = item(&release, "security_tests");
    assert_eq!(status["state"], "open");
    assert_eq!(status["does_not_apply"], "Nobody attacks a summary.");
    assert!(status["missing"][0].as_str().unwrap().contains("withdrawn: it applies"), "{status}");
    let shut = format!("/releases/{id}/submit");
    rivera.post(&shut, json!({})).await.refused(409, "checklist.incomplete");
    let withdrawn = release["withdrawn"].as_array().unwrap();
    assert_eq!(withdrawn.len(), 1, "what spoke for the release needs no word");
    assert_eq!(
        (&withdrawn[0]["evidence"], &withdrawn[0]["reason"]),
        (&bad, &json!("It is not needed."))
    );
    assert!(withdrawn[0]["said"][0].as_str().unwrap().contains("was open"), "{withdrawn:?}");
    let mut browser = Browser::of(&world, "kovacs").await;
    browser.open(&format!("/releases/{id}")).await;
    browser.says("It spoke against the release").says("It is not needed.");
    browser.says("Nobody attacks a summary.");
}

///
#[tokio::test]
async fn an_approver_sees_what_was_taken_back_and_why() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    let rivera = world.person("rivera");
    let attach = format!("/releases/{id}/evidence?name=bad.sarif&item=security_tests");
    let bad = rivera.send(&attach, path::scan("9.8")).await.ok()["evidence"].clone();
    let withdraw = format!("/releases/{id}/evidence/{}/withdraw", bad.as_str().unwrap());
    rivera.post(&withdraw, json!({"reason": "Of another model."})).await.ok();
    let mut browser = Browser::of(&world, "kovacs").await;
    browser.open(&format!("/releases/{id}/approve/security_operations_lead")).await;
    browser.says("It spoke against the release").says("Of another model.");
}

fn claim(world: &World, at: &str) -> Value {
    json!({
        "ground": "security_vulnerability", "explanation": "The prompt leaks addresses.",
        "authority_by": world.id("haddad").to_string(), "authority_at": at, "means": "phone",
    })
}

///
#[tokio::test]
async fn old_authority_is_none_and_fresh_authority_says_what_it_owes() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let emergency = format!("/releases/{id}/emergency");
    let rivera = world.person("rivera");
    for at in ["2020-05-11T08:40:00Z", "2026-05-11T09:00:01Z"] {
        rivera.post(&emergency, claim(&world, at)).await.refused(422, "time.wrong_order");
    }
    rivera.post(&emergency, claim(&world, "2026-05-11T08:40:00Z")).await.ok();
    let gate = world.machine(&[Scope::Verdict]).await;
    let authority = verdict(&gate).await["authority"].clone();
    assert_eq!(authority["by"], "R. Haddad");
    assert_eq!((&authority["confirmed"], &authority["papers_due"]), (&json!(false), &Value::Null));
    assert_eq!(authority["confirm_by"], "2026-05-12T09:00:00Z");
    assert_eq!(authority["papers_within"], "5 business days");
    assert!(!authority["lacks"].as_array().unwrap().is_empty());
    world.person("haddad").post(&format!("{emergency}/confirm"), json!({})).await.ok();
    let deployed = json!({"environment": "production"});
    rivera.post(&format!("/releases/{id}/deployments"), deployed).await.ok();
    let authority = verdict(&gate).await["authority"].clone();
    assert_eq!((&authority["confirmed"], &authority["confirm_by"]), (&json!(true), &Value::Null));
    assert!(authority["papers_due"].is_string());
}

///
#[tokio::test]
async fn whoever_only_reads_is_not_named_to_answer_for_anything() {
    let world = World::new().await;
    let model = json!({
        "name": "faq", "title": "FAQ", "tier": "low", "intended_use": "Answers",
        "owner": world.id("audrey").to_string(),
    });
    let rivera = world.person("rivera");
    let problem = rivera.post("/models", model).await.refused(409, "person.reads_only");
    assert!(problem["next_step"].as_str().unwrap().contains("countersign person list"));
    let mut invited = world.app.store.person(&world.id("dubois")).await.unwrap().unwrap();
    invited.password_hash = None;
    world.app.store.update_person(&invited).await.unwrap();
    let mut disabled = world.app.store.person(&world.id("silva")).await.unwrap().unwrap();
    disabled.disabled_at = Some(world.app.clock.now());
    world.app.store.update_person(&disabled).await.unwrap();
    let mut browser = Browser::of(&world, "rivera").await;
    browser.open("/models/new").await;
    browser.says("M. Okafor");
    for nobody in ["Audrey Auditor", "C. Dubois", "T. Silva"] {
        assert!(!browser.text().contains(nobody), "{nobody}");
    }
}

#[tokio::test]
async fn an_environment_nobody_defined_is_not_taken_for_a_digest_nobody_released() {
    let world = World::new().await;
    let gate = world.machine(&[Scope::Verdict]).await;
    let asked = format!("/verdict?digest={ADAPTER}&environment=prodd");
    let reason = gate.get(&asked).await.ok()["reasons"][0].clone();
    assert_eq!(reason["code"], "environment.unknown");
    assert_eq!(reason["message"], "there is no such environment; there are: production");
    let unknown = verdict(&gate).await["reasons"][0].clone();
    assert_eq!(unknown["code"], "digest.unknown");
    assert!(unknown["next_step"].as_str().unwrap().contains("release request"), "{unknown}");
}

#[tokio::test]
async fn a_name_nobody_knows_leads_to_the_list_of_those_there_are() {
    let world = World::new().await;
    let rivera = world.person("rivera");
    let next = |problem: Value| problem["next_step"].as_str().unwrap().to_owned();
    let model = rivera.get("/models/nothing").await.refused(404, "not_found");
    assert_eq!(next(model), "choose one that `countersign model list` lists");
    let runbook = rivera.get("/runbooks/nothing").await.refused(404, "not_found");
    assert_eq!(next(runbook), "choose one that `countersign runbook list` lists");
}

#[tokio::test]
async fn a_day_alone_is_a_moment_everywhere_and_a_bad_one_gets_an_example() {
    let world = World::new().await;
    let lend = |until: &str| {
        json!({
            "to": world.id("chen").to_string(), "role": "ai_governance_lead", "until": until,
            "reason": "on leave",
        })
    };
    let haddad = world.person("haddad");
    let problem =
        haddad.post("/delegations", lend("1.12.2026")).await.refused(400, "request.malformed");
    assert!(problem["detail"].as_str().unwrap().contains("write 2026-06-30"), "{problem}");
    haddad.post("/delegations", lend("2026-12-01")).await.ok();
    let lent = haddad.get("/entries/delegation").await.ok();
    assert_eq!(lent["items"][0]["due"], "2026-12-02T00:00:00Z", "{lent}");
    let token = json!({"name": "gate", "scopes": ["verdict"], "expires_at": "2026-12-01"});
    let made = world.person("admin").post("/tokens", token).await.ok();
    assert_eq!(made["expires_at"], "2026-12-02T00:00:00Z");
    let role = json!({"role": "security", "from": "2026-06-01", "until": "2026-06-30"});
    let path = format!("/people/{}/roles", world.id("newcomer"));
    world.person("admin").post(&path, role).await.ok();
}
