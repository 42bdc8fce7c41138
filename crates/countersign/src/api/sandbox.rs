//! `/sandbox-exclusions`: experiments that need no release, because they touch neither real data
//! nor real people.

use crate::api::body::{Body, Path, one_of, parse, title};
use crate::api::command::ReceiptBody;
use crate::api::headers::{Care, tagged};
use crate::api::moment::moment;
use crate::api::permit::{Act, Permit, Read};
use crate::api::problem::Problem;
use crate::api::risks::change::Ending;
use crate::api::sent::{Landed, Sent};
use crate::app::{AnyCommand, App, Draft};
use crate::failure::{Doing, Failure};
use axum::Json;
use axum::response::Response;
use countersign_core::name::ExclusionId;
use countersign_core::release::Answer;
use countersign_core::sandbox::{Claim, SandboxCommand};
use countersign_core::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An exclusion to claim.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExclusion {
    /// What the experiment is called.
    pub title: String,
    /// What is tried, with what, and where.
    pub description: String,
    /// The model, by its short name, when it is registered.
    #[serde(default)]
    pub model: Option<String>,
    /// Does it process real data? `yes` or `no`.
    pub real_data: String,
    /// Does it affect real users? `yes` or `no`.
    pub real_users: String,
    /// Until when it is claimed: a day, or a moment (RFC 3339).
    pub until: String,
}

const ANSWERS: [(&str, Answer); 2] = [("yes", Answer::Yes), ("no", Answer::No)];

impl NewExclusion {
    /// The claim it asks for; shared by every face.
    pub async fn checked(self, app: &App, draft: &mut Draft) -> Result<Claim, Failure> {
        let model = self.model.as_deref().map(str::trim).filter(|text| !text.is_empty());
        Ok(Claim {
            id: app.new_exclusion_id()?,
            title: title("title", &self.title)?,
            model: model.map(|text| parse("model", text)).transpose()?,
            description: draft.text("description", &self.description)?,
            real_data: one_of("real_data", &self.real_data, &ANSWERS)?,
            real_users: one_of("real_users", &self.real_users, &ANSWERS)?,
            until: moment(app, "until", &self.until).await?,
        })
    }
}

/// An exclusion that was claimed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ExclusionClaimed {
    /// Its identifier.
    pub exclusion: String,
    /// Where it landed.
    pub receipt: ReceiptBody,
}

/// An exclusion.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ExclusionView {
    /// Its identifier.
    pub exclusion: String,
    /// What the experiment is called.
    pub title: String,
    /// What is tried.
    pub description: String,
    /// The model it is about.
    pub model: Option<String>,
    /// `open` or `closed`.
    pub state: String,
    /// Who claimed it.
    pub claimed_by: String,
    /// When (RFC 3339).
    pub claimed_at: String,
    /// Until when it is claimed (RFC 3339).
    pub until: String,
    /// Whether that moment has passed while it is open.
    pub overdue: bool,
    /// Why it ended.
    pub ended_because: Option<String>,
    /// When (RFC 3339).
    pub ended_at: Option<String>,
}

/// Claims a sandbox exclusion. It is refused when either answer is a yes, and it allows nothing to
/// run anywhere.
#[utoipa::path(post, path = "/sandbox-exclusions", request_body = NewExclusion, tag = "sandbox",
    responses((status = 200, body = ExclusionClaimed), (status = "4XX", body = Problem))
)]
pub async fn claim(
    permit: Permit<Act>,
    care: Care,
    body: Body<NewExclusion>,
) -> Result<Json<ExclusionClaimed>, Problem> {
    let mut draft = Draft::default();
    let claim = body.value.checked(&permit.app, &mut draft).await?;
    let command = AnyCommand::Sandbox(claim.id.clone(), SandboxCommand::Claim(Box::new(claim)));
    let Json(receipt) = permit.carry_out(command, draft, care.of(body.request)).await?;
    let exclusion = receipt.stream.trim_start_matches("sandbox/").to_owned();
    Ok(Json(ExclusionClaimed { exclusion, receipt }))
}

/// Shows a sandbox exclusion.
#[utoipa::path(get, path = "/sandbox-exclusions/{exclusion}", tag = "sandbox",
    params(("exclusion" = String, Path, description = "The exclusion")),
    responses((status = 200, body = ExclusionView), (status = "4XX", body = Problem))
)]
pub async fn show(permit: Permit<Read>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: ExclusionId = parse("exclusion", &id)?;
    let loaded = permit.app.exclusion(&id).await?;
    let (Some(claim), Some((claimed_at, claimed_by))) =
        (&loaded.state.claim, &loaded.state.claimed)
    else {
        return Err(Failure::not_found("sandbox exclusion", &id).into());
    };
    let ended = loaded.state.ended.as_ref();
    let reason = ended.map(|(_, _, reason)| *reason);
    let digests: Vec<_> = reason.into_iter().chain([claim.description]).map(Text::digest).collect();
    let texts = permit.app.store.texts(&digests).await.doing("read texts")?;
    let text = |text: Text| {
        texts.get(&text.digest()).cloned().unwrap_or_else(|| "(this text was erased)".into())
    };
    let view = ExclusionView {
        exclusion: claim.id.to_string(),
        title: claim.title.clone(),
        description: text(claim.description),
        model: claim.model.as_ref().map(ToString::to_string),
        state: if ended.is_none() { "open" } else { "closed" }.to_owned(),
        claimed_by: claimed_by.to_string(),
        claimed_at: claimed_at.to_string(),
        until: claim.until.to_string(),
        overdue: ended.is_none() && claim.until < permit.app.clock.now(),
        ended_because: reason.map(text),
        ended_at: ended.map(|(at, _, _)| at.to_string()),
    };
    Ok(tagged(loaded.version, view))
}

/// Ends a sandbox exclusion.
#[utoipa::path(post, path = "/sandbox-exclusions/{exclusion}/end", request_body = Ending,
    tag = "sandbox", params(("exclusion" = String, Path, description = "The exclusion")),
    responses((status = 200, body = ReceiptBody), (status = "4XX", body = Problem))
)]
pub async fn end(sent: Sent<Act, Ending>) -> Landed {
    sent.to(|id, said, draft| {
        let reason = draft.text("reason", &said.reason)?;
        Ok(AnyCommand::Sandbox(parse("exclusion", id)?, SandboxCommand::End { reason }))
    })
    .await
}
