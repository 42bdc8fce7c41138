//! Evidence readers against the fixtures in `tests/readers/<format>/`.
//!
//! `<case>.<ext>` is read and must give `<case>.expected.json`; `<case>.bad.<ext>` must be refused
//! with `<case>.bad.expected.txt`. Run with `UPDATE_EXPECT=1` to write the expectations anew.

use countersign_core::reading::Reading;
use countersign_formats::evidence::{READERS, Unreadable, Upload, read};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers")
}

/// Every fixture with the format whose folder it stands in.
pub fn fixtures() -> Vec<(String, PathBuf)> {
    let mut all = Vec::new();
    for reader in READERS {
        let Ok(files) = fs::read_dir(folder().join(reader.format)) else {
            panic!("no fixtures for `{}`", reader.format)
        };
        for file in files {
            let path = file.unwrap().path();
            if !path.to_string_lossy().contains(".expected.") {
                all.push((reader.format.to_owned(), path));
            }
        }
    }
    all.sort();
    all
}

fn read_file(path: &Path) -> Result<Option<Reading>, Unreadable> {
    let bytes = fs::read(path).unwrap();
    read(&Upload::new(&path.file_name().unwrap().to_string_lossy(), &bytes))
}

/// Compares with the file, or writes it.
#[track_caller]
pub fn expect_file(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} differs; run with UPDATE_EXPECT=1 and look at the difference\n{actual}",
        path.display()
    );
}

#[test]
fn every_fixture_reads_as_written_beside_it() {
    for (format, path) in fixtures() {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let stem = file.rsplit_once('.').unwrap().0;
        match read_file(&path) {
            Ok(Some(reading)) if !stem.ends_with(".bad") => {
                assert_eq!(reading.format, format, "{}", path.display());
                let json = serde_json::to_string_pretty(&reading).unwrap();
                assert_eq!(serde_json::from_str::<Reading>(&json).unwrap(), reading);
                let expected = path.with_file_name(format!("{stem}.expected.json"));
                expect_file(&expected, &format!("{json}\n"));
            }
            Err(fault) if stem.ends_with(".bad") => {
                let expected = path.with_file_name(format!("{stem}.expected.txt"));
                expect_file(&expected, &format!("{fault}\n"));
            }
            other => panic!("{}: {other:?}", path.display()),
        }
    }
}

#[test]
fn every_format_has_a_good_fixture_and_a_malformed_twin() {
    for reader in READERS {
        let of = |bad: bool| {
            fixtures().into_iter().any(|(format, path)| {
                format == reader.format && path.to_string_lossy().contains(".bad.") == bad
            })
        };
        assert!(of(false) && of(true), "{}", reader.format);
    }
}

#[test]
fn every_measurement_finding_and_check_says_where_it_stands() {
    use countersign_core::reading::Place;
    for (_, path) in fixtures() {
        let Ok(Some(reading)) = read_file(&path) else { continue };
        let places = reading.measurements.iter().map(|it| &it.place);
        let places = places.chain(reading.findings.iter().map(|it| &it.place));
        assert!(!places.into_iter().any(|place| *place == Place::File), "{}", path.display());
    }
}
