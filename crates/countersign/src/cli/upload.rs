//! Files on their way: read as they are sent or hashed, with progress for whoever watches.

use super::trouble::Trouble;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs::File;
use std::io::{IsTerminal as _, Read};
use std::path::Path;

/// Files smaller than this are done before a bar could be read, in bytes.
const WORTH_A_BAR: u64 = 4 * 1024 * 1024;

/// A file that is open, with its size.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub file: File,
    /// Its size in bytes.
    pub size: u64,
}

/// Opens a file; a folder is refused with what to do instead.
pub fn open(path: &Path) -> Result<Opened, Trouble> {
    let shown = path.display();
    let failed = |error| Trouble::io(format!("cannot read `{shown}`"), &error);
    let file = File::open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if !meta.is_file() {
        let detail = format!("`{shown}` is not a file");
        return Err(Trouble::usage(detail, "give a file; pack several into an archive first"));
    }
    Ok(Opened { file, size: meta.len() })
}

impl Opened {
    /// The file's bytes, with a bar on standard error when it is a terminal and the file is large.
    pub fn watched(self, doing: &str) -> impl Read + 'static {
        bar(doing, self.size).wrap_read(self.file)
    }
}

/// A bar for this many bytes, or one that is never seen.
pub fn bar(doing: &str, size: u64) -> ProgressBar {
    let seen = size >= WORTH_A_BAR && std::io::stderr().is_terminal();
    let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(size), target);
    let template = "{msg} {wide_bar} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.with_message(doing.to_owned()).with_finish(indicatif::ProgressFinish::AndClear)
}
