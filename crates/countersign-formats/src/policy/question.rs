//! The questions answered with a checklist item.

use super::cursor::{Cursor, Named, cut};
use super::faults::Faults;
use super::near::advise;
use super::token::Kind;
use countersign_core::field::{Field, FieldCondition, FieldKind};
use countersign_core::name::ItemName;
use std::collections::{BTreeMap, BTreeSet};

const KINDS: [&str; 7] = ["text", "yes or no", "date", "number in", "choice", "risk", "rows of"];

/// The questions above, also those that have a fault further on.
#[derive(Default)]
pub(super) struct Earlier {
    names: BTreeSet<String>,
    kinds: BTreeMap<String, FieldKind>,
}

/// `NAME "Question" KIND [optional] [when FIELD is ANSWER]`, after `field`.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    earlier: &mut Earlier,
    faults: &mut Faults<'_>,
) -> Option<Field> {
    let name: Named<ItemName> = cursor.name("a field's name", faults)?;
    if !earlier.names.insert(name.value.to_string()) {
        let message = format!("this item has two fields `{}`", name.value);
        faults.error("policy.duplicate", &name.span, message, "rename or delete one");
    }
    let label = cursor.text("the question", faults)?;
    let kind = kind(cursor, faults)?;
    earlier.kinds.insert(name.value.to_string(), kind.clone());
    let required = !cursor.eat("optional");
    let when = match cursor.eat("when") {
        true => Some(when(cursor, earlier, name.value.as_str(), faults)?),
        false => None,
    };
    Some(Field { name: name.value.into(), label, kind, when, required })
}

fn kind(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<FieldKind> {
    if cursor.eat("text") {
        return Some(FieldKind::Text);
    }
    if cursor.eat("yes or no") {
        return Some(FieldKind::YesNo);
    }
    if cursor.eat("date") {
        return Some(FieldKind::Date);
    }
    if cursor.eat("number in") {
        return Some(FieldKind::Number { unit: cursor.label("a unit", faults)?.value });
    }
    if cursor.eat("choice") {
        return Some(FieldKind::Choice { options: options(cursor, faults)? });
    }
    if cursor.eat("risk") {
        return Some(FieldKind::Risk);
    }
    if cursor.eat("rows of") {
        let columns = options(cursor, faults)?;
        let confirms = match cursor.eat("confirming") {
            true => Some(cursor.text("what every row confirms", faults)?),
            false => None,
        };
        return Some(FieldKind::Rows { columns, confirms });
    }
    let token = cursor.word("the kind of answer", faults)?;
    let message = format!("`{}` is not a kind of answer", cut(&token.text));
    faults.error("policy.field.kind", &token.span, message, advise(&token.text, &KINDS));
    None
}

fn options(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Vec<String>> {
    let mut options: Vec<String> = Vec::new();
    loop {
        let option = cursor.label("a possible answer", faults)?;
        if options.contains(&option.value) {
            let message = format!("the answer `{}` is named twice", cut(&option.value));
            faults.error("policy.duplicate", &option.span, message, "delete one of the two");
        }
        options.push(option.value);
        if !cursor.eat_kind(Kind::Comma) {
            return Some(options);
        }
    }
}

/// A question may depend on the answer to one before it, and only on an answer that can be given:
/// otherwise it would never be asked, and nobody would notice.
fn when(
    cursor: &mut Cursor<'_>,
    earlier: &Earlier,
    own: &str,
    faults: &mut Faults<'_>,
) -> Option<FieldCondition> {
    let name: Named<ItemName> = cursor.name("the name of a field above", faults)?;
    let named = name.value.as_str();
    let Some(kind) = earlier.kinds.get(named).filter(|_| named != own) else {
        if named == own || !earlier.names.contains(named) {
            let names: Vec<&str> =
                earlier.names.iter().map(String::as_str).filter(|name| *name != own).collect();
            let message = format!("no field above this one is named `{}`", cut(named));
            faults.error("policy.field.when_unknown", &name.span, message, advise(named, &names));
        }
        return None;
    };
    cursor.expect("is", faults)?;
    let answer = cursor.label("an answer", faults)?;
    let possible: Vec<&str> = match kind {
        FieldKind::YesNo => vec!["yes", "no"],
        FieldKind::Choice { options } => options.iter().map(String::as_str).collect(),
        FieldKind::Text
        | FieldKind::Date
        | FieldKind::Number { .. }
        | FieldKind::Risk
        | FieldKind::Rows { .. } => {
            let message = format!("`{named}` has no fixed answers to depend on");
            let help = "depend on a field that is `yes or no` or a `choice`";
            faults.error("policy.field.when_open", &name.span, message, help);
            return None;
        }
    };
    if !possible.contains(&answer.value.as_str()) {
        let message = format!("`{}` is no answer to `{named}`", cut(&answer.value));
        let help = advise(&answer.value, &possible);
        faults.error("policy.field.answer", &answer.span, message, help);
    }
    Some(FieldCondition { field: named.to_owned(), equals: answer.value })
}
