//! Keeping an installation by the command line: people, tokens, settings, publications, the log.

use crate::cli_organisation::Organisation;
use crate::cli_server::ChildServer;
use crate::cli_terminal::Terminal;
use serde_json::Value;

const DIGEST: &str = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_machine_asks_the_gate_and_is_refused_an_approval() {
    let organisation = Organisation::new();
    let admin = &organisation.admin;
    let made = json(&admin.does(&["token", "create", "pipeline", "--scope=verdict", "--json"]));
    let token = made["token"].as_str().unwrap();
    let machine = Terminal::at(organisation.server.url()).with_token(token);
    let denied = machine.is_refused(&["gate", "--digest", DIGEST]);
    assert!(denied.contains("no release names this digest"), "{denied}");
    let said = machine.run(&["approve", "r-1", "--as", "model_owner", "--yes"]);
    assert_ne!(said.code, 0, "{}", said.out);
    assert!(admin.does(&["token", "list"]).contains("pipeline"));
    admin.does(&["token", "revoke", made["id"].as_str().unwrap()]);
    let said = machine.fails(&["gate", "--digest", DIGEST]);
    assert!(said.contains("revoked"), "a revoked token is a fault, never an answer: {said}");
}

#[test]
fn an_administrator_keeps_people_environments_and_the_calendar() {
    let organisation = Organisation::new();
    let admin = &organisation.admin;
    let people = admin.does(&["person", "list"]);
    assert!(people.contains("R. Haddad") && people.contains("ai_governance_lead"), "{people}");
    admin.does(&["person", "revoke", "R. Haddad", "ai_governance_lead"]);
    let said = admin.is_refused(&["person", "revoke", "haddad@example.org", "ai_governance_lead"]);
    assert!(said.contains("does not hold this role"), "{said}");
    admin.does(&["person", "add", "S. Chen", "chen2@example.org", "--role", "legal"]);
    let said = admin.fails(&["person", "grant", "S. Chen", "security"]);
    assert!(said.contains("`S. Chen` is the name of 2 people"), "{said}");
    assert!(said.contains("chen@example.org") && said.contains("chen2@example.org"), "{said}");
    assert!(admin.fails(&["person", "grant", "nobody", "legal"]).contains("nobody is called"));
    let run = admin.run(&["person", "grant", "chen2@example.org", "leagl"]);
    assert!(run.code == 0 && run.err.contains("names no role `leagl`"), "{}", run.err);
    let run = admin.run(&["person", "grant", "chen2@example.org", "security"]);
    assert!(run.code == 0 && run.err.is_empty(), "{}", run.err);
    admin.does(&["environment", "add", "staging"]);
    let listed = admin.does(&["environment", "list"]);
    assert!(listed.contains("production") && listed.contains("staging"), "{listed}");
    admin.does(&["calendar", "set", "--zone=Europe/Berlin", "--holiday=2026-12-25"]);
    admin.does(&["calendar", "set", "--closes=16:00"]);
    let shown = json(&admin.does(&["calendar", "show", "--json"]));
    assert_eq!(shown["zone"], "Europe/Berlin");
    assert_eq!(shown["holidays"], serde_json::json!(["2026-12-25"]));
    let said = organisation.chen.is_refused(&["environment", "add", "elsewhere"]);
    assert!(said.contains("administrator"), "{said}");
    admin.does(&["person", "disable", "haddad@example.org"]);
    assert!(organisation.haddad.fails(&["inbox"]).contains("not valid"));
}

#[test]
fn what_is_published_is_listed_shown_and_never_published_twice() {
    let organisation = Organisation::new();
    let (admin, chen) = (&organisation.admin, &organisation.chen);
    assert!(chen.does(&["policy", "list"]).contains("model-release"));
    let shown = chen.does(&["policy", "show", "model-release", "1.0"]);
    assert!(shown.contains("Who approves what"), "{shown}");
    let said = admin.is_refused(&["policy", "publish", "release.policy"]);
    assert!(said.contains("model-release 1.0"), "{said}");
    assert!(chen.does(&["runbook", "list"]).contains("prompt-change"));
    assert!(chen.does(&["runbook", "show", "prompt-change"]).contains("Agree to the change"));
    let text = chen.does(&["runbook", "export", "prompt-change", "--form", "markdown"]);
    chen.file("exported.md", &text);
    assert!(chen.does(&["runbook", "check", "exported.md"]).contains(": ok, prompt-change 1.0.0"));
    assert!(chen.is_refused(&["runbook", "show", "absent"]).contains("there is no runbook"));
}

///
#[test]
fn a_policy_that_loosens_something_waits_for_two_members_of_the_committee() {
    let organisation = Organisation::new();
    let (admin, ito) = (&organisation.admin, &organisation.ito);
    let looser = crate::world::POLICY.replace("model-release 1.0", "model-release 1.1");
    let looser = looser.replace("confirm within       48 hours", "confirm within       96 hours");
    let file = admin.file("looser.policy", &looser);
    let published = admin.run(&["policy", "publish", &file]);
    let (code, said) = (published.code, published.out);
    assert!(code == 0 && said.contains("countersign policy approve model-release 1.1"), "{said}");
    let warned = published.err;
    assert!(warned.contains("warning: ") && warned.contains("placeholder"), "{warned}");
    // Two published versions are compared, and one is printed, without a file of either.
    let versions = ["policy", "diff", "model-release@1.0", "model-release@1.1"];
    assert!(ito.is_refused(&versions).contains("two people"));
    assert_eq!(
        ito.does(&["policy", "source", "model-release", "1.1"]).trim_end(),
        looser.trim_end()
    );
    let in_force = ito.does(&["policy", "source", "model-release"]);
    assert_eq!(in_force.trim_end(), crate::world::POLICY.trim_end());
    let said = admin.is_refused(&["policy", "approve", "model-release", "1.1"]);
    assert!(said.contains("ai_governance_committee"), "{said}");
    let said = ito.does(&["policy", "approve", "model-release", "1.1"]);
    assert!(said.contains("one more person"), "{said}");
    let said = ito.is_refused(&["policy", "approve", "model-release", "1.1"]);
    assert!(said.contains("one person counts once"), "{said}");
    let listed = ito.does(&["policy", "list"]);
    assert!(
        listed.contains("awaiting_approval") && listed.contains("it was 48, now 96"),
        "{listed}"
    );
    ito.does(&["policy", "decline", "model-release", "1.1", "--reason", "48 hours are enough"]);
    assert!(ito.does(&["policy", "list"]).contains("declined"));
}

#[test]
fn webhooks_are_set_listed_and_removed_and_the_secret_is_shown_once() {
    let organisation = Organisation::new();
    let admin = &organisation.admin;
    let url = "https://router.example.org/hooks";
    let set = ["webhook", "set", "routing", "--url", url, "--header", "X-Team: platform"];
    assert!(admin.does(&set).contains("whsec_"));
    assert!(!admin.does(&set).contains("whsec_"));
    let listed = admin.does(&["webhook", "list"]);
    assert!(listed.contains(url) && listed.contains("X-Team"), "{listed}");
    admin.does(&["webhook", "remove", "routing"]);
    assert_eq!(admin.does(&["webhook", "list"]), "there are no webhooks\n");
}

#[test]
fn the_log_is_listed_page_by_page_under_a_signed_head() {
    let organisation = Organisation::new();
    let admin = &organisation.admin;
    let note = admin.does(&["log", "checkpoint"]);
    assert!(note.starts_with("countersign.local/") && note.contains("\n\u{2014} "), "{note}");
    let first = admin.does(&["log", "events", "--limit", "2"]);
    assert!(first.ends_with("there are more: add --from 2\n"), "{first}");
}

#[test]
fn signing_out_ends_the_token_and_a_wrong_password_gets_none() {
    let organisation = Organisation::new();
    let chen = &organisation.chen;
    assert!(chen.does(&["whoami"]).contains("roles   product_lead"));
    let tokens = || organisation.admin.does(&["token", "list", "--json"]);
    assert!(!tokens().contains("\"revoked_at\":\"2"), "{}", tokens());
    assert!(chen.does(&["logout"]).starts_with("signed out of"));
    assert!(tokens().contains("\"revoked_at\":\"2"), "the server ended it, too: {}", tokens());
    let server = ["--server", organisation.server.url()];
    assert!(chen.fails(&[&["whoami"], &server[..]].concat()).contains("countersign login"));
    let login = ["login", "--email", "chen@example.org", "--password-stdin"];
    let run = chen.run_with(&[&login[..], &server].concat(), "wrong\n");
    assert_eq!(run.code, 2, "{}", run.out);
    let run = chen.run_with(&[&login[..], &server].concat(), "a long enough pass phrase\n");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.out.contains("cst_"), "the token is never printed: {}", run.out);
    chen.does(&["whoami"]);
}

#[test]
fn a_set_up_link_works_once() {
    let server = ChildServer::start();
    let arguments = ["setup", server.setup_link(), "--name=A", "--email=a@example.org"];
    let arguments = [&arguments[..], &["--password-stdin"]].concat();
    let run = Terminal::new().run_with(&arguments, "short\n");
    assert_ne!(run.code, 0, "{}", run.out);
    let run = Terminal::new().run_with(&arguments, "a long enough pass phrase\n");
    assert_eq!(run.code, 0, "{}", run.err);
    let run = Terminal::new().run_with(&arguments, "a long enough pass phrase\n");
    assert_eq!(run.code, 1, "{}", run.err);
}
