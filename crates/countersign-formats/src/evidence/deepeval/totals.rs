//! What the cases of a run come to, and whether the file agrees.

use super::super::measured::{self, fact, measurement, share, warn};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::cases::Case;
use super::disagrees;
use countersign_core::reading::{Measurement, Outcome, Place, Reading, Unit};
use std::collections::BTreeMap;

/// What the cases come to.
#[derive(Default)]
pub struct Totals {
    passed: u64,
    failed: u64,
    metrics: Vec<Total>,
    by_name: BTreeMap<String, usize>,
}

/// What one metric comes to over all cases.
struct Total {
    name: String,
    sum: f64,
    scores: u64,
    passes: u64,
    fails: u64,
    errors: u64,
    unscored: u64,
    nothing: Option<String>,
    threshold: Option<String>,
    judge: Option<String>,
    /// Where a threshold differs from the first.
    differs: Option<Place>,
    at: At,
}

impl Totals {
    /// Adds a case.
    pub fn add(&mut self, case: &Case) {
        if case.success {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
        for metric in &case.metrics {
            let next = self.metrics.len();
            let index = *self.by_name.entry(metric.name.clone()).or_insert(next);
            if index == next {
                self.metrics.push(Total::new(&metric.name, metric.at.clone()));
            }
            let Some(total) = self.metrics.get_mut(index) else { continue };
            match metric.outcome {
                Outcome::Pass => total.passes += 1,
                Outcome::Fail => total.fails += 1,
                Outcome::Error | Outcome::Skip => total.errors += 1,
            }
            match &metric.score {
                Quantity::Number(score, _) => {
                    total.sum += score.to_f64();
                    total.scores += 1;
                }
                // A metric in error has no score, and the tool leaves it out of its mean.
                Quantity::Nothing(_) if metric.is_absent() => {}
                Quantity::Nothing(why) => {
                    total.unscored += 1;
                    total.nothing.get_or_insert_with(|| format!("{why} ({})", metric.at.place()));
                }
            }
            if total.threshold.is_some() && total.threshold != metric.threshold {
                total.differs.get_or_insert_with(|| metric.at.key("threshold").place());
            }
            total.threshold = total.threshold.take().or_else(|| metric.threshold.clone());
            total.judge = total.judge.take().or_else(|| metric.judge.clone());
        }
    }

    /// True without a case.
    pub fn is_empty(&self) -> bool {
        self.passed + self.failed == 0
    }

    /// Adds the numbers.
    pub fn measure(&self, reading: &mut Reading, root: &Node) {
        if self.is_empty() {
            return;
        }
        let stated = root.get("testPassed").is_some();
        let first = self.metrics.first().map_or_else(At::root, |total| total.at.clone());
        let at = if stated { At::root().key("testPassed") } else { first };
        let cases = self.passed + self.failed;
        push_rate(reading, None, (self.passed, cases), at.place());
        for total in &self.metrics {
            total.measure(reading);
        }
    }

    /// Compares with the counts the file states.
    pub fn compare(&self, reading: &mut Reading, root: &Node) {
        for (key, counted) in [("testPassed", self.passed), ("testFailed", self.failed)] {
            if let Some(stated) = root.get(key).and_then(Node::count) {
                disagrees(reading, (stated, counted), "cases", &At::root().key(key));
            }
        }
        let scores = root.get("metricsScores").and_then(Node::list).unwrap_or_default();
        for (index, stated) in scores.iter().enumerate() {
            let at = At::root().key("metricsScores").index(index);
            let name = stated.get("metric").and_then(Node::text).unwrap_or_default();
            let total = self.by_name.get(name).and_then(|index| self.metrics.get(*index));
            let counts = total.map_or([0; 3], |it| [it.passes, it.fails, it.errors]);
            for (key, counted) in ["passes", "fails", "errors"].into_iter().zip(counts) {
                if let Some(stated) = stated.get(key).and_then(Node::count) {
                    let what = format!("{key} of `{name}`");
                    disagrees(reading, (stated, counted), &what, &at.key(key));
                }
            }
            if let Some(listed) = stated.get("scores").and_then(Node::list) {
                let counted = total.map_or(0, |total| total.scores + total.unscored);
                let what = format!("scores of `{name}`");
                disagrees(reading, (listed.len() as u64, counted), &what, &at.key("scores"));
            }
        }
    }
}

impl Total {
    fn new(name: &str, at: At) -> Self {
        Self {
            name: name.to_owned(),
            sum: 0.0,
            scores: 0,
            passes: 0,
            fails: 0,
            errors: 0,
            unscored: 0,
            nothing: None,
            threshold: None,
            judge: None,
            differs: None,
            at,
        }
    }

    fn measure(&self, reading: &mut Reading) {
        let mean = || measured::mean(self.sum, self.scores as f64);
        let one = Measurement {
            n: Some(self.scores + self.unscored),
            ..measurement(&self.name, self.at.key("score").place())
        };
        let quantity = self.nothing.clone().map_or_else(mean, Quantity::Nothing);
        measured::push(reading, one, quantity);
        let all = self.passes + self.fails + self.errors;
        let place = self.at.key("success").place();
        push_rate(reading, Some(&self.name), (self.passes, all), place);
        for (what, value) in [("threshold", &self.threshold), ("judge", &self.judge)] {
            if let Some(value) = value {
                fact(reading, &format!("{what} {}", self.name), value, self.at.place());
            }
        }
        if let Some(place) = &self.differs {
            let message = format!("the threshold of `{}` differs from case to case", self.name);
            warn(reading, place.clone(), message);
        }
    }
}

fn push_rate(reading: &mut Reading, task: Option<&str>, (part, all): (u64, u64), place: Place) {
    let one = Measurement {
        task: task.map(str::to_owned),
        unit: Unit::Fraction,
        n: Some(all),
        ..measurement("pass_rate", place)
    };
    measured::push(reading, one, share(part, all));
}
