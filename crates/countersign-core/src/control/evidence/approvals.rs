//! Approval records of a deployment: who, when, and for exactly what.

use super::PartStatus;
use super::history::{Moment, Placed};
use crate::assess::approvals_complete;
use crate::control::Part;
use crate::digest::Sha256;
use crate::framework::Held;
use crate::name::{EnvironmentName, PersonId, RoleName};
use crate::release::{Approval, Given, Grade, ReleaseEvent as E};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;

/// An approval a deployment rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApprovalRecord {
    /// Who.
    pub person: PersonId,
    /// For whom the person stood in.
    pub on_behalf_of: Option<PersonId>,
    /// In which role.
    pub role: RoleName,
    /// What the signature was for.
    pub purpose: String,
    /// When.
    pub at: Timestamp,
    /// For exactly this content.
    pub dossier: Sha256,
    /// For these environments.
    pub environments: BTreeSet<EnvironmentName>,
    /// How many conditions it depends on.
    pub conditions: usize,
    /// Whether the approver had asked for the release himself, where the policy allows it.
    pub self_approved: bool,
    /// How strong the signature is.
    pub grade: Grade,
    /// Whether it was voted in a session.
    pub in_session: bool,
    /// The position of the event in the log.
    pub position: u64,
}

pub(super) fn records(moment: &Moment<'_>) -> (Vec<ApprovalRecord>, PartStatus) {
    let release = &moment.release;
    let standing = release.approvals.iter().filter(|given| !given.lapsed);
    let records: Vec<ApprovalRecord> = standing.filter_map(|given| record(moment, given)).collect();
    let mut events: Vec<u64> = records.iter().map(|one| one.position).collect();
    events.extend(moment.positions(|event| matches!(event, E::Approved { .. })));
    let (held, because) = judged(moment, records.len());
    (records, PartStatus::new(Part::ApprovalRecords, held, because, events))
}

fn judged(moment: &Moment<'_>, count: usize) -> (Held, String) {
    let (release, line) = (&moment.release, moment.line);
    let (Some(plan), Some(decision)) = (&release.plan, &release.decision) else {
        return (Held::Missing, "nobody had approved it in writing when it ran".to_owned());
    };
    if !approvals_complete(release, plan) {
        return (Held::Missing, "an approval its plan asks for was missing when it ran".to_owned());
    }
    if !decision.environments.contains(&line.environment) {
        let because = format!("it was approved for other environments than {}", line.environment);
        return (Held::Missing, because);
    }
    let plural = if count == 1 { "" } else { "s" };
    let because = format!("{count} approval{plural} for this content and {}", line.environment);
    (Held::Held, because)
}

fn record(moment: &Moment<'_>, given: &Given) -> Option<ApprovalRecord> {
    let Approval { person, on_behalf_of, role, rule, dossier, environments, .. } =
        given.approval.clone();
    let plan = moment.release.plan.as_ref();
    let rules = plan.map(|plan| plan.approvals.as_slice()).unwrap_or_default();
    let rule = usize::try_from(rule).ok().and_then(|rule| rules.get(rule));
    let same = |placed: &&&Placed| {
        let event = placed.of_release();
        placed.envelope.at == given.at
            && matches!(event, Some(E::ApprovalGiven { approval }) if approval == &given.approval)
    };
    Some(ApprovalRecord {
        person,
        on_behalf_of,
        role,
        purpose: rule.map(|rule| rule.purpose.clone()).unwrap_or_default(),
        at: given.at,
        dossier,
        environments,
        conditions: given.approval.conditions.len(),
        self_approved: given.approval.self_approved,
        grade: given.approval.grade,
        in_session: given.approval.sitting.is_some(),
        position: moment.before.iter().find(same)?.position,
    })
}
