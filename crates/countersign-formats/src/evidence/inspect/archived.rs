//! A log kept as an archive: its header, its summaries, and the names of its samples.

use super::super::archive::{self, Archive};
use super::super::json;
use super::super::measured::warn;
use super::super::node::{At, Node};
use super::super::text::{quoted, utf8};
use super::super::unreadable::Unreadable;
use super::super::upload::Upload;
use super::header::Log;
use super::samples::Samples;
use countersign_core::reading::{Completeness, Place, Reading};

const HEADER: &str = "header.json";
const START: &str = "_journal/start.json";
const SUMMARIES: &str = "summaries.json";
/// The most values in a member that is read: a member is small packed and must not grow large.
const MAX_VALUES: usize = 200_000;

/// Whether this is such an archive. The name decides only for an archive that cannot be opened.
pub fn recognises(upload: &Upload) -> bool {
    let bytes = upload.bytes();
    if !archive::looks_like_one(bytes) {
        return false;
    }
    let first = archive::first_name(bytes).unwrap_or_default();
    first.starts_with("_journal/")
        || upload.has_extension("eval")
        || Archive::open(bytes).is_ok_and(|archive| holds_a_log(&archive))
}

fn holds_a_log(archive: &Archive) -> bool {
    archive.has(START) || matches!(parsed(archive, HEADER), Ok(Some(root)) if super::is_log(&root))
}

/// Adds the archive's log to a reading.
pub fn read(reading: &mut Reading, upload: &Upload) -> Result<(), Unreadable> {
    let archive = Archive::open(upload.bytes())?;
    for name in archive.twins() {
        if !is_sample(name) {
            let message = format!("the member {} stands twice", quoted(name));
            return Err(Unreadable::at(Place::File, message)
                .help("attach the archive as the tool wrote it"));
        }
        let message = format!("the member {} stands twice: a sample was run again", quoted(name));
        warn(reading, Place::File, message);
    }
    let Some(root) = parsed(&archive, HEADER)? else {
        return unfinished(reading, &archive);
    };
    let at = At::member(HEADER);
    if !super::is_log(&root) {
        return Err(Unreadable::at(at.place(), "the header is that of no log")
            .help("attach the archive as the tool wrote it"));
    }
    let samples = samples(reading, &archive);
    super::read_log(reading, &Log { root: &root, at }, &samples)
}

/// A run that never wrote its header: what it was about, and nothing to judge.
fn unfinished(reading: &mut Reading, archive: &Archive) -> Result<(), Unreadable> {
    let Some(root) = parsed(archive, START)? else {
        return Err(Unreadable::at(Place::File, "the archive holds no `header.json`")
            .help("attach the log as Inspect wrote it"));
    };
    let at = At::member(START);
    Log { root: &root, at: at.clone() }.introduce(reading);
    let what = "the run wrote no `header.json`, so it never came to its end".to_owned();
    reading.completeness = Completeness::Failed { what, place: at.place() };
    Ok(())
}

/// What the summaries say of the samples, and how many samples the archive holds.
fn samples(reading: &mut Reading, archive: &Archive) -> Samples {
    let at = At::member(SUMMARIES);
    let summaries = parsed(archive, SUMMARIES).unwrap_or_else(|fault| {
        warn(reading, at.place(), format!("the summaries are not read: {}", fault.message));
        None
    });
    let mut names: Vec<&str> = archive.names().filter(|name| is_sample(name)).collect();
    names.dedup();
    let mut samples = Samples::listed(summaries.as_ref(), &at);
    samples.count = Some(names.len() as u64);
    samples
}

fn is_sample(name: &str) -> bool {
    name.starts_with("samples/") && name.ends_with(".json")
}

fn parsed(archive: &Archive, name: &str) -> Result<Option<Node>, Unreadable> {
    let Some(content) = archive.read(name)? else { return Ok(None) };
    let inside = |mut fault: Unreadable| {
        fault.message = format!("{} in {}", fault.message, quoted(name));
        fault
    };
    let text = utf8(&content).map_err(inside)?;
    json::parse_within(text, MAX_VALUES).map(Some).map_err(inside)
}
