//! A real server process, to be killed.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

/// The process.
pub struct Server {
    process: Child,
    /// The port it listens on.
    pub port: u16,
    /// How long it took from its start to its first answer.
    pub ready_after: Duration,
}

impl Server {
    /// Starts the server on this port, or one the system chooses, and waits for its first answer.
    pub fn start(data: &Path, port: Option<u16>) -> Self {
        let started = now();
        let listen = format!("127.0.0.1:{}", port.unwrap_or(0));
        let mut process = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["serve", "--listen", &listen, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let printed = process.stdout.take().unwrap();
        BufReader::new(printed).read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("the server did not start: `{line}`"));
        let url = format!("http://127.0.0.1:{port}/api/v1/health");
        ureq::get(&url).call().expect("a server that says it listens answers");
        Self { process, port, ready_after: now().duration_since(started) }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it without warning: SIGKILL.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[expect(clippy::disallowed_methods, reason = "readiness is measured here")]
fn now() -> Instant {
    Instant::now()
}

/// Whether the server is up, for clients that wait for it.
#[derive(Default)]
pub struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    /// The server is up.
    pub fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }

    /// The server is about to go down.
    pub fn shut(&self) {
        *self.open.lock().unwrap() = false;
    }

    /// Waits until the server is up.
    pub fn pass(&self) {
        let open = self.open.lock().unwrap();
        drop(self.opened.wait_while(open, |open| !*open).unwrap());
    }
}
