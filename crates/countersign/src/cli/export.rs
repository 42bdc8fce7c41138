//! `countersign export`: copies for audits, which can be checked without the server.

use super::shell::Shell;
use super::trouble::Trouble;
use super::{Outcome, Said};
use crate::export::unpack;
use crate::export::verify::{Verified, verify};
use crate::failure::Failure;
use countersign_proof::VerifyingKey;
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Take a copy of records along, for internal and external audit.
#[derive(Debug, clap::Subcommand)]
pub enum Export {
    /// Everything there is of a release, unpacked into a folder.
    Release(Release),
}

impl Export {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Release(release) => release.run(shell),
        }
    }
}

/// Everything there is of a release, unpacked into a folder.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "`index.html` stands on top. The log says in whose name the copy was taken. Check \
    it with `countersign verify`."
)]
pub struct Release {
    /// The release.
    release: String,
    /// The folder to unpack into; it must not hold a copy yet.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Leave the files of evidence out.
    #[arg(long)]
    without_files: bool,
}

impl Release {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let files = self.without_files.then_some("without");
        let call = client.at(&["releases", &self.release, "export"])?.maybe("files", files);
        let body = call.open()?.into_body().into_with_config().limit(u64::MAX).reader();
        let unpacked = unpack(body, &self.out).map_err(|error| {
            Trouble::io(format!("cannot unpack the export into `{}`", self.out.display()), &error)
        })?;
        if shell.wants_json() {
            let told =
                json!({ "folder": self.out, "files": unpacked.files, "bytes": unpacked.bytes });
            shell.say_as_is(&told.to_string())?;
        } else {
            let (folder, files) = (self.out.display(), unpacked.files);
            shell.say(&format!("{files} files in {folder}\nread {folder}/index.html first"))?;
        }
        Ok(Said::Yes)
    }
}

/// Whether a folder holds a copy of a release; a pack of a control holds no dossier.
pub fn is_copy(folder: &Path) -> bool {
    folder.join("dossier.json").is_file()
}

/// Checks a copy of a release, and prints what was found.
pub fn check(shell: &Shell, folder: &Path, key: Option<VerifyingKey>) -> Outcome {
    let verified = verify(folder, key).map_err(|failure| {
        let next = "name the folder that `countersign export` wrote";
        Trouble::fault(cause(&failure), next)
    })?;
    if shell.wants_json() {
        let told = json!({ "copy": folder, "sound": verified.is_sound(), "checked": verified });
        shell.say_as_is(&told.to_string())?;
    } else {
        shell.say(&report(&verified))?;
    }
    Ok(if verified.is_sound() { Said::Yes } else { Said::No })
}

fn cause(failure: &Failure) -> String {
    match failure {
        Failure::Fault(fault) => format!("{fault}: {}", fault.source),
        other => other.to_string(),
    }
}

fn report(verified: &Verified) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "release {}", verified.release);
    let (files, events, size) = (verified.files, verified.events, verified.log_size);
    let _ = writeln!(
        text,
        "{files} files as the manifest says, {events} events proved to be in the log of {size}, \
         {} texts as the events commit to",
        verified.texts
    );
    let _ = writeln!(text, "key: {}", verified.key);
    for remark in &verified.remarks {
        let _ = writeln!(text, "note: {remark}");
    }
    for finding in &verified.findings {
        let _ = writeln!(text, "fault: {finding}");
    }
    text.push_str(if verified.is_sound() { "sound" } else { "NOT sound" });
    text
}
