//! Asking for a release, and changing what it is made of.

use super::{Artifact, Context, Release, ReleaseEvent, Request, State};
use crate::agent::seen_as_agent;
use crate::classification::{ChangeType, Classification};
use crate::field::FieldFault;
use crate::name::ReleaseId;
use crate::refusal::Refusal;

pub(super) fn request(
    release: &Release,
    id: ReleaseId,
    mut request: Box<Request>,
    artifacts: Vec<Artifact>,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    if release.state != State::Absent {
        return Err(Refusal::exists("release", id.as_str()));
    }
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action: "request a release" });
    }
    let registration = context.model.registration.as_ref();
    let tier = registration.filter(|it| it.name == request.model).and(context.model.tier());
    // The tier is the model's, whatever the requester wrote.
    request.tier =
        tier.ok_or_else(|| Refusal::NotFound { what: "model", name: request.model.to_string() })?;
    may_prepare(
        context,
        "request a release without owning the model or holding a role in releases",
    )?;
    for environment in &request.environments {
        if !context.register.environments.contains(environment) {
            let name = environment.to_string();
            return Err(Refusal::NotFound { what: "environment", name });
        }
    }
    if request.environments.is_empty() {
        let (field, label) = ("environments".into(), "Environments".into());
        let fault = FieldFault { field, label, message: "name at least one".into() };
        return Err(Refusal::InvalidAnswers { faults: vec![fault] });
    }
    request.schedule.check(context.now)?;
    check_runbook(&request, context)?;
    history_allows(&request, None, context)?;
    resubmission(&request, context)?;
    let mut seen: Vec<&Artifact> = Vec::new();
    for artifact in &artifacts {
        distinct(&seen, artifact)?;
        seen.push(artifact);
    }
    let classification = request.classification(request.tier, &artifacts);
    let classification = seen_as_agent(classification, context.model);
    runbook_required(Some(&request), &classification, context)?;
    let overridden = super::kind::overridden(&request, &artifacts, context)?;
    if overridden.is_none() {
        // A reason nobody needs would only look like an override.
        request.override_reason = None;
    }
    let requested = ReleaseEvent::Requested { id, request, artifacts };
    Ok(std::iter::once(requested).chain(overridden).collect())
}

/// A release of a kind for which the policy requires a runbook has to follow it.
pub(super) fn runbook_required(
    request: Option<&Request>,
    classification: &Classification,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let chosen = request.and_then(|request| request.runbook.as_ref()).map(|choice| &choice.name);
    let offers = context.policy.into_iter().flat_map(|(_, policy)| &policy.offers);
    let mut required = offers.filter(|offer| offer.required && offer.when.holds(classification));
    match required.find(|offer| Some(&offer.runbook) != chosen) {
        Some(offer) => Err(Refusal::RunbookRequired { runbook: offer.runbook.clone() }),
        None => Ok(()),
    }
}

/// Preparing is for the owner of the model and for people with a role in releases; an auditor
/// reads and an administrator keeps the register, nothing more.
fn may_prepare(context: &Context<'_>, action: &'static str) -> Result<(), Refusal> {
    if context.takes_part() {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: vec![crate::name::RoleName::model_owner()] })
}

pub(super) fn check_runbook(request: &Request, context: &Context<'_>) -> Result<(), Refusal> {
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
///
/// It is asked for each environment: the first deployment to one is a first deployment, and where
/// the model was retired history begins anew. What the release itself did on verbal authority does
/// not count.
pub(super) fn history_allows(
    request: &Request,
    own: Option<&ReleaseId>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let given = request.change;
    let contradicts =
        |expected, because| Err(Refusal::ChangeTypeContradictsHistory { given, expected, because });
    let model = context.model;
    let ran: Vec<bool> =
        request.environments.iter().map(|place| model.ran_in(place, own)).collect();
    let (everywhere, somewhere) = (ran.iter().all(|ran| *ran), ran.contains(&true));
    if given == ChangeType::NewModel && everywhere {
        return contradicts(ChangeType::MajorUpdate, "a release of this model was deployed before");
    }
    if given.is_update() && request.environments.iter().any(|place| model.retired.contains(place)) {
        return contradicts(ChangeType::NewModel, "the model was retired");
    }
    if given.is_update() && somewhere && !everywhere {
        return contradicts(ChangeType::NewModel, "it never ran in one of these environments");
    }
    if (given.is_update() || given == ChangeType::Retirement) && !somewhere {
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
    if resubmitted.id.as_ref() != Some(earlier)
        || resubmitted.request.as_ref().map(|request| &request.model) != Some(&request.model)
    {
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
        | State::Superseded
        | State::RolledBack
        | State::Retired => Err(Refusal::WrongState {
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
    not_claimed(release, "add an artifact to an emergency")?;
    distinct(&release.artifacts.iter().collect::<Vec<_>>(), &artifact)?;
    // The frozen plan was made for certain kinds; another kind would escape what the policy asks.
    if let Some(plan) = &release.plan
        && !plan.classification.artifacts.contains(&artifact.kind)
    {
        return Err(Refusal::WrongState {
            state: release.state_word().to_owned(),
            action: "add an artifact of a kind its plan was not made for",
        });
    }
    super::kind::with(release, &artifact, context)?;
    Ok(vec![ReleaseEvent::ArtifactAdded { artifact }])
}

pub(super) fn remove_artifact(
    release: &Release,
    name: String,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    editable(release, context, "take an artifact out")?;
    not_claimed(release, "take an artifact out of an emergency")?;
    if !release.artifacts.iter().any(|artifact| artifact.name == name) {
        return Err(Refusal::NotFound { what: "artifact", name });
    }
    Ok(vec![ReleaseEvent::ArtifactRemoved { name }])
}

/// Verbal authority was given for exactly these artifacts.
fn not_claimed(release: &Release, action: &'static str) -> Result<(), Refusal> {
    match &release.urgent.emergency {
        None => Ok(()),
        Some(_) => Err(Refusal::WrongState { state: release.state_word().to_owned(), action }),
    }
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
        | State::Superseded
        | State::RolledBack
        | State::Retired => {
            Err(Refusal::WrongState { state: release.state_word().to_owned(), action })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::{
        ConfigurationChange, MajorUpdate, MinorUpdate, NewModel, Retirement,
    };
    use crate::classification::RiskTier::{Critical, High, Low};
    use crate::classification::{ArtifactKind, ChangeType, Condition, RiskTier};
    use crate::given::*;
    use crate::model::ModelEvent;
    use crate::policy::Offer;
    use crate::refusal::Refusal;
    use crate::release::command::Command;
    use crate::release::{ReleaseEvent, Request};

    fn retiered(world: World, to: RiskTier) -> World {
        let from = world.models[&summarizer()].tier().unwrap();
        world.and(ModelEvent::TierChanged { from, to, reason: text("used for triage now") })
    }

    #[track_caller]
    fn refused_as_really(world: World, given: ChangeType, expected: ChangeType) {
        let ask = ask_for("r-2", request(given, Low), weights_and_prompt());
        let refusal = world.when("rivera", ask).refused_as("change_type.contradicts_history");
        let Refusal::ChangeTypeContradictsHistory { given: said, expected: really, .. } = refusal
        else {
            panic!("{refusal:?}")
        };
        assert_eq!((said, really), (given, expected));
    }

    ///
    #[test]
    fn the_owner_asks_for_a_release() {
        let asked = request(NewModel, Low);
        given(Low).when("rivera", ask_for("r-1", asked.clone(), weights_and_prompt())).then([
            ReleaseEvent::Requested {
                id: release("r-1"),
                request: Box::new(asked),
                artifacts: weights_and_prompt(),
            },
        ]);
    }

    ///
    #[test]
    fn the_tier_is_the_model_s_whatever_the_requester_wrote() {
        let world = given(Critical).requested(request(NewModel, Low));
        assert_eq!(world.release().request.as_ref().unwrap().tier, Critical);
        assert_eq!(world.prepared().submitted().plan().classification.tier, Critical);
    }

    ///
    #[test]
    fn an_auditor_and_an_administrator_ask_for_nothing() {
        for (person, code) in [("quinn", "actor.reads_only"), ("root", "actor.not_permitted")] {
            let ask = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
            given(Low).when(person, ask).refused_as(code);
        }
    }

    #[test]
    fn a_machine_asks_for_nothing() {
        let ask = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
        given(Low).when(machine(crate::actor::Scope::ALL), ask).refused_as("actor.people_only");
    }

    #[test]
    fn a_release_names_known_environments_and_at_least_one() {
        let unknown =
            Request { environments: [environment("moon")].into(), ..request(NewModel, Low) };
        let nowhere = Request { environments: [].into(), ..request(NewModel, Low) };
        given(Low).when("rivera", ask_for("r-1", unknown, vec![])).refused_as("not_found");
        given(Low).when("rivera", ask_for("r-1", nowhere, vec![])).refused_as("answers.invalid");
    }

    #[test]
    fn a_release_is_asked_for_once() {
        let again = ask_for("r-1", request(NewModel, Low), vec![]);
        drafted(Low).when("rivera", again).refused_as("already_exists");
    }

    #[test]
    fn nothing_can_be_done_to_a_release_nobody_asked_for() {
        given(Low).when("rivera", Command::Submit).refused_as("not_found");
    }

    ///
    #[test]
    fn a_first_deployment_is_decided_from_history_and_not_from_the_requester_s_word() {
        for claimed in [MajorUpdate, MinorUpdate, ConfigurationChange, Retirement] {
            refused_as_really(given(Low), claimed, NewModel);
        }
        refused_as_really(deployed(Low), NewModel, MajorUpdate);
    }

    /// R-072, I-13
    #[test]
    fn an_approved_release_that_was_never_deployed_is_no_first_deployment() {
        refused_as_really(approved(Low), MinorUpdate, NewModel);
    }

    ///
    #[test]
    fn history_is_asked_again_at_submission() {
        let second = ask_for("r-2", request(NewModel, Low), weights_and_prompt());
        let both = approved(Low).having("rivera", second).prepared();
        let one_deployed = both.speaking_of("r-1").having("rivera", deploy_to(production()));
        let late = one_deployed.speaking_of("r-2").when("rivera", Command::Submit);
        late.refused_as("change_type.contradicts_history");
    }

    ///
    #[test]
    fn a_changed_risk_classification_makes_any_update_a_major_one() {
        let world = retiered(deployed(Low), High);
        refused_as_really(world.clone(), MinorUpdate, MajorUpdate);
        refused_as_really(world.clone(), ConfigurationChange, MajorUpdate);
        let major = ask_for("r-2", request(MajorUpdate, High), weights_and_prompt());
        world.having("rivera", major);
    }

    #[test]
    fn two_artifacts_share_neither_name_nor_digest() {
        let same_name = artifact(ArtifactKind::Prompt, "summarizer-v1");
        let mut same_digest = artifact(ArtifactKind::Prompt, "other");
        same_digest.digest = weights_and_prompt()[0].digest;
        for twin in [same_name, same_digest] {
            let add = Command::AddArtifact(twin);
            drafted(Low).when("rivera", add).refused_as("already_exists");
        }
    }

    /// R-064, I-04
    #[test]
    fn weights_do_not_slip_into_a_release_that_was_submitted_as_a_prompt() {
        let prompt = vec![artifact(ArtifactKind::Prompt, "system-prompt-2")];
        let world = deployed(Low).updated("r-2", ConfigurationChange, prompt);
        let weights = artifact(ArtifactKind::Weights, "summarizer-v9");
        let refused = world.clone().when("rivera", Command::AddArtifact(weights));
        refused.refused_as("release.wrong_state");
        let prompt = artifact(ArtifactKind::Prompt, "second-prompt");
        world.when("rivera", Command::AddArtifact(prompt)).then_words(&["artifact_added"]);
    }

    /// I-02
    #[test]
    fn a_decided_release_takes_no_artifact_and_loses_none() {
        let weights = artifact(ArtifactKind::Weights, "summarizer-v9");
        approved(Low)
            .when("rivera", Command::AddArtifact(weights))
            .refused_as("release.wrong_state");
        let remove = Command::RemoveArtifact { name: "summarizer-v1".into() };
        approved(Low).when("rivera", remove).refused_as("release.wrong_state");
    }

    #[test]
    fn only_the_owner_or_the_requester_changes_what_a_release_is_made_of() {
        let weights = artifact(ArtifactKind::Weights, "summarizer-v9");
        drafted(Low).when("chen", Command::AddArtifact(weights)).refused_as("actor.not_permitted");
    }

    ///
    #[test]
    fn a_rejected_release_is_taken_up_by_a_linked_new_one() {
        let linked = Request { resubmits: Some(release("r-1")), ..request(NewModel, Low) };
        let rejected = submitted(Low).having("rivera", reject_as("model_owner"));
        let world = rejected.having("rivera", ask_for("r-2", linked, weights_and_prompt()));
        assert_eq!(world.release().request.as_ref().unwrap().resubmits, Some(release("r-1")));
        assert_eq!(world.speaking_of("r-1").report().state, "rejected");
    }

    ///
    #[test]
    fn only_a_rejected_or_withdrawn_release_is_taken_up_again() {
        let linked = || Request { resubmits: Some(release("r-1")), ..request(NewModel, Low) };
        let again = || ask_for("r-2", linked(), weights_and_prompt());
        submitted(Low).when("rivera", again()).refused_as("release.wrong_state");
        approved(Low).when("rivera", again()).refused_as("release.wrong_state");
        given(Low).when("rivera", again()).refused_as("not_found");
        drafted(Low).having("rivera", withdraw()).having("rivera", again());
    }

    fn requiring_the_runbook() -> World {
        given(Low).policy_where(|policy| {
            policy.offers.push(Offer {
                runbook: runbook().name,
                when: Condition::Artifact([ArtifactKind::Weights].into()),
                required: true,
            });
        })
    }

    ///
    #[test]
    fn a_release_follows_the_runbook_its_policy_requires() {
        let without = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
        let runbook = runbook().name;
        requiring_the_runbook()
            .when("rivera", without)
            .refused(Refusal::RunbookRequired { runbook });
        requiring_the_runbook().requested(with_runbook(request(NewModel, Low)));
    }

    ///
    #[test]
    fn weights_added_later_call_for_the_runbook_at_submission() {
        let prompt = vec![artifact(ArtifactKind::Prompt, "system-prompt")];
        let weights = artifact(ArtifactKind::Weights, "summarizer-v1");
        requiring_the_runbook()
            .having("rivera", ask_for("r-1", request(NewModel, Low), prompt))
            .having("rivera", Command::AddArtifact(weights))
            .prepared()
            .when("rivera", Command::Submit)
            .refused_as("runbook.required");
    }

    ///
    #[test]
    fn a_release_is_pinned_to_one_version_of_a_runbook() {
        let mut newer = runbook();
        newer.version = "0.2.0".into();
        newer.steps.truncate(1);
        let asked = with_runbook(request(NewModel, Low));
        let world = given(Low).requested(asked.clone()).publishing_runbook(newer).prepared();
        assert_eq!(world.plan().runbook.unwrap().version, "0.1.0");
        assert_eq!(world.plan().steps.len(), 6);
        let mut unpublished = asked;
        unpublished.runbook.as_mut().unwrap().version = "9.0.0".into();
        let ask = ask_for("r-9", unpublished, vec![]);
        given(Low).when("rivera", ask).refused_as("not_found");
    }
}
