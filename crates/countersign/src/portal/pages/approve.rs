//! Approving: what exactly is signed, with its conditions, before the signature counts.

use crate::api::releases::approve::{NewApproval, NewCondition};
use crate::app::{Draft, View};
use crate::portal::command::done;
use crate::portal::components::check_answers::{self, Part};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::summary_list::{Line, line};
use crate::portal::components::{button, digest, error_summary, form, heading, notice, prose};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::pages::release::ReleasePage;
use crate::portal::post::Post;
use crate::portal::visit::{Answer, Visitor};
use crate::portal::words;
use crate::portal::wrong::Wrong;
use axum::extract::Path;
use countersign_core::field::FieldKind;
use countersign_core::name::{PersonId, RoleName};
use countersign_core::release::command::Approve;
use countersign_core::release::urgent::shuts_at_once;
use countersign_core::release::{Command, ItemAnswer};
use maud::{Markup, html};

/// How many conditions the form takes at first; one more is always offered.
const CONDITIONS: usize = 1;

/// The page.
#[derive(Debug, Clone)]
pub struct ApprovePage {
    /// The release.
    pub release: ReleasePage,
    /// The role.
    pub role: String,
    /// What people call the role.
    pub role_title: String,
    /// What the signature is for.
    pub purpose: String,
    /// The rollback plan as it was answered.
    pub rollback: Vec<Line>,
    /// What was said not to apply, with the reasons.
    pub not_applied: Vec<Line>,
    /// Who could keep a condition, by id and name.
    pub people: Vec<(String, String)>,
    /// Why this visitor gives no such approval, and who could.
    pub fixed: Option<String>,
    /// What approving does at once, when that is more than to let something run.
    pub at_once: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

impl ApprovePage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let fresh = |release| Self {
            release,
            role: "product_lead".into(),
            role_title: "Product Lead".into(),
            purpose: "Business sign-off".into(),
            rollback: vec![line("Which checkpoint or which flag, exactly?", "prompt-v1.3")],
            not_applied: vec![line("Data protection assessment", "no personal data is used")],
            people: vec![("p-1".into(), "Jo Rivera".into())],
            fixed: None,
            at_once: Some("Approving this shuts every digest of the model at once.".into()),
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let mut pages: Vec<Self> = ReleasePage::samples().into_iter().map(fresh).collect();
        if let Some(page) = pages.first_mut() {
            page.fixed = Some("You cannot give this approval.".into());
        }
        if let Some(page) = pages.last_mut() {
            page.typed = Typed::default().with("conditions[0].text", "Repeat the evaluation");
            page.faults = Faults::at("conditions[0].due", "say by when");
        }
        pages
    }

    fn parts(&self) -> Vec<Part> {
        let release = &self.release;
        let artifacts = release.artifacts.iter();
        let artifacts = artifacts.map(|one| line(&one.name, digest::whole(&one.digest)));
        let evidence = release.evidence.iter().map(|one| {
            line(
                &one.id,
                html! {
                    a href=(one.file.path) { (one.file.text) } ", " (one.tag.text.to_lowercase())
                    @for text in &one.against { p { strong { (text) } } }
                },
            )
        });
        let criteria = release
            .criteria
            .iter()
            .map(|one| line(&one.title, html! { strong { (one.tag.text) } ". " (one.because) }));
        let mut signed = vec![
            line("Release", html! { strong { (release.title) } " of " (release.model.text) }),
            line("What changes, and why", prose::render(&release.summary)),
        ];
        signed.extend(release.facts.clone());
        signed.extend(release.pinned.clone());
        let part = |title: &str, lines| Part { title: title.into(), lines };
        let parts = vec![
            part("What you sign", signed),
            part("These bytes", artifacts.collect()),
            part("Judged by", criteria.collect()),
            part("The evidence", evidence.collect()),
            part("Said not to apply", self.not_applied.clone()),
            part("The way back", self.rollback.clone()),
        ];
        parts.into_iter().filter(|part| !part.lines.is_empty()).collect()
    }

    fn condition(&self, number: usize) -> Markup {
        let [text, owner, due, within] =
            ["text", "owner", "due", "within"].map(|part| format!("conditions[{number}].{part}"));
        let people = self.people.iter().map(|(id, name)| Option_::new(id, name));
        let people = people.map(|one| one.among(self.typed.all(&owner))).collect();
        html! {
            fieldset.group {
                legend { "Condition " (number + 1) " " span.optional { "(optional)" } }
                (Field::new(Kind::Lines, &text, "What has to happen").value(self.typed.one(&text))
                    .hint("If it is not closed in time, the verdict turns to deny.").render(&self.faults))
                (Choice::new(&owner, "Who keeps it", people).select(&self.faults))
                (Field::new(Kind::Moment, &due, "By when").value(self.typed.one(&due)).render(&self.faults))
                (Field::new(Kind::Line, &within, "Or how long after the decision").optional()
                    .hint("For example 20 business days, or 48 hours.")
                    .value(self.typed.one(&within)).render(&self.faults))
            }
        }
    }

    /// As many conditions as were sent, and room for one more when that was asked for.
    fn conditions(&self) -> usize {
        let sent =
            (0..).take_while(|n| self.typed.all(&format!("conditions[{n}].text")).next().is_some());
        let more = usize::from(self.typed.has("more", "condition"));
        sent.count().max(CONDITIONS) + more
    }
}

impl Page for ApprovePage {
    fn title(&self) -> String {
        format!("Approve {}", self.release.title)
    }

    fn section(&self) -> Section {
        Section::Releases
    }

    fn main(&self, shell: &Shell) -> Markup {
        let ReleasePage { id, title, dossier, .. } = &self.release;
        let dossier = dossier.map(|digest| digest.to_string()).unwrap_or_default();
        let text = format!("Approve {title} as {}", self.role_title);
        let blockers = self.release.blockers.iter().map(|one| &one.text).collect::<Vec<_>>();
        let open = blockers.first().filter(|_| !self.release.criteria.is_empty());
        html! {
            (error_summary::render(&self.faults))
            (heading::of_release(id, title, &format!("Approve {title}")))
            p.lead { (self.purpose) " as " strong { (self.role_title) } ". Your signature binds to exactly what is on this page. If any of it changes, it lapses." }
            @if open.is_some() {
                details {
                    summary { "What is open now" }
                    ul { @for text in &blockers { li { (text) } } }
                }
            }
            @if let Some(at_once) = &self.at_once { (notice::warning(at_once)) }
            (check_answers::render(&self.parts()))
            @if let Some(fixed) = &self.fixed { (notice::inset(fixed)) } @else { (form::post(&format!("/releases/{id}/approve/{}", self.role), shell, html! {
                (form::hidden(&[("dossier", &dossier)]))
                h2 { "Your word" }
                (Field::new(Kind::Lines, "comment", "Comment").optional().value(self.typed.one("comment")).render(&self.faults))
                @for number in 0..self.conditions() { (self.condition(number)) }
                (notice::inset("The rollback plan above is part of what you sign: production traffic may proceed under it."))
                (button::row(&[button::submit(&text), button::other("Add another condition", "more", "condition")]))
            })) }
        }
    }
}

async fn page(
    visitor: &Visitor,
    (id, role): &(String, String),
    typed: Typed,
    faults: Faults,
) -> Result<ApprovePage, Wrong> {
    let view = super::release::view(visitor, id).await?;
    let release = super::release::gather::page(visitor, &view).await?;
    let name = crate::api::body::parse("role", role)?;
    let titles = super::release::titles::Titles::of(visitor, &view).await?;
    let rules = view.report.iter().flat_map(|report| &report.approvals);
    let mine: Vec<_> = rules.filter(|rule| rule.role == name).collect();
    let first = mine.iter().find(|rule| rule.eligible.contains(&visitor.person)).or(mine.first());
    let asked = first.ok_or_else(|| crate::failure::Failure::not_found("approval", role))?;
    let eligible: Vec<_> = mine.iter().flat_map(|rule| &rule.eligible).collect();
    let fixed = match eligible.contains(&&visitor.person) {
        true => None,
        false => not_yours(visitor, &view, &name, &eligible).await?,
    };
    Ok(ApprovePage {
        fixed,
        at_once: view.release.state.request.as_ref().and_then(shuts_at_once),
        role: role.clone(),
        role_title: titles.role(&name),
        purpose: words::capital(&asked.purpose),
        rollback: rollback(&view),
        not_applied: not_applied(&view),
        people: words::people(&visitor.app.answerable().await?),
        release,
        typed,
        faults,
    })
}

/// Where the visitor approves in this role; nothing for whom no such approval is asked of.
pub fn path_for(visitor: &Visitor, view: &View, role: &RoleName) -> Option<String> {
    let id = view.release.state.id.as_ref()?;
    let mut rules = view.report.iter().flat_map(|report| &report.approvals);
    let asked = rules.any(|rule| &rule.role == role && rule.eligible.contains(&visitor.person));
    asked.then(|| format!("/releases/{id}/approve/{role}"))
}

/// Why the visitor gives no approval in this role, and who still could; `None` when the rules would
/// let them.
async fn not_yours(
    visitor: &Visitor,
    view: &View,
    role: &RoleName,
    eligible: &[&PersonId],
) -> Result<Option<String>, Wrong> {
    let (Some(id), Some(report)) = (&view.release.state.id, &view.report) else { return Ok(None) };
    let (role, dossier) = (role.clone(), report.dossier);
    let approve = Approve { role, dossier, conditions: Vec::new(), comment: None };
    let Some(refusal) = visitor.would_refuse(id, Command::Approve(approve)).await? else {
        return Ok(None);
    };
    let who: Vec<&str> = eligible.iter().map(|person| view.name(person)).collect();
    let who = match who.is_empty() {
        true => "Nobody else is left who could give it now.".to_owned(),
        false => format!("It can be given by {}.", words::list(&who)),
    };
    Ok(Some(format!("You cannot give this approval: {refusal}. {who}")))
}

/// The checklist items somebody said do not apply, with the reasons given.
fn not_applied(view: &View) -> Vec<Line> {
    let items = view.report.iter().flat_map(|report| &report.items);
    let said = items.filter_map(|one| {
        let reason = view.text(one.does_not_apply.as_ref()?);
        Some(line(&one.title, reason.to_owned()))
    });
    said.collect()
}

/// The answers to every checklist item about the way back, as the policy names them.
fn rollback(view: &View) -> Vec<Line> {
    let items = view.plan.iter().flat_map(|plan| &plan.items);
    let about = items.filter(|item| item.name.as_str().starts_with("rollback"));
    let mut lines = Vec::new();
    for item in about {
        let answered = view.release.state.answers.get(&item.name);
        let Some(ItemAnswer::Confirmed(filled)) = answered.map(|it| &it.answer) else { continue };
        for field in &item.fields {
            let text = filled.texts.get(&field.name).map(|text| view.text(text));
            let value = filled.values.get(&field.name).map(String::as_str).or(text);
            let unit = match &field.kind {
                FieldKind::Number { unit } => format!(" {unit}"),
                _ => String::new(),
            };
            lines.extend(value.map(|value| line(&field.label, format!("{value}{unit}"))));
        }
    }
    lines
}

/// `GET /releases/{release}/approve/{role}`
pub async fn show(visitor: Visitor, Path(path): Path<(String, String)>) -> Answer {
    let page = page(&visitor, &path, Typed::default(), Faults::default()).await?;
    visitor.page(&page)
}

/// The conditions that say something; times are meant in the organisation's zone.
fn conditions(typed: &Typed, visitor: &Visitor) -> Vec<NewCondition> {
    let numbers =
        (0..).take_while(|n| typed.all(&format!("conditions[{n}].text")).next().is_some());
    let filled = numbers.filter_map(|n| {
        let one = |part: &str| typed.one(&format!("conditions[{n}].{part}")).trim().to_owned();
        let due = visitor.shell.zone.as_sent(&one("due"));
        let due = if due.is_empty() { one("within") } else { due };
        let condition = NewCondition { text: one("text"), owner: one("owner"), due };
        Some(condition).filter(|it| !it.text.is_empty() || !it.due.is_empty())
    });
    filled.collect()
}

/// `POST /releases/{release}/approve/{role}`
pub async fn approve(Path(path): Path<(String, String)>, post: Post) -> Answer {
    let Post { visitor, typed } = post;
    if typed.has("more", "condition") {
        let page = page(&visitor, &path, typed, Faults::default()).await?;
        return visitor.page(&page);
    }
    let new = NewApproval {
        role: path.1.clone(),
        dossier: typed.one("dossier").to_owned(),
        conditions: conditions(&typed, &visitor),
        comment: typed.filled("comment").map(str::to_owned),
    };
    let mut draft = Draft::default();
    let asked = new.checked(&mut draft).map(|command| (command, draft));
    match visitor.ask(&path.0, asked).await? {
        None => done(&path.0, "approved"),
        Some(faults) => {
            let page = page(&visitor, &path, typed, faults).await?;
            visitor.again(&page)
        }
    }
}
