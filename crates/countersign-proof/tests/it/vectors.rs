//! Logs and notes written by other implementations. They are not kept here: the tests read them
//! from `$COUNTERSIGN_SHARED/samples/tlog`, and say so if that is not set.

use std::fs;
use std::path::PathBuf;

use countersign_proof::{
    Checkpoint, Hash, LogAudit, SignedNote, TileAddress, TileContent, TreeHead, VerifyingKey,
    decode_bundle, decode_tile, encode_bundle, encode_tile, leaf_hash, prove_consistency,
    prove_inclusion, root_over, verify_consistency, verify_inclusion,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    vkey: String,
    origin: String,
    entries_utf8: Vec<String>,
    inclusion_index6_size15: Vec<String>,
    consistency_7_to_15: Vec<String>,
}

#[derive(Deserialize)]
struct NoteExample {
    vkey: String,
    note: String,
}

/// The sample called `name`, or nothing if there are no samples to read.
fn sample(name: &str) -> Option<Vec<u8>> {
    let Some(shared) = std::env::var_os("COUNTERSIGN_SHARED") else {
        println!("skipped: COUNTERSIGN_SHARED is not set");
        return None;
    };
    let path = PathBuf::from(shared).join("samples/tlog").join(name);
    Some(fs::read(&path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display())))
}

fn vectors() -> Option<Vectors> {
    let json = sample("tessera/vectors.json")?;
    Some(serde_json::from_slice(&json).expect("vectors are JSON"))
}

fn checkpoint(size: usize) -> Option<Vec<u8>> {
    sample(&format!("tessera/checkpoint.{size}.txt"))
}

impl Vectors {
    fn key(&self) -> VerifyingKey {
        self.vkey.parse().expect("a vkey")
    }

    fn leaves(&self) -> Vec<Hash> {
        self.entries_utf8.iter().map(|entry| leaf_hash(entry.as_bytes())).collect()
    }
}

fn hashes(base64: &[String]) -> Vec<Hash> {
    base64.iter().map(|hash| Hash::from_base64(hash).expect("a hash")).collect()
}

#[test]
fn a_foreign_note_reads_verifies_and_prints_unchanged() {
    let Some(json) = sample("signed-note-c2sp-example.json") else { return };
    let example: NoteExample = serde_json::from_slice(&json).expect("the example is JSON");
    let key: VerifyingKey = example.vkey.parse().expect("a vkey");
    assert_eq!(key.to_string(), example.vkey);
    let note = SignedNote::parse(example.note.as_bytes()).expect("a note");
    assert_eq!(note.to_string(), example.note);
    let text = note.verify(&[key]).expect("signed");
    assert!(example.note.starts_with(text));
}

#[test]
fn every_foreign_checkpoint_opens_and_has_the_root_of_its_entries() {
    let Some(vectors) = vectors() else { return };
    let leaves = vectors.leaves();
    for size in 0..=leaves.len() {
        let bytes = checkpoint(size).expect("samples are there");
        let opened = Checkpoint::open(&bytes, &vectors.key()).expect("signed");
        assert_eq!(opened.origin(), vectors.origin);
        assert_eq!(opened.size(), size as u64);
        assert_eq!(opened.root(), root_over(&leaves[..size]));
    }
}

#[test]
fn foreign_proofs_verify_and_ours_are_the_same() {
    let Some(vectors) = vectors() else { return };
    let leaves = vectors.leaves();
    let head = |size| {
        let bytes = checkpoint(size).expect("samples are there");
        Checkpoint::open(&bytes, &vectors.key()).expect("signed").head()
    };
    let inclusion = hashes(&vectors.inclusion_index6_size15);
    assert_eq!(verify_inclusion(leaves[6], 6, &inclusion, head(15)), Ok(()));
    assert_eq!(prove_inclusion(&leaves, 6), Ok(inclusion));
    let consistency = hashes(&vectors.consistency_7_to_15);
    assert_eq!(verify_consistency(head(7), head(15), &consistency), Ok(()));
    assert_eq!(prove_consistency(&leaves, 7), Ok(consistency));
}

#[test]
fn foreign_tiles_and_bundles_hold_the_entries() {
    let Some(vectors) = vectors() else { return };
    let tile = sample("tessera/tile-0-000.p-15.bin").expect("samples are there");
    let address = TileAddress::in_log(TileContent::Hashes { level: 0 }, 0, 15).expect("a tile");
    assert_eq!(decode_tile(&tile, address.width()), Ok(vectors.leaves()));
    assert_eq!(encode_tile(&vectors.leaves()), tile);
    let bundle = sample("tessera/tile-entries-000.p-15.bin").expect("samples are there");
    let entries: Vec<_> = vectors.entries_utf8.iter().map(String::as_bytes).collect();
    assert_eq!(decode_bundle(&bundle), Ok(entries.clone()));
    assert_eq!(encode_bundle(entries), Ok(bundle));
}

#[test]
fn a_foreign_log_passes_the_audit_with_all_its_checkpoints() {
    let Some(vectors) = vectors() else { return };
    let mut audit = LogAudit::new(vectors.key());
    for size in 0..=vectors.entries_utf8.len() {
        let bytes = checkpoint(size).expect("samples are there");
        audit.expect_checkpoint(&bytes).expect("signed");
    }
    for (position, entry) in (0..).zip(&vectors.entries_utf8) {
        let leaf = entry.as_bytes();
        audit.feed(position, leaf, leaf_hash(leaf)).expect("sound");
    }
    let head = TreeHead { size: 15, root: root_over(&vectors.leaves()) };
    assert_eq!(audit.finish(head).expect("sound").checkpoints, 16);
}
