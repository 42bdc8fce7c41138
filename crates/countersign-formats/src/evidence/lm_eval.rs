//! EleutherAI's lm-evaluation-harness: results of today's layout (from 0.4), results of the layout
//! of 2022 and 2023, and the per-sample log.
//!
//! The model named in the file is a claim. Its arguments may hold internal paths and hosts; only a
//! short list of harmless ones is shown.

mod results;
mod samples;
mod subject;

use super::unreadable::Unreadable;
use super::{Reader, Upload};
use countersign_core::reading::Reading;

pub const READER: Reader = Reader {
    format: "lm-eval",
    title: "lm-evaluation-harness",
    notes: &[
        "`acc,none` is the metric `acc` with the slice `none`; `acc_stderr,none` joins it; `n` is \
         the effective number of samples; the direction comes from `higher_is_better`",
        "a group is read once, from `results`",
        "fewer samples used than the task has, or a `limit` with no counts: a partial run; no \
         result: a failed run",
        "the layout of 2022 and 2023 states neither filter, direction nor sample counts",
        "a model name that is a path is warned of; paths, hosts and keys among the model's \
         arguments are not shown",
        "a per-sample log (`samples_….jsonl`) yields means and counts per filter, but always as a \
         partial run, because it does not say how many samples were planned: attach the \
         `results_….json` written beside it",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(results::recognises)
        || upload.first_line().is_some_and(samples::is_line)
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let mut reading = Reading::new(READER.format);
    reading.tool = Some(READER.format.to_owned());
    match upload.json_tree().filter(|root| results::recognises(root)) {
        Some(root) => results::read(&mut reading, root),
        None => samples::read(&mut reading, upload.text()?)?,
    }
    Ok(reading)
}
