//! Attaching, withdrawing and opening evidence; closing findings.

use super::command::Attach;
use super::prepare::plan_of;
use super::request::{editable, open as still_open};
use super::{Context, Evidence, Release, ReleaseEvent, Target};
use crate::actor::Scope;
use crate::name::EvidenceId;
use crate::plan::GatePlan;
use crate::policy::Independence;
use crate::reading::Reading;
use crate::refusal::Refusal;
use crate::step::StepKind;
use crate::text::Text;

pub(super) fn attach(
    release: &Release,
    attach: Attach,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    still_open(release, "attach evidence")?;
    let plan = plan_of(release, context)?;
    may_attach(release, &attach.target, &plan, context)?;
    accepted(&attach, &plan)?;
    if let Some(old) = &attach.replaces {
        same_target(&standing(release, old)?.evidence, &attach)?;
    }
    let number = release.evidence.len() + 1;
    let id = EvidenceId::new(format!("e{number}"))
        .map_err(|_| Refusal::NotFound { what: "evidence id", name: number.to_string() })?;
    let (first, rest) = match attach.reading {
        Some(reading) => {
            let (first, rest) = chunks(reading);
            (Some(first), rest)
        }
        None => (None, Vec::new()),
    };
    let evidence = Evidence {
        id: id.clone(),
        sha256: attach.sha256,
        size: attach.size,
        name: attach.name,
        target: attach.target,
        parts: attach.parts,
        redacted: attach.redacted,
        replaces: attach.replaces,
        reading: first,
    };
    let more = rest
        .into_iter()
        .map(|part| ReleaseEvent::ReadingContinued { evidence: id.clone(), part: Box::new(part) });
    let attached = ReleaseEvent::EvidenceAttached { evidence: Box::new(evidence) };
    Ok(std::iter::once(attached).chain(more).collect())
}

/// Evidence replaces evidence for the same thing only: else attaching to one step would be a way
/// of taking back what stands elsewhere.
fn same_target(old: &Evidence, new: &Attach) -> Result<(), Refusal> {
    if old.target == new.target {
        return Ok(());
    }
    Err(Refusal::EvidenceNotAccepted {
        target: new.target.to_string(),
        wanted: vec![format!("evidence that replaces one for {}", new.target)],
        given: format!("a replacement of `{}`, which is for {}", old.id, old.target),
    })
}

/// The owner and the requester may attach anything, the holder of a step's role to that step, a
/// machine with the scope for it anything.
fn may_attach(
    release: &Release,
    target: &Target,
    plan: &GatePlan,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let action = "attach evidence";
    let by_machine = context.actor.scopes.contains(&Scope::Evidence);
    if by_machine || editable(release, context, action).is_ok() {
        return Ok(());
    }
    let role = match target {
        Target::Step(step) => plan.step(step).map(|planned| planned.role.clone()),
        Target::Item(_) => None,
    };
    match role {
        Some(role) if context.acts_as(&role) => Ok(()),
        Some(role) => Err(Refusal::NotPermitted { action, needs: vec![role] }),
        None => {
            let needs = vec![crate::name::RoleName::model_owner()];
            Err(Refusal::NotPermitted { action, needs })
        }
    }
}

fn accepted(attach: &Attach, plan: &GatePlan) -> Result<(), Refusal> {
    let format = attach.reading.as_ref().map(|reading| reading.format.as_str());
    match &attach.target {
        Target::Item(name) => {
            let missing = || Refusal::NotFound { what: "checklist item", name: name.to_string() };
            let item = plan.item(name).ok_or_else(missing)?;
            if item.evidence.accepts(format) {
                return Ok(());
            }
            let wanted = match &item.evidence {
                crate::policy::EvidenceNeed::Formats(formats) => formats.clone(),
                crate::policy::EvidenceNeed::None | crate::policy::EvidenceNeed::AnyFile => {
                    Vec::new()
                }
            };
            Err(Refusal::EvidenceNotAccepted {
                target: item.title.clone(),
                wanted,
                given: format.map_or_else(|| "a file no reader knows".into(), str::to_owned),
            })
        }
        Target::Step(name) => {
            let missing = || Refusal::NotFound { what: "step", name: name.to_string() };
            let planned = plan.step(name).ok_or_else(missing)?;
            match &planned.step.kind {
                StepKind::FileUpload(upload) => known_parts(attach, &upload.parts),
                StepKind::Manual(_) | StepKind::Form(_) | StepKind::Approval(_) => Ok(()),
                StepKind::Webhook(_) => Err(Refusal::WrongStepKind {
                    step: name.clone(),
                    kind: "webhook".into(),
                    remedy: "Countersign delivers it after the decision",
                }),
            }
        }
    }
}

fn known_parts(attach: &Attach, parts: &[String]) -> Result<(), Refusal> {
    match attach.parts.iter().find(|part| !parts.contains(part)) {
        None => Ok(()),
        Some(unknown) => Err(Refusal::EvidenceNotAccepted {
            target: attach.target.to_string(),
            wanted: parts.to_vec(),
            given: format!("part `{unknown}`"),
        }),
    }
}

/// How many measurements, findings, checks, facts and warnings one event holds at most, so that
/// it stays under the 64 KiB a log entry may have.
const ENTRIES_PER_EVENT: usize = 40;

/// Cuts a reading into pieces that each fit an event. Nothing is dropped.
fn chunks(mut reading: Reading) -> (Reading, Vec<Reading>) {
    let mut rest = Vec::new();
    let mut first = reading.clone();
    take(&mut reading, &mut first);
    while !reading.is_empty() || !reading.facts.is_empty() || !reading.warnings.is_empty() {
        let mut part = Reading::new(&first.format);
        take(&mut reading, &mut part);
        rest.push(part);
    }
    (first, rest)
}

fn take(from: &mut Reading, into: &mut Reading) {
    fn some<T>(from: &mut Vec<T>, room: &mut usize) -> Vec<T> {
        let taken: Vec<T> = from.drain(..from.len().min(*room)).collect();
        *room -= taken.len();
        taken
    }
    let mut room = ENTRIES_PER_EVENT;
    into.facts = some(&mut from.facts, &mut room);
    into.warnings = some(&mut from.warnings, &mut room);
    into.measurements = some(&mut from.measurements, &mut room);
    into.findings = some(&mut from.findings, &mut room);
    into.checks = some(&mut from.checks, &mut room);
}

fn standing<'r>(release: &'r Release, id: &EvidenceId) -> Result<&'r super::Attached, Refusal> {
    let found = release.evidence.get(id).filter(|attached| !attached.withdrawn);
    found.ok_or_else(|| Refusal::NotFound { what: "evidence", name: id.to_string() })
}

pub(super) fn withdraw(
    release: &Release,
    evidence: EvidenceId,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    editable(release, context, "withdraw evidence")?;
    standing(release, &evidence)?;
    Ok(vec![ReleaseEvent::EvidenceWithdrawn { evidence, reason }])
}

/// Opening is noted once per person, and only for people: it shows that approvers looked.
pub(super) fn open(
    release: &Release,
    evidence: EvidenceId,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    if !release.evidence.contains_key(&evidence) {
        return Err(Refusal::NotFound { what: "evidence", name: evidence.to_string() });
    }
    let person = context.actor.who.person();
    let person = person.ok_or(Refusal::PeopleOnly { action: "open evidence as a reviewer" })?;
    if release.opened.contains(&(evidence.clone(), person.clone())) {
        return Err(Refusal::NothingToDo { what: "it is noted already that you opened it" });
    }
    Ok(vec![ReleaseEvent::EvidenceOpened { evidence }])
}

pub(super) fn close_finding(
    release: &Release,
    evidence: EvidenceId,
    finding: String,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "close a finding";
    still_open(release, action)?;
    let plan = plan_of(release, context)?;
    let may = &plan.settings.may_close_findings;
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    if !may.iter().any(|role| context.acts_as(role)) {
        return Err(Refusal::NotPermitted { action, needs: may.iter().cloned().collect() });
    }
    let attached = standing(release, &evidence)?;
    let author = attached.by == context.actor.who;
    if author || release.requesters().contains(person) {
        let held = may.iter().find(|role| context.acts_as(role));
        return Err(Refusal::NotIndependent {
            person: person.clone(),
            role: held.cloned().unwrap_or_else(crate::name::RoleName::model_owner),
            of: if author { Independence::EvidenceAuthor } else { Independence::Requester },
        });
    }
    let findings = attached.evidence.reading.iter().flat_map(|reading| &reading.findings);
    if !findings.into_iter().any(|one| one.id == finding) {
        return Err(Refusal::NotFound { what: "finding", name: finding });
    }
    if release.closed_findings.contains_key(&(evidence.clone(), finding.clone())) {
        return Err(Refusal::NothingToDo { what: "the finding is closed already" });
    }
    Ok(vec![ReleaseEvent::FindingClosed { evidence, finding, reason }])
}
