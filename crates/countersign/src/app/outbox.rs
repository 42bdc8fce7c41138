//! The messages an approval sends: one for each webhook step, committed with the decision (I-06).

use countersign_core::release::{Release, ReleaseEvent};
use countersign_core::step::StepKind;
use countersign_store::OutboxMessage;
use jiff::Timestamp;
use serde::Serialize;

/// The standard body of a webhook: the approved checkpoint and the time.
#[derive(Debug, Serialize)]
pub struct ReleaseApproved<'r> {
    /// `release.approved`.
    pub r#type: &'static str,
    /// When the decision was made.
    pub timestamp: Timestamp,
    /// What was decided.
    pub data: Approved<'r>,
}

/// What was decided.
#[derive(Debug, Serialize)]
pub struct Approved<'r> {
    /// The release.
    pub release: &'r str,
    /// What people call it.
    pub title: &'r str,
    /// The model.
    pub model: &'r str,
    /// The step that sends this.
    pub step: &'r str,
    /// The environments it was approved for.
    pub environments: Vec<&'r str>,
    /// The approved artifacts: name, kind and digest.
    pub artifacts: &'r [countersign_core::release::Artifact],
    /// The digest of the approved dossier.
    pub dossier: String,
}

/// The messages these events send.
pub(super) fn messages(
    release: &Release,
    events: &[ReleaseEvent],
    now: Timestamp,
) -> Vec<OutboxMessage> {
    let decision = events.iter().find_map(|event| match event {
        ReleaseEvent::Approved { decision } => Some(decision),
        _ => None,
    });
    let (Some(decision), Some(plan), Some(id), Some(request)) =
        (decision, &release.plan, &release.id, &release.request)
    else {
        return Vec::new();
    };
    let mut messages = Vec::new();
    for planned in &plan.steps {
        let StepKind::Webhook(webhook) = &planned.step.kind else { continue };
        let body = ReleaseApproved {
            r#type: "release.approved",
            timestamp: now,
            data: Approved {
                release: id.as_str(),
                title: &request.title,
                model: request.model.as_str(),
                step: planned.step.name.as_str(),
                environments: decision.environments.iter().map(|one| one.as_str()).collect(),
                artifacts: &release.artifacts,
                dossier: decision.dossier.to_string(),
            },
        };
        messages.push(OutboxMessage {
            id: format!("msg_{id}_{}", planned.step.name),
            release: id.clone(),
            step: planned.step.name.clone(),
            endpoint: webhook.endpoint.clone(),
            body: serde_json::to_vec(&body).unwrap_or_default(),
            created_at: now,
            next_at: now,
        });
    }
    messages
}

/// A standard body with a value in every place: what templates are checked against.
pub(crate) fn sample_message() -> serde_json::Value {
    let artifact = countersign_core::release::Artifact {
        name: "adapter".into(),
        kind: countersign_core::classification::ArtifactKind::Adapter,
        digest: countersign_core::digest::Sha256::of(b""),
    };
    let body = ReleaseApproved {
        r#type: "release.approved",
        timestamp: Timestamp::UNIX_EPOCH,
        data: Approved {
            release: "r-1",
            title: "summarizer v1.4",
            model: "summarizer",
            step: "notify",
            environments: vec!["production"],
            artifacts: &[artifact],
            dossier: countersign_core::digest::Sha256::of(b"").to_string(),
        },
    };
    serde_json::to_value(&body).unwrap_or_default()
}
