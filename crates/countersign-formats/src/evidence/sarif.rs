//! SARIF 2.1.0: defects found by scanners.
//!
//! Severity comes from one visible table ([`SEVERITY_TABLE`]). A suppression counts only when no
//! one is still arguing about it. A run that failed, was never made, or keeps its results in
//! another file is no clean scan, however empty it looks.

mod finding;
mod rules;
mod run;
mod severity;

pub use severity::{SEVERITY_TABLE, Says, SeverityRow};

use super::ids::Ids;
use super::node::{At, Node};
use super::text::quoted;
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::{Completeness, Reading};

pub const READER: Reader = Reader {
    format: "sarif-2.1.0",
    title: "SARIF 2.1.0",
    notes: &[
        "each result of kind `fail`, or of none, is a finding; `pass`, `notApplicable` and \
         `informational` are not, `open` and `review` are warned of",
        "suppressed: at least one suppression, none of them `underReview` or `rejected`",
        "`baselineState` `absent`: the finding is gone",
        "a finding keeps its name from scan to scan by `fingerprints`, by `partialFingerprints` \
         with rule and file, else by rule, file and line",
        "no run, a run without `results`, `executionSuccessful` false: a failed run; a tool error, \
         or results kept in other files: a partial one",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| {
        let schema = root.get("$schema").and_then(Node::text).unwrap_or_default();
        root.get("runs").is_some_and(|runs| runs.list().is_some())
            && (root.get("version").is_some() || schema.contains("sarif"))
    })
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let version = root.get("version").and_then(Node::scalar).unwrap_or_default();
    if version != "2.1.0" {
        let message = format!("SARIF version {} is not read", quoted(&version));
        return Err(Unreadable::at(At::root().key("version").place(), message)
            .help("write SARIF 2.1.0; `sarif-multitool transform` converts older files"));
    }
    let mut reading = Reading::new(READER.format);
    let runs = root.get("runs").and_then(Node::list).unwrap_or_default();
    let at = At::root().key("runs");
    if runs.is_empty() {
        let what = "the file holds no run".to_owned();
        reading.completeness = Completeness::Failed { what, place: at.place() };
    }
    let mut ids = Ids::default();
    for (index, run) in runs.iter().enumerate() {
        run::read(&mut reading, run, &at.index(index), &mut ids)?;
    }
    Ok(reading)
}
