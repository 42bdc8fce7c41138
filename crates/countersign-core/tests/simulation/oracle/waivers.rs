//! Exceptions as the oracle reads them: what is waived, who took the risk, and until when.

use super::case::Case;
use super::{Facts, Library};
use countersign_core::actor::Who;
use countersign_core::event::Envelope;
use countersign_core::exception::{Exception, ExceptionEvent, Waived};
use countersign_core::name::{PersonId, RoleName};
use countersign_core::policy::ExceptionSettings;
use countersign_core::text::Text;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// An exception somebody asked for.
#[derive(Debug)]
pub struct Waiver {
    exception: Exception,
    asked_by: PersonId,
    asked_at: Timestamp,
    /// Who has to take the risk, by the policy of the day it was asked for.
    needs: BTreeSet<RoleName>,
    /// Who took it, and everybody who counts as this person.
    taken: BTreeMap<RoleName, (PersonId, Text, BTreeSet<PersonId>)>,
    refused: bool,
    /// When it was revoked; the beginning of time when its end is on record.
    over: Option<Timestamp>,
}

/// What an approver sees of an exception that holds: what is waived, and who took the risk.
pub type Seen = (Exception, BTreeMap<RoleName, (PersonId, Text)>);

impl Waiver {
    /// Whether everybody took the risk whom the policy of that day named.
    fn is_granted(&self) -> bool {
        let all = self.needs.iter().all(|role| self.taken.contains_key(role));
        all && !self.needs.is_empty() && !self.refused
    }

    /// Whether it counts for a release judged by these settings.
    fn counts(&self, settings: &ExceptionSettings) -> bool {
        self.is_granted()
            && !settings.accepted_by.is_empty()
            && settings.accepted_by.iter().all(|role| self.taken.contains_key(role))
            && !settings.never.contains(&self.exception.waives)
            && self.exception.until <= latest(self.asked_at, settings)
    }

    /// The last moment at which it holds.
    fn last(&self) -> Timestamp {
        let nanosecond = SignedDuration::from_nanos(1);
        match self.over {
            None => self.exception.until,
            Some(over) if over == Timestamp::UNIX_EPOCH => over,
            Some(over) => self.exception.until.min(over - nanosecond),
        }
    }
}

fn latest(asked: Timestamp, settings: &ExceptionSettings) -> Timestamp {
    asked + SignedDuration::from_hours(i64::from(settings.at_most_days) * 24)
}

/// Until when this is waived at the longest; `None` when it never was.
pub fn until(case: &Case<'_>, settings: &ExceptionSettings, what: &Waived) -> Option<Timestamp> {
    let about = case.waivers.values().filter(|one| &one.exception.waives == what);
    about.filter(|one| one.counts(settings)).map(Waiver::last).max()
}

/// Whether this is waived now.
pub fn waived(
    case: &Case<'_>,
    settings: &ExceptionSettings,
    what: &Waived,
    now: Timestamp,
) -> bool {
    until(case, settings, what).is_some_and(|last| now <= last)
}

/// Takes in what happened to an exception.
pub fn reads<'w>(
    case: &mut Case<'w>,
    envelope: &'w Envelope,
    event: &'w ExceptionEvent,
    (facts, library): (&Facts, &Library<'w>),
) {
    let at = envelope.at;
    match event {
        ExceptionEvent::Requested { number, exception, .. } => {
            let settings = case.settings(at, facts, library).map(|it| it.exceptions.clone());
            let settings = settings.unwrap_or_default();
            let Who::Person(asked_by) = &envelope.by else { return };
            let waiver = Waiver {
                exception: exception.clone(),
                asked_by: asked_by.clone(),
                asked_at: at,
                needs: settings.accepted_by.clone(),
                taken: BTreeMap::new(),
                refused: false,
                over: None,
            };
            let wrong = wrongly_asked(case, &waiver, &settings, facts);
            case.objections.extend(wrong.map(|how| format!("exception {number}: {how}")));
            case.waivers.insert(*number, waiver);
        }
        ExceptionEvent::RiskAccepted { number, role, statement, .. } => {
            match takes_the_risk(case, *number, (&envelope.by, role), (facts, at)) {
                Ok((person, whole)) => {
                    let taken = (person, *statement, whole);
                    let waiver = case.waivers.get_mut(number);
                    waiver
                        .into_iter()
                        .for_each(|one| drop(one.taken.insert(role.clone(), taken.clone())));
                }
                Err(how) => case.objections.push(format!("exception {number}: {how}")),
            }
        }
        ExceptionEvent::Refused { number, .. } => {
            case.waivers.get_mut(number).iter_mut().for_each(|one| one.refused = true);
        }
        ExceptionEvent::Revoked { number, .. } => {
            case.waivers.get_mut(number).iter_mut().for_each(|one| one.over = Some(at));
        }
        ExceptionEvent::Expired { number, .. } => {
            let waiver = case.waivers.get_mut(number);
            waiver.into_iter().for_each(|one| one.over = Some(Timestamp::UNIX_EPOCH));
        }
        ExceptionEvent::Granted { number } => {
            if !case.waivers.get(number).is_some_and(Waiver::is_granted) {
                case.objections.push(format!("exception {number} was granted by too few"));
            }
        }
    }
    let seen = case.waivers.iter().filter(|(_, one)| one.is_granted() && one.over.is_none());
    case.content.waived = seen.map(|(number, one)| (*number, sees(one))).collect();
}

fn sees(waiver: &Waiver) -> Seen {
    let taken = waiver.taken.iter();
    let taken = taken.map(|(role, (person, why, _))| (role.clone(), (person.clone(), *why)));
    (waiver.exception.clone(), taken.collect())
}

/// The owner or a requester asks, for as long as the policy allows, and after the decision only to
/// prolong what was waived before it.
fn wrongly_asked(
    case: &Case<'_>,
    new: &Waiver,
    settings: &ExceptionSettings,
    facts: &Facts,
) -> Option<&'static str> {
    let owner = case.model.as_ref().and_then(|model| facts.owners.get(model));
    let wants = case.askers.contains(&new.asked_by) || owner == Some(&new.asked_by);
    let same = |one: &Waiver| one.exception.waives == new.exception.waives;
    let before = case.waivers.iter().filter(|(_, one)| same(one) && one.is_granted());
    let last = before.map(|(number, _)| *number).max();
    let (asked, until) = (new.asked_at, new.exception.until);
    if !wants {
        Some("asked for by somebody else")
    } else if settings.never.contains(&new.exception.waives) {
        Some("the policy allows none")
    } else if until <= asked || until > latest(asked, settings) {
        Some("it lasts too long")
    } else if new.exception.extends != last || (case.decided.is_some() && last.is_none()) {
        Some("it does not say what it prolongs")
    } else {
        None
    }
}

/// Somebody takes the risk: a person in a role the policy names, who does not want the release
/// himself and has not taken it in another role.
fn takes_the_risk(
    case: &Case<'_>,
    number: u32,
    (by, role): (&Who, &RoleName),
    (facts, at): (&Facts, Timestamp),
) -> Result<(PersonId, BTreeSet<PersonId>), &'static str> {
    let (Some(waiver), Some(model)) = (case.waivers.get(&number), &case.model) else {
        return Err("nobody asked for it");
    };
    let Who::Person(person) = by else { return Err("a machine takes the risk") };
    let whole = facts.acts_for(person, (role, model), at).ok_or("not in the role")?;
    let wants = case.askers.iter().chain([&waiver.asked_by]).chain(case.owners(facts));
    if !waiver.needs.contains(role) {
        return Err("the policy does not name the role");
    }
    if wants.into_iter().any(|one| whole.contains(one)) {
        return Err("whoever wants it takes its risk");
    }
    if waiver.taken.values().any(|(_, _, other)| !other.is_disjoint(&whole)) {
        return Err("one person takes the risk twice");
    }
    if waiver.is_granted() || waiver.refused || at >= waiver.exception.until {
        return Err("it is too late");
    }
    Ok((person.clone(), whole))
}
