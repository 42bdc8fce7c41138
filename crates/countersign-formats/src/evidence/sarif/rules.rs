//! The rules of a run, and which of them a result speaks of (SARIF 2.1.0 §3.27.5 to §3.27.7).

use super::super::node::Node;
use std::collections::BTreeMap;

/// How many levels of a hierarchical name are tried.
const MAX_LEVELS: usize = 8;

/// The rules of one run.
pub struct Rules<'a> {
    driver: Option<&'a Node>,
    extensions: &'a [Node],
    by_id: BTreeMap<&'a str, &'a Node>,
}

/// The rule of a result.
pub struct Found<'a> {
    /// Its name, as the result or the rule gives it.
    pub id: String,
    /// Its description, if the run holds one.
    pub rule: Option<&'a Node>,
    /// True when the result names one rule and points at another.
    pub contradicts: bool,
}

impl<'a> Rules<'a> {
    /// The rules of this run: the driver's, then those of its extensions.
    pub fn of(run: &'a Node) -> Self {
        let driver = run.find(&["tool", "driver"]);
        let extensions = run.find(&["tool", "extensions"]).and_then(Node::list).unwrap_or_default();
        let mut by_id = BTreeMap::new();
        for rule in driver.into_iter().chain(extensions).flat_map(rules) {
            if let Some(id) = rule.get("id").and_then(Node::text) {
                by_id.entry(id).or_insert(rule);
            }
        }
        Self { driver, extensions, by_id }
    }

    /// The rule this result speaks of. An index outweighs a name, as it cannot be ambiguous.
    pub fn find(&self, result: &Node) -> Found<'a> {
        let reference = result.get("rule");
        let named = result.get("ruleId").or(reference.and_then(|it| it.get("id")));
        let named = named.and_then(Node::text);
        let index = result.get("ruleIndex").or(reference.and_then(|it| it.get("index")));
        let indexed = index.and_then(Node::count).and_then(|index| {
            let index = usize::try_from(index).ok()?;
            self.component(reference)?.get("rules")?.item(index)
        });
        let rule = indexed.or_else(|| named.and_then(|id| self.by_name(id)));
        let own = rule.and_then(|rule| rule.get("id")).and_then(Node::text);
        Found {
            id: named.or(own).unwrap_or("(no rule)").to_owned(),
            rule,
            contradicts: match (named, own) {
                (Some(named), Some(own)) => !is_under(named, own),
                _ => false,
            },
        }
    }

    /// The tool component a reference names; the driver when it names none.
    fn component(&self, reference: Option<&Node>) -> Option<&'a Node> {
        match reference.and_then(|it| it.get("toolComponent")) {
            None => self.driver,
            Some(component) => match component.get("index").and_then(Node::count) {
                Some(index) => self.extensions.get(usize::try_from(index).ok()?),
                None => {
                    let name = component.get("name")?;
                    self.extensions.iter().find(|it| it.get("name") == Some(name))
                }
            },
        }
    }

    /// By name; `CA1000/1` is a case of `CA1000` (§3.52.4).
    fn by_name(&self, id: &str) -> Option<&'a Node> {
        let parents = std::iter::successors(Some(id), |id| Some(id.rsplit_once('/')?.0));
        parents.take(MAX_LEVELS).find_map(|id| self.by_id.get(id).copied())
    }
}

fn rules(component: &Node) -> &[Node] {
    component.get("rules").and_then(Node::list).unwrap_or_default()
}

fn is_under(named: &str, own: &str) -> bool {
    named.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::super::super::json::parse;
    use super::*;

    const RUN: &str = r#"{"tool": {"driver": {"rules": [{"id": "A"}, {"id": "B"}]},
        "extensions": [{"name": "pack", "rules": [{"id": "X"}, {"id": "Y/1"}]}]}}"#;

    fn found(result: &str) -> (String, Option<String>, bool) {
        let (run, result) = (parse(RUN).unwrap(), parse(result).unwrap());
        let rules = Rules::of(&run);
        let found = rules.find(&result);
        let own = found.rule.and_then(|rule| rule.get("id")).and_then(Node::scalar);
        (found.id, own, found.contradicts)
    }

    #[test]
    fn a_rule_is_found_by_name_by_index_and_in_extensions() {
        for (result, id, own) in [
            (r#"{"ruleId": "B"}"#, "B", Some("B")),
            (r#"{"ruleIndex": 1}"#, "B", Some("B")),
            (r#"{"rule": {"index": 0}}"#, "A", Some("A")),
            (r#"{"ruleId": "X"}"#, "X", Some("X")),
            (r#"{"ruleId": "B/7"}"#, "B/7", Some("B")),
            (r#"{"rule": {"index": 1, "toolComponent": {"index": 0}}}"#, "Y/1", Some("Y/1")),
            (r#"{"rule": {"index": 0, "toolComponent": {"name": "pack"}}}"#, "X", Some("X")),
            (r#"{"ruleIndex": 99, "ruleId": "A"}"#, "A", Some("A")),
            (r#"{"ruleIndex": -1}"#, "(no rule)", None),
            ("{}", "(no rule)", None),
        ] {
            assert_eq!(found(result), (id.into(), own.map(Into::into), false), "{result}");
        }
    }

    #[test]
    fn an_index_outweighs_a_name_and_the_contradiction_is_seen() {
        let wanted = ("B".to_owned(), Some("A".to_owned()), true);
        assert_eq!(found(r#"{"ruleId": "B", "ruleIndex": 0}"#), wanted);
    }
}
