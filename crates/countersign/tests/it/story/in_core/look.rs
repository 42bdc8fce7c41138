//! What everybody can see of a release, from the core's own report.

use super::InCore;
use super::command::Stop;
use crate::story::gate::{Blocked, Listed, Look, Signature, Work};
use countersign_core::actor::Actor;
use countersign_core::assess::{self, GateReport, Outcome, StepProgress};
use countersign_core::blocker::Blocker;
use countersign_core::name::PersonId;
use countersign_core::plan::GatePlan;
use countersign_core::release::Release;
use countersign_core::step::StepKind;

impl InCore {
    pub(super) fn look_at(&self, title: &str) -> Result<Look, Stop> {
        let id = self.id_of(title)?;
        let release = self.releases.get(&id).cloned().unwrap_or_default();
        let plan = self.plan_of(&release);
        let report = assess::assess(&release, plan.as_ref(), self.now).zip(plan.as_ref());
        let report = report.map(|(report, plan)| report.as_of(plan, &self.register, self.now));
        let mut look = Look { state: release.state_word().replace('_', " "), ..Look::default() };
        look.history = self.history.get(&id).cloned().unwrap_or_default();
        look.artifacts = release.artifacts.iter().map(|one| one.name.clone()).collect();
        if let Some(plan) = &plan {
            look.policy = format!("{} {}", plan.policy.name, plan.policy.version);
            let runbook = plan.runbook.iter().map(|one| format!("{} {}", one.name, one.version));
            look.runbook = runbook.collect();
        }
        if let Some(report) = report {
            fill(&mut look, &report);
            look.work = report.steps.iter().map(|one| work(one, plan.as_ref())).collect();
        }
        Ok(look)
    }

    fn plan_of(&self, release: &Release) -> Option<GatePlan> {
        if release.plan.is_some() {
            return release.plan.clone();
        }
        let request = release.request.as_ref()?;
        let model = self.models.get(&request.model)?;
        let actor = Actor::system();
        self.with_context(&actor, request, model, |context| context.plan(release)).ok()
    }
}

fn fill(look: &mut Look, report: &GateReport) {
    look.blockers = report.blockers.iter().map(blocked).collect();
    look.prerequisites = u32::try_from(report.prerequisites.len()).unwrap_or(0);
    let item = |one: &assess::ItemStatus| Listed {
        name: one.item.to_string(),
        stands: one.state.replace('_', " "),
        remarks: one.missing.clone(),
    };
    look.items = report.items.iter().map(item).collect();
    let step = |one: &assess::StepStatus| Listed {
        name: format!("{} {}", one.number, one.step),
        stands: progress(&one.progress).into(),
        remarks: one.missing.iter().chain(&one.warnings).cloned().collect(),
    };
    look.steps = report.steps.iter().map(step).collect();
    let criterion = |one: &assess::CriterionStatus| Listed {
        name: one.title.clone(),
        stands: outcome(one.outcome).into(),
        remarks: vec![one.because.clone()],
    };
    look.criteria = report.criteria.iter().map(criterion).collect();
    let signature = |one: &assess::RuleStatus| Signature {
        purpose: one.purpose.clone(),
        role: one.role.to_string(),
        needed: one.needed,
        given: names(&one.given),
        self_approved: one.self_approved,
        lapsed: names(&one.lapsed),
        eligible: names(&one.eligible),
    };
    look.approvals = report.approvals.iter().map(signature).collect();
}

fn work(one: &assess::StepStatus, plan: Option<&GatePlan>) -> Work {
    let kind = plan.and_then(|plan| plan.step(&one.step)).map(|planned| &planned.step.kind);
    let (parts, questions) = match kind {
        Some(StepKind::FileUpload(upload)) => (upload.parts.clone(), Vec::new()),
        Some(StepKind::Form(form)) => {
            (Vec::new(), form.fields.iter().map(|field| field.name.clone()).collect())
        }
        _ => (Vec::new(), Vec::new()),
    };
    Work {
        number: one.number.into(),
        step: one.step.to_string(),
        kind: one.kind.clone(),
        role: one.role.to_string(),
        stands: progress(&one.progress).into(),
        parts,
        questions,
    }
}

fn blocked(blocker: &Blocker) -> Blocked {
    let mut lifted_by: Vec<String> =
        blocker.lifted_by.roles.iter().map(ToString::to_string).collect();
    lifted_by.extend(names(&blocker.lifted_by.people));
    Blocked { message: blocker.to_string(), lifted_by }
}

fn names(people: &[PersonId]) -> Vec<String> {
    let mut names: Vec<String> = people.iter().map(ToString::to_string).collect();
    names.sort();
    names
}

fn progress(progress: &StepProgress) -> &'static str {
    match progress {
        StepProgress::Done { .. } => "done",
        StepProgress::Ready => "ready",
        StepProgress::Waits { .. } => "waits",
        StepProgress::AfterDecision => "after decision",
        StepProgress::DeliveryFailed { .. } => "delivery failed",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Unmet => "unmet",
        Outcome::Unknown => "unknown",
        Outcome::NotApplicable => "not applicable",
        Outcome::Waived => "waived",
    }
}
