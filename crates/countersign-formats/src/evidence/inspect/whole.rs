//! Whether a run was whole: its status, then its counts.

use super::super::node::Node;
use super::super::text::{cut, quoted};
use super::header::Log;
use super::samples::Samples;
use countersign_core::reading::{Completeness, Reading};

/// What the log says of its run, the worst first.
pub fn completeness(reading: &Reading, log: &Log, samples: &Samples) -> Completeness {
    failure(reading, log)
        .or_else(|| not_run(log))
        .or_else(|| not_scored(log))
        .or_else(|| not_in_the_log(log, samples))
        .unwrap_or(Completeness::Whole)
}

fn failure(reading: &Reading, log: &Log) -> Option<Completeness> {
    let failed = |what: String, keys: &[&str]| {
        Some(Completeness::Failed { what, place: log.at(keys).place() })
    };
    let said = log.find(&["error", "message"]).and_then(Node::scalar).map(|it| cut(&it));
    let said = said.map(|message| format!(": {message}")).unwrap_or_default();
    match log.find(&["status"]).and_then(Node::text) {
        Some("success") => {}
        Some("started") => {
            return failed("the run never came to its end".to_owned(), &["status"]);
        }
        Some("cancelled") => return failed(format!("the run was cancelled{said}"), &["status"]),
        Some("error") => return failed(format!("the run ended in an error{said}"), &["status"]),
        other => {
            let status = quoted(other.unwrap_or_default());
            return failed(format!("the status {status} is not known"), &["status"]);
        }
    }
    if log.find(&["error"]).is_some() {
        return failed(format!("the log states an error beside its success{said}"), &["error"]);
    }
    if log.find(&["invalidated"]).is_some_and(|it| *it != Node::Bool(false)) {
        return failed("samples of the log were invalidated".to_owned(), &["invalidated"]);
    }
    if reading.measurements.is_empty() {
        return failed("the log holds no score".to_owned(), &["results"]);
    }
    None
}

fn not_run(log: &Log) -> Option<Completeness> {
    let total = log.count(&["results", "total_samples"]);
    let completed = log.count(&["results", "completed_samples"]);
    let partial = |what: String, keys: &[&str]| {
        Some(Completeness::Partial { what, place: log.at(keys).place() })
    };
    let (Some(total), Some(completed)) = (total, completed) else {
        return partial("the log does not say how many samples were run".into(), &["results"]);
    };
    if completed != total {
        let what = format!("{completed} of {total} samples were completed");
        return partial(what, &["results", "completed_samples"]);
    }
    let logged = log.count(&["results", "logged_samples"]).unwrap_or(total);
    if logged != total {
        let what = format!("{logged} of {total} samples were resolved");
        return partial(what, &["results", "logged_samples"]);
    }
    if log.find(&["results", "early_stopping"]).is_some() {
        return partial("the run was stopped early".into(), &["results", "early_stopping"]);
    }
    let planned = log
        .count(&["eval", "dataset", "samples"])
        .map(|each| each.saturating_mul(log.epochs().unwrap_or(1)));
    match (planned, log.find(&["eval", "config", "limit"])) {
        (Some(planned), _) if total < planned || (total > planned && log.epochs().is_some()) => {
            let what = format!("{total} of {planned} samples of the data set were run");
            partial(what, &["results", "total_samples"])
        }
        (None, Some(_)) => {
            let what = "run with a limit on the samples, out of an unknown number".to_owned();
            partial(what, &["eval", "config", "limit"])
        }
        _ => None,
    }
}

fn not_scored(log: &Log) -> Option<Completeness> {
    let scores = log.find(&["results", "scores"]).and_then(Node::list).unwrap_or_default();
    scores.iter().enumerate().find_map(|(index, score)| {
        let without = score.get("unscored_samples")?.count().filter(|count| *count > 0)?;
        let name = score.get("name").and_then(Node::scalar).unwrap_or_default();
        let what = format!("samples that {} did not score: {without}", quoted(&name));
        let at = log.at(&["results", "scores"]).index(index).key("unscored_samples");
        Some(Completeness::Partial { what, place: at.place() })
    })
}

fn not_in_the_log(log: &Log, samples: &Samples) -> Option<Completeness> {
    if let Some((count, place)) = &samples.errors {
        let what = format!("samples that ended in an error: {count}");
        return Some(Completeness::Partial { what, place: place.clone() });
    }
    let total = log.count(&["results", "total_samples"]).unwrap_or_default();
    let count = samples.count.filter(|count| *count != total)?;
    let kept_none = log.find(&["eval", "config", "log_samples"]) == Some(&Node::Bool(false));
    if count == 0 && kept_none {
        return None;
    }
    let what = format!("{count} of {total} samples stand in the log");
    let place = log.at(&["results", "total_samples"]).place();
    Some(Completeness::Partial { what, place })
}
