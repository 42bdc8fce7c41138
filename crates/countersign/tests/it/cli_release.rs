//! A whole release by the command line alone, from the first account to the gate's yes.

use crate::cli_organisation::Organisation;
use crate::cli_terminal::Terminal;
use crate::tidy::tree::root;
use countersign_core::digest::Sha256;
use std::fs;

const PROMPT: &str = "Summarise the call in three sentences.\n";

/// Asks for the release of a prompt, and gives its identifier.
fn requested(organisation: &Organisation) -> String {
    let prompt = organisation.moreno.file("system.txt", PROMPT);
    organisation.rivera.does(&[
        "model",
        "register",
        "support-summarizer",
        "--title=Support summarizer",
        "--tier=medium",
        "--intended-use=Summarises support calls for agents",
    ]);
    organisation.rivera.does(&[
        "risk",
        "enter",
        "risk-212",
        "--title=A summary leaves out a warning",
        "--description=an agent misses that a customer is in danger",
        "--likelihood=2",
        "--impact=4",
        "--treatment=reduce",
        "--review-by=2027-01-29T17:00:00Z",
        "--model=support-summarizer",
    ]);
    let artifact = format!("prompt:system=@{prompt}");
    let said = organisation.moreno.does(&[
        "release",
        "request",
        "--model=support-summarizer",
        "--title=summarizer v1.4",
        "--change=new_model",
        "--summary=The first prompt",
        "--trait=generative",
        "--runbook=prompt-change",
        "--artifact",
        &artifact,
    ]);
    said.lines().next().unwrap().to_owned()
}

/// Answers every item that is asked for, with what the stories answer it with.
fn checklist_completed(person: &Terminal, release: &str) {
    let answers = fs::read_to_string(root().join("stories/checklist.txt")).unwrap();
    let shown = person.does(&["release", "show", release, "--json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    for item in shown["items"].as_array().unwrap() {
        let item = item["item"].as_str().unwrap();
        let lines = answers.split("\nitem ").find_map(|part| part.strip_prefix(item)).unwrap();
        let mut arguments =
            vec!["release".to_owned(), "answer".into(), release.into(), item.into()];
        for line in lines.lines().filter(|line| line.starts_with("  ")) {
            match line.trim().split_once(": ").unwrap() {
                ("has risk", _) => {}
                ("attach", name) => attached(person, release, name, &["--item", item]),
                (field, value) => arguments.push(format!("{field}={value}")),
            }
        }
        person.does(&arguments);
    }
}

fn attached(person: &Terminal, release: &str, name: &str, target: &[&str]) {
    let file = root().join("stories/files").join(name);
    let file = file.to_str().unwrap();
    let said = person.does(&[&["evidence", "attach", release, file], target].concat());
    assert!(said.contains(&Sha256::of(&fs::read(file).unwrap()).to_string()), "{said}");
}

fn steps_completed(person: &Terminal, release: &str) {
    let describe = ["release", "step", "complete", release, "describe-the-change"];
    person.does(&[&describe[..], &["--statement", "The first prompt"]].concat());
    let step = "attach-results-for-both-prompts";
    for (file, part) in [("evaluation-3.1.json", "evaluation"), ("injection-pass.xml", "injection")]
    {
        attached(person, release, file, &["--step", step, "--part", part]);
    }
    person.does(&["release", "step", "complete", release, step]);
}

/// I-10
#[test]
fn a_release_goes_from_request_to_allow_by_command_line_alone() {
    let organisation = Organisation::new();
    let Organisation { rivera, moreno, chen, haddad, .. } = &organisation;
    let release = requested(&organisation);
    let gate = ["gate", "--file", "system.txt", "--environment", "production"];
    assert!(moreno.is_refused(&gate).starts_with("deny: sha256:"));
    let said = moreno.is_refused(&["release", "submit", &release]);
    assert!(said.contains("- prerequisite 1 is not confirmed"), "every reason is listed: {said}");
    assert!(said.contains("can be lifted by: "), "{said}");
    steps_before_review(&organisation, &release);

    let denied = moreno.is_refused(&gate);
    assert!(denied.contains(&format!("release {release} is in review")), "{denied}");
    assert!(denied.contains("can be lifted by: "), "every blocker says who can lift it: {denied}");
    let said = haddad.does(&["inbox"]);
    assert!(said.contains(&release), "{said}");
    let said = haddad.does(&["approve", &release, "--as", "ai_governance_lead", "--yes"]);
    assert!(said.contains("approval given"), "{said}");
    chen.does(&["approve", &release, "--as", "product_lead", "--yes"]);
    let denied = moreno.is_refused(&gate);
    assert!(denied.contains("J. Rivera"), "the last approval is named by person: {denied}");
    let signed = rivera.run(&["approve", &release, "--as", "model_owner", "--yes"]);
    assert_eq!(signed.code, 0, "{}", signed.err);
    let digest = Sha256::of(PROMPT.as_bytes()).to_string();
    for part in ["summarizer v1.4", "production", "dossier", digest.as_str()] {
        assert!(signed.err.contains(part), "what is signed is shown: {}", signed.err);
    }

    let said = moreno.does(&gate);
    assert!(said.starts_with(&format!("allow: {digest} in production")), "{said}");
    let json = moreno.does(&["gate", "--digest", &digest, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["verdict"], &json["release"]), (&"allow".into(), &release.as_str().into()));
    moreno.is_refused(&["gate", "--digest", &digest, "--environment", "staging"]);
    afterwards(&organisation, &release);
}

fn steps_before_review(organisation: &Organisation, release: &str) {
    let Organisation { rivera, moreno, .. } = organisation;
    for number in ["1", "2"] {
        moreno.does(&["release", "prerequisite", "confirm", release, number]);
    }
    checklist_completed(moreno, release);
    moreno.does(&["release", "submit", release]);
    steps_completed(rivera, release);
}

/// What happens after the decision: deployment, confirmation, suspension, resumption.
fn afterwards(organisation: &Organisation, release: &str) {
    let Organisation { rivera, moreno, haddad, .. } = organisation;
    let gate = ["gate", "--file", "system.txt"];
    let record = ["deployment", "record", release, "--environment", "production", "--change=CHG-7"];
    rivera.does(&record);
    let confirm = ["deployment", "confirm", release, "--environment=production"];
    let statements = ["--within-parameters=yes", "--monitoring-active=yes", "--no-issues=yes"];
    rivera.does(&[&confirm[..], &statements[..]].concat());
    haddad.does(&["release", "suspend", release, "--reason", "odd answers seen"]);
    assert!(moreno.is_refused(&gate).contains("suspended"));
    haddad.does(&["release", "resume", release, "--reason", "the answers came from a test"]);
    moreno.does(&gate);
    let said = moreno.does(&["release", "show", release, "--timeline"]);
    for part in ["confirmed", "CHG-7", "What happened", "suspended", "J. Rivera"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
