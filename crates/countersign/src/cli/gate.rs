//! `countersign gate`: may this artifact run in this environment now?
//!
//! The one command a pipeline asks. It says yes only when the server said yes, to exactly this
//! question, and the answer still holds; everything else is a deny (1) or a fault (2).

use super::answer::Answer;
use super::fingerprint::Named;
use super::reason::{self, Names};
use super::shell::Shell;
use super::table::precise;
use super::trouble::Trouble;
use super::{Outcome, Said};
use crate::api::verdict::{AuthorityView, VerdictAnswer};
use crate::clock::Clock;
use countersign_core::digest::Sha256;
use countersign_core::name::EnvironmentName;
use jiff::Timestamp;

/// Ask whether an artifact may run in an environment now.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 0 allow, 1 deny with every reason, 2 fault: wrong usage, a token \
    that is not valid, a server that cannot be reached. Only 0 is a yes.\n\nExamples:\n  \
    countersign gate --environment production --digest \\\n    sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n  \
    countersign gate --file adapter.safetensors --environment production && ./deploy.sh"
)]
pub struct Gate {
    #[command(flatten)]
    artifact: Named,
    /// The environment.
    #[arg(long, value_name = "NAME", default_value = "production")]
    environment: EnvironmentName,
}

impl Gate {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let digest = self.artifact.digest().map_err(Trouble::made_fault)?;
        let client = shell.client()?;
        let call = client.at(&["verdict"])?.query("digest", &digest.to_string());
        let call = call.query("environment", self.environment.as_str()).query("explain", "true");
        // A refusal to answer is no verdict, so it must not look like a deny.
        let answer = call.get().map_err(Trouble::made_fault)?;
        let said = judged(&answer, digest, &self.environment, Clock::Machine.now())?;
        let verdict: VerdictAnswer = answer.read()?;
        shell.show(&answer, |_| text(&verdict))?;
        Ok(said)
    }
}

/// What an answer means. Yes only for an allow of exactly this question that still holds.
fn judged(
    answer: &Answer,
    digest: Sha256,
    environment: &EnvironmentName,
    now: Timestamp,
) -> Outcome {
    let doubt = |why: &str| {
        let next = "treat it as a deny; check the address of the server, and both clocks";
        Err(Trouble::fault("the server's answer cannot be relied on", next)
            .because("gate.doubt", why))
    };
    let same = answer.word("/digest").parse() == Ok(digest);
    if !same || answer.word("/environment") != environment.as_str() {
        return doubt("it answers another question");
    }
    match answer.word("/verdict").as_str() {
        "deny" => Ok(Said::No),
        "allow" => match answer.word("/valid_until").parse::<Timestamp>() {
            Ok(until) if now < until => Ok(Said::Yes),
            Ok(until) => doubt(&format!("it held until {until}, and here it is {now}")),
            Err(_) => doubt("it allows without saying until when"),
        },
        other => doubt(&format!("`{other}` is no verdict")),
    }
}

fn text(verdict: &VerdictAnswer) -> String {
    let mut lines =
        vec![format!("{}: {} in {}", verdict.verdict, verdict.digest, verdict.environment)];
    if let (Some(release), Some(until)) = (&verdict.release, &verdict.valid_until) {
        let until = precise(until);
        lines.push(format!("allowed by release {release}; ask again after {until}"));
    }
    lines.extend(verdict.authority.iter().flat_map(spoken));
    for one in &verdict.despite {
        lines.push(format!("let through all the same: {} [{}]", one.message, one.code));
    }
    let names = Names::from(verdict.names.clone());
    for one in &verdict.reasons {
        let title = one.title.as_ref().map(|title| format!("{title}: ")).unwrap_or_default();
        lines.push(format!("{title}{} [{}]", one.message, one.code));
        if !one.lifted_by.is_empty() {
            lines.push(format!("  lifted by: {}", one.lifted_by.join(", ")));
        }
        lines.extend(one.next_step.iter().map(|next| format!("  next: {next}")));
        lines.extend(reason::lines(&one.blockers, &names).iter().map(|line| format!("  {line}")));
    }
    lines.join("\n")
}

/// What an allow on verbal authority rests on, until when, and what is owed for it.
fn spoken(authority: &AuthorityView) -> Vec<String> {
    let AuthorityView { by, means, given_at, papers_within, lacks, .. } = authority;
    let (given_at, means) = (precise(given_at), means.replace('_', " "));
    let mut lines = vec![format!(
        "rests on the verbal authority of {by} ({means}, {given_at}), which is no approval"
    )];
    if let Some(until) = &authority.confirm_by {
        let until = precise(until);
        lines.push(format!("  not confirmed: it ends {until} unless {by} confirms it by then"));
    }
    let due = authority.papers_due.as_ref().map(|due| format!("by {}", precise(due)));
    let due = due.unwrap_or_else(|| format!("within {papers_within} of the deployment"));
    lines.push(format!("  owed {due}: written approval and full papers"));
    lines.extend(lacks.iter().map(|lacks| format!("  still missing: {lacks}")));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-05-11T09:00:00Z";

    fn said(verdict: &str, environment: &str, until: &str) -> Result<Said, String> {
        let digest = Sha256::of(b"adapter");
        let json = serde_json::json!({
            "verdict": verdict, "digest": digest, "environment": environment, "valid_until": until,
        });
        let answer = Answer::from_text("s", json.to_string()).unwrap();
        let production = EnvironmentName::new("production").unwrap();
        judged(&answer, digest, &production, NOW.parse().unwrap()).map_err(|t| format!("{t:?}"))
    }

    #[test]
    fn an_allow_that_holds_is_a_yes() {
        assert_eq!(said("allow", "production", "2026-05-11T09:15:00Z"), Ok(Said::Yes));
    }

    #[test]
    fn a_deny_is_a_no() {
        assert_eq!(said("deny", "production", ""), Ok(Said::No));
    }

    /// I-11
    #[test]
    fn a_stale_partial_or_foreign_answer_is_never_a_yes() {
        assert!(said("allow", "production", NOW).is_err());
        assert!(said("allow", "production", "").is_err());
        assert!(said("allow", "staging", "2026-05-11T09:15:00Z").is_err());
        assert!(said("Allow", "production", "2026-05-11T09:15:00Z").is_err());
        assert!(said("", "production", "2026-05-11T09:15:00Z").is_err());
    }
}
