//! Checking a pack without the server: every file against the manifest, the manifest against the
//! signature of the server, every event against the signed head of the log, everything the pack
//! cites against what it holds, and what it tells against what its events lead to.

use super::release::DOSSIER;
use super::{CHECKPOINT, KEY, MANIFEST, SIGNATURE, control, manifest, release};
use countersign_core::digest::Sha256;
use countersign_proof::{Checkpoint, TlogProof, VerifyingKey};
use countersign_store::LogHead;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;

/// The longest file read whole, in bytes. Events and tables are far smaller; evidence is hashed
/// piece by piece.
const MAX_WHOLE: u64 = 512 * 1024 * 1024;

/// What the pack of a control says of itself; only such a pack holds it.
const CONTROL: &str = "pack.json";

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
    /// The version of the program that made the pack, as the signature of the manifest says; absent
    /// when nothing signs the manifest.
    pub made_by: Option<String>,
    /// What the log itself proves.
    pub proved: Vec<String>,
    /// What was worked out anew from the events and is the same.
    pub recomputed: Vec<String>,
    /// What nothing but the signature of the server vouches for.
    pub vouched: Vec<String>,
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

    /// Notes that a file is not what the events lead to. Another version of the program may tell
    /// the same events otherwise; then the signature of the server is what remains.
    pub(super) fn differs(&mut self, file: &str) {
        match &self.made_by {
            Some(version) if version != manifest::PROGRAM => self.remarks.push(format!(
                "{file} was not compared with the events: version {version} of the program wrote \
                 it, this is {}",
                manifest::PROGRAM
            )),
            _ => self.fault(format!("{file} is not what the events lead to: it was changed")),
        }
    }
}

/// Checks the pack in this folder. Without a key the one in the pack is taken, which shows only
/// that the pack agrees with itself.
pub fn folder(folder: &Path, key: Option<&VerifyingKey>) -> io::Result<Checked> {
    let mut checked = Checked::default();
    let manifest = text(&folder.join(MANIFEST)).map_err(|error| no_manifest(folder, error))?;
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
    for path in found.iter().filter(|path| !listed.contains_key(*path) && !is_own(path)) {
        checked.fault(format!("{path} is in the pack and not in the manifest"));
    }
    for (path, expected) in listed.iter().filter(|(path, _)| path.starts_with("evidence/")) {
        if path.strip_prefix("evidence/") != Some(&expected.hex()) {
            checked.fault(format!("{path} is not named by its digest"));
        }
    }
    let head = log(folder, key, &found, &mut checked)?;
    cited(folder, &found, &mut checked)?;
    let positions = found.iter().filter_map(|path| position(path)).map(|one| one.0).collect();
    match head {
        None => {}
        Some(_) if found.contains(DOSSIER) => {
            release::verify::release(folder, &found, &positions, &mut checked)?;
        }
        Some(head) if found.contains(CONTROL) => {
            control::verify::control(folder, head, &positions, &mut checked)?;
        }
        Some(_) => checked.fault(format!("it holds neither {DOSSIER} nor {CONTROL}")),
    }
    Ok(checked)
}

/// The files nothing lists: the manifest and its signature.
fn is_own(path: &str) -> bool {
    path == MANIFEST || path == SIGNATURE
}

fn no_manifest(folder: &Path, error: io::Error) -> io::Error {
    if error.kind() != io::ErrorKind::NotFound || !folder.is_dir() {
        return error;
    }
    let archive = "; if it holds an archive, unpack that first";
    let message = format!("it holds no {MANIFEST}, so it is no pack, or not all of one{archive}");
    io::Error::new(io::ErrorKind::InvalidInput, message)
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

/// The head of the log, when it can be believed, with every event of the pack held against it.
fn log(
    folder: &Path,
    key: Option<&VerifyingKey>,
    found: &BTreeSet<String>,
    checked: &mut Checked,
) -> io::Result<Option<LogHead>> {
    let own = text(&folder.join(KEY)).unwrap_or_default();
    let own: Option<VerifyingKey> = own.trim().parse().ok();
    if key.is_none() && own.is_some() {
        let remark = "no key was given: the key in the pack was believed";
        checked.remarks.push(remark.to_owned());
    }
    let Some(key) = key.or(own.as_ref()) else {
        checked.fault("there is no key to check the log with: name one with --key");
        return Ok(None);
    };
    checked.key = Some(key.to_string());
    signed(folder, key, checked)?;
    let checkpoint = bytes(&folder.join(CHECKPOINT)).unwrap_or_default();
    let head = match Checkpoint::open(&checkpoint, key) {
        Ok(opened) => opened.head(),
        Err(error) => {
            checked.fault(format!("the head of the log is not signed by this key: {error}"));
            return Ok(None);
        }
    };
    checked.log_size = Some(head.size);
    events(folder, (key, &checkpoint), found, checked)?;
    checked.proved.push(format!("log/: {} events, each by its proof", checked.events));
    let checkpoint = String::from_utf8_lossy(&checkpoint).as_ref().into();
    Ok(Some(LogHead { tree: head, checkpoint }))
}

/// Whether the server that made the pack signed its manifest.
fn signed(folder: &Path, key: &VerifyingKey, checked: &mut Checked) -> io::Result<()> {
    let note = match bytes(&folder.join(SIGNATURE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let why = "nothing says that the server wrote these files";
            checked.fault(format!("{SIGNATURE} is missing: {why}"));
            return Ok(());
        }
        other => other?,
    };
    match manifest::check(&note, &bytes(&folder.join(MANIFEST))?, key) {
        Ok(version) => checked.made_by = Some(version),
        Err(why) => checked.fault(format!("{SIGNATURE} does not sign {MANIFEST}: {why}")),
    }
    Ok(())
}

/// Holds every event against the signed head.
fn events(
    folder: &Path,
    (key, checkpoint): (&VerifyingKey, &[u8]),
    found: &BTreeSet<String>,
    checked: &mut Checked,
) -> io::Result<()> {
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
    if !found.contains(CONTROL) {
        return Ok(());
    }
    let Ok(pack) = serde_json::from_slice::<Value>(&bytes(&folder.join(CONTROL))?) else {
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
