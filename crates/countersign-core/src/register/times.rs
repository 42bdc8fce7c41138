//! Change windows and freezes: who keeps them, and how.
//!
//! Administrators and the role that hears of lapsed time limits keep them. Whoever deploys closes
//! an environment as one of them, and never opens it: no window is set and no freeze is lifted by
//! somebody who holds a role that deploys, under whichever of his accounts.

use super::{Context, Register, RegisterEvent, administrator};
use crate::field::FieldFault;
use crate::freeze::{Freeze, MAX_FREEZE_NAME, NewFreeze};
use crate::name::{EnvironmentName, RoleName};
use crate::refusal::{PeopleRefusal, Refusal};
use crate::text::Text;
use crate::window::{ChangeWindow, MAX_WINDOWS};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// A request about change windows and freezes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimesCommand {
    /// Set the change windows of an environment in place of those it had.
    SetChangeWindows {
        /// Where.
        environment: EnvironmentName,
        /// The windows; none at all leaves it open.
        windows: Vec<ChangeWindow>,
    },
    /// Declare a freeze.
    DeclareFreeze(NewFreeze),
    /// Lift a freeze before its end.
    LiftFreeze {
        /// Its number.
        number: u32,
        /// Why.
        reason: Text,
    },
}

impl TimesCommand {
    /// What the command does, as a refusal says it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::SetChangeWindows { .. } => "set change windows",
            Self::DeclareFreeze(_) => "declare a freeze",
            Self::LiftFreeze { .. } => "lift a freeze",
        }
    }
}

/// Turns such a command into an event, or refuses.
pub(super) fn decide(
    register: &Register,
    command: TimesCommand,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    keeps(register, command.action(), context)?;
    match command {
        TimesCommand::SetChangeWindows { environment, windows } => {
            set_windows(register, (environment, windows), context)
        }
        TimesCommand::DeclareFreeze(new) => declare(register, new, context),
        TimesCommand::LiftFreeze { number, reason } => lift(register, number, reason, context),
    }
}

impl Register {
    /// The roles whose holders set windows and lift freezes.
    pub fn keepers_of_times(&self, now: Timestamp) -> BTreeSet<RoleName> {
        let rules = self.people_rules(now);
        let keep = rules.keep_times.difference(&rules.deploy).cloned();
        keep.chain([administrator()]).collect()
    }

    pub(super) fn evolve_times(&mut self, at: Timestamp, event: &RegisterEvent) {
        if let RegisterEvent::ChangeWindowsSet { environment, windows } = event {
            self.times.windows.insert(environment.clone(), windows.clone());
        } else if let RegisterEvent::FreezeDeclared {
            number,
            name,
            environments,
            from,
            until,
            reason,
        } = event
        {
            let freeze = Freeze {
                name: name.clone(),
                environments: environments.clone(),
                from: *from,
                until: *until,
                reason: *reason,
                declared_at: at,
                lifted_at: None,
            };
            self.times.freezes.insert(*number, freeze);
        } else if let RegisterEvent::FreezeLifted { number, .. } = event
            && let Some(freeze) = self.times.freezes.get_mut(number)
        {
            freeze.lifted_at = Some(at);
        }
    }

    fn known(&self, environments: &BTreeSet<EnvironmentName>) -> Result<(), Refusal> {
        match environments.iter().find(|one| !self.environments.contains(*one)) {
            Some(one) => Err(Refusal::NotFound { what: "environment", name: one.to_string() }),
            None => Ok(()),
        }
    }
}

fn set_windows(
    register: &Register,
    (environment, windows): (EnvironmentName, Vec<ChangeWindow>),
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    opens_for_others(register, context)?;
    register.known(&[environment.clone()].into())?;
    if windows.len() > MAX_WINDOWS {
        let message = format!("name {MAX_WINDOWS} windows or fewer");
        return Err(fault(("windows", "Change windows"), message));
    }
    let now = register.times.windows.get(&environment).map(Vec::as_slice).unwrap_or_default();
    if now == windows {
        return Err(Refusal::NothingToDo { what: "these are the change windows already" });
    }
    Ok(vec![RegisterEvent::ChangeWindowsSet { environment, windows }])
}

fn declare(
    register: &Register,
    new: NewFreeze,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let NewFreeze { name, environments, from, until, reason } = new;
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > MAX_FREEZE_NAME || name.contains(char::is_control)
    {
        let message = format!("give it a name of at most {MAX_FREEZE_NAME} characters in one line");
        return Err(fault(("name", "Name"), message));
    }
    if environments.is_empty() {
        return Err(fault(("environments", "Environments"), "name at least one".into()));
    }
    register.known(&environments)?;
    if from.is_some_and(|from| from < context.now) {
        return Err(Refusal::WrongOrder { what: "a freeze does not begin in the past" });
    }
    let from = from.unwrap_or(context.now);
    if until <= from {
        return Err(Refusal::WrongOrder { what: "a freeze ends after it begins" });
    }
    let number = register.times.freezes.keys().last().copied().unwrap_or(0).saturating_add(1);
    Ok(vec![RegisterEvent::FreezeDeclared { number, name, environments, from, until, reason }])
}

fn lift(
    register: &Register,
    number: u32,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    opens_for_others(register, context)?;
    let missing = || Refusal::NotFound { what: "freeze", name: number.to_string() };
    let freeze = register.times.freezes.get(&number).ok_or_else(missing)?;
    if freeze.lifted_at.is_some() || freeze.until <= context.now {
        return Err(Refusal::NothingToDo { what: "the freeze is over already" });
    }
    Ok(vec![RegisterEvent::FreezeLifted { number, reason }])
}

fn keeps(register: &Register, action: &'static str, context: &Context<'_>) -> Result<(), Refusal> {
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    let rules = register.people_rules(context.now);
    let keepers: BTreeSet<_> = rules.keep_times.into_iter().chain([administrator()]).collect();
    if context.actor.holds_any(keepers.iter()) {
        return Ok(());
    }
    Err(Refusal::NotPermitted { action, needs: keepers.into_iter().collect() })
}

fn opens_for_others(register: &Register, context: &Context<'_>) -> Result<(), Refusal> {
    let deploy = register.people_rules(context.now).deploy;
    let accounts = context.actor.who.person().map(|person| register.accounts_of(person));
    let accounts = accounts.into_iter().flatten();
    let own = accounts.flat_map(|account| register.actor(&account, context.now).all_roles());
    match own.into_iter().find(|role| deploy.contains(role)) {
        Some(role) => Err(PeopleRefusal::OpensForItself { role }.into()),
        None => Ok(()),
    }
}

fn fault((field, label): (&str, &str), message: String) -> Refusal {
    let (field, label) = (field.to_owned(), label.to_owned());
    Refusal::InvalidAnswers { faults: vec![FieldFault { field, label, message }] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::register::{RegisterCommand, TimesCommand};

    #[track_caller]
    fn refused(world: &mut World, by: &str, command: RegisterCommand) -> &'static str {
        world.keep(by, command).unwrap_err().code()
    }

    #[test]
    fn administrators_and_whoever_hears_of_lapsed_limits_keep_the_windows_and_nobody_else() {
        for by in ["root", "abara"] {
            let mut world = given(Low);
            world.keep(by, windows(&["mon-fri 09:00-16:00"])).unwrap();
            world.keep(by, freeze(0, 24)).unwrap();
            world.keep(by, lift_freeze(1)).unwrap();
        }
        let mut world = given(Low);
        world.keep("root", freeze(0, 24)).unwrap();
        for by in ["zhou", "rivera", "chen", "lindqvist"] {
            for command in [windows(&["mon-sun 00:00-24:00"]), freeze(0, 9), lift_freeze(1)] {
                assert_eq!(refused(&mut world, by, command), "actor.not_permitted");
            }
        }
        assert_eq!(refused(&mut world, "quinn", lift_freeze(1)), "actor.reads_only");
        let clock = world.keep(Acting::Countersign, lift_freeze(1)).unwrap_err();
        assert_eq!(clock.code(), "actor.people_only");
    }

    #[test]
    fn whoever_deploys_may_shut_an_environment_and_never_opens_it_to_himself() {
        let deployer = role("ml_platform");
        let both = RegisterEvent::granted(id("abara"), deployer.clone());
        let linked = RegisterEvent::AccountsLinked { person: id("abara"), same_as: id("zhou") };
        for tie in [both, linked] {
            let mut world = given(Low).and(tie);
            world.keep("abara", freeze(0, 24)).unwrap();
            for command in [windows(&["mon 09:00-16:00"]), lift_freeze(1)] {
                let refusal = world.keep("abara", command).unwrap_err();
                let own = PeopleRefusal::OpensForItself { role: deployer.clone() };
                assert_eq!(refusal, own.into());
            }
            world.keep("root", lift_freeze(1)).unwrap();
        }
    }

    #[test]
    fn a_refused_attempt_to_open_an_environment_is_logged() {
        let refusal = given(Low).keep("zhou", lift_freeze(1)).unwrap_err();
        let event = crate::register::attempt(&lift_freeze(1), &refusal).unwrap();
        assert_eq!(event.word(), "change_refused");
    }

    #[test]
    fn a_freeze_has_a_name_a_place_and_an_end_after_its_beginning() {
        let faulty = |change: fn(&mut NewFreeze)| {
            let mut new = new_freeze(1, 24);
            change(&mut new);
            refused(
                &mut given(Low),
                "root",
                RegisterCommand::Times(TimesCommand::DeclareFreeze(new)),
            )
        };
        assert_eq!(faulty(|new| new.name = "  ".into()), "answers.invalid");
        assert_eq!(faulty(|new| new.name = "x".repeat(81)), "answers.invalid");
        assert_eq!(faulty(|new| new.name = "a\nb".into()), "answers.invalid");
        assert_eq!(faulty(|new| new.environments.clear()), "answers.invalid");
        assert_eq!(faulty(|new| new.environments = [environment("moon")].into()), "not_found");
        assert_eq!(faulty(|new| new.until = new.from.unwrap()), "time.wrong_order");
        assert_eq!(faulty(|new| new.from = Some(at("2026-05-11T06:59:59Z"))), "time.wrong_order");
    }

    #[test]
    fn a_freeze_is_lifted_once_and_not_after_its_end() {
        let mut world = given(Low);
        assert_eq!(refused(&mut world, "root", lift_freeze(1)), "not_found");
        world.keep("root", freeze(0, 24)).unwrap();
        let mut over = world.clone().later(24);
        assert_eq!(refused(&mut over, "root", lift_freeze(1)), "nothing_to_do");
        world.keep("root", lift_freeze(1)).unwrap();
        assert_eq!(refused(&mut world, "root", lift_freeze(1)), "nothing_to_do");
    }

    #[test]
    fn windows_are_set_for_a_known_environment_and_only_when_they_are_others() {
        let mut world = given(Low);
        assert_eq!(refused(&mut world, "root", windows(&[])), "nothing_to_do");
        world.keep("root", windows(&["mon 09:00-10:00"])).unwrap();
        assert_eq!(refused(&mut world, "root", windows(&["mon 09:00-10:00"])), "nothing_to_do");
        let (moon, none) = (environment("moon"), Vec::new());
        let command = RegisterCommand::Times(TimesCommand::SetChangeWindows {
            environment: moon,
            windows: none,
        });
        assert_eq!(refused(&mut world, "root", command), "not_found");
        let many: Vec<_> = (0..=MAX_WINDOWS).map(|_| "mon 09:00-10:00").collect();
        assert_eq!(refused(&mut world, "root", windows(&many)), "answers.invalid");
    }
}
