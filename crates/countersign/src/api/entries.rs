//! `GET /entries/{kind}`: lists kept beside the releases, such as the conditions of approvals.

use crate::api::body::{Path, Query, parse};
use crate::api::cursor;
use crate::api::permit::{Permit, Read};
use crate::api::problem::Problem;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_core::entry::EntryKind;
use countersign_core::rows::EntryRow;
use countersign_store::{EntryCursor, EntryQuery, Which};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// `open` or `closed`; both when left out.
    which: Option<String>,
    /// Of this model only.
    model: Option<String>,
    /// The cursor of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    limit: Option<u32>,
}

/// A page of entries.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EntryPage {
    /// The entries, the newest first.
    pub items: Vec<EntryItem>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One entry.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EntryItem {
    /// Its identifier in the list: `r-k3…/condition-1`.
    pub id: String,
    /// The history it comes from: `release/r-…`.
    pub subject: String,
    /// The model it concerns.
    pub model: Option<String>,
    /// What it is.
    pub title: String,
    /// What somebody wrote about it; absent when nobody did, or when it was erased.
    pub text: Option<String>,
    /// The word of its state: `open`, `closed`.
    pub state: String,
    /// Who answers for it, by id.
    pub owner: Option<String>,
    /// The role that deals with it.
    pub role: Option<String>,
    /// When it is due (RFC 3339).
    pub due: Option<String>,
    /// Whether it is open and late.
    pub overdue: bool,
    /// Since when there is such an entry (RFC 3339).
    pub opened_at: String,
    /// Since when it is settled (RFC 3339).
    pub closed_at: Option<String>,
}

impl EntryItem {
    fn of(row: EntryRow, text: Option<String>, now: Timestamp) -> Self {
        Self {
            id: row.id,
            subject: row.subject.to_string(),
            model: row.model.map(|model| model.to_string()),
            title: row.title,
            text,
            state: row.state,
            owner: row.owner.map(|owner| owner.to_string()),
            role: row.role.map(|role| role.to_string()),
            due: row.due.map(|due| due.to_string()),
            overdue: row.closed_at.is_none() && row.due.is_some_and(|due| due < now),
            opened_at: row.opened_at.to_string(),
            closed_at: row.closed_at.map(|at| at.to_string()),
        }
    }
}

/// Lists the entries of one kind: `condition`, `exception`, `incident`, `risk`, `sandbox_exclusion`.
#[utoipa::path(get, path = "/entries/{kind}", tag = "entries",
    params(("kind" = String, Path, description = "The list: `condition`, `incident` …"), Wanted),
    responses((status = 200, body = EntryPage), (status = "4XX", body = Problem))
)]
pub async fn list(
    permit: Permit<Read>,
    Path(kind): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<EntryPage>, Problem> {
    let kind: EntryKind = parse("kind", &kind)?;
    let query = EntryQuery {
        kind,
        which: wanted.which.as_deref().map_or(Ok(Which::All), which)?,
        model: wanted.model.as_deref().map(|text| parse("model", text)).transpose()?,
        after: wanted.after.as_deref().map(read_cursor).transpose()?,
        limit: wanted.limit.unwrap_or(50).clamp(1, 200),
    };
    let page = permit.app.entries(&query).await?;
    let digests: Vec<_> =
        page.items.iter().filter_map(|row| row.text).map(|text| text.digest()).collect();
    let texts = permit.app.store.texts(&digests).await.doing("read texts")?;
    let now = permit.app.clock.now();
    let items = page.items.into_iter().map(|row| row.as_of(now)).map(|row| {
        let text = row.text.and_then(|text| texts.get(&text.digest()).cloned());
        EntryItem::of(row, text, now)
    });
    Ok(Json(EntryPage { items: items.collect(), next: page.next.as_ref().map(write_cursor) }))
}

fn which(word: &str) -> Result<Which, Failure> {
    match word {
        "open" => Ok(Which::Open),
        "closed" => Ok(Which::Closed),
        _ => Err(Failure::malformed("which", "use `open` or `closed`, or leave it out for both")),
    }
}

/// A cursor as text: opaque to the caller, checked when it comes back.
pub fn write_cursor(cursor: &EntryCursor) -> String {
    cursor::write(&[&cursor.opened_at.to_string(), &cursor.id])
}

/// A cursor that came back.
pub fn read_cursor(text: &str) -> Result<EntryCursor, Failure> {
    let [at, id] = cursor::read(text)?;
    Ok(EntryCursor { opened_at: cursor::part(&at)?, id })
}
