//! The committee's look afterwards: at an emergency, a suspension, a resumption or a rollback.

use crate::api::releases::reviews::NewReview;
use crate::app::Draft;
use crate::portal::command::done;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::release::urgent::review::ReviewOutcome;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct ReviewPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What is reviewed: `suspension-1`.
    pub of: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl ReviewPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            of: "suspension-1".into(),
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let faults = Faults::at("text", "this needs a text");
        vec![fresh.clone(), Self { faults, of: "emergency".into(), ..fresh }]
    }

    fn what(&self) -> String {
        self.of.replace('-', " ")
    }
}

impl Page for ReviewPage {
    fn title(&self) -> String {
        format!("Review the {}: {}", self.what(), self.title)
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/review/{}", self.id, self.of);
        let chosen = self.typed.one("outcome");
        let outcomes = ReviewOutcome::ALL.map(|outcome| {
            let option = Option_::new(outcome.word(), words::title(outcome.word()));
            option.among(std::iter::once(chosen))
        });
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, &format!("Review the {}", self.what())))
            p.lead { "Record what the committee found when it looked at it afterwards. It is said once." }
            (form::post(&path, shell, html! {
                (Choice::new("outcome", "What was found", outcomes.into())
                    .hint("Only an emergency can be called misuse.").radios(&self.faults))
                (Field::new(Kind::Lines, "text", "In words").value(self.typed.one("text")).render(&self.faults))
                (button::submit(&format!("Record the review of {}", self.title)))
            }))
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, of): (String, String),
    typed: Typed,
    faults: Faults,
) -> Result<ReviewPage, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    Ok(ReviewPage { id, title, of, typed, faults })
}

/// `GET /releases/{release}/review/{of}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, path, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/review/{of}`
pub async fn record(Path((id, of)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let new = NewReview {
        of: of.clone(),
        outcome: typed.one("outcome").to_owned(),
        text: typed.one("text").to_owned(),
    };
    let mut draft = Draft::default();
    let asked = new.checked(&mut draft).map(|command| (command, draft));
    match visitor.ask(&id, asked).await? {
        None => done(&id, "reviewed"),
        Some(faults) => {
            let page = page(&visitor, (id, of), typed, faults).await?;
            visitor.again(&page)
        }
    }
}
