//! What people do beside the routine.

use super::{World, at, deployed, id, monday, production, release, text};
use crate::classification::{ArtifactKind, ChangeType, RiskTier};
use crate::name::EnvironmentName;
use crate::release::command::Command;
use crate::release::urgent::emergency::{Ground, Means, NewEmergency, VerbalAuthority};
use crate::release::urgent::review::{NewReview, ReviewOutcome, Reviewed};
use crate::release::urgent::rollback::{Drill, DrillResult, NewRollback};
use crate::release::{Artifact, UrgentCommand};

/// Claim that this person gave authority by phone, on the first Monday morning.
pub fn claim_authority_of(person: &str) -> Command {
    let authority = VerbalAuthority { by: id(person), at: monday(), means: Means::Phone };
    let (ground, explanation) = (Ground::SecurityVulnerability, text("the prompt leaks addresses"));
    Command::Urgent(UrgentCommand::ClaimEmergency(NewEmergency { ground, explanation, authority }))
}

/// Confirm the authority.
pub fn confirm_authority() -> Command {
    Command::Urgent(UrgentCommand::ConfirmAuthority)
}

/// Deny the authority.
pub fn deny_authority() -> Command {
    Command::Urgent(UrgentCommand::DenyAuthority { reason: text("nobody called me") })
}

/// The clock records that nobody confirmed the authority in time.
pub fn lapse_authority() -> Command {
    Command::Urgent(UrgentCommand::RecordLapsedAuthority)
}

/// Review something afterwards.
pub fn review(of: Reviewed, outcome: ReviewOutcome) -> Command {
    let text = text("looked at on Thursday");
    Command::Urgent(UrgentCommand::Review(NewReview { of, outcome, text }))
}

/// Go back to this release in production, which took so many minutes.
pub fn roll_back_to(name: &str, minutes: u32) -> Command {
    roll_back_in(production(), name, minutes)
}

/// Go back to this release there.
pub fn roll_back_in(environment: EnvironmentName, name: &str, minutes: u32) -> Command {
    Command::Urgent(UrgentCommand::RollBack(NewRollback {
        environment,
        to: release(name),
        reason: text("it answers in the wrong language"),
        measured_minutes: minutes,
        at: None,
    }))
}

/// Record a drill that was held on this day.
pub fn drill_on(day: &str, result: DrillResult) -> Command {
    let on = day.parse().expect("a date");
    let (target, measured_minutes) = ("summarizer v1.3".to_owned(), 9);
    let drill = Drill { on, target, measured_minutes, result, note: None };
    Command::Urgent(UrgentCommand::RecordDrill(drill))
}

/// Artifacts of the second version, in the places of the first.
pub fn second_version() -> Vec<Artifact> {
    let version = |kind, name: &str| Artifact {
        digest: crate::digest::Sha256::of(format!("{name} 2").as_bytes()),
        ..super::artifact(kind, name)
    };
    vec![
        version(ArtifactKind::Weights, "summarizer-v1"),
        version(ArtifactKind::Prompt, "system-prompt"),
    ]
}

/// The second version was approved and runs; the first is superseded.
#[track_caller]
pub fn second_deployed(tier: RiskTier) -> World {
    let world = deployed(tier).updated("r-2", ChangeType::MinorUpdate, second_version());
    world.approved().having("rivera", super::deploy_to(production()))
}

/// A draft for which Rivera claims that Abara gave authority.
#[track_caller]
pub fn claimed(tier: RiskTier) -> World {
    super::drafted(tier).having("rivera", claim_authority_of("abara"))
}

/// The same, confirmed and deployed.
#[track_caller]
pub fn urgently_deployed(tier: RiskTier) -> World {
    let world = claimed(tier).having("abara", confirm_authority());
    world.having("rivera", super::deploy_to(production()))
}

/// When the papers of an emergency of the first Monday are due: the fifth business day, with a
/// holiday in between, at closing time in Berlin.
pub fn papers_due() -> jiff::Timestamp {
    at("2026-05-19T15:00:00Z")
}
