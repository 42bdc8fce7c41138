//! Telling a story to a gate: line by line, every expectation checked exactly.

use super::deed::beside::Beside;
use super::deed::{Attachment, Deed, Place};
use super::gate::{Gate, Outcome};
use super::line::Fault;
use super::organisation::stock_answers;
use super::question::{self, Question};
use super::script::{Entry, Expected, Script, Told};
use super::work;
use countersign_core::entry::{EntryKind, UnknownKind};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What came of each entry of a story, as expectations are written.
pub type Answers = Vec<Vec<String>>;

/// Tells a story. The first fault ends it.
pub fn tell(script: &Script, gate: &mut dyn Gate, founded: Timestamp) -> Result<Answers, Fault> {
    let mut now = founded;
    let mut release = String::new();
    let mut answers = Vec::new();
    let mut told = BTreeSet::new();
    for entry in &script.entries {
        let fault = |message: String| script.fault(entry.line, &message);
        let answer = match &entry.told {
            Told::Now(moment) if *moment < now => {
                return Err(fault("time does not run backwards".into()));
            }
            Told::Now(moment) => {
                now = *moment;
                gate.now_is(now);
                Vec::new()
            }
            Told::Later(by) => {
                now = now.checked_add(*by).map_err(|error| fault(error.to_string()))?;
                gate.now_is(now);
                Vec::new()
            }
            Told::Deed { who, release: named, deed } => {
                if let Some(title) = title_of(named.as_ref(), deed) {
                    release = title;
                }
                let outcome = perform(gate, who, &release, deed).map_err(fault)?;
                refused_unexpectedly(entry, &outcome).map_or(Ok(()), |why| Err(fault(why)))?;
                in_words(&outcome)
            }
            Told::Question(Question::Release(aspect, title)) => {
                release.clone_from(title);
                question::answer(*aspect, &gate.look(title).map_err(fault)?)
            }
            Told::Question(Question::Told(title)) => {
                release.clone_from(title);
                let mut heard = gate.told(title).map_err(fault)?;
                heard.retain(|one| told.insert(one.id.clone()));
                heard.sort();
                question::or_nothing(heard.into_iter().map(|one| one.line).collect())
            }
            Told::Question(Question::Entries(kind)) => {
                let kind: EntryKind =
                    kind.parse().map_err(|e: UnknownKind| fault(e.to_string()))?;
                question::entries(&gate.entries(kind).map_err(fault)?)
            }
            Told::Question(Question::Verdict { artifact, environment }) => {
                let digest = super::digest_of(artifact);
                question::ruling(&gate.verdict(digest, environment).map_err(fault)?)
            }
        };
        answers.push(answer);
    }
    Ok(answers)
}

/// The first expectation that was not met.
pub fn compare(script: &Script, answers: &Answers) -> Result<(), Fault> {
    for (entry, answer) in script.entries.iter().zip(answers) {
        let Some(expected) = &entry.expected else { continue };
        let said: Vec<&str> = expected.iter().map(|line| line.text.as_str()).collect();
        if &said == answer {
            continue;
        }
        let differs = |(line, said): (&Expected, &String)| &line.text != said;
        let at = expected.iter().zip(answer).position(differs).unwrap_or(0);
        let message = format!(
            "expected\n    {}\nbut it was\n    {}",
            said.join("\n    "),
            answer.join("\n    ")
        );
        return Err(script.fault(expected.get(at).map_or(entry.line, |e| e.line), &message));
    }
    Ok(())
}

/// The title of the release a line is about, when the line says it.
fn title_of(named: Option<&String>, deed: &Deed) -> Option<String> {
    match deed {
        Deed::Request(asked) => Some(asked.title.clone()),
        _ => named.cloned(),
    }
}

fn refused_unexpectedly(entry: &Entry, outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Refused { .. } if entry.expected.is_none() => {
            Some(in_words(outcome).join("\n    "))
        }
        Outcome::Refused { .. } | Outcome::Happened(_) => None,
    }
}

fn in_words(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Happened(words) => vec![words.join(", ").replace('_', " ")],
        Outcome::Refused { code, reasons } => {
            let reasons = reasons.iter().map(|reason| format!("  {reason}"));
            std::iter::once(format!("refused {code}")).chain(reasons).collect()
        }
    }
}

/// Performs a deed, or the several deeds that one line stands for.
fn perform(gate: &mut dyn Gate, who: &str, release: &str, deed: &Deed) -> Result<Outcome, String> {
    let (several, word) = match deed {
        Deed::ConfirmPrerequisites => {
            let all = 1..=gate.look(release)?.prerequisites;
            let deeds = all.map(|number| Deed::ConfirmPrerequisite { number }).collect();
            (deeds, "prerequisites_confirmed")
        }
        Deed::CompleteChecklist { except } => {
            (checklist(gate, release, except)?, "checklist_completed")
        }
        Deed::WorkThroughRunbook { except } => return work::through(gate, release, except),
        one => return gate.perform(who, release, one),
    };
    let several: Vec<Deed> = several;
    for deed in &several {
        let outcome = gate.perform(who, release, deed)?;
        if matches!(outcome, Outcome::Refused { .. }) {
            return Ok(outcome);
        }
    }
    Ok(Outcome::Happened(vec![word.to_owned()]))
}

/// Everything open on the checklist, answered from stock.
fn checklist(gate: &mut dyn Gate, release: &str, except: &[String]) -> Result<Vec<Deed>, String> {
    let stock = stock_answers()?;
    let items = gate.look(release)?.items;
    if let Some(unknown) = except.iter().find(|name| !items.iter().any(|one| &one.name == *name)) {
        return Err(format!("the checklist has no item `{unknown}`"));
    }
    let mut deeds = Vec::new();
    for item in items.iter().filter(|item| item.stands == "open" && !except.contains(&item.name)) {
        let missing = || format!("stories/checklist.txt answers no item `{}`", item.name);
        let stocked = stock.get(&item.name).ok_or_else(missing)?;
        let has_file = !item.remarks.iter().any(|remark| remark.starts_with("attach"));
        for file in stocked.files.iter().filter(|_| !has_file) {
            let to = Place::Item(item.name.clone());
            deeds.push(Deed::Attach(Attachment {
                file: file.clone(),
                to,
                ..Attachment::default()
            }));
        }
        if let Some(risk) = &stocked.risk {
            deeds.push(Deed::Beside(Beside::HaveRisk { risk: risk.clone() }));
        }
        let answers = stocked.answers.clone();
        deeds.push(Deed::Answer { item: item.name.clone(), answers });
    }
    Ok(deeds)
}
