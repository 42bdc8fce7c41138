//! Going back in `settings`: who may, which question of the checklist plans its time, and how old
//! a drill may be.

use super::block::{Entry, Keyword, entries, once};
use super::cursor::{Cursor, Named, cut};
use super::draft::{Draft, FieldUse, ItemUse};
use super::faults::Faults;
use super::near::advise;
use super::number::count;
use super::settings::roles;
use countersign_core::name::ItemName;
use countersign_core::policy::{DrillLimit, Question, RollbackSettings};

const LINES: &[Keyword] = &[once("may"), once("planned in"), once("drill in")];

/// `rollbacks` and its lines.
pub(super) fn read(
    block: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> RollbackSettings {
    block.cursor.end(faults);
    let mut settings = RollbackSettings::default();
    for mut line in entries(&block.node.children, LINES, faults) {
        if one(&mut line, &mut settings, draft, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    settings
}

fn one(
    line: &mut Entry<'_>,
    settings: &mut RollbackSettings,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let cursor = &mut line.cursor;
    match line.keyword {
        "may" => settings.may = roles(cursor, draft, faults)?,
        "planned in" => settings.planned = Some(question(cursor, draft, faults)?),
        _ => {
            let asked = question(cursor, draft, faults)?;
            cursor.expect("at most", faults)?;
            let days = count(cursor, "a number of days", faults)?.value;
            cursor.expect("days old", faults)?;
            settings.drill = Some(DrillLimit { asked, days });
        }
    }
    Some(())
}

/// An item and the name of its field.
fn question(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<Question> {
    let item = cursor.name::<ItemName>("a checklist item", faults)?;
    let field = cursor.word("a field of the item", faults)?;
    let field = Named { value: field.text.clone(), span: field.span.clone() };
    draft.item_uses.push(ItemUse { item: item.clone(), when: None });
    let question = Question { item: item.value, field: field.value.clone() };
    draft.field_uses.push(FieldUse { item: question.item.clone(), field });
    Some(question)
}

/// Reports each field that its item does not ask for.
pub(super) fn check(draft: &Draft, faults: &mut Faults<'_>) {
    for used in &draft.field_uses {
        let Some(item) = draft.items.iter().find(|item| item.name == used.item) else { continue };
        let known: Vec<&str> = item.fields.iter().map(|field| field.name.as_str()).collect();
        let name = used.field.value.as_str();
        if !known.contains(&name) {
            let message = format!("`{}` has no field `{}`", item.name, cut(name));
            faults.error("policy.field.unknown", &used.field.span, message, advise(name, &known));
        }
    }
}
