//! What the page of a control is made from.

use super::{ControlPage, Deployed, Link, Maturity, Reporting, Shown};
use crate::api::controls::pack::download;
use crate::app::Precautions;
use crate::app::controls::LoadedControl;
use crate::failure::Failure;
use crate::pack::control::Contents;
use crate::portal::components::tag::{Tag, Tone};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect};
use countersign_core::actor::Who;
use countersign_core::control::evidence::Period;
use countersign_core::control::maturity::{LevelStatus, Metrics};
use countersign_core::control::{ControlId, LinkKind, LinkStatus, Part};
use countersign_core::framework::Held;
use jiff::ToSpan;
use jiff::civil::Date;

/// How many days are shown when nobody says which.
const BY_DEFAULT: i64 = 90;

fn id_of(control: &str) -> Result<ControlId, Failure> {
    control.parse().map_err(|_| Failure::not_found("control", control))
}

/// `GET /controls/{control}`
pub async fn show(visitor: Visitor, Path(control): Path<String>, query: RawQuery) -> Answer {
    let typed = Typed::decode(query.0.unwrap_or_default().as_bytes());
    let loaded = visitor.app.control(&id_of(&control)?, None).await?;
    let today = visitor.app.today_for(&visitor.register);
    let first = today.checked_sub(BY_DEFAULT.days()).unwrap_or(today);
    let day = |name: &str, otherwise: Date| {
        typed.filled(name).map_or_else(|| otherwise.to_string(), str::to_owned)
    };
    let days = (day("from", first), day("to", today));
    let mut page = page(&visitor, &loaded, days).await?;
    match period(&visitor, &page.days).await {
        Ok(period) => {
            page.shown = Some(shown(visitor.app.control_contents(loaded, period).await?));
            visitor.page(&page)
        }
        Err(failure) => {
            page.faults = Faults::from_failure(failure)?;
            visitor.again(&page)
        }
    }
}

/// `GET /controls/{control}/evidence`
pub async fn evidence(visitor: Visitor, Path(control): Path<String>, query: RawQuery) -> Answer {
    let typed = Typed::decode(query.0.unwrap_or_default().as_bytes());
    let days = (typed.one("from"), typed.one("to"));
    let control = id_of(&control)?;
    Ok(download(&visitor.app, control.as_str(), days).await?)
}

/// `POST /controls/{control}/report`
pub async fn report(Path(control): Path<String>, Post { visitor, typed }: Post) -> Answer {
    let id = id_of(&control)?;
    let days = (typed.one("from").to_owned(), typed.one("to").to_owned());
    let period = period(&visitor, &days).await?;
    let care = Precautions::default();
    match visitor.app.report_control(&visitor.caller, (&id, period), care).await {
        Ok(_) => {
            let path = format!("/controls/{id}?from={}&to={}", days.0, days.1);
            Ok(Redirect::to(&path).into_response())
        }
        Err(failure) => {
            let loaded = visitor.app.control(&id, None).await?;
            let mut page = page(&visitor, &loaded, days).await?;
            page.faults = Faults::from_failure(failure)?;
            visitor.again(&page)
        }
    }
}

async fn period(visitor: &Visitor, days: &(String, String)) -> Result<Period, Failure> {
    let day = |field: &str, text: &str| {
        text.parse::<Date>().map_err(|_| Failure::malformed(field, "say a day: 2026-03-31"))
    };
    visitor.app.period(day("from", &days.0)?, day("to", &days.1)?).await
}

async fn page(
    visitor: &Visitor,
    loaded: &LoadedControl,
    days: (String, String),
) -> Result<ControlPage, Failure> {
    let control = &loaded.control;
    let links = visitor.app.control_links(control).await?;
    let shown_by = |part: Option<Part>| match part {
        Some(part) => format!("Shown below as “{}”.", part.human()),
        None => "Not among the records of the gate.".to_owned(),
    };
    let agents = if control.agent_relevant { "Yes" } else { "No" };
    let asked = control.evidence.iter().map(|one| (one.asks.clone(), shown_by(one.shown_by)));
    Ok(ControlPage {
        id: loaded.reference.id.to_string(),
        title: control.title.clone(),
        facts: vec![
            ("Domain", control.domain.clone()),
            ("Typical owner", control.typical_owner.clone()),
            ("Effort", control.effort.human().to_owned()),
            ("Concerns agents", agents.to_owned()),
            ("Version", control.version.clone()),
        ],
        objective: control.objective.clone(),
        steps: control.steps.clone(),
        asked: asked.collect(),
        links: links.into_iter().map(linked).collect(),
        days,
        reports: match visitor.actor().reads_only {
            Some(_) => Reporting::Withheld,
            None => Reporting::Offered,
        },
        ..ControlPage::default()
    })
}

fn linked(link: LinkStatus) -> Link {
    let path = match link.kind {
        LinkKind::Runbook => Some(format!("/runbooks/{}", link.name)),
        LinkKind::Policy | LinkKind::Item | LinkKind::Criterion => Some("/policy".to_owned()),
        LinkKind::Format => None,
    };
    let (title, path, there) = match link.title {
        Some(title) => (title, path, Tag::new("There", Tone::Good)),
        None => (link.name, None, Tag::new("Not there", Tone::Bad)),
    };
    Link { kind: link.kind.human(), title, path, there }
}

fn shown(contents: Contents) -> Shown {
    let (count, gaps) = (contents.deployments.len(), contents.gaps());
    let deployments = words::count(count, "deployment", "deployments");
    let says = match gaps {
        0 => format!("{deployments}, nothing missing."),
        gaps => format!("{deployments}, {gaps} with something missing."),
    };
    let by = |who: &Who| match who {
        Who::Person(person) => contents.name(person).to_owned(),
        Who::Machine(_) | Who::System => who.to_string(),
    };
    let lines = contents.deployments.iter().map(|one| Deployed {
        path: format!("/releases/{}", one.release),
        title: one.title.clone(),
        environment: one.deployment.environment.to_string(),
        at: one.deployment.at,
        by: by(&one.deployment.deployer),
        parts: one.parts.iter().map(|part| (held(part.held), part.because.clone())).collect(),
    });
    Shown {
        says,
        parts: contents.parts().iter().map(|part| part.human()).collect(),
        deployments: lines.collect(),
        maturity: contents.maturity.as_ref().map(|maturity| Maturity {
            level: maturity.level.map_or("not known", |level| level.human()).to_owned(),
            means: maturity.level.map_or_else(
                || "Nothing was seen in these days.".to_owned(),
                |level| contents.loaded().control.maturity.of(level).to_owned(),
            ),
            levels: maturity.levels.iter().map(level).collect(),
            numbers: numbers(&maturity.metrics),
        }),
    }
}

fn level(status: &LevelStatus) -> (String, Tag, String, Vec<String>) {
    let seen = match status.seen {
        true => Tag::new("Yes", Tone::Good),
        false => Tag::new("No", Tone::Quiet),
    };
    (status.level.human().to_owned(), seen, status.because.clone(), status.missing.clone())
}

fn held(held: Held) -> Tag {
    let tone = match held {
        Held::Held => Tone::Good,
        Held::NotApplicable | Held::NotAsked => Tone::Quiet,
        Held::NotYet => Tone::Active,
        Held::Missing => Tone::Bad,
    };
    Tag::new(words::title(held.word()), tone)
}

fn numbers(metrics: &Metrics) -> Vec<(String, String)> {
    let none = || "not known".to_owned();
    let took = |minutes: Option<u64>| {
        minutes.map_or_else(none, |minutes| format!("{} h {} min", minutes / 60, minutes % 60))
    };
    let rate = metrics.approval_percent.map_or_else(none, |percent| format!("{percent} %"));
    let reasons = metrics.rejections.iter();
    let reasons: Vec<String> =
        reasons.map(|(reason, count)| format!("{} {count}", words::plain(reason.word()))).collect();
    let reasons = if reasons.is_empty() { "none".to_owned() } else { reasons.join(", ") };
    [
        ("Decisions", format!("{} approved, {} rejected", metrics.approved, metrics.rejected)),
        ("Approval rate", rate),
        ("Reasons of rejection", reasons),
        ("From submission to decision, median", took(metrics.median_minutes)),
        ("Longest", took(metrics.longest_minutes)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
