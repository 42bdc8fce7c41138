//! What a request for a release leaves blank, all of it at once: the words of the boxes, not those
//! of the values they stand for.

use crate::portal::faults::Faults;
use crate::portal::form::Typed;

const NEEDED: [(&str, &str); 4] = [
    ("model", "choose a model"),
    ("title", "give the release a title"),
    ("change", "choose what kind of change it is"),
    ("summary", "say what changes, and why"),
];

/// Every box that has to be filled in and is not.
pub fn blank(typed: &Typed) -> Faults {
    let mut faults = Faults::default();
    for (name, message) in NEEDED {
        if typed.filled(name).is_none() {
            faults.add(name, message);
        }
    }
    faults
}

/// Whether nothing but the kind of change was left open.
pub fn only_change(faults: &Faults) -> bool {
    let fields: Vec<_> = faults.0.iter().filter_map(|fault| fault.field.as_deref()).collect();
    fields == ["change"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_left_blank_is_named_at_once() {
        let typed = Typed::default().with("title", "v1.4").with("summary", "  ");
        let faults = blank(&typed);
        let fields: Vec<_> = faults.0.iter().filter_map(|one| one.field.as_deref()).collect();
        assert_eq!(fields, ["model", "change", "summary"]);
        assert!(blank(&typed.with("model", "m")).of("change").next().is_some());
    }
}
