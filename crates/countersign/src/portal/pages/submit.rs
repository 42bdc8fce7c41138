//! Submitting: everything once more, before the plan is fixed.

use crate::app::Draft;
use crate::portal::command::{Asked, done, unwritten};
use crate::portal::components::check_answers::{self, Part};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::notice;
use crate::portal::components::summary_list::line;
use crate::portal::components::{button, digest, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::ReleasePage;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::release::Command;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Submit {
    /// The release.
    pub release: ReleasePage,
    /// Whether the facts propose more than was asked for, so that a reason is needed.
    pub lowered: Option<()>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl Submit {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let wrong = Faults(vec![crate::portal::faults::Fault {
            field: None,
            message: "Checklist item `Model card completed` is open: attach a file".into(),
            remedy: "Complete the checklist item".into(),
        }]);
        let releases = ReleasePage::samples().into_iter();
        releases
            .zip([Faults::default(), wrong])
            .zip([None, Some(())])
            .map(|((release, faults), lowered)| Self {
                release,
                lowered,
                typed: Typed::default(),
                faults,
            })
            .collect()
    }

    fn parts(&self) -> Vec<Part> {
        let release = &self.release;
        let artifacts = release.artifacts.iter();
        let artifacts = artifacts.map(|one| line(&one.name, digest::whole(&one.digest)));
        let groups = release.groups.iter().map(|group| line(&group.title, &group.progress));
        let approvals = release.approvals.iter().map(|one| line(&one.purpose, &one.role));
        let part = |title: &str, lines| Part { title: title.into(), lines };
        vec![
            part("What is released", release.facts.clone()),
            part("Artifacts", artifacts.collect()),
            part("What is done", groups.collect()),
            part("Who will be asked to sign", approvals.collect()),
            part("What it is judged by", release.pinned.clone()),
        ]
    }
}

impl Submit {
    fn reason(&self) -> Markup {
        let reason = Field::new(Kind::Lines, "override_reason", "Why less than proposed is enough")
            .hint("By now the facts propose more than the change type that was asked for. Everybody who approves sees your reason.")
            .value(self.typed.one("override_reason"));
        reason.render(&self.faults)
    }
}

impl Page for Submit {
    fn title(&self) -> String {
        format!("Submit {}", self.release.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let ReleasePage { id, title, .. } = &self.release;
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(id, title, "Check before you submit"))
            (check_answers::render(&self.parts()))
            (notice::inset("Submitting fixes the plan: the criteria, the checklist, the steps and who holds which role. Later changes of the policy do not touch this release."))
            (form::post(&format!("/releases/{id}/submit"), shell, html! {
                @if self.lowered.is_some() { (self.reason()) }
                (button::submit(&format!("Submit {title} for review")))
            }))
        }
    }
}

async fn page(visitor: &Visitor, id: &str, (typed, faults): Again) -> Result<Submit, Wrong> {
    let view = super::release::view(visitor, id).await?;
    let release = super::release::gather::page(visitor, &view).await?;
    let mut lowered = None;
    if let (Some(id), Some(reason)) = (&view.release.state.id, unwritten()) {
        let keep = Command::OverrideChangeType { reason };
        lowered = visitor.would_refuse(id, keep).await?.is_none().then_some(());
    }
    Ok(Submit { release, lowered, typed, faults })
}

/// What the form shows again: what was typed, and what is wrong.
type Again = (Typed, Faults);

/// `GET /releases/{release}/submit`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, &id, Again::default()).await?;
    visitor.page(&page)
}

/// The reason is on record before the release is submitted, and stays there if that fails.
fn keep(typed: &Typed) -> Asked {
    let mut draft = Draft::default();
    let reason = draft.text("override_reason", typed.one("override_reason"))?;
    Ok((Command::OverrideChangeType { reason }, draft))
}

/// `POST /releases/{release}/submit`
pub async fn submit(Path(id): Path<String>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut faults = None;
    if typed.filled("override_reason").is_some() {
        faults = visitor.ask(&id, keep(&typed)).await?;
    }
    if faults.is_none() {
        faults = visitor.ask(&id, Ok((Command::Submit, Draft::default()))).await?;
    }
    match faults {
        None => done(&id, "submitted"),
        Some(faults) => {
            let page = page(&visitor, &id, (typed, faults)).await?;
            visitor.again(&page)
        }
    }
}
