//! Controls over HTTP: published records, the evidence of a period, and how far a control is.

use crate::api_path as path;
use crate::portal_browser::Browser;
use crate::world::{Answer, Client, World};
use countersign::pack::unpack::unpack;
use countersign::pack::verify::{self, Checked};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

const GATE: &str = include_str!("../../../../catalog/controls/chm-002.yaml");
const MAY: &str = "from=2026-05-01&to=2026-05-31";

/// The control of the catalog with the one runbook that every world has.
pub fn gate() -> String {
    let (before, rest) = GATE.split_once("  runbooks:\n").unwrap();
    let rest = &rest[rest.find("  items:").unwrap()..];
    format!("{before}  runbooks: [fine-tuned-model-release]\n{rest}")
}

/// A world with the control.
async fn controlled() -> World {
    let world = World::new().await;
    world.person("admin").send("/controls", gate()).await.ok();
    world
}

/// The same with a release that was approved and deployed.
async fn deployed() -> (World, String) {
    let world = controlled().await;
    let id = path::approved(&world).await;
    world.at("2026-05-12T10:00:00Z");
    let to = json!({"environment": "production", "change_reference": "CHG-7"});
    world.person("rivera").post(&format!("/releases/{id}/deployments"), to).await.ok();
    (world, id)
}

/// An archive, unpacked.
fn unpacked(answer: &Answer) -> TempDir {
    assert_eq!(answer.header("content-type"), "application/zip", "{}", answer.text());
    let folder = tempfile::tempdir().unwrap();
    unpack(&answer.body[..], folder.path()).unwrap();
    folder
}

fn checked(folder: &TempDir) -> Checked {
    verify::folder(folder.path(), None).unwrap()
}

fn text(folder: &TempDir, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).unwrap()
}

async fn evidence(client: &Client, days: &str) -> Answer {
    client.get(&format!("/controls/CHM-002/evidence?{days}")).await
}

///
#[tokio::test]
async fn a_control_is_published_with_its_fields_and_its_links_lead_somewhere() {
    let world = controlled().await;
    let reader = world.person("audrey");
    let listed = reader.get("/controls").await.ok();
    assert_eq!(listed["items"][0]["control"], "CHM-002");
    let shown = reader.get("/controls/chm-002").await.ok();
    let record = &shown["record"];
    assert_eq!(record["domain"], "Change Management");
    assert_eq!(record["typical_owner"], "AI Engineering / AI Governance Team");
    assert_eq!((&record["effort"], &record["agent_relevant"]), (&json!("medium"), &json!(true)));
    assert_eq!(shown["has_gaps"], false);
    let links = shown["links"].as_array().unwrap();
    for (kind, name) in [
        ("policy", "model-release"),
        ("runbook", "fine-tuned-model-release"),
        ("criterion", "hallucination_rate"),
        ("item", "evaluation_results"),
        ("format", "sarif"),
    ] {
        let link = links.iter().find(|link| link["kind"] == kind && link["name"] == name);
        assert!(link.is_some_and(|link| link["title"].is_string()), "{kind} {name}");
    }
    let admin = world.person("admin");
    admin.send("/controls", gate()).await.refused(409, "published.immutable");
    reader.send("/controls", gate()).await.refused(403, "actor.not_permitted");
}

///
#[tokio::test]
async fn a_link_that_points_to_nothing_stops_the_publication_with_its_line() {
    let world = World::new().await;
    let admin = world.person("admin");
    let problem = admin.send("/controls", GATE).await.refused(422, "control.faulty");
    let reasons = problem["reasons"].as_array().unwrap();
    let agent = reasons.iter().find(|one| one.to_string().contains("`agent-release`")).unwrap();
    assert_eq!(agent["code"], "control.link_dangling");
    let line = GATE.lines().position(|line| line.contains("- agent-release")).unwrap() + 1;
    assert!(agent["place"].as_str().unwrap().contains(&format!("line {line}")), "{agent}");
    let checked = admin.send("/controls/check", GATE).await.ok();
    assert_eq!(checked["ok"], false);
    assert_eq!(world.person("audrey").get("/controls").await.ok()["items"], json!([]));
    admin.get("/controls/CHM-002").await.refused(404, "not_found");
}

///
#[tokio::test]
async fn one_request_gives_all_five_parts_of_a_period_and_they_prove_themselves() {
    let (world, id) = deployed().await;
    let auditor = world.person("audrey");
    let answer = evidence(&auditor, MAY).await;
    let folder = unpacked(&answer);
    let found = checked(&folder);
    assert!(found.is_sound(), "{:?}", found.faults);
    assert!(found.events > 20, "{found:?}");
    let pack: Value = serde_json::from_str(&text(&folder, "pack.json")).unwrap();
    let one = &pack["deployments"][0];
    assert_eq!(one["release"], id);
    let parts = one["parts"].as_array().unwrap().iter();
    let parts: Vec<_> = parts
        .map(|part| (part["part"].as_str().unwrap(), part["held"].as_str().unwrap()))
        .collect();
    let expected = [
        ("gate_checklist", "held"),
        ("test_reports", "held"),
        ("approval_records", "held"),
        ("exception_records", "not_asked"),
        ("deployment_log", "held"),
    ];
    assert_eq!(parts, expected);
    assert!(text(&folder, "deployments.csv").contains("CHG-7"));
    let approvals = text(&folder, "approvals.csv");
    assert!(approvals.contains("J. Rivera,,model_owner") && approvals.contains("production"));
    assert!(text(&folder, "tests.csv").contains("evaluation_results"));
    assert!(text(&folder, "exceptions.csv").lines().count() == 1);
    assert!(text(&folder, "checklists.json").contains("\"answered_at\""));
    let page = text(&folder, "index.html");
    assert!(page.contains("summarizer v1 in production") && !page.contains("<script"));
    let digest = one["tests"][0]["reports"][0]["sha256"].as_str().unwrap();
    let file = format!("evidence/{}", digest.trim_start_matches("sha256:"));
    assert_eq!(text(&folder, &file), path::metrics());
    // The same period and the same log give the same bytes, whoever asks and whenever.
    world.at("2026-05-20T00:00:00Z");
    let again = evidence(&world.person("rivera"), MAY).await;
    assert!(again.body == answer.body, "{} bytes and {}", again.body.len(), answer.body.len());
}

///
#[tokio::test]
async fn whoever_changes_a_pack_is_found_out() {
    let (world, _) = deployed().await;
    let answer = evidence(&world.person("audrey"), MAY).await;
    let broken = |change: &dyn Fn(&TempDir)| {
        let folder = unpacked(&answer);
        change(&folder);
        let found = checked(&folder);
        assert!(!found.is_sound());
        found.faults.join("\n")
    };
    let edit = |folder: &TempDir, file: &str, from: &str, to: &str| {
        let edited = text(folder, file).replacen(from, to, 1);
        fs::write(folder.path().join(file), edited).unwrap();
    };
    let faults = broken(&|folder| edit(folder, "approvals.csv", "J. Rivera", "K. Ito"));
    assert!(faults.contains("approvals.csv is not as the manifest says"), "{faults}");
    let faults = broken(&|folder| fs::remove_file(folder.path().join("tests.csv")).unwrap());
    assert!(faults.contains("tests.csv is in the manifest and not in the pack"), "{faults}");
    let faults = broken(&|folder| fs::write(folder.path().join("more.txt"), "x").unwrap());
    assert!(faults.contains("more.txt is in the pack and not in the manifest"), "{faults}");
    // Whoever also writes the manifest anew still cannot change what happened.
    let event = {
        let folder = unpacked(&answer);
        let mut events = fs::read_dir(folder.path().join("log/events")).unwrap();
        let first = events.find(|one| one.as_ref().unwrap().path().extension().unwrap() == "json");
        format!("log/events/{}", first.unwrap().unwrap().file_name().to_string_lossy())
    };
    let faults = broken(&|folder| {
        edit(folder, &event, "2026-05-1", "2026-04-1");
        let digest = countersign_core::digest::Sha256::of(text(folder, &event).as_bytes());
        let sums = text(folder, "SHA256SUMS");
        let lines = sums.lines().map(|line| match line.ends_with(&event) {
            true => format!("{}  {event}\n", digest.hex()),
            false => format!("{line}\n"),
        });
        fs::write(folder.path().join("SHA256SUMS"), lines.collect::<String>()).unwrap();
    });
    assert!(faults.contains("is not proved to be in the log"), "{faults}");
    let other = World::new().await;
    other.person("admin").send("/controls", gate()).await.ok();
    let theirs = unpacked(&evidence(&other.person("audrey"), MAY).await);
    let key = text(&theirs, "log/key").trim().parse().unwrap();
    let found = verify::folder(unpacked(&answer).path(), Some(&key)).unwrap();
    let by_key = |fault: &String| fault.contains("not signed by this key");
    assert!(found.faults.iter().any(by_key), "{:?}", found.faults);
}

///
#[tokio::test]
async fn a_period_without_deployments_gives_a_pack_that_says_so() {
    let (world, _) = deployed().await;
    let auditor = world.person("audrey");
    let folder = unpacked(&evidence(&auditor, "from=2025-01-01&to=2025-12-31").await);
    assert!(checked(&folder).is_sound());
    assert!(text(&folder, "index.html").contains("No deployment was recorded in this period."));
    assert_eq!(text(&folder, "deployments.csv").lines().count(), 1);
    let backwards = evidence(&auditor, "from=2026-05-31&to=2026-05-01").await;
    backwards.refused(400, "request.malformed");
    world
        .nobody()
        .get(&format!("/controls/CHM-002/evidence?{MAY}"))
        .await
        .refused(401, "actor.unknown");
}

///
#[tokio::test]
async fn the_level_is_computed_from_the_log_and_a_report_lifts_it() {
    let (world, _) = deployed().await;
    let reader = world.person("audrey");
    let maturity =
        async |days: &str| reader.get(&format!("/controls/CHM-002/maturity?{days}")).await.ok();
    let unknown = maturity("from=2025-01-01&to=2025-12-31").await;
    assert_eq!(unknown.get("level"), None);
    let now = maturity(MAY).await;
    assert_eq!(now["level"], "defined");
    assert_eq!(now["metrics"]["approved"], 1);
    assert_eq!(now["metrics"]["approval_percent"], 100);
    assert!(now["levels"][2]["events"].as_array().unwrap().len() > 10);
    let days = json!({"from": "2026-05-01", "to": "2026-05-31"});
    let reports = "/controls/CHM-002/reports";
    reader.post(reports, days.clone()).await.refused(409, "actor.reads_only");
    let recorded = world.person("haddad").post(reports, days).await.ok();
    assert_eq!(recorded["events"], json!(["control_reported"]));
    let after = maturity(MAY).await;
    assert_eq!(after["level"], "managed");
    assert!(after["levels"][4]["missing"][0].as_str().unwrap().contains("link incidents"));
}

///
#[tokio::test]
async fn a_criterion_changed_after_an_incident_makes_the_gate_one_that_learns() {
    let (world, id) = deployed().await;
    let incident = json!({
        "title": "Open finding in production", "text": "A secret lay in the open.",
        "severity": "high", "model": "summarizer", "release": id,
        "criteria": ["no_critical_finding"],
    });
    world.person("rivera").post("/incidents", incident).await.ok();
    world.at("2026-05-20T10:00:00Z");
    let stricter = crate::world::POLICY
        .replace("policy model-release 1.0", "policy model-release 1.1")
        .replace("at or above critical", "at or above high");
    world.person("admin").send("/policies", stricter).await.ok();
    world.person("ito").post("/policies/model-release/1.1/approve", json!({})).await.ok();
    let days = json!({"from": "2026-05-01", "to": "2026-05-31"});
    world.person("haddad").post("/controls/CHM-002/reports", days).await.ok();
    let reader = world.person("audrey");
    let found = reader.get(&format!("/controls/CHM-002/maturity?{MAY}")).await.ok();
    assert_eq!(found["level"], "optimizing", "{found}");
    assert!(checked(&unpacked(&evidence(&reader, MAY).await)).is_sound());
}

///
#[tokio::test]
async fn a_control_is_read_and_its_evidence_taken_at_a_browser() {
    let (world, id) = deployed().await;
    let mut haddad = Browser::of(&world, "haddad").await;
    haddad.open("/controls").await;
    haddad.says("A gate before production");
    haddad.open(&format!("/controls/CHM-002?{MAY}")).await;
    haddad.says("1 deployment, nothing missing").says("summarizer v1").says("Defined");
    assert_eq!(haddad.links("/runbooks/fine"), ["/runbooks/fine-tuned-model-release"]);
    assert!(haddad.links("/releases/").contains(&format!("/releases/{id}")));
    let form = haddad.form("/controls/CHM-002/report");
    haddad.send(form).await;
    haddad.says("Managed");
    haddad.open(&format!("/controls/CHM-002/evidence?{MAY}")).await;
    assert_eq!(haddad.page.headers["content-type"], "application/zip");
    let mut auditor = Browser::of(&world, "audrey").await;
    auditor.open("/controls/CHM-002?from=2026-05-31&to=2026-05-01").await;
    auditor.says("is before the first");
    auditor.open("/controls/CHM-404").await;
    auditor.says("Page not found");
}
