//! The log: every event, in order, against its hash, its stream and everything that was signed.

use crate::doctor::{Area, Checkup, EventPlace, Finding, Progress, Report};
use crate::fault::chain;
use crate::sqlite::column::Columns;
use crate::sqlite::log_head::{self, StoredHead};
use crate::sqlite::start::trusted;
use countersign_core::stream::StreamId;
use countersign_proof::{Checkpoint, Frontier, Hash, LogAudit, LogFault, TreeHead, VerifyingKey};
use rusqlite::{Connection, Result, Row};
use std::collections::HashMap;

/// Every event. The doctor reads all of them, one at a time.
const EVENTS: &str = "SELECT position, stream, version, bytes, leaf_hash FROM events
                      ORDER BY position LIMIT -1";

/// After this many findings about events more would not help.
const ENOUGH: usize = 20;

/// How often progress is told, in events.
const STRIDE: u64 = 1_024;

/// Examines the log and gives back its head, as far as it can be read.
pub(super) fn examine(
    connection: &Connection,
    checkup: &Checkup<'_>,
    report: &mut Report,
) -> Option<TreeHead> {
    let mut audit = LogAudit::new(checkup.key.clone());
    expect_marks(connection, checkup.key, &mut audit, report);
    let head = match log_head::stored(connection) {
        Ok(Some(stored)) => expect_head(&stored, checkup.key, &mut audit, report),
        Ok(None) => {
            report.add(Area::Log, "the log has no head");
            None
        }
        Err(error) => {
            report.add(Area::Log, format!("the head cannot be read: {}", chain(&error)));
            None
        }
    };
    let of = head.map_or(0, |head| head.size);
    let mut reading = Reading { audit, versions: HashMap::new(), is_sound: true };
    reading.all(connection, checkup, of, report);
    if let Some(head) = head
        && reading.is_sound
    {
        match reading.audit.finish(head) {
            Ok(sound) => report.head = Some(sound.head),
            Err(fault) => report.findings.push(finding(&fault, None)),
        }
    }
    head
}

/// Marks are signed too: they say between which positions a log that was rewritten first differs.
fn expect_marks(
    connection: &Connection,
    key: &VerifyingKey,
    audit: &mut LogAudit,
    report: &mut Report,
) {
    let marks = match log_head::marks(connection) {
        Ok(marks) => marks,
        Err(error) => {
            let what = format!("the marks of the log cannot be read: {}", chain(&error));
            return report.add(Area::Log, what);
        }
    };
    for mark in marks {
        let expected = trusted(&mark, key).map_err(|fault| fault.chain()).and_then(|_| {
            let expected = audit.expect_checkpoint(mark.checkpoint.as_bytes());
            expected.map_err(|fault| chain(&fault))
        });
        if let Err(what) = expected {
            report.add(Area::Log, format!("the mark at size {}: {what}", mark.size));
        }
    }
}

fn expect_head(
    stored: &StoredHead,
    key: &VerifyingKey,
    audit: &mut LogAudit,
    report: &mut Report,
) -> Option<TreeHead> {
    let head = stored.head.tree;
    match Frontier::from_bytes(&stored.frontier) {
        Ok(frontier) if frontier.head() == head => {}
        Ok(_) => report.add(Area::Log, "the stored frontier does not lead to the stored head"),
        Err(error) => report.add(Area::Log, format!("the stored frontier is damaged: {error}")),
    }
    let note = stored.head.checkpoint.as_bytes();
    match Checkpoint::open(note, key) {
        Ok(signed) if signed.head() == head => {
            if let Err(fault) = audit.expect_checkpoint(note) {
                report.findings.push(finding(&fault, None));
            }
            Some(head)
        }
        Ok(signed) => {
            let (stored, signed) = (head.size, signed.size());
            let what = format!("the head counts {stored} events, its checkpoint {signed}");
            report.add(Area::Log, format!("{what}, or their roots differ"));
            None
        }
        Err(error) => {
            report.add(Area::Log, format!("the head cannot be trusted: {}", chain(&error)));
            None
        }
    }
}

/// One reading of the whole log.
struct Reading {
    audit: LogAudit,
    versions: HashMap<StreamId, u64>,
    is_sound: bool,
}

impl Reading {
    fn all(&mut self, c: &Connection, checkup: &Checkup<'_>, of: u64, report: &mut Report) {
        if let Err(error) = self.each(c, checkup, of, report) {
            self.is_sound = false;
            let what = format!("the log cannot be read from here on: {}", chain(&error));
            let event = Some(EventPlace::at(report.events));
            let remedy = Area::Database.remedy().to_owned();
            report.findings.push(Finding { area: Area::Log, event, what, remedy });
        }
    }

    fn each(
        &mut self,
        c: &Connection,
        checkup: &Checkup<'_>,
        of: u64,
        report: &mut Report,
    ) -> Result<()> {
        let mut statement = c.prepare(EVENTS)?;
        let mut rows = statement.query([])?;
        let mut faults = 0;
        while let Some(row) = rows.next()? {
            if let Err(finding) = self.event(row, checkup, report.events) {
                faults += 1;
                report.findings.push(finding);
            }
            report.events += 1;
            if faults >= ENOUGH {
                break;
            }
            if let Some(progress) = checkup.progress
                && report.events.is_multiple_of(STRIDE)
            {
                progress(Progress::Events { done: report.events, of });
            }
        }
        Ok(())
    }

    /// Checks one event. Once the audit has a fault it says nothing new, so it is not asked again.
    fn event(
        &mut self,
        row: &Row<'_>,
        checkup: &Checkup<'_>,
        due: u64,
    ) -> std::result::Result<(), Finding> {
        let mut place = EventPlace::at(row.get(0).unwrap_or(due));
        place.stream = row.parsed(1).ok();
        place.version = row.get(2).ok();
        let checked = self.envelope(row, checkup, &place);
        if !self.is_sound {
            return checked;
        }
        let fed = match (row.get::<_, Vec<u8>>(3), row.bytes32::<Hash>(4)) {
            (Ok(bytes), Ok(leaf)) => {
                let fed = self.audit.feed(place.position, &bytes, leaf);
                fed.map_err(|fault| finding(&fault, Some(&place)))
            }
            (Err(error), _) | (_, Err(error)) => {
                Err(about(&place, format!("it cannot be read: {}", chain(&error))))
            }
        };
        self.is_sound = fed.is_ok();
        fed.and(checked)
    }

    /// The event's place in its stream, as the row says it and as its bytes say it.
    fn envelope(
        &mut self,
        row: &Row<'_>,
        checkup: &Checkup<'_>,
        place: &EventPlace,
    ) -> std::result::Result<(), Finding> {
        let (Some(stream), Some(version)) = (&place.stream, place.version) else {
            return Err(about(place, "its stream or version cannot be read"));
        };
        let last = self.versions.entry(stream.clone()).or_insert(0);
        let due = *last + 1;
        *last = version;
        if version != due {
            return Err(about(place, format!("version {due} of its stream was due")));
        }
        let Some(envelope) = checkup.envelope else { return Ok(()) };
        match row.get::<_, Vec<u8>>(3).ok().as_deref().and_then(envelope) {
            Some(said) if said == (stream.clone(), version) => Ok(()),
            Some((stream, version)) => {
                Err(about(place, format!("its bytes are version {version} of `{stream}`")))
            }
            None => Err(about(place, "its bytes are not an event")),
        }
    }
}

fn about(place: &EventPlace, what: impl Into<String>) -> Finding {
    let remedy = Area::Log.remedy().to_owned();
    Finding { area: Area::Log, event: Some(place.clone()), what: what.into(), remedy }
}

/// A fault of the audit, with the event it is about: the one just read, or the one missing.
///
/// An event whose position was changed is named by the position it should have, because the one it
/// claims may be that of a sound event.
fn finding(fault: &LogFault, read: Option<&EventPlace>) -> Finding {
    let event = match (fault, read) {
        (LogFault::OutOfOrder { due, .. }, Some(read)) => {
            Some(EventPlace { position: *due, ..read.clone() })
        }
        (_, Some(read)) if fault.position().is_none_or(|position| position == read.position) => {
            Some(read.clone())
        }
        _ => fault.position().map(EventPlace::at),
    };
    let remedy = fault.remedy().to_owned();
    Finding { area: Area::Log, event, what: chain(fault), remedy }
}
