//! Deeds about who may do what: roles for a time, delegation, qualifications, accounts.

use super::deed::Deed;
use super::form::Filled;
use super::forms::{Form, form};
use super::script::moment;
use jiff::Timestamp;

/// What changes who may do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfPeople {
    Grant { role: String, person: String, until: Option<Timestamp> },
    Revoke { role: String, person: String },
    Delegate { to: String, role: String, until: Timestamp, reason: String },
    EndDelegation { number: u32 },
    Qualify { person: String, role: String, passed_on: String },
    SameAs { person: String, other: String },
}

/// The forms of these deeds.
pub const OF_PEOPLE: &[Form] = &[
    form("{who} grants {role} to {person}", "Gives a role.", |f, _| {
        let (role, person) = (f.one("role"), f.one("person"));
        Ok(Deed::OfPeople(OfPeople::Grant { role, person, until: None }))
    }),
    form(
        "{who} grants {role} to {person} until {moment}",
        "Gives a role for a time; the moment is quoted: \"2026-05-20 09:00\".",
        |f, _| {
            let (role, person) = (f.one("role"), f.one("person"));
            Ok(Deed::OfPeople(OfPeople::Grant { role, person, until: Some(end(f)?) }))
        },
    ),
    form("{who} takes {role} from {person}", "Takes a role.", |f, _| {
        let (role, person) = (f.one("role"), f.one("person"));
        Ok(Deed::OfPeople(OfPeople::Revoke { role, person }))
    }),
    form(
        "{who} lets {person} act as {role} until {moment}: {text}",
        "Lends a role for a time.",
        |f, _| {
            let (to, role, reason) = (f.one("person"), f.one("role"), f.one("text"));
            Ok(Deed::OfPeople(OfPeople::Delegate { to, role, until: end(f)?, reason }))
        },
    ),
    form("{who} ends delegation {number}", "Ends a delegation before its time.", |f, _| {
        let number = f.one("number").parse().map_err(|_| "this is not a number".to_owned())?;
        Ok(Deed::OfPeople(OfPeople::EndDelegation { number }))
    }),
    form(
        "{who} records that {person} passed for {role} on {day}",
        "Records a qualification: `2026-05-04`.",
        |f, _| {
            let (person, role, passed_on) = (f.one("person"), f.one("role"), f.one("day"));
            Ok(Deed::OfPeople(OfPeople::Qualify { person, role, passed_on }))
        },
    ),
    form("{who} says that {person} is {other}", "Says that two accounts are one human.", |f, _| {
        let (person, other) = (f.one("person"), f.one("other"));
        Ok(Deed::OfPeople(OfPeople::SameAs { person, other }))
    }),
];

fn end(filled: &Filled) -> Result<Timestamp, String> {
    let text = filled.one("moment");
    moment(&text).ok_or_else(|| format!("`{text}` is no moment such as \"2026-05-20 09:00\""))
}
