//! Pages of a list: how many items, and from where on.

use super::Outcome;
use super::answer::Answer;
use super::client::Call;
use super::shell::Shell;
use serde_json::Value;

/// Which part of a list.
#[derive(Debug, Clone, clap::Args)]
pub struct Page {
    /// How many, 1 to 200.
    #[arg(long, default_value_t = 50, value_name = "NUMBER")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: u32,
    /// Go on from where the page before ended.
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
}

impl Page {
    /// The call for this page.
    pub fn of<'a>(&self, call: Call<'a>) -> Call<'a> {
        call.query("limit", &self.limit.to_string()).maybe("after", self.after.as_deref())
    }

    /// Prints a page, and how to get the next one.
    pub fn show(
        &self,
        shell: &Shell,
        answer: &Answer,
        text: impl FnOnce(&[Value]) -> String,
    ) -> Outcome {
        shell.show(answer, |answer| {
            let mut text = text(answer.items());
            let next = answer.word("/next");
            if !next.is_empty() {
                text.push_str(&format!("\nthere are more: add --after {next}"));
            }
            text
        })
    }
}
