//! The simulation: people, machines, clocks and faults at random, five hundred steps a seed, with
//! the invariants looked at after every step and a second verdict asked at random moments.
//!
//! `COUNTERSIGN_SEEDS=100000 cargo test -p countersign-core --test simulation` runs more seeds
//! than every day; `COUNTERSIGN_FIRST_SEED` begins elsewhere. A failure prints its seed, the step
//! and the shortest history that was found to show it.

mod beside;
mod cast;
mod compared;
mod dice;
mod house;
mod invariants;
mod moves;
mod oracle;
mod rows;
mod run;
mod shrink;
mod tally;

/// Seeds run when nobody asks for another number.
const SEEDS: u64 = 2_000;

/// Every event the simulation can bring about. One that never occurs would make the invariants
/// over it worthless.
const EVENTS: &[&str] = &[
    "accounts_linked",
    "approval_given",
    "approvals_lapsed",
    "approved",
    "artifact_added",
    "artifact_removed",
    "attempt_refused",
    "authority_confirmed",
    "authority_denied",
    "authority_lapsed",
    "calendar_set",
    "change_refused",
    "change_windows_set",
    "changes_accepted",
    "changes_answered",
    "changes_insisted",
    "changes_requested",
    "concern_raised",
    "concern_resolved",
    "condition_closed",
    "condition_lapsed",
    "condition_overdue",
    "condition_reminded",
    "condition_reported",
    "condition_sent_back",
    "confirmation_missed",
    "delegation_ended",
    "delivery_failed",
    "deployed",
    "deployment_confirmed",
    "drill_recorded",
    "emergency_claimed",
    "environment_defined",
    "evidence_attached",
    "evidence_opened",
    "evidence_purged",
    "evidence_withdrawn",
    "exception_expired",
    "exception_granted",
    "exception_refused",
    "exception_requested",
    "exception_revoked",
    "exception_risk_accepted",
    "exclusion_claimed",
    "exclusion_ended",
    "finding_closed",
    "freeze_declared",
    "freeze_lifted",
    "hold_lifted",
    "hold_placed",
    "incident_assigned",
    "incident_closed",
    "incident_linked",
    "incident_noted",
    "incident_opened",
    "item_answered",
    "item_closed",
    "item_put",
    "meeting_attempt_refused",
    "meeting_called",
    "meeting_cancelled",
    "meeting_closed",
    "meeting_opened",
    "member_recused",
    "models_linked",
    "owner_changed",
    "papers_awaited",
    "papers_overdue",
    "papers_owed",
    "papers_received",
    "papers_reminded",
    "policy_approval_given",
    "policy_approved",
    "policy_declined",
    "policy_published",
    "prerequisite_confirmed",
    "purge_proposed",
    "purge_refused",
    "reading_continued",
    "records_exported",
    "registered",
    "reinstated",
    "rejected",
    "release_deployed",
    "release_rolled_back",
    "requested",
    "rescheduled",
    "resumed",
    "retired",
    "retirement_decided",
    "reviewed",
    "risk_closed",
    "risk_entered",
    "risk_handed_over",
    "risk_reassessed",
    "role_delegated",
    "role_granted",
    "role_revoked",
    "rolled_back",
    "runbook_published",
    "severity_changed",
    "step_completed",
    "submitted",
    "superseded",
    "suspended",
    "suspension_considered",
    "tier_changed",
    "vote_cast",
    "withdrawn",
];

fn asked(variable: &str) -> Option<u64> {
    std::env::var_os(variable)?.to_str()?.parse().ok()
}

/// I-03, I-04, I-11, I-12
#[test]
fn whatever_happens_the_invariants_hold_and_both_verdicts_agree() {
    let (from, count) =
        (asked("COUNTERSIGN_FIRST_SEED").unwrap_or(0), asked("COUNTERSIGN_SEEDS").unwrap_or(SEEDS));

    match run::seeds(from, count) {
        Err(failure) => panic!("{}", run::explained(&failure)),
        Ok(tally) => {
            println!("{tally:#?}");
            let never = EVENTS.iter().filter(|word| !tally.events.contains_key(**word));
            assert_eq!(never.collect::<Vec<_>>(), [] as [&&str; 0], "these never happened");
        }
    }
}
