//! Submitting: everything once more, before the plan is fixed.

use crate::app::Draft;
use crate::portal::command::done;
use crate::portal::components::check_answers::{self, Part};
use crate::portal::components::notice;
use crate::portal::components::summary_list::line;
use crate::portal::components::{button, digest, error_summary, form, heading};
use crate::portal::faults::Faults;
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
            .map(|(release, faults)| Self { release, faults })
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
            (form::post(&format!("/releases/{id}/submit"), shell, button::submit(&format!("Submit {title} for review"))))
        }
    }
}

async fn page(visitor: &Visitor, id: &str, faults: Faults) -> Result<Submit, Wrong> {
    let view = super::release::view(visitor, id).await?;
    let release = super::release::gather::page(visitor, &view).await?;
    Ok(Submit { release, faults })
}

/// `GET /releases/{release}/submit`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, &id, Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/submit`
pub async fn submit(Path(id): Path<String>, post: Post) -> Answer {
    match post.visitor.ask(&id, Ok((Command::Submit, Draft::default()))).await? {
        None => done(&id, "submitted"),
        Some(faults) => {
            let page = page(&post.visitor, &id, faults).await?;
            post.visitor.again(&page)
        }
    }
}
