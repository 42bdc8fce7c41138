//! Evidence: the files tests attach, as readers would have read them.

use super::{item, step};
use crate::decimal::Decimal;
use crate::digest::Sha256;
use crate::reading::{
    Check, Finding, FindingState, Measurement, Outcome, Place, Reading, Severity, Unit,
};
use crate::release::Target;
use crate::release::command::Attach;

/// A file for a checklist item, with what a reader found in it.
pub fn file(for_item: &str, name: &str, reading: Reading) -> Attach {
    Attach {
        sha256: Sha256::of(format!("{name}{reading:?}").as_bytes()),
        size: 1_000,
        name: name.into(),
        target: Target::Item(item(for_item)),
        parts: [].into(),
        redacted: false,
        replaces: None,
        reading: Some(reading),
    }
}

/// A file no reader knows.
pub fn plain_file(for_item: &str, name: &str) -> Attach {
    let known = file(for_item, name, Reading::new("none"));
    Attach { reading: None, ..known }
}

/// A file for a step that covers these parts of a packet.
pub fn packet(for_step: &str, name: &str, parts: &[&str]) -> Attach {
    Attach {
        target: Target::Step(step(for_step)),
        parts: parts.iter().map(|part| (*part).into()).collect(),
        ..plain_file("any", name)
    }
}

/// A number as an evaluation of 200 samples wrote it.
#[track_caller]
pub fn measured(metric: &str, value: &str, unit: Unit) -> Measurement {
    Measurement {
        metric: metric.into(),
        task: None,
        slice: None,
        value: Some(value.parse::<Decimal>().expect("a number")),
        unit,
        direction: None,
        n: Some(200),
        stderr: None,
        place: Place::Pointer(format!("/{metric}")),
    }
}

/// An evaluation with this one number in it.
pub fn evaluation_of(measurement: Measurement) -> Attach {
    let mut reading = Reading::new("metrics-json");
    reading.measurements.push(measurement);
    file("evaluation", "summarizer-v1-eval.json", reading)
}

/// An evaluation that found this hallucination rate in percent.
#[track_caller]
pub fn evaluation(percent: &str) -> Attach {
    evaluation_of(measured("hallucination_rate", percent, Unit::Percent))
}

/// A model card whose six parts are all there.
pub fn model_card() -> Attach {
    let parts =
        ["purpose", "architecture", "training_data", "limitations", "intended_use", "known_biases"];
    model_card_with(parts.map(|part| checked(part, Outcome::Pass)).to_vec())
}

/// A model card with these checks.
pub fn model_card_with(checks: Vec<Check>) -> Attach {
    file("model_card", "README.md", Reading { checks, ..Reading::new("model-card") })
}

/// A check and how it went.
pub fn checked(name: &str, outcome: Outcome) -> Check {
    Check { name: name.into(), outcome, detail: String::new(), place: Place::Line(1) }
}

/// The prompt injection suite, with this outcome for its second case.
pub fn injection_suite(second: Outcome) -> Attach {
    let checks =
        vec![checked("injection.first", Outcome::Pass), checked("injection.second", second)];
    file("security_tests", "injection.xml", Reading { checks, ..Reading::new("junit") })
}

/// A finding of the scanner.
pub fn finding(id: &str, severity: Severity, state: FindingState) -> Finding {
    Finding {
        id: id.into(),
        rule: "exposed-secret".into(),
        severity,
        severity_from: "`level` error".into(),
        state,
        message: "a key lies in the open".into(),
        place: Place::Line(12),
    }
}

/// A scan with these findings.
pub fn scan(findings: Vec<Finding>) -> Attach {
    file("security_tests", "scan.sarif", Reading { findings, ..Reading::new("sarif-2.1.0") })
}
