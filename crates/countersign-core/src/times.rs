//! When something may newly be deployed to an environment: its change windows and its freezes, as
//! the register has them.
//!
//! This is what the verdict is given of an environment. It is data and decides nothing about a
//! digest: what runs already and what runs on verbal authority is let through by the verdict.

use crate::freeze::Freeze;
use crate::name::EnvironmentName;
use crate::register::Register;
use crate::verdict::{Denial, UNKNOWN_PLACE};
use crate::window::{Between, ChangeWindow, between};
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The change windows and freezes of every environment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeTimes {
    /// The windows of each environment; one without any is always open.
    pub windows: BTreeMap<EnvironmentName, Vec<ChangeWindow>>,
    /// Every freeze that was declared, by number.
    pub freezes: BTreeMap<u32, Freeze>,
}

/// What an environment says about the time of a new deployment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times<'a> {
    of: Option<(&'a Register, &'a EnvironmentName)>,
    moment: Option<Timestamp>,
}

/// Whether an environment takes new deployments at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opening {
    /// Why it does not; empty when it does.
    pub shut: Vec<Denial>,
    /// While it does: when it stops, if that is known.
    pub closes: Option<Timestamp>,
}

/// The code of an environment that is frozen.
pub const FROZEN: &str = "environment.frozen";

/// The code of a moment outside every change window.
pub const OUTSIDE_WINDOW: &str = "environment.outside_window";

impl<'a> Times<'a> {
    /// Those of this environment.
    pub fn of(register: &'a Register, environment: &'a EnvironmentName) -> Self {
        Self { of: Some((register, environment)), moment: None }
    }

    /// Those of an environment that takes deployments at any time.
    pub fn always() -> Self {
        Self::default()
    }

    /// Asked about something that happened at this moment, not now.
    #[must_use]
    pub fn as_of(self, moment: Timestamp) -> Self {
        Self { moment: Some(moment), ..self }
    }

    /// The reason against an environment nobody defined, with those there are.
    pub(crate) fn unknown(&self) -> Option<Denial> {
        let (register, environment) = self.of?;
        if register.environments.contains(environment) {
            return None;
        }
        let known: Vec<&str> = register.environments.iter().map(|one| one.as_str()).collect();
        let subject = Some(known.join(", ")).filter(|known| !known.is_empty());
        Some(Denial { subject, ..Denial::of(None, UNKNOWN_PLACE) })
    }

    /// The moment it is asked about.
    pub fn moment(&self, now: Timestamp) -> Timestamp {
        self.moment.unwrap_or(now)
    }

    /// Whether the environment takes new deployments.
    pub fn opening(&self, now: Timestamp) -> Opening {
        let Some((register, environment)) = self.of else { return Opening::default() };
        let moment = self.moment(now);
        let of_here = |(_, one): &(&u32, &Freeze)| one.environments.contains(environment);
        let freezes = register.times.freezes.iter().filter(of_here).map(|(_, one)| one);
        let mut opening = Opening::default();
        for freeze in freezes {
            if freeze.holds(moment, now) {
                let mut denial = register.shut(FROZEN, Some(freeze.until), now);
                denial.subject = Some(freeze.name.clone());
                opening.shut.push(denial);
            }
            opening.closes = earlier(opening.closes, freeze.begins_after(moment));
        }
        let windows = register.times.windows.get(environment).filter(|all| !all.is_empty());
        let calendar = register.calendar.as_ref().map(Cow::Borrowed);
        let calendar = calendar.or_else(|| register.calendar().map(Cow::Owned));
        if let (Some(windows), Some(calendar)) = (windows, calendar) {
            match between(windows, &calendar, moment) {
                Between::Open(end) => opening.closes = earlier(opening.closes, Some(end)),
                Between::Shut(next) => opening.shut.push(register.shut(OUTSIDE_WINDOW, next, now)),
            }
        }
        opening
    }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

impl Register {
    fn shut(&self, code: &str, until: Option<Timestamp>, now: Timestamp) -> Denial {
        Denial { until, lifted_by: self.keepers_of_times(now), ..Denial::of(None, code) }
    }
}

#[cfg(test)]
mod tests {
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::register::RegisterCommand;
    use crate::release::ReleaseEvent;
    use crate::release::command::{Command, NewDeployment};
    use crate::rows::Basis;
    use crate::verdict::Allow;

    fn keeping(mut world: World, command: RegisterCommand) -> World {
        world.keep("root", command).unwrap();
        world
    }

    fn at_moment(world: &World, moment: &str) -> World {
        World { now: at(moment), ..world.clone() }
    }

    #[test]
    fn a_freeze_denies_what_is_new_and_says_until_when_and_who_lifts_it() {
        let world = keeping(approved(Low), freeze(0, 24));
        let verdict = world.verdict();
        assert_eq!((verdict.allow, verdict.valid_until), (Allow::Deny, None));
        let [reason] = &verdict.reasons[..] else { panic!("{verdict:?}") };
        assert_eq!((reason.code.as_str(), &reason.release), ("environment.frozen", &None));
        assert_eq!(reason.until, Some(at("2026-05-12T07:00:00Z")));
        assert_eq!(reason.lifted_by, roles(&["administrator", "ai_governance_lead"]));
        assert!(reason.to_string().contains("`quarter end`"), "{reason}");
        let refusal = world.clone().when("rivera", deploy_to(production()));
        let refusal = refusal.refused_as("deployment.denied");
        assert!(refusal.to_string().contains("frozen"), "{refusal}");
        let world = world.later(24);
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        world.having("rivera", deploy_to(production()));
    }

    #[test]
    fn a_freeze_of_one_environment_leaves_the_others_open() {
        let world = keeping(approved(Low), freeze(0, 24));
        let digest = world.release().artifacts[0].digest;
        let elsewhere = world.verdict_on(digest, &environment("staging"));
        assert!(elsewhere.reasons.iter().all(|one| one.code != "environment.frozen"));
    }

    #[test]
    fn what_runs_keeps_running_in_a_freeze_and_outside_every_window() {
        let world = keeping(deployed(Low), freeze(0, 24));
        let world = keeping(world, windows(&["sun 03:00-04:00"]));
        let verdict = world.verdict();
        assert_eq!(verdict.allow, Allow::Allow);
        let despite: Vec<_> = verdict.despite.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(despite, ["environment.frozen", "environment.outside_window"]);
        assert_eq!(verdict.valid_until, Some(at("2026-05-11T07:15:00Z")));
    }

    #[test]
    fn another_version_does_not_slip_in_beside_one_that_runs() {
        let world = deployed(Low);
        let update = crate::classification::ChangeType::MinorUpdate;
        let world = world.updated("r-2", update, second_version()).approved();
        let world = keeping(world, freeze(0, 24));
        assert_eq!(world.denied_by(), ["environment.frozen"]);
        world.when("rivera", deploy_to(production())).refused_as("deployment.denied");
    }

    #[test]
    fn a_rollback_is_not_kept_out_by_a_freeze() {
        let update = crate::classification::ChangeType::MinorUpdate;
        let world = deployed(Low).updated("r-2", update, second_version()).approved();
        let world = world.having("rivera", deploy_to(production()));
        let world = keeping(world, freeze(0, 24)).having("zhou", roll_back_to("r-1", 9));
        assert_eq!(world.speaking_of("r-1").denied_by(), [] as [&str; 0]);
    }

    ///
    #[test]
    fn an_emergency_is_let_through_and_the_deployment_says_what_it_passed() {
        let world = keeping(claimed(Low), freeze(0, 24));
        let verdict = world.verdict();
        assert_eq!((verdict.allow, verdict.basis), (Allow::Allow, Some(Basis::VerbalAuthority)));
        assert_eq!(verdict.despite[0].code, "environment.frozen");
        let world = world.having("rivera", deploy_to(production()));
        let kept = &world.release().deployments[&production()].deployment;
        assert_eq!(kept.despite, ["environment.frozen"]);
    }

    #[test]
    fn an_allow_never_reaches_past_the_next_freeze_or_the_end_of_the_window() {
        let world = keeping(approved(Low), freeze(1, 24));
        let before = at_moment(&world, "2026-05-11T07:55:00Z");
        assert_eq!(before.verdict().valid_until, Some(at("2026-05-11T08:00:00Z")));
        let world = keeping(approved(Low), windows(&["mon 09:00-10:00"]));
        let within = at_moment(&world, "2026-05-11T07:50:00Z");
        assert_eq!(within.verdict().valid_until, Some(at("2026-05-11T08:00:00Z")));
        let after = at_moment(&world, "2026-05-11T08:00:00Z");
        assert_eq!(after.denied_by(), ["environment.outside_window"]);
        let next = after.verdict().reasons[0].until;
        assert_eq!(next, Some(at("2026-05-18T07:00:00Z")));
    }

    #[test]
    fn a_lifted_freeze_denies_no_more() {
        let world = keeping(approved(Low), freeze(0, 24));
        let world = keeping(world, lift_freeze(1));
        assert_eq!(world.denied_by(), [] as [&str; 0]);
    }

    fn recorded(world: World, happened: &str) -> Attempt {
        let (environment, at) = (production(), Some(at(happened)));
        let new = NewDeployment { environment, at, change_reference: None };
        world.when("rivera", Command::RecordDeployment(new))
    }

    ///
    #[test]
    fn a_deployment_in_the_last_minute_of_a_window_is_recorded_after_it_but_not_much_later() {
        let world = keeping(approved(Low), windows(&["mon 09:00-10:00"]));
        let (last_minute, closed) = ("2026-05-11T07:59:00Z", "2026-05-11T08:00:00Z");
        let just_after = at_moment(&world, "2026-05-11T08:14:00Z");
        recorded(just_after.clone(), last_minute).then_words(&["deployed"]);
        recorded(just_after, closed).refused_as("deployment.denied");
        let long_after = at_moment(&world, "2026-05-11T08:14:01Z");
        recorded(long_after, last_minute).refused_as("deployment.denied");
    }

    #[test]
    fn a_deployment_that_says_it_lies_before_a_freeze_opens_no_gate_afterwards() {
        let mut world = approved(Low).later(2);
        world.keep("root", freeze(2, 24)).unwrap();
        let world = world.later(1);
        recorded(world, "2026-05-11T08:59:00Z").refused_as("deployment.denied");
    }

    /// I-12
    #[test]
    fn a_freeze_that_began_at_once_holds_for_a_clock_that_is_set_back() {
        let mut world = approved(Low).later(30);
        world.keep("root", freeze(30, 48)).unwrap();
        assert_eq!(world.denied_by(), ["environment.frozen"]);
        world.now = at("2026-05-11T08:00:00Z");
        assert_eq!(world.denied_by(), ["environment.frozen"]);
        recorded(world.clone(), "2026-05-11T07:59:00Z").refused_as("deployment.denied");
    }

    #[test]
    fn every_freeze_is_listed_and_ends_by_itself() {
        use crate::project::register_entries;
        let mut world = given(Low);
        world.keep("root", freeze(1, 24)).unwrap();
        let row = |world: &World| {
            let rows = register_entries(&world.register);
            rows.into_iter().find(|row| row.id == "freeze-1").unwrap()
        };
        let state = |world: &World, moment| row(world).as_of(at(moment)).state;
        assert_eq!(row(&world).title, "quarter end: production");
        assert_eq!(state(&world, "2026-05-12T06:59:59Z"), "declared");
        assert_eq!(state(&world, "2026-05-12T07:00:00Z"), "ended");
        world.keep("root", lift_freeze(1)).unwrap();
        assert_eq!(state(&world, "2026-05-12T07:00:00Z"), "lifted");
    }

    #[test]
    fn a_routine_deployment_passed_nothing() {
        let outcome = approved(Low).when("rivera", deploy_to(production()));
        let Ok([ReleaseEvent::Deployed { deployment }]) = outcome.result.as_deref() else {
            panic!("{outcome:?}")
        };
        assert_eq!(deployment.despite, [] as [&str; 0]);
    }
}
