//! `countersign release artifact`: what exactly is released.

use super::super::Outcome;
use super::super::fingerprint::{self, Named};
use super::super::shell::Shell;
use super::super::trouble::Trouble;
use countersign_core::digest::Sha256;
use serde_json::{Value, json};
use std::path::Path;

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

/// An artifact as written on the command line.
pub fn as_written(text: &str) -> Result<Value, Trouble> {
    let parts = text.split_once(':').and_then(|(kind, rest)| Some((kind, rest.split_once('=')?)));
    let Some((kind, (name, named))) = parts else {
        let next = "write KIND:NAME=SHA256 or KIND:NAME=@FILE, for example weights:v4=@model.bin";
        return Err(Trouble::usage(format!("`{text}` is no artifact"), next));
    };
    let digest: Sha256 = match named.strip_prefix('@') {
        Some(path) => fingerprint::of_file(Path::new(path))?,
        None => named.parse().map_err(|error| {
            let next = "give the digest, or `@` and a file to take it from";
            Trouble::usage(format!("the artifact `{name}` has no digest: {error}"), next)
        })?,
    };
    Ok(json!({ "name": name, "kind": kind, "digest": digest }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_artifact_is_named_by_digest_or_by_file() {
        let digest = Sha256::of(b"x");
        let read = as_written(&format!("weights:v4={digest}")).unwrap();
        assert_eq!(read, json!({"name": "v4", "kind": "weights", "digest": digest}));
        for bad in ["weights", "weights:v4", "weights:v4=abc", "weights:v4=@/nowhere"] {
            assert!(as_written(bad).is_err(), "{bad}");
        }
    }
}
