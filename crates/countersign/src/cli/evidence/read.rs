//! `countersign evidence read`: what a reader finds in a local file, before it is attached.

use super::super::shell::Shell;
use super::super::trouble::Trouble;
use super::super::{Outcome, Said, upload};
use super::reading;
use countersign_formats::evidence::{HEAD_BYTES, MAX_EVIDENCE_BYTES, READERS, Upload, read};
use std::io::Read as _;
use std::path::PathBuf;

/// Show what a reader finds in a local file.
#[derive(Debug, clap::Args)]
#[command(after_help = "No server is needed; the server reads the file the same way when it is \
    attached. Exit code 1 when no reader knows the file, or one does and finds it broken.")]
pub struct Read {
    /// The file.
    file: PathBuf,
}

impl Read {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let opened = upload::open(&self.file)?;
        let (size, shown) = (opened.size, self.file.display());
        let limit = if size > MAX_EVIDENCE_BYTES { HEAD_BYTES as u64 } else { MAX_EVIDENCE_BYTES };
        let mut bytes = Vec::new();
        let read_bytes = opened.watched("reading").take(limit).read_to_end(&mut bytes);
        read_bytes.map_err(|error| Trouble::io(format!("cannot read `{shown}`"), &error))?;
        let name = self.file.to_string_lossy();
        let size = size.max(bytes.len() as u64);
        let found = read(&Upload::head_of(&name, &bytes, size)).map_err(|unreadable| {
            let next = match unreadable.help.is_empty() {
                true => "correct the file, or have the tool write it again".to_owned(),
                false => unreadable.help.clone(),
            };
            let place = match unreadable.column {
                Some(column) => format!("{}, column {column}", unreadable.place),
                None => unreadable.place.to_string(),
            };
            let detail = format!("`{shown}` cannot be read as evidence");
            let why = format!("{place}: {}", unreadable.message);
            Trouble::refused("evidence.unreadable", detail, next)
                .because("evidence.unreadable", why)
        })?;
        let Some(found) = found else {
            let formats: Vec<&str> = READERS.iter().map(|reader| reader.format).collect();
            let next = format!(
                "it can be attached and is kept, but satisfies no criterion; readers know {}",
                formats.join(", ")
            );
            let detail = format!("no reader knows `{shown}`");
            return Err(Trouble::refused("evidence.unknown", detail, next));
        };
        if shell.wants_json() {
            shell.say_as_is(&serde_json::to_string(&found).unwrap_or_default())?;
        } else {
            shell.say(&reading::text(&found))?;
        }
        Ok(Said::Yes)
    }
}
