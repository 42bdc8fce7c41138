//! One session: its members, its table with the votes, and what the visitor can do in it now.

use super::table;
use crate::api::meetings::act::NewItem;
use crate::api::meetings::show::texts_of;
use crate::api::meetings::vote::{Closing, NewVote};
use crate::app::{AnyCommand, Draft};
use crate::failure::{Doing, Failure};
use crate::portal::command::{onwards, unwritten};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::summary_list::{line, line_if};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, error_summary, form, heading, summary_list};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::entry::EntryKind;
use countersign_core::meeting::MeetingCommand;
use countersign_core::name::MeetingId;
use countersign_store::{EntryQuery, Which};
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct Session {
    /// The identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// When it takes place.
    pub at: Timestamp,
    /// Where it stands.
    pub state: Tag,
    /// Why it was called out of turn; may be empty.
    pub urgent: String,
    /// Who sits in it; empty before it is open.
    pub members: String,
    /// What a decision needs, in words.
    pub rules: String,
    /// The table.
    pub items: Vec<table::Lying>,
    /// What could be put on the table: value and title.
    pub agenda: Vec<(String, String)>,
    /// The minutes; may be empty.
    pub minutes: String,
    /// What the visitor can do with the session as a whole now.
    pub can: Vec<Can>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// What can be done with a session as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Can {
    /// Open it.
    Open,
    /// Put something on its table.
    Put,
    /// Close it.
    Close,
}

impl Session {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let open = Self {
            id: "m-000000000000".into(),
            title: "May session".into(),
            at: Timestamp::UNIX_EPOCH,
            state: Tag::new("Open", Tone::Active),
            urgent: "The vendor stops the old version tomorrow.".into(),
            members: "R. Hale, K. Ito and P. Novak".into(),
            rules: "2 votes make a quorum; more yes than no carries an item.".into(),
            items: table::Lying::samples(),
            agenda: vec![("release r-1".into(), "Decide about triage v1".into())],
            minutes: String::new(),
            can: vec![Can::Put, Can::Close],
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let called = Self { can: vec![Can::Open], items: Vec::new(), ..open.clone() };
        let faults = Faults::at("minutes", "this needs a text");
        vec![open.clone(), called, Self { faults, minutes: "One item.".into(), ..open }]
    }

    fn chair(&self, shell: &Shell) -> Markup {
        let path = |what: &str| format!("/committee/{}/{what}", self.id);
        let minutes =
            Field::new(Kind::Lines, "minutes", "Minutes").value(self.typed.one("minutes"));
        html! {
            @for can in &self.can {
                @match can {
                    Can::Open => (form::post(&path("open"), shell, button::submit(&format!("Open {}", self.title)))),
                    Can::Put => {
                        section {
                            h2 { "Put something on the table" }
                            @for (value, title) in &self.agenda {
                                (form::post(&path("put"), shell, html! {
                                    (form::hidden(&[("topic", value)]))
                                    (button::other(&format!("Put on the table: {title}"), "put", "yes"))
                                }))
                            }
                        }
                    }
                    Can::Close => {
                        section {
                            h2 { "Close the session" }
                            (form::post(&path("close"), shell, html! {
                                (minutes.render(&self.faults))
                                (button::submit(&format!("Close {}", self.title)))
                            }))
                        }
                    }
                }
            }
        }
    }
}

impl Page for Session {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let lines = [
            Some(line("State", tag::render(&self.state))),
            Some(line("When", shell.zone.moment(self.at))),
            line_if("Called out of turn", &self.urgent),
            line_if("Members", &self.members),
            Some(line("Decisions", &self.rules)),
            line_if("Minutes", &self.minutes),
        ];
        let lines: Vec<_> = lines.into_iter().flatten().collect();
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/committee", "Committee room"))
            h1 { (self.title) }
            (summary_list::render(&lines))
            @for item in &self.items { (item.render(&self.id, (&self.typed, &self.faults), shell)) }
            (self.chair(shell))
        }
    }
}

/// What waits on the agenda, as a form sends it.
async fn agenda(visitor: &Visitor) -> Result<Vec<(String, String)>, Wrong> {
    let (kind, which) = (EntryKind::AgendaItem, Which::Open);
    let query = EntryQuery { kind, which, model: None, after: None, limit: 50 };
    let page = visitor.app.store.entries(&query).await.doing("list entries")?;
    Ok(page.items.into_iter().map(|row| (row.id, row.title)).collect())
}

async fn may(visitor: &Visitor, id: &MeetingId, command: MeetingCommand) -> Result<bool, Wrong> {
    let command = AnyCommand::Meeting(id.clone(), Box::new(command));
    match visitor.app.foresee(&visitor.caller, &command, None).await {
        Ok(()) => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(failure.into()),
    }
}

async fn can(visitor: &Visitor, id: &MeetingId) -> Result<Vec<Can>, Wrong> {
    let Some(text) = unwritten() else { return Ok(Vec::new()) };
    let matter = countersign_core::meeting::NewTopic::Matter { title: "a".into(), text };
    let asked = [
        (Can::Open, MeetingCommand::Open),
        (Can::Put, MeetingCommand::Put(matter)),
        (Can::Close, MeetingCommand::Close { minutes: text, file: None }),
    ];
    let mut can = Vec::new();
    for (what, command) in asked {
        if may(visitor, id, command).await? {
            can.push(what);
        }
    }
    Ok(can)
}

async fn page(
    visitor: &Visitor,
    id: &str,
    (typed, faults): (Typed, Faults),
) -> Result<Session, Wrong> {
    let id: MeetingId = crate::api::body::parse("session", id)?;
    let meeting = visitor.app.meeting(&id).await?.state;
    let call = meeting.call.as_ref().ok_or_else(|| Failure::not_found("session", &id))?;
    let texts = visitor.app.store.texts(&texts_of(&meeting)).await.doing("read texts")?;
    let names = visitor.app.names().await?;
    let said = |text: countersign_core::text::Text| {
        texts.get(&text.digest()).cloned().unwrap_or_else(|| "(this text was erased)".into())
    };
    let members = meeting.members.iter().map(|one| names.get(one).map_or(one.as_str(), |it| it));
    let carried = call.rules.decides_by.human();
    let mut items = Vec::new();
    for (number, item) in &meeting.items {
        let lying = table::Lying::of(*number, item, (&names, &said));
        items.push(lying.for_visitor(visitor, &id).await?);
    }
    Ok(Session {
        title: call.title.clone(),
        at: call.at,
        state: Tag::new(words::title(meeting.state.word()), Tone::Active),
        urgent: call.urgent.map(said).unwrap_or_default(),
        members: words::list(&members.collect::<Vec<_>>()),
        rules: format!("{} votes make a quorum; {carried} carries an item.", call.rules.quorum),
        items,
        agenda: agenda(visitor).await?,
        minutes: meeting.minutes.as_ref().map(|(text, _)| said(*text)).unwrap_or_default(),
        can: can(visitor, &id).await?,
        id: id.to_string(),
        typed,
        faults,
    })
}

/// `GET /committee/{session}`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, &id, (Typed::default(), Faults::default())).await?;
    visitor.page(&page)
}

async fn command(
    visitor: &Visitor,
    what: &str,
    typed: &Typed,
    draft: &mut Draft,
) -> Result<MeetingCommand, Failure> {
    let number = || crate::api::body::parse("number", typed.one("number"));
    let given = |name: &str| typed.filled(name).map(str::to_owned);
    match what {
        "open" => Ok(MeetingCommand::Open),
        "put" => {
            let topic = typed.one("topic");
            let item = match topic.strip_prefix("policy/").and_then(|it| it.split_once('/')) {
                Some((name, version)) => {
                    NewItem { policy: Some(format!("{name} {version}")), ..NewItem::default() }
                }
                None => {
                    let (release, key) = topic.split_once('/').unwrap_or((topic, "decision"));
                    let what = Some(key.to_owned()).filter(|key| key != "decision");
                    NewItem { release: Some(release.to_owned()), what, ..NewItem::default() }
                }
            };
            Ok(MeetingCommand::Put(item.checked(&visitor.app, draft).await?))
        }
        "vote" => {
            let (vote, reason) = (typed.one("vote").to_owned(), given("reason"));
            NewVote { vote, reason }.checked(number()?, draft)
        }
        "recuse" => {
            let reason = draft.text("reason", typed.one("reason"))?;
            Ok(MeetingCommand::Recuse { number: number()?, reason })
        }
        "settle" => {
            let (statement, because) = (given("statement"), given("because"));
            Closing { statement, because }.checked(number()?, draft)
        }
        "close" => {
            let minutes = draft.text("minutes", typed.one("minutes"))?;
            Ok(MeetingCommand::Close { minutes, file: None })
        }
        other => Err(Failure::not_found("page", other)),
    }
}

/// `POST /committee/{session}/{what}`
pub async fn act(Path((id, what)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let meeting: MeetingId = crate::api::body::parse("session", &id)?;
    let mut draft = Draft::default();
    let faults = match command(&visitor, &what, &typed, &mut draft).await {
        Ok(command) => {
            let command = AnyCommand::Meeting(meeting, Box::new(command));
            visitor.carry_out(command, draft).await?
        }
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/committee/{id}")),
        Some(faults) => {
            let page = page(&visitor, &id, (typed, faults)).await?;
            visitor.again(&page)
        }
    }
}
