//! `countersign token`: how machines call the server.

use super::Outcome;
use super::page::Page;
use super::shell::Shell;
use super::table::list;
use countersign_core::actor::Scope;
use serde_json::json;

/// Make, list and revoke the tokens of machines.
#[derive(Debug, clap::Subcommand)]
pub enum Token {
    /// Make a token for a machine; it is shown once.
    Create(Create),
    /// List tokens.
    List(List),
    /// End a token at once.
    Revoke(Revoke),
}

impl Token {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Create(create) => create.run(shell),
            Self::List(list) => list.run(shell),
            Self::Revoke(revoke) => revoke.run(shell),
        }
    }
}

/// Make a token for a machine; it is shown once.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Scopes: read, verdict, evidence, deployment. There is no scope to approve: \
    machines never do.\n\nExample:\n  countersign token create deployer --scope verdict \
    --scope deployment --expires-at 2026-12-31"
)]
pub struct Create {
    /// What the token is for.
    name: String,
    /// What it allows: `read`, `verdict`, `evidence`, `deployment`, `export`. Can be repeated.
    #[arg(long = "scope", required = true, value_name = "SCOPE", value_parser = scope)]
    scopes: Vec<&'static str>,
    /// Until when it works: a day, which counts to its end, or a moment like
    /// 2027-01-01T00:00:00Z; for ever when left out.
    #[arg(long, value_name = "WHEN")]
    expires_at: Option<String>,
}

fn scope(text: &str) -> Result<&'static str, String> {
    let words = Scope::ALL.map(Scope::word);
    let known = words.into_iter().find(|word| *word == text);
    known.ok_or_else(|| format!("use one of {}", words.join(", ")))
}

impl Create {
    fn run(&self, shell: &Shell) -> Outcome {
        let mut body = json!({ "name": self.name, "scopes": self.scopes });
        if let Some(at) = &self.expires_at {
            body["expires_at"] = at.to_string().into();
        }
        let answer = shell.client()?.at(&["tokens"])?.post(&body)?;
        shell.show(&answer, |answer| {
            let (id, token) = (answer.word("/id"), answer.word("/token"));
            if token.is_empty() {
                return format!("token {id} was made before; it is shown only once");
            }
            format!("{token}\nKeep it now: it is not shown again. `token revoke {id}` ends it.")
        })
    }
}

/// List tokens.
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    page: Page,
}

impl List {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = self.page.of(client.at(&["tokens"])?).get()?;
        let columns = [
            ("id", "/id"),
            ("name", "/name"),
            ("scopes", "/scopes"),
            ("expires", "/expires_at"),
            ("last used", "/last_used_at"),
            ("revoked", "/revoked_at"),
        ];
        self.page.show(shell, &answer, |items| list(items, &columns, "there are no tokens"))
    }
}

/// End a token at once.
#[derive(Debug, clap::Args)]
pub struct Revoke {
    /// The token's id, as `token list` prints it.
    id: String,
}

impl Revoke {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["tokens", &self.id])?.delete()?;
        shell.show(&answer, |_| format!("token {} works no longer", self.id))
    }
}
