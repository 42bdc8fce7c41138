//! Controls by the command line: checked, published, shown, and their evidence in a folder.

use crate::cli_organisation::Organisation;
use crate::cli_terminal::Terminal;

const GATE: &str = include_str!("../../../../catalog/controls/chm-002.yaml");

/// The control of the catalog with the one runbook that the organisation published.
fn gate() -> String {
    let (before, rest) = GATE.split_once("  runbooks:\n").unwrap();
    let rest = &rest[rest.find("  items:").unwrap()..];
    format!("{before}  runbooks: [prompt-change]\n{rest}")
}

///
#[test]
fn a_control_file_is_checked_without_a_server() {
    let person = Terminal::new();
    let sound = person.file("gate.yaml", GATE);
    let said = person.does(&["control", "check", &sound]);
    assert!(said.contains("gate.yaml: ok, CHM-002 1.0: A gate before production"), "{said}");
    let broken = person.file("broken.yaml", &GATE.replace("effort: medium", "effort: huge"));
    let said = person.is_refused(&["control", "check", &broken]);
    assert!(said.contains("broken.yaml: not usable") && said.contains("huge"), "{said}");
}

///
#[test]
fn one_command_writes_the_evidence_of_a_period_and_another_checks_it() {
    let Organisation { admin, haddad, .. } = &Organisation::new();
    let dangling = admin.file("dangling.yaml", GATE);
    assert!(admin.is_refused(&["control", "publish", &dangling]).contains("agent-release"));
    let file = admin.file("gate.yaml", &gate());
    let said = admin.does(&["control", "publish", &file]);
    assert!(said.contains("published CHM-002 1.0"), "{said}");
    assert!(haddad.does(&["control", "list"]).contains("A gate before production"));
    let shown = haddad.does(&["control", "show", "CHM-002"]);
    assert!(shown.contains("criterion hallucination_rate") && !shown.contains("NOT THERE"));
    let days = ["--from=2026-01-01", "--to=2026-03-31"];
    let level = haddad.is_refused(&["control", "maturity", "CHM-002", days[0], days[1]]);
    assert!(level.contains("not known"), "{level}");

    let out = haddad.home().join("audit").display().to_string();
    let take = ["control", "evidence", "CHM-002", days[0], days[1], "--out", &out];
    assert!(haddad.does(&take).ends_with("sound\n"));
    assert!(haddad.fails(&take).contains("holds something already"));
    let page = std::fs::read_to_string(haddad.home().join("audit/index.html")).unwrap();
    assert!(page.contains("No deployment was recorded in this period."));
    let key = haddad.home().join("audit/log/key").display().to_string();
    assert!(haddad.does(&["verify", &out, "--key", &key]).contains("as the manifest says"));
    std::fs::write(haddad.home().join("audit/deployments.csv"), "release\r\n").unwrap();
    let said = haddad.is_refused(&["verify", &out]);
    assert!(said.contains("deployments.csv is not as the manifest says"), "{said}");
}
