//! The program that is measured: built as it is released.

use crate::arguments::Arguments;
use crate::failure::{Failure, Told};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The built program.
pub struct Program {
    /// Where it lies.
    pub path: PathBuf,
}

impl Program {
    /// The program that was named, or the one built from this repository. Cargo builds the
    /// benchmark with the product's library only, so the product is built here.
    pub fn find(arguments: &Arguments) -> Result<Self, Failure> {
        if let Some(path) = &arguments.program {
            return Ok(Self { path: path.clone() });
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args(["build", "--release", "--locked", "--package", "countersign"]);
        build.args(["--bin", "countersign"]).current_dir(root()).stdin(Stdio::null());
        let status = build.status().told("build the program")?;
        if !status.success() {
            return Err(Failure::plain("the program does not build"));
        }
        let this = std::env::current_exe().told("find this program")?;
        let path = this.with_file_name("countersign");
        if !path.is_file() {
            let path = path.display();
            let what = format!("`{path}` is missing: run this with `cargo run --release`");
            return Err(Failure::plain(what));
        }
        Ok(Self { path })
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
