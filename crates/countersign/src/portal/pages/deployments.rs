//! The deployment log: what went where, when, by whom, who approved it, and what it rested on.

use crate::api::deployments::{DeploymentItem, maybe_bound};
use crate::api::entries::{read_cursor, write_cursor};
use crate::app::DeploymentQuery;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::summary_list::{self, Line, line, line_if};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{digest, empty, filters, pagination, prose};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::releases;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::RawQuery;
use countersign_core::digest::Sha256;
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Deployments {
    /// The filters as they were set.
    pub typed: Typed,
    /// The models to filter by: short name and title.
    pub models: Vec<(String, String)>,
    /// The environments to filter by.
    pub environments: Vec<String>,
    /// The deployments.
    pub rows: Vec<Row>,
    /// The path of the next page.
    pub next: Option<String>,
}

/// One deployment.
#[derive(Debug, Clone)]
pub struct Row {
    /// What the API says of it.
    pub item: DeploymentItem,
    /// When.
    pub at: Timestamp,
    /// When each approver approved, in their order.
    pub approved: Vec<Timestamp>,
    /// What people call the roles of the approvers, in their order.
    pub roles: Vec<String>,
}

impl Row {
    fn of(visitor_role: impl Fn(&str) -> String, item: DeploymentItem) -> Self {
        let moment = |text: &str| text.parse().unwrap_or_default();
        Self {
            at: moment(&item.at),
            approved: item.approvers.iter().map(|one| moment(&one.at)).collect(),
            roles: item.approvers.iter().map(|one| visitor_role(&one.role)).collect(),
            item,
        }
    }
}

const FILTERS: [&str; 4] = ["model", "environment", "from", "to"];

impl Deployments {
    fn filters(&self) -> Markup {
        let none = Faults::default();
        let models = self.models.iter().map(|(name, title)| Option_::new(name, title));
        let models = std::iter::once(Option_::new("", "Any model")).chain(models);
        let places = self.environments.iter().map(|name| Option_::new(name, name));
        let places = std::iter::once(Option_::new("", "Any environment")).chain(places);
        let chosen = |name| move |one: Option_| one.among(self.typed.all(name));
        let set = FILTERS.iter().any(|name| self.typed.filled(name).is_some());
        let day = |name, label| Field::new(Kind::Date, name, label).value(self.typed.one(name));
        let environments = places.map(chosen("environment")).collect();
        filters::render(
            "/deployments",
            html! {
                (Choice::new("model", "Model", models.map(chosen("model")).collect()).select(&none))
                (Choice::new("environment", "Environment", environments).select(&none))
                (day("from", "From").render(&none))
                (day("to", "Before").render(&none))
            },
            set.then_some("/deployments"),
        )
    }
}

impl Page for Deployments {
    fn title(&self) -> String {
        "Deployment log".into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let some = self.rows.first();
        let first = self.typed.filled("after").map(|_| "/deployments");
        html! {
            h1 { "Deployment log" }
            p.lead { "What went where, when, by whom, who approved it, and what it rested on." }
            (self.filters())
            @if some.is_some() {
                ul.lines { @for row in &self.rows { li { (one(row, shell)) } } }
            } @else {
                (empty::render(
                    "Nothing was deployed like that.",
                    "A deployment is recorded by whoever deploys, and stands here from then on.",
                    None,
                ))
            }
            (pagination::render(first, self.next.as_deref()))
        }
    }
}

fn one(row: &Row, shell: &Shell) -> Markup {
    let item = &row.item;
    html! {
        div.over {
            h2 { a href={ "/releases/" (item.release) } { (item.title) } " in " (item.environment) }
            div.tags {
                (tag::render(&standing(&item.standing)))
                @for flag in &item.flags { (tag::render(&Tag::new(words::title(flag), Tone::Warn))) }
            }
        }
        p.hint { (item.model) " · " (words::title(&item.change)) " · " (shell.zone.moment(row.at)) }
        (prose::render(&item.summary))
        (summary_list::render(&facts(row, shell)))
    }
}

fn facts(row: &Row, shell: &Shell) -> Vec<Line> {
    let item = &row.item;
    let approvers = item.approvers.iter().zip(row.roles.iter().zip(&row.approved));
    let approvers = html! {
        ul.plain {
            @for (approver, (role, at)) in approvers {
                li { (approver.name) " as " (role) ", " (shell.zone.moment(*at)) }
            }
        }
    };
    let artifacts = html! {
        ul.plain { @for artifact in &item.artifacts { li { (artifact.name) " " (short(&artifact.digest)) } } }
    };
    let evidence = html! {
        ul.plain {
            @for piece in &item.evidence {
                li {
                    a href={ "/releases/" (item.release) "/evidence/" (piece.evidence) } { (piece.name) }
                    " " (short(&piece.sha256))
                }
            }
        }
    };
    let machine = if item.by_machine { " (a machine)" } else { "" };
    let shown = |label: &str, some: usize, content| (some > 0).then(|| line(label, content));
    [
        Some(line("Deployed by", format!("{}{machine}", item.deployer_name))),
        shown("Approved by", item.approvers.len(), approvers),
        line_if("Change reference", item.change_reference.as_deref().unwrap_or_default()),
        shown("Artifacts", item.artifacts.len(), artifacts),
        shown("Evidence", item.evidence.len(), evidence),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn short(text: &str) -> Markup {
    match text.parse::<Sha256>() {
        Ok(known) => digest::short(&known),
        Err(_) => html! { code { (text) } },
    }
}

fn standing(word: &str) -> Tag {
    let tone = match word {
        "confirmed" => Tone::Good,
        "missed" | "troubled" => Tone::Bad,
        "unconfirmed" => Tone::Active,
        _ => Tone::Quiet,
    };
    Tag::new(words::title(word), tone)
}

/// `GET /deployments`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let app = &visitor.app;
    let wanted = DeploymentQuery {
        model: typed.filled("model").and_then(|model| model.parse().ok()),
        environment: typed.filled("environment").and_then(|place| place.parse().ok()),
        from: maybe_bound(app, "from", typed.filled("from")).await?,
        to: maybe_bound(app, "to", typed.filled("to")).await?,
        after: typed.filled("after").map(read_cursor).transpose()?,
        limit: 30,
    };
    let page = app.deployments(&wanted).await?;
    let names = app.names().await?;
    let policy = app.policy_in_force(&visitor.register).await?;
    let role = |word: &str| match (&policy, word.parse()) {
        (Some(loaded), Ok(role)) => loaded.policy.title_of(&role).to_owned(),
        (_, _) => word.to_owned(),
    };
    let rows = page.records.iter().map(|record| {
        let summary = page.texts.get(&record.summary.digest());
        Row::of(role, DeploymentItem::of(record, summary, &names))
    });
    let rows = rows.collect();
    let next = page.next.as_ref().map(|next| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(typed.except(&["after"])).append_pair("after", &write_cursor(next));
        format!("/deployments?{}", query.finish())
    });
    let environments = visitor.register.environments.iter().map(ToString::to_string).collect();
    let models = releases::models(&visitor).await?;
    visitor.page(&Deployments { typed, models, environments, rows, next })
}

impl Deployments {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let item = serde_json::json!({
            "release": "r-000000000000", "model": "support-summarizer", "title": "summarizer v1.4",
            "change": "configuration_change", "environment": "production",
            "at": "2026-05-11T14:20:00Z", "deployer": "p-1", "deployer_name": "Jo Rivera",
            "by_machine": false, "summary": "The prompt asks for obligations first.",
            "change_reference": "CHG-1042", "standing": "confirmed",
            "artifacts": [{
                "name": "prompt-v1.4", "kind": "prompt", "digest": Sha256::of(b"prompt"),
            }],
            "approvers": [{
                "person": "p-2", "name": "Mara Okafor", "role": "compliance",
                "at": "2026-05-11T10:05:00Z",
            }],
            "evidence": [{
                "evidence": "e1", "name": "evaluation.json", "sha256": Sha256::of(b"evaluation"),
                "format": "metrics-json",
            }],
            "flags": ["exception"],
        });
        let sample: Option<DeploymentItem> = serde_json::from_value(item).ok();
        let rows: Vec<Row> =
            sample.map(|it| Row::of(|_| "Compliance".into(), it)).into_iter().collect();
        let environments = vec!["production".into(), "staging".into()];
        let next = Some("/deployments?after=x".into());
        vec![Self { rows, environments, next, ..Self::default() }, Self::default()]
    }
}
