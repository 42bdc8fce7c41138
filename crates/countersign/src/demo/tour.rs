//! What the terminal says when the demonstration is ready: where to look, and as whom.

use super::cast::{CAST, email};
use crate::app::App;
use crate::failure::{Doing, Failure};
use std::fmt::Write as _;

/// The lines to print: the address, and for each person a token for the command line.
pub async fn text(app: &App) -> Result<String, Failure> {
    let mut text = String::new();
    let url = &app.config.public_url;
    let _ = writeln!(text, "Countersign demonstration: open {url}/");
    let _ = writeln!(text, "\nActing as somebody on the command line:");
    let _ = writeln!(text, "  export COUNTERSIGN_SERVER={url}");
    for part in CAST {
        let person = app.store.person_by_email(&email(part)).await.doing("look up a person")?;
        let Some(person) = person else { continue };
        let token = app.personal_token(&person, "demonstration").await?.token;
        let _ = writeln!(text, "  export COUNTERSIGN_TOKEN={token}  # {}: {}", part.name, part.job);
    }
    let _ = writeln!(text, "\nEnd it with Ctrl-C.");
    Ok(text)
}
