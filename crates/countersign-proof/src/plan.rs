//! Which nodes of a tree a proof is made of, worked out before any of them is fetched.
//!
//! A plan is only arithmetic over positions, so the caller may fetch the nodes from rows, tiles or
//! memory, at once or one by one, and blocking or not. Nothing is hashed until
//! [`ProofPlan::assemble`].

use std::ops::Range;

use crate::frontier::MAX_SIZE;
use crate::hash::{Hash, node_hash};
use crate::tree::ProofError;

/// The root of a perfect subtree: `2^height` leaves, starting at `index * 2^height`.
///
/// A node of height 0 is a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The number of levels below the node; at most 62.
    pub height: u8,
    /// How many nodes of this height come before it.
    pub index: u64,
}

/// The nodes that make up a proof.
///
/// ```
/// use countersign_proof::{Frontier, ProofPlan, leaf_hash, verify_inclusion};
///
/// let leaves: Vec<_> = (0..11u8).map(|leaf| leaf_hash(&[leaf])).collect();
/// let mut frontier = Frontier::new();
/// leaves.iter().for_each(|leaf| frontier.push(*leaf));
///
/// // Each node is answered from the leaf hashes below it; a store would read a range of rows.
/// let path = ProofPlan::inclusion(6, 11)?.assemble(|node| {
///     let range = node.leaves();
///     Ok::<_, std::io::Error>(countersign_proof::root_over(
///         &leaves[range.start as usize..range.end as usize],
///     ))
/// })?;
/// verify_inclusion(leaves[6], 6, &path, frontier.head())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofPlan {
    // INVARIANT: no step is empty; its nodes lie side by side, from left to right, each larger
    // than the next.
    steps: Vec<Vec<Node>>,
}

impl Node {
    /// The positions of the leaves below the node.
    pub fn leaves(self) -> Range<u64> {
        self.index << self.height..(self.index + 1) << self.height
    }
}

impl ProofPlan {
    /// Plans the proof that leaf `index` is in a tree of `size` leaves (RFC 6962 §2.1.1).
    pub fn inclusion(index: u64, size: u64) -> Result<Self, ProofError> {
        if index >= size || size > MAX_SIZE {
            return Err(ProofError::NotInTree { index, size });
        }
        let mut tree = 0..size;
        let mut steps = Vec::new();
        while tree.end - tree.start > 1 {
            let middle = split(&tree);
            let (left, right) = (tree.start..middle, middle..tree.end);
            let (inner, sibling) = if index < middle { (left, right) } else { (right, left) };
            steps.push(perfect_nodes(sibling));
            tree = inner;
        }
        steps.reverse();
        Ok(Self { steps })
    }

    /// Plans the proof that the tree of `new` leaves only appends to that of `old` leaves
    /// (RFC 6962 §2.1.2).
    ///
    /// Nothing needs to be proved from an empty tree, or from a tree to itself: the plan is empty.
    pub fn consistency(old: u64, new: u64) -> Result<Self, ProofError> {
        if old > new || new > MAX_SIZE {
            return Err(ProofError::Shrinks { old, new });
        }
        let mut steps = Vec::new();
        if old == 0 || old == new {
            return Ok(Self { steps });
        }
        let mut tree = 0..new;
        while tree.end != old {
            let middle = split(&tree);
            let (left, right) = (tree.start..middle, middle..tree.end);
            let (inner, sibling) = if old <= middle { (left, right) } else { (right, left) };
            steps.push(perfect_nodes(sibling));
            tree = inner;
        }
        // The old tree's root is known to the verifier when it is a node of the new tree.
        if tree.start != 0 {
            steps.push(perfect_nodes(tree));
        }
        steps.reverse();
        Ok(Self { steps })
    }

    /// The number of hashes in the finished proof.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether the proof has no hashes at all.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Every node that [`ProofPlan::assemble`] will ask for, in that order. At most O(log² n).
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.steps.iter().flatten().copied()
    }

    /// Makes the proof, leaf to root, from a function that gives the hash of a node. The first
    /// error of that function ends it.
    pub fn assemble<E>(
        &self,
        mut hash_of: impl FnMut(Node) -> Result<Hash, E>,
    ) -> Result<Vec<Hash>, E> {
        let mut fold = |step: &Vec<Node>| {
            let hashes = step.iter().map(|node| hash_of(*node)).collect::<Result<Vec<_>, E>>()?;
            let root = hashes.into_iter().rev().reduce(|right, left| node_hash(left, right));
            Ok(root.expect("a step of a plan has at least one node"))
        };
        self.steps.iter().map(&mut fold).collect()
    }
}

/// Where RFC 6962 §2.1 splits a tree of more than one leaf: the left half is the largest perfect
/// tree that leaves something for the right.
fn split(tree: &Range<u64>) -> u64 {
    let size = tree.end - tree.start;
    tree.start + (1 << (size - 1).ilog2())
}

/// The perfect subtrees that a subtree is made of, the largest first.
fn perfect_nodes(tree: Range<u64>) -> Vec<Node> {
    let mut start = tree.start;
    let mut nodes = Vec::new();
    while start < tree.end {
        let height = (tree.end - start).ilog2();
        nodes.push(Node { height: height as u8, index: start >> height });
        start += 1 << height;
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_asks_for_whole_subtrees_and_not_for_leaves_one_by_one() {
        let plan = ProofPlan::inclusion(0, 7).expect("in the tree");
        let nodes: Vec<_> = plan.nodes().map(Node::leaves).collect();
        assert_eq!(nodes, [1..2, 2..4, 4..6, 6..7]);
        assert_eq!(plan.len(), 3);
    }

    #[test]
    fn a_plan_for_the_largest_log_is_made_without_overflow() {
        let plan = ProofPlan::inclusion(MAX_SIZE - 1, MAX_SIZE).expect("in the tree");
        assert_eq!(plan.len(), 62);
        let plan = ProofPlan::inclusion(0, MAX_SIZE).expect("in the tree");
        assert_eq!(plan.len(), 63);
        assert!(plan.nodes().all(|node| node.leaves().end <= MAX_SIZE));
        assert!(!ProofPlan::consistency(MAX_SIZE - 1, MAX_SIZE).expect("grows").is_empty());
    }

    #[test]
    fn a_leaf_outside_the_tree_has_no_plan() {
        for (index, size) in [(0, 0), (5, 5), (0, MAX_SIZE + 1)] {
            let expected = Err(ProofError::NotInTree { index, size });
            assert_eq!(ProofPlan::inclusion(index, size), expected);
        }
    }

    #[test]
    fn a_log_that_shrinks_has_no_plan() {
        assert_eq!(ProofPlan::consistency(3, 2), Err(ProofError::Shrinks { old: 3, new: 2 }));
    }
}
