//! Deployments and the confirmation due afterwards.

use super::command::NewDeployment;
use super::{Answer, Context, Deployment, Release, ReleaseEvent, Statements};
use crate::actor::Scope;
use crate::calendar::add_hours;
use crate::name::EnvironmentName;
use crate::refusal::Refusal;
use crate::rows::StandingRow;
use crate::times::Times;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

pub(super) fn record(
    release: &Release,
    new: NewDeployment,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "record a deployment";
    let may = release.settings().map(|settings| settings.may_deploy.clone()).unwrap_or_default();
    let by_machine = context.actor.scopes.contains(&Scope::Deployment);
    if !(context.is_owner() || by_machine || context.actor.holds_any(may.iter())) {
        let needs = may.into_iter().chain([crate::name::RoleName::model_owner()]).collect();
        return Err(Refusal::NotPermitted { action, needs });
    }
    let at = new.at.unwrap_or(context.now);
    let moments = moments(release, at, context.now);
    let asked = || moments.iter().map(|moment| asked_of(release, &new, *moment, context));
    let reasons: BTreeSet<String> = asked().flat_map(|one| one.denials).collect();
    if !reasons.is_empty() {
        return Err(Refusal::DeploymentDenied { reasons: reasons.into_iter().collect() });
    }
    let despite: BTreeSet<String> = asked().flat_map(|one| one.despite).collect();
    if release.deployments.contains_key(&new.environment) {
        // I-09: an approval is used once for each environment.
        return Err(Refusal::exists("deployment to", new.environment.as_str()));
    }
    if at > context.now {
        return Err(Refusal::WrongOrder {
            what: "a deployment cannot be recorded before it happens",
        });
    }
    let spoken = release.on_authority().map(|emergency| emergency.claim.authority.at);
    if release.decided_at.or(spoken).is_none_or(|decided| at < decided) {
        return Err(Refusal::WrongOrder { what: "the deployment would precede its approval" });
    }
    let hours = release.settings().map_or(48, |settings| settings.confirm_within_hours);
    let papers = super::urgent::started(release, at, context);
    let deployment = Deployment {
        environment: new.environment,
        at,
        deployer: context.actor.who.clone(),
        change_reference: new.change_reference,
        digests: release.artifacts.iter().map(|artifact| artifact.digest).collect(),
        confirm_by: add_hours(at, hours),
        despite: despite.into_iter().collect(),
    };
    Ok(std::iter::once(ReleaseEvent::Deployed { deployment }).chain(papers).collect())
}

/// The moments at which the environment has to be open, and the schedule right, for a deployment
/// that happened at `at` and is recorded `now`.
///
/// It has to be open when it happened. That it was is a claim, so it has to be open still when it
/// is recorded, but for the time that a verdict may be relied on: whoever asks in the last minute
/// of a window records after it.
fn moments(release: &Release, at: Timestamp, now: Timestamp) -> Vec<Timestamp> {
    let minutes = release.settings().map_or(0, |settings| settings.lease_minutes);
    let late = now.duration_since(at) > SignedDuration::from_mins(i64::from(minutes));
    if late { vec![at, now] } else { vec![at] }
}

/// What the verdicts on every artifact say of a moment.
#[derive(Default)]
struct Asked {
    denials: Vec<String>,
    despite: Vec<String>,
}

/// The same function that answers deployers decides here: each artifact must be allowed (I-10).
fn asked_of(
    release: &Release,
    new: &NewDeployment,
    moment: Timestamp,
    context: &Context<'_>,
) -> Asked {
    let mut standings = crate::project::standings(release);
    // Another release on the same digest may be suspended, which denies everywhere.
    standings
        .extend(context.around.standings.iter().filter(|row| row.standing.is_suspended()).cloned());
    let times = Times::of(context.register, &new.environment).as_of(moment);
    let mut asked = Asked::default();
    for artifact in &release.artifacts {
        let rows: Vec<StandingRow> =
            standings.iter().filter(|row| row.digest == artifact.digest).cloned().collect();
        let rows = crate::verdict::concerning(rows, &new.environment);
        let verdict = crate::verdict::verdict(&rows, &times, context.now);
        let denied = verdict.reasons.iter().map(|reason| format!("{}: {reason}", artifact.name));
        asked.denials.extend(denied);
        asked.despite.extend(verdict.despite.into_iter().map(|one| one.code));
    }
    if release.artifacts.is_empty() {
        asked.denials.push("the release names no artifact".into());
    }
    asked
}

pub(super) fn confirm(
    release: &Release,
    environment: EnvironmentName,
    statements: Statements,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "confirm a deployment";
    if !context.is_owner() {
        let needs = vec![crate::name::RoleName::model_owner()];
        return Err(Refusal::NotPermitted { action, needs });
    }
    let missing = || Refusal::NotFound { what: "deployment to", name: environment.to_string() };
    let deployed = release.deployments.get(&environment).ok_or_else(missing)?;
    if deployed.is_confirmed() {
        return Err(Refusal::NothingToDo { what: "the deployment is confirmed already" });
    }
    let a_no = [statements.within_parameters, statements.monitoring_active, statements.no_issues]
        .contains(&Answer::No);
    if a_no && statements.note.is_none() {
        let fault = crate::field::FieldFault {
            field: "note".into(),
            label: "Note".into(),
            message: "say what is wrong when one of the statements is a no".into(),
        };
        return Err(Refusal::InvalidAnswers { faults: vec![fault] });
    }
    Ok(vec![ReleaseEvent::DeploymentConfirmed { environment, statements }])
}

pub(super) fn record_missed(
    release: &Release,
    environment: EnvironmentName,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let missing = || Refusal::NotFound { what: "deployment to", name: environment.to_string() };
    let deployed = release.deployments.get(&environment).ok_or_else(missing)?;
    let due = deployed.deployment.confirm_by;
    if context.actor.who != crate::actor::Who::System {
        let action = "record a missed confirmation";
        return Err(Refusal::NotPermitted { action, needs: Vec::new() });
    }
    // A "no" is an answer, but it confirms nothing, so the record says that too.
    if deployed.is_confirmed() || deployed.missed || context.now <= due {
        return Err(Refusal::NothingToDo { what: "no confirmation is missing" });
    }
    Ok(vec![ReleaseEvent::ConfirmationMissed { environment, due }])
}

#[cfg(test)]
mod tests {
    use crate::actor::{Scope, Who};
    use crate::classification::ChangeType::{NewModel, Retirement};
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::refusal::Refusal;
    use crate::release::command::{Command, NewDeployment};
    use crate::release::{Answer, Deployment, ReleaseEvent, Request, State, Statements};
    use crate::verdict::Allow;

    ///
    #[test]
    fn a_deployment_says_what_went_where_when_and_by_whom() {
        let world = approved(Low).later(3);
        let now = world.now;
        world.when("zhou", deploy_to(production())).then([ReleaseEvent::Deployed {
            deployment: Deployment {
                environment: production(),
                at: now,
                deployer: Who::Person(id("zhou")),
                change_reference: Some("CHG-1042".into()),
                digests: weights_and_prompt().into_iter().map(|one| one.digest).collect(),
                confirm_by: now + jiff::SignedDuration::from_hours(48),
                despite: Vec::new(),
            },
        }]);
    }

    ///
    #[test]
    fn the_owner_the_platform_and_a_deploying_machine_record_deployments() {
        approved(Low).having("rivera", deploy_to(production()));
        approved(Low).having(machine([Scope::Deployment]), deploy_to(production()));
        let evidence_only = approved(Low).when(machine([Scope::Evidence]), deploy_to(production()));
        evidence_only.refused_as("actor.not_permitted");
        approved(Low).when("chen", deploy_to(production())).refused_as("actor.not_permitted");
    }

    ///
    #[test]
    fn nothing_is_deployed_before_its_approval() {
        let reasons = vec![
            "summarizer-v1: release r-1 is in review".to_owned(),
            "system-prompt: release r-1 is in review".to_owned(),
        ];
        let outcome = submitted(Low).when("rivera", deploy_to(production()));
        outcome.refused(Refusal::DeploymentDenied { reasons });
        drafted(Low).when("rivera", deploy_to(production())).refused_as("deployment.denied");
    }

    ///
    #[test]
    fn a_rejected_withdrawn_or_suspended_release_is_not_deployed() {
        let rejected = submitted(Low).having("rivera", reject_as("model_owner"));
        let withdrawn = submitted(Low).having("rivera", withdraw());
        let suspended = approved(Low).having("abara", suspend());
        for world in [rejected, withdrawn, suspended] {
            world.when("rivera", deploy_to(production())).refused_as("deployment.denied");
        }
    }

    ///
    #[test]
    fn the_policy_says_who_may_deploy_beside_the_owner() {
        let world = given(Low)
            .policy_where(|policy| policy.settings.may_deploy = roles(&["product_lead"]))
            .requested(request(NewModel, Low))
            .prepared()
            .submitted()
            .approved();
        world.clone().having("chen", deploy_to(production()));
        world.when("zhou", deploy_to(production())).refused_as("actor.not_permitted");
    }

    ///
    #[test]
    fn a_digest_suspended_through_one_release_is_not_deployed_through_another() {
        let world = deployed(Low).having("abara", suspend());
        let same = vec![world.release().artifacts[0].clone()];
        let world = world.updated("r-2", crate::classification::ChangeType::MinorUpdate, same);
        let world = world.approved();
        assert_eq!(world.verdict().allow, Allow::Deny);
        let refusal = world.when("rivera", deploy_to(production())).refused_as("deployment.denied");
        assert!(refusal.to_string().contains("release r-1 is suspended"), "{refusal}");
    }

    ///
    #[test]
    fn a_deployment_does_not_precede_its_approval_and_is_not_recorded_ahead() {
        let on = |text| {
            let at = Some(at(text));
            let environment = production();
            Command::RecordDeployment(NewDeployment { environment, at, change_reference: None })
        };
        let world = approved(Low).later(24);
        world.clone().when("rivera", on("2026-05-11T06:59:59Z")).refused_as("time.wrong_order");
        world.clone().when("rivera", on("2026-05-12T07:00:01Z")).refused_as("time.wrong_order");
        world.having("rivera", on("2026-05-11T08:00:00Z"));
    }

    /// I-09
    #[test]
    fn an_approval_is_used_once_for_each_environment() {
        let outcome = deployed(Low).when("rivera", deploy_to(production()));
        outcome.refused_as("already_exists");
        let both = [environment("staging"), production()].into();
        let asked = Request { environments: both, ..request(NewModel, Low) };
        let world = given(Low).requested(asked).prepared().submitted().approved();
        world
            .having("rivera", deploy_to(environment("staging")))
            .having("rivera", deploy_to(production()));
    }

    /// I-09
    #[test]
    fn an_approval_for_production_is_none_for_staging() {
        let world = approved(Low);
        let digest = world.release().artifacts[0].digest;
        let verdict = world.verdict_on(digest, &environment("staging"));
        assert_eq!(
            (verdict.allow, verdict.reasons[0].code.as_str()),
            (Allow::Deny, "digest.unknown")
        );
        let outcome = world.when("rivera", deploy_to(environment("staging")));
        outcome.refused_as("deployment.denied");
    }

    ///
    #[test]
    fn the_confirmation_is_due_after_48_clock_hours_through_night_and_holiday() {
        // Tuesday noon; Thursday is a holiday.
        let world = approved(Low).later(29).having("rivera", deploy_to(production()));
        let due = world.release().deployments[&production()].deployment.confirm_by;
        assert_eq!(due, at("2026-05-14T12:00:00Z"));
    }

    ///
    #[test]
    fn three_times_yes_confirms_the_deployment() {
        let world = deployed(Low).later(20).when("rivera", confirm_deployment(all_well()));
        let statements = all_well();
        let event = ReleaseEvent::DeploymentConfirmed { environment: production(), statements };
        assert_eq!(world.then([event]).release().state, State::Confirmed);
    }

    ///
    #[test]
    fn only_the_owner_confirms_and_only_once() {
        for person in ["chen", "zhou", "abara"] {
            let outcome = deployed(Low).when(person, confirm_deployment(all_well()));
            outcome.refused_as("actor.not_permitted");
        }
        let world = deployed(Low).having("rivera", confirm_deployment(all_well()));
        world.when("rivera", confirm_deployment(all_well())).refused_as("nothing_to_do");
        let early = approved(Low).when("rivera", confirm_deployment(all_well()));
        early.refused_as("not_found");
    }

    fn a_no() -> Statements {
        Statements { monitoring_active: Answer::No, note: Some(text("no data yet")), ..all_well() }
    }

    ///
    #[test]
    fn a_no_needs_words() {
        let silent = Statements { note: None, ..a_no() };
        deployed(Low).when("rivera", confirm_deployment(silent)).refused_as("answers.invalid");
    }

    ///
    #[test]
    fn a_no_confirms_nothing_and_asks_whoever_may_suspend() {
        let world = deployed(Low).having("rivera", confirm_deployment(a_no()));
        assert_eq!(world.release().state, State::Deployed);
        let tasks = crate::project::tasks(world.release());
        let keys: Vec<_> = tasks.iter().map(|task| task.task.as_str()).collect();
        assert_eq!(keys, ["confirm/production", "suspend/production/ai_governance_lead"]);
        let world = world.later(5).having("rivera", confirm_deployment(all_well()));
        assert_eq!(world.release().state, State::Confirmed);
        assert_eq!(crate::project::tasks(world.release()), []);
    }

    fn missed() -> Command {
        Command::RecordMissedConfirmation { environment: production() }
    }

    ///
    #[test]
    fn a_missed_confirmation_is_recorded_once_and_not_before_it_is_due() {
        let on_time = deployed(Low).later(48);
        on_time.clone().when(Acting::Countersign, missed()).refused_as("nothing_to_do");
        let due = on_time.release().deployments[&production()].deployment.confirm_by;
        let event = ReleaseEvent::ConfirmationMissed { environment: production(), due };
        let world = on_time.later(1).when(Acting::Countersign, missed()).then([event]);
        world.clone().when(Acting::Countersign, missed()).refused_as("nothing_to_do");
        world.having("rivera", confirm_deployment(all_well()));
    }

    ///
    #[test]
    fn a_no_does_not_keep_a_missed_confirmation_off_the_record() {
        let a_no =
            Statements { no_issues: Answer::No, note: Some(text("it is slow")), ..all_well() };
        let world = deployed(Low).having("rivera", confirm_deployment(a_no)).later(49);
        world.when(Acting::Countersign, missed()).then_words(&["confirmation_missed"]);
    }

    ///
    #[test]
    fn only_the_clock_records_a_missed_confirmation() {
        let world = deployed(Low).later(72);
        world.when("rivera", missed()).refused_as("actor.not_permitted");
        let confirmed = deployed(Low).having("rivera", confirm_deployment(all_well())).later(72);
        confirmed.when(Acting::Countersign, missed()).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn a_missed_confirmation_denies_where_the_policy_says_so() {
        let world = given(Low).policy_where(|policy| {
            policy.settings.missed_confirmation_denies = true;
        });
        let world = world.requested(request(NewModel, Low)).prepared().submitted().approved();
        let world = world.having("rivera", deploy_to(production())).later(48);
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        let world = world.later(1);
        assert_eq!(world.denied_by(), ["confirmation.missed"]);
        assert_eq!(world.blocked_by(), ["confirmation.missed"]);
        let said_no = world.clone().having("rivera", confirm_deployment(a_no()));
        assert_eq!(said_no.denied_by(), ["confirmation.missed"]);
        let world = world.having("rivera", confirm_deployment(all_well()));
        assert_eq!(world.denied_by(), [] as [&str; 0]);
    }

    #[test]
    fn approving_a_retirement_allows_nothing_to_run() {
        let unseen = vec![artifact(crate::classification::ArtifactKind::Weights, "never-reviewed")];
        let world = deployed(Low).updated("r-2", Retirement, unseen).approved();
        assert_eq!(world.denied_by(), ["release.a_retirement"]);
        world.when("rivera", deploy_to(production())).refused_as("deployment.denied");
    }
}
