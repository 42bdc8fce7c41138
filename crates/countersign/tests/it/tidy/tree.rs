//! The repository's files, found without git so that an unpacked archive is checked alike.

use super::lexer::{Lexed, lex};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders that hold what people wrote. Everything else is built or belongs to the reader.
const WRITTEN: &[&str] = &["crates", "catalog", "stories", "docs", "bench", "tools", ".ci"];

/// One text file of the repository.
pub struct File {
    /// Its path from the root of the repository, with `/` between the parts.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// One Rust file, taken apart.
pub struct Source {
    /// Its path from the root of the repository.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Comments and literals blanked, inline tests blanked too.
    pub code: String,
    /// Comments and literals blanked, tests kept.
    pub all_code: String,
    /// Every string literal and the line it begins on.
    pub literals: Vec<(usize, String)>,
}

impl Source {
    /// Whether the file is a test as a whole.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    /// The number of lines that are not inside an inline test module.
    pub fn lines_without_tests(&self) -> usize {
        self.text.lines().count() - inline_tests(&self.all_code).map_or(0, |(from, to)| to - from)
    }

    /// Whether the file lies in this crate's sources.
    pub fn in_sources_of(&self, krate: &str) -> bool {
        self.path.starts_with(&format!("crates/{krate}/src/"))
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads one file by its path from the root.
#[track_caller]
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every written text file, sorted by path.
pub fn files() -> Vec<File> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        // In a work tree `.git` is a file that names a folder of this machine.
        if path.is_file() && path.file_name().is_some_and(|name| name != ".git") {
            paths.push(path);
        }
    }
    for folder in WRITTEN {
        walk(&root().join(folder), &mut paths);
    }
    let mut files: Vec<File> = paths.iter().filter_map(|path| file(path)).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Every Rust file, taken apart.
pub fn sources() -> Vec<Source> {
    let rust = files().into_iter().filter(|file| file.path.ends_with(".rs"));
    rust.map(|File { path, text }| {
        let Lexed { code, literals } = lex(&text);
        let without = match inline_tests(&code) {
            Some((from, to)) => blank_lines(&code, from, to),
            None => code.clone(),
        };
        Source { path, text, code: without, all_code: code, literals }
    })
    .collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            walk(&path, paths);
        } else if path.is_file() {
            paths.push(path);
        }
    }
}

fn file(path: &Path) -> Option<File> {
    let relative = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    // A lock of a database somebody left behind, an image: not text, not written by us.
    let text = fs::read_to_string(path).ok()?;
    Some(File { path: relative, text })
}

/// The lines of `#[cfg(test)] mod name { … }`, from the attribute to after the closing brace.
fn inline_tests(code: &str) -> Option<(usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let from = lines.iter().position(|line| line.trim() == "#[cfg(test)]")?;
    let opens = lines.get(from + 1)?.trim();
    if !opens.starts_with("mod ") || !opens.ends_with('{') {
        return None;
    }
    let mut depth = 0_i64;
    for (at, line) in lines.iter().enumerate().skip(from + 1) {
        depth += line.matches('{').count() as i64 - line.matches('}').count() as i64;
        if depth == 0 {
            return Some((from, at + 1));
        }
    }
    None
}

fn blank_lines(code: &str, from: usize, to: usize) -> String {
    let kept = |(at, line): (usize, &str)| {
        let line = if (from..to).contains(&at) { "" } else { line };
        format!("{line}\n")
    };
    code.lines().enumerate().map(kept).collect()
}
