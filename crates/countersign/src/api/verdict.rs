//! `GET /verdict`: may this digest run in this environment now?

mod authority;

pub use authority::AuthorityView;

use crate::api::body::{Query, parse};
use crate::api::permit::{AskVerdict, Permit};
use crate::api::problem::{Problem, Reason};
use crate::app::App;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::digest::Sha256;
use countersign_core::name::{EnvironmentName, ReleaseId};
use countersign_core::rows::Basis;
use countersign_core::times::Times;
use countersign_core::verdict::{self, Allow, Denial};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The artifact's digest: `sha256:` and 64 hexadecimal digits.
    digest: String,
    /// The environment: `production`.
    environment: String,
    /// `true` lists every blocker of every release that names the digest.
    #[serde(default)]
    explain: bool,
}

/// Allow or deny, with reasons and a lease.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VerdictAnswer {
    /// `allow` or `deny`.
    pub verdict: String,
    /// The digest asked about.
    pub digest: String,
    /// The environment asked about.
    pub environment: String,
    /// The release that allows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// What it rests on: `approval`, or `verbal_authority` in an emergency, which is a claim of
    /// the Model Owner and no approval. Absent for a deny.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Until when the answer may be relied on (RFC 3339); absent for a deny.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// With `explain`: whose word an allow rests on in an emergency, and what is owed for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<AuthorityView>,
    /// Why it is denied, release by release, and then what the environment says; empty when it is
    /// allowed.
    #[serde(default)]
    pub reasons: Vec<VerdictReason>,
    /// What would deny something new there, and is no reason here: this runs there already, or is
    /// let through in an emergency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<VerdictReason>,
    /// With `explain`: the names of the people in the blockers, by identifier.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

/// One reason for a deny.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VerdictReason {
    /// The release it comes from; absent when no release names the digest, and when it is the
    /// environment's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// With `explain`: what people call that release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A stable word: `digest.unknown`, `release.in_review`.
    pub code: String,
    /// The same in words.
    pub message: String,
    /// When it ends by itself (RFC 3339), if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The roles that can lift it, when it is the environment's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lifted_by: Vec<String>,
    /// What to do about it, where no release says more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
    /// With `explain`: every blocker of that release.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blockers: Vec<Reason>,
}

/// Asks whether a digest may run in an environment now. The answer is deny unless an approved
/// release says otherwise.
#[utoipa::path(get, path = "/verdict", params(Asked), tag = "verdict", responses(
    (status = 200, body = VerdictAnswer, description = "The verdict. A deny is an answer, not an error."),
    (status = "4XX", body = Problem)
))]
pub async fn verdict(
    permit: Permit<AskVerdict>,
    Query(asked): Query<Asked>,
) -> Result<Json<VerdictAnswer>, Problem> {
    let digest: Sha256 = parse("digest", &asked.digest)?;
    let environment: EnvironmentName = parse("environment", &asked.environment)?;
    Ok(Json(answer(&permit.app, digest, &environment, asked.explain).await?))
}

/// The verdict, for every face.
#[expect(clippy::fn_params_excessive_bools, reason = "the flag is the query parameter itself")]
pub async fn answer(
    app: &App,
    digest: Sha256,
    environment: &EnvironmentName,
    explain: bool,
) -> Result<VerdictAnswer, Failure> {
    let standings = app.store.standings(&digest).await.doing("look up a digest")?;
    let standings = verdict::concerning(standings, environment);
    let register = app.register().await?.state;
    let times = Times::of(&register, environment);
    let verdict = verdict::verdict(&standings, &times, app.clock.now());
    let spoken = verdict.release.as_ref().filter(|_| explain);
    let spoken = spoken.filter(|_| verdict.basis == Some(Basis::VerbalAuthority));
    let authority = match spoken {
        Some(release) => authority::of(&app.view(release).await?),
        None => None,
    };
    let mut reasons = Vec::with_capacity(verdict.reasons.len());
    let mut names = BTreeMap::new();
    for denial in &verdict.reasons {
        let explained = match &denial.release {
            Some(release) if explain => explained(app, release, &mut names).await?,
            Some(_) | None => Explained::default(),
        };
        let (title, blockers) = (explained.title, explained.blockers);
        reasons.push(VerdictReason { title, blockers, ..VerdictReason::from(denial) });
    }
    Ok(VerdictAnswer {
        verdict: if verdict.allow == Allow::Allow { "allow" } else { "deny" }.into(),
        digest: digest.to_string(),
        environment: environment.to_string(),
        release: verdict.release.map(|release| release.to_string()),
        basis: verdict.basis.map(|basis| basis.word().to_owned()),
        authority,
        valid_until: verdict.valid_until.map(|until| until.to_string()),
        reasons,
        despite: verdict.despite.iter().map(VerdictReason::from).collect(),
        names,
    })
}

impl From<&Denial> for VerdictReason {
    fn from(denial: &Denial) -> Self {
        Self {
            release: denial.release.as_ref().map(ToString::to_string),
            title: None,
            code: denial.code.clone(),
            message: denial.to_string(),
            until: denial.until.map(|until| until.to_string()),
            lifted_by: denial.lifted_by.iter().map(ToString::to_string).collect(),
            next_step: denial.next_step().map(str::to_owned),
            blockers: Vec::new(),
        }
    }
}

/// What a deny says about one release beyond its code.
#[derive(Default)]
struct Explained {
    title: Option<String>,
    blockers: Vec<Reason>,
}

async fn explained(
    app: &App,
    id: &ReleaseId,
    names: &mut BTreeMap<String, String>,
) -> Result<Explained, Failure> {
    let view = app.view(id).await?;
    names.extend(view.names_in_blockers());
    Ok(Explained {
        title: view.release.state.request.as_ref().map(|request| request.title.clone()),
        blockers: view
            .report
            .iter()
            .flat_map(|report| &report.blockers)
            .map(Reason::from)
            .collect(),
    })
}
