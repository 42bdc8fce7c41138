//! What a form sent: names and values in their order, kept as they were typed.

use std::collections::BTreeMap;

/// What a form sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// From a body of the kind `application/x-www-form-urlencoded`, or a query string.
    pub fn decode(bytes: &[u8]) -> Self {
        let pairs = url::form_urlencoded::parse(bytes);
        Self(pairs.map(|(name, value)| (name.into_owned(), normal(&value))).collect())
    }

    /// The first value of a name; empty when there is none.
    pub fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The first value of a name, without white space around it; `None` when nothing is left.
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.one(name).trim()).filter(|value| !value.is_empty())
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a name, without white space around it; empty ones left out.
    pub fn list(&self, name: &str) -> Vec<String> {
        let values = self.all(name).map(str::trim).filter(|value| !value.is_empty());
        values.map(str::to_owned).collect()
    }

    /// Whether this name was sent with this value, as a chosen box is.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|given| given == value)
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// The names that begin so, without that beginning, each with its first value.
    pub fn under(&self, beginning: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (name, value) in &self.0 {
            if let Some(rest) = name.strip_prefix(beginning) {
                found.entry(rest.to_owned()).or_insert_with(|| value.clone());
            }
        }
        found
    }

    /// Everything except these names, for a form that carries what an earlier page asked.
    pub fn except(&self, names: &[&str]) -> Vec<(&str, &str)> {
        let kept = self.0.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        kept.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// Browsers send line breaks as CR LF; texts are kept with LF.
fn normal(value: &str) -> String {
    value.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_in_its_order() {
        let typed = Typed::decode(b"kind=weights&kind=prompt&title=a%0D%0Ab&answer.path=x");
        assert_eq!(typed.all("kind").collect::<Vec<_>>(), ["weights", "prompt"]);
        assert_eq!(typed.one("title"), "a\nb");
        assert_eq!(typed.under("answer.").get("path").map(String::as_str), Some("x"));
        assert_eq!(typed.filled("missing"), None);
    }
}
