//! The incidents of a release, on its page: what went wrong since it runs is the first thing whoever
//! opens the page has to know.

use super::lines::Action;
use crate::app::View;
use crate::failure::Doing;
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::layout::Shell;
use crate::portal::visit::Visitor;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::entry::EntryKind;
use countersign_core::stream::StreamId;
use countersign_store::{EntryQuery, Which};
use jiff::Timestamp;
use maud::{Markup, html};

/// How many incidents of a model are looked through at once.
const PAGE: u32 = 200;

/// An incident of the release.
#[derive(Debug, Clone)]
pub struct IncidentLine {
    /// What people call it, and its page.
    pub page: Action,
    /// Whether it waits for somebody.
    pub state: Tag,
    /// Since when.
    pub opened_at: Timestamp,
    /// Whether somebody has to decide about a suspension.
    pub asks_for_suspension: bool,
    /// Whether it is not closed.
    pub is_open: bool,
}

/// The incidents linked to this release, open ones first.
pub async fn of(visitor: &Visitor, view: &View) -> Result<Vec<IncidentLine>, Wrong> {
    let release = &*view.release.state;
    let model = release.request.as_ref().map(|request| request.model.clone());
    let (kind, which) = (EntryKind::Incident, Which::All);
    let mut query = EntryQuery { kind, which, model, after: None, limit: PAGE };
    let mut found = Vec::new();
    loop {
        let page = visitor.app.store.entries(&query).await.doing("list incidents")?;
        for row in &page.items {
            let StreamId::Incident(id) = &row.subject else { continue };
            let incident = visitor.app.incident(id).await?.state;
            if incident.links.release != release.id {
                continue;
            }
            let is_open = incident.is_open();
            let (word, tone) = if is_open { ("Open", Tone::Bad) } else { ("Closed", Tone::Good) };
            found.push(IncidentLine {
                page: Action::new(format!("/incidents/{id}"), row.title.clone()),
                state: Tag::new(word, tone),
                opened_at: row.opened_at,
                asks_for_suspension: incident.asks_for_suspension(),
                is_open,
            });
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    found.sort_by_key(|one| (!one.is_open, one.opened_at));
    Ok(found)
}

/// What the page says first about incidents that are open.
pub fn sentence(lines: &[IncidentLine]) -> Option<String> {
    let open = lines.iter().filter(|one| one.is_open).count();
    (open > 0).then(|| {
        let verb = if open == 1 { "is" } else { "are" };
        format!("{} about it {verb} open.", words::count(open, "incident", "incidents"))
    })
}

/// One of them.
pub fn line(one: &IncidentLine, shell: &Shell) -> Markup {
    html! {
        div.over { h3 { a href=(one.page.path) { (one.page.text) } } (tag::render(&one.state)) }
        p.hint { "since " (shell.zone.moment(one.opened_at)) }
        @if one.asks_for_suspension {
            p { "It is critical: somebody has to decide whether the release is suspended." }
        }
    }
}
