//! Changing the time in which a release may first be deployed, as long as nothing is decided.

use super::{Context, Release, ReleaseEvent};
use crate::refusal::Refusal;
use crate::schedule::Schedule;

pub(super) fn change(
    release: &Release,
    schedule: Schedule,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    super::request::editable(release, context, "change the time of the deployment")?;
    schedule.check(context.now)?;
    if release.request.as_ref().is_some_and(|request| request.schedule == schedule) {
        return Err(Refusal::NothingToDo { what: "this is the time of the deployment already" });
    }
    Ok(vec![ReleaseEvent::Rescheduled { schedule }])
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::NewModel;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::release::Request;
    use crate::release::command::Command;
    use crate::verdict::Allow;

    fn asked(from: Option<i64>, until: Option<i64>) -> World {
        let schedule = scheduled(from, until);
        given(Low).requested(Request { schedule, ..request(NewModel, Low) })
    }

    fn decided(from: Option<i64>, until: Option<i64>) -> World {
        asked(from, until).prepared().submitted().approved()
    }

    /// I-09
    #[test]
    fn an_approval_ahead_of_its_time_allows_from_that_moment_on_by_itself() {
        let world = decided(Some(24), None);
        let verdict = world.verdict();
        assert_eq!(world.denied_by(), ["release.not_yet"]);
        assert_eq!(verdict.reasons[0].until, Some(at("2026-05-12T07:00:00Z")));
        assert_eq!(world.blocked_by(), ["release.not_yet"]);
        let mut eve = world.clone();
        eve.now = at("2026-05-12T06:59:59Z");
        eve.when("rivera", deploy_to(production())).refused_as("deployment.denied");
        let world = world.later(24);
        assert_eq!((world.verdict().allow, world.blocked_by()), (Allow::Allow, vec![]));
        world.having("rivera", deploy_to(production()));
    }

    /// I-09
    #[test]
    fn an_approval_ends_with_its_time_unless_the_release_runs() {
        let world = decided(None, Some(24));
        let mut eve = world.clone();
        eve.now = at("2026-05-12T06:55:00Z");
        assert_eq!(eve.verdict().valid_until, Some(at("2026-05-12T07:00:00Z")));
        let late = world.clone().later(24);
        assert_eq!(late.denied_by(), ["release.too_late"]);
        assert_eq!(late.blocked_by(), ["release.too_late"]);
        late.when("rivera", deploy_to(production())).refused_as("deployment.denied");
        let runs = world.having("rivera", deploy_to(production())).later(24);
        assert_eq!(runs.denied_by(), [] as [&str; 0]);
        assert_eq!(runs.blocked_by(), [] as [&str; 0]);
    }

    /// I-09
    #[test]
    fn the_time_is_part_of_what_is_approved_and_a_change_of_it_lapses_the_approvals() {
        let soon = || Command::Reschedule(scheduled(Some(1), None));
        let world = on_the_runbook(Low).stepped();
        world.clone().when("chen", soon()).refused_as("actor.not_permitted");
        let before = world.dossier();
        let world = world.having("haddad", approve_as("security_operations_lead"));
        let outcome = world.when("rivera", soon());
        let world = outcome.then_words(&["rescheduled", "approvals_lapsed"]);
        assert_ne!(world.dossier(), before);
        assert!(world.release().approvals.iter().all(|given| given.lapsed));
    }

    /// I-02
    #[test]
    fn the_time_of_an_approved_release_stays_as_it_was_approved() {
        let outcome = approved(Low).when("rivera", Command::Reschedule(scheduled(None, Some(9))));
        outcome.refused_as("release.wrong_state");
    }

    #[test]
    fn a_time_that_is_over_or_has_no_length_is_refused() {
        let ask = |from, until| {
            let schedule = scheduled(from, until);
            let asked = Request { schedule, ..request(NewModel, Low) };
            given(Low).when("rivera", ask_for("r-1", asked, weights_and_prompt()))
        };
        ask(Some(5), Some(5)).refused_as("time.wrong_order");
        ask(None, Some(0)).refused_as("time.wrong_order");
        ask(Some(-5), None).world();
        let world = ask(Some(5), Some(6)).world();
        let same = Command::Reschedule(scheduled(Some(5), Some(6)));
        world.when("rivera", same).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn authority_given_in_an_emergency_does_not_wait_for_the_time() {
        let world = asked(Some(240), None).having("rivera", claim_authority_of("abara"));
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        world.having("rivera", deploy_to(production()));
    }

    /// I-12
    #[test]
    fn a_clock_set_back_before_the_time_denies_again() {
        let mut world = decided(Some(24), None).later(30);
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        world.now = at("2026-05-12T06:59:59Z");
        assert_eq!(world.denied_by(), ["release.not_yet"]);
    }
}
