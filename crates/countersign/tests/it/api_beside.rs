//! Incidents, risks and sandbox exclusions over the API.

use super::api_path::{approved, risk};
use super::world::World;
use serde_json::json;

///
#[tokio::test]
async fn an_incident_goes_from_its_opening_to_its_root_cause() {
    let world = World::new().await;
    let release = approved(&world).await;
    let (silva, rivera) = (world.person("silva"), world.person("rivera"));
    let opening = json!({
        "title": "Names the wrong customer", "text": "two agents reported it",
        "severity": "critical", "release": release, "environment": "production",
        "criteria": ["no_critical_finding"],
    });
    let opened = silva.post("/incidents", opening).await.ok();
    let path = format!("/incidents/{}", opened["incident"].as_str().unwrap());
    let shown = silva.get(&path).await.ok();
    assert_eq!(
        (shown["state"].as_str(), shown["model"].as_str()),
        (Some("open"), Some("summarizer"))
    );
    assert_eq!(shown["asks_for_suspension"], true);
    let criteria = silva.get("/incidents/criteria").await.ok();
    assert_eq!(criteria["items"][0]["criterion"], "no_critical_finding");
    assert_eq!(criteria["items"][0]["count"], 1);

    let haddad = world.person("haddad");
    let tasks = haddad.get("/tasks").await.ok().to_string();
    assert!(tasks.contains("Decide about suspension: Names the wrong customer"), "{tasks}");
    let answer = json!({ "answer": "not_needed", "reason": "the cause is switched off" });
    haddad.post(&format!("{path}/suspension"), answer).await.ok();
    let note = json!({ "text": "the index is being rebuilt" });
    silva.post(&format!("{path}/notes"), note).await.ok();
    let owner = json!({ "owner": world.id("rivera") });
    haddad.post(&format!("{path}/assign"), owner).await.ok();
    let lower = json!({ "severity": "high", "reason": "three customers" });
    rivera
        .post(&format!("{path}/severity"), lower.clone())
        .await
        .refused(403, "actor.not_permitted");
    haddad.post(&format!("{path}/severity"), lower).await.ok();
    let closing = json!({ "outcome": "corrected", "root_cause": "a stale index" });
    silva.post(&format!("{path}/close"), closing.clone()).await.refused(403, "actor.not_permitted");
    rivera.post(&format!("{path}/close"), closing).await.ok();
    let shown = silva.get(&path).await.ok();
    assert_eq!(
        (shown["state"].as_str(), shown["root_cause"].as_str()),
        (Some("closed"), Some("a stale index"))
    );
    assert_eq!(shown["notes"].as_array().unwrap().len(), 1);
    let listed = silva.get("/entries/incident?which=closed&model=summarizer").await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_incident_that_is_not_there_is_not_found() {
    let world = World::new().await;
    let silva = world.person("silva");
    silva.get("/incidents/i-nothing").await.refused(404, "not_found");
    let note = json!({ "text": "x" });
    let problem = silva.post("/incidents/i-nothing/notes", note).await.refused(404, "not_found");
    assert!(problem["detail"].as_str().unwrap().contains("i-nothing"), "{problem}");
}

///
#[tokio::test]
async fn a_risk_is_entered_reassessed_handed_over_and_closed() {
    let world = World::new().await;
    approved(&world).await;
    let (rivera, chen) = (world.person("rivera"), world.person("chen"));
    rivera.post("/risks", risk("RISK-2")).await.ok();
    rivera.post("/risks", risk("risk-2")).await.refused(409, "already_exists");
    chen.post("/risks", risk("risk-3")).await.refused(403, "actor.not_permitted");
    let shown = chen.get("/risks/RISK-2").await.ok();
    assert_eq!((shown["score"].as_u64(), shown["level"].as_str()), (Some(8), Some("medium")));
    // The close of business on the organisation's calendar.
    assert_eq!(shown["review_by"], "2026-11-01T17:00:00Z");
    let again = json!({
        "likelihood": 1, "impact": 9, "treatment": "accept", "review_by": "2026-12-01",
        "note": "a filter was added",
    });
    rivera.post("/risks/risk-2/reassess", again).await.refused(400, "request.malformed");
    let again = json!({
        "likelihood": 1, "impact": 4, "treatment": "accept", "review_by": "2026-12-01",
        "note": "a filter was added",
    });
    rivera.post("/risks/risk-2/reassess", again).await.ok();
    let over = json!({ "owner": world.id("chen"), "reason": "she runs the product" });
    rivera.post("/risks/risk-2/owner", over).await.ok();
    let tasks = chen.get("/tasks").await.ok().to_string();
    assert!(tasks.contains("Look at the risk risk-2 again"), "{tasks}");
    let models = json!({ "models": ["nothing"] });
    chen.post("/risks/risk-2/models", models).await.refused(404, "not_found");
    chen.post("/risks/risk-2/close", json!({ "reason": "the feature is gone" })).await.ok();
    assert_eq!(chen.get("/risks/risk-2").await.ok()["state"], "closed");
}

///
#[tokio::test]
async fn a_sandbox_exclusion_asks_both_questions() {
    let world = World::new().await;
    let silva = world.person("silva");
    let claim = |data: &str| {
        json!({
            "title": "Tone experiment", "description": "invented calls", "real_data": data,
            "real_users": "no", "until": "2026-06-11",
        })
    };
    let problem = silva.post("/sandbox-exclusions", claim("yes")).await;
    let problem = problem.refused(409, "sandbox.not_excluded");
    assert_eq!(problem["reasons"][0]["message"], "it processes real data");
    silva.post("/sandbox-exclusions", claim("maybe")).await.refused(400, "request.malformed");
    let claimed = silva.post("/sandbox-exclusions", claim("no")).await.ok();
    let path = format!("/sandbox-exclusions/{}", claimed["exclusion"].as_str().unwrap());
    assert_eq!(silva.get(&path).await.ok()["overdue"], false);
    silva.post(&format!("{path}/end"), json!({ "reason": "it is over" })).await.ok();
    assert_eq!(silva.get(&path).await.ok()["state"], "closed");
}
