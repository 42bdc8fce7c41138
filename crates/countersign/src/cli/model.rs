//! `countersign model`: systems under governance.

use super::Outcome;
use super::answer::Answer;
use super::reason::Names;
use super::shell::Shell;
use super::table::list;
use super::who;
use countersign_core::classification::RiskTier;
use countersign_core::name::ModelName;
use serde_json::json;

/// Register models, and keep their tier and owner right.
#[derive(Debug, clap::Subcommand)]
pub enum Model {
    /// Bring a model under governance.
    Register(Register),
    /// List models.
    List(List),
    /// Show a model.
    Show(Show),
    /// Change a model's risk tier, with a reason.
    Tier(Tier),
    /// Give a model to another owner, with a reason.
    Owner(Owner),
}

impl Model {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Register(register) => register.run(shell),
            Self::List(list) => list.run(shell),
            Self::Show(show) => show.run(shell),
            Self::Tier(tier) => tier.run(shell),
            Self::Owner(owner) => owner.run(shell),
        }
    }
}

/// Bring a model under governance.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign model register support-summarizer --title \"Support \
    summarizer\" --tier high --intended-use \"Summarises support calls for the agents\""
)]
pub struct Register {
    /// Its short name: lower case, digits, `-`.
    name: ModelName,
    /// What people call it.
    #[arg(long)]
    title: String,
    /// How much is at stake: `low`, `medium`, `high` or `critical`.
    #[arg(long)]
    tier: RiskTier,
    /// What it is meant for.
    #[arg(long)]
    intended_use: String,
    /// Its owner, by address, name or id; you when left out.
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
}

impl Register {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let owner = self.owner.as_ref().map(|owner| who::person(&client, owner)).transpose()?;
        let mut body = json!({
            "name": self.name, "title": self.title, "tier": self.tier.to_string(),
            "intended_use": self.intended_use,
        });
        if let Some(owner) = owner {
            body["owner"] = owner.into();
        }
        shell.show_receipt(&client.at(&["models"])?.post(&body)?)
    }
}

/// List models.
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    page: super::page::Page,
}

impl List {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = self.page.of(client.at(&["models"])?).get()?;
        let columns =
            [("model", "/name"), ("tier", "/tier"), ("title", "/title"), ("owner", "/owner")];
        self.page.show(shell, &answer, |items| {
            let items = Names::of(&client).put_into(items, "owner");
            list(&items, &columns, "no model is registered yet")
        })
    }
}

/// Show a model.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// Its short name.
    name: String,
}

impl Show {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = client.at(&["models", &self.name])?.get()?;
        shell.show(&answer, |answer| text(answer, &Names::of(&client)))
    }
}

fn text(answer: &Answer, names: &Names) -> String {
    let named = names.put_into(std::slice::from_ref(&answer.value), "owner");
    super::table::facts(
        named.first().unwrap_or(&answer.value),
        &[
            ("model", "/name"),
            ("title", "/title"),
            ("tier", "/tier"),
            ("owner", "/owner"),
            ("registered", "/registered_at"),
            ("intended use", "/intended_use"),
        ],
    )
}

/// Change a model's risk tier, with a reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "Releases submitted before keep the tier they were submitted under.")]
pub struct Tier {
    /// The model's short name.
    name: String,
    /// `low`, `medium`, `high` or `critical`.
    tier: RiskTier,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Tier {
    fn run(&self, shell: &Shell) -> Outcome {
        let body = json!({ "tier": self.tier.to_string(), "reason": self.reason });
        shell.show_receipt(&shell.client()?.at(&["models", &self.name, "tier"])?.post(&body)?)
    }
}

/// Give a model to another owner, with a reason.
#[derive(Debug, clap::Args)]
pub struct Owner {
    /// The model's short name.
    name: String,
    /// The new owner, by address, name or id.
    owner: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Owner {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let owner = who::person(&client, &self.owner)?;
        let body = json!({ "owner": owner, "reason": self.reason });
        shell.show_receipt(&client.at(&["models", &self.name, "owner"])?.post(&body)?)
    }
}
