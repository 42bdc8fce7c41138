//! `countersign evidence get`: evidence as it was attached.

use super::super::fingerprint::Hashing;
use super::super::shell::Shell;
use super::super::trouble::Trouble;
use super::super::upload::bar;
use super::super::{Outcome, Said};
use countersign_core::digest::Sha256;
use serde_json::json;
use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Download a piece of evidence, and check that it is what was attached.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The log remembers that you opened it. A file that exists is not overwritten."
)]
pub struct Get {
    /// The release.
    release: String,
    /// The evidence: `e1`.
    evidence: String,
    /// Where to write it, `-` for standard output; its own name in this folder when left out.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Get {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let parts = ["releases", self.release.as_str(), "evidence", self.evidence.as_str()];
        let about = client.at(&parts)?.get()?;
        let expected = about.word("/sha256");
        let size = about.value["size"].as_u64().unwrap_or_default();
        let own = || PathBuf::from(plain_name(&about.word("/name"), &self.evidence));
        let path = self.output.clone().unwrap_or_else(own);
        let content: Vec<&str> = parts.iter().copied().chain(["content"]).collect();
        let response = client.at(&content)?.open()?;
        let body = response.into_body().into_with_config().limit(u64::MAX).reader();
        let mut body = Hashing::new(bar("receiving", size).wrap_read(body));
        if path == Path::new("-") {
            let copied = io::copy(&mut body, &mut io::stdout().lock());
            copied.map_err(|error| Trouble::io("cannot pass the evidence on", &error))?;
            same(&expected, body.digest())?;
            return Ok(Said::Yes);
        }
        let digest = write_new(&path, &mut body, &expected)?;
        if shell.wants_json() {
            let json = json!({ "file": path, "sha256": digest, "size": size });
            shell.say_as_is(&json.to_string())?;
        } else {
            shell.say(&format!("{}\ndigest {digest}, as attached", path.display()))?;
        }
        Ok(Said::Yes)
    }
}

/// Writes under another name first: a file of the right name holds the right bytes or is not there.
fn write_new(
    path: &Path,
    body: &mut Hashing<impl Read>,
    expected: &str,
) -> Result<Sha256, Trouble> {
    let failed = |error| Trouble::io(format!("cannot write `{}`", path.display()), &error);
    if fs::symlink_metadata(path).is_ok() {
        let detail = format!("`{}` exists already", path.display());
        return Err(Trouble::usage(detail, "move it away, or add --output"));
    }
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    let mut file = OpenOptions::new().write(true).create_new(true).open(&part).map_err(failed)?;
    let written = io::copy(body, &mut file).and_then(|_| file.sync_all()).map_err(failed);
    let digest = written.and_then(|()| same(expected, body.digest()));
    let put = digest.and_then(|digest| {
        // A link fails where the name was taken meanwhile; a rename would overwrite.
        fs::hard_link(&part, path).map_err(failed)?;
        Ok(digest)
    });
    // Either it is linked under its own name by now, or it must not stay.
    let _ = fs::remove_file(&part);
    put
}

fn same(expected: &str, digest: Sha256) -> Result<Sha256, Trouble> {
    if expected.parse() == Ok(digest) {
        return Ok(digest);
    }
    let detail = format!("what arrived is {digest}, what was attached is {expected}");
    Err(Trouble::fault(detail, "try again; if it happens twice, run `countersign doctor` there"))
}

/// A name that stays in this folder and hides nothing.
fn plain_name(name: &str, otherwise: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).collect();
    match kept.trim_start_matches(['.', '-']) {
        "" => otherwise.to_owned(),
        kept => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_the_server_cannot_leave_the_folder() {
        assert_eq!(plain_name("../../etc/passwd", "e1"), "passwd");
        assert_eq!(plain_name("..", "e1"), "e1");
        assert_eq!(plain_name(".bashrc", "e1"), "bashrc");
        assert_eq!(plain_name("-", "e1"), "e1");
        assert_eq!(plain_name("card.md", "e1"), "card.md");
    }

    #[test]
    fn other_bytes_than_were_attached_leave_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("card.md");
        let mut body = Hashing::new(&b"forged"[..]);
        assert!(write_new(&path, &mut body, &Sha256::of(b"true").to_string()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut body = Hashing::new(&b"true"[..]);
        write_new(&path, &mut body, &Sha256::of(b"true").to_string()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"true");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut body = Hashing::new(&b"true"[..]);
        assert!(write_new(&path, &mut body, &Sha256::of(b"true").to_string()).is_err());
    }
}
