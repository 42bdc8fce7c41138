//! The proof side of Countersign: what lets anyone check a log without trusting its keeper.
//!
//! A log is a list of leaves, hashed into a Merkle tree (RFC 6962). Its head is signed as a
//! checkpoint (C2SP tlog-checkpoint on top of signed-note). This crate builds, signs, reads and
//! checks all of that.
//!
//! What is absent on purpose: no file, no network, no clock and no randomness (a key's seed comes
//! from the caller), and no knowledge of what an event says. A leaf is bytes.
//!
//! ```
//! use countersign_proof::{Checkpoint, Frontier, KeyName, LogAudit, SigningKey, leaf_hash};
//!
//! let key = SigningKey::from_seed(KeyName::new("example.com/log")?, &[7; 32]);
//! let events: [&[u8]; 2] = [b"release requested", b"release approved"];
//!
//! let mut frontier = Frontier::new();
//! for event in events {
//!     frontier.push(leaf_hash(event));
//! }
//! let note = Checkpoint::new(key.name().clone(), frontier.head()).sign(&key)?;
//!
//! let mut audit = LogAudit::new(key.verifying_key().clone());
//! audit.expect_checkpoint(note.to_string().as_bytes())?;
//! for (position, event) in (0..).zip(events) {
//!     audit.feed(position, event, leaf_hash(event))?;
//! }
//! assert_eq!(audit.finish(frontier.head())?.signed, 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(missing_docs)]

mod audit;
mod bundle;
mod checkpoint;
mod frontier;
mod hash;
mod hex;
mod key;
mod log_fault;
mod note;
mod plan;
mod tile;
mod tlog_proof;
mod tree;

pub use audit::{LogAudit, LogReport};
pub use bundle::{BundleError, MAX_ENTRY_BYTES, decode_bundle, encode_bundle};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use frontier::{Frontier, FrontierError, MAX_SIZE, TreeHead};
pub use hash::{Hash, HashError, empty_root, leaf_hash, node_hash};
pub use key::{KeyError, KeyId, KeyName, SignatureType, SigningKey, VerifyingKey};
pub use log_fault::LogFault;
pub use note::{MAX_NOTE_BYTES, MAX_SIGNATURES, NoteError, NoteSignature, SignedNote};
pub use plan::{Node, ProofPlan};
pub use tile::{TILE_WIDTH, TileAddress, TileContent, TileError, decode_tile, encode_tile};
pub use tlog_proof::{TlogProof, TlogProofError};
pub use tree::{
    ProofError, prove_consistency, prove_inclusion, root_over, verify_consistency, verify_inclusion,
};
