//! The events a pack rests on, each with the proof that it is in the log.

use super::{CHECKPOINT, KEY, Pack, event_path, proof_path};
use crate::app::App;
use crate::boot;
use crate::failure::{Doing, Failure, Fault};
use countersign_proof::{Hash, ProofPlan, SignedNote, TlogProof, node_hash};
use countersign_store::LogHead;
use std::collections::BTreeSet;
use std::io;

/// Every perfect subtree of the log, from the leaves up: all that proofs are made of.
struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    fn over(leaves: Vec<Hash>) -> Self {
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let pairs = below.as_chunks::<2>().0.iter();
            let above = pairs.map(|[left, right]| node_hash(*left, *right)).collect();
            levels.push(above);
        }
        Self { levels }
    }

    fn path(&self, position: u64, size: u64) -> Result<Vec<Hash>, Failure> {
        let plan = ProofPlan::inclusion(position, size).doing("prove an event")?;
        let missing = || io::Error::other("the log is shorter than its head says");
        let path = plan.assemble(|node| {
            let level = self.levels.get(usize::from(node.height));
            let index = usize::try_from(node.index).unwrap_or(usize::MAX);
            level.and_then(|level| level.get(index)).copied().ok_or_else(missing)
        });
        path.doing("prove an event")
    }
}

impl App {
    /// Adds the signed head of the log, its key, and these events with their proofs.
    pub(super) async fn prove(
        &self,
        pack: &mut Pack,
        head: &LogHead,
        positions: &BTreeSet<u64>,
    ) -> Result<(), Failure> {
        let key = boot::existing_key(&self.config.data)?;
        let size = head.tree.size;
        let leaves = self.store.leaf_hashes(0, size).await.doing("read the log")?;
        let tree = Tree::over(leaves);
        let note = SignedNote::parse(head.checkpoint.as_bytes()).doing("read the checkpoint")?;
        for position in positions {
            let stored = self.store.since(*position, 1).await.doing("read the log")?;
            let stored = stored.into_iter().find(|one| one.position == *position);
            let stored = stored.ok_or_else(|| lost(*position))?;
            let (index, path) = (*position, tree.path(*position, size)?);
            let proof = TlogProof { index, path, checkpoint: note.clone(), extra: Vec::new() };
            pack.add(event_path(*position), stored.bytes);
            pack.add(proof_path(*position), proof.to_string());
        }
        pack.add(CHECKPOINT, head.checkpoint.as_bytes());
        pack.add(KEY, format!("{}\n", key.verifying_key()));
        Ok(())
    }
}

fn lost(position: u64) -> Failure {
    let source = Box::new(io::Error::other("there is no such event"));
    Failure::Fault(Fault { doing: format!("read event {position} of the log"), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_proof::{TreeHead, leaf_hash, root_over, verify_inclusion};

    #[test]
    fn a_path_leads_from_every_leaf_to_the_root() {
        for size in 1u8..20 {
            let leaves: Vec<Hash> = (0..size).map(|leaf| leaf_hash(&[leaf])).collect();
            let head = TreeHead { size: u64::from(size), root: root_over(&leaves) };
            let tree = Tree::over(leaves.clone());
            for (index, leaf) in (0u64..).zip(&leaves) {
                let path = tree.path(index, head.size).unwrap();
                verify_inclusion(*leaf, index, &path, head).unwrap();
            }
            assert!(tree.path(head.size, head.size).is_err());
        }
    }
}
