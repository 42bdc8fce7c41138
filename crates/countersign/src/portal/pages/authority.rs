//! Answering for verbal authority: the person named says whether it was given.

use crate::app::Draft;
use crate::portal::command::{Asked, done};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, error_summary, form, heading, summary_list};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::release::{Command, UrgentCommand};
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct AuthorityPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What was claimed; `None` when nothing was.
    pub claim: Option<Claim>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// What was claimed.
#[derive(Debug, Clone)]
pub struct Claim {
    /// On which ground.
    pub ground: String,
    /// Why.
    pub explanation: String,
    /// Who claims it.
    pub owner: String,
    /// Who is said to have given it, and how.
    pub given: String,
    /// When it is said to have been given.
    pub at: Timestamp,
    /// By when it has to be confirmed.
    pub confirm_by: Timestamp,
}

impl AuthorityPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let claim = Claim {
            ground: "Security vulnerability".into(),
            explanation: "The running prompt leaks addresses.".into(),
            owner: "Jo Rivera".into(),
            given: "Ines Abara, by phone".into(),
            at: Timestamp::UNIX_EPOCH,
            confirm_by: Timestamp::UNIX_EPOCH,
        };
        let asked = Self {
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            claim: Some(claim),
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let faults = Faults::at("reason", "this needs a text");
        vec![asked.clone(), Self { faults, ..asked.clone() }, Self { claim: None, ..asked }]
    }
}

impl Page for AuthorityPage {
    fn title(&self) -> String {
        format!("Confirm or deny the authority: {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/authority", self.id);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, "Confirm or deny the authority"))
            @if let Some(claim) = &self.claim {
                (summary_list::render(&[
                    summary_list::line("Ground", &claim.ground),
                    summary_list::line("Why it cannot wait", &claim.explanation),
                    summary_list::line("Claimed by", &claim.owner),
                    summary_list::line("Given by", &claim.given),
                    summary_list::line("Given", shell.zone.moment(claim.at)),
                    summary_list::line("To be confirmed by", shell.zone.moment(claim.confirm_by)),
                ]))
                (form::post(&path, shell, html! {
                    (form::hidden(&[("answer", "confirm")]))
                    p { "Confirm only if you gave this authority yourself." }
                    (button::submit(&format!("Confirm the authority for {}", self.title)))
                }))
                (form::post(&path, shell, html! {
                    (form::hidden(&[("answer", "deny")]))
                    (Field::new(Kind::Lines, "reason", "Why you deny it")
                        .hint("Every deployer that asks is told deny from that moment on.")
                        .value(self.typed.one("reason")).render(&self.faults))
                    (button::stop(&format!("Deny the authority for {}", self.title)))
                }))
            } @else {
                p { "No verbal authority was claimed for this release." }
            }
        }
    }
}

async fn page(
    visitor: &Visitor,
    id: String,
    typed: Typed,
    faults: Faults,
) -> Result<AuthorityPage, Wrong> {
    let view = super::release::view(visitor, &id).await?;
    let release = &view.release.state;
    let title = release.request.as_ref().map(|one| one.title.clone()).unwrap_or_default();
    let claim = release.urgent.emergency.as_ref().map(|emergency| {
        let claim = &emergency.claim;
        let (by, means) = (view.name(&claim.authority.by), claim.authority.means.human());
        Claim {
            ground: words::capital(claim.ground.human()),
            explanation: view.text(&claim.explanation).to_owned(),
            owner: view.name(&claim.owner).to_owned(),
            given: format!("{by}, {means}"),
            at: claim.authority.at,
            confirm_by: claim.confirm_by,
        }
    });
    Ok(AuthorityPage { id, title, claim, typed, faults })
}

/// `GET /releases/{release}/authority`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

fn asked(typed: &Typed) -> Asked {
    let mut draft = Draft::default();
    let command = match typed.one("answer") {
        "confirm" => UrgentCommand::ConfirmAuthority,
        _ => UrgentCommand::DenyAuthority { reason: draft.text("reason", typed.one("reason"))? },
    };
    Ok((Command::Urgent(command), draft))
}

/// `POST /releases/{release}/authority`
pub async fn answer(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    match visitor.ask(&id, asked(&typed)).await? {
        None if typed.one("answer") == "confirm" => done(&id, "authority-confirmed"),
        None => done(&id, "authority-denied"),
        Some(faults) => {
            let page = page(&visitor, id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
