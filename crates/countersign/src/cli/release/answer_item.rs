//! `countersign release answer`: an item of the checklist.

use super::super::Outcome;
use super::super::shell::Shell;
use super::super::trouble::Trouble;
use super::fields;
use serde_json::json;

/// Answer an item of the checklist.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "An answer replaces the one before it. `release show --questions` lists the \
    items, what they lack, and what they ask.\n\nExamples:\n  countersign release answer r-3f… \
    rollback_plan path=\"prior checkpoint\" reference=lora-v3 \\\n    planned_minutes=15\n  \
    countersign release answer r-3f… human_evaluation --not-applicable \"no text is shown to users\""
)]
pub struct AnswerItem {
    /// The release.
    release: String,
    /// The item's name: `model_card`.
    item: String,
    /// Answers; `field=@FILE` takes the text of a file. None when evidence alone is asked for.
    #[arg(value_name = "FIELD=VALUE", conflicts_with = "not_applicable")]
    answers: Vec<String>,
    /// The item does not apply, for this reason.
    #[arg(long, value_name = "REASON")]
    not_applicable: Option<String>,
}

impl AnswerItem {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let body = match &self.not_applicable {
            Some(reason) if reason.trim().is_empty() => {
                let next = "say in a few words why the item does not apply";
                return Err(Trouble::usage("the reason is empty", next));
            }
            Some(reason) => json!({ "not_applicable": reason }),
            None => json!({ "answers": fields(&self.answers)? }),
        };
        let client = shell.client()?;
        let call = client.at(&["releases", &self.release, "items", &self.item])?;
        shell.show_receipt(&call.put(&body)?)
    }
}
