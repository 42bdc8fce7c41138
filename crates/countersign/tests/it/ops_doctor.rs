//! The doctor on an installation that was really used.

use super::ops_house::{approved, house, submitted};
use countersign::config::Config;
use countersign::doctor::{Diagnosis, Examination, Replay, examine};
use countersign_store::{Snapshot, StoredEvent};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// An installation with this many approved releases, its server ended.
async fn installation(releases: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let world = house(|config| config.data = folder.path().to_owned()).await;
    for number in 0..releases {
        approved(&world, &format!("summarizer v{number}")).await;
    }
    submitted(&world, "summarizer, the next").await;
    drop(world);
    folder
}

fn diagnose(data: &Path, replay: Replay) -> Diagnosis {
    let config = Config::in_folder(data);
    examine(&Examination { config: &config, replay, progress: None }).unwrap()
}

fn database(data: &Path) -> PathBuf {
    data.join("countersign.db")
}

fn events(data: &Path) -> Vec<StoredEvent> {
    let url = Config::in_folder(data).store_url();
    Snapshot::of(&url).unwrap().since(0, 1000).unwrap()
}

/// Where these bytes lie in a file.
fn places_of(bytes: &[u8], content: &[u8]) -> Vec<usize> {
    let windows = content.windows(bytes.len()).enumerate();
    windows.filter(|(_, window)| *window == bytes).map(|(at, _)| at).collect()
}

/// Runs with one byte of a file changed, then puts it back.
fn with_byte_changed<T>(file: &Path, at: usize, run: impl FnOnce() -> T) -> T {
    let original = fs::read(file).unwrap();
    let mut changed = original.clone();
    changed[at] ^= 0x15;
    fs::write(file, changed).unwrap();
    let result = run();
    fs::write(file, original).unwrap();
    result
}

/// Positions spread over a length, a different distance apart each time.
fn spread(length: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..count).map(move |number| (number * length / count + number * number * 7919) % length)
}

/// I-08
#[tokio::test]
async fn what_was_really_done_is_sound() {
    let folder = installation(3).await;
    let diagnosis = diagnose(folder.path(), Replay::Compared);
    assert!(diagnosis.is_sound(), "{diagnosis:?}");
    let replay = diagnosis.replay.unwrap();
    assert_eq!(diagnosis.store.events, events(folder.path()).len() as u64);
    assert_eq!((replay.streams, replay.files), (4 + 1 + 1, 2));
    assert!(replay.rows > 0);
}

/// I-08
#[tokio::test]
async fn the_doctor_may_look_beside_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let world = house(|config| config.data = folder.path().to_owned()).await;
    approved(&world, "summarizer v1").await;
    assert!(diagnose(folder.path(), Replay::Compared).is_sound());
}

/// I-08
#[tokio::test]
async fn a_changed_event_is_named_by_position_stream_and_version() {
    let folder = installation(20).await;
    let (data, file) = (folder.path(), database(folder.path()));
    let content = fs::read(&file).unwrap();
    let stored = events(data);
    assert!(stored.len() >= 100, "{}", stored.len());
    let mut named = 0;
    for event in stored.iter().step_by(6) {
        // A page that was split leaves copies of its events in space that is free now.
        for start in places_of(&event.bytes, &content) {
            let at = start + event.bytes.len() / 2;
            let (diagnosis, same) = with_byte_changed(&file, at, || {
                (diagnose(data, Replay::Compared), events(data) == stored)
            });
            let Some(first) = diagnosis.first_bad_event() else {
                assert!(same, "event {} was changed, and nobody noticed", event.position);
                continue;
            };
            let place = (first.position, first.stream.clone(), first.version);
            let expected = (event.position, Some(event.stream.clone()), Some(event.version));
            assert_eq!(place, expected, "{diagnosis:?}");
            named += 1;
        }
    }
    assert!(named >= 10, "{named}");
    assert!(diagnose(data, Replay::Compared).is_sound());
}

/// I-08
#[tokio::test]
async fn one_byte_changed_anywhere_is_harmless_or_found() {
    let folder = installation(20).await;
    let (data, file) = (folder.path(), database(folder.path()));
    let stored = events(data);
    let length = fs::metadata(&file).unwrap().len() as usize;
    let mut faults = 0;
    for at in spread(length, 96) {
        let (sound, same) = with_byte_changed(&file, at, || {
            let sound = diagnose(data, Replay::Compared).is_sound();
            (sound, sound && events(data) == stored)
        });
        assert!(!sound || same, "byte {at} was changed, and nobody noticed");
        faults += usize::from(!sound);
    }
    assert!(faults > 25, "much of the database is facts: {faults}");
}

/// I-08
#[tokio::test]
async fn one_byte_changed_in_the_head_or_a_file_is_always_found() {
    let folder = installation(1).await;
    let data = folder.path();
    let head = data.join("countersign.db.head");
    for at in 0..fs::metadata(&head).unwrap().len() as usize {
        let diagnosis = with_byte_changed(&head, at, || diagnose(data, Replay::Skipped));
        assert!(!diagnosis.is_sound(), "byte {at} of the head");
    }
    for blob in blobs(data) {
        let length = fs::metadata(&blob).unwrap().len() as usize;
        for at in spread(length, 12) {
            let diagnosis = with_byte_changed(&blob, at, || diagnose(data, Replay::Skipped));
            assert!(!diagnosis.is_sound(), "byte {at} of `{}`", blob.display());
        }
    }
}

fn blobs(data: &Path) -> Vec<PathBuf> {
    let groups = fs::read_dir(data.join("blobs/sha256")).unwrap().map(|group| group.unwrap());
    let files = groups.flat_map(|group| fs::read_dir(group.path()).unwrap());
    files.map(|file| file.unwrap().path()).collect()
}

/// I-08
#[tokio::test]
async fn a_published_document_that_is_gone_is_missed() {
    let folder = installation(0).await;
    fs::remove_file(&blobs(folder.path())[0]).unwrap();
    let diagnosis = diagnose(folder.path(), Replay::Compared);
    assert!(diagnosis.store.is_sound());
    let findings = diagnosis.replay.unwrap().findings;
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].what.contains("is missing"), "{findings:?}");
}

#[tokio::test]
async fn the_command_says_sound_wrong_or_unreadable_by_its_exit_code() {
    let folder = installation(1).await;
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        let output = command.arg("doctor").args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), text, String::from_utf8(output.stderr).unwrap())
    };
    let data = folder.path().to_str().unwrap();
    let (code, text, _) = run(&["--data", data, "--replay"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Everything is sound."), "{text}");

    let head = folder.path().join("countersign.db.head");
    let (code, text, _) = with_byte_changed(&head, 3, || run(&["--data", data, "--json"]));
    assert_eq!(code, 1, "{text}");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["sound"], false);
    assert_eq!(json["store"]["findings"][0]["area"], "head_file");

    let elsewhere = folder.path().join("nowhere");
    let (code, _, error) = run(&["--data", elsewhere.to_str().unwrap()]);
    assert_eq!(code, 2);
    assert!(error.contains("there is no database") && error.contains("--data"), "{error}");
}
