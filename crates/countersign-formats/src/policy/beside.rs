//! What the policy says about incidents, risks and sandboxes. A line left out keeps its default.

use super::block::Entry;
use super::draft::Draft;
use super::faults::Faults;
use super::number::count;
use super::settings::roles;
use countersign_core::beside::Settings;

/// One line of them.
pub(super) fn read(
    line: &mut Entry<'_>,
    settings: &mut Settings,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let cursor = &mut line.cursor;
    match line.keyword {
        "may handle incidents" => settings.may_handle_incidents = roles(cursor, draft, faults)?,
        "may keep risks" => settings.may_keep_risks = roles(cursor, draft, faults)?,
        "risk review within" => {
            settings.risk_review_months = count(cursor, "a number of months", faults)?.value;
            cursor.expect("months", faults)?;
        }
        _ => {
            settings.sandbox_months = count(cursor, "a number of months", faults)?.value;
            cursor.expect("months", faults)?;
        }
    }
    Some(())
}
