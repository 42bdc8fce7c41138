//! Conditions, exceptions and change requests by command line.

use crate::cli_organisation::Organisation;
use crate::cli_terminal::Terminal;
use serde_json::Value;

/// A draft that says no more than it has to.
fn draft(rivera: &Terminal) -> String {
    let digest = format!("sha256:{}", "b".repeat(64));
    rivera.does(&[
        "model",
        "register",
        "faq",
        "--title=FAQ",
        "--tier=low",
        "--intended-use=Answers questions",
    ]);
    let artifact = format!("weights:faq-v1={digest}");
    let said = rivera.does(&[
        "release",
        "request",
        "--model=faq",
        "--title=faq v1",
        "--change=new_model",
        "--summary=The first one",
        "--trait=generative",
        "--artifact",
        &artifact,
    ]);
    said.lines().next().unwrap().to_owned()
}

fn show(person: &Terminal, release: &str) -> Value {
    serde_json::from_str(&person.does(&["release", "show", release, "--json"])).unwrap()
}

///
#[test]
fn an_exception_is_asked_for_and_decided_by_command_line() {
    let organisation = Organisation::new();
    let Organisation { rivera, haddad, .. } = &organisation;
    let release = draft(rivera);
    let until = ["--until", "2027-01-01"];
    let ask =
        ["exception", "request", &release, "--reason=Late", "--measures=A person reads along"];
    let said = rivera.fails(&[&ask[..], &until].concat());
    assert!(said.contains("--criterion <NAME>|--item <NAME>"), "{said}");
    let item = ["--item", "model_card"];
    let said = rivera.fails(&[&ask[..], &item, &["--until", "soon"]].concat());
    assert!(said.contains("`soon` is no due date"), "{said}");
    let shown = show(rivera, &release);
    let at = shown["requested_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let end = at + jiff::SignedDuration::from_hours(24 * 30);
    let said = rivera.does(&[&ask[..], &item, &["--until", &end.to_string()]].concat());
    assert!(said.contains("exception requested"), "{said}");
    let next = format!("exception 1; next: countersign exception accept {release} 1 --as");
    assert!(said.contains(&next), "{said}");
    let decide = |how: &'static str, role: &'static str| {
        vec!["exception", how, &release, "1", "--as", role, "--text", "Small enough"]
    };
    let said = rivera.is_refused(&decide("accept", "security"));
    assert!(said.contains("you may not accept the risk of an exception"), "{said}");
    haddad.does(&decide("accept", "ai_governance_lead"));
    let shown = rivera.does(&["release", "show", &release]);
    assert!(shown.contains("Exceptions") && shown.contains("item model_card"), "{shown}");
    haddad.is_refused(&decide("revoke", "ai_governance_lead"));
    haddad.is_refused(&decide("refuse", "ai_governance_lead"));
    let listed = rivera.does(&["entries", "exception"]);
    assert!(listed.contains("requested") && listed.contains("Late"), "{listed}");
}

#[test]
fn what_a_policy_says_of_conditions_and_exceptions_is_shown() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    let file = crate::tidy::tree::root().join("catalog/policies/model-release.policy");
    let said = rivera.does(&["policy", "show", file.to_str().unwrap()]);
    for part in ["The risk of exceptions is accepted by", "Overdue conditions", "90 days"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

///
#[test]
fn what_is_not_there_is_refused_by_name() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    let release = draft(rivera);
    let text = ["--text", "Done"];
    for command in [
        &["condition", "report", &release, "1"][..],
        &["condition", "accept", &release, "1"],
        &["condition", "send-back", &release, "1"],
    ] {
        let said = rivera.is_refused(&[command, &text].concat());
        assert!(said.contains("there is no condition `1`"), "{said}");
    }
    for how in ["answer", "insist", "accept"] {
        let command = ["change-request", how, &release, "1"];
        let said = rivera.is_refused(&[&command[..], &text].concat());
        assert!(said.contains("a release that is `draft`"), "{said}");
    }
    let ask = ["change-request", "ask", &release, "--as", "model_owner", "--about", "a whim"];
    let said = rivera.fails(&[&ask[..], &text].concat());
    assert!(said.contains("`a whim` is not `item NAME`"), "{said}");
    rivera.file("audit.txt", "no difference");
    let attach = ["evidence", "attach", &release, "audit.txt", "--condition", "1"];
    assert!(rivera.is_refused(&attach).contains("there is no condition `1`"));
}
