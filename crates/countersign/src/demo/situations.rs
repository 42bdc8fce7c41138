//! What has happened at Northlight in the past weeks: releases in every state there is.

mod claims_triage;
mod document_tagger;
mod helpdesk;
mod others;
mod summarization;
mod ticket_router;

pub use helpdesk::RELEASE as HELPDESK;
pub use summarization::WAITING as SUMMARIZATION;

use super::scene::{Scene, side_by_side};

/// Everything that happened, oldest first.
pub fn scenes() -> Vec<Scene> {
    side_by_side(vec![
        summarization::tale(),
        helpdesk::tale(),
        claims_triage::tale(),
        document_tagger::tale(),
        ticket_router::tale(),
        others::hiring_screener(),
        others::sales_forecast(),
        others::vendor_chat(),
    ])
}
