//! Evidence that spoke against a release and was taken back, as the API shows it.

use super::present::who;
use crate::app::View;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Evidence that spoke against the release and no longer counts: whoever approves sees what it
/// said, and why it went.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WithdrawnView {
    /// Which.
    pub evidence: String,
    /// The file's name.
    pub name: String,
    /// What it was attached to: `item security_tests`.
    pub target: String,
    /// Who attached it, by name.
    pub by: String,
    /// What it said against the release, a sentence each.
    pub said: Vec<String>,
    /// Why it was withdrawn; absent when another piece took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The piece that took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

pub(super) fn pieces(view: &View) -> Vec<WithdrawnView> {
    let withdrawn = view.report.iter().flat_map(|report| &report.withdrawn);
    let shown = withdrawn.filter_map(|one| {
        let attached = view.release.state.evidence.get(&one.evidence)?;
        Some(WithdrawnView {
            evidence: one.evidence.to_string(),
            name: attached.evidence.name.clone(),
            target: attached.evidence.target.to_string(),
            by: who(view, &attached.by),
            said: one.said.clone(),
            reason: one.reason.as_ref().map(|reason| view.text(reason).to_owned()),
            replaced_by: one.replaced_by.as_ref().map(ToString::to_string),
        })
    });
    shown.collect()
}
