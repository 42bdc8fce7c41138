//! Retirement: its approval takes what runs of the model out.

use super::UrgentEvent;
use crate::classification::ChangeType;
use crate::release::{Context, Release, ReleaseEvent, Request};

/// What follows from these events when they approve a retirement: which releases leave, and from
/// where.
pub(in crate::release) fn taken_out(
    release: &Release,
    events: &[ReleaseEvent],
    context: &Context<'_>,
) -> Option<ReleaseEvent> {
    let request = release.request.as_ref().filter(|one| one.change == ChangeType::Retirement)?;
    events.iter().find(|event| matches!(event, ReleaseEvent::Approved { .. }))?;
    let environments = request.environments.clone();
    let there = |other: &&&Release| {
        let mut asked = other.request.iter().flat_map(|request| &request.environments);
        asked.any(|place| environments.contains(place)) && other.id != release.id
    };
    let may_run = |other: &&&Release| other.state.is_allowed() || other.on_authority().is_some();
    let leaving = context.around.siblings.iter().filter(there).filter(may_run);
    let releases = leaving.filter_map(|other| other.id.clone()).collect();
    Some(ReleaseEvent::Urgent(UrgentEvent::RetirementDecided { environments, releases }))
}

/// What approving this does the moment it is approved, when it is a retirement: said to whoever asks
/// for it and to whoever signs it.
pub fn shuts_at_once(request: &Request) -> Option<String> {
    if request.change != ChangeType::Retirement {
        return None;
    }
    let places: Vec<&str> = request.environments.iter().map(|place| place.as_str()).collect();
    let (model, places) = (&request.model, places.join(" and "));
    Some(format!(
        "Approving this retirement shuts every digest of the model {model} in {places} at once: \
         from that moment each verdict about them is deny, restarts of what runs there included"
    ))
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::{MajorUpdate, MinorUpdate, NewModel, Retirement};
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::release::State;

    fn retired() -> World {
        let off = vec![artifact(crate::classification::ArtifactKind::Configuration, "off")];
        deployed(Low).updated("r-2", Retirement, off).approved()
    }

    #[test]
    fn an_approved_retirement_takes_what_runs_out() {
        let world = retired();
        assert!(!world.models[&summarizer()].running.contains_key(&production()));
        let first = world.speaking_of("r-1");
        assert_eq!(first.denied_by(), ["release.retired"]);
        assert_eq!(first.blocked_by(), ["release.retired"]);
        assert_eq!(first.release().state, State::Retired);
        assert_eq!(crate::project::tasks(first.release()), []);
    }

    #[test]
    fn a_release_that_was_approved_and_never_deployed_leaves_as_well() {
        let world = deployed(Low).updated("r-3", MinorUpdate, second_version()).approved();
        let off = vec![artifact(crate::classification::ArtifactKind::Configuration, "off")];
        let world = world.updated("r-2", Retirement, off).approved().speaking_of("r-3");
        assert_eq!(world.denied_by(), ["release.retired"]);
        world.when("rivera", deploy_to(production())).refused_as("deployment.denied");
    }

    ///
    #[test]
    fn a_retired_model_comes_back_as_a_new_one() {
        let world = retired();
        for change in [MinorUpdate, MajorUpdate] {
            let ask = ask_for("r-3", request(change, Low), second_version());
            world.clone().when("rivera", ask).refused_as("change_type.contradicts_history");
        }
        let world = world.updated("r-3", NewModel, second_version()).approved();
        let world = world.having("rivera", deploy_to(production()));
        let ask = ask_for("r-4", request(MinorUpdate, Low), weights_and_prompt());
        world.having("rivera", ask);
    }

    #[test]
    fn an_update_in_review_is_not_approved_after_its_model_was_retired() {
        let world = deployed(Low).updated("r-3", MinorUpdate, second_version());
        let off = vec![artifact(crate::classification::ArtifactKind::Configuration, "off")];
        let world = world.updated("r-2", Retirement, off).approved().speaking_of("r-3");
        let outcome = world.when("rivera", approve_as("model_owner"));
        outcome.refused_as("change_type.contradicts_history");
    }

    #[test]
    fn a_retired_version_is_not_gone_back_to() {
        let off = vec![artifact(crate::classification::ArtifactKind::Configuration, "off")];
        let world = second_deployed(Low).updated("r-3", Retirement, off).approved();
        let world = world.speaking_of("r-2");
        world.when("rivera", roll_back_to("r-1", 9)).refused_as("release.wrong_state");
    }

    ///
    #[test]
    fn the_first_deployment_to_another_environment_is_a_first_deployment() {
        let staging = |change| crate::release::Request {
            environments: [environment("staging")].into(),
            ..request(change, Low)
        };
        let world = deployed(Low);
        let ask = ask_for("r-2", staging(MinorUpdate), second_version());
        world.clone().when("rivera", ask).refused_as("change_type.contradicts_history");
        world.having("rivera", ask_for("r-2", staging(NewModel), second_version()));
    }

    #[test]
    fn a_retirement_says_what_its_approval_shuts_and_nothing_else_does() {
        let said = super::shuts_at_once(&request(Retirement, Low)).unwrap();
        assert!(said.contains("every digest of the model summarizer in production"), "{said}");
        assert_eq!(super::shuts_at_once(&request(NewModel, Low)), None);
    }
}
