//! One question for each route: what is sent to find out whether a caller may.

mod proposals;

use super::callers::Caller;
use super::{notices::of_notices, times::of_times};
use crate::api_path::{ADAPTER, metrics};
use crate::world::Answer;
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

/// What is asked about.
pub struct Subject {
    /// The release.
    pub release: String,
    /// Its dossier.
    pub dossier: String,
    /// Its first step.
    pub step: String,
    /// A piece of its evidence with a finding.
    pub evidence: String,
    /// The finding.
    pub finding: String,
    /// Somebody else.
    pub other: String,
    /// And another.
    pub third: String,
}

/// A question.
pub struct Probe {
    /// `POST /releases/{release}/approve`
    pub route: &'static str,
    /// Whether a body that cannot be read means that the permission was given.
    pub through: bool,
    body: fn(&Caller, &Subject) -> Value,
}

pub const fn probe(route: &'static str, body: fn(&Caller, &Subject) -> Value) -> Probe {
    Probe { route, through: false, body }
}

/// A route whose permission is asked before anything else: what is sent is not readable.
pub const fn gate(route: &'static str) -> Probe {
    Probe { route, through: true, body: nothing }
}

pub const fn read(route: &'static str) -> Probe {
    probe(route, nothing)
}

pub fn nothing(_: &Caller, _: &Subject) -> Value {
    json!({})
}

pub fn reason(_: &Caller, _: &Subject) -> Value {
    json!({"reason": "to see whether one may"})
}

fn in_role(caller: &Caller, _: &Subject) -> Value {
    json!({"role": caller.role, "text": "to see whether one may"})
}

fn text(_: &Caller, _: &Subject) -> Value {
    json!({"text": "to see whether one may"})
}

/// Every route.
pub fn probes() -> Vec<Probe> {
    [
        of_releases(),
        of_promises(),
        of_urgent(),
        of_models(),
        of_people(),
        of_meetings(),
        of_beside(),
        of_times(),
        proposals::of_proposals(),
        of_notices(),
        of_the_rest(),
        super::controls::of_controls(),
        super::records::of_records(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_releases() -> Vec<Probe> {
    vec![
        read("GET /releases"),
        probe("POST /releases", |_, _| {
            json!({
                "model": "summarizer", "title": "next", "change": "new_model", "summary": "Another.",
                "runbook": "fine-tuned-model-release",
                "artifacts": [{"name": "ckpt-2", "kind": "adapter", "digest": ADAPTER}],
            })
        }),
        read("GET /releases/{release}"),
        probe("POST /releases/{release}/artifacts", |_, _| {
            let digest = format!("sha256:{}", "ab".repeat(32));
            json!({"name": "ckpt-2", "kind": "adapter", "digest": digest})
        }),
        probe("DELETE /releases/{release}/artifacts/{name}", nothing),
        probe("POST /releases/{release}/prerequisites/{number}", nothing),
        probe(
            "PUT /releases/{release}/items/{item}",
            |_, _| json!({"answers": {"owner": "the support rota"}}),
        ),
        probe("POST /releases/{release}/evidence", nothing),
        read("GET /releases/{release}/evidence/{evidence}"),
        read("GET /releases/{release}/evidence/{evidence}/content"),
        probe("POST /releases/{release}/evidence/{evidence}/withdraw", reason),
        probe(
            "POST /releases/{release}/evidence/{evidence}/close-finding",
            |_, subject| json!({"finding": subject.finding, "reason": "to see whether one may"}),
        ),
        probe("POST /releases/{release}/submit", nothing),
        probe(
            "POST /releases/{release}/steps/{step}/complete",
            |_, _| json!({"statement": "Looked at it."}),
        ),
        probe(
            "POST /releases/{release}/concerns",
            |_, subject| json!({"step": subject.step, "text": "It has grown."}),
        ),
        probe("POST /releases/{release}/concerns/{number}/resolve", text),
        probe(
            "POST /releases/{release}/approve",
            |caller, subject| json!({"role": caller.role, "dossier": subject.dossier}),
        ),
        probe(
            "POST /releases/{release}/reject",
            |caller, _| json!({"role": caller.role, "reason": "other", "text": "Not yet."}),
        ),
        probe("POST /releases/{release}/withdraw", reason),
        probe("POST /releases/{release}/suspend", reason),
        probe("POST /releases/{release}/resume", reason),
        probe("POST /releases/{release}/deployments", |_, _| json!({"environment": "production"})),
        probe(
            "POST /releases/{release}/deployments/{environment}/confirm",
            |_, _| json!({"within_parameters": "yes", "monitoring_active": "yes", "no_issues": "yes"}),
        ),
        read("GET /releases/{release}/deliveries"),
    ]
}

/// What is promised, waived and asked for.
fn of_promises() -> Vec<Probe> {
    vec![
        probe("POST /releases/{release}/conditions/{number}/report", text),
        probe("POST /releases/{release}/conditions/{number}/accept", text),
        probe("POST /releases/{release}/conditions/{number}/send-back", text),
        probe("POST /releases/{release}/exceptions", |_, _| {
            json!({
                "waives": "item bias_results", "reason": "The suite is late.",
                "measures": "A person reads along.", "until": "2026-06-01T00:00:00Z",
            })
        }),
        probe("POST /releases/{release}/exceptions/{number}/accept", in_role),
        probe("POST /releases/{release}/exceptions/{number}/refuse", in_role),
        probe("POST /releases/{release}/exceptions/{number}/revoke", in_role),
        probe("POST /releases/{release}/change-requests", in_role),
        probe("POST /releases/{release}/change-requests/{number}/answer", text),
        probe("POST /releases/{release}/change-requests/{number}/insist", text),
        probe("POST /releases/{release}/change-requests/{number}/accept", text),
    ]
}

fn of_urgent() -> Vec<Probe> {
    vec![
        read("GET /emergencies/rates"),
        probe("POST /releases/{release}/emergency", |_, subject| {
            json!({
                "ground": "safety_issue", "explanation": "It harms people.",
                "authority_by": subject.other, "authority_at": "2026-05-11T08:00:00Z",
                "means": "phone",
            })
        }),
        probe("POST /releases/{release}/emergency/confirm", nothing),
        probe("POST /releases/{release}/emergency/deny", reason),
        probe("POST /releases/{release}/rollback", |_, subject| {
            json!({
                "environment": "production", "to": subject.release, "reason": "It is wrong.",
                "measured_minutes": 5,
            })
        }),
        probe("POST /releases/{release}/drills", |_, _| {
            json!({
                "on": "2026-05-04", "target": "v1", "measured_minutes": 5, "result": "worked",
            })
        }),
        probe(
            "POST /releases/{release}/reviews",
            |_, _| json!({"of": "suspension-1", "outcome": "justified", "text": "Rightly so."}),
        ),
    ]
}

fn of_meetings() -> Vec<Probe> {
    vec![
        probe(
            "POST /meetings",
            |_, _| json!({"title": "May session", "at": "2026-05-18T09:00:00Z"}),
        ),
        read("GET /meetings/{meeting}"),
        probe("POST /meetings/{meeting}/open", nothing),
        probe(
            "POST /meetings/{meeting}/items",
            |_, subject| json!({"release": subject.release, "what": "request"}),
        ),
        probe("POST /meetings/{meeting}/items/{number}/vote", |_, _| json!({"vote": "yes"})),
        probe("POST /meetings/{meeting}/items/{number}/recuse", reason),
        probe("POST /meetings/{meeting}/items/{number}/close", nothing),
        probe("POST /meetings/{meeting}/close", |_, _| json!({"minutes": "We met."})),
        probe("POST /meetings/{meeting}/cancel", reason),
    ]
}

fn of_beside() -> Vec<Probe> {
    vec![
        probe(
            "POST /incidents",
            |_, _| json!({"title": "Wrong sums", "text": "Off by one.", "severity": "high"}),
        ),
        read("GET /incidents/criteria"),
        read("GET /incidents/{incident}"),
        probe("POST /incidents/{incident}/assign", |_, subject| json!({"owner": subject.other})),
        probe("POST /incidents/{incident}/notes", text),
        probe("POST /incidents/{incident}/links", |_, _| json!({"model": "summarizer"})),
        probe(
            "POST /incidents/{incident}/severity",
            |_, _| json!({"severity": "low", "reason": "seen once"}),
        ),
        probe(
            "POST /incidents/{incident}/suspension",
            |_, _| json!({"answer": "not_needed", "reason": "seen once"}),
        ),
        probe(
            "POST /incidents/{incident}/close",
            |_, _| json!({"outcome": "corrected", "root_cause": "a stale index"}),
        ),
        gate("POST /risks"),
        read("GET /risks/{risk}"),
        gate("POST /risks/{risk}/reassess"),
        probe("POST /risks/{risk}/models", |_, _| json!({"models": ["summarizer"]})),
        probe(
            "POST /risks/{risk}/owner",
            |_, subject| json!({"owner": subject.other, "reason": "moves on"}),
        ),
        probe("POST /risks/{risk}/close", reason),
        gate("POST /sandbox-exclusions"),
        read("GET /sandbox-exclusions/{exclusion}"),
        probe("POST /sandbox-exclusions/{exclusion}/end", reason),
    ]
}

fn of_models() -> Vec<Probe> {
    vec![
        read("GET /models"),
        probe(
            "POST /models",
            |_, _| json!({"name": "fresh", "title": "Fresh", "tier": "low", "intended_use": "x"}),
        ),
        read("GET /models/{model}"),
        probe("POST /models/{model}/tier", |_, _| json!({"tier": "high", "reason": "wider use"})),
        probe(
            "POST /models/{model}/owner",
            |_, subject| json!({"owner": subject.other, "reason": "moves on"}),
        ),
    ]
}

fn of_people() -> Vec<Probe> {
    vec![
        gate("POST /login"),
        gate("POST /setup"),
        read("GET /me"),
        read("GET /people"),
        gate("POST /people"),
        read("GET /people/{person}"),
        gate("POST /people/{person}/disable"),
        gate("POST /people/{person}/setup-link"),
        probe("POST /people/{person}/roles", |_, _| json!({"role": "legal"})),
        probe("DELETE /people/{person}/roles/{role}", nothing),
        probe(
            "POST /people/{person}/qualifications",
            |_, _| json!({"role": "legal", "passed_on": "2026-05-04", "proof": "certificate 17"}),
        ),
        probe("POST /people/{person}/same-as", |_, subject| json!({"person": subject.third})),
        probe("POST /delegations", |caller, subject| {
            json!({
                "to": subject.other, "role": caller.role, "until": "2026-07-01T00:00:00Z",
                "reason": "on leave",
            })
        }),
        probe("DELETE /delegations/{number}", nothing),
        read("GET /tokens"),
        gate("POST /tokens"),
        gate("DELETE /tokens/{token}"),
    ]
}

fn of_the_rest() -> Vec<Probe> {
    vec![
        read("GET /calendar"),
        probe(
            "PUT /calendar",
            |_, _| json!({"zone": "Europe/Berlin", "closes": "17:00", "holidays": []}),
        ),
        read("GET /entries/{kind}"),
        read("GET /environments"),
        probe("POST /environments", |_, _| json!({"name": "edge"})),
        read("GET /frameworks"),
        read("GET /frameworks/{name}/report"),
        read("GET /health"),
        read("GET /openapi.json"),
        read("GET /policies"),
        gate("POST /policies"),
        read("POST /policies/check"),
        read("GET /policies/{name}/{version}"),
        read("GET /policies/{name}/{version}/diff"),
        probe("POST /policies/{name}/{version}/approve", nothing),
        probe("POST /policies/{name}/{version}/decline", reason),
        read("GET /runbooks"),
        gate("POST /runbooks"),
        read("POST /runbooks/check"),
        read("GET /runbooks/{name}"),
        read("GET /runbooks/{name}/export"),
        read("GET /verdict"),
        read("GET /webhooks"),
        gate("PUT /webhooks/{name}"),
        gate("DELETE /webhooks/{name}"),
    ]
}

impl Probe {
    /// Whether it is about one release.
    pub fn of_release(&self) -> bool {
        self.route.contains("{release}")
    }

    /// Asks.
    pub async fn ask(&self, caller: &Caller, subject: &Subject) -> Answer {
        let (method, path) = self.route.split_once(' ').unwrap();
        let path = filled(path, subject);
        let client = caller.client.clone();
        if method == "GET" {
            return client.get(&path).await;
        }
        // Fits no version: nothing is ever changed.
        let client = client.with("If-Match", "\"v999999\"");
        let body = (self.body)(caller, subject).to_string();
        let method: Method = method.parse().unwrap();
        match path.as_str() {
            path if path.contains("/evidence?") => client.send(path, metrics()).await,
            _ if self.through => client.call(method, &path, Body::from("{")).await,
            _ => {
                let client = client.with("content-type", "application/json");
                client.call(method, &path, Body::from(body)).await
            }
        }
    }
}

fn filled(path: &str, subject: &Subject) -> String {
    let path = match path {
        "/releases/{release}/evidence" => {
            "/releases/{release}/evidence?name=metrics.json&item=evaluation_results".to_owned()
        }
        "/verdict" => format!("/verdict?digest={ADAPTER}&environment=production"),
        "/policies/{name}/{version}/diff" => "/policies/{name}/{version}/diff?from=1.0".to_owned(),
        path => super::controls::filled(path),
    };
    let policy = path.starts_with("/policies");
    let framework = path.starts_with("/frameworks");
    let runbook = path.starts_with("/runbooks");
    let name = match (policy, framework, runbook) {
        (true, _, _) => "model-release",
        (_, true, _) => "eu-ai-act",
        (_, _, true) => "fine-tuned-model-release",
        _ => "ckpt-1",
    };
    path.replace("{release}", &subject.release)
        .replace("{evidence}", &subject.evidence)
        .replace("{item}", "on_call")
        .replace("{step}", &subject.step)
        .replace("{environment}", "production")
        .replace("{number}", "1")
        .replace("{name}", name)
        .replace("{version}", "1.0")
        .replace("{model}", "summarizer")
        .replace("{person}", &subject.other)
        .replace("{role}", "compliance")
        .replace("{meeting}", "m-none")
        .replace("{incident}", "i-none")
        .replace("{risk}", "risk-none")
        .replace("{exclusion}", "x-none")
        .replace("{kind}", "condition")
        .replace("{token}", "t-none")
}
