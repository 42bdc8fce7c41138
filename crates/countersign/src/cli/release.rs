//! `countersign release`: from the request to what happens after the decision.

mod answer_item;
mod artifact;
mod concern;
mod list;
mod prerequisite;
mod propose;
mod questions;
mod records;
mod request;
mod rollback;
mod schedule;
pub mod show;
mod state;
mod step;

use super::Outcome;
use super::shell::Shell;
use super::trouble::Trouble;
use std::collections::BTreeMap;

/// Ask for releases, prepare them, and follow them.
#[derive(Debug, clap::Subcommand)]
pub enum Release {
    /// Ask for a release of a model.
    Request(request::Request),
    /// Say which kind of change the facts make a release, and why. Nothing is written.
    Propose(propose::Propose),
    /// Keep a lower change type than the facts propose, with a reason.
    Override(state::Override),
    /// List releases, the newest request first.
    List(list::List),
    /// Show where a release stands, with every reason why its gate is shut.
    Show(show::Show),
    /// Submit a release for review; its gate plan is fixed from then on.
    Submit(state::Submit),
    /// Change the time in which a release may first be deployed.
    Schedule(schedule::Schedule),
    /// Take a release back, with a reason.
    Withdraw(state::Withdraw),
    /// Add artifacts to a release, or take them out.
    #[command(subcommand)]
    Artifact(artifact::Artifact),
    /// Confirm the prerequisites of the runbook.
    #[command(subcommand)]
    Prerequisite(prerequisite::Prerequisite),
    /// Answer an item of the checklist.
    Answer(answer_item::AnswerItem),
    /// Complete steps of the runbook.
    #[command(subcommand)]
    Step(step::Step),
    /// Raise and resolve concerns about steps.
    #[command(subcommand)]
    Concern(concern::Concern),
    /// Stop a release everywhere at once, with a reason.
    Suspend(state::Suspend),
    /// Let a suspended release run again, with a reason.
    Resume(state::Resume),
    /// Record that a release was rolled back; the earlier one is current again at once.
    Rollback(rollback::Rollback),
    /// Record that going back was practised.
    Drill(rollback::Drill),
    /// Record what the committee found when it looked at it afterwards.
    Review(rollback::Review),
    /// Show what is kept of a release, until when, and what holds it.
    Records(records::Records),
    /// Show what was sent to other systems, and how it went.
    Deliveries(list::Deliveries),
}

impl Release {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Request(request) => request.run(shell),
            Self::Propose(propose) => propose.run(shell),
            Self::Override(one) => one.run(shell),
            Self::List(list) => list.run(shell),
            Self::Show(show) => show.run(shell),
            Self::Submit(submit) => submit.run(shell),
            Self::Schedule(schedule) => schedule.run(shell),
            Self::Withdraw(withdraw) => withdraw.run(shell),
            Self::Artifact(artifact) => artifact.run(shell),
            Self::Prerequisite(prerequisite) => prerequisite.run(shell),
            Self::Answer(answer) => answer.run(shell),
            Self::Step(step) => step.run(shell),
            Self::Concern(concern) => concern.run(shell),
            Self::Suspend(suspend) => suspend.run(shell),
            Self::Resume(resume) => resume.run(shell),
            Self::Rollback(rollback) => rollback.run(shell),
            Self::Drill(drill) => drill.run(shell),
            Self::Review(review) => review.run(shell),
            Self::Records(records) => records.run(shell),
            Self::Deliveries(deliveries) => deliveries.run(shell),
        }
    }
}

/// Answers given as `field=value`; a value `@FILE` is the text of a file.
fn fields(given: &[String]) -> Result<BTreeMap<String, String>, Trouble> {
    let mut fields = BTreeMap::new();
    for one in given {
        let Some((field, value)) = one.split_once('=') else {
            let next = "write it as `field=value`, in quotes when the value has spaces";
            return Err(Trouble::usage(format!("`{one}` is no answer"), next));
        };
        let value = match value.strip_prefix('@') {
            Some(path) => super::document::read(path.as_ref())?.text,
            None => value.to_owned(),
        };
        if fields.insert(field.trim().to_owned(), value).is_some() {
            let next = "answer each field once";
            return Err(Trouble::usage(format!("`{field}` is answered twice"), next));
        }
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn an_answer_is_a_field_and_all_that_follows_the_first_sign() {
        let given = ["why=a=b".to_owned(), " on =2026-05-09".to_owned()];
        let read = fields(&given).unwrap();
        assert_eq!((read["why"].as_str(), read["on"].as_str()), ("a=b", "2026-05-09"));
        assert!(fields(&["why".to_owned()]).is_err());
        assert!(fields(&["a=1".to_owned(), "a=2".to_owned()]).is_err());
    }
}
