//! An incident: what happened, what was noted, and what somebody can do about it.

mod change;
mod offered;

pub use change::change;

use crate::failure::{Doing, Failure};
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
use crate::portal::pages::new_incident::severities;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::actor::Who;
use countersign_core::incident::{Incident, Outcome, Suspension};
use countersign_core::name::{IncidentId, PersonId};
use countersign_core::text::Text;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// The page.
#[derive(Debug, Clone)]
pub struct IncidentPage {
    /// Its identifier.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What happened.
    pub text: String,
    /// How bad it is.
    pub severity: Tag,
    /// Whether it waits for somebody.
    pub state: Tag,
    /// What can still be done: nothing once it is closed.
    pub open: Option<Open>,
    /// Names and values: model, release, who sees to it.
    pub facts: Vec<(String, String)>,
    /// The path of the release it is about.
    pub release: Option<String>,
    /// What people call that release.
    pub release_title: String,
    /// What happened since, the latest first.
    pub notes: Vec<Entry>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// What can be done about an open incident.
#[derive(Debug, Clone, Default)]
pub struct Open {
    /// Everybody who could see to it, by id and name.
    pub people: Vec<(String, String)>,
    /// What whoever may suspend is told, when they are asked.
    pub asks: Option<String>,
    /// The forms this visitor cannot use, by the word in their address.
    pub closed: BTreeSet<&'static str>,
    /// Why, and who could, once for each reason.
    pub why: BTreeSet<String>,
}

impl IncidentPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let note = Entry {
            at: "2026-05-11T10:00:00Z".parse().unwrap_or_default(),
            sentence: "Sam Chen noted:".into(),
            quote: "The index is being rebuilt.".into(),
            weight: Weight::Work,
        };
        let open = Self {
            id: "i-00000000000000".into(),
            title: "Summaries name the wrong customer".into(),
            text: "Two agents reported it within an hour.".into(),
            severity: Tag::new("Critical", Tone::Bad),
            state: Tag::new("Open", Tone::Active),
            open: Some(Open {
                people: vec![("p-1".into(), "Jo Rivera".into())],
                asks: Some("Whoever may suspend has to decide.".into()),
                ..Open::default()
            }),
            facts: vec![
                ("Model".into(), "support-summarizer".into()),
                ("Seen to by".into(), "Jo Rivera".into()),
                ("Should have been caught by".into(), "hallucination_rate".into()),
            ],
            release: Some("/releases/r-000000000000".into()),
            release_title: "summarizer v1.4".into(),
            notes: vec![note],
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let wrong = Self { faults: Faults::at("root_cause", "this needs a text"), ..open.clone() };
        let closed = Self {
            state: Tag::new("Closed", Tone::Good),
            open: None,
            notes: Vec::new(),
            ..open.clone()
        };
        let reader = Open {
            closed: BTreeSet::from(["note", "assign", "severity", "link", "suspension", "close"]),
            why: BTreeSet::from(["You may not change an incident: ask its owner.".to_owned()]),
            ..Open::default()
        };
        let read = Self { open: Some(reader), ..open.clone() };
        vec![open, wrong, closed, read]
    }

    fn field<'a>(&'a self, kind: Kind, name: &'a str, label: &'a str) -> Field<'a> {
        Field::new(kind, name, label).value(self.typed.one(name))
    }

    fn forms(&self, open: &Open, shell: &Shell) -> Markup {
        let path = |what: &str| format!("/incidents/{}/{what}", self.id);
        let offers = |what: &str| !open.closed.contains(what);
        html! {
            @if let Some(asks) = &open.asks { section { (self.suspension(open, asks, shell)) } }
            section {
                h2 { "What can be done" }
                @for why in &open.why { (notice::inset(why)) }
                @if offers("note") { (disclosure::render("Write something down", &["text"], &self.faults,
                    form::post(&path("note"), shell, html! {
                        (self.field(Kind::Lines, "text", "Note").render(&self.faults))
                        (button::submit("Keep the note"))
                    }))) }
                @if offers("assign") { (disclosure::render("Say who sees to it", &["owner"], &self.faults,
                    form::post(&path("assign"), shell, html! {
                        (Choice::new("owner", "Person", self.people(open)).select(&self.faults))
                        (button::submit("Assign the incident"))
                    }))) }
                @if offers("severity") { (disclosure::render("Change how bad it is", &["severity", "reason"], &self.faults,
                    form::post(&path("severity"), shell, html! {
                        (Choice::new("severity", "How bad it is", severities(&self.typed)).radios(&self.faults))
                        (self.field(Kind::Lines, "reason", "Why").render(&self.faults))
                        (button::submit("Change the severity"))
                    }))) }
                @if offers("link") { (disclosure::render("Link a release or criteria", &["release", "criteria"], &self.faults,
                    form::post(&path("link"), shell, html! {
                        (self.field(Kind::Line, "release", "Release").optional().render(&self.faults))
                        (self.field(Kind::Line, "criteria", "Criteria that should have caught it").optional().hint("Names from the release's plan, with commas between them.").render(&self.faults))
                        (button::submit("Link"))
                    }))) }
                @if offers("close") { (disclosure::render("Close the incident", &["outcome", "root_cause"], &self.faults,
                    form::post(&path("close"), shell, html! {
                        (Choice::new("outcome", "How it ended", self.outcomes()).radios(&self.faults))
                        (self.field(Kind::Lines, "root_cause", "Why it happened").hint("The root cause, so that somebody who reads this in a year understands it.").render(&self.faults))
                        (button::submit("Close the incident"))
                    }))) }
            }
        }
    }

    fn people(&self, open: &Open) -> Vec<Option_> {
        let people = open.people.iter().map(|(id, name)| Option_::new(id, name));
        people.map(|one| one.among(self.typed.all("owner"))).collect()
    }

    fn outcomes(&self) -> Vec<Option_> {
        let all = Outcome::ALL.iter().map(|one| Option_::new(one.word(), one.human()));
        all.map(|one| one.among(self.typed.all("outcome"))).collect()
    }

    fn suspension(&self, open: &Open, asks: &str, shell: &Shell) -> Markup {
        let offered = !open.closed.contains("suspension");
        let answers = Suspension::ALL.iter().map(|one| Option_::new(one.word(), one.human()));
        let answers = answers.map(|one| one.among(self.typed.all("answer"))).collect();
        html! {
            h2 { "Suspend the release?" }
            (notice::warning(asks))
            @if let Some(release) = self.release.as_ref().filter(|_| offered) {
                p { a href={ (release) "/say/suspend" } { "Suspend the release" } ", then say here that it is." }
            }
            @if offered { (form::post(&format!("/incidents/{}/suspension", self.id), shell, html! {
                (Choice::new("answer", "What was decided", answers).radios(&self.faults))
                (self.field(Kind::Lines, "why", "Why").render(&self.faults))
                (button::submit("Record the decision"))
            })) }
        }
    }
}

impl Page for IncidentPage {
    fn title(&self) -> String {
        format!("Incident: {}", self.title)
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let lines = self.facts.iter().map(|(name, value)| line(name, value));
        let release = self
            .release
            .iter()
            .map(|path| line("Release", html! { a href=(path) { (self.release_title) } }));
        let lines: Vec<_> = lines.chain(release).collect();
        let some = self.notes.first();
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/entries/incident", "All incidents"))
            div.title-line {
                h1 { (self.title) }
                (tag::render(&self.severity)) " " (tag::render(&self.state))
            }
            (prose::render(&self.text))
            (summary_list::render(&lines))
            @if let Some(open) = &self.open { (self.forms(open, shell)) }
            @if some.is_some() {
                section { h2 { "What was noted" } (timeline::render(&self.notes, shell)) }
            }
        }
    }
}

/// What the page shows, gathered.
pub(super) async fn page(
    visitor: &Visitor,
    id: &str,
    typed: Typed,
    faults: Faults,
) -> Result<IncidentPage, Wrong> {
    let id: IncidentId = crate::api::body::parse("incident", id)?;
    let incident = visitor.app.incident(&id).await?.state;
    let (Some(opening), Some(severity)) = (&incident.opening, incident.severity) else {
        return Err(Failure::not_found("incident", &id).into());
    };
    let names = visitor.app.names().await?;
    let mut kept: Vec<Text> = incident.notes.iter().map(|(_, _, text)| *text).collect();
    kept.push(opening.text);
    kept.extend(incident.suspension.map(|(_, _, reason)| reason));
    kept.extend(incident.closed.iter().map(|(_, _, closing)| closing.root_cause));
    let digests: Vec<_> = kept.into_iter().map(Text::digest).collect();
    let texts = visitor.app.store.texts(&digests).await.doing("read texts")?;
    let text = |text: &Text| texts.get(&text.digest()).cloned().unwrap_or_default();
    let (closed, why) = match incident.is_open() {
        true => offered::closed_to(visitor, &id).await?,
        false => Default::default(),
    };
    let able = visitor.app.answerable().await?;
    let open = incident.is_open().then(|| Open {
        closed,
        why,
        people: words::people(&able),
        asks: incident.asks_for_suspension().then(|| {
            "The incident is critical and goes on while the model runs: whoever may suspend has to decide."
                .into()
        }),
    });
    let (word, tone) =
        if incident.is_open() { ("Open", Tone::Active) } else { ("Closed", Tone::Good) };
    let release = incident.links.release.as_ref();
    let release_title = match release {
        Some(release) => {
            let known = visitor.app.release(release).await?.state.request.clone();
            known.map_or_else(|| release.to_string(), |request| request.title)
        }
        None => String::new(),
    };
    Ok(IncidentPage {
        id: id.to_string(),
        title: opening.title.clone(),
        text: text(&opening.text),
        severity: Tag::new(severity.human(), Tone::Warn),
        state: Tag::new(word, tone),
        open,
        facts: facts(&incident, &names, text),
        release: release.map(|release| format!("/releases/{release}")),
        release_title,
        notes: notes(&incident, &names, text),
        typed: match typed.filled("severity") {
            Some(_) => typed,
            None => typed.with("severity", severity.word()),
        },
        faults,
    })
}

fn who(who: &Who, names: &BTreeMap<PersonId, String>) -> String {
    let known = who.person().and_then(|person| names.get(person));
    known.cloned().unwrap_or_else(|| words::capital(&who.to_string()))
}

fn facts(
    incident: &Incident,
    names: &BTreeMap<PersonId, String>,
    text: impl Fn(&Text) -> String,
) -> Vec<(String, String)> {
    let links = &incident.links;
    let opened = incident.opened.as_ref().map(|(_, by)| who(by, names));
    let owner = incident.owner.as_ref();
    let criteria: Vec<_> = links.criteria.iter().map(ToString::to_string).collect();
    let closed = incident.closed.as_ref().map(|(_, _, closing)| closing);
    let suspension = incident.suspension.as_ref();
    let all = [
        ("Model", links.model.as_ref().map(ToString::to_string)),
        ("Where", links.environment.as_ref().map(ToString::to_string)),
        ("Opened by", opened),
        ("Seen to by", owner.map(|owner| who(&Who::Person(owner.clone()), names))),
        ("Should have been caught by", Some(criteria.join(", "))),
        (
            "Suspension",
            suspension.map(|(_, answer, why)| format!("{}. {}", answer.human(), text(why))),
        ),
        ("Outcome", closed.map(|closing| closing.outcome.human().to_owned())),
        ("Root cause", closed.map(|closing| text(&closing.root_cause))),
    ];
    let said = all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    said.filter(|(_, value)| !value.is_empty()).collect()
}

fn notes(
    incident: &Incident,
    names: &BTreeMap<PersonId, String>,
    text: impl Fn(&Text) -> String,
) -> Vec<Entry> {
    let note = |(at, by, said): &(jiff::Timestamp, Who, Text)| Entry {
        at: *at,
        sentence: format!("{} noted:", who(by, names)),
        quote: text(said),
        weight: Weight::Work,
    };
    incident.notes.iter().rev().map(note).collect()
}

/// `GET /incidents/{incident}`
pub async fn show(visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&visitor, &id, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}
