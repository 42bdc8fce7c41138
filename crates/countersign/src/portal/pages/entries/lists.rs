//! What the lists are called, what an empty one says, and the way between them.

use super::path;
use countersign_core::entry::EntryKind;
use maud::{Markup, html};

const SANDBOXES: (&str, &str) = (
    "Sandbox exclusions",
    "An experiment with neither real data nor real users needs no release, and says so here.",
);

const FREEZES: (&str, &str) = (
    "Freezes",
    "In a freeze nothing new is deployed. What runs keeps running, and an emergency is let through.",
);

const DEPLOYMENTS: (&str, &str) = (
    "Deployments",
    "What went where. The deployment log has each with its approvers and its evidence.",
);

const REVIEWS: (&str, &str) = (
    "Reviews of the policy",
    "The policy is looked at again once a year, when the process or the tooling changes, and when releases keep failing.",
);

const OVERRIDES: (&str, &str) = (
    "Overridden change types",
    "A lower change type was chosen than the facts proposed. Everybody who approves sees why.",
);

/// What a list is called, and what an empty one says.
pub(super) fn told(kind: EntryKind) -> (&'static str, &'static str) {
    match kind {
        EntryKind::Condition => (
            "Conditions",
            "A condition is a promise an approval depends on: it has an owner and a date.",
        ),
        EntryKind::RoleGrant => (
            "Roles given",
            "A role counts from its start until its end. An administrator gives it, never to himself.",
        ),
        EntryKind::Delegation => (
            "Delegations",
            "A holder of a role lets somebody act in it while he is away. Both count as one person.",
        ),
        EntryKind::AgendaItem => {
            ("Agenda", "What only the committee decides comes onto its agenda by itself.")
        }
        EntryKind::Meeting => (
            "Sessions",
            "A session is called by the chair or a member, and closed with its minutes.",
        ),
        EntryKind::Qualification => (
            "Qualifications",
            "What approvers have passed, where the policy asks for it, and until when it counts.",
        ),
        EntryKind::Emergency => (
            "Emergencies",
            "An emergency release ran on verbal authority before it was approved in writing.",
        ),
        EntryKind::Suspension => (
            "Suspensions",
            "A suspension stops a release everywhere; the committee looks at it afterwards.",
        ),
        EntryKind::Rollback => (
            "Rollbacks",
            "A rollback puts the version before in its place again, and says how long it took.",
        ),
        EntryKind::Drill => {
            ("Drills", "A drill is a rollback that was practised: it holds until it is too old.")
        }
        EntryKind::Exception => (
            "Exceptions",
            "An exception waives one criterion or one checklist item for one release, until a date.",
        ),
        EntryKind::ChangeRequest => {
            ("Change requests", "A reviewer asks for more tests or documents before deciding.")
        }
        EntryKind::Deployment => DEPLOYMENTS,
        EntryKind::PolicyReview => REVIEWS,
        EntryKind::Override => OVERRIDES,
        beside => told_beside(beside),
    }
}

/// The same of the lists that no single release fills.
fn told_beside(kind: EntryKind) -> (&'static str, &'static str) {
    match kind {
        EntryKind::LegalHold => (
            "Legal holds",
            "As long as a hold stands, nothing it covers is purged or erased, whatever the clocks say.",
        ),
        EntryKind::Purge => (
            "Purges",
            "Two people purge evidence that was kept long enough. The log keeps what it was.",
        ),
        EntryKind::Incident => (
            "Incidents",
            "An incident is something that went wrong with a model. Anybody may open one.",
        ),
        EntryKind::Risk => (
            "Risks",
            "The risk register holds what could go wrong, who watches it, and when it is looked at again.",
        ),
        EntryKind::Freeze => FREEZES,
        _sandboxes => SANDBOXES,
    }
}

/// Where somebody adds an entry to a list; `None` where entries come from elsewhere.
pub(super) fn added(kind: EntryKind) -> Option<(&'static str, &'static str)> {
    match kind {
        EntryKind::Condition
        | EntryKind::Exception
        | EntryKind::ChangeRequest
        | EntryKind::RoleGrant
        | EntryKind::Delegation
        | EntryKind::Qualification
        | EntryKind::Emergency
        | EntryKind::Suspension
        | EntryKind::Rollback
        | EntryKind::Drill
        | EntryKind::AgendaItem
        | EntryKind::Meeting
        | EntryKind::Override
        | EntryKind::PolicyReview
        | EntryKind::Purge
        | EntryKind::LegalHold => None,
        EntryKind::Deployment => Some(("/deployments", "Open the deployment log")),
        EntryKind::Freeze => Some(("/calendar#freeze", "Declare a freeze")),
        EntryKind::Incident => Some(("/incidents/new", "Open an incident")),
        EntryKind::Risk => Some(("/risks/new", "Enter a risk")),
        EntryKind::SandboxExclusion => Some(("/sandbox/new", "Claim a sandbox exclusion")),
    }
}

/// The lists in groups, each with the pages of its own that belong to it.
type Group = (&'static str, &'static [EntryKind], &'static [(&'static str, &'static str)]);

const GROUPS: [Group; 6] = [
    (
        "Releases",
        &[
            EntryKind::Condition,
            EntryKind::Exception,
            EntryKind::ChangeRequest,
            EntryKind::Override,
            EntryKind::Deployment,
        ],
        &[("/deployments", "Deployment log")],
    ),
    (
        "Trouble",
        &[
            EntryKind::Incident,
            EntryKind::Emergency,
            EntryKind::Suspension,
            EntryKind::Rollback,
            EntryKind::Drill,
        ],
        &[("/emergencies/rates", "How often emergencies were used")],
    ),
    (
        "Risk and control",
        &[EntryKind::Risk, EntryKind::SandboxExclusion],
        &[("/controls", "Controls"), ("/frameworks", "Laws and standards")],
    ),
    (
        "Committee",
        &[EntryKind::AgendaItem, EntryKind::Meeting, EntryKind::PolicyReview],
        &[("/committee", "Committee room")],
    ),
    (
        "People",
        &[EntryKind::RoleGrant, EntryKind::Delegation, EntryKind::Qualification],
        &[("/delegations", "Absences")],
    ),
    (
        "Time and records",
        &[EntryKind::Freeze, EntryKind::LegalHold, EntryKind::Purge],
        &[("/calendar", "Calendar and change windows")],
    ),
];

/// The way to the other lists.
pub(super) fn kinds(current: EntryKind) -> Markup {
    html! {
        nav.lists aria-label="Lists" {
            @for (group, lists, pages) in GROUPS {
                div {
                    p.group { (group) }
                    ul {
                        @for kind in lists.iter().copied() {
                            li {
                                a href=(path(kind)) aria-current=[(kind == current).then_some("page")] {
                                    (told(kind).0)
                                }
                            }
                        }
                        @for (path, name) in pages.iter() { li { a href=(path) { (name) } } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_list_stands_in_exactly_one_group() {
        let grouped: Vec<EntryKind> = GROUPS.iter().flat_map(|group| group.1).copied().collect();
        let once: BTreeSet<EntryKind> = grouped.iter().copied().collect();
        assert_eq!(once.len(), grouped.len());
        assert_eq!(once, EntryKind::ALL.into_iter().collect());
    }
}
