//! `countersign risk`: the risk register.

use super::Outcome;
use super::answer::Answer;
use super::shell::Shell;
use super::table::{facts, list};
use super::who;
use countersign_core::risk::Treatment;
use serde_json::{Value, json};

/// Enter risks, look at them again, and close them.
#[derive(Debug, clap::Subcommand)]
pub enum Risk {
    /// Enter a risk.
    Enter(Enter),
    /// Show a risk.
    Show(Show),
    /// Look at a risk again.
    Reassess(Reassess),
    /// Give a risk to another owner, with a reason.
    Owner(Owner),
    /// Say that a risk is about more models.
    Link(Link),
    /// Close a risk, with a reason.
    Close(Close),
}

impl Risk {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Enter(enter) => enter.run(shell),
            Self::Show(show) => show.run(shell),
            Self::Reassess(reassess) => reassess.run(shell),
            Self::Owner(owner) => owner.run(shell),
            Self::Link(link) => link.run(shell),
            Self::Close(close) => close.run(shell),
        }
    }
}

fn send(shell: &Shell, risk: &str, what: &str, body: &Value) -> Outcome {
    shell.show_receipt(&shell.client()?.at(&["risks", risk, what])?.post(body)?)
}

/// Enter a risk.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign risk enter risk-12 --title \"Leaves out a warning\" \
    --description \"an agent misses that a customer is in danger\" --likelihood 2 --impact 4 \
    --treatment reduce --review-by 2026-12-01 --model support-summarizer"
)]
pub struct Enter {
    /// Its name, chosen by you.
    name: String,
    /// What people call it.
    #[arg(long)]
    title: String,
    /// What could happen, and to whom.
    #[arg(long)]
    description: String,
    /// How likely, from 1 (hardly) to 5 (almost certain).
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
    likelihood: u8,
    /// How bad, from 1 (a nuisance) to 5 (grave harm).
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
    impact: u8,
    /// What is done about it: `avoid`, `reduce`, `share` or `accept`.
    #[arg(long)]
    treatment: Treatment,
    /// When it is looked at again: a day, or a moment like 2026-06-30T17:00:00Z.
    #[arg(long, value_name = "WHEN")]
    review_by: String,
    /// A model it is about, by its short name. Can be repeated.
    #[arg(long = "model", value_name = "MODEL")]
    models: Vec<String>,
    /// Who watches it, by address, name or id; you when left out.
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
}

impl Enter {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let owner = self.owner.as_ref().map(|owner| who::person(&client, owner)).transpose()?;
        let body = json!({
            "risk": self.name, "title": self.title, "description": self.description,
            "likelihood": self.likelihood, "impact": self.impact,
            "treatment": self.treatment.to_string(), "review_by": self.review_by,
            "models": self.models, "owner": owner,
        });
        shell.show_receipt(&client.at(&["risks"])?.post(&body)?)
    }
}

/// Show a risk.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// Its name.
    name: String,
}

impl Show {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["risks", &self.name])?.get()?;
        shell.show(&answer, text)
    }
}

fn text(answer: &Answer) -> String {
    let told = facts(
        &answer.value,
        &[
            ("risk", "/risk"),
            ("title", "/title"),
            ("state", "/state"),
            ("what could happen", "/description"),
            ("level", "/level"),
            ("score", "/score"),
            ("treatment", "/treatment"),
            ("owner", "/owner"),
            ("looked at again by", "/review_by"),
            ("overdue", "/overdue"),
            ("models", "/models"),
            ("closed because", "/closed_because"),
        ],
    );
    let ratings = answer.value["ratings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let columns = [("rated", "/at"), ("likelihood", "/likelihood"), ("impact", "/impact")];
    format!("{told}\n\n{}", list(ratings, &columns, "it was never rated"))
}

/// Look at a risk again.
#[derive(Debug, clap::Args)]
pub struct Reassess {
    /// Its name.
    name: String,
    /// How likely it is now, from 1 to 5.
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
    likelihood: u8,
    /// How bad it would be, from 1 to 5.
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
    impact: u8,
    /// What is done about it: `avoid`, `reduce`, `share` or `accept`.
    #[arg(long)]
    treatment: Treatment,
    /// When it is looked at next: a day, or a moment.
    #[arg(long, value_name = "WHEN")]
    review_by: String,
    /// What was found.
    #[arg(long)]
    note: String,
}

impl Reassess {
    fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({
            "likelihood": self.likelihood, "impact": self.impact,
            "treatment": self.treatment.to_string(), "review_by": self.review_by,
            "note": self.note,
        });
        send(shell, &self.name, "reassess", &body)
    }
}

/// Give a risk to another owner, with a reason.
#[derive(Debug, clap::Args)]
pub struct Owner {
    /// Its name.
    name: String,
    /// The new owner, by address, name or id.
    owner: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Owner {
    fn run(&self, shell: &Shell) -> Outcome {
        let owner = who::person(&shell.client()?, &self.owner)?;
        send(shell, &self.name, "owner", &json!({ "owner": owner, "reason": self.reason }))
    }
}

/// Say that a risk is about more models.
#[derive(Debug, clap::Args)]
pub struct Link {
    /// Its name.
    name: String,
    /// A model, by its short name. Can be repeated.
    #[arg(long = "model", value_name = "MODEL", required = true)]
    models: Vec<String>,
}

impl Link {
    fn run(&self, shell: &Shell) -> Outcome {
        send(shell, &self.name, "models", &json!({ "models": self.models }))
    }
}

/// Close a risk, with a reason.
#[derive(Debug, clap::Args)]
pub struct Close {
    /// Its name.
    name: String,
    /// Why it is no risk any more.
    #[arg(long)]
    reason: String,
}

impl Close {
    fn run(&self, shell: &Shell) -> Outcome {
        send(shell, &self.name, "close", &json!({ "reason": self.reason }))
    }
}
