//! Which reminders and escalations are to be told at a moment, worked out from tasks and time.

use super::{Addressee, Notice, NoticeKind};
use crate::assess;
use crate::calendar::BusinessCalendar;
use crate::name::{EnvironmentName, RoleName, StepName};
use crate::plan::PlannedStep;
use crate::policy::NoticeSettings;
use crate::project::tasks;
use crate::release::Release;
use crate::rows::TaskRow;
use crate::sla::Sla;
use crate::stream::StreamId;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// What a policy says that reminders and escalations are worked out by.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'r> {
    /// When people are reminded, and who hears second.
    pub settings: &'r NoticeSettings,
    /// Who hears first where nothing names anybody; `None`: nobody.
    pub escalate_to: Option<&'r RoleName>,
    /// On which business days are counted; without one nobody hears second.
    pub calendar: Option<&'r BusinessCalendar>,
}

/// How one task is told about.
struct Course {
    /// Since when it can be done, where that is known.
    since: Option<Timestamp>,
    /// How long before it is due its reminder comes.
    hours_before: u32,
    /// When its reminder comes, where something else says so.
    remind_at: Option<Timestamp>,
    /// Who hears first when it is late.
    escalate_to: Option<RoleName>,
}

impl Course {
    fn usual(rules: &Rules<'_>) -> Self {
        Self {
            since: None,
            hours_before: rules.settings.remind_hours,
            remind_at: None,
            escalate_to: rules.escalate_to.cloned(),
        }
    }
}

/// What is to be told about a release at this moment. A release follows the policy it was planned
/// by; one without a plan follows `in_force`.
pub fn due_of_release(release: &Release, in_force: &Rules<'_>, now: Timestamp) -> Vec<Notice> {
    let plan = release.plan.as_ref();
    let rules = release.settings().map_or(*in_force, |settings| Rules {
        settings: &settings.notices,
        escalate_to: Some(&settings.escalate_to),
        calendar: plan.map(|plan| &plan.calendar).or(in_force.calendar),
    });
    let tasks = tasks(release);
    let timed = tasks.iter().filter(|task| task.due.is_some());
    let told = timed.flat_map(|task| told(task, &course(release, task, &rules), &rules, now));
    let owner = release.owner().cloned().map(Addressee::Person);
    // Nobody holds the role of the owner in the register: it is the model's own owner.
    let to_owner = |to: Addressee| match (&to, &owner) {
        (Addressee::Role(role), Some(owner)) if role.is_model_owner() => owner.clone(),
        (Addressee::Role(_) | Addressee::Person(_), _) => to,
    };
    once(told.map(|notice| Notice { to: to_owner(notice.to.clone()), ..notice }))
}

/// What is to be told at this moment about tasks of any other history.
///
/// Who is late for a session of the committee is seen there: nobody else hears of it.
pub fn due_of_tasks(tasks: &[TaskRow], rules: &Rules<'_>, now: Timestamp) -> Vec<Notice> {
    let all = tasks.iter().flat_map(|task| {
        let usual = Course::usual(rules);
        let course = match task.subject {
            StreamId::Meeting(_) if task.task != "open" => None,
            StreamId::Meeting(_) => Some(Course { escalate_to: None, ..usual }),
            StreamId::Release(_)
            | StreamId::Model(_)
            | StreamId::Incident(_)
            | StreamId::Risk(_)
            | StreamId::Sandbox(_)
            | StreamId::Register => Some(usual),
        };
        course.map(|course| told(task, &course, rules, now)).unwrap_or_default()
    });
    once(all)
}

/// Several people may be late with one thing: whoever hears of it hears once.
fn once(all: impl Iterator<Item = Notice>) -> Vec<Notice> {
    let keyed = all.map(|notice| (notice.key(), notice));
    keyed.collect::<BTreeMap<_, _>>().into_values().collect()
}

fn course(release: &Release, task: &TaskRow, rules: &Rules<'_>) -> Course {
    let usual = Course::usual(rules);
    let (kind, rest) = task.task.split_once('/').unwrap_or((&task.task, ""));
    match kind {
        "step" => step(release, |one| one.step.name.as_str() == rest, usual),
        "approval" => {
            let rule = matter(&task.task).rsplit('/').next().and_then(|rule| rule.parse().ok());
            step(release, |one| rule.is_some() && one.rule == rule, usual)
        }
        "confirm" => {
            let place = EnvironmentName::new(rest).ok();
            let deployed = place.and_then(|place| release.deployments.get(&place));
            let since = deployed.map(|deployed| deployed.deployment.at);
            Course { since, hours_before: rules.settings.confirmation_hours, ..usual }
        }
        "condition" => {
            let number = rest.split('/').next().and_then(|number| number.parse::<u32>().ok());
            let open = number.and_then(|number| release.conditions.get(&number));
            Course { remind_at: open.map(|open| open.remind_at), ..usual }
        }
        "papers" => {
            let papers = release.owed_papers().map(|(_, papers)| papers.remind_at);
            Course { remind_at: papers, ..usual }
        }
        "authority" => {
            let since = release.on_authority().map(|emergency| emergency.claimed_at);
            Course { since, ..usual }
        }
        _any_other => usual,
    }
}

/// A step of the runbook: its own clock, and its own path.
fn step(release: &Release, is: impl Fn(&&PlannedStep) -> bool, usual: Course) -> Course {
    let Some(planned) = release.plan.iter().flat_map(|plan| &plan.steps).find(is) else {
        return usual;
    };
    let since = began(release, &planned.step.name);
    Course { since, escalate_to: Some(planned.escalate_to.clone()), ..usual }
}

fn began(release: &Release, name: &StepName) -> Option<Timestamp> {
    // When a clock started does not depend on what time it is.
    let report = assess::assess(release, None, Timestamp::MIN)?;
    let status = report.steps.into_iter().find(|step| &step.step == name)?;
    status.clock.map(|clock| clock.since)
}

/// What of one task is to be told at this moment.
fn told(task: &TaskRow, course: &Course, rules: &Rules<'_>, now: Timestamp) -> Vec<Notice> {
    let (Some(due), Some(to)) = (task.due, Addressee::of(task)) else { return Vec::new() };
    let notice = |kind, level, task: &TaskRow, to| Notice {
        subject: task.subject.clone(),
        task: task.task.clone(),
        kind,
        level,
        round: due.to_string(),
        title: task.title.clone(),
        to,
        due: Some(due),
    };
    let mut told = Vec::new();
    if now >= course.remind_at.unwrap_or_else(|| remind_at(due, course)) {
        told.push(notice(NoticeKind::Reminder, 0, task, to));
    }
    if task.task == "papers/escalated" {
        // That task is the escalation: its own people are reminded of it.
        return told;
    }
    let late = TaskRow { task: matter(&task.task).to_owned(), ..task.clone() };
    if let Some(role) = course.escalate_to.clone().filter(|_| now > due) {
        told.push(notice(NoticeKind::Escalation, 1, &late, Addressee::Role(role)));
    }
    let again = rules.settings.again.as_ref().zip(rules.calendar);
    let again = again.filter(|(again, calendar)| {
        course.escalate_to.is_some()
            && now > calendar.deadline(due, Sla::BusinessDays(again.after_days))
    });
    if let Some((again, _)) = again {
        let to = Addressee::Role(again.to.clone());
        told.push(notice(NoticeKind::Escalation, 2, &late, to));
    }
    told
}

/// So long before it is due, but never in the first half of the time there is: a step that may
/// take an hour is not reminded of at once.
fn remind_at(due: Timestamp, course: &Course) -> Timestamp {
    let before = SignedDuration::from_hours(i64::from(course.hours_before));
    let before = due.checked_sub(before).unwrap_or(due);
    let halfway =
        course.since.and_then(|since| since.checked_add(due.duration_since(since) / 2).ok());
    halfway.map_or(before, |halfway| before.max(halfway))
}

/// The part of a task's key that several people share: `approval/0/p-1` is about `approval/0`.
fn matter(task: &str) -> &str {
    match task.strip_prefix("approval/").and_then(|rest| rest.find('/')) {
        Some(end) => &task[.."approval/".len() + end],
        None => task,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;
    use crate::policy::EscalateAgain;

    fn second_level() -> NoticeSettings {
        let again = EscalateAgain { to: role("ai_governance_committee"), after_days: 1 };
        NoticeSettings { again: Some(again), ..NoticeSettings::default() }
    }

    #[track_caller]
    fn told(world: &World) -> Vec<(String, u32, Addressee)> {
        let settings = NoticeSettings::default();
        let rules = Rules { settings: &settings, escalate_to: None, calendar: None };
        let due = due_of_release(world.release(), &rules, world.now);
        let words =
            due.into_iter().map(|one| (format!("{} {}", one.kind, one.task), one.level, one.to));
        words.collect()
    }

    fn person(name: &str) -> Addressee {
        Addressee::Person(id(name))
    }

    fn holders(name: &str) -> Addressee {
        Addressee::Role(role(name))
    }

    fn twice_escalated() -> World {
        let world = given(Low).policy_where(|policy| policy.settings.notices = second_level());
        let asked = with_runbook(request(crate::classification::ChangeType::NewModel, Low));
        world.requested(asked).prepared().submitted()
    }

    ///
    #[test]
    fn a_step_is_reminded_of_escalated_when_it_is_late_and_once_more_a_business_day_later() {
        let world = twice_escalated();
        // Due on Tuesday 12 May at 17:00 in Berlin.
        let due = at("2026-05-12T15:00:00Z");
        let reminder = ("reminder step/confirm-scope".to_owned(), 0, holders("ml_platform_lead"));
        let first = ("escalation step/confirm-scope".to_owned(), 1, holders("ai_governance_lead"));
        let second =
            ("escalation step/confirm-scope".to_owned(), 2, holders("ai_governance_committee"));
        assert_eq!(told(&world.clone().on(at("2026-05-11T22:59:59Z"))), []);
        assert_eq!(told(&world.clone().on(at("2026-05-11T23:00:00Z"))), vec![reminder.clone()]);
        assert_eq!(told(&world.clone().on(due)), vec![reminder.clone()]);
        let late = [first.clone(), reminder.clone()];
        assert_eq!(told(&world.clone().on(at("2026-05-12T15:00:01Z"))), late);
        assert_eq!(told(&world.clone().on(at("2026-05-13T15:00:00Z"))), late);
        let all = [first, second, reminder];
        assert_eq!(told(&world.clone().on(at("2026-05-13T15:00:01Z"))), all);
        let done = world.on(due).having("dufour", do_step("confirm-scope"));
        assert!(told(&done.later(1)).iter().all(|(what, ..)| !what.contains("confirm-scope")));
    }

    ///
    #[test]
    fn a_step_escalates_along_its_own_path() {
        let mut own = runbook();
        own.version = "0.2.0".into();
        own.steps[0].escalation = "Security operations leader".into();
        let mut asked = with_runbook(request(crate::classification::ChangeType::NewModel, Low));
        asked.runbook.as_mut().unwrap().version = "0.2.0".into();
        let world = given(Low).publishing_runbook(own).requested(asked).prepared().submitted();
        let escalation = told(&world.on(at("2026-05-12T15:00:01Z"))).swap_remove(0);
        assert_eq!(escalation.2, holders("security_operations_lead"));
    }

    ///
    #[test]
    fn the_owner_is_reminded_eight_hours_before_the_confirmation_is_due_and_the_lead_hears_after() {
        let world = deployed(Low);
        let due = world.release().deployments[&production()].deployment.confirm_by;
        let reminder = ("reminder confirm/production".to_owned(), 0, person("rivera"));
        let lead = ("escalation confirm/production".to_owned(), 1, holders("ai_governance_lead"));
        assert_eq!(told(&world.clone().later(39)), []);
        assert_eq!(told(&world.clone().later(40)), vec![reminder.clone()]);
        assert_eq!(told(&world.clone().on(due)), vec![reminder.clone()]);
        assert_eq!(told(&world.clone().later(49)), [lead, reminder]);
        let confirmed = world.later(1).having("rivera", confirm_deployment(all_well()));
        assert_eq!(told(&confirmed.later(60)), []);
    }

    ///
    #[test]
    fn papers_and_conditions_keep_their_own_reminders() {
        let mut world = urgently_deployed(Low);
        world.now = papers_due() - SignedDuration::from_hours(25);
        let papers = |world: &World| -> Vec<_> {
            told(world).into_iter().filter(|(what, ..)| what.contains("papers")).collect()
        };
        assert_eq!(papers(&world), []);
        let reminder = ("reminder papers".to_owned(), 0, person("rivera"));
        let lead = ("escalation papers".to_owned(), 1, holders("ai_governance_lead"));
        assert_eq!(papers(&world.clone().later(1)), vec![reminder.clone()]);
        assert_eq!(papers(&world.later(26)), [lead, reminder]);
        // Friday is three business days before Wednesday.
        let world = submitted(Low).having("rivera", approve_if("model_owner", "iyer"));
        let friday = at("2026-06-05T07:00:00Z");
        let iyer = ("reminder condition/1".to_owned(), 0, person("iyer"));
        assert_eq!(told(&world.clone().on(friday - SignedDuration::from_secs(1))), []);
        assert_eq!(told(&world.on(friday)), [iyer]);
    }

    #[test]
    fn a_short_time_is_reminded_of_at_half_of_it() {
        let world = claimed(Low);
        let asked =
            |world: &World| told(world).iter().any(|(what, ..)| what == "reminder authority");
        assert!(!asked(&world.clone().later(11)));
        assert!(asked(&world.later(12)), "24 hours to confirm, and 24 before would be at once");
    }

    ///
    #[test]
    fn everybody_late_with_one_decision_leads_to_one_escalation() {
        let world = on_the_runbook(High).stepped().later(24 * 30);
        let approvals: Vec<_> =
            told(&world).into_iter().filter(|(what, ..)| what.contains("approval/")).collect();
        let escalations = approvals.iter().filter(|(what, ..)| what.starts_with("escalation"));
        assert_eq!(escalations.count(), 1, "{approvals:?}");
    }

    ///
    #[test]
    fn a_session_reminds_its_chair_and_is_nobody_else_s_matter() {
        let settings = NoticeSettings::default();
        let lead = role("ai_governance_lead");
        let rules = Rules { settings: &settings, escalate_to: Some(&lead), calendar: None };
        let task = |key: &str, subject: &str| TaskRow {
            subject: subject.parse().unwrap(),
            task: key.into(),
            title: "Open the session".into(),
            person: None,
            role: Some(role("chair")),
            due: Some(monday()),
        };
        let words = |task: TaskRow, hours: i64| -> Vec<_> {
            let now = monday() + SignedDuration::from_hours(hours);
            due_of_tasks(&[task], &rules, now).into_iter().map(|one| one.kind).collect()
        };
        assert_eq!(words(task("open", "meeting/m-1"), -24), [NoticeKind::Reminder]);
        assert_eq!(words(task("open", "meeting/m-1"), 1), [NoticeKind::Reminder]);
        assert_eq!(words(task("vote/1/p-1", "meeting/m-1"), 1), []);
        let both = [NoticeKind::Escalation, NoticeKind::Reminder];
        assert_eq!(words(task("review", "risk/risk-1"), 1), both);
    }
}
