//! The deployment log: what went where, when, by whom, who approved it, what changed, and which
//! evidence it rested on.
//!
//! Each record is a function of one release alone, so that it can be worked out again from the
//! events whenever somebody doubts it.

use crate::actor::Who;
use crate::classification::ChangeType;
use crate::digest::Sha256;
use crate::name::{EnvironmentName, EvidenceId, ModelName, PersonId, ReleaseId, RoleName};
use crate::release::{Artifact, Deployed, Release};
use crate::text::Text;
use jiff::Timestamp;

/// One deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeploymentRecord {
    /// Its identifier in the log: `r-k3…/deployment/production`.
    pub id: String,
    /// The release that was promoted.
    pub release: ReleaseId,
    /// Of which model.
    pub model: ModelName,
    /// What people call the release.
    pub title: String,
    /// What kind of change it was.
    pub change: ChangeType,
    /// Where it went.
    pub environment: EnvironmentName,
    /// When.
    pub at: Timestamp,
    /// Who put it there: a person or a machine.
    pub deployer: Who,
    /// What exactly went there.
    pub artifacts: Vec<Artifact>,
    /// Who approved it, in the order they did.
    pub approvers: Vec<Approver>,
    /// What changed, and why.
    pub summary: Text,
    /// The change ticket.
    pub change_reference: Option<String>,
    /// What the decision rested on.
    pub evidence: Vec<EvidenceUsed>,
    /// What was out of the ordinary about it.
    pub flags: Vec<Flag>,
    /// Where the deployment stands now.
    pub standing: DeploymentStanding,
}

/// Who approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approver {
    /// Who.
    pub person: PersonId,
    /// The holder of the role for whom the person stood in.
    pub on_behalf_of: Option<PersonId>,
    /// In which role.
    pub role: RoleName,
    /// When. An emergency is approved after it was deployed.
    pub at: Timestamp,
}

/// A piece of evidence a decision rested on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceUsed {
    /// Its identifier on the release.
    pub id: EvidenceId,
    /// The file's name.
    pub name: String,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// What kind of evidence a reader took it for; `None` for a file no reader knows.
    pub format: Option<String>,
}

/// What is out of the ordinary about a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// It ran on verbal authority before it was approved in writing.
    Emergency,
    /// Something was waived for it.
    Exception,
    /// A lower change type was chosen than the facts proposed.
    Overridden,
    /// Somebody approved his own request.
    SelfApproved,
    /// The approval depends on conditions.
    WithConditions,
}

impl Flag {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Exception => "exception",
            Self::Overridden => "overridden",
            Self::SelfApproved => "self_approved",
            Self::WithConditions => "with_conditions",
        }
    }
}

/// Where a deployment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeploymentStanding {
    /// Its confirmation is to come.
    Unconfirmed,
    /// Its confirmation did not come in time.
    Missed,
    /// The statements came, and one of them was a no.
    Troubled,
    /// It was confirmed.
    Confirmed,
    /// It was rolled back.
    RolledBack,
    /// It left with its model.
    Retired,
}

impl DeploymentStanding {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Missed => "missed",
            Self::Troubled => "troubled",
            Self::Confirmed => "confirmed",
            Self::RolledBack => "rolled_back",
            Self::Retired => "retired",
        }
    }

    fn of(release: &Release, place: &EnvironmentName, deployed: &Deployed) -> Self {
        if release.urgent.retired.contains(place) {
            Self::Retired
        } else if release.urgent.rolled_back.contains_key(place) {
            Self::RolledBack
        } else if deployed.is_confirmed() {
            Self::Confirmed
        } else if deployed.is_troubled() {
            Self::Troubled
        } else if deployed.missed {
            Self::Missed
        } else {
            Self::Unconfirmed
        }
    }
}

/// Every deployment of the release, by environment.
pub fn deployment_log(release: &Release) -> Vec<DeploymentRecord> {
    let (Some(id), Some(request)) = (&release.id, &release.request) else { return Vec::new() };
    let record = |(place, deployed): (&EnvironmentName, &Deployed)| {
        let deployment = &deployed.deployment;
        let went = |artifact: &&Artifact| deployment.digests.contains(&artifact.digest);
        DeploymentRecord {
            id: format!("{id}/deployment/{place}"),
            release: id.clone(),
            model: request.model.clone(),
            title: request.title.clone(),
            change: request.change,
            environment: place.clone(),
            at: deployment.at,
            deployer: deployment.deployer.clone(),
            artifacts: release.artifacts.iter().filter(went).cloned().collect(),
            approvers: approvers(release),
            summary: request.summary,
            change_reference: deployment.change_reference.clone(),
            evidence: evidence(release),
            flags: flags(release),
            standing: DeploymentStanding::of(release, place, deployed),
        }
    };
    release.deployments.iter().map(record).collect()
}

fn approvers(release: &Release) -> Vec<Approver> {
    let standing = release.approvals.iter().filter(|given| !given.lapsed);
    let approver = |given: &crate::release::Given| Approver {
        person: given.approval.person.clone(),
        on_behalf_of: given.approval.on_behalf_of.clone(),
        role: given.approval.role.clone(),
        at: given.at,
    };
    standing.map(approver).collect()
}

fn evidence(release: &Release) -> Vec<EvidenceUsed> {
    let used = |(id, attached): (&EvidenceId, &crate::release::Attached)| EvidenceUsed {
        id: id.clone(),
        name: attached.evidence.name.clone(),
        sha256: attached.evidence.sha256,
        format: attached.evidence.reading.as_ref().map(|reading| reading.format.clone()),
    };
    release.judged_evidence().map(used).collect()
}

fn flags(release: &Release) -> Vec<Flag> {
    let decision = release.decision.as_ref();
    let decided_at = release.decided_at;
    let waived = release.exceptions.values().any(|asked| asked.is_relied_on(decided_at));
    [
        (release.urgent.emergency.is_some(), Flag::Emergency),
        (waived, Flag::Exception),
        (release.overridden.is_some(), Flag::Overridden),
        (decision.is_some_and(|one| one.self_approved), Flag::SelfApproved),
        (decision.is_some_and(|one| one.with_conditions), Flag::WithConditions),
    ]
    .into_iter()
    .filter_map(|(holds, flag)| holds.then_some(flag))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    fn only(world: &World) -> DeploymentRecord {
        let mut log = deployment_log(world.release());
        assert_eq!(log.len(), 1);
        log.remove(0)
    }

    ///
    #[test]
    fn a_deployment_is_logged_with_who_approved_what_changed_and_what_it_rested_on() {
        let world = deployed(Low);
        let record = only(&world);
        assert_eq!(record.artifacts, weights_and_prompt());
        assert_eq!((record.environment, record.at), (production(), monday()));
        assert_eq!(record.deployer, Who::Person(id("rivera")));
        let approver = &record.approvers[0];
        assert_eq!((&approver.person, &approver.role), (&id("rivera"), &role("model_owner")));
        assert_eq!(approver.at, monday());
        assert_eq!(record.summary, world.release().request.as_ref().unwrap().summary);
        let evaluation = record.evidence.iter().find(|one| one.format.is_some()).unwrap();
        assert!(world.release().evidence.contains_key(&evaluation.id));
        assert_eq!(record.flags, [Flag::SelfApproved]);
    }

    ///
    #[test]
    fn the_log_says_what_became_of_a_deployment() {
        let world = deployed(Low);
        assert_eq!(only(&world).standing, DeploymentStanding::Unconfirmed);
        let confirmed = world.having("rivera", confirm_deployment(all_well()));
        assert_eq!(only(&confirmed).standing, DeploymentStanding::Confirmed);
        assert_eq!(deployment_log(approved(Low).release()), []);
    }

    #[test]
    fn an_emergency_is_flagged_and_lists_whoever_approved_it_afterwards() {
        let world = urgently_deployed(Low);
        let record = only(&world);
        assert_eq!((record.flags.as_slice(), record.approvers.len()), (&[Flag::Emergency][..], 0));
        let later = world.later(1).prepared().submitted().approved_on_authority();
        let record = only(&later);
        assert!(record.approvers.iter().all(|approver| approver.at > record.at));
        assert!(record.flags.contains(&Flag::Emergency));
    }
}
