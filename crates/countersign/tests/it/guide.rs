//! The guide to the first release, carried out as it is written, with the real program and a real
//! server. What a reader has to supply (the link, the password, the identifier) is supplied here.

use crate::tidy::tree::{read, root};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_countersign");

/// What stands before the guide's own lines: each call of the program says when it failed, and the
/// few that need something only the reader has are given it.
const READER: &str = r#"
set -uo pipefail
cargo() { :; }
alias() { :; }
countersign() {
  case "$1 ${2:-}" in
    "serve "*) return 0 ;;
    "setup "*) printf 'a long password\n' | call setup "$LINK" "${@:3}" --password-stdin ;;
    "person add") call "$@" > added.txt; LINK=$(grep -oE 'http[^ ]+' added.txt | head -n 1) ;;
    "approve "*) call "$@" --yes ;;
    "release request") call "$@" > asked.txt; RELEASE=$(grep -oE 'r-[0-9a-z]+' asked.txt | head -n 1) ;;
    *) call "$@" ;;
  esac
}
call() {
  "$PROGRAM" "$@"
  local code=$?
  [ "$code" -eq 0 ] || echo "$code $*" >> failed.txt
  return 0
}
"#;

/// A server in a folder of its own.
struct Server {
    folder: TempDir,
    process: Child,
    address: String,
    link: String,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--data", "countersign-data"])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut next_url = || {
            let mut urls = lines.by_ref().map_while(Result::ok).filter_map(|line| {
                line.split_whitespace().find(|word| word.starts_with("http")).map(str::to_owned)
            });
            urls.next().unwrap()
        };
        let (address, link) = (next_url(), next_url());
        Self { folder, process, address, link }
    }

    fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Carries out lines of shell in the server's folder; says which calls failed.
    fn run(&self, shell: &str) -> Vec<String> {
        let failed = self.folder.path().join("failed.txt");
        let _ = std::fs::remove_file(&failed);
        let script = format!("{READER}\n{shell}\necho \"$RELEASE\" > release.txt\n");
        let release = std::fs::read_to_string(self.folder.path().join("release.txt"));
        let ran = Command::new("bash")
            .args(["-c", &script])
            .current_dir(self.folder.path())
            .env_remove("COUNTERSIGN_TOKEN")
            .env("PROGRAM", PROGRAM)
            .env("LINK", &self.link)
            .env("RELEASE", release.unwrap_or_default().trim())
            .env("COUNTERSIGN_SERVER", &self.address)
            .env("XDG_CONFIG_HOME", self.folder.path())
            .output()
            .unwrap();
        println!(
            "{}{}",
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr)
        );
        let failed = std::fs::read_to_string(failed).unwrap_or_default();
        failed.lines().map(str::to_owned).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}

/// The lines of the `sh` blocks below each heading of the second level.
fn parts(guide: &str) -> Vec<(String, String)> {
    let mut parts = vec![(String::new(), String::new())];
    let mut inside = false;
    for line in guide.lines() {
        if let Some(heading) = line.strip_prefix("## ").filter(|_| !inside) {
            parts.push((heading.to_owned(), String::new()));
        } else if line.starts_with("```") {
            inside = !inside && line == "```sh";
        } else if let Some((_, shell)) = parts.last_mut().filter(|_| inside) {
            shell.push_str(line);
            shell.push('\n');
        }
    }
    parts
}

/// R-067
#[test]
fn the_first_release_goes_from_nothing_to_allowed_as_the_guide_says() {
    let guide = read("docs/guides/first-release.md");
    let mut server = Server::start();
    link_catalog(server.folder.path());
    let mut failed = Vec::new();
    for (heading, shell) in parts(&guide) {
        if heading.contains("Check the log") {
            server.stop();
        }
        failed.extend(server.run(&shell));
    }
    // The gate is asked once before anybody signed: it denies, and that is all that fails.
    assert_eq!(failed, ["1 gate --file ticket-router-1.bin"]);
}

fn link_catalog(folder: &Path) {
    std::os::unix::fs::symlink(root().join("catalog"), folder.join("catalog")).unwrap();
}
