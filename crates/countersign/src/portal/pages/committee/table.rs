//! One item on the table of a session: its votes, the dissent, and the forms for those who may.

use crate::app::AnyCommand;
use crate::failure::Failure;
use crate::portal::command::unwritten;
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{button, form, notice, prose};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::Shell;
use crate::portal::visit::Visitor;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::meeting::{Item, MeetingCommand, Topic, Vote};
use countersign_core::name::{MeetingId, PersonId};
use countersign_core::refusal::Refusal;
use countersign_core::text::Text;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// An item on the table.
#[derive(Debug, Clone)]
pub struct Lying {
    /// Its number.
    pub number: u32,
    /// What people call it.
    pub title: String,
    /// The page of what it is about; may be empty.
    pub path: String,
    /// What somebody wrote about it; may be empty.
    pub about: String,
    /// Where it stands.
    pub state: Tag,
    /// Who voted how, and why: sentences.
    pub votes: Vec<String>,
    /// Who voted against the outcome; may be empty.
    pub dissent: String,
    /// Why the visitor has no vote; empty when the forms are offered or nothing is to vote on.
    pub no_vote: String,
    /// Whether the visitor votes, closes the item.
    pub offers: Vec<Offer>,
}

/// What a visitor can do with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Vote, or step back.
    Vote,
    /// Close it.
    Close,
}

/// Whether the vote is over for everybody.
fn is_over(refusal: &Refusal) -> bool {
    ["meeting.wrong_state", "meeting.item_closed"].contains(&refusal.code())
}

impl Lying {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let open = Self {
            number: 1,
            title: "triage v1".into(),
            path: "/releases/r-000000000000".into(),
            about: String::new(),
            state: Tag::new("Open", Tone::Active),
            votes: vec!["K. Ito: no, because the claims of one region are missing".into()],
            dissent: String::new(),
            no_vote: String::new(),
            offers: vec![Offer::Vote, Offer::Close],
        };
        let (offers, dissent) = (Vec::new(), "K. Ito".to_owned());
        let state = Tag::new("Carried", Tone::Good);
        let no_vote = "You are the requester of the release on the table.".to_owned();
        vec![
            open.clone(),
            Self { number: 2, no_vote, offers: vec![], about: "How many?".into(), ..open.clone() },
            Self { number: 3, state, dissent, offers, ..open },
        ]
    }

    pub(super) fn of(
        number: u32,
        item: &Item,
        (names, said): (&BTreeMap<PersonId, String>, &dyn Fn(Text) -> String),
    ) -> Self {
        let name = |one: &PersonId| names.get(one).cloned().unwrap_or_else(|| one.to_string());
        let votes = item.votes.iter().map(|ballot| {
            let because = ballot.reason.map(said).map(|text| format!(", because {text}"));
            let (who, vote) = (name(&ballot.person), ballot.vote.word());
            format!("{who}: {vote}{}", because.unwrap_or_default())
        });
        let back = item.recused.keys().map(|one| format!("{} stepped back", name(one)));
        let dissent: Vec<String> = item.dissenters().map(|one| name(&one.person)).collect();
        Self {
            number,
            title: item.title.clone(),
            path: item.topic.release().map(|id| format!("/releases/{id}")).unwrap_or_default(),
            about: match item.topic {
                Topic::Matter { text, .. } => said(text),
                Topic::Release { .. } | Topic::Policy { .. } | Topic::Review { .. } => {
                    String::new()
                }
            },
            state: Tag::new(words::title(item.state.word()), Tone::Active),
            votes: votes.chain(back).collect(),
            dissent: words::list(&dissent),
            no_vote: String::new(),
            offers: Vec::new(),
        }
    }

    /// The same with what this visitor can do with it now, as the rules say.
    pub(super) async fn for_visitor(
        mut self,
        visitor: &Visitor,
        id: &MeetingId,
    ) -> Result<Self, Wrong> {
        let (number, statement) = (self.number, unwritten());
        let vote = MeetingCommand::Cast { number, vote: Vote::Yes, reason: None };
        let close = MeetingCommand::CloseItem { number, statement, because: None };
        for (offer, command) in [(Offer::Vote, vote), (Offer::Close, close)] {
            let command = AnyCommand::Meeting(id.clone(), Box::new(command));
            match (offer, visitor.app.foresee(&visitor.caller, &command, None).await) {
                (offer, Ok(())) => self.offers.push(offer),
                // Nobody votes any more: that is no news about this visitor.
                (Offer::Vote, Err(Failure::Refused(refusal))) if is_over(&refusal) => {}
                (Offer::Vote, Err(Failure::Refused(refusal))) => {
                    self.no_vote = format!("{}.", words::capital(&refusal.to_string()));
                }
                (Offer::Close, Err(Failure::Refused(_))) => {}
                (_, Err(failure)) => return Err(failure.into()),
            }
        }
        Ok(self)
    }

    pub(super) fn render(
        &self,
        id: &str,
        (typed, faults): (&Typed, &Faults),
        shell: &Shell,
    ) -> Markup {
        let path = Some(&self.path).filter(|path| !path.is_empty());
        html! {
            section {
                div.title-line { h2 { (self.number) ". " (self.title) } (tag::render(&self.state)) }
                (prose::render(&self.about))
                @if let Some(path) = path { p { a href=(path) { "What it is about" } } }
                ul { @for vote in &self.votes { li { (vote) } } }
                @if !self.dissent.is_empty() { p { strong { "Dissent: " } (self.dissent) } }
                @if !self.no_vote.is_empty() { (notice::inset(&self.no_vote)) }
                @for offer in &self.offers {
                    @match offer {
                        Offer::Vote => (self.voting(id, (typed, faults), shell)),
                        Offer::Close => (self.closing(id, (typed, faults), shell)),
                    }
                }
            }
        }
    }

    fn voting(&self, id: &str, (typed, faults): (&Typed, &Faults), shell: &Shell) -> Markup {
        let number = self.number.to_string();
        let votes = Vote::ALL.map(|vote| {
            Option_::new(vote.word(), words::title(vote.word())).among(typed.all("vote"))
        });
        let reason = Field::new(Kind::Lines, "reason", "Why")
            .hint("Anything but a yes needs its reason.")
            .optional()
            .value(typed.one("reason"));
        html! {
            (form::post(&format!("/committee/{id}/vote"), shell, html! {
                (form::hidden(&[("number", &number)]))
                (Choice::new("vote", "Your vote", votes.into()).radios(faults))
                (reason.render(faults))
                (button::submit(&format!("Vote on {}", self.title)))
            }))
        }
    }

    fn closing(&self, id: &str, (typed, faults): (&Typed, &Faults), shell: &Shell) -> Markup {
        let number = self.number.to_string();
        let statement = Field::new(Kind::Lines, "statement", "Statement of the chair")
            .hint("Asked for when the votes turn it down; the requester reads it.")
            .optional()
            .value(typed.one("statement"));
        html! {
            (form::post(&format!("/committee/{id}/settle"), shell, html! {
                (form::hidden(&[("number", &number)]))
                (statement.render(faults))
                (button::submit(&format!("Close the vote on {}", self.title)))
            }))
        }
    }
}
