//! The papers an emergency owes: reminded of, recorded as overdue, and in the way of the owner's
//! next routine release.

use super::UrgentEvent;
use super::emergency::{Emergency, Papers};
use crate::actor::Who;
use crate::blocker::{Blocker, Reason};
use crate::refusal::Refusal;
use crate::release::{Context, Release, UrgentCommand};
use jiff::Timestamp;

/// The code of papers that did not come in time.
pub(super) const OVERDUE: &str = "papers.overdue";

/// What the clock has to record about an emergency now; `None` when there is nothing.
pub fn to_record(release: &Release, now: Timestamp) -> Option<UrgentCommand> {
    let lapses = release.on_authority().is_some_and(|one| !one.lapsed && one.is_unconfirmed(now));
    if lapses { Some(UrgentCommand::RecordLapsedAuthority) } else { of_papers(release, now) }
}

fn of_papers(release: &Release, now: Timestamp) -> Option<UrgentCommand> {
    let (_, papers) = release.owed_papers()?;
    if now > papers.due && !papers.overdue {
        return Some(UrgentCommand::RecordOverduePapers);
    }
    let remind = now >= papers.remind_at && now <= papers.due && !papers.reminded;
    remind.then_some(UrgentCommand::RemindOfPapers)
}

pub(super) fn remind(release: &Release, context: &Context<'_>) -> Result<UrgentEvent, Refusal> {
    let (_, papers) = by_the_clock(release, "remind of the papers", context)?;
    match of_papers(release, context.now) {
        Some(UrgentCommand::RemindOfPapers) => Ok(UrgentEvent::PapersReminded { due: papers.due }),
        Some(_) | None => Err(Refusal::NothingToDo { what: "no reminder is due" }),
    }
}

pub(super) fn record_overdue(
    release: &Release,
    context: &Context<'_>,
) -> Result<UrgentEvent, Refusal> {
    let (_, papers) = by_the_clock(release, "record overdue papers", context)?;
    match of_papers(release, context.now) {
        Some(UrgentCommand::RecordOverduePapers) => {
            Ok(UrgentEvent::PapersOverdue { due: papers.due })
        }
        Some(_) | None => Err(Refusal::NothingToDo { what: "no papers are overdue" }),
    }
}

fn by_the_clock<'r>(
    release: &'r Release,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(&'r Emergency, &'r Papers), Refusal> {
    if context.actor.who != Who::System {
        return Err(Refusal::NotPermitted { action, needs: Vec::new() });
    }
    release.owed_papers().ok_or(Refusal::NothingToDo { what: "no papers are owed" })
}

/// What keeps a release that is not decided yet from running on verbal authority.
pub(crate) fn blockers(release: &Release, now: Timestamp) -> Vec<Blocker> {
    let Some(emergency) = &release.urgent.emergency else { return Vec::new() };
    let claim = &emergency.claim;
    let terms = claim.settings.emergency.as_ref();
    let roles = || terms.into_iter().flat_map(|terms| terms.authority_of.iter().cloned());
    let mut blockers = Vec::new();
    if emergency.is_denied() {
        blockers.push(Blocker::by_people(Reason::AuthorityDenied, [claim.owner.clone()]));
    } else if emergency.is_unconfirmed(now) {
        let reason = Reason::AuthorityUnconfirmed { due: claim.confirm_by };
        let mut blocker = Blocker::by_people(reason, [claim.authority.by.clone()]);
        blocker.lifted_by.roles = roles().collect();
        blockers.push(blocker);
    }
    if let (Some((_, papers)), Some(id)) = (release.owed_papers(), &release.id)
        && (papers.overdue || now > papers.due)
        && terms.is_some_and(|terms| terms.overdue_papers_deny)
    {
        let reason = Reason::PapersOverdue { release: id.clone(), due: papers.due };
        blockers.push(Blocker::by_people(reason, [claim.owner.clone()]));
    }
    blockers
}

/// Emergencies of this owner whose papers are overdue: they stand in the way of his next routine
/// release, of whatever model.
pub(crate) fn overdue_elsewhere(release: &Release, context: &Context<'_>) -> Vec<Blocker> {
    let Some(owner) = context.owner() else { return Vec::new() };
    if release.on_authority().is_some() {
        return Vec::new();
    }
    let owed = context.register.papers_owed.iter();
    let overdue = owed.filter(|(id, owed)| {
        release.id.as_ref() != Some(id) && &owed.owner == owner && context.now > owed.due
    });
    let reason =
        |id: &crate::name::ReleaseId, due| Reason::PapersOverdue { release: id.clone(), due };
    overdue.map(|(id, owed)| Blocker::by_people(reason(id, owed.due), [owner.clone()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::ChangeType::MinorUpdate;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::release::command::Command;
    use crate::release::{State, UrgentCommand};
    use crate::rows::Basis;
    use crate::verdict::Allow;

    fn by_clock(command: UrgentCommand) -> Command {
        Command::Urgent(command)
    }

    fn overdue() -> World {
        let mut world = urgently_deployed(Low);
        world.now = papers_due() + jiff::SignedDuration::from_secs(1);
        world
    }

    ///
    #[test]
    fn papers_are_due_on_the_fifth_business_day_after_the_deployment() {
        let world = urgently_deployed(Low);
        let (_, papers) = world.release().owed_papers().unwrap();
        assert_eq!((papers.due, papers.remind_at), (papers_due(), at("2026-05-18T15:00:00Z")));
        let tasks = crate::project::tasks(world.release());
        let owed = tasks.iter().find(|task| task.task == "papers").unwrap();
        assert_eq!((owed.person.clone(), owed.due), (Some(id("rivera")), Some(papers_due())));
        assert_eq!(claimed(Low).release().owed_papers(), None);
    }

    ///
    #[test]
    fn an_emergency_goes_on_to_its_papers_while_it_runs() {
        let world = urgently_deployed(Low).having("rivera", confirm_deployment(all_well()));
        assert_eq!(world.release().state, State::Draft);
        let world = world.prepared().submitted();
        assert_eq!((world.release().state, world.verdict().allow), (State::InReview, Allow::Allow));
        let world = world.approved_on_authority();
        assert_eq!(world.release().state, State::Confirmed);
        assert_eq!(world.verdict().basis, Some(Basis::Approval));
        assert_eq!(world.release().owed_papers(), None);
        assert!(world.register.papers_owed.is_empty());
    }

    ///
    #[test]
    fn a_written_no_ends_the_authority_and_settles_the_papers() {
        let world = urgently_deployed(Low).prepared().submitted();
        let world = world.having("rivera", reject_as("model_owner"));
        assert_eq!(world.denied_by(), ["release.rejected"]);
        assert!(world.register.papers_owed.is_empty());
    }

    ///
    #[test]
    fn an_emergency_that_runs_is_not_taken_back_to_escape_its_papers() {
        urgently_deployed(Low).when("rivera", withdraw()).refused_as("release.wrong_state");
        claimed(Low).having("rivera", withdraw());
    }

    ///
    #[test]
    fn the_owner_is_reminded_once_and_the_lead_hears_once() {
        let mut world = urgently_deployed(Low);
        assert_eq!(to_record(world.release(), world.now), None);
        let early =
            world.clone().when(Acting::Countersign, by_clock(UrgentCommand::RemindOfPapers));
        early.refused_as("nothing_to_do");
        world.now = at("2026-05-18T15:00:00Z");
        let remind = to_record(world.release(), world.now).unwrap();
        let world = world.when(Acting::Countersign, by_clock(remind.clone()));
        let mut world = world.then_words(&["papers_reminded"]);
        world.clone().when(Acting::Countersign, by_clock(remind)).refused_as("nothing_to_do");
        world.now = papers_due();
        assert_eq!(to_record(world.release(), world.now), None);
        world.now = papers_due() + jiff::SignedDuration::from_secs(1);
        let late = to_record(world.release(), world.now).unwrap();
        world.clone().when("rivera", by_clock(late.clone())).refused_as("actor.not_permitted");
        let world = world.when(Acting::Countersign, by_clock(late.clone()));
        let world = world.then_words(&["papers_overdue"]);
        world.clone().when(Acting::Countersign, by_clock(late)).refused_as("nothing_to_do");
        let tasks = crate::project::tasks(world.release());
        let escalated = tasks.iter().find(|task| task.task == "papers/escalated").unwrap();
        assert_eq!(escalated.role, Some(role("ai_governance_lead")));
        let done =
            submitted(Low).when(Acting::Countersign, by_clock(UrgentCommand::RemindOfPapers));
        done.refused_as("nothing_to_do");
    }

    /// R-112, I-11
    #[test]
    fn overdue_papers_deny_where_the_policy_says_so() {
        let world = overdue();
        assert_eq!(world.denied_by(), ["papers.overdue"]);
        assert!(world.blocked_by().contains(&"papers.overdue"));
        let lenient = given(Low).policy_where(|policy| {
            let terms = policy.settings.emergency.as_mut().unwrap();
            terms.overdue_papers_deny = false;
        });
        let lenient = lenient.requested(request(crate::classification::ChangeType::NewModel, Low));
        let lenient = lenient
            .having("rivera", claim_authority_of("abara"))
            .having("abara", confirm_authority())
            .having("rivera", deploy_to(production()));
        assert_eq!(lenient.later(24 * 30).denied_by(), [] as [&str; 0]);
    }

    ///
    #[test]
    fn overdue_papers_stand_in_the_way_of_the_owner_s_next_routine_release_of_any_model() {
        let other = crate::name::ModelName::new("tags").unwrap();
        let world = overdue().owning("rivera", "tags", Low).owning("zhou", "notes", Low);
        let asked = crate::release::Request {
            model: other,
            ..request(crate::classification::ChangeType::NewModel, Low)
        };
        let tags = world.clone().having("rivera", ask_for("r-2", asked.clone(), second_version()));
        let refusal =
            tags.prepared().when("rivera", Command::Submit).refused_as("checklist.incomplete");
        let codes: Vec<_> = refusal.blockers().iter().map(Blocker::code).collect();
        assert_eq!(codes, ["papers.overdue"]);
        let notes = crate::name::ModelName::new("notes").unwrap();
        let asked = crate::release::Request { model: notes, ..asked };
        let theirs = world.having("zhou", ask_for("r-3", asked, second_version()));
        theirs.prepared_by("zhou").having("zhou", Command::Submit);
    }

    ///
    #[test]
    fn papers_in_time_or_brought_late_let_the_next_release_through() {
        let next = |world: World| {
            world
                .having("rivera", ask_for("r-2", request(MinorUpdate, Low), second_version()))
                .prepared()
                .when("rivera", Command::Submit)
        };
        next(urgently_deployed(Low)).world();
        next(overdue()).refused_as("checklist.incomplete");
        let brought = overdue().prepared().submitted().approved_on_authority();
        next(brought).world();
    }
}
