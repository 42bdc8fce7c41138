//! `countersign setup`, `login`, `logout` and `whoami`: acting as oneself.

use super::client::Client;
use super::credentials::Given;
use super::prompt::{self, Source};
use super::shell::Shell;
use super::table;
use super::trouble::Trouble;
use super::{Outcome, Said};
use serde_json::json;
use url::{Host, Url};

/// Where the password comes from.
#[derive(Debug, Clone, clap::Args)]
pub struct Password {
    /// Read the password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
}

impl Password {
    fn source(&self) -> Source {
        if self.password_stdin { Source::StandardInput } else { Source::Person }
    }
}

/// Use a set-up link: choose a password and sign in.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The first start of a server prints a link; an administrator makes one for \
    everybody else.\n\nExample:\n  countersign setup http://127.0.0.1:8080/setup/setup_3f… \
    --name \"Ada Okafor\" --email ada@example.org"
)]
pub struct Setup {
    /// The link as it was given.
    link: Url,
    /// Your name, when you are the first; who was invited has one already.
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// Your address, when you are the first.
    #[arg(long, default_value = "", hide_default_value = true)]
    email: String,
    #[command(flatten)]
    password: Password,
}

impl Setup {
    /// Runs the command. The link names its server, whatever the options say.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let broken = || {
            let next = "copy the whole link: it ends in `/setup/` and a long word";
            Trouble::usage(format!("`{}` is no set-up link", self.link), next)
        };
        let (before, token) = self.link.as_str().rsplit_once("/setup/").ok_or_else(broken)?;
        let server = Url::parse(before).map_err(|_| broken())?;
        let password = new_password(self.password.source())?;
        let client = shell.connect(server, None)?;
        let body = json!({
            "token": token, "name": self.name, "email": self.email, "password": password,
        });
        keep(shell, &client, &client.at(&["setup"])?.post(&body)?)
    }
}

fn new_password(source: Source) -> Result<String, Trouble> {
    let password = prompt::secret("New password:", source)?;
    if source == Source::Person && prompt::secret("The same again:", source)? != password {
        return Err(Trouble::usage("the two passwords differ", "try again"));
    }
    Ok(password)
}

/// Sign in, and keep a token for the commands that follow.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The token is kept in ~/.config/countersign/credentials.json, readable by you \
    alone, and is sent only to the server that gave it. Machines use COUNTERSIGN_TOKEN instead.\n\n\
    Examples:\n  countersign login --server https://gate.example.org --email ada@example.org\n  \
    pass gate | countersign login --email ada@example.org --password-stdin"
)]
pub struct Login {
    /// The address; asked for when left out.
    #[arg(long)]
    email: Option<String>,
    #[command(flatten)]
    password: Password,
    /// What the token is for, as lists of tokens show it.
    #[arg(long, default_value = "command line")]
    name: String,
}

impl Login {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.stranger()?;
        warn_of_plain_http(shell, client.server());
        let email = match &self.email {
            Some(email) => email.clone(),
            None => prompt::line("Address:")?,
        };
        let password = prompt::secret("Password:", self.password.source())?;
        let body = json!({ "email": email, "password": password, "name": self.name });
        keep(shell, &client, &client.at(&["login"])?.post(&body)?)
    }
}

/// Keeps the token that came; it is never printed.
fn keep(shell: &Shell, client: &Client, answer: &super::answer::Answer) -> Outcome {
    let token = answer.word("/token");
    if token.is_empty() {
        return Err(Trouble::unreachable(client.server().as_str(), "the answer holds no token"));
    }
    let credentials = shell.credentials()?;
    credentials.keep(client.server(), Given { token, id: answer.word("/id") })?;
    let (name, until) = (answer.word("/name"), answer.word("/expires_at"));
    if shell.wants_json() {
        let json = json!({ "server": client.server().as_str(), "name": name, "expires_at": until });
        shell.say_as_is(&json.to_string())?;
    } else {
        let until =
            if until.is_empty() { until } else { format!(" until {}", table::moment(&until)) };
        let kept = credentials.path().display();
        let server = client.server();
        shell.say(&format!("signed in to {server} as {name}{until}\ntoken kept in {kept}"))?;
    }
    Ok(Said::Yes)
}

fn warn_of_plain_http(shell: &Shell, server: &Url) {
    let local = match server.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if server.scheme() == "http" && !local {
        shell.remark("warning: the password travels unencrypted: use https:// if you can");
    }
}

/// End the token that `login` kept for the server, here and there.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "When the server cannot be reached the token is forgotten here all the same, and \
    works there until it expires; `countersign token revoke` ends it."
)]
pub struct Logout {}

impl Logout {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let server = shell.server()?;
        // It is forgotten first: whatever the server answers, nobody is signed in here any more.
        let forgotten = shell.credentials()?.forget(&server)?;
        let known = forgotten.is_some();
        let ended = forgotten.map_or(Ok(()), |given| end(shell, &server, given));
        if shell.wants_json() {
            let json =
                json!({ "server": server.as_str(), "signed_out": known, "ended": ended.is_ok() });
            shell.say_as_is(&json.to_string())?;
        } else if known {
            shell.say(&format!("signed out of {server}"))?;
        } else {
            shell.say(&format!("nobody was signed in to {server}"))?;
        }
        if ended.is_err() {
            shell.remark("warning: the server did not end the token, which works until it expires");
        }
        Ok(Said::Yes)
    }
}

/// Ends a token at its server. One the server knows no longer has ended already.
fn end(shell: &Shell, server: &Url, given: Given) -> Result<(), Trouble> {
    let client = shell.connect(server.clone(), Some(given.token))?;
    match client.at(&["tokens", &given.id])?.delete() {
        Err(trouble) if trouble.status() != Some(401) => Err(trouble),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Say as whom the server is called, and with which roles.
#[derive(Debug, clap::Args)]
pub struct Whoami {}

impl Whoami {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = client.at(&["me"])?.get()?;
        shell.show(&answer, |answer| {
            let mut lines = vec![
                format!("name    {}", answer.word("/name")),
                format!("id      {}", answer.word("/id")),
                format!("server  {}", client.server()),
            ];
            for (label, at) in
                [("roles   ", "/roles"), ("acts as ", "/acts_as"), ("scopes  ", "/scopes")]
            {
                let word = answer.word(at);
                if !word.is_empty() {
                    lines.push(format!("{label}{word}"));
                }
            }
            lines.join("\n")
        })
    }
}
