//! The committee room: what is on the agenda, the sessions called and held, and calling one.

pub mod session;
pub mod table;

use crate::app::{AnyCommand, Draft};
use crate::failure::{Doing, Failure};
use crate::portal::command::onwards;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, empty, error_summary, form, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::entry::EntryKind;
use countersign_core::meeting::MeetingCommand;
use countersign_core::rows::EntryRow;
use countersign_store::{EntryQuery, Which};
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// What waits for a session.
    pub agenda: Vec<Line>,
    /// Sessions that are called or open.
    pub coming: Vec<Line>,
    /// Sessions that were held or called off.
    pub held: Vec<Line>,
    /// Why the visitor may not call a session; empty when the form is offered.
    pub closed: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// Something listed.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Where it stands.
    pub state: Tag,
    /// When it is due or takes place.
    pub at: Option<Timestamp>,
}

impl Room {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let line = |title: &str, path: &str, state: &str| Line {
            title: title.into(),
            path: path.into(),
            state: Tag::new(state, Tone::Active),
            at: "2026-05-25T09:00:00Z".parse().ok(),
        };
        let agenda =
            vec![line("Decide about summarizer v1.4", "/releases/r-000000000000", "Waiting")];
        let coming = vec![line("May session", "/committee/m-000000000000", "Called")];
        let held = vec![line("April session", "/committee/m-000000000001", "Closed")];
        let full = Self { agenda, coming, held, ..Self::default() };
        let closed = "You may not call a session of the committee.".to_owned();
        let faults = Faults::at("title", "a session needs a title");
        vec![full.clone(), Self { faults, ..full }, Self { closed, ..Self::default() }]
    }

    fn call(&self, shell: &Shell) -> Markup {
        let title = Field::new(Kind::Line, "title", "Title").value(self.typed.one("title"));
        let at = Field::new(Kind::Moment, "at", "When")
            .hint("Leave it empty for a session that begins now.")
            .optional()
            .value(self.typed.one("at"));
        let urgent = Field::new(Kind::Lines, "urgent", "Why it cannot wait for its turn")
            .hint("Only for a session out of turn.")
            .optional()
            .value(self.typed.one("urgent"));
        html! {
            section {
                h2 { "Call a session" }
                (form::post("/committee", shell, html! {
                    (title.render(&self.faults))
                    (at.render(&self.faults))
                    (urgent.render(&self.faults))
                    (button::submit("Call the session"))
                }))
            }
        }
    }
}

impl Page for Room {
    fn title(&self) -> String {
        "Committee room".into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let offered = Some(()).filter(|()| self.closed.is_empty());
        html! {
            (error_summary::render(&self.faults))
            h1 { "Committee room" }
            section { h2 { "On the agenda" } (lines(&self.agenda, "Nothing waits for a session.", shell)) }
            section { h2 { "Sessions to come" } (lines(&self.coming, "No session is called.", shell)) }
            @if offered.is_some() { (self.call(shell)) } @else { (notice::inset(&self.closed)) }
            section { h2 { "Sessions held" } (lines(&self.held, "No session was held yet.", shell)) }
        }
    }
}

fn lines(lines: &[Line], none: &str, shell: &Shell) -> Markup {
    let some = lines.first();
    html! {
        @if some.is_some() {
            ul.cards {
                @for line in lines {
                    li {
                        div.what { h3 { a href=(line.path) { (line.title) } } }
                        div.where {
                            (tag::render(&line.state))
                            @if let Some(at) = line.at { p.hint { (shell.zone.moment(at)) } }
                        }
                    }
                }
            }
        } @else {
            (empty::render(none, "What only the committee decides comes onto the agenda by itself.", None))
        }
    }
}

async fn listed(visitor: &Visitor, kind: EntryKind, which: Which) -> Result<Vec<Line>, Wrong> {
    let query = EntryQuery { kind, which, model: None, after: None, limit: 50 };
    let page = visitor.app.store.entries(&query).await.doing("list entries")?;
    Ok(page.items.into_iter().map(line).collect())
}

fn line(row: EntryRow) -> Line {
    Line {
        path: crate::portal::pages::entries::path_of(&row),
        state: Tag::new(words::title(&row.state), Tone::Active),
        title: row.title,
        at: row.due,
    }
}

async fn page(visitor: &Visitor, typed: Typed, faults: Faults) -> Result<Room, Wrong> {
    let id = visitor.app.new_meeting_id()?;
    let (title, at, urgent) = ("Session".to_owned(), None, None);
    let call = MeetingCommand::Call { id: id.clone(), title, at, urgent };
    let call = AnyCommand::Meeting(id, Box::new(call));
    let closed = match visitor.app.foresee(&visitor.caller, &call, None).await {
        Ok(()) => String::new(),
        Err(Failure::Refused(refusal)) => format!("{}.", words::capital(&refusal.to_string())),
        Err(failure) => return Err(failure.into()),
    };
    Ok(Room {
        agenda: listed(visitor, EntryKind::AgendaItem, Which::Open).await?,
        coming: listed(visitor, EntryKind::Meeting, Which::Open).await?,
        held: listed(visitor, EntryKind::Meeting, Which::Closed).await?,
        closed,
        typed,
        faults,
    })
}

/// `GET /committee`
pub async fn show(visitor: Visitor) -> Answer {
    let page = page(&visitor, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

fn command(visitor: &Visitor, typed: &Typed) -> Result<(AnyCommand, Draft, String), Failure> {
    let mut draft = Draft::default();
    let no_moment = || Failure::malformed("at", "this is no date with a time");
    let moment = |at| visitor.shell.zone.parse(at).ok_or_else(no_moment);
    let at = typed.filled("at").map(moment).transpose()?;
    let urgent = draft.optional("urgent", typed.filled("urgent"))?;
    let title = typed.filled("title").unwrap_or_default().to_owned();
    if title.is_empty() {
        return Err(Failure::malformed("title", "a session needs a title"));
    }
    let id = visitor.app.new_meeting_id()?;
    let path = format!("/committee/{id}");
    let command = MeetingCommand::Call { id: id.clone(), title, at, urgent };
    Ok((AnyCommand::Meeting(id, Box::new(command)), draft, path))
}

/// `POST /committee`: a session is called.
pub async fn call(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let (faults, path) = match command(&visitor, &typed) {
        Ok((command, draft, path)) => (visitor.carry_out(command, draft).await?, path),
        Err(failure) => (Some(Faults::from_failure(failure)?), String::new()),
    };
    match faults {
        None => onwards(&path),
        Some(faults) => {
            let page = page(&visitor, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
