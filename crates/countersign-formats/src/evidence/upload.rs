//! A file as it was attached, looked at but not yet read.

use super::archive;
use super::json;
use super::node::Node;
use super::text::utf8;
use super::unreadable::Unreadable;
use std::cell::OnceCell;

/// How much of a file too large to be read must be given, so that its format can be told.
pub const HEAD_BYTES: usize = 64 * 1024;

/// A file as it was attached.
#[derive(Debug)]
pub struct Upload<'a> {
    name: &'a str,
    bytes: &'a [u8],
    size: u64,
    json: OnceCell<Result<Node, Unreadable>>,
    first_line: OnceCell<Option<Node>>,
}

impl<'a> Upload<'a> {
    /// A whole file.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self::head_of(name, bytes, bytes.len() as u64)
    }

    /// The first [`HEAD_BYTES`] of a file of this size, for one above
    /// [`MAX_EVIDENCE_BYTES`](super::MAX_EVIDENCE_BYTES) that need not be loaded to be refused.
    pub fn head_of(name: &'a str, head: &'a [u8], size: u64) -> Self {
        Self { name, bytes: head, size, json: OnceCell::new(), first_line: OnceCell::new() }
    }

    /// The file's name without folders.
    pub fn name(&self) -> &'a str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(self.name)
    }

    /// The file's size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether the name ends in a point and this extension, in any case.
    pub fn has_extension(&self, extension: &str) -> bool {
        let name = self.name().to_ascii_lowercase();
        name.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.'))
    }

    /// The bytes given: the whole file, or its head.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The whole file as text.
    pub fn text(&self) -> Result<&'a str, Unreadable> {
        utf8(self.bytes)
    }

    /// The start of the file as text, as far as it is text; up to [`HEAD_BYTES`].
    pub fn head(&self) -> &'a str {
        let head = self.bytes.get(..HEAD_BYTES).unwrap_or(self.bytes);
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        head.utf8_chunks().next().map_or("", |chunk| chunk.valid())
    }

    /// The file as one JSON value, or why it is none; worked out once.
    pub fn json(&self) -> Result<&Node, Unreadable> {
        self.json.get_or_init(|| json::parse(self.text()?)).as_ref().map_err(Clone::clone)
    }

    /// The file as one JSON list or object, if it is one. Cheap for what plainly is not.
    pub fn json_tree(&self) -> Option<&Node> {
        if self.looks_json() { self.json().ok() } else { None }
    }

    /// The first line that holds something as a JSON object, if it is one: what a file with one
    /// value per line begins with; worked out once.
    pub fn first_line(&self) -> Option<&Node> {
        if !self.looks_json() {
            return None;
        }
        let text = self.text().ok()?.trim();
        match text.split_once('\n') {
            None => self.json().ok(),
            Some((first, _)) => self.first_line.get_or_init(|| json::first_value(first)).as_ref(),
        }
        .filter(|line| line.object().is_some())
    }

    /// Whether the start of the file shows a format that readers take.
    pub fn looks_structured(&self) -> bool {
        let named = ["json", "sarif", "xml", "csv", "yaml", "yml", "jsonl", "eval"];
        let first = archive::first_name(self.bytes).unwrap_or_default();
        self.looks_json()
            || first.starts_with("_journal/")
            || self.head().trim_start().starts_with("<?xml")
            || named.iter().any(|extension| self.has_extension(extension))
    }

    /// Why a file that no reader knows must not be kept: it calls itself JSON and is none, or it is
    /// an archive that could harm whoever opens it.
    pub fn broken(&self) -> Option<Unreadable> {
        let named = self.has_extension("json") || self.has_extension("sarif");
        if named { self.json().err() } else { archive::danger(self.bytes) }
    }

    fn looks_json(&self) -> bool {
        self.head().trim_start().starts_with(['{', '['])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_needs_its_point() {
        assert!(Upload::new("a/b/Results.JSON", b"").has_extension("json"));
        assert!(!Upload::new("notjson", b"").has_extension("json"));
    }

    #[test]
    fn a_head_that_ends_inside_a_character_is_still_text() {
        let text = format!("{}ä", "x".repeat(HEAD_BYTES - 1));
        assert_eq!(Upload::new("a", text.as_bytes()).head().len(), HEAD_BYTES - 1);
    }
}
