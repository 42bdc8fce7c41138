//! Checking a whole log against what was signed, one event at a time.
//!
//! The audit reads every event once, in order, and keeps only the frontier and the checkpoints
//! still ahead. It trusts one thing, the log's public key, and names the first thing that is wrong.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::checkpoint::Checkpoint;
use crate::frontier::{Frontier, TreeHead};
use crate::hash::{Hash, leaf_hash};
use crate::key::VerifyingKey;
use crate::log_fault::LogFault;

/// A running audit of one log.
///
/// Give it the signed checkpoints, then every event in order, then the stored head. The first
/// fault stands: every later call gives it again.
///
/// Memory is O(log n) in the events plus one hash for each checkpoint not yet reached. To keep
/// even that small, a checkpoint may be given any time before its size is passed.
#[derive(Debug, Clone)]
pub struct LogAudit {
    key: VerifyingKey,
    frontier: Frontier,
    // INVARIANT: a checkpoint leaves `expected` only by having matched.
    expected: BTreeMap<u64, Hash>,
    signed: u64,
    checkpoints: u64,
    fault: Option<LogFault>,
}

/// What an audit without a fault found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogReport {
    /// The head of the log: all events read, and the root over them.
    pub head: TreeHead,
    /// How many events, from the first, are covered by a signed checkpoint. The events after it
    /// agree with the stored head, but nobody has signed them yet.
    pub signed: u64,
    /// How many checkpoints matched.
    pub checkpoints: u64,
}

impl LogAudit {
    /// An audit that believes checkpoints signed by `key`, and nothing else.
    pub fn new(key: VerifyingKey) -> Self {
        let (frontier, expected) = (Frontier::new(), BTreeMap::new());
        Self { key, frontier, expected, signed: 0, checkpoints: 0, fault: None }
    }

    /// Adds a signed checkpoint, as its exact bytes, that the log must agree with when it reaches
    /// that size.
    ///
    /// The more checkpoints along the way, the closer a fault is narrowed down.
    pub fn expect_checkpoint(&mut self, note: &[u8]) -> Result<(), LogFault> {
        self.unless_faulty(|audit| {
            let checkpoint = Checkpoint::open(note, &audit.key).map_err(LogFault::Checkpoint)?;
            audit.expect_head(checkpoint.head())
        })
    }

    /// Reads the next event: its position, its exact stored bytes, and the leaf hash stored
    /// beside it.
    ///
    /// The stored leaf hash lets a changed event be named by its position. It is not trusted: an
    /// event changed together with its hash is caught at the next checkpoint.
    pub fn feed(&mut self, position: u64, leaf: &[u8], stored: Hash) -> Result<(), LogFault> {
        self.unless_faulty(|audit| {
            audit.check_order(position)?;
            let computed = leaf_hash(leaf);
            if computed != stored {
                return Err(LogFault::Changed { position, stored, computed });
            }
            audit.frontier.push(computed);
            audit.compare_with_checkpoint()
        })
    }

    /// Ends the audit: no checkpoint may be left unreached, and the stored head must be the one
    /// the events lead to.
    pub fn finish(mut self, stored: TreeHead) -> Result<LogReport, LogFault> {
        self.unless_faulty(|audit| {
            let head = audit.frontier.head();
            if let Some(signed) = audit.expected.keys().next().copied() {
                return Err(LogFault::Shortened { size: head.size, signed });
            }
            if head.size != stored.size {
                return Err(LogFault::HeadSize { size: head.size, stored: stored.size });
            }
            if head.root != stored.root {
                return Err(LogFault::HeadRoot { computed: head.root, stored: stored.root });
            }
            Ok(LogReport { head, signed: audit.signed, checkpoints: audit.checkpoints })
        })
    }

    fn unless_faulty<T>(
        &mut self,
        step: impl FnOnce(&mut Self) -> Result<T, LogFault>,
    ) -> Result<T, LogFault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        step(self).inspect_err(|fault| self.fault = Some(fault.clone()))
    }

    fn expect_head(&mut self, signed: TreeHead) -> Result<(), LogFault> {
        let reached = self.frontier.size();
        if signed.size < reached {
            return Err(LogFault::CheckpointTooLate { size: signed.size, reached });
        }
        let one = *self.expected.entry(signed.size).or_insert(signed.root);
        if one != signed.root {
            return Err(LogFault::Forked { size: signed.size, one, other: signed.root });
        }
        self.compare_with_checkpoint()
    }

    fn check_order(&self, position: u64) -> Result<(), LogFault> {
        let due = self.frontier.size();
        match position.cmp(&due) {
            Ordering::Less => Err(LogFault::OutOfOrder { position, due }),
            Ordering::Equal => Ok(()),
            Ordering::Greater => Err(LogFault::Missing { position: due, found: position }),
        }
    }

    fn compare_with_checkpoint(&mut self) -> Result<(), LogFault> {
        let Some(signed) = self.expected.get(&self.frontier.size()).copied() else {
            return Ok(());
        };
        let computed = self.frontier.head();
        if computed.root != signed {
            let (first, last) = (self.signed, computed.size.saturating_sub(1));
            return Err(LogFault::NotAsSigned { first, last, computed, signed });
        }
        self.expected.remove(&computed.size);
        self.signed = computed.size;
        self.checkpoints += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{KeyName, SigningKey};

    const SIZE: u64 = 20;

    fn key() -> SigningKey {
        SigningKey::from_seed(KeyName::new("example.com/log").expect("a name"), &[5; 32])
    }

    fn event(position: u64) -> Vec<u8> {
        format!("event {position}").into_bytes()
    }

    fn head(size: u64) -> TreeHead {
        let mut frontier = Frontier::new();
        (0..size).for_each(|position| frontier.push(leaf_hash(&event(position))));
        frontier.head()
    }

    fn signed(head: TreeHead) -> Vec<u8> {
        let note = Checkpoint::new(key().name().clone(), head).sign(&key()).expect("own log");
        note.to_string().into_bytes()
    }

    /// An audit that waits for checkpoints at these sizes.
    fn audit(sizes: &[u64]) -> LogAudit {
        let mut audit = LogAudit::new(key().verifying_key().clone());
        for size in sizes {
            audit.expect_checkpoint(&signed(head(*size))).expect("own checkpoint");
        }
        audit
    }

    /// Feeds positions 0 to 19; `alter` may change the bytes, `keep_hash` leaves the stored hash.
    fn feed(
        audit: &mut LogAudit,
        alter: impl Fn(u64, Vec<u8>) -> Vec<u8>,
        keep_hash: impl Fn(u64) -> bool,
    ) -> Result<(), LogFault> {
        (0..SIZE).try_for_each(|position| {
            let bytes = alter(position, event(position));
            let stored = if keep_hash(position) { event(position) } else { bytes.clone() };
            audit.feed(position, &bytes, leaf_hash(&stored))
        })
    }

    #[test]
    fn a_sound_log_passes_and_its_report_says_how_far_it_is_signed() {
        let mut audit = audit(&[0, 7, 16]);
        feed(&mut audit, |_, bytes| bytes, |_| true).expect("sound");
        let expected = LogReport { head: head(SIZE), signed: 16, checkpoints: 3 };
        assert_eq!(audit.finish(head(SIZE)), Ok(expected));
    }

    #[test]
    fn a_changed_leaf_is_named_by_position() {
        for changed in 0..SIZE {
            let alter = |position, bytes: Vec<u8>| match position == changed {
                true => [&bytes[..], b"!"].concat(),
                false => bytes,
            };
            let fault = feed(&mut audit(&[SIZE]), alter, |_| true).expect_err("changed");
            assert!(matches!(fault, LogFault::Changed { .. }), "{fault}");
            assert_eq!(fault.position(), Some(changed));
        }
    }

    #[test]
    fn a_leaf_changed_with_its_hash_is_narrowed_down_by_the_checkpoints() {
        let alter = |position, bytes| if position == 9 { b"forged".to_vec() } else { bytes };
        let mut audit = audit(&[4, 8, 12, SIZE]);
        let fault = feed(&mut audit, alter, |_| false).expect_err("forged");
        assert!(matches!(fault, LogFault::NotAsSigned { first: 8, last: 11, .. }), "{fault}");
        assert_eq!(audit.finish(head(SIZE)), Err(fault), "the first fault stands");
    }

    #[test]
    fn a_missing_event_is_named() {
        let mut audit = audit(&[SIZE]);
        audit.feed(0, &event(0), leaf_hash(&event(0))).expect("the first");
        let expected = LogFault::Missing { position: 1, found: 2 };
        assert_eq!(audit.feed(2, &event(2), leaf_hash(&event(2))), Err(expected.clone()));
        assert_eq!(audit.feed(1, &event(1), leaf_hash(&event(1))), Err(expected));
    }

    #[test]
    fn an_event_that_comes_twice_is_named() {
        let mut audit = audit(&[]);
        audit.feed(0, &event(0), leaf_hash(&event(0))).expect("the first");
        let again = audit.feed(0, &event(0), leaf_hash(&event(0)));
        assert_eq!(again, Err(LogFault::OutOfOrder { position: 0, due: 1 }));
    }

    #[test]
    fn a_log_that_forgot_its_end_is_noticed() {
        let mut audit = audit(&[8, 25]);
        feed(&mut audit, |_, bytes| bytes, |_| true).expect("sound so far");
        let expected = LogFault::Shortened { size: SIZE, signed: 25 };
        assert_eq!(audit.finish(head(SIZE)), Err(expected));
    }

    #[test]
    fn a_stored_head_that_disagrees_with_the_events_is_noticed() {
        let mut audit = audit(&[8]);
        feed(&mut audit, |_, bytes| bytes, |_| true).expect("sound");
        let sizes = LogFault::HeadSize { size: SIZE, stored: 19 };
        assert_eq!(audit.clone().finish(head(19)), Err(sizes));
        let stored = TreeHead { size: SIZE, root: head(19).root };
        let roots = LogFault::HeadRoot { computed: head(SIZE).root, stored: stored.root };
        assert_eq!(audit.finish(stored), Err(roots));
    }

    #[test]
    fn two_signed_roots_of_one_size_are_a_fork() {
        let mut audit = audit(&[8]);
        let fork = signed(TreeHead { size: 8, root: head(9).root });
        let fault = audit.expect_checkpoint(&fork).expect_err("a fork");
        assert!(matches!(fault, LogFault::Forked { size: 8, .. }), "{fault}");
    }

    #[test]
    fn a_checkpoint_by_another_key_is_not_believed() {
        let stranger = SigningKey::from_seed(key().name().clone(), &[6; 32]);
        let note = Checkpoint::new(key().name().clone(), head(8)).sign(&stranger).expect("named");
        let fault = audit(&[]).expect_checkpoint(note.to_string().as_bytes());
        assert!(matches!(fault, Err(LogFault::Checkpoint(_))));
    }

    #[test]
    fn a_checkpoint_is_compared_even_when_given_on_the_way_but_not_afterwards() {
        let mut audit = audit(&[]);
        audit.feed(0, &event(0), leaf_hash(&event(0))).expect("the first");
        audit.expect_checkpoint(&signed(head(1))).expect("just in time");
        audit.expect_checkpoint(&signed(head(2))).expect("in time");
        audit.feed(1, &event(1), leaf_hash(&event(1))).expect("the second");
        let late = audit.expect_checkpoint(&signed(head(1)));
        assert_eq!(late, Err(LogFault::CheckpointTooLate { size: 1, reached: 2 }));
    }

    #[test]
    fn an_empty_log_passes_its_audit() {
        let report = audit(&[0]).finish(head(0)).expect("empty and sound");
        assert_eq!(report, LogReport { head: head(0), signed: 0, checkpoints: 1 });
    }
}
