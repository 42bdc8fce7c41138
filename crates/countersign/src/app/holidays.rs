//! Holidays from a calendar file: what a file would do to the business calendar, and doing it.

use super::{AnyCommand, App, Caller, Precautions, Receipt, Submission};
use crate::failure::Failure;
use countersign_core::register::RegisterCommand;
use countersign_formats::diagnostic::{Diagnostic, Level};
use countersign_formats::holidays::{Fault, Holidays, Span, read};
use jiff::civil::Date;

/// How the days of a file meet the holidays there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import {
    /// How many years after this one are read.
    pub years: i16,
    /// What becomes of the holidays there are.
    pub meets: Meets,
}

/// What becomes of the holidays there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meets {
    /// They stay, and the days of the file join them.
    Joins,
    /// The days of the file take their place.
    Replaces,
}

/// What a file holds, and the calendar it would make.
#[derive(Debug)]
pub struct Imported {
    /// What was read.
    pub read: Holidays,
    /// Those of its days that are no holidays yet.
    pub new: Vec<Date>,
    /// The change, not made yet.
    command: RegisterCommand,
    /// The version of the register it is made for.
    version: u64,
}

impl App {
    /// Reads a calendar file and says what it would change. Nothing is stored.
    pub async fn read_holidays(&self, bytes: &[u8], how: Import) -> Result<Imported, Failure> {
        let register = self.register().await?;
        let calendar = register.state.calendar();
        let mut calendar = calendar.ok_or_else(|| Failure::not_found("calendar", "UTC"))?;
        let span = Span::years(calendar.date_at(self.clock.now()), how.years);
        let read = read(bytes, span).map_err(|faults| Failure::Faulty {
            what: "calendar",
            diagnostics: faults.iter().map(diagnostic).collect(),
        })?;
        let mut names = register.state.holiday_names.clone();
        let new = read.days.keys().filter(|day| !calendar.holidays.contains(day)).copied();
        let new = new.collect();
        if how.meets == Meets::Replaces {
            calendar.holidays.clear();
            names.clear();
        }
        calendar.holidays.extend(read.days.keys());
        names.extend(read.days.iter().map(|(day, name)| (*day, name.clone())));
        let command = RegisterCommand::SetCalendar { calendar, names };
        Ok(Imported { read, new, command, version: register.version })
    }

    /// Whether the rules would take it now.
    pub async fn would_import(&self, caller: &Caller, imported: &Imported) -> Result<(), Failure> {
        let command = AnyCommand::Register(imported.command.clone());
        self.foresee(caller, &command, Some(imported.version)).await
    }

    /// Makes the change, to the register that was read.
    pub async fn import_holidays(
        &self,
        caller: &Caller,
        imported: Imported,
        mut precautions: Precautions,
    ) -> Result<Receipt, Failure> {
        precautions.if_version.get_or_insert(imported.version);
        let command = AnyCommand::Register(imported.command);
        self.execute(caller, Submission::new(command).taking(precautions)).await
    }
}

fn diagnostic(fault: &Fault) -> Diagnostic {
    let event = fault.event.iter().map(|event| format!("`{event}`: ")).collect::<String>();
    Diagnostic {
        level: Level::Error,
        code: "calendar.not_read",
        message: format!("{event}{}", fault.message),
        help: String::new(),
        line: u32::try_from(fault.line).unwrap_or(u32::MAX),
        column: 1,
        span: 0..0,
    }
}
