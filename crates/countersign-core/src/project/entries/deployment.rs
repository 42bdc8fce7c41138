//! The deployments of a release, as rows: what a list is found by. The record itself is worked out
//! from the release (`deployment_log`).

use crate::deployment_log::{DeploymentRecord, DeploymentStanding, deployment_log};
use crate::entry::EntryKind;
use crate::release::Release;
use crate::rows::EntryRow;
use crate::stream::StreamId;

pub(super) fn rows(release: &Release) -> Vec<EntryRow> {
    deployment_log(release).into_iter().map(|record| row(release, record)).collect()
}

fn row(release: &Release, record: DeploymentRecord) -> EntryRow {
    let deployed = release.deployments.get(&record.environment);
    let confirmed = deployed.and_then(|one| one.confirmation.as_ref()).map(|(at, _)| *at);
    let rolled_back = release.urgent.rolled_back.get(&record.environment).map(|(at, _)| *at);
    let closed_at = match record.standing {
        DeploymentStanding::Unconfirmed
        | DeploymentStanding::Missed
        | DeploymentStanding::Troubled => None,
        DeploymentStanding::Confirmed => confirmed,
        DeploymentStanding::RolledBack => rolled_back,
        DeploymentStanding::Retired => confirmed.or(release.updated_at),
    };
    EntryRow {
        kind: EntryKind::Deployment,
        id: record.id,
        subject: StreamId::Release(record.release),
        model: Some(record.model),
        title: format!("{} in {}", record.title, record.environment),
        text: Some(record.summary),
        state: record.standing.word().to_owned(),
        owner: record.deployer.person().cloned(),
        role: None,
        due: deployed.map(|one| one.deployment.confirm_by),
        opened_at: record.at,
        closed_at,
    }
}
