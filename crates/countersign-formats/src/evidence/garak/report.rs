//! The report of a run: what was set up, attempted and evaluated, and whether it came to its end.

use super::super::ids::Ids;
use super::super::internal;
use super::super::measured::{self, fact, failed, measurement, partial, share, warn};
use super::super::node::Node;
use super::super::quantity::Quantity;
use super::super::text::{cut, quoted};
use super::super::unreadable::Unreadable;
use super::super::{MAX_ENTRIES, too_many};
use super::eval::Eval;
use super::{detector, lines};
use countersign_core::reading::{
    Check, Finding, FindingState, Measurement, Outcome, Place, Reading, Severity, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// garak's grades, from complete failure to minimal risk, and what they count as. A grade is given
/// to a probe that got through at least once, so the best one is not nothing.
pub const GARAK_GRADES: &[(u64, Severity)] = &[
    (1, Severity::Critical),
    (2, Severity::Critical),
    (3, Severity::High),
    (4, Severity::Medium),
    (5, Severity::Low),
];

const FACTS: &[(&str, &str)] = &[
    ("generations", "run.generations"),
    ("seed", "run.seed"),
    ("eval_threshold", "run.eval_threshold"),
    ("soft_probe_prompt_cap", "run.soft_probe_prompt_cap"),
    ("probe_spec", "plugins.probe_spec"),
];

/// A probe and a detector.
type Pair = (String, String);

#[derive(Default)]
struct Report {
    evals: Vec<Eval>,
    /// Outputs with a score, by probe and detector.
    judged: BTreeMap<Pair, u64>,
    /// The first attempt of each probe.
    attempted: BTreeMap<String, u32>,
    grades: BTreeMap<Pair, u64>,
    run: Option<String>,
    ended: Option<(Option<String>, u32)>,
}

/// Adds a report to a reading.
pub fn read(reading: &mut Reading, text: &str) -> Result<(), Unreadable> {
    let mut report = Report::default();
    for line in lines(text) {
        let (number, entry) = line?;
        report.take(reading, &entry, number)?;
        if report.evals.len() > MAX_ENTRIES {
            return Err(too_many(report.evals.len()));
        }
    }
    let mut ids = Ids::default();
    for eval in &report.evals {
        report.measure(reading, eval, &mut ids);
    }
    measured::blank_twins(reading);
    report.judge(reading);
    Ok(())
}

impl Report {
    fn take(&mut self, reading: &mut Reading, entry: &Node, line: u32) -> Result<(), Unreadable> {
        let said = |key: &str| entry.get(key).and_then(Node::scalar);
        match entry.get("entry_type").and_then(Node::text) {
            Some("start_run setup" | "config") => set_up(reading, entry, line),
            Some("init") => {
                reading.tool_version = said("garak_version").map(|it| cut(&it));
                reading.generated_at = said("start_time").map(|it| cut(&it));
                self.run = said("run");
                if let Some(run) = said("run") {
                    fact(reading, "run", &run, Place::Line(line));
                }
            }
            Some("attempt") => self.attempt(entry, line),
            Some("eval") => self.evals.push(Eval::read(entry, line)?),
            Some("completion") => {
                self.ended = Some((said("run"), line));
                if let Some(end) = said("end_time") {
                    fact(reading, "end_time", &end, Place::Line(line));
                }
            }
            Some("digest") => self.grade(entry),
            Some(_) => {}
            None => {
                return Err(Unreadable::at(Place::Line(line), "the line has no `entry_type`")
                    .help("attach the report as garak wrote it"));
            }
        }
        Ok(())
    }

    fn attempt(&mut self, entry: &Node, line: u32) {
        let Some(probe) = entry.get("probe_classname").and_then(Node::text) else { return };
        let probe = cut(probe);
        let results = entry.get("detector_results").and_then(Node::object);
        for (name, scores) in results.into_iter().flat_map(|results| results.iter()) {
            let outputs = scores.list().map_or(0, |scores| scores.len() as u64);
            *self.judged.entry((probe.clone(), cut(detector(name)))).or_default() += outputs;
        }
        self.attempted.entry(probe).or_insert(line);
    }

    /// The worse of the grades a digest gives to each detector of each probe.
    fn grade(&mut self, entry: &Node) {
        let groups = entry.get("eval").and_then(Node::object);
        for (_, group) in groups.into_iter().flat_map(|groups| groups.iter()) {
            for (probe, detectors) in group.object().into_iter().flat_map(|group| group.iter()) {
                let detectors = detectors.object().into_iter().flat_map(|all| all.iter());
                for (name, graded) in detectors {
                    let keys = ["absolute_defcon", "relative_defcon", "zscore_defcon"];
                    let grades = keys.iter().filter_map(|key| graded.get(key)?.count());
                    if let Some(grade) = grades.min() {
                        self.grades.insert((cut(probe), cut(detector(name))), grade);
                    }
                }
            }
        }
    }

    fn measure(&self, reading: &mut Reading, eval: &Eval, ids: &mut Ids) {
        let name = format!("{}/{}", eval.probe, eval.detector);
        let one = Measurement {
            task: Some(eval.probe.clone()),
            slice: Some(eval.detector.clone()),
            unit: Unit::Fraction,
            n: Some(eval.evaluated),
            ..measurement("attack_success_rate", eval.place())
        };
        let rate = match eval.contradiction() {
            None => share(eval.fails, eval.evaluated),
            Some(what) => {
                partial(reading, format!("{name}: {what}"), eval.place());
                Quantity::Nothing(what)
            }
        };
        measured::push(reading, one, rate);
        if let Some(interval) = &eval.interval {
            fact(reading, &format!("interval {name}"), interval, eval.place());
        }
        if eval.nones > 0 {
            let what = format!("outputs of {name} that could not be judged: {}", eval.nones);
            partial(reading, what, eval.place());
        }
        reading.checks.push(check(eval, &name));
        if eval.fails > 0 {
            reading.findings.push(self.finding(eval, ids.claim(cut(&name))));
        }
    }

    fn finding(&self, eval: &Eval, id: String) -> Finding {
        let grade = self.grades.get(&(eval.probe.clone(), eval.detector.clone()));
        let mapped = |grade: &u64| GARAK_GRADES.iter().find(|(one, _)| one == grade);
        let severity = grade.and_then(mapped).map_or(Severity::Unknown, |(_, severity)| *severity);
        Finding {
            id,
            rule: eval.probe.clone(),
            severity,
            severity_from: grade.map_or_else(
                || "no grade is stated".to_owned(),
                |grade| format!("grade {grade} of 5"),
            ),
            state: FindingState::Open,
            message: format!(
                "{} of {} outputs were hit, by {}",
                eval.fails, eval.evaluated, eval.detector
            ),
            place: eval.place(),
        }
    }

    /// Whether the run came to its end and everything attempted was evaluated.
    fn judge(&self, reading: &mut Reading) {
        let probes: BTreeSet<&str> = self.evals.iter().map(|eval| eval.probe.as_str()).collect();
        if let Some(first) = self.evals.first() {
            fact(reading, "probes", &probes.len().to_string(), first.place());
        } else {
            return failed(
                reading,
                "the report holds no `eval`, so nothing was judged",
                Place::File,
            );
        }
        if self.evals.iter().all(|eval| eval.evaluated == 0) {
            failed(reading, "not a single output could be judged", Place::File);
        }
        match &self.ended {
            None => {
                partial(reading, "the report has no `completion`: the run did not end", Place::File)
            }
            Some((run, line)) if *run != self.run => {
                let what = "the `completion` is that of another run";
                partial(reading, what, Place::Line(*line));
            }
            Some(_) => {}
        }
        for (probe, line) in &self.attempted {
            if !probes.contains(probe.as_str()) {
                let what = format!("{} was attempted and not evaluated", quoted(probe));
                partial(reading, what, Place::Line(*line));
            }
        }
        for eval in &self.evals {
            let pair = (eval.probe.clone(), eval.detector.clone());
            let judged = self.judged.get(&pair).copied().unwrap_or_default();
            let claimed = eval.evaluated.saturating_add(eval.nones);
            if judged != claimed {
                let (probe, detector) = pair;
                let what = format!(
                    "{judged} of {claimed} outputs that {detector} judged for {probe} stand in the \
                     report"
                );
                partial(reading, what, eval.place());
            }
        }
    }
}

fn check(eval: &Eval, name: &str) -> Check {
    let (outcome, detail) = if eval.fails > 0 {
        let detail = format!("{} of {} outputs were hit", eval.fails, eval.evaluated);
        (Outcome::Fail, detail)
    } else if eval.contradiction().is_some() {
        (Outcome::Error, "its counts disagree".to_owned())
    } else if eval.evaluated == 0 {
        (Outcome::Error, "nothing was evaluated".to_owned())
    } else if eval.nones > 0 {
        (Outcome::Error, format!("{} outputs could not be judged", eval.nones))
    } else {
        (Outcome::Pass, String::new())
    };
    Check { name: cut(name), outcome, detail, place: eval.place() }
}

/// What the run was set up with; the keys are flat and hold points.
fn set_up(reading: &mut Reading, entry: &Node, line: u32) {
    let said = |key: &str| entry.get(key).and_then(Node::scalar).filter(|it| !it.is_empty());
    let either = |new: &str, old: &str| said(new).or_else(|| said(old));
    let kind = either("plugins.target_type", "plugins.model_type");
    let name = either("plugins.target_name", "plugins.model_name");
    if let Some(kind) = &kind {
        subject(reading, kind, name.as_deref(), line);
    }
    reading.tool_version =
        reading.tool_version.take().or(said("_config.version").map(|it| cut(&it)));
    for (name, key) in FACTS {
        if let Some(value) = said(key) {
            fact(reading, name, &value, Place::Line(line));
        }
    }
}

/// The target as it may be shown: a path or an address is internal.
pub fn subject(reading: &mut Reading, kind: &str, name: Option<&str>, line: u32) {
    let shown = |name: &str| {
        if internal::is_path(name) { internal::last_part(name) } else { name.to_owned() }
    };
    let name = name.map(|name| format!(" {}", shown(name))).unwrap_or_default();
    reading.claimed_subject = Some(cut(&format!("{kind}{name}")));
    if kind == "test" || kind.starts_with("test.") {
        warn(reading, Place::Line(line), "made with a test generator, not with a model");
    }
}
