//! Everybody at work on a runbook: each step by somebody who holds its role, in the way of its
//! kind, as far as it goes without an approval.

use super::deed::{Attachment, Deed, Done, Place};
use super::gate::{Gate, Look, Outcome, Work};
use super::organisation::questionnaire;

/// Does every step that is ready, and then those that waited for it, leaving some out. The answer
/// says who did which.
pub fn through(gate: &mut dyn Gate, release: &str, except: &[String]) -> Result<Outcome, String> {
    let mut done = Vec::new();
    let look = gate.look(release)?;
    if let Some(unknown) = except.iter().find(|name| !look.work.iter().any(|it| &it.step == *name))
    {
        return Err(format!("the runbook has no step `{unknown}`"));
    }
    let mut next = ready(look, except);
    while let Some((work, deeds)) = next {
        let who = doer(gate, release, &work)?;
        for deed in deeds? {
            let outcome = gate.perform(&who, release, &deed)?;
            if matches!(outcome, Outcome::Refused { .. }) {
                return Ok(outcome);
            }
        }
        done.push(format!("step {} by {who}", work.number));
        if done.len() > 100 {
            return Err(format!("step `{}` stays open although it was done", work.step));
        }
        next = ready(gate.look(release)?, except);
    }
    match done.is_empty() {
        true => Err("no step is ready".into()),
        false => Ok(Outcome::Happened(done)),
    }
}

type Deeds = Result<Vec<Deed>, String>;

/// The first step that can be done without an approval, and what has to be done for it.
fn ready(look: Look, except: &[String]) -> Option<(Work, Deeds)> {
    let artifact = look.artifacts.first().cloned().unwrap_or_default();
    let open = |work: &Work| work.stands == "ready" && work.kind != "approval";
    let work = look.work.into_iter().find(|work| open(work) && !except.contains(&work.step))?;
    let deeds = deeds(&work, &artifact);
    Some((work, deeds))
}

fn deeds(work: &Work, artifact: &str) -> Deeds {
    let step = work.step.clone();
    Ok(match work.kind.as_str() {
        "manual" => {
            let done = Done::Statement("done as the runbook says; nothing stood out".into());
            vec![Deed::Complete { step, done }]
        }
        "file_upload" => {
            let file = Attachment {
                file: format!("{artifact}-{step}.txt"),
                to: Place::Step(step.clone()),
                parts: work.parts.clone(),
                content: Some(format!("What step {} asks for, for {artifact}.\n", work.number)),
                ..Attachment::default()
            };
            vec![Deed::Attach(file), Deed::Complete { step, done: Done::Files }]
        }
        "form" => {
            let mut answers = questionnaire()?;
            answers.retain(|question, _| work.questions.contains(question));
            vec![Deed::Complete { step, done: Done::Answers(answers) }]
        }
        "webhook" => vec![Deed::Delivered { step }],
        other => return Err(format!("nobody knows how to do a step of the kind `{other}`")),
    })
}

fn doer(gate: &mut dyn Gate, release: &str, work: &Work) -> Result<String, String> {
    if work.kind == "webhook" {
        return Ok("countersign".into());
    }
    let holders = gate.holders(release, &work.role)?;
    let nobody = || format!("nobody holds `{}`, who does step {}", work.role, work.number);
    holders.into_iter().next().ok_or_else(nobody)
}
