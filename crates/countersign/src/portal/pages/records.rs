//! The records of a release: what is kept of it, until when, what holds it, how it ends, and copies
//! for audits.

mod change;
mod sample;

pub use change::{change, export};

use crate::api::releases::records::{HoldView, PurgeView, RecordView, RecordsView};
use crate::app::AnyCommand;
use crate::failure::Failure;
use crate::portal::command::unwritten;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::table::{self, cell};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::name::{ModelName, ReleaseId};
use countersign_core::register::{HoldScope, RegisterCommand};
use countersign_core::release::{Command, RetentionCommand};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct RecordsPage {
    /// What the API says of them.
    pub records: RecordsView,
    /// What the visitor may do now.
    pub may: May,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// What the visitor may do, as the rules say.
#[derive(Debug, Clone, Default)]
pub struct May {
    /// Propose a purge.
    pub propose: Option<()>,
    /// Confirm the purges with these numbers.
    pub confirm: Vec<u32>,
    /// Refuse the purges with these numbers.
    pub refuse: Vec<u32>,
    /// Place a hold.
    pub hold: Option<()>,
    /// Lift the holds with these numbers.
    pub lift: Vec<u32>,
}

impl RecordsPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        sample::all()
    }

    fn path(&self, what: &str) -> String {
        format!("/releases/{}/records/{what}", self.records.release)
    }

    /// A form that takes one text. Several stand on the page, so that each has a name of its own.
    fn reasoned(&self, what: &str, (label, button): (&str, Markup), shell: &Shell) -> Markup {
        let name = change::field(what);
        let reason = Field::new(Kind::Lines, &name, label).value(self.typed.one(&name));
        form::post(&self.path(what), shell, html! { (reason.render(&self.faults)) (button) })
    }

    fn holds(&self, shell: &Shell) -> Markup {
        html! {
            @if !self.records.holds.is_empty() || self.may.hold.is_some() {
                section {
                    h2 id="holds" { "Legal holds" }
                    ul.lines { @for hold in &self.records.holds { li { (self.hold(hold, shell)) } } }
                    @if self.may.hold.is_some() {
                        details {
                            summary { "Place a hold on this release" }
                            p.hint { "As long as it stands, nothing of the release is purged or erased." }
                            (self.reasoned("hold", ("Why it is held", button::submit("Place the hold")), shell))
                        }
                    }
                }
            }
        }
    }

    fn hold(&self, hold: &HoldView, shell: &Shell) -> Markup {
        let (word, tone) = match hold.lifted_at {
            None => ("Stands", Tone::Warn),
            Some(_) => ("Lifted", Tone::Quiet),
        };
        let lift = format!("lift-{}", hold.number);
        html! {
            div.over { h3 { "Hold " (hold.number) } (tag::render(&Tag::new(word, tone))) }
            p { (hold.reason) }
            p.hint { "On " (hold.on) ". Placed by " (hold.placed_by) ", " (day(&hold.placed_at)) "." }
            @if let Some(by) = &hold.lifted_by { p.hint { "Lifted by " (by) "." } }
            @if self.may.lift.contains(&hold.number) {
                details {
                    summary { "Lift hold " (hold.number) }
                    p.hint { "Whoever lifts it takes no part in a purge of what it covered." }
                    (self.reasoned(&lift, ("Why it is lifted", button::stop(&format!("Lift hold {}", hold.number))), shell))
                }
            }
        }
    }

    fn purges(&self, shell: &Shell) -> Markup {
        let due = &self.records.due;
        html! {
            @if !self.records.purges.is_empty() || self.may.propose.is_some() {
                section {
                    h2 id="purges" { "Purges" }
                    ul.lines { @for purge in &self.records.purges { li { (self.purge(purge, shell)) } } }
                    @if self.may.propose.is_some() {
                        p { "Keeping has ended for " (words::count(due.len(), "file", "files")) ": " (words::list(due)) "." }
                        details {
                            summary { "Propose to purge them" }
                            p.hint { "A second person confirms. What was read from the files stays, and so do their digests." }
                            (self.reasoned("propose", ("Why they are purged", button::stop("Propose the purge")), shell))
                        }
                    }
                }
            }
        }
    }

    fn purge(&self, purge: &PurgeView, shell: &Shell) -> Markup {
        let tone = match purge.state.as_str() {
            "proposed" => Tone::Active,
            _ => Tone::Quiet,
        };
        let number = purge.number;
        let confirm = format!("Purge {} for good", words::list(&purge.evidence));
        html! {
            div.over { h3 { "Purge " (number) " of " (words::list(&purge.evidence)) } (tag::render(&Tag::new(words::title(&purge.state), tone))) }
            p { (purge.reason) }
            p.hint { "Proposed by " (purge.proposed_by) ", " (day(&purge.proposed_at)) "." }
            @if self.may.confirm.contains(&number) {
                (form::post(&self.path(&format!("confirm-{number}")), shell, button::stop(&confirm)))
            }
            @if self.may.refuse.contains(&number) {
                details {
                    summary { "Refuse purge " (number) }
                    (self.reasoned(&format!("refuse-{number}"), ("Why it is refused", button::submit(&format!("Refuse purge {number}"))), shell))
                }
            }
        }
    }
}

/// The day of a moment as the API writes it.
fn day(moment: &str) -> &str {
    moment.split('T').next().unwrap_or(moment)
}

fn record(record: &RecordView) -> Markup {
    let (word, tone) = match record.state.as_str() {
        "there" => ("There", Tone::Good),
        "missing" => ("Incomplete", Tone::Warn),
        "not_yet" => ("Not yet", Tone::Quiet),
        _ => ("Nothing to keep", Tone::Quiet),
    };
    let row = |piece: &crate::api::releases::records::PieceView| {
        let gone = piece.purged_at.as_ref().map(|at| format!("purged {}", day(at)));
        vec![
            cell(&piece.what),
            cell(day(&piece.at)),
            cell(piece.by.as_deref().unwrap_or_default()),
            cell(gone.or_else(|| piece.text.clone()).unwrap_or_default()),
        ]
    };
    let rows: Vec<Vec<Markup>> = record.pieces.iter().map(row).collect();
    html! {
        section {
            div.over { h2 { (record.title) } (tag::render(&Tag::new(word, tone))) }
            @for missing in &record.missing { p { (words::capital(missing)) "." } }
            @if !rows.is_empty() { (table::render(&record.title, &["What", "Day", "Who", "In words"], &rows)) }
        }
    }
}

impl Page for RecordsPage {
    fn title(&self) -> String {
        format!("Records: {}", self.records.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let (id, title) = (&self.records.release, &self.records.title);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(id, title, "Records"))
            p.lead { "They are kept " (self.records.kept) "." }
            (button::row(&[button::link(&self.path("export"), "Download a copy")]))
            (notice::inset(html! { "The copy proves itself: " code { "countersign verify" } " checks it without this server. The log says who took it." }))
            (self.holds(shell))
            (self.purges(shell))
            @if shell.sees_people() {
                section {
                    h2 { "Free texts" }
                    p { a href={ "/texts?stream=release/" (id) } { "What people wrote about this release, and erasing it on request" } }
                }
            }
            @for one in &self.records.records { (record(one)) }
        }
    }
}

async fn may(visitor: &Visitor, records: &RecordsView) -> Result<May, Wrong> {
    let mut may = May::default();
    let Some(reason) = unwritten() else { return Ok(may) };
    let id: ReleaseId = crate::api::body::parse("release", &records.release)?;
    let model: ModelName = crate::api::body::parse("model", &records.model)?;
    let allowed = async |command: RetentionCommand| -> Result<bool, Wrong> {
        Ok(visitor.would_refuse(&id, Command::Retention(command)).await?.is_none())
    };
    let evidence = [].into();
    if allowed(RetentionCommand::ProposePurge { evidence, reason }).await? {
        may.propose = Some(());
    }
    for purge in &records.purges {
        let number = purge.number;
        if allowed(RetentionCommand::ConfirmPurge { number }).await? {
            may.confirm.push(number);
        }
        if allowed(RetentionCommand::RefusePurge { number, reason }).await? {
            may.refuse.push(number);
        }
    }
    let registers = async |command: RegisterCommand| -> Result<bool, Wrong> {
        let command = AnyCommand::Register(command);
        match visitor.app.foresee(&visitor.caller, &command, None).await {
            Ok(()) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(failure) => Err(failure.into()),
        }
    };
    let scope = HoldScope { model, release: Some(id.clone()) };
    if registers(RegisterCommand::PlaceHold { scope, reason }).await? {
        may.hold = Some(());
    }
    for hold in &records.holds {
        let number = hold.number;
        if registers(RegisterCommand::LiftHold { number, reason }).await? {
            may.lift.push(number);
        }
    }
    Ok(may)
}

async fn page(
    visitor: &Visitor,
    id: &str,
    typed: Typed,
    faults: Faults,
) -> Result<RecordsPage, Wrong> {
    let view = super::release::view(visitor, id).await?;
    let records = RecordsView::of(&visitor.app, &view).await?;
    let may = may(visitor, &records).await?;
    Ok(RecordsPage { records, may, typed, faults })
}

/// `GET /releases/{release}/records`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, &id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}
