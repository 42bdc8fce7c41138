//! Conditions of an approval as the command line takes them: what, who, by when.

use super::client::Client;
use super::trouble::Trouble;
use super::who;
use countersign_core::sla::Sla;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde_json::{Value, json};

/// Conditions: the first text goes with the first owner and the first date, and so on.
#[derive(Debug, Clone, clap::Args)]
pub struct Promises {
    /// A promise the approval depends on; each needs its --owner and its --due. Can be repeated.
    #[arg(long = "condition", value_name = "TEXT")]
    texts: Vec<String>,
    /// Who keeps the promise, by address, name or id.
    #[arg(long = "owner", value_name = "PERSON")]
    owners: Vec<String>,
    /// By when: a date, which means the close of business, a moment like 2026-06-30T17:00:00Z, or
    /// so long after the decision: `20 business days`, `48 hours`.
    #[arg(long = "due", value_name = "WHEN")]
    dues: Vec<String>,
}

/// A condition whose owner and moment are known.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// What is promised.
    pub text: String,
    /// Who keeps it, by id.
    pub owner: String,
    /// By when, as the API takes it.
    pub due: String,
}

impl Resolved {
    /// The condition as the API takes it.
    pub fn body(&self) -> Value {
        json!({ "text": self.text, "owner": self.owner, "due": self.due })
    }
}

impl Promises {
    /// The conditions, with people looked up and dates turned into moments.
    pub fn resolved(&self, client: &Client) -> Result<Vec<Resolved>, Trouble> {
        let (texts, owners, dues) = (self.texts.len(), self.owners.len(), self.dues.len());
        if owners != texts || dues != texts {
            let detail = format!("{texts} conditions have {owners} owners and {dues} due dates");
            let next = "give --condition, --owner and --due the same number of times, in order";
            return Err(Trouble::usage(detail, next));
        }
        let mut all = Vec::new();
        for ((text, owner), due) in self.texts.iter().zip(&self.owners).zip(&self.dues) {
            let owner = who::person(client, owner)?;
            all.push(Resolved { text: text.clone(), owner, due: by_when(client, due)? });
        }
        Ok(all)
    }
}

/// A duration as it is, a date as the moment it means.
fn by_when(client: &Client, text: &str) -> Result<String, Trouble> {
    match text.parse::<Sla>() {
        Ok(limit) => Ok(limit.to_string()),
        Err(_) => moment(client, text).map(|at| at.to_string()),
    }
}

/// A date, which means the close of business, or a moment.
pub fn moment(client: &Client, text: &str) -> Result<Timestamp, Trouble> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let wrong = |why: &str| {
        let next = "write a date like 2026-06-30, or a moment like 2026-06-30T17:00:00Z";
        Trouble::usage(format!("`{text}` is no due date: {why}"), next)
    };
    if text.parse::<DateTime>().is_ok() && text.contains(['T', 't', ' ']) {
        return Err(wrong("it does not say in which time zone"));
    }
    let date: Date = text.parse().map_err(|_| wrong("it is neither a date nor a moment"))?;
    // What a day means is the organisation's business, not this machine's.
    let calendar = client.at(&["calendar"])?.get()?;
    let closes = calendar.word("/closes").parse::<Time>();
    let closes = closes.map_err(|_| wrong("the calendar does not say when a day closes"))?;
    let zoned = date.to_datetime(closes).in_tz(&calendar.word("/zone"));
    zoned.map(|zoned| zoned.timestamp()).map_err(|error| wrong(&error.to_string()))
}
