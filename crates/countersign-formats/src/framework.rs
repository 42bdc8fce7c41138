//! Frameworks: tables of clauses and the records that answer them, as YAML.

use countersign_core::framework::Framework;
use std::collections::BTreeSet;
use std::fmt;

/// Why a text is no framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableFramework {
    /// The line, counted from 1; `None` when the whole is wrong.
    pub line: Option<u64>,
    /// What is wrong, with the remedy.
    pub message: String,
}

impl fmt::Display for UnreadableFramework {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for UnreadableFramework {}

/// Reads a framework. A clause without records would be held by nothing, so it is refused, and so
/// is a clause that stands twice.
pub fn parse(text: &str) -> Result<Framework, UnreadableFramework> {
    let options = serde_saphyr::options! {
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_events: 20_000,
            max_nodes: 20_000,
            max_depth: 8,
            max_aliases: 0,
            max_anchors: 0,
        },
    };
    let framework: Framework =
        serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let line = error.location().map(|at| at.line());
            let said = error.to_string();
            let message = said.split(" at line ").next().unwrap_or_default().to_owned();
            UnreadableFramework { line, message }
        })?;
    let whole = |message: String| Err(UnreadableFramework { line: None, message });
    if framework.clauses.is_empty() {
        return whole("the framework names no clause: add at least one".into());
    }
    let mut seen = BTreeSet::new();
    for clause in &framework.clauses {
        if clause.records.is_empty() {
            return whole(format!("clause `{}` names no record: add at least one", clause.id));
        }
        if !seen.insert(&clause.id) {
            return whole(format!("clause `{}` stands twice: make it one", clause.id));
        }
    }
    Ok(framework)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "name: law\ntitle: A law\nedition: '1'\nnote: Read it.\nclauses:\n  \
                       - id: Article 1\n    title: Duty\n    duty: Show it.\n    \
                       records: [policy, item model_card]\n";

    #[test]
    fn a_framework_is_read_with_its_clauses() {
        let framework = parse(ONE).unwrap();
        assert_eq!(framework.clauses[0].records.len(), 2);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let error = parse(&ONE.replace("item model_card", "papers")).unwrap_err();
        assert!(error.to_string().contains("`papers` is no record"), "{error}");
        let error = parse(&ONE.replace("duty:", "dutty:")).unwrap_err();
        assert!(error.line.is_some(), "{error}");
        let error = parse(&ONE.replace("[policy, item model_card]", "[]")).unwrap_err();
        assert!(error.to_string().contains("names no record"), "{error}");
        let twice = format!("{ONE}{}", &ONE[ONE.find("  - id").unwrap()..]);
        assert!(parse(&twice).unwrap_err().to_string().contains("stands twice"));
        assert!(parse("clauses: &a [*a]").is_err());
    }
}
