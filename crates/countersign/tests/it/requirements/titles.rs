//! The short titles of the requirements.

use crate::tidy::tree;

/// Number and title of every requirement, in the order of the file.
#[track_caller]
pub fn read() -> Vec<(String, String)> {
    let text = tree::read("docs/reference/requirements.toml");
    let stated = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    stated
        .map(|line| {
            let (number, title) = line.split_once(" = ").unwrap_or_else(|| panic!("`{line}`"));
            let title = title.trim_matches('"');
            let words = title.split(' ').count();
            assert!((2..=9).contains(&words), "{number}: a title has two to nine words");
            (number.to_owned(), title.to_owned())
        })
        .collect()
}
