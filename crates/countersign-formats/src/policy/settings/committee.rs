//! `committee` and its lines: the body that decides in sessions.

use super::switch;
use crate::policy::block::{Entry, Keyword, demand, entries, once};
use crate::policy::cursor::{Choices, Cursor};
use crate::policy::draft::Draft;
use crate::policy::faults::Faults;
use crate::policy::header::role;
use crate::policy::number::count;
use crate::policy::token::Kind;
use countersign_core::name::RoleName;
use countersign_core::policy::{CommitteeSettings, Independence, Majority};
use std::collections::BTreeSet;

const LINES: &[Keyword] = &[
    once("chaired by"),
    once("quorum"),
    once("decides by"),
    once("meets every"),
    once("single approvals"),
    once("no vote for"),
];

const DEMANDED: &[(&str, &str)] = &[
    ("chaired by", "`chaired by ai_governance_lead`"),
    ("quorum", "`quorum 2`"),
    ("decides by", "`decides by majority`"),
    ("meets every", "`meets every 14 days`"),
    ("single approvals", "`single approvals refused`"),
    ("no vote for", "`no vote for requester, model_owner, evidence_author`"),
];

#[derive(Default)]
struct Rules {
    chair: Option<RoleName>,
    quorum: Option<u32>,
    decides_by: Option<Majority>,
    meets_every_days: Option<u32>,
    single_approvals: Option<bool>,
    recuses: Option<BTreeSet<Independence>>,
}

pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<CommitteeSettings> {
    let named = role(&mut entry.cursor, draft, faults)?;
    let lines = entries(&entry.node.children, LINES, faults);
    demand(entry.node, &lines, DEMANDED, faults);
    let mut rules = Rules::default();
    for mut line in lines {
        if rule(&mut line, &mut rules, draft, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    Some(CommitteeSettings {
        role: named,
        chair: rules.chair?,
        quorum: rules.quorum?,
        decides_by: rules.decides_by?,
        meets_every_days: rules.meets_every_days?,
        single_approvals: rules.single_approvals?,
        recuses: rules.recuses?,
    })
}

fn rule(
    line: &mut Entry<'_>,
    rules: &mut Rules,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let cursor = &mut line.cursor;
    match line.keyword {
        "chaired by" => rules.chair = Some(role(cursor, draft, faults)?),
        "quorum" => rules.quorum = Some(count(cursor, "a number of members", faults)?.value),
        "decides by" => {
            let values = Majority::ALL.map(|one| (one.word(), one)).into();
            let set = Choices { what: "a majority", code: "policy.setting.unknown", values };
            rules.decides_by = Some(cursor.one_of(&set, faults)?.value);
        }
        "meets every" => {
            rules.meets_every_days = Some(count(cursor, "a number of days", faults)?.value);
            cursor.expect("days", faults)?;
        }
        "single approvals" => {
            let words = [("allowed", true), ("refused", false)];
            rules.single_approvals = Some(switch(cursor, words, faults)?);
        }
        _ => rules.recuses = Some(ties(cursor, faults)?),
    }
    Some(())
}

fn ties(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<BTreeSet<Independence>> {
    let mut found = BTreeSet::new();
    loop {
        let values = Independence::ALL.map(|one| (one.word(), one)).into();
        let set = Choices { what: "a tie", code: "policy.setting.unknown", values };
        found.insert(cursor.one_of(&set, faults)?.value);
        if !cursor.eat_kind(Kind::Comma) {
            return Some(found);
        }
    }
}
