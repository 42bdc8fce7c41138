//! `countersign release propose`: which kind of change the facts make a release.

use super::super::Outcome;
use super::super::answer::Answer;
use super::super::shell::Shell;
use super::super::table::list;
use super::super::trouble::Trouble;
use super::artifact::as_written;
use serde_json::{Value, json};

/// Say which kind of change the facts make a release, and why. Nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "The facts are what of the model runs now, what the release brings, and \
    its risk tier.\n\nExample:\n  countersign release propose --model support-summarizer \
    --artifact prompt:system=@prompts/system.txt")]
pub struct Propose {
    #[command(flatten)]
    made_of: MadeOf,
}

/// What a release is made of, as far as its kind depends on it.
#[derive(Debug, clap::Args)]
pub struct MadeOf {
    /// The model's short name.
    #[arg(long)]
    pub model: String,
    /// Where it should run; `production` when left out. Can be repeated.
    #[arg(long = "environment", value_name = "NAME")]
    pub environments: Vec<String>,
    /// What is true of it: `personal_data`, `user_facing`, `generative`, `uses_tools`,
    /// `third_party_base`, `contractor_made`. Can be repeated.
    #[arg(long = "trait", value_name = "TRAIT")]
    pub traits: Vec<String>,
    /// An artifact as `KIND:NAME=SHA256`, or `KIND:NAME=@FILE` to take the digest of a file here.
    /// Can be repeated.
    #[arg(long = "artifact", value_name = "ARTIFACT")]
    pub artifacts: Vec<String>,
}

impl MadeOf {
    /// What the server is asked with.
    pub fn body(&self) -> Result<Value, Trouble> {
        let artifacts: Result<Vec<Value>, Trouble> =
            self.artifacts.iter().map(|text| as_written(text)).collect();
        Ok(json!({
            "model": self.model, "environments": self.environments, "traits": self.traits,
            "artifacts": artifacts?,
        }))
    }

    /// Asks the server.
    pub fn proposal(&self, shell: &Shell) -> Result<Answer, Trouble> {
        shell.client()?.at(&["releases", "propose"])?.post(&self.body()?)
    }
}

/// What a proposal says, for people.
pub fn told(answer: &Answer) -> String {
    let columns = [("proposes", "/proposes"), ("rule", "/rule"), ("because", "/text")];
    let reasons = answer.value["reasons"].as_array().cloned().unwrap_or_default();
    format!("{}\n\n{}", answer.word("/change"), list(&reasons, &columns, "no reason"))
}

impl Propose {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let answer = self.made_of.proposal(shell)?;
        shell.show(&answer, told)
    }
}
