//! The reference pages for events and refusals, written from the code.

use super::expect::{expect_file, in_repository};
use super::samples::{Documented, STREAMS, documented, documented_events, events, fields_of};
use countersign_core::blocker::{Blocker, Reason};
use countersign_core::classification::ChangeType;
use countersign_core::digest::Sha256;
use countersign_core::field::FieldFault;
use countersign_core::given::*;
use countersign_core::meeting::MeetingFault;
use countersign_core::name::{CriterionName, RoleName};
use countersign_core::policy::Independence;
use countersign_core::proposal::{Proposal, Why};
use countersign_core::refusal::{PeopleRefusal, Refusal, RetentionRefusal, Unreachable};
use countersign_core::register::administrator;
use std::fmt::Write as _;

mod retention;

use retention::of_retention;

fn blockers() -> Vec<Blocker> {
    let due = monday();
    let text = "the evaluation is complete".to_owned();
    let missing = vec!["attach model-card".to_owned()];
    let (purpose, role) = ("business sign-off".to_owned(), role("product_lead"));
    [
        Reason::NoArtifact,
        Reason::NotSubmitted,
        Reason::PrerequisiteOpen { number: 2, text },
        Reason::ItemOpen { item: item("model_card"), title: "Model card".into(), missing },
        Reason::StepOpen {
            step: step("review-abuse"),
            title: "Review for abuse".into(),
            missing: vec![],
        },
        Reason::ConcernOpen { number: 1, step: step("confirm-scope") },
        Reason::CriterionUnmet {
            criterion: CriterionName::new("hallucination_rate").expect("a name"),
            title: "Hallucination rate".into(),
            because: "hallucination_rate is 8.1 %, at most 5 % is asked for (e2, /rate)".into(),
        },
        Reason::ApprovalMissing { role, purpose, given: 0, needed: 1 },
        Reason::Rejected,
        Reason::Withdrawn,
        Reason::Superseded { environment: production() },
        Reason::Suspended,
        Reason::ChangesRequested { number: 1 },
        Reason::ChangesAnswered { number: 1 },
        Reason::ExceptionEnded {
            number: 1,
            waives: criterion_waived("hallucination_rate"),
            at: due,
        },
        Reason::ConditionOverdue { number: 1, due },
        Reason::ConfirmationMissed { environment: production(), due },
        Reason::AuthorityDenied,
        Reason::AuthorityUnconfirmed { due },
        Reason::PapersOverdue { release: release("r-1"), due },
        Reason::RolledBack { environment: production() },
        Reason::Retired { environment: production() },
        Reason::NotYet { from: due },
        Reason::TooLate { until: due },
    ]
    .into_iter()
    .map(Blocker::final_one)
    .collect()
}

fn refusals() -> Vec<Refusal> {
    let blockers = vec![Blocker::final_one(Reason::NoArtifact)];
    let (person, lead) = (id("chen"), role("ai_governance_lead"));
    let digests = (Sha256::of(b"then"), Sha256::of(b"now"));
    let mut all = vec![
        Refusal::GateClosed { blockers: blockers.clone() },
        Refusal::ChecklistIncomplete { blockers },
        Refusal::NotPermitted { action: "suspend the release", needs: vec![lead.clone()] },
        Refusal::PeopleOnly { action: "approve the release" },
        Refusal::NotIndependent {
            person: person.clone(),
            role: lead.clone(),
            of: Independence::Requester,
        },
        Refusal::RoleNotAsked { role: lead.clone(), asked: vec![role("model_owner")] },
        Refusal::NotAHolder { person: person.clone(), role: lead.clone() },
        Refusal::AlreadyApproved { person: person.clone() },
        Refusal::AlreadyAccepted { person },
        Refusal::CannotBeWaived {
            what: item_waived("fria"),
            because: "the policy allows no exception from it",
        },
        Refusal::StaleDossier { given: digests.0, current: digests.1 },
        Refusal::WrongState { state: "withdrawn".into(), action: "submit the release" },
        Refusal::NotFound { what: "step", name: "review".into() },
        Refusal::exists("artifact", "weights"),
        Refusal::Immutable { what: "policy", name: "model-release 1.0".into() },
    ];
    all.extend(of_content(lead));
    all
}

/// What stands in the way whoever asks.
fn of_content(lead: RoleName) -> Vec<Refusal> {
    vec![
        Refusal::InvalidAnswers { faults: vec![fault()] },
        Refusal::ChangeTypeContradictsHistory {
            given: ChangeType::NewModel,
            expected: ChangeType::MajorUpdate,
            because: "a release of this model was deployed before",
        },
        Refusal::ChangeTypeLower {
            given: ChangeType::ConfigurationChange,
            proposal: Box::new(Proposal {
                change: ChangeType::MajorUpdate,
                reasons: vec![Why::ThirdPartyBase {}],
            }),
        },
        Refusal::ApprovalUnreachable { rules: vec![nobody(lead.clone())] },
        Refusal::NoPolicy { because: "no policy is in force" },
        Refusal::RunbookRequired { runbook: runbook().name },
        Refusal::StepWaits { step: step("sign-off"), waits_for: vec![step("review-abuse")] },
        Refusal::WrongStepKind {
            step: step("sign-off"),
            kind: "approval".into(),
            remedy: "approve the release in the step's role",
        },
        Refusal::DeploymentDenied { reasons: vec!["weights: release r-1 is in review".into()] },
        Refusal::WrongOrder { what: "a condition must be due in the future" },
        Refusal::EvidenceNotAccepted {
            target: "Model card".into(),
            wanted: vec!["model-card".into()],
            given: "junit".into(),
        },
        Refusal::NothingToDo { what: "the deployment is confirmed already" },
        Refusal::OwnPublication { role: role("ai_governance_committee") },
        Refusal::OwnRole { role: lead },
        Refusal::OwnerIsPerModel,
        Refusal::LastAdministrator,
        Refusal::OfPeople(of_people().remove(0)),
        Refusal::NoAuthority { person: id("chen"), roles: vec![role("ai_governance_lead")] },
        Refusal::TargetNotAllowed {
            target: "r-1".into(),
            reasons: vec!["release r-1 is suspended".into()],
        },
        Refusal::OfMeeting(MeetingFault::NoCommittee),
        Refusal::NoSandbox { reasons: vec!["it processes real data"] },
        Refusal::OfRetention(of_retention().remove(0)),
    ]
}

fn of_meetings() -> Vec<MeetingFault> {
    vec![
        MeetingFault::NoCommittee,
        MeetingFault::WrongState { state: "called", action: "vote" },
        MeetingFault::NotAMember,
        MeetingFault::VotedAlready { number: 1 },
        MeetingFault::ItemClosed { number: 1 },
        MeetingFault::Conflict { of: Independence::Requester },
        MeetingFault::Recused { number: 1 },
        MeetingFault::NoQuorum { voted: 1, needed: 2 },
        MeetingFault::ReasonMissing,
        MeetingFault::OnTheTable { number: 1 },
        MeetingFault::InSessionOnly,
    ]
}

fn of_people() -> Vec<PeopleRefusal> {
    let (person, role, held) = (id("chen"), role("ai_governance_lead"), role("auditor"));
    let (title, until) = ("Approver training".to_owned(), monday());
    let (whose, which) = (person.clone(), title.clone());
    vec![
        PeopleRefusal::ReadsOnly { role: held.clone() },
        PeopleRefusal::AnswersForNothing { person: person.clone(), role: held.clone() },
        PeopleRefusal::QualificationMissing { person, role: role.clone(), title },
        PeopleRefusal::QualificationExpired {
            person: whose,
            role: role.clone(),
            title: which,
            until,
        },
        PeopleRefusal::OwnQualification { role: role.clone() },
        PeopleRefusal::RolesExclude { role: role.clone(), held },
        PeopleRefusal::RoleNotDelegable { role: administrator() },
        PeopleRefusal::DelegationToOneself { role: role.clone() },
        PeopleRefusal::DelegationBack { role: role.clone() },
        PeopleRefusal::DelegationChained { role: role.clone() },
        PeopleRefusal::OpensForItself { role },
    ]
}

fn fault() -> FieldFault {
    let message = "this needs an answer".to_owned();
    FieldFault { field: "minutes".into(), label: "Minutes".into(), message }
}

fn nobody(role: RoleName) -> Unreachable {
    let because = format!("nobody holds `{role}`");
    Unreachable { role, needed: 1, eligible: 0, because }
}

/// The variant's name, as `Debug` prints it.
fn variant(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

#[test]
fn the_page_of_refusals_says_what_the_code_says() {
    let mut page = String::from(
        "# Refusals and blockers\n\n\
         Written from the code by its tests (`UPDATE_EXPECT=1 cargo test -p countersign-core`).\n\n\
         A refusal is the answer to a command that the rules do not allow; nothing was changed. A\n\
         blocker is one reason why a gate is shut. Codes are stable; messages are for people and\n\
         are shown here with sample values.\n\n\
         ## Refusals\n\n| Code | When | Message | Next step |\n|---|---|---|---|\n",
    );
    let all: Vec<_> = refusals().iter().map(variant).collect();
    let documented_refusals = documented("Refusal", "refusal.rs");
    let names: Vec<_> = documented_refusals.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(all, names, "every refusal has a sample, in order");
    let own = |one: &&Refusal| !matches!(one, Refusal::OfPeople(_));
    for (refusal, (_, doc)) in refusals().iter().filter(own).zip(&documented_refusals) {
        let (code, next) = (refusal.code(), refusal.next_step());
        writeln!(page, "| `{code}` | {doc} | {refusal} | {next} |").unwrap();
    }
    page.push_str(
        "\n### Of people and roles\n\n| Code | When | Message | Next step |\n|---|---|---|---|\n",
    );
    let documented_people = documented("PeopleRefusal", "refusal/people.rs");
    let all: Vec<_> = of_people().iter().map(variant).collect();
    let names: Vec<_> = documented_people.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(all, names, "every refusal has a sample, in order");
    for (refusal, (_, doc)) in of_people().iter().zip(&documented_people) {
        let (code, next) = (refusal.code(), refusal.next_step());
        writeln!(page, "| `{code}` | {doc} | {refusal} | {next} |").unwrap();
    }
    page.push_str(
        "\n### Of the committee's sessions\n\n| Code | When | Message | Next step |\n|---|---|---|---|\n",
    );
    let documented_faults = documented("MeetingFault", "meeting/fault.rs");
    let all: Vec<_> = of_meetings().iter().map(variant).collect();
    let names: Vec<_> = documented_faults.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(all, names, "every fault has a sample, in order");
    for (fault, (_, doc)) in of_meetings().iter().zip(&documented_faults) {
        let (code, next) = (fault.code(), fault.next_step());
        writeln!(page, "| `{code}` | {doc} | {fault} | {next} |").unwrap();
    }
    page.push_str(
        "\n### Of records and their keeping\n\n| Code | When | Message | Next step |\n|---|---|---|---|\n",
    );
    let documented_keeping = documented("RetentionRefusal", "refusal/retention.rs");
    let all: Vec<_> = of_retention().iter().map(variant).collect();
    let names: Vec<_> = documented_keeping.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(all, names, "every refusal has a sample, in order");
    for (refusal, (_, doc)) in of_retention().iter().zip(&documented_keeping) {
        let (code, next) = (refusal.code(), refusal.next_step());
        writeln!(page, "| `{code}` | {doc} | {refusal} | {next} |").unwrap();
    }
    page.push_str("\n## Blockers\n\n| Code | When | Message | Next step |\n|---|---|---|---|\n");
    let documented_reasons = documented("Reason", "blocker.rs");
    let all: Vec<_> = blockers().iter().map(|blocker| variant(&blocker.reason)).collect();
    let names: Vec<_> = documented_reasons.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(all, names, "every blocker has a sample, in order");
    for (blocker, (_, doc)) in blockers().iter().zip(&documented_reasons) {
        let (code, next) = (blocker.code(), blocker.next_step());
        writeln!(page, "| `{code}` | {doc} | {blocker} | {next} |").unwrap();
    }
    expect_file(&in_repository("docs/reference/refusals.md"), &page);
}

#[test]
fn a_refusal_reads_as_one_sentence_in_lower_case_and_says_what_to_do() {
    let of_meetings = of_meetings().into_iter().map(Refusal::from);
    let of_retention = of_retention().into_iter().map(Refusal::from);
    let of_people =
        of_people().into_iter().map(Refusal::from).chain(of_meetings).chain(of_retention);
    let texts =
        refusals().into_iter().chain(of_people).map(|one| (one.to_string(), one.next_step()));
    let blockers = blockers().into_iter().map(|one| (one.to_string(), one.next_step().to_owned()));
    for (message, next) in texts.chain(blockers) {
        assert!(!message.ends_with('.') && !next.ends_with('.'), "{message}");
        assert!(!next.is_empty(), "{message}");
        let first = next.chars().next().unwrap();
        assert!(first.is_lowercase(), "{next}");
    }
}

#[test]
fn codes_are_unique() {
    let mut codes: Vec<&str> = refusals().iter().map(Refusal::code).collect();
    codes.sort_unstable();
    codes.extend(of_people().iter().skip(1).map(PeopleRefusal::code));
    codes.extend(of_meetings().iter().skip(1).map(MeetingFault::code));
    codes.extend(of_retention().iter().skip(1).map(RetentionRefusal::code));
    codes.sort_unstable();
    codes.dedup();
    let groups = [of_people().len(), of_meetings().len(), of_retention().len()];
    let grouped: usize = groups.iter().map(|group| group - 1).sum();
    assert_eq!(codes.len(), refusals().len() + grouped);
    let mut codes: Vec<&str> = blockers().iter().map(Blocker::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), blockers().len());
}

#[test]
fn the_page_of_events_says_what_the_code_says() {
    let samples = events();
    let mut page = String::from(
        "# Events\n\n\
         Written from the code by its tests (`UPDATE_EXPECT=1 cargo test -p countersign-core`).\n\n\
         An event is stored once, as the bytes shown in `crates/countersign-core/tests/event_shapes`,\n\
         and is a leaf of the log. Every event stands in an envelope: `v` (1), `stream`, `version`\n\
         (its place in the stream, from 1), `at`, `by` and `event`.\n",
    );
    for (stream, enumeration, source) in STREAMS {
        let beside = match enumeration {
            "UrgentEvent" => ", beside the routine",
            "ConditionEvent" => ", about its conditions",
            "ExceptionEvent" => ", about its exceptions",
            "ChangesEvent" => ", about change requests",
            "RetentionEvent" => ", about its records",
            _ => "",
        };
        write!(page, "\n## Of a {stream}{beside}\n\n| Event | What happened | Fields |\n").unwrap();
        page.push_str("|---|---|---|\n");
        for Documented { word, doc, key } in documented_events(enumeration, source) {
            let fields = fields_of(&samples[&format!("{stream} {word}")], &key);
            writeln!(page, "| `{word}` | {doc} | {} |", fields.join(", ")).unwrap();
        }
    }
    expect_file(&in_repository("docs/reference/events.md"), &page);
}
