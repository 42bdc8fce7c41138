//! `countersign policy diff`: what changed between two versions, and which way.

use super::super::document;
use super::super::shell::Shell;
use super::super::table::boxed;
use super::super::trouble::Trouble;
use super::super::{Outcome, Said};
use countersign_core::policy::Policy;
use countersign_core::policy::difference::{Difference, differences};
use countersign_formats::policy::parse;
use serde_json::json;
use std::path::Path;

/// Say what changed between two versions of a policy: what got stricter and what looser.
#[derive(Debug, clap::Args)]
#[command(after_help = "Each is a file, `-` for standard input, or NAME@VERSION of a published \
    policy, which is asked of the server. Exit code 0 when nothing may be looser, 1 when something \
    is or may be: such a version needs two people to approve it.\n\nExamples:\n  \
    countersign policy diff release-1.0.policy release-1.1.policy\n  \
    countersign policy diff model-release@1.0 model-release@1.1\n  \
    git show main:release.policy | countersign policy diff - release.policy")]
pub struct Diff {
    /// The older version: a file, or NAME@VERSION.
    #[arg(value_name = "OLD")]
    old: String,
    /// The newer version.
    #[arg(value_name = "NEW")]
    new: String,
}

impl Diff {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let (old, new) = (read(shell, &self.old)?, read(shell, &self.new)?);
        let found = differences(&old, &new);
        let may_loosen = found.iter().any(|one| one.effect.may_loosen());
        if shell.wants_json() {
            let json = json!({
                "name": new.name, "from": old.version, "to": new.version,
                "may_loosen": may_loosen, "differences": found,
            });
            shell.say_as_is(&json.to_string())?;
        } else {
            shell.say(&text(&found))?;
        }
        Ok(if may_loosen { Said::No } else { Said::Yes })
    }
}

fn read(shell: &Shell, given: &str) -> Result<Policy, Trouble> {
    let published = given.split_once('@').filter(|_| !Path::new(given).exists());
    let source = match published {
        Some((name, version)) => source(shell, name, version)?,
        None => document::sound(shell, Path::new(given), super::find)?.text,
    };
    parse(&source).policy.ok_or_else(|| {
        Trouble::fault("the policy cannot be read", "run `countersign policy check` on it")
    })
}

/// The text of a published policy.
pub fn source(shell: &Shell, name: &str, version: &str) -> Result<String, Trouble> {
    let answer = shell.client()?.at(&["policies", name, version])?.get()?;
    Ok(answer.word("/source"))
}

fn text(found: &[Difference]) -> String {
    if found.is_empty() {
        return "nothing changed".to_owned();
    }
    let rows = found.iter().map(|one| {
        vec![one.effect.to_string(), one.subject.clone(), one.before.clone(), one.after.clone()]
    });
    let table = boxed(&["Effect", "What", "Before", "After"], rows.collect());
    let loosening = found.iter().filter(|one| one.effect.may_loosen()).count();
    let last = match loosening {
        0 => "nothing is looser".to_owned(),
        1 => "1 change is or may be looser: two people have to approve this version".to_owned(),
        count => {
            format!("{count} changes are or may be looser: two people have to approve this version")
        }
    };
    format!("{table}\n{last}")
}
