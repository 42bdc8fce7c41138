//! Completing steps, raising and resolving concerns, recording deliveries.

use super::command::{DeliveryOutcome, StepDone};
use super::request::open;
use super::{Context, Release, ReleaseEvent, StepResult, Target};
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
    let number = super::next_number(&release.concerns);
    Ok(vec![ReleaseEvent::ConcernRaised { number, step, text }])
}

fn takes_part(context: &Context<'_>, action: &'static str) -> Result<(), Refusal> {
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    if context.takes_part() {
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
        && !release.requesters().is_disjoint(&context.everybody([&planned.role].into_iter()))
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
    if release.decided_at.is_none() || release.steps.contains_key(&step) {
        return Err(Refusal::NothingToDo { what: "the webhook is not waiting for a delivery" });
    }
    Ok(vec![match outcome {
        DeliveryOutcome::Delivered { message, status } => {
            ReleaseEvent::StepCompleted { step, result: StepResult::Delivered { message, status } }
        }
        DeliveryOutcome::Failed { error } => ReleaseEvent::DeliveryFailed { step, error },
    }])
}

#[cfg(test)]
mod tests {
    use crate::actor::Who;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::refusal::Refusal;
    use crate::release::command::{Command, DeliveryOutcome, StepDone};
    use crate::release::{ReleaseEvent, StepResult};

    ///
    #[test]
    fn each_step_is_done_by_its_role_and_leaves_its_result() {
        let statement = text("done and checked");
        let event = ReleaseEvent::StepCompleted {
            step: step("confirm-scope"),
            result: StepResult::Done { statement },
        };
        let world = on_the_runbook(Low);
        let world = world.when("dufour", do_step("confirm-scope")).then([event]);
        assert_eq!(world.release().steps[&step("confirm-scope")].by, Who::Person(id("dufour")));
        world.stepped_after_scope();
    }

    ///
    #[test]
    fn a_step_is_completed_in_the_way_of_its_kind() {
        let world = on_the_runbook(Low);
        let wrong = world.when("dufour", complete_upload("confirm-scope"));
        let refusal = wrong.refused_as("step.wrong_kind");
        assert_eq!(refusal.next_step(), "say in words what was done");
        let signed = on_the_runbook(Low).stepped().when("haddad", do_step("sign-off"));
        let remedy = signed.refused_as("step.wrong_kind").next_step();
        assert_eq!(remedy, "approve the release in the step's role");
    }

    #[test]
    fn nobody_does_the_step_of_another_role() {
        for person in ["rivera", "eriksen", "root"] {
            let outcome = on_the_runbook(Low).when(person, do_step("confirm-scope"));
            outcome.refused_as("actor.not_permitted");
        }
        let outcome = on_the_runbook(Low).when(Acting::Countersign, do_step("confirm-scope"));
        outcome.refused_as("actor.people_only");
    }

    ///
    #[test]
    fn a_step_waits_for_the_earlier_ones() {
        let early = on_the_runbook(Low).when("park", questionnaire());
        early.refused(Refusal::StepWaits {
            step: step("review-abuse"),
            waits_for: ["confirm-scope", "check-licences", "attach-evaluation"].map(step).to_vec(),
        });
    }

    ///
    #[test]
    fn the_questionnaire_asks_about_tools_only_when_there_are_some() {
        let parts = ["safety", "quality", "regression"];
        let world = on_the_runbook(Low)
            .having("dufour", do_step("confirm-scope"))
            .having("eriksen", do_step("check-licences"))
            .having("iyer", attach(packet("attach-evaluation", "summarizer-v1.pdf", &parts)))
            .having("iyer", complete_upload("attach-evaluation"));
        let mut answers = vec![
            ("prompt_injection_surface", "case texts"),
            ("pii_handling", "addresses are masked"),
            ("uses_tools", "yes"),
            ("jailbreak_tests", "forty"),
        ];
        let form = fill_form("review-abuse", &answers);
        let refusal = world.clone().when("park", form).refused_as("answers.invalid");
        assert!(refusal.to_string().contains("Which tools can it call"), "{refusal}");
        answers.push(("tool_use", "a calendar, read only"));
        world.having("park", fill_form("review-abuse", &answers));
    }

    #[test]
    fn a_text_answer_whose_text_was_not_kept_is_refused() {
        let mut unkept = fields(&[("uses_tools", "no"), ("pii_handling", "masked")]);
        unkept.texts.clear();
        let questions = crate::step::form::Form::standard().fields;
        let some = [questions[1].clone(), questions[2].clone()];
        assert_eq!(unkept.fill(&some).unwrap_err().code(), "answers.invalid");
    }

    ///
    #[test]
    fn the_upload_is_open_until_every_part_of_the_packet_is_there() {
        let world = on_the_runbook(Low)
            .having("dufour", do_step("confirm-scope"))
            .having("eriksen", do_step("check-licences"));
        let nothing = world.clone().when("iyer", complete_upload("attach-evaluation"));
        assert!(nothing.refused_as("answers.invalid").to_string().contains("attach a file"));
        let some = packet("attach-evaluation", "summarizer-v1.pdf", &["safety", "quality"]);
        let world = world.having("iyer", attach(some));
        let partly = world.clone().when("iyer", complete_upload("attach-evaluation"));
        let said = partly.refused_as("answers.invalid").to_string();
        assert!(said.contains("no file covers the part `regression`"), "{said}");
        let rest = packet("attach-evaluation", "summarizer-v1-b.pdf", &["regression"]);
        world.having("iyer", attach(rest)).having("iyer", complete_upload("attach-evaluation"));
    }

    ///
    #[test]
    fn files_taken_back_open_their_step_again() {
        let world = on_the_runbook(Low).stepped().having("rivera", withdraw_evidence("e5"));
        let report = world.report();
        let codes: Vec<_> = report.blockers.iter().map(crate::blocker::Blocker::code).collect();
        assert_eq!(codes, ["step.open", "approval.missing", "approval.missing"]);
    }

    ///
    #[test]
    fn a_concern_stops_the_steps_behind_it_and_the_approvals_until_it_is_resolved() {
        let world = on_the_runbook(Low).having("dufour", do_step("confirm-scope"));
        let world = world.having("santos", raise_concern("confirm-scope"));
        let deeper = world.clone().when("eriksen", do_step("check-licences"));
        deeper.refused(Refusal::StepWaits {
            step: step("check-licences"),
            waits_for: vec![step("confirm-scope")],
        });
        assert!(world.blocked_by().contains(&"concern.open"));
        let world = world.having("dufour", resolve_concern(1));
        assert!(!world.blocked_by().contains(&"concern.open"));
        world.having("eriksen", do_step("check-licences"));
    }

    ///
    #[test]
    fn a_concern_is_resolved_by_the_step_s_role_or_its_author_and_not_by_the_requester() {
        let world = on_the_runbook(Low).having("santos", raise_concern("confirm-scope"));
        let granted =
            crate::register::RegisterEvent::granted(id("rivera"), role("ml_platform_lead"));
        let world = world.and(granted);
        world.clone().when("rivera", resolve_concern(1)).refused_as("approval.not_independent");
        world.clone().when("chen", resolve_concern(1)).refused_as("actor.not_permitted");
        world.clone().when("santos", resolve_concern(2)).refused_as("not_found");
        let world = world.having("santos", resolve_concern(1));
        world.when("santos", resolve_concern(1)).refused_as("nothing_to_do");
    }

    #[test]
    fn somebody_without_a_role_raises_no_concern() {
        let outcome = on_the_runbook(Low).when("nobody", raise_concern("confirm-scope"));
        outcome.refused_as("actor.not_permitted");
        let unknown = on_the_runbook(Low).when("santos", raise_concern("no-such-step"));
        unknown.refused_as("not_found");
    }

    ///
    #[test]
    fn the_webhook_is_delivered_after_the_decision_and_by_countersign() {
        let world = on_the_runbook(Low).stepped();
        let early = world.clone().when(Acting::Countersign, delivered("notify-routing"));
        early.refused_as("nothing_to_do");
        let world = world.approved();
        let by_hand = world.clone().when("zhou", delivered("notify-routing"));
        by_hand.refused_as("actor.not_permitted");
        let done = StepDone::Manual { statement: text("told them") };
        let told = Command::CompleteStep { step: step("notify-routing"), done };
        world.clone().when("zhou", told).refused_as("step.wrong_kind");
        let world = world.having(Acting::Countersign, delivered("notify-routing"));
        let again = world.when(Acting::Countersign, delivered("notify-routing"));
        again.refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn a_failed_delivery_is_logged_and_can_succeed_later() {
        let outcome = DeliveryOutcome::Failed { error: "connection refused".into() };
        let failed = Command::RecordDelivery { step: step("notify-routing"), outcome };
        let world = on_the_runbook(Low).stepped().approved().having(Acting::Countersign, failed);
        let tasks = crate::project::tasks(world.release());
        assert!(tasks.iter().any(|task| task.task == "step/notify-routing"));
        world.having(Acting::Countersign, delivered("notify-routing"));
    }

    #[test]
    fn a_delivery_is_of_a_webhook() {
        let world = on_the_runbook(Low).stepped().approved();
        let outcome = world.when(Acting::Countersign, delivered("confirm-scope"));
        outcome.refused_as("step.wrong_kind");
    }

    /// I-02
    #[test]
    fn steps_before_the_decision_are_not_done_after_it() {
        let world = on_the_runbook(Low).stepped().approved();
        world.when("dufour", do_step("confirm-scope")).refused_as("release.wrong_state");
        let rejected = on_the_runbook(Low).having("rivera", reject_as("model_owner"));
        let outcome = rejected.when(Acting::Countersign, delivered("notify-routing"));
        outcome.refused_as("nothing_to_do");
    }
}
