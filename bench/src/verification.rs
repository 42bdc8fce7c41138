//! W5: what the doctor does with the log, against hashing the same bytes from memory.

use crate::Bench;
use crate::arguments::Part;
use crate::failure::{Failure, Told};
use crate::figure::{Row, Unit};
use crate::installation::{Installation, blocking, open};
use crate::stopwatch::{Stopwatch, timed};
use countersign::boot;
use countersign_core::event::Envelope;
use countersign_proof::leaf_hash;
use countersign_store::{Checkup, Progress, examine};
use std::cell::Cell;
use std::time::Duration;

/// How many events are hashed from memory, at most.
const IN_MEMORY: u32 = 1_000;

/// Measures the audit of the whole log.
pub fn measure(
    bench: &Bench<'_>,
    installation: &Installation,
    rows: &mut Vec<Row>,
) -> Result<(), Failure> {
    let events = blocking(async {
        let app = open(&installation.folder).await?;
        app.store.since(0, IN_MEMORY).await.told("read the log")
    })?;
    let bytes: usize = events.iter().map(|event| event.bytes.len()).sum();
    let hash = || events.iter().map(|event| leaf_hash(&event.bytes).as_bytes()[0]).max();
    let repeat = 200;
    let hashed = |_| timed(|| (0..repeat).filter_map(|_| hash()).max()).1;
    let fastest = (0..bench.arguments.rounds()).map(hashed).min().unwrap_or_default();
    let limit = (events.len() * repeat) as f64 / fastest.as_secs_f64();
    let mut best: Option<Audited> = None;
    for _ in 0..bench.arguments.rounds().min(2) {
        let audited = audit(installation)?;
        if best.as_ref().is_none_or(|best| audited.log < best.log) {
            best = Some(audited);
        }
    }
    let Some(audited) = best else { return Ok(()) };
    let rate = audited.events as f64 / audited.log.as_secs_f64();
    let average = bytes / events.len().max(1);
    let whole = format!("{} events of {average} bytes; limit: hashing in memory", audited.events);
    rows.push(
        Row::new(Part::W5, "audit of the log", Unit::PerSecond, rate).limit(limit).note(whole),
    );
    let all = audited.events as f64 / audited.all.as_secs_f64();
    let note = "with SQLite's own integrity check, texts and requests";
    rows.push(Row::new(Part::W5, "the whole examination", Unit::PerSecond, all).note(note));
    Ok(())
}

struct Audited {
    events: u64,
    /// The part that reads the log.
    log: Duration,
    all: Duration,
}

fn audit(installation: &Installation) -> Result<Audited, Failure> {
    let key = boot::log_key(&installation.folder).told("read the log's key")?;
    let url = format!("sqlite:{}", installation.folder.join("countersign.db").display());
    let begun = Stopwatch::start();
    let (first, last) = (Cell::new(None), Cell::new((0, begun)));
    let progress = |progress: Progress| {
        if let Progress::Events { done, .. } = progress {
            let now = Stopwatch::start();
            first.set(first.get().or(Some((done, now))));
            last.set((done, now));
        }
    };
    let envelope = |bytes: &[u8]| {
        let envelope = Envelope::decode(bytes).ok()?;
        Some((envelope.stream, envelope.version))
    };
    let checkup = Checkup {
        key: key.verifying_key(),
        head_file: None,
        blobs: None,
        envelope: Some(envelope),
        progress: Some(&progress),
    };
    let report = examine(&url, &checkup).told("examine the database")?;
    if let Some(finding) = report.findings.first() {
        return Err(Failure::plain(format!("the database is not sound: {}", finding.what)));
    }
    let all = begun.elapsed();
    let Some((skipped, start)) = first.get() else {
        return Ok(Audited { events: report.events, log: all, all });
    };
    let (done, end) = last.get();
    Ok(Audited { events: done - skipped, log: start.until(end), all })
}
