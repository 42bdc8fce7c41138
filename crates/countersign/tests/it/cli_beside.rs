//! Incidents, risks and sandbox exclusions by the command line.

use crate::cli_organisation::Organisation;

fn named(said: &str, kind: &str) -> String {
    let rest = said.split(&format!("{kind}/")).nth(1).unwrap_or_else(|| panic!("{said}"));
    rest.split(':').next().unwrap().to_owned()
}

///
#[test]
fn incidents_risks_and_sandboxes_are_kept_by_the_command_line() {
    let organisation = Organisation::new();
    let model = ["model", "register", "chat", "--title=Chat", "--tier=low", "--intended-use=x"];
    organisation.rivera.does(&model);
    incidents(&organisation);
    risks(&organisation);
    sandboxes(&organisation);
}

fn incidents(Organisation { rivera, chen, haddad, .. }: &Organisation) {
    let opened = chen.does(&[
        "incident",
        "open",
        "--title=Wrong customer",
        "--text=two agents reported it",
        "--severity=high",
        "--model=chat",
    ]);
    let incident = named(&opened, "incident");
    chen.does(&["incident", "note", &incident, "--text=the index is rebuilt"]);
    haddad.does(&["incident", "assign", &incident, "rivera@example.org"]);
    haddad.does(&["incident", "severity", &incident, "critical", "--reason=it goes on"]);
    let shown = chen.does(&["incident", "show", &incident]);
    assert!(shown.contains("somebody who may suspend has to decide"), "{shown}");
    let decided = ["incident", "suspension", &incident, "not_needed", "--reason=switched off"];
    assert!(rivera.is_refused(&decided).contains("may not decide about a suspension"));
    haddad.does(&decided);
    let linked = ["incident", "link", &incident, "--criterion=nothing"];
    assert!(rivera.is_refused(&linked).contains("criterion"));
    haddad.does(&["incident", "close", &incident, "--outcome=corrected", "--root-cause=stale"]);
    let shown = chen.does(&["incident", "show", &incident]);
    assert!(shown.contains("root cause") && shown.contains("the index is rebuilt"), "{shown}");
    assert!(chen.does(&["incident", "criteria"]).contains("no incident is linked"));
    assert!(chen.does(&["entries", "incident"]).contains("Wrong customer"));
}

fn risks(Organisation { rivera, chen, .. }: &Organisation) {
    let review = "--review-by=2027-01-29";
    let enter = [
        "risk",
        "enter",
        "risk-9",
        "--title=Wrong",
        "--description=somebody is harmed",
        "--likelihood=2",
        "--impact=5",
        "--treatment=reduce",
        review,
        "--model=chat",
    ];
    assert!(chen.is_refused(&enter).contains("may not enter a risk"));
    rivera.does(&enter);
    assert!(chen.does(&["risk", "show", "RISK-9"]).contains("high"));
    let again = [
        "risk",
        "reassess",
        "risk-9",
        "--likelihood=1",
        "--impact=5",
        "--treatment=accept",
        review,
        "--note=a notice was added",
    ];
    rivera.does(&again);
    rivera.does(&["risk", "owner", "risk-9", "chen@example.org", "--reason=her product"]);
    assert!(chen.is_refused(&["risk", "link", "risk-9", "--model=chat"]).contains("already"));
    chen.does(&["risk", "close", "risk-9", "--reason=gone"]);
}

fn sandboxes(Organisation { chen, .. }: &Organisation) {
    let claim = |data: &str| {
        ["sandbox", "claim", "--title=Tone", "--description=invented", "--real-users=no", data]
            .map(str::to_owned)
            .into_iter()
            .chain(["--until=2026-12-24".to_owned()])
            .collect::<Vec<_>>()
    };
    assert!(chen.is_refused(&claim("--real-data=yes")).contains("real data"));
    let exclusion = named(&chen.does(&claim("--real-data=no")), "sandbox");
    assert!(chen.does(&["sandbox", "show", &exclusion]).contains("invented"));
    chen.does(&["sandbox", "end", &exclusion, "--reason=it is over"]);
}
