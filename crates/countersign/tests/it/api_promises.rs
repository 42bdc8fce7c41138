//! Conditions, exceptions and change requests over HTTP.

use crate::api_path::{self as path, show};
use crate::world::World;
use countersign_core::actor::Scope;
use serde_json::json;

///
#[tokio::test]
async fn conditions_are_promised_with_an_approval_and_closed_by_somebody_else() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    path::approve(&world, &id, "model_owner").await;
    let kovacs = world.person("kovacs");
    let condition = json!({
        "text": "Audit within 30 days", "owner": world.id("rivera"), "due": "2026-06-10T00:00:00Z",
    });
    let dossier = show(&kovacs, &id).await["dossier"].clone();
    let mut yes = json!({
        "role": "security_operations_lead", "dossier": dossier, "conditions": [condition],
    });
    yes["conditions"][0]["due"] = json!("soon");
    let approve = format!("/releases/{id}/approve");
    let problem = kovacs.post(&approve, yes.clone()).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "conditions[0].due");
    yes["conditions"][0]["due"] = json!("2026-06-10T00:00:00Z");
    kovacs.post(&approve, yes).await.ok();
    let to = |what: &str| format!("/releases/{id}/conditions/1/{what}");
    let (rivera, said) = (world.person("rivera"), json!({"text": "Audited."}));
    kovacs.post(&to("accept"), said.clone()).await.refused(409, "nothing_to_do");
    let file = format!("/releases/{id}/evidence?name=audit.txt&condition=1");
    let audit = rivera.send(&file, "No difference.").await.ok()["evidence"].clone();
    let both = format!("{file}&item=model_card");
    rivera.send(&both, "No difference.").await.refused(400, "request.malformed");
    let shown = json!({"text": "Audited.", "evidence": [audit]});
    world
        .person("chen")
        .post(&to("report"), shown.clone())
        .await
        .refused(403, "actor.not_permitted");
    rivera.post(&to("report"), shown.clone()).await.ok();
    rivera.post(&to("accept"), said.clone()).await.refused(403, "actor.not_permitted");
    kovacs.post(&to("send-back"), json!({"text": "Not in Spanish."})).await.ok();
    let condition = show(&kovacs, &id).await["conditions"][0].clone();
    assert_eq!(
        (&condition["state"], &condition["sent_back"]),
        (&json!("open"), &json!("Not in Spanish."))
    );
    rivera.post(&to("report"), shown).await.ok();
    let condition = show(&kovacs, &id).await["conditions"][0].clone();
    assert_eq!(condition["report"]["evidence"], json!([audit]));
    assert_eq!(condition["denies_after"], "2026-06-11T17:00:00Z");
    kovacs.post(&to("accept"), said).await.ok();
    assert_eq!(show(&kovacs, &id).await["conditions"][0]["closed"], true);
}

/// R-156, I-11
#[tokio::test]
async fn an_exception_is_asked_for_accepted_by_two_others_and_ends_in_every_list() {
    let world = World::new().await;
    let id = path::submitted(&world).await;
    let (rivera, haddad, weber) =
        (world.person("rivera"), world.person("haddad"), world.person("weber"));
    let ask = format!("/releases/{id}/exceptions");
    let card = format!("/releases/{id}/evidence/e1/withdraw");
    rivera.post(&card, json!({"reason": "It was the wrong one."})).await.ok();
    let mut new = json!({
        "waives": "model_card", "reason": "Late.", "measures": "A person reads along.",
        "until": "2026-06-30T17:00:00Z",
    });
    let problem = rivera.post(&ask, new.clone()).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "waives");
    new["waives"] = json!("item model_card");
    new["until"] = json!("2027-06-30T17:00:00Z");
    let problem = rivera.post(&ask, new.clone()).await.refused(422, "answers.invalid");
    assert_eq!(problem["reasons"][0]["place"], "until");
    new["until"] = json!("2026-06-30T17:00:00Z");
    let machine = world.machine(&Scope::ALL).await;
    machine.post(&ask, new.clone()).await.refused(403, "actor.people_only");
    rivera.post(&ask, new).await.ok();
    let word = |role: &str| json!({"role": role, "text": "Small enough."});
    let (accept, revoke) = (format!("{ask}/1/accept"), format!("{ask}/1/revoke"));
    rivera.post(&accept, word("security")).await.refused(403, "actor.not_permitted");
    haddad.post(&accept, word("ai_governance_lead")).await.ok();
    let shown = show(&rivera, &id).await["exceptions"][0].clone();
    assert_eq!((&shown["state"], &shown["awaits"]), (&json!("requested"), &json!(["security"])));
    let receipt = weber.post(&accept, word("security")).await.ok();
    assert_eq!(receipt["events"], json!(["exception_risk_accepted", "exception_granted"]));
    weber.post(&format!("{ask}/1/refuse"), word("security")).await.refused(409, "nothing_to_do");
    let listed = rivera.get("/entries/exception?which=open").await.ok();
    assert_eq!(listed["items"][0]["state"], "granted");
    world.at("2026-06-30T17:00:01Z");
    let reader = world.machine(&[Scope::Read]).await;
    let listed = reader.get("/entries/exception").await.ok();
    assert_eq!(listed["items"][0]["state"], "expired");
    assert_eq!(listed["items"][0]["closed_at"], "2026-06-30T17:00:00Z");
    let shown = reader.get(&format!("/releases/{id}")).await.ok()["exceptions"][0].clone();
    assert_eq!(shown["state"], "expired");
    countersign::jobs::sweeper::sweep(&world.app).await.unwrap();
    let none = reader.get("/entries/exception?which=open").await.ok();
    assert_eq!(none["items"], json!([]));
    let late = world.app.personal_token(&person(&world, "weber").await, "late").await.unwrap();
    let late = world.bearer(&late.token).post(&revoke, word("security")).await;
    late.refused(409, "nothing_to_do");
}

async fn person(world: &World, name: &str) -> countersign_store::Person {
    world.app.store.person(&world.id(name)).await.unwrap().unwrap()
}

///
#[tokio::test]
async fn a_reviewer_asks_for_changes_and_the_release_says_so() {
    let world = World::new().await;
    let id = path::submitted(&world).await;
    let (rivera, kovacs) = (world.person("rivera"), world.person("kovacs"));
    let ask = format!("/releases/{id}/change-requests");
    let to = |what: &str| format!("{ask}/1/{what}");
    let mut new = json!({
        "role": "security_operations_lead", "text": "Try the jailbreaks.", "about": "jailbreaks",
    });
    let problem = kovacs.post(&ask, new.clone()).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "about");
    new["about"] = json!("item model_card");
    world.person("audrey").post(&ask, new.clone()).await.refused(409, "actor.reads_only");
    kovacs.post(&ask, new).await.ok();
    let release = show(&kovacs, &id).await;
    assert_eq!(release["state"], "changes_requested");
    assert_eq!(release["steps"][0]["paused"], true);
    assert_eq!(
        rivera.get("/releases?state=changes_requested").await.ok()["items"][0]["release"],
        id
    );
    let tasks = rivera.get("/tasks").await.ok();
    let answers = |one: &serde_json::Value| {
        one["task"].as_str().is_some_and(|task| task.starts_with("change_request/1"))
    };
    assert!(tasks["items"].as_array().unwrap().iter().any(answers), "{tasks}");
    let answer = json!({"text": "Tried forty.", "evidence": ["e1"]});
    kovacs.post(&to("answer"), answer.clone()).await.refused(403, "actor.not_permitted");
    rivera.post(&to("answer"), answer.clone()).await.ok();
    kovacs.post(&to("insist"), json!({"text": "Forty more."})).await.ok();
    rivera.post(&to("answer"), answer).await.ok();
    kovacs.post(&to("accept"), json!({"text": "Enough."})).await.ok();
    let release = show(&kovacs, &id).await;
    assert_eq!(
        (&release["state"], &release["steps"][0]["paused"]),
        (&json!("in_review"), &json!(false))
    );
    assert_eq!(release["change_requests"][0]["said"].as_array().unwrap().len(), 4);
    let listed = kovacs.get("/entries/change_request?which=closed").await.ok();
    assert_eq!(listed["items"][0]["state"], "settled");
}
