//! A runbook in one version: what it is for, what it takes, who does what by when.

use crate::failure::Failure;
use crate::portal::command::onwards;
use crate::portal::components::summary_list::{Line, line, line_if};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, heading, prose, side_by_side, summary_list};
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::runbooks::{day, duration, review};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use countersign_core::name::RunbookName;
use countersign_core::runbook::{Runbook, RunbookStep};
use countersign_core::step::StepKind;
use countersign_formats::runbook::{to_markdown, to_text};
use maud::{Markup, html};
use std::sync::Arc;

/// The page.
#[derive(Debug, Clone)]
pub struct RunbookPage {
    /// The runbook.
    pub runbook: Arc<Runbook>,
    /// The digest of the published text, short.
    pub digest: String,
    /// Every version, the latest first.
    pub versions: Vec<String>,
    /// The role each step's owner title means, in the order of the steps; empty when it means none.
    pub roles: Vec<String>,
}

/// The runbooks shipped with the product, for samples.
pub fn shipped() -> Vec<Arc<Runbook>> {
    let texts = [
        include_str!("../../../../../catalog/runbooks/fine-tuned-model-release.md"),
        include_str!("../../../../../catalog/runbooks/deployment-gate-checklist.md"),
    ];
    let parsed = texts.map(|text| countersign_formats::runbook::parse(text).runbook);
    parsed.into_iter().flatten().map(Arc::new).collect()
}

impl RunbookPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let page = |runbook: Arc<Runbook>| {
            let role = |step: &RunbookStep| match step.kind {
                StepKind::Form(_) => String::new(),
                _ => step.owner.clone(),
            };
            Self {
                roles: runbook.steps.iter().map(role).collect(),
                digest: "3f2a9c0d11e4".into(),
                versions: vec![runbook.version.clone(), "0.9.0".into()],
                runbook,
            }
        };
        shipped().into_iter().map(page).collect()
    }

    fn header(&self) -> Markup {
        let runbook = &*self.runbook;
        let facts = [
            Some(format!("v{}", runbook.version)),
            Some(format!("last reviewed {}", day(runbook))),
            duration(runbook),
            Some(runbook.lifecycle.clone()),
            Some(runbook.kind.clone()),
            Some(format!("{} complexity", runbook.complexity)),
        ];
        let facts: Vec<String> =
            facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
        html! {
            (heading::back("/runbooks", "All runbooks"))
            div.title-line {
                h1 { (runbook.title) }
                @for tag in review(runbook) { (tag::render(&tag)) }
            }
            p.caption { (facts.join(" · ")) }
            p.lead { (runbook.summary) }
        }
    }

    fn content(&self) -> Markup {
        let runbook = &*self.runbook;
        html! {
            section { h2 { "Purpose" } (prose::render(&runbook.purpose)) }
            section { h2 { "When to use" } ul { @for line in &runbook.when_to_use { li { (line) } } } }
            section { h2 { "Prerequisites" } ul { @for line in &runbook.prerequisites { li { (line) } } } }
            section {
                h2 { "Steps" }
                ol.steps {
                    @for (step, role) in runbook.steps.iter().zip(&self.roles) {
                        li { (one(step, role)) }
                    }
                }
            }
        }
    }

    /// The version before this one, or the latest beside the oldest.
    fn earlier(&self) -> Option<&String> {
        let own = |version: &&String| **version == self.runbook.version;
        let before = self.versions.iter().skip_while(|version| !own(version)).nth(1);
        before.or_else(|| self.versions.iter().find(|version| !own(version)))
    }

    fn side(&self) -> Markup {
        let runbook = &*self.runbook;
        let path = format!("/runbooks/{}", runbook.name);
        let lines: Vec<Line> = [
            Some(line("Id", html! { code { (runbook.name) } })),
            line_if("Authors", &words::list(&runbook.authors)),
            line_if("Reviewed by", &words::list(&runbook.reviewed_by)),
            line_if("Frameworks", &runbook.compliance.join(", ")),
            Some(line("Digest", html! { code.digest { (self.digest) "…" } })),
        ]
        .into_iter()
        .flatten()
        .collect();
        html! {
            section { h2 { "About it" } (summary_list::render(&lines)) }
            section {
                h2 { "Versions" }
                ul.plain {
                    @for version in &self.versions { li { a href={ (path) "/" (version) } { (version) } } }
                }
                @if let Some(earlier) = self.earlier() {
                    p { a href={ (path) "/compare?from=" (earlier) "&to=" (runbook.version) } {
                        "Compare with " (earlier)
                    } }
                }
            }
            section {
                h2 { "Export" }
                (button::row(&[
                    button::second_link(&format!("{path}/{}/runbook.md", runbook.version), "Markdown"),
                    button::second_link(&format!("{path}/{}/runbook.txt", runbook.version), "Plain text"),
                ]))
            }
        }
    }
}

fn one(step: &RunbookStep, role: &str) -> Markup {
    let mapped = Some(role).filter(|role| !role.is_empty());
    let after = step.after.as_ref().map(|after| {
        let after: Vec<String> = after.iter().map(ToString::to_string).collect();
        if after.is_empty() {
            "no other step".into()
        } else {
            format!("step {}", words::list(&after))
        }
    });
    let lines: Vec<Line> = [
        Some(line("Type", words::title(step.kind.word()))),
        Some(line(
            "Owner",
            html! {
                (step.owner) " "
                @match mapped {
                    Some(role) => span.hint { "means " (role) },
                    None => (tag::render(&Tag::new("Means no role", Tone::Warn))),
                }
            },
        )),
        Some(line("Time limit", step.sla.to_string())),
        line_if("Escalation", &step.escalation),
        after.map(|after| line("Waits for", after)),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        h3 { (step.title) }
        (summary_list::render(&lines))
        (prose::render(&step.text))
        @for note in &step.notes {
            aside.note { p { strong { "Note, " (note.reviewer) ": " } (note.text) } }
        }
    }
}

impl Page for RunbookPage {
    fn title(&self) -> String {
        self.runbook.title.clone()
    }

    fn section(&self) -> Section {
        Section::Runbooks
    }

    fn main(&self, _: &Shell) -> Markup {
        html! {
            (self.header())
            (side_by_side::render(self.content(), "About the runbook", self.side()))
        }
    }
}

/// `GET /runbooks/{name}`: the latest version.
pub async fn latest(visitor: Visitor, Path(name): Path<String>) -> Answer {
    let parsed: RunbookName = crate::api::body::parse("runbook", &name)?;
    let published = visitor.register.runbook(&parsed, None);
    let published = published.ok_or_else(|| Failure::not_found("runbook", &name))?;
    onwards(&format!("/runbooks/{name}/{}", published.runbook.version))
}

/// `GET /runbooks/{name}/{version}`
pub async fn show(visitor: Visitor, Path((name, version)): Path<(String, String)>) -> Answer {
    let parsed: RunbookName = crate::api::body::parse("runbook", &name)?;
    let loaded = visitor.app.runbook(&visitor.register, &parsed, Some(&version)).await?;
    let loaded =
        loaded.ok_or_else(|| Failure::not_found("runbook", format!("{name} {version}")))?;
    let policy = visitor.app.policy_in_force(&visitor.register).await?;
    let role = |title: &str| {
        let policy = &policy.as_ref()?.policy;
        policy.role_for_title(title).map(|role| policy.title_of(role).to_owned())
    };
    let steps = loaded.runbook.steps.iter();
    let roles = steps.map(|step| role(&step.owner).unwrap_or_default()).collect();
    let versions = visitor.register.runbooks.iter().rev().filter(|one| one.runbook.name == parsed);
    visitor.page(&RunbookPage {
        versions: versions.map(|one| one.runbook.version.clone()).collect(),
        digest: loaded.reference.sha256.short(),
        runbook: loaded.runbook,
        roles,
    })
}

/// `GET /runbooks/{name}/{version}/{export}`: either text form, as a file.
pub async fn export(
    visitor: Visitor,
    Path((name, version, file)): Path<(String, String, String)>,
) -> Answer {
    let parsed: RunbookName = crate::api::body::parse("runbook", &name)?;
    let loaded = visitor.app.runbook(&visitor.register, &parsed, Some(&version)).await?;
    let loaded =
        loaded.ok_or_else(|| Failure::not_found("runbook", format!("{name} {version}")))?;
    let (text, kind, ending) = match file.as_str() {
        "runbook.md" => (to_markdown(&loaded.runbook), "text/markdown; charset=utf-8", "md"),
        "runbook.txt" => (to_text(&loaded.runbook), "text/plain; charset=utf-8", "txt"),
        _ => return Err(Failure::not_found("export", &file).into()),
    };
    let save = format!("attachment; filename=\"{name}-{version}.{ending}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, save)];
    Ok((headers, text).into_response())
}
