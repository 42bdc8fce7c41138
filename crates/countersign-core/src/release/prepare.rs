//! Prerequisites and checklist items.

use super::command::GivenAnswer;
use super::request::editable;
use super::{Context, ItemAnswer, Release, ReleaseEvent};
use crate::name::ItemName;
use crate::plan::GatePlan;
use crate::refusal::Refusal;
use std::borrow::Cow;

/// The frozen plan, or the one a draft would get now.
pub(super) fn plan_of<'r>(
    release: &'r Release,
    context: &Context<'_>,
) -> Result<Cow<'r, GatePlan>, Refusal> {
    match &release.plan {
        Some(plan) => Ok(Cow::Borrowed(plan)),
        None => super::submit::plan(release, context).map(Cow::Owned),
    }
}

pub(super) fn confirm(
    release: &Release,
    number: u32,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    editable(release, context, "confirm a prerequisite")?;
    let plan = plan_of(release, context)?;
    if number == 0 || number as usize > plan.prerequisites.len() {
        return Err(Refusal::NotFound { what: "prerequisite", name: number.to_string() });
    }
    if release.prerequisites.contains_key(&number) {
        return Err(Refusal::NothingToDo { what: "the prerequisite is confirmed already" });
    }
    Ok(vec![ReleaseEvent::PrerequisiteConfirmed { number }])
}

pub(super) fn answer(
    release: &Release,
    item: ItemName,
    given: GivenAnswer,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    editable(release, context, "answer a checklist item")?;
    let plan = plan_of(release, context)?;
    let asked = plan
        .item(&item)
        .ok_or_else(|| Refusal::NotFound { what: "checklist item", name: item.to_string() })?;
    let answer = match given {
        GivenAnswer::Confirmed(fields) => ItemAnswer::Confirmed(fields.fill(&asked.fields)?),
        GivenAnswer::NotApplicable { reason } if asked.may_not_apply => {
            ItemAnswer::NotApplicable { reason }
        }
        GivenAnswer::NotApplicable { .. } => {
            return Err(Refusal::WrongOrder {
                what: "the policy does not let this item be answered as not applicable",
            });
        }
    };
    Ok(vec![ReleaseEvent::ItemAnswered { item, answer }])
}
