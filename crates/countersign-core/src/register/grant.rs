//! Giving a role for a time, and taking it.
//!
//! A role counts from its start until its end, looked at anew with every request. There is no
//! grant for the past, and nobody gives a role to himself.

use super::{Context, Register, RegisterEvent, administrator};
use crate::name::{PersonId, RoleName};
use crate::refusal::{PeopleRefusal, Refusal};
use jiff::Timestamp;

/// A role somebody holds, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The first moment at which it counts; `None` when it was given at once, so that it counts
    /// whatever a clock says that was set back.
    pub from: Option<Timestamp>,
    /// The first moment at which it no longer does; `None` for no end.
    pub until: Option<Timestamp>,
    /// Who gave it; `None` for grants of an older form and for those of the set-up.
    pub by: Option<PersonId>,
    /// When it was given.
    pub given_at: Timestamp,
}

impl Grant {
    /// Whether it counts at this moment.
    pub fn counts(&self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && !self.is_over(now)
    }

    /// Whether its end has come.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// For how long a role is asked to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Term {
    /// The first moment; `None` for now.
    pub from: Option<Timestamp>,
    /// The first moment after it; `None` for no end.
    pub until: Option<Timestamp>,
}

impl Term {
    /// Checks that it lies ahead and has a length.
    pub(super) fn check(self, now: Timestamp) -> Result<(), Refusal> {
        if self.from.is_some_and(|from| from < now) {
            return Err(Refusal::WrongOrder { what: "it cannot start in the past" });
        }
        if self.until.is_some_and(|until| until <= self.from.unwrap_or(now)) {
            return Err(Refusal::WrongOrder { what: "the end must come after the start" });
        }
        Ok(())
    }
}

pub(super) fn grant(
    register: &Register,
    (person, role): (PersonId, RoleName),
    term: Term,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let by = context.actor.who.person();
    if by.is_some_and(|by| register.accounts_of(by).contains(&person)) {
        return Err(Refusal::OwnRole { role });
    }
    if role.is_model_owner() {
        return Err(Refusal::OwnerIsPerModel);
    }
    term.check(context.now)?;
    let held = register.grants.get(&person).and_then(|held| held.get(&role));
    let same = |grant: &Grant| {
        let starts = term.from.is_none_or(|from| Some(from) == grant.from);
        grant.until == term.until && starts && !grant.is_over(context.now)
    };
    if held.is_some_and(same) {
        return Err(Refusal::NothingToDo { what: "the person holds this role already" });
    }
    alone(register, (&person, &role), context.now)?;
    if role == administrator()
        && term != Term::default()
        && register.is_last_administrator(&person, context.now)
    {
        return Err(Refusal::LastAdministrator);
    }
    let Term { from, until } = term;
    Ok(vec![RegisterEvent::RoleGranted { person, role, from, until, by: by.cloned() }])
}

/// Some roles go with no other: the administrator keeps the register and decides nothing, and who
/// only reads changes nothing. What starts later counts as well.
pub(super) fn alone(
    register: &Register,
    (person, role): (&PersonId, &RoleName),
    now: Timestamp,
) -> Result<(), Refusal> {
    let rules = register.people_rules(now);
    let apart = |one: &RoleName| *one == administrator() || rules.reads_only.contains(one);
    let both_read =
        |one: &RoleName| rules.reads_only.contains(one) && rules.reads_only.contains(role);
    let held = register.roles_to_come(person, now);
    let clash = held.into_iter().filter(|one| one != role && !both_read(one));
    match clash.into_iter().find(|one| apart(one) || apart(role)) {
        Some(held) => Err(PeopleRefusal::RolesExclude { role: role.clone(), held }.into()),
        None => Ok(()),
    }
}

/// Ends everything somebody holds or was lent, and what they lent. The last administrator stays.
pub(super) fn end_all(
    register: &Register,
    person: &PersonId,
    now: Timestamp,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if register.is_last_administrator(person, now) {
        return Err(Refusal::LastAdministrator);
    }
    let events = ends_of(register, person, now);
    if events.is_empty() {
        return Err(Refusal::NothingToDo { what: "the person holds no role" });
    }
    Ok(events)
}

/// The ends of every role and delegation of a person.
pub(super) fn ends_of(
    register: &Register,
    person: &PersonId,
    now: Timestamp,
) -> Vec<RegisterEvent> {
    let held = register.grants.get(person).into_iter().flatten();
    let roles = held
        .map(|(role, _)| RegisterEvent::RoleRevoked { person: person.clone(), role: role.clone() });
    let lent = register
        .delegations
        .iter()
        .filter(|(_, one)| !one.is_over(now) && (&one.from == person || &one.to == person));
    let lent = lent.map(|(number, _)| RegisterEvent::DelegationEnded { number: *number });
    roles.chain(lent).collect()
}

pub(super) fn revoke(
    register: &Register,
    person: PersonId,
    role: RoleName,
    now: Timestamp,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if !register.grants.get(&person).is_some_and(|held| held.contains_key(&role)) {
        return Err(Refusal::NothingToDo { what: "the person does not hold this role" });
    }
    if role == administrator() && register.is_last_administrator(&person, now) {
        return Err(Refusal::LastAdministrator);
    }
    Ok(vec![RegisterEvent::RoleRevoked { person, role }])
}

#[cfg(test)]
mod tests {
    use crate::classification::RiskTier::{Low, Medium};
    use crate::given::*;
    use crate::register::{RegisterCommand, Term};
    use crate::release::Command;

    fn grant(person: &str, of: &str, from: Option<&str>, until: Option<&str>) -> RegisterCommand {
        let term = Term { from: from.map(at), until: until.map(at) };
        RegisterCommand::GrantRole { person: id(person), role: role(of), term }
    }

    ///
    #[test]
    fn a_role_counts_from_its_start_until_its_end_and_not_a_moment_longer() {
        let (from, until) = ("2026-05-12T08:00:00Z", "2026-05-14T08:00:00Z");
        let mut world = given(Low);
        world.keep("root", grant("iyer", "compliance", Some(from), Some(until))).unwrap();
        let holds = |moment: &str| {
            world.register.roles_of(&id("iyer"), at(moment)).contains(&role("compliance"))
        };
        assert!(!holds("2026-05-12T07:59:59Z"));
        assert!(holds(from) && holds("2026-05-14T07:59:59Z"));
        assert!(!holds(until));
        let grant = &world.register.grants[&id("iyer")][&role("compliance")];
        assert_eq!(grant.by, Some(id("root")));
    }

    ///
    #[test]
    fn whoever_s_role_has_ended_approves_nothing_with_it() {
        let ask = ask_for(
            "r-1",
            request(crate::classification::ChangeType::NewModel, Medium),
            weights_and_prompt(),
        );
        let mut world = given(Medium);
        let until = Some("2026-05-12T07:00:00Z");
        world.keep("root", grant("eriksen", "ai_governance_lead", None, until)).unwrap();
        let world = world.having("iyer", ask).prepared().having("iyer", Command::Submit);
        let in_time = world.clone().later(23);
        in_time.having("eriksen", approve_as("ai_governance_lead"));
        let late = world.later(24).when("eriksen", approve_as("ai_governance_lead"));
        late.refused_as("actor.not_permitted");
    }

    #[test]
    fn a_grant_lies_ahead_and_has_a_length() {
        let past = Some("2026-05-10T07:00:00Z");
        let soon = Some("2026-05-12T07:00:00Z");
        for (from, until) in [(past, None), (None, past), (soon, soon)] {
            let refusal = given(Low).keep("root", grant("iyer", "compliance", from, until));
            assert_eq!(refusal.unwrap_err().code(), "time.wrong_order");
        }
        // The end of a grant is moved by granting anew.
        let mut world = given(Low);
        world.keep("root", grant("chen", "product_lead", None, soon)).unwrap();
        let again = world.keep("root", grant("chen", "product_lead", None, soon));
        assert_eq!(again.unwrap_err().code(), "nothing_to_do");
        world.keep("root", grant("chen", "product_lead", None, None)).unwrap();
    }

    ///
    #[test]
    fn the_auditor_and_the_administrator_hold_no_other_role() {
        for (person, of) in
            [("quinn", "compliance"), ("chen", "auditor"), ("chen", "administrator")]
        {
            let refusal = given(Low).keep("root", grant(person, of, None, None)).unwrap_err();
            assert_eq!(refusal.code(), "role.excluded", "{person} {of}");
        }
        let mut world = given(Low);
        world.keep("root", grant("bishop", "administrator", None, None)).unwrap();
        let through_another = world.keep("bishop", grant("root", "compliance", None, None));
        assert_eq!(through_another.unwrap_err().code(), "role.excluded");
        // A role that starts later is a role.
        let soon = Some("2026-05-12T07:00:00Z");
        world.keep("root", grant("iyer", "legal", soon, None)).unwrap();
        let auditor = world.keep("root", grant("iyer", "auditor", None, None));
        assert_eq!(auditor.unwrap_err().code(), "role.excluded");
    }

    #[test]
    fn the_last_administrator_without_an_end_stays() {
        let mut world = given(Low);
        let soon = Some("2026-05-12T07:00:00Z");
        world.keep("root", grant("bishop", "administrator", None, soon)).unwrap();
        let revoke =
            RegisterCommand::RevokeRole { person: id("root"), role: role("administrator") };
        assert_eq!(world.keep("root", revoke).unwrap_err().code(), "role.last_administrator");
        let shorter = grant("root", "administrator", None, soon);
        assert_eq!(world.keep("bishop", shorter).unwrap_err().code(), "role.last_administrator");
    }
}
