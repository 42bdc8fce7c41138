//! It is done: what happened, where it stands now, what comes next.

use crate::portal::components::{button, heading, panel};
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use axum::extract::Path;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What was done.
    pub done: Done,
    /// Where the release stands now, in one sentence.
    pub stands: String,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    word: &'static str,
    heading: &'static str,
    next: &'static str,
}

/// Everything that ends in a confirmation: its word, what the panel says, what comes next.
const ALL: [Done; 15] = [
    Done {
        word: "requested",
        heading: "Release requested",
        next: "Answer the checklist and attach the evidence; then submit the release.",
    },
    Done {
        word: "submitted",
        heading: "Release submitted",
        next: "The plan is fixed. The owners of the steps find them in their inboxes; approvers are asked once the steps are done.",
    },
    Done {
        word: "approved",
        heading: "Approval given",
        next: "It binds to exactly the content you saw. If anything of it changes, the approval lapses and you are asked again.",
    },
    Done {
        word: "rejected",
        heading: "Release rejected",
        next: "The requester sees the reason, and may answer it with a new release.",
    },
    Done {
        word: "withdrawn",
        heading: "Release withdrawn",
        next: "A new release can take it up again.",
    },
    Done {
        word: "deployed",
        heading: "Deployment recorded",
        next: "The Model Owner is asked to confirm it within the time the policy sets.",
    },
    Done {
        word: "confirmed",
        heading: "Deployment confirmed",
        next: "The statements are part of the record.",
    },
    Done {
        word: "suspended",
        heading: "Release suspended",
        next: "Every deployer that asks is told deny from now on.",
    },
    Done {
        word: "claimed",
        heading: "Verbal authority claimed",
        next: "Whoever gave it is asked to confirm it. Deploy, and bring the papers in time.",
    },
    Done {
        word: "authority-confirmed",
        heading: "Authority confirmed",
        next: "Written approval and the papers are still to come.",
    },
    Done {
        word: "authority-denied",
        heading: "Authority denied",
        next: "Every deployer that asks is told deny from now on.",
    },
    Done {
        word: "rolled-back",
        heading: "Rollback recorded",
        next: "The release before is current again. The committee looks at it afterwards.",
    },
    Done {
        word: "drilled",
        heading: "Drill recorded",
        next: "It counts towards the rollback plan until it is too old; one that failed counts for nothing.",
    },
    Done {
        word: "reviewed",
        heading: "Review recorded",
        next: "It is settled on the committee's list.",
    },
    Done {
        word: "resumed",
        heading: "Release resumed",
        next: "Deployers are told what the rest of the record says.",
    },
];

impl Done {
    /// By its word.
    pub fn of(word: &str) -> Option<Self> {
        ALL.into_iter().find(|done| done.word == word)
    }
}

impl Confirmation {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let one = |done| Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            done,
            stands: "The gate is shut for 1 reason.".into(),
        };
        ALL.into_iter().map(one).collect()
    }
}

impl Page for Confirmation {
    fn title(&self) -> String {
        self.done.heading.into()
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, _: &Shell) -> Markup {
        let path = format!("/releases/{}", self.id);
        html! {
            (heading::back(&path, &format!("Back to {}", self.title)))
            (panel::render(self.done.heading, &self.title))
            p.lead { (self.stands) }
            h2 { "What happens next" }
            p { (self.done.next) }
            (button::row(&[
                button::link(&path, &format!("Go to {}", self.title)),
                button::second_link("/inbox", "Go to the inbox"),
            ]))
        }
    }
}

/// `GET /releases/{release}/done/{what}`
pub async fn show(visitor: Visitor, Path((id, what)): Path<(String, String)>) -> Answer {
    let done =
        Done::of(&what).ok_or_else(|| crate::failure::Failure::not_found("confirmation", &what))?;
    let view = super::release::view(&visitor, &id).await?;
    let page = super::release::gather::page(&visitor, &view).await?;
    visitor.page(&Confirmation { id, title: page.title, done, stands: page.verdict.sentence })
}
