//! Everything that takes one text and one button: withdrawing, suspending, resuming, closing a
//! finding, raising and resolving a concern, withdrawing evidence; and what is said about
//! conditions, exceptions and change requests.

mod care;

use crate::app::Draft;
use crate::failure::Failure;
use crate::portal::command::{Asked, done, onwards};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::{Path, RawQuery};
use countersign_core::release::Command;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct ReasonPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What is done, as the path says it.
    pub what: String,
    /// How it is asked.
    pub asks: Asks,
    /// The finding it is about; empty for everything else.
    pub finding: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// How something that takes one text is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    word: &'static str,
    heading: &'static str,
    explains: &'static str,
    label: &'static str,
    button: &'static str,
    done: &'static str,
}

/// Everything that takes one text. A word that ends in `-` is followed by what it is about.
const ALL: [Asks; 8] = [
    Asks {
        word: "withdraw",
        heading: "Withdraw the release",
        explains: "It comes to its end. A new release can take it up again.",
        label: "Why it is withdrawn",
        button: "Withdraw",
        done: "withdrawn",
    },
    Asks {
        word: "keep-change-type",
        heading: "Keep the lower change type",
        explains: "The facts propose more by now. Everybody who approves sees your reason.",
        label: "Why less review is enough",
        button: "Keep the change type of",
        done: "",
    },
    Asks {
        word: "suspend",
        heading: "Suspend the release",
        explains: "Every deployer that asks is told deny from this moment on.",
        label: "Why it must not run",
        button: "Suspend",
        done: "suspended",
    },
    Asks {
        word: "resume",
        heading: "Resume the release",
        explains: "Deployers are told again what the rest of the record says.",
        label: "Why the risk is gone",
        button: "Resume",
        done: "resumed",
    },
    Asks {
        word: "raise-concern-",
        heading: "Raise a concern",
        explains: "Approvals stop until the concern is resolved.",
        label: "What you are concerned about",
        button: "Raise the concern on",
        done: "",
    },
    Asks {
        word: "resolve-concern-",
        heading: "Resolve a concern",
        explains: "Approvals go on when every concern is resolved.",
        label: "How it was resolved",
        button: "Resolve the concern on",
        done: "",
    },
    Asks {
        word: "withdraw-evidence-",
        heading: "Withdraw evidence",
        explains: "It stays in the record, and no longer counts.",
        label: "Why it no longer counts",
        button: "Withdraw the evidence of",
        done: "",
    },
    Asks {
        word: "close-finding-",
        heading: "Close a finding",
        explains: "The finding stays in the record, with your name and your reason beside it.",
        label: "Why it no longer stands",
        button: "Close the finding of",
        done: "",
    },
];

impl Asks {
    /// How this is asked, and what it is about.
    fn of(what: &str) -> Option<(Self, &str)> {
        let fits = |asks: Self| {
            let about = what.strip_prefix(asks.word)?;
            let whole = asks.word.ends_with('-') != about.is_empty();
            whole.then_some((asks, about))
        };
        ALL.into_iter().chain(care::ALL).find_map(fits)
    }

    /// The command, once there is a text.
    fn command(self, about: &str, finding: &str, typed: &Typed) -> Asked {
        let mut draft = Draft::default();
        let parse = |text: &str| text.parse::<u32>();
        let number = || parse(about).map_err(|_| Failure::not_found("number", about));
        let text = draft.text("text", typed.one("text"))?;
        let named = crate::api::body::parse::<countersign_core::name::EvidenceId>;
        if care::ALL.contains(&self) {
            return care::command(self.word, about, text).map(|command| (command, draft));
        }
        let command = match self.word {
            "withdraw" => Command::Withdraw { reason: text },
            "keep-change-type" => Command::OverrideChangeType { reason: text },
            "suspend" => Command::Suspend { reason: text },
            "resume" => Command::Resume { reason: text },
            "raise-concern-" => {
                Command::RaiseConcern { step: crate::api::body::parse("step", about)?, text }
            }
            "resolve-concern-" => Command::ResolveConcern { number: number()?, text },
            "withdraw-evidence-" => {
                Command::WithdrawEvidence { evidence: named("evidence", about)?, reason: text }
            }
            _ => Command::CloseFinding {
                evidence: named("evidence", about)?,
                finding: finding.to_owned(),
                reason: text,
            },
        };
        Ok((command, draft))
    }
}

impl ReasonPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let one = |asks: Asks| Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            what: asks.word.trim_end_matches('-').into(),
            asks,
            finding: String::new(),
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let mut pages: Vec<Self> = care::ALL.into_iter().chain(ALL).map(one).collect();
        if let Some(page) = pages.last_mut() {
            page.finding = "sql-injection:src/tools.py:12".into();
            page.faults = Faults::at("text", "this needs a text");
        }
        pages
    }
}

impl Page for ReasonPage {
    fn title(&self) -> String {
        format!("{}: {}", self.asks.heading, self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/say/{}", self.id, self.what);
        let finding = Some(&self.finding).filter(|finding| !finding.is_empty());
        let text = Field::new(Kind::Lines, "text", self.asks.label).value(self.typed.one("text"));
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, self.asks.heading))
            p.lead { (self.asks.explains) }
            @if let Some(finding) = finding { p { "Finding " code { (finding) } } }
            (form::post(&path, shell, html! {
                (form::hidden(&[("finding", &self.finding)]))
                (text.render(&self.faults))
                (button::stop(&format!("{} {}", self.asks.button, self.title)))
            }))
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, what): (String, String),
    typed: Typed,
    faults: Faults,
) -> Result<ReasonPage, Wrong> {
    let (asks, _) = Asks::of(&what).ok_or_else(|| Failure::not_found("page", &what))?;
    let view = super::release::view(visitor, &id).await?;
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    let finding = typed.one("finding").to_owned();
    Ok(ReasonPage { id, title, what, asks, finding, typed, faults })
}

/// `GET /releases/{release}/say/{what}`
pub async fn show(
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let page = page(&visitor, path, typed, Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/say/{what}`
pub async fn say(Path((id, what)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let (asks, about) = Asks::of(&what).ok_or_else(|| Failure::not_found("page", &what))?;
    let asked = asks.command(about, typed.one("finding"), &typed);
    match visitor.ask(&id, asked).await? {
        None if asks.done.is_empty() => onwards(&format!("/releases/{id}")),
        None => done(&id, asks.done),
        Some(faults) => {
            let page = page(&visitor, (id, what), typed, faults).await?;
            visitor.again(&page)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_and_what_it_is_about_are_told_apart() {
        let word = |what| Asks::of(what).map(|(asks, about)| (asks.word, about.to_owned()));
        assert_eq!(word("withdraw"), Some(("withdraw", String::new())));
        assert_eq!(word("withdraw-evidence-e1"), Some(("withdraw-evidence-", "e1".into())));
        assert_eq!(word("accept-condition-2"), Some(("accept-condition-", "2".into())));
        assert_eq!(word("accept-condition-"), None);
        assert_eq!(word("delete"), None);
    }
}
