//! What a story can ask, and how the answer reads.

use super::form::Filled;
use super::gate::{Look, Ruling, Signature};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// About a release: what of it, and its title.
    Release(Aspect, String),
    /// What is told about a release that was not told before?
    Told(String),
    /// What stands in this list?
    Entries(String),
    /// May this artifact run here?
    Verdict { artifact: String, environment: String },
}

/// What is asked about a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    State,
    Blockers,
    Items,
    Steps,
    Criteria,
    Approvals,
    Plan,
    Last,
}

/// A kind of question.
pub struct Form {
    pub form: &'static str,
    pub meaning: &'static str,
    pub read: fn(&Filled) -> Question,
}

/// The questions.
pub const QUESTIONS: &[Form] = &[
    Form {
        form: "state of {title}",
        meaning: "The word of its state.",
        read: |f| about(Aspect::State, f),
    },
    Form {
        form: "plan of {title}",
        meaning: "The policy and the runbook it is judged by.",
        read: |f| about(Aspect::Plan, f),
    },
    Form {
        form: "items of {title}",
        meaning: "The checklist: every item asked for, and where it stands.",
        read: |f| about(Aspect::Items, f),
    },
    Form {
        form: "steps of {title}",
        meaning: "The runbook's steps, with what somebody should look at.",
        read: |f| about(Aspect::Steps, f),
    },
    Form {
        form: "criteria of {title}",
        meaning: "Each criterion, whether it holds, and why.",
        read: |f| about(Aspect::Criteria, f),
    },
    Form {
        form: "approvals of {title}",
        meaning: "Who has to sign, who did, who still can.",
        read: |f| about(Aspect::Approvals, f),
    },
    Form {
        form: "blockers of {title}",
        meaning: "Everything that shuts the gate, with who can lift it; `nothing` when it is open.",
        read: |f| about(Aspect::Blockers, f),
    },
    Form {
        form: "last event of {title}",
        meaning: "Who did what last.",
        read: |f| about(Aspect::Last, f),
    },
    Form {
        form: "told about {title}",
        meaning: "The reminders and escalations that are due by now and were not asked for before.",
        read: |f| Question::Told(f.one("title")),
    },
    Form {
        form: "entries {kind}",
        meaning: "What stands in a list: `incident`, `risk`, `sandbox_exclusion`, `condition` …",
        read: |f| Question::Entries(f.one("kind")),
    },
    Form {
        form: "verdict on {artifact} in {environment}",
        meaning: "Allow or deny, as a deployer would hear it.",
        read: |f| Question::Verdict {
            artifact: f.one("artifact"),
            environment: f.one("environment"),
        },
    },
];

fn about(aspect: Aspect, filled: &Filled) -> Question {
    Question::Release(aspect, filled.one("title"))
}

/// The answer to a question about a release.
pub fn answer(aspect: Aspect, look: &Look) -> Vec<String> {
    let answer = match aspect {
        Aspect::State => vec![look.state.clone()],
        Aspect::Plan if look.runbook.is_empty() => vec![look.policy.clone()],
        Aspect::Plan => vec![look.policy.clone(), look.runbook.clone()],
        Aspect::Items => listed(&look.items),
        Aspect::Steps => listed(&look.steps),
        Aspect::Criteria => listed(&look.criteria),
        Aspect::Approvals => look.approvals.iter().map(signature).collect(),
        Aspect::Blockers => blockers(look),
        Aspect::Last => {
            let last = look.history.last();
            last.map(|(who, what)| format!("{who}: {}", what.replace('_', " ")))
                .into_iter()
                .collect()
        }
    };
    or_nothing(answer)
}

/// The answer, in a word when there is none.
pub fn or_nothing(answer: Vec<String>) -> Vec<String> {
    if answer.is_empty() { vec!["nothing".into()] } else { answer }
}

fn listed(list: &[super::gate::Listed]) -> Vec<String> {
    let lines = list.iter().flat_map(|one| {
        let first = format!("{}: {}", one.name, one.stands);
        std::iter::once(first).chain(one.remarks.iter().map(|remark| format!("  {remark}")))
    });
    lines.collect()
}

/// The answer to a question for a list.
pub fn entries(list: &[super::gate::Listed]) -> Vec<String> {
    let answer = listed(list);
    if answer.is_empty() { vec!["nothing".into()] } else { answer }
}

/// The answer to a question for a verdict.
pub fn ruling(ruling: &Ruling) -> Vec<String> {
    let reasons = ruling.reasons.iter().map(|reason| format!("  {reason}"));
    std::iter::once(ruling.word.clone()).chain(reasons).collect()
}

fn blockers(look: &Look) -> Vec<String> {
    let one = |blocked: &super::gate::Blocked| match blocked.lifted_by.as_slice() {
        [] => vec![blocked.message.clone()],
        people => vec![blocked.message.clone(), format!("  lifted by {}", people.join(", "))],
    };
    look.blockers.iter().flat_map(one).collect()
}

fn signature(one: &Signature) -> String {
    let mut parts = Vec::new();
    if !one.given.is_empty() {
        let label = if one.self_approved { ", self-approved" } else { "" };
        parts.push(format!("given by {}{label}", one.given.join(" and ")));
    }
    let open = (one.needed as usize).saturating_sub(one.given.len());
    match (open, one.eligible.as_slice()) {
        (0, _) => {}
        (_, []) => parts.push("nobody can give it".into()),
        (1, people) => parts.push(format!("waits for {}", people.join(" or "))),
        (open, people) => parts.push(format!("waits for {open} of {}", people.join(", "))),
    }
    if !one.lapsed.is_empty() {
        parts.push(format!("lapsed: {}", one.lapsed.join(", ")));
    }
    format!("{} by {}: {}", one.purpose, one.role, parts.join("; "))
}
