//! Roles, what the titles in runbooks mean, and the runbooks a release is offered.

use super::block::{Entry, Keyword, entries, once};
use super::condition;
use super::cursor::Named;
use super::draft::Draft;
use super::faults::Faults;
use super::header::role;
use super::number::count;
use countersign_core::classification::Condition;
use countersign_core::name::{RoleName, RunbookName};
use countersign_core::people::Qualification;
use countersign_core::policy::{Offer, RoleDefinition, TitleMapping};

const ROLE: &[Keyword] = &[once("does"), once("qualification"), once("reads only")];

/// `role NAME "Title"`, what the role does, and what is asked of its holders.
pub(super) fn read_role(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let mut asked = RoleDefinition {
        name: RoleName::model_owner(),
        title: String::new(),
        duty: String::new(),
        qualification: None,
        reads_only: false,
    };
    for mut line in entries(&entry.node.children, ROLE, faults) {
        if of_role(&mut line, &mut asked, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    draft.declare_next("role", &entry.cursor, faults);
    let name: Named<RoleName> = entry.cursor.name("a role's name", faults)?;
    let span = entry.cursor.here();
    let title = entry.cursor.text("the role's title", faults)?;
    draft.declare("role title", &title, &span, faults);
    entry.cursor.end(faults);
    draft.roles.push(RoleDefinition { name: name.value, title, ..asked });
    Some(())
}

fn of_role(
    line: &mut Entry<'_>,
    asked: &mut RoleDefinition,
    faults: &mut Faults<'_>,
) -> Option<()> {
    match line.keyword {
        "does" => asked.duty = line.cursor.text("what the role does", faults)?,
        "qualification" => {
            let title = line.cursor.text("what its holders have passed", faults)?;
            line.cursor.expect("valid", faults)?;
            let months = count(&mut line.cursor, "a number of months", faults)?.value;
            line.cursor.expect("months", faults)?;
            asked.qualification = Some(Qualification { title, months });
        }
        _ => asked.reads_only = true,
    }
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
