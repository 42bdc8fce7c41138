//! Generated files that are checked in: compared byte for byte, or written anew when
//! `UPDATE_EXPECT` is set.

use std::path::{Path, PathBuf};

/// A path from the root of the repository.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Fails when the file does not hold exactly this text.
#[track_caller]
pub fn expect_file(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, actual).expect("the file can be written");
        return;
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        stored == actual,
        "{} is not what the code says; run with UPDATE_EXPECT=1 and look at the difference",
        path.display()
    );
}
