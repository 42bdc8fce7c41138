//! A release from request to verdict and beyond, over HTTP alone.

use crate::api_path::{self as path, ADAPTER, show, verdict};
use crate::world::World;
use countersign_core::actor::Scope;
use serde_json::json;

///
#[tokio::test]
async fn a_release_goes_from_request_to_allow() {
    let world = World::new().await;
    let gate = world.machine(&[Scope::Verdict]).await;
    assert_eq!(verdict(&gate).await["reasons"][0]["code"], "digest.unknown");
    let id = path::reviewed(&world).await;
    path::approve(&world, &id, "model_owner").await;
    let waiting = verdict(&gate).await;
    assert_eq!(
        (&waiting["verdict"], &waiting["reasons"][0]["release"]),
        (&json!("deny"), &json!(id))
    );
    assert!(!waiting["reasons"][0]["blockers"].as_array().unwrap().is_empty());
    let receipt = path::approve(&world, &id, "security_operations_lead").await;
    assert_eq!(receipt["events"].as_array().unwrap().last().unwrap(), "approved");
    let allowed = verdict(&gate).await;
    assert_eq!((&allowed["verdict"], &allowed["release"]), (&json!("allow"), &json!(id)));
    assert_eq!(allowed["valid_until"], "2026-05-11T09:15:00Z");

    let rivera = world.person("rivera");
    let deployed = json!({"environment": "production", "change_reference": "CHG-7"});
    rivera.post(&format!("/releases/{id}/deployments"), deployed).await.ok();
    let well = json!({"within_parameters": "yes", "monitoring_active": "yes", "no_issues": "yes"});
    let confirm = format!("/releases/{id}/deployments/production/confirm");
    rivera.post(&confirm, well).await.ok();
    let release = show(&rivera, &id).await;
    assert_eq!(release["state"], "confirmed");
    assert_eq!(release["deployments"][0]["confirmation"], "confirmed");
    assert_eq!(release["deployments"][0]["change_reference"], "CHG-7");
    let deliveries = rivera.get(&format!("/releases/{id}/deliveries")).await.ok();
    assert_eq!(deliveries["items"][0]["status"], "due");
}

///
#[tokio::test]
async fn a_suspended_release_is_denied_until_it_is_resumed() {
    let world = World::new().await;
    let id = path::approved(&world).await;
    let (gate, lead) = (world.machine(&[Scope::Verdict]).await, world.person("haddad"));
    let because = json!({"reason": "It invents figures."});
    let suspend = format!("/releases/{id}/suspend");
    world.person("chen").post(&suspend, because.clone()).await.refused(403, "actor.not_permitted");
    lead.post(&suspend, because.clone()).await.ok();
    assert_eq!(verdict(&gate).await["reasons"][0]["code"], "release.suspended");
    lead.post(&format!("/releases/{id}/resume"), because).await.ok();
    assert_eq!(verdict(&gate).await["verdict"], "allow");
}

///
#[tokio::test]
async fn a_rejection_names_its_reason_and_is_taken_up_by_a_new_release() {
    let world = World::new().await;
    let id = path::submitted(&world).await;
    let reject = format!("/releases/{id}/reject");
    let kovacs = world.person("kovacs");
    let mut no = json!({"role": "security_operations_lead", "reason": "dislike", "text": "No."});
    let problem = kovacs.post(&reject, no.clone()).await.refused(400, "request.malformed");
    assert_eq!(problem["reasons"][0]["place"], "reason");
    no["reason"] = json!("insufficient_evidence");
    no["text"] = json!(" ");
    kovacs.post(&reject, no.clone()).await.refused(400, "request.malformed");
    no["text"] = json!("The jailbreaks were not tried.");
    kovacs.post(&reject, no).await.ok();
    let rejected = show(&kovacs, &id).await;
    assert_eq!(rejected["rejection"]["text"], "The jailbreaks were not tried.");
    let again = json!({
        "model": "summarizer", "title": "summarizer v1, again", "change": "new_model",
        "summary": "With jailbreaks.", "resubmits": id,
        "artifacts": [{"name": "ckpt-1", "kind": "adapter", "digest": ADAPTER}],
    });
    let again = world.person("rivera").post("/releases", again).await.ok();
    let again = show(&kovacs, again["release"].as_str().unwrap()).await;
    assert_eq!(again["resubmits"], id);
}

///
#[tokio::test]
async fn a_concern_stops_approvals_until_it_is_resolved() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    let rivera = world.person("rivera");
    let step = show(&rivera, &id).await["steps"][0]["step"].clone();
    let concern = json!({"step": step, "text": "Sales wants more than the card says."});
    world.person("chen").post(&format!("/releases/{id}/concerns"), concern).await.ok();
    let dossier = show(&rivera, &id).await["dossier"].clone();
    let yes = json!({"role": "model_owner", "dossier": dossier});
    let refused = rivera.post(&format!("/releases/{id}/approve"), yes).await;
    let problem = refused.refused(409, "gate.closed");
    assert!(problem["reasons"].as_array().unwrap().iter().all(|one| one["next_step"] != ""));
    let resolve = format!("/releases/{id}/concerns/1/resolve");
    world.person("banerjee").post(&resolve, json!({"text": "Sales agreed."})).await.ok();
    assert_eq!(show(&rivera, &id).await["concerns"][0]["resolved"], "Sales agreed.");
    path::approve(&world, &id, "model_owner").await;
}

#[tokio::test]
async fn a_changed_artifact_lapses_the_approvals_before() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    path::approve(&world, &id, "model_owner").await;
    let rivera = world.person("rivera");
    let artifacts = format!("/releases/{id}/artifacts");
    let other = json!({"name": "ckpt-2", "kind": "adapter", "digest": "ab".repeat(32)});
    let receipt = rivera.post(&artifacts, other).await.ok();
    assert_eq!(receipt["events"], json!(["artifact_added", "approvals_lapsed"]));
    rivera.delete(&format!("{artifacts}/ckpt-2")).await.ok();
    rivera.delete(&format!("{artifacts}/ckpt-2")).await.refused(404, "not_found");
    let withdraw = format!("/releases/{id}/withdraw");
    rivera.post(&withdraw, json!({"reason": "Another time."})).await.ok();
    assert_eq!(show(&rivera, &id).await["state"], "withdrawn");
}

///
#[tokio::test]
async fn a_draft_says_everything_it_lacks_when_it_is_submitted() {
    let world = World::new().await;
    let id = path::requested(&world).await;
    let rivera = world.person("rivera");
    let refused = rivera.post(&format!("/releases/{id}/submit"), json!({})).await;
    let problem = refused.refused(409, "checklist.incomplete");
    assert!(problem["reasons"].as_array().unwrap().len() > 10, "{problem}");
    let card = format!("/releases/{id}/items/model_card");
    let both = json!({"answers": {}, "not_applicable": "x"});
    rivera.put(&card, both).await.refused(400, "request.malformed");
    let skipped = json!({"not_applicable": "We have none."});
    rivera.put(&card, skipped).await.refused(422, "answers.invalid");
    let step = format!("/releases/{id}/steps/sign-the-release/complete");
    let both = json!({"statement": "x", "answers": {}});
    rivera.post(&step, both).await.refused(400, "request.malformed");
    rivera.post(&step, json!({})).await.refused(409, "release.wrong_state");
    world.person("newcomer").put(&card, json!({})).await.refused(403, "actor.not_permitted");
}

#[tokio::test]
async fn the_inbox_of_a_person_lists_what_waits_for_them() {
    let world = World::new().await;
    let id = path::submitted(&world).await;
    let tasks = world.person("banerjee").get("/tasks").await.ok();
    let first = &tasks["items"][0];
    assert_eq!((&first["release"], &first["role"]), (&json!(id), &json!("ml_platform_lead")));
    assert_eq!(first["overdue"], false);
    world.at("2026-06-01T09:00:00Z");
    assert_eq!(world.person("banerjee").get("/tasks").await.ok()["items"][0]["overdue"], true);
    assert_eq!(world.person("okafor").get("/tasks").await.ok()["items"], json!([]));
    world.machine(&Scope::ALL).await.get("/tasks").await.refused(403, "actor.people_only");
}

#[tokio::test]
async fn a_deployment_is_denied_before_the_approval() {
    let world = World::new().await;
    let id = path::submitted(&world).await;
    let machine = world.machine(&[Scope::Deployment]).await;
    let deployments = format!("/releases/{id}/deployments");
    let refused = machine.post(&deployments, json!({"environment": "production"})).await;
    refused.refused(409, "deployment.denied");
    let long = json!({"environment": "production", "change_reference": "x".repeat(201)});
    machine.post(&deployments, long).await.refused(400, "request.malformed");
}

#[tokio::test]
async fn an_unknown_state_is_named_and_not_answered_with_an_empty_list() {
    let world = World::new().await;
    let reader = world.machine(&[Scope::Read]).await;
    let problem = reader.get("/releases?state=nonsense").await.refused(400, "request.malformed");
    assert!(problem.to_string().contains("rolled_back"), "{problem}");
    assert_eq!(reader.get("/releases?state=retired").await.ok()["items"], json!([]));
}

/// I-18
#[tokio::test]
async fn the_verdict_is_the_server_s_own_whatever_a_client_says_about_it() {
    let world = World::new().await;
    let id = path::reviewed(&world).await;
    let (gate, rivera) = (world.machine(&[Scope::Verdict]).await, world.person("rivera"));
    // No request has a place for a verdict somebody else worked out.
    let told = json!({"environment": "production", "verdict": "allow"});
    let deploy = format!("/releases/{id}/deployments");
    rivera.post(&deploy, told).await.refused(400, "request.malformed");
    let dossier = show(&rivera, &id).await["dossier"].clone();
    let told = json!({"role": "model_owner", "dossier": dossier, "passed": true});
    let approve = format!("/releases/{id}/approve");
    rivera.post(&approve, told).await.refused(400, "request.malformed");
    rivera
        .post(&deploy, json!({"environment": "production"}))
        .await
        .refused(409, "deployment.denied");
    // What a file says about itself is not what is judged.
    let mut scan: serde_json::Value = serde_json::from_str(&path::scan("9.8")).unwrap();
    scan["properties"] = json!({"verdict": "allow", "passed": true, "gate": "open"});
    let about = format!("/releases/{id}/evidence?name=scan.sarif&item=security_tests");
    rivera.send(&about, scan.to_string()).await.ok();
    let release = show(&rivera, &id).await;
    let codes: Vec<_> =
        release["blockers"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert!(codes.contains(&&json!("criterion.unmet")), "{codes:?}");
    assert_eq!(verdict(&gate).await["verdict"], "deny");
}
