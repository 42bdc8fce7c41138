//! `countersign control evidence`: the evidence of a period, written into a folder and checked
//! there.

use super::super::shell::Shell;
use super::super::trouble::Trouble;
use super::super::{Outcome, Said, export, verify};
use super::Days;
use crate::pack::verify::folder;
use std::path::PathBuf;

/// Write the evidence of a period into a folder that proves itself.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The folder holds a page to read (index.html), tables, the files of evidence, and \
    the events they rest on with the proofs that those are in the log. It is checked as \
    `countersign verify` does it. The same period and the same log give the same files.\n\n\
    Exit code 1 when a check fails.\n\nExample:\n  \
    countersign control evidence CHM-002 --from 2026-01-01 --to 2026-03-31 --out audit-q1"
)]
pub struct Evidence {
    /// The control.
    control: String,
    #[command(flatten)]
    days: Days,
    /// The folder; it must not hold anything yet.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Evidence {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let failed = |error| Trouble::io(format!("cannot read `{}`", self.out.display()), &error);
        let client = shell.client()?;
        let call = client.at(&["controls", &self.control, "evidence"])?;
        let call = call.query("from", &self.days.from.to_string());
        let response = call.query("to", &self.days.to.to_string()).open()?;
        export::unpacked(response, &self.out)?;
        let checked = folder(&self.out, None).map_err(failed)?;
        verify::tell(shell, &self.out, &checked)?;
        Ok(if checked.is_sound() { Said::Yes } else { Said::No })
    }
}
