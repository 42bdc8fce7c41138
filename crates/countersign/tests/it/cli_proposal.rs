//! Kinds of change proposed from facts, and the deployment log, by command line.

use crate::cli_organisation::Organisation;
use crate::cli_terminal::Terminal;

fn artifact(letter: &str) -> String {
    format!("--artifact=weights:faq-{letter}=sha256:{}", letter.repeat(64))
}

fn registered(rivera: &Terminal) {
    rivera.does(&[
        "model",
        "register",
        "faq",
        "--title=FAQ",
        "--tier=low",
        "--intended-use=Answers questions",
    ]);
}

#[test]
fn a_release_is_requested_as_the_facts_propose() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    registered(rivera);
    let said = rivera.does(&["release", "propose", "--model=faq", &artifact("a")]);
    assert!(said.starts_with("new_model") && said.contains("first_deployment"), "{said}");
    let artifact = artifact("a");
    let request = ["release", "request", "--model=faq", "--title=faq v1", "--summary=First"];
    let said = rivera.fails(&[&request[..], &[&artifact]].concat());
    assert!(said.contains("--change"), "{said}");
    let said = rivera.does(&[&request[..], &[&artifact, "--propose"]].concat());
    let release = said.lines().find(|line| line.starts_with("r-")).unwrap().to_owned();
    let shown = rivera.does(&["release", "show", &release]);
    assert!(shown.contains("new_model"), "{shown}");
    let said = rivera.is_refused(&["release", "override", &release, "--reason=It is small"]);
    assert!(said.contains("the facts propose no more"), "{said}");
}

///
#[test]
fn the_deployment_log_is_a_table_and_comma_separated_values() {
    let organisation = Organisation::new();
    let rivera = &organisation.rivera;
    assert!(rivera.does(&["deployments"]).contains("nothing was deployed"));
    let csv = rivera.does(&["deployments", "--csv", "--from", "2026-01-01"]);
    assert!(csv.starts_with("at,environment,model,release"), "{csv}");
    let said = rivera.does(&["entries", "override"]);
    assert!(said.contains("nothing is on the list"), "{said}");
}

///
#[test]
fn a_review_of_the_policy_is_asked_for_and_recorded() {
    let organisation = Organisation::new();
    let lead = &organisation.haddad;
    let said = lead.does(&["policy", "trigger", "tooling", "--text=Another orchestrator"]);
    assert!(said.contains("policy review opened"), "{said}");
    let said = lead.does(&["policy", "reviews"]);
    assert!(said.contains("tooling") && said.contains("Another orchestrator"), "{said}");
    let review = ["policy", "review", "model-release", "1.0", "--text=It asks the same gate"];
    let said = organisation.rivera.is_refused(&[&review[..], &["--outcome=keep"]].concat());
    assert!(said.contains("you may not review a policy"), "{said}");
    lead.does(&[&review[..], &["--outcome=keep"]].concat());
    let said = lead.does(&["policy", "reviews", "model-release", "1.0"]);
    assert!(said.contains("It asks the same gate"), "{said}");
}

#[test]
fn policy_show_prints_every_setting() {
    let organisation = Organisation::new();
    let file = crate::tidy::tree::root().join("catalog/policies/model-release.policy");
    let said = organisation.rivera.does(&["policy", "show", file.to_str().unwrap()]);
    for part in [
        "A deployment is confirmed within",
        "Minor changes in a row",
        "at most 5 between reviews",
        "after 3 within 90 days",
        "A sandbox is claimed for at most",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
