//! The repository speaks of the product alone: no path of somebody's machine, no download host.

use super::no_faults;
use super::tree::files;

/// What only makes sense on the machine it was written on.
const PLACES: &[&str] = &["/work/", "/tmp/wt", "/root/", "/Users/", "C:\\Users"];
/// How the address of a package's download host begins; products link to pages, not to mirrors.
const HOSTS: &[&str] = &["://registry.", "://index.", "://static.", "://files.", "://deb."];
/// Files that may name them: this list itself.
const LISTS: &[&str] = &["crates/countersign/tests/it/tidy/words.rs"];

#[test]
fn the_repository_speaks_of_the_product_alone() {
    let mut faults = Vec::new();
    let written = files();
    // The lock file names the index of every package and is written by cargo.
    let spoken = written.iter().filter(|it| it.path != "Cargo.lock");
    for file in spoken.filter(|it| !LISTS.contains(&it.path.as_str())) {
        for (at, line) in file.text.lines().enumerate() {
            for word in PLACES.iter().chain(HOSTS).filter(|word| line.contains(**word)) {
                faults.push(format!("{}:{}: `{word}`", file.path, at + 1));
            }
        }
    }
    no_faults("the repository names a machine or a mirror:", &faults);
}
