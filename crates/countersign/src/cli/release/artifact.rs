//! `countersign release artifact`: what exactly is released.

use super::super::Outcome;
use super::super::fingerprint::Named;
use super::super::shell::Shell;
use serde_json::json;

/// Add artifacts to a release, or take them out.
#[derive(Debug, clap::Subcommand)]
pub enum Artifact {
    /// Name an artifact of the release by its digest.
    Add(Add),
    /// Take an artifact out.
    Remove(Remove),
}

impl Artifact {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Add(add) => add.run(shell),
            Self::Remove(remove) => remove.run(shell),
        }
    }
}

/// Name an artifact of the release by its digest.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Approvals given before lapse: they were for other artifacts.\n\nExample:\n  \
    countersign release artifact add r-3f… --kind adapter --name lora-v4 --file adapter.safetensors"
)]
pub struct Add {
    /// The release.
    release: String,
    /// What the team calls it; for weights and adapters the checkpoint's identifier.
    #[arg(long)]
    name: String,
    /// `weights`, `adapter`, `prompt`, `configuration`, `data_pipeline`, `vendor_model`, `tools`
    /// or `permissions`.
    #[arg(long)]
    kind: String,
    #[command(flatten)]
    artifact: Named,
}

impl Add {
    fn run(&self, shell: &Shell) -> Outcome {
        let digest = self.artifact.digest()?;
        let client = shell.client()?;
        let body = json!({ "name": self.name, "kind": self.kind, "digest": digest });
        let answer = client.at(&["releases", &self.release, "artifacts"])?.post(&body)?;
        shell.show(&answer, |answer| {
            format!("{}\n{} is {digest}", super::super::answer::receipt(answer), self.name)
        })
    }
}

/// Take an artifact out.
#[derive(Debug, clap::Args)]
pub struct Remove {
    /// The release.
    release: String,
    /// The artifact's name.
    name: String,
}

impl Remove {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["releases", &self.release, "artifacts", &self.name])?;
        shell.show_receipt(&call.delete()?)
    }
}
