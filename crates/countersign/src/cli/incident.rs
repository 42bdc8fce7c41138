//! `countersign incident`: what went wrong, from its opening to its root cause.

mod change;
mod open;

use super::Outcome;
use super::answer::Answer;
use super::shell::Shell;
use super::table::{facts, list};

/// Open incidents, follow them, and close them with their root cause.
#[derive(Debug, clap::Subcommand)]
pub enum Incident {
    /// Open an incident. Anybody may.
    Open(open::Open),
    /// Show an incident.
    Show(Show),
    /// Say who sees to it.
    Assign(change::Assign),
    /// Change how bad it is, with a reason.
    Severity(change::Severity),
    /// Write something down about it.
    Note(change::Note),
    /// Say what it is about, too: a release, criteria that should have caught it.
    Link(change::Link),
    /// Say what was decided about a suspension.
    Suspension(change::Suspension),
    /// Close it with its root cause.
    Close(change::Close),
    /// List the criteria that should have caught incidents.
    Criteria(Criteria),
}

impl Incident {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Open(open) => open.run(shell),
            Self::Show(show) => show.run(shell),
            Self::Assign(assign) => assign.run(shell),
            Self::Severity(severity) => severity.run(shell),
            Self::Note(note) => note.run(shell),
            Self::Link(link) => link.run(shell),
            Self::Suspension(suspension) => suspension.run(shell),
            Self::Close(close) => close.run(shell),
            Self::Criteria(criteria) => criteria.run(shell),
        }
    }
}

/// Show an incident.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The incident.
    incident: String,
}

impl Show {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["incidents", &self.incident])?.get()?;
        shell.show(&answer, text)
    }
}

fn text(answer: &Answer) -> String {
    let told = facts(
        &answer.value,
        &[
            ("incident", "/incident"),
            ("title", "/title"),
            ("state", "/state"),
            ("severity", "/severity"),
            ("what happened", "/text"),
            ("model", "/model"),
            ("environment", "/environment"),
            ("release", "/release"),
            ("should have been caught by", "/criteria"),
            ("seen to by", "/owner"),
            ("handled by", "/handled_by"),
            ("suspension", "/suspension"),
            ("because", "/suspension_reason"),
            ("outcome", "/outcome"),
            ("root cause", "/root_cause"),
        ],
    );
    let asks = match answer.value["asks_for_suspension"] == true {
        true => format!(
            "\n\nIt is critical and goes on while the model runs: somebody who may suspend has to \
             decide. To suspend: countersign release suspend {}. Then say what was decided: \
             countersign incident suspension {}",
            answer.word("/release"),
            answer.word("/incident")
        ),
        false => String::new(),
    };
    let notes = answer.value["notes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let columns = [("at", "/at"), ("by", "/by"), ("note", "/text")];
    format!("{told}{asks}\n\n{}", list(notes, &columns, "nothing was noted"))
}

/// List the criteria that should have caught incidents.
#[derive(Debug, clap::Args)]
pub struct Criteria {}

impl Criteria {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["incidents", "criteria"])?.get()?;
        let columns =
            [("criterion", "/criterion"), ("count", "/count"), ("incidents", "/incidents")];
        shell.show(&answer, |answer| {
            list(answer.items(), &columns, "no incident is linked to a criterion")
        })
    }
}
