//! Evidence that spoke against the release and was taken back: whoever approves sees what it said
//! and why it went.

use super::Outcome;
use super::criteria::{checks_pass, failed, incomplete, within};
use crate::criterion::CriterionRule;
use crate::name::EvidenceId;
use crate::plan::GatePlan;
use crate::reading::{FindingState, Severity};
use crate::release::{Attached, Release, Target};
use crate::text::Text;
use serde::Serialize;

/// A piece of evidence that would not have let the release pass and no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WithdrawnStatus {
    /// Which.
    pub evidence: EvidenceId,
    /// What it said against the release, a sentence each; never empty.
    pub said: Vec<String>,
    /// Why it was withdrawn; `None` when another piece took its place.
    pub reason: Option<Text>,
    /// The piece that took its place.
    pub replaced_by: Option<EvidenceId>,
}

pub(super) fn statuses(release: &Release, plan: &GatePlan) -> Vec<WithdrawnStatus> {
    let judged = |one: &Attached| !matches!(one.evidence.target, Target::Condition(_));
    let gone = release.evidence.values().filter(|one| one.withdrawn && judged(one));
    gone.filter_map(|one| status(release, plan, one)).collect()
}

fn status(release: &Release, plan: &GatePlan, one: &Attached) -> Option<WithdrawnStatus> {
    let id = &one.evidence.id;
    let reading = one.evidence.reading.as_ref()?;
    let mut said = Vec::new();
    if failed(reading) {
        said.push(incomplete(id, &reading.completeness));
    }
    said.extend(findings(release, plan, one));
    let piece = vec![(id, one)];
    if let (Outcome::Unmet, because, _) = checks_pass(&piece) {
        said.push(because);
    }
    said.extend(plan.criteria.iter().filter_map(|criterion| match &criterion.rule {
        CriterionRule::Bound(bound) => match within(bound, &piece) {
            (Outcome::Unmet, because, _) => Some(because),
            (Outcome::Met | Outcome::Unknown | Outcome::NotApplicable | Outcome::Waived, _, _) => {
                None
            }
        },
        CriterionRule::NoOpenFinding { .. } | CriterionRule::ChecksPass => None,
    }));
    if said.is_empty() {
        return None;
    }
    let took = release.evidence.values().find(|new| new.evidence.replaces.as_ref() == Some(id));
    Some(WithdrawnStatus {
        evidence: id.clone(),
        said,
        reason: one.withdrawn_because,
        replaced_by: took.map(|new| new.evidence.id.clone()),
    })
}

/// The open findings that would have blocked, worst first.
fn findings(release: &Release, plan: &GatePlan, one: &Attached) -> Vec<String> {
    let blocking = plan.criteria.iter().filter_map(|criterion| match &criterion.rule {
        CriterionRule::NoOpenFinding { severity } => Some(*severity),
        CriterionRule::Bound(_) | CriterionRule::ChecksPass => None,
    });
    let Some(least): Option<Severity> = blocking.min() else { return Vec::new() };
    let id = &one.evidence.id;
    let findings = one.evidence.reading.iter().flat_map(|reading| &reading.findings);
    let mut open: Vec<_> = findings
        .filter(|it| it.severity >= least && it.state == FindingState::Open)
        .filter(|it| !release.closed_findings.contains_key(&(id.clone(), it.id.clone())))
        .collect();
    open.sort_by_key(|it| std::cmp::Reverse(it.severity));
    let say = |it: &&crate::reading::Finding| {
        format!("finding `{}` ({}, {}) was open, {}", it.id, it.severity, it.rule, it.place)
    };
    open.iter().map(say).collect()
}

#[cfg(test)]
mod tests {
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::name::EvidenceId;
    use crate::reading::{Completeness, FindingState, Outcome, Place, Severity};
    use crate::release::command::Attach;

    #[track_caller]
    fn told(world: &World) -> Vec<(EvidenceId, Vec<String>)> {
        let withdrawn = world.report().withdrawn;
        withdrawn.into_iter().map(|one| (one.evidence, one.said)).collect()
    }

    fn critical() -> Attach {
        scan(vec![
            finding("leak", Severity::Critical, FindingState::Open),
            finding("style", Severity::Low, FindingState::Open),
        ])
    }

    ///
    #[test]
    fn a_withdrawn_finding_that_would_have_blocked_is_told_with_the_reason_it_went() {
        let world = submitted(Low).having("rivera", attach(critical()));
        assert_eq!(told(&world), [], "what counts is judged where it stands");
        let world = world.having("rivera", withdraw_evidence("e5"));
        let found = &world.report().withdrawn[0];
        assert_eq!((found.evidence.as_str(), found.said.len()), ("e5", 1));
        assert!(found.said[0].starts_with("finding `leak` (critical"), "{:?}", found.said);
        assert!(found.reason.is_some() && found.replaced_by.is_none());
    }

    ///
    #[test]
    fn a_failed_check_a_partial_run_and_a_value_out_of_bounds_are_told_too() {
        let mut partial = evaluation("1.0");
        let (what, place) = ("5 of 200 samples".to_owned(), Place::Pointer("/limit".into()));
        partial.reading.as_mut().unwrap().completeness = Completeness::Partial { what, place };
        for (file, said) in [
            (injection_suite(Outcome::Fail), "1 of"),
            (partial, "the run in e5 is partial: 5 of 200 samples"),
            (evaluation("8.1"), "hallucination_rate is 8.1 %"),
        ] {
            let world = submitted(Low).having("rivera", attach(file));
            let world = world.having("rivera", withdraw_evidence("e5"));
            let told = told(&world);
            assert!(told.len() == 1 && told[0].1[0].starts_with(said), "{told:?}");
        }
        let clean = submitted(Low).having("rivera", withdraw_evidence("e2"));
        assert_eq!(told(&clean), [], "what spoke for the release needs no word");
    }

    ///
    #[test]
    fn a_replaced_piece_names_the_one_that_took_its_place() {
        let world = submitted(Low).having("rivera", attach(critical()));
        let clean = Attach { replaces: Some(evidence("e5")), ..scan(Vec::new()) };
        let world = world.having("rivera", attach(clean));
        let found = &world.report().withdrawn[0];
        assert_eq!((&found.reason, &found.replaced_by), (&None, &Some(evidence("e6"))));
    }
}
