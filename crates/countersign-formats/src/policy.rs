//! The policy language: text that a compliance officer reads and an engineer reviews, turned into
//! a [`Policy`] or into every fault at once.
//!
//! The language is line by line: a keyword, then what it says; an indented line belongs to the
//! line above it. A fault in one line never hides the fault in the next. There are no defaults
//! that loosen anything: who may approve his own request, what evidence an item needs and what a
//! file without a unit means are always said. `docs/reference/policy-language.md` is the grammar.
//!
//! Deliberately absent: expressions, variables, includes and anything else that would have to be
//! run to know what a policy says.

mod approval;
mod beside;
mod block;
mod bound;
mod care;
mod changes;
mod condition;
mod criterion;
mod cursor;
mod draft;
mod emergencies;
mod faults;
mod header;
mod item;
mod kept;
mod line;
mod near;
mod number;
mod placeholder;
mod promise;
mod question;
mod reach;
mod release;
mod resolve;
mod role;
mod rollbacks;
mod setting_table;
mod settings;
mod table;
mod token;
mod waiver;
mod whole;
mod words;

pub use care::care_table;
pub use condition::parse_condition;
pub use kept::retention_table;
pub use setting_table::setting_table;
pub use table::{ChecklistRow, TableRow, checklist_table, decision_table};

use crate::diagnostic::{Diagnostic, has_errors};
use block::{Entry, Keyword, entries, often, once};
use countersign_core::policy::Policy;
use draft::Draft;
use faults::Faults;

/// The longest policy accepted, in bytes.
pub const MAX_POLICY_BYTES: usize = 1024 * 1024;

/// What came of reading a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The policy; `None` when there is an error.
    pub policy: Option<Policy>,
    /// Every error and every warning, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

const BLOCKS: &[Keyword] = &[
    once("policy").with_lines(),
    often("role").with_lines(),
    often("title"),
    often("release").with_lines(),
    often("also approval by").with_lines(),
    often("item").with_lines(),
    often("criterion").with_lines(),
    often("offer runbook"),
    often("require runbook"),
    once("process").with_lines(),
    once("settings").with_lines(),
];

/// Reads a policy. Never panics, whatever the text.
pub fn parse(source: &str) -> Parsed {
    let mut faults = Faults::new(source);
    if source.len() > MAX_POLICY_BYTES {
        let message = format!("this text has {} bytes, a policy at most 1 MiB", source.len());
        faults.error("policy.too_long", &(0..0), message, "check that this is the right file");
        return Parsed { policy: None, diagnostics: faults.sorted() };
    }
    let nodes = line::read(source, &mut faults);
    placeholder::check(&nodes, &mut faults);
    let mut draft = Draft::default();
    for mut entry in entries(&nodes, BLOCKS, &mut faults) {
        block(&mut entry, &mut draft, &mut faults);
    }
    resolve::check(&mut draft, &mut faults);
    reach::check(&draft, &mut faults);
    whole::check(&draft, &mut faults);
    let diagnostics = faults.sorted();
    let policy = if has_errors(&diagnostics) { None } else { draft.finished() };
    Parsed { policy, diagnostics }
}

fn block(entry: &mut Entry<'_>, draft: &mut Draft, faults: &mut Faults<'_>) {
    // A block with a fault in its first line yields nothing; its other lines are still read.
    let _read: Option<()> = match entry.keyword {
        "policy" => header::read(entry, draft, faults),
        "role" => role::read_role(entry, draft, faults),
        "title" => role::read_title(entry, draft, faults),
        "release" => release::read(entry, draft, faults),
        "also approval by" => release::read_also(entry, draft, faults),
        "item" => item::read(entry, draft, faults),
        "criterion" => criterion::read(entry, draft, faults),
        "offer runbook" | "require runbook" => role::read_offer(entry, draft, faults),
        "process" => header::read_process(entry, draft, faults),
        "settings" => settings::read(entry, draft, faults),
        _ => None,
    };
}
