//! `countersign verify`: check a pack without the server.

use super::shell::Shell;
use super::trouble::Trouble;
use super::{Outcome, Said};
use crate::pack::verify::{Checked, folder};
use countersign_proof::VerifyingKey;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Check a pack of a control or of a release without a server: every file, every proof, the
/// signature of the server, and that what it tells is what its events lead to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without --key the key inside the pack is taken: that shows that nothing was \
    changed since, but not who made it. `countersign log key` prints the key of your server's log; \
    whoever checks packs should get it from you on another way than the pack.\n\nExit code: 0 everything holds, 1 something does not, 2 it \
    cannot be read.\n\nExample:\n  countersign verify audit-q1 --key gate.key"
)]
pub struct Verify {
    /// The folder.
    pack: PathBuf,
    /// A file with the key that signs the log, as `log/key` of a pack holds it.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

impl Verify {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let key = self.key.as_deref().map(read_key).transpose()?;
        let failed =
            |error| Trouble::io(format!("cannot read the pack `{}`", self.pack.display()), &error);
        let checked = folder(&self.pack, key.as_ref()).map_err(failed)?;
        tell(shell, &self.pack, &checked)?;
        Ok(if checked.is_sound() { Said::Yes } else { Said::No })
    }
}

fn read_key(path: &Path) -> Result<VerifyingKey, Trouble> {
    let text = super::document::read(path)?.text;
    text.trim().parse().map_err(|error: countersign_proof::KeyError| {
        let detail = format!("`{}` holds no key", path.display());
        let next = "give a file with one line: name, identifier and key, with `+` between them";
        Trouble::usage(detail, next).because("key", error)
    })
}

/// Tells what checking a pack found.
pub fn tell(shell: &Shell, pack: &Path, checked: &Checked) -> Result<(), Trouble> {
    if shell.wants_json() {
        let json = json!({ "pack": pack, "sound": checked.is_sound(), "checked": checked });
        return shell.say_as_is(&json.to_string());
    }
    let mut text = format!(
        "{}: {} files as the manifest says, {} events proved to be in the log",
        pack.display(),
        checked.files,
        checked.events
    );
    if let Some(size) = checked.log_size {
        text.push_str(&format!(" of {size}"));
    }
    if let Some(release) = &checked.release {
        let texts = checked.texts;
        text.push_str(&format!("\nrelease {release}: {texts} texts as its events commit to"));
    }
    if let Some(version) = &checked.made_by {
        text.push_str(&format!("\nsigned by the server that made it (version {version})"));
    }
    let told = [
        ("proved by the log", &checked.proved),
        ("worked out anew from the events", &checked.recomputed),
        ("vouched for by the server's signature alone", &checked.vouched),
    ];
    for (how, what) in told.iter().filter(|(_, what)| !what.is_empty()) {
        text.push_str(&format!("\n{how}: {}", what.join("; ")));
    }
    if let Some(key) = &checked.key {
        text.push_str(&format!("\nkey: {key}"));
    }
    for remark in &checked.remarks {
        text.push_str(&format!("\nnote: {remark}"));
    }
    for fault in &checked.faults {
        text.push_str(&format!("\nfault: {fault}"));
    }
    text.push_str(if checked.is_sound() { "\nsound" } else { "\nNOT sound" });
    shell.say(&text)
}
