//! Change windows, freezes and schedules by the command line.

use crate::cli_organisation::Organisation;

#[test]
fn an_administrator_keeps_windows_and_freezes_and_the_gate_follows() {
    let organisation = Organisation::new();
    let (admin, chen) = (&organisation.admin, &organisation.chen);
    let windows = ["environment", "windows", "production", "--window", "mon-thu 09:00-16:00"];
    let said = chen.is_refused(&windows);
    assert!(said.contains("administrator"), "{said}");
    admin.does(&windows);
    let freeze = [
        "environment",
        "freeze",
        "production",
        "--name=year end",
        "--from=2099-12-18",
        "--until=2100-01-03",
        "--reason=the books are closed",
    ];
    admin.does(&freeze);
    let listed = admin.does(&["environment", "list"]);
    assert!(listed.contains("mon-thu 09:00-16:00"), "{listed}");
    assert!(listed.contains("year end until 2100-01-04T00:00:00Z"), "{listed}");
    assert!(admin.does(&["entries", "freeze"]).contains("declared"));
    admin.does(&["environment", "lift-freeze", "1", "--reason=they are open again"]);
    let said = admin.is_refused(&["environment", "lift-freeze", "1", "--reason=once more"]);
    assert!(said.contains("over already"), "{said}");
    admin.does(&["environment", "windows", "production", "--always"]);
    let said = admin.fails(&["environment", "windows", "production", "--window=mondays"]);
    assert!(said.contains("mon-fri 09:00-16:00"), "{said}");
}

const HOLIDAYS: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Christmas\r\n\
    DTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn holidays_are_imported_from_a_calendar_file_or_not_at_all() {
    let organisation = Organisation::new();
    let admin = &organisation.admin;
    admin.file("holidays.ics", HOLIDAYS);
    let said = admin.does(&["calendar", "import", "holidays.ics", "--dry-run"]);
    assert!(said.contains("Christmas") && said.contains("nothing was changed"), "{said}");
    assert!(!admin.does(&["calendar", "show", "--json"]).contains("-12-25"));
    admin.does(&["calendar", "import", "holidays.ics", "--years=1"]);
    let shown = admin.does(&["calendar", "show", "--json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["holidays"].as_array().unwrap().len(), 2, "{shown}");
    assert!(shown["names"].to_string().contains("Christmas"), "{shown}");
    let moving = HOLIDAYS.replace("FREQ=YEARLY", "FREQ=YEARLY;BYDAY=1MO");
    admin.file("moving.ics", &moving);
    let said = admin.is_refused(&["calendar", "import", "moving.ics"]);
    assert!(said.contains("line 5") && said.contains("BYDAY=1MO"), "{said}");
    organisation.chen.file("holidays.ics", HOLIDAYS);
    organisation.chen.is_refused(&["calendar", "import", "holidays.ics"]);
}
