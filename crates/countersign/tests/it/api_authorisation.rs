//! The authorisation matrix: every route of the API, every kind of caller, every main state of a
//! release. What is answered is written down in `docs/reference/authorisation.md`; a route without
//! a probe fails, and so does an answer that is not the one written there.
//!
//! Nothing is changed while asking. Commands carry an `If-Match` that fits no version: whoever may
//! do it is told that his copy is stale, everybody else is refused by the rules first.

mod callers;
mod controls;
mod notices;
mod page;
mod probes;
mod records;
mod times;

use crate::api_path;
use crate::world::World;
use callers::{Caller, callers};
use probes::{Probe, Subject, probes};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What came of one question: by route and state, the answer of each kind of caller.
pub type Answers = BTreeMap<(String, &'static str), BTreeMap<&'static str, String>>;

/// The states a release is asked about in, and whose it is.
pub const STATES: [&str; 8] = [
    "draft",
    "draft asked for by ml_platform",
    "in review",
    "in review with a concern",
    "approved",
    "deployed",
    "suspended",
    "rejected",
];

/// A release in a state. Its approval depends on a condition that Compliance keeps.
async fn in_state(world: &World, state: &str) -> String {
    match state {
        "draft" => api_path::prepared(world).await,
        "draft asked for by ml_platform" => asked_by_another(world).await,
        "in review" => api_path::reviewed(world).await,
        "in review with a concern" => {
            let id = api_path::reviewed(world).await;
            let concern = json!({"step": step(world, &id).await, "text": "The scope has grown."});
            world.person("moreau").post(&format!("/releases/{id}/concerns"), concern).await.ok();
            id
        }
        "rejected" => {
            let id = api_path::reviewed(world).await;
            let no = json!({"role": "model_owner", "reason": "other", "text": "Not yet."});
            world.person("rivera").post(&format!("/releases/{id}/reject"), no).await.ok();
            id
        }
        decided => after_the_decision(world, decided).await,
    }
}

async fn asked_by_another(world: &World) -> String {
    api_path::requested(world).await;
    let release = json!({
        "model": "summarizer", "title": "summarizer v1b", "change": "new_model",
        "summary": "Another adapter.", "runbook": "fine-tuned-model-release",
        "artifacts": [{"name": "ckpt-1", "kind": "adapter", "digest": api_path::ADAPTER}],
    });
    let asked = world.person("petrov").post("/releases", release).await.ok();
    asked["release"].as_str().unwrap().to_owned()
}

async fn after_the_decision(world: &World, state: &str) -> String {
    let id = api_path::reviewed(world).await;
    api_path::approve(world, &id, "model_owner").await;
    let dossier = api_path::show(&world.person("kovacs"), &id).await["dossier"].clone();
    let yes = json!({
        "role": "security_operations_lead", "dossier": dossier,
        "conditions": [{
            "text": "Run an audit.", "owner": world.id("okafor").as_str(),
            "due": "2026-06-11T09:00:00Z",
        }],
    });
    world.person("kovacs").post(&format!("/releases/{id}/approve"), yes).await.ok();
    if state != "approved" {
        let to = json!({"environment": "production"});
        world.person("rivera").post(&format!("/releases/{id}/deployments"), to).await.ok();
    }
    if state == "suspended" {
        let why = json!({"reason": "It leaks."});
        world.person("haddad").post(&format!("/releases/{id}/suspend"), why).await.ok();
    }
    id
}

/// The first step of the release; a draft has none yet.
async fn step(world: &World, id: &str) -> String {
    let shown = api_path::show(&world.person("rivera"), id).await;
    shown["steps"][0]["step"].as_str().unwrap_or("none").to_owned()
}

/// The evidence that holds a finding, and the finding.
async fn finding(world: &World, id: &str) -> (String, String) {
    for number in 1..9 {
        let path = format!("/releases/{id}/evidence/e{number}");
        let shown = world.person("rivera").get(&path).await;
        if shown.status.is_success()
            && let Some(finding) = shown.json()["reading"]["findings"][0]["id"].as_str()
        {
            return (format!("e{number}"), finding.to_owned());
        }
    }
    ("e1".into(), "none".into())
}

async fn ask(answers: &mut Answers, state: &'static str, only: fn(&Probe) -> bool) {
    let (world, callers) = callers().await;
    let release = in_state(&world, state).await;
    let shown = api_path::show(&world.person("rivera"), &release).await;
    let dossier = shown["dossier"].as_str().unwrap().to_owned();
    let (evidence, finding) = finding(&world, &release).await;
    let step = step(&world, &release).await;
    let (other, third) = (world.id("okafor").to_string(), world.id("chen").to_string());
    let subject = Subject { release, dossier, step, evidence, finding, other, third };
    for probe in probes().iter().filter(|probe| only(probe)) {
        let state = if probe.of_release() { state } else { "" };
        let row = answers.entry((probe.route.to_owned(), state)).or_default();
        for caller in &callers {
            row.insert(caller.label, answer(caller, probe, &subject).await);
        }
    }
}

/// `yes`, or the code of the refusal. Whoever gets as far as being told that his copy is stale, or
/// that a body is not readable where only the permission is asked, may do it.
async fn answer(caller: &Caller, probe: &Probe, subject: &Subject) -> String {
    let answer = probe.ask(caller, subject).await;
    if answer.status.is_success() {
        return "yes".into();
    }
    let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
    if code == "request.stale" || (probe.through && code == "request.malformed") {
        return "yes".into();
    }
    code
}

/// I-15, I-16
#[tokio::test]
async fn every_route_answers_every_caller_as_the_page_says() {
    let mut answers = Answers::new();
    ask(&mut answers, "draft", |_| true).await;
    for state in &STATES[1..] {
        ask(&mut answers, state, Probe::of_release).await;
    }
    page::expect(&answers);
}

#[test]
fn every_route_has_a_probe_and_every_probe_a_route() {
    let paths = countersign::api::document()["paths"].as_object().unwrap();
    let routes: BTreeSet<String> = paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let probed: BTreeSet<String> = probes().iter().map(|probe| probe.route.to_owned()).collect();
    let missing: Vec<_> = routes.difference(&probed).collect();
    let surplus: Vec<_> = probed.difference(&routes).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "without a probe: {missing:?}; without a route: {surplus:?}"
    );
}

/// I-15
#[tokio::test]
async fn what_nobody_may_see_answers_like_what_is_not_there() {
    let (world, callers) = callers().await;
    api_path::requested(&world).await;
    let known = world.person("okafor").get("/tokens").await.ok();
    let foreign = known["items"][0]["id"].as_str().unwrap().to_owned();
    for caller in callers.iter().filter(|one| one.is_person && one.label != "administrator") {
        if caller.label == "compliance" || caller.label == "disabled" {
            continue;
        }
        let there = caller.client.delete(&format!("/tokens/{foreign}")).await;
        let not_there = caller.client.delete("/tokens/t-none").await;
        assert_eq!(there.status, not_there.status, "{}", caller.label);
        let shape = |answer: &crate::world::Answer, id: &str| answer.text().replace(id, "ID");
        assert_eq!(shape(&there, &foreign), shape(&not_there, "t-none"), "{}", caller.label);
        caller.client.delete("/delegations/9").await.json();
    }
}
