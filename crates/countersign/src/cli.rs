//! The command line: every command is a file, listed once in [`Command`].

pub mod demo;
pub mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A release gate for AI models: nothing reaches production until the evidence is in, the
/// criteria hold, and the named people have signed.
#[derive(Debug, Parser)]
#[command(name = "countersign", version, about, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server on an invented company, to look around.
    Demo(demo::Demo),
    /// Start the server: API, portal and jobs in one process.
    Serve(serve::Serve),
}

/// Runs the command line: 0 yes, 1 refused or denied, 2 fault.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        Command::Demo(demo) => demo.run(),
        Command::Serve(serve) => serve.run(),
    }
}
