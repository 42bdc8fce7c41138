//! What happened to a release, as sentences.

mod care;
mod kept;

use super::beside;
use super::gather::target;
use super::titles::{Titles, who};
use crate::app::View;
use crate::portal::components::timeline::{Entry, Weight};
use crate::portal::words;
use countersign_core::event::{Envelope, Event};
use countersign_core::name::{PersonId, StepName};
use countersign_core::release::{ItemAnswer, ReleaseEvent, StepResult};
use countersign_core::text::Text;

/// What one event says; `None` for those that only carry more of another.
pub fn entry(view: &View, titles: &Titles, envelope: &Envelope) -> Option<Entry> {
    let Event::Release(event) = &envelope.event else { return None };
    let said = Saying { view, titles, by: who(view, &envelope.by) };
    let sentence = said.preparing(event).or_else(|| said.deciding(event));
    let sentence = sentence.or_else(|| kept::sentence(view, &said.by, event));
    let sentence = sentence.or_else(|| care::sentence(&said.by, titles, event))?;
    Some(Entry {
        at: envelope.at,
        sentence: words::capital(&sentence),
        quote: quoted(event).map(|text| view.text(&text).to_owned()).unwrap_or_default(),
        weight: weight(event),
    })
}

struct Saying<'a> {
    view: &'a View,
    titles: &'a Titles,
    by: String,
}

impl Saying<'_> {
    fn preparing(&self, event: &ReleaseEvent) -> Option<String> {
        let by = &self.by;
        Some(match event {
            ReleaseEvent::Requested { .. } => format!("{by} requested the release."),
            ReleaseEvent::Rescheduled { .. } => {
                format!("{by} changed the time in which it may first be deployed.")
            }
            ReleaseEvent::ChangeTypeOverridden { proposal, .. } => {
                let proposed = proposal.change.human().to_lowercase();
                format!("{by} chose less than the {proposed} that the facts propose.")
            }
            ReleaseEvent::ArtifactAdded { artifact } => {
                format!("{by} added the artifact {}.", artifact.name)
            }
            ReleaseEvent::ArtifactRemoved { name } => format!("{by} took out the artifact {name}."),
            ReleaseEvent::PrerequisiteConfirmed { number } => {
                format!("{by} confirmed prerequisite {number}.")
            }
            ReleaseEvent::ItemAnswered { item, answer } => {
                let plan = self.view.plan.as_ref().and_then(|plan| plan.item(item));
                let title = plan.map_or_else(|| item.to_string(), |item| item.title.clone());
                match answer {
                    ItemAnswer::Confirmed(_) => format!("{by} answered “{title}”."),
                    ItemAnswer::NotApplicable { .. } => {
                        format!("{by} said that “{title}” does not apply.")
                    }
                }
            }
            ReleaseEvent::EvidenceAttached { evidence } => {
                let to = target(self.view, &evidence.target);
                format!("{by} attached {} ({}) to “{to}”.", evidence.name, evidence.id)
            }
            ReleaseEvent::EvidenceWithdrawn { evidence, .. } => {
                format!("{by} withdrew the evidence {evidence}.")
            }
            ReleaseEvent::EvidenceOpened { evidence } => {
                format!("{by} opened the evidence {evidence}.")
            }
            ReleaseEvent::FindingClosed { finding, evidence, .. } => {
                format!("{by} closed the finding {finding} of {evidence}.")
            }
            ReleaseEvent::Submitted { .. } => {
                format!("{by} submitted the release. Its plan is fixed from here on.")
            }
            ReleaseEvent::StepCompleted { step, result } => self.step(step, result),
            ReleaseEvent::DeliveryFailed { step, error } => {
                format!("The message of “{}” could not be delivered: {error}.", self.title(step))
            }
            ReleaseEvent::ConcernRaised { number, step, .. } => {
                format!("{by} raised concern {number} on “{}”.", self.title(step))
            }
            ReleaseEvent::ConcernResolved { number, .. } => {
                format!("{by} resolved concern {number}.")
            }
            _ => return None,
        })
    }

    fn deciding(&self, event: &ReleaseEvent) -> Option<String> {
        let by = &self.by;
        Some(match event {
            ReleaseEvent::ApprovalGiven { approval } => {
                let own = if approval.self_approved { " (own request)" } else { "" };
                let away = self.away(approval.on_behalf_of.as_ref());
                format!("{by} approved as {}{own}{away}.", self.titles.role(&approval.role))
            }
            ReleaseEvent::ApprovalsLapsed { people, changed, .. } => {
                let whose = words::list(&self.names(people));
                format!("The approval of {whose} lapsed: {changed}.")
            }
            ReleaseEvent::Approved { decision } => match decision.with_conditions {
                true => "The release is approved, with conditions.".into(),
                false => "The release is approved.".into(),
            },
            ReleaseEvent::Rejected { rejection } => {
                let reason = words::plain(rejection.reason.word());
                let away = self.away(rejection.on_behalf_of.as_ref());
                let role = self.titles.role(&rejection.role);
                format!("{by} rejected it as {role}{away}: {reason}.")
            }
            ReleaseEvent::Withdrawn { .. } => format!("{by} withdrew the release."),
            ReleaseEvent::Deployed { deployment } => {
                let change = deployment.change_reference.as_ref();
                let change = change.map(|it| format!(" with change {it}")).unwrap_or_default();
                let passed = match deployment.despite.is_empty() {
                    true => "",
                    false => " It passed a freeze or a closed window, as an emergency.",
                };
                let place = &deployment.environment;
                format!("{by} recorded the deployment to {place}{change}.{passed}")
            }
            ReleaseEvent::DeploymentConfirmed { environment, statements } => {
                match statements.all_well() {
                    true => format!("{by} confirmed that it works in {environment}."),
                    false => format!("{by} reported issues in {environment}."),
                }
            }
            ReleaseEvent::ConfirmationMissed { environment, .. } => {
                format!("The confirmation for {environment} did not come in time.")
            }
            ReleaseEvent::ConditionClosed { number, .. } => {
                format!("{by} accepted condition {number} as met.")
            }
            ReleaseEvent::Suspended { .. } => format!("{by} suspended the release."),
            ReleaseEvent::Resumed { .. } => format!("{by} let the release run again."),
            ReleaseEvent::Superseded { environment, by: other, .. } => {
                format!("{} took its place in {environment}.", self.view.title(other))
            }
            ReleaseEvent::Urgent(event) => beside::sentence(self.view, by, event),
            ReleaseEvent::AttemptRefused { action, code } => {
                format!("{by} tried to {action} and was refused ({code}).")
            }
            _ => return None,
        })
    }

    fn step(&self, step: &StepName, result: &StepResult) -> String {
        let (by, title) = (&self.by, self.title(step));
        match result {
            StepResult::Done { .. } => format!("{by} completed “{title}”."),
            StepResult::Files { evidence } => {
                let files = words::count(evidence.len(), "file", "files");
                format!("{by} completed “{title}” with {files}.")
            }
            StepResult::Answers(_) => format!("{by} answered the questions of “{title}”."),
            StepResult::Delivered { status, .. } => {
                format!("The message of “{title}” was delivered (status {status}).")
            }
        }
    }

    fn title(&self, step: &StepName) -> String {
        let planned = self.view.plan.as_ref().and_then(|plan| plan.step(step));
        planned.map_or_else(|| step.to_string(), |planned| planned.step.title.clone())
    }

    /// For whom somebody stood in.
    fn away(&self, holder: Option<&PersonId>) -> String {
        holder.map(|one| format!(", standing in for {}", self.view.name(one))).unwrap_or_default()
    }

    fn names(&self, people: &[PersonId]) -> Vec<String> {
        people.iter().map(|person| self.view.name(person).to_owned()).collect()
    }
}

/// What somebody wrote with it.
fn quoted(event: &ReleaseEvent) -> Option<Text> {
    match event {
        ReleaseEvent::Requested { request, .. } => Some(request.summary),
        ReleaseEvent::EvidenceWithdrawn { reason, .. }
        | ReleaseEvent::FindingClosed { reason, .. }
        | ReleaseEvent::Withdrawn { reason }
        | ReleaseEvent::ChangeTypeOverridden { reason, .. }
        | ReleaseEvent::Suspended { reason }
        | ReleaseEvent::Resumed { reason } => Some(*reason),
        ReleaseEvent::ConcernRaised { text, .. } | ReleaseEvent::ConcernResolved { text, .. } => {
            Some(*text)
        }
        ReleaseEvent::StepCompleted { result: StepResult::Done { statement }, .. } => {
            Some(*statement)
        }
        ReleaseEvent::ItemAnswered { answer: ItemAnswer::NotApplicable { reason }, .. } => {
            Some(*reason)
        }
        ReleaseEvent::ApprovalGiven { approval } => approval.comment,
        ReleaseEvent::Rejected { rejection } => Some(rejection.text),
        ReleaseEvent::DeploymentConfirmed { statements, .. } => statements.note,
        ReleaseEvent::ConditionClosed { done, .. } => Some(*done),
        ReleaseEvent::Urgent(event) => beside::quoted(event),
        ReleaseEvent::Retention(event) => kept::quoted(event),
        ReleaseEvent::Condition(_) | ReleaseEvent::Exception(_) | ReleaseEvent::Changes(_) => {
            care::quoted(event)
        }
        _ => None,
    }
}

fn weight(event: &ReleaseEvent) -> Weight {
    match event {
        ReleaseEvent::Requested { .. }
        | ReleaseEvent::ChangeTypeOverridden { .. }
        | ReleaseEvent::Submitted { .. }
        | ReleaseEvent::ApprovalGiven { .. }
        | ReleaseEvent::ApprovalsLapsed { .. }
        | ReleaseEvent::Approved { .. }
        | ReleaseEvent::Rejected { .. }
        | ReleaseEvent::Withdrawn { .. }
        | ReleaseEvent::Deployed { .. }
        | ReleaseEvent::DeploymentConfirmed { .. }
        | ReleaseEvent::ConfirmationMissed { .. }
        | ReleaseEvent::Suspended { .. }
        | ReleaseEvent::Resumed { .. }
        | ReleaseEvent::Exception(_)
        | ReleaseEvent::Changes(_)
        | ReleaseEvent::Superseded { .. }
        | ReleaseEvent::Urgent(_) => Weight::Turn,
        _ => Weight::Work,
    }
}
