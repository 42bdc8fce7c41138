//! The samples of a log, or their summaries: how many there are and what went wrong in them.

use super::super::measured::warn;
use super::super::node::{At, Node};
use countersign_core::reading::{Place, Reading};

/// How often something happened, and where first.
type Seen = Option<(u64, Place)>;

/// What is known of the samples.
#[derive(Debug, Default)]
pub struct Samples {
    /// How many the log holds; `None` for a log without samples.
    pub count: Option<u64>,
    /// Those that ended in an error.
    pub errors: Seen,
    limits: Seen,
    tool_errors: Seen,
}

impl Samples {
    /// The samples of this list.
    pub fn listed(list: Option<&Node>, at: &At) -> Self {
        let Some(list) = list.and_then(Node::list) else { return Self::default() };
        let mut samples = Self { count: Some(list.len() as u64), ..Self::default() };
        for (index, sample) in list.iter().enumerate() {
            let at = at.index(index);
            if sample.get("error").is_some() {
                add(&mut samples.errors, || at.key("error").place());
            }
            if sample.get("limit").is_some() {
                add(&mut samples.limits, || at.key("limit").place());
            }
            let messages = sample.get("messages").and_then(Node::list).unwrap_or_default();
            for (index, message) in messages.iter().enumerate() {
                if message.get("error").is_some() {
                    let at = at.key("messages").index(index).key("error");
                    add(&mut samples.tool_errors, || at.place());
                }
            }
        }
        samples
    }

    /// Warns of what does not spoil the run.
    pub fn warn(&self, reading: &mut Reading) {
        for (seen, what) in [
            (&self.limits, "samples that ran into a limit"),
            (&self.tool_errors, "tool calls that failed inside the samples"),
        ] {
            if let Some((count, place)) = seen {
                warn(reading, place.clone(), format!("{what}: {count}"));
            }
        }
    }
}

fn add(seen: &mut Seen, place: impl FnOnce() -> Place) {
    match seen {
        Some((count, _)) => *count += 1,
        None => *seen = Some((1, place())),
    }
}
