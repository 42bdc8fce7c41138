//! `countersign calendar import`: holidays from a calendar file.

use super::super::Outcome;
use super::super::answer::receipt;
use super::super::document;
use super::super::shell::Shell;
use super::super::table::{lines, word};
use serde_json::Value;
use std::path::PathBuf;

/// Add the holidays of an iCalendar file to the calendar.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Whole-day events are read, and those that come every year on the same date. A file \
    with anything else in it, as an event at a time of day or a holiday that moves by a rule, is \
    refused with the line and the event, and nothing of it is taken.\n\nExample:\n  countersign \
    calendar import holidays.ics --dry-run"
)]
pub struct Import {
    /// The file; `-` reads standard input.
    file: PathBuf,
    /// Say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Put the days of the file in the place of the holidays there are.
    #[arg(long)]
    replace: bool,
    /// How many years after this one are read.
    #[arg(long, default_value_t = 3, value_name = "NUMBER")]
    years: u8,
}

impl Import {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let text = document::read(&self.file)?.text;
        let client = shell.client()?;
        let call = client.at(&["calendar", "import"])?;
        let call = call.query("dry_run", &self.dry_run.to_string());
        let call = call.query("replace", &self.replace.to_string());
        let answer = call.query("years", &self.years.to_string()).post_text(&text)?;
        shell.show(&answer, |answer| {
            let days = answer.value["holidays"].as_array().into_iter().flatten();
            let row = |one: &Value| {
                let known = if one["new"] == true { "new" } else { "known" };
                vec![word(one, "/day"), word(one, "/name"), known.to_owned()]
            };
            let mut said = lines(&["day", "holiday", ""], days.map(row).collect());
            for (what, count) in [
                ("came more than once", "/repeated"),
                ("lie in other years", "/outside"),
                ("are called off", "/cancelled"),
            ] {
                let count = answer.word(count);
                if count != "0" {
                    said.push_str(&format!("\n{count} {what}"));
                }
            }
            match self.dry_run {
                true => format!("{said}\nnothing was changed"),
                false => format!("{said}\n{}", receipt(answer)),
            }
        })
    }
}
