//! What is left of a release, grouped: prerequisites, checklist, steps, approvals, deployment.

use super::titles::{Titles, who};
use crate::app::View;
use crate::portal::components::tag::{Tag, Tone};
use crate::portal::components::task_list::{Group, Hint, Task};
use crate::portal::words;
use countersign_core::assess::{GateReport, ItemStatus, StepProgress, StepStatus};
use countersign_core::release::Deployed;

/// The groups of a release.
pub fn groups(view: &View, report: &GateReport, titles: &Titles) -> Vec<Group> {
    let id = view.release.state.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let release = format!("/releases/{id}");
    let mut groups = vec![prerequisites(view, report, &release)];
    groups.extend(checklist(view, report, &release));
    groups.push(steps(view, report, titles, &release));
    groups.push(deployments(view, &release));
    groups
}

/// "3 of 5 complete", by the tags of the tasks.
fn group(title: &str, tasks: Vec<Task>) -> Group {
    let done = tasks.iter().filter(|task| matches!(task.tag.tone, Tone::Good)).count();
    let quiet = tasks.iter().filter(|task| task.tag.text == NOT_APPLICABLE).count();
    let progress = format!("{} of {} done", done + quiet, tasks.len());
    Group { title: title.to_owned(), progress, tasks }
}

const NOT_APPLICABLE: &str = "Does not apply";

fn prerequisites(view: &View, report: &GateReport, release: &str) -> Group {
    let one = |one: &countersign_core::assess::PrerequisiteStatus| Task {
        title: one.text.clone(),
        path: Some(format!("{release}/prerequisites")),
        hints: one
            .confirmed
            .iter()
            .map(|(_, by)| Hint::Plain(format!("Confirmed by {}", who(view, by))))
            .collect(),
        tag: match one.confirmed {
            Some(_) => Tag::new("Confirmed", Tone::Good),
            None => Tag::new("To confirm", Tone::Active),
        },
    };
    group("Prerequisites", report.prerequisites.iter().map(one).collect())
}

fn checklist(view: &View, report: &GateReport, release: &str) -> Vec<Group> {
    let mut sections: Vec<(&str, Vec<Task>)> = Vec::new();
    for status in &report.items {
        let task = item(view, status, release);
        match sections.iter_mut().find(|(section, _)| *section == status.section) {
            Some((_, tasks)) => tasks.push(task),
            None => sections.push((&status.section, vec![task])),
        }
    }
    sections.into_iter().map(|(section, tasks)| group(section, tasks)).collect()
}

fn item(view: &View, status: &ItemStatus, release: &str) -> Task {
    let tag = match status.state.as_str() {
        "complete" => Tag::new("Complete", Tone::Good),
        "not_applicable" => Tag::new(NOT_APPLICABLE, Tone::Quiet),
        "waived" => Tag::new("Waived", Tone::Warn),
        _ => Tag::new("To do", Tone::Active),
    };
    let reason = status.does_not_apply.as_ref();
    let said = reason.map(|reason| Hint::Plain(format!("Said: “{}”", view.text(reason))));
    Task {
        title: status.title.clone(),
        path: Some(format!("{release}/items/{}", status.item)),
        hints: hints(&status.missing).into_iter().chain(said).collect(),
        tag,
    }
}

/// What is missing, short: three things at most, and how many more.
fn hints(missing: &[String]) -> Vec<Hint> {
    let more = missing.len().saturating_sub(2);
    let shown = missing.iter().take(2).map(|text| Hint::Plain(words::capital(text)));
    let rest =
        Some(more).filter(|more| more != &0).map(|more| Hint::Plain(format!("and {more} more")));
    shown.chain(rest).collect()
}

fn steps(view: &View, report: &GateReport, titles: &Titles, release: &str) -> Group {
    let one = |one: &StepStatus| step(view, one, titles, release);
    group("Steps of the runbook", report.steps.iter().map(one).collect())
}

/// One step of the runbook.
pub fn step(view: &View, status: &StepStatus, titles: &Titles, release: &str) -> Task {
    let kind = words::plain(&status.kind);
    let mut hints = vec![Hint::Plain(format!("{}, {kind}", titles.role(&status.role)))];
    let late = status.clock.as_ref().filter(|clock| clock.overdue);
    if let Some(clock) = late {
        let to = titles.role(&clock.escalate_to);
        hints.push(Hint::Urgent(format!("Overdue; {to} hears of it")));
    }
    if status.clock.as_ref().is_some_and(|clock| clock.paused) {
        hints.push(Hint::Plain("Its clock stands still: a change request waits".into()));
    }
    hints.extend(status.warnings.iter().map(|text| Hint::Urgent(words::capital(text))));
    let tag = match &status.progress {
        StepProgress::Done { by, .. } => {
            hints.push(Hint::Plain(format!("Done by {}", who(view, by))));
            Tag::new("Done", Tone::Good)
        }
        StepProgress::Ready => Tag::new("To do", Tone::Active),
        StepProgress::Waits { .. } => Tag::new("Waits for earlier steps", Tone::Quiet),
        StepProgress::AfterDecision => Tag::new("After the decision", Tone::Quiet),
        StepProgress::DeliveryFailed { error } => {
            hints.push(Hint::Urgent(words::capital(error)));
            Tag::new("Delivery failed", Tone::Bad)
        }
    };
    Task {
        title: format!("{}. {}", status.number, status.title),
        path: Some(format!("{release}/steps/{}", status.step)),
        hints,
        tag,
    }
}

fn deployments(view: &View, release: &str) -> Group {
    let state = &*view.release.state;
    let environments = state.request.iter().flat_map(|request| &request.environments);
    let asked = state.state.is_allowed() || !state.deployments.is_empty();
    let one = |environment: &countersign_core::name::EnvironmentName| match state
        .deployments
        .get(environment)
    {
        Some(deployed) => confirmation(view, deployed, release),
        None => Task {
            title: format!("Record the deployment to {environment}"),
            path: Some(format!("{release}/deploy/{environment}")),
            hints: Vec::new(),
            tag: Tag::new("To do", Tone::Active),
        },
    };
    let tasks = environments.filter(|_| asked).map(one).collect();
    group("Deployment", tasks)
}

fn confirmation(view: &View, deployed: &Deployed, release: &str) -> Task {
    let environment = &deployed.deployment.environment;
    let by = who(view, &deployed.deployment.deployer);
    let (tag, path) = match &deployed.confirmation {
        Some((_, statements)) if statements.all_well() => (Tag::new("Confirmed", Tone::Good), None),
        Some(_) => (Tag::new("Confirmed with issues", Tone::Bad), None),
        None => {
            let path = Some(format!("{release}/confirm/{environment}"));
            let tag = match deployed.missed {
                true => Tag::new("Confirmation missed", Tone::Bad),
                false => Tag::new("To confirm", Tone::Active),
            };
            (tag, path)
        }
    };
    Task {
        title: format!("Confirm that it works in {environment}"),
        path,
        hints: vec![Hint::Plain(format!("Deployed by {by}"))],
        tag,
    }
}
