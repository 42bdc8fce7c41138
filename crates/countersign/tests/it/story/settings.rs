//! The indented `key: value` lines below a deed.

use super::line::Line;
use std::collections::BTreeMap;

/// The settings of one deed; what a deed does not take is a fault.
#[derive(Debug, Default)]
pub struct Settings {
    left: Vec<(usize, String, String)>,
}

impl Settings {
    /// Reads the lines below a deed; `Err` is the number of a line that is no setting.
    pub fn read(lines: &[Line]) -> Result<Self, usize> {
        let mut left = Vec::new();
        for line in lines {
            let (key, value) = line.text.split_once(": ").ok_or(line.number)?;
            left.push((line.number, key.to_owned(), unquoted(value)));
        }
        Ok(Self { left })
    }

    /// Every value under a key.
    pub fn all(&mut self, key: &str) -> Vec<String> {
        let (taken, left) = self.left.drain(..).partition(|(_, known, _)| known == key);
        self.left = left;
        let taken: Vec<(usize, String, String)> = taken;
        taken.into_iter().map(|(_, _, value)| value).collect()
    }

    /// The value under a key, if it is there.
    pub fn one(&mut self, key: &str) -> Option<String> {
        self.all(key).pop()
    }

    /// The values of a list with commas.
    pub fn list(&mut self, key: &str) -> Vec<String> {
        let text = self.one(key).unwrap_or_default();
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// Everything that is left, as answers to questions.
    pub fn answers(&mut self) -> BTreeMap<String, String> {
        self.left.drain(..).map(|(_, key, value)| (key, value)).collect()
    }

    /// The first line nobody took.
    pub fn first_left(&self) -> Option<usize> {
        self.left.first().map(|(line, _, _)| *line)
    }
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inside = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.unwrap_or(value).to_owned()
}
