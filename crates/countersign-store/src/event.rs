//! Stored events and the head of the log.

use countersign_core::stream::StreamId;
use countersign_proof::TreeHead;
use std::sync::Arc;

/// An event as it lies in the log. Its bytes are never looked into here and never change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its index in the log and in the Merkle tree, counted from 0 without gaps.
    pub position: u64,
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its number in that stream, counted from 1 without gaps.
    pub version: u64,
    /// The exact bytes that were appended; they are the leaf of the Merkle tree.
    pub bytes: Vec<u8>,
}

/// The head of the log: how long it is, its root, and the signed promise of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogHead {
    /// Size and root.
    pub tree: TreeHead,
    /// The checkpoint: a signed note, as its exact text.
    pub checkpoint: Arc<str>,
}
