//! What the page of a condition and that of a change request share: what was said, and a form that
//! says what was done about it and names what shows it.

use crate::api::releases::conditions::Shown;
use crate::api::sent::Pair;
use crate::app::{Draft, View};
use crate::failure::Failure;
use crate::portal::command::{Asked, unwritten};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind as Input};
use crate::portal::components::{button, error_summary, form, heading};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::Shell;
use crate::portal::pages::release::gather::Pieces;
use crate::portal::pages::release::promises::{self, Card, Desk};
use crate::portal::pages::release::titles::Titles;
use crate::portal::visit::Visitor;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::change_request::ChangesCommand;
use countersign_core::condition::ConditionCommand;
use countersign_core::name::EvidenceId;
use countersign_core::release::Command;
use countersign_core::text::Text;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// What waits to be done, and is numbered within its release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A condition of an approval.
    Condition,
    /// A change request.
    ChangeRequest,
}

impl Kind {
    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::ChangeRequest => "change request",
        }
    }

    /// Where its pages are, below the release's, and its section on the release's page.
    pub fn place(self) -> &'static str {
        match self {
            Self::Condition => "conditions",
            Self::ChangeRequest => "change-requests",
        }
    }

    fn lead(self) -> &'static str {
        match self {
            Self::Condition => {
                "It is met when somebody in the role that set it says so. If it is late, the \
                 verdict turns to deny."
            }
            Self::ChangeRequest => "Approvals wait until it is settled.",
        }
    }

    fn was_said(self) -> &'static str {
        match self {
            Self::Condition => "What was promised",
            Self::ChangeRequest => "What was said",
        }
    }

    /// The command that says what was done about the thing with this number.
    fn done(self, number: u32, text: Text, evidence: BTreeSet<EvidenceId>) -> Command {
        match self {
            Self::Condition => {
                let report = ConditionCommand::Report { number, statement: text, evidence };
                Command::Condition(report)
            }
            Self::ChangeRequest => {
                Command::Changes(ChangesCommand::Answer { number, text, evidence })
            }
        }
    }
}

/// One of them, as its page shows it.
#[derive(Debug, Clone)]
pub struct Promise {
    /// What it is.
    pub kind: Kind,
    /// The release's identifier.
    pub id: String,
    /// What people call the release.
    pub title: String,
    /// Its number.
    pub number: u32,
    /// What was said, and where it stands.
    pub card: Card,
    /// Why the visitor cannot say that it is done; `None` when he can.
    pub fixed: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// What a form shows again: what was typed, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Again {
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl Promise {
    /// Examples of these cards: as they are, with a fault, and for somebody who may not.
    pub fn samples(kind: Kind, cards: Vec<Card>) -> Vec<Self> {
        let fresh = |card| Self {
            kind,
            id: "r-000000000000".into(),
            title: "summarizer v1.4".into(),
            number: 1,
            card,
            fixed: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let mut all: Vec<Self> = cards.into_iter().map(fresh).collect();
        for one in all.clone() {
            let fixed = Some(format!("You may not say that a {} is done", kind.word()));
            all.push(Self { faults: Faults::at("text", "this needs a text"), ..one.clone() });
            all.push(Self { fixed, ..one });
        }
        all
    }

    /// What the visitor sees of the one that a path names.
    pub async fn gather(
        visitor: &Visitor,
        (id, number): &Pair,
        (kind, again): (Kind, Again),
    ) -> Result<(Self, View), Wrong> {
        let view = super::release::view(visitor, id).await?;
        let titles = Titles::of(visitor, &view).await?;
        let missing = || Failure::not_found(kind.word(), number);
        let counted: u32 = number.parse().map_err(|_| missing())?;
        let release = crate::api::body::parse("release", id)?;
        let desk = Desk { visitor, view: &view, titles: &titles, id: release };
        let state = &view.release.state;
        let card = match kind {
            Kind::Condition => {
                let open = state.conditions.get(&counted).ok_or_else(missing)?;
                desk.condition(counted, open).await?
            }
            Kind::ChangeRequest => {
                let asked = state.change_requests.get(&counted).ok_or_else(missing)?;
                desk.change(counted, asked).await?
            }
        };
        let mut fixed = None;
        if let Some(text) = unwritten() {
            let done = kind.done(counted, text, BTreeSet::new());
            let refusal = visitor.would_refuse(&desk.id, done).await?;
            fixed = refusal.map(|why| words::capital(&why.to_string()));
        }
        let title = Pieces { visitor, view: &view, id }.title();
        let Again { typed, faults } = again;
        let one = Self { kind, id: id.clone(), title, number: counted, card, fixed, typed, faults };
        Ok((one, view))
    }

    /// The command a form stands for.
    pub fn asked(kind: Kind, number: &str, typed: &Typed) -> Asked {
        let number = number.parse().map_err(|_| Failure::not_found(kind.word(), number))?;
        let evidence = typed.all("evidence").map(str::to_owned).collect();
        let shown = Shown { text: typed.one("text").to_owned(), evidence };
        let mut draft = Draft::default();
        let text = draft.text("text", &shown.text)?;
        Ok((kind.done(number, text, shown.evidence()?), draft))
    }

    /// What it is called on its page: `Condition 1`.
    pub fn name(&self) -> String {
        format!("{} {}", words::capital(self.kind.word()), self.number)
    }

    /// Where its page is.
    pub fn path(&self) -> String {
        format!("/releases/{}/{}/{}", self.id, self.kind.place(), self.number)
    }

    /// Its page: what was said, and below it this.
    pub fn main(&self, below: &Markup) -> Markup {
        let path = self.path();
        // What the page itself asks for is not offered on it a second time.
        let mut card = self.card.clone();
        card.actions.retain(|action| action.path != path);
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.title, &self.name()))
            p.lead { (self.kind.lead()) }
            section { h2 { (self.kind.was_said()) } (promises::render(&card)) }
            @if let Some(why) = &self.fixed { p.hint { (why) "." } }
            (below)
        }
    }

    /// The form that says what was done; `named` is the evidence it may name.
    pub fn form(&self, shell: &Shell, named: Vec<(String, String)>) -> Markup {
        let named = named
            .into_iter()
            .map(|(id, name)| Option_::new(&id, name).among(self.typed.all("evidence")));
        let named: Vec<Option_> = named.collect();
        let (heading, does) = match self.kind {
            Kind::Condition => ("Report it met", format!("Report condition {} met", self.number)),
            Kind::ChangeRequest => ("Answer it", format!("Answer change request {}", self.number)),
        };
        let text = Field::new(Input::Lines, "text", "What was done")
            .hint("So that somebody who reads it in a year understands it.")
            .value(self.typed.one("text"));
        let some = !named.is_empty();
        form::post(
            &self.path(),
            shell,
            html! {
                h2 { (heading) }
                (text.render(&self.faults))
                @if some {
                    (Choice::new("evidence", "What shows it", named).optional().checkboxes(&self.faults))
                }
                (button::submit(&does))
            },
        )
    }
}
