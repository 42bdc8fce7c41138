//! The cases of a run and what each metric said of them.

use super::super::measured::{partial, warn};
use super::super::node::{At, Node};
use super::super::quantity::Quantity;
use super::super::text::cut;
use super::super::unreadable::Unreadable;
use countersign_core::reading::{Check, Outcome, Reading};

/// How the file spells its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `testCases`, `metricsData`: a saved run.
    Run,
    /// `test_results`, `metrics_data`: a dumped result.
    Result,
}

impl Layout {
    /// The layout of this tree, if it is one.
    pub fn of(root: &Node) -> Option<Self> {
        let object = root.object()?;
        let list = |key: &str| root.get(key).and_then(Node::list);
        let has = |key: &str| object.get(key).is_some();
        if list("testCases").is_some() && (has("metricsScores") || has("testPassed")) {
            return Some(Self::Run);
        }
        let cases = list("test_results")?;
        let measured =
            |case: &Node| case.object().is_some_and(|case| case.get("metrics_data").is_some());
        (has("confident_link") || cases.first().is_some_and(measured)).then_some(Self::Result)
    }

    /// The keys under which cases stand.
    pub fn lists(self) -> &'static [&'static str] {
        match self {
            Self::Run => &["testCases", "conversationalTestCases"],
            Self::Result => &["test_results"],
        }
    }

    fn metrics(self) -> &'static str {
        match self {
            Self::Run => "metricsData",
            Self::Result => "metrics_data",
        }
    }

    fn judge(self) -> &'static str {
        match self {
            Self::Run => "evaluationModel",
            Self::Result => "evaluation_model",
        }
    }
}

/// A case.
pub struct Case {
    name: String,
    /// Whether the file says that it passed.
    pub success: bool,
    /// What each metric said.
    pub metrics: Vec<Metric>,
    flaky: bool,
    at: At,
}

/// What one metric said of one case.
pub struct Metric {
    /// Its name.
    pub name: String,
    /// How it went.
    pub outcome: Outcome,
    /// Its score.
    pub score: Quantity,
    /// Its threshold.
    pub threshold: Option<String>,
    /// The model that judged.
    pub judge: Option<String>,
    /// Its place.
    pub at: At,
    detail: String,
    score_is_missing: bool,
}

impl Case {
    /// Reads the case at this place.
    pub fn read(case: &Node, layout: Layout, at: At) -> Result<Self, Unreadable> {
        let Some(Node::Bool(success)) = case.get("success") else {
            let kind = case.get("success").map_or("nothing", Node::kind);
            return Err(fault(
                &at.key("success"),
                format!("`success` is {kind}, not a truth value"),
            ));
        };
        let list_at = at.key(layout.metrics());
        let metrics = match case.get(layout.metrics()) {
            None => &[],
            Some(Node::List(metrics)) => metrics.as_slice(),
            Some(other) => {
                return Err(fault(&list_at, format!("{} stands for a list", other.kind())));
            }
        };
        let metrics = metrics.iter().enumerate();
        let metrics = metrics.map(|(index, it)| Metric::read(it, layout, list_at.index(index)));
        let name = case.get("name").and_then(Node::scalar).unwrap_or_else(|| "(no name)".into());
        Ok(Self {
            name: cut(&name),
            success: *success,
            metrics: metrics.collect::<Result<_, _>>()?,
            flaky: case.get("flaky") == Some(&Node::Bool(true)),
            at,
        })
    }

    /// Adds the case as a check, and says what is odd about it.
    pub fn note(&self, reading: &mut Reading) {
        let not_passed = self.metrics.iter().filter(|metric| metric.outcome != Outcome::Pass);
        let told: Vec<String> =
            not_passed.map(|metric| format!("{}: {}", metric.name, metric.detail)).collect();
        for metric in self.metrics.iter().filter(|metric| metric.outcome == Outcome::Error) {
            let what =
                format!("{} of `{}` has no result: {}", metric.name, self.name, metric.detail);
            partial(reading, cut(&what), metric.at.place());
        }
        let (outcome, detail) = match (self.success, told.is_empty()) {
            _ if self.metrics.is_empty() => (Outcome::Error, "nothing was measured".to_owned()),
            (true, true) => (Outcome::Pass, String::new()),
            (true, false) => {
                (Outcome::Error, format!("counts as passed beside {}", told.join("; ")))
            }
            (false, true) => (Outcome::Fail, "it failed beside metrics that passed".to_owned()),
            (false, false) => (Outcome::Fail, told.join("; ")),
        };
        if outcome == Outcome::Error {
            partial(reading, cut(&format!("`{}`: {detail}", self.name)), self.at.place());
        }
        if self.flaky {
            let message = format!("`{}` is flaky", self.name);
            warn(reading, self.at.key("flaky").place(), message);
        }
        let (name, detail, place) = (self.name.clone(), cut(&detail), self.at.place());
        reading.checks.push(Check { name, outcome, detail, place });
    }
}

impl Metric {
    /// In error and without a score.
    pub fn is_absent(&self) -> bool {
        self.outcome == Outcome::Error && self.score_is_missing
    }

    fn read(metric: &Node, layout: Layout, at: At) -> Result<Self, Unreadable> {
        let said = |key: &str| metric.get(key).and_then(Node::scalar).map(|text| cut(&text));
        let Some(name) = metric.get("name").and_then(Node::text) else {
            return Err(fault(&at.key("name"), "the metric has no name".into()));
        };
        let score = match metric.get("score") {
            None => Quantity::Nothing("no score is given".into()),
            score => Quantity::from_node(score)
                .map_err(|fault| super::super::measured::unreadable(&at.key("score"), fault))?,
        };
        let (outcome, detail) = match (said("error"), metric.get("success")) {
            (Some(error), _) => (Outcome::Error, error),
            (None, Some(Node::Bool(true))) => match &score {
                Quantity::Number(..) => (Outcome::Pass, String::new()),
                Quantity::Nothing(why) => (Outcome::Error, format!("passed, but {why}")),
            },
            (None, Some(Node::Bool(false))) => {
                (Outcome::Fail, said("reason").unwrap_or_else(|| "it failed".into()))
            }
            (None, _) => (Outcome::Error, "no verdict is given".to_owned()),
        };
        Ok(Self {
            name: cut(name),
            outcome,
            score,
            threshold: said("threshold"),
            judge: said(layout.judge()),
            at,
            detail,
            score_is_missing: metric.get("score").is_none(),
        })
    }
}

fn fault(at: &At, message: String) -> Unreadable {
    Unreadable::at(at.place(), message).help("attach the file as DeepEval wrote it")
}
