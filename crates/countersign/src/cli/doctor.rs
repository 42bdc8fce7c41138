//! `countersign doctor`: examine everything that is stored.

use super::shell::Shell;
use super::trouble::Trouble;
use super::{Outcome, Said};
use crate::config::Config;
use crate::doctor::{Diagnosis, Examination, Replay, examine};
use crate::failure::Failure;
use countersign_store::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Examine everything that is stored: the log, its signed heads, rows, texts and files. Nothing is
/// changed; it may run beside the server.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code: 0 everything is sound, 1 something is wrong, 2 it cannot be \
                        examined.\n\nExamples:\n  countersign doctor --data /var/lib/countersign\n  \
                        countersign doctor --replay --json")]
pub struct Doctor {
    /// Where data is kept.
    #[arg(long, env = "COUNTERSIGN_DATA", default_value = "countersign-data")]
    data: PathBuf,
    /// The store, when it is not in the data folder: `sqlite:PATH`.
    #[arg(long, env = "COUNTERSIGN_STORE")]
    store: Option<String>,
    /// Fold every history anew and compare lists, tasks and verdicts with it. Takes longer.
    #[arg(long)]
    replay: bool,
}

impl Doctor {
    /// Examines and prints what was found.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let mut config = Config::in_folder(&self.data);
        config.store_url = self.store.clone();
        let replay = if self.replay { Replay::Compared } else { Replay::Skipped };
        // Drawn on the terminal's error stream only, and not at all when there is none.
        let bar = ProgressBar::new(0).with_style(ProgressStyle::default_bar());
        let told = |progress: Progress| {
            let (Progress::Events { done, of } | Progress::Blobs { done, of }) = progress;
            bar.set_length(of);
            bar.set_position(done);
        };
        let examined = examine(&Examination { config: &config, replay, progress: Some(&told) });
        bar.finish_and_clear();
        let diagnosis = examined.map_err(|failure| {
            let next = "name the installation's folder with `--data`, or restore what is missing \
                        from a backup";
            Trouble::fault(cause(&failure), next)
        })?;
        println!("{}", if shell.wants_json() { json(&diagnosis) } else { report(&diagnosis) });
        Ok(if diagnosis.is_sound() { Said::Yes } else { Said::No })
    }
}

fn cause(failure: &Failure) -> String {
    match failure {
        Failure::Fault(fault) => format!("{fault}: {}", fault.source),
        other => other.to_string(),
    }
}

fn json(diagnosis: &Diagnosis) -> String {
    let mut value = serde_json::to_value(diagnosis).unwrap_or_default();
    value["sound"] = diagnosis.is_sound().into();
    value["first_bad_event"] = serde_json::json!(diagnosis.first_bad_event());
    format!("{value:#}")
}

/// What was looked at, then everything that is wrong with its remedy.
fn report(diagnosis: &Diagnosis) -> String {
    let mut text = String::new();
    let store = &diagnosis.store;
    let _ = writeln!(text, "events    {}", store.events);
    if let Some(head) = &store.head {
        let _ = writeln!(text, "root      {}", head.root);
    }
    let _ = writeln!(text, "texts     {}", store.texts);
    let _ = writeln!(text, "files     {}", store.blobs);
    if let Some(replay) = &diagnosis.replay {
        let _ =
            writeln!(text, "histories {} replayed, {} rows compared", replay.streams, replay.rows);
    }
    for finding in &store.findings {
        let _ = writeln!(text, "\n{finding}\n  {}", finding.remedy);
    }
    for difference in diagnosis.replay.iter().flat_map(|replay| &replay.findings) {
        let stream =
            difference.stream.as_ref().map_or_else(String::new, |one| format!("`{one}`: "));
        let _ = writeln!(text, "\nreplay: {stream}{}\n  {}", difference.what, difference.remedy);
    }
    match diagnosis.first_bad_event() {
        Some(event) => {
            let _ = write!(text, "\nThe first bad event is {event}.");
        }
        None if diagnosis.is_sound() => text.push_str("\nEverything is sound."),
        None => text.push_str("\nNo event is damaged, but something is wrong; see above."),
    }
    text
}
