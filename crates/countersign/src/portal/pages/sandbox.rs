//! A sandbox exclusion: what is claimed, and ending it.

use crate::app::{AnyCommand, Draft};
use crate::failure::{Doing, Failure};
use crate::portal::command::onwards;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::summary_list::line;
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{
    button, error_summary, form, heading, notice, prose, summary_list,
};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::name::ExclusionId;
use countersign_core::sandbox::SandboxCommand;
use countersign_core::text::Text;
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct SandboxPage {
    /// Its identifier.
    pub id: String,
    /// What the experiment is called.
    pub title: String,
    /// What is tried.
    pub description: String,
    /// Who claimed it.
    pub claimed_by: String,
    /// Until when it is claimed.
    pub until: Timestamp,
    /// Why it ended; `None` while it is open.
    pub ended: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl SandboxPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let open = Self {
            id: "x-00000000000000".into(),
            title: "Tone experiment".into(),
            description: "Invented calls, three colleagues.".into(),
            claimed_by: "Jo Rivera".into(),
            until: "2026-06-10T15:00:00Z".parse().unwrap_or_default(),
            ended: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let ended = Self { ended: Some("It becomes a release.".into()), ..open.clone() };
        vec![
            open.clone(),
            ended,
            Self { faults: Faults::at("reason", "this needs a text"), ..open },
        ]
    }
}

impl Page for SandboxPage {
    fn title(&self) -> String {
        format!("Sandbox exclusion: {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let (word, tone) = match self.ended {
            None => ("Open", Tone::Active),
            Some(_) => ("Ended", Tone::Quiet),
        };
        let mut lines = vec![
            line("Claimed by", &self.claimed_by),
            line("Until", shell.zone.moment(self.until)),
            line("Real data", "No"),
            line("Real users", "No"),
        ];
        lines.extend(self.ended.iter().map(|why| line("Ended because", why)));
        let reason = Field::new(Kind::Lines, "reason", "Why it ends");
        let reason = reason.value(self.typed.one("reason"));
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/entries/sandbox_exclusion", "All sandbox exclusions"))
            div.title-line { h1 { (self.title) } (tag::render(&Tag::new(word, tone))) }
            (prose::render(&self.description))
            (summary_list::render(&lines))
            (notice::inset("This record allows nothing to run in any environment: a deployer is told deny until a release is approved."))
            @if self.ended.is_none() {
                section {
                    h2 { "End it" }
                    (form::post(&format!("/sandbox/{}", self.id), shell, html! {
                        (reason.render(&self.faults))
                        (button::submit("End the sandbox exclusion"))
                    }))
                }
            }
        }
    }
}

async fn page(
    visitor: &Visitor,
    id: &str,
    typed: Typed,
    faults: Faults,
) -> Result<SandboxPage, Wrong> {
    let id: ExclusionId = crate::api::body::parse("exclusion", id)?;
    let exclusion = visitor.app.exclusion(&id).await?.state;
    let claim = exclusion.claim.as_ref();
    let claim = claim.ok_or_else(|| Failure::not_found("sandbox exclusion", &id))?;
    let reason = exclusion.ended.as_ref().map(|(_, _, reason)| *reason);
    let digests: Vec<_> = reason.into_iter().chain([claim.description]).map(Text::digest).collect();
    let texts = visitor.app.store.texts(&digests).await.doing("read texts")?;
    let text = |text: Text| texts.get(&text.digest()).cloned().unwrap_or_default();
    let names = visitor.app.names().await?;
    let claimant = exclusion.claimant().and_then(|person| names.get(person));
    Ok(SandboxPage {
        id: id.to_string(),
        title: claim.title.clone(),
        description: text(claim.description),
        claimed_by: claimant.cloned().unwrap_or_default(),
        until: claim.until,
        ended: reason.map(text),
        typed,
        faults,
    })
}

/// `GET /sandbox/{exclusion}`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, &id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /sandbox/{exclusion}`
pub async fn end(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let faults = match draft.text("reason", typed.one("reason")) {
        Ok(reason) => {
            let exclusion = crate::api::body::parse("exclusion", &id)?;
            let command = AnyCommand::Sandbox(exclusion, SandboxCommand::End { reason });
            visitor.carry_out(command, draft).await?
        }
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/sandbox/{id}")),
        Some(faults) => {
            let page = page(&visitor, &id, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
