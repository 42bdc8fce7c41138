//! The limit under every durable command: how often this disk flushes.

use crate::failure::{Failure, Told};
use crate::stopwatch::Stopwatch;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// Writes and flushes one page after the other; gives flushes in a second.
pub fn rate(folder: &Path, time: Duration) -> Result<f64, Failure> {
    let path = folder.join("flushed");
    let mut file = File::create(&path).told("create a file to flush")?;
    let (page, begun) = ([7u8; 4096], Stopwatch::start());
    let mut flushes = 0u32;
    while begun.elapsed() < time {
        file.write_all(&page).told("write a page")?;
        file.sync_data().told("flush a page")?;
        flushes += 1;
    }
    let rate = f64::from(flushes) / begun.elapsed().as_secs_f64();
    std::fs::remove_file(&path).told("remove the flushed file")?;
    Ok(rate)
}
