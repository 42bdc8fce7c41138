//! Entry bundles: the leaves of a log as C2SP tlog-tiles serves them.
//!
//! Each entry is its length as two bytes, big-endian, and then its bytes. So a leaf has at most
//! 65,535 bytes, and whoever appends must have made sure of that.

use thiserror::Error;

use crate::tile::TILE_WIDTH;

/// The longest leaf that a bundle can hold, in bytes.
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;

/// Why entries do not fit a bundle, or a bundle cannot be read. Entries count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BundleError {
    /// Longer than [`MAX_ENTRY_BYTES`].
    #[error("entry {entry} has {actual} bytes, the limit is {MAX_ENTRY_BYTES}")]
    EntryTooLong {
        /// The entry's place in the bundle.
        entry: usize,
        /// Its length in bytes.
        actual: usize,
    },
    /// More entries than a full bundle has.
    #[error("a bundle holds at most {TILE_WIDTH} entries")]
    TooManyEntries,
    /// The bundle ends inside an entry or its length.
    #[error("the bundle ends inside entry {entry}")]
    CutOff {
        /// The entry that is incomplete.
        entry: usize,
    },
}

/// Packs up to 256 leaves.
///
/// ```
/// use countersign_proof::{decode_bundle, encode_bundle};
///
/// let bundle = encode_bundle([b"one".as_slice(), b""])?;
/// assert_eq!(bundle, b"\0\x03one\0\0");
/// assert_eq!(decode_bundle(&bundle)?, [b"one".as_slice(), b""]);
/// # Ok::<(), countersign_proof::BundleError>(())
/// ```
pub fn encode_bundle<'a>(
    entries: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Vec<u8>, BundleError> {
    let mut bundle = Vec::new();
    for (at, entry) in entries.into_iter().enumerate() {
        expect_room(at)?;
        let actual = entry.len();
        let length =
            u16::try_from(actual).map_err(|_| BundleError::EntryTooLong { entry: at, actual })?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Ok(bundle)
}

/// Unpacks a bundle into its leaves, in order.
pub fn decode_bundle(bundle: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::new();
    let mut rest = bundle;
    while !rest.is_empty() {
        expect_room(entries.len())?;
        let cut_off = BundleError::CutOff { entry: entries.len() };
        let Some((length, bytes)) = rest.split_first_chunk() else { return Err(cut_off) };
        let length = usize::from(u16::from_be_bytes(*length));
        let Some((entry, after)) = bytes.split_at_checked(length) else { return Err(cut_off) };
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

fn expect_room(entries: usize) -> Result<(), BundleError> {
    if entries < usize::from(TILE_WIDTH) { Ok(()) } else { Err(BundleError::TooManyEntries) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_reads_back_with_its_longest_and_shortest_entry() {
        let longest = vec![7; MAX_ENTRY_BYTES];
        let entries = [b"".as_slice(), &longest, b"last"];
        let bundle = encode_bundle(entries).expect("within limits");
        assert_eq!(decode_bundle(&bundle), Ok(entries.to_vec()));
    }

    #[test]
    fn an_entry_of_64_kib_does_not_fit() {
        let long = vec![7; MAX_ENTRY_BYTES + 1];
        let expected = BundleError::EntryTooLong { entry: 1, actual: 65_536 };
        assert_eq!(encode_bundle([b"".as_slice(), &long]), Err(expected));
    }

    #[test]
    fn a_bundle_holds_256_entries_and_no_more() {
        let full = encode_bundle([b"entry".as_slice(); 256]).expect("a full bundle");
        assert_eq!(decode_bundle(&full).map(|entries| entries.len()), Ok(256));
        let more = [&full[..], b"\0\0"].concat();
        assert_eq!(decode_bundle(&more), Err(BundleError::TooManyEntries));
        assert_eq!(encode_bundle([b"".as_slice(); 257]), Err(BundleError::TooManyEntries));
    }

    #[test]
    fn a_cut_off_bundle_names_the_entry() {
        let bundle = encode_bundle([b"one".as_slice(), b"two"]).expect("within limits");
        for len in [1, 2, 4] {
            assert_eq!(decode_bundle(&bundle[..len]), Err(BundleError::CutOff { entry: 0 }));
        }
        for len in 6..bundle.len() {
            assert_eq!(decode_bundle(&bundle[..len]), Err(BundleError::CutOff { entry: 1 }));
        }
    }
}
