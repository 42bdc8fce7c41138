//! The page of a release: where it stands, what is left, what was measured, who signed, what
//! happened.

pub mod actions;
mod beside;
mod beside_actions;
pub mod gather;
pub mod incidents;
pub mod lines;
pub mod paths;
pub mod promises;
mod sample;
pub mod schedule;
pub mod sentence;
pub mod show;
pub mod tasks;
pub mod titles;

use crate::portal::components::summary_list::Line;
use crate::portal::components::tag::Tag;
use crate::portal::components::task_list::Group;
use crate::portal::components::timeline::Entry;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::digest::Sha256;
use incidents::IncidentLine;
use lines::{
    Action, ApprovalLine, ArtifactLine, BlockerLine, CriterionLine, EvidenceLine, Verdict,
};
use maud::Markup;
use promises::Promises;

/// The page.
#[derive(Debug, Clone)]
pub struct ReleasePage {
    /// Its identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Its model, and that model's page.
    pub model: Action,
    /// Its state.
    pub state: Tag,
    /// Its tier.
    pub tier: Tag,
    /// Says that it is or was an emergency.
    pub emergency: Option<Tag>,
    /// What changes, and why.
    pub summary: String,
    /// What the page says first.
    pub verdict: Verdict,
    /// What waits for the visitor.
    pub mine: Vec<Action>,
    /// What else the visitor could do.
    pub others: Vec<Action>,
    /// Why the gate is shut.
    pub blockers: Vec<BlockerLine>,
    /// What went wrong since it runs.
    pub incidents: Vec<IncidentLine>,
    /// What is left.
    pub groups: Vec<Group>,
    /// The criteria.
    pub criteria: Vec<CriterionLine>,
    /// The evidence.
    pub evidence: Vec<EvidenceLine>,
    /// The approvals.
    pub approvals: Vec<ApprovalLine>,
    /// Conditions, exceptions and change requests.
    pub promises: Promises,
    /// What happened, the latest first.
    pub timeline: Vec<Entry>,
    /// What it is.
    pub facts: Vec<Line>,
    /// Its artifacts.
    pub artifacts: Vec<ArtifactLine>,
    /// What it is pinned to.
    pub pinned: Vec<Line>,
    /// How long its records are kept, in words.
    pub kept: String,
    /// The digest of its dossier.
    pub dossier: Option<Sha256>,
}

impl ReleasePage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        sample::all()
    }
}

impl Page for ReleasePage {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        show::page(self, shell)
    }
}

/// A release by the identifier in the path.
pub async fn view(visitor: &Visitor, id: &str) -> Result<crate::app::View, Wrong> {
    let id = crate::api::body::parse("release", id)?;
    Ok(visitor.app.view(&id).await?)
}

/// `GET /releases/{release}`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let view = view(&visitor, &id).await?;
    let page = gather::page(&visitor, &view).await?;
    visitor.page(&page)
}
