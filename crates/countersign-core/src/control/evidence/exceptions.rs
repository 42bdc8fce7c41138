//! What a deployment bypassed, and who accepted the risk of that: exceptions from a
//! criterion or an item, and verbal authority in place of a written approval.

use super::PartStatus;
use super::history::{Moment, Placed};
use crate::assess::relied_on;
use crate::control::Part;
use crate::exception::{AskedException, Waived};
use crate::framework::Held;
use crate::name::{PersonId, RoleName};
use crate::release::urgent::emergency::{Answer, Emergency, Ground};
use crate::release::{ReleaseEvent as E, UrgentEvent};
use crate::text::Text;
use jiff::Timestamp;
use serde::Serialize;

/// What a deployment bypassed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ExceptionRecord {
    /// Exceptions from criteria and items.
    pub waivers: Vec<WaiverRecord>,
    /// The verbal authority it ran on, when it did.
    pub emergency: Option<EmergencyRecord>,
}

/// An exception a deployment relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaiverRecord {
    /// Its number on the release.
    pub number: u32,
    /// What it waived.
    pub waives: Waived,
    /// Who asked for it.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// Why.
    pub reason: Text,
    /// What was done in its place.
    pub measures: Text,
    /// The last moment at which it held.
    pub until: Timestamp,
    /// Who accepted the risk.
    pub accepted: Vec<AcceptanceLine>,
}

/// Somebody accepted a risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AcceptanceLine {
    /// In which role.
    pub role: RoleName,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// In his words.
    pub statement: Text,
}

/// Verbal authority in place of a written approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmergencyRecord {
    /// Why it could not wait.
    pub ground: Ground,
    /// The same in words.
    pub explanation: Text,
    /// Who claimed it.
    pub owner: PersonId,
    /// Who is said to have given the authority.
    pub authority: PersonId,
    /// When it is said to have been given.
    pub given_at: Timestamp,
    /// When that person confirmed it; `None` when he did not.
    pub confirmed_at: Option<Timestamp>,
    /// When it was approved in writing afterwards; `None` when it was not.
    pub approved_at: Option<Timestamp>,
    /// Whether the papers were recorded as overdue.
    pub papers_overdue: bool,
}

pub(super) fn record(moment: &Moment<'_>) -> (ExceptionRecord, PartStatus) {
    let release = &moment.release;
    let relied = release.plan.as_ref().map(|plan| relied_on(release, plan)).unwrap_or_default();
    let waivers: Vec<WaiverRecord> = relied
        .iter()
        .filter_map(|(number, _, _)| Some(waiver(*number, release.exceptions.get(number)?)))
        .collect();
    let emergency = spoken(moment);
    let numbers: Vec<u32> = waivers.iter().map(|one| one.number).collect();
    let mut events = moment
        .positions(|event| matches!(event, E::Exception(one) if numbers.contains(&one.number())));
    if emergency.is_some() {
        events.extend(
            moment.history.events().iter().filter(|one| spoke(one)).map(|one| one.position),
        );
    }
    let record = ExceptionRecord { waivers, emergency };
    let (held, because) = judged(moment, &record, relied.len());
    (record, PartStatus::new(Part::ExceptionRecords, held, because, events))
}

/// The events of verbal authority and of what came of it, whenever they happened.
fn spoke(placed: &Placed) -> bool {
    matches!(
        placed.of_release(),
        Some(
            E::Urgent(
                UrgentEvent::EmergencyClaimed { .. }
                    | UrgentEvent::AuthorityConfirmed {}
                    | UrgentEvent::AuthorityDenied { .. }
                    | UrgentEvent::PapersAwaited { .. }
                    | UrgentEvent::PapersOverdue { .. }
            ) | E::Approved { .. }
        )
    )
}

fn judged(moment: &Moment<'_>, record: &ExceptionRecord, relied: usize) -> (Held, String) {
    if let Some(emergency) = &record.emergency {
        return match (emergency.confirmed_at, emergency.approved_at) {
            (Some(at), Some(written)) => (
                Held::Held,
                format!("verbal authority confirmed at {at}, approved in writing at {written}"),
            ),
            (Some(_), None) => {
                (Held::Missing, "the written approval of the emergency never came".to_owned())
            }
            (None, _) => {
                (Held::Missing, "nobody confirmed the verbal authority it ran on".to_owned())
            }
        };
    }
    if moment.release.decision.is_none() {
        return (Held::Missing, "it bypassed the gate, and nobody accepted that".to_owned());
    }
    if record.waivers.len() < relied || record.waivers.iter().any(|one| one.accepted.is_empty()) {
        return (Held::Missing, "nobody accepted the risk of an exception".to_owned());
    }
    match record.waivers.len() {
        0 => (Held::NotAsked, "nothing was bypassed".to_owned()),
        1 => (Held::Held, "1 exception, its risk accepted".to_owned()),
        many => (Held::Held, format!("{many} exceptions, their risk accepted")),
    }
}

fn waiver(number: u32, asked: &AskedException) -> WaiverRecord {
    let accepted = asked.accepted.iter().map(|(role, one)| AcceptanceLine {
        role: role.clone(),
        by: one.by.clone(),
        at: one.at,
        statement: one.statement,
    });
    WaiverRecord {
        number,
        waives: asked.exception.waives.clone(),
        asked_by: asked.asked_by.clone(),
        asked_at: asked.asked_at,
        reason: asked.exception.reason,
        measures: asked.exception.measures,
        until: asked.exception.until,
        accepted: accepted.collect(),
    }
}

/// The verbal authority it ran on: only when nobody had approved it in writing by then.
fn spoken(moment: &Moment<'_>) -> Option<EmergencyRecord> {
    if moment.release.decided_at.is_some() {
        return None;
    }
    moment.release.urgent.emergency.as_ref()?;
    let afterwards = moment.history.release();
    let emergency: &Emergency = afterwards.urgent.emergency.as_ref()?;
    let claim = &emergency.claim;
    Some(EmergencyRecord {
        ground: claim.ground,
        explanation: claim.explanation,
        owner: claim.owner.clone(),
        authority: claim.authority.by.clone(),
        given_at: claim.authority.at,
        confirmed_at: match &emergency.answer {
            Some(Answer::Confirmed { at }) => Some(*at),
            Some(Answer::Denied { .. }) | None => None,
        },
        approved_at: afterwards.decided_at,
        papers_overdue: emergency.papers.as_ref().is_some_and(|papers| papers.overdue),
    })
}
