//! The evidence of a period: for each deployment in it, the five things an auditor expects to see,
//! each read off the log and each with the events it rests on (R-153..R-157).
//!
//! Everything is worked out from the release as it was at the moment of the deployment, never as
//! it is now: what came later is no evidence of a gate that was passed before.

mod approvals;
mod checklist;
mod exceptions;
mod history;
mod period;
mod reports;

pub use approvals::ApprovalRecord;
pub use checklist::{ChecklistRecord, CriterionLine, ItemLine, StepLine};
pub use exceptions::{AcceptanceLine, EmergencyRecord, ExceptionRecord, WaiverRecord};
pub use history::{History, Placed};
pub use period::{InvalidPeriod, Period};
pub use reports::{TestKind, TestRecord, TestReport};

use super::{Control, Part};
use crate::actor::Who;
use crate::classification::{ChangeType, RiskTier};
use crate::framework::Held;
use crate::name::{EnvironmentName, ModelName, ReleaseId};
use crate::release::urgent::UrgentEvent;
use crate::release::{Artifact, ReleaseEvent};
use history::Moment;
use jiff::Timestamp;
use serde::Serialize;

/// The evidence of one deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeploymentEvidence {
    /// The release.
    pub release: ReleaseId,
    /// Of which model.
    pub model: ModelName,
    /// What people call the release.
    pub title: String,
    /// What kind of change it was.
    pub change: ChangeType,
    /// The tier it was judged by.
    pub tier: RiskTier,
    /// What went where, when, by whom.
    pub deployment: DeploymentLine,
    /// The checklist as it stood before the deployment.
    pub checklist: ChecklistRecord,
    /// The tests, kind by kind.
    pub tests: Vec<TestRecord>,
    /// Who approved, when, and for what.
    pub approvals: Vec<ApprovalRecord>,
    /// What was bypassed, and who accepted the risk.
    pub exceptions: ExceptionRecord,
    /// The five parts, and whether each is there.
    pub parts: Vec<PartStatus>,
}

/// One line of the deployment log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeploymentLine {
    /// The position of the event in the log.
    pub position: u64,
    /// Whether it was put there anew or came back after a rollback.
    pub kind: DeploymentKind,
    /// Where.
    pub environment: EnvironmentName,
    /// When it happened.
    pub at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who deployed.
    pub deployer: Who,
    /// The change ticket.
    pub change_reference: Option<String>,
    /// What was put there: the artifacts of the version with their digests.
    pub artifacts: Vec<Artifact>,
}

/// How a version came into an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeploymentKind {
    /// It was deployed.
    Deployed,
    /// It took its place again, because a later version was rolled back.
    Reinstated,
}

impl DeploymentKind {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Deployed => "deployed",
            Self::Reinstated => "reinstated",
        }
    }
}

/// One of the five parts, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartStatus {
    /// Which.
    pub part: Part,
    /// Whether it is there.
    pub held: Held,
    /// Why, in one sentence.
    pub because: String,
    /// The positions in the log of the events it rests on.
    pub events: Vec<u64>,
}

impl PartStatus {
    fn new(part: Part, held: Held, because: impl Into<String>, mut events: Vec<u64>) -> Self {
        events.sort_unstable();
        events.dedup();
        Self { part, held, because: because.into(), events }
    }
}

impl DeploymentEvidence {
    /// Where this part stands.
    pub fn part(&self, part: Part) -> Option<&PartStatus> {
        self.parts.iter().find(|one| one.part == part)
    }

    /// Whether this part is there.
    pub fn holds(&self, part: Part) -> bool {
        self.part(part).is_some_and(|one| one.held == Held::Held)
    }

    /// Whether a part that should be there is not.
    pub fn has_gap(&self) -> bool {
        self.parts.iter().any(|one| one.held == Held::Missing)
    }

    /// The positions of every event it rests on.
    pub fn events(&self) -> impl Iterator<Item = u64> {
        self.parts.iter().flat_map(|part| part.events.iter().copied())
    }
}

/// The evidence of every deployment of these releases in the period, by when it happened.
pub fn of_period(
    control: &Control,
    histories: &[History],
    period: &Period,
) -> Vec<DeploymentEvidence> {
    let mut found: Vec<DeploymentEvidence> = histories
        .iter()
        .flat_map(|history| {
            let lines = lines(history).into_iter();
            let lines = lines.filter(|line| period.covers(line.at));
            lines.filter_map(move |line| one(control, history, line))
        })
        .collect();
    found.sort_by(|a, b| {
        (a.deployment.at, a.deployment.position).cmp(&(b.deployment.at, b.deployment.position))
    });
    found
}

/// Every time this release came into an environment.
fn lines(history: &History) -> Vec<DeploymentLine> {
    let mut lines = Vec::new();
    for placed in history.events() {
        let Some(event) = placed.of_release() else { continue };
        let line = |kind, environment: &EnvironmentName| DeploymentLine {
            position: placed.position,
            kind,
            environment: environment.clone(),
            at: placed.envelope.at,
            recorded_at: placed.envelope.at,
            deployer: placed.envelope.by.clone(),
            change_reference: None,
            artifacts: Vec::new(),
        };
        if let ReleaseEvent::Deployed { deployment } = event {
            let (at, digests) = (deployment.at, &deployment.digests);
            lines.push(DeploymentLine {
                at,
                deployer: deployment.deployer.clone(),
                change_reference: deployment.change_reference.clone(),
                artifacts: history.artifacts(digests),
                ..line(DeploymentKind::Deployed, &deployment.environment)
            });
        } else if let ReleaseEvent::Urgent(UrgentEvent::Reinstated {
            environment, digests, ..
        }) = event
        {
            let artifacts = history.artifacts(digests);
            lines.push(DeploymentLine {
                artifacts,
                ..line(DeploymentKind::Reinstated, environment)
            });
        }
    }
    lines
}

fn one(control: &Control, history: &History, line: DeploymentLine) -> Option<DeploymentEvidence> {
    let moment = Moment::of(history, &line);
    let release = &moment.release;
    let request = release.request.as_ref()?;
    let plan = release.plan.as_ref();
    let (change, tier) = plan.map_or((request.change, request.tier), |plan| {
        (plan.classification.change, plan.classification.tier)
    });
    let (checklist, on_checklist) = checklist::record(&moment);
    let (tests, on_tests) = reports::records(control, &moment);
    let (approvals, on_approvals) = approvals::records(&moment);
    let (exceptions, on_exceptions) = exceptions::record(&moment);
    let on_line = logged(&line);
    Some(DeploymentEvidence {
        release: release.id.clone()?,
        model: request.model.clone(),
        title: request.title.clone(),
        change,
        tier,
        checklist,
        tests,
        approvals,
        exceptions,
        parts: vec![on_checklist, on_tests, on_approvals, on_exceptions, on_line],
        deployment: line,
    })
}

/// A line of the deployment log is whole when it names what was deployed; the rest of it is in the
/// type.
fn logged(line: &DeploymentLine) -> PartStatus {
    let (held, because) = if line.artifacts.is_empty() {
        (Held::Missing, "the log does not say what was deployed".to_owned())
    } else {
        let count = line.artifacts.len();
        let plural = if count == 1 { "" } else { "s" };
        let (kind, environment) = (line.kind.word(), &line.environment);
        let because = format!("{count} artifact{plural} {kind} to {environment}");
        (Held::Held, because)
    };
    PartStatus::new(Part::DeploymentLog, held, because, vec![line.position])
}

#[cfg(test)]
pub(super) mod tests;
