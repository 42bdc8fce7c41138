//! `countersign person`: who may do what.

mod delegate;

use super::Outcome;
use super::role;
use super::shell::Shell;
use super::table::list;
use super::who;
use countersign_core::name::RoleName;
use serde_json::json;

/// Add people, and give and take roles.
#[derive(Debug, clap::Subcommand)]
pub enum Person {
    /// Add a person, and get the link with which they choose a password.
    Add(Add),
    /// List people and their roles.
    List(List),
    /// Give a person a role.
    Grant(Grant),
    /// Take a role from a person.
    Revoke(Revoke),
    /// Let somebody act in one of your roles while you are away.
    Delegate(delegate::Delegate),
    /// End a delegation before its time.
    EndDelegation(delegate::EndDelegation),
    /// Record what an approver has passed.
    Qualify(delegate::Qualify),
    /// Say that two accounts are one human, who then counts once.
    SameAs(delegate::SameAs),
    /// Make a new set-up link for a person.
    SetupLink(SetupLink),
    /// Give a person another address, for signing in and for notices.
    Address(Address),
    /// Let a person sign in no longer.
    Disable(Disable),
}

impl Person {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Add(add) => add.run(shell),
            Self::List(list) => list.run(shell),
            Self::Grant(grant) => grant.run(shell),
            Self::Revoke(revoke) => revoke.run(shell),
            Self::Delegate(delegate) => delegate.run(shell),
            Self::EndDelegation(end) => end.run(shell),
            Self::Qualify(qualify) => qualify.run(shell),
            Self::SameAs(same) => same.run(shell),
            Self::SetupLink(link) => link.run(shell),
            Self::Address(address) => address.run(shell),
            Self::Disable(disable) => disable.run(shell),
        }
    }
}

/// Add a person, and get the link with which they choose a password.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Pass the link on by a way you trust: whoever opens it first is that person. It \
    works once, for three days."
)]
pub struct Add {
    /// Their name.
    name: String,
    /// Their address.
    email: String,
    /// A role to give them right away. Can be repeated.
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<RoleName>,
}

impl Add {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let body = json!({ "name": self.name, "email": self.email });
        let answer = client.at(&["people"])?.post(&body)?;
        let id = answer.word("/person");
        let said = shell.show(&answer, |answer| match answer.word("/setup_link").as_str() {
            "" => format!("{} is {id}; the set-up link is shown only once", self.name),
            link => format!("{} is {id}\nset-up link: {link}", self.name),
        })?;
        for role in &self.roles {
            let client = client.for_part(role.as_str());
            client.at(&["people", &id, "roles"])?.post(&json!({ "role": role }))?;
            role::remark_if_unknown(shell, &client, role);
        }
        Ok(said)
    }
}

/// List people and their roles.
#[derive(Debug, clap::Args)]
pub struct List {}

impl List {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let people = who::everybody(&client)?;
        if shell.wants_json() {
            shell.say_as_is(&json!({ "items": people }).to_string())?;
            return Ok(super::Said::Yes);
        }
        let columns = [
            ("id", "/id"),
            ("name", "/name"),
            ("address", "/email"),
            ("set up", "/set_up"),
            ("disabled", "/disabled"),
            ("roles", "/roles"),
        ];
        shell.say(&list(&people, &columns, "there is nobody yet"))?;
        Ok(super::Said::Yes)
    }
}

/// Give a person a role.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Nobody gives a role to himself. The owner of a model is set with `countersign \
    model owner`. Releases under review keep the holders they were submitted with.\n\nExample:\n  \
    countersign person grant jo@example.org compliance --until 2026-12-31"
)]
pub struct Grant {
    /// Who, by address, name or id.
    person: String,
    /// Which role.
    role: RoleName,
    /// From when: a day, or a moment like 2026-08-10T08:00:00Z; at once when left out.
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,
    /// Until when: a day, which counts to its end, or a moment; without an end when left out.
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
}

impl Grant {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let person = who::person(&client, &self.person)?;
        let call = client.at(&["people", &person, "roles"])?;
        let body = json!({ "role": self.role, "from": self.from, "until": self.until });
        let said = shell.show_receipt(&call.post(&body)?)?;
        role::remark_if_unknown(shell, &client, &self.role);
        Ok(said)
    }
}

/// Take a role from a person.
#[derive(Debug, clap::Args)]
pub struct Revoke {
    /// From whom, by address, name or id.
    person: String,
    /// Which role.
    role: RoleName,
}

impl Revoke {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let person = who::person(&client, &self.person)?;
        let call = client.at(&["people", &person, "roles", self.role.as_str()])?;
        shell.show_receipt(&call.delete()?)
    }
}

/// Make a new set-up link for a person.
#[derive(Debug, clap::Args)]
pub struct SetupLink {
    /// For whom, by address, name or id.
    person: String,
}

impl SetupLink {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let person = who::person(&client, &self.person)?;
        let answer = client.at(&["people", &person, "setup-link"])?.post(&json!({}))?;
        shell.show(&answer, |answer| answer.word("/setup_link"))
    }
}

/// Give a person another address, for signing in and for notices.
#[derive(Debug, clap::Args)]
#[command(after_help = "Notices go there by e-mail when the server was told of a mail server.")]
pub struct Address {
    /// Whose, by address, name or id.
    person: String,
    /// The new address.
    email: String,
}

impl Address {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let person = who::person(&client, &self.person)?;
        let call = client.at(&["people", &person, "address"])?;
        let answer = call.put(&json!({ "email": self.email }))?;
        shell.show(&answer, |answer| {
            format!("{} is reached at {}", answer.word("/name"), answer.word("/email"))
        })
    }
}

/// Let a person sign in no longer.
#[derive(Debug, clap::Args)]
pub struct Disable {
    /// Whom, by address, name or id.
    person: String,
}

impl Disable {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let person = who::person(&client, &self.person)?;
        let answer = client.at(&["people", &person, "disable"])?.post(&json!({}))?;
        shell.show(&answer, |_| format!("{} can sign in no longer", self.person))
    }
}
