//! Withdrawing, conditions, suspension and resumption.

use super::{Context, Release, ReleaseEvent};
use crate::name::RoleName;
use crate::refusal::Refusal;
use crate::text::Text;

pub(super) fn withdraw(
    release: &Release,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    super::request::editable(release, context, "withdraw the release")?;
    Ok(vec![ReleaseEvent::Withdrawn { reason }])
}

/// A condition is closed by a holder of the role whose approval it was attached to, never by the
/// person who promised it.
pub(super) fn close_condition(
    release: &Release,
    number: u32,
    done: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "close a condition";
    let missing = || Refusal::NotFound { what: "condition", name: number.to_string() };
    let open = release.conditions.get(&number).ok_or_else(missing)?;
    if open.closed.is_some() {
        return Err(Refusal::NothingToDo { what: "the condition is closed already" });
    }
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let asked = release
        .approvals
        .iter()
        .filter(|given| !given.lapsed && given.approval.conditions.contains(&open.condition));
    let roles: Vec<RoleName> = asked.map(|given| given.approval.role.clone()).collect();
    if !roles.iter().any(|role| context.acts_as(role)) {
        return Err(Refusal::NotPermitted { action, needs: roles });
    }
    if person == &open.condition.owner {
        let action = "close a condition you promised to meet yourself";
        return Err(Refusal::NotPermitted { action, needs: roles });
    }
    Ok(vec![ReleaseEvent::ConditionClosed { number, done }])
}

fn may_suspend(
    release: &Release,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let roles = release.plan.as_ref().map(|plan| plan.settings.may_suspend.clone());
    let roles = roles.unwrap_or_default();
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    if roles.iter().any(|role| context.acts_as(role)) {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: roles.into_iter().collect() })
}

pub(super) fn suspend(
    release: &Release,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "suspend the release";
    may_suspend(release, action, context)?;
    if !release.state.is_allowed() || release.suspended.is_some() {
        return Err(Refusal::WrongState { state: release.state_word().to_owned(), action });
    }
    Ok(vec![ReleaseEvent::Suspended { reason }])
}

pub(super) fn resume(
    release: &Release,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "resume the release";
    may_suspend(release, action, context)?;
    if release.suspended.is_none() {
        return Err(Refusal::WrongState { state: release.state_word().to_owned(), action });
    }
    Ok(vec![ReleaseEvent::Resumed { reason }])
}
