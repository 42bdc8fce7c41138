//! `countersign demo`: start the server on an invented company, to look around.

use crate::config::Config;
use crate::demo;
use crate::failure::{Doing, Failure};
use crate::random;
use crate::serve;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::net::TcpListener;

/// Start the server on an invented company, to look around. Everything is thrown away at the end
/// unless it is kept in a folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "In a demonstration anybody who can reach it may act as anybody: it \
                        listens on this machine only unless you say otherwise.")]
pub struct Demo {
    /// The address and port to listen on.
    #[arg(long, env = "COUNTERSIGN_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Keep the data in this folder; a demonstration found there goes on.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// How much is written to standard error: `error`, `warn`, `info`, `debug`, or by part.
    #[arg(long, env = "COUNTERSIGN_LOG", default_value = "warn", value_name = "LEVEL")]
    log: String,
}

impl Demo {
    /// Runs the demonstration until it is asked to stop.
    pub fn run(self) -> ExitCode {
        if let Err(error) = super::serve::write_log(&self.log) {
            eprintln!("countersign: `{}` is not how much to log: {error}", self.log);
            return ExitCode::from(2);
        }
        let runtime = tokio::runtime::Runtime::new().doing("start");
        match runtime.and_then(|runtime| runtime.block_on(run(&self))) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                eprintln!("{}", super::serve::describe(&failure));
                ExitCode::from(2)
            }
        }
    }
}

async fn run(asked: &Demo) -> Result<(), Failure> {
    let doing = super::serve::address_taken(asked.listen);
    let listener = TcpListener::bind(asked.listen).await.doing(&doing)?;
    let folder = match &asked.data {
        Some(folder) => Folder::kept(folder),
        None => Folder::thrown_away()?,
    };
    let mut config = Config::in_folder(&folder.path);
    config.listen = listener.local_addr().doing(&doing)?;
    config.public_url = format!("http://{}", config.listen);
    let app = demo::open(config).await?;
    print!("{}", demo::tour::text(&app).await?);
    serve::serve(app, listener, serve::asked_to_stop()).await
}

/// Where the demonstration's data lies.
struct Folder {
    path: PathBuf,
    end: End,
}

/// What becomes of a folder when the demonstration ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Kept,
    ThrownAway,
}

/// A folder in memory, where the system has one: what is thrown away need not reach a disk.
const IN_MEMORY: &str = "/dev/shm";

impl Folder {
    fn kept(path: &Path) -> Self {
        Self { path: path.to_owned(), end: End::Kept }
    }

    fn thrown_away() -> Result<Self, Failure> {
        use std::os::unix::fs::DirBuilderExt as _;
        let name = random::id("countersign-demo");
        let mut builder = std::fs::DirBuilder::new();
        let builder = builder.mode(0o700);
        let in_memory = Path::new(IN_MEMORY).join(&name);
        let on_disk = std::env::temp_dir().join(&name);
        let path = match builder.create(&in_memory) {
            Ok(()) => in_memory,
            Err(_) => builder.create(&on_disk).map(|()| on_disk).doing("create a folder")?,
        };
        Ok(Self { path, end: End::ThrownAway })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.end == End::ThrownAway
            && let Err(error) = std::fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, folder = %self.path.display(), "the folder was not removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_ones_own_is_kept_and_the_other_thrown_away() {
        let thrown_away = Folder::thrown_away().unwrap();
        let (path, kept) = (thrown_away.path.clone(), Folder::kept(&thrown_away.path));
        drop(kept);
        assert!(path.is_dir());
        drop(thrown_away);
        assert!(!path.exists());
    }
}
