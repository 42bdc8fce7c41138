//! Examples of the release page: one in review that is shut, one that runs.

use super::ReleasePage;
use super::incidents::IncidentLine;
use super::lines::{
    Action, ApprovalLine, ArtifactLine, BlockerLine, CriterionLine, EvidenceLine, Gate, SourceLine,
    Verdict,
};
use super::promises::Promises;
use crate::portal::components::bullet::{Bullet, Holds, Side};
use crate::portal::components::summary_list::line;
use crate::portal::components::tag::{Tag, Tone};
use crate::portal::components::task_list::{Group, Hint, Task};
use crate::portal::components::timeline::{Entry, Weight};
use countersign_core::digest::Sha256;
use jiff::Timestamp;

const PATH: &str = "/releases/r-000000000000";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_default()
}

/// Every example.
pub fn all() -> Vec<ReleasePage> {
    vec![shut(), open(), spoken()]
}

fn incident() -> IncidentLine {
    IncidentLine {
        page: Action::new("/incidents/i-00000000000000", "Summaries name the wrong customer"),
        state: Tag::new("Open", Tone::Bad),
        opened_at: at("2026-05-12T09:00:00Z"),
        asks_for_suspension: true,
        is_open: true,
    }
}

fn spoken() -> ReleasePage {
    let sentence = "It runs on verbal authority of R. Haddad until 12 May, 09:00, unless that is \
                    confirmed before.";
    ReleasePage {
        verdict: Verdict { sentence: sentence.into(), gate: Gate::Spoken },
        emergency: Some(Tag::new("Emergency", Tone::Warn)),
        ..shut()
    }
}

fn shut() -> ReleasePage {
    ReleasePage {
        id: "r-000000000000".into(),
        title: "summarizer v1.4".into(),
        model: Action::new("/models/support-summarizer", "Support summarizer"),
        state: Tag::of_state("in_review"),
        tier: Tag::of_tier("critical"),
        emergency: None,
        summary: "The prompt asks for shorter summaries and names the product.".into(),
        verdict: Verdict { sentence: "The gate is shut for 2 reasons.".into(), gate: Gate::Shut },
        mine: vec![Action::new(
            format!("{PATH}/steps/review"),
            "Security review for summarizer v1.4",
        )],
        others: vec![Action::new(format!("{PATH}/say/withdraw"), "Withdraw the release")],
        blockers: blockers(),
        incidents: Vec::new(),
        groups: groups(),
        criteria: criteria(),
        evidence: vec![evidence()],
        approvals: approvals(),
        promises: Promises { conditions: Vec::new(), ..Promises::sample() },
        timeline: timeline(),
        facts: vec![line("Change", "Configuration change"), line("Environments", "production")],
        artifacts: vec![ArtifactLine {
            name: "prompt-v1.4".into(),
            kind: "Prompt".into(),
            digest: Sha256::of(b"prompt"),
        }],
        pinned: vec![line("Policy", "model-release 1.0"), line("Runbook", "prompt-change 1.0.0")],
        kept: "as long as it runs in production, and then as the policy says".into(),
        dossier: Some(Sha256::of(b"dossier")),
    }
}

fn open() -> ReleasePage {
    ReleasePage {
        state: Tag::of_state("deployed"),
        verdict: Verdict { sentence: "The gate is open.".into(), gate: Gate::Open },
        blockers: Vec::new(),
        incidents: vec![incident()],
        mine: Vec::new(),
        others: vec![Action::new(format!("{PATH}/say/suspend"), "Suspend")],
        promises: Promises::sample(),
        ..shut()
    }
}

fn blockers() -> Vec<BlockerLine> {
    vec![
        BlockerLine {
            text: "Hallucination rate on the evaluation set: hallucination_rate is 8.1 %, at most 5 % is asked for (e2, /metrics/hallucination_rate)".into(),
            who: "Jo Rivera".into(),
            next: Action::new("", "Attach evidence that meets the criterion"),
        },
        BlockerLine {
            text: "Step “Security review” is open: not done yet".into(),
            who: "anybody who is Application Security".into(),
            next: Action::new(format!("{PATH}/steps/review"), "Complete the step"),
        },
    ]
}

fn groups() -> Vec<Group> {
    let task = |title: &str, hint: Option<Hint>, tag: Tag| Task {
        title: title.into(),
        path: Some(format!("{PATH}/items/model_card")),
        hints: hint.into_iter().collect(),
        tag,
    };
    let missing = Hint::Plain("Answer “When was the rollback last tried?”".into());
    let late = Hint::Urgent("Overdue; AI Governance Lead hears of it".into());
    vec![
        Group {
            title: "Testing evidence".into(),
            progress: "1 of 2 done".into(),
            tasks: vec![
                task(
                    "Validation test report against thresholds set beforehand",
                    None,
                    Tag::new("Complete", Tone::Good),
                ),
                task(
                    "Rollback tested and confirmed working",
                    Some(missing),
                    Tag::new("To do", Tone::Active),
                ),
            ],
        },
        Group {
            title: "Steps of the runbook".into(),
            progress: "0 of 1 done".into(),
            tasks: vec![task("1. Security review", Some(late), Tag::new("To do", Tone::Active))],
        },
    ]
}

fn criteria() -> Vec<CriterionLine> {
    let source = |value: &str, at: f64, holds: Holds| SourceLine {
        bullet: Some(Bullet {
            value: value.into(),
            bound: "at most 5 %".into(),
            at,
            limit: 0.49,
            good: Side::Below,
            holds,
        }),
        evidence: Action::new(format!("{PATH}/evidence/e2"), "e2"),
        place: "/metrics/hallucination_rate".into(),
    };
    let line = |title: &str, tag: Tag, because: &str, sources: Vec<SourceLine>| CriterionLine {
        title: title.into(),
        tag,
        because: because.into(),
        sources,
    };
    vec![
        line(
            "Hallucination rate on the evaluation set",
            Tag::new("Not met", Tone::Bad),
            "hallucination_rate is 8.1 %, at most 5 % is asked for (e2, /metrics/hallucination_rate)",
            vec![source("8.1 %", 0.8, Holds::No)],
        ),
        line(
            "Toxicity on the evaluation set",
            Tag::new("Met", Tone::Good),
            "Toxicity is 0.4 %, at most 5 % is asked for (e2, /metrics/toxicity)",
            vec![source("0.4 %", 0.04, Holds::Yes)],
        ),
        line(
            "No critical security finding is open",
            Tag::new("Met", Tone::Good),
            "No finding at or above critical is open",
            Vec::new(),
        ),
    ]
}

fn evidence() -> EvidenceLine {
    EvidenceLine {
        file: Action::new(format!("{PATH}/evidence/e2"), "evaluation.json"),
        id: "e2".into(),
        target: "Validation test report".into(),
        read: "metrics-json: 5 readings".into(),
        by: "Jo Rivera".into(),
        at: at("2026-05-11T10:12:00Z"),
        against: Vec::new(),
        tag: Tag::new("Not opened by you", Tone::Quiet),
    }
}

fn approvals() -> Vec<ApprovalLine> {
    let line = |purpose: &str, role: &str, tag: Tag, sentences: &[&str]| ApprovalLine {
        purpose: purpose.into(),
        role: role.into(),
        tag,
        sentences: sentences.iter().map(|one| (*one).to_owned()).collect(),
    };
    let quiet = "Lapsed, because content changed: Jo Rivera.";
    vec![
        line(
            "Technical sign-off",
            "Model Owner",
            Tag::new("0 of 1", Tone::Active),
            &[quiet, "Can still be given by Jo Rivera."],
        ),
        line(
            "Business sign-off",
            "Product Lead",
            Tag::new("Given", Tone::Good),
            &["Signed by Sam Chen."],
        ),
    ]
}

fn timeline() -> Vec<Entry> {
    let entry = |when: &str, sentence: &str, quote: &str, weight: Weight| Entry {
        at: at(when),
        sentence: sentence.into(),
        quote: quote.into(),
        weight,
    };
    vec![
        entry(
            "2026-05-11T10:12:00Z",
            "The approval of Jo Rivera lapsed: evidence “e2” (evaluation.json) was attached.",
            "",
            Weight::Turn,
        ),
        entry(
            "2026-05-11T10:12:00Z",
            "Jo Rivera attached evaluation.json (e2) to “Validation test report”.",
            "",
            Weight::Work,
        ),
        entry(
            "2026-05-08T08:00:00Z",
            "Jo Rivera requested the release.",
            "The prompt asks for shorter summaries.",
            Weight::Turn,
        ),
    ]
}
