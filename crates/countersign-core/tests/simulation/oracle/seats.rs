//! Signatures and the seats they fill: different people, each apart from whom the rule names.

use super::Facts;
use super::case::{Case, Signature, Stage};
use super::demands::{Demands, Rule};
use countersign_core::event::Envelope;
use countersign_core::name::PersonId;
use countersign_core::policy::Independence;
use countersign_core::release::Approval;
use std::collections::BTreeSet;

/// A signature that counts, or why it does not: a machine's, one by somebody who may not sign in
/// this role or in that person's place, or one under a gate that was shut.
pub fn signature(
    case: &Case<'_>,
    envelope: &Envelope,
    approval: &Approval,
    facts: &Facts,
) -> Result<Signature, &'static str> {
    let (person, role, at) = (&approval.person, &approval.role, envelope.at);
    let (Some(demands), Some(model)) = (&case.demands, &case.model) else {
        return Err("what nobody submitted");
    };
    let committee = demands.settings.committee.as_ref();
    let own_hand = match &approval.sitting {
        None if committee.is_some_and(|it| &it.role == role && !it.single_approvals) => {
            return Err("outside a session");
        }
        None => envelope.by.person() == Some(person),
        Some(sitting) => facts
            .rooms
            .get(&sitting.meeting)
            .is_some_and(|room| room.approves((sitting, person), (&case.id, case), (role, at))),
    };
    if !own_hand {
        return Err("by another's hand");
    }
    if case.stage != Stage::Review || case.decided.is_some() {
        return Err("out of review");
    }
    let holder = approval.on_behalf_of.as_ref().unwrap_or(person);
    let may = match &approval.on_behalf_of {
        Some(holder) => facts.absent(person, role, at).contains(holder),
        None => facts.acting(role, model, at).contains(person),
    };
    if !may || !demands.holders.get(role).is_some_and(|held| held.contains(holder)) {
        return Err("in a role that is not his");
    }
    let whole: BTreeSet<PersonId> =
        [person, holder].into_iter().flat_map(|one| facts.human(one)).collect();
    if case.signatures.iter().any(|one| !one.whole.is_disjoint(&whole)) {
        return Err("a second time");
    }
    if !super::gate::is_open(case, demands, at) {
        return Err("under a shut gate");
    }
    let owners: Vec<&PersonId> = case.owners(facts).collect();
    let free = |rule: &Rule| {
        let mut apart_from = rule.apart_from.iter();
        &rule.role == role && !apart_from.any(|of| tied(case, rule, &whole, *of, &owners))
    };
    let fits = demands.rules.iter().enumerate().filter(|(_, rule)| free(rule)).map(|(at, _)| at);
    let fits: Vec<usize> = fits.collect();
    let promises = approval.conditions.clone();
    if fits.is_empty() { Err("what is his own") } else { Ok(Signature { whole, fits, promises }) }
}

fn tied(
    case: &Case<'_>,
    rule: &Rule,
    whole: &BTreeSet<PersonId>,
    of: Independence,
    owners: &[&PersonId],
) -> bool {
    match of {
        Independence::Requester => !case.askers.is_disjoint(whole),
        Independence::ModelOwner => owners.iter().any(|owner| whole.contains(*owner)),
        Independence::EvidenceAuthor => case.writers().any(|author| whole.contains(author)),
        Independence::OtherRoles => case.demands.as_ref().is_none_or(|demands| {
            let mut others = demands.holders.iter().filter(|(role, _)| **role != rule.role);
            others.any(|(_, held)| !held.is_disjoint(whole))
        }),
    }
}

/// Whether the people who signed can be put on all seats, each on one.
pub fn all_taken(demands: &Demands<'_>, signatures: &[Signature]) -> bool {
    let seats: Vec<usize> = demands
        .rules
        .iter()
        .enumerate()
        .flat_map(|(at, rule)| std::iter::repeat_n(at, rule.count as usize))
        .collect();
    let nobody = demands.rules.iter().any(|rule| rule.count == 0);
    !seats.is_empty() && !nobody && seated(&seats, signatures, &mut vec![false; signatures.len()])
}

fn seated(seats: &[usize], signatures: &[Signature], used: &mut Vec<bool>) -> bool {
    let Some((seat, rest)) = seats.split_first() else { return true };
    for at in 0..signatures.len() {
        if used[at] || !signatures[at].fits.contains(seat) {
            continue;
        }
        used[at] = true;
        if seated(rest, signatures, used) {
            return true;
        }
        used[at] = false;
    }
    false
}
