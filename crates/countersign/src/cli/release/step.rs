//! `countersign release step`: the runbook's work.

use super::super::Outcome;
use super::super::shell::Shell;
use super::fields;
use serde_json::json;

/// Complete steps of the runbook.
#[derive(Debug, clap::Subcommand)]
pub enum Step {
    /// Complete a step: with a statement, with answers, or with the files attached to it.
    Complete(Complete),
}

impl Step {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Complete(complete) => complete.run(shell),
        }
    }
}

/// Complete a step: with a statement, with answers, or with the files attached to it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A manual step takes --statement, a form takes answers, a step that asks for \
    files takes neither. An approval step is completed by `countersign approve`, a webhook step by \
    its delivery.\n\nExamples:\n  countersign release step complete r-3f… describe-the-change \
    --statement \"The prompt is shorter\"\n  countersign release step complete r-3f… \
    scope uses_tools=no purpose=\"summaries\""
)]
pub struct Complete {
    /// The release.
    release: String,
    /// The step's name, as `release show` prints it.
    step: String,
    /// What was done.
    #[arg(long, value_name = "TEXT")]
    statement: Option<String>,
    /// Answers; `field=@FILE` takes the text of a file.
    #[arg(value_name = "FIELD=VALUE", conflicts_with = "statement")]
    answers: Vec<String>,
}

impl Complete {
    fn run(&self, shell: &Shell) -> Outcome {
        let body = match &self.statement {
            Some(statement) => json!({ "statement": statement }),
            None if self.answers.is_empty() => json!({}),
            None => json!({ "answers": fields(&self.answers)? }),
        };
        let client = shell.client()?;
        let call = client.at(&["releases", &self.release, "steps", &self.step, "complete"])?;
        shell.show_receipt(&call.post(&body)?)
    }
}
