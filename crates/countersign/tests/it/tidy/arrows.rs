//! Which crate may use which: the compiler keeps a promise only as long as the arrows do.

use super::no_faults;
use super::tree::read;

/// Every crate of ours and the crates of ours it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("countersign-core", &[]),
    ("countersign-formats", &["countersign-core"]),
    ("countersign-proof", &["countersign-core"]),
    ("countersign-store", &["countersign-core", "countersign-proof"]),
    (
        "countersign",
        &["countersign-core", "countersign-formats", "countersign-proof", "countersign-store"],
    ),
];

/// What a crate that does no input or output has no use for, not even in its tests.
const WORLDLY: &[&str] =
    &["axum", "getrandom", "rand", "reqwest", "rusqlite", "tempfile", "tokio", "tower", "ureq"];

#[test]
fn crates_use_each_other_only_along_the_arrows() {
    let mut faults = Vec::new();
    for entry in std::fs::read_dir(super::tree::root().join("crates")).unwrap() {
        let krate = entry.unwrap().file_name().to_string_lossy().into_owned();
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == krate) else {
            faults.push(format!("crates/{krate}: has no place among the arrows"));
            continue;
        };
        for used in dependencies(&krate) {
            let ours = used.starts_with("countersign") && used != krate;
            if ours && !allowed.contains(&used.as_str()) {
                faults.push(format!("crates/{krate}/Cargo.toml: must not use `{used}`"));
            }
        }
    }
    no_faults("an arrow between crates is forbidden:", &faults);
}

#[test]
fn the_pure_crates_depend_on_nothing_that_touches_the_world() {
    let mut faults = Vec::new();
    for krate in ["countersign-core", "countersign-formats", "countersign-proof"] {
        let worldly = dependencies(krate).into_iter().filter(|it| WORLDLY.contains(&it.as_str()));
        faults.extend(worldly.map(|it| format!("crates/{krate}/Cargo.toml: must not use `{it}`")));
    }
    no_faults("a pure crate reaches for the world:", &faults);
}

/// The names of all dependencies in a crate's manifest, those of its tests included.
fn dependencies(krate: &str) -> Vec<String> {
    let manifest = read(&format!("crates/{krate}/Cargo.toml"));
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies");
            if let Some((_, name)) = section.rsplit_once("dependencies.") {
                names.push(name.to_owned());
            }
        } else if inside && let Some((name, _)) = line.split_once(['=', '.']) {
            names.push(name.trim().to_owned());
        }
    }
    names
}
