//! `GET /incidents/criteria`: which criteria should have caught which incidents.

use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Criteria and the incidents they let through.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CriteriaPage {
    /// The criteria, the one with most incidents first.
    pub items: Vec<CriterionItem>,
}

/// A criterion and the incidents it let through.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CriterionItem {
    /// The criterion's name.
    pub criterion: String,
    /// How many.
    pub count: u64,
    /// The incidents, by identifier.
    pub incidents: Vec<String>,
}

/// Lists the criteria that incidents are linked to.
#[utoipa::path(get, path = "/incidents/criteria", tag = "incidents",
    responses((status = 200, body = CriteriaPage), (status = "4XX", body = Problem))
)]
pub async fn list(permit: Permit<Read>) -> Result<Json<CriteriaPage>, Problem> {
    let linked = permit.app.incidents_by_criterion().await?;
    let mut items: Vec<CriterionItem> = linked
        .into_iter()
        .map(|(criterion, incidents)| CriterionItem {
            criterion: criterion.to_string(),
            count: incidents.len() as u64,
            incidents: incidents.iter().map(ToString::to_string).collect(),
        })
        .collect();
    items.sort_by(|one, other| {
        other.count.cmp(&one.count).then(one.criterion.cmp(&other.criterion))
    });
    Ok(Json(CriteriaPage { items }))
}
