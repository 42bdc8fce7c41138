//! Checking a pack without the server: every file against the manifest, every event against the
//! signed head of the log, and everything the pack cites against what it holds.

use super::release::{DOSSIER, verify};
use super::{CHECKPOINT, KEY, MANIFEST};
use countersign_core::digest::Sha256;
use countersign_proof::{Checkpoint, TlogProof, VerifyingKey};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;

/// The longest file read whole, in bytes. Events and tables are far smaller; evidence is hashed
/// piece by piece.
const MAX_WHOLE: u64 = 512 * 1024 * 1024;

/// What checking found.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Checked {
    /// The release it is about; absent in the pack of a control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// How many files are as the manifest says.
    pub files: usize,
    /// How many events are proved to be in the log.
    pub events: usize,
    /// How many events the signed head covers; absent when the head cannot be trusted.
    pub log_size: Option<u64>,
    /// The key the log was checked with.
    pub key: Option<String>,
    /// How many free texts are the ones the events commit to; packs of releases hold them.
    pub texts: usize,
    /// What a reader should know, and what is no fault.
    pub remarks: Vec<String>,
    /// Everything that is wrong.
    pub faults: Vec<String>,
}

impl Checked {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn fault(&mut self, what: impl Into<String>) {
        self.faults.push(what.into());
    }
}

/// Checks the pack in this folder. Without a key the one in the pack is taken, which shows only
/// that the pack agrees with itself.
pub fn folder(folder: &Path, key: Option<&VerifyingKey>) -> io::Result<Checked> {
    let mut checked = Checked::default();
    let manifest = text(&folder.join(MANIFEST))?;
    let listed = listed(&manifest, &mut checked);
    for (path, expected) in &listed {
        match digest(&folder.join(path)) {
            Ok(found) if found == *expected => checked.files += 1,
            Ok(_) => checked.fault(format!("{path} is not as the manifest says: it was changed")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                checked.fault(format!("{path} is in the manifest and not in the pack"));
            }
            Err(error) => return Err(error),
        }
    }
    let mut found = BTreeSet::new();
    walk(folder, "", &mut found)?;
    for path in found.iter().filter(|path| !listed.contains_key(*path) && *path != MANIFEST) {
        checked.fault(format!("{path} is in the pack and not in the manifest"));
    }
    for (path, expected) in listed.iter().filter(|(path, _)| path.starts_with("evidence/")) {
        if path.strip_prefix("evidence/") != Some(&expected.hex()) {
            checked.fault(format!("{path} is not named by its digest"));
        }
    }
    log(folder, key, &found, &mut checked)?;
    cited(folder, &found, &mut checked)?;
    if found.contains(DOSSIER) {
        let positions = found.iter().filter_map(|path| position(path)).map(|one| one.0).collect();
        verify::release(folder, &found, &positions, &mut checked)?;
    }
    Ok(checked)
}

/// The files of the manifest, by path.
fn listed(manifest: &str, checked: &mut Checked) -> BTreeMap<String, Sha256> {
    let mut listed = BTreeMap::new();
    for line in manifest.lines() {
        let entry = line.split_once("  ").and_then(|(digest, path)| {
            let plain = !path.split('/').any(|part| part.is_empty() || part == "..");
            Some((path.to_owned(), digest.parse().ok().filter(|_| plain)?))
        });
        match entry {
            Some((path, digest)) => drop(listed.insert(path, digest)),
            None => checked.fault(format!("the manifest has a line that says nothing: `{line}`")),
        }
    }
    listed
}

fn log(
    folder: &Path,
    key: Option<&VerifyingKey>,
    found: &BTreeSet<String>,
    checked: &mut Checked,
) -> io::Result<()> {
    let own = text(&folder.join(KEY)).unwrap_or_default();
    let own: Option<VerifyingKey> = own.trim().parse().ok();
    if key.is_none() && own.is_some() {
        let remark = "no key was given: the key in the pack was believed";
        checked.remarks.push(remark.to_owned());
    }
    let Some(key) = key.or(own.as_ref()) else {
        checked.fault("there is no key to check the log with: name one with --key");
        return Ok(());
    };
    checked.key = Some(key.to_string());
    let checkpoint = bytes(&folder.join(CHECKPOINT)).unwrap_or_default();
    match Checkpoint::open(&checkpoint, key) {
        Ok(opened) => checked.log_size = Some(opened.size()),
        Err(error) => {
            checked.fault(format!("the head of the log is not signed by this key: {error}"));
            return Ok(());
        }
    }
    let events = found.iter().filter_map(|path| position(path));
    for (position, path) in events.map(|(position, path)| (position, path.to_owned())) {
        let leaf = bytes(&folder.join(&path))?;
        let proof = path.replace(".json", ".tlog-proof");
        let proof = bytes(&folder.join(proof)).unwrap_or_default();
        let proved = TlogProof::parse(&proof).and_then(|proof| {
            proof.verify(&leaf, key)?;
            Ok((proof.index, proof.checkpoint.to_string()))
        });
        match proved {
            Ok((index, head)) if index == position && head.as_bytes() == checkpoint => {
                checked.events += 1;
            }
            Ok((index, _)) if index != position => {
                checked.fault(format!("{path} is event {index} of the log, not {position}"));
            }
            Ok(_) => checked.fault(format!("the proof of {path} leads to another head")),
            Err(error) => checked.fault(format!("{path} is not proved to be in the log: {error}")),
        }
    }
    Ok(())
}

/// Everything the pack cites has to be in it.
fn cited(folder: &Path, found: &BTreeSet<String>, checked: &mut Checked) -> io::Result<()> {
    if !found.contains("pack.json") {
        return Ok(());
    }
    let Ok(pack) = serde_json::from_slice::<Value>(&bytes(&folder.join("pack.json"))?) else {
        checked.fault("pack.json cannot be read");
        return Ok(());
    };
    let held: BTreeSet<u64> =
        found.iter().filter_map(|path| position(path)).map(|it| it.0).collect();
    let mut events = BTreeSet::new();
    gather(&pack, &["events", "cited"], &mut |value| events.extend(value.as_u64()));
    gather(&pack, &["position"], &mut |value| events.extend(value.as_u64()));
    for position in events.difference(&held) {
        checked.fault(format!("event {position} is cited and not in the pack"));
    }
    let gone = pack["missing_evidence"].as_array().into_iter().flatten();
    let gone: BTreeSet<&str> = gone.filter_map(Value::as_str).collect();
    let mut files = BTreeSet::new();
    gather(&pack["deployments"], &["sha256"], &mut |value| {
        files.extend(value.as_str().map(str::to_owned))
    });
    for digest in files.iter().filter(|digest| !gone.contains(digest.as_str())) {
        let name = digest.trim_start_matches("sha256:");
        if !found.contains(&format!("evidence/{name}")) {
            checked.fault(format!("evidence {digest} is cited and not in the pack"));
        }
    }
    Ok(())
}

/// Every value below one of these keys, lists opened.
fn gather(value: &Value, keys: &[&str], take: &mut impl FnMut(&Value)) {
    match value {
        Value::Array(values) => values.iter().for_each(|one| gather(one, keys, take)),
        Value::Object(map) => {
            for (key, value) in map {
                if !keys.contains(&key.as_str()) {
                    gather(value, keys, take);
                } else if let Value::Array(values) = value {
                    values.iter().for_each(&mut *take);
                } else {
                    take(value);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The position of the event in this file, when it is one.
fn position(path: &str) -> Option<(u64, &str)> {
    let name = path.strip_prefix("log/events/")?.strip_suffix(".json")?;
    Some((name.parse().ok()?, path))
}

fn walk(folder: &Path, below: &str, found: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            walk(folder, &path, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

/// A file, whole.
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MAX_WHOLE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text(path: &Path) -> io::Result<String> {
    String::from_utf8(bytes(path)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

fn digest(path: &Path) -> io::Result<Sha256> {
    use sha2::Digest as _;
    let mut hasher = sha2::Sha256::new();
    let mut file = std::fs::File::open(path)?;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(Sha256::from_bytes(hasher.finalize().into()));
        }
        hasher.update(&chunk[..read]);
    }
}
