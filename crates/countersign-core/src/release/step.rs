//! Completing steps, raising and resolving concerns, recording deliveries.

use super::command::{DeliveryOutcome, StepDone};
use super::request::open;
use super::{Context, Release, ReleaseEvent, State, StepResult, Target};
use crate::actor::Who;
use crate::assess;
use crate::name::StepName;
use crate::plan::{GatePlan, PlannedStep};
use crate::policy::Independence;
use crate::refusal::Refusal;
use crate::step::StepKind;
use crate::text::Text;

fn plan_and_step<'r>(
    release: &'r Release,
    step: &StepName,
    action: &'static str,
) -> Result<(&'r GatePlan, &'r PlannedStep), Refusal> {
    let not_submitted = || Refusal::WrongState { state: release.state_word().to_owned(), action };
    let plan = release.plan.as_ref().ok_or_else(not_submitted)?;
    let missing = || Refusal::NotFound { what: "step", name: step.to_string() };
    plan.step(step).ok_or_else(missing).map(|planned| (plan, planned))
}

pub(super) fn complete(
    release: &Release,
    step: StepName,
    done: StepDone,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "complete a step";
    let (plan, planned) = plan_and_step(release, &step, action)?;
    if planned.after_decision {
        decided(release, action)?;
    } else {
        open(release, action)?;
    }
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    if !context.acts_as(&planned.role) {
        return Err(Refusal::NotPermitted { action, needs: vec![planned.role.clone()] });
    }
    let waits_for = assess::steps_waited_for(release, plan, planned);
    if !waits_for.is_empty() {
        return Err(Refusal::StepWaits { step, waits_for });
    }
    let result = result(release, planned, done)?;
    Ok(vec![ReleaseEvent::StepCompleted { step, result }])
}

fn decided(release: &Release, action: &'static str) -> Result<(), Refusal> {
    if release.state.is_allowed() {
        return Ok(());
    }
    Err(Refusal::WrongState { state: release.state_word().to_owned(), action })
}

fn result(release: &Release, planned: &PlannedStep, done: StepDone) -> Result<StepResult, Refusal> {
    let wrong = |remedy| Refusal::WrongStepKind {
        step: planned.step.name.clone(),
        kind: planned.step.kind.word().to_owned(),
        remedy,
    };
    match (&planned.step.kind, done) {
        (StepKind::Manual(_), StepDone::Manual { statement }) => Ok(StepResult::Done { statement }),
        (StepKind::Form(form), StepDone::Form(fields)) => {
            fields.fill(&form.fields).map(StepResult::Answers)
        }
        (StepKind::FileUpload(_), StepDone::Files) => {
            let missing = assess::upload_missing(release, planned);
            if !missing.is_empty() {
                let faults = missing.into_iter().map(|message| crate::field::FieldFault {
                    field: planned.step.name.to_string(),
                    label: planned.step.title.clone(),
                    message,
                });
                return Err(Refusal::InvalidAnswers { faults: faults.collect() });
            }
            let target = Target::Step(planned.step.name.clone());
            let evidence = release.evidence_for(&target).map(|(id, _)| id.clone()).collect();
            Ok(StepResult::Files { evidence })
        }
        (StepKind::Approval(_), _) => Err(wrong("approve the release in the step's role")),
        (StepKind::Webhook(_), _) => Err(wrong("Countersign delivers it after the decision")),
        (StepKind::Manual(_), _) => Err(wrong("say in words what was done")),
        (StepKind::Form(_), _) => Err(wrong("answer its questions")),
        (StepKind::FileUpload(_), _) => Err(wrong("attach its files, then complete it")),
    }
}

/// Anybody who takes part may raise a concern; it stops approvals until it is resolved.
pub(super) fn raise_concern(
    release: &Release,
    step: StepName,
    text: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "raise a concern";
    plan_and_step(release, &step, action)?;
    open(release, action)?;
    takes_part(context, action)?;
    let number = u32::try_from(release.concerns.len()).unwrap_or(u32::MAX - 1) + 1;
    Ok(vec![ReleaseEvent::ConcernRaised { number, step, text }])
}

fn takes_part(context: &Context<'_>, action: &'static str) -> Result<(), Refusal> {
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    if context.is_owner() || !context.actor.roles.is_empty() {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: Vec::new() })
}

/// A concern is resolved by the holder of the step's role, or by whoever raised it; never by the
/// requester of the release, unless the concern was his own.
pub(super) fn resolve_concern(
    release: &Release,
    number: u32,
    text: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "resolve a concern";
    open(release, action)?;
    let missing = || Refusal::NotFound { what: "concern", name: number.to_string() };
    let concern = release.concerns.get(&number).ok_or_else(missing)?;
    if concern.resolved.is_some() {
        return Err(Refusal::NothingToDo { what: "the concern is resolved already" });
    }
    let (_, planned) = plan_and_step(release, &concern.step, action)?;
    if context.actor.who == concern.by {
        return Ok(vec![ReleaseEvent::ConcernResolved { number, text }]);
    }
    if let Some(person) = context.actor.who.person()
        && release.requesters().contains(person)
    {
        let (person, role) = (person.clone(), planned.role.clone());
        return Err(Refusal::NotIndependent { person, role, of: Independence::Requester });
    }
    if context.acts_as(&planned.role) {
        return Ok(vec![ReleaseEvent::ConcernResolved { number, text }]);
    }
    Err(Refusal::NotPermitted { action, needs: vec![planned.role.clone()] })
}

pub(super) fn record_delivery(
    release: &Release,
    step: StepName,
    outcome: DeliveryOutcome,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "record a delivery";
    let (_, planned) = plan_and_step(release, &step, action)?;
    if context.actor.who != Who::System {
        return Err(Refusal::NotPermitted { action, needs: Vec::new() });
    }
    if !matches!(planned.step.kind, StepKind::Webhook(_)) {
        let kind = planned.step.kind.word().to_owned();
        return Err(Refusal::WrongStepKind { step, kind, remedy: "only webhooks are delivered" });
    }
    if release.state == State::InReview || release.steps.contains_key(&step) {
        return Err(Refusal::NothingToDo { what: "the webhook is not waiting for a delivery" });
    }
    Ok(vec![match outcome {
        DeliveryOutcome::Delivered { message, status } => {
            ReleaseEvent::StepCompleted { step, result: StepResult::Delivered { message, status } }
        }
        DeliveryOutcome::Failed { error } => ReleaseEvent::DeliveryFailed { step, error },
    }])
}
