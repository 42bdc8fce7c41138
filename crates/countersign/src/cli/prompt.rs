//! Questions to the person at the terminal. Nothing is ever asked where nobody can answer.

use super::shell::visible;
use super::trouble::Trouble;
use console::Term;
use std::io::{IsTerminal as _, Read as _};

/// Whether somebody can be asked: both what is read and what is shown are a terminal.
pub fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks for a line.
pub fn line(question: &str) -> Result<String, Trouble> {
    ask(question, "give the answer as an option: `--help` lists them")?;
    read()
}

fn read() -> Result<String, Trouble> {
    Term::stderr().read_line().map(|line| line.trim().to_owned()).map_err(unread)
}

/// Whether the person agrees; anything but `yes` or `y` is a no.
pub fn agrees(question: &str) -> Result<bool, Trouble> {
    ask(
        &format!("{question} [yes/no]"),
        "look at what is printed above, then repeat with `--yes`",
    )?;
    let answer = read()?;
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// Asks for a secret, which is not shown, or takes the first line of standard input.
pub fn secret(question: &str, source: Source) -> Result<String, Trouble> {
    let secret = match source {
        Source::StandardInput => {
            let mut text = String::new();
            let read = std::io::stdin().take(64 * 1024).read_to_string(&mut text);
            read.map_err(unread)?;
            text.lines().next().unwrap_or_default().to_owned()
        }
        Source::Person => {
            ask(question, "send the password on standard input, and say `--password-stdin`")?;
            Term::stderr().read_secure_line().map_err(unread)?
        }
    };
    if secret.is_empty() {
        return Err(Trouble::usage("the password is empty", "give one"));
    }
    Ok(secret)
}

/// Where a secret comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The person at the terminal.
    Person,
    /// The first line of standard input.
    StandardInput,
}

fn ask(question: &str, otherwise: &str) -> Result<(), Trouble> {
    if !somebody_is_there() {
        let next = otherwise;
        return Err(Trouble::usage(format!("nobody is there to answer: {question}"), next));
    }
    Term::stderr().write_str(&format!("{} ", visible(question))).map_err(unread)
}

fn unread(error: std::io::Error) -> Trouble {
    Trouble::io("cannot read the answer", &error)
}
