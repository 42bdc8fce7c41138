//! Names of findings. A finding is closed by its name, so no two of a file may share one.

use std::collections::BTreeMap;

/// The names given so far in a file.
#[derive(Debug, Default)]
pub struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// The name, with `#2` behind it the second time.
    pub fn claim(&mut self, id: String) -> String {
        let count = self.0.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { id } else { format!("{id} #{count}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_comes_again_is_numbered() {
        let mut ids = Ids::default();
        assert_eq!(["a", "b", "a"].map(|id| ids.claim(id.into())), ["a", "b", "a #2"]);
    }
}
