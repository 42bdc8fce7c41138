//! A checklist item: its questions, its evidence, and saying that it does not apply.

use crate::api::releases::items::NewAnswer;
use crate::app::{Draft, View};
use crate::failure::Failure;
use crate::portal::command::onwards;
use crate::portal::components::field::{Field as TextField, Kind};
use crate::portal::components::tag::{self, Tag, Tone};
use crate::portal::components::{
    button, error_summary, form, heading, notice, prose, question, summary_list,
};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::gather::Pieces;
use crate::portal::pages::release::lines::EvidenceLine;
use crate::portal::post::Post;
use crate::portal::upload::{self, Attached, UploadForm};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::{Path, Request};
use countersign_core::field::{Answers, Field, FieldKind};
use countersign_core::policy::EvidenceNeed;
use countersign_core::release::command::{GivenAnswer, GivenFields};
use countersign_core::release::{Command, Filled, ItemAnswer, Target};
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct ItemPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub release_title: String,
    /// The item's name.
    pub item: String,
    /// What is confirmed.
    pub title: String,
    /// Where it stands.
    pub tag: Tag,
    /// More for the person who fills it in.
    pub guidance: String,
    /// Why it is asked.
    pub asked_because: String,
    /// What it lacks.
    pub missing: Vec<String>,
    /// The questions.
    pub fields: Vec<Field>,
    /// The answers known so far, or typed.
    pub answers: Answers,
    /// What evidence it needs, in words; `None` when it needs none.
    pub needs: Option<String>,
    /// The evidence attached to it.
    pub evidence: Vec<EvidenceLine>,
    /// Why it does not apply, when that was said; `None` when it must apply.
    pub not_applicable: Option<String>,
    /// Why it cannot be changed now; `None` when it can.
    pub fixed: Option<String>,
    /// What is wrong.
    pub faults: Faults,
}

impl ItemPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let field = |name: &str, label: &str, kind| Field {
            name: name.into(),
            label: label.into(),
            kind,
            when: None,
            required: true,
        };
        let fresh = Self {
            id: "r-000000000000".into(),
            release_title: "triage-lora r7".into(),
            item: "rollback_plan".into(),
            title: "Rollback path defined".into(),
            tag: Tag::new("To do", Tone::Active),
            guidance: "Name what production goes back to.".into(),
            asked_because: "always".into(),
            missing: vec!["the answers are missing".into()],
            fields: vec![
                field(
                    "path",
                    "How does production get back?",
                    FieldKind::Choice {
                        options: vec!["prior checkpoint".into(), "feature flag".into()],
                    },
                ),
                field("reference", "Which checkpoint or which flag, exactly?", FieldKind::Text),
                field("minutes", "Within how long?", FieldKind::Number { unit: "minutes".into() }),
                field("tested_on", "When was it tried?", FieldKind::Date),
                field("works", "Did it work?", FieldKind::YesNo),
            ],
            answers: Answers::new(),
            needs: Some("a file of the format model-card".into()),
            evidence: Vec::new(),
            not_applicable: Some(String::new()),
            fixed: None,
            faults: Faults::default(),
        };
        let answers = [("minutes".to_owned(), "soon".to_owned())].into();
        let faults = Faults::at("minutes", "Within how long? `soon` is not a number of minutes");
        let fixed = Some(
            "A release that is `approved` does not allow you to answer a checklist item".into(),
        );
        vec![
            fresh.clone(),
            Self { answers, faults, ..fresh.clone() },
            Self { fixed, missing: vec![], ..fresh },
        ]
    }

    fn questions(&self, path: &str, shell: &Shell) -> Markup {
        let some = self.fields.first();
        let text = format!("Confirm “{}”", self.title);
        let lead = match some {
            Some(_) => "Answer the questions",
            None => "Confirm it",
        };
        html! {
            section {
                h2 { (lead) }
                (form::post(path, shell, html! {
                    (question::all(&self.fields, &self.answers, &self.faults))
                    (button::submit(&text))
                }))
            }
        }
    }

    fn does_not_apply(&self, path: &str, shell: &Shell) -> Markup {
        html! {
            @if let Some(known) = &self.not_applicable {
                section {
                    h2 { "Or say that it does not apply" }
                    (form::post(path, shell, html! {
                        (TextField::new(Kind::Lines, "not_applicable", "Why it does not apply").value(known).render(&self.faults))
                        (button::other("Record that it does not apply", "answer", "not_applicable"))
                    }))
                }
            }
        }
    }

    fn known(&self) -> Markup {
        let lines = self.fields.iter().filter_map(|field| {
            let answer = self.answers.get(&field.name)?;
            Some(summary_list::line(&field.label, words::capital(answer)))
        });
        summary_list::render(&lines.collect::<Vec<_>>())
    }
}

impl Page for ItemPage {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/items/{}", self.id, self.item);
        let missing = Some(&self.missing).filter(|missing| !missing.is_empty());
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.release_title, &self.title))
            p { (tag::render(&self.tag)) " " span.hint { "Asked when: " (self.asked_because) } }
            (prose::render(&self.guidance))
            @if let Some(missing) = missing {
                (notice::inset(html! { "Still missing: " (missing.join("; ")) "." }))
            }
            @match &self.fixed {
                Some(why) => {
                    p.hint { (why) "." }
                    (self.known())
                    (upload::list(&self.evidence, shell))
                },
                None => {
                    @if let Some(needs) = &self.needs {
                        (upload::section(&UploadForm::new(format!("{path}/evidence"), needs), &self.evidence, shell, &self.faults))
                    }
                    (self.questions(&path, shell))
                    (self.does_not_apply(&path, shell))
                },
            }
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, item): &(String, String),
    typed: Option<Typed>,
    faults: Faults,
) -> Result<ItemPage, Wrong> {
    let view = super::release::view(visitor, id).await?;
    let name = crate::api::body::parse("item", item)?;
    let asked = view.plan.as_ref().and_then(|plan| plan.item(&name));
    let asked = asked.ok_or_else(|| Failure::not_found("checklist item", item))?;
    let mut statuses = view.report.iter().flat_map(|report| &report.items);
    let status = statuses.rfind(|status| status.item == name);
    let release_id = crate::api::body::parse("release", id)?;
    let answered = view.release.state.answers.get(&name).map(|answered| &answered.answer);
    let trial = answer_again(answered);
    let trial = Command::AnswerItem { item: name.clone(), answer: trial };
    let fixed = visitor.would_refuse(&release_id, trial).await?;
    let (answers, reason) = known(&view, answered);
    let typed_reason = typed.as_ref().map(|typed| typed.one("not_applicable").to_owned());
    let pieces = Pieces { visitor, view: &view, id };
    Ok(ItemPage {
        release_title: pieces.title(),
        title: asked.title.clone(),
        tag: tag_of(status.map_or("open", |status| status.state.as_str())),
        guidance: asked.guidance.clone(),
        asked_because: words::plain(&asked.when.to_string()),
        missing: status.map(|status| status.missing.clone()).unwrap_or_default(),
        fields: asked.fields.clone(),
        answers: typed.map_or(answers, |typed| typed.under("")),
        needs: needs(&asked.evidence),
        evidence: pieces.attached_to(&Target::Item(name.clone())),
        not_applicable: asked.may_not_apply.then(|| typed_reason.unwrap_or(reason)),
        fixed: fixed.as_ref().and_then(not_yours),
        id: id.clone(),
        item: item.clone(),
        faults,
    })
}

/// The answer known so far; trying it again tells whether the item may be answered at all.
fn answer_again(answered: Option<&ItemAnswer>) -> GivenAnswer {
    match answered {
        Some(ItemAnswer::NotApplicable { reason }) => {
            GivenAnswer::NotApplicable { reason: *reason }
        }
        Some(ItemAnswer::Confirmed(_)) | None => GivenAnswer::Confirmed(GivenFields::default()),
    }
}

/// Answers that do not fit can be corrected here; anything else means that it is not for now, or
/// not for this visitor.
pub fn not_yours(refusal: &countersign_core::refusal::Refusal) -> Option<String> {
    use countersign_core::refusal::Refusal;
    match refusal {
        Refusal::InvalidAnswers { .. } | Refusal::NothingToDo { .. } => None,
        other => Some(format!("{}: {}", words::capital(&other.to_string()), other.next_step())),
    }
}

fn known(view: &View, answered: Option<&ItemAnswer>) -> (Answers, String) {
    match answered {
        None => (Answers::new(), String::new()),
        Some(ItemAnswer::NotApplicable { reason }) => {
            (Answers::new(), view.text(reason).to_owned())
        }
        Some(ItemAnswer::Confirmed(filled)) => (filled_answers(view, filled), String::new()),
    }
}

/// Answers as they were given, free texts included.
pub fn filled_answers(view: &View, filled: &Filled) -> Answers {
    let mut answers = filled.values.clone();
    let texts = filled.texts.iter();
    answers.extend(texts.map(|(name, text)| (name.clone(), view.text(text).to_owned())));
    answers
}

fn tag_of(state: &str) -> Tag {
    match state {
        "complete" => Tag::new("Complete", Tone::Good),
        "not_applicable" => Tag::new("Does not apply", Tone::Quiet),
        _ => Tag::new("To do", Tone::Active),
    }
}

fn needs(need: &EvidenceNeed) -> Option<String> {
    match need {
        EvidenceNeed::None => None,
        EvidenceNeed::AnyFile => Some("a file of any format".into()),
        EvidenceNeed::Formats(formats) => {
            Some(format!("a file of the format {}", formats.join(" or ")))
        }
    }
}

/// `GET /releases/{release}/items/{item}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, &path, None, Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/items/{item}`
pub async fn answer(Path(path): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let new = if typed.has("answer", "not_applicable") {
        let reason = typed.one("not_applicable").to_owned();
        NewAnswer { answers: None, not_applicable: Some(reason) }
    } else {
        let mut answers = typed.under("");
        answers.remove(crate::portal::post::CSRF_FIELD);
        NewAnswer { answers: Some(answers), not_applicable: None }
    };
    let mut draft = Draft::default();
    let item = crate::api::body::parse("item", &path.1);
    let asked = item.and_then(|item| {
        new.checked(&mut draft).map(|answer| Command::AnswerItem { item, answer })
    });
    match visitor.ask(&path.0, asked.map(|command| (command, draft))).await? {
        None => onwards(&format!("/releases/{}#left", path.0)),
        Some(faults) => {
            let page = page(&visitor, &path, Some(typed), faults).await?;
            visitor.again(&page)
        }
    }
}

/// `POST /releases/{release}/items/{item}/evidence`
pub async fn attach(
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Answer {
    let item = crate::api::body::parse("item", &path.1)?;
    match upload::attach(&visitor, (&path.0, Target::Item(item)), request).await? {
        Attached::Done => onwards(&format!("/releases/{}/items/{}", path.0, path.1)),
        Attached::Wrong(faults) => {
            let page = page(&visitor, &path, None, faults).await?;
            visitor.again(&page)
        }
    }
}
