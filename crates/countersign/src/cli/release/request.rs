//! `countersign release request`: ask for a release.

use super::super::Outcome;
use super::super::answer::receipt;
use super::super::shell::Shell;
use super::super::trouble::Trouble;
use super::propose::{MadeOf, told};
use countersign_core::classification::ChangeType;

/// Ask for a release of a model.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The release begins as a draft: attach evidence, answer the checklist, then \
    submit it. `release show` says what is missing.\n\nExample:\n  countersign release request \
    --model support-summarizer --title \"summarizer v1.4\" \\\n    --change configuration_change \
    --summary \"A shorter system prompt\" --trait generative \\\n    --runbook prompt-change \
    --artifact prompt:system=@prompts/system.txt"
)]
pub struct Request {
    #[command(flatten)]
    made_of: MadeOf,
    /// What people call the release.
    #[arg(long)]
    title: String,
    /// `new_model`, `major_update`, `minor_update`, `configuration_change`,
    /// `third_party_activation` or `retirement`.
    #[arg(long, required_unless_present = "propose")]
    change: Option<ChangeType>,
    /// Take the change type that the facts propose.
    #[arg(long, conflicts_with = "change")]
    propose: bool,
    /// Why a lower change type than the facts propose is enough; approvers see it.
    #[arg(long, value_name = "REASON")]
    override_reason: Option<String>,
    /// What changes, and why.
    #[arg(long)]
    summary: String,
    /// Where in the world it is used: `eu`. Can be repeated.
    #[arg(long = "region", value_name = "REGION")]
    regions: Vec<String>,
    /// The runbook it follows, `NAME` or `NAME@VERSION`.
    #[arg(long)]
    runbook: Option<String>,
    /// The rejected or withdrawn release it takes up again.
    #[arg(long, value_name = "RELEASE")]
    resubmits: Option<String>,
    #[command(flatten)]
    when: super::schedule::When,
}

impl Request {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let mut body = self.made_of.body()?;
        let change = match self.change {
            Some(change) => change.to_string(),
            None => self.proposed(shell)?,
        };
        body["title"] = self.title.as_str().into();
        body["change"] = change.into();
        body["summary"] = self.summary.as_str().into();
        body["regions"] = self.regions.clone().into();
        for (field, value) in [
            ("runbook", &self.runbook),
            ("resubmits", &self.resubmits),
            ("override_reason", &self.override_reason),
        ] {
            if let Some(value) = value {
                body[field] = value.as_str().into();
            }
        }
        self.when.written_to(&mut body);
        let client = shell.client()?;
        let answer = client.at(&["releases"])?.post(&body)?;
        if body["change"] == ChangeType::Retirement.word() {
            let asked = client.at(&["releases", &answer.word("/release")])?.get()?;
            shell.remark(&asked.word("/shuts"));
        }
        shell.show(&answer, |answer| format!("{}\n{}", answer.word("/release"), receipt(answer)))
    }

    /// The change type the facts propose; what it rests on is said beside the answer.
    fn proposed(&self, shell: &Shell) -> Result<String, Trouble> {
        let answer = self.made_of.proposal(shell)?;
        shell.remark(&format!("The facts propose {}", told(&answer)));
        Ok(answer.word("/change"))
    }
}
