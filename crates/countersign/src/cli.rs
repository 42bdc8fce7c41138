//! The command line: every command is a file, listed once in [`Command`].
//!
//! Commands that talk to a server use the HTTP API and nothing else; commands on local files need
//! no server. Neither decides anything: they send what was asked and print what was answered. Only
//! `serve` and its kin start a runtime, so that every other command starts at once.

mod account;
mod answer;
mod approve;
mod calendar;
mod change_request;
mod client;
mod condition;
mod control;
mod credentials;
mod day;
pub mod demo;
mod deployment;
mod deployments;
mod doctor;
mod document;
mod emergency;
mod entries;
mod environment;
mod erase;
mod evidence;
mod exception;
mod export;
mod fingerprint;
mod framework;
mod gate;
mod hold;
mod inbox;
mod incident;
mod log;
mod meeting;
mod model;
mod notices;
mod numbered;
mod page;
mod person;
mod policy;
mod promise;
mod prompt;
mod purge;
mod reason;
mod reference;
mod release;
mod risk;
mod role;
mod runbook;
mod sandbox;
pub mod serve;
mod shell;
mod table;
mod token;
mod trouble;
mod upload;
mod verify;
mod webhook;
mod who;

pub use reference::reference;

use clap::{CommandFactory, Parser, Subcommand};
use shell::Shell;
use std::process::ExitCode;
use trouble::Trouble;

/// A release gate for AI models: nothing reaches production until the evidence is in, the
/// criteria hold, and the named people have signed.
#[derive(Debug, Parser)]
#[command(name = "countersign", version, about, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 yes or done, 1 refused or denied, 2 fault or wrong usage.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    shell: Shell,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server on an invented company, to look around.
    Demo(demo::Demo),
    /// Examine everything that is stored; nothing is changed.
    Doctor(doctor::Doctor),
    /// Check a pack or a copy without a server: every file, every proof, and that nothing cited is
    /// missing.
    Verify(verify::Verify),
    /// Start the server: API, portal and jobs in one process.
    Serve(serve::Serve),
    /// Use a set-up link: choose a password and sign in.
    Setup(account::Setup),
    /// Sign in, and keep a token for the commands that follow.
    Login(account::Login),
    /// End the token that `login` kept for the server, here and there.
    Logout(account::Logout),
    /// Say as whom the server is called, and with which roles.
    Whoami(account::Whoami),
    /// List what waits for you, what is due first on top.
    Inbox(inbox::Inbox),
    /// List what you were told, and mark it as read.
    #[command(subcommand)]
    Notices(notices::Notices),
    /// Check, read and publish release policies.
    #[command(subcommand)]
    Policy(policy::Policy),
    /// Check, convert and publish runbooks.
    #[command(subcommand)]
    Runbook(runbook::Runbook),
    /// Register models, and keep their tier and owner right.
    #[command(subcommand)]
    Model(model::Model),
    /// Ask for releases, prepare them, and follow them.
    #[command(subcommand)]
    Release(release::Release),
    /// Attach, read and take back evidence.
    #[command(subcommand)]
    Evidence(evidence::Evidence),
    /// Approve a release in one role, for exactly the dossier shown.
    Approve(approve::Approve),
    /// Reject a release in one role, with a reason.
    Reject(approve::Reject),
    /// Keep the promises that approvals depend on.
    #[command(subcommand)]
    Condition(condition::Condition),
    /// Hold sessions of the committee: call, vote, close.
    #[command(subcommand)]
    Meeting(meeting::Meeting),
    /// See which records of releases answer which clause of a law or a standard.
    #[command(subcommand)]
    Framework(framework::Framework),
    /// Publish controls, and produce the evidence for them.
    #[command(subcommand)]
    Control(control::Control),
    /// Claim verbal authority, answer for it, and see how often it is used.
    #[command(subcommand)]
    Emergency(emergency::Emergency),
    /// Ask for exceptions, and decide about their risk.
    #[command(subcommand)]
    Exception(exception::Exception),
    /// Ask for more tests or documents before deciding, and answer.
    #[command(subcommand)]
    ChangeRequest(change_request::ChangeRequest),
    /// List what is kept beside the releases, the newest first.
    Entries(entries::Entries),
    /// Record deployments, and confirm them.
    #[command(subcommand)]
    Deployment(deployment::Deployment),
    /// Show the deployment log: what went where, who approved it, what it rested on.
    Deployments(deployments::Deployments),
    /// Open incidents, follow them, and close them with their root cause.
    #[command(subcommand)]
    Incident(incident::Incident),
    /// Enter risks, look at them again, and close them.
    #[command(subcommand)]
    Risk(risk::Risk),
    /// Claim and end sandbox exclusions: experiments without real data and without real users.
    #[command(subcommand)]
    Sandbox(sandbox::Sandbox),
    /// Ask whether an artifact may run in an environment now.
    Gate(gate::Gate),
    /// Add people, and give and take roles.
    #[command(subcommand)]
    Person(person::Person),
    /// Make, list and revoke the tokens of machines.
    #[command(subcommand)]
    Token(token::Token),
    /// Say where the webhook steps of runbooks are delivered.
    #[command(subcommand)]
    Webhook(webhook::Webhook),
    /// Define and list the places where models run.
    #[command(subcommand)]
    Environment(environment::Environment),
    /// Show and set the business calendar that deadlines are counted on.
    #[command(subcommand)]
    Calendar(calendar::Calendar),
    /// Place and lift legal holds; `countersign entries legal_hold` lists them.
    #[command(subcommand)]
    Hold(hold::Hold),
    /// End the keeping of evidence whose time is over, two people together.
    #[command(subcommand)]
    Purge(purge::Purge),
    /// Erase personal data on request; the log stays as it is.
    #[command(subcommand)]
    Erase(erase::Erase),
    /// Take a copy of records along, for internal and external audit.
    #[command(subcommand)]
    Export(export::Export),
    /// Read the log: its signed head, and its events.
    #[command(subcommand)]
    Log(log::Log),
}

/// What a command said: yes or done, or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
}

/// What became of a command.
type Outcome = Result<Said, Trouble>;

/// Runs the command line: 0 yes, 1 refused or denied, 2 fault.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let shell = &arguments.shell;
    let outcome = match arguments.command {
        Command::Demo(demo) => return demo.run(),
        Command::Serve(serve) => return serve.run(),
        Command::Doctor(doctor) => doctor.run(shell),
        Command::Verify(verify) => verify.run(shell),
        Command::Setup(setup) => setup.run(shell),
        Command::Login(login) => login.run(shell),
        Command::Logout(logout) => logout.run(shell),
        Command::Whoami(whoami) => whoami.run(shell),
        Command::Inbox(inbox) => inbox.run(shell),
        Command::Notices(notices) => notices.run(shell),
        Command::Policy(policy) => policy.run(shell),
        Command::Runbook(runbook) => runbook.run(shell),
        Command::Model(model) => model.run(shell),
        Command::Release(release) => release.run(shell),
        Command::Evidence(evidence) => evidence.run(shell),
        Command::Approve(approve) => approve.run(shell),
        Command::Reject(reject) => reject.run(shell),
        Command::Condition(condition) => condition.run(shell),
        Command::Meeting(meeting) => meeting.run(shell),
        Command::Framework(framework) => framework.run(shell),
        Command::Control(control) => control.run(shell),
        Command::Emergency(emergency) => emergency.run(shell),
        Command::Exception(exception) => exception.run(shell),
        Command::ChangeRequest(request) => request.run(shell),
        Command::Entries(entries) => entries.run(shell),
        Command::Deployment(deployment) => deployment.run(shell),
        Command::Deployments(deployments) => deployments.run(shell),
        Command::Incident(incident) => incident.run(shell),
        Command::Risk(risk) => risk.run(shell),
        Command::Sandbox(sandbox) => sandbox.run(shell),
        Command::Gate(gate) => gate.run(shell),
        Command::Person(person) => person.run(shell),
        Command::Token(token) => token.run(shell),
        Command::Webhook(webhook) => webhook.run(shell),
        Command::Environment(environment) => environment.run(shell),
        Command::Calendar(calendar) => calendar.run(shell),
        Command::Hold(hold) => hold.run(shell),
        Command::Purge(purge) => purge.run(shell),
        Command::Erase(erase) => erase.run(shell),
        Command::Export(export) => export.run(shell),
        Command::Log(log) => log.run(shell),
    };
    match outcome {
        Ok(Said::Yes) => ExitCode::SUCCESS,
        Ok(Said::No) => ExitCode::from(1),
        Err(trouble) => {
            trouble.report(shell);
            trouble.exit_code()
        }
    }
}

/// The whole command line as data.
fn description() -> clap::Command {
    Arguments::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        super::description().debug_assert();
    }
}
