//! The runbook's steps: what is done, what waits, what is due, what is missing.

use crate::actor::Who;
use crate::blocker::{Blocker, Reason};
use crate::change_request::stood_still;
use crate::name::{RoleName, StepName};
use crate::plan::{GatePlan, PlannedStep};
use crate::release::{Concern, Release, State, Target};
use crate::step::StepKind;
use crate::step::file_upload::NameRule;
use jiff::Timestamp;
use serde::Serialize;

/// A step and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepStatus {
    /// The step.
    pub step: StepName,
    /// Counted from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// The word of its kind.
    pub kind: String,
    /// The role that does it.
    pub role: RoleName,
    /// Where it stands.
    pub progress: StepProgress,
    /// When its clock started and when it should be done; `None` while it waits.
    pub clock: Option<Clock>,
    /// What it lacks, in words.
    pub missing: Vec<String>,
    /// What somebody should look at although it does not stop anything.
    pub warnings: Vec<String>,
}

/// A running or finished clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// When the step could be started.
    pub since: Timestamp,
    /// When it should be done.
    pub due: Timestamp,
    /// Whether it is late now; an open step only.
    pub overdue: bool,
    /// The role that hears of it when it is late.
    pub escalate_to: RoleName,
    /// Whether it stands still: the release waits for the answer to a change request.
    pub paused: bool,
}

/// Where a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepProgress {
    /// Done, when and by whom.
    Done {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Who,
    },
    /// Can be done now.
    Ready,
    /// Waits for these steps.
    Waits {
        /// Their names.
        for_steps: Vec<StepName>,
    },
    /// Waits for the decision.
    AfterDecision,
    /// Its webhook could not be delivered.
    DeliveryFailed {
        /// The last error.
        error: String,
    },
}

/// Every step of the plan, with where it stands and its clock.
pub fn statuses(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<StepStatus> {
    plan.steps.iter().map(|planned| status(release, plan, planned, now)).collect()
}

fn status(release: &Release, plan: &GatePlan, planned: &PlannedStep, now: Timestamp) -> StepStatus {
    let progress = progress(release, plan, planned);
    let open = !matches!(progress, StepProgress::Done { .. });
    let finished = match &progress {
        StepProgress::Done { at, .. } => Some(*at),
        StepProgress::Ready
        | StepProgress::Waits { .. }
        | StepProgress::AfterDecision
        | StepProgress::DeliveryFailed { .. } => None,
    };
    let clock = started(release, plan, planned)
        .map(|since| clock((release, plan, planned), since, (finished, now)));
    StepStatus {
        step: planned.step.name.clone(),
        number: planned.number,
        title: planned.step.title.clone(),
        kind: planned.step.kind.word().to_owned(),
        role: planned.role.clone(),
        missing: if open { missing(release, planned) } else { Vec::new() },
        warnings: warnings(release, planned),
        progress,
        clock,
    }
}

/// A clock stands still while the release waits for the answer to a change request: its start
/// moves by that time, so that nobody is late for waiting.
fn clock(
    (release, plan, planned): (&Release, &GatePlan, &PlannedStep),
    since: Timestamp,
    (finished, now): (Option<Timestamp>, Timestamp),
) -> Clock {
    let paused = finished.is_none() && release.state == State::InReview && release.awaits_answer();
    let counted_to = finished.unwrap_or(if paused { now } else { Timestamp::MAX });
    let stood = stood_still(release.change_requests.values(), (since, counted_to));
    let running = since.checked_add(stood).unwrap_or(Timestamp::MAX);
    let due = plan.calendar.deadline(running, planned.step.sla);
    let overdue = finished.is_none() && !paused && now > due;
    Clock { since, due, overdue, escalate_to: planned.escalate_to.clone(), paused }
}

fn progress(release: &Release, plan: &GatePlan, planned: &PlannedStep) -> StepProgress {
    if let Some((at, by)) = done(release, plan, planned) {
        return StepProgress::Done { at, by };
    }
    if let Some(error) = release.failed_deliveries.get(&planned.step.name) {
        return StepProgress::DeliveryFailed { error: error.clone() };
    }
    // A suspended release tells nobody to move traffic.
    if planned.after_decision && (!release.state.is_allowed() || release.suspended.is_some()) {
        return StepProgress::AfterDecision;
    }
    match steps_waited_for(release, plan, planned) {
        waits if waits.is_empty() => StepProgress::Ready,
        for_steps => StepProgress::Waits { for_steps },
    }
}

/// When and by whom a step was done. An approval step is done when its rule is satisfied.
fn done(release: &Release, plan: &GatePlan, planned: &PlannedStep) -> Option<(Timestamp, Who)> {
    let Some(index) = planned.rule else {
        let completed = release.steps.get(&planned.step.name)?;
        // Files taken back after the step was completed leave it open again.
        if !upload_missing(release, planned).is_empty() {
            return None;
        }
        return Some((completed.at, completed.by.clone()));
    };
    let rule = plan.approvals.get(index as usize)?;
    let given: Vec<_> = super::given_for(release, index).collect();
    let last = given.iter().max_by_key(|given| given.at)?;
    (given.len() >= rule.count as usize)
        .then(|| (last.at, Who::Person(last.approval.person.clone())))
}

/// When a step could be started: when the last step it waits for was done, but not before the
/// release was submitted, or decided for a step that comes after the decision.
fn started(release: &Release, plan: &GatePlan, planned: &PlannedStep) -> Option<Timestamp> {
    let begin = if planned.after_decision {
        release.decided_at?
    } else {
        release.submitted.as_ref().map(|(at, _)| *at)?
    };
    plan.waited_for(planned).try_fold(begin, |latest, earlier| {
        let (at, _) = done(release, plan, earlier)?;
        Some(latest.max(at))
    })
}

/// The names of the steps this one still waits for: those not done, and those with a concern that
/// is not resolved.
pub fn steps_waited_for(
    release: &Release,
    plan: &GatePlan,
    planned: &PlannedStep,
) -> Vec<StepName> {
    plan.waited_for(planned)
        .filter(|earlier| {
            let concern = |one: &Concern| one.step == earlier.step.name && one.resolved.is_none();
            done(release, plan, earlier).is_none() || release.concerns.values().any(concern)
        })
        .map(|earlier| earlier.step.name.clone())
        .collect()
}

fn missing(release: &Release, planned: &PlannedStep) -> Vec<String> {
    match &planned.step.kind {
        StepKind::FileUpload(_) => upload_missing(release, planned),
        StepKind::Manual(_) | StepKind::Form(_) | StepKind::Approval(_) | StepKind::Webhook(_) => {
            Vec::new()
        }
    }
}

/// What an upload step still lacks: files, parts of the packet, file names.
pub fn upload_missing(release: &Release, planned: &PlannedStep) -> Vec<String> {
    let StepKind::FileUpload(upload) = &planned.step.kind else { return Vec::new() };
    let target = Target::Step(planned.step.name.clone());
    let files: Vec<_> = release.evidence_for(&target).map(|(_, one)| &one.evidence).collect();
    if files.is_empty() {
        return vec!["attach a file".into()];
    }
    let uncovered = upload
        .parts
        .iter()
        .filter(|part| !files.iter().any(|file| file.parts.contains(part.as_str())));
    let mut missing: Vec<String> =
        uncovered.map(|part| format!("no file covers the part `{part}`")).collect();
    if upload.name_rule == NameRule::Block {
        missing.extend(badly_named(release, planned));
    }
    missing
}

fn warnings(release: &Release, planned: &PlannedStep) -> Vec<String> {
    match &planned.step.kind {
        StepKind::FileUpload(upload) if upload.name_rule == NameRule::Warn => {
            badly_named(release, planned)
        }
        StepKind::FileUpload(_)
        | StepKind::Manual(_)
        | StepKind::Form(_)
        | StepKind::Approval(_)
        | StepKind::Webhook(_) => Vec::new(),
    }
}

fn badly_named(release: &Release, planned: &PlannedStep) -> Vec<String> {
    let names: Vec<String> =
        release.artifacts.iter().map(|artifact| artifact.name.to_lowercase()).collect();
    let target = Target::Step(planned.step.name.clone());
    release
        .evidence_for(&target)
        .map(|(_, attached)| attached.evidence.name.clone())
        .filter(|file| !names.iter().any(|name| file.to_lowercase().contains(name.as_str())))
        .map(|file| format!("the name of `{file}` does not hold the checkpoint's identifier"))
        .collect()
}

/// Open steps before the decision, approval steps left out: those are approvals.
pub(super) fn blockers(release: &Release, plan: &GatePlan) -> Vec<Blocker> {
    let open = plan.steps.iter().filter(|planned| {
        !planned.after_decision
            && !matches!(planned.step.kind, StepKind::Approval(_))
            && done(release, plan, planned).is_none()
    });
    open.map(|planned| {
        let reason = Reason::StepOpen {
            step: planned.step.name.clone(),
            title: planned.step.title.clone(),
            missing: missing(release, planned),
        };
        Blocker::by_roles(reason, [planned.role.clone()])
    })
    .collect()
}

pub(super) fn concerns(release: &Release, plan: &GatePlan) -> Vec<Blocker> {
    let standing = release.concerns.iter().filter(|(_, concern)| concern.resolved.is_none());
    standing
        .map(|(number, concern)| {
            let reason = Reason::ConcernOpen { number: *number, step: concern.step.clone() };
            let role = plan.step(&concern.step).map(|planned| planned.role.clone());
            Blocker::by_roles(reason, role)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    #[track_caller]
    fn status(world: &World, name: &str) -> StepStatus {
        let steps = world.report().steps;
        steps.into_iter().find(|one| one.step == step(name)).unwrap()
    }

    ///
    #[test]
    fn the_clock_of_a_step_starts_when_the_one_before_it_is_done() {
        let world = on_the_runbook(Low);
        let clock = status(&world, "confirm-scope").clock.unwrap();
        assert_eq!((clock.since, clock.due), (monday(), at("2026-05-12T15:00:00Z")));
        assert_eq!(status(&world, "check-licences").clock, None);
        let world = world.later(26).having("dufour", do_step("confirm-scope"));
        let clock = status(&world, "check-licences").clock.unwrap();
        // Tuesday and two business days, with Thursday off.
        assert_eq!((clock.since, clock.due), (world.now, at("2026-05-15T15:00:00Z")));
    }

    ///
    #[test]
    fn a_late_step_is_overdue_and_names_whom_it_escalates_to() {
        let world = on_the_runbook(Low).later(32);
        assert!(!status(&world, "confirm-scope").clock.unwrap().overdue);
        let world = world.later(1);
        let clock = status(&world, "confirm-scope").clock.unwrap();
        assert!(clock.overdue);
        assert_eq!(clock.escalate_to, role("ai_governance_lead"));
        let done = world.having("dufour", do_step("confirm-scope"));
        assert!(!status(&done, "confirm-scope").clock.unwrap().overdue);
    }

    ///
    #[test]
    fn a_step_says_whether_it_is_ready_waits_or_comes_after_the_decision() {
        let world = on_the_runbook(Low);
        assert_eq!(status(&world, "confirm-scope").progress, StepProgress::Ready);
        let for_steps = vec![step("confirm-scope")];
        assert_eq!(status(&world, "check-licences").progress, StepProgress::Waits { for_steps });
        assert_eq!(status(&world, "notify-routing").progress, StepProgress::AfterDecision);
        let world = world.stepped().approved();
        assert_eq!(status(&world, "notify-routing").progress, StepProgress::Ready);
        let clock = status(&world, "notify-routing").clock.unwrap();
        assert_eq!(clock.due, at("2026-05-11T15:00:00Z"));
        let suspended = world.having("abara", suspend());
        assert_eq!(status(&suspended, "notify-routing").progress, StepProgress::AfterDecision);
    }

    ///
    #[test]
    fn the_sign_off_step_is_done_by_the_approval() {
        let world = on_the_runbook(Low).stepped();
        let world = world.having("haddad", approve_as("security_operations_lead"));
        let by = Who::Person(id("haddad"));
        assert_eq!(status(&world, "sign-off").progress, StepProgress::Done { at: world.now, by });
    }

    ///
    #[test]
    fn a_file_name_without_the_checkpoint_warns_or_blocks_as_configured() {
        let nameless =
            packet("attach-evaluation", "results.pdf", &["safety", "quality", "regression"]);
        let world = on_the_runbook(Low).having("iyer", attach(nameless.clone()));
        let warned = status(&world, "attach-evaluation");
        assert!(warned.missing.is_empty());
        let without = "the name of `results.pdf` does not hold the checkpoint's identifier";
        assert_eq!(warned.warnings, [without]);
        assert!(
            world
                .report()
                .steps
                .iter()
                .all(|one| one.step == warned.step || one.warnings.is_empty())
        );
        let mut lax = runbook();
        lax.version = "0.3.0".into();
        if let StepKind::FileUpload(upload) = &mut lax.steps[2].kind {
            upload.name_rule = NameRule::Ignore;
        }
        let mut asked = with_runbook(request(crate::classification::ChangeType::NewModel, Low));
        asked.runbook.as_mut().unwrap().version = "0.3.0".into();
        let world = given(Low).publishing_runbook(lax).requested(asked).prepared().submitted();
        let world = world.having("iyer", attach(nameless.clone()));
        assert!(status(&world, "attach-evaluation").warnings.is_empty());
        let mut strict = runbook();
        strict.version = "0.2.0".into();
        if let StepKind::FileUpload(upload) = &mut strict.steps[2].kind {
            upload.name_rule = NameRule::Block;
        }
        let change = crate::classification::ChangeType::NewModel;
        let mut asked = with_runbook(request(change, Low));
        asked.runbook.as_mut().unwrap().version = "0.2.0".into();
        let world = given(Low).publishing_runbook(strict).requested(asked).prepared().submitted();
        let world = world.having("iyer", attach(nameless));
        assert_eq!(status(&world, "attach-evaluation").missing.len(), 1);
    }

    ///
    #[test]
    fn a_redacted_file_counts_like_any_other() {
        let parts = ["safety", "quality", "regression"];
        let file = packet("attach-evaluation", "summarizer-v1.pdf", &parts);
        let redacted = crate::release::command::Attach { redacted: true, ..file };
        let world = on_the_runbook(Low).having("iyer", attach(redacted));
        assert_eq!(status(&world, "attach-evaluation").missing, [] as [String; 0]);
    }
}
