//! `countersign policy show`: the decision table, the checklist, the criteria and every setting.

use super::super::answer::Answer;
use super::super::document;
use super::super::shell::Shell;
use super::super::table::{boxed, word};
use super::super::trouble::Trouble;
use super::super::{Outcome, Said};
use countersign_core::criterion::{Criterion, CriterionRule};
use countersign_core::name::PolicyName;
use countersign_core::policy::Policy;
use countersign_formats::policy::{
    ChecklistRow, TableRow, checklist_table, decision_table, parse, setting_table,
};
use serde_json::json;
use std::path::PathBuf;

/// Print the decision table, the checklist, the criteria and every setting of a policy.
#[derive(Debug, clap::Args)]
#[command(after_help = "With a file no server is needed.\n\nExamples:\n  \
    countersign policy show release.policy\n  countersign policy show model-release\n  countersign policy show model-release 1.0")]
pub struct Show {
    /// The file, or the name of a published policy.
    #[arg(value_name = "FILE or NAME")]
    file: PathBuf,
    /// The version of the published policy; the one in force when left out.
    version: Option<String>,
}

impl Show {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let name = self.file.to_string_lossy();
        let version = match &self.version {
            Some(version) => version.clone(),
            None if self.names_a_policy() => latest(shell, &name)?,
            None => {
                let source = document::sound(shell, &self.file, super::find)?.text;
                return show(shell, &source, None);
            }
        };
        let answer = shell.client()?.at(&["policies", &name, &version])?.get()?;
        let source = answer.word("/source");
        show(shell, &source, Some(&answer))
    }

    /// Whether this can be the name of a published policy and is no file.
    fn names_a_policy(&self) -> bool {
        let name = self.file.to_str().and_then(|text| PolicyName::new(text).ok());
        name.is_some() && !self.file.exists()
    }
}

/// The version in force, or else the one published last.
pub fn latest(shell: &Shell, name: &str) -> Result<String, Trouble> {
    let answer = shell.client()?.at(&["policies"])?.get()?;
    let mut versions = answer.items().iter().filter(|one| one["name"] == name);
    let in_force = versions.clone().find(|one| one["in_force"] == true);
    match in_force.or_else(|| versions.next_back()) {
        Some(policy) => Ok(word(policy, "/version")),
        None => Err(Trouble::usage(
            format!("`{name}` is neither a file nor the name of a published policy"),
            "check the path; `countersign policy list` shows what was published",
        )),
    }
}

fn show(shell: &Shell, source: &str, published: Option<&Answer>) -> Outcome {
    let policy = parse(source).policy.ok_or_else(|| {
        let next = "use the program of the server's version";
        Trouble::fault("this version of the program cannot read the published policy", next)
    })?;
    let (table, checklist) = (decision_table(&policy), checklist_table(&policy));
    match (shell.wants_json(), published) {
        (true, Some(answer)) => shell.say_as_is(answer.text.trim_end())?,
        (true, None) => {
            let json = json!({
                "name": policy.name, "version": policy.version, "document": policy.document,
                "table": table, "checklist": checklist, "criteria": policy.criteria,
                "settings": policy.settings,
            });
            shell.say_as_is(&json.to_string())?;
        }
        (false, _) => shell.say(&text(&policy, table, checklist))?,
    }
    Ok(Said::Yes)
}

fn text(policy: &Policy, table: Vec<TableRow>, checklist: Vec<ChecklistRow>) -> String {
    let document = &policy.document;
    let owner = policy.title_of(&document.owner);
    [
        format!("{} ({} {})", document.title, policy.name, policy.version),
        format!(
            "{}, in force from {}, kept by {owner}, next review by {}",
            document.organisation,
            document.effective,
            document.next_review()
        ),
        format!("\nWho approves what\n{}", decisions(table)),
        format!("\nThe checklist\n{}", items(checklist)),
        format!("\nWhat blocks\n{}", criteria(policy)),
        format!("\nClocks and switches\n{}", settings(policy)),
    ]
    .join("\n")
}

fn decisions(table: Vec<TableRow>) -> String {
    let row = |row: TableRow| {
        let own = if row.self_approval { "allowed" } else { "" };
        let (change, tier) = (row.change.to_string(), row.tier.to_string());
        vec![change, tier, row.approvals.join("\n"), own.to_owned()]
    };
    boxed(&["change", "tier", "approvals", "self-approval"], table.into_iter().map(row).collect())
}

fn items(checklist: Vec<ChecklistRow>) -> String {
    let row = |row: ChecklistRow| {
        let remark =
            if row.may_not_apply { "\n(may be not applicable, with a reason)" } else { "" };
        let what = format!("{}\n{}{remark}", row.item, row.title);
        vec![row.section, what, row.when, row.evidence]
    };
    boxed(&["section", "item", "asked when", "evidence"], checklist.into_iter().map(row).collect())
}

fn criteria(policy: &Policy) -> String {
    let row = |one: &Criterion| {
        vec![format!("{}\n{}", one.name, one.title), rule(one), one.when.to_string()]
    };
    boxed(&["criterion", "requires", "applies when"], policy.criteria.iter().map(row).collect())
}

fn settings(policy: &Policy) -> String {
    let table = setting_table(policy).into_iter();
    boxed(&["what", "how"], table.map(|(what, how)| vec![what.to_owned(), how]).collect())
}

fn rule(one: &Criterion) -> String {
    let rule = match &one.rule {
        CriterionRule::Bound(bound) => bound.to_string(),
        CriterionRule::NoOpenFinding { severity } => {
            format!("no open finding at or above {severity}")
        }
        CriterionRule::ChecksPass => "every check passes, and there is at least one".into(),
    };
    match &one.from {
        Some(item) => format!("{rule}\n(read from {item})"),
        None => rule,
    }
}
