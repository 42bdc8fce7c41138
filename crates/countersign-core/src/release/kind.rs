//! The change type of a release against the one the facts propose: a lower one needs a reason,
//! which is recorded and shown to everybody who approves.
//!
//! What history rules out altogether is in `request::history_allows`, and no reason helps there.

use super::{Artifact, Context, Release, ReleaseEvent, Request, State};
use crate::policy::ChangeSettings;
use crate::proposal::{Asked, Proposal, propose};
use crate::refusal::Refusal;
use crate::text::Text;

fn proposed(request: &Request, artifacts: &[Artifact], context: &Context<'_>) -> Proposal {
    let silent = ChangeSettings::default();
    let settings = context.policy.map_or(&silent, |(_, policy)| &policy.settings.changes);
    propose(&Asked::of(request, artifacts), context.model, settings)
}

fn lower(request: &Request, proposal: Proposal) -> Refusal {
    Refusal::ChangeTypeLower { given: request.change, proposal: Box::new(proposal) }
}

/// The override that a request makes; `None` when it asks for enough.
pub(super) fn overridden(
    request: &Request,
    artifacts: &[Artifact],
    context: &Context<'_>,
) -> Result<Option<ReleaseEvent>, Refusal> {
    let proposal = proposed(request, artifacts, context);
    match (proposal.is_lowered_by(request.change), request.override_reason) {
        (false, _) => Ok(None),
        (true, None) => Err(lower(request, proposal)),
        (true, Some(reason)) => {
            Ok(Some(ReleaseEvent::ChangeTypeOverridden { proposal: Box::new(proposal), reason }))
        }
    }
}

/// Whether the change type is still enough for what the release became, and for what happened to
/// the model since it was asked for.
pub(super) fn stands(release: &Release, context: &Context<'_>) -> Result<(), Refusal> {
    holds(release, &release.artifacts, context)
}

/// The same with one artifact more, once the release is in review.
pub(super) fn with(
    release: &Release,
    artifact: &Artifact,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    if release.state != State::InReview {
        return Ok(());
    }
    let mut artifacts = release.artifacts.clone();
    artifacts.push(artifact.clone());
    holds(release, &artifacts, context)
}

fn holds(release: &Release, artifacts: &[Artifact], context: &Context<'_>) -> Result<(), Refusal> {
    let Some(request) = &release.request else { return Ok(()) };
    if runs_already(release, context) {
        return Ok(());
    }
    let proposal = proposed(request, artifacts, context);
    if covers(release, &proposal) || !proposal.is_lowered_by(request.change) {
        return Ok(());
    }
    Err(lower(request, proposal))
}

/// An override covers what was proposed then, and nothing that asks for more.
fn covers(release: &Release, proposal: &Proposal) -> bool {
    release.overridden.as_ref().is_some_and(|one| !proposal.is_lowered_by(one.proposal.change))
}

/// What runs on verbal authority is part of what runs: compared with itself it would be no change.
fn runs_already(release: &Release, context: &Context<'_>) -> bool {
    release.id.as_ref().is_some_and(|id| context.model.changes.contains(id))
}

/// Somebody says later why the lower change type is enough: more was added to the draft, or more
/// happened to the model.
pub(super) fn override_later(
    release: &Release,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "override the proposed change type";
    if release.state != State::Draft {
        return Err(Refusal::WrongState { state: release.state_word().to_owned(), action });
    }
    super::request::editable(release, context, action)?;
    let Some(request) = &release.request else { return Ok(Vec::new()) };
    let proposal = proposed(request, &release.artifacts, context);
    if !proposal.is_lowered_by(request.change) {
        return Err(Refusal::NothingToDo {
            what: "the facts propose no more than this change type",
        });
    }
    if covers(release, &proposal) {
        return Err(Refusal::NothingToDo { what: "the reason given covers what is proposed" });
    }
    Ok(vec![ReleaseEvent::ChangeTypeOverridden { proposal: Box::new(proposal), reason }])
}
