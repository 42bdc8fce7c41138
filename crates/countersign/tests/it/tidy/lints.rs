//! What clippy and rustdoc hold for us stays switched on.

use super::no_faults;
use super::tree::read;

/// Lines that must stand in a file for the compiler's part of STYLE.md to be held.
const HELD: &[(&str, &str)] = &[
    ("clippy.toml", "too-many-lines-threshold = 60"),
    ("clippy.toml", "too-many-arguments-threshold = 5"),
    ("clippy.toml", "max-fn-params-bools = 0"),
    ("clippy.toml", "jiff::Timestamp::now"),
    ("clippy.toml", "jiff::Zoned::now"),
    ("clippy.toml", "std::time::SystemTime::now"),
    ("clippy.toml", "std::time::Instant::now"),
    ("clippy.toml", "std::env::var"),
    ("Cargo.toml", "unsafe_code = \"forbid\""),
    ("Cargo.toml", "broken_intra_doc_links = \"deny\""),
    ("Cargo.toml", "too_many_lines = \"deny\""),
    ("Cargo.toml", "too_many_arguments = \"deny\""),
    ("Cargo.toml", "fn_params_excessive_bools = \"deny\""),
    ("Cargo.toml", "allow_attributes = \"deny\""),
    ("Cargo.toml", "disallowed_methods = \"deny\""),
    ("test.sh", "cargo clippy --workspace --all-targets --locked -- -D warnings"),
];

#[test]
fn the_compilers_part_of_the_style_is_switched_on() {
    let missing = HELD.iter().filter(|(file, line)| !read(file).contains(line));
    let faults: Vec<String> =
        missing.map(|(file, line)| format!("{file}: lacks `{line}`")).collect();
    no_faults("a rule is no longer held:", &faults);
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let crates = std::fs::read_dir(super::tree::root().join("crates")).unwrap();
    let faults: Vec<String> = crates
        .map(|entry| format!("crates/{}/Cargo.toml", entry.unwrap().file_name().to_string_lossy()))
        .filter(|manifest| !read(manifest).contains("[lints]\nworkspace = true"))
        .map(|manifest| format!("{manifest}: lacks `[lints]` with `workspace = true`"))
        .collect();
    no_faults("a crate goes its own way:", &faults);
}
