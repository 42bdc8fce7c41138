//! A person at a terminal: runs the real program, with a home of his own and nothing inherited.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A person with a home and an idea of where the server is.
pub struct Terminal {
    home: TempDir,
    server: Option<String>,
    token: Option<String>,
}

/// What a run left behind.
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Terminal {
    /// A person who knows no server.
    pub fn new() -> Self {
        Self { home: TempDir::new().unwrap(), server: None, token: None }
    }

    /// A person who uses this server.
    pub fn at(server: &str) -> Self {
        Self { server: Some(server.to_owned()), ..Self::new() }
    }

    /// The same with a token in the environment.
    pub fn with_token(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    /// The person's own folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file into the person's folder, and gives its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.home().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs the program.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Run {
        self.run_with(arguments, "")
    }

    /// Runs the program with this on standard input.
    pub fn run_with<S: AsRef<OsStr>>(&self, arguments: &[S], input: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(arguments).env_clear().current_dir(self.home());
        command.env("XDG_CONFIG_HOME", self.home().join("config"));
        command.envs(self.server.iter().map(|server| ("COUNTERSIGN_SERVER", server)));
        command.envs(self.token.iter().map(|token| ("COUNTERSIGN_TOKEN", token)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that fails early reads nothing; that is its business.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap().into()
    }

    /// Runs the program, which has to succeed, and gives what it printed.
    #[track_caller]
    pub fn does<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
        run.out
    }

    /// Runs the program, which has to be refused, and gives the reasons.
    #[track_caller]
    pub fn is_refused<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 1, "{}\n{}", run.out, run.err);
        format!("{}{}", run.out, run.err)
    }

    /// Runs the program, which has to fail, and gives what it said.
    #[track_caller]
    pub fn fails<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 2, "{}\n{}", run.out, run.err);
        assert_eq!(run.out, "", "a fault is told on standard error");
        run.err
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
