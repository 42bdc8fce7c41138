//! The forms of the calendar's page.

use super::CalendarPage;
use crate::api::environments::{EnvironmentItem, FreezeItem};
use crate::portal::components::choice::{Answer as Option_, Choice};
use crate::portal::components::field::{Field, Kind};
use crate::portal::components::{button, disclosure, form};
use crate::portal::layout::Shell;
use maud::{Markup, html};

impl CalendarPage {
    /// What was typed, or what is so.
    fn typed_or(&self, name: &str, now: &str) -> String {
        self.typed.filled(name).map_or_else(|| now.to_owned(), str::to_owned)
    }

    pub(super) fn calendar_forms(&self, shell: &Shell) -> Markup {
        let listed = self.holidays.iter().map(|(day, name)| format!("{day} {name}"));
        let listed: Vec<String> = listed.map(|line| line.trim_end().to_owned()).collect();
        let (zone, closes) =
            (self.typed_or("zone", &self.zone), self.typed_or("closes", &self.closes));
        let holidays = self.typed_or("holidays", &listed.join("\n"));
        let field = |kind, name, label| Field::new(kind, name, label);
        let by_hand = form::post(
            "/calendar",
            shell,
            html! {
                (field(Kind::Line, "zone", "Time zone").value(&zone).hint("A name of the IANA database, for example Europe/Berlin.").render(&self.faults))
                (field(Kind::Line, "closes", "A business day closes").value(&closes).hint("On the wall clock of the zone, for example 17:00.").render(&self.faults))
                (field(Kind::Lines, "holidays", "Holidays").optional().value(&holidays).hint("One in each line: the day, and its name, for example 2026-12-25 Christmas.").render(&self.faults))
                (button::submit("Set the calendar"))
            },
        );
        html! {
            (disclosure::render("Change the calendar by hand", &["zone", "closes", "holidays"], &self.faults, by_hand))
            (disclosure::render("Import holidays from a calendar file", &["file"], &self.faults, self.import_form(shell)))
        }
    }

    fn import_form(&self, shell: &Shell) -> Markup {
        let wrong: Vec<&str> = self.faults.of("file").collect();
        let bad = wrong.first().map(|_| "bad").unwrap_or_default();
        let replace = Option_::new("true", "They take the place of the holidays there are");
        form::upload(
            "/calendar/import",
            shell,
            html! {
                (Choice::new("replace", "The days of the file", vec![replace]).optional().checkboxes(&self.faults))
                div.field .(bad) {
                    label for="f-file" { "Calendar file" }
                    p.hint #f-file-hint { "An iCalendar file (.ics) with whole-day events. This year and the three after it are read." }
                    @for message in &wrong { p.fault { span.hidden { "Error: " } (message) } }
                    input id="f-file" type="file" name="file" accept=".ics,text/calendar" aria-describedby="f-file-hint";
                }
                (button::submit("Import the holidays"))
            },
        )
    }

    pub(super) fn windows_form(&self, one: &EnvironmentItem, shell: &Shell) -> Markup {
        let name = format!("windows-{}", one.name);
        let windows = self.typed_or(&name, &one.windows.join("\n"));
        let label = format!("Change windows of {}", one.name);
        let form = form::post(
            &format!("/calendar/windows/{}", one.name),
            shell,
            html! {
                (Field::new(Kind::Lines, &name, &label).optional().value(&windows)
                    .hint("One in each line, for example mon-fri 09:00-16:00. Without one it is open at any time.")
                    .render(&self.faults))
                (button::submit(&format!("Set the change windows of {}", one.name)))
            },
        );
        disclosure::render(
            &format!("Change the windows of {}", one.name),
            &[&name],
            &self.faults,
            form,
        )
    }

    pub(super) fn lift_form(&self, freeze: &FreezeItem, shell: &Shell) -> Markup {
        let name = format!("lift-{}", freeze.number);
        let action = format!("/calendar/freezes/{}/lift", freeze.number);
        let form = form::post(
            &action,
            shell,
            html! {
                (Field::new(Kind::Line, &name, "Why is it lifted?").value(self.typed.one(&name)).render(&self.faults))
                (button::stop(&format!("Lift the freeze {}", freeze.name)))
            },
        );
        disclosure::render(
            &format!("Lift the freeze {}", freeze.name),
            &[&name],
            &self.faults,
            form,
        )
    }

    pub(super) fn freeze_form(&self, shell: &Shell) -> Markup {
        let field = |kind, name, label| Field::new(kind, name, label).value(self.typed.one(name));
        let places = self
            .environments
            .iter()
            .map(|one| Option_::new(&one.name, &one.name).among(self.typed.all("environments")));
        let zone = format!("In {}.", shell.zone.name);
        html! {
            section id="freeze" {
                h2 { "Declare a freeze" }
                (form::post("/calendar/freezes", shell, html! {
                    (field(Kind::Line, "name", "Name").hint("For example year end.").render(&self.faults))
                    (Choice::new("environments", "Environments", places.collect()).checkboxes(&self.faults))
                    (field(Kind::Moment, "from", "From").optional().hint("At once when left out.").render(&self.faults))
                    (field(Kind::Moment, "until", "Until").hint(&zone).render(&self.faults))
                    (field(Kind::Lines, "reason", "Why").render(&self.faults))
                    (button::submit("Declare the freeze"))
                }))
            }
        }
    }
}
