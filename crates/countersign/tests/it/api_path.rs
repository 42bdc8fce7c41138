//! The path of a release over HTTP, one leg after the other: what tests of later legs start from.

use crate::world::{Client, PEOPLE, World};
use serde_json::{Map, Value, json};

/// The digest of the adapter in every release here.
pub const ADAPTER: &str = "sha256:5a3f1c0d9b8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a";

const CARD: &str = "---\nlicense: apache-2.0\nbase_model: acme/base-7b\ndatasets:\n  - catalogue/DS-1\n\
owner: J. Rivera\n---\n\n# Summarizer\n\n## Purpose\n\nShortens reports that people then read.\n\n\
## Model architecture\n\nA transformer with a rank 16 adapter.\n\n## Training data\n\nTwo years of \
reports, names removed.\n\n## Intended use\n\nInside the company, by trained staff.\n\n\
## Limitations\n\nLong texts lose their end.\n\n## Bias\n\nDialect is handled less well; the gap is \
measured.\n";

/// A scan with one finding of this severity.
pub fn scan(severity: &str) -> String {
    json!({
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "scan", "rules": [
                {"id": "S-1", "properties": {"security-severity": severity}},
            ]}},
            "invocations": [{"executionSuccessful": true}],
            "results": [{
                "ruleId": "S-1", "level": "note", "message": {"text": "prompts reach the log"},
                "locations": [{"physicalLocation": {
                    "artifactLocation": {"uri": "serve.py"}, "region": {"startLine": 8},
                }}],
                "partialFingerprints": {"primary": "one"},
            }],
        }],
    })
    .to_string()
}

/// Metrics in plain JSON.
pub fn metrics() -> String {
    json!({"complete": true, "accuracy": {"value": 0.92, "n": 400}}).to_string()
}

fn file_for(item: &str) -> (&'static str, String) {
    match item {
        "model_card" => ("card.md", CARD.into()),
        "security_tests" => ("scan.sarif", scan("3.1")),
        _ => ("metrics.json", metrics()),
    }
}

/// A risk of that model.
pub fn risk(name: &str) -> Value {
    json!({
        "risk": name, "title": "A summary leaves out a warning",
        "description": "an agent misses that a customer is in danger", "likelihood": 2,
        "impact": 4, "treatment": "reduce", "review_by": "2026-11-01", "models": ["summarizer"],
    })
}

/// A release of a low-risk model by the shipped runbook, just asked for.
pub async fn requested(world: &World) -> String {
    let rivera = world.person("rivera");
    let model = json!({
        "name": "summarizer", "title": "Summarizer", "tier": "low", "intended_use": "Shorter texts",
    });
    rivera.post("/models", model).await.ok();
    rivera.post("/risks", risk("risk-1")).await.ok();
    let release = json!({
        "model": "summarizer", "title": "summarizer v1", "change": "new_model",
        "summary": "A first adapter.", "runbook": "fine-tuned-model-release",
        "artifacts": [{"name": "ckpt-1", "kind": "adapter", "digest": ADAPTER}],
    });
    let asked = rivera.post("/releases", release).await.ok();
    asked["release"].as_str().unwrap().to_owned()
}

/// The release as the API shows it.
pub async fn show(client: &Client, id: &str) -> Value {
    client.get(&format!("/releases/{id}")).await.ok()
}

/// Answers to every question that is asked without a condition.
pub fn answers(fields: &Value) -> Value {
    let mut answers = Map::new();
    for field in fields.as_array().unwrap() {
        if field["when"].is_string() {
            continue;
        }
        let answer = match field["kind"].as_str().unwrap() {
            "text" => json!("As the catalogue says."),
            "date" => json!("2026-05-01"),
            "number" => json!("10"),
            "yes_no" => json!("no"),
            "choice" => field["options"][0].clone(),
            "risk" => json!("RISK-1"),
            "rows" => json!("train | tickets of 2025 | our own data | yes"),
            other => panic!("what is a {other}?"),
        };
        answers.insert(field["name"].as_str().unwrap().to_owned(), answer);
    }
    Value::Object(answers)
}

/// The same release with prerequisites confirmed, evidence attached and the checklist answered.
pub async fn prepared(world: &World) -> String {
    let id = requested(world).await;
    let rivera = world.person("rivera");
    let release = show(&rivera, &id).await;
    for one in release["prerequisites"].as_array().unwrap() {
        let path = format!("/releases/{id}/prerequisites/{}", one["number"]);
        rivera.post(&path, json!({})).await.ok();
    }
    for item in release["items"].as_array().unwrap() {
        let name = item["item"].as_str().unwrap();
        if ["model_card", "evaluation_results", "security_tests"].contains(&name) {
            let (file, bytes) = file_for(name);
            let path = format!("/releases/{id}/evidence?name={file}&item={name}");
            rivera.send(&path, bytes).await.ok();
        }
        let path = format!("/releases/{id}/items/{name}");
        rivera.put(&path, json!({"answers": answers(&item["fields"])})).await.ok();
    }
    id
}

/// The same release in review.
pub async fn submitted(world: &World) -> String {
    let id = prepared(world).await;
    world.person("rivera").post(&format!("/releases/{id}/submit"), json!({})).await.ok();
    id
}

/// Somebody who holds a role.
pub fn holder(role: &str) -> &'static str {
    match role {
        "model_owner" => "rivera",
        role => PEOPLE.iter().find(|(_, _, roles)| roles.contains(&role)).unwrap().0,
    }
}

/// The same release with every step done that comes before the signature.
pub async fn reviewed(world: &World) -> String {
    let id = submitted(world).await;
    let rivera = world.person("rivera");
    loop {
        let release = show(&rivera, &id).await;
        let steps = release["steps"].as_array().unwrap();
        let open = |step: &&Value| step["progress"] == "ready" && step["kind"] != "approval";
        let Some(step) = steps.iter().find(open) else { return id };
        let person = world.person(holder(step["role"].as_str().unwrap()));
        let name = step["step"].as_str().unwrap();
        let done = match step["kind"].as_str().unwrap() {
            "manual" => json!({"statement": "Looked at it."}),
            "form" => json!({"answers": answers(&step["fields"])}),
            "file_upload" => {
                let about = format!("name=ckpt-1.json&step={name}&parts=safety,quality,regression");
                let path = format!("/releases/{id}/evidence?{about}");
                person.send(&path, metrics()).await.ok();
                json!({})
            }
            other => panic!("what is a {other}?"),
        };
        person.post(&format!("/releases/{id}/steps/{name}/complete"), done).await.ok();
    }
}

/// Approves as somebody in a role, for the dossier there is now.
pub async fn approve(world: &World, id: &str, role: &str) -> Value {
    let person = world.person(holder(role));
    let dossier = show(&person, id).await["dossier"].clone();
    let approval = json!({"role": role, "dossier": dossier});
    person.post(&format!("/releases/{id}/approve"), approval).await.ok()
}

/// The same release with every signature.
pub async fn approved(world: &World) -> String {
    let id = reviewed(world).await;
    approve(world, &id, "model_owner").await;
    approve(world, &id, "security_operations_lead").await;
    id
}

/// The verdict on the adapter in production.
pub async fn verdict(client: &Client) -> Value {
    client.get(&format!("/verdict?digest={ADAPTER}&environment=production&explain=true")).await.ok()
}
