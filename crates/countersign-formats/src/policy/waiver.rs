//! `exceptions accepted by`, `exceptions at most` and `exceptions never for`.

use super::cursor::{Cursor, Named};
use super::draft::{Draft, ItemUse};
use super::faults::Faults;
use super::header::role;
use super::number::count;
use super::token::Kind;
use countersign_core::exception::Waived;
use countersign_core::name::{CriterionName, ItemName, RoleName};
use std::collections::BTreeSet;

/// `ai_governance_lead and security`: all of them, each by another person.
pub(super) fn accepted_by(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<BTreeSet<RoleName>> {
    let mut found = BTreeSet::new();
    loop {
        found.insert(role(cursor, draft, faults)?);
        if !cursor.eat("and") {
            return Some(found);
        }
    }
}

/// `90 days`
pub(super) fn at_most(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<u32> {
    let days = count(cursor, "a number of days", faults)?.value;
    cursor.expect("days", faults)?;
    Some(days)
}

/// `criterion no_critical_finding, item fria`
pub(super) fn never_for(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<BTreeSet<Waived>> {
    let mut found = BTreeSet::new();
    loop {
        if cursor.eat("criterion") {
            let name: Named<CriterionName> = cursor.name("a criterion", faults)?;
            found.insert(Waived::Criterion(name.value.clone()));
            draft.criterion_uses.push(name);
        } else {
            cursor.expect("item", faults)?;
            let item: Named<ItemName> = cursor.name("a checklist item", faults)?;
            found.insert(Waived::Item(item.value.clone()));
            draft.item_uses.push(ItemUse { item, when: None });
        }
        if !cursor.eat_kind(Kind::Comma) {
            return Some(found);
        }
    }
}
