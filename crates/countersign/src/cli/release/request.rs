//! `countersign release request`: ask for a release.

use super::super::Outcome;
use super::super::answer::receipt;
use super::super::fingerprint;
use super::super::shell::Shell;
use super::super::trouble::Trouble;
use countersign_core::classification::ChangeType;
use countersign_core::digest::Sha256;
use serde_json::{Value, json};
use std::path::Path;

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
    /// The model's short name.
    #[arg(long)]
    model: String,
    /// What people call the release.
    #[arg(long)]
    title: String,
    /// `new_model`, `major_update`, `minor_update`, `configuration_change`,
    /// `third_party_activation` or `retirement`.
    #[arg(long)]
    change: ChangeType,
    /// What changes, and why.
    #[arg(long)]
    summary: String,
    /// Where it should run; `production` when left out. Can be repeated.
    #[arg(long = "environment", value_name = "NAME")]
    environments: Vec<String>,
    /// Where in the world it is used: `eu`. Can be repeated.
    #[arg(long = "region", value_name = "REGION")]
    regions: Vec<String>,
    /// What is true of it: `personal_data`, `user_facing`, `generative`, `uses_tools`,
    /// `third_party_base`, `contractor_made`. Can be repeated.
    #[arg(long = "trait", value_name = "TRAIT")]
    traits: Vec<String>,
    /// The runbook it follows, `NAME` or `NAME@VERSION`.
    #[arg(long)]
    runbook: Option<String>,
    /// The rejected or withdrawn release it takes up again.
    #[arg(long, value_name = "RELEASE")]
    resubmits: Option<String>,
    #[command(flatten)]
    when: super::schedule::When,
    /// An artifact as `KIND:NAME=SHA256`, or `KIND:NAME=@FILE` to take the digest of a file here.
    /// Can be repeated.
    #[arg(long = "artifact", value_name = "ARTIFACT")]
    artifacts: Vec<String>,
}

impl Request {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let artifacts: Result<Vec<Value>, Trouble> =
            self.artifacts.iter().map(|text| artifact(text)).collect();
        let mut body = json!({
            "model": self.model, "title": self.title, "change": self.change.to_string(),
            "summary": self.summary, "environments": self.environments, "regions": self.regions,
            "traits": self.traits, "artifacts": artifacts?,
        });
        for (field, value) in [("runbook", &self.runbook), ("resubmits", &self.resubmits)] {
            if let Some(value) = value {
                body[field] = value.as_str().into();
            }
        }
        self.when.written_to(&mut body);
        let answer = shell.client()?.at(&["releases"])?.post(&body)?;
        shell.show(&answer, |answer| format!("{}\n{}", answer.word("/release"), receipt(answer)))
    }
}

/// An artifact as written on the command line.
fn artifact(text: &str) -> Result<Value, Trouble> {
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
        let read = artifact(&format!("weights:v4={digest}")).unwrap();
        assert_eq!(read, json!({"name": "v4", "kind": "weights", "digest": digest}));
        for bad in ["weights", "weights:v4", "weights:v4=abc", "weights:v4=@/nowhere"] {
            assert!(artifact(bad).is_err(), "{bad}");
        }
    }
}
