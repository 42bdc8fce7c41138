//! Evidence, approvals and rejections by the command line, where they go wrong as well.

use crate::cli_organisation::Organisation;
use crate::cli_terminal::Terminal;
use serde_json::Value;
use std::fs;

/// A draft of a release of a low-risk model, asked for by its owner.
fn draft(owner: &Terminal) -> String {
    let model = ["model", "register", "triage", "--title=Triage", "--tier=low"];
    owner.does(&[&model[..], &["--intended-use=Sorts tickets"]].concat());
    let request = ["release", "request", "--model=triage", "--title=triage v1"];
    let said = owner.does(
        &[&request[..], &["--change=new_model", "--summary=First", "--trait=user_facing"]].concat(),
    );
    said.lines().next().unwrap().to_owned()
}

#[test]
fn evidence_comes_back_as_it_was_attached_and_is_never_written_over_a_file() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    let release = draft(rivera);
    // Larger than what is sent or hashed at a time.
    let bytes: Vec<u8> = (0..3_000_000u32).map(|at| (at % 251) as u8).collect();
    fs::write(rivera.home().join("packet.bin"), &bytes).unwrap();
    let attach = ["evidence", "attach", &release, "packet.bin", "--item", "bias_results"];
    let said = rivera.does(&attach);
    assert!(said.starts_with("e1: 3000000 bytes, no reader knows it"), "{said}");
    let get = ["evidence", "get", &release, "e1"];
    assert!(rivera.fails(&get).contains("`packet.bin` exists already"));
    rivera.does(&[&get[..], &["--output", "again.bin"]].concat());
    assert_eq!(fs::read(rivera.home().join("again.bin")).unwrap(), bytes);
    assert!(rivera.does(&["evidence", "show", &release, "e1"]).contains("J. Rivera"));
    rivera.does(&["evidence", "withdraw", &release, "e1", "--reason", "the wrong file"]);
    let listed: Value =
        serde_json::from_str(&rivera.does(&["evidence", "list", &release, "--json"])).unwrap();
    assert_eq!(listed[0]["withdrawn"], true);
}

#[test]
fn attaching_says_which_criteria_a_file_meets_and_which_it_does_not() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    draft(rivera);
    let request = ["release", "request", "--model=triage", "--title=triage v2"];
    let said = rivera.does(
        &[&request[..], &["--change=new_model", "--summary=Again", "--trait=generative"]].concat(),
    );
    let release = said.lines().next().unwrap().to_owned();
    let measured = |percent: &str| {
        let value = format!("{{\"value\": \"{percent} %\", \"n\": 500}}");
        format!("{{\"complete\": true, \"hallucination_rate\": {value}}}")
    };
    rivera.file("metrics.json", &measured("8.1"));
    let item = ["--item", "evaluation_results"];
    let attach = ["evidence", "attach", &release, "metrics.json"];
    let said = rivera.does(&[&attach[..], &item].concat());
    assert!(said.contains("DOES NOT MEET hallucination_rate: "), "{said}");
    rivera.file("metrics.json", &measured("3.1"));
    let said = rivera.does(&[&attach[..], &item, &["--replaces", "e1"]].concat());
    assert!(said.contains("meets hallucination_rate: "), "{said}");
}

#[test]
fn a_file_is_refused_before_it_is_kept_where_it_belongs_to_nothing() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    let release = draft(rivera);
    rivera.file("notes.txt", "all is well");
    let attach = ["evidence", "attach", &release, "notes.txt"];
    assert!(rivera.fails(&attach).contains("--item <ITEM>|--step <STEP>|--condition <NUMBER>"));
    let said = rivera.is_refused(&[&attach[..], &["--item", "nonsense"]].concat());
    assert!(said.contains("nonsense"), "{said}");
    assert_eq!(rivera.does(&["evidence", "list", &release]), "no evidence is attached yet\n");
}

#[test]
fn nobody_signs_what_was_not_shown_or_not_agreed_to() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    let release = draft(rivera);
    let approve = ["approve", &release, "--as", "model_owner"];
    let said = rivera.run(&approve);
    assert_eq!(said.code, 2, "without a terminal nobody agrees: {}", said.out);
    assert!(said.err.contains("nobody is there to answer"), "{}", said.err);
    let other = format!("sha256:{}", "0".repeat(64));
    let said = rivera.is_refused(&[&approve[..], &["--yes", "--dossier", &other]].concat());
    assert!(said.contains("something changed since"), "{said}");
    let half = ["--yes", "--condition", "measure again", "--owner", "J. Rivera"];
    let said = rivera.fails(&[&approve[..], &half].concat());
    assert!(said.contains("1 conditions have 1 owners and 0 due dates"), "{said}");
    let bad = [&half[..], &["--due", "2026-06-30T17:00:00"]].concat();
    let said = rivera.fails(&[&approve[..], &bad].concat());
    assert!(said.contains("it does not say in which time zone"), "{said}");
}

#[test]
fn a_refusal_in_json_is_the_servers_own_problem() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    let release = draft(rivera);
    let run = rivera.run(&["release", "submit", &release, "--json"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    let problem: Value = serde_json::from_str(&run.err).unwrap();
    assert_eq!(problem["status"], 409);
    assert!(problem["reasons"].as_array().unwrap().len() > 5, "{problem}");
    let shown = rivera.does(&["release", "show", &release, "--questions"]);
    assert!(shown.contains("planned_minutes=…"), "{shown}");
}

#[test]
fn a_repeated_command_with_the_same_key_is_carried_out_once() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    let release = draft(rivera);
    let key = ["--idempotency-key", "build-7"];
    let digest = format!("sha256:{}", "a".repeat(64));
    let add = ["release", "artifact", "add", &release, "--name=v1", "--kind=weights", "--digest"];
    let add = [&add[..], &[&digest], &key].concat();
    assert_eq!(rivera.does(&add), rivera.does(&add));
    let shown: Value =
        serde_json::from_str(&rivera.does(&["release", "show", &release, "--json"])).unwrap();
    assert_eq!(shown["artifacts"].as_array().unwrap().len(), 1);
}
