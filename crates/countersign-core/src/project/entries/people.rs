//! The lists of who may act: grants with their dates, delegations, qualifications.

use crate::entry::EntryKind;
use crate::name::{PersonId, RoleName};
use crate::register::{Delegation, Grant, Qualified, Register};
use crate::rows::EntryRow;
use crate::stream::StreamId;

/// Every entry of the register.
pub fn register_entries(register: &Register) -> Vec<EntryRow> {
    let each = register.grants.iter();
    let grants = each.flat_map(|(person, held)| {
        held.iter().map(move |(role, grant)| granted(person, role, grant))
    });
    let lent = register.delegations.iter().map(|(number, one)| delegated(*number, one));
    let each = register.qualifications.iter();
    let passed = each.map(|((person, role), has)| qualified(person, role, has));
    let policies = crate::project::agenda::of_register(register);
    let freezes = super::freeze::rows(register);
    let reviews = super::policy_review::rows(register);
    let policies = policies.into_iter().chain(reviews);
    let people = grants.chain(lent).chain(passed).chain(policies);
    people.chain(freezes).chain(super::retention::holds(register)).collect()
}

fn granted(person: &PersonId, role: &RoleName, grant: &Grant) -> EntryRow {
    EntryRow {
        kind: EntryKind::RoleGrant,
        id: format!("{person}/{role}"),
        subject: StreamId::Register,
        model: None,
        title: format!("`{role}`"),
        text: None,
        state: "given".into(),
        owner: Some(person.clone()),
        role: Some(role.clone()),
        due: grant.until,
        opened_at: grant.from.unwrap_or(grant.given_at),
        closed_at: None,
    }
}

fn delegated(number: u32, one: &Delegation) -> EntryRow {
    let state = if one.ended_at.is_some() { "ended" } else { "given" };
    EntryRow {
        kind: EntryKind::Delegation,
        id: format!("delegation-{number}"),
        subject: StreamId::Register,
        model: None,
        title: format!("Delegation {number} of `{}`", one.role),
        text: Some(one.reason),
        state: state.into(),
        owner: Some(one.to.clone()),
        role: Some(one.role.clone()),
        due: Some(one.ends),
        opened_at: one.given_at,
        closed_at: one.ended_at,
    }
}

fn qualified(person: &PersonId, role: &RoleName, has: &Qualified) -> EntryRow {
    EntryRow {
        kind: EntryKind::Qualification,
        id: format!("{person}/{role}/qualification"),
        subject: StreamId::Register,
        model: None,
        title: format!("Qualification for `{role}`"),
        text: Some(has.proof),
        state: "recorded".into(),
        owner: Some(person.clone()),
        role: Some(role.clone()),
        due: Some(has.until),
        opened_at: has.recorded_at,
        closed_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::register::{NewDelegation, RegisterCommand};

    #[test]
    fn roles_and_delegations_are_listed_with_their_end() {
        let mut world = given(Low);
        let ends = at("2026-05-25T07:00:00Z");
        let lend = RegisterCommand::Delegate(NewDelegation {
            to: id("iyer"),
            role: role("product_lead"),
            begins: None,
            ends,
            reason: text("on leave"),
        });
        world.keep("chen", lend).unwrap();
        let of = |world: &World, kind: EntryKind| -> Vec<EntryRow> {
            let all = register_entries(&world.register).into_iter();
            all.filter(|row| row.kind == kind).collect()
        };
        assert_eq!(of(&world, EntryKind::RoleGrant).len(), PEOPLE.len());
        let lent = of(&world, EntryKind::Delegation).remove(0);
        assert_eq!((lent.owner, lent.due, lent.closed_at), (Some(id("iyer")), Some(ends), None));
        world.keep("chen", RegisterCommand::EndDelegation { number: 1 }).unwrap();
        assert_eq!(of(&world, EntryKind::Delegation)[0].state, "ended");
    }
}
