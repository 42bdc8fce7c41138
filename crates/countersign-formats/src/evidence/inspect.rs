//! Inspect AI: the logs of an evaluation, as one JSON file or as an archive (`.eval`).
//!
//! A log that was cancelled still holds results, and one that succeeded may hold none; the status,
//! the counts and the samples have to agree before a run counts as whole. Of an archive only the
//! header and the summaries are unpacked: samples can be gigabytes.

mod archived;
mod header;
mod samples;
mod scores;
mod whole;

use self::header::Log;
use self::samples::Samples;
use super::node::{At, Node};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub const READER: Reader = Reader {
    format: "inspect",
    title: "Inspect AI",
    notes: &[
        "a JSON log, or an archive `.eval` whose members are stored, Deflate or Zstandard; of an \
         archive only `header.json` and `summaries.json` are unpacked, at most 4 MiB each",
        "each metric of each score is a measurement with the task as task and the score as slice, \
         its scorer before it where that has another name, a reducer other than `mean` behind it; \
         `stderr` joins `accuracy` and `mean`",
        "`n` is the number of scored samples; a log that does not state it gives completed samples \
         by epochs, and never more than the data set has",
        "`started`, `cancelled`, `error`, an invalidated log, or no score: a failed run, whatever \
         results it holds",
        "samples that were not run, not completed, not scored, ended in an error or are missing \
         from the log: a partial run",
        "edits after the run, limits that samples ran into, failed tool calls and the mock model \
         are warned of",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(is_log) || archived::recognises(upload)
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let mut reading = Reading::new(READER.format);
    reading.tool = Some("inspect_ai".to_owned());
    match upload.json_tree().filter(|root| is_log(root)) {
        Some(root) => {
            let at = At::root();
            let samples = Samples::listed(root.get("samples"), &at.key("samples"));
            read_log(&mut reading, &Log { root, at }, &samples)?;
        }
        None => archived::read(&mut reading, upload)?,
    }
    Ok(reading)
}

fn is_log(root: &Node) -> bool {
    root.get("status").is_some()
        && root.find(&["eval", "task"]).is_some()
        && root.find(&["eval", "model"]).is_some()
}

fn read_log(reading: &mut Reading, log: &Log, samples: &Samples) -> Result<(), Unreadable> {
    log.version()?;
    log.introduce(reading);
    scores::read(reading, log)?;
    samples.warn(reading);
    reading.completeness = whole::completeness(reading, log, samples);
    Ok(())
}
