//! Going back: the version before takes the place again, at once and with its times.

use super::UrgentEvent;
use crate::actor::Who;
use crate::classification::RiskTier;
use crate::decimal::Decimal;
use crate::name::{EnvironmentName, ReleaseId, RoleName};
use crate::refusal::Refusal;
use crate::release::{Artifact, Context, ItemAnswer, Release, ReleaseEvent};
use crate::rows::StandingRow;
use crate::text::Text;
use crate::times::Times;
use crate::verdict::{concerning, verdict};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A rollback to record: it happened, and took so long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRollback {
    /// Where.
    pub environment: EnvironmentName,
    /// The release that runs there again.
    pub to: ReleaseId,
    /// Why.
    pub reason: Text,
    /// How many minutes it took.
    pub measured_minutes: u32,
    /// When it was done; `None` means now.
    pub at: Option<Timestamp>,
}

/// A rollback as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollback {
    /// Where.
    pub environment: EnvironmentName,
    /// The release that runs there again.
    pub to: ReleaseId,
    /// What of it came back.
    pub back: Vec<Artifact>,
    /// The model's tier under which it was judged.
    pub tier: RiskTier,
    /// Why.
    pub reason: Text,
    /// Who recorded it.
    pub by: Who,
    /// When it was done.
    pub at: Timestamp,
    /// How many minutes the checklist planned; `None` when it did not say.
    pub planned_minutes: Option<Decimal>,
    /// How many it took.
    pub measured_minutes: u32,
}

impl Rollback {
    /// Whether it was done within the planned time; `None` when none was planned.
    pub fn in_time(&self) -> Option<bool> {
        let measured = Decimal::whole(i64::from(self.measured_minutes));
        self.planned_minutes.map(|planned| measured <= planned)
    }
}

/// A rollback that was practised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// On which day.
    pub on: Date,
    /// What it went back to: a release, a checkpoint, a flag.
    pub target: String,
    /// How many minutes it took.
    pub measured_minutes: u32,
    /// How it went.
    pub result: DrillResult,
    /// What there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// How a drill went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillResult {
    /// The version before ran again.
    Worked,
    /// It did not.
    Failed,
}

impl DrillResult {
    /// Every result.
    pub const ALL: [Self; 2] = [Self::Worked, Self::Failed];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worked => "worked",
            Self::Failed => "failed",
        }
    }
}

pub(super) fn roll_back(
    release: &Release,
    new: NewRollback,
    context: &Context<'_>,
) -> Result<UrgentEvent, Refusal> {
    let action = "roll the release back";
    permitted(release, action, context)?;
    let place = &new.environment;
    let slots = context.model.running.get(place).into_iter().flatten();
    let own: BTreeSet<_> = slots
        .filter(|(_, running)| Some(&running.release) == release.id.as_ref())
        .map(|(slot, _)| slot.clone())
        .collect();
    if own.is_empty() {
        let action = "roll it back where it does not run";
        return Err(Refusal::WrongState { state: release.state_word().to_owned(), action });
    }
    let at = new.at.unwrap_or(context.now);
    let deployed = release.deployments.get(place).map(|deployed| deployed.deployment.at);
    if at > context.now || deployed.is_some_and(|deployed| at < deployed) {
        let what = "a rollback lies between the deployment and now";
        return Err(Refusal::WrongOrder { what });
    }
    let asked = new.to.to_string();
    let none = || Refusal::NotFound { what: "release to go back to", name: asked.clone() };
    let target = context.around.target.filter(|target| target.id.as_ref() == Some(&new.to));
    let target = target.filter(|target| same_model(release, target)).ok_or_else(none)?;
    let fits = |one: &&Artifact| own.contains(&(one.kind, one.name.clone()));
    let back: Vec<Artifact> = target.artifacts.iter().filter(fits).cloned().collect();
    allowed(release, target, (place, &back), context)?;
    let tier = target.plan.as_ref().map(|plan| plan.classification.tier);
    Ok(UrgentEvent::RolledBack {
        rollback: Rollback {
            planned_minutes: planned(release),
            environment: new.environment,
            to: new.to,
            back,
            tier: tier.or(context.model.tier()).ok_or_else(none)?,
            reason: new.reason,
            by: context.actor.who.clone(),
            at,
            measured_minutes: new.measured_minutes,
        },
    })
}

fn permitted(
    release: &Release,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    let may = release.settings().map(|settings| settings.rollback.may.clone()).unwrap_or_default();
    if context.is_owner() || context.actor.holds_any(may.iter()) {
        return Ok(());
    }
    let needs = may.into_iter().chain([RoleName::model_owner()]).collect();
    Err(Refusal::NotPermitted { action, needs })
}

fn same_model(one: &Release, other: &Release) -> bool {
    let model = |release: &Release| release.request.as_ref().map(|request| request.model.clone());
    one.id != other.id && model(one) == model(other)
}

/// The same verdict that answers deployers decides whether what comes back may run (I-10).
fn allowed(
    release: &Release,
    target: &Release,
    (place, back): (&EnvironmentName, &[Artifact]),
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let refused = |reasons| Refusal::TargetNotAllowed { target: name(target), reasons };
    if !target.deployments.contains_key(place) {
        return Err(refused(vec![format!("it never ran in {place}")]));
    }
    if back.is_empty() {
        return Err(refused(vec!["it holds nothing of what would be taken out".to_owned()]));
    }
    let mut after = target.clone();
    let from = release.id.clone().ok_or_else(|| refused(Vec::new()))?;
    let (environment, digests) = (place.clone(), back.iter().map(|one| one.digest).collect());
    let event = UrgentEvent::Reinstated { environment, digests, from };
    after.evolve(context.now, &context.actor.who, &ReleaseEvent::Urgent(event));
    let others =
        context.around.standings.iter().filter(|row| Some(&row.release) != target.id.as_ref());
    let suspended = |row: &&StandingRow| row.standing.is_suspended();
    let rows: Vec<_> = crate::project::standings(&after)
        .into_iter()
        .chain(others.filter(suspended).cloned())
        .collect();
    let mut reasons = BTreeSet::new();
    for artifact in back {
        let rows = rows.iter().filter(|row| row.digest == artifact.digest).cloned().collect();
        let times = Times::of(context.register, place);
        let verdict = verdict(&concerning(rows, place), &times, context.now);
        reasons.extend(verdict.reasons.iter().map(ToString::to_string));
    }
    if reasons.is_empty() { Ok(()) } else { Err(refused(reasons.into_iter().collect())) }
}

fn name(release: &Release) -> String {
    release.id.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// What the checklist of the release planned for going back from it.
fn planned(release: &Release) -> Option<Decimal> {
    let asked = release.settings()?.rollback.planned.as_ref()?;
    match &release.answers.get(&asked.item)?.answer {
        ItemAnswer::Confirmed(filled) => filled.values.get(&asked.field)?.parse().ok(),
        ItemAnswer::NotApplicable { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::ChangeType::{ConfigurationChange, MajorUpdate, MinorUpdate};
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;
    use crate::release::State;
    use crate::verdict::Allow;

    fn minutes(world: &World) -> (Option<bool>, u32) {
        let (_, rollback) = &world.releases[&release("r-2")].urgent.rolled_back[&production()];
        (rollback.in_time(), rollback.measured_minutes)
    }

    /// I-17
    #[test]
    fn the_version_before_is_current_again_at_once_and_the_later_one_may_not_run() {
        let world = second_deployed(Low);
        let history = world.history.len();
        let world = world.having("rivera", roll_back_to("r-1", 9));
        let words: Vec<_> = world.history[history..].iter().map(|one| one.event.word()).collect();
        assert_eq!(words, ["rolled_back", "release_rolled_back", "reinstated"]);
        assert_eq!(world.denied_by(), ["release.rolled_back"]);
        assert_eq!(world.blocked_by(), ["release.rolled_back"]);
        assert_eq!(world.release().state, State::RolledBack);
        let running = &world.models[&summarizer()].running[&production()];
        assert!(running.values().all(|one| one.release == release("r-1")));
        let first = world.speaking_of("r-1");
        assert_eq!((first.verdict().allow, first.release().state), (Allow::Allow, State::Deployed));
    }

    ///
    #[test]
    fn the_measured_time_is_held_against_the_planned_one() {
        // The checklist planned 12 minutes.
        let in_time = second_deployed(Low).having("rivera", roll_back_to("r-1", 12));
        assert_eq!(minutes(&in_time), (Some(true), 12));
        let late = second_deployed(Low).having("rivera", roll_back_to("r-1", 13));
        assert_eq!(minutes(&late), (Some(false), 13));
        let rows = crate::project::entries(late.release());
        let row = rows.iter().find(|row| row.kind == crate::entry::EntryKind::Rollback).unwrap();
        assert!(row.title.ends_with("13 minutes, 12 planned"), "{}", row.title);
        assert_eq!((row.state.as_str(), row.text.is_some()), ("to_review", true));
    }

    ///
    #[test]
    fn the_owner_and_the_roles_the_policy_names_roll_back() {
        for person in ["rivera", "abara", "zhou"] {
            second_deployed(Low).having(person, roll_back_to("r-1", 9));
        }
        for person in ["chen", "lindqvist", "root"] {
            let outcome = second_deployed(Low).when(person, roll_back_to("r-1", 9));
            outcome.refused_as("actor.not_permitted");
        }
        let by_machine = machine(crate::actor::Scope::ALL);
        let outcome = second_deployed(Low).when(by_machine, roll_back_to("r-1", 9));
        outcome.refused_as("actor.people_only");
    }

    /// R-117, I-10
    #[test]
    fn what_a_rollback_brings_back_must_itself_be_allowed() {
        // Suspended while it ran, then replaced.
        let world = deployed(Low).having("abara", suspend());
        let world = world.updated("r-2", MinorUpdate, second_version()).approved();
        let world = world.having("rivera", deploy_to(production()));
        let refusal =
            world.when("rivera", roll_back_to("r-1", 9)).refused_as("rollback.target_not_allowed");
        assert!(refusal.to_string().contains("suspended"), "{refusal}");
    }

    ///
    #[test]
    fn a_target_with_a_broken_condition_is_not_gone_back_to() {
        let world = submitted(Low).having("rivera", approve_if("model_owner", "iyer"));
        let world = world.having("rivera", deploy_to(production()));
        let world = world.updated("r-2", MinorUpdate, second_version()).approved();
        let world = world.having("rivera", deploy_to(production())).later(24 * 40);
        let refusal =
            world.when("rivera", roll_back_to("r-1", 9)).refused_as("rollback.target_not_allowed");
        assert!(refusal.to_string().contains("condition overdue"), "{refusal}");
    }

    #[test]
    fn only_a_release_that_ran_there_is_gone_back_to() {
        let approved_only = second_deployed(Low);
        let third = vec![artifact(crate::classification::ArtifactKind::Weights, "summarizer-v3")];
        let world = approved_only.updated("r-3", MinorUpdate, third).approved().speaking_of("r-2");
        let refusal = world.clone().when("rivera", roll_back_to("r-3", 9));
        refusal.refused_as("rollback.target_not_allowed");
        world.clone().when("rivera", roll_back_to("r-9", 9)).refused_as("not_found");
        world.clone().when("rivera", roll_back_to("r-2", 9)).refused_as("not_found");
        world
            .speaking_of("r-1")
            .when("rivera", roll_back_to("r-2", 9))
            .refused_as("release.wrong_state");
    }

    ///
    #[test]
    fn a_release_is_rolled_back_once_and_never_gone_back_to() {
        let world = second_deployed(Low).having("rivera", roll_back_to("r-1", 9));
        world.clone().when("rivera", roll_back_to("r-1", 9)).refused_as("release.wrong_state");
        let world = world.updated("r-3", MinorUpdate, third()).approved();
        let world = world.having("rivera", deploy_to(production()));
        let refusal =
            world.when("rivera", roll_back_to("r-2", 9)).refused_as("rollback.target_not_allowed");
        assert!(refusal.to_string().contains("rolled back"), "{refusal}");
    }

    fn third() -> Vec<Artifact> {
        second_version()
            .into_iter()
            .map(|one| Artifact {
                digest: crate::digest::Sha256::of(one.name.to_uppercase().as_bytes()),
                ..one
            })
            .collect()
    }

    #[test]
    fn only_the_places_of_the_later_release_go_back() {
        let prompt = vec![second_version().swap_remove(1)];
        let world = deployed(Low).updated("r-2", ConfigurationChange, prompt).approved();
        let world = world.having("rivera", deploy_to(production()));
        let world = world.having("rivera", roll_back_to("r-1", 9)).speaking_of("r-1");
        for artifact in world.release().artifacts.clone() {
            assert_eq!(world.verdict_on(artifact.digest, &production()).allow, Allow::Allow);
        }
        assert_eq!(world.models[&summarizer()].running[&production()].len(), 2);
    }

    ///
    #[test]
    fn after_a_rollback_the_tier_that_counts_is_the_one_what_runs_was_judged_by() {
        let changed =
            crate::model::ModelEvent::TierChanged { from: Low, to: High, reason: text("triage") };
        let world =
            deployed(Low).and(changed).updated("r-2", MajorUpdate, second_version()).approved();
        let world = world.having("rivera", deploy_to(production()));
        assert!(!world.models[&summarizer()].tier_changed_since_deployment());
        let world = world.having("rivera", roll_back_to("r-1", 9));
        assert!(world.models[&summarizer()].tier_changed_since_deployment());
    }

    ///
    #[test]
    fn an_emergency_is_rolled_back_and_still_owes_its_papers() {
        let world = deployed(Low)
            .having("rivera", ask_for("r-2", request(MinorUpdate, Low), second_version()))
            .having("rivera", claim_authority_of("abara"))
            .having("rivera", deploy_to(production()))
            .having("abara", deny_authority())
            .having("zhou", roll_back_to("r-1", 9));
        assert_eq!(world.denied_by(), ["release.rolled_back"]);
        assert!(world.release().owed_papers().is_some());
        assert_eq!(world.clone().speaking_of("r-1").verdict().allow, Allow::Allow);
        let world = world.prepared().submitted().approved_on_authority();
        assert_eq!(world.release().state, State::RolledBack);
    }

    #[test]
    fn a_rollback_lies_between_the_deployment_and_now() {
        let at = |text: &str| {
            let mut command = roll_back_to("r-1", 9);
            if let crate::release::Command::Urgent(crate::release::UrgentCommand::RollBack(new)) =
                &mut command
            {
                new.at = Some(crate::given::at(text));
            }
            command
        };
        let world = second_deployed(Low).later(2);
        world.clone().when("rivera", at("2026-05-11T06:59:00Z")).refused_as("time.wrong_order");
        world.clone().when("rivera", at("2026-05-11T09:00:01Z")).refused_as("time.wrong_order");
        world.having("rivera", at("2026-05-11T08:00:00Z"));
    }
}
