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
    if let Target::Condition(number) = attach.target {
        for_condition(release, number, context)?;
    } else {
        still_open(release, "attach evidence")?;
        let plan = plan_of(release, context)?;
        may_attach(release, &attach.target, &plan, context)?;
        accepted(&attach, &plan)?;
    }
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

/// What shows that a condition was met comes after the decision, from whoever answers for it.
fn for_condition(release: &Release, number: u32, context: &Context<'_>) -> Result<(), Refusal> {
    if context.actor.scopes.contains(&Scope::Evidence) && release.conditions.contains_key(&number) {
        return Ok(());
    }
    super::condition::answers_for(release, number, "attach evidence", context)
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
        Target::Item(_) | Target::Condition(_) => None,
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
        Target::Condition(_) => Ok(()),
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
    let everybody = context.everybody(may.iter());
    let author = attached.by.person().is_some_and(|author| everybody.contains(author));
    if author || !release.requesters().is_disjoint(&everybody) {
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

#[cfg(test)]
mod tests {
    use crate::actor::Scope;
    use crate::classification::ChangeType::NewModel;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::policy::Independence;
    use crate::reading::{FindingState, Outcome, Severity, Unit};
    use crate::refusal::Refusal;
    use crate::release::ReleaseEvent;
    use crate::release::command::{Attach, Command};

    ///
    #[test]
    fn evidence_is_numbered_and_kept_by_digest() {
        let world = drafted(Low).having("rivera", attach(model_card()));
        let world = world.having("rivera", attach(evaluation("3.1")));
        let kept = &world.release().evidence[&evidence("e2")].evidence;
        assert_eq!(kept.sha256, evaluation("3.1").sha256);
    }

    #[test]
    fn a_machine_with_the_scope_attaches_evidence_and_decides_nothing() {
        drafted(Low).having(machine([Scope::Evidence]), attach(evaluation("3.1")));
        let outcome = drafted(Low).when(machine([Scope::Verdict]), attach(evaluation("3.1")));
        outcome.refused_as("actor.not_permitted");
    }

    ///
    #[test]
    fn the_holder_of_a_step_s_role_attaches_to_that_step_and_to_nothing_else() {
        let world = on_the_runbook(Low);
        let packet = packet("attach-evaluation", "summarizer-v1.pdf", &["safety"]);
        world.clone().having("iyer", attach(packet.clone()));
        world.clone().when("park", attach(packet)).refused_as("actor.not_permitted");
        world.when("iyer", attach(evaluation("1.0"))).refused_as("actor.not_permitted");
    }

    ///
    #[test]
    fn an_item_takes_only_what_its_policy_asks_for() {
        let scan_as_card = Attach { target: model_card().target, ..scan(vec![]) };
        let refusal = drafted(Low).when("rivera", attach(scan_as_card));
        let refusal = refusal.refused_as("evidence.not_accepted");
        assert_eq!(refusal.next_step(), "attach `model-card`");
        let unread = plain_file("evaluation", "results.docx");
        drafted(Low).when("rivera", attach(unread)).refused_as("evidence.not_accepted");
        let nowhere = plain_file("horoscope", "stars.pdf");
        drafted(Low).when("rivera", attach(nowhere)).refused_as("not_found");
    }

    ///
    #[test]
    fn a_packet_takes_only_the_parts_the_runbook_names() {
        let unknown = packet("attach-evaluation", "summarizer-v1.pdf", &["vibes"]);
        on_the_runbook(Low).when("iyer", attach(unknown)).refused_as("evidence.not_accepted");
    }

    #[test]
    fn nothing_is_attached_to_a_webhook() {
        let file = packet("notify-routing", "summarizer-v1.pdf", &[]);
        on_the_runbook(Low).when("rivera", attach(file)).refused_as("step.wrong_kind");
    }

    /// I-02
    #[test]
    fn a_decided_release_takes_no_more_evidence() {
        for world in [approved(Low), submitted(Low).having("rivera", withdraw())] {
            world.when("rivera", attach(evaluation("1.0"))).refused_as("release.wrong_state");
        }
    }

    #[test]
    fn replaced_evidence_no_longer_counts() {
        let world = submitted(Low).having("rivera", attach(evaluation("8.1")));
        let better = Attach { replaces: Some(evidence("e5")), ..evaluation("4.0") };
        let world = world.having("rivera", attach(better.clone()));
        assert_eq!(world.blocked_by(), ["approval.missing"]);
        world.when("rivera", attach(better)).refused_as("not_found");
    }

    #[test]
    fn evidence_replaces_evidence_for_the_same_thing_only() {
        let own = packet("attach-evaluation", "summarizer-v1.pdf", &["safety"]);
        let takes_back_the_scan = Attach { replaces: Some(evidence("e3")), ..own };
        let outcome = on_the_runbook(Low).when("iyer", attach(takes_back_the_scan));
        outcome.refused_as("evidence.not_accepted");
    }

    /// The log takes events up to 64 KiB.
    #[test]
    fn a_long_reading_is_cut_into_events_and_comes_back_whole() {
        let mut long = evaluation("3.1");
        let reading = long.reading.as_mut().unwrap();
        let one = measured("rouge_l", "0.41", Unit::Fraction);
        reading.measurements.extend((0..500).map(|_| one.clone()));
        reading
            .findings
            .extend((0..50).map(|n| finding(&format!("f{n}"), Severity::Low, FindingState::Open)));
        let whole = long.reading.clone();
        let outcome = drafted(Low).when("rivera", attach(long));
        assert_eq!(outcome.result.as_ref().unwrap().len(), 14);
        let world = outcome.world();
        assert_eq!(world.release().evidence[&evidence("e1")].evidence.reading, whole);
        for envelope in &world.history {
            assert!(envelope.encode().unwrap().len() < 65_536);
        }
    }

    ///
    #[test]
    fn it_is_noted_once_that_an_approver_opened_evidence() {
        let open = || Command::OpenEvidence { evidence: evidence("e1") };
        let world = submitted(Low).when("chen", open()).then_words(&["evidence_opened"]);
        assert!(world.release().opened.contains(&(evidence("e1"), id("chen"))));
        world.clone().when("chen", open()).refused_as("nothing_to_do");
        world.when(machine(Scope::ALL), open()).refused_as("actor.people_only");
    }

    fn with_critical() -> World {
        let leak = finding("leak", Severity::Critical, FindingState::Open);
        submitted(Low).having("rivera", attach(scan(vec![leak])))
    }

    fn close(id: &str) -> Command {
        let (evidence, finding) = (evidence(id), "leak".into());
        Command::CloseFinding { evidence, finding, reason: text("the key was revoked") }
    }

    ///
    #[test]
    fn closing_an_open_critical_finding_lifts_the_block_and_is_logged() {
        let world = with_critical();
        assert!(world.blocked_by().contains(&"criterion.unmet"));
        let world = world.when("santos", close("e5")).then([ReleaseEvent::FindingClosed {
            evidence: evidence("e5"),
            finding: "leak".into(),
            reason: text("the key was revoked"),
        }]);
        assert_eq!(world.blocked_by(), ["approval.missing"]);
        world.when("santos", close("e5")).refused_as("nothing_to_do");
    }

    ///
    #[test]
    fn a_finding_is_closed_by_security_and_not_by_whoever_brought_it_or_asked() {
        with_critical().when("rivera", close("e5")).refused_as("actor.not_permitted");
        with_critical().when(machine(Scope::ALL), close("e5")).refused_as("actor.people_only");
        with_critical().when("santos", close("e1")).refused_as("not_found");
        let ask = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
        let leak = finding("leak", Severity::Critical, FindingState::Open);
        let by_santos = given(Low).having("santos", ask);
        let world = by_santos.having("rivera", attach(scan(vec![leak])));
        world.when("santos", close("e1")).refused(Refusal::NotIndependent {
            person: id("santos"),
            role: role("security"),
            of: Independence::Requester,
        });
    }

    ///
    #[test]
    fn a_closed_finding_is_open_again_in_the_next_scan() {
        let leak = finding("leak", Severity::Critical, FindingState::Open);
        let world = with_critical().having("santos", close("e5"));
        let next = Attach { replaces: Some(evidence("e5")), ..scan(vec![leak]) };
        let world = world.having("rivera", attach(next));
        assert!(world.blocked_by().contains(&"criterion.unmet"));
    }

    #[test]
    fn only_the_owner_or_the_requester_takes_evidence_back() {
        submitted(Low).when("iyer", withdraw_evidence("e1")).refused_as("actor.not_permitted");
        let world = submitted(Low).having("rivera", withdraw_evidence("e4"));
        assert!(world.release().evidence[&evidence("e4")].withdrawn);
        world.clone().when("rivera", withdraw_evidence("e4")).refused_as("not_found");
        let world = world.having("rivera", attach(injection_suite(Outcome::Pass)));
        assert!(world.release().evidence.contains_key(&evidence("e5")));
    }
}
