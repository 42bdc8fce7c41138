//! A step of the runbook: what to do, and doing it.

use crate::api::releases::steps::NewStepResult;
use crate::app::{Draft, View};
use crate::failure::Failure;
use crate::portal::command::onwards;
use crate::portal::components::field::{Field as TextField, Kind};
use crate::portal::components::summary_list::{Line, line};
use crate::portal::components::tag::{self, Tag};
use crate::portal::components::timeline::quote;
use crate::portal::components::{
    button, error_summary, form, heading, prose, question, summary_list,
};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::approve::path_for;
use crate::portal::pages::item::{filled_answers, not_yours};
use crate::portal::pages::release::gather::Pieces;
use crate::portal::pages::release::lines::{Action, EvidenceLine};
use crate::portal::pages::release::tasks;
use crate::portal::pages::release::titles::{Titles, who};
use crate::portal::post::Post;
use crate::portal::upload::{self, Attached, UploadForm};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::{Path, Request};
use countersign_core::field::{Answers, Field};
use countersign_core::plan::PlannedStep;
use countersign_core::release::command::{GivenFields, StepDone};
use countersign_core::release::{Command, StepResult, Target};
use countersign_core::runbook::ReviewNote;
use countersign_core::step::StepKind;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct StepPage {
    /// The release's identifier.
    pub id: String,
    /// What people call it.
    pub release_title: String,
    /// The step's name.
    pub step: String,
    /// Its number and title.
    pub title: String,
    /// Where it stands.
    pub tag: Tag,
    /// Kind, role, time limit, due date.
    pub facts: Vec<Line>,
    /// What to do.
    pub text: String,
    /// Notes of reviewers.
    pub notes: Vec<ReviewNote>,
    /// What it lacks, then what somebody should look at.
    pub remarks: Vec<String>,
    /// How it is done here.
    pub work: Work,
    /// The result, once it is done.
    pub result: Vec<Line>,
    /// The evidence attached to it.
    pub evidence: Vec<EvidenceLine>,
    /// The concerns about it: what, and where it is resolved.
    pub concerns: Vec<(String, Option<Action>)>,
    /// Why it cannot be done now; `None` when it can.
    pub fixed: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// How a step is done on its page.
#[derive(Debug, Clone)]
pub enum Work {
    /// Saying what was done.
    Statement,
    /// Attaching files that cover these parts.
    Files(Vec<String>),
    /// Answering questions.
    Questions(Vec<Field>),
    /// Approving, on that page; nothing for whom nobody asks.
    Approval(Option<String>),
    /// Nothing: Countersign does it.
    Delivery,
}

impl StepPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            id: "r-000000000000".into(),
            release_title: "triage-lora r7".into(),
            step: "security-review".into(),
            title: "4. Security review for extraction and abuse".into(),
            tag: Tag::new("To do", tag::Tone::Active),
            facts: vec![line("Kind", "Form"), line("Owner", "Application Security")],
            text: "Answer the questionnaire.".into(),
            notes: vec![ReviewNote {
                reviewer: "editorial review".into(),
                text: "Check the titles.".into(),
            }],
            remarks: vec!["Not done yet".into()],
            work: Work::Questions(countersign_core::step::form::Form::standard().fields),
            result: Vec::new(),
            evidence: Vec::new(),
            concerns: vec![(
                "The use case has grown since the card was written.".into(),
                Some(Action::new("/releases/r-000000000000/say/resolve-concern-1", "Resolve it")),
            )],
            fixed: None,
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let with = |work: Work| Self { work, ..fresh.clone() };
        let fixed = Some("Step `security-review` waits for earlier steps".into());
        vec![
            with(Work::Statement),
            with(Work::Files(vec!["safety".into(), "quality".into()])),
            Self { faults: Faults::at("tool_use", "this needs an answer"), ..fresh.clone() },
            with(Work::Approval(Some("/releases/r-000000000000/approve/legal".into()))),
            Self { fixed, result: vec![line("What was done", "Checked.")], ..with(Work::Delivery) },
        ]
    }

    fn work(&self, path: &str, shell: &Shell) -> Markup {
        let complete = format!("Complete “{}”", self.title);
        html! {
            @match &self.work {
                Work::Statement => (form::post(path, shell, html! {
                    (TextField::new(Kind::Lines, "statement", "What was done")
                        .hint("So that somebody who reads it in a year understands it.")
                        .value(self.typed.one("statement")).render(&self.faults))
                    (button::submit(&complete))
                })),
                Work::Questions(fields) => (form::post(path, shell, html! {
                    (question::all(fields, &self.typed.under(""), &self.faults))
                    (button::submit(&complete))
                })),
                Work::Files(parts) => {
                    (upload::section(&self.upload(path, parts), &self.evidence, shell, &self.faults))
                    (form::post(path, shell, button::submit(&complete)))
                },
                Work::Approval(Some(path)) => p { (button::link(path, "Go to the approval")) },
                Work::Approval(None) => p.hint { "It is done by approving the release, which waits for others than you." },
                Work::Delivery => p.hint { "Countersign sends the message after the decision, signs it, and repeats it until it is taken." },
            }
        }
    }

    fn upload(&self, path: &str, parts: &[String]) -> UploadForm {
        let needs = "files of any format; together they cover every part";
        UploadForm { parts: parts.to_vec(), ..UploadForm::new(format!("{path}/evidence"), needs) }
    }

    fn concerns(&self) -> Markup {
        let raise = format!("/releases/{}/say/raise-concern-{}", self.id, self.step);
        html! {
            section {
                h2 { "Concerns" }
                @for (text, resolve) in &self.concerns {
                    (quote(text))
                    @if let Some(resolve) = resolve { p { a href=(resolve.path) { (resolve.text) } } }
                }
                p { a href=(raise) { "Raise a concern" } " " span.hint { "It stops approvals until it is resolved." } }
            }
        }
    }
}

impl Page for StepPage {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let path = format!("/releases/{}/steps/{}", self.id, self.step);
        let result = Some(&self.result).filter(|result| !result.is_empty());
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(&self.id, &self.release_title, &self.title))
            p { (tag::render(&self.tag)) }
            (summary_list::render(&self.facts))
            (prose::render(&self.text))
            @for note in &self.notes {
                aside.note { p { strong { "Note, " (note.reviewer) ": " } (note.text) } }
            }
            @for remark in &self.remarks { p.hint { (words::capital(remark)) } }
            @if let Some(result) = result {
                section { h2 { "The result" } (summary_list::render(result)) }
            }
            @match &self.fixed {
                Some(why) => { p.hint { (why) "." } (upload::list(&self.evidence, shell)) },
                None => (self.work(&path, shell)),
            }
            (self.concerns())
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, step): &(String, String),
    typed: Option<Typed>,
    faults: Faults,
) -> Result<StepPage, Wrong> {
    let view = super::release::view(visitor, id).await?;
    let titles = Titles::of(visitor, &view).await?;
    let name = crate::api::body::parse("step", step)?;
    let planned = view.plan.as_ref().and_then(|plan| plan.step(&name));
    let planned = planned.ok_or_else(|| Failure::not_found("step", step))?;
    let mut statuses = view.report.iter().flat_map(|report| &report.steps);
    let status = statuses.rfind(|status| status.step == name);
    let release_id = crate::api::body::parse("release", id)?;
    let trial = Command::CompleteStep { step: name.clone(), done: trial(&planned.step.kind) };
    let refusal = visitor.would_refuse(&release_id, trial).await?;
    let by_hand = matches!(
        planned.step.kind,
        StepKind::Manual(_) | StepKind::Form(_) | StepKind::FileUpload(_)
    );
    let pieces = Pieces { visitor, view: &view, id };
    let release = format!("/releases/{id}");
    let known = known(&view, planned);
    Ok(StepPage {
        release_title: pieces.title(),
        title: format!("{}. {}", planned.number, planned.step.title),
        tag: status.map_or_else(
            || Tag::new("To do", tag::Tone::Active),
            |status| tasks::step(&view, status, &titles, &release).tag,
        ),
        facts: facts(visitor, planned, status, &titles),
        text: planned.step.text.clone(),
        notes: planned.step.notes.clone(),
        remarks: status
            .map(|s| [s.missing.clone(), s.warnings.clone()].concat())
            .unwrap_or_default(),
        work: work(planned, path_for(visitor, &view, &planned.role)),
        result: result(&view, planned),
        evidence: pieces.attached_to(&Target::Step(name.clone())),
        concerns: concerns(&view, &name, &release),
        fixed: refusal.as_ref().filter(|_| by_hand).and_then(not_yours),
        typed: typed.unwrap_or(known),
        id: id.clone(),
        step: step.clone(),
        faults,
    })
}

/// A completion that only asks whether this visitor may complete the step now.
fn trial(kind: &StepKind) -> StepDone {
    match (kind, crate::portal::command::unwritten()) {
        (StepKind::Manual(_), Some(statement)) => StepDone::Manual { statement },
        (StepKind::Form(_), _) => StepDone::Form(GivenFields::default()),
        (
            StepKind::Manual(_)
            | StepKind::FileUpload(_)
            | StepKind::Approval(_)
            | StepKind::Webhook(_),
            _,
        ) => StepDone::Files,
    }
}

fn work(planned: &PlannedStep, approve: Option<String>) -> Work {
    match &planned.step.kind {
        StepKind::Manual(_) => Work::Statement,
        StepKind::FileUpload(upload) => Work::Files(upload.parts.clone()),
        StepKind::Form(form) => Work::Questions(form.fields.clone()),
        StepKind::Approval(_) => Work::Approval(approve),
        StepKind::Webhook(_) => Work::Delivery,
    }
}

fn facts(
    visitor: &Visitor,
    planned: &PlannedStep,
    status: Option<&countersign_core::assess::StepStatus>,
    titles: &Titles,
) -> Vec<Line> {
    let clock = status.and_then(|status| status.clock.as_ref());
    let due = clock.map(|clock| match clock.paused {
        true => line("Due", "The clock stands still while a change request waits for its answer"),
        false => line("Due", visitor.shell.zone.moment(clock.due)),
    });
    [
        Some(line("Kind", words::title(planned.step.kind.word()))),
        Some(line("Done by", titles.role(&planned.role))),
        Some(line("Time limit", planned.step.sla.to_string())),
        due,
        Some(line(
            "When it takes longer",
            format!("{} hears of it", titles.role(&planned.escalate_to)),
        )),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn known(view: &View, planned: &PlannedStep) -> Typed {
    let done = view.release.state.steps.get(&planned.step.name);
    let answers = match done.map(|done| &done.result) {
        Some(StepResult::Answers(filled)) => filled_answers(view, filled),
        Some(StepResult::Done { .. } | StepResult::Files { .. } | StepResult::Delivered { .. })
        | None => Answers::new(),
    };
    answers.into_iter().fold(Typed::default(), |typed, (name, answer)| typed.with(&name, answer))
}

fn result(view: &View, planned: &PlannedStep) -> Vec<Line> {
    let Some(done) = view.release.state.steps.get(&planned.step.name) else { return Vec::new() };
    let mut lines = vec![line("Done by", who(view, &done.by))];
    match &done.result {
        StepResult::Done { statement } => lines.push(line("What was done", view.text(statement))),
        StepResult::Files { evidence } => {
            let files: Vec<String> = evidence.iter().map(ToString::to_string).collect();
            lines.push(line("Files", words::list(&files)));
        }
        StepResult::Answers(filled) => {
            let answers = filled_answers(view, filled);
            let fields = planned.step.kind.fields().iter();
            lines.extend(fields.filter_map(|field| {
                answers.get(&field.name).map(|answer| line(&field.label, answer))
            }));
        }
        StepResult::Delivered { message, status } => {
            lines.push(line("Message", message));
            lines.push(line("Status", status.to_string()));
        }
    }
    lines
}

fn concerns(
    view: &View,
    step: &countersign_core::name::StepName,
    release: &str,
) -> Vec<(String, Option<Action>)> {
    let release_state = &*view.release.state;
    let here = release_state.concerns.iter().filter(|(_, concern)| &concern.step == step);
    here.map(|(number, concern)| {
        let path = format!("{release}/say/resolve-concern-{number}");
        let open = concern.resolved.is_none().then(|| Action::new(path, "Resolve it"));
        (format!("{}: {}", who(view, &concern.by), view.text(&concern.text)), open)
    })
    .collect()
}

/// `GET /releases/{release}/steps/{step}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, &path, None, Faults::default()).await?;
    visitor.page(&page)
}

/// `POST /releases/{release}/steps/{step}`
pub async fn complete(Path(path): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    let view = super::release::view(&visitor, &path.0).await?;
    let name = crate::api::body::parse("step", &path.1)?;
    let planned = view.plan.as_ref().and_then(|plan| plan.step(&name));
    let mut answers = typed.under("");
    answers.remove(crate::portal::post::CSRF_FIELD);
    let new = match planned.map(|planned| &planned.step.kind) {
        Some(StepKind::Manual(_)) => {
            NewStepResult { statement: Some(typed.one("statement").to_owned()), answers: None }
        }
        Some(StepKind::Form(_)) => NewStepResult { statement: None, answers: Some(answers) },
        Some(_) | None => NewStepResult { statement: None, answers: None },
    };
    let mut draft = Draft::default();
    let asked = new.checked(&mut draft).map(|done| Command::CompleteStep { step: name, done });
    match visitor.ask(&path.0, asked.map(|command| (command, draft))).await? {
        None => onwards(&format!("/releases/{}#left", path.0)),
        Some(faults) => {
            let page = page(&visitor, &path, Some(typed), faults).await?;
            visitor.again(&page)
        }
    }
}

/// `POST /releases/{release}/steps/{step}/evidence`
pub async fn attach(
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Answer {
    let step = crate::api::body::parse("step", &path.1)?;
    match upload::attach(&visitor, (&path.0, Target::Step(step)), request).await? {
        Attached::Done => onwards(&format!("/releases/{}/steps/{}", path.0, path.1)),
        Attached::Wrong(faults) => {
            let page = page(&visitor, &path, None, faults).await?;
            visitor.again(&page)
        }
    }
}
