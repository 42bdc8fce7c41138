//! `retention` and its lines: how long records are kept, who holds them, who ends it. A policy
//! without the block keeps everything for ever.

use super::roles;
use crate::policy::block::{Entry, Keyword, demand, entries, once};
use crate::policy::cursor::Cursor;
use crate::policy::draft::Draft;
use crate::policy::faults::Faults;
use crate::policy::number::count;
use countersign_core::name::RoleName;
use countersign_core::policy::RetentionSettings;
use std::collections::BTreeSet;

const LINES: &[Keyword] = &[
    once("keep records for"),
    once("keep after retirement"),
    once("legal hold by"),
    once("purge by"),
];

const DEMANDED: &[(&str, &str)] = &[
    ("keep records for", "`keep records for 10 years`"),
    ("keep after retirement", "`keep after retirement 2 years`"),
    ("legal hold by", "`legal hold by legal`"),
    ("purge by", "`purge by compliance`"),
];

#[derive(Default)]
struct Said {
    keep_months: Option<u32>,
    after_retirement_months: Option<u32>,
    legal_hold_by: Option<BTreeSet<RoleName>>,
    purge_by: Option<BTreeSet<RoleName>>,
}

pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<RetentionSettings> {
    entry.cursor.end(faults);
    let lines = entries(&entry.node.children, LINES, faults);
    demand(entry.node, &lines, DEMANDED, faults);
    let mut said = Said::default();
    for mut line in lines {
        if one(&mut line, &mut said, draft, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    Some(RetentionSettings {
        keep_months: said.keep_months?,
        after_retirement_months: said.after_retirement_months?,
        legal_hold_by: said.legal_hold_by?,
        purge_by: said.purge_by?,
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
        "keep records for" => said.keep_months = Some(months(cursor, faults)?),
        "keep after retirement" => said.after_retirement_months = Some(months(cursor, faults)?),
        "legal hold by" => said.legal_hold_by = Some(roles(cursor, draft, faults)?),
        _ => said.purge_by = Some(roles(cursor, draft, faults)?),
    }
    Some(())
}

/// `10 years` or `18 months`.
fn months(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<u32> {
    let number = count(cursor, "a number of years or months", faults)?.value;
    if cursor.eat("months") {
        return Some(number);
    }
    cursor.expect("years", faults)?;
    Some(number.saturating_mul(12))
}
