//! Merkle proofs over leaf hashes: that a leaf is in a log, and that a log only grew.
//!
//! Proofs are made as RFC 6962 §2.1 defines them, and checked by the climb that RFC 9162 §2.1.3.2
//! and §2.1.4.2 describe. To make a proof without holding every leaf hash, see [`ProofPlan`].

use std::convert::Infallible;

use thiserror::Error;

use crate::frontier::{Frontier, TreeHead};
use crate::hash::{Hash, empty_root, node_hash};
use crate::plan::{Node, ProofPlan};

/// Why a proof cannot be made, or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofError {
    /// No leaf has this index, or the size is above [`MAX_SIZE`](crate::MAX_SIZE).
    #[error("leaf {index} is not in a log of {size} leaves")]
    NotInTree {
        /// The leaf's index, from 0.
        index: u64,
        /// The number of leaves.
        size: u64,
    },
    /// The new log is smaller than the old one, or above [`MAX_SIZE`](crate::MAX_SIZE).
    #[error("a log of {old} leaves cannot grow to {new}")]
    Shrinks {
        /// The size before.
        old: u64,
        /// The size after.
        new: u64,
    },
    /// The proof has too few or too many hashes for its place in the tree.
    #[error("the proof has {actual} hashes, {expected} are needed")]
    Length {
        /// The number of hashes that such a proof has.
        expected: usize,
        /// The number of hashes in this one.
        actual: usize,
    },
    /// The leaf and the proof do not lead to the root: one of the three was changed.
    #[error("the proof leads to the root `{computed}`, the log has `{expected}`")]
    Root {
        /// The root that leaf and proof lead to.
        computed: Hash,
        /// The root it should be.
        expected: Hash,
    },
    /// The proof does not contain the old tree: the log was rewritten, or the proof changed.
    #[error("the proof starts from the root `{computed}`, the old log has `{expected}`")]
    OldRoot {
        /// The old root that the proof leads to.
        computed: Hash,
        /// The old root it should be.
        expected: Hash,
    },
}

/// The root over leaf hashes (RFC 6962 §2.1).
pub fn root_over(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    leaves.iter().for_each(|leaf| frontier.push(*leaf));
    frontier.root()
}

/// The proof that leaf `index` is in the tree over `leaves`, from its sibling up to the root's
/// child. Costs O(n) hashes.
pub fn prove_inclusion(leaves: &[Hash], index: u64) -> Result<Vec<Hash>, ProofError> {
    let plan = ProofPlan::inclusion(index, leaves.len() as u64)?;
    Ok(assembled(&plan, leaves))
}

/// The proof that the tree over `leaves` only appends to the tree over the first `old` of them.
/// Costs O(n) hashes.
pub fn prove_consistency(leaves: &[Hash], old: u64) -> Result<Vec<Hash>, ProofError> {
    let plan = ProofPlan::consistency(old, leaves.len() as u64)?;
    Ok(assembled(&plan, leaves))
}

/// Checks that the leaf with hash `leaf` has position `index` in the log that `head` commits to.
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    path: &[Hash],
    head: TreeHead,
) -> Result<(), ProofError> {
    let plan = ProofPlan::inclusion(index, head.size)?;
    expect_length(&plan, path)?;
    let mut climb = Climb { node: index, last: head.size - 1 };
    let computed = path.iter().fold(leaf, |hash, sibling| match climb.sibling() {
        Side::Left => node_hash(*sibling, hash),
        Side::Right => node_hash(hash, *sibling),
    });
    expect_root(computed, head.root)
}

/// Checks that the log at `new` only appends to the log at `old`.
///
/// Every log grows from the empty one, so for an old size of 0 only its root is checked.
pub fn verify_consistency(old: TreeHead, new: TreeHead, path: &[Hash]) -> Result<(), ProofError> {
    let plan = ProofPlan::consistency(old.size, new.size)?;
    expect_length(&plan, path)?;
    if old.size == new.size {
        return expect_root(new.root, old.root);
    }
    if old.size == 0 {
        return expect_old_root(empty_root(), old.root);
    }
    let mut climb = Climb { node: old.size - 1, last: new.size - 1 };
    climb.skip_right_children();
    // A perfect old tree is a node of the new one, and then the proof leaves its root out.
    let (seed, path) = match path {
        [first, rest @ ..] if !old.size.is_power_of_two() => (*first, rest),
        whole => (old.root, whole),
    };
    let (mut from_old, mut from_new) = (seed, seed);
    for sibling in path {
        match climb.sibling() {
            Side::Left => {
                from_old = node_hash(*sibling, from_old);
                from_new = node_hash(*sibling, from_new);
            }
            Side::Right => from_new = node_hash(from_new, *sibling),
        }
    }
    expect_old_root(from_old, old.root)?;
    expect_root(from_new, new.root)
}

/// A walk from a node up to the root, which says on which side each sibling lies.
struct Climb {
    /// The index of the node on its level.
    node: u64,
    /// The index of the last node on that level.
    last: u64,
}

enum Side {
    Left,
    Right,
}

impl Climb {
    /// The side of the next sibling; goes up one level.
    ///
    /// The last node of a level may have no sibling there and go up as it is. It stays the last
    /// one all the way, so the siblings it does have all lie to the left, and how many they are
    /// was checked before.
    fn sibling(&mut self) -> Side {
        let last = self.node == self.last;
        let side = if self.is_right_child() || last { Side::Left } else { Side::Right };
        self.up();
        side
    }

    /// Goes up to the root of the largest subtree that ends with this node. A consistency proof
    /// starts there.
    fn skip_right_children(&mut self) {
        while self.is_right_child() {
            self.up();
        }
    }

    fn is_right_child(&self) -> bool {
        self.node & 1 == 1
    }

    fn up(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }
}

fn assembled(plan: &ProofPlan, leaves: &[Hash]) -> Vec<Hash> {
    let hash_of = |node: Node| {
        // The plan was made for this slice, so every node lies in it.
        let range = node.leaves();
        Ok::<_, Infallible>(root_over(&leaves[range.start as usize..range.end as usize]))
    };
    match plan.assemble(hash_of) {
        Ok(path) => path,
        Err(never) => match never {},
    }
}

fn expect_length(plan: &ProofPlan, path: &[Hash]) -> Result<(), ProofError> {
    let (expected, actual) = (plan.len(), path.len());
    if actual == expected { Ok(()) } else { Err(ProofError::Length { expected, actual }) }
}

fn expect_root(computed: Hash, expected: Hash) -> Result<(), ProofError> {
    if computed == expected { Ok(()) } else { Err(ProofError::Root { computed, expected }) }
}

fn expect_old_root(computed: Hash, expected: Hash) -> Result<(), ProofError> {
    if computed == expected { Ok(()) } else { Err(ProofError::OldRoot { computed, expected }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    fn leaves(size: u64) -> Vec<Hash> {
        (0..size).map(|position| leaf_hash(&position.to_be_bytes())).collect()
    }

    fn head(leaves: &[Hash]) -> TreeHead {
        TreeHead { size: leaves.len() as u64, root: root_over(leaves) }
    }

    fn altered(hash: Hash, bit: usize) -> Hash {
        let mut bytes = *hash.as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        Hash::from_bytes(bytes)
    }

    #[test]
    fn every_leaf_of_every_small_log_is_provable_in_it_and_nowhere_else() {
        for size in 1..=64 {
            let leaves = leaves(size);
            let head = head(&leaves);
            for index in 0..size {
                let leaf = leaves[index as usize];
                let path = prove_inclusion(&leaves, index).expect("in the log");
                assert_eq!(verify_inclusion(leaf, index, &path, head), Ok(()));
                for other in (0..=size).filter(|other| *other != index) {
                    assert!(verify_inclusion(leaf, other, &path, head).is_err());
                }
            }
        }
    }

    #[test]
    fn every_small_log_is_consistent_with_everything_it_grew_from() {
        let all = leaves(64);
        for new in 0..=64 {
            let grown = &all[..new];
            for old in 0..=new {
                let path = prove_consistency(grown, old as u64).expect("it grew");
                let (old, new) = (head(&all[..old]), head(grown));
                assert_eq!(verify_consistency(old, new, &path), Ok(()), "{old:?} {new:?}");
            }
        }
    }

    #[test]
    fn a_rewritten_log_is_not_consistent() {
        let (honest, mut rewritten) = (leaves(20), leaves(33));
        rewritten[3] = leaf_hash(b"rewritten");
        for old in 4..=20 {
            let path = prove_consistency(&rewritten, old as u64).expect("sizes in order");
            let verdict = verify_consistency(head(&honest[..old]), head(&rewritten), &path);
            assert!(verdict.is_err(), "old size {old}");
        }
    }

    #[test]
    fn every_changed_bit_of_an_inclusion_proof_is_detected() {
        let leaves = leaves(13);
        let (leaf, head) = (leaves[8], head(&leaves));
        let path = prove_inclusion(&leaves, 8).expect("in the log");
        for bit in 0..256 {
            for at in 0..path.len() {
                let mut changed = path.clone();
                changed[at] = altered(path[at], bit);
                assert!(verify_inclusion(leaf, 8, &changed, head).is_err());
            }
            assert!(verify_inclusion(altered(leaf, bit), 8, &path, head).is_err());
            let other = TreeHead { root: altered(head.root, bit), ..head };
            assert!(verify_inclusion(leaf, 8, &path, other).is_err());
        }
    }

    #[test]
    fn every_changed_bit_of_a_consistency_proof_is_detected() {
        let leaves = leaves(13);
        for old in [6, 8] {
            let path = prove_consistency(&leaves, old as u64).expect("it grew");
            let (old, new) = (head(&leaves[..old]), head(&leaves));
            for bit in 0..256 {
                for at in 0..path.len() {
                    let mut changed = path.clone();
                    changed[at] = altered(path[at], bit);
                    assert!(verify_consistency(old, new, &changed).is_err());
                }
                let other = TreeHead { root: altered(old.root, bit), ..old };
                assert!(verify_consistency(other, new, &path).is_err());
                let other = TreeHead { root: altered(new.root, bit), ..new };
                assert!(verify_consistency(old, other, &path).is_err());
            }
        }
    }

    #[test]
    fn a_proof_with_a_hash_too_few_or_too_many_is_refused() {
        let leaves = leaves(13);
        let head = head(&leaves);
        let path = prove_inclusion(&leaves, 8).expect("in the log");
        let longer = [&path[..], &path[..1]].concat();
        for (wrong, actual) in [(&path[1..], 3), (&longer[..], 5)] {
            let expected = Err(ProofError::Length { expected: 4, actual });
            assert_eq!(verify_inclusion(leaves[8], 8, wrong, head), expected);
        }
    }

    #[test]
    fn nothing_is_proved_from_a_false_empty_log() {
        let (leaves, false_empty) = (leaves(3), TreeHead { size: 0, root: leaf_hash(b"") });
        let verdict = verify_consistency(false_empty, head(&leaves), &[]);
        assert!(matches!(verdict, Err(ProofError::OldRoot { .. })));
    }
}
