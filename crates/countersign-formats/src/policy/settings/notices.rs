//! `notices` and its lines: when people are reminded, and who hears when something is late.

use crate::policy::block::{Entry, Keyword, entries, once};
use crate::policy::cursor::Cursor;
use crate::policy::draft::Draft;
use crate::policy::faults::Faults;
use crate::policy::header::role;
use crate::policy::number::count;
use countersign_core::policy::{EscalateAgain, NoticeSettings};

const LINES: &[Keyword] = &[once("remind to confirm"), once("remind"), once("escalate again to")];

/// `notices` and its lines, each of which may be left out.
pub(super) fn read(
    block: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> NoticeSettings {
    block.cursor.end(faults);
    let mut said = NoticeSettings::default();
    for mut line in entries(&block.node.children, LINES, faults) {
        if one(&mut line, &mut said, draft, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    said
}

fn one(
    line: &mut Entry<'_>,
    said: &mut NoticeSettings,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let cursor = &mut line.cursor;
    match line.keyword {
        "remind" => said.remind_hours = hours_before(cursor, faults)?,
        "remind to confirm" => said.confirmation_hours = hours_before(cursor, faults)?,
        _ => {
            let to = role(cursor, draft, faults)?;
            cursor.expect("after", faults)?;
            let after_days = count(cursor, "a number of business days", faults)?.value;
            if !cursor.eat("business day") {
                cursor.expect("business days", faults)?;
            }
            said.again = Some(EscalateAgain { to, after_days });
        }
    }
    Some(())
}

/// `24 hours before`, and no longer before than anybody looks ahead.
fn hours_before(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<u32> {
    let hours = count(cursor, "a number of hours", faults)?.value;
    cursor.expect("hours before", faults)?;
    Some(hours.min(NoticeSettings::MOST_HOURS))
}
