//! A small house with a webhook: one approval approves, then the platform is told.

use super::world::World;
use countersign::config::Config;
use countersign_core::name::ReleaseId;
use countersign_store::{Delivery, WebhookEndpoint};
use serde_json::{Value, json};

/// One approval for everything; nothing else is asked for.
pub const POLICY: &str = r#"policy house-rules 1.0 "Release of AI models"
  organisation    "Example Ltd"
  owner           governance_lead
  approved by     governance_lead
  effective       2026-01-01
  review every    12 months
  classification  Internal
  purpose         "Somebody looks before anything goes live."

role model_owner "Model Owner"
role governance_lead "Governance Lead"
role platform "Platform"

release new_model at low, medium, high, critical
  means "The first deployment."
  approval by governance_lead for "sign-off"
    independent of requester
release major_update at low, medium, high, critical
  means "Architecture or training data source."
  same approvals as new_model at low
release minor_update at low, medium, high, critical
  means "Retrained or tuned."
  same approvals as new_model at low
release configuration_change at low, medium, high, critical
  means "A prompt, a threshold or a flag."
  same approvals as new_model at low
release third_party_activation at low, medium, high, critical
  means "A vendor's service goes live."
  same approvals as new_model at low
release retirement at low, medium, high, critical
  means "A model leaves production."
  same approvals as new_model at low

item summary "What changes is described"
  section  "Request"
  when     tier is critical
  evidence none
  field where "Where is it described?" text
criterion no_critical_finding "No critical finding is open"
  when     tier is critical
  requires no open finding at or above critical

process
  step "Request"
    does "The Model Owner submits."
  step "Decision"
    does "The Governance Lead decides."

settings
  minor changes at most 1000 between reviews
  confirm within       48 hours
  missed confirmation  denies
  verdict lease        15 minutes
  self approval        refused
  escalate to          governance_lead
  may suspend          governance_lead
  may close findings   governance_lead
"#;

/// One step: tell the platform.
pub const RUNBOOK: &str = r#"---
id: tell-platform
version: 1.0.0
title: Tell the platform
authors:
  - Example Ltd
tags:
  lifecycle: deployment
  type: notification
  complexity: low
summary: >
  The platform hears of every approval.
estimated_duration_minutes: 5
---

## Purpose

Whoever moves the traffic hears of the approval from the gate and from nobody else.

## When to use

- A release was approved.

## Prerequisites

- The platform listens.

## Steps

### 1. Tell the platform

**Type:** webhook  
**Owner:** Platform  
**SLA:** same day  
**Escalation:** Governance Lead  
**Webhook:** platform

Carries the digest that was approved and the time of the decision.
"#;

/// The people of the house and their roles, the administrator last.
pub const PEOPLE: &[(&str, &str, &[&str])] = &[
    ("rivera", "J. Rivera", &["platform"]),
    ("haddad", "R. Haddad", &["governance_lead"]),
    ("admin", "Administrator", &["administrator"]),
];

/// The house, on a database on disk.
pub async fn house(configure: impl FnOnce(&mut Config)) -> World {
    let mut world = World::empty(configure).await;
    for (short, name, roles) in PEOPLE {
        world.add(short, name, roles).await;
    }
    let admin = world.caller("admin");
    let (policy, _) = world.app.publish_policy(&admin, POLICY).await.unwrap();
    world.app.approve_policy(&world.caller("haddad"), policy).await.unwrap();
    world.app.publish_runbook(&admin, RUNBOOK, None).await.unwrap();
    let model = json!({"name": "summarizer", "title": "Summarizer", "tier": "low",
        "intended_use": "shortens tickets"});
    world.person("rivera").post("/models", model).await.ok();
    world
}

/// Asks for a release and submits it.
pub async fn submitted(world: &World, title: &str) -> ReleaseId {
    let rivera = world.person("rivera");
    let digest = countersign_core::digest::Sha256::of(title.as_bytes());
    let asked = json!({"model": "summarizer", "title": title, "change": "new_model",
        "summary": format!("{title}, tuned on last month's tickets"), "runbook": "tell-platform",
        "artifacts": [{"name": "adapter", "kind": "adapter", "digest": digest.to_string()}]});
    let asked = rivera.post("/releases", asked).await.ok();
    let release = ReleaseId::new(asked["release"].as_str().unwrap()).unwrap();
    rivera.post(&format!("/releases/{release}/prerequisites/1"), json!({})).await.ok();
    rivera.post(&format!("/releases/{release}/submit"), json!({})).await.ok();
    release
}

/// Approves a submitted release.
pub async fn approve(world: &World, release: &ReleaseId) {
    let haddad = world.person("haddad");
    let shown = haddad.get(&format!("/releases/{release}")).await.ok();
    let approval = json!({"role": "governance_lead", "dossier": shown["dossier"]});
    haddad.post(&format!("/releases/{release}/approve"), approval).await.ok();
}

/// Asks for a release, submits it, approves it.
pub async fn approved(world: &World, title: &str) -> ReleaseId {
    let release = submitted(world, title).await;
    approve(world, &release).await;
    release
}

/// Asks for a release, submits it, approves it, records that it is in production.
pub async fn deployed(world: &World, title: &str) -> ReleaseId {
    let release = approved(world, title).await;
    let deployment = json!({"environment": "production"});
    let rivera = world.person("rivera");
    rivera.post(&format!("/releases/{release}/deployments"), deployment).await.ok();
    release
}

/// What the API shows of a release's only step.
pub async fn step(world: &World, release: &ReleaseId) -> Value {
    let shown = world.person("rivera").get(&format!("/releases/{release}")).await.ok();
    shown["steps"][0].clone()
}

/// Configures where the platform listens.
pub async fn listen_at(world: &World, url: &str, change: impl FnOnce(&mut WebhookEndpoint)) {
    let mut endpoint = WebhookEndpoint {
        name: "platform".into(),
        url: url.to_owned(),
        headers: vec![("X-Team".into(), "ml-platform".into())],
        body_template: None,
        success_condition: None,
        secret: SECRET.into(),
        events: Vec::new(),
        allow_private: true,
        updated_at: world.app.clock.now(),
        updated_by: world.id("admin"),
    };
    change(&mut endpoint);
    countersign::jobs::webhook::check_endpoint(&endpoint).unwrap();
    world.app.store.put_endpoint(&endpoint).await.unwrap();
}

/// The secret shared with the platform.
pub const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The delivery log of a release with one message.
pub async fn delivery(world: &World, release: &ReleaseId) -> Delivery {
    let mut deliveries = world.app.store.deliveries(release).await.unwrap();
    assert_eq!(deliveries.len(), 1, "{deliveries:?}");
    deliveries.remove(0)
}
