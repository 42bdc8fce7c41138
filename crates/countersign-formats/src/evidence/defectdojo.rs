//! DefectDojo's generic findings in JSON: what teams write findings into when their scanner, or the
//! person who tested by hand, has no format.

use super::ids::Ids;
use super::measured::warn;
use super::node::{At, Node};
use super::stated::{failed, text};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{MAX_ENTRIES, Reader, Upload, too_many};
use countersign_core::reading::{Finding, FindingState, Reading, Severity};

pub const READER: Reader = Reader {
    format: "defectdojo-generic",
    title: "DefectDojo generic findings, JSON",
    notes: &[
        "each entry of `findings` is a finding, named after `unique_id_from_tool`, else after \
         `vuln_id_from_tool`, `cve` or title with file and line; `Critical`, `High`, `Medium`, \
         `Low` and `Info` are its severity, and any other word is `unknown`",
        "`is_mitigated` true: gone; `false_p`, `risk_accepted`, `out_of_scope` true, or `active` \
         false: suppressed, the last with a warning; `active` true beside one of them: open, with \
         a warning; `verified` and `duplicate` change nothing",
        "no finding at all: a failed run, because the format cannot say that anything was looked at; \
         a clean scan is shown by the scanner's own report",
    ],
    recognises,
    read,
};

const SEVERITIES: &[(&str, Severity)] = &[
    ("Critical", Severity::Critical),
    ("High", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("Info", Severity::Info),
    ("Informational", Severity::Info),
];

/// Flags that close a finding, and how.
const CLOSED_BY: &[(&str, FindingState)] = &[
    ("is_mitigated", FindingState::Absent),
    ("false_p", FindingState::Suppressed),
    ("risk_accepted", FindingState::Suppressed),
    ("out_of_scope", FindingState::Suppressed),
];

const TOP: &[&str] =
    &["findings", "name", "type", "version", "description", "static_tool", "dynamic_tool", "soc"];

fn recognises(upload: &Upload) -> bool {
    let Some(root) = upload.json_tree() else { return false };
    match root.get("findings").and_then(Node::list) {
        Some([]) => root.object().is_some_and(|it| it.iter().all(|(key, _)| TOP.contains(&key))),
        Some([first, ..]) => first.get("title").is_some() && first.get("severity").is_some(),
        None => false,
    }
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let mut reading = Reading::new(READER.format);
    reading.tool = text(root, "type").or(text(root, "name")).map(|it| cut(&it));
    reading.tool_version = text(root, "version").map(|it| cut(&it));
    let at = At::root().key("findings");
    let entries = root.get("findings").and_then(Node::list).unwrap_or_default();
    if entries.len() > MAX_ENTRIES {
        return Err(too_many(entries.len()));
    }
    if entries.is_empty() {
        let what = "the file holds no finding, and nothing says that anything was looked at";
        failed(&mut reading, what, at.place());
    }
    let mut ids = Ids::default();
    for (index, entry) in entries.iter().enumerate() {
        let at = at.index(index);
        let finding = finding(&mut reading, entry, &at, &mut ids)?;
        reading.findings.push(finding);
    }
    Ok(reading)
}

fn finding(
    reading: &mut Reading,
    entry: &Node,
    at: &At,
    ids: &mut Ids,
) -> Result<Finding, Unreadable> {
    let said = |key: &str| text(entry, key).map(|it| it.trim().to_owned());
    let Some(title) = said("title") else {
        return Err(Unreadable::at(at.place(), "the finding has no `title`")
            .help("give every finding a `title` and a `severity`"));
    };
    let weakness = said("vuln_id_from_tool").or(said("cve"));
    let rule = weakness.or(said("cwe").map(|cwe| format!("CWE-{cwe}"))).unwrap_or(title.clone());
    let id = said("unique_id_from_tool").unwrap_or_else(|| {
        let line = said("line").map(|line| format!(":{line}")).unwrap_or_default();
        let named = if rule == title { title.clone() } else { format!("{rule} {title}") };
        format!("{named} {}{line}", said("file_path").unwrap_or_default())
    });
    let id = ids.claim(cut(&id));
    let word = said("severity").unwrap_or_default();
    let known = SEVERITIES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
    let severity_from = match word.is_empty() {
        true => "no `severity`".to_owned(),
        false => format!("`severity` {}", quoted(&word)),
    };
    Ok(Finding {
        severity: known.map_or(Severity::Unknown, |(_, severity)| *severity),
        severity_from,
        state: state(reading, entry, at)?,
        message: cut(&format!("{title}: {}", said("description").unwrap_or_default())),
        rule: cut(&rule),
        id,
        place: at.place(),
    })
}

/// Whether it stands. What contradicts itself stands.
fn state(reading: &mut Reading, entry: &Node, at: &At) -> Result<FindingState, Unreadable> {
    let flag = |key: &str| match entry.get(key) {
        None => Ok(None),
        Some(Node::Bool(value)) => Ok(Some(*value)),
        Some(other) => {
            let message = format!("`{key}` is {}, not a truth value", other.kind());
            Err(Unreadable::at(at.key(key).place(), message).help("write `true` or `false`"))
        }
    };
    let active = flag("active")?;
    let mut closed = None;
    for (key, state) in CLOSED_BY {
        if flag(key)? == Some(true) {
            closed = closed.or(Some((*key, *state)));
        }
    }
    match (active, closed) {
        (Some(true), Some((key, _))) => {
            let message = format!("`active` and `{key}` are both true; the finding counts as open");
            warn(reading, at.key(key).place(), message);
            Ok(FindingState::Open)
        }
        (_, Some((_, state))) => Ok(state),
        (Some(false), None) => {
            let message = "`active` is false and nothing says why";
            warn(reading, at.key("active").place(), message);
            Ok(FindingState::Suppressed)
        }
        (Some(true) | None, None) => Ok(FindingState::Open),
    }
}
