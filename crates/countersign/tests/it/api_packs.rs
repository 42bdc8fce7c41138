//! Packs that somebody changed with care: every file is rewritten in turn, and the manifest with it.

use crate::api_controls::gate;
use crate::api_path as path;
use crate::world::{Client, World};
use countersign::pack::unpack::unpack;
use countersign::pack::verify::{self, Checked};
use countersign_core::digest::Sha256;
use countersign_proof::VerifyingKey;
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Taken {
    folder: TempDir,
    key: VerifyingKey,
}

impl Taken {
    async fn at(client: &Client, path: &str) -> Self {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let folder = tempfile::tempdir().unwrap();
        unpack(&answer.body[..], folder.path()).unwrap();
        let key = client.get("/log/key").await.text().trim().parse().unwrap();
        Self { folder, key }
    }

    fn file(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap()
    }

    fn check(&self) -> Checked {
        verify::folder(self.folder.path(), Some(&self.key)).unwrap()
    }

    fn listed(&self) -> Vec<String> {
        let sums = self.text("SHA256SUMS");
        sums.lines().map(|line| line.split_once("  ").unwrap().1.to_owned()).collect()
    }

    /// The manifest of the files as they are now.
    fn list_anew(&self) {
        let mut sums = String::new();
        for path in self.listed() {
            let digest = Sha256::of(&fs::read(self.file(&path)).unwrap());
            writeln!(sums, "{}  {path}", digest.hex()).unwrap();
        }
        fs::write(self.file("SHA256SUMS"), sums).unwrap();
    }

    /// What is found when one file says something else and the manifest was written anew.
    fn forged(&self, path: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<String> {
        let (before, sums) = (fs::read(self.file(path)).unwrap(), self.text("SHA256SUMS"));
        let changed = change(&before);
        assert_ne!(changed, before, "{path} was not changed");
        fs::write(self.file(path), changed).unwrap();
        self.list_anew();
        let found = self.check();
        fs::write(self.file(path), before).unwrap();
        fs::write(self.file("SHA256SUMS"), sums).unwrap();
        found.faults
    }

    fn replaced(&self, path: &str, from: &str, to: &str) -> Vec<String> {
        self.forged(path, |bytes| String::from_utf8_lossy(bytes).replacen(from, to, 1).into_bytes())
    }

    fn every_file_is_watched(&self) {
        let sound = self.check();
        assert!(sound.is_sound(), "{:#?}", sound.faults);
        let listed = self.listed();
        assert!(listed.len() > 20, "{listed:?}");
        for path in listed {
            let faults = self.forged(&path, |bytes| [bytes, b" "].concat());
            let signature = |fault: &&String| fault.starts_with("SHA256SUMS.note does not sign");
            // With another key or head nothing is believed; everything else the signature finds.
            assert!(faults.iter().any(|fault| signature(&fault)), "{path}: {faults:?}");
        }
        assert!(self.check().is_sound());
    }
}

async fn of_release(world: &World, id: &str) -> Taken {
    Taken::at(&world.person("audrey"), &format!("/releases/{id}/export")).await
}

async fn deployed() -> (World, String) {
    let world = World::new().await;
    world.person("admin").send("/controls", gate()).await.ok();
    let id = path::approved(&world).await;
    world.at("2026-05-12T10:00:00Z");
    let to = json!({"environment": "production", "change_reference": "CHG-7"});
    world.person("rivera").post(&format!("/releases/{id}/deployments"), to).await.ok();
    (world, id)
}

async fn of_control(world: &World) -> Taken {
    let path = "/controls/CHM-002/evidence?from=2026-05-01&to=2026-05-31";
    Taken::at(&world.person("audrey"), path).await
}

fn names(faults: &[String], file: &str) -> bool {
    faults.iter().any(|fault| fault.starts_with(&format!("{file} is not what the events lead to")))
}

///
#[tokio::test]
async fn a_file_of_a_releases_copy_that_was_changed_with_its_manifest_is_found() {
    let (world, id) = deployed().await;
    let taken = of_release(&world, &id).await;
    taken.every_file_is_watched();
    // What the events tell is told anew, whoever signed.
    for (file, from, to) in [
        ("release.json", "\"state\": \"deployed\"", "\"state\": \"rejected\""),
        ("release.json", "J. Rivera", "K. Ito"),
        ("release.json", "\"outcome\": \"met\"", "\"outcome\": \"unmet\""),
        ("records.json", "\"state\": \"there\"", "\"state\": \"nothing\""),
        ("index.html", "J. Rivera", "K. Ito"),
    ] {
        let faults = taken.replaced(file, from, to);
        assert!(names(&faults, file), "{file}, {from}: {faults:?}");
    }
    // Names stand in no event: whoever changes them everywhere meets the signature.
    let faults = taken.replaced("people.json", "J. Rivera", "K. Ito");
    assert!(faults.iter().any(|fault| fault.contains("does not sign")), "{faults:?}");
    let found = taken.check();
    assert!(found.recomputed.join(" ").contains("release.json"), "{found:?}");
    assert!(found.vouched.join(" ").contains("people.json"), "{found:?}");
    assert!(found.proved.join(" ").contains("dossier.json"), "{found:?}");
}

///
#[tokio::test]
async fn the_copy_of_a_draft_is_told_anew_as_far_as_its_events_go() {
    let mut world = World::new().await;
    let id = path::prepared(&world).await;
    world.at("2026-05-20T00:00:00Z");
    world.sign_in_again().await;
    let taken = of_release(&world, &id).await;
    let found = taken.check();
    assert!(found.is_sound(), "{:?}", found.faults);
    assert!(found.vouched.join(" ").contains("of a draft"), "{found:?}");
    let faults = taken.replaced("release.json", "\"state\": \"draft\"", "\"state\": \"approved\"");
    assert!(names(&faults, "release.json"), "{faults:?}");
}

///
#[tokio::test]
async fn a_file_of_a_controls_pack_that_was_changed_with_its_manifest_is_found() {
    let (world, _) = deployed().await;
    let taken = of_control(&world).await;
    taken.every_file_is_watched();
    for (file, from, to) in [
        ("index.html", "J. Rivera", "K. Ito"),
        ("approvals.csv", "J. Rivera", "K. Ito"),
        ("approvals.csv", "2026-05-1", "2026-04-1"),
        ("tests.csv", "held", "missing"),
        ("deployments.csv", "CHG-7", "CHG-8"),
        ("checklists.json", "complete", "waived"),
        ("exceptions.csv", "release", "version"),
        ("pack.json", "CHG-7", "CHG-8"),
    ] {
        let faults = taken.replaced(file, from, to);
        assert!(names(&faults, file), "{file}, {from}: {faults:?}");
    }
    let faults = taken.replaced("control.yaml", "A gate before", "No gate before");
    let other = "control.yaml is not the control that was published";
    assert!(faults.iter().any(|fault| fault == other), "{faults:?}");
    let found = taken.check();
    assert!(found.recomputed.contains(&"approvals.csv".to_owned()), "{found:?}");
    assert!(found.vouched.join(" ").contains("names of people"), "{found:?}");
}

///
#[tokio::test]
async fn a_pack_without_a_signature_by_the_key_of_the_log_is_not_sound() {
    let (world, id) = deployed().await;
    for taken in [of_release(&world, &id).await, of_control(&world).await] {
        fs::remove_file(taken.file("SHA256SUMS.note")).unwrap();
        let faults = taken.check().faults;
        assert!(
            faults.len() == 1 && faults[0].contains("SHA256SUMS.note is missing"),
            "{faults:?}"
        );
    }
    let (ours, other) = (of_release(&world, &id).await, World::new().await);
    let theirs = path::approved(&other).await;
    let theirs = of_release(&other, &theirs).await;
    fs::copy(theirs.file("SHA256SUMS.note"), ours.file("SHA256SUMS.note")).unwrap();
    let faults = ours.check().faults;
    assert!(faults[0].contains("not signed by a trusted key"), "{faults:?}");
}

#[test]
fn a_folder_without_a_manifest_is_told_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let error = verify::folder(folder.path(), None).unwrap_err().to_string();
    assert!(error.contains("it holds no SHA256SUMS"), "{error}");
    let nowhere = verify::folder(Path::new("/nowhere/at/all"), None).unwrap_err();
    assert_eq!(nowhere.kind(), std::io::ErrorKind::NotFound);
}
