//! A client of the server that is killed: it sends commands one after another and tells which of
//! them were acknowledged.

use super::ops_server::Gate;
use countersign_core::digest::Sha256;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use ureq::Agent;

/// What a client was told.
#[derive(Debug)]
pub enum Told {
    /// A command was carried out.
    Acknowledged(Acknowledged),
    /// The connection broke: the command was carried out or not.
    Unanswered,
}

/// The receipt of a command.
#[derive(Debug)]
pub struct Acknowledged {
    /// Its stream.
    pub stream: String,
    /// The version of the stream after it.
    pub version: u64,
    /// Its events.
    pub words: Vec<String>,
    /// Their positions, the end excluded.
    pub positions: (u64, u64),
}

/// The client.
pub struct Client {
    number: usize,
    url: String,
    requester: String,
    approver: String,
    agent: Agent,
    gate: Arc<Gate>,
    tell: Sender<Told>,
}

impl Client {
    /// A client of the server at `url`, acting as two people.
    pub fn new(
        number: usize,
        url: String,
        (requester, approver): (String, String),
        (gate, tell): (Arc<Gate>, Sender<Told>),
    ) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).build().into();
        Self { number, url, requester, approver, agent, gate, tell }
    }

    /// Asks for releases, submits, approves and deploys them, each in place of the one before,
    /// until told to stop.
    pub fn work(&self, stop: &AtomicBool) {
        let mut turn = 0;
        while !stop.load(Ordering::Relaxed) {
            turn += 1;
            let _ = self.one_release(turn);
        }
    }

    /// `None` when the server did not answer at some point.
    fn one_release(&self, turn: usize) -> Option<()> {
        let title = format!("summarizer, client {} turn {turn}", self.number);
        let digest = Sha256::of(title.as_bytes()).to_string();
        let asked = json!({"model": "summarizer", "title": title, "change": "minor_update",
            "summary": "tuned on last month's tickets", "runbook": "tell-platform",
            "artifacts": [{"name": "adapter", "kind": "adapter", "digest": digest}]});
        let asked = self.command(&self.requester, "/releases", &asked)?;
        let release = asked["release"].as_str()?.to_owned();
        let confirm = format!("/releases/{release}/prerequisites/1");
        self.command(&self.requester, &confirm, &json!({}))?;
        self.command(&self.requester, &format!("/releases/{release}/submit"), &json!({}))?;
        let path = format!("{}/api/v1/releases/{release}", self.url);
        let bearer = format!("Bearer {}", self.approver);
        let mut shown = self.agent.get(&path).header("authorization", &bearer).call().ok()?;
        let shown: Value = shown.body_mut().read_json().ok()?;
        let approval = json!({"role": "governance_lead", "dossier": shown["dossier"]});
        self.command(&self.approver, &format!("/releases/{release}/approve"), &approval)?;
        let deployment = json!({"environment": "production"});
        self.command(&self.requester, &format!("/releases/{release}/deployments"), &deployment)?;
        Some(())
    }

    /// Sends a command until it is answered, under one idempotency key: one that was carried out
    /// while its answer was lost is not carried out again.
    fn command(&self, token: &str, path: &str, body: &Value) -> Option<Value> {
        let key = countersign::random::id("k");
        for _ in 0..TRIES {
            let sent = self
                .agent
                .post(&format!("{}/api/v1{path}", self.url))
                .header("authorization", &format!("Bearer {token}"))
                .header("idempotency-key", &key)
                .send_json(body);
            let answer = sent
                .and_then(|mut sent| Ok((sent.status(), sent.body_mut().read_json::<Value>()?)));
            match answer {
                // All clients deploy the same model; who loses every time may give up.
                Ok((_, value)) if value["code"] == "request.busy" => return None,
                Ok((status, value)) => {
                    assert!(status.is_success(), "{path}: {status}: {value}");
                    self.acknowledge(&value);
                    return Some(value);
                }
                Err(_) => {
                    let _ = self.tell.send(Told::Unanswered);
                    self.gate.pass();
                }
            }
        }
        None
    }

    fn acknowledge(&self, value: &Value) {
        let receipt = value.get("receipt").unwrap_or(value);
        let words = receipt["events"].as_array().unwrap().iter();
        let position = |name: &str| receipt[name].as_u64().unwrap();
        let acknowledged = Acknowledged {
            stream: receipt["stream"].as_str().unwrap().to_owned(),
            version: receipt["version"].as_u64().unwrap(),
            words: words.map(|word| word.as_str().unwrap().to_owned()).collect(),
            positions: (position("from_position"), position("to_position")),
        };
        let _ = self.tell.send(Told::Acknowledged(acknowledged));
    }
}

/// How often a command is sent again.
const TRIES: usize = 20;
