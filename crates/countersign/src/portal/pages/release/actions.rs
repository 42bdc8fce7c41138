//! What the visitor can do about a release: what waits for them, by the task rows; and what else
//! the rules would let them do, by asking the rules.

use super::beside_actions;
use super::lines::Action;
use super::paths;
use super::schedule;
use super::titles::Titles;
use crate::app::View;
use crate::portal::command::unwritten;
use crate::portal::visit::Visitor;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::release::{Command, RejectionReason};
use countersign_core::rows::TaskRow;
use countersign_core::stream::StreamId;

/// What the visitor can do.
#[derive(Debug, Clone, Default)]
pub struct Actions {
    /// What waits for the visitor.
    pub mine: Vec<Action>,
    /// What else could be done.
    pub others: Vec<Action>,
}

/// What the visitor can do about this release.
pub async fn of(visitor: &Visitor, view: &View, titles: &Titles) -> Result<Actions, Wrong> {
    let Some(id) = view.release.state.id.clone() else { return Ok(Actions::default()) };
    let tasks = visitor.app.tasks_of(&StreamId::Release(id.clone())).await?;
    let actor = visitor.actor();
    let is_mine = |task: &&TaskRow| match (&task.person, &task.role) {
        (Some(person), _) => person == &visitor.person,
        (None, Some(role)) => actor.holds(role),
        (None, None) => false,
    };
    let mine = tasks.iter().filter(is_mine).map(|task| {
        let path = match task.task.as_str() {
            "submit" => format!("/releases/{id}/submit"),
            _ => paths::of_task(task),
        };
        Action::new(path, words::capital(&task.title))
    });
    let mut mine: Vec<Action> = mine.collect();
    mine.dedup_by(|one, other| one.path == other.path);
    let mut others = Vec::new();
    let mut offer = async |command: Command, path: &str, text: String| -> Result<(), Wrong> {
        if visitor.would_refuse(&id, command).await?.is_none() {
            others.push(Action::new(format!("/releases/{id}/{path}"), text));
        }
        Ok(())
    };
    let Some(reason) = unwritten() else { return Ok(Actions { mine, others }) };
    for rule in view.report.iter().flat_map(|report| &report.approvals) {
        let (role, text) = (rule.role.clone(), reason);
        let path = format!("reject/{role}");
        let title = titles.role(&role);
        let command = Command::Reject { role, reason: RejectionReason::Other, text };
        offer(command, &path, format!("Reject as {title}")).await?;
    }
    let sooner = Command::Reschedule(schedule::another(view, visitor.now()));
    offer(sooner, "schedule", "Change the time of the deployment".into()).await?;
    let keep = Command::OverrideChangeType { reason };
    offer(keep, "say/keep-change-type", "Keep the lower change type".into()).await?;
    offer(Command::Suspend { reason }, "say/suspend", "Suspend".into()).await?;
    offer(Command::Resume { reason }, "say/resume", "Resume".into()).await?;
    offer(Command::Withdraw { reason }, "say/withdraw", "Withdraw the release".into()).await?;
    others.extend(beside_actions::offered(visitor, view, reason).await?);
    others.dedup();
    let could = crate::portal::pages::exception::could_be_waived(visitor, view, &id).await?;
    if !could.is_empty() {
        let path = format!("/releases/{id}/exceptions/new");
        others.push(Action::new(path, "Ask for an exception"));
    }
    let asks = crate::portal::pages::ask_changes::roles_to_ask_in(visitor, view, &id).await?;
    if !asks.is_empty() {
        let path = format!("/releases/{id}/change-requests/new");
        others.push(Action::new(path, "Ask for changes"));
    }
    if let Some(resubmit) = resubmission(view) {
        others.push(resubmit);
    }
    Ok(Actions { mine, others })
}

/// A release that came to its end by a no can be taken up again by a new one.
fn resubmission(view: &View) -> Option<Action> {
    let release = &*view.release.state;
    let (id, request) = (release.id.as_ref()?, release.request.as_ref()?);
    let again = view.report.iter().flat_map(|report| &report.blockers).any(|blocker| {
        let code = blocker.code();
        matches!(code, "release.rejected" | "release.withdrawn")
    });
    let path = format!("/releases/new?model={}&resubmits={id}", request.model);
    again.then(|| Action::new(path, "Request a new release that takes this one up"))
}
