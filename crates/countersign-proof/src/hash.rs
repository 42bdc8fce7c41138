//! SHA-256 as RFC 6962 §2.1 uses it: leaves and nodes are hashed with different prefixes, so that
//! no leaf can be passed off as a node.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::hex;

const LEAF_PREFIX: u8 = 0x00;
const NODE_PREFIX: u8 = 0x01;

/// A SHA-256 hash: of a leaf, of a node, or of a whole tree.
///
/// Shown, and serialised with serde, as 64 lower-case hexadecimal digits. Checkpoints and proof
/// files write it in base64 instead: see [`Hash::to_base64`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

/// Why a text is not a [`struct@Hash`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HashError {
    /// Not 64 lower-case hexadecimal digits.
    #[error("`{text}` is not a hash: expected 64 lower-case hexadecimal digits")]
    Hex {
        /// The text as given.
        text: String,
    },
    /// Not the canonical base64 (RFC 4648 §4, padded) of 32 bytes.
    #[error("`{text}` is not a hash: expected the base64 of 32 bytes")]
    Base64 {
        /// The text as given.
        text: String,
    },
}

impl Hash {
    /// The number of bytes in a hash.
    pub const LEN: usize = 32;

    /// Takes 32 bytes that are already a hash. Nothing is hashed here.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Standard base64 with padding (44 characters), as C2SP tlog-checkpoint writes hashes.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads what [`Hash::to_base64`] writes, and no other spelling of it.
    pub fn from_base64(text: &str) -> Result<Self, HashError> {
        let bytes = STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| HashError::Base64 { text: text.to_owned() })
    }
}

/// The hash of a leaf: `SHA-256(0x00 || leaf)` (RFC 6962 §2.1).
///
/// ```
/// let hash = countersign_proof::leaf_hash(b"");
/// assert!(hash.to_string().starts_with("6e340b9cffb37a98"));
/// ```
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([LEAF_PREFIX]).chain_update(leaf).finalize().into())
}

/// The hash of an inner node: `SHA-256(0x01 || left || right)` (RFC 6962 §2.1).
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    // One buffer and one call: a log of n leaves hashes n nodes, so this is worth a copy.
    let mut node = [NODE_PREFIX; 1 + 2 * Hash::LEN];
    node[1..=Hash::LEN].copy_from_slice(&left.0);
    node[1 + Hash::LEN..].copy_from_slice(&right.0);
    Hash(Sha256::digest(node).into())
}

/// The root of a tree without leaves: the SHA-256 of nothing (RFC 6962 §2.1).
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(f, &self.0)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = HashError;

    fn from_str(text: &str) -> Result<Self, HashError> {
        hex::read(text).map(Self).ok_or_else(|| HashError::Hex { text: text.to_owned() })
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_root_is_the_hash_of_nothing() {
        let expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(empty_root().to_string(), expected);
    }

    #[test]
    fn a_leaf_that_looks_like_a_node_hashes_differently() {
        let (left, right) = (leaf_hash(b"left"), leaf_hash(b"right"));
        let forged = [left.0, right.0].concat();
        assert_ne!(leaf_hash(&forged), node_hash(left, right));
    }

    #[test]
    fn a_hash_survives_hexadecimal_base64_and_json() {
        let hash = leaf_hash(b"event");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(Hash::from_base64(&hash.to_base64()), Ok(hash));
        let json = serde_json::to_string(&hash).expect("a hash is JSON");
        assert_eq!(json, format!("\"{hash}\""));
        assert_eq!(serde_json::from_str::<Hash>(&json).expect("a hash reads back"), hash);
    }

    #[test]
    fn another_spelling_of_a_hash_is_refused() {
        let hash = leaf_hash(b"event");
        for text in [hash.to_string().to_uppercase(), hash.to_string()[1..].to_owned()] {
            assert_eq!(text.parse::<Hash>(), Err(HashError::Hex { text }));
        }
        let padded = hash.to_base64();
        for text in [padded.trim_end_matches('=').to_owned(), format!("{padded}\n"), "AA==".into()]
        {
            assert_eq!(Hash::from_base64(&text), Err(HashError::Base64 { text }));
        }
    }
}
