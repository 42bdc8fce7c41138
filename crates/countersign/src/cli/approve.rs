//! `countersign approve` and `reject`: one person's signed yes or no in one role.
//!
//! What is signed is fetched and shown first, and exactly that is sent: whatever changes in
//! between makes the server refuse.

use super::answer::{Answer, receipt};
use super::promise::Promises;
use super::reason::Names;
use super::release::show;
use super::shell::Shell;
use super::table;
use super::trouble::Trouble;
use super::{Outcome, prompt};
use crate::api::releases::view::ReleaseView;
use countersign_core::digest::Sha256;
use countersign_core::name::RoleName;
use countersign_core::release::RejectionReason;
use serde_json::json;

/// Approve a release in one role, for exactly the dossier shown.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is signed is printed first, and you are asked whether you agree. Without \
    a terminal --yes says so beforehand; with --dossier only what you looked at before is signed.\n\n\
    Examples:\n  countersign approve r-3f… --as ai_governance_lead\n  countersign approve r-3f… \
    --as product_lead \\\n    --condition \"Measure again on May data\" --owner rivera@example.org \
    --due 2026-06-30"
)]
pub struct Approve {
    /// The release.
    release: String,
    /// The role in which you approve.
    #[arg(long = "as", value_name = "ROLE")]
    role: RoleName,
    #[command(flatten)]
    promises: Promises,
    /// What you want to say.
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    /// Approve only this dossier, whatever the server shows now.
    #[arg(long, value_name = "SHA256")]
    dossier: Option<Sha256>,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

impl Approve {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let release = client.at(&["releases", &self.release])?.get()?;
        let view: ReleaseView = release.read()?;
        let dossier = self.dossier(&view)?;
        let conditions = self.promises.resolved(&client)?;
        let text = self.statement(&release, &view, &conditions, &Names::of(&client));
        if shell.wants_json() || self.yes {
            shell.remark(&text);
        } else {
            shell.say(&text)?;
        }
        if !self.yes {
            let question = format!("Approve {} as {}?", view.title, self.role);
            if !prompt::agrees(&question)? {
                let next = "nothing was sent; raise a concern or reject it if you disagree";
                return Err(Trouble::refused("approval.declined", "you did not agree", next));
            }
        }
        let mut body = json!({
            "role": self.role, "dossier": dossier,
            "conditions": conditions.iter().map(|one| one.body()).collect::<Vec<_>>(),
        });
        if let Some(comment) = &self.comment {
            body["comment"] = comment.as_str().into();
        }
        let answer = client.at(&["releases", &view.release, "approve"])?.post(&body)?;
        shell.show(&answer, receipt)
    }

    /// The dossier shown now, which must be the one asked for, if one is.
    fn dossier(&self, view: &ReleaseView) -> Result<Sha256, Trouble> {
        let shown = view.dossier.as_deref().and_then(|text| text.parse::<Sha256>().ok());
        let shown = shown.ok_or_else(|| {
            let detail = format!("the release `{}` has no dossier yet", view.release);
            let next = format!("`countersign release show {}` says what it lacks", view.release);
            Trouble::refused("dossier.absent", detail, next)
        })?;
        match self.dossier {
            Some(wanted) if wanted != shown => {
                let detail = format!("the dossier is {shown} now, not {wanted}");
                let next = "look at the release again: something changed since";
                Err(Trouble::refused("dossier.changed", detail, next))
            }
            Some(_) | None => Ok(shown),
        }
    }

    /// What is being signed, in full.
    fn statement(
        &self,
        release: &Answer,
        view: &ReleaseView,
        conditions: &[super::promise::Resolved],
        names: &Names,
    ) -> String {
        let mut parts = vec![format!("You approve as {}:", self.role), show::head(&release.value)];
        parts.extend(show::overridden(&release.value));
        parts.extend(show::signed(&release.value));
        if !view.blockers.is_empty() {
            parts.push(show::gate(view));
        }
        if !conditions.is_empty() {
            let lines = conditions.iter().map(|one| {
                let owner = names.get(&one.owner);
                format!("- {} ({owner}, by {})", one.text, table::moment(&one.due.to_string()))
            });
            let lines: Vec<String> = lines.collect();
            parts.push(format!("On condition that\n{}", lines.join("\n")));
        }
        parts.extend(self.comment.iter().map(|comment| format!("Comment\n{comment}")));
        parts.join("\n\n")
    }
}

/// Reject a release in one role, with a reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "Reasons: insufficient_evidence, criteria_not_met, unacceptable_risk, \
    compliance, security, scope, other. The release can be resubmitted as a new one.\n\nExample:\n  \
    countersign reject r-3f… --as ai_governance_lead --reason criteria_not_met \\\n    \
    --text \"The hallucination rate is 8.1 %\"")]
pub struct Reject {
    /// The release.
    release: String,
    /// The role in which you reject.
    #[arg(long = "as", value_name = "ROLE")]
    role: RoleName,
    /// The reason, as a word that can be counted.
    #[arg(long, value_name = "CODE", value_parser = reason_code)]
    reason: &'static str,
    /// Why, in words.
    #[arg(long)]
    text: String,
}

fn reason_code(text: &str) -> Result<&'static str, String> {
    let words = RejectionReason::ALL.map(RejectionReason::word);
    let known = words.into_iter().find(|word| *word == text);
    known.ok_or_else(|| format!("use one of {}", words.join(", ")))
}

impl Reject {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let body = json!({ "role": self.role, "reason": self.reason, "text": self.text });
        shell.show_receipt(&client.at(&["releases", &self.release, "reject"])?.post(&body)?)
    }
}
