//! `GET /releases/{release}/records`: what is kept of a release, until when, and what holds it.

use crate::api::body::{Path, parse};
use crate::api::headers::tagged;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::app::{App, View};
use crate::failure::Failure;
use axum::response::Response;
use countersign_core::actor::Who;
use countersign_core::name::ReleaseId;
use countersign_core::register::Hold;
use countersign_core::release::Purge;
use countersign_core::retention::{Keeping, Piece, Presence, Record, keeping, records};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The records of a release.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct RecordsView {
    /// The release.
    pub release: String,
    /// Its model.
    pub model: String,
    /// What people call the release.
    pub title: String,
    /// How it is kept: `until`, `in_use`, `undecided` or `for_ever`.
    pub keeping: String,
    /// The same in words.
    pub kept: String,
    /// The last moment at which it is kept (RFC 3339); absent while that is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_until: Option<String>,
    /// The clock that ends later: `policy` or `production`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<String>,
    /// The legal holds that ever covered it.
    pub holds: Vec<HoldView>,
    /// The evidence that may be purged now; empty while it is kept or held.
    pub due: Vec<String>,
    /// The purges that were proposed.
    pub purges: Vec<PurgeView>,
    /// What there is, kind by kind.
    pub records: Vec<RecordView>,
}

/// One kind of record.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RecordView {
    /// The kind: `request`, `evidence`, `decision`, `deployment`, `confirmation`, `interruption`.
    pub record: String,
    /// What people call it.
    pub title: String,
    /// `there`, `missing`, `not_yet` or `nothing`.
    pub state: String,
    /// What is missing of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What there is of it, oldest first.
    pub pieces: Vec<PieceView>,
}

/// A piece of a record.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PieceView {
    /// What it is.
    pub what: String,
    /// When (RFC 3339).
    pub at: String,
    /// Who, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What somebody wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The digest of its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// When the content of its file was purged (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purged_at: Option<String>,
}

/// A legal hold.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct HoldView {
    /// Its number.
    pub number: u32,
    /// What it covers, in words.
    pub on: String,
    /// Why.
    pub reason: String,
    /// Who placed it, by name.
    pub placed_by: String,
    /// When (RFC 3339).
    pub placed_at: String,
    /// When it was lifted (RFC 3339); absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted_at: Option<String>,
    /// Who lifted it, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted_by: Option<String>,
}

/// A purge that was proposed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PurgeView {
    /// Its number.
    pub number: u32,
    /// `proposed`, `refused` or `purged`.
    pub state: String,
    /// Of which evidence.
    pub evidence: Vec<String>,
    /// Why.
    pub reason: String,
    /// Who proposed it, by name.
    pub proposed_by: String,
    /// When (RFC 3339).
    pub proposed_at: String,
    /// When it was carried out or refused (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<String>,
}

/// Shows what is kept of a release, until when, and what holds it.
#[utoipa::path(get, path = "/releases/{release}/records", tag = "records",
    params(("release" = String, Path, description = "The release's identifier")),
    responses((status = 200, body = RecordsView), (status = "4XX", body = Problem))
)]
pub async fn show(permit: Permit<Read>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: ReleaseId = parse("release", &id)?;
    let view = permit.app.view(&id).await?;
    Ok(tagged(view.release.version, RecordsView::of(&permit.app, &view).await?))
}

impl RecordsView {
    /// What every face shows of the records of a release.
    pub async fn of(app: &App, view: &View) -> Result<Self, Failure> {
        let release = &*view.release.state;
        let (Some(id), Some(request)) = (&release.id, &release.request) else {
            return Err(Failure::not_found("release", ""));
        };
        let in_force = app.policy_in_force(&view.register).await?;
        let in_force = in_force.as_ref().map(|loaded| &loaded.policy.settings);
        let settings = release.settings().or(in_force);
        let kept = keeping(release, settings.and_then(|settings| settings.retention.as_ref()));
        let standing = view.register.holding(Some(&request.model), Some(id));
        let is_due = standing.is_empty() && kept.is_over(app.clock.now());
        let due = if is_due { release.unpurged() } else { Default::default() };
        let holds: Vec<(u32, &Hold)> = view.register.holds_over(&request.model, id).collect();
        let texts = hold_texts(app, &holds).await?;
        let listed = Self {
            holds: holds
                .iter()
                .zip(texts)
                .map(|((number, hold), reason)| hold_view(view, (*number, hold), reason))
                .collect(),
            due: due.iter().map(ToString::to_string).collect(),
            ..Self::default()
        };
        Ok(Self::of_events(view, listed).keeping_as(&kept))
    }
}

impl RecordsView {
    /// The same as the events of the release alone tell it: holds and what is due are taken from
    /// `listed`, and how long it is kept as well where no plan says so.
    pub fn of_events(view: &View, listed: Self) -> Self {
        let release = &*view.release.state;
        let request = release.request.as_ref();
        let word = |word: Option<String>| word.unwrap_or_default();
        let settings = release.settings();
        let kept = settings.map(|settings| keeping(release, settings.retention.as_ref()));
        let purges = release.kept.purges.iter();
        let told = Self {
            release: word(release.id.as_ref().map(ToString::to_string)),
            model: word(request.map(|request| request.model.to_string())),
            title: word(request.map(|request| request.title.clone())),
            purges: purges.map(|(number, purge)| purge_view(view, *number, purge)).collect(),
            records: records(release).iter().map(|record| record_view(view, record)).collect(),
            ..listed
        };
        match kept {
            Some(kept) => told.keeping_as(&kept),
            None => told,
        }
    }

    fn keeping_as(self, kept: &Keeping) -> Self {
        Self {
            keeping: kept.word().to_owned(),
            kept: kept.to_string(),
            kept_until: kept.until().map(|until| until.to_string()),
            clock: match kept {
                Keeping::Until { clock, .. } => Some(clock.word().to_owned()),
                Keeping::ForEver | Keeping::Undecided | Keeping::InUse { .. } => None,
            },
            ..self
        }
    }
}

/// Reasons of holds stand in the register, so that they are not among the texts of the release.
async fn hold_texts(app: &App, holds: &[(u32, &Hold)]) -> Result<Vec<String>, Failure> {
    use crate::failure::Doing as _;
    let digests: Vec<_> = holds.iter().map(|(_, hold)| hold.reason.digest()).collect();
    let texts = app.store.texts(&digests).await.doing("read texts")?;
    let erased = || "(this text was erased)".to_owned();
    Ok(digests.iter().map(|digest| texts.get(digest).cloned().unwrap_or_else(erased)).collect())
}

fn hold_view(view: &View, (number, hold): (u32, &Hold), reason: String) -> HoldView {
    let (placed_at, placed_by) = &hold.placed;
    let lifted = hold.lifted.as_ref();
    HoldView {
        number,
        on: hold.scope.to_string(),
        reason,
        placed_by: view.name(placed_by).to_owned(),
        placed_at: placed_at.to_string(),
        lifted_at: lifted.map(|(at, _, _)| at.to_string()),
        lifted_by: lifted.map(|(_, by, _)| view.name(by).to_owned()),
    }
}

fn purge_view(view: &View, number: u32, purge: &Purge) -> PurgeView {
    let state = match (purge.done, purge.refused) {
        (Some(_), _) => "purged",
        (None, Some(_)) => "refused",
        (None, None) => "proposed",
    };
    let (proposed_at, proposed_by) = &purge.proposed;
    PurgeView {
        number,
        state: state.to_owned(),
        evidence: purge.evidence.iter().map(ToString::to_string).collect(),
        reason: view.text(&purge.reason).to_owned(),
        proposed_by: view.name(proposed_by).to_owned(),
        proposed_at: proposed_at.to_string(),
        settled_at: purge.settled_at().map(|at| at.to_string()),
    }
}

fn record_view(view: &View, record: &Record) -> RecordView {
    RecordView {
        record: record.kind.word().to_owned(),
        title: record.kind.title().to_owned(),
        state: record.presence.word().to_owned(),
        missing: match &record.presence {
            Presence::Missing(missing) => missing.clone(),
            Presence::There | Presence::NotYet | Presence::Nothing => Vec::new(),
        },
        pieces: record.pieces.iter().map(|piece| piece_view(view, piece)).collect(),
    }
}

fn piece_view(view: &View, piece: &Piece) -> PieceView {
    let name = |who: &Who| match who {
        Who::Person(person) => view.name(person).to_owned(),
        Who::Machine(_) | Who::System => who.to_string(),
    };
    PieceView {
        what: piece.what.clone(),
        at: piece.at.to_string(),
        by: piece.by.as_ref().map(name),
        text: piece.text.as_ref().map(|text| view.text(text).to_owned()),
        sha256: piece.sha256.map(|digest| digest.to_string()),
        purged_at: piece.purged_at.map(|at| at.to_string()),
    }
}
