//! Where the parts of a log lie when it is served as static files (C2SP tlog-tiles).
//!
//! A tile holds up to 256 hashes of one level, every eighth level of the tree; an entry bundle
//! holds the leaves under one tile of level 0. A full one never changes. A partial one is named
//! with its width and is replaced as the log grows.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use thiserror::Error;

use crate::checkpoint::decimal;
use crate::frontier::MAX_SIZE;
use crate::hash::Hash;
use crate::plan::Node;

/// The hashes in a full tile, and the entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;

/// The levels of the tree that one tile spans.
const TILE_HEIGHT: u8 = 8;

/// The highest level of a tile that a log of [`MAX_SIZE`] leaves has.
const MAX_LEVEL: u8 = 7;

/// The address of a tile or an entry bundle.
///
/// `Display` writes its path below the log's prefix, without a slash in front:
/// `tile/0/x001/x234/067` or `tile/entries/000.p/15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileAddress {
    content: TileContent,
    index: u64,
    // INVARIANT: 1 to TILE_WIDTH.
    width: u16,
}

/// What lies at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileContent {
    /// Hashes of one tile level; level 0 holds leaf hashes.
    Hashes {
        /// The tile level, 0 to 7. A hash of level `l` covers `256^l` leaves.
        level: u8,
    },
    /// The leaves themselves.
    Entries,
}

/// Why an address or a tile cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TileError {
    /// Not a path of C2SP tlog-tiles, or one that no log can have.
    #[error("`{path}` is not the path of a tile or an entry bundle")]
    Path {
        /// The path as given.
        path: String,
    },
    /// A tile that is not exactly as long as its hashes.
    #[error("a tile of {width} hashes has {expected} bytes, here are {actual}")]
    Length {
        /// The number of hashes in the tile.
        width: u16,
        /// The length it should have, in bytes.
        expected: usize,
        /// The length it has, in bytes.
        actual: usize,
    },
}

impl TileAddress {
    /// The tile or bundle number `index` of this kind in a log of `size` leaves, as wide as it is
    /// there. `None` where the log has none.
    pub fn in_log(content: TileContent, index: u64, size: u64) -> Option<Self> {
        let nodes = size.checked_shr(u32::from(content.height())).unwrap_or(0);
        let before = index.checked_mul(u64::from(TILE_WIDTH))?;
        let width = nodes.checked_sub(before)?.min(u64::from(TILE_WIDTH)) as u16;
        (width > 0 && content.exists()).then_some(Self { content, index, width })
    }

    /// The tile that holds `node`, or the hashes below it, in a log of `size` leaves, and which of
    /// its hashes [`root_over`](crate::root_over) must join to get the node's hash.
    pub fn holding(node: Node, size: u64) -> Option<(Self, Range<usize>)> {
        let content = TileContent::Hashes { level: node.height / TILE_HEIGHT };
        let joined = 1_u64 << (node.height % TILE_HEIGHT);
        let first = node.index.checked_mul(joined)?;
        let (index, offset) =
            (first / u64::from(TILE_WIDTH), (first % u64::from(TILE_WIDTH)) as usize);
        let range = offset..offset + joined as usize;
        let tile = Self::in_log(content, index, size)?;
        (range.end <= usize::from(tile.width)).then_some((tile, range))
    }

    /// Every tile and bundle that a log of `size` leaves has, bundles last. The paths a complete
    /// static copy of the log consists of, next to its `checkpoint`.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        let levels = (0..=MAX_LEVEL).map(|level| TileContent::Hashes { level });
        levels.chain([TileContent::Entries]).flat_map(move |content| {
            (0..).map_while(move |index| Self::in_log(content, index, size))
        })
    }

    /// What lies here.
    pub fn content(self) -> TileContent {
        self.content
    }

    /// The number of tiles of the same kind before this one.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many hashes or entries it has: 256 when full, fewer when partial.
    pub fn width(self) -> u16 {
        self.width
    }

    /// The nodes whose hashes make up the tile, in order. For a bundle, the leaves it holds.
    pub fn nodes(self) -> impl Iterator<Item = Node> {
        let first = self.index * u64::from(TILE_WIDTH);
        let height = self.content.height();
        (first..first + u64::from(self.width)).map(move |index| Node { height, index })
    }
}

impl TileContent {
    fn height(self) -> u8 {
        match self {
            Self::Hashes { level } => level.saturating_mul(TILE_HEIGHT),
            Self::Entries => 0,
        }
    }

    fn exists(self) -> bool {
        match self {
            Self::Hashes { level } => level <= MAX_LEVEL,
            Self::Entries => true,
        }
    }
}

/// The bytes of a tile: its hashes one after the other, 8,192 bytes when full.
pub fn encode_tile(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// Reads the hashes of a tile of `width` hashes.
pub fn decode_tile(bytes: &[u8], width: u16) -> Result<Vec<Hash>, TileError> {
    let (expected, actual) = (usize::from(width) * Hash::LEN, bytes.len());
    if actual != expected {
        return Err(TileError::Length { width, expected, actual });
    }
    let (hashes, _) = bytes.as_chunks();
    Ok(hashes.iter().copied().map(Hash::from_bytes).collect())
}

impl fmt::Display for TileAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content {
            TileContent::Hashes { level } => write!(f, "tile/{level}/")?,
            TileContent::Entries => write!(f, "tile/entries/")?,
        }
        // At most seven groups of three digits: a u64 has 20.
        let groups = (1..7).rev().map(|group| 1000_u64.pow(group));
        for unit in groups.skip_while(|unit| self.index < *unit) {
            write!(f, "x{:03}/", self.index / unit % 1000)?;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.width < TILE_WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for TileAddress {
    type Err = TileError;

    /// Reads what `Display` writes, and no other spelling of it.
    fn from_str(path: &str) -> Result<Self, TileError> {
        let address = read_path(path).filter(|address| address.to_string() == path);
        address.ok_or_else(|| TileError::Path { path: path.to_owned() })
    }
}

/// Reads a path loosely: `from_str` compares the spelling afterwards.
fn read_path(path: &str) -> Option<TileAddress> {
    let (content, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let content = match content {
        "entries" => TileContent::Entries,
        level => TileContent::Hashes { level: level.parse().ok()? },
    };
    let (index, width) = match rest.split_once(".p/") {
        Some((index, width)) => (index, decimal(width)?),
        None => (rest, u64::from(TILE_WIDTH)),
    };
    let index = decimal_groups(index)?;
    let end = index.checked_mul(u64::from(TILE_WIDTH))?.checked_add(width)?;
    let size = end.checked_mul(1_u64.checked_shl(u32::from(content.height()))?)?;
    let address = TileAddress::in_log(content, index, size)?;
    (size <= MAX_SIZE && u64::from(address.width) == width).then_some(address)
}

fn decimal_groups(index: &str) -> Option<u64> {
    index.split('/').try_fold(0_u64, |number, group| {
        let group = group.strip_prefix('x').unwrap_or(group);
        let digits = group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
        let group: u64 = if digits { group.parse().ok()? } else { return None };
        number.checked_mul(1000)?.checked_add(group)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;
    use crate::plan::ProofPlan;
    use crate::tree::{prove_inclusion, root_over};

    fn hashes(level: u8) -> TileContent {
        TileContent::Hashes { level }
    }

    #[test]
    fn a_path_has_groups_of_three_digits_and_all_but_the_last_start_with_x() {
        let table = [
            (hashes(0), 0, 256, "tile/0/000"),
            (hashes(0), 0, 15, "tile/0/000.p/15"),
            (hashes(1), 999, 1000 * 65_536, "tile/1/999"),
            (hashes(0), 1000, 1001 * 256, "tile/0/x001/000"),
            (hashes(0), 1_234_067, 1_234_068 * 256, "tile/0/x001/x234/067"),
            (
                TileContent::Entries,
                1_000_007,
                1_000_007 * 256 + 1,
                "tile/entries/x001/x000/007.p/1",
            ),
        ];
        for (content, index, size, path) in table {
            let address = TileAddress::in_log(content, index, size).expect("in the log");
            assert_eq!(address.to_string(), path);
            assert_eq!(path.parse(), Ok(address));
        }
    }

    #[test]
    fn another_spelling_of_a_path_is_refused() {
        let paths = [
            "",
            "tile/0/",
            "tile/0/0",
            "tile/0/x000",
            "tile/0/x000/000",
            "tile/00/000",
            "tile/8/000",
            "tile/-1/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/015",
            "tile/0/000.p/",
            "tile/0/001/000",
            "tile/0/x001/x000",
            "/tile/0/000",
            "tile/0/000/",
            "tile/0/+12",
            "tile/data/000",
            "tile/entries/000.p/15/1",
            "tile/0/../000",
            "tile/0/x999/x999/x999/x999/x999/x999/999",
            "tile/7/999",
        ];
        for path in paths {
            let expected = Err(TileError::Path { path: path.to_owned() });
            assert_eq!(path.parse::<TileAddress>(), expected, "{path}");
        }
    }

    #[test]
    fn a_log_of_seventy_thousand_leaves_has_the_tiles_that_follow_from_its_size() {
        let tiles: Vec<_> = TileAddress::all(70_000).map(|tile| tile.to_string()).collect();
        assert_eq!(tiles.len(), 274 + 2 + 1 + 274);
        for path in ["tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17"] {
            assert!(tiles.iter().any(|tile| tile == path), "{path}");
        }
        assert_eq!(tiles[276], "tile/2/000.p/1");
        assert_eq!(tiles.last().map(String::as_str), Some("tile/entries/273.p/112"));
    }

    #[test]
    fn an_empty_log_has_no_tiles() {
        assert_eq!(TileAddress::all(0).count(), 0);
    }

    #[test]
    fn a_full_tile_has_8192_bytes_and_reads_back() {
        let hashes: Vec<_> = (0..=255_u8).map(|leaf| leaf_hash(&[leaf])).collect();
        let bytes = encode_tile(&hashes);
        assert_eq!(bytes.len(), 8192);
        assert_eq!(decode_tile(&bytes, 256), Ok(hashes));
        let expected = TileError::Length { width: 255, expected: 8160, actual: 8192 };
        assert_eq!(decode_tile(&bytes, 255), Err(expected));
    }

    #[test]
    fn a_proof_from_tiles_is_the_proof_from_leaves() {
        let leaves: Vec<_> = (0..700_u64).map(|leaf| leaf_hash(&leaf.to_be_bytes())).collect();
        let over = |node: Node| {
            let range = node.leaves();
            root_over(&leaves[range.start as usize..range.end as usize])
        };
        for index in [0, 255, 256, 511, 512, 699] {
            let plan = ProofPlan::inclusion(index, 700).expect("in the log");
            let path = plan.assemble(|node| {
                let (tile, range) = TileAddress::holding(node, 700).ok_or(node)?;
                let hashes: Vec<_> = tile.nodes().map(over).collect();
                Ok::<_, Node>(root_over(&hashes[range]))
            });
            assert_eq!(path, Ok(prove_inclusion(&leaves, index).expect("in the log")));
        }
    }
}
