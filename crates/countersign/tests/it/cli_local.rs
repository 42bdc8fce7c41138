//! Commands on local files: they need no server, and their exit codes are what pipelines read.

use crate::cli_terminal::Terminal;
use crate::world::{POLICY, RUNBOOK};

const BROKEN: &str = "policy release 1.0 \"Release\"\n  organisaton \"Example Ltd\"\n";

#[test]
fn a_sound_policy_is_ok_and_a_broken_one_names_line_column_and_remedy() {
    let person = Terminal::new();
    let sound = POLICY.replace("Your organisation", "Example Ltd");
    let sound = person.file("sound.policy", &sound);
    let said = person.does(&["policy", "check", "sound.policy"]);
    assert_eq!(
        said,
        "sound.policy: ok, model-release 1.0: 11 rows, 26 checklist items, 4 criteria\n"
    );
    person.file("broken.policy", BROKEN);
    let said = person.is_refused(&["policy", "check", &sound, "broken.policy"]);
    assert!(said.starts_with(&format!("{sound}: ok")), "the first file is checked, too: {said}");
    assert!(said.contains("--> broken.policy:2:3"), "{said}");
    assert!(said.contains("2 |   organisaton \"Example Ltd\""), "{said}");
    assert!(said.contains("help: "), "{said}");
    assert!(said.contains("broken.policy: not usable ("), "{said}");
    assert!(!said.contains('\u{1b}'), "no colour where no terminal is: {said:?}");
}

#[test]
fn standard_input_is_checked_and_json_gives_the_same_as_data() {
    let run = Terminal::new().run_with(&["policy", "check", "--json", "-"], BROKEN);
    assert_eq!(run.code, 1, "{}", run.err);
    let all: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&all[0]["file"], &all[0]["ok"]), (&"standard input".into(), &false.into()));
    let found = all[0]["diagnostics"].as_array().unwrap();
    let line = found.iter().find(|one| one["line"] == 2).unwrap();
    assert_eq!((&line["column"], &line["level"]), (&3.into(), &"error".into()));
}

#[test]
fn a_file_that_cannot_be_read_is_a_fault_and_the_others_are_still_checked() {
    let person = Terminal::new();
    person.file("runbook.md", RUNBOOK);
    let run = person.run(&["runbook", "check", "absent.md", "runbook.md"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("runbook.md: ok, fine-tuned-model-release 1.0.0: 6 steps"));
    assert!(run.err.contains("cannot read `absent.md`"), "{}", run.err);
    std::fs::write(person.home().join("latin.md"), b"caf\xe9\n").unwrap();
    let said = person.fails(&["runbook", "check", "latin.md"]);
    assert!(said.contains("`latin.md` is not UTF-8 text: line 1, byte 3"), "{said}");
}

#[test]
fn policy_show_prints_the_decision_table_the_checklist_and_the_criteria() {
    let person = Terminal::new();
    person.file("release.policy", POLICY);
    let said = person.does(&["policy", "show", "release.policy"]);
    for part in ["Who approves what", "The checklist", "What blocks", "hallucination_rate at most"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 100), "it fits a page: {said}");
    let json = person.does(&["policy", "show", "release.policy", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["name"], "model-release");
    assert_eq!(json["table"].as_array().unwrap().len(), 24);
    person.file("broken.policy", BROKEN);
    assert!(person.is_refused(&["policy", "show", "broken.policy"]).contains("has errors"));
}

#[test]
fn policy_diff_says_what_got_stricter_and_what_looser() {
    let person = Terminal::new();
    person.file("old.policy", POLICY);
    let stricter =
        POLICY.replace("hallucination_rate at most 5 %", "hallucination_rate at most 4 %");
    person.file("stricter.policy", &stricter);
    let said = person.does(&["policy", "diff", "old.policy", "stricter.policy"]);
    assert!(said.contains("stricter") && said.contains("nothing is looser"), "{said}");
    let said = person.is_refused(&["policy", "diff", "stricter.policy", "old.policy"]);
    assert!(said.contains("looser") && said.contains("two people"), "{said}");
    assert_eq!(person.does(&["policy", "diff", "old.policy", "old.policy"]), "nothing changed\n");
    let json = person.does(&["policy", "diff", "old.policy", "stricter.policy", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["differences"][0]["effect"], "stricter");
    assert_eq!(json["may_loosen"], false);
}

#[test]
fn runbook_diff_shows_two_versions_side_by_side() {
    let person = Terminal::new();
    person.file("old.md", RUNBOOK);
    person.file("new.md", &RUNBOOK.replacen("1 business day", "same day", 1));
    let said = person.does(&["runbook", "diff", "old.md", "new.md"]);
    assert!(said.contains("time limit") && said.contains("same day"), "{said}");
    assert_eq!(person.does(&["runbook", "diff", "old.md", "old.md"]), "both say the same\n");
    let json = person.does(&["runbook", "diff", "old.md", "new.md", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["differences"][0]["before"], "1 business day");
    assert_eq!(json["differences"].as_array().unwrap().len(), 1, "{json}");
}

#[test]
fn a_runbook_goes_from_one_form_to_the_other_and_back() {
    let person = Terminal::new();
    let given = person.file("given.md", RUNBOOK);
    let text = person.does(&["runbook", "export", &given, "--form", "text"]);
    person.file("shown.txt", &text);
    let id = ["--id", "fine-tuned-model-release"];
    let back = [&["runbook", "export", "shown.txt", "--form", "markdown"][..], &id[..]].concat();
    let markdown = person.does(&back);
    assert_eq!(markdown, person.does(&["runbook", "export", &given, "--form", "markdown"]));
}

#[test]
fn evidence_read_shows_every_value_with_its_place() {
    let person = Terminal::new();
    person.file("metrics.json", "{\"hallucination_rate\": {\"value\": 0.081, \"n\": 400}}\n");
    let said = person.does(&["evidence", "read", "metrics.json"]);
    assert_eq!(
        said,
        "format      metrics-json\n\
         run         whole\n\
         \n\
         1 measurement\n\
         METRIC              VALUE  UNIT      N    PLACE\n\
         hallucination_rate  0.081  unstated  400  /hallucination_rate/value\n"
    );
    let json = person.does(&["evidence", "read", "metrics.json", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["measurements"][0]["value"], "0.081");
}

#[test]
fn evidence_that_is_broken_or_unknown_is_no_success() {
    let person = Terminal::new();
    person.file("cut.json", "{\"results\": {");
    let said = person.is_refused(&["evidence", "read", "cut.json"]);
    assert!(said.contains("`cut.json` cannot be read as evidence"), "{said}");
    assert!(said.contains("line 1, column"), "{said}");
    person.file("notes.txt", "all is well\n");
    let said = person.is_refused(&["evidence", "read", "notes.txt"]);
    assert!(said.contains("no reader knows `notes.txt`"), "{said}");
    assert!(person.fails(&["evidence", "read", "."]).contains("is not a file"));
}
