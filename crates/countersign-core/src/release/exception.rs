//! Asking for exceptions, accepting their risk, refusing and revoking them.
//!
//! There is no way round for an administrator: whoever accepts a risk holds the role the policy
//! names, and is somebody else.

use super::{Context, Release, ReleaseEvent, State};
use crate::actor::Who;
use crate::calendar::add_hours;
use crate::exception::{
    AskedException, Course, Exception, ExceptionCommand, ExceptionEvent, Waived,
};
use crate::field::FieldFault;
use crate::name::{PersonId, RoleName};
use crate::plan::GatePlan;
use crate::policy::{ExceptionSettings, Independence};
use crate::refusal::Refusal;
use jiff::Timestamp;
use std::collections::BTreeSet;

pub(super) fn decide(
    release: &Release,
    command: ExceptionCommand,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = command.action();
    let events = match command {
        ExceptionCommand::Request(exception) => request(release, exception, context)?,
        ExceptionCommand::Accept { number, role, statement } => {
            let asked = waiting(release, number)?;
            risk_taker((release, asked), &role, action, context)?;
            if asked.exception.until <= context.now {
                return Err(Refusal::WrongOrder { what: "the exception would have ended already" });
            }
            let mut roles: Vec<&RoleName> = asked.accepted.keys().collect();
            roles.push(&role);
            let whole = asked.accepted_by.iter().all(|one| roles.contains(&one));
            let granted = whole.then_some(ExceptionEvent::Granted { number });
            let also = also(&role, context);
            let accepted = ExceptionEvent::RiskAccepted { number, role, statement, also };
            std::iter::once(accepted).chain(granted).collect()
        }
        ExceptionCommand::Refuse { number, role, reason } => {
            let asked = waiting(release, number)?;
            risk_taker((release, asked), &role, action, context)?;
            vec![ExceptionEvent::Refused { number, role, reason }]
        }
        ExceptionCommand::Revoke { number, role, reason } => {
            let asked = found(release, number)?;
            if asked.course != Course::Granted || !asked.holds(context.now) {
                return Err(Refusal::NothingToDo { what: "the exception does not hold" });
            }
            named(asked, &role, action, context)?;
            vec![ExceptionEvent::Revoked { number, role, reason }]
        }
        ExceptionCommand::Expire { number } => {
            if context.actor.who != Who::System {
                return Err(Refusal::NotPermitted { action, needs: Vec::new() });
            }
            let asked = found(release, number)?;
            if asked.course != Course::Granted || asked.holds(context.now) {
                return Err(Refusal::NothingToDo { what: "the exception did not end" });
            }
            vec![ExceptionEvent::Expired { number, until: asked.exception.until }]
        }
    };
    Ok(events.into_iter().map(ReleaseEvent::Exception).collect())
}

fn found(release: &Release, number: u32) -> Result<&AskedException, Refusal> {
    let missing = || Refusal::NotFound { what: "exception", name: number.to_string() };
    release.exceptions.get(&number).ok_or_else(missing)
}

fn waiting(release: &Release, number: u32) -> Result<&AskedException, Refusal> {
    let asked = found(release, number)?;
    still_of_use(release, "decide about an exception")?;
    match asked.course {
        Course::Requested => Ok(asked),
        Course::Granted
        | Course::Refused { .. }
        | Course::Revoked { .. }
        | Course::Expired { .. } => {
            Err(Refusal::NothingToDo { what: "the exception is decided already" })
        }
    }
}

/// An exception serves a release that is being prepared, reviewed or run.
fn still_of_use(release: &Release, action: &'static str) -> Result<(), Refusal> {
    match release.state {
        State::Draft | State::InReview | State::Approved | State::Deployed | State::Confirmed => {
            Ok(())
        }
        State::Absent
        | State::Rejected
        | State::Withdrawn
        | State::Superseded
        | State::RolledBack
        | State::Retired => {
            Err(Refusal::WrongState { state: release.state_word().to_owned(), action })
        }
    }
}

/// The owner of the model or the requester asks; the rest of the world cannot need one.
fn request(
    release: &Release,
    exception: Exception,
    context: &Context<'_>,
) -> Result<Vec<ExceptionEvent>, Refusal> {
    let action = "ask for an exception";
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    still_of_use(release, action)?;
    if !(context.is_owner() || release.requesters().contains(person)) {
        return Err(Refusal::NotPermitted { action, needs: vec![RoleName::model_owner()] });
    }
    let plan = super::prepare::plan_of(release, context)?;
    can_be_waived(&plan, &exception.waives)?;
    follows(release, &exception, context.now)?;
    if crate::assess::holds_already(release, &plan, &exception.waives, context.now) {
        return Err(Refusal::NothingToDo { what: "it holds already, and needs no exception" });
    }
    let faults = length(&plan.settings.exceptions, &exception, context);
    if !faults.is_empty() {
        return Err(Refusal::InvalidAnswers { faults });
    }
    let number = super::next_number(&release.exceptions);
    let accepted_by = plan.settings.exceptions.accepted_by.clone();
    Ok(vec![ExceptionEvent::Requested { number, exception, accepted_by }])
}

fn can_be_waived(plan: &GatePlan, what: &Waived) -> Result<(), Refusal> {
    let (known, kind, name) = match what {
        Waived::Criterion(name) => {
            (plan.criteria.iter().any(|one| &one.name == name), "criterion", name.to_string())
        }
        Waived::Item(name) => (plan.item(name).is_some(), "checklist item", name.to_string()),
    };
    if !known {
        return Err(Refusal::NotFound { what: kind, name });
    }
    let settings = &plan.settings.exceptions;
    let refused = |because| Err(Refusal::CannotBeWaived { what: what.clone(), because });
    if settings.accepted_by.is_empty() {
        return refused("the policy names nobody who could accept the risk");
    }
    if settings.never.contains(what) {
        return refused("the policy allows no exception from it");
    }
    Ok(())
}

/// One at a time; and whoever had one already asks for the next as what it is (I-20).
fn follows(release: &Release, exception: &Exception, now: Timestamp) -> Result<(), Refusal> {
    let same =
        release.exceptions.iter().filter(|(_, one)| one.exception.waives == exception.waives);
    let mut last = None;
    for (number, one) in same {
        match one.course {
            Course::Requested if one.exception.until > now => {
                return Err(Refusal::exists("request for", &exception.waives.to_string()));
            }
            Course::Granted | Course::Revoked { .. } | Course::Expired { .. } => {
                last = Some(*number);
            }
            Course::Requested | Course::Refused { .. } => {}
        }
    }
    // After the decision nothing new is waived: the release was approved as it was.
    if release.state.is_allowed() && last.is_none() {
        let action = "waive what was decided on without an exception";
        return Err(Refusal::WrongState { state: release.state_word().to_owned(), action });
    }
    if exception.extends == last {
        return Ok(());
    }
    let message = match last {
        Some(last) => format!("exception {last} waived it before: say that this one extends it"),
        None => "there is no exception it could extend".to_owned(),
    };
    let fault = FieldFault { field: "extends".into(), label: "Extends".into(), message };
    Err(Refusal::InvalidAnswers { faults: vec![fault] })
}

fn length(
    settings: &ExceptionSettings,
    exception: &Exception,
    context: &Context<'_>,
) -> Vec<FieldFault> {
    let latest = add_hours(context.now, settings.at_most_days.saturating_mul(24));
    let message = if exception.until <= context.now {
        "an exception ends in the future".to_owned()
    } else if exception.until > latest {
        format!("an exception lasts {} days at most, from now", settings.at_most_days)
    } else {
        return Vec::new();
    };
    vec![FieldFault { field: "until".into(), label: "Until".into(), message }]
}

/// Whoever holds a role the policy names, now.
fn named(
    asked: &AskedException,
    role: &RoleName,
    action: &'static str,
    context: &Context<'_>,
) -> Result<PersonId, Refusal> {
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    if !asked.accepted_by.contains(role) || !context.acts_as(role) {
        let needs = asked.accepted_by.iter().cloned().collect();
        return Err(Refusal::NotPermitted { action, needs });
    }
    Ok(person.clone())
}

/// Whoever else counts as this person: other accounts, and a holder he stands in for.
fn also(role: &RoleName, context: &Context<'_>) -> BTreeSet<PersonId> {
    let mut everybody = context.everybody([role].into_iter());
    if let Some(person) = context.actor.who.person() {
        everybody.remove(person);
    }
    everybody
}

/// Somebody else than whoever wants the release accepts its risk, and each person once.
fn risk_taker(
    (release, asked): (&Release, &AskedException),
    role: &RoleName,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let person = named(asked, role, action, context)?;
    let owner = release.plan.as_ref().map(|plan| &plan.owner);
    let everybody = context.everybody([role].into_iter());
    let is = |person: &PersonId| everybody.contains(person);
    let dependent = if is(&asked.asked_by) || release.requesters().iter().any(is) {
        Some(Independence::Requester)
    } else if context.owner().is_some_and(is) || owner.is_some_and(is) {
        Some(Independence::ModelOwner)
    } else {
        None
    };
    if let Some(of) = dependent {
        return Err(Refusal::NotIndependent { person, role: role.clone(), of });
    }
    if asked.accepted.contains_key(role) {
        return Err(Refusal::NothingToDo { what: "the risk is accepted in this role already" });
    }
    if asked.accepted.values().any(|one| is(&one.by) || one.also.iter().any(is)) {
        return Err(Refusal::AlreadyAccepted { person });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::assess::Outcome;
    use crate::classification::RiskTier::{High, Low};
    use crate::exception::Exception;
    use crate::given::*;
    use crate::refusal::Refusal;
    use crate::release::{Release, due_commands};
    use jiff::Timestamp;

    /// Submitted, with a hallucination rate above the bound.
    fn short() -> World {
        drafted(Low).having("rivera", attach(evaluation("8.1"))).prepared().submitted()
    }

    fn rate(days: i64) -> Exception {
        exception(criterion_waived("hallucination_rate"), days)
    }

    fn asked() -> World {
        short().having("rivera", ask_exception(rate(30)))
    }

    /// An exception is asked for while a run falls short, and the run is withdrawn afterwards.
    fn asked_and_mended(world: World, days: i64) -> World {
        let world = world.having("rivera", attach(evaluation("8.1")));
        let bad = format!("e{}", world.release().evidence.len());
        let world = world.having("rivera", ask_exception(rate(days)));
        world.having("rivera", withdraw_evidence(&bad))
    }

    fn granted() -> World {
        accepted(asked(), 1)
    }

    fn accepted(world: World, number: u32) -> World {
        world
            .having("abara", accept_risk(number, "ai_governance_lead"))
            .having("santos", accept_risk(number, "security"))
    }

    fn outcome(world: &World) -> Outcome {
        world.report().criteria[0].outcome
    }

    fn state(release: &Release, now: Timestamp) -> &'static str {
        release.exceptions[&1].state_word(now)
    }

    ///
    #[test]
    fn a_criterion_is_waived_by_joint_acceptance_and_shown_as_waived() {
        assert_eq!(asked().blocked_by(), ["criterion.unmet", "approval.missing"]);
        let world = asked().when("abara", accept_risk(1, "ai_governance_lead"));
        let world = world.then_words(&["exception_risk_accepted"]);
        assert_eq!(outcome(&world), Outcome::Unmet, "one of two roles is not enough");
        let world = world.when("santos", accept_risk(1, "security"));
        let world = world.then_words(&["exception_risk_accepted", "exception_granted"]);
        assert_eq!(outcome(&world), Outcome::Waived);
        assert_eq!(world.blocked_by(), ["approval.missing"]);
        let because = &world.report().criteria[0].because;
        assert!(
            because.contains("8.1 %") && because.contains("waived by exception 1"),
            "{because}"
        );
        assert_eq!(world.approved().denied_by(), [] as [&str; 0]);
    }

    ///
    #[test]
    fn a_checklist_item_is_waived_before_the_release_is_submitted() {
        let world = drafted(High).prepared().having("rivera", withdraw_evidence("e1"));
        let submit = crate::release::Command::Submit;
        world.clone().when("rivera", submit.clone()).refused_as("checklist.incomplete");
        let card = exception(item_waived("model_card"), 30);
        let world = accepted(world.having("rivera", ask_exception(card)), 1);
        let item = &world.report().items[0];
        assert_eq!(item.state, "waived");
        assert!(!item.missing.is_empty(), "what is waived is still said");
        let world = world.having("rivera", submit).approved();
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        assert_eq!(world.later(30 * 24 + 1).denied_by(), ["exception.expired"]);
    }

    ///
    #[test]
    fn nobody_accepts_the_risk_of_his_own_release() {
        for role in ["ai_governance_lead", "security"] {
            let granted = crate::register::RegisterEvent::granted(
                id("rivera"),
                super::RoleName::new(role).unwrap(),
            );
            let refused = asked().and(granted).when("rivera", accept_risk(1, role));
            refused.refused_as("approval.not_independent");
        }
    }

    ///
    #[test]
    fn one_person_with_both_roles_accepts_once() {
        let granted = crate::register::RegisterEvent::granted(id("abara"), role("security"));
        let world = asked().and(granted).having("abara", accept_risk(1, "ai_governance_lead"));
        let again = world.clone().when("abara", accept_risk(1, "security"));
        again.refused(Refusal::AlreadyAccepted { person: id("abara") });
        let twice = world.when("abara", accept_risk(1, "ai_governance_lead"));
        twice.refused_as("nothing_to_do");
    }

    /// R-156, I-03
    #[test]
    fn a_delegate_and_the_holder_he_stands_in_for_accept_once() {
        let mut world = asked();
        let lend = crate::register::NewDelegation {
            to: id("eriksen"),
            role: role("ai_governance_lead"),
            begins: None,
            ends: at("2026-05-25T07:00:00Z"),
            reason: text("on leave"),
        };
        world.keep("abara", crate::register::RegisterCommand::Delegate(lend)).unwrap();
        let also = crate::register::RegisterEvent::granted(id("abara"), role("security"));
        let world = world.and(also).having("eriksen", accept_risk(1, "ai_governance_lead"));
        let again = world.when("abara", accept_risk(1, "security"));
        again.refused(Refusal::AlreadyAccepted { person: id("abara") });
    }

    ///
    #[test]
    fn administrators_and_machines_have_no_way_round() {
        for role in ["administrator", "ai_governance_lead", "security"] {
            asked().when("root", accept_risk(1, role)).refused_as("actor.not_permitted");
        }
        for machine in [machine(crate::actor::Scope::ALL), Acting::Countersign] {
            asked()
                .when(machine.clone(), accept_risk(1, "security"))
                .refused_as("actor.people_only");
            short().when(machine, ask_exception(rate(9))).refused_as("actor.people_only");
        }
        short().when("root", ask_exception(rate(9))).refused_as("actor.not_permitted");
        short().when("santos", ask_exception(rate(9))).refused_as("actor.not_permitted");
    }

    ///
    #[test]
    fn a_policy_that_names_nobody_allows_no_exception() {
        let world = given(Low)
            .policy_where(|policy| policy.settings.exceptions = Default::default())
            .requested(request(crate::classification::ChangeType::NewModel, Low));
        let refused = world.when("rivera", ask_exception(rate(9)));
        refused.refused_as("exception.not_allowed");
    }

    ///
    #[test]
    fn what_the_policy_excepts_from_exceptions_is_never_waived() {
        let eu = crate::release::Request {
            regions: [crate::name::Region::new("eu").unwrap()].into(),
            ..request(crate::classification::ChangeType::NewModel, High)
        };
        let world = given(High).requested(eu);
        let asked = ask_exception(exception(item_waived("fria"), 9));
        let refusal = world.when("rivera", asked).refused_as("exception.not_allowed");
        assert!(refusal.to_string().contains("item fria is not waived"), "{refusal}");
        let unknown = ask_exception(exception(item_waived("no_such_item"), 9));
        short().when("rivera", unknown).refused_as("not_found");
    }

    ///
    #[test]
    fn a_draft_s_exception_counts_only_if_the_plan_s_policy_would_allow_it() {
        let world = drafted(Low).having("rivera", attach(evaluation("8.1"))).prepared();
        let world = accepted(world.having("rivera", ask_exception(rate(30))), 1);
        let stricter = |change: fn(&mut super::ExceptionSettings)| {
            let policy =
                |policy: &mut crate::policy::Policy| change(&mut policy.settings.exceptions);
            outcome(&world.clone().policy_where(policy).submitted())
        };
        assert_eq!(outcome(&world.clone().submitted()), Outcome::Waived);
        assert_eq!(stricter(|it| it.at_most_days = 29), Outcome::Unmet);
        assert_eq!(stricter(|it| it.accepted_by = roles(&["legal"])), Outcome::Unmet);
        assert_eq!(stricter(|it| it.accepted_by = roles(&[])), Outcome::Unmet);
        let never = |it: &mut super::ExceptionSettings| {
            it.never = [criterion_waived("hallucination_rate")].into();
        };
        assert_eq!(stricter(never), Outcome::Unmet);
    }

    ///
    #[test]
    fn an_exception_lasts_at_most_as_long_as_the_policy_says() {
        short().when("rivera", ask_exception(rate(91))).refused_as("answers.invalid");
        short().when("rivera", ask_exception(rate(0))).refused_as("answers.invalid");
        short().having("rivera", ask_exception(rate(90)));
    }

    ///
    #[test]
    fn a_request_that_would_have_ended_is_not_accepted_any_more() {
        let late = asked().later(30 * 24);
        let refused = late.when("abara", accept_risk(1, "ai_governance_lead"));
        refused.refused_as("time.wrong_order");
    }

    /// I-11, R-156
    #[test]
    fn an_exception_ends_in_review_for_every_reader() {
        let world = granted().later(30 * 24);
        assert_eq!(
            (outcome(&world), state(world.release(), world.now)),
            (Outcome::Waived, "granted")
        );
        let world = world.later(1);
        assert_eq!(
            (outcome(&world), state(world.release(), world.now)),
            (Outcome::Unmet, "expired")
        );
        world.when("rivera", approve_as("model_owner")).refused_as("gate.closed");
    }

    /// I-11, R-156
    #[test]
    fn a_release_that_relies_on_an_exception_is_denied_when_it_ends() {
        let world = granted().approved().having("rivera", deploy_to(production())).later(30 * 24);
        let end = rate(30).until;
        assert_eq!(world.verdict().valid_until, Some(end));
        let world = world.later(1);
        assert_eq!(world.denied_by(), ["exception.expired"]);
        assert_eq!(world.blocked_by(), ["exception.expired"]);
        let row = crate::project::entries(world.release()).remove(0);
        assert_eq!((row.state.as_str(), row.closed_at), ("granted", None));
        let row = row.as_of(world.now);
        assert_eq!((row.state.as_str(), row.closed_at), ("expired", Some(end)));
        assert_eq!(due_commands(world.release(), world.now), [expire_exception(1)]);
        world.clone().when("rivera", expire_exception(1)).refused_as("actor.not_permitted");
        let world = world.having(Acting::Countersign, expire_exception(1));
        assert_eq!(world.denied_by(), ["exception.expired"]);
        assert_eq!(crate::project::entries(world.release())[0].state, "expired");
        let again = world.clone().when(Acting::Countersign, expire_exception(1));
        again.refused_as("nothing_to_do");
        let back = world.on(monday() + jiff::SignedDuration::from_hours(24));
        assert_eq!(back.denied_by(), ["exception.expired"], "a clock set back revives nothing");
        assert_eq!(back.blocked_by(), ["exception.expired"]);
        granted().when(Acting::Countersign, expire_exception(1)).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn what_holds_already_is_not_waived() {
        for world in [submitted(Low), prepared(Low)] {
            let refused = world.clone().when("rivera", ask_exception(rate(5)));
            let refusal = refused.refused_as("nothing_to_do");
            assert_eq!(refusal.to_string(), "it holds already, and needs no exception");
            let item = exception(item_waived("monitoring"), 5);
            world.when("rivera", ask_exception(item)).refused_as("nothing_to_do");
        }
        drafted(Low).having("rivera", ask_exception(exception(item_waived("monitoring"), 5)));
    }

    ///
    #[test]
    fn an_exception_nothing_relies_on_ends_without_consequence() {
        let world = accepted(asked_and_mended(submitted(Low), 5), 1);
        assert_eq!(outcome(&world), Outcome::Met, "what holds is not shown as waived");
        assert_eq!(world.approved().later(6 * 24).denied_by(), [] as [&str; 0]);
    }

    /// I-20
    #[test]
    fn an_extension_is_a_new_decision() {
        let world = granted().approved().later(29 * 24);
        let again = Exception { until: rate(60).until, ..rate(60) };
        let unnamed = world.clone().when("rivera", ask_exception(again.clone()));
        unnamed.refused_as("answers.invalid");
        let next = Exception { extends: Some(1), ..again };
        let world = world.having("rivera", ask_exception(next.clone()));
        assert_eq!(world.clone().later(2 * 24).denied_by(), ["exception.expired"]);
        let world = accepted(world, 2);
        assert_eq!(world.clone().later(2 * 24).denied_by(), [] as [&str; 0]);
        assert_eq!(world.later(32 * 24).denied_by(), ["exception.expired"]);
        // Also when it has ended already, and never for longer than the policy allows at once.
        let ended = granted().approved().later(31 * 24);
        let long = Exception { until: rate(122).until, ..next.clone() };
        ended.clone().when("rivera", ask_exception(long)).refused_as("answers.invalid");
        let ended = accepted(ended.having("rivera", ask_exception(next)), 2);
        assert_eq!(ended.denied_by(), [] as [&str; 0]);
    }

    /// I-20
    #[test]
    fn nothing_new_is_waived_after_the_decision() {
        let world = approved(Low);
        world.when("rivera", ask_exception(rate(9))).refused_as("release.wrong_state");
        let none = Exception { extends: Some(1), ..rate(9) };
        short().when("rivera", ask_exception(none)).refused_as("answers.invalid");
        asked().when("rivera", ask_exception(rate(9))).refused_as("already_exists");
    }

    /// R-156, I-06
    #[test]
    fn an_exception_given_after_an_approval_lapses_it() {
        let world =
            drafted(High).having("rivera", attach(evaluation("3.1"))).prepared().submitted();
        let world = asked_and_mended(world, 9).having("chen", approve_as("product_lead"));
        assert!(world.release().approvals.iter().all(|given| !given.lapsed));
        let world = world.having("abara", accept_risk(1, "ai_governance_lead"));
        let world = world.when("santos", accept_risk(1, "security")).then_words(&[
            "exception_risk_accepted",
            "exception_granted",
            "approvals_lapsed",
        ]);
        assert!(world.release().approvals[0].lapsed);
    }

    /// R-156, I-06
    #[test]
    fn an_exception_granted_after_the_decision_changes_nothing_of_what_was_decided_on() {
        let item = exception(item_waived("monitoring"), 30);
        let world = drafted(Low).having("rivera", ask_exception(item)).prepared().submitted();
        let world = world.having("abara", accept_risk(1, "ai_governance_lead")).approved();
        let decided_on = world.release().decision.as_ref().unwrap().dossier;
        // In the same moment, and by a clock that was set back.
        for hours in [0, -1] {
            let later = world.clone().later(hours).having("santos", accept_risk(1, "security"));
            assert_eq!(state(later.release(), later.now), "granted");
            assert_eq!(later.dossier(), decided_on);
        }
        // What was decided on stays part of it when it ends, whatever the clock says.
        let world = granted().approved();
        let decided_on = world.release().decision.as_ref().unwrap().dossier;
        for hours in [0, -1] {
            let revoked =
                world.clone().later(hours).having("santos", revoke_exception(1, "security"));
            assert_eq!(revoked.dossier(), decided_on);
        }
    }

    ///
    #[test]
    fn a_refused_exception_waives_nothing_and_can_be_asked_for_again() {
        let world = asked().having("abara", accept_risk(1, "ai_governance_lead"));
        world
            .clone()
            .when("rivera", refuse_exception(1, "security"))
            .refused_as("actor.not_permitted");
        let world = world.having("santos", refuse_exception(1, "security"));
        assert_eq!(outcome(&world), Outcome::Unmet);
        world.clone().when("santos", accept_risk(1, "security")).refused_as("nothing_to_do");
        world.having("rivera", ask_exception(rate(9)));
    }

    /// R-156, I-11
    #[test]
    fn a_revoked_exception_ends_at_once() {
        let world = granted().approved();
        world
            .clone()
            .when("rivera", revoke_exception(1, "security"))
            .refused_as("actor.not_permitted");
        let world = world.having("santos", revoke_exception(1, "security"));
        assert_eq!(world.denied_by(), ["exception.expired"]);
        assert_eq!(state(world.release(), world.now), "revoked");
        world.when("santos", revoke_exception(1, "security")).refused_as("nothing_to_do");
        asked().when("santos", revoke_exception(1, "security")).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn exceptions_are_tasks_of_the_roles_that_accept_and_then_of_the_owner_until_they_end() {
        let keys = |world: &World| -> Vec<String> {
            let tasks = crate::project::tasks(world.release()).into_iter();
            tasks.map(|task| task.task).filter(|key| key.starts_with("exception")).collect()
        };
        assert_eq!(keys(&asked()), ["exception/1/ai_governance_lead", "exception/1/security"]);
        assert_eq!(keys(&granted()), [] as [&str; 0]);
        let world = granted().approved();
        let tasks = crate::project::tasks(world.release());
        let task = tasks.iter().find(|task| task.task == "exception/1").unwrap();
        assert_eq!((task.person.clone(), task.due), (Some(id("rivera")), Some(rate(30).until)));
    }
}
