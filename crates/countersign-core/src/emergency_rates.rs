//! How often emergencies are used, and by whom: what shows that they became a convenience.

use crate::name::PersonId;
use crate::release::Release;
use crate::release::urgent::emergency::{Emergency, Ground};
use crate::release::urgent::review::{ReviewOutcome, Reviewed};
use serde::Serialize;
use std::collections::BTreeMap;

/// Emergencies by owner, and by owner and ground.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EmergencyRates {
    /// One line for each owner who claimed one.
    pub owners: Vec<OwnerRate>,
}

/// How often one owner used emergencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerRate {
    /// Who.
    pub owner: PersonId,
    /// How many emergencies they claimed.
    pub emergencies: u32,
    /// How many releases of their models there were, emergencies included.
    pub releases: u32,
    /// The share of emergencies among them, in whole percent, rounded down; `None` when the number
    /// of releases is not known.
    pub percent: Option<u32>,
    /// The same by ground.
    pub grounds: Vec<GroundCount>,
}

/// Emergencies of one owner on one ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroundCount {
    /// The ground.
    pub ground: Ground,
    /// How many were claimed.
    pub claimed: u32,
    /// Of how many the authority was denied.
    pub denied: u32,
    /// Of how many the papers were recorded as overdue.
    pub overdue: u32,
    /// How many the committee called misuse.
    pub misused: u32,
}

/// Counts the emergencies among these releases. `releases` says how many releases each owner had.
pub fn rates<'r>(
    among: impl IntoIterator<Item = &'r Release>,
    releases: &BTreeMap<PersonId, u32>,
) -> EmergencyRates {
    let mut counted: BTreeMap<PersonId, BTreeMap<Ground, GroundCount>> = BTreeMap::new();
    for release in among {
        let Some(emergency) = &release.urgent.emergency else { continue };
        let of_owner = counted.entry(emergency.claim.owner.clone()).or_default();
        let ground = emergency.claim.ground;
        let none = GroundCount { ground, claimed: 0, denied: 0, overdue: 0, misused: 0 };
        count(of_owner.entry(ground).or_insert(none), release, emergency);
    }
    let owners = counted.into_iter().map(|(owner, grounds)| {
        let grounds: Vec<GroundCount> = grounds.into_values().collect();
        let emergencies: u32 = grounds.iter().map(|ground| ground.claimed).sum();
        let releases = releases.get(&owner).copied().unwrap_or(0);
        let known = releases >= emergencies;
        let percent = (emergencies * 100).checked_div(releases).filter(|_| known);
        OwnerRate { owner, emergencies, releases, percent, grounds }
    });
    EmergencyRates { owners: owners.collect() }
}

fn count(counted: &mut GroundCount, release: &Release, emergency: &Emergency) {
    let overdue = emergency.papers.as_ref().is_some_and(|papers| papers.overdue);
    let review = release.urgent.reviews.get(&Reviewed::Emergency);
    let misused = review.is_some_and(|review| review.outcome == ReviewOutcome::Misuse);
    counted.claimed += 1;
    counted.denied += u32::from(emergency.is_denied());
    counted.overdue += u32::from(overdue);
    counted.misused += u32::from(misused);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::ChangeType::MinorUpdate;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    ///
    #[test]
    fn emergencies_are_counted_by_owner_and_ground_with_how_they_ended() {
        let world = urgently_deployed(Low)
            .having("moreau", review(Reviewed::Emergency, ReviewOutcome::Misuse))
            .prepared()
            .submitted()
            .approved_on_authority()
            .having("rivera", ask_for("r-2", request(MinorUpdate, Low), second_version()))
            .having("rivera", claim_authority_of("abara"))
            .having("abara", deny_authority());
        let releases = [(id("rivera"), 3)].into();
        let rates = rates(world.releases.values(), &releases);
        let [owner] = &rates.owners[..] else { panic!("{rates:?}") };
        assert_eq!((owner.emergencies, owner.releases, owner.percent), (2, 3, Some(66)));
        let ground = Ground::SecurityVulnerability;
        let expected = GroundCount { ground, claimed: 2, denied: 1, overdue: 0, misused: 1 };
        assert_eq!(owner.grounds, [expected]);
    }

    #[test]
    fn a_share_of_an_unknown_number_is_no_share() {
        let world = claimed(Low);
        let rates = rates(world.releases.values(), &BTreeMap::new());
        assert_eq!(rates.owners[0].percent, None);
        assert_eq!(super::rates([approved(Low).release()], &BTreeMap::new()).owners, []);
    }
}
