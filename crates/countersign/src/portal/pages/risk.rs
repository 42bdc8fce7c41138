//! An entry of the risk register: what could happen, how it was rated, and looking at it again.

use crate::api::body::parse;
use crate::api::risks::change::NewRating;
use crate::app::{AnyCommand, Draft};
use crate::failure::{Doing, Failure};
use crate::portal::command::{onwards, unwritten};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::summary_list::line;
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::timeline::{self, Entry, Weight};
use crate::portal::components::{
    button, disclosure, error_summary, form, heading, notice, prose, summary_list,
};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::inbox::due_tag;
use crate::portal::pages::missing;
use crate::portal::pages::new_incident::names;
use crate::portal::pages::new_risk::{rating, score};
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::name::RiskId;
use countersign_core::risk::RiskCommand;
use countersign_core::text::Text;
use jiff::Timestamp;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct RiskPage {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What could happen.
    pub description: String,
    /// Where it stands.
    pub state: Tag,
    /// Names and values: rating, owner, models.
    pub facts: Vec<(String, String)>,
    /// When it is looked at again, while it is open.
    pub review_by: Option<Timestamp>,
    /// Its ratings, the latest first.
    pub ratings: Vec<Entry>,
    /// Everybody who could watch it, by id and name.
    pub people: Vec<(String, String)>,
    /// Why this visitor changes nothing here, and who could.
    pub fixed: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl RiskPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let rated = Entry {
            at: "2026-03-11T10:00:00Z".parse().unwrap_or_default(),
            sentence: "Jo Rivera rated it medium (2 × 4 = 8).".into(),
            quote: String::new(),
            weight: Weight::Work,
        };
        let open = Self {
            name: "risk-12".into(),
            title: "Summaries leave out a warning".into(),
            description: "An agent misses that a customer is in danger.".into(),
            state: Tag::new("Open", Tone::Active),
            facts: vec![
                ("Rating".into(), "medium (2 × 4 = 8)".into()),
                ("Treatment".into(), "Reduce".into()),
                ("Watched by".into(), "Jo Rivera".into()),
                ("Models".into(), "support-summarizer".into()),
            ],
            review_by: "2026-05-11T15:00:00Z".parse().ok(),
            ratings: vec![rated],
            people: vec![("p-1".into(), "Jo Rivera".into())],
            fixed: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let wrong = Self { faults: Faults::at("note", "this needs a text"), ..open.clone() };
        let state = Tag::new("Closed", Tone::Good);
        let closed = Self { state, review_by: None, ..open.clone() };
        let fixed = Some("You may not close a risk: ask its owner.".into());
        let read = Self { fixed, ..open.clone() };
        vec![open, wrong, closed, read]
    }

    fn forms(&self, shell: &Shell) -> Markup {
        let path = |what: &str| format!("/risks/{}/{what}", self.name);
        let lines = |name, label| Field::new(Kind::Lines, name, label).value(self.typed.one(name));
        let people = self.people.iter().map(|(id, name)| Option_::new(id, name)).collect();
        let again = ["likelihood", "impact", "treatment", "review_by", "note"];
        html! {
            section {
                h2 { "What can be done" }
                (disclosure::render("Look at it again", &again, &self.faults,
                    form::post(&path("reassess"), shell, html! {
                        (rating(&self.typed, &self.faults))
                        (lines("note", "What was found").render(&self.faults))
                        (button::submit("Keep the new rating"))
                    })))
                (disclosure::render("Link more models", &["models"], &self.faults,
                    form::post(&path("link"), shell, html! {
                        (Field::new(Kind::Line, "models", "Models").hint("Short names, with commas between them.").value(self.typed.one("models")).render(&self.faults))
                        (button::submit("Link the models"))
                    })))
                (disclosure::render("Give it to another owner", &["owner", "why"], &self.faults,
                    form::post(&path("owner"), shell, html! {
                        (Choice::new("owner", "Who watches it", people).select(&self.faults))
                        (lines("why", "Why").render(&self.faults))
                        (button::submit("Give the risk to this person"))
                    })))
                (disclosure::render("Close the risk", &["reason"], &self.faults,
                    form::post(&path("close"), shell, html! {
                        (lines("reason", "Why it is no risk any more").render(&self.faults))
                        (button::stop("Close the risk"))
                    })))
            }
        }
    }
}

impl Page for RiskPage {
    fn title(&self) -> String {
        format!("{}: {}", self.name, self.title)
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let lines: Vec<_> = self.facts.iter().map(|(name, value)| line(name, value)).collect();
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/entries/risk", "All risks"))
            div.title-line {
                h1 { (self.title) }
                (tag::render(&self.state))
                @if let Some(due) = self.review_by { " " (tag::render(&due_tag(shell, due))) }
            }
            (prose::render(&self.description))
            (summary_list::render(&lines))
            @if let Some(due) = self.review_by {
                p { "To be looked at again by " (shell.zone.moment(due)) "." }
                @match &self.fixed {
                    Some(fixed) => (notice::inset(fixed)),
                    None => (self.forms(shell)),
                }
            }
            section { h2 { "Ratings" } (timeline::render(&self.ratings, shell)) }
        }
    }
}

async fn page(
    visitor: &Visitor,
    name: &str,
    typed: Typed,
    faults: Faults,
) -> Result<RiskPage, Wrong> {
    let id: RiskId = crate::api::risks::id(name)?;
    let risk = visitor.app.risk(&id).await?.state;
    let entry = risk.entry.as_ref().ok_or_else(|| Failure::not_found("risk", &id))?;
    let names = visitor.app.names().await?;
    let reason = risk.closed.as_ref().map(|(_, _, reason)| *reason);
    let digests: Vec<_> = reason.into_iter().chain([entry.description]).map(Text::digest).collect();
    let texts = visitor.app.store.texts(&digests).await.doing("read texts")?;
    let text = |text: Text| texts.get(&text.digest()).cloned().unwrap_or_default();
    let called = |who: &countersign_core::actor::Who| {
        let known = who.person().and_then(|person| names.get(person));
        known.cloned().unwrap_or_else(|| who.to_string())
    };
    let models: Vec<_> = entry.models.iter().map(ToString::to_string).collect();
    let owner = names.get(&entry.owner).cloned().unwrap_or_else(|| entry.owner.to_string());
    let mut facts = vec![
        ("Name".to_owned(), entry.id.to_string()),
        ("Rating".to_owned(), entry.rating.to_string()),
        ("Treatment".to_owned(), entry.treatment.human().to_owned()),
        ("Watched by".to_owned(), owner),
        ("Models".to_owned(), models.join(", ")),
    ];
    facts.extend(reason.map(|reason| ("Closed because".to_owned(), text(reason))));
    let rated = risk.ratings.iter().rev().map(|(at, by, rating)| Entry {
        at: *at,
        sentence: format!("{} rated it {rating}.", called(by)),
        quote: String::new(),
        weight: Weight::Work,
    });
    let fixed = match unwritten().filter(|_| risk.is_open()) {
        Some(reason) => {
            visitor.may_not(AnyCommand::Risk(id, RiskCommand::Close { reason })).await?
        }
        None => None,
    };
    let (word, tone) = if risk.is_open() { ("Open", Tone::Active) } else { ("Closed", Tone::Good) };
    Ok(RiskPage {
        name: entry.id.to_string(),
        title: entry.title.clone(),
        description: text(entry.description),
        state: Tag::new(word, tone),
        facts,
        review_by: Some(entry.review_by).filter(|_| risk.is_open()),
        ratings: rated.collect(),
        people: words::people(&visitor.app.answerable().await?),
        fixed,
        typed,
        faults,
    })
}

/// `GET /risks/{risk}`
pub async fn show(visitor: Visitor, Path(name): Path<String>) -> Answer {
    let page = page(&visitor, &name, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

async fn asked(
    visitor: &Visitor,
    what: &str,
    typed: &Typed,
    draft: &mut Draft,
) -> Option<Result<RiskCommand, Failure>> {
    let one = |name: &str| typed.one(name).to_owned();
    Some(match what {
        "reassess" => {
            let again = NewRating {
                likelihood: score(typed, "likelihood"),
                impact: score(typed, "impact"),
                treatment: one("treatment"),
                review_by: one("review_by"),
                note: one("note"),
            };
            again.checked(&visitor.app, draft).await.map(RiskCommand::Reassess)
        }
        "link" => {
            let models = names(typed.one("models"));
            let models = models.iter().map(|model| parse("models", model));
            models.collect::<Result<_, Failure>>().map(|models| RiskCommand::Link { models })
        }
        "owner" => draft.text("why", typed.one("why")).and_then(|reason| {
            Ok(RiskCommand::HandOver { to: parse("owner", typed.one("owner"))?, reason })
        }),
        "close" => {
            let reason = draft.text("reason", typed.one("reason"));
            reason.map(|reason| RiskCommand::Close { reason })
        }
        _ => return None,
    })
}

/// `POST /risks/{risk}/{what}`
pub async fn change(Path((name, what)): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let mut draft = Draft::default();
    let Some(command) = asked(&visitor, &what, &typed, &mut draft).await else {
        return Err(missing().await);
    };
    let faults = match command {
        Ok(command) => {
            let command = AnyCommand::Risk(crate::api::risks::id(&name)?, command);
            visitor.carry_out(command, draft).await?
        }
        Err(failure) => Some(Faults::from_failure(failure)?),
    };
    match faults {
        None => onwards(&format!("/risks/{name}")),
        Some(faults) => {
            let page = page(&visitor, &name, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
