//! Prerequisites and checklist items.

use super::command::GivenAnswer;
use super::request::editable;
use super::{Context, ItemAnswer, Release, ReleaseEvent};
use crate::field::FieldFault;
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
        GivenAnswer::Confirmed(fields) => {
            let filled = fields.fill(&asked.fields)?;
            let faults = context.faults_of_risks(release, &asked.fields, &filled);
            if !faults.is_empty() {
                return Err(Refusal::InvalidAnswers { faults });
            }
            ItemAnswer::Confirmed(filled)
        }
        GivenAnswer::NotApplicable { reason } if asked.may_not_apply => {
            ItemAnswer::NotApplicable { reason }
        }
        GivenAnswer::NotApplicable { .. } => {
            let fault = FieldFault {
                field: item.to_string(),
                label: asked.title.clone(),
                message: "the policy does not take `not applicable` here".into(),
            };
            return Err(Refusal::InvalidAnswers { faults: vec![fault] });
        }
    };
    Ok(vec![ReleaseEvent::ItemAnswered { item, answer }])
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::NewModel;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::release::command::Command;
    use crate::release::{ItemAnswer, ReleaseEvent};

    fn confirm(number: u32) -> Command {
        Command::ConfirmPrerequisite { number }
    }

    ///
    #[test]
    fn it_is_recorded_who_confirmed_a_prerequisite() {
        let world = given(Low).requested(with_runbook(request(NewModel, Low)));
        let event = ReleaseEvent::PrerequisiteConfirmed { number: 2 };
        let world = world.when("rivera", confirm(2)).then([event]);
        let (_, by) = world.report().prerequisites[1].confirmed.clone().unwrap();
        assert_eq!(by.person(), Some(&id("rivera")));
        world.clone().when("rivera", confirm(2)).refused_as("nothing_to_do");
        for number in [0, 4] {
            world.clone().when("rivera", confirm(number)).refused_as("not_found");
        }
        world.when("park", confirm(1)).refused_as("actor.not_permitted");
    }

    ///
    #[test]
    fn the_rollback_test_is_answered_with_date_result_and_time() {
        let answers = [("tested_on", "yesterday"), ("result", "worked")];
        let refusal = drafted(Low).when("rivera", confirm_item("rollback", &answers));
        let said = refusal.refused_as("answers.invalid").to_string();
        assert!(said.contains("tested on: `yesterday` is not a date"), "{said}");
        assert!(said.contains("minutes: this needs an answer"), "{said}");
    }

    ///
    #[test]
    fn monitoring_is_answered_in_three_parts_and_free_text_is_kept_as_digests() {
        let answers = [("metrics", "latency"), ("drift", "weekly"), ("alerting", "at 2 %")];
        let outcome = drafted(Low).when("rivera", confirm_item("monitoring", &answers[..2]));
        outcome.refused_as("answers.invalid");
        let world = drafted(Low).having("rivera", confirm_item("monitoring", &answers));
        let ItemAnswer::Confirmed(filled) = &world.release().answers[&item("monitoring")].answer
        else {
            panic!("not confirmed")
        };
        assert_eq!((filled.values.len(), filled.texts.len()), (0, 3));
    }

    ///
    #[test]
    fn not_applicable_is_an_answer_only_where_the_policy_says_so() {
        drafted(Low).having("rivera", say_not_applicable("security_tests"));
        let outcome = drafted(Low).when("rivera", say_not_applicable("model_card"));
        outcome.refused_as("answers.invalid");
    }

    #[test]
    fn an_item_the_plan_does_not_ask_for_is_not_answered() {
        drafted(Low).when("rivera", confirm_item("fria", &[])).refused_as("not_found");
        drafted(Low)
            .when("chen", confirm_item("evaluation", &[]))
            .refused_as("actor.not_permitted");
    }
}
