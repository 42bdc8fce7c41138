//! Rejecting: a reason that can be counted, and the reason in words.

use crate::api::releases::reject::NewRejection;
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
use countersign_core::release::RejectionReason;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Reject {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The role.
    pub role: String,
    /// What people call the role.
    pub role_title: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl Reject {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            role: "product_lead".into(),
            role_title: "Product Lead".into(),
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let mut faults = Faults::at("reason", "choose a reason");
        faults.add("text", "this needs a text");
        vec![fresh.clone(), Self { faults, ..fresh }]
    }
}

impl Page for Reject {
    fn title(&self) -> String {
        format!("Reject {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let reasons = RejectionReason::ALL.iter().map(|one| {
            Option_::new(one.word(), words::title(one.word())).among(self.typed.all("reason"))
        });
        let text = Field::new(Kind::Lines, "text", "Why, in words")
            .hint("The requester reads this, and it stays in the record.")
            .value(self.typed.one("text"));
        let path = format!("/releases/{}/reject/{}", self.id, self.role);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, &format!("Reject {}", self.title)))
            p.lead { "One no ends the review. The release stays blocked; a new one may take it up again." }
            (form::post(&path, shell, html! {
                (Choice::new("reason", "Reason", reasons.collect()).radios(&self.faults))
                (text.render(&self.faults))
                (button::stop(&format!("Reject {} as {}", self.title, self.role_title)))
            }))
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, role): (String, String),
    typed: Typed,
    faults: Faults,
) -> Result<Reject, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let name = crate::api::body::parse("role", &role)?;
    let role_title = super::release::titles::Titles::of(visitor, &view).await?.role(&name);
    let request = view.release.state.request.as_ref();
    let title = request.map(|request| request.title.clone()).unwrap_or_default();
    Ok(Reject { id, title, role, role_title, typed, faults })
}

/// `GET /releases/{release}/reject/{role}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, path, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// Both are asked at once; the rest is said by whoever checks the rejection.
fn left_empty(typed: &Typed) -> Faults {
    let mut faults = Faults::default();
    for (name, message) in [("reason", "choose a reason"), ("text", "say why, in words")] {
        if typed.filled(name).is_none() {
            faults.add(name, message);
        }
    }
    faults
}

/// `POST /releases/{release}/reject/{role}`
pub async fn reject(Path((id, role)): Path<(String, String)>, post: Post) -> Answer {
    let mut draft = Draft::default();
    let one = |name: &str| post.typed.one(name).to_owned();
    let new = NewRejection { role: role.clone(), reason: one("reason"), text: one("text") };
    let asked = new.checked(&mut draft).map(|command| (command, draft));
    let empty = Some(left_empty(&post.typed)).filter(|faults| !faults.is_empty());
    let faults = match empty {
        Some(faults) => Some(faults),
        None => post.visitor.ask(&id, asked).await?,
    };
    match faults {
        None => done(&id, "rejected"),
        Some(faults) => {
            let page = page(&post.visitor, (id, role), post.typed, faults).await?;
            post.visitor.again(&page)
        }
    }
}
