//! What has happened at Northlight in the past weeks: releases in every state there is, and what goes
//! on beside them.

mod beside;
mod claims_triage;
mod committee;
mod contract_search;
mod desk_agent;
mod document_tagger;
mod helpdesk;
mod mail_assistant;
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
        mail_assistant::tale(),
        contract_search::tale(),
        desk_agent::tale(),
        committee::credit_check(),
        committee::last_session(),
        committee::next_session(),
        beside::freezes(),
        beside::trouble(),
        beside::risks(),
    ])
}
