//! What a control points to, held against what there is.

use super::place;
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::READERS;
use countersign_core::control::{Control, LinkKind, Surroundings, link_statuses};
use std::collections::BTreeSet;

/// The formats readers know.
pub fn known_formats() -> BTreeSet<&'static str> {
    READERS.iter().map(|reader| reader.format).collect()
}

/// Reports every link of the control that points to nothing. `source` is the text the
/// control was read from; it gives the places.
pub fn check_links(control: &Control, around: &Surroundings<'_>, source: &str) -> Vec<Diagnostic> {
    let all = link_statuses(control, around).into_iter();
    let dangling = all.filter(|link| link.title.is_none());
    dangling
        .map(|link| {
            let (key, help) = remedy(link.kind, around);
            let message =
                format!("there is no {} `{}`", link.kind.human().to_lowercase(), link.name);
            let span = place(source, key, &link.name);
            Diagnostic::new(Level::Error, "control.link_dangling", source, span, message).help(help)
        })
        .collect()
}

/// Below which key such a link stands, and what to do about one that points to nothing.
fn remedy(kind: LinkKind, around: &Surroundings<'_>) -> (&'static str, &'static str) {
    match kind {
        LinkKind::Policy => ("policies", "publish the policy first, or take the link out"),
        LinkKind::Runbook => ("runbooks", "publish the runbook first, or take the link out"),
        LinkKind::Item | LinkKind::Criterion if around.policy.is_none() => {
            ("links", "bring a policy into force first")
        }
        LinkKind::Item => ("tests", "name a checklist item of the policy in force"),
        LinkKind::Criterion => ("criteria", "name a criterion of the policy in force"),
        LinkKind::Format => ("formats", "name a format of `docs/reference/readers.md`"),
    }
}
