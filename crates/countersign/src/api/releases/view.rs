//! A release as the API shows it.

use crate::api::problem::Reason;
use crate::app::View;
use countersign_core::assess::{
    CriterionStatus, GateReport, Outcome, RuleStatus, StepProgress, StepStatus,
};
use countersign_core::release::{Attached, Release};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A release with its report, evidence and timeline.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReleaseView {
    /// Its identifier.
    pub release: String,
    /// Its version: how many events there were.
    pub version: u64,
    /// Its model.
    pub model: String,
    /// What people call it.
    pub title: String,
    /// The word of its state.
    pub state: String,
    /// Its change type.
    pub change: String,
    /// Its risk tier.
    pub tier: String,
    /// What changes, and why.
    pub summary: String,
    /// Where it should run.
    pub environments: Vec<String>,
    /// Its artifacts.
    pub artifacts: Vec<ArtifactView>,
    /// The digest approvals bind to now.
    pub dossier: Option<String>,
    /// The policy it is judged by: `NAME VERSION`.
    pub policy: Option<String>,
    /// The runbook it follows: `NAME VERSION`.
    pub runbook: Option<String>,
    /// Every reason why the gate is shut; empty when it is open.
    pub blockers: Vec<Reason>,
    /// The checklist.
    pub items: Vec<ItemView>,
    /// The prerequisites of the runbook.
    pub prerequisites: Vec<PrerequisiteView>,
    /// The steps of the runbook.
    pub steps: Vec<StepView>,
    /// The criteria.
    pub criteria: Vec<CriterionView>,
    /// The approvals asked for and given.
    pub approvals: Vec<ApprovalView>,
    /// The evidence.
    pub evidence: Vec<EvidenceView>,
    /// The deployments.
    pub deployments: Vec<DeploymentView>,
    /// The conditions of the approval.
    pub conditions: Vec<ConditionView>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// An artifact.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ArtifactView {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its digest.
    pub digest: String,
}

/// A checklist item.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ItemView {
    /// Its name.
    pub item: String,
    /// What is confirmed.
    pub title: String,
    /// Its section.
    pub section: String,
    /// `open`, `complete` or `not_applicable`.
    pub state: String,
    /// Why it is asked, in the policy's words.
    pub asked_because: String,
    /// What it lacks.
    pub missing: Vec<String>,
    /// The evidence attached to it.
    pub evidence: Vec<String>,
}

/// A prerequisite.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PrerequisiteView {
    /// Its number.
    pub number: u32,
    /// What must be true.
    pub text: String,
    /// Who confirmed it; absent while nobody has.
    pub confirmed_by: Option<String>,
}

/// A step.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StepView {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub step: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// The role that does it.
    pub role: String,
    /// `done`, `ready`, `waits`, `after_decision` or `delivery_failed`.
    pub progress: String,
    /// When it is due (RFC 3339).
    pub due: Option<String>,
    /// Whether it is late.
    pub overdue: bool,
    /// What it lacks, then what somebody should look at.
    pub remarks: Vec<String>,
}

/// A criterion.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CriterionView {
    /// Its name.
    pub criterion: String,
    /// What it asks.
    pub title: String,
    /// `met`, `unmet`, `unknown` or `not_applicable`.
    pub outcome: String,
    /// Why, in one sentence.
    pub because: String,
}

/// An approval rule.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ApprovalView {
    /// The role.
    pub role: String,
    /// What the signature is for.
    pub purpose: String,
    /// How many people are asked for.
    pub needed: u32,
    /// Who approved the current dossier.
    pub given_by: Vec<String>,
    /// Whose approval lapsed because content changed.
    pub lapsed: Vec<String>,
    /// Whether somebody approved his own request.
    pub self_approved: bool,
    /// Who could still approve, by name.
    pub eligible: Vec<String>,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EvidenceView {
    /// Its identifier on this release.
    pub evidence: String,
    /// The file's name.
    pub name: String,
    /// Its digest.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// What it is attached to: `item model_card`.
    pub target: String,
    /// The format a reader recognised.
    pub format: Option<String>,
    /// How many measurements, findings and checks were read.
    pub read: u64,
    /// Who attached it.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// Whether it was withdrawn or replaced.
    pub withdrawn: bool,
    /// What the reader noticed.
    pub warnings: Vec<String>,
}

/// A deployment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeploymentView {
    /// Where.
    pub environment: String,
    /// When (RFC 3339).
    pub at: String,
    /// Who deployed.
    pub deployer: String,
    /// The change ticket.
    pub change_reference: Option<String>,
    /// By when it has to be confirmed (RFC 3339).
    pub confirm_by: String,
    /// `waiting`, `confirmed`, `confirmed_with_issues` or `missed`.
    pub confirmation: String,
}

/// A condition.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConditionView {
    /// Its number.
    pub number: u32,
    /// What was promised.
    pub text: String,
    /// Who keeps it.
    pub owner: String,
    /// By when (RFC 3339).
    pub due: String,
    /// Whether it is closed.
    pub closed: bool,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TimelineEntry {
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub by: String,
    /// The event's word.
    pub event: String,
}

impl From<&View> for ReleaseView {
    fn from(view: &View) -> Self {
        let release = &*view.release.state;
        let request = release.request.as_ref();
        let plan = view.plan.as_ref();
        let report = view.report.as_ref();
        let word = |word: Option<String>| word.unwrap_or_default();
        let tier = plan.map(|plan| plan.classification.tier).or(request.map(|r| r.tier));
        let runbook = plan.and_then(|plan| plan.runbook.as_ref());
        Self {
            release: word(release.id.as_ref().map(ToString::to_string)),
            version: view.release.version,
            model: word(request.map(|request| request.model.to_string())),
            title: word(request.map(|request| request.title.clone())),
            state: release.state_word().to_owned(),
            change: word(request.map(|request| request.change.to_string())),
            tier: word(tier.map(|tier| tier.to_string())),
            summary: word(request.map(|request| view.text(&request.summary).to_owned())),
            environments: request
                .iter()
                .flat_map(|r| &r.environments)
                .map(|e| e.to_string())
                .collect(),
            artifacts: artifacts(release),
            dossier: report.map(|report| report.dossier.to_string()),
            policy: plan.map(|plan| format!("{} {}", plan.policy.name, plan.policy.version)),
            runbook: runbook.map(|runbook| format!("{} {}", runbook.name, runbook.version)),
            blockers: report.iter().flat_map(|r| &r.blockers).map(Reason::from).collect(),
            items: report.map(items).unwrap_or_default(),
            prerequisites: report.map(|report| prerequisites(view, report)).unwrap_or_default(),
            steps: report.iter().flat_map(|report| &report.steps).map(step).collect(),
            criteria: report.iter().flat_map(|report| &report.criteria).map(criterion).collect(),
            approvals: report
                .iter()
                .flat_map(|r| &r.approvals)
                .map(|a| approval(view, a))
                .collect(),
            evidence: release.evidence.values().map(|one| evidence(view, one)).collect(),
            deployments: deployments(view, release),
            conditions: conditions(view, release),
            timeline: timeline(view),
        }
    }
}

fn artifacts(release: &Release) -> Vec<ArtifactView> {
    let view = |one: &countersign_core::release::Artifact| ArtifactView {
        name: one.name.clone(),
        kind: one.kind.to_string(),
        digest: one.digest.to_string(),
    };
    release.artifacts.iter().map(view).collect()
}

fn items(report: &GateReport) -> Vec<ItemView> {
    let view = |one: &countersign_core::assess::ItemStatus| ItemView {
        item: one.item.to_string(),
        title: one.title.clone(),
        section: one.section.clone(),
        state: one.state.clone(),
        asked_because: one.asked_because.clone(),
        missing: one.missing.clone(),
        evidence: one.evidence.iter().map(ToString::to_string).collect(),
    };
    report.items.iter().map(view).collect()
}

fn who(view: &View, who: &countersign_core::actor::Who) -> String {
    match who.person() {
        Some(person) => view.name(person).to_owned(),
        None => who.to_string(),
    }
}

fn prerequisites(view: &View, report: &GateReport) -> Vec<PrerequisiteView> {
    let one = |one: &countersign_core::assess::PrerequisiteStatus| PrerequisiteView {
        number: one.number,
        text: one.text.clone(),
        confirmed_by: one.confirmed.as_ref().map(|(_, by)| who(view, by)),
    };
    report.prerequisites.iter().map(one).collect()
}

fn step(status: &StepStatus) -> StepView {
    let progress = match &status.progress {
        StepProgress::Done { .. } => "done",
        StepProgress::Ready => "ready",
        StepProgress::Waits { .. } => "waits",
        StepProgress::AfterDecision => "after_decision",
        StepProgress::DeliveryFailed { .. } => "delivery_failed",
    };
    StepView {
        number: status.number,
        step: status.step.to_string(),
        title: status.title.clone(),
        kind: status.kind.clone(),
        role: status.role.to_string(),
        progress: progress.to_owned(),
        due: status.clock.as_ref().map(|clock| clock.due.to_string()),
        overdue: status.clock.as_ref().is_some_and(|clock| clock.overdue),
        remarks: status.missing.iter().chain(&status.warnings).cloned().collect(),
    }
}

fn criterion(status: &CriterionStatus) -> CriterionView {
    let outcome = match status.outcome {
        Outcome::Met => "met",
        Outcome::Unmet => "unmet",
        Outcome::Unknown => "unknown",
        Outcome::NotApplicable => "not_applicable",
    };
    CriterionView {
        criterion: status.criterion.to_string(),
        title: status.title.clone(),
        outcome: outcome.to_owned(),
        because: status.because.clone(),
    }
}

fn approval(view: &View, status: &RuleStatus) -> ApprovalView {
    let names = |people: &[countersign_core::name::PersonId]| {
        people.iter().map(|person| view.name(person).to_owned()).collect()
    };
    ApprovalView {
        role: status.role.to_string(),
        purpose: status.purpose.clone(),
        needed: status.needed,
        given_by: names(&status.given),
        lapsed: names(&status.lapsed),
        self_approved: status.self_approved,
        eligible: names(&status.eligible),
    }
}

fn evidence(view: &View, attached: &Attached) -> EvidenceView {
    let one = &attached.evidence;
    let reading = one.reading.as_ref();
    EvidenceView {
        evidence: one.id.to_string(),
        name: one.name.clone(),
        sha256: one.sha256.to_string(),
        size: one.size,
        target: one.target.to_string(),
        format: reading.map(|reading| reading.format.clone()),
        read: reading.map_or(0, |reading| reading.len() as u64),
        by: who(view, &attached.by),
        at: attached.at.to_string(),
        withdrawn: attached.withdrawn,
        warnings: reading
            .iter()
            .flat_map(|reading| &reading.warnings)
            .map(|warning| format!("{} ({})", warning.message, warning.place))
            .collect(),
    }
}

fn deployments(view: &View, release: &Release) -> Vec<DeploymentView> {
    let one = |deployed: &countersign_core::release::Deployed| DeploymentView {
        environment: deployed.deployment.environment.to_string(),
        at: deployed.deployment.at.to_string(),
        deployer: who(view, &deployed.deployment.deployer),
        change_reference: deployed.deployment.change_reference.clone(),
        confirm_by: deployed.deployment.confirm_by.to_string(),
        confirmation: match &deployed.confirmation {
            Some((_, statements)) if statements.all_well() => "confirmed",
            Some(_) => "confirmed_with_issues",
            None if deployed.missed => "missed",
            None => "waiting",
        }
        .to_owned(),
    };
    release.deployments.values().map(one).collect()
}

fn conditions(view: &View, release: &Release) -> Vec<ConditionView> {
    let one = |(number, open): (&u32, &countersign_core::release::OpenCondition)| ConditionView {
        number: *number,
        text: view.text(&open.condition.text).to_owned(),
        owner: view.name(&open.condition.owner).to_owned(),
        due: open.condition.due.to_string(),
        closed: open.closed.is_some(),
    };
    release.conditions.iter().map(one).collect()
}

fn timeline(view: &View) -> Vec<TimelineEntry> {
    let one = |envelope: &countersign_core::event::Envelope| TimelineEntry {
        at: envelope.at.to_string(),
        by: who(view, &envelope.by),
        event: envelope.event.word().to_owned(),
    };
    view.timeline.iter().map(one).collect()
}
