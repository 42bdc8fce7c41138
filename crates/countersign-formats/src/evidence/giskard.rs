//! Giskard 2: the report of a scan, and the results of a test suite, as JSON.
//!
//! Neither says what was scanned, by which version, or when. A scan lists the detectors that ran;
//! a file that lists none is no clean scan.

mod scan;
mod suite;

use super::node::{At, Node};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub use scan::GISKARD_LEVELS;

pub const READER: Reader = Reader {
    format: "giskard",
    title: "Giskard",
    notes: &[
        "a scan, `{detector: {level: [text]}}`: each text is a finding; a level that is not in the \
         table below is `unknown`, which counts as the worst",
        "each detector that ran is a check, which passes when it found nothing; the file does not \
         tell an issue whose detector has no name, so compare the number with the report on screen",
        "a test suite, `{test: {result, metric_value}}`: each test is a check, and a measurement \
         named by the test when it has a value",
        "neither model, data set, version, time nor sample size stands in the files",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| scan::is_scan(root) || suite::is_suite(root))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let mut reading = Reading::new(READER.format);
    reading.tool = Some(READER.format.to_owned());
    if suite::is_suite(root) {
        suite::read(&mut reading, root)?;
    } else {
        scan::read(&mut reading, root)?;
    }
    Ok(reading)
}

/// The entries of the file with their places.
fn entries(root: &Node) -> impl Iterator<Item = (&str, &Node, At)> {
    let entries = root.object().into_iter().flat_map(|object| object.iter());
    entries.map(|(key, node)| (key, node, At::root().key(key)))
}

fn fault(at: &At, message: String) -> Unreadable {
    Unreadable::at(at.place(), message).help("attach the file as Giskard wrote it")
}
