//! Records by the command line: what is kept, holds, purges, erasures, copies.

use crate::cli_organisation::Organisation;

///
#[test]
fn records_are_held_exported_verified_and_erased_by_the_command_line() {
    let organisation = Organisation::new();
    let Organisation { admin, rivera, chen, haddad, .. } = &organisation;
    let model = ["model", "register", "chat", "--title=Chat", "--tier=low", "--intended-use=x"];
    rivera.does(&model);
    let asked = rivera.does(&[
        "release",
        "request",
        "--model=chat",
        "--title=chat v1",
        "--change=new_model",
        "--summary=the first",
        "--artifact",
        "weights:chat=sha256:5a3f1c0d9b8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a",
    ]);
    let id = asked.split_whitespace().find(|word| word.starts_with("r-")).unwrap_or_default();
    let id = id.trim_end_matches([':', ',', '.']).to_owned();
    let shown = chen.does(&["release", "records", &id]);
    assert!(shown.contains("kept until it is decided"), "{shown}");
    assert!(shown.contains("Request and checklist"), "{shown}");

    let hold = ["hold", "place", "--model=chat", "--reason=a court asks"];
    assert!(haddad.is_refused(&hold).contains("may not place a legal hold"));
    let purge = ["purge", "propose", &id, "--reason=old"];
    assert!(rivera.is_refused(&purge).contains("the records are kept"));
    let text = ["erase", "text", "--release", &id, "--event=1", "--reason=a name"];
    assert!(rivera.is_refused(&text).contains("you may not"));
    admin.does(&text);
    assert!(rivera.does(&["release", "show", &id, "--json"]).contains("was erased"));

    let said = rivera.does(&["export", "release", &id, "--out=copy"]);
    assert!(said.contains("copy/index.html"), "{said}");
    let verified = rivera.does(&["verify", "copy"]);
    assert!(verified.contains("\nsound"), "{verified}");
    rivera.file("copy/dossier.json", "{}");
    let wrong = rivera.is_refused(&["verify", "copy"]);
    assert!(wrong.contains("dossier.json is not as the manifest says"), "{wrong}");
    assert!(rivera.fails(&["verify", "nowhere"]).contains("cannot read"));

    admin.does(&["erase", "person", "chen@example.org", "--reason=asked for it"]);
    assert!(!admin.does(&["person", "list"]).contains("S. Chen"));
}
