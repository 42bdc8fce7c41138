//! Which records of a release answer which clause of a law or a standard.

use crate::app::frameworks::{Holding, framework, frameworks};
use crate::portal::components::table::{self, cell};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{empty, prose};
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::{Path, RawQuery};
use countersign_core::framework::{ClauseReport, Framework, Held};
use maud::{Markup, html};

/// The list of frameworks.
#[derive(Debug, Clone)]
pub struct Frameworks {
    /// Name and title.
    pub rows: Vec<(String, String, String)>,
}

impl Frameworks {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        vec![Self::all()]
    }

    fn all() -> Self {
        let row = |one: &Framework| (one.name.clone(), one.title.clone(), one.edition.clone());
        Self { rows: frameworks().iter().map(row).collect() }
    }
}

impl Page for Frameworks {
    fn title(&self) -> String {
        "Laws and standards".into()
    }

    fn section(&self) -> Section {
        Section::Policy
    }

    fn main(&self, _: &Shell) -> Markup {
        html! {
            h1 { "Laws and standards" }
            p { "Which records of the releases that run answer which clause." }
            p { a href="/controls" { "Controls, and the evidence for them" } }
            ul.cards {
                @for (name, title, edition) in &self.rows {
                    li { div.what {
                        h2 { a href={ "/frameworks/" (name) } { (title) } }
                        p.hint { (edition) }
                    } }
                }
            }
        }
    }
}

/// What releases hold for one framework.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The framework's title.
    pub title: String,
    /// Which text.
    pub edition: String,
    /// What a reader has to know.
    pub note: String,
    /// The releases, each with its clauses.
    pub releases: Vec<Told>,
}

/// A release and what it holds.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its clauses.
    pub clauses: Vec<Line>,
}

/// A clause.
#[derive(Debug, Clone)]
pub struct Line {
    /// Number and title.
    pub clause: String,
    /// How the policy cites it; may be empty.
    pub cited: String,
    /// What one has to be able to show.
    pub duty: String,
    /// Each record with the tag of whether it is there.
    pub records: Vec<(String, Tag)>,
    /// Whether there is a gap.
    pub standing: Tag,
    /// The first day it binds, when that is not past; may be empty.
    pub from: String,
}

impl Report {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let line = |clause: &str, held, standing| Line {
            clause: clause.into(),
            cited: "Clause 8.4 (verification and validation)".into(),
            duty: "The system was tested against criteria fixed beforehand.".into(),
            records: vec![("item evaluation_results".into(), held_tag(held))],
            standing,
            from: "2 December 2027".into(),
        };
        let clauses = vec![
            line("A.6.2.4 AI system verification and validation", Held::Held, no_gap()),
            line("A.6.2.5 AI system deployment", Held::Missing, gap()),
        ];
        let told =
            Told { path: "/releases/r-000000000000".into(), title: "router v2".into(), clauses };
        let report = Self {
            title: "ISO/IEC 42001".into(),
            edition: "2023".into(),
            note: "Both numbers are shown.".into(),
            releases: vec![told],
        };
        vec![report.clone(), Self { releases: Vec::new(), ..report }]
    }
}

impl Page for Report {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn section(&self) -> Section {
        Section::Policy
    }

    fn main(&self, _: &Shell) -> Markup {
        let some = self.releases.first();
        html! {
            p.back { a href="/frameworks" { "Laws and standards" } }
            p.caption { (self.edition) }
            h1 { (self.title) }
            (prose::render(&self.note))
            @if some.is_some() {
                @for release in &self.releases {
                    section {
                        h2 { a href=(release.path) { (release.title) } }
                        (clauses(release))
                    }
                }
            } @else {
                (empty::render(
                    "No release runs or may run.",
                    "A release appears here once it is approved.",
                    None,
                ))
            }
        }
    }
}

fn clauses(release: &Told) -> Markup {
    let rows = release.clauses.iter().map(|line| {
        let cited = Some(&line.cited).filter(|cited| !cited.is_empty());
        let from = Some(&line.from).filter(|from| !from.is_empty());
        vec![
            html! {
                (line.clause)
                @if let Some(cited) = cited { p.hint { "Cited as " (cited) } }
            },
            cell(&line.duty),
            html! { ul.plain { @for (record, held) in &line.records {
                li { (record) " " (tag::render(held)) }
            } } },
            html! {
                (tag::render(&line.standing))
                @if let Some(from) = from { p.hint { "Binds from " (from) } }
            },
        ]
    });
    let rows: Vec<Vec<Markup>> = rows.collect();
    table::render(
        &format!("What {} holds", release.title),
        &["Clause", "Obligation", "Records", "Gap"],
        &rows,
    )
}

fn held_tag(held: Held) -> Tag {
    let tone = match held {
        Held::Held => Tone::Good,
        Held::NotApplicable | Held::NotAsked => Tone::Quiet,
        Held::NotYet => Tone::Active,
        Held::Missing => Tone::Bad,
    };
    Tag::new(words::title(held.word()), tone)
}

fn gap() -> Tag {
    Tag::new("Gap", Tone::Bad)
}

fn no_gap() -> Tag {
    Tag::new("None", Tone::Good)
}

fn line(report: &ClauseReport<'_>) -> Line {
    let clause = report.clause;
    let standing = match report.applies {
        true if report.has_gap() => gap(),
        true => no_gap(),
        false => Tag::new("Other tiers", Tone::Quiet),
    };
    let from = clause.from.filter(|_| !report.binds);
    Line {
        clause: format!("{} {}", clause.id, clause.title),
        cited: clause.cited.clone().unwrap_or_default(),
        duty: clause.duty.clone(),
        records: report
            .records
            .iter()
            .map(|one| (one.record.to_string(), held_tag(one.held)))
            .collect(),
        standing,
        from: from.map(|from| from.strftime("%-d %B %Y").to_string()).unwrap_or_default(),
    }
}

fn told(holding: &Holding) -> Told {
    Told {
        path: format!("/releases/{}", holding.release),
        title: holding.title.clone(),
        clauses: holding.clauses.iter().map(line).collect(),
    }
}

/// `GET /frameworks`
pub async fn list(visitor: Visitor) -> Answer {
    visitor.page(&Frameworks::all())
}

/// `GET /frameworks/{name}`
pub async fn show(visitor: Visitor, Path(name): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let framework = framework(&name)?;
    let release = typed.filled("release").and_then(|release| release.parse().ok());
    let holdings = match release {
        Some(release) => vec![visitor.app.holding(framework, &release).await?],
        None => visitor.app.holdings(framework).await?.0,
    };
    visitor.page(&Report {
        title: framework.title.clone(),
        edition: framework.edition.clone(),
        note: framework.note.clone(),
        releases: holdings.iter().map(told).collect(),
    })
}
