//! Conditions, exceptions and change requests on the page of a release, and on pages of their own:
//! what was said, and what the visitor could say. Whether he may is asked of the rules.

use super::lines::Action;
use super::titles::Titles;
use crate::app::View;
use crate::portal::command::unwritten;
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::timeline::quote;
use crate::portal::visit::Visitor;
use crate::portal::words;
use crate::portal::wrong::Wrong;
use countersign_core::assess::ExceptionStatus;
use countersign_core::change_request::{AskedChange, ChangesCommand, Turn};
use countersign_core::condition::{ConditionCommand, OpenCondition};
use countersign_core::exception::{AskedException, Course, ExceptionCommand};
use countersign_core::name::{EvidenceId, PersonId, ReleaseId};
use countersign_core::release::Command;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// What people promised, excepted and asked for.
#[derive(Debug, Clone, Default)]
pub struct Promises {
    /// The conditions.
    pub conditions: Vec<Card>,
    /// The exceptions.
    pub exceptions: Vec<Card>,
    /// The change requests.
    pub changes: Vec<Card>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Card {
    /// What it is.
    pub title: String,
    /// Where it stands.
    pub tag: Tag,
    /// Who and until when, a line each.
    pub facts: Vec<String>,
    /// What was said: whose words, and the words.
    pub said: Vec<(String, String)>,
    /// What the visitor could do.
    pub actions: Vec<Action>,
}

impl Promises {
    /// An example of each.
    pub fn sample() -> Self {
        let path = |rest: &str| format!("/releases/r-000000000000/{rest}");
        let card = |title: &str, tag: Tag, facts: &[&str], said: &[(&str, &str)]| Card {
            title: title.into(),
            tag,
            facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
            said: said.iter().map(|(who, text)| ((*who).into(), (*text).into())).collect(),
            actions: Vec::new(),
        };
        let condition = card(
            "Repeat the human evaluation with 200 samples",
            Tag::new("Open", Tone::Warn),
            &["Jo Rivera, by 1 Jun 2026, 15:00 UTC", "Accepted by any Product Lead"],
            &[("Sent back", "The samples leave out Spanish.")],
        );
        let exception = card(
            "Exception 1: criterion hallucination_rate",
            Tag::new("Requested", Tone::Active),
            &["Until 30 Jun 2026, 15:00 UTC", "Waits for Security"],
            &[("Jo Rivera", "The new set comes in June."), ("Instead", "A person reads along.")],
        );
        let change = card(
            "Change request 1: item bias_results",
            Tag::new("Answered", Tone::Active),
            &["Asked as Product Lead"],
            &[("Ines Chen", "Test in Spanish."), ("Jo Rivera (e6)", "Tested in Spanish.")],
        );
        let report = Action::new(path("conditions/1"), "Report it met");
        let accept = Action::new(path("say/accept-risk-1-security"), "Accept the risk as Security");
        let judge = Action::new(path("say/accept-change-1"), "Take the answer");
        Self {
            conditions: vec![Card { actions: vec![report], ..condition }],
            exceptions: vec![Card { actions: vec![accept], ..exception }],
            changes: vec![Card { actions: vec![judge], ..change }],
        }
    }
}

/// Their sections; nothing where there is none.
pub fn sections(promises: &Promises) -> Markup {
    let all = [
        ("conditions", "Conditions", &promises.conditions),
        ("exceptions", "Exceptions", &promises.exceptions),
        ("change-requests", "Change requests", &promises.changes),
    ];
    html! {
        @for (id, title, cards) in all {
            @if !cards.is_empty() {
                section {
                    h2 id=(id) { (title) }
                    ul.lines { @for card in cards { li { (render(card)) } } }
                }
            }
        }
    }
}

/// One card.
pub fn render(card: &Card) -> Markup {
    html! {
        div.over { h3 { (card.title) } (tag::render(&card.tag)) }
        @for fact in &card.facts { p.hint { (fact) } }
        @for (who, text) in &card.said { p.hint { (who) } (quote(text)) }
        @for action in &card.actions { p { a href=(action.path) { (action.text) } } }
    }
}

/// Those of a release.
pub async fn of(visitor: &Visitor, view: &View, titles: &Titles) -> Result<Promises, Wrong> {
    let release = &*view.release.state;
    let Some(id) = release.id.clone() else { return Ok(Promises::default()) };
    let desk = Desk { visitor, view, titles, id };
    let mut promises = Promises::default();
    for (number, open) in &release.conditions {
        promises.conditions.push(desk.condition(*number, open).await?);
    }
    for status in view.report.iter().flat_map(|report| &report.exceptions) {
        if let Some(asked) = release.exceptions.get(&status.number) {
            promises.exceptions.push(desk.exception(status, asked).await?);
        }
    }
    for (number, asked) in &release.change_requests {
        promises.changes.push(desk.change(*number, asked).await?);
    }
    Ok(promises)
}

/// Who looks at which release.
pub struct Desk<'a> {
    /// Who looks.
    pub visitor: &'a Visitor,
    /// At what.
    pub view: &'a View,
    /// What roles are called.
    pub titles: &'a Titles,
    /// The release's identifier.
    pub id: ReleaseId,
}

impl Desk<'_> {
    async fn offer(
        &self,
        actions: &mut Vec<Action>,
        command: Command,
        (path, text): (String, String),
    ) -> Result<(), Wrong> {
        if self.visitor.would_refuse(&self.id, command).await?.is_none() {
            actions.push(Action::new(format!("/releases/{}/{path}", self.id), text));
        }
        Ok(())
    }

    fn name(&self, person: &PersonId) -> String {
        self.view.name(person).to_owned()
    }

    /// Whose words, and what shows them.
    fn whose(&self, person: &PersonId, evidence: &BTreeSet<EvidenceId>) -> String {
        let shown: Vec<String> = evidence.iter().map(ToString::to_string).collect();
        match shown.first() {
            Some(_) => format!("{} ({})", self.view.name(person), shown.join(", ")),
            None => self.name(person),
        }
    }

    /// A condition.
    pub async fn condition(&self, number: u32, open: &OpenCondition) -> Result<Card, Wrong> {
        let mut actions = Vec::new();
        if let Some(text) = unwritten() {
            let say = |what: &str| format!("say/{what}-condition-{number}");
            let report = ConditionCommand::Report { number, statement: text, evidence: [].into() };
            let page = (format!("conditions/{number}"), "Report it met".to_owned());
            self.offer(&mut actions, Command::Condition(report), page).await?;
            let accept = Command::Condition(ConditionCommand::Accept { number, statement: text });
            let told = (say("accept"), "Accept it as met".to_owned());
            self.offer(&mut actions, accept, told).await?;
            let back = Command::Condition(ConditionCommand::SendBack { number, reason: text });
            self.offer(&mut actions, back, (say("send-back"), "Send it back".into())).await?;
        }
        let report = open.report.as_ref();
        let report = report.map(|one| (self.whose(&one.by, &one.evidence), one.statement));
        let sent_back = open.sent_back.map(|text| ("Sent back".to_owned(), text));
        let closed = open.closed.map(|(_, text)| ("Accepted as met".to_owned(), text));
        let said = [report, sent_back, closed].into_iter().flatten();
        let zone = &self.visitor.shell.zone;
        Ok(Card {
            title: self.view.text(&open.condition.text).to_owned(),
            tag: condition_tag(open),
            facts: vec![
                format!("{}, by {}", self.name(&open.condition.owner), zone.text(open.due)),
                format!("Accepted as met by any {}", self.titles.role(&open.set_by)),
            ],
            said: said.map(|(who, text)| (who, self.view.text(&text).to_owned())).collect(),
            actions,
        })
    }

    async fn exception(
        &self,
        status: &ExceptionStatus,
        asked: &AskedException,
    ) -> Result<Card, Wrong> {
        let (number, mut actions) = (status.number, Vec::new());
        for role in &asked.accepted_by {
            let Some(text) = unwritten() else { break };
            let title = self.titles.role(role);
            let told = |what: &str, said: String| (format!("say/{what}-{number}-{role}"), said);
            let role = role.clone();
            let accept = ExceptionCommand::Accept { number, role: role.clone(), statement: text };
            let page = told("accept-risk", format!("Accept the risk as {title}"));
            self.offer(&mut actions, Command::Exception(accept), page).await?;
            let refuse = ExceptionCommand::Refuse { number, role: role.clone(), reason: text };
            let page = told("refuse-exception", format!("Refuse it as {title}"));
            self.offer(&mut actions, Command::Exception(refuse), page).await?;
            let revoke = ExceptionCommand::Revoke { number, role, reason: text };
            let page = told("revoke-exception", format!("Revoke it as {title}"));
            self.offer(&mut actions, Command::Exception(revoke), page).await?;
        }
        let awaits: Vec<String> = status.awaits.iter().map(|role| self.titles.role(role)).collect();
        let until = self.visitor.shell.zone.text(status.until);
        let follows = asked.exception.extends.map(|other| format!("Extends exception {other}"));
        let waits = awaits.first().map(|_| format!("Waits for {}", words::list(&awaits)));
        let text = |text| self.view.text(text).to_owned();
        let mut said = vec![
            (self.name(&asked.asked_by), text(&asked.exception.reason)),
            ("What is done in its place".to_owned(), text(&asked.exception.measures)),
        ];
        said.extend(asked.accepted.iter().map(|(role, one)| {
            let who =
                format!("{} accepted the risk as {}", self.name(&one.by), self.titles.role(role));
            (who, text(&one.statement))
        }));
        match &asked.course {
            Course::Refused { reason, .. } => said.push(("Refused".into(), text(reason))),
            Course::Revoked { reason, .. } => said.push(("Revoked".into(), text(reason))),
            Course::Requested | Course::Granted | Course::Expired { .. } => {}
        }
        Ok(Card {
            title: format!("Exception {number}: {}", status.waives),
            tag: exception_tag(&status.state),
            facts: [Some(format!("Until {until}")), follows, waits].into_iter().flatten().collect(),
            said,
            actions,
        })
    }

    /// A change request.
    pub async fn change(&self, number: u32, asked: &AskedChange) -> Result<Card, Wrong> {
        let mut actions = Vec::new();
        if let Some(text) = unwritten() {
            let answer = ChangesCommand::Answer { number, text, evidence: [].into() };
            let page = (format!("change-requests/{number}"), "Answer it".to_owned());
            self.offer(&mut actions, Command::Changes(answer), page).await?;
            let accept = Command::Changes(ChangesCommand::Accept { number, text });
            let told = match asked.awaits_answer() {
                true => "Take it back",
                false => "Take the answer",
            };
            let page = (format!("say/accept-change-{number}"), told.to_owned());
            self.offer(&mut actions, accept, page).await?;
            let insist = Command::Changes(ChangesCommand::Insist { number, text });
            let page = (format!("say/insist-change-{number}"), "Insist".to_owned());
            self.offer(&mut actions, insist, page).await?;
        }
        let asked_for =
            (self.name(&asked.asked_by), self.view.text(&asked.request.text).to_owned());
        let said = asked.said.iter().map(|word| {
            let who = match &word.turn {
                Turn::Answer(evidence) => self.whose(&word.by, evidence),
                Turn::Insistence => format!("{} insists", self.name(&word.by)),
                Turn::Settlement => format!("Settled by {}", self.name(&word.by)),
            };
            (who, self.view.text(&word.text).to_owned())
        });
        let about = asked.request.about.as_ref().map(|about| format!(": {about}"));
        Ok(Card {
            title: format!("Change request {number}{}", about.unwrap_or_default()),
            tag: change_tag(asked.state_word()),
            facts: vec![format!("Asked as {}", self.titles.role(&asked.request.role))],
            said: std::iter::once(asked_for).chain(said).collect(),
            actions,
        })
    }
}

fn condition_tag(open: &OpenCondition) -> Tag {
    let tone = match open.state_word() {
        "closed" => return Tag::new("Met", Tone::Good),
        "overdue" => Tone::Bad,
        "reported" => Tone::Active,
        _ => Tone::Warn,
    };
    Tag::new(words::title(open.state_word()), tone)
}

fn exception_tag(word: &str) -> Tag {
    let tone = match word {
        "requested" => Tone::Active,
        "granted" => Tone::Warn,
        _ => Tone::Quiet,
    };
    Tag::new(words::title(word), tone)
}

fn change_tag(word: &str) -> Tag {
    let tone = match word {
        "open" => Tone::Warn,
        "answered" => Tone::Active,
        _ => Tone::Good,
    };
    Tag::new(words::title(word), tone)
}
