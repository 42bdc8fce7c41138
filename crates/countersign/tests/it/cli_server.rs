//! The real server as a child process, on a port that the system chose.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A server that ends with the test.
pub struct ChildServer {
    child: Child,
    url: String,
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
        assert!(line().trim().starts_with(&format!("{url}/setup/")));
        Self { child, url, _data: data }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for ChildServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
