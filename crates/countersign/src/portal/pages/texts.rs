//! The free texts of one history, event by event, and erasing them on request. For administrators,
//! and to look at for who reads everything.

use crate::app::Draft;
use crate::failure::{Doing, Failure};
use crate::portal::command::onwards;
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::timeline::quote;
use crate::portal::components::{button, empty, error_summary, form, heading, notice};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::RawQuery;
use countersign_core::actor::Who;
use countersign_core::stream::StreamId;
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The history: `release/r-…`.
    pub stream: String,
    /// Where the page of what it is about is.
    pub back: String,
    /// Its events that hold texts which are still kept, the oldest first.
    pub events: Vec<Holding>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// An event that holds texts.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Its number in the history.
    pub number: u64,
    /// What happened, in a word or two.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// The texts.
    pub texts: Vec<String>,
}

impl Texts {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let one = |number: u64, what: &str, text: &str| Holding {
            number,
            what: what.into(),
            who: "Jo Rivera".into(),
            at: "2026-05-11T09:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH),
            texts: vec![text.into()],
        };
        let stream = "release/r-000000000000".to_owned();
        let back = "/releases/r-000000000000".to_owned();
        let events = vec![
            one(1, "Requested", "The summary names the customer, Mrs. Adler"),
            one(7, "Item answered", "None found"),
        ];
        let faults = Faults::at("reason-7", "this needs a text");
        let none = Self { stream, back, ..Self::default() };
        vec![Self { events, faults, ..none.clone() }, none]
    }

    fn event(&self, event: &Holding, shell: &Shell) -> Markup {
        let name = field(event.number);
        let reason = Field::new(Kind::Lines, &name, "Why they are erased");
        let number = event.number.to_string();
        html! {
            h3 { (event.what) }
            p.hint { "Event " (event.number) ", " (event.who) ", " (shell.zone.moment(event.at)) }
            @for text in &event.texts { (quote(text)) }
            @if shell.keeps_people() {
                details open[!self.typed.one(&name).is_empty() || self.faults.of(&name).next().is_some()] {
                    summary { (erases(event.texts.len())) }
                    (form::post("/texts", shell, html! {
                        (form::hidden(&[("stream", &self.stream), ("event", &number)]))
                        (reason.value(self.typed.one(&name)).render(&self.faults))
                        (button::stop(&format!("Erase the texts of event {} for good", event.number)))
                    }))
                }
            }
        }
    }
}

fn erases(count: usize) -> String {
    match count {
        1 => "Erase this text".to_owned(),
        many => format!("Erase these {many} texts"),
    }
}

/// The name of the reason for one event's texts: several forms stand on the page.
fn field(event: u64) -> String {
    format!("reason-{event}")
}

impl Page for Texts {
    fn title(&self) -> String {
        "Free texts".into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let some = self.events.first();
        html! {
            (error_summary::render(&self.faults))
            (heading::back(&self.back, "Back"))
            (heading::with_caption(&self.stream, "Free texts"))
            p.lead { "What people wrote is kept apart from the log, so that it can be erased when somebody asks for it." }
            (notice::inset("The log keeps that a text was erased, by whom and why, and its digest; never what it said. A legal hold stops it. It is not taken back."))
            @if some.is_some() {
                h2 { "Event by event" }
                ul.lines { @for event in &self.events { li { (self.event(event, shell)) } } }
            } @else {
                (empty::render("No text is kept here.", "Either nobody wrote any, or all of them were erased.", None))
            }
        }
    }
}

async fn page(
    visitor: &Visitor,
    stream: &str,
    typed: Typed,
    faults: Faults,
) -> Result<Texts, Wrong> {
    let id: StreamId = crate::api::body::parse("stream", stream)?;
    let names = visitor.app.names().await?;
    let mut events = Vec::new();
    for (number, envelope) in (1u64..).zip(visitor.app.history(&id).await?) {
        let digests = crate::app::digests_in(std::slice::from_ref(&envelope));
        let texts = visitor.app.store.texts(&digests).await.doing("read texts")?;
        if texts.is_empty() {
            continue;
        }
        let who = match &envelope.by {
            Who::Person(person) => names.get(person).cloned().unwrap_or_default(),
            Who::Machine(_) | Who::System => envelope.by.to_string(),
        };
        let what = words::title(envelope.event.word());
        let texts = texts.into_values().collect();
        events.push(Holding { number, what, who, at: envelope.at, texts });
    }
    Ok(Texts { stream: stream.to_owned(), back: back(&id), events, typed, faults })
}

/// Where the page of what a history is about is.
fn back(stream: &StreamId) -> String {
    match stream {
        StreamId::Release(id) => format!("/releases/{id}/records"),
        StreamId::Model(name) => format!("/models/{name}"),
        StreamId::Meeting(id) => format!("/committee/{id}"),
        StreamId::Incident(id) => format!("/incidents/{id}"),
        StreamId::Risk(id) => format!("/risks/{id}"),
        StreamId::Sandbox(id) => format!("/sandbox/{id}"),
        StreamId::Register => "/policy".to_owned(),
    }
}

/// `GET /texts?stream=…`
pub async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    visitor.inspects()?;
    let typed = Typed::decode(query.unwrap_or_default().as_bytes());
    let stream = typed.one("stream").to_owned();
    let page = page(&visitor, &stream, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /texts`
pub async fn erase(post: Post) -> Answer {
    let Post { visitor, typed } = post;
    visitor.administers()?;
    let stream = typed.one("stream").to_owned();
    let event: u64 = crate::api::body::parse("event", typed.one("event"))?;
    let of = (crate::api::body::parse("stream", &stream)?, event);
    let (field, mut draft) = (field(event), Draft::default());
    let asked = visitor.app.erasing_texts(of, &mut draft, typed.one(&field)).await;
    let faults = match asked {
        Ok(command) => visitor.carry_out(command, draft).await?,
        Err(Failure::Malformed(wrong)) if wrong.field == "reason" => {
            Some(Faults::at(&field, wrong.message))
        }
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/texts?stream={stream}")),
        Some(faults) => {
            let page = page(&visitor, &stream, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
