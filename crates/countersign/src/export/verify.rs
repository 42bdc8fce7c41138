//! Checking an export without the server it came from: every event is in the signed log, none of
//! the release's is missing, and every file is the one the log speaks of.
//!
//! It trusts one thing, the log's key. With no key given it takes the one in the export, and says
//! so: that proves only that the export agrees with itself.

use crate::failure::{Doing, Failure};
use countersign_core::digest::{Sha256, TextDigest};
use countersign_core::dossier;
use countersign_core::event::{Envelope, Event};
use countersign_core::release::{Release, ReleaseEvent};
use countersign_core::stream::StreamId;
use countersign_proof::{Checkpoint, TlogProof, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What was found.
#[derive(Debug, Default, Serialize)]
pub struct Verified {
    /// The release it is about; empty when no event could be read.
    pub release: String,
    /// The log's key that was believed.
    pub key: String,
    /// How many events the log had when the export was made.
    pub log_size: u64,
    /// How many events of the release are proved to be in it.
    pub events: u64,
    /// How many files are what they should be.
    pub files: u64,
    /// How many free texts are the ones the events commit to.
    pub texts: u64,
    /// What a reader should know, and what is no fault.
    pub remarks: Vec<String>,
    /// Everything that is wrong. Empty: sound.
    pub findings: Vec<String>,
}

impl Verified {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Checks an unpacked export. An error means that it could not be read at all.
pub fn verify(folder: &Path, key: Option<VerifyingKey>) -> Result<Verified, Failure> {
    let mut checking = Checking { folder, found: Verified::default() };
    let key = match key {
        Some(key) => key,
        None => {
            let remark = "no key was given: the key in the export was believed";
            checking.found.remarks.push(remark.to_owned());
            let text = read_text(&folder.join("log/key"))?;
            text.trim().parse().doing("read the key in the export")?
        }
    };
    checking.found.key = key.to_string();
    checking.head(&key)?;
    checking.manifest()?;
    let release = checking.events(&key)?;
    checking.evidence(&release);
    checking.dossier(&release);
    checking.texts()?;
    Ok(checking.found)
}

struct Checking<'a> {
    folder: &'a Path,
    found: Verified,
}

impl Checking<'_> {
    fn wrong(&mut self, what: String) {
        self.found.findings.push(what);
    }

    fn head(&mut self, key: &VerifyingKey) -> Result<(), Failure> {
        let note = read(&self.folder.join("log/checkpoint"))?;
        match Checkpoint::open(&note, key) {
            Ok(checkpoint) => self.found.log_size = checkpoint.head().size,
            Err(error) => self.wrong(format!("log/checkpoint: {error}")),
        }
        Ok(())
    }

    /// Every file the manifest names is what it says, and there is no other.
    fn manifest(&mut self) -> Result<(), Failure> {
        let text = read_text(&self.folder.join("MANIFEST.sha256"))?;
        let mut named: BTreeSet<PathBuf> = [PathBuf::from("MANIFEST.sha256")].into();
        for line in text.lines() {
            let Some((digest, name)) = line.split_once("  ") else {
                self.wrong(format!("MANIFEST.sha256: `{line}` is no line of it"));
                continue;
            };
            named.insert(PathBuf::from(name));
            match digest_of(&self.folder.join(name)) {
                Ok(found) if found.hex() == digest => self.found.files += 1,
                Ok(found) => self.wrong(format!("{name} was changed: it is {}", found.hex())),
                Err(_) => self.wrong(format!("{name} is missing")),
            }
        }
        for file in files_below(self.folder)? {
            let name = file.strip_prefix(self.folder).unwrap_or(&file).to_owned();
            if !named.contains(&name) {
                self.wrong(format!("{} is not named in the manifest", name.display()));
            }
        }
        Ok(())
    }

    /// Each event is proved, belongs to one release, and none before the last is left out.
    fn events(&mut self, key: &VerifyingKey) -> Result<Release, Failure> {
        let mut release = Release::default();
        let mut stream: Option<StreamId> = None;
        let files = files_below(&self.folder.join("log"))?;
        let leaves = files.iter().filter(|path| path.extension().is_some_and(|one| one == "json"));
        for path in leaves {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let leaf = read(path)?;
            let Some(envelope) = self.proved(&name, path, &leaf, key)? else { continue };
            let of_release = matches!(envelope.stream, StreamId::Release(_));
            if !of_release || stream.get_or_insert(envelope.stream.clone()) != &envelope.stream {
                self.wrong(format!("log/{name} belongs to `{}`", envelope.stream));
                continue;
            }
            if envelope.version != release.version + 1 {
                let missing = release.version + 1;
                self.wrong(format!("event {missing} of the release is missing before log/{name}"));
            }
            if let Event::Release(event) = &envelope.event {
                release.evolve(envelope.at, &envelope.by, event);
                release.version = envelope.version;
                self.decision(event, &release);
            }
            self.found.events += 1;
        }
        match &release.id {
            Some(id) => self.found.release = id.to_string(),
            None => self.wrong("there is no event of a release".to_owned()),
        }
        Ok(release)
    }

    /// The approval was given for what the events before it lead to.
    fn decision(&mut self, event: &ReleaseEvent, release: &Release) {
        if let ReleaseEvent::Approved { decision } = event
            && decision.dossier != dossier::digest(release)
        {
            self.wrong("the approval was given for another dossier".to_owned());
        }
    }

    fn proved(
        &mut self,
        name: &str,
        path: &Path,
        leaf: &[u8],
        key: &VerifyingKey,
    ) -> Result<Option<Envelope>, Failure> {
        let proof = read(&path.with_extension("tlog-proof"))?;
        let verified = TlogProof::parse(&proof).and_then(|proof| proof.verify(leaf, key));
        if let Err(error) = verified {
            self.wrong(format!("log/{name}: {error}"));
            return Ok(None);
        }
        match Envelope::decode(leaf) {
            Ok(envelope) => Ok(Some(envelope)),
            Err(error) => {
                self.wrong(format!("log/{name}: {error}"));
                Ok(None)
            }
        }
    }

    /// What was not purged is there under its digest; what was purged is not.
    fn evidence(&mut self, release: &Release) {
        let none = !self.folder.join("evidence").is_dir();
        if none && !release.unpurged().is_empty() {
            let remark = "the files of evidence were left out of this export";
            self.found.remarks.push(remark.to_owned());
        }
        for (id, attached) in &release.evidence {
            let one = &attached.evidence;
            if let Some(purged) = release.kept.purged.get(id) {
                self.found.remarks.push(format!("{id} ({}) was purged on {}", one.name, purged.at));
                continue;
            }
            if none {
                continue;
            }
            let path = super::place_of(release, id).unwrap_or_default();
            match digest_of(&self.folder.join(&path)) {
                Ok(found) if found == one.sha256 => {}
                Ok(found) => self.wrong(format!("{path} is {found}, the log says {}", one.sha256)),
                Err(_) => self.wrong(format!("{path} is missing, and was not purged")),
            }
        }
    }

    /// The dossier is the one that the events lead to.
    fn dossier(&mut self, release: &Release) {
        let wanted = dossier::digest(release);
        match digest_of(&self.folder.join("dossier.json")) {
            Ok(found) if found == wanted => {}
            Ok(_) | Err(_) => self.wrong("dossier.json is not what the events lead to".to_owned()),
        }
    }

    fn texts(&mut self) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Salted {
            salt: String,
            text: String,
        }
        let text = read_text(&self.folder.join("texts.json"))?;
        let texts: BTreeMap<String, Salted> =
            serde_json::from_str(&text).doing("read texts.json")?;
        for (digest, salted) in texts {
            let salt = salt_of(&salted.salt);
            let committed = salt.map(|salt| TextDigest::commit(&salt, &salted.text).0.to_string());
            if committed.as_ref() == Some(&digest) {
                self.found.texts += 1;
            } else {
                self.wrong(format!("texts.json: the text of {digest} was changed"));
            }
        }
        Ok(())
    }
}

fn salt_of(hex: &str) -> Option<[u8; 16]> {
    let digits = hex.as_bytes().chunks(2).map(|two| {
        let two = std::str::from_utf8(two).ok()?;
        u8::from_str_radix(two, 16).ok()
    });
    let bytes: Option<Vec<u8>> = digits.collect();
    bytes?.try_into().ok()
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).doing(&format!("read `{}`", path.display()))
}

fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).doing(&format!("read `{}`", path.display()))
}

fn digest_of(path: &Path) -> std::io::Result<Sha256> {
    let mut file = fs::File::open(path)?;
    let mut hash = Hashing(<sha2::Sha256 as sha2::Digest>::new());
    std::io::copy(&mut file, &mut hash)?;
    Ok(Sha256::from_bytes(sha2::Digest::finalize(hash.0).into()))
}

struct Hashing(sha2::Sha256);

impl std::io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        sha2::Digest::update(&mut self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Every file below a folder, in the order of their names.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).doing(&format!("read `{}`", folder.display()))?;
    for entry in entries {
        let path = entry.doing("read a folder")?.path();
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
