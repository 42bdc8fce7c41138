//! The rules of STYLE.md that a program can check, read from the repository itself.
//!
//! Each rule lists its faults as `path:line: what is wrong`, all of them at once, so that a run
//! tells everything there is to mend. What clippy holds (function size, parameters, the clock) is
//! not repeated; here is only checked that clippy is told to hold it.

mod arrows;
mod bans;
mod documents;
mod lexer;
mod lints;
mod portal;
mod purity;
mod sizes;
mod sql;
pub mod tree;
mod words;

/// Fails with every fault on a line of its own.
#[track_caller]
pub fn no_faults(rule: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{rule}\n  {}\n", faults.join("\n  "));
}
