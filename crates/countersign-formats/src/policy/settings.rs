//! Clocks and switches. The first seven are always said; those after them may be left out, and what
//! is left out is not allowed, or has a default that loosens nothing.

mod committee;
mod notices;
mod retention;

use super::beside;
use super::block::{Entry, Keyword, demand, entries, once};
use super::cursor::{Choices, Cursor};
use super::draft::Draft;
use super::faults::Faults;
use super::header::role;
use super::number::count;
use super::token::Kind;
use super::{changes, emergencies, promise, rollbacks, waiver};
use countersign_core::name::RoleName;
use countersign_core::policy::{
    ChangeSettings, CommitteeSettings, ConditionSettings, EmergencySettings, ExceptionSettings,
    NoticeSettings, RetentionSettings, ReviewSettings, RollbackSettings, Settings,
};
use std::collections::BTreeSet;

const LINES: &[Keyword] = &[
    once("confirm within"),
    once("missed confirmation"),
    once("verdict lease"),
    once("self approval"),
    once("escalate to"),
    once("may suspend"),
    once("may close findings"),
    once("may deploy"),
    once("reviewed by"),
    once("emergencies").with_lines(),
    once("rollbacks").with_lines(),
    once("committee").with_lines(),
    once("notices").with_lines(),
    once("may handle incidents"),
    once("may keep risks"),
    once("risk review within"),
    once("sandbox at most"),
    once("remind of conditions"),
    once("overdue conditions"),
    once("exceptions accepted by"),
    once("exceptions at most"),
    once("exceptions never for"),
    once("minor changes at most"),
    once("review when"),
    once("retention").with_lines(),
];

const DEMANDED: &[(&str, &str)] = &[
    ("confirm within", "`confirm within 48 hours`"),
    ("missed confirmation", "`missed confirmation denies`"),
    ("verdict lease", "`verdict lease 15 minutes`"),
    ("self approval", "`self approval allowed`"),
    ("escalate to", "`escalate to ai_governance_lead`"),
    ("may suspend", "`may suspend ai_governance_lead`"),
    ("may close findings", "`may close findings security`"),
];

#[derive(Default)]
struct Switches {
    confirm_within_hours: Option<u32>,
    missed_confirmation_denies: Option<bool>,
    lease_minutes: Option<u32>,
    self_approval: Option<bool>,
    escalate_to: Option<RoleName>,
    may_suspend: Option<BTreeSet<RoleName>>,
    may_close_findings: Option<BTreeSet<RoleName>>,
    may_deploy: BTreeSet<RoleName>,
    reviewed_by: Option<RoleName>,
    emergency: Option<EmergencySettings>,
    rollback: RollbackSettings,
    committee: Option<CommitteeSettings>,
    beside: countersign_core::beside::Settings,
    conditions: ConditionSettings,
    exceptions: ExceptionSettings,
    changes: ChangeSettings,
    reviews: ReviewSettings,
    notices: NoticeSettings,
    retention: Option<RetentionSettings>,
}

/// `settings` and its lines.
pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    draft.met.push("settings");
    entry.cursor.end(faults);
    let lines = entries(&entry.node.children, LINES, faults);
    demand(entry.node, &lines, DEMANDED, faults);
    let mut switches = Switches::default();
    for mut line in lines {
        if setting(&mut line, &mut switches, draft, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    draft.settings = Some(Settings {
        confirm_within_hours: switches.confirm_within_hours?,
        missed_confirmation_denies: switches.missed_confirmation_denies?,
        lease_minutes: switches.lease_minutes?,
        self_approval: switches.self_approval?,
        escalate_to: switches.escalate_to?,
        may_suspend: switches.may_suspend?,
        may_close_findings: switches.may_close_findings?,
        may_deploy: switches.may_deploy,
        emergency: switches.emergency,
        rollback: switches.rollback,
        reviewed_by: switches.reviewed_by,
        committee: switches.committee,
        beside: switches.beside,
        conditions: switches.conditions,
        exceptions: switches.exceptions,
        changes: switches.changes,
        reviews: switches.reviews,
        notices: switches.notices,
        retention: switches.retention,
    });
    Some(())
}

fn setting(
    line: &mut Entry<'_>,
    switches: &mut Switches,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    if block(line, switches, draft, faults)? {
        return Some(());
    }
    let cursor = &mut line.cursor;
    match line.keyword {
        "confirm within" => {
            switches.confirm_within_hours = Some(count(cursor, "a number of hours", faults)?.value);
            cursor.expect("hours", faults)?;
        }
        "missed confirmation" => {
            let words = [("denies", true), ("allows", false)];
            switches.missed_confirmation_denies = Some(switch(cursor, words, faults)?);
        }
        "verdict lease" => {
            switches.lease_minutes = Some(count(cursor, "a number of minutes", faults)?.value);
            cursor.expect("minutes", faults)?;
        }
        "self approval" => {
            let words = [("allowed", true), ("refused", false)];
            switches.self_approval = Some(switch(cursor, words, faults)?);
        }
        "escalate to" => switches.escalate_to = Some(role(cursor, draft, faults)?),
        "may suspend" => switches.may_suspend = Some(roles(cursor, draft, faults)?),
        "may deploy" => switches.may_deploy = roles(cursor, draft, faults)?,
        "reviewed by" => switches.reviewed_by = Some(role(cursor, draft, faults)?),
        "emergencies" => switches.emergency = emergencies::read(line, draft, faults),
        "rollbacks" => switches.rollback = rollbacks::read(line, draft, faults),
        "may close findings" => {
            switches.may_close_findings = Some(roles(cursor, draft, faults)?);
        }
        "remind of conditions" => {
            switches.conditions.remind_days = promise::remind(cursor, faults)?;
        }
        "overdue conditions" => {
            switches.conditions.grace_days = promise::grace(cursor, faults)?;
        }
        "exceptions accepted by" => {
            switches.exceptions.accepted_by = waiver::accepted_by(cursor, draft, faults)?;
        }
        "exceptions at most" => {
            switches.exceptions.at_most_days = waiver::at_most(cursor, faults)?;
        }
        "exceptions never for" => {
            switches.exceptions.never = waiver::never_for(cursor, draft, faults)?;
        }
        "minor changes at most" => {
            switches.changes.minor_at_most = changes::minor(cursor, faults)?;
        }
        "review when" => switches.reviews = changes::review(cursor, faults)?,
        _ => beside::read(line, &mut switches.beside, draft, faults)?,
    }
    Some(())
}

/// A line with lines of its own; false for any other.
fn block(
    line: &mut Entry<'_>,
    switches: &mut Switches,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<bool> {
    match line.keyword {
        "committee" => switches.committee = Some(committee::read(line, draft, faults)?),
        "notices" => switches.notices = notices::read(line, draft, faults),
        "retention" => switches.retention = retention::read(line, draft, faults),
        _ => return Some(false),
    }
    Some(true)
}

pub(super) fn switch(
    cursor: &mut Cursor<'_>,
    words: [(&'static str, bool); 2],
    faults: &mut Faults<'_>,
) -> Option<bool> {
    let set =
        Choices { what: "a choice here", code: "policy.setting.unknown", values: words.into() };
    Some(cursor.one_of(&set, faults)?.value)
}

pub(super) fn roles(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<BTreeSet<RoleName>> {
    let mut found = BTreeSet::new();
    loop {
        found.insert(role(cursor, draft, faults)?);
        if !cursor.eat_kind(Kind::Comma) {
            return Some(found);
        }
    }
}
