//! Asking for changes before the decision, answering, and taking the answer.

use super::condition::standing;
use super::{Context, Release, ReleaseEvent, State};
use crate::change_request::{About, AskedChange, ChangeRequest, ChangesCommand, ChangesEvent};
use crate::name::{EvidenceId, RoleName};
use crate::plan::GatePlan;
use crate::policy::Independence;
use crate::refusal::Refusal;
use crate::text::Text;
use std::collections::BTreeSet;

impl Release {
    /// Whether whoever prepares it has to answer a change request first.
    pub fn awaits_answer(&self) -> bool {
        self.change_requests.values().any(AskedChange::awaits_answer)
    }
}

pub(super) fn decide(
    release: &Release,
    command: ChangesCommand,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = command.action();
    let plan = in_review(release, action)?;
    let event = match command {
        ChangesCommand::Request(request) => ask(release, plan, request, context)?,
        ChangesCommand::Answer { number, text, evidence } => {
            answer(release, number, (text, evidence), context)?
        }
        ChangesCommand::Insist { number, text } => {
            let asked = unsettled(release, number)?;
            judge(asked, action, context)?;
            if asked.awaits_answer() {
                return Err(Refusal::NothingToDo { what: "nobody has answered the request yet" });
            }
            ChangesEvent::Insisted { number, text }
        }
        ChangesCommand::Accept { number, text } => {
            judge(unsettled(release, number)?, action, context)?;
            ChangesEvent::Accepted { number, text }
        }
    };
    Ok(vec![ReleaseEvent::Changes(event)])
}

fn in_review<'r>(release: &'r Release, action: &'static str) -> Result<&'r GatePlan, Refusal> {
    match (&release.plan, release.state) {
        (Some(plan), State::InReview) => Ok(plan),
        (Some(_) | None, _) => {
            Err(Refusal::WrongState { state: release.state_word().to_owned(), action })
        }
    }
}

/// A reviewer is whoever holds a role the plan gives work or a signature to, and has not asked for
/// the release himself.
fn ask(
    release: &Release,
    plan: &GatePlan,
    request: ChangeRequest,
    context: &Context<'_>,
) -> Result<ChangesEvent, Refusal> {
    let action = "ask for changes";
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let mut roles: BTreeSet<&RoleName> = plan.approvals.iter().map(|rule| &rule.role).collect();
    roles.extend(plan.steps.iter().filter(|step| !step.after_decision).map(|step| &step.role));
    if !roles.contains(&request.role) || !context.acts_as(&request.role) {
        let needs = roles.into_iter().cloned().collect();
        return Err(Refusal::NotPermitted { action, needs });
    }
    let everybody = context.everybody([&request.role].into_iter());
    if !release.requesters().is_disjoint(&everybody) {
        let (person, role) = (person.clone(), request.role);
        return Err(Refusal::NotIndependent { person, role, of: Independence::Requester });
    }
    known(plan, request.about.as_ref())?;
    let number = super::next_number(&release.change_requests);
    Ok(ChangesEvent::Requested { number, request })
}

fn known(plan: &GatePlan, about: Option<&About>) -> Result<(), Refusal> {
    let (known, what, name) = match about {
        None => return Ok(()),
        Some(About::Item(name)) => (plan.item(name).is_some(), "checklist item", name.to_string()),
        Some(About::Step(name)) => (plan.step(name).is_some(), "step", name.to_string()),
        Some(About::Criterion(name)) => {
            (plan.criteria.iter().any(|one| &one.name == name), "criterion", name.to_string())
        }
    };
    if known { Ok(()) } else { Err(Refusal::NotFound { what, name }) }
}

fn unsettled(release: &Release, number: u32) -> Result<&AskedChange, Refusal> {
    let missing = || Refusal::NotFound { what: "change request", name: number.to_string() };
    let asked = release.change_requests.get(&number).ok_or_else(missing)?;
    match asked.settled_at() {
        Some(_) => Err(Refusal::NothingToDo { what: "the change request is settled already" }),
        None => Ok(asked),
    }
}

fn answer(
    release: &Release,
    number: u32,
    (text, evidence): (Text, BTreeSet<EvidenceId>),
    context: &Context<'_>,
) -> Result<ChangesEvent, Refusal> {
    let action = "answer a change request";
    let asked = unsettled(release, number)?;
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    super::request::editable(release, context, action)?;
    if !asked.awaits_answer() {
        return Err(Refusal::NothingToDo { what: "the change request is answered already" });
    }
    standing(release, &evidence)?;
    Ok(ChangesEvent::Answered { number, text, evidence })
}

/// Whoever asked, or another holder of the role, judges the answer; never whoever gave it.
fn judge(asked: &AskedChange, action: &'static str, context: &Context<'_>) -> Result<(), Refusal> {
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let role = &asked.request.role;
    if !context.acts_as(role) {
        return Err(Refusal::NotPermitted { action, needs: vec![role.clone()] });
    }
    let everybody = context.everybody([role].into_iter());
    if asked.answered_by().is_some_and(|by| everybody.contains(by)) {
        let (person, role) = (person.clone(), role.clone());
        return Err(Refusal::NotIndependent { person, role, of: Independence::Requester });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::assess::Clock;
    use crate::change_request::{About, ChangeRequest, ChangesCommand};
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;
    use crate::release::Command;

    fn asked() -> World {
        submitted(High).having("chen", ask_changes("product_lead"))
    }

    fn answered() -> World {
        asked().having("rivera", answer_changes(1, &["e1"]))
    }

    ///
    #[test]
    fn a_change_request_shows_in_the_state_and_approvals_wait_for_it() {
        let world = asked();
        assert_eq!(world.report().state, "changes_requested");
        assert_eq!(world.denied_by(), ["release.changes_requested"]);
        assert_eq!(world.blocked_by()[0], "changes.requested");
        let early = world.when("osei", approve_as("ai_governance_committee"));
        early.refused_as("gate.closed");
        let world = answered();
        assert_eq!(world.report().state, "in_review");
        assert_eq!(world.blocked_by()[0], "changes.answered");
        world.clone().when("chen", approve_as("product_lead")).refused_as("gate.closed");
        world.having("chen", accept_changes(1)).approved();
    }

    ///
    #[test]
    fn a_reviewer_insists_and_the_answer_comes_back_into_the_same_release() {
        let world = answered().having("chen", insist_on_changes(1));
        assert_eq!(world.report().state, "changes_requested");
        world.clone().when("chen", insist_on_changes(1)).refused_as("nothing_to_do");
        let world = world.having("rivera", attach(evaluation("2.0")));
        let world = world.having("rivera", answer_changes(1, &["e6"]));
        world.clone().when("rivera", answer_changes(1, &[])).refused_as("nothing_to_do");
        let world = world.having("chen", accept_changes(1));
        world.clone().when("chen", accept_changes(1)).refused_as("nothing_to_do");
        assert_eq!(world.release().change_requests[&1].said.len(), 4);
        assert_eq!(world.release().id, Some(release("r-1")));
    }

    ///
    #[test]
    fn only_a_reviewer_asks_and_only_in_review() {
        for (person, role) in
            [("root", "administrator"), ("eriksen", "data_governance"), ("weiss", "legal")]
        {
            submitted(High).when(person, ask_changes(role)).refused_as("actor.not_permitted");
        }
        submitted(High)
            .when("weiss", ask_changes("product_lead"))
            .refused_as("actor.not_permitted");
        let machine = machine(crate::actor::Scope::ALL);
        submitted(High).when(machine, ask_changes("product_lead")).refused_as("actor.people_only");
        submitted(Low)
            .when("rivera", ask_changes("model_owner"))
            .refused_as("approval.not_independent");
        for world in [prepared(High), approved(High)] {
            world.when("chen", ask_changes("product_lead")).refused_as("release.wrong_state");
        }
        on_the_runbook(Low).having("park", ask_changes("application_security"));
    }

    ///
    #[test]
    fn whoever_prepares_answers_and_somebody_of_the_asker_s_role_judges() {
        asked().when("chen", answer_changes(1, &[])).refused_as("actor.not_permitted");
        asked().when("rivera", answer_changes(2, &[])).refused_as("not_found");
        asked().when("rivera", answer_changes(1, &["e99"])).refused_as("not_found");
        answered().when("rivera", accept_changes(1)).refused_as("actor.not_permitted");
        answered().when("osei", insist_on_changes(1)).refused_as("actor.not_permitted");
        let also = |person: &str| {
            crate::register::RegisterEvent::granted(id(person), role("product_lead"))
        };
        answered().and(also("weiss")).having("weiss", accept_changes(1));
        let own = answered().and(also("rivera")).when("rivera", accept_changes(1));
        own.refused_as("approval.not_independent");
    }

    ///
    #[test]
    fn a_request_made_by_mistake_is_taken_back() {
        let world = asked().having("chen", accept_changes(1));
        assert_eq!(world.report().state, "in_review");
        world.approved();
    }

    #[test]
    fn a_change_request_is_about_something_there_is() {
        let about = |about: &str| {
            let about = about.parse::<About>().unwrap();
            let (role, text) = (role("product_lead"), text("test in Spanish"));
            let request = ChangeRequest { role, text, about: Some(about) };
            Command::Changes(ChangesCommand::Request(request))
        };
        for known in ["item bias_results", "criterion hallucination_rate"] {
            submitted(High).having("chen", about(known));
        }
        for unknown in ["item colour", "step paint", "criterion beauty"] {
            submitted(High).when("chen", about(unknown)).refused_as("not_found");
        }
        for wrong in ["item", "release r-1", "item A b"] {
            assert!(wrong.parse::<About>().is_err(), "{wrong}");
        }
    }

    /// R-100, I-06
    #[test]
    fn a_change_request_lapses_the_approvals_before_it() {
        let world = submitted(High).having("osei", approve_as("ai_governance_committee"));
        let outcome = world.when("chen", ask_changes("product_lead"));
        let world = outcome.then_words(&["changes_requested", "approvals_lapsed"]);
        assert!(world.release().approvals[0].lapsed);
    }

    fn clock(world: &World) -> Clock {
        world.report().steps[0].clock.clone().expect("a clock")
    }

    ///
    #[test]
    fn clocks_stand_still_while_the_release_waits_for_its_answer() {
        let world = on_the_runbook(Low);
        let before = clock(&world);
        assert!(!before.paused);
        let hours = before.due.duration_since(world.now).as_hours();
        let world = world.having("park", ask_changes("application_security")).later(hours + 24);
        let paused = clock(&world);
        assert!(paused.paused && !paused.overdue);
        let tasks = crate::project::tasks(world.release());
        let step = tasks.iter().find(|task| task.task == "step/confirm-scope").unwrap();
        assert_eq!(step.due, None, "a clock that stands still has no due time");
        let world = world.having("rivera", answer_changes(1, &[]));
        let running = clock(&world);
        assert!(!running.paused && !running.overdue);
        assert!(running.due > before.due && running.due > world.now);
        let world = world.having("park", accept_changes(1));
        assert_eq!(clock(&world), running, "taking the answer changes no clock");
        assert!(clock(&world.later(30 * 24)).overdue);
    }

    ///
    #[test]
    fn two_requests_at_once_stop_a_clock_once() {
        let world = on_the_runbook(Low)
            .having("park", ask_changes("application_security"))
            .later(24)
            .having("dufour", ask_changes("ml_platform_lead"))
            .later(24)
            .having("rivera", answer_changes(1, &[]))
            .later(24)
            .having("rivera", answer_changes(2, &[]))
            .later(24);
        let requests = world.release().change_requests.values();
        let stood = crate::change_request::stood_still(requests, (monday(), world.now));
        assert_eq!(stood.as_hours(), 72);
    }

    ///
    #[test]
    fn a_change_request_is_a_task_of_whoever_prepares_and_then_of_the_role() {
        let keys = |world: &World| -> Vec<String> {
            let tasks = crate::project::tasks(world.release()).into_iter();
            tasks.map(|task| task.task).filter(|key| key.starts_with("change")).collect()
        };
        assert_eq!(keys(&asked()), ["change_request/1/rivera"]);
        assert_eq!(keys(&answered()), ["change_request/1/judge"]);
        let states = |world: &World| crate::project::entries(world.release())[0].state.clone();
        assert_eq!([states(&asked()), states(&answered())], ["open", "answered"]);
        assert_eq!(states(&answered().having("chen", accept_changes(1))), "settled");
    }
}
