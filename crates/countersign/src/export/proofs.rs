//! The events of a release as they stand in the log, each with the proof that it does.

use super::archive::Member;
use crate::app::App;
use crate::failure::{Doing, Failure};
use countersign_core::name::ReleaseId;
use countersign_core::stream::StreamId;
use countersign_proof::{Hash, Node, ProofPlan, SignedNote, TlogProof, root_over};
use std::collections::HashMap;
use std::convert::Infallible;

/// `log/checkpoint`, and `log/POSITION.json` with `log/POSITION.tlog-proof` for each event.
pub(super) async fn members(app: &App, id: &ReleaseId) -> Result<Vec<Member>, Failure> {
    let stored = app.store.stream(&StreamId::Release(id.clone())).await.doing("read a stream")?;
    // Read afterwards, so that the head covers all of them.
    let head = app.store.head().await.doing("read the head of the log")?;
    let leaves = app.store.leaf_hashes(0, head.tree.size).await.doing("read leaf hashes")?;
    let checkpoint = SignedNote::parse(head.checkpoint.as_bytes()).doing("read the checkpoint")?;
    let mut prover = Prover { leaves: &leaves, known: HashMap::new() };
    let mut members = vec![Member::text("log/checkpoint", head.checkpoint.to_string())];
    for event in stored {
        let path = prover.path(event.position, head.tree.size)?;
        let (index, checkpoint) = (event.position, checkpoint.clone());
        let proof = TlogProof { index, path, checkpoint, extra: Vec::new() };
        let name = format!("log/{index:09}");
        members.push(Member::bytes(&format!("{name}.json"), event.bytes));
        members.push(Member::text(&format!("{name}.tlog-proof"), proof.to_string()));
    }
    Ok(members)
}

/// Proves leaves of one tree. Neighbours share most of their nodes, so each is hashed once.
struct Prover<'a> {
    leaves: &'a [Hash],
    known: HashMap<Node, Hash>,
}

impl Prover<'_> {
    fn path(&mut self, index: u64, size: u64) -> Result<Vec<Hash>, Failure> {
        let plan = ProofPlan::inclusion(index, size).doing("prove an event")?;
        let path = plan.assemble(|node| Ok::<_, Infallible>(self.root_of(node)));
        path.doing("prove an event")
    }

    fn root_of(&mut self, node: Node) -> Hash {
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let range = node.leaves();
        let place = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
        let below = self.leaves.get(place(range.start)..place(range.end)).unwrap_or_default();
        let root = root_over(below);
        self.known.insert(node, root);
        root
    }
}
