//! `GET /policies/{name}/{version}`: a published policy, as text and as people read it.

use super::PolicyItem;
use super::decide::published;
use crate::api::body::Path;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::policy::{Document, Policy};
use countersign_formats::policy::{ChecklistRow, TableRow, checklist_table, decision_table};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyView {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The digest of its text.
    pub sha256: String,
    /// Its text, exactly as it was published.
    pub source: String,
    /// Where it stands, and the approval it waits for or got.
    pub published: PolicyItem,
    /// Document control.
    pub document: DocumentView,
    /// The decision table: change, tier, what it means, approvals, whether self-approval is
    /// possible.
    #[schema(value_type = Vec<Object>)]
    pub table: Vec<Value>,
    /// The checklist: item, title, section, when it is asked, evidence, questions.
    #[schema(value_type = Vec<Object>)]
    pub checklist: Vec<Value>,
    /// What blocks.
    pub criteria: Vec<PolicyCriterion>,
}

/// Document control of a policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DocumentView {
    /// Its title.
    pub title: String,
    /// The organisation it belongs to.
    pub organisation: String,
    /// The role that keeps it.
    pub owner: String,
    /// The role that approves it.
    pub approved_by: String,
    /// The first day it is in force.
    pub effective: String,
    /// When its next review is due.
    pub next_review: String,
    /// How confidential it is.
    pub classification: String,
    /// Why it exists.
    pub purpose: String,
}

/// A criterion of a policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyCriterion {
    /// Its name.
    pub criterion: String,
    /// What it asks.
    pub title: String,
    /// When it applies, in the policy's words.
    pub when: String,
}

impl From<&Document> for DocumentView {
    fn from(document: &Document) -> Self {
        Self {
            title: document.title.clone(),
            organisation: document.organisation.clone(),
            owner: document.owner.to_string(),
            approved_by: document.approved_by.to_string(),
            effective: document.effective.to_string(),
            next_review: document.next_review().to_string(),
            classification: document.classification.clone(),
            purpose: document.purpose.clone(),
        }
    }
}

fn criteria(policy: &Policy) -> Vec<PolicyCriterion> {
    let one = |one: &countersign_core::criterion::Criterion| PolicyCriterion {
        criterion: one.name.to_string(),
        title: one.title.clone(),
        when: one.when.to_string(),
    };
    policy.criteria.iter().map(one).collect()
}

/// Shows a published policy.
#[utoipa::path(get, path = "/policies/{name}/{version}", tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name"),
        ("version" = String, Path, description = "Its version")
    ),
    responses((status = 200, body = PolicyView), (status = "4XX", body = Problem))
)]
pub async fn show(
    permit: Permit<Read>,
    Path((name, version)): Path<(String, String)>,
) -> Result<Json<PolicyView>, Problem> {
    let reference = published(&permit.app, &name, &version).await?;
    let register = permit.app.register().await?.state;
    let in_force = permit.app.policy_in_force(&register).await?.map(|loaded| loaded.reference);
    let entered = register.published_policy(&reference);
    let entered = entered.map(|one| PolicyItem::of(one, in_force.as_ref()));
    let missing = || Failure::not_found("policy", format!("{name} {version}"));
    let loaded = permit.app.policy(&reference).await?;
    let policy = &*loaded.policy;
    let row = |row: &TableRow| serde_json::to_value(row).doing("show a policy");
    let item = |row: &ChecklistRow| serde_json::to_value(row).doing("show a policy");
    Ok(Json(PolicyView {
        name: policy.name.to_string(),
        version: policy.version.clone(),
        sha256: loaded.reference.sha256.to_string(),
        source: permit.app.document(&loaded.reference.sha256).await?,
        published: entered.ok_or_else(missing)?,
        document: (&policy.document).into(),
        table: decision_table(policy).iter().map(row).collect::<Result<_, _>>()?,
        checklist: checklist_table(policy).iter().map(item).collect::<Result<_, _>>()?,
        criteria: criteria(policy),
    }))
}
