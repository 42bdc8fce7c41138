//! RFC 6962 §2.1 written down as it defines the tree, to hold the fast code against.

use countersign_proof::{
    Frontier, Hash, ProofPlan, TreeHead, empty_root, leaf_hash, node_hash, prove_consistency,
    prove_inclusion, root_over, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

/// The largest power of two smaller than `size`.
fn split(size: usize) -> usize {
    let mut k = 1;
    while k * 2 < size {
        k *= 2;
    }
    k
}

/// MTH(D).
fn tree_hash(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(tree_hash(left), tree_hash(right))
        }
    }
}

/// PATH(m, D).
fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut below, sibling) =
        if m < k { (path(m, left), right) } else { (path(m - k, right), left) };
    below.push(tree_hash(sibling));
    below
}

/// SUBPROOF(m, D, b): `Known` is the RFC's `b = true`, where the verifier has the root already.
#[derive(Clone, Copy)]
enum OldRoot {
    Known,
    Unknown,
}

fn subproof(m: usize, leaves: &[Hash], old_root: OldRoot) -> Vec<Hash> {
    if m == leaves.len() {
        return match old_root {
            OldRoot::Known => Vec::new(),
            OldRoot::Unknown => vec![tree_hash(leaves)],
        };
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut below, sibling) = if m <= k {
        (subproof(m, left, old_root), right)
    } else {
        (subproof(m - k, right, OldRoot::Unknown), left)
    };
    below.push(tree_hash(sibling));
    below
}

fn leaves(size: usize) -> Vec<Hash> {
    (0..size).map(|position| leaf_hash(format!("leaf {position}").as_bytes())).collect()
}

fn head(leaves: &[Hash]) -> TreeHead {
    TreeHead { size: leaves.len() as u64, root: tree_hash(leaves) }
}

#[test]
fn every_inclusion_proof_up_to_64_leaves_is_the_one_the_rfc_defines() {
    for size in 1..=64 {
        let leaves = leaves(size);
        for index in 0..size {
            let made = prove_inclusion(&leaves, index as u64).expect("in the log");
            assert_eq!(made, path(index, &leaves), "leaf {index} of {size}");
        }
    }
}

#[test]
fn every_consistency_proof_up_to_64_leaves_is_the_one_the_rfc_defines() {
    for size in 1..=64 {
        let leaves = leaves(size);
        for old in 1..=size {
            let made = prove_consistency(&leaves, old as u64).expect("it grew");
            assert_eq!(made, subproof(old, &leaves, OldRoot::Known), "{old} to {size}");
        }
    }
}

proptest! {
    #[test]
    fn the_frontier_has_the_root_that_the_rfc_defines(
        events in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..300),
    ) {
        let leaves: Vec<_> = events.iter().map(|event| leaf_hash(event)).collect();
        let mut frontier = Frontier::new();
        for (size, leaf) in leaves.iter().enumerate() {
            prop_assert_eq!(frontier.head(), head(&leaves[..size]));
            frontier.push(*leaf);
        }
        prop_assert_eq!(frontier.root(), tree_hash(&leaves));
        prop_assert_eq!(root_over(&leaves), tree_hash(&leaves));
        prop_assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier));
    }

    #[test]
    fn every_leaf_is_provable_in_every_later_log(size in 1_usize..600, old in 0..600_usize) {
        let (all, old) = (leaves(size), old % size);
        for grown in [old + 1, size] {
            let now = &all[..grown];
            let proof = prove_inclusion(now, old as u64).expect("in the log");
            prop_assert_eq!(verify_inclusion(all[old], old as u64, &proof, head(now)), Ok(()));
        }
        let proof = prove_consistency(&all, old as u64).expect("it grew");
        prop_assert_eq!(verify_consistency(head(&all[..old]), head(&all), &proof), Ok(()));
    }

    #[test]
    fn a_plan_never_asks_for_a_node_outside_the_log(size in 1_u64..=i64::MAX as u64, at in any::<u64>()) {
        let at = at % size;
        let inclusion = ProofPlan::inclusion(at, size).expect("in the log");
        let consistency = ProofPlan::consistency(at, size).expect("it grew");
        for node in inclusion.nodes().chain(consistency.nodes()) {
            prop_assert!(node.leaves().end <= size);
        }
        prop_assert!(inclusion.nodes().all(|node| !node.leaves().contains(&at)));
        prop_assert!(consistency.len() <= 64);
    }
}
