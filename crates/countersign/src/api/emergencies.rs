//! `GET /emergencies/rates`: how often each owner used emergencies, and on which grounds.

use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use axum::Json;
use countersign_core::emergency_rates::EmergencyRates;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How often emergencies are used.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RatesAnswer {
    /// One line for each owner who claimed one.
    pub owners: Vec<OwnerLine>,
}

/// One owner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnerLine {
    /// Who, by id.
    pub owner: String,
    /// Who, by name.
    pub name: String,
    /// How many emergencies they claimed.
    pub emergencies: u32,
    /// How many releases of their models there were.
    pub releases: u32,
    /// The share in whole percent; absent when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// The same by ground.
    pub grounds: Vec<GroundLine>,
}

/// One ground.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GroundLine {
    /// The ground.
    pub ground: String,
    /// How many were claimed.
    pub claimed: u32,
    /// Of how many the authority was denied.
    pub denied: u32,
    /// Of how many the papers were overdue.
    pub overdue: u32,
    /// How many the committee called misuse.
    pub misused: u32,
}

impl RatesAnswer {
    fn of(
        rates: &EmergencyRates,
        name: impl Fn(&countersign_core::name::PersonId) -> String,
    ) -> Self {
        let owners = rates.owners.iter().map(|one| OwnerLine {
            owner: one.owner.to_string(),
            name: name(&one.owner),
            emergencies: one.emergencies,
            releases: one.releases,
            percent: one.percent,
            grounds: one
                .grounds
                .iter()
                .map(|ground| GroundLine {
                    ground: ground.ground.word().to_owned(),
                    claimed: ground.claimed,
                    denied: ground.denied,
                    overdue: ground.overdue,
                    misused: ground.misused,
                })
                .collect(),
        });
        Self { owners: owners.collect() }
    }
}

/// Says how often each owner used emergencies, and on which grounds.
#[utoipa::path(get, path = "/emergencies/rates", tag = "emergencies",
    responses((status = 200, body = RatesAnswer), (status = "4XX", body = Problem))
)]
pub async fn rates(permit: Permit<Read>) -> Result<Json<RatesAnswer>, Problem> {
    let rates = permit.app.emergency_rates().await?;
    let names = permit.app.names().await?;
    let name = |id: &_| names.get(id).cloned().unwrap_or_default();
    Ok(Json(RatesAnswer::of(&rates, name)))
}
