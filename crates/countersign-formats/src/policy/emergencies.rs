//! Emergency releases in `settings`: who may give authority, and the clocks of the papers. A
//! policy without the block knows no emergency.

use super::block::{Entry, Keyword, demand, entries, once};
use super::draft::Draft;
use super::faults::Faults;
use super::number::count;
use super::settings::{roles, switch};
use countersign_core::name::RoleName;
use countersign_core::policy::EmergencySettings;
use countersign_core::sla::{MAX_SLA, Sla};
use std::collections::BTreeSet;

const LINES: &[Keyword] = &[
    once("authority of"),
    once("confirmed within"),
    once("papers within"),
    once("remind"),
    once("overdue papers"),
];

const DEMANDED: &[(&str, &str)] = &[
    ("authority of", "`authority of ai_governance_lead`"),
    ("overdue papers", "`overdue papers deny`"),
];

#[derive(Default)]
struct Said {
    authority_of: Option<BTreeSet<RoleName>>,
    confirm_within_hours: Option<u32>,
    papers_within: Option<u32>,
    remind_hours: Option<u32>,
    overdue_papers_deny: Option<bool>,
}

/// `emergencies` and its lines.
pub(super) fn read(
    block: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<EmergencySettings> {
    block.cursor.end(faults);
    let lines = entries(&block.node.children, LINES, faults);
    demand(block.node, &lines, DEMANDED, faults);
    let mut said = Said::default();
    for mut line in lines {
        if one(&mut line, &mut said, draft, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    let days = said.papers_within.map(|days| Sla::BusinessDays(days.min(MAX_SLA)));
    Some(EmergencySettings {
        authority_of: said.authority_of?,
        confirm_within_hours: said
            .confirm_within_hours
            .unwrap_or(EmergencySettings::CONFIRM_WITHIN_HOURS),
        papers_within: days.unwrap_or(EmergencySettings::PAPERS_WITHIN),
        remind_hours: said.remind_hours.unwrap_or(EmergencySettings::REMIND_HOURS),
        overdue_papers_deny: said.overdue_papers_deny?,
    })
}

fn one(
    line: &mut Entry<'_>,
    said: &mut Said,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let cursor = &mut line.cursor;
    match line.keyword {
        "authority of" => said.authority_of = Some(roles(cursor, draft, faults)?),
        "confirmed within" => {
            said.confirm_within_hours = Some(count(cursor, "a number of hours", faults)?.value);
            cursor.expect("hours", faults)?;
        }
        "papers within" => {
            said.papers_within = Some(count(cursor, "a number of business days", faults)?.value);
            cursor.expect("business days", faults)?;
        }
        "remind" => {
            said.remind_hours = Some(count(cursor, "a number of hours", faults)?.value);
            cursor.expect("hours before", faults)?;
        }
        _ => {
            let words = [("deny", true), ("allow", false)];
            said.overdue_papers_deny = Some(switch(cursor, words, faults)?);
        }
    }
    Some(())
}
