//! `countersign control maturity` and `report`: how far a control is by the log, and the record
//! that somebody was told.

use super::super::answer::Answer;
use super::super::shell::Shell;
use super::super::table::{boxed, word};
use super::super::{Outcome, Said};
use super::Days;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Say how far a control is, by the log of a period.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each level is computed from deployments, decisions and incidents, and comes \
    with the events it rests on. Without a deployment in the period no level is known, and the exit \
    code is 1.\n\nExample:\n  countersign control maturity CHM-002 --from 2026-01-01 --to 2026-03-31"
)]
pub struct Maturity {
    /// The control.
    #[arg(default_value = "CHM-002")]
    control: String,
    #[command(flatten)]
    days: Days,
}

impl Maturity {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let call = client.at(&["controls", &self.control, "maturity"])?;
        let call = call.query("from", &self.days.from.to_string());
        let answer = call.query("to", &self.days.to.to_string()).get()?;
        shell.show(&answer, text)?;
        Ok(if answer.word("/level").is_empty() { Said::No } else { Said::Yes })
    }
}

fn text(answer: &Answer) -> String {
    let level = match answer.word("/level") {
        level if level.is_empty() => "not known: no deployment was seen".to_owned(),
        level => level,
    };
    let levels = answer.value["levels"].as_array();
    let rows = levels.into_iter().flatten().map(|one| {
        let events = one["events"].as_array().map_or(0, Vec::len).to_string();
        vec![word(one, "/level"), word(one, "/seen"), word(one, "/because"), missing(one), events]
    });
    let heads = ["Level", "Seen", "Why", "Missing", "Events"];
    let mut text = format!(
        "{} {}, {} to {}: {level}\n{} deployments\n{}\n",
        answer.word("/control"),
        answer.word("/version"),
        answer.word("/from"),
        answer.word("/to"),
        answer.word("/deployments"),
        boxed(&heads, rows.collect()),
    );
    let metrics = &answer.value["metrics"];
    let _ = writeln!(
        text,
        "approved {}, rejected {}",
        word(metrics, "/approved"),
        word(metrics, "/rejected")
    );
    for (label, at, unit) in [
        ("approval rate", "/approval_percent", "%"),
        ("median time to a decision", "/median_minutes", "minutes"),
        ("longest", "/longest_minutes", "minutes"),
    ] {
        match word(metrics, at) {
            value if value.is_empty() => {}
            value => drop(writeln!(text, "{label}: {value} {unit}")),
        }
    }
    for (reason, count) in metrics["rejections"].as_object().into_iter().flatten() {
        let _ = writeln!(text, "rejected for {}: {count}", reason.replace('_', " "));
    }
    text
}

fn missing(level: &Value) -> String {
    let all = level["missing"].as_array();
    let all = all.into_iter().flatten().filter_map(Value::as_str);
    all.collect::<Vec<_>>().join("\n")
}

/// Record that somebody was told how the gate worked in a period.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The numbers are those of the log: approval rate, reasons of rejection, time \
    from submission to decision, and the level. They are recorded under your name."
)]
pub struct Report {
    /// The control.
    #[arg(default_value = "CHM-002")]
    control: String,
    #[command(flatten)]
    days: Days,
}

impl Report {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let days = json!({ "from": self.days.from, "to": self.days.to });
        let client = shell.client()?;
        let answer = client.at(&["controls", &self.control, "reports"])?.post(&days)?;
        shell.show_receipt(&answer)
    }
}
