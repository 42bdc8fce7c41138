//! What is told about a release, told anew from the events of its pack and held against the files.

use super::page;
use crate::api::releases::records::RecordsView;
use crate::api::releases::view::ReleaseView;
use crate::app::{Loaded, View};
use crate::pack::verify::{Checked, bytes};
use countersign_core::assess::assess;
use countersign_core::digest::TextDigest;
use countersign_core::event::Envelope;
use countersign_core::name::PersonId;
use countersign_core::release::Release;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// What of `release.json` rests on the policy in force while a release has no plan of its own. The
/// policy is not in the pack.
const BY_PLAN: [&str; 13] = [
    "dossier",
    "tier",
    "policy",
    "runbook",
    "no_plan",
    "blockers",
    "names",
    "items",
    "prerequisites",
    "steps",
    "criteria",
    "approvals",
    "exceptions",
];

/// What of `records.json` rests on settings of a policy.
const BY_SETTINGS: [&str; 4] = ["keeping", "kept", "kept_until", "clock"];

/// What of `records.json` rests on the register and on the day the pack was made.
const BY_REGISTER: [&str; 2] = ["holds", "due"];

/// What the events and texts of a pack say.
pub(super) struct Told {
    /// The release they lead to.
    pub release: Release,
    /// The events.
    pub timeline: Vec<Envelope>,
    /// The texts they commit to.
    pub texts: BTreeMap<TextDigest, String>,
}

/// Tells the release anew from its events, and compares.
pub(super) fn retold(folder: &Path, told: Told, checked: &mut Checked) -> io::Result<()> {
    let Some(names) = read::<BTreeMap<PersonId, String>>(folder, "people.json", checked)? else {
        return Ok(());
    };
    let Some(shown) = read::<Value>(folder, "release.json", checked)? else { return Ok(()) };
    let Some(records) = read::<Value>(folder, "records.json", checked)? else { return Ok(()) };
    let Ok(listed) = serde_json::from_value::<RecordsView>(records.clone()) else {
        checked.fault("records.json is not in the form of this program");
        return Ok(());
    };
    let view = view(told, names);
    let draft = view.plan.is_none();
    let beside: &[&str] = if draft { &BY_PLAN } else { &[] };
    let release = serde_json::to_value(ReleaseView::from(&view)).map_err(io::Error::other)?;
    let of_records = RecordsView::of_events(&view, listed.clone());
    let of_records = serde_json::to_value(of_records).map_err(io::Error::other)?;
    let page = page::index(&view, &listed);
    for (file, is_same) in [
        ("release.json", without(&release, beside) == without(&shown, beside)),
        ("records.json", of_records == records),
        ("index.html", page.as_bytes() == bytes(&folder.join("index.html"))?),
    ] {
        if is_same {
            checked.recomputed.push(file.to_owned());
        } else {
            checked.differs(file);
        }
    }
    checked.vouched.push("the names of people in people.json".to_owned());
    checked.vouched.push(format!("in records.json: {}", BY_REGISTER.join(", ")));
    if view.release.state.settings().is_none() {
        checked.vouched.push(format!("in records.json: {}", BY_SETTINGS.join(", ")));
    }
    if draft {
        checked.vouched.push(format!("in release.json, of a draft: {}", BY_PLAN.join(", ")));
    }
    Ok(())
}

/// The release as faces show it, at the moment of its last event.
fn view(told: Told, names: BTreeMap<PersonId, String>) -> View {
    let Told { release, timeline, texts } = told;
    let plan = release.plan.clone();
    let at = timeline.last().map_or(Timestamp::UNIX_EPOCH, |last| last.at);
    let report = assess(&release, plan.as_ref(), at);
    let version = release.version;
    View {
        release: Loaded { state: Arc::new(release), version },
        model: Loaded { state: Arc::default(), version: 0 },
        register: Arc::default(),
        no_plan: None,
        plan,
        report,
        timeline,
        texts,
        at,
        names,
        titles: BTreeMap::new(),
    }
}

/// An object without these keys.
fn without(value: &Value, keys: &[&str]) -> Value {
    let mut value = value.clone();
    if let Some(object) = value.as_object_mut() {
        object.retain(|key, _| !keys.contains(&key.as_str()));
    }
    value
}

/// A file of the pack, read; a fault and nothing when it cannot be.
fn read<T: DeserializeOwned>(
    folder: &Path,
    file: &str,
    checked: &mut Checked,
) -> io::Result<Option<T>> {
    let content = match bytes(&folder.join(file)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        other => Some(other?),
    };
    let read = content.and_then(|content| serde_json::from_slice(&content).ok());
    if read.is_none() {
        checked.fault(format!("{file} cannot be read"));
    }
    Ok(read)
}
