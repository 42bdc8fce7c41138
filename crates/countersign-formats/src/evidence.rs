//! Evidence readers: a file some tool wrote goes in, a [`Reading`] comes out.
//!
//! A table of functions, not a trait: readers have no state. A reader knows a file by its content;
//! the name is a hint for CSV and Markdown alone. Whatever a reader cannot vouch for (a value that
//! is no number, a run that was cut short, counts that disagree) leaves it marked as such and never
//! as a pass. What a file says about the model it measured is a claim and is kept as one.
//!
//! Absent on purpose: reading from disk or network, unpacking to disk, following references out of
//! the file, and any judgement of a value; that is the business of criteria.

mod aequitas;
mod aif360;
mod archive;
mod card;
mod croissant;
mod cyclonedx;
mod dataset_card;
mod deepeval;
mod defectdojo;
mod evidently;
mod fairlearn;
mod garak;
mod giskard;
mod group_csv;
mod group_json;
mod groups;
mod hf_eval_results;
mod ids;
mod inspect;
mod internal;
mod json;
mod junit;
mod lm_eval;
mod measured;
mod metrics_csv;
mod metrics_json;
mod mlflow_model;
mod mlflow_registry;
mod mlflow_run;
mod model_card;
mod model_signing;
mod modelscan;
mod node;
mod promptfoo;
mod quantity;
mod sarif;
mod spdx3;
mod stated;
mod table;
mod text;
mod unreadable;
mod upload;
mod xml;
mod yaml;

pub use archive::{MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_MEMBERS_BYTES, MAX_RATIO, MAX_READ_BYTES};
pub use card::CardSection;
pub use card::placeholder::{Looks, PLACEHOLDERS};
pub use cyclonedx::EMPTY_PHRASES;
pub use dataset_card::DATASET_SECTIONS;
pub use garak::GARAK_GRADES;
pub use giskard::GISKARD_LEVELS;
pub use model_card::CARD_SECTIONS;
pub use promptfoo::PROMPTFOO_SEVERITIES;
pub use sarif::{SEVERITY_TABLE, Says, SeverityRow};
pub use unreadable::Unreadable;
pub use upload::{HEAD_BYTES, Upload};

use countersign_core::reading::{Place, Reading};

/// The largest file a reader takes. Larger ones are kept as plain evidence, or refused when their
/// head shows a format that a reader knows.
pub const MAX_EVIDENCE_BYTES: u64 = 64 * 1024 * 1024;

/// The most measurements, findings, checks or facts one file may yield.
pub const MAX_ENTRIES: usize = 20_000;

/// Reads one format.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The format's name, as a reading carries it: `sarif-2.1.0`.
    pub format: &'static str,
    /// What people call the format.
    pub title: &'static str,
    /// What the reader takes from a file, one line each, for the reference page.
    pub notes: &'static [&'static str],
    /// Whether this file is of the format, by its content.
    pub recognises: fn(&Upload) -> bool,
    /// The file's content. Called only for a file that was recognised.
    pub read: fn(&Upload) -> Result<Reading, Unreadable>,
}

/// Every format that is read.
pub const READERS: &[Reader] = &[
    aequitas::READER,
    aif360::READER,
    croissant::READER,
    cyclonedx::READER,
    dataset_card::READER,
    deepeval::READER,
    defectdojo::READER,
    evidently::READER,
    fairlearn::READER,
    garak::READER,
    giskard::READER,
    group_csv::READER,
    group_json::READER,
    hf_eval_results::READER,
    inspect::READER,
    junit::READER,
    lm_eval::READER,
    metrics_csv::READER,
    metrics_json::READER,
    mlflow_model::READER,
    mlflow_registry::READER,
    mlflow_run::READER,
    model_card::READER,
    model_signing::READER,
    modelscan::READER,
    promptfoo::READER,
    sarif::READER,
    spdx3::READER,
];

/// Reads a file with the reader that recognises it.
///
/// `Ok(None)` is a file no reader knows; it is kept as plain evidence and satisfies no criterion.
///
/// # Errors
/// [`Unreadable`] for a file of a known format that is broken, too large or ambiguous.
pub fn read(upload: &Upload) -> Result<Option<Reading>, Unreadable> {
    if upload.size() > MAX_EVIDENCE_BYTES {
        return if upload.looks_structured() { Err(too_large(upload.size())) } else { Ok(None) };
    }
    let known: Vec<&Reader> = READERS.iter().filter(|it| (it.recognises)(upload)).collect();
    match known.as_slice() {
        [] => upload.broken().map_or(Ok(None), Err),
        [reader] => {
            let reading = (reader.read)(upload)?;
            let most = reading.len().max(reading.facts.len()).max(reading.warnings.len());
            if most > MAX_ENTRIES { Err(too_many(most)) } else { Ok(Some(reading)) }
        }
        [first, second, ..] => Err(Unreadable::at(
            Place::File,
            format!("the file looks like both `{}` and `{}`", first.format, second.format),
        )
        .help("attach one file per format")),
    }
}

fn too_large(size: u64) -> Unreadable {
    let limit = MAX_EVIDENCE_BYTES / (1024 * 1024);
    Unreadable::at(Place::File, format!("{size} bytes, more than the {limit} MiB a reader takes"))
        .help("attach the tool's summary instead of its log, or split the file")
}

fn too_many(count: usize) -> Unreadable {
    Unreadable::at(
        Place::File,
        format!("{count} entries, more than the {MAX_ENTRIES} that are kept"),
    )
    .help("split the file by suite or run and attach the parts")
}
