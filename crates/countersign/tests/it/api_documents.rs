//! Policies and runbooks over HTTP.

use crate::world::{POLICY, RUNBOOK, World};
use countersign_core::actor::Scope;
use serde_json::json;

///
#[tokio::test]
async fn a_policy_is_checked_published_and_shown_as_people_read_it() {
    let world = World::without_policy().await;
    let (admin, reader) = (world.person("admin"), world.machine(&[Scope::Read]).await);
    let broken = POLICY.replace("review every    12 months", "review every    twelve moons");
    let checked = reader.send("/policies/check", broken.clone()).await.ok();
    assert_eq!(checked["ok"], false);
    let fault = &checked["diagnostics"][0];
    assert!(fault["line"].as_u64().unwrap() > 5 && fault["help"] != "", "{fault}");
    let problem = admin.send("/policies", broken).await.refused(422, "policy.faulty");
    assert!(problem["reasons"][0]["place"].as_str().unwrap().starts_with("line "), "{problem}");
    world.person("haddad").send("/policies", POLICY).await.refused(403, "actor.not_permitted");

    let published = admin.send("/policies", POLICY).await.ok();
    assert_eq!(
        (&published["name"], &published["version"]),
        (&json!("model-release"), &json!("1.0"))
    );
    admin.send("/policies", POLICY).await.refused(409, "published.immutable");
    let later = POLICY.replace("model-release 1.0", "model-release 2.0");
    let later = later.replace("effective       2026-01-01", "effective       2027-01-01");
    admin.send("/policies", later).await.ok();
    let before = reader.get("/policies").await.ok();
    assert_eq!(before["items"][0]["state"], "awaiting_approval");
    assert_eq!(before["items"][0]["in_force"], false);
    let approve = "/policies/model-release/1.0/approve";
    admin.post(approve, json!({})).await.refused(403, "actor.not_permitted");
    reader.post(approve, json!({})).await.refused(403, "actor.people_only");
    world.person("ito").post(approve, json!({"comment": "as agreed in April"})).await.ok();
    let gone = "/policies/model-release/9/approve";
    world.person("ito").post(gone, json!({})).await.refused(404, "not_found");
    let listed = reader.get("/policies").await.ok();
    let in_force = |index: usize| listed["items"][index]["in_force"].clone();
    assert_eq!((in_force(0), in_force(1)), (json!(true), json!(false)));

    let shown = reader.get("/policies/model-release/1.0").await.ok();
    assert_eq!(shown["source"], POLICY);
    assert_eq!(shown["published"]["state"], "approved");
    assert_eq!(shown["published"]["approvers"], json!([world.id("ito")]));
    assert_eq!(shown["document"]["next_review"], "2027-01-01");
    assert_eq!(shown["table"].as_array().unwrap().len(), 24);
    assert!(shown["checklist"].as_array().unwrap().len() > 15);
    assert_eq!(shown["criteria"][0]["criterion"], "hallucination_rate");
    reader.get("/policies/model-release/9").await.refused(404, "not_found");
}

#[tokio::test]
async fn what_a_version_changes_is_told_with_its_direction() {
    let world = World::new().await;
    let (admin, reader) = (world.person("admin"), world.machine(&[Scope::Read]).await);
    let looser = POLICY
        .replace("model-release 1.0", "model-release 1.1")
        .replace("hallucination_rate at most 5 %", "hallucination_rate at most 8 %");
    admin.send("/policies", looser).await.ok();
    let diff = reader.get("/policies/model-release/1.1/diff").await.ok();
    assert_eq!((&diff["from"], &diff["may_loosen"]), (&json!("1.0"), &json!(true)));
    let change = &diff["differences"][0];
    assert_eq!(change["subject"], "criterion hallucination_rate");
    assert_eq!(change["effect"], "looser");
    let back = reader.get("/policies/model-release/1.0/diff?from=1.1").await.ok();
    assert_eq!(back["differences"][0]["effect"], "stricter");
    reader.get("/policies/model-release/1.0/diff").await.refused(404, "not_found");
    reader.get("/policies/model-release/9/diff").await.refused(404, "not_found");
}

///
#[tokio::test]
async fn runbook_versions_stand_side_by_side_and_are_exported_in_both_forms() {
    let world = World::new().await;
    let (admin, reader) = (world.person("admin"), world.person("audrey"));
    let strange = RUNBOOK.replace("**Owner:** Data governance", "**Owner:** Court jester");
    let checked = reader.send("/runbooks/check", strange.clone()).await.ok();
    let fault =
        &checked["diagnostics"].as_array().unwrap().iter().find(|one| one["level"] == "error");
    assert_eq!(fault.unwrap()["code"], "runbook.title_unmapped");
    assert_eq!(checked["ok"], false);
    admin.send("/runbooks", strange).await.refused(422, "runbook.faulty");
    let second = RUNBOOK.replace("version: 1.0.0", "version: 1.1.0");
    admin.send("/runbooks", second.clone()).await.ok();
    admin.send("/runbooks", second).await.refused(409, "published.immutable");

    let listed = reader.get("/runbooks").await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(listed["items"][0]["unreviewed"], true);
    let name = "/runbooks/fine-tuned-model-release";
    let latest = reader.get(name).await.ok();
    assert_eq!(
        (&latest["version"], &latest["versions"]),
        (&json!("1.1.0"), &json!(["1.0.0", "1.1.0"]))
    );
    assert_eq!(latest["runbook"]["steps"].as_array().unwrap().len(), 6);
    let first = reader.get(&format!("{name}?version=1.0.0")).await.ok();
    assert_eq!(first["source"], RUNBOOK);
    reader.get(&format!("{name}?version=7")).await.refused(404, "not_found");

    for form in ["markdown", "text"] {
        let export = reader.get(&format!("{name}/export?form={form}&version=1.0.0")).await;
        assert!(export.header("content-type").starts_with("text/"));
        let check = "/runbooks/check?id=fine-tuned-model-release";
        let again = reader.send(check, export.text()).await.ok();
        assert_eq!(again["ok"], true, "{form}: {again}");
    }
    reader.get(&format!("{name}/export?form=pdf")).await.refused(400, "request.malformed");
    admin.send("/runbooks", vec![0xff, 0xfe]).await.refused(400, "request.malformed");
}
