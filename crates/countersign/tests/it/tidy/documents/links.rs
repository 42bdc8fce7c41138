//! Links of a document to files and headings of the repository.

use super::super::tree::{File, root};
use std::fs;
use std::path::Path;

/// Links of this document that lead nowhere.
pub fn broken(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    for (line, target) in links(&file.text) {
        let elsewhere = target.contains("://") || target.starts_with("mailto:");
        if !elsewhere && let Err(reason) = resolves(&file.path, &target) {
            faults.push(format!("{}:{line}: `{target}`: {reason}", file.path));
        }
    }
    faults
}

/// The targets of all links and images, with their lines; code is left out.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let indented = line.starts_with("    ") && !line.trim_start().starts_with(['-', '*']);
        if fenced || indented {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("``");
        for part in prose.split("](").skip(1) {
            let target = part.split([')', ' ']).next().unwrap_or_default();
            found.push((at + 1, target.to_owned()));
        }
    }
    found
}

fn resolves(from: &str, target: &str) -> Result<(), String> {
    let (path, heading) = target.split_once('#').unwrap_or((target, ""));
    let base = root().join(from);
    let folder = base.parent().unwrap_or(Path::new("."));
    let full = if path.is_empty() { base.clone() } else { folder.join(path) };
    if !full.exists() {
        return Err("no such file".into());
    }
    if heading.is_empty() || !full.is_file() {
        return Ok(());
    }
    let text = fs::read_to_string(&full).map_err(|error| error.to_string())?;
    let known = text.lines().filter(|line| line.starts_with('#')).any(|line| slug(line) == heading);
    if known { Ok(()) } else { Err(format!("no heading `#{heading}` in it")) }
}

/// The anchor that renderers of Markdown give a heading.
fn slug(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}
