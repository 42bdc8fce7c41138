//! The calendar: working days with their holidays, and when something new may be deployed to each
//! environment.

pub mod change;
mod forms;

use crate::api::environments::{EnvironmentItem, FreezeItem, shown};
use crate::portal::components::{disclosure, error_summary, heading, summary_list, table};
use crate::portal::faults::Faults;
use crate::portal::form::Typed;
use crate::portal::layout::{Page, Section, Shell};
use crate::portal::visit::{Answer, Visitor};
use crate::portal::wrong::Wrong;
use countersign_core::register::administrator;
use maud::{Markup, html};

/// The page.
#[derive(Debug, Clone)]
pub struct CalendarPage {
    /// The zone of the wall clock.
    pub zone: String,
    /// When a business day closes.
    pub closes: String,
    /// Every holiday with its name.
    pub holidays: Vec<(String, String)>,
    /// Every environment with its times.
    pub environments: Vec<EnvironmentItem>,
    /// Which forms the visitor is shown.
    pub keeps: Keeps,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Faults,
}

/// What the visitor keeps, so that forms for that are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keeps {
    /// The calendar.
    pub calendar: bool,
    /// Change windows and freezes.
    pub times: bool,
}

impl CalendarPage {
    /// Examples.
    pub fn samples() -> Vec<Self> {
        let freeze = FreezeItem {
            number: 1,
            name: "Year end".into(),
            from: "2026-12-18T00:00:00Z".into(),
            until: "2027-01-04T00:00:00Z".into(),
        };
        let production = EnvironmentItem {
            name: "production".into(),
            windows: vec!["mon-thu 09:00-16:00".into(), "fri 09:00-12:00".into()],
            freezes: vec![freeze],
        };
        let staging =
            EnvironmentItem { name: "staging".into(), windows: Vec::new(), freezes: Vec::new() };
        let day = |day: &str, name: &str| (day.to_owned(), name.to_owned());
        let all = Self {
            zone: "Europe/Berlin".into(),
            closes: "17:00".into(),
            holidays: vec![day("2026-12-25", "Christmas"), day("2026-12-26", "")],
            environments: vec![production, staging],
            keeps: Keeps { calendar: true, times: true },
            typed: Typed::default(),
            faults: Faults::default(),
        };
        let mut faults = Faults::at("windows-staging", "`mondays` is no change window");
        faults.add("until", "say until when");
        let typed = Typed::default().with("windows-staging", "mondays").with("name", "Year end");
        let wrong = Self { typed, faults, ..all.clone() };
        let reads = Self {
            keeps: Keeps::default(),
            holidays: Vec::new(),
            environments: Vec::new(),
            ..all.clone()
        };
        vec![all, wrong, reads]
    }

    fn days(&self) -> Markup {
        let row = |(day, name): &(String, String)| vec![table::cell(day), table::cell(name)];
        let rows: Vec<_> = self.holidays.iter().map(row).collect();
        let many = format!("{} holidays", rows.len());
        html! {
            @if rows.is_empty() {
                p.hint { "No holiday is set: every Monday to Friday is a working day." }
            } @else {
                (disclosure::render(&many, &[], &self.faults, table::render("Holidays", &["Day", "Name"], &rows)))
            }
        }
    }

    fn environment(&self, one: &EnvironmentItem, shell: &Shell) -> Markup {
        html! {
            section {
                h2 { "Deployments to " (one.name) }
                @if one.windows.is_empty() {
                    p { "Something new may be deployed at any time." }
                } @else {
                    p { "Something new may be deployed in these windows, on the wall clock of " (self.zone) ":" }
                    ul { @for window in &one.windows { li { (window) } } }
                }
                @for freeze in &one.freezes { (self.freeze(freeze, shell)) }
                @if self.keeps.times { (self.windows_form(one, shell)) }
            }
        }
    }

    fn freeze(&self, freeze: &FreezeItem, shell: &Shell) -> Markup {
        let moment = |text: &str| match text.parse() {
            Ok(at) => shell.zone.text(at),
            Err(_) => text.to_owned(),
        };
        html! {
            div.notice.warning {
                p {
                    strong { "Freeze: " (freeze.name) } ", "
                    (moment(&freeze.from)) " to " (moment(&freeze.until))
                }
            }
            @if self.keeps.times { (self.lift_form(freeze, shell)) }
        }
    }
}

impl Page for CalendarPage {
    fn title(&self) -> String {
        "Calendar".into()
    }

    fn section(&self) -> Section {
        Section::Registers
    }

    fn main(&self, shell: &Shell) -> Markup {
        let facts = [
            summary_list::line("Time zone", &self.zone),
            summary_list::line("A business day closes", &self.closes),
        ];
        html! {
            (error_summary::render(&self.faults))
            (heading::back("/entries", "Registers"))
            h1 { "Calendar" }
            p.lead { "Deadlines count working days on this calendar; a release under review keeps the one it was submitted with." }
            (summary_list::render(&facts))
            (self.days())
            @if self.keeps.calendar { (self.calendar_forms(shell)) }
            @for one in &self.environments { (self.environment(one, shell)) }
            @if self.keeps.times && !self.environments.is_empty() { (self.freeze_form(shell)) }
            p.hint { "What runs keeps running in a freeze and outside every window. A rollback and an emergency are let through, and the record says so. Whoever deploys opens no environment." }
        }
    }
}

/// The page as it is now.
async fn page(visitor: &Visitor) -> Result<CalendarPage, Wrong> {
    let (now, register) = (visitor.now(), visitor.app.register().await?.state);
    let calendar = register.calendar();
    let names = &register.holiday_names;
    let holidays = calendar.iter().flat_map(|calendar| &calendar.holidays);
    let named = |day| names.get(day).cloned().unwrap_or_default();
    let actor = visitor.actor();
    let keepers = register.keepers_of_times(now);
    Ok(CalendarPage {
        zone: calendar.as_ref().map_or_else(|| "UTC".into(), |it| it.zone().to_owned()),
        closes: calendar
            .as_ref()
            .map(|it| it.closes.strftime("%H:%M").to_string())
            .unwrap_or_default(),
        holidays: holidays.map(|day| (day.to_string(), named(day))).collect(),
        environments: shown(&register, now),
        keeps: Keeps {
            calendar: actor.holds(&administrator()),
            times: actor.holds_any(keepers.iter()),
        },
        typed: Typed::default(),
        faults: Faults::default(),
    })
}

/// `GET /calendar`
pub async fn show(visitor: Visitor) -> Answer {
    let page = page(&visitor).await?;
    visitor.page(&page)
}
