//! `countersign inbox`: what waits for you, what is due first on top.

use super::Outcome;
use super::page::Page;
use super::shell::Shell;
use super::table::list;
use serde_json::Value;

/// List what waits for you, what is due first on top.
#[derive(Debug, clap::Args)]
pub struct Inbox {
    #[command(flatten)]
    page: Page,
}

impl Inbox {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = self.page.of(client.at(&["tasks"])?).get()?;
        let columns = [
            ("due", "/due"),
            ("late", "/overdue"),
            ("release", "/release"),
            ("task", "/task"),
            ("role", "/role"),
            ("what", "/title"),
        ];
        self.page.show(shell, &answer, |items| {
            let items: Vec<Value> = items.iter().map(shortened).collect();
            list(&items, &columns, "nothing waits for you")
        })
    }
}

/// A task without what only programs need: which rule of the plan, and whose inbox.
fn shortened(task: &Value) -> Value {
    let mut task = task.clone();
    let word = task["task"].as_str().unwrap_or_default();
    let told: Vec<&str> = word.split('/').filter(|part| !is_internal(part)).collect();
    task["task"] = told.join("/").into();
    task
}

fn is_internal(part: &str) -> bool {
    part.starts_with("p-") || part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_shown_without_the_identifiers_in_its_name() {
        let told = |task: &str| shortened(&serde_json::json!({"task": task}))["task"].clone();
        assert_eq!(told("approval/0/p-z7g4bb861jj0"), "approval");
        assert_eq!(told("step/settle-ownership"), "step/settle-ownership");
    }
}
