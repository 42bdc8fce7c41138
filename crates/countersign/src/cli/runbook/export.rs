//! `countersign runbook export`: one form of a runbook from the other.

use super::super::document;
use super::super::shell::Shell;
use super::super::trouble::Trouble;
use super::super::{Outcome, Said};
use countersign_core::name::RunbookName;
use countersign_formats::runbook::{Options, parse_with, to_markdown, to_text};
use std::path::{Path, PathBuf};

/// Print a runbook as Markdown with front matter, or as plain text.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With a file no server is needed. Both forms read back to the same runbook.\
    \n\nExamples:\n  countersign runbook export pasted.txt --form markdown > prompt-change.md\n  \
    countersign runbook export prompt-change --version 1.0.0 --form text"
)]
pub struct Export {
    /// The file, `-` for standard input, or the name of a published runbook.
    #[arg(value_name = "FILE or NAME")]
    file: PathBuf,
    /// The form.
    #[arg(long, value_enum, default_value_t = Form::Markdown)]
    form: Form,
    /// The runbook's id, where the text of a file does not show it.
    #[arg(long)]
    id: Option<RunbookName>,
    /// The version of a published runbook; the latest when left out.
    #[arg(long)]
    version: Option<String>,
}

/// A form of a runbook's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// Markdown with front matter: for version control.
    Markdown,
    /// Plain text: for pasting and printing.
    Text,
}

impl Export {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        if let Some(name) = self.published() {
            return self.download(shell, name.as_str());
        }
        let document =
            document::sound(shell, &self.file, |text| super::find(text, self.id.as_ref()))?;
        let parsed = parse_with(&document.text, &Options { id: self.id.clone() });
        let runbook = parsed.runbook.ok_or_else(|| {
            Trouble::fault(format!("`{}` cannot be read", document.name), "check it first")
        })?;
        let text = match self.form {
            Form::Markdown => to_markdown(&runbook),
            Form::Text => to_text(&runbook),
        };
        print(shell, &text)
    }

    /// The name of a published runbook, when what was given cannot be meant as a file.
    fn published(&self) -> Option<RunbookName> {
        let is_file = self.file == Path::new("-") || self.file.exists();
        let name = self.file.to_str().and_then(|text| RunbookName::new(text).ok());
        name.filter(|_| !is_file)
    }

    fn download(&self, shell: &Shell, name: &str) -> Outcome {
        let form = match self.form {
            Form::Markdown => "markdown",
            Form::Text => "text",
        };
        let client = shell.client()?;
        let call = client.at(&["runbooks", name, "export"])?.query("form", form);
        print(shell, &call.maybe("version", self.version.as_deref()).get_text()?)
    }
}

fn print(shell: &Shell, text: &str) -> Outcome {
    if shell.wants_json() {
        shell.say_as_is(&serde_json::json!({ "text": text }).to_string())?;
    } else {
        shell.say(text)?;
    }
    Ok(Said::Yes)
}
