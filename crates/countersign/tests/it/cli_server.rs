//! The real server as a child process, on a port that the system chose.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A server that ends with the test.
pub struct ChildServer {
    child: Child,
    url: String,
    setup_link: String,
    _data: TempDir,
}

impl ChildServer {
    /// A new installation, ready to answer.
    pub fn start() -> Self {
        let data = TempDir::new().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut line = || lines.next().unwrap().unwrap();
        let first = line();
        let url = first.strip_prefix("Countersign listens on ").unwrap().to_owned();
        assert!(!url.ends_with(":0"), "the port is the one that was taken: {url}");
        line();
        let setup_link = line().trim().to_owned();
        Self { child, url, setup_link, _data: data }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The link with which the first administrator sets up an account.
    pub fn setup_link(&self) -> &str {
        &self.setup_link
    }
}

impl Drop for ChildServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
