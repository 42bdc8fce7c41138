//! Reporting, closing and sending back conditions, and what the clock records about promises.

use super::{Attached, Context, Release, ReleaseEvent, Target};
use crate::actor::Who;
use crate::condition::{ConditionCommand, ConditionEvent, OpenCondition};
use crate::exception::{Course, ExceptionCommand};
use crate::name::{EvidenceId, RoleName};
use crate::refusal::Refusal;
use crate::release::Command;
use crate::text::Text;
use jiff::Timestamp;
use std::collections::BTreeSet;

impl Release {
    /// The evidence that is judged: what shows that a condition was met comes after the decision
    /// and is judged by whoever set the condition.
    pub fn judged_evidence(&self) -> impl Iterator<Item = (&EvidenceId, &Attached)> {
        let judged = |one: &Attached| !matches!(one.evidence.target, Target::Condition(_));
        self.standing_evidence().filter(move |(_, attached)| judged(attached))
    }
}

pub(super) fn decide(
    release: &Release,
    command: ConditionCommand,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = command.action();
    match command {
        ConditionCommand::Report { number, statement, evidence } => {
            report(release, number, (statement, evidence), context)
        }
        ConditionCommand::Accept { number, statement } => {
            judge(release, number, action, context)?;
            Ok(vec![ReleaseEvent::ConditionClosed { number, done: statement }])
        }
        ConditionCommand::SendBack { number, reason } => {
            judge(release, number, action, context)?;
            Ok(vec![ReleaseEvent::Condition(ConditionEvent::SentBack { number, reason })])
        }
        ConditionCommand::Remind { number } => {
            let open = by_the_clock(release, number, action, context)?;
            if open.reminded.is_some() || context.now < open.remind_at {
                return Err(Refusal::NothingToDo { what: "no reminder of the condition is due" });
            }
            let event = ConditionEvent::Reminded { number, due: open.due };
            Ok(vec![ReleaseEvent::Condition(event)])
        }
        ConditionCommand::Notice { number } => {
            let open = by_the_clock(release, number, action, context)?;
            if open.noticed.is_some() || !open.is_overdue(context.now) {
                return Err(Refusal::NothingToDo { what: "no notice of the condition is due" });
            }
            let event = ConditionEvent::Overdue { number, due: open.due };
            Ok(vec![ReleaseEvent::Condition(event)])
        }
        ConditionCommand::Lapse { number } => {
            let open = by_the_clock(release, number, action, context)?;
            if open.lapsed.is_some() || !open.denies(context.now) {
                return Err(Refusal::NothingToDo { what: "the condition does not deny yet" });
            }
            let event = ConditionEvent::Lapsed { number, since: open.denies_after };
            Ok(vec![ReleaseEvent::Condition(event)])
        }
    }
}

/// What the clock has to record about a release now: reminders, notices, ends of grace and of
/// exceptions, each once. What ends does so without a record; with one it stays ended, whatever a
/// clock says later.
pub fn due_commands(release: &Release, now: Timestamp) -> Vec<Command> {
    let mut commands = Vec::new();
    for (number, open) in release.conditions.iter().filter(|(_, open)| open.closed.is_none()) {
        let number = *number;
        if open.noticed.is_none() && open.is_overdue(now) {
            commands.push(Command::Condition(ConditionCommand::Notice { number }));
        } else if open.reminded.is_none() && open.noticed.is_none() && now >= open.remind_at {
            commands.push(Command::Condition(ConditionCommand::Remind { number }));
        }
        if open.lapsed.is_none() && open.denies(now) {
            commands.push(Command::Condition(ConditionCommand::Lapse { number }));
        }
    }
    let granted = release.exceptions.iter().filter(|(_, one)| one.course == Course::Granted);
    let ended = granted.filter(|(_, one)| !one.holds(now));
    let expire = |number: u32| Command::Exception(ExceptionCommand::Expire { number });
    commands.extend(ended.map(|(number, _)| expire(*number)));
    commands
}

fn open_one(release: &Release, number: u32) -> Result<&OpenCondition, Refusal> {
    let missing = || Refusal::NotFound { what: "condition", name: number.to_string() };
    let open = release.conditions.get(&number).ok_or_else(missing)?;
    match open.closed {
        Some(_) => Err(Refusal::NothingToDo { what: "the condition is closed already" }),
        None => Ok(open),
    }
}

fn by_the_clock<'r>(
    release: &'r Release,
    number: u32,
    action: &'static str,
    context: &Context<'_>,
) -> Result<&'r OpenCondition, Refusal> {
    if context.actor.who != Who::System {
        return Err(Refusal::NotPermitted { action, needs: Vec::new() });
    }
    open_one(release, number)
}

/// The owner of a condition answers for it, and the owner of the model for the release: else a
/// promise of somebody who left could never be kept.
pub(super) fn answers_for(
    release: &Release,
    number: u32,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let open = open_one(release, number)?;
    if context.actor.is(&open.condition.owner) || context.is_owner() {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: vec![RoleName::model_owner()] })
}

fn report(
    release: &Release,
    number: u32,
    (statement, evidence): (Text, BTreeSet<EvidenceId>),
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "report a condition met";
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    answers_for(release, number, action, context)?;
    standing(release, &evidence)?;
    let event = ConditionEvent::Reported { number, statement, evidence };
    Ok(vec![ReleaseEvent::Condition(event)])
}

/// Evidence that is named has to be there and count.
pub(super) fn standing(release: &Release, named: &BTreeSet<EvidenceId>) -> Result<(), Refusal> {
    let counts = |id: &EvidenceId| release.evidence.get(id).is_some_and(|one| !one.withdrawn);
    match named.iter().find(|id| !counts(id)) {
        None => Ok(()),
        Some(id) => Err(Refusal::NotFound { what: "evidence", name: id.to_string() }),
    }
}

/// A report is judged by a holder of the role whose approval set the condition, never by whoever
/// promised it or reported it.
fn judge(
    release: &Release,
    number: u32,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let open = open_one(release, number)?;
    context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let needs = vec![open.set_by.clone()];
    if !context.acts_as(&open.set_by) {
        return Err(Refusal::NotPermitted { action, needs });
    }
    let everybody = context.everybody([&open.set_by].into_iter());
    if everybody.contains(&open.condition.owner) {
        let action = "judge a condition you promised to meet yourself";
        return Err(Refusal::NotPermitted { action, needs });
    }
    match &open.report {
        None => Err(Refusal::NothingToDo { what: "nobody has reported the condition met" }),
        Some(report) if everybody.contains(&report.by) => {
            let action = "judge a condition you reported met yourself";
            Err(Refusal::NotPermitted { action, needs })
        }
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::blocker::Lifter;
    use crate::classification::RiskTier::{self, High, Low};
    use crate::given::*;
    use crate::release::{ReleaseEvent, due_commands};

    /// Chen's approval holds on condition of an audit by Rivera, due on Wednesday 10 June.
    fn conditional(tier: RiskTier) -> World {
        let world = submitted(tier);
        match tier {
            RiskTier::Low => world.having("rivera", approve_if("model_owner", "iyer")),
            RiskTier::Medium | RiskTier::High | RiskTier::Critical => {
                world.having("chen", approve_if("product_lead", "rivera")).approved()
            }
        }
    }

    fn reported() -> World {
        conditional(High).having("rivera", report_condition(1, &[]))
    }

    ///
    #[test]
    fn an_overdue_condition_denies_after_its_days_of_grace_until_it_is_closed() {
        let grace = at("2026-06-11T15:00:00Z");
        let world = conditional(High).on(grace);
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        assert_eq!(world.verdict().valid_until, Some(grace));
        let world = world.later(1);
        assert_eq!(world.denied_by(), ["condition.overdue"]);
        assert_eq!(world.blocked_by(), ["condition.overdue"]);
        let (roles, people) = (vec![role("product_lead")], vec![id("rivera")]);
        assert_eq!(world.report().blockers[0].lifted_by, Lifter { roles, people });
        world.clone().when("rivera", deploy_to(production())).refused_as("deployment.denied");
        let world = world.having("rivera", report_condition(1, &[]));
        assert_eq!(world.denied_by(), ["condition.overdue"]);
        let done = text("the audit is what was asked for");
        let event = ReleaseEvent::ConditionClosed { number: 1, done };
        let world = world.when("chen", accept_condition(1)).then([event]);
        assert_eq!(world.blocked_by(), [] as [&str; 0]);
        assert_eq!(world.denied_by(), [] as [&str; 0]);
    }

    ///
    #[test]
    fn without_days_of_grace_a_condition_bites_when_it_is_due() {
        let world = given(Low)
            .policy_where(|policy| policy.settings.conditions.grace_days = 0)
            .requested(request(crate::classification::ChangeType::NewModel, Low))
            .prepared()
            .submitted()
            .having("rivera", approve_if("model_owner", "iyer"));
        let world = world.on(promised());
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        assert_eq!(world.later(1).denied_by(), ["condition.overdue"]);
    }

    ///
    #[test]
    fn a_condition_within_business_days_is_counted_from_the_decision() {
        // Thursday 14 May is a holiday.
        let world =
            submitted(Low).having("rivera", approve_with("model_owner", "iyer", "4 business days"));
        assert_eq!(world.release().conditions[&1].due, at("2026-05-18T15:00:00Z"));
        let world =
            submitted(Low).having("rivera", approve_with("model_owner", "iyer", "48 hours"));
        assert_eq!(world.release().conditions[&1].due, at("2026-05-13T07:00:00Z"));
    }

    ///
    #[test]
    fn a_condition_is_closed_in_the_role_that_set_it_and_only_once() {
        for person in ["moreau", "eriksen", "root"] {
            reported().when(person, accept_condition(1)).refused_as("actor.not_permitted");
            reported().when(person, send_back_condition(1)).refused_as("actor.not_permitted");
        }
        reported().when("chen", accept_condition(2)).refused_as("not_found");
        let world = reported().having("chen", accept_condition(1));
        world.clone().when("chen", accept_condition(1)).refused_as("nothing_to_do");
        world.when("rivera", report_condition(1, &[])).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn a_condition_nobody_reported_is_not_closed() {
        conditional(High).when("chen", accept_condition(1)).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn nobody_closes_a_condition_he_promised_or_reported_himself() {
        let world = submitted(Low).having("rivera", approve_if("model_owner", "rivera"));
        let world = world.having("rivera", report_condition(1, &[]));
        let refusal = world.when("rivera", accept_condition(1)).refused_as("actor.not_permitted");
        let said = "you may not judge a condition you promised to meet yourself";
        assert_eq!(refusal.to_string(), said);
        let world = conditional(Low).having("rivera", report_condition(1, &[]));
        let refusal = world.when("rivera", accept_condition(1)).refused_as("actor.not_permitted");
        let said = "you may not judge a condition you reported met yourself";
        assert_eq!(refusal.to_string(), said);
    }

    ///
    #[test]
    fn only_whoever_answers_for_a_condition_reports_it() {
        for person in ["chen", "santos", "root"] {
            let outcome = conditional(High).when(person, report_condition(1, &[]));
            outcome.refused_as("actor.not_permitted");
        }
        let machine = machine(crate::actor::Scope::ALL);
        conditional(High).when(machine, report_condition(1, &[])).refused_as("actor.people_only");
        conditional(Low).having("iyer", report_condition(1, &[]));
    }

    ///
    #[test]
    fn a_condition_that_is_sent_back_is_open_until_it_is_reported_again() {
        let world = reported().having("chen", send_back_condition(1));
        world.clone().when("chen", accept_condition(1)).refused_as("nothing_to_do");
        let tasks = crate::project::tasks(world.release());
        let task = tasks.iter().find(|task| task.task == "condition/1").unwrap();
        assert!(task.title.starts_with("Meet the condition that was sent back"), "{}", task.title);
        world.having("rivera", report_condition(1, &[])).having("chen", accept_condition(1));
    }

    ///
    #[test]
    fn what_shows_that_a_condition_is_met_is_attached_after_the_decision_and_judges_nothing_else() {
        let world = conditional(High);
        let before = (world.dossier(), world.report().criteria);
        let audit = for_condition(1, evaluation("9.9"));
        world.clone().when("santos", attach(audit.clone())).refused_as("actor.not_permitted");
        let two = for_condition(2, evaluation("9.9"));
        world.clone().when("rivera", attach(two)).refused_as("not_found");
        let world = world.having("rivera", attach(audit));
        assert_eq!((world.dossier(), world.report().criteria), before);
        let last = world.release().evidence.keys().max_by_key(|id| id.as_str().len()).cloned();
        let named = last.unwrap();
        world.clone().when("rivera", report_condition(1, &["e99"])).refused_as("not_found");
        let world = world.having("rivera", report_condition(1, &[named.as_str()]));
        let world = world.having("chen", accept_condition(1));
        let late = for_condition(1, evaluation("1.0"));
        world.when("rivera", attach(late)).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn a_condition_is_a_task_of_its_owner_and_then_of_the_role_that_set_it() {
        let tasks = crate::project::tasks(conditional(Low).release());
        let task = tasks.iter().find(|task| task.task == "condition/1").unwrap();
        assert_eq!((task.person.clone(), task.due), (Some(id("iyer")), Some(promised())));
        let tasks = crate::project::tasks(reported().release());
        let task = tasks.iter().find(|task| task.task == "condition/1/judge").unwrap();
        assert_eq!((task.role.clone(), task.due), (Some(role("product_lead")), Some(promised())));
        assert!(!tasks.iter().any(|task| task.task == "condition/1"));
    }

    ///
    #[test]
    fn the_clock_reminds_three_business_days_before_and_gives_notice_after_each_once() {
        let world = conditional(High);
        // Friday 5 June is three business days before Wednesday 10 June.
        let early = world.clone().on(at("2026-06-05T06:59:59Z"));
        assert_eq!(due_commands(early.release(), early.now), []);
        early.when(Acting::Countersign, remind_of_condition(1)).refused_as("nothing_to_do");
        let world = world.on(at("2026-06-05T07:00:00Z"));
        assert_eq!(due_commands(world.release(), world.now), [remind_of_condition(1)]);
        world.clone().when("rivera", remind_of_condition(1)).refused_as("actor.not_permitted");
        let world = world.having(Acting::Countersign, remind_of_condition(1));
        world.clone().when(Acting::Countersign, remind_of_condition(1)).refused_as("nothing_to_do");
        assert_eq!(due_commands(world.release(), promised()), []);
        world.clone().when(Acting::Countersign, notice(1)).refused_as("nothing_to_do");
        let world = world.on(promised()).later(1);
        assert_eq!(due_commands(world.release(), world.now), [notice(1)]);
        let world = world.having(Acting::Countersign, notice(1));
        assert_eq!(due_commands(world.release(), world.now), []);
        let tasks = crate::project::tasks(world.release());
        assert!(tasks.iter().any(|task| task.title.starts_with("Meet the overdue condition")));
        assert_eq!(world.denied_by(), [] as [&str; 0], "the day of grace is not over");
    }
}
