//! `countersign deployments`: the deployment log.

mod csv;

use super::Outcome;
use super::answer::Answer;
use super::page::Page;
use super::shell::Shell;
use super::table::list;
use countersign_core::name::{EnvironmentName, ModelName};
use serde_json::Value;

/// Show what went where, when, by whom, who approved it and what it rested on.
#[derive(Debug, clap::Args)]
#[command(after_help = "The newest comes first. `--csv` has every field, one deployment in each \
    line; `--json` has them as the API answers.\n\nExamples:\n  countersign deployments \
    --environment production --from 2026-01-01 --to 2026-04-01\n  countersign deployments --csv \
    --limit 200")]
pub struct Deployments {
    /// Of this model only.
    #[arg(long)]
    model: Option<ModelName>,
    /// To this environment only.
    #[arg(long, value_name = "NAME")]
    environment: Option<EnvironmentName>,
    /// Not before the beginning of this day, or this moment.
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,
    /// Before the beginning of this day, or before this moment.
    #[arg(long, value_name = "WHEN")]
    to: Option<String>,
    /// As comma-separated values, with every field.
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    page: Page,
}

impl Deployments {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["deployments"])?;
        let call = call.maybe("model", self.model.as_ref().map(ModelName::as_str));
        let call =
            call.maybe("environment", self.environment.as_ref().map(EnvironmentName::as_str));
        let call = call.maybe("from", self.from.as_deref()).maybe("to", self.to.as_deref());
        let answer = self.page.of(call).get()?;
        if self.csv && !shell.wants_json() {
            let next = answer.word("/next");
            if !next.is_empty() {
                shell.remark(&format!("there are more: add --after {next}"));
            }
            return shell.show(&answer, |answer: &Answer| csv::of(answer.items()));
        }
        self.page.show(shell, &answer, table)
    }
}

fn table(items: &[Value]) -> String {
    let columns = [
        ("at", "/at"),
        ("environment", "/environment"),
        ("model", "/model"),
        ("release", "/title"),
        ("deployer", "/deployer_name"),
        ("approved by", "/approved_by"),
        ("change", "/change_reference"),
        ("standing", "/standing"),
        ("flags", "/flags"),
    ];
    let with_approvers = |item: &Value| {
        let mut item = item.clone();
        let approvers = item["approvers"].as_array().cloned().unwrap_or_default();
        let approvers = approvers.iter().map(csv::approver).collect::<Vec<_>>();
        item["approved_by"] = approvers.join(", ").into();
        item
    };
    let items: Vec<Value> = items.iter().map(with_approvers).collect();
    list(&items, &columns, "nothing was deployed")
}
