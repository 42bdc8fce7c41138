//! `countersign policy`: check, read and publish release policies.

mod decide;
mod diff;
mod publish;
mod review;
mod show;
mod source;

use super::Outcome;
use super::document::{self, Findings};
use super::shell::Shell;
use std::path::PathBuf;

/// Check, read, publish and approve release policies.
#[derive(Debug, clap::Subcommand)]
pub enum Policy {
    /// Name every fault of a policy, with its line and the remedy.
    Check(Check),
    /// Print the decision table, the checklist and the criteria of a policy.
    Show(show::Show),
    /// Print the text of a published policy, exactly as it was published.
    Source(source::Source),
    /// Say what changed between two versions: what got stricter and what looser.
    Diff(diff::Diff),
    /// Publish a policy; it never changes afterwards.
    Publish(publish::Publish),
    /// Approve a published policy.
    Approve(decide::Approve),
    /// Decline a published policy, for good.
    Decline(decide::Decline),
    /// Record a review of a policy.
    Review(review::Review),
    /// Ask for a review of a policy, because something changed.
    Trigger(review::Trigger),
    /// List what asked for reviews of a policy, and what they came to.
    Reviews(review::Reviews),
    /// List the policies that were published.
    List(publish::List),
}

impl Policy {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Check(check) => document::check(shell, &check.files, find),
            Self::Show(show) => show.run(shell),
            Self::Source(source) => source.run(shell),
            Self::Diff(diff) => diff.run(shell),
            Self::Publish(publish) => publish.run(shell),
            Self::Approve(approve) => approve.run(shell),
            Self::Decline(decline) => decline.run(shell),
            Self::Review(review) => review.run(shell),
            Self::Trigger(trigger) => trigger.run(shell),
            Self::Reviews(reviews) => reviews.run(shell),
            Self::List(list) => list.run(shell),
        }
    }
}

/// Name every fault of a policy, with its line and the remedy.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "No server is needed. Exit code 1 when a file has errors, 2 when one cannot \
    be read.\n\nExamples:\n  countersign policy check policies/*.policy\n  \
    git show main:release.policy | countersign policy check -"
)]
pub struct Check {
    /// The files; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// What is wrong with a policy, and what it is.
fn find(text: &str) -> Findings {
    let parsed = countersign_formats::policy::parse(text);
    let summary = parsed.policy.map(|policy| {
        format!(
            "{} {}: {} rows, {} checklist items, {} criteria",
            policy.name,
            policy.version,
            policy.rows.len(),
            policy.items.len(),
            policy.criteria.len()
        )
    });
    (parsed.diagnostics, summary)
}
