//! One control: what it asks, what carries it out, and what the log of a period shows of it.

mod gather;
mod sample;

pub use gather::{evidence, report, show};

use crate::portal::components::field::{Field, Kind};
use crate::portal::components::summary_list::{self, line};
use crate::portal::components::table::{self, cell};
use crate::portal::components::tag::{self, Tag};
use crate::portal::components::{button, empty, error_summary, form, heading, prose};
use crate::portal::faults::Faults;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::words;
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct ControlPage {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Domain, owner, effort and so on, each with its name.
    pub facts: Vec<(&'static str, String)>,
    /// What it is for.
    pub objective: String,
    /// What there is to do.
    pub steps: Vec<String>,
    /// What an auditor expects to see, and where it is shown.
    pub asked: Vec<(String, String)>,
    /// What carries it out.
    pub links: Vec<Link>,
    /// The first and the last day, as typed or by default.
    pub days: (String, String),
    /// What is wrong with them.
    pub faults: Faults,
    /// What the log shows; `None` when the days are no period.
    pub shown: Option<Shown>,
    /// Whether the visitor may record a report.
    pub reports: Reporting,
}

/// Whether the visitor may record a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reporting {
    /// He may.
    Offered,
    /// His role only reads.
    #[default]
    Withheld,
}

/// Something that carries a control out.
#[derive(Debug, Clone)]
pub struct Link {
    /// What kind of thing it is.
    pub kind: &'static str,
    /// Its title, or its name when there is no such thing.
    pub title: String,
    /// Its page, where it has one.
    pub path: Option<String>,
    /// Whether it is there.
    pub there: Tag,
}

/// What the log of a period shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// How many deployments, and how many lack something, in words.
    pub says: String,
    /// The names of the parts the control asks for.
    pub parts: Vec<&'static str>,
    /// The deployments.
    pub deployments: Vec<Deployed>,
    /// How far the control is; `None` where nothing measures it.
    pub maturity: Option<Maturity>,
}

/// A deployment.
#[derive(Debug, Clone)]
pub struct Deployed {
    /// The release's page.
    pub path: String,
    /// The version.
    pub title: String,
    /// Where.
    pub environment: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Each part: whether it is there, and why.
    pub parts: Vec<(Tag, String)>,
}

/// How far a control is.
#[derive(Debug, Clone)]
pub struct Maturity {
    /// The level in words.
    pub level: String,
    /// What it means for this control.
    pub means: String,
    /// Each level: its name, whether it was seen, why, and what is missing.
    pub levels: Vec<(String, Tag, String, Vec<String>)>,
    /// The numbers, each with its name.
    pub numbers: Vec<(String, String)>,
}

impl Page for ControlPage {
    fn title(&self) -> String {
        format!("{} {}", self.id, self.title)
    }

    fn section(&self) -> Section {
        Section::Policy
    }

    fn main(&self, shell: &Shell) -> Markup {
        let facts: Vec<_> = self.facts.iter().map(|(name, value)| line(name, value)).collect();
        html! {
            (heading::back("/controls", "Controls"))
            (error_summary::render(&self.faults))
            p.caption { (self.id) }
            h1 { (self.title) }
            (prose::render(&self.objective))
            (summary_list::render(&facts))
            (self.period())
            @if let Some(shown) = &self.shown { (self.shown(shown, shell)) }
            (self.record())
        }
    }
}

impl ControlPage {
    fn period(&self) -> Markup {
        let (from, to) = &self.days;
        html! {
            section {
                h2 { "What the log shows" }
                form.filters method="get" action={ "/controls/" (self.id) } {
                    (Field::new(Kind::Date, "from", "First day").value(from).render(&self.faults))
                    (Field::new(Kind::Date, "to", "Last day").value(to).render(&self.faults))
                    div.apply { button.button.second type="submit" { "Show these days" } }
                }
            }
        }
    }

    fn shown(&self, shown: &Shown, shell: &Shell) -> Markup {
        let query = format!("from={}&to={}", self.days.0, self.days.1);
        let archive = format!("/controls/{}/evidence?{query}", self.id);
        let some = shown.deployments.first();
        html! {
            p { (shown.says) }
            @if some.is_some() {
                (deployments(shown, shell))
            } @else {
                (empty::render(
                    "No deployment was recorded in these days.",
                    "Nothing follows about the control. The archive says so as well.",
                    None,
                ))
            }
            (button::row(&[button::link(&archive, "Download the evidence of these days")]))
            p.hint {
                "An archive with a page to read, tables, the files of evidence, and the events they "
                "rest on. " code { "countersign verify" } " checks it without this server."
            }
            @if let Some(maturity) = &shown.maturity { (self.maturity(maturity, shell)) }
        }
    }

    fn maturity(&self, maturity: &Maturity, shell: &Shell) -> Markup {
        let rows: Vec<Vec<Markup>> = maturity
            .levels
            .iter()
            .map(|(name, seen, because, missing)| {
                vec![
                    cell(name),
                    tag::render(seen),
                    html! {
                        (words::capital(because))
                        @for one in missing { p.hint { "Missing: " (one) } }
                    },
                ]
            })
            .collect();
        let numbers: Vec<_> =
            maturity.numbers.iter().map(|(name, value)| line(name, value)).collect();
        html! {
            section {
                h2 { "How far the control is: " (maturity.level) }
                p { (maturity.means) }
                (table::render("Levels, the lowest first", &["Level", "Seen", "Why"], &rows))
                h3 { "How the gate worked" }
                (summary_list::render(&numbers))
                (self.reporting(shell))
            }
        }
    }

    fn reporting(&self, shell: &Shell) -> Markup {
        let action = format!("/controls/{}/report", self.id);
        let (from, to) = (self.days.0.as_str(), self.days.1.as_str());
        html! {
            @match self.reports {
                Reporting::Offered => {
                    p { "When you have told those who answer for the gate, say so. These numbers "
                        "then stand in the log under your name." }
                    (form::post(&action, shell, html! {
                        (form::hidden(&[("from", from), ("to", to)]))
                        (button::submit("Record that these numbers were reported"))
                    }))
                },
                Reporting::Withheld => {},
            }
        }
    }

    fn record(&self) -> Markup {
        let rows: Vec<Vec<Markup>> = self.links.iter().map(linked).collect();
        html! {
            section {
                h2 { "What is asked for" }
                ol { @for (asks, shown_by) in &self.asked { li {
                    (asks) " " span.hint { (shown_by) }
                } } }
            }
            section {
                h2 { "What carries it out" }
                (table::render("Links of the control", &["Kind", "What", "Now"], &rows))
            }
            section {
                h2 { "What there is to do" }
                ol { @for step in &self.steps { li { (step) } } }
            }
        }
    }
}

fn linked(link: &Link) -> Vec<Markup> {
    let what = html! {
        @match &link.path {
            Some(path) => a href=(path) { (link.title) },
            None => (link.title),
        }
    };
    vec![cell(link.kind), what, tag::render(&link.there)]
}

fn deployments(shown: &Shown, shell: &Shell) -> Markup {
    let columns: Vec<&str> =
        ["Version", "Where and when"].into_iter().chain(shown.parts.iter().copied()).collect();
    let rows: Vec<Vec<Markup>> = shown
        .deployments
        .iter()
        .map(|one| {
            let version = html! { a href=(one.path) { (one.title) } };
            let when = html! {
                (one.environment) ", " (shell.zone.moment(one.at)) p.hint { "by " (one.by) }
            };
            let parts = one.parts.iter().map(|(held, because)| {
                html! { (tag::render(held)) p.hint { (words::capital(because)) } }
            });
            [version, when].into_iter().chain(parts).collect()
        })
        .collect();
    table::render("Deployments and what there is of each", &columns, &rows)
}
