//! `countersign serve`: start the server.

mod mail;

use crate::boot;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::{Doing, Failure};
use crate::serve;
use countersign_store::HeadPolicy;
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::net::TcpListener;

/// Start the server.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Where data is kept: database, evidence, signing key.
    #[arg(long, env = "COUNTERSIGN_DATA", default_value = "countersign-data")]
    data: PathBuf,
    /// The address and port to listen on.
    #[arg(long, env = "COUNTERSIGN_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address people use, when it is not the one above: `https://gate.example.org`.
    #[arg(long, env = "COUNTERSIGN_PUBLIC_URL")]
    public_url: Option<String>,
    /// The store: `sqlite:PATH` or `memory:`. A database in the data folder when left out.
    #[arg(long, env = "COUNTERSIGN_STORE")]
    store: Option<String>,
    /// Let webhooks reach private addresses. Off, they are refused, so that a webhook cannot be
    /// aimed at what only this machine can reach.
    #[arg(long, env = "COUNTERSIGN_ALLOW_PRIVATE_WEBHOOKS")]
    allow_private_webhooks: bool,
    /// Believe the database although the signed head kept beside it disagrees, and give up the
    /// events that the database forgot. Only after `countersign doctor`, and never by default.
    #[arg(long)]
    accept_new_head: bool,
    #[command(flatten)]
    mail: mail::MailArguments,
    /// How much is written to standard error: `error`, `warn`, `info`, `debug`, or by part:
    /// `warn,countersign::jobs=debug`.
    #[arg(long, env = "COUNTERSIGN_LOG", default_value = "info", value_name = "LEVEL")]
    log: String,
}

impl Serve {
    /// What the server is told.
    fn config(&self) -> Result<Config, Failure> {
        let mut config = Config::in_folder(&self.data);
        config.listen = self.listen;
        config.store_url = self.store.clone();
        config.allow_private_webhooks = self.allow_private_webhooks;
        let default = format!("http://{}", self.listen);
        let public = self.public_url.clone().unwrap_or(default);
        config.public_url = public.trim_end_matches('/').to_owned();
        config.mail = self.mail.read()?;
        Ok(config)
    }

    fn heads(&self) -> HeadPolicy {
        if self.accept_new_head { HeadPolicy::AcceptDatabase } else { HeadPolicy::MustAgree }
    }

    /// Runs the server until it is asked to stop.
    pub fn run(self) -> ExitCode {
        if let Err(error) = write_log(&self.log) {
            eprintln!("countersign: `{}` is not how much to log: {error}", self.log);
            return ExitCode::from(2);
        }
        let config = self.config();
        let runtime = tokio::runtime::Runtime::new().doing("start");
        let ran = config.and_then(|config| runtime?.block_on(run(config, self.heads())));
        match ran {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                eprintln!("{}", describe(&failure));
                ExitCode::from(2)
            }
        }
    }
}

/// Standard output is for what people are to read; the log goes beside it.
pub(super) fn write_log(level: &str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let filter = tracing_subscriber::EnvFilter::try_new(level)?;
    let terminal = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(terminal);
    log.with_writer(std::io::stderr).try_init()
}

/// A failure with its whole chain of causes.
pub(super) fn describe(failure: &Failure) -> String {
    let mut text = format!("countersign: {failure}");
    if let Failure::Fault(fault) = failure {
        let mut cause = std::error::Error::source(fault);
        while let Some(error) = cause {
            text.push_str(&format!("\n  because {error}"));
            cause = error.source();
        }
    }
    text
}

/// The configuration of a server that listens here. People's address follows it unless they use
/// another one.
fn at(mut config: Config, taken: SocketAddr) -> Config {
    if config.public_url == format!("http://{}", config.listen) {
        config.public_url = format!("http://{taken}");
    }
    config.listen = taken;
    config
}

/// What cannot be done when the address is not to be had, with the way out.
pub(super) fn address_taken(address: SocketAddr) -> String {
    format!("listen on {address}; `--listen` names another address")
}

async fn run(config: Config, heads: HeadPolicy) -> Result<(), Failure> {
    // Taking the address comes first: where the system chooses the port, links have to name it.
    let listen = config.listen;
    let listener = TcpListener::bind(listen).await.doing(&address_taken(listen))?;
    let config = at(config, listener.local_addr().doing("ask which port was taken")?);
    let app = boot::open_with(config, Clock::Machine, heads).await?;
    println!("Countersign listens on {}", app.config.public_url);
    if app.is_new().await? {
        let link = app.setup_link(None).await?;
        println!("Nobody administers this installation yet. Set up the first account here:");
        println!("  {link}");
    }
    serve::serve(app, listener, serve::asked_to_stop()).await
}
