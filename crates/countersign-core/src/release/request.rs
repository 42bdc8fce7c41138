//! Asking for a release, and changing what it is made of.

use super::{Artifact, Context, Release, ReleaseEvent, Request, State};
use crate::classification::ChangeType;
use crate::name::ReleaseId;
use crate::refusal::Refusal;

pub(super) fn request(
    release: &Release,
    id: ReleaseId,
    request: Box<Request>,
    artifacts: Vec<Artifact>,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    if release.state != State::Absent {
        return Err(Refusal::exists("release", id.as_str()));
    }
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action: "request a release" });
    }
    if context.model.registration.is_none() {
        return Err(Refusal::NotFound { what: "model", name: request.model.to_string() });
    }
    may_prepare(context, "request a release")?;
    for environment in &request.environments {
        if !context.register.environments.contains(environment) {
            let name = environment.to_string();
            return Err(Refusal::NotFound { what: "environment", name });
        }
    }
    if request.environments.is_empty() {
        return Err(Refusal::NotFound { what: "environment", name: String::new() });
    }
    check_runbook(&request, context)?;
    history_allows(request.change, context)?;
    resubmission(&request, context)?;
    let mut seen: Vec<&Artifact> = Vec::new();
    for artifact in &artifacts {
        distinct(&seen, artifact)?;
        seen.push(artifact);
    }
    Ok(vec![ReleaseEvent::Requested { id, request, artifacts }])
}

/// Preparing is for the owner of the model and for people with a role in releases; an auditor
/// reads and an administrator keeps the register, nothing more.
fn may_prepare(context: &Context<'_>, action: &'static str) -> Result<(), Refusal> {
    let preparing =
        |role: &&crate::name::RoleName| !matches!(role.as_str(), "auditor" | "administrator");
    if context.is_owner() || context.actor.roles.iter().any(|role| preparing(&role)) {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: vec![crate::name::RoleName::model_owner()] })
}

fn check_runbook(request: &Request, context: &Context<'_>) -> Result<(), Refusal> {
    match (&request.runbook, context.runbook) {
        (None, _) => Ok(()),
        (Some(choice), Some((reference, _)))
            if reference.name == choice.name && reference.version == choice.version =>
        {
            Ok(())
        }
        (Some(choice), Some(_) | None) => {
            let name = format!("{} {}", choice.name, choice.version);
            Err(Refusal::NotFound { what: "runbook", name })
        }
    }
}

/// "First deployment" is decided from history, not from the requester's word, and a
/// changed risk classification makes any update a major one.
pub(super) fn history_allows(given: ChangeType, context: &Context<'_>) -> Result<(), Refusal> {
    let contradicts =
        |expected, because| Err(Refusal::ChangeTypeContradictsHistory { given, expected, because });
    if given == ChangeType::NewModel && context.model.was_deployed() {
        return contradicts(ChangeType::MajorUpdate, "a release of this model was deployed before");
    }
    if (given.is_update() || given == ChangeType::Retirement) && !context.model.was_deployed() {
        return contradicts(ChangeType::NewModel, "nothing of this model was ever deployed");
    }
    let minor = matches!(given, ChangeType::MinorUpdate | ChangeType::ConfigurationChange);
    if minor && context.model.tier_changed_since_deployment() {
        return contradicts(
            ChangeType::MajorUpdate,
            "the risk classification changed since the last deployment",
        );
    }
    Ok(())
}

fn resubmission(request: &Request, context: &Context<'_>) -> Result<(), Refusal> {
    let Some(earlier) = &request.resubmits else { return Ok(()) };
    let not_found = || Refusal::NotFound { what: "release to resubmit", name: earlier.to_string() };
    let resubmitted = context.resubmitted.ok_or_else(not_found)?;
    if resubmitted.request.as_ref().map(|request| &request.model) != Some(&request.model) {
        return Err(not_found());
    }
    match resubmitted.state {
        State::Rejected | State::Withdrawn => Ok(()),
        State::Absent
        | State::Draft
        | State::InReview
        | State::Approved
        | State::Deployed
        | State::Confirmed
        | State::Superseded => Err(Refusal::WrongState {
            state: resubmitted.state_word().to_owned(),
            action: "resubmit it",
        }),
    }
}

fn distinct(others: &[&Artifact], artifact: &Artifact) -> Result<(), Refusal> {
    if others.iter().any(|other| other.name == artifact.name) {
        return Err(Refusal::exists("artifact", &artifact.name));
    }
    if others.iter().any(|other| other.digest == artifact.digest) {
        return Err(Refusal::exists("artifact with the digest", &artifact.digest.to_string()));
    }
    Ok(())
}

pub(super) fn add_artifact(
    release: &Release,
    artifact: Artifact,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    editable(release, context, "add an artifact")?;
    distinct(&release.artifacts.iter().collect::<Vec<_>>(), &artifact)?;
    Ok(vec![ReleaseEvent::ArtifactAdded { artifact }])
}

pub(super) fn remove_artifact(
    release: &Release,
    name: String,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    editable(release, context, "take an artifact out")?;
    if !release.artifacts.iter().any(|artifact| artifact.name == name) {
        return Err(Refusal::NotFound { what: "artifact", name });
    }
    Ok(vec![ReleaseEvent::ArtifactRemoved { name }])
}

/// Content may change until the decision: by the owner of the model or the requester.
pub(super) fn editable(
    release: &Release,
    context: &Context<'_>,
    action: &'static str,
) -> Result<(), Refusal> {
    open(release, action)?;
    let requested_it = context.actor.who.person().is_some_and(|p| release.requesters().contains(p));
    if context.is_owner() || requested_it {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: vec![crate::name::RoleName::model_owner()] })
}

/// Only what is not decided yet can change (I-02).
pub(super) fn open(release: &Release, action: &'static str) -> Result<(), Refusal> {
    match release.state {
        State::Draft | State::InReview => Ok(()),
        State::Absent
        | State::Approved
        | State::Deployed
        | State::Confirmed
        | State::Rejected
        | State::Withdrawn
        | State::Superseded => {
            Err(Refusal::WrongState { state: release.state_word().to_owned(), action })
        }
    }
}
