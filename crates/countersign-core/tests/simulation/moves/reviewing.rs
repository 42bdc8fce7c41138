//! The review: steps, concerns, mended evidence, approvals with and without conditions, and now
//! and then a no.

use super::{Deed, changes, exceptions, gives_up, preparing};
use crate::cast::{anybody, holder, owner, stand_in};
use crate::dice::Dice;
use crate::house::{House, Step};
use countersign_core::assess::{self, GateReport, RuleStatus, StepProgress, StepStatus};
use countersign_core::blocker::Reason;
use countersign_core::given::*;
use countersign_core::name::ReleaseId;
use countersign_core::plan::GatePlan;
use countersign_core::reading::{FindingState, Severity};
use countersign_core::release::command::{Approve, Command};
use countersign_core::release::{Due, Promise, RejectionReason, Release, State};
use countersign_core::sla::Sla;
use countersign_core::step::StepKind;
use jiff::SignedDuration;

pub fn next(house: &mut House, id: &ReleaseId, dice: &mut Dice) -> Option<Deed> {
    let release = house.release(id)?;
    let report = assess::assess(release, None, house.world().now)?;
    let dossier = report.dossier;
    if house.seen.len() < 50 && dice.percent(20) {
        house.seen.push((id.clone(), dossier));
    }
    let release = house.release(id)?;
    let requester = dice.any(release.requesters().iter()).map(Acting::from)?;
    if dice.percent(3) {
        return Some((requester, preparing::changed(release, dice)));
    }
    if dice.percent(8) {
        return preparing::opens(house, release, dice);
    }
    if let Some(deed) = settled(house, release, dice) {
        return Some(deed);
    }
    if dice.percent(70)
        && let Some(deed) = changes::settled(house, release, dice)
    {
        return Some(deed);
    }
    let plan = release.plan.as_ref()?;
    let ready = report
        .steps
        .iter()
        .find(|step| step.progress == StepProgress::Ready && step.kind != "approval");
    if let Some(deed) = ready.and_then(|step| work(house, (release, plan), step, dice)) {
        return Some(deed);
    }
    let shut = report
        .blockers
        .iter()
        .any(|blocker| !matches!(blocker.reason, Reason::ApprovalMissing { .. }));
    if shut
        && dice.percent(45)
        && let Some(deed) = exceptions::next(house, release, &report, dice)
    {
        return Some(deed);
    }
    if shut {
        return mending(house, release, &report, dice).or_else(|| gives_up(house, id));
    }
    let open = report.approvals.iter().find(|rule| !rule.satisfied())?;
    signature(house, (release, open), &report, dice).or_else(|| gives_up(house, id))
}

/// A concern is settled by whoever it falls to.
fn settled(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let mut open = release.concerns.iter().filter(|(_, concern)| concern.resolved.is_none());
    let (number, concern) = open.next()?;
    let planned = release.plan.as_ref()?.step(&concern.step)?;
    Some((holder(house, release, &planned.role, dice)?, resolve_concern(*number)))
}

/// A step is done by its role; an upload gets its files first.
pub fn work(
    house: &House,
    (release, plan): (&Release, &GatePlan),
    status: &StepStatus,
    dice: &mut Dice,
) -> Option<Deed> {
    let planned = plan.step(&status.step)?;
    let name = status.step.as_str();
    let command = match &planned.step.kind {
        StepKind::Manual(_) => do_step(name),
        StepKind::FileUpload(_) if status.missing.is_empty() => complete_upload(name),
        StepKind::FileUpload(upload) => {
            let checkpoint = release.artifacts.first().map_or("none", |one| one.name.as_str());
            let parts: Vec<&str> = upload.parts.iter().map(String::as_str).collect();
            let whole = if dice.percent(80) { parts.len() } else { 1.min(parts.len()) };
            attach(packet(name, &format!("{checkpoint}-packet.pdf"), &parts[..whole]))
        }
        StepKind::Form(_) => questionnaire(),
        StepKind::Webhook(_) | StepKind::Approval(_) => return None,
    };
    Some((holder(house, release, &planned.role, dice)?, command))
}

/// Somebody makes good what shuts the gate, or security closes the finding.
fn mending(house: &House, release: &Release, report: &GateReport, dice: &mut Dice) -> Option<Deed> {
    if dice.percent(40)
        && let Some(deed) = closes_finding(house, release, dice)
    {
        return Some(deed);
    }
    let requester = dice.any(release.requesters().iter()).map(Acting::from)?;
    Some((requester, preparing::mended(house, release, report, dice)?))
}

fn closes_finding(house: &House, release: &Release, dice: &mut Dice) -> Option<Deed> {
    let open = release.standing_evidence().flat_map(|(id, one)| {
        let findings = one.evidence.reading.iter().flat_map(|reading| &reading.findings);
        findings.map(move |finding| (id.clone(), finding))
    });
    let mut bad =
        open.filter(|(_, one)| one.state == FindingState::Open && one.severity >= Severity::High);
    let (evidence, finding) = bad.next()?;
    let reason = text("the key was revoked");
    let command = Command::CloseFinding { evidence, finding: finding.id.clone(), reason };
    let may = &release.plan.as_ref()?.settings.may_close_findings;
    let role = dice.any(may.iter())?;
    Some((holder(house, release, role, dice)?, command))
}

/// An approval by somebody who can give it, sometimes with a promise.
fn signature(
    house: &House,
    (release, open): (&Release, &RuleStatus),
    report: &GateReport,
    dice: &mut Dice,
) -> Option<Deed> {
    let person = dice.any(open.eligible.iter())?;
    let person = stand_in(house, (person, &open.role), dice).unwrap_or_else(|| person.clone());
    let mut conditions = Vec::new();
    if dice.percent(25) {
        let owner = owner(house, release)?;
        let kept_by = match (&owner, dice.percent(50)) {
            (Acting::Person(owner), true) => owner.clone(),
            _another => id("park"),
        };
        let due = match dice.below(4) {
            0 => Due::Within(*dice.one(&[
                Sla::BusinessDays(1),
                Sla::BusinessDays(3),
                Sla::Hours(40),
            ])),
            1 => Due::Within(Sla::SameDay),
            _a_moment => {
                Due::At(house.world().now + SignedDuration::from_hours(dice.hours(-1, 200)))
            }
        };
        conditions.push(Promise { text: text("run a fairness audit"), owner: kept_by, due });
    }
    let comment = None;
    let approve = Approve { role: open.role.clone(), dossier: report.dossier, conditions, comment };
    Some((Acting::from(&person), Command::Approve(approve)))
}

/// Something of the review out of turn: a concern, a no, an early yes.
pub fn step(house: &mut House, dice: &mut Dice) -> Step {
    let reviewed = house.world().releases.iter().filter(|(_, one)| one.state == State::InReview);
    let Some(id) = dice.any(reviewed.map(|(id, _)| id.clone())) else { return Ok(()) };
    let Some((who, command)) = out_of_turn(house, &id, dice) else { return Ok(()) };
    house.sends(&who, &id, command)
}

fn out_of_turn(house: &House, id: &ReleaseId, dice: &mut Dice) -> Option<Deed> {
    let release = house.release(id)?;
    let plan = release.plan.as_ref()?;
    let rule = dice.any(plan.approvals.iter())?;
    let signer = holder(house, release, &rule.role, dice)?;
    let step = dice.any(plan.steps.iter());
    Some(match (dice.below(10), step) {
        (0..=2, Some(step)) => (anybody(dice), raise_concern(step.step.name.as_str())),
        (3, Some(step)) => {
            (holder(house, release, &step.role, dice)?, do_step(step.step.name.as_str()))
        }
        (4, _) => {
            let reason = *dice.one(&RejectionReason::ALL);
            let (role, text) = (rule.role.clone(), text("the samples are too few"));
            (signer, Command::Reject { role, reason, text })
        }
        (5, _) => closes_finding(house, release, dice)?,
        (6, _) => preparing::opens(house, release, dice)?,
        (7, _) => {
            let requester = dice.any(release.requesters().iter()).map(Acting::from)?;
            (requester, attach(preparing::bad_file(dice)))
        }
        (_, _) => {
            let (conditions, comment) = (Vec::new(), None);
            let dossier = countersign_core::dossier::digest(release);
            let role = rule.role.clone();
            (signer, Command::Approve(Approve { role, dossier, conditions, comment }))
        }
    })
}
