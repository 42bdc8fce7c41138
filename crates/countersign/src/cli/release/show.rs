//! `countersign release show`: where a release stands.

use super::super::Outcome;
use super::super::reason::{self, Names};
use super::super::shell::Shell;
use super::super::table::{facts, list};
use super::questions;
use crate::api::releases::view::ReleaseView;
use serde_json::{Value, json};

/// Show where a release stands, with every reason why its gate is shut.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The release.
    release: String,
    /// What happened, too, oldest first.
    #[arg(long)]
    timeline: bool,
    /// The questions of checklist items and forms, too.
    #[arg(long)]
    questions: bool,
}

impl Show {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let answer = client.at(&["releases", &self.release])?.get()?;
        let view: ReleaseView = answer.read()?;
        shell.show(&answer, |answer| {
            let mut parts = vec![head(&answer.value)];
            parts.extend(overridden(&answer.value));
            parts.extend(view.emergency.as_ref().map(|one| format!("Emergency: {}", one.sentence)));
            parts.push(gate(&view));
            if !self.questions && view.blockers.iter().any(|one| one.code == "item.open") {
                let release = &self.release;
                parts.push(format!(
                    "What each item asks: countersign release show {release} --questions"
                ));
            }
            parts.extend(lists(&answer.value));
            if self.questions {
                parts.extend(questions::text(&answer.value));
            }
            if self.timeline {
                let columns =
                    [("at", "/at"), ("event", "/event"), ("about", "/about"), ("by", "/by")];
                parts.extend(part(&answer.value, "timeline", "What happened", &columns));
            }
            parts.join("\n\n")
        })
    }
}

/// What the release is.
pub fn head(value: &Value) -> String {
    facts(
        value,
        &[
            ("release", "/release"),
            ("title", "/title"),
            ("model", "/model"),
            ("state", "/state"),
            ("change", "/change"),
            ("tier", "/tier"),
            ("requested by", "/requested_by"),
            ("requested", "/requested_at"),
            ("resubmits", "/resubmits"),
            ("regions", "/regions"),
            ("facts", "/traits"),
            ("environments", "/environments"),
            ("not before", "/schedule/not_before"),
            ("not after", "/schedule/not_after"),
            ("warning", "/shuts"),
            ("summary", "/summary"),
            ("policy", "/policy"),
            ("runbook", "/runbook"),
            ("dossier", "/dossier"),
            ("no plan", "/no_plan"),
        ],
    )
}

/// Why the gate is shut, or that it is open.
pub fn gate(view: &ReleaseView) -> String {
    match view.blockers.len() {
        0 => "Nothing blocks this release.".into(),
        count => {
            let holds = view.emergency.as_ref().is_some_and(|one| one.state == "holds");
            let what =
                if holds { "What its papers still lack" } else { "What blocks this release" };
            let title = format!("{what} ({count})");
            let lines = reason::lines(&view.blockers, &Names::from(view.names.clone()));
            std::iter::once(title).chain(lines).collect::<Vec<_>>().join("\n")
        }
    }
}

/// One list of the release under a title; nothing when it is empty.
pub fn part(
    value: &Value,
    name: &str,
    title: &str,
    columns: &[super::super::table::Column],
) -> Option<String> {
    let items = value.get(name)?.as_array().filter(|items| !items.is_empty())?;
    Some(format!("{title}\n{}", list(items, columns, "")))
}

/// What an approval binds to: the bytes, what was judged, and on which evidence.
pub fn signed(value: &Value) -> Vec<String> {
    let value = with_states(value);
    let all = [
        part(&value, "artifacts", "Artifacts", ARTIFACTS),
        part(&value, "criteria", "Criteria", CRITERIA),
        part(&value, "evidence", "Evidence", EVIDENCE),
        part(&value, "withdrawn", AGAINST, WITHDRAWN),
        not_applied(&value),
    ];
    all.into_iter().flatten().collect()
}

/// The items somebody said do not apply, with the reason given.
fn not_applied(value: &Value) -> Option<String> {
    let items = value["items"].as_array()?.iter();
    let said: Vec<Value> = items.filter(|one| one["does_not_apply"].is_string()).cloned().collect();
    let shown = json!({ "items": said });
    part(&shown, "items", "Said not to apply", NOT_APPLIED)
}

/// A row says where it stands in the first column, so that the eye finds what is open.
fn with_states(value: &Value) -> Value {
    let mut value = value.clone();
    for item in value["evidence"].as_array_mut().into_iter().flatten() {
        let withdrawn = item["withdrawn"] == json!(true);
        item["state"] = if withdrawn { "withdrawn" } else { "counts" }.into();
    }
    value
}

fn lists(value: &Value) -> Vec<String> {
    let value = with_states(value);
    let all = [
        part(&value, "artifacts", "Artifacts", ARTIFACTS),
        part(&value, "items", "Checklist", ITEMS),
        not_applied(&value),
        part(&value, "prerequisites", "Prerequisites", PREREQUISITES),
        part(&value, "steps", "Steps", STEPS),
        part(&value, "criteria", "Criteria", CRITERIA),
        part(&value, "evidence", "Evidence", EVIDENCE),
        part(&value, "withdrawn", AGAINST, WITHDRAWN),
        part(&value, "concerns", "Concerns", CONCERNS),
        part(&value, "approvals", "Approvals", APPROVALS),
        rejection(&value),
        part(&value, "conditions", "Conditions", CONDITIONS),
        part(&value, "exceptions", "Exceptions", EXCEPTIONS),
        part(&value, "change_requests", "Change requests", CHANGE_REQUESTS),
        part(&value, "deployments", "Deployments", DEPLOYMENTS),
    ];
    all.into_iter().flatten().collect()
}

/// The flag that a lower change type was chosen than the facts proposed.
pub fn overridden(value: &Value) -> Option<String> {
    let one = value.get("overridden").filter(|one| one.is_object())?;
    let rows = [
        ("proposed", "/proposal/change"),
        ("because", "/proposal/reasons/0/text"),
        ("reason", "/reason"),
        ("by", "/by"),
    ];
    Some(format!("A lower change type than proposed\n{}", facts(one, &rows)))
}

fn rejection(value: &Value) -> Option<String> {
    let rejection = value.get("rejection").filter(|rejection| rejection.is_object())?;
    let rows = [("by", "/by"), ("role", "/role"), ("reason", "/reason"), ("text", "/text")];
    Some(format!("Rejected\n{}", facts(rejection, &rows)))
}

type Columns = &'static [super::super::table::Column];

const ARTIFACTS: Columns = &[("kind", "/kind"), ("name", "/name"), ("digest", "/digest")];
const ITEMS: Columns =
    &[("state", "/state"), ("item", "/item"), ("title", "/title"), ("missing", "/missing")];
const PREREQUISITES: Columns =
    &[("number", "/number"), ("confirmed by", "/confirmed_by"), ("prerequisite", "/text")];
const STEPS: Columns = &[
    ("progress", "/progress"),
    ("step", "/step"),
    ("kind", "/kind"),
    ("role", "/role"),
    ("due", "/due"),
    ("late", "/overdue"),
    ("stands still", "/paused"),
    ("remarks", "/remarks"),
];
const CRITERIA: Columns =
    &[("outcome", "/outcome"), ("criterion", "/criterion"), ("because", "/because")];
const EVIDENCE: Columns = &[
    ("state", "/state"),
    ("evidence", "/evidence"),
    ("for", "/target"),
    ("name", "/name"),
    ("format", "/format"),
    ("read", "/read"),
    ("by", "/by"),
];
const AGAINST: &str = "Taken back, though it spoke against the release";
const WITHDRAWN: Columns = &[
    ("evidence", "/evidence"),
    ("for", "/target"),
    ("name", "/name"),
    ("said", "/said"),
    ("withdrawn because", "/reason"),
    ("replaced by", "/replaced_by"),
    ("by", "/by"),
];
const NOT_APPLIED: Columns =
    &[("state", "/state"), ("item", "/item"), ("because", "/does_not_apply")];
const APPROVALS: Columns = &[
    ("role", "/role"),
    ("purpose", "/purpose"),
    ("needed", "/needed"),
    ("given by", "/given_by"),
    ("lapsed", "/lapsed"),
    ("self-approved", "/self_approved"),
    ("who can", "/eligible"),
];
const CONCERNS: Columns = &[
    ("number", "/number"),
    ("step", "/step"),
    ("by", "/by"),
    ("concern", "/text"),
    ("resolved", "/resolved"),
];
const CONDITIONS: Columns = &[
    ("state", "/state"),
    ("number", "/number"),
    ("due", "/due"),
    ("owner", "/owner"),
    ("condition", "/text"),
];
const EXCEPTIONS: Columns = &[
    ("state", "/state"),
    ("number", "/number"),
    ("waives", "/waives"),
    ("until", "/until"),
    ("waits for", "/awaits"),
    ("reason", "/reason"),
];
const CHANGE_REQUESTS: Columns = &[
    ("state", "/state"),
    ("number", "/number"),
    ("role", "/role"),
    ("about", "/about"),
    ("by", "/by"),
    ("request", "/text"),
];
const DEPLOYMENTS: Columns = &[
    ("environment", "/environment"),
    ("at", "/at"),
    ("by", "/deployer"),
    ("change", "/change_reference"),
    ("confirmation", "/confirmation"),
    ("confirm by", "/confirm_by"),
];
