//! modelscan: unsafe code in model files.
//!
//! modelscan calls a scan without issues clean even when it could open nothing, and leaves the
//! files it skipped out of its JSON unless told to list them. A damaged archive is skipped, and
//! damaging the archive is how a pickle is hidden. So a scan is whole here only when the list of
//! skipped files is there and empty.

use super::ids::Ids;
use super::internal;
use super::measured::warn;
use super::node::{At, Node};
use super::stated::{fact, failed, list, partial, text};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{MAX_ENTRIES, Reader, Upload, too_many};
use countersign_core::reading::{Finding, FindingState, Reading, Severity};

pub const READER: Reader = Reader {
    format: "modelscan",
    title: "modelscan",
    notes: &[
        "each entry of `issues` is a finding named after operator, module and file, with the \
         tool's own severity; a word outside the table is `unknown`",
        "an error, a skipped file, or no list of skipped files (run it with `--show-skipped`): a \
         partial run; no file scanned: a failed one; counts that disagree: a partial one",
        "the files that were scanned are facts; the absolute path on the scanning machine is not shown",
    ],
    recognises,
    read,
};

/// The tool's scale.
const SEVERITIES: &[(&str, Severity)] = &[
    ("CRITICAL", Severity::Critical),
    ("HIGH", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("LOW", Severity::Low),
];

fn recognises(upload: &Upload) -> bool {
    upload.json_tree().is_some_and(|root| {
        root.find(&["summary", "modelscan_version"]).is_some()
            || root.find(&["summary", "total_issues_by_severity"]).is_some()
                && root.get("issues").is_some()
    })
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let mut reading = Reading::new(READER.format);
    let summary = At::root().key("summary");
    let said = |key: &str| root.find(&["summary", key]).and_then(Node::scalar).map(|it| cut(&it));
    reading.tool = Some("modelscan".to_owned());
    reading.tool_version = said("modelscan_version");
    reading.generated_at = said("timestamp");
    reading.claimed_subject = said("input_path").map(|path| internal::hidden(&path));
    let Some(issues) = root.get("issues").and_then(Node::list) else {
        return Err(Unreadable::at(At::root().key("issues").place(), "`issues` is no list")
            .help("attach the report as `modelscan --reporting-format json` wrote it"));
    };
    if issues.len() > MAX_ENTRIES {
        return Err(too_many(issues.len()));
    }
    let mut ids = Ids::default();
    for (index, issue) in issues.iter().enumerate() {
        let at = At::root().key("issues").index(index);
        let finding = finding(issue, &at, &mut ids)?;
        reading.findings.push(finding);
    }
    errors(&mut reading, root);
    scanned(&mut reading, root, &summary);
    skipped(&mut reading, root, &summary);
    counts(&mut reading, root, &summary);
    Ok(reading)
}

fn finding(issue: &Node, at: &At, ids: &mut Ids) -> Result<Finding, Unreadable> {
    if issue.object().is_none() {
        return Err(Unreadable::at(at.place(), format!("{} is no issue", issue.kind()))
            .help("attach the report as the tool wrote it"));
    }
    let said = |key: &str| text(issue, key).unwrap_or_default();
    let rule = match (said("module"), said("operator")) {
        (module, operator) if module.is_empty() && operator.is_empty() => said("description"),
        (module, operator) => format!("{module}.{operator}"),
    };
    let word = said("severity");
    let known = SEVERITIES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
    Ok(Finding {
        id: ids.claim(cut(&format!("{rule} {}", said("source")))),
        rule: cut(&rule),
        severity: known.map_or(Severity::Unknown, |(_, severity)| *severity),
        severity_from: match word.is_empty() {
            true => "no `severity`".to_owned(),
            false => format!("`severity` {}", quoted(&word)),
        },
        state: FindingState::Open,
        message: cut(&format!("{} ({})", said("description"), said("source"))),
        place: at.place(),
    })
}

fn errors(reading: &mut Reading, root: &Node) {
    let at = At::root().key("errors");
    match root.get("errors") {
        Some(Node::List(errors)) => {
            for (index, error) in errors.iter().enumerate() {
                let place = at.index(index).place();
                let about = text(error, "description").or(error.scalar()).unwrap_or_default();
                let source = text(error, "source").map(|it| format!(" ({it})")).unwrap_or_default();
                let what = cut(&format!("the tool failed: {about}{source}"));
                warn(reading, place.clone(), what.clone());
                partial(reading, what, place);
            }
        }
        Some(_) => partial(reading, "`errors` is no list", at.place()),
        None => partial(reading, "the report does not say whether the tool failed", at.place()),
    }
}

fn scanned(reading: &mut Reading, root: &Node, summary: &At) {
    let at = summary.key("scanned");
    let scanned = root.find(&["summary", "scanned"]);
    let files = scanned.map(|it| list(it, "scanned_files")).unwrap_or_default();
    let total = scanned.and_then(|it| it.get("total_scanned")).and_then(Node::count);
    for (index, file) in files.iter().enumerate() {
        let place = at.key("scanned_files").index(index).place();
        fact(reading, "scanned file", &file.scalar().unwrap_or_default(), place);
    }
    if total == Some(0) || total.is_none() && files.is_empty() {
        failed(reading, "no file was scanned", at.place());
    } else if total != u64::try_from(files.len()).ok() {
        let shown = total.map_or("an unknown number of".to_owned(), |it| it.to_string());
        let what = format!("{} files are listed, {shown} are said to be scanned", files.len());
        partial(reading, what, at.key("total_scanned").place());
    }
}

fn skipped(reading: &mut Reading, root: &Node, summary: &At) {
    let at = summary.key("skipped");
    let Some(skipped) = root.find(&["summary", "skipped"]) else {
        let what = "the report does not list the files that were skipped; run modelscan with \
                    `--show-skipped`, on the model's files alone";
        return partial(reading, what, summary.place());
    };
    let files = list(skipped, "skipped_files");
    for (index, file) in files.iter().enumerate() {
        let said = |key: &str| text(file, key).unwrap_or_default();
        let message =
            format!("{} was skipped: {}", quoted(&said("source")), cut(&said("description")));
        warn(reading, at.key("skipped_files").index(index).place(), message);
    }
    let total = skipped.get("total_skipped").and_then(Node::count);
    if total != Some(0) || !files.is_empty() {
        let total = total.map_or(files.len().to_string(), |it| it.to_string());
        let first = files.first().and_then(|file| text(file, "source")).unwrap_or_default();
        let what = match first.is_empty() {
            true => format!("{total} files were skipped"),
            false => format!("{total} files were skipped, first {}", quoted(&first)),
        };
        partial(reading, what, at.place());
    }
}

/// The tool's own counts have to be those of the list.
fn counts(reading: &mut Reading, root: &Node, summary: &At) {
    let found = reading.findings.len() as u64;
    let total = root.find(&["summary", "total_issues"]).and_then(Node::count);
    if total != Some(found) {
        let total = total.map_or("an unknown number of".to_owned(), |it| it.to_string());
        let what = format!("{found} issues are listed, and the summary counts {total}");
        partial(reading, what, summary.key("total_issues").place());
    }
    for (word, severity) in SEVERITIES {
        let keys = ["summary", "total_issues_by_severity", word];
        let stated = root.find(&keys).and_then(Node::count).unwrap_or(0);
        let listed = reading.findings.iter().filter(|it| it.severity == *severity).count() as u64;
        if stated != listed {
            let what = format!("{listed} issues are {word}, and the summary counts {stated}");
            partial(reading, what, summary.keys(&keys[1..]).place());
        }
    }
}
