//! The three pure crates take the world as values: no input, no output, no clock, no chance.

use super::bans::found_in;
use super::no_faults;
use super::tree::{Source, sources};

const PURE: &[&str] = &["countersign-core", "countersign-formats", "countersign-proof"];

/// Banned in the sources of the pure crates.
const WORLD: &[(&str, &str)] = &[
    ("std::fs", "take the bytes as a value"),
    ("std::net", "take what was received as a value"),
    ("std::env", "take the setting as a value"),
    ("std::process", "leave it to the program"),
    ("std::thread", "leave it to the program"),
    ("SystemTime", "take the time as a value"),
    ("Instant::now", "take the time as a value"),
    ("Timestamp::now", "take the time as a value"),
    ("Zoned::now", "take the time as a value"),
    ("SystemRandom", "take the random bytes as a value"),
    ("getrandom", "take the random bytes as a value"),
    ("rand::", "take the random bytes as a value"),
    ("tokio", "leave waiting to the program"),
    ("async fn", "leave waiting to the program"),
    ("println!", "return what is to be said"),
    ("eprintln!", "return what is to be said"),
];

/// Banned in the rules besides: a new variant must not slip through unseen.
const RULES: &[(&str, &str)] = &[("HashMap", "use `BTreeMap`: the order is part of the bytes")];

#[test]
fn the_pure_crates_touch_nothing_outside_their_arguments() {
    let pure: Vec<Source> = sources()
        .into_iter()
        .filter(|source| PURE.iter().any(|krate| source.in_sources_of(krate)))
        .filter(|source| !source.is_test())
        .collect();
    let mut faults = found_in(|source| &source.code, &pure, WORLD);
    let core: Vec<Source> =
        pure.into_iter().filter(|source| source.in_sources_of("countersign-core")).collect();
    faults.extend(found_in(|source| &source.code, &core, RULES));
    no_faults("a pure crate touches the world:", &faults);
}
