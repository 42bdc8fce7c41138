//! Checklist items.

use super::block::{Entry, Keyword, demand, entries, often, once};
use super::condition;
use super::cursor::{Cursor, Named};
use super::draft::Draft;
use super::faults::Faults;
use super::near::advise;
use super::question;
use super::token::Kind;
use crate::evidence::READERS;
use countersign_core::classification::Condition;
use countersign_core::name::ItemName;
use countersign_core::policy::{EvidenceNeed, Item};

const LINES: &[Keyword] = &[
    once("section"),
    once("when"),
    once("evidence"),
    once("checks must pass"),
    once("may not apply"),
    often("field"),
    once("guide"),
];

const DEMANDED: &[(&str, &str)] = &[
    ("section", "`section \"Documentation\"`"),
    ("evidence", "`evidence none`, `evidence any file` or `evidence sarif, junit`"),
];

/// `item NAME "Title"` and its lines.
pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    draft.met.push("item");
    draft.declare_next("checklist item", &entry.cursor, faults);
    let name: Option<Named<ItemName>> = entry.cursor.name("a checklist item's name", faults);
    let title = entry.cursor.text("what is confirmed", faults);
    if title.is_some() {
        entry.cursor.end(faults);
    }
    let mut item = Item {
        name: name?.value,
        title: title.unwrap_or_default(),
        section: String::new(),
        when: Condition::Always,
        evidence: EvidenceNeed::None,
        fields: Vec::new(),
        may_not_apply: false,
        checks_must_pass: false,
        guidance: String::new(),
    };
    lines(entry, &mut item, faults);
    draft.items.push(item);
    Some(())
}

fn lines(entry: &Entry<'_>, item: &mut Item, faults: &mut Faults<'_>) {
    let lines = entries(&entry.node.children, LINES, faults);
    demand(entry.node, &lines, DEMANDED, faults);
    let said = |keyword| lines.iter().find(|line: &&Entry<'_>| line.keyword == keyword);
    let evidence = said("evidence").is_some();
    let checks = said("checks must pass").map(|line| line.node.span.clone());
    let fields = said("field").is_some();
    let mut earlier = question::Earlier::default();
    for mut line in lines {
        if content(&mut line, item, &mut earlier, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    if evidence && item.evidence == EvidenceNeed::None {
        let no_evidence = entry.node.children.iter().any(|line| {
            line.tokens.iter().map(|token| token.text.as_str()).eq(["evidence", "none"])
        });
        if let (Some(checks), true) = (checks, no_evidence) {
            let help = "say what evidence holds the checks, or delete this line";
            let message = "there are no checks without evidence";
            faults.error("policy.item.checks_without_evidence", &checks, message, help);
        }
        if no_evidence && !fields {
            let help = "add a `field`, or ask for evidence";
            let message = "this item is confirmed but nothing documents it";
            faults.warning("policy.item.undocumented", &entry.node.span, message, help);
        }
    }
}

fn content(
    line: &mut Entry<'_>,
    item: &mut Item,
    earlier: &mut question::Earlier,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let cursor = &mut line.cursor;
    match line.keyword {
        "section" => item.section = cursor.text("a section's title", faults)?,
        "when" => item.when = condition::read(cursor, faults)?,
        "evidence" => item.evidence = evidence(cursor, faults)?,
        "checks must pass" => item.checks_must_pass = true,
        "may not apply" => item.may_not_apply = true,
        "guide" => item.guidance = cursor.text("guidance", faults)?,
        _ => item.fields.push(question::read(cursor, earlier, faults)?),
    }
    Some(())
}

fn evidence(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<EvidenceNeed> {
    if cursor.eat("none") {
        return Some(EvidenceNeed::None);
    }
    if cursor.eat("any file") {
        return Some(EvidenceNeed::AnyFile);
    }
    let mut formats: Vec<String> = Vec::new();
    loop {
        let format: Named<ItemName> = cursor.name("a format of evidence", faults)?;
        let word = format.value.as_str();
        if !is_read(word) {
            let message = format!("no reader is known for the format `{word}`");
            let known: Vec<&str> = READERS.iter().map(|reader| reader.format).collect();
            faults.warning("policy.item.format", &format.span, message, advise(word, &known));
        }
        if formats.iter().any(|other| other == word) {
            let message = format!("`{word}` is named twice");
            faults.error("policy.duplicate", &format.span, message, "delete one of the two");
        }
        formats.push(word.to_owned());
        if !cursor.eat_kind(Kind::Comma) {
            return Some(EvidenceNeed::Formats(formats));
        }
    }
}

/// An item that asks for a format nobody reads could never be satisfied, so it is worth a warning.
fn is_read(word: &str) -> bool {
    let need = EvidenceNeed::Formats(vec![word.to_owned()]);
    READERS.iter().any(|reader| need.accepts(Some(reader.format)))
}
