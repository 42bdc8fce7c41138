//! What happened beside the routine, as sentences.

use crate::app::View;
use crate::portal::words;
use countersign_core::release::UrgentEvent;
use countersign_core::text::Text;

/// What one event says, by whom it was.
pub(super) fn sentence(view: &View, by: &str, event: &UrgentEvent) -> String {
    match event {
        UrgentEvent::EmergencyClaimed { claim } => {
            let (who, how) = (view.name(&claim.authority.by), claim.authority.means.human());
            let ground = claim.ground.human();
            format!(
                "{by} claimed verbal authority of {who}, given {how}, for a {ground}. This is no approval."
            )
        }
        UrgentEvent::AuthorityConfirmed {} => format!("{by} confirmed the verbal authority."),
        UrgentEvent::AuthorityDenied { .. } => format!("{by} denied the verbal authority."),
        UrgentEvent::AuthorityLapsed { .. } => {
            "Nobody confirmed the verbal authority in time.".into()
        }
        UrgentEvent::PapersAwaited { .. } => {
            "It runs on verbal authority. Written approval and its papers are due.".into()
        }
        UrgentEvent::PapersReminded { .. } => "The owner was reminded of the papers.".into(),
        UrgentEvent::PapersOverdue { .. } => "The papers did not come in time.".into(),
        UrgentEvent::Reviewed { review, .. } => {
            let (of, outcome) = (review.of.to_string().replace('-', " "), review.outcome.word());
            format!("{by} recorded the review of the {of}: {}.", words::plain(outcome))
        }
        UrgentEvent::RolledBack { rollback } => {
            let planned = match rollback.planned_minutes {
                Some(planned) => format!("{planned} were planned"),
                None => "no time was planned".into(),
            };
            let (place, to) = (&rollback.environment, view.title(&rollback.to));
            let took = words::count(rollback.measured_minutes as usize, "minute", "minutes");
            format!("{by} rolled it back in {place} to {to}. It took {took}; {planned}.")
        }
        UrgentEvent::Reinstated { environment, from, .. } => {
            format!("It runs in {environment} again, because {} was rolled back.", view.title(from))
        }
        UrgentEvent::DrillRecorded { drill } => {
            let (on, target, result) = (drill.on, &drill.target, drill.result.word());
            let took = words::count(drill.measured_minutes as usize, "minute", "minutes");
            format!("{by} recorded a rollback drill of {on} back to {target}: {result}, in {took}.")
        }
        UrgentEvent::RetirementDecided { .. } => "The model leaves production.".into(),
        UrgentEvent::Retired { by: release, .. } => {
            format!("It left with its model, by {}.", view.title(release))
        }
    }
}

/// What somebody wrote with it.
pub(super) fn quoted(event: &UrgentEvent) -> Option<Text> {
    match event {
        UrgentEvent::EmergencyClaimed { claim } => Some(claim.explanation),
        UrgentEvent::AuthorityDenied { reason } => Some(*reason),
        UrgentEvent::Reviewed { review, .. } => Some(review.text),
        UrgentEvent::RolledBack { rollback } => Some(rollback.reason),
        UrgentEvent::DrillRecorded { drill } => drill.note,
        UrgentEvent::AuthorityConfirmed {}
        | UrgentEvent::AuthorityLapsed { .. }
        | UrgentEvent::PapersAwaited { .. }
        | UrgentEvent::PapersReminded { .. }
        | UrgentEvent::PapersOverdue { .. }
        | UrgentEvent::Reinstated { .. }
        | UrgentEvent::RetirementDecided { .. }
        | UrgentEvent::Retired { .. } => None,
    }
}
