//! The right edge of a Merkle tree: all that is needed to append to a log and to name its root.
//!
//! A tree of any size is a row of perfect subtrees, one per bit set in the size, the largest
//! first. Keeping their roots (at most 63 hashes) makes an append cost O(1) hashes on average and
//! the root O(log n), with no earlier leaf at hand. Proofs about earlier leaves are not made here.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::hash::{Hash, empty_root, node_hash};

/// The most leaves a log may hold: 2^63 - 1, so that every size fits a signed 64-bit column.
pub const MAX_SIZE: u64 = i64::MAX as u64;

/// What a log commits to: how many leaves it has, and the root of the tree over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeHead {
    /// The number of leaves.
    pub size: u64,
    /// The RFC 6962 root over exactly those leaves.
    pub root: Hash,
}

/// The roots of the perfect subtrees of a growing log.
///
/// ```
/// use countersign_proof::{Frontier, leaf_hash};
///
/// let mut frontier = Frontier::new();
/// frontier.push(leaf_hash(b"first"));
/// frontier.push(leaf_hash(b"second"));
/// assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    // INVARIANT: one root per bit set in `size`, the largest subtree first.
    peaks: Vec<Hash>,
}

/// Why bytes are not a stored [`Frontier`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FrontierError {
    /// Fewer bytes than the size alone takes.
    #[error("a stored frontier starts with a size of 8 bytes, here are only {actual} bytes")]
    NoSize {
        /// The number of bytes given.
        actual: usize,
    },
    /// The size is above [`MAX_SIZE`].
    #[error("a log cannot hold {size} leaves")]
    TooLarge {
        /// The size as stored.
        size: u64,
    },
    /// The number of hashes does not follow from the size.
    #[error("a frontier of {size} leaves takes {expected} bytes, here are {actual}")]
    Length {
        /// The size as stored, in leaves.
        size: u64,
        /// The length such a frontier has, in bytes.
        expected: usize,
        /// The number of bytes given.
        actual: usize,
    },
}

impl Frontier {
    /// The frontier of a log without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends one leaf, given by its [`leaf_hash`](crate::leaf_hash).
    ///
    /// # Panics
    ///
    /// Past [`MAX_SIZE`] leaves, which no log reaches.
    pub fn push(&mut self, leaf: Hash) {
        assert!(self.size < MAX_SIZE, "a log cannot hold more than {MAX_SIZE} leaves");
        let merged = self.size.trailing_ones() as usize;
        let kept = self.peaks.len() - merged;
        let peak = self.peaks.drain(kept..).rev().fold(leaf, |right, left| node_hash(left, right));
        self.peaks.push(peak);
        self.size += 1;
    }

    /// The number of leaves appended so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The RFC 6962 root over all leaves so far.
    pub fn root(&self) -> Hash {
        let folded = self.peaks.iter().copied().rev().reduce(|right, left| node_hash(left, right));
        folded.unwrap_or_else(empty_root)
    }

    /// Size and root together.
    pub fn head(&self) -> TreeHead {
        TreeHead { size: self.size, root: self.root() }
    }

    /// The stored form: the size as 8 bytes, big-endian, then 32 bytes per perfect subtree, the
    /// largest first. At most 2,024 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(stored_len(self.size));
        bytes.extend_from_slice(&self.size.to_be_bytes());
        self.peaks.iter().for_each(|peak| bytes.extend_from_slice(peak.as_bytes()));
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    ///
    /// Size and length must agree. The hashes themselves cannot be checked here: compare
    /// [`Frontier::root`] with a signed checkpoint.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let Some((size, peaks)) = bytes.split_first_chunk() else {
            return Err(FrontierError::NoSize { actual: bytes.len() });
        };
        let size = u64::from_be_bytes(*size);
        if size > MAX_SIZE {
            return Err(FrontierError::TooLarge { size });
        }
        let (expected, actual) = (stored_len(size), bytes.len());
        if actual != expected {
            return Err(FrontierError::Length { size, expected, actual });
        }
        let (peaks, _) = peaks.as_chunks();
        Ok(Self { size, peaks: peaks.iter().copied().map(Hash::from_bytes).collect() })
    }
}

fn stored_len(size: u64) -> usize {
    8 + Hash::LEN * size.count_ones() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    fn grown(size: u64) -> Frontier {
        let mut frontier = Frontier::new();
        (0..size).for_each(|position| frontier.push(leaf_hash(&position.to_be_bytes())));
        frontier
    }

    #[test]
    fn a_new_frontier_has_the_empty_root() {
        assert_eq!(Frontier::new().head(), TreeHead { size: 0, root: empty_root() });
    }

    #[test]
    fn the_root_of_one_leaf_is_its_hash() {
        assert_eq!(grown(1).root(), leaf_hash(&0u64.to_be_bytes()));
    }

    #[test]
    fn a_stored_frontier_grows_on_as_if_it_had_never_been_stored() {
        for size in 0..70 {
            let frontier = grown(size);
            let mut restored = Frontier::from_bytes(&frontier.to_bytes()).expect("own bytes");
            assert_eq!(restored, frontier);
            restored.push(leaf_hash(&size.to_be_bytes()));
            assert_eq!(restored, grown(size + 1));
        }
    }

    #[test]
    fn stored_bytes_of_another_length_are_refused() {
        let bytes = grown(5).to_bytes();
        for len in 0..bytes.len() {
            assert!(Frontier::from_bytes(&bytes[..len]).is_err(), "{len} bytes");
        }
        let longer = [&bytes[..], &[0]].concat();
        let expected = FrontierError::Length { size: 5, expected: 72, actual: 73 };
        assert_eq!(Frontier::from_bytes(&longer), Err(expected));
    }

    #[test]
    fn a_size_that_no_column_holds_is_refused() {
        let bytes = [0xff; 8 + 64 * 32];
        let expected = FrontierError::TooLarge { size: u64::MAX };
        assert_eq!(Frontier::from_bytes(&bytes), Err(expected));
    }
}
