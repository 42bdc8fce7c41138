//! The head of the policy with its document control, and the process as told to people.

use super::block::{Entry, Keyword, demand, entries, often, once};
use super::cursor::{Cursor, Named, cut};
use super::draft::{Draft, Head};
use super::faults::Faults;
use super::number::count;
use countersign_core::name::RoleName;
use countersign_core::policy::{Document, ProcessStep};
use jiff::civil::Date;

const LINES: &[Keyword] = &[
    once("organisation"),
    once("owner"),
    once("approved by"),
    once("effective"),
    once("review every"),
    once("classification"),
    once("purpose"),
];

const DEMANDED: &[(&str, &str)] = &[
    ("organisation", "`organisation \"Example Ltd\"`"),
    ("owner", "`owner ai_governance_lead`"),
    ("approved by", "`approved by ai_governance_committee`"),
    ("effective", "`effective 2026-01-01`"),
    ("review every", "`review every 12 months`"),
    ("classification", "`classification Internal`"),
    ("purpose", "`purpose \"…\"`"),
];

#[derive(Default)]
struct Control {
    organisation: Option<String>,
    owner: Option<RoleName>,
    approved_by: Option<RoleName>,
    effective: Option<Date>,
    review_months: Option<u32>,
    classification: Option<String>,
    purpose: Option<String>,
}

/// `policy NAME VERSION "Title"` and its lines.
pub(super) fn read(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    draft.met.push("policy");
    let mut control = Control::default();
    let lines = entries(&entry.node.children, LINES, faults);
    demand(entry.node, &lines, DEMANDED, faults);
    for mut line in lines {
        if line_of_control(&mut line, &mut control, draft, faults).is_some() {
            line.cursor.end(faults);
        }
    }
    let name: Named<_> = entry.cursor.name("the policy's name", faults)?;
    let version = version(&mut entry.cursor, faults);
    let title = entry.cursor.text("the policy's title", faults)?;
    entry.cursor.end(faults);
    draft.head = Some(Head { name: name.value, version: version?, span: name.span });
    draft.document = Some(Document {
        title,
        organisation: control.organisation?,
        owner: control.owner?,
        approved_by: control.approved_by?,
        effective: control.effective?,
        review_months: control.review_months?,
        classification: control.classification?,
        purpose: control.purpose?,
    });
    Some(())
}

fn line_of_control(
    line: &mut Entry<'_>,
    control: &mut Control,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    let cursor = &mut line.cursor;
    match line.keyword {
        "organisation" => {
            control.organisation = Some(cursor.text("the organisation's name", faults)?);
        }
        "owner" => control.owner = Some(role(cursor, draft, faults)?),
        "approved by" => control.approved_by = Some(role(cursor, draft, faults)?),
        "effective" => control.effective = Some(date(cursor, faults)?),
        "review every" => {
            control.review_months = Some(count(cursor, "a number of months", faults)?.value);
            cursor.expect("months", faults)?;
        }
        "classification" => {
            control.classification = Some(cursor.label("a classification", faults)?.value);
        }
        _ => control.purpose = Some(cursor.text("the policy's purpose", faults)?),
    }
    Some(())
}

/// Takes a role's name and remembers to look it up.
pub(super) fn role(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<RoleName> {
    let named = cursor.name::<RoleName>("a role", faults)?;
    draft.role_uses.push(named.clone());
    Some(named.value)
}

fn version(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<String> {
    let token = cursor.word("a version", faults)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let fits = token.text.len() <= 40 && token.text.chars().all(allowed);
    if fits && token.text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(token.text.clone());
    }
    let message = format!("`{}` is not a version", cut(&token.text));
    let help = "write a number such as `1.0`, at most 40 letters, digits, `.` and `-`";
    faults.error("policy.version", &token.span, message, help);
    None
}

fn date(cursor: &mut Cursor<'_>, faults: &mut Faults<'_>) -> Option<Date> {
    let token = cursor.word("a date", faults)?;
    let shape = token.text.len() == 10 && token.text.as_bytes().get(4) == Some(&b'-');
    match token.text.parse::<Date>() {
        Ok(date) if shape => {
            if !(2000..=2100).contains(&date.year()) {
                let message = format!("`{date}` is an unlikely date for a policy to take effect");
                faults.warning("policy.date.unlikely", &token.span, message, "check the year");
            }
            Some(date)
        }
        Ok(_) | Err(_) => {
            let message = format!("`{}` is not a date", cut(&token.text));
            let help = "write year, month and day, for example `2026-01-01`";
            faults.error("policy.date", &token.span, message, help);
            None
        }
    }
}

/// `process` and its steps.
pub(super) fn read_process(
    entry: &mut Entry<'_>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Option<()> {
    draft.met.push("process");
    entry.cursor.end(faults);
    let lines = entries(&entry.node.children, &[often("step").with_lines()], faults);
    demand(entry.node, &lines, &[("step", "`step \"Request\"`")], faults);
    for mut line in lines {
        let text = step_text(&line, faults);
        let span = line.cursor.here();
        let Some(title) = line.cursor.text("the step's title", faults) else { continue };
        draft.declare("process step", &title, &span, faults);
        line.cursor.end(faults);
        draft.process.extend(text.map(|text| ProcessStep { title, text }));
    }
    Some(())
}

fn step_text(step: &Entry<'_>, faults: &mut Faults<'_>) -> Option<String> {
    let mut lines = entries(&step.node.children, &[once("does")], faults);
    demand(
        step.node,
        &lines,
        &[("does", "`does \"The Model Owner submits the release.\"`")],
        faults,
    );
    let does = lines.first_mut()?;
    let text = does.cursor.text("what happens in the step", faults)?;
    does.cursor.end(faults);
    Some(text)
}
