//! Deployments and the confirmation due afterwards.

use super::command::NewDeployment;
use super::{Answer, Context, Deployment, Release, ReleaseEvent, Statements};
use crate::actor::Scope;
use crate::calendar::add_hours;
use crate::name::EnvironmentName;
use crate::refusal::Refusal;
use crate::rows::StandingRow;

pub(super) fn record(
    release: &Release,
    new: NewDeployment,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "record a deployment";
    let platform = |role: &crate::name::RoleName| role.as_str() == "ml_platform";
    let by_machine = context.actor.scopes.contains(&Scope::Deployment);
    if !(context.is_owner() || by_machine || context.actor.roles.iter().any(platform)) {
        let needs = vec![crate::name::RoleName::model_owner()];
        return Err(Refusal::NotPermitted { action, needs });
    }
    let reasons = denials(release, &new.environment, context);
    if !reasons.is_empty() {
        return Err(Refusal::DeploymentDenied { reasons });
    }
    if release.deployments.contains_key(&new.environment) {
        // I-09: an approval is used once for each environment.
        return Err(Refusal::exists("deployment to", new.environment.as_str()));
    }
    let at = new.at.unwrap_or(context.now);
    if at > context.now {
        return Err(Refusal::WrongOrder {
            what: "a deployment cannot be recorded before it happens",
        });
    }
    if release.decided_at.is_none_or(|decided| at < decided) {
        return Err(Refusal::WrongOrder { what: "the deployment would precede its approval" });
    }
    let hours = release.plan.as_ref().map_or(48, |plan| plan.settings.confirm_within_hours);
    let deployment = Deployment {
        environment: new.environment,
        at,
        deployer: context.actor.who.clone(),
        change_reference: new.change_reference,
        digests: release.artifacts.iter().map(|artifact| artifact.digest).collect(),
        confirm_by: add_hours(at, hours),
    };
    Ok(vec![ReleaseEvent::Deployed { deployment }])
}

/// The same function that answers deployers decides here: each artifact must be allowed (I-10).
fn denials(release: &Release, environment: &EnvironmentName, context: &Context<'_>) -> Vec<String> {
    let standings = crate::project::standings(release);
    let mut reasons = Vec::new();
    for artifact in &release.artifacts {
        let rows: Vec<StandingRow> = standings
            .iter()
            .filter(|row| row.digest == artifact.digest && &row.environment == environment)
            .cloned()
            .collect();
        let verdict = crate::verdict::verdict(&rows, context.now);
        let denied = verdict.reasons.iter().map(|reason| format!("{}: {reason}", artifact.name));
        reasons.extend(denied);
    }
    if release.artifacts.is_empty() {
        reasons.push("the release names no artifact".into());
    }
    reasons
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
    if deployed.confirmation.is_some() || deployed.missed || context.now <= due {
        return Err(Refusal::NothingToDo { what: "no confirmation is missing" });
    }
    Ok(vec![ReleaseEvent::ConfirmationMissed { environment, due }])
}
