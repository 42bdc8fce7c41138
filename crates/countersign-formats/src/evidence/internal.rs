//! Paths and addresses that evidence names by the way. They belong to whoever ran the tool and are
//! not shown.

/// A path or an address by its beginning or its signs, whatever stands between slashes.
pub fn is_path(value: &str) -> bool {
    value.starts_with(['/', '.', '~', '\\'])
        || value.contains("://")
        || value.contains('\\')
        || value.contains(":/")
}

/// A path or an address rather than a name. `google/gemma-2-2b` is a name.
pub fn is_internal(value: &str) -> bool {
    is_path(value) || value.matches('/').count() > 1
}

/// The last part of a path or address, the rest left out.
pub fn last_part(value: &str) -> String {
    match value.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next() {
        Some(last) => format!("…/{last}"),
        None => "…".to_owned(),
    }
}

/// The last part of what is internal; anything else as it is.
pub fn hidden(value: &str) -> String {
    if is_internal(value) { last_part(value) } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_only_its_last_part() {
        for path in ["/home/dana/ckpt-9", "./runs/ckpt-9", "C:\\runs\\ckpt-9", "s3://b/ckpt-9/"] {
            assert_eq!(hidden(path), "…/ckpt-9", "{path}");
        }
        assert_eq!(hidden("google/gemma-2-2b"), "google/gemma-2-2b");
    }
}
