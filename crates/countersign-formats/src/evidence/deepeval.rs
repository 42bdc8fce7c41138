//! DeepEval: a test run as the tool saves it, or the result of `evaluate` dumped as JSON.
//!
//! Whether a score has to be high or low is the metric's secret: a hallucination metric passes when
//! its score is small. The verdicts of the file are therefore kept beside the scores.

mod cases;
mod totals;

use self::cases::{Case, Layout};
use self::totals::Totals;
use super::measured::{fact, failed, partial, warn};
use super::node::{At, Node};
use super::text::cut;
use super::unreadable::Unreadable;
use super::{MAX_ENTRIES, Reader, Upload, too_many};
use countersign_core::reading::{Place, Reading};

pub const READER: Reader = Reader {
    format: "deepeval",
    title: "DeepEval",
    notes: &[
        "a `test_run_….json` as saved under `DEEPEVAL_RESULTS_FOLDER`, or an `EvaluationResult` \
         dumped as JSON",
        "each case is a check, passed when the file and all its metrics say so; a case without \
         metrics, or one that passed with a metric in error, is an error",
        "worked out by us: each metric is a measurement, the mean of its scores, for which the file \
         does not say whether high or low is good; `pass_rate`, a fraction, of the cases and, with the \
         metric as task, of each metric",
        "thresholds and the judging model are facts; thresholds that differ from case to case, and \
         flaky cases, are warned of",
        "counts that disagree with the cases, or a metric in error: a partial run; no case: a failed \
         run",
        "neither the model under test, unless it is among the hyperparameters, nor version or time \
         stands in the file",
    ],
    recognises,
    read,
};

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| Layout::of(root).is_some())
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let mut reading = Reading::new(READER.format);
    reading.tool = Some(READER.format.to_owned());
    let layout = Layout::of(root).unwrap_or(Layout::Run);
    introduce(&mut reading, root);
    let mut totals = Totals::default();
    for list in layout.lists() {
        let cases = root.get(list).and_then(Node::list).unwrap_or_default();
        for (index, case) in cases.iter().enumerate() {
            let case = Case::read(case, layout, At::root().key(list).index(index))?;
            case.note(&mut reading);
            totals.add(&case);
            if reading.checks.len() > MAX_ENTRIES {
                return Err(too_many(reading.checks.len()));
            }
        }
    }
    if totals.is_empty() {
        failed(&mut reading, "the file holds no case", Place::File);
    }
    totals.measure(&mut reading, root);
    totals.compare(&mut reading, root);
    Ok(reading)
}

fn introduce(reading: &mut Reading, root: &Node) {
    for key in ["testFile", "identifier", "datasetAlias", "datasetVersion", "test_run_id"] {
        if let Some(value) = root.get(key).and_then(Node::scalar) {
            fact(reading, key, &value, At::root().key(key).place());
        }
    }
    let model = ["model", "Model", "model_name"]
        .iter()
        .find_map(|key| root.find(&["hyperparameters", key]).and_then(Node::scalar));
    reading.claimed_subject = model.map(|model| cut(&super::internal::hidden(&model)));
    if root.get("confident_link").is_some() {
        let place = At::root().key("confident_link").place();
        warn(reading, place, "the results were uploaded to a service");
    }
    if root.get("traceMetricsScores").is_some() {
        let place = At::root().key("traceMetricsScores").place();
        warn(reading, place, "metrics of traces and spans are not read");
    }
}

/// A count of the file that is not what its cases give.
fn disagrees(reading: &mut Reading, (stated, counted): (u64, u64), what: &str, at: &At) {
    if stated != counted {
        let message = format!("{stated} {what} are stated and {counted} stand in the file");
        partial(reading, message, at.place());
    }
}
