//! A proof in one file that a leaf is in a log (C2SP tlog-proof, `.tlog-proof`).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! extra <base64>             (may be absent)
//! index <position>
//! <base64 of a hash>         (zero or more, from the leaf's sibling upwards)
//! <blank line>
//! <the signed checkpoint, as it was issued>
//! ```
//!
//! Together with the leaf's bytes and the log's key it is all an auditor needs, offline.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError, decimal};
use crate::hash::{Hash, HashError, leaf_hash};
use crate::key::VerifyingKey;
use crate::note::{MAX_NOTE_BYTES, NoteError, SignedNote};
use crate::tree::{ProofError, verify_inclusion};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// The most hashes that a proof can need.
const MAX_HASHES: usize = 63;

/// A proof that a leaf is in a log, well formed but not yet verified.
///
/// `Display` writes the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// The leaf's position in the log, from 0.
    pub index: u64,
    /// The inclusion proof, from the leaf's sibling up to the root's child (RFC 6962 §2.1.1).
    pub path: Vec<Hash>,
    /// The signed checkpoint that the path leads to.
    pub checkpoint: SignedNote,
    /// Bytes for the reader's convenience, empty if there are none. Nothing authenticates them.
    pub extra: Vec<u8>,
}

/// Why a proof file cannot be read or does not hold. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TlogProofError {
    /// Longer than a note may be.
    #[error("the proof has {actual} bytes, the limit is {MAX_NOTE_BYTES}")]
    TooLong {
        /// The length in bytes.
        actual: usize,
    },
    /// The first line names another format.
    #[error("the proof does not start with the line `{FIRST_LINE}`")]
    Format,
    /// The proof ends before its checkpoint.
    #[error("the proof ends before its {missing}")]
    Missing {
        /// `index line`, or `checkpoint`.
        missing: &'static str,
    },
    /// The part before the checkpoint is not ASCII text.
    #[error("line {line} of the proof is not text")]
    NotText {
        /// The line.
        line: usize,
    },
    /// The `extra` line does not hold base64.
    #[error("line 2 of the proof does not hold the base64 of extra data")]
    Extra,
    /// No `index` line where it belongs, or not a decimal number in it.
    #[error("line {line} of the proof is not `index` and a decimal number")]
    Index {
        /// The line.
        line: usize,
    },
    /// A line that should be a hash is none.
    #[error("line {line} of the proof is not a hash")]
    Hash {
        /// The line.
        line: usize,
        /// What is wrong with it.
        source: HashError,
    },
    /// More hashes than any log needs.
    #[error("the proof has more than {MAX_HASHES} hashes")]
    TooManyHashes,
    /// The checkpoint is not a signed note.
    #[error("the checkpoint in the proof cannot be read")]
    Note(#[source] NoteError),
    /// The checkpoint is not by the log's key.
    #[error("the checkpoint in the proof cannot be trusted")]
    Checkpoint(#[source] CheckpointError),
    /// The leaf and the hashes do not lead to the signed root.
    #[error("leaf {index} is not proved to be in the log")]
    Inclusion {
        /// The position the proof claims.
        index: u64,
        /// What is wrong with the proof.
        source: ProofError,
    },
}

impl TlogProof {
    /// Reads a proof file. Nothing is verified yet.
    pub fn parse(bytes: &[u8]) -> Result<Self, TlogProofError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(TlogProofError::TooLong { actual: bytes.len() });
        }
        let mut lines = Lines { rest: bytes, line: 0 };
        if lines.next("format")? != FIRST_LINE {
            return Err(TlogProofError::Format);
        }
        let mut text = lines.next("index line")?;
        let mut extra = Vec::new();
        if let Some(encoded) = text.strip_prefix("extra ") {
            extra = read_extra(encoded)?;
            text = lines.next("index line")?;
        }
        let index = text.strip_prefix("index ").and_then(decimal);
        let index = index.ok_or(TlogProofError::Index { line: lines.line })?;
        let path = read_path(&mut lines)?;
        let checkpoint = SignedNote::parse(lines.rest).map_err(TlogProofError::Note)?;
        Ok(Self { index, path, checkpoint, extra })
    }

    /// Checks that `leaf`, as its exact bytes, stands at [`TlogProof::index`] in the log whose key
    /// is `key`. Gives back the checkpoint that says so.
    pub fn verify(&self, leaf: &[u8], key: &VerifyingKey) -> Result<Checkpoint, TlogProofError> {
        let checkpoint = Checkpoint::verify(&self.checkpoint, key);
        let checkpoint = checkpoint.map_err(TlogProofError::Checkpoint)?;
        verify_inclusion(leaf_hash(leaf), self.index, &self.path, checkpoint.head())
            .map_err(|source| TlogProofError::Inclusion { index: self.index, source })?;
        Ok(checkpoint)
    }
}

fn read_extra(encoded: &str) -> Result<Vec<u8>, TlogProofError> {
    let extra = STANDARD.decode(encoded).unwrap_or_default();
    if extra.is_empty() { Err(TlogProofError::Extra) } else { Ok(extra) }
}

/// Reads hashes up to the blank line.
fn read_path(lines: &mut Lines<'_>) -> Result<Vec<Hash>, TlogProofError> {
    let mut path = Vec::new();
    loop {
        let text = lines.next("checkpoint")?;
        if text.is_empty() {
            return Ok(path);
        }
        if path.len() == MAX_HASHES {
            return Err(TlogProofError::TooManyHashes);
        }
        let hash = Hash::from_base64(text);
        path.push(hash.map_err(|source| TlogProofError::Hash { line: lines.line, source })?);
    }
}

/// The lines before the checkpoint, read one at a time so that the checkpoint stays verbatim.
struct Lines<'a> {
    rest: &'a [u8],
    line: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self, missing: &'static str) -> Result<&'a str, TlogProofError> {
        let end = self.rest.iter().position(|byte| *byte == b'\n');
        let end = end.ok_or(TlogProofError::Missing { missing })?;
        let (line, rest) = (&self.rest[..end], &self.rest[end + 1..]);
        self.line += 1;
        self.rest = rest;
        match std::str::from_utf8(line) {
            Ok(text) if text.is_ascii() => Ok(text),
            _ => Err(TlogProofError::NotText { line: self.line }),
        }
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if !self.extra.is_empty() {
            writeln!(f, "extra {}", STANDARD.encode(&self.extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{}", hash.to_base64()))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontier::TreeHead;
    use crate::key::{KeyName, SigningKey};
    use crate::tree::{prove_inclusion, root_over};

    const LEAVES: [&[u8]; 5] = [b"requested", b"classified", b"attached", b"approved", b"deployed"];

    fn key() -> SigningKey {
        SigningKey::from_seed(KeyName::new("example.com/log").expect("a name"), &[3; 32])
    }

    fn proof(index: u64) -> TlogProof {
        let hashes = LEAVES.map(leaf_hash);
        let head = TreeHead { size: 5, root: root_over(&hashes) };
        let checkpoint = Checkpoint::new(key().name().clone(), head).sign(&key()).expect("own log");
        let path = prove_inclusion(&hashes, index).expect("in the log");
        TlogProof { index, path, checkpoint, extra: Vec::new() }
    }

    fn refusal(file: &str) -> String {
        TlogProof::parse(file.as_bytes()).expect_err("malformed").to_string()
    }

    #[test]
    fn a_proof_file_reads_back_and_proves_its_leaf() {
        for (index, leaf) in (0..).zip(LEAVES) {
            let file = proof(index).to_string();
            let read = TlogProof::parse(file.as_bytes()).expect("own file");
            assert_eq!(read, proof(index));
            let checkpoint = read.verify(leaf, key().verifying_key()).expect("in the log");
            assert_eq!(checkpoint.size(), 5);
        }
    }

    #[test]
    fn a_proof_file_has_the_lines_of_its_format() {
        let proof = TlogProof { extra: b"note".to_vec(), ..proof(4) };
        let [sibling] = proof.path.as_slice() else { panic!("one hash leads to the root") };
        let expected = format!(
            "c2sp.org/tlog-proof@v1\nextra bm90ZQ==\nindex 4\n{}\n\n{}",
            sibling.to_base64(),
            proof.checkpoint,
        );
        assert_eq!(proof.to_string(), expected);
        assert_eq!(TlogProof::parse(expected.as_bytes()), Ok(proof));
    }

    #[test]
    fn every_changed_bit_of_a_proof_file_is_detected() {
        let file = proof(2).to_string().into_bytes();
        for bit in 0..file.len() * 8 {
            let mut changed = file.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let verdict = TlogProof::parse(&changed)
                .and_then(|proof| proof.verify(LEAVES[2], key().verifying_key()));
            assert!(verdict.is_err(), "bit {bit} changed and nobody noticed");
        }
    }

    #[test]
    fn another_leaf_is_not_proved() {
        let refused = proof(2).verify(b"rejected", key().verifying_key()).expect_err("not there");
        assert_eq!(refused.to_string(), "leaf 2 is not proved to be in the log");
    }

    #[test]
    fn every_cut_off_proof_file_is_refused() {
        let file = proof(2).to_string();
        for len in 0..file.len() {
            assert!(TlogProof::parse(&file.as_bytes()[..len]).is_err(), "{len} bytes");
        }
    }

    #[test]
    fn a_malformed_proof_file_is_told_what_is_wrong_and_on_which_line() {
        let hash = leaf_hash(b"").to_base64();
        let many = format!("{hash}\n").repeat(64);
        let table = [
            ("", "ends before its format"),
            ("c2sp.org/tlog-proof@v2\nindex 1\n", "does not start with the line"),
            ("c2sp.org/tlog-proof@v1\n", "ends before its index line"),
            ("c2sp.org/tlog-proof@v1\nextra \nindex 1\n", "line 2 of the proof does not hold"),
            ("c2sp.org/tlog-proof@v1\nextra YQ\nindex 1\n", "line 2 of the proof does not hold"),
            ("c2sp.org/tlog-proof@v1\nindex 01\n", "line 2 of the proof is not `index`"),
            ("c2sp.org/tlog-proof@v1\nextra YQ==\nindex -1\n", "line 3 of the proof is not `in"),
            ("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n", "line 3 of the proof is not a hash"),
            ("c2sp.org/tlog-proof@v1\nindex 1\n\u{e9}\n", "line 3 of the proof is not text"),
            (&format!("c2sp.org/tlog-proof@v1\nindex 1\n{hash}\n"), "ends before its checkpoint"),
            (&format!("c2sp.org/tlog-proof@v1\nindex 1\n{many}"), "more than 63 hashes"),
            ("c2sp.org/tlog-proof@v1\nindex 1\n\n", "the checkpoint in the proof cannot be read"),
        ];
        for (file, reason) in table {
            assert!(refusal(file).contains(reason), "{file:?}: {}", refusal(file));
        }
    }
}
