//! Owner titles: each has to mean a role of the policy before a runbook is published.

use super::key::Key;
use super::outline::{Form, Outline};
use super::source::Faults;
use super::step::Body;
use super::{body_of, fence};
use crate::diagnostic::Diagnostic;
use countersign_core::policy::Policy;
use countersign_core::runbook::Runbook;

/// Reports every owner and escalation title of the runbook that means no role of the policy
/// . `source` is the text the runbook was read from; it gives the places.
pub fn check_titles(runbook: &Runbook, policy: &Policy, source: &str) -> Vec<Diagnostic> {
    let mut faults = Faults::new(source);
    let mut lines = body_of(source);
    fence::mark(&mut lines, &mut Faults::new(source));
    let outline = Outline::of(&lines, Form::of(&lines));
    let bodies: Vec<Body<'_>> = outline.steps.iter().map(|step| Body::of(&step.lines)).collect();
    for (at, step) in runbook.steps.iter().enumerate() {
        let place = |key: Key| {
            bodies
                .get(at)
                .and_then(|body| body.entry(key))
                .map_or(&source[..0], |entry| entry.value)
        };
        check(&step.owner, place(Key::Owner), policy, &mut faults);
        if !step.escalation.is_empty() {
            check(&step.escalation, place(Key::Escalation), policy, &mut faults);
        }
    }
    faults.sorted()
}

fn check(title: &str, place: &str, policy: &Policy, faults: &mut Faults<'_>) {
    if policy.role_for_title(title).is_some() {
        return;
    }
    let message = format!("`{title}` means no role of the policy `{}`", policy.name);
    let help = format!("add a line `title \"{title}\" means ROLE` to the policy");
    faults.error("runbook.title_unmapped", place, message, &help);
}
