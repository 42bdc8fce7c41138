//! Roles, what the titles in runbooks mean, and the runbooks a release is offered.

use super::block::{Entry, entries, once};
use super::condition;
use super::cursor::Named;
use super::draft::Draft;
use super::faults::Faults;
use super::header::role;
use countersign_core::classification::Condition;
use countersign_core::name::{RoleName, RunbookName};
use countersign_core::policy::{Offer, RoleDefinition, TitleMapping};

/// `role NAME "Title"` and what the role does.
pub(super) fn read_role(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let mut duty = String::new();
    for mut line in entries(&entry.node.children, &[once("does")], faults) {
        if let Some(text) = line.cursor.text("what the role does", faults) {
            duty = text;
            line.cursor.end(faults);
        }
    }
    draft.declare_next("role", &entry.cursor, faults);
    let name: Named<RoleName> = entry.cursor.name("a role's name", faults)?;
    let span = entry.cursor.here();
    let title = entry.cursor.text("the role's title", faults)?;
    draft.declare("role title", &title, &span, faults);
    entry.cursor.end(faults);
    draft.roles.push(RoleDefinition { name: name.value, title, duty });
    Some(())
}

/// `title "Title in a runbook" means ROLE`.
pub(super) fn read_title(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let span = entry.cursor.here();
    let title = entry.cursor.text("a title as runbooks write it", faults)?;
    draft.declare("title", &title, &span, faults);
    entry.cursor.expect("means", faults)?;
    let role = role(&mut entry.cursor, draft, faults)?;
    entry.cursor.end(faults);
    draft.titles.push(Named { value: TitleMapping { title, role }, span });
    Some(())
}

/// `offer runbook NAME [when CONDITION]`, or `require runbook …`.
pub(super) fn read_offer(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let required = entry.keyword == "require runbook";
    let runbook: Named<RunbookName> = entry.cursor.name("a runbook's id", faults)?;
    draft.declare("runbook rule", runbook.value.as_str(), &runbook.span, faults);
    let when = match entry.cursor.eat("when") {
        true => condition::read(&mut entry.cursor, faults)?,
        false => Condition::Always,
    };
    entry.cursor.end(faults);
    draft.offers.push(Offer { runbook: runbook.value, when, required });
    Some(())
}
