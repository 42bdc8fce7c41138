//! From a release as the application knows it to the shapes the API shows.

use super::*;
use crate::app::View;
use countersign_core::assess::{
    CriterionStatus, GateReport, Outcome, RuleStatus, StepProgress, StepStatus,
};
use countersign_core::field::{Field, FieldKind};
use countersign_core::name::ItemName;
use countersign_core::release::urgent::shuts_at_once;
use countersign_core::release::{Attached, Rejection, Release};
use countersign_core::step::StepKind;

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
            requested_by: word(release.requested.as_ref().map(|(_, by)| who(view, by))),
            requested_at: word(release.requested.as_ref().map(|(at, _)| at.to_string())),
            resubmits: request.and_then(|r| r.resubmits.as_ref()).map(ToString::to_string),
            overridden: release.overridden.as_ref().map(|one| OverriddenView {
                proposal: ProposalView::from(&one.proposal),
                reason: view.text(&one.reason).to_owned(),
                by: who(view, &one.by),
                at: one.at.to_string(),
            }),
            regions: words(request.iter().flat_map(|r| &r.regions)),
            traits: words(request.iter().flat_map(|r| &r.traits)),
            environments: words(request.iter().flat_map(|r| &r.environments)),
            schedule: request.and_then(|request| ScheduleBody::of(request.schedule)),
            artifacts: artifacts(release),
            dossier: report.map(|report| report.dossier.to_string()),
            policy: plan.map(|plan| format!("{} {}", plan.policy.name, plan.policy.version)),
            runbook: runbook.map(|runbook| format!("{} {}", runbook.name, runbook.version)),
            no_plan: view.no_plan.as_ref().map(ToString::to_string),
            shuts: request.and_then(shuts_at_once),
            emergency: EmergencyView::of(view),
            blockers: report.iter().flat_map(|r| &r.blockers).map(Reason::from).collect(),
            names: view.names_in_blockers().collect(),
            items: report.map(|report| items(view, report)).unwrap_or_default(),
            prerequisites: report.map(|report| prerequisites(view, report)).unwrap_or_default(),
            steps: report.map(|report| steps(view, report)).unwrap_or_default(),
            criteria: report.map(criteria).unwrap_or_default(),
            approvals: report.map(|report| approvals(view, report)).unwrap_or_default(),
            concerns: concerns(view, release),
            rejection: release.rejection.as_ref().map(|one| rejection(view, one)),
            evidence: release.evidence.values().map(|one| EvidenceView::of(view, one)).collect(),
            withdrawn: withdrawn::pieces(view),
            deployments: deployments(view, release),
            conditions: care::conditions(view),
            exceptions: care::exceptions(view),
            change_requests: care::change_requests(view),
            timeline: timeline(view),
        }
    }
}

fn steps(view: &View, report: &GateReport) -> Vec<StepView> {
    report.steps.iter().map(|one| step(view, one)).collect()
}

fn criteria(report: &GateReport) -> Vec<CriterionView> {
    report.criteria.iter().map(CriterionView::from).collect()
}

fn approvals(view: &View, report: &GateReport) -> Vec<ApprovalView> {
    report.approvals.iter().map(|one| approval(view, one)).collect()
}

fn artifacts(release: &Release) -> Vec<ArtifactView> {
    let view = |one: &countersign_core::release::Artifact| ArtifactView {
        name: one.name.clone(),
        kind: one.kind.to_string(),
        digest: one.digest.to_string(),
    };
    release.artifacts.iter().map(view).collect()
}

fn words<T: std::fmt::Display>(values: impl Iterator<Item = T>) -> Vec<String> {
    values.map(|value| value.to_string()).collect()
}

fn field(field: &Field) -> FieldView {
    let (kind, options, unit) = match &field.kind {
        FieldKind::Text => ("text", Vec::new(), None),
        FieldKind::YesNo => ("yes_no", Vec::new(), None),
        FieldKind::Date => ("date", Vec::new(), None),
        FieldKind::Number { unit } => ("number", Vec::new(), Some(unit.clone())),
        FieldKind::Choice { options } => ("choice", options.clone(), None),
        FieldKind::Risk => ("risk", Vec::new(), None),
        FieldKind::Rows { .. } => ("rows", Vec::new(), field.kind.line()),
    };
    FieldView {
        name: field.name.clone(),
        label: field.label.clone(),
        kind: kind.to_owned(),
        options,
        unit,
        required: field.required,
        when: field.when.as_ref().map(|when| format!("{} = {}", when.field, when.equals)),
    }
}

fn items(view: &View, report: &GateReport) -> Vec<ItemView> {
    let planned = |name: &ItemName| view.plan.as_ref().and_then(|plan| plan.item(name));
    let said = |reason: &countersign_core::text::Text| view.text(reason).to_owned();
    let view = |one: &countersign_core::assess::ItemStatus| ItemView {
        fields: planned(&one.item).iter().flat_map(|item| &item.fields).map(field).collect(),
        may_not_apply: planned(&one.item).is_some_and(|item| item.may_not_apply),
        item: one.item.to_string(),
        title: one.title.clone(),
        section: one.section.clone(),
        state: one.state.clone(),
        asked_because: one.asked_because.clone(),
        missing: one.missing.clone(),
        evidence: one.evidence.iter().map(ToString::to_string).collect(),
        does_not_apply: one.does_not_apply.as_ref().map(said),
    };
    report.items.iter().map(view).collect()
}

pub(super) fn who(view: &View, who: &countersign_core::actor::Who) -> String {
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

fn step(view: &View, status: &StepStatus) -> StepView {
    let planned = view.plan.as_ref().and_then(|plan| plan.step(&status.step));
    let (fields, parts) = match planned.map(|planned| &planned.step.kind) {
        Some(StepKind::Form(form)) => (form.fields.iter().map(field).collect(), Vec::new()),
        Some(StepKind::FileUpload(upload)) => (Vec::new(), upload.parts.clone()),
        Some(StepKind::Manual(_) | StepKind::Approval(_) | StepKind::Webhook(_)) | None => {
            (Vec::new(), Vec::new())
        }
    };
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
        paused: status.clock.as_ref().is_some_and(|clock| clock.paused),
        remarks: status.missing.iter().chain(&status.warnings).cloned().collect(),
        fields,
        parts,
    }
}

impl From<&CriterionStatus> for CriterionView {
    fn from(status: &CriterionStatus) -> Self {
        let outcome = match status.outcome {
            Outcome::Met => "met",
            Outcome::Unmet => "unmet",
            Outcome::Unknown => "unknown",
            Outcome::NotApplicable => "not_applicable",
            Outcome::Waived => "waived",
        };
        Self {
            criterion: status.criterion.to_string(),
            title: status.title.clone(),
            outcome: outcome.to_owned(),
            because: status.because.clone(),
        }
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

fn concerns(view: &View, release: &Release) -> Vec<ConcernView> {
    let one = |(number, concern): (&u32, &countersign_core::release::Concern)| ConcernView {
        number: *number,
        step: concern.step.to_string(),
        text: view.text(&concern.text).to_owned(),
        by: who(view, &concern.by),
        resolved: concern.resolved.as_ref().map(|text| view.text(text).to_owned()),
    };
    release.concerns.iter().map(one).collect()
}

fn rejection(view: &View, rejection: &Rejection) -> RejectionView {
    RejectionView {
        by: view.name(&rejection.person).to_owned(),
        role: rejection.role.to_string(),
        reason: rejection.reason.word().to_owned(),
        text: view.text(&rejection.text).to_owned(),
    }
}

impl EvidenceView {
    /// What lists show of a piece of evidence.
    pub fn of(view: &View, attached: &Attached) -> Self {
        let one = &attached.evidence;
        let reading = one.reading.as_ref();
        Self {
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
            purged: view.release.state.kept.purged.get(&one.id).map(|purged| PurgedView {
                at: purged.at.to_string(),
                by: purged.by.as_ref().map(|by| view.name(by).to_owned()).unwrap_or_default(),
                proposed_by: view.name(&purged.proposed_by).to_owned(),
                reason: view.text(&purged.reason).to_owned(),
            }),
            warnings: reading
                .iter()
                .flat_map(|reading| &reading.warnings)
                .map(|warning| format!("{} ({})", warning.message, warning.place))
                .collect(),
        }
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
        despite: deployed.deployment.despite.clone(),
    };
    release.deployments.values().map(one).collect()
}

fn timeline(view: &View) -> Vec<TimelineEntry> {
    let one = |envelope: &countersign_core::event::Envelope| TimelineEntry {
        at: envelope.at.to_string(),
        by: who(view, &envelope.by),
        event: envelope.event.word().to_owned(),
        about: about::about(&envelope.event),
    };
    view.timeline.iter().map(one).collect()
}
