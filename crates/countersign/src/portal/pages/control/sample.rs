//! Examples of the page of a control.

use super::{ControlPage, Deployed, Link, Maturity, Reporting, Shown};
use crate::portal::components::tag::{Tag, Tone};
use crate::portal::faults::Faults;
use jiff::Timestamp;

impl ControlPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            id: "CHM-002".into(),
            title: "A gate before production".into(),
            facts: vec![("Domain", "Change Management".into()), ("Effort", "Medium".into())],
            objective: "Nothing untested or unapproved reaches production.".into(),
            steps: vec!["Fix bounds before anybody measures.".into()],
            asked: vec![("Who approved it, and when".into(), "Approval records".into())],
            links: vec![
                link("Policy", "model-release", Some("/policy"), Tone::Good),
                link("Checklist item", "no_such_item", None, Tone::Bad),
            ],
            days: ("2026-04-01".into(), "2026-06-30".into()),
            shown: Some(shown()),
            reports: Reporting::Offered,
            ..Self::default()
        };
        let nothing = Shown {
            says: "No deployment in these days.".into(),
            deployments: Vec::new(),
            maturity: None,
            ..shown()
        };
        vec![
            page.clone(),
            Self { shown: Some(nothing), reports: Reporting::Withheld, ..page.clone() },
            Self { shown: None, faults: Faults::at("from", "say a day"), ..page },
        ]
    }
}

fn link(kind: &'static str, title: &str, path: Option<&str>, tone: Tone) -> Link {
    let word = if path.is_some() { "There" } else { "Not there" };
    let (title, path) = (title.to_owned(), path.map(str::to_owned));
    Link { kind, title, path, there: Tag::new(word, tone) }
}

fn shown() -> Shown {
    let held = || (Tag::new("Held", Tone::Good), "complete before it ran".to_owned());
    let missing = (Tag::new("Missing", Tone::Bad), "evaluation: it was open".to_owned());
    let deployed = Deployed {
        path: "/releases/r-000000000000".into(),
        title: "summarizer v1.4".into(),
        environment: "production".into(),
        at: Timestamp::from_second(1_778_500_000).unwrap_or(Timestamp::UNIX_EPOCH),
        by: "N. Petrov".into(),
        parts: vec![held(), missing, held(), held(), held()],
    };
    let level = |name: &str, tag: Tag, missing: &[&str]| {
        let missing = missing.iter().map(|one| (*one).to_owned()).collect();
        (name.to_owned(), tag, "all 3 changes had test results".to_owned(), missing)
    };
    Shown {
        says: "1 deployment, 1 with something missing.".into(),
        parts: vec![
            "Gate checklist",
            "Test reports",
            "Approval records",
            "Exception records",
            "Deployment log",
        ],
        deployments: vec![deployed],
        maturity: Some(Maturity {
            level: "Defined".into(),
            means: "Every change is tested and signed before it runs.".into(),
            levels: vec![
                level("Defined", Tag::new("Yes", Tone::Good), &[]),
                level("Managed", Tag::new("No", Tone::Quiet), &["record a report"]),
            ],
            numbers: vec![("Approval rate".into(), "75 %".into())],
        }),
    }
}
