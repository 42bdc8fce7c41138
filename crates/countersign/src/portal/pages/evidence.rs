//! A piece of evidence: what was read from it, with the place of each, and the file itself.

use crate::api::releases::evidence::content::download;
use crate::app::{AnyCommand, Draft, View};
use crate::failure::Failure;
use crate::portal::components::summary_list::{Line, line, line_if};
use crate::portal::components::table::{self, cell};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, digest, heading, notice, summary_list};
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::gather::target;
use crate::portal::pages::release::lines::Action;
use crate::portal::pages::release::titles::who;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::criterion::with_unit;
use countersign_core::name::{EvidenceId, ReleaseId};
use countersign_core::reading::{
    Check, Completeness, Finding, FindingState, Measurement, Outcome, Reading, Severity,
};
use countersign_core::release::{Attached, Command};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct EvidencePage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub release_title: String,
    /// The evidence's identifier.
    pub evidence: String,
    /// The file's name.
    pub name: String,
    /// What it is.
    pub facts: Vec<Line>,
    /// What was read; `None` for a file no reader knows.
    pub reading: Option<Reading>,
    /// The findings closed by hand, by identifier, with the reason.
    pub closed: Vec<(String, String)>,
    /// Who opened it.
    pub opened_by: Vec<String>,
    /// How its content was purged; `None` while it is there.
    pub purged: Option<String>,
    /// Where it is withdrawn, when it can be.
    pub withdraw: Option<Action>,
}

impl EvidencePage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let mut reading = Reading::new("metrics-json");
        reading.tool = Some("evaluator".into());
        let place = countersign_core::reading::Place::Pointer("/metrics/hallucination_rate".into());
        reading.measurements.push(Measurement {
            metric: "hallucination_rate".into(),
            task: Some("summaries".into()),
            slice: None,
            value: "0.081".parse().ok(),
            unit: countersign_core::reading::Unit::Fraction,
            direction: None,
            n: Some(400),
            stderr: None,
            place: place.clone(),
        });
        reading.findings.push(Finding {
            id: "B602:tools.py:12".into(),
            rule: "B602".into(),
            severity: Severity::Critical,
            severity_from: "`security-severity` 9.8".into(),
            state: FindingState::Open,
            message: "a shell is started with text from outside".into(),
            place: place.clone(),
        });
        reading.checks.push(Check {
            name: "injection.ignores_instructions".into(),
            outcome: Outcome::Fail,
            detail: "the model followed the page".into(),
            place: place.clone(),
        });
        reading.warnings.push(countersign_core::reading::Warning {
            message: "one metric has no unit".into(),
            place,
        });
        let page = Self {
            id: "r-000000000000".into(),
            release_title: "summarizer v1.4".into(),
            evidence: "e2".into(),
            name: "evaluation.json".into(),
            facts: vec![line("Attached to", "Validation test report"), line("Size", "2.1 KiB")],
            reading: Some(reading),
            closed: Vec::new(),
            opened_by: vec!["Sam Chen".into()],
            purged: None,
            withdraw: Some(Action::new(
                "/releases/r-000000000000/say/withdraw-evidence-e2",
                "Withdraw it",
            )),
        };
        let purged = "Purged on 1 Jun 2036 by Mara Okafor: nobody needs it any more";
        let purged = Self { purged: Some(purged.into()), withdraw: None, ..page.clone() };
        vec![
            page.clone(),
            Self { reading: None, withdraw: None, opened_by: vec![], ..page },
            purged,
        ]
    }

    fn read(&self, reading: &Reading) -> Markup {
        html! {
            (completeness(&reading.completeness))
            @for warning in &reading.warnings {
                (notice::inset(html! { (words::capital(&warning.message)) " " code { (warning.place) } }))
            }
            (measurements(&reading.measurements))
            (self.findings(&reading.findings))
            (checks(&reading.checks))
            (facts(reading))
        }
    }

    fn findings(&self, findings: &[Finding]) -> Markup {
        let rows: Vec<Vec<Markup>> = findings.iter().map(|one| self.finding(one)).collect();
        titled("Findings", &["Severity", "Finding", "What the tool says", "Place", "State"], &rows)
    }

    fn finding(&self, one: &Finding) -> Vec<Markup> {
        let closed = self.closed.iter().find(|(id, _)| id == &one.id);
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let query = query.append_pair("finding", &one.id).finish();
        let path = format!("/releases/{}/say/close-finding-{}?{query}", self.id, self.evidence);
        let state = match (closed, one.state) {
            (Some((_, reason)), _) => {
                html! { (tag::render(&Tag::new("Closed", Tone::Good))) " " (reason) }
            }
            (None, FindingState::Open) => html! {
                (tag::render(&Tag::new("Open", Tone::Bad))) " "
                a href=(path) { "Close" span.hidden { " the finding " (one.id) } }
            },
            (None, FindingState::Suppressed) => {
                tag::render(&Tag::new("Accepted in the file", Tone::Quiet))
            }
            (None, FindingState::Absent) => tag::render(&Tag::new("Gone", Tone::Quiet)),
        };
        let tone = match one.severity {
            Severity::Critical | Severity::Unknown => Tone::Bad,
            Severity::High => Tone::Warn,
            Severity::Info | Severity::Low | Severity::Medium => Tone::Quiet,
        };
        vec![
            html! { (tag::render(&Tag::new(words::title(&one.severity.to_string()), tone))) span.hint { " " (words::capital(&one.severity_from)) } },
            cell(&one.rule),
            cell(&one.message),
            html! { code { (one.place) } },
            state,
        ]
    }
}

fn titled(title: &str, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section { h2 { (title) } (table::render(title, columns, rows)) }
        }
    }
}

fn completeness(completeness: &Completeness) -> Markup {
    match completeness {
        Completeness::Whole => html! {},
        Completeness::Partial { what, place } => notice::warning(
            html! { "The run is partial: " (what) " (" (place) "). It satisfies no criterion." },
        ),
        Completeness::Failed { what, place } => notice::warning(
            html! { "The run failed: " (what) " (" (place) "). It satisfies no criterion." },
        ),
    }
}

fn measurements(measurements: &[Measurement]) -> Markup {
    let row = |one: &Measurement| {
        let value = one.value.map_or_else(|| "not a number".into(), |it| with_unit(it, one.unit));
        let on = [one.task.as_deref(), one.slice.as_deref()];
        // Some tools write the word `none` where there is no slice.
        let on: Vec<&str> = on.into_iter().flatten().filter(|word| *word != "none").collect();
        let n = one.n.map(|n| n.to_string()).unwrap_or_default();
        vec![
            cell(&one.metric),
            cell(on.join(", ")),
            html! { strong { (value) } },
            cell(n),
            html! { code { (one.place) } },
        ]
    };
    let rows: Vec<_> = measurements.iter().map(row).collect();
    titled("Measurements", &["Metric", "On", "Value", "Samples", "Place"], &rows)
}

fn checks(checks: &[Check]) -> Markup {
    let row = |one: &Check| {
        let tag = match one.outcome {
            Outcome::Pass => Tag::new("Pass", Tone::Good),
            Outcome::Fail => Tag::new("Fail", Tone::Bad),
            Outcome::Error => Tag::new("Error", Tone::Bad),
            Outcome::Skip => Tag::new("Skipped", Tone::Warn),
        };
        vec![tag::render(&tag), cell(&one.name), cell(&one.detail), html! { code { (one.place) } }]
    };
    let rows: Vec<_> = checks.iter().map(row).collect();
    titled("Checks", &["Outcome", "Check", "Detail", "Place"], &rows)
}

fn facts(reading: &Reading) -> Markup {
    let rows: Vec<_> = reading
        .facts
        .iter()
        .map(|one| {
            vec![cell(words::title(&one.name)), cell(&one.value), html! { code { (one.place) } }]
        })
        .collect();
    titled("Facts", &["Fact", "Value", "Place"], &rows)
}

impl Page for EvidencePage {
    fn title(&self) -> String {
        format!("{} ({})", self.name, self.evidence)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, _: &Shell) -> Markup {
        let content = format!("/releases/{}/evidence/{}/content", self.id, self.evidence);
        let opened = Some(&self.opened_by).filter(|names| !names.is_empty());
        html! {
            (heading::of_release(&self.id, &self.release_title, &self.name))
            (summary_list::render(&self.facts))
            @if let Some(names) = opened { p.hint { "Opened by " (words::list(names)) "." } }
            @match &self.purged {
                None => (button::row(&[button::link(&content, &format!("Download {}", self.name))])),
                Some(how) => (notice::inset(html! { (how) ". What was read from it stays." })),
            }
            @match &self.reading {
                Some(reading) => (self.read(reading)),
                None => (notice::inset("No reader knows this format. The file is kept as it is, and satisfies no criterion.")),
            }
            @if let Some(withdraw) = &self.withdraw { p { a href=(withdraw.path) { (withdraw.text) } } }
        }
    }
}

struct Found {
    view: View,
    release: ReleaseId,
    evidence: EvidenceId,
}

impl Found {
    async fn at(visitor: &Visitor, (id, evidence): &(String, String)) -> Result<Self, Wrong> {
        let view = super::release::view(visitor, id).await?;
        let release = crate::api::body::parse("release", id)?;
        let evidence = crate::api::body::parse("evidence", evidence)?;
        Ok(Self { view, release, evidence })
    }

    fn attached(&self) -> Result<&Attached, Wrong> {
        let found = self.view.release.state.evidence.get(&self.evidence);
        Ok(found.ok_or_else(|| Failure::not_found("evidence", &self.evidence))?)
    }

    /// Opening is noted once for each person; a second time there is nothing to note.
    async fn note_opened(&self, visitor: &Visitor) -> Result<(), Wrong> {
        let opened = (self.evidence.clone(), visitor.person.clone());
        if self.view.release.state.opened.contains(&opened) {
            return Ok(());
        }
        let command = Command::OpenEvidence { evidence: self.evidence.clone() };
        let command = AnyCommand::Release(self.release.clone(), Box::new(command));
        visitor.carry_out(command, Draft::default()).await.map(|_| ())
    }
}

fn facts_of(found: &Found, attached: &Attached, shell: &Shell) -> Vec<Line> {
    let (view, one) = (&found.view, &attached.evidence);
    let reading = one.reading.as_ref();
    let tool = reading.and_then(|reading| {
        let version = reading.tool_version.as_deref().unwrap_or_default();
        Some(format!("{} {version}", reading.tool.as_ref()?))
    });
    let parts: Vec<&str> = one.parts.iter().map(String::as_str).collect();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let redacted = Some("Customer examples are redacted").filter(|_| one.redacted);
    let counts =
        Some("It was withdrawn or replaced, and no longer counts").filter(|_| attached.withdrawn);
    let lines = [
        counts.map(|text| line("State", text)),
        Some(line("Attached to", target(view, &one.target))),
        Some(line("By", html! { (who(view, &attached.by)) ", " (shell.zone.moment(attached.at)) })),
        Some(line("Digest", digest::whole(&one.sha256))),
        Some(line("Size", words::size(one.size))),
        line_if("Parts", &words::list(&parts)),
        redacted.map(|text| line("Redaction", text)),
        reading.map(|reading| line("Format", &reading.format)),
        line_if("Written by", &tool.unwrap_or_default()),
        line_if("Made at", &text(reading.and_then(|it| it.generated_at.as_ref()))),
        line_if("Says it measured", &text(reading.and_then(|it| it.claimed_subject.as_ref()))),
    ];
    lines.into_iter().flatten().collect()
}

/// When, by whom and why its content was purged.
fn purged(found: &Found, shell: &Shell) -> Option<String> {
    let view = &found.view;
    let purged = view.release.state.kept.purged.get(&found.evidence)?;
    let by = purged.by.as_ref().map(|by| view.name(by)).unwrap_or_default();
    let (at, because) = (shell.zone.text(purged.at), view.text(&purged.reason));
    Some(format!("Purged on {at} by {by}, because: {}", because.trim_end_matches('.')))
}

/// `GET /releases/{release}/evidence/{evidence}`: showing it is opening it.
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let found = Found::at(&visitor, &path).await?;
    let attached = found.attached()?;
    found.note_opened(&visitor).await?;
    let state = &found.view.release.state;
    let opened = state.opened.iter().filter(|(id, _)| id == &found.evidence);
    let closed = state.closed_findings.iter().filter(|((id, _), _)| id == &found.evidence);
    let withdraw = match crate::portal::command::unwritten() {
        Some(reason) => {
            let evidence = found.evidence.clone();
            let trial = Command::WithdrawEvidence { evidence, reason };
            visitor.would_refuse(&found.release, trial).await?.is_none()
        }
        None => false,
    };
    let (id, evidence) = path;
    let say = format!("/releases/{id}/say/withdraw-evidence-{evidence}");
    visitor.page(&EvidencePage {
        release_title: state.request.as_ref().map(|it| it.title.clone()).unwrap_or_default(),
        name: attached.evidence.name.clone(),
        facts: facts_of(&found, attached, &visitor.shell),
        reading: attached.evidence.reading.clone(),
        closed: closed
            .map(|((_, finding), why)| (finding.clone(), found.view.text(why).to_owned()))
            .collect(),
        opened_by: opened.map(|(_, person)| found.view.name(person).to_owned()).collect(),
        purged: purged(&found, &visitor.shell),
        withdraw: withdraw.then(|| Action::new(say, "Withdraw this evidence")),
        id,
        evidence,
    })
}

/// `GET /releases/{release}/evidence/{evidence}/content`: the bytes, to be kept and not shown.
pub async fn content(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let release = crate::api::body::parse("release", &path.0)?;
    let evidence = crate::api::body::parse("evidence", &path.1)?;
    Ok(download(&visitor.app, &visitor.caller, &release, &evidence).await?)
}
