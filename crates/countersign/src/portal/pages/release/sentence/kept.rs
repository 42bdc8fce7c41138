//! What happened to records, as sentences.

use crate::app::View;
use countersign_core::release::{ReleaseEvent, RetentionEvent};
use countersign_core::text::Text;

/// What one event says; `None` for every other kind.
pub fn sentence(view: &View, by: &str, event: &ReleaseEvent) -> Option<String> {
    let ReleaseEvent::Retention(event) = event else { return None };
    Some(match event {
        RetentionEvent::PurgeProposed { evidence, .. } => {
            let evidence: Vec<String> = evidence.iter().map(ToString::to_string).collect();
            format!("{by} proposed to purge {}.", crate::portal::words::list(&evidence))
        }
        RetentionEvent::PurgeRefused { number, .. } => format!("{by} refused purge {number}."),
        RetentionEvent::EvidencePurged { file, proposed_by, .. } => {
            let (one, proposed) = (&file.evidence, view.name(proposed_by));
            format!("{by} purged the evidence {one}, as {proposed} had proposed.")
        }
        RetentionEvent::RecordsExported {} => format!("{by} took a copy of the records."),
    })
}

/// What somebody wrote with it.
pub fn quoted(event: &RetentionEvent) -> Option<Text> {
    match event {
        RetentionEvent::PurgeProposed { reason, .. }
        | RetentionEvent::PurgeRefused { reason, .. }
        | RetentionEvent::EvidencePurged { reason, .. } => Some(*reason),
        RetentionEvent::RecordsExported {} => None,
    }
}
