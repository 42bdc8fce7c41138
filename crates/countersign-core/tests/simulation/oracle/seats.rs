//! Signatures and the seats they fill: different people, each apart from whom the rule names.

use super::Facts;
use super::case::{Case, Signature, Stage};
use super::demands::{Demands, Rule};
use countersign_core::actor::Who;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::policy::Independence;
use countersign_core::release::Promise;
use jiff::Timestamp;

/// A signature that counts, or `None`: a machine's, one by somebody who may not sign in this role,
/// or one under a gate that was shut.
pub fn signature(
    case: &Case<'_>,
    (by, at): (&Who, Timestamp),
    role: &RoleName,
    promises: &[Promise],
    facts: &Facts,
) -> Option<Signature> {
    let (Who::Person(person), Some(demands)) = (by, &case.demands) else { return None };
    let model = case.model.as_ref()?;
    let in_review = case.stage == Stage::Review && case.decided.is_none();
    let was = demands.holders.get(role).is_some_and(|held| held.contains(person));
    let is = facts.acting(role, model, at).contains(person);
    let again = case.signatures.iter().any(|one| &one.person == person);
    if !in_review || !was || !is || again || !super::gate::is_open(case, demands, at) {
        return None;
    }
    let owners = [Some(&demands.owner), facts.owners.get(model)];
    let free = |rule: &Rule| {
        &rule.role == role
            && !rule.apart_from.iter().any(|of| tied(case, rule, person, *of, owners))
    };
    let fits = demands.rules.iter().enumerate().filter(|(_, rule)| free(rule)).map(|(at, _)| at);
    let fits: Vec<usize> = fits.collect();
    let promises = promises.to_vec();
    (!fits.is_empty()).then(|| Signature { person: person.clone(), fits, promises })
}

fn tied(
    case: &Case<'_>,
    rule: &Rule,
    person: &PersonId,
    of: Independence,
    owners: [Option<&PersonId>; 2],
) -> bool {
    match of {
        Independence::Requester => case.askers.contains(person),
        Independence::ModelOwner => owners.contains(&Some(person)),
        Independence::EvidenceAuthor => {
            let mut standing = case.content.evidence.keys().filter_map(|id| case.authors.get(id));
            standing.any(|author| author.person() == Some(person))
        }
        Independence::OtherRoles => case.demands.as_ref().is_none_or(|demands| {
            let mut others = demands.holders.iter().filter(|(role, _)| **role != rule.role);
            others.any(|(_, held)| held.contains(person))
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
