//! Drills: going back was practised, on a date, in so many minutes.

use super::UrgentEvent;
use super::rollback::{Drill, DrillResult};
use crate::actor::Who;
use crate::field::FieldFault;
use crate::name::{ItemName, RoleName};
use crate::plan::GatePlan;
use crate::policy::DrillLimit;
use crate::refusal::Refusal;
use crate::release::{Context, ItemAnswer, Release, State};
use jiff::Timestamp;
use jiff::civil::Date;

/// A drill as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The drill.
    pub drill: Drill,
    /// When it was recorded.
    pub at: Timestamp,
    /// By whom.
    pub by: Who,
    /// Whether the release was approved by then, so that nothing rested on it.
    pub after_decision: bool,
}

pub(super) fn record(
    release: &Release,
    drill: Drill,
    context: &Context<'_>,
) -> Result<UrgentEvent, Refusal> {
    let action = "record a drill";
    match release.state {
        State::Draft | State::InReview | State::Approved | State::Deployed | State::Confirmed => {}
        State::Absent
        | State::Rejected
        | State::Withdrawn
        | State::Superseded
        | State::RolledBack
        | State::Retired => {
            let state = release.state_word().to_owned();
            return Err(Refusal::WrongState { state, action });
        }
    }
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let settings = release.settings().or(context.policy.map(|(_, policy)| &policy.settings));
    let may: Vec<RoleName> =
        settings.into_iter().flat_map(|one| one.rollback.may.clone()).collect();
    let permitted = context.is_owner()
        || release.requesters().contains(person)
        || context.actor.holds_any(may.iter());
    if !permitted {
        let needs = may.into_iter().chain([RoleName::model_owner()]).collect();
        return Err(Refusal::NotPermitted { action, needs });
    }
    let today = context.register.calendar().map(|calendar| calendar.date_at(context.now));
    if today.is_none_or(|today| drill.on > today) {
        return Err(Refusal::WrongOrder { what: "a drill cannot be recorded before it is held" });
    }
    if drill.target.trim().is_empty() || drill.target.len() > 200 {
        let (field, label) = ("target".into(), "Went back to".into());
        let message = "name the version it went back to, in at most 200 bytes".into();
        return Err(Refusal::InvalidAnswers { faults: vec![FieldFault { field, label, message }] });
    }
    Ok(UrgentEvent::DrillRecorded { drill })
}

/// What a checklist item lacks because the last drill is too old, failed, or was never held.
/// At the beginning of time nothing has an age: rows are made without a clock.
pub(crate) fn missing(
    release: &Release,
    plan: &GatePlan,
    item: &ItemName,
    now: Timestamp,
) -> Option<String> {
    let limit = plan.settings.rollback.drill.as_ref().filter(|limit| &limit.asked.item == item)?;
    let today = (now > Timestamp::MIN).then(|| plan.calendar.date_at(now));
    let held = |on: &Date| today.is_none_or(|today| *on <= today);
    let recorded = release.urgent.drills.iter().map(|held| &held.drill).filter(|one| held(&one.on));
    let last = recorded.max_by_key(|drill| drill.on);
    let told = told(release, limit).filter(held);
    match (last, told) {
        (Some(drill), told) if told.is_none_or(|told| drill.on >= told) => match drill.result {
            DrillResult::Failed => {
                Some(format!("the drill on {} failed: record one that worked", drill.on))
            }
            DrillResult::Worked => too_old(drill.on, today, limit),
        },
        (_, Some(told)) => too_old(told, today, limit),
        (Some(_) | None, None) => {
            // An item nobody has answered says so itself.
            let answered = release.answers.contains_key(item);
            answered.then(|| "record a rollback drill".to_owned())
        }
    }
}

fn too_old(on: Date, today: Option<Date>, limit: &DrillLimit) -> Option<String> {
    let days = today.map(|today| on.duration_until(today).as_hours() / 24)?;
    (days > i64::from(limit.days)).then(|| {
        let most = limit.days;
        format!("the last drill was on {on}, {days} days ago, and at most {most} are allowed: record a new one")
    })
}

/// The date the checklist gives for a drill that was held elsewhere.
fn told(release: &Release, limit: &DrillLimit) -> Option<Date> {
    match &release.answers.get(&limit.asked.item)?.answer {
        ItemAnswer::Confirmed(filled) => filled.values.get(&limit.asked.field)?.parse().ok(),
        ItemAnswer::NotApplicable { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::release::command::Command;
    use DrillResult::{Failed, Worked};

    fn lacks(world: &World) -> Vec<String> {
        let items = world.report().items;
        items.into_iter().find(|one| one.item == item("rollback")).unwrap().missing
    }

    ///
    #[test]
    fn the_item_is_complete_while_the_last_drill_is_young_enough() {
        // The checklist says it was tried on 8 May; 180 days later is 4 November.
        let mut world = prepared(Low);
        world.now = at("2026-11-04T12:00:00Z");
        assert_eq!(lacks(&world), [] as [&str; 0]);
        world.now = at("2026-11-05T12:00:00Z");
        assert!(lacks(&world)[0].contains("181 days ago"), "{:?}", lacks(&world));
        let refusal =
            world.clone().when("rivera", Command::Submit).refused_as("checklist.incomplete");
        assert_eq!(refusal.blockers().len(), 1);
        let world = world.having("rivera", drill_on("2026-11-05", Worked));
        assert_eq!(lacks(&world), [] as [&str; 0]);
        world.having("rivera", Command::Submit);
    }

    #[test]
    fn a_drill_that_failed_is_none() {
        let world = prepared(Low).having("zhou", drill_on("2026-05-10", Failed));
        assert!(lacks(&world)[0].contains("failed"), "{:?}", lacks(&world));
        let older = world.clone().having("zhou", drill_on("2026-05-09", Worked));
        assert!(lacks(&older)[0].contains("failed"));
        let world = world.having("zhou", drill_on("2026-05-11", Worked));
        assert_eq!(lacks(&world), [] as [&str; 0]);
    }

    #[test]
    fn a_drill_that_grows_old_in_review_shuts_the_gate_again() {
        let world = submitted(Low).later(24 * 200);
        let outcome = world.when("rivera", approve_as("model_owner"));
        outcome.refused_as("gate.closed");
    }

    /// I-04
    #[test]
    fn a_drill_in_review_is_new_content_and_lapses_approvals() {
        let world = submitted(crate::classification::RiskTier::High);
        let world = world.having("osei", approve_as("ai_governance_committee"));
        let outcome = world.when("rivera", drill_on("2026-05-11", Worked));
        outcome.then_words(&["drill_recorded", "approvals_lapsed"]);
    }

    /// I-04
    #[test]
    fn a_drill_after_the_decision_changes_nothing_that_was_decided_on() {
        let world = deployed(Low);
        let dossier = world.dossier();
        assert_eq!(world.having("zhou", drill_on("2026-05-11", Worked)).dossier(), dossier);
    }

    #[test]
    fn a_drill_is_listed_with_the_day_it_holds_until() {
        let world = deployed(Low).having("zhou", drill_on("2026-05-11", Worked));
        let listed = crate::project::entries(world.release());
        let row = listed.iter().find(|row| row.id == "r-1/drill-1").unwrap();
        assert_eq!((row.state.as_str(), row.due), ("worked", Some(at("2026-11-07T22:59:59Z"))));
    }

    #[test]
    fn a_drill_is_recorded_by_whoever_may_roll_back_and_not_ahead() {
        prepared(Low)
            .when("chen", drill_on("2026-05-11", Worked))
            .refused_as("actor.not_permitted");
        prepared(Low).when("zhou", drill_on("2026-05-12", Worked)).refused_as("time.wrong_order");
        let withdrawn = prepared(Low).having("rivera", withdraw());
        withdrawn.when("rivera", drill_on("2026-05-11", Worked)).refused_as("release.wrong_state");
        let by_machine = machine(crate::actor::Scope::ALL);
        prepared(Low)
            .when(by_machine, drill_on("2026-05-11", Worked))
            .refused_as("actor.people_only");
    }
}
