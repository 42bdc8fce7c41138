//! What an audit can find wrong with a log, and what to do about each.

use thiserror::Error;

use crate::checkpoint::CheckpointError;
use crate::frontier::TreeHead;
use crate::hash::Hash;

/// The first thing that is wrong with a log. Positions count from 0.
///
/// `Display` says what is wrong, [`LogFault::remedy`] what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LogFault {
    /// An event is gone.
    #[error("the event at position {position} is missing: the next one is at {found}")]
    Missing {
        /// The position that was due.
        position: u64,
        /// The position that came instead.
        found: u64,
    },
    /// An event comes twice, or too late.
    #[error("the event at position {position} is out of order: position {due} was due")]
    OutOfOrder {
        /// The position that came.
        position: u64,
        /// The position that was due.
        due: u64,
    },
    /// The bytes of an event do not fit the leaf hash stored beside them.
    #[error(
        "the event at position {position} was changed: its bytes hash to `{computed}`, the hash \
         stored beside it is `{stored}`"
    )]
    Changed {
        /// The position of the event.
        position: u64,
        /// The leaf hash stored when the event was appended.
        stored: Hash,
        /// The leaf hash of the bytes as they are now.
        computed: Hash,
    },
    /// The events up to a checkpoint are not the ones that were signed.
    #[error(
        "the events at positions {first} to {last} are not the ones that were signed: at size \
         {} the root is `{}`, the signed root is `{signed}`",
        .computed.size, .computed.root
    )]
    NotAsSigned {
        /// The first event that may be wrong; all before it are covered by an earlier checkpoint.
        first: u64,
        /// The last event the checkpoint covers.
        last: u64,
        /// The head the events lead to.
        computed: TreeHead,
        /// The root that was signed for this size.
        signed: Hash,
    },
    /// The log is shorter than a checkpoint says.
    #[error("the log ends after {size} events, but {signed} were signed")]
    Shortened {
        /// The number of events read.
        size: u64,
        /// The size of the next checkpoint that was not reached.
        signed: u64,
    },
    /// The stored head counts another number of events than were read.
    #[error("the log has {size} events, its stored head counts {stored}")]
    HeadSize {
        /// The number of events read.
        size: u64,
        /// The size in the stored head.
        stored: u64,
    },
    /// The stored head has another root than the events lead to.
    #[error("the events lead to the root `{computed}`, the stored head has `{stored}`")]
    HeadRoot {
        /// The root over all events read.
        computed: Hash,
        /// The root in the stored head.
        stored: Hash,
    },
    /// Two checkpoints of one size with different roots: the log was forked, or its key is not
    /// only in its keeper's hands.
    #[error("two different roots were signed at size {size}: `{one}` and `{other}`")]
    Forked {
        /// The size both checkpoints name.
        size: u64,
        /// One signed root.
        one: Hash,
        /// The other signed root.
        other: Hash,
    },
    /// A checkpoint that cannot be read, or that the log's key did not sign.
    #[error("a checkpoint of the log cannot be trusted")]
    Checkpoint(#[source] CheckpointError),
    /// A checkpoint given after its size was passed, so that it can no longer be compared.
    #[error("the checkpoint at size {size} was given after {reached} events were read")]
    CheckpointTooLate {
        /// The size of the checkpoint.
        size: u64,
        /// The number of events read before.
        reached: u64,
    },
}

impl LogFault {
    /// The first position that is wrong, where the fault is about events.
    pub fn position(&self) -> Option<u64> {
        match self {
            Self::Missing { position, .. }
            | Self::OutOfOrder { position, .. }
            | Self::Changed { position, .. } => Some(*position),
            Self::NotAsSigned { first, .. } => Some(*first),
            Self::Shortened { size, .. } => Some(*size),
            Self::HeadSize { .. }
            | Self::HeadRoot { .. }
            | Self::Forked { .. }
            | Self::Checkpoint(_)
            | Self::CheckpointTooLate { .. } => None,
        }
    }

    /// What the reader of this fault should do next.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing { .. } | Self::Changed { .. } | Self::NotAsSigned { .. } => {
                "stop writing to this log, keep a copy as evidence, and compare these events with \
                 a backup or an export"
            }
            Self::OutOfOrder { .. } => "feed every event once, in the order of its position",
            Self::Shortened { .. } => {
                "stop writing to this log: it was restored from an older backup or cut off; \
                 restore a copy that reaches the signed size"
            }
            Self::HeadSize { .. } | Self::HeadRoot { .. } => {
                "if every checkpoint matched, the events are sound and the stored head is not: \
                 stop the server and restore the head from a backup"
            }
            Self::Forked { .. } => {
                "keep both checkpoints as evidence, replace the log's key, and find out who else \
                 signs with it"
            }
            Self::Checkpoint(_) => {
                "check that the key is this log's key, and fetch the checkpoint again"
            }
            Self::CheckpointTooLate { .. } => "give each checkpoint before the events it covers",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::{empty_root, leaf_hash};

    fn every_fault() -> [LogFault; 10] {
        let (one, other) = (empty_root(), leaf_hash(b"event"));
        let computed = TreeHead { size: 8, root: one };
        [
            LogFault::Missing { position: 3, found: 5 },
            LogFault::OutOfOrder { position: 3, due: 5 },
            LogFault::Changed { position: 3, stored: one, computed: other },
            LogFault::NotAsSigned { first: 3, last: 7, computed, signed: other },
            LogFault::Shortened { size: 3, signed: 5 },
            LogFault::HeadSize { size: 3, stored: 5 },
            LogFault::HeadRoot { computed: one, stored: other },
            LogFault::Forked { size: 3, one, other },
            LogFault::Checkpoint(CheckpointError::NoFinalNewline),
            LogFault::CheckpointTooLate { size: 3, reached: 5 },
        ]
    }

    #[test]
    fn every_fault_says_what_is_wrong_and_what_to_do() {
        for text in
            every_fault().iter().flat_map(|fault| [fault.to_string(), fault.remedy().into()])
        {
            assert!(text.starts_with(char::is_lowercase), "{text}");
            assert!(!text.ends_with('.'), "{text}");
            assert!(!text.contains("  "), "{text}");
        }
    }

    #[test]
    fn a_fault_about_events_names_the_first_position() {
        let positions = every_fault().map(|fault| fault.position());
        assert_eq!(positions[..5], [Some(3); 5]);
        assert_eq!(positions[5..], [None; 5]);
    }

    #[test]
    fn a_missing_event_is_told_by_its_position() {
        let text = LogFault::Missing { position: 41, found: 43 }.to_string();
        assert_eq!(text, "the event at position 41 is missing: the next one is at 43");
    }
}
