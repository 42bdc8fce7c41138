//! Withdrawing, suspension and resumption.

use super::{Context, Release, ReleaseEvent};
use crate::refusal::Refusal;
use crate::text::Text;

pub(super) fn withdraw(
    release: &Release,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    super::request::editable(release, context, "withdraw the release")?;
    if release.owed_papers().is_some() {
        // Otherwise the papers of an emergency would be escaped by taking the request back.
        let action = "withdraw the release while it owes its papers";
        return Err(Refusal::WrongState { state: release.state_word().to_owned(), action });
    }
    Ok(vec![ReleaseEvent::Withdrawn { reason }])
}

fn may_suspend(
    release: &Release,
    action: &'static str,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let roles = release.settings().map(|settings| settings.may_suspend.clone());
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
    let may_run = release.state.is_allowed() || release.on_authority().is_some();
    if !may_run || release.suspended.is_some() {
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

#[cfg(test)]
mod tests {
    use crate::classification::ArtifactKind;
    use crate::classification::ChangeType::{MinorUpdate, NewModel};
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::release::ReleaseEvent;
    use crate::verdict::Allow;

    ///
    #[test]
    fn the_lead_suspends_with_a_reason_and_the_verdict_denies_at_once() {
        for world in [approved(Low), deployed(Low)] {
            assert_eq!(world.verdict().allow, Allow::Allow);
            let reason = text("it leaks addresses");
            let world = world.when("abara", suspend()).then([ReleaseEvent::Suspended { reason }]);
            assert_eq!(world.denied_by(), ["release.suspended"]);
            assert_eq!(world.blocked_by(), ["release.suspended"]);
        }
    }

    ///
    #[test]
    fn nobody_but_the_lead_suspends_unless_configured() {
        for person in ["rivera", "chen", "lindqvist", "santos", "root"] {
            deployed(Low).when(person, suspend()).refused_as("actor.not_permitted");
        }
        let also = |name: &'static str| {
            given(Low)
                .policy_where(|policy| policy.settings.may_suspend = roles(&[name]))
                .requested(request(NewModel, Low))
                .prepared()
                .submitted()
                .approved()
        };
        also("security").having("santos", suspend());
        also("model_owner").having("rivera", suspend());
        also("security").when("abara", suspend()).refused_as("actor.not_permitted");
    }

    #[test]
    fn a_machine_suspends_nothing() {
        let outcome = deployed(Low).when(machine(crate::actor::Scope::ALL), suspend());
        outcome.refused_as("actor.people_only");
    }

    ///
    #[test]
    fn only_what_was_approved_can_be_suspended_and_only_once() {
        for world in [submitted(Low), submitted(Low).having("rivera", withdraw())] {
            world.when("abara", suspend()).refused_as("release.wrong_state");
        }
        let suspended = deployed(Low).having("abara", suspend());
        suspended.when("abara", suspend()).refused_as("release.wrong_state");
    }

    ///
    #[test]
    fn a_suspended_release_runs_again_when_the_lead_resumes_it() {
        let world = deployed(Low).having("abara", suspend());
        world.clone().when("rivera", resume()).refused_as("actor.not_permitted");
        let world = world.when("abara", resume()).then_words(&["resumed"]);
        assert_eq!(world.verdict().allow, Allow::Allow);
        world.when("abara", resume()).refused_as("release.wrong_state");
    }

    ///
    #[test]
    fn a_suspended_digest_does_not_come_back_through_another_release() {
        let world = deployed(Low).having("abara", suspend());
        let world = world.updated("r-2", MinorUpdate, weights_and_prompt()).approved();
        assert_eq!(world.denied_by(), ["release.suspended"]);
    }

    ///
    #[test]
    fn a_suspension_outlives_the_release_that_took_its_place() {
        let mut prompt = artifact(ArtifactKind::Prompt, "system-prompt");
        prompt.digest = crate::digest::Sha256::of(b"second wording");
        let mut weights = artifact(ArtifactKind::Weights, "summarizer-v1");
        weights.digest = crate::digest::Sha256::of(b"second weights");
        let world = deployed(Low).having("abara", suspend());
        let world = world.updated("r-2", MinorUpdate, vec![prompt, weights]).approved();
        let world = world.having("rivera", deploy_to(production()));
        let again = world.updated("r-3", MinorUpdate, weights_and_prompt()).approved();
        assert_eq!(again.denied_by(), ["release.suspended"]);
        let resumed = again.speaking_of("r-1").having("abara", resume());
        assert_eq!(resumed.report().state, "superseded");
        assert_eq!(resumed.speaking_of("r-3").denied_by(), [] as [&str; 0]);
    }

    /// I-14
    #[test]
    fn a_release_is_withdrawn_by_its_requester_before_the_decision() {
        let world = submitted(Low).when("rivera", withdraw()).then_words(&["withdrawn"]);
        assert_eq!(world.denied_by(), ["release.withdrawn"]);
        submitted(Low).when("chen", withdraw()).refused_as("actor.not_permitted");
        approved(Low).when("rivera", withdraw()).refused_as("release.wrong_state");
    }
}
