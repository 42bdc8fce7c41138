//! What somebody new runs into, by the command line.

use crate::cli_organisation::Organisation;
use crate::cli_server::ChildServer;
use crate::cli_terminal::Terminal;

///
#[test]
fn a_session_is_called_without_a_moment_and_a_role_is_lent_until_a_day() {
    let Organisation { ito, haddad, .. } = &Organisation::new();
    let said = ito.does(&["meeting", "call", "November session"]);
    assert!(said.contains("meeting called"), "{said}");
    let lend = |until: &'static str| {
        let person = "chen@example.org";
        let role = "ai_governance_lead";
        ["person", "delegate", person, role, "--until", until, "--reason", "on leave"]
    };
    let said = haddad.fails(&lend("soon"));
    assert!(said.contains("`soon` is no date: write 2026-06-30"), "{said}");
    assert!(haddad.does(&lend("2099-12-01")).contains("delegated"));
    let qualify = ["person", "qualify", "chen@example.org", "legal", "--passed-on=1.1.26"];
    let said = haddad.fails(&[&qualify[..], &["--proof=x"]].concat());
    assert!(said.contains("write one like 2026-06-30"), "{said}");
}

#[test]
fn the_gate_says_what_to_do_about_a_name_it_does_not_know() {
    let organisation = Organisation::new();
    let digest = format!("sha256:{}", "c".repeat(64));
    let ask = ["gate", "--digest", &digest, "--environment"];
    let said = organisation.rivera.is_refused(&[&ask[..], &["prodd"]].concat());
    assert!(said.contains("there are: production [environment.unknown]"), "{said}");
    let said = organisation.rivera.is_refused(&[&ask[..], &["production"]].concat());
    assert!(said.contains("next: compare the digest"), "{said}");
}

///
#[test]
fn an_allow_on_verbal_authority_is_told_as_one() {
    let organisation = Organisation::new();
    let Organisation { rivera, haddad, .. } = &organisation;
    let model = ["model", "register", "faq", "--title=FAQ", "--tier=low", "--intended-use=x"];
    rivera.does(&model);
    let digest = format!("sha256:{}", "b".repeat(64));
    let artifact = format!("weights:faq-v1={digest}");
    let mut ask = vec!["release", "request", "--model=faq", "--title=faq v1", "--change=new_model"];
    ask.extend(["--summary=The first one", "--artifact", &artifact]);
    let release = rivera.does(&ask).lines().next().unwrap().to_owned();
    let mut claim = vec!["emergency", "claim", &release, "--ground=security_vulnerability"];
    claim.extend(["--explanation=leaks", "--authority-by=haddad@example.org", "--means=phone"]);
    let now = countersign::clock::Clock::Machine.now().to_string();
    let given = |at: &'static str| [&claim[..], &["--authority-at", at]].concat();
    assert!(rivera.is_refused(&given("2020-01-01T00:00:00Z")).contains("ask for it anew"));
    rivera.does(&[&claim[..], &["--authority-at", &now]].concat());
    let gate = ["gate", "--digest", &digest];
    let said = rivera.does(&gate);
    for words in [
        "rests on the verbal authority of R. Haddad (phone",
        "not confirmed: it ends",
        "owed within 5 business days of the deployment: written approval and full papers",
        "still missing:",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    haddad.does(&["emergency", "confirm", &release]);
    assert!(!rivera.does(&gate).contains("not confirmed"));
    let rates = rivera.does(&["emergency", "rates"]);
    assert!(rates.contains("MISUSE") && rates.contains("security_vulnerability"), "{rates}");
}

#[test]
fn a_role_is_remarked_on_before_a_policy_is_published_and_a_used_link_is_explained() {
    let server = ChildServer::start();
    let admin = Terminal::new();
    let use_link = |link: &str, email: &str| {
        let arguments = ["setup", link, "--name", "A", "--email", email, "--password-stdin"];
        admin.run_with(&arguments, "a long enough pass phrase\n")
    };
    let link = server.setup_link().to_owned();
    assert_eq!(use_link(&link, "admin@example.org").code, 0);
    let run = admin.run(&["person", "add", "Jo", "jo@example.org", "--role", "leagl"]);
    assert!(run.code == 0 && run.err.contains("no policy is published yet"), "{}", run.err);
    let again = use_link(&link, "other@example.org");
    assert_ne!(again.code, 0);
    assert!(again.err.contains("ask an administrator for a new one"), "{}", again.err);
}
