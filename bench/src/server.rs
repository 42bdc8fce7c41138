//! A server as a process of its own, ended when it is dropped.

use crate::failure::{Failure, Told};
use crate::request;
use crate::stopwatch::Stopwatch;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that takes longer than this to answer is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to its first answer.
    pub ready_after: Duration,
}

impl Server {
    /// The product on an installation.
    pub fn product(program: &Path, data: &Path) -> Result<Self, Failure> {
        let mut command = Command::new(program);
        command.arg("serve").arg("--data").arg(data);
        Self::start(command, |command, address| {
            command.arg("--listen").arg(address.to_string());
        })
    }

    /// The server with the fixed answer.
    pub fn fixed() -> Result<Self, Failure> {
        let this = std::env::current_exe().told("find this program")?;
        Self::start(Command::new(this), |command, address| {
            command.arg("--serve-fixed").arg(address.port().to_string());
        })
    }

    fn start(
        mut command: Command,
        listen: impl FnOnce(&mut Command, SocketAddr),
    ) -> Result<Self, Failure> {
        let address = free_address()?;
        listen(&mut command, address);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
        let begun = Stopwatch::start();
        let child = command.spawn().told("start a server")?;
        let mut server = Self { child, address, ready_after: Duration::ZERO };
        while !server.is_ready() {
            if begun.elapsed() > PATIENCE {
                return Err(Failure::plain("the server does not answer"));
            }
            if let Some(status) = server.child.try_wait().told("watch a server")? {
                return Err(Failure::plain(format!("the server ended at once: {status}")));
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        server.ready_after = begun.elapsed();
        Ok(server)
    }

    fn is_ready(&self) -> bool {
        answer(self.address, &request::get("/health", "none"))
            .is_some_and(|answer| answer.starts_with(b"HTTP/1.1 200 "))
    }

    /// Memory of the process in bytes, by a name of `/proc/PID/status`: `VmRSS`, `RssAnon`.
    pub fn memory(&self, name: &str) -> Result<u64, Failure> {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).told("read the server's memory")?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kibibytes =
            line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
        let kibibytes: u64 = kibibytes.ok_or_else(|| Failure::plain("no memory is told"))?;
        Ok(kibibytes * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The installation is used again at once, so the process has to be gone.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn free_address() -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").told("find a free port")?;
    listener.local_addr().told("find a free port")
}

/// One request on a connection of its own; `None` when nobody answers.
pub fn answer(address: SocketAddr, request: &[u8]) -> Option<Vec<u8>> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    stream.write_all(request).ok()?;
    let mut received = vec![0; 4096];
    let count = stream.read(&mut received).ok()?;
    received.truncate(count);
    Some(received)
}
