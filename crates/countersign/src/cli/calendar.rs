//! `countersign calendar`: which days are working days, and when they close.

mod import;

use super::Outcome;
use super::shell::Shell;
use super::table::facts;
use super::trouble::Trouble;
use jiff::civil::Date;
use serde_json::json;

/// Show and set the business calendar that deadlines are counted on.
#[derive(Debug, clap::Subcommand)]
pub enum Calendar {
    /// Show the calendar.
    Show(Show),
    /// Set the calendar; what is left out stays as it is.
    Set(Set),
    /// Add the holidays of an iCalendar file.
    Import(import::Import),
}

impl Calendar {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Show(show) => show.run(shell),
            Self::Set(set) => set.run(shell),
            Self::Import(import) => import.run(shell),
        }
    }
}

/// Show the calendar.
#[derive(Debug, clap::Args)]
pub struct Show {}

impl Show {
    fn run(&self, shell: &Shell) -> Outcome {
        let answer = shell.client()?.at(&["calendar"])?.get()?;
        shell.show(&answer, |answer| {
            let rows = [("zone", "/zone"), ("closes", "/closes"), ("holidays", "/holidays")];
            facts(&answer.value, &rows)
        })
    }
}

/// Set the calendar; what is left out stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Releases under review keep the calendar they were submitted with.\n\n\
    Example:\n  countersign calendar set --zone Europe/Berlin --closes 17:00 --holiday 2026-12-25 \
    --holiday 2026-12-26")]
#[group(required = true, multiple = true)]
pub struct Set {
    /// The time zone: `Europe/Berlin`.
    #[arg(long)]
    zone: Option<String>,
    /// When a business day closes: `17:00`.
    #[arg(long, value_name = "TIME")]
    closes: Option<String>,
    /// A day without work beside Saturdays and Sundays; together they take the place of those set
    /// before. Can be repeated.
    #[arg(long = "holiday", value_name = "DATE", conflicts_with = "no_holidays")]
    holidays: Vec<Date>,
    /// Clear the list of holidays.
    #[arg(long)]
    no_holidays: bool,
}

impl Set {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let now = client.at(&["calendar"])?.get()?;
        let holidays = match (self.no_holidays, self.holidays.is_empty()) {
            (true, _) => json!([]),
            (false, true) => now.value.get("holidays").cloned().unwrap_or_else(|| json!([])),
            (false, false) => json!(self.holidays),
        };
        let zone = self.zone.clone().unwrap_or_else(|| now.word("/zone"));
        let closes = self.closes.clone().unwrap_or_else(|| now.word("/closes"));
        if zone.is_empty() || closes.is_empty() {
            let next = "give both --zone and --closes";
            return Err(Trouble::usage("the server has no calendar to change", next));
        }
        let body = json!({ "zone": zone, "closes": closes, "holidays": holidays });
        shell.show_receipt(&client.at(&["calendar"])?.put(&body)?)
    }
}
