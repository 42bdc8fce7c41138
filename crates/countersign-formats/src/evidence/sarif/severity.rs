//! How bad a SARIF result is. SARIF has no critical; only a score or a tool's own word makes one.

use super::super::node::Node;
use super::super::text::quoted;
use countersign_core::decimal::Decimal;
use countersign_core::reading::Severity;

/// One row of the mapping.
#[derive(Debug, Clone, Copy)]
pub struct SeverityRow {
    /// Where the word or number stands.
    pub source: &'static str,
    /// Which tools write it.
    pub written_by: &'static str,
    /// What it says.
    pub says: Says,
    /// What that means here.
    pub severity: Severity,
}

/// What a source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// A score from 0 to 10 at or above this.
    Score(&'static str),
    /// This word, in any case.
    Word(&'static str),
}

const SCORE: &str = "security-severity";
const BANDIT: &str = "issue_severity";
const OWN_WORD: &str = "severity";
const LEVEL: &str = "level";

const fn score(least: &'static str, severity: Severity) -> SeverityRow {
    let written_by = "scanners that score from 0 to 10, as GitHub code scanning reads it";
    SeverityRow { source: SCORE, written_by, says: Says::Score(least), severity }
}

const fn bandit(word: &'static str, severity: Severity) -> SeverityRow {
    SeverityRow { source: BANDIT, written_by: "Bandit", says: Says::Word(word), severity }
}

const fn own(word: &'static str, severity: Severity) -> SeverityRow {
    let written_by = "tools with a scale of their own";
    SeverityRow { source: OWN_WORD, written_by, says: Says::Word(word), severity }
}

const fn level(word: &'static str, severity: Severity) -> SeverityRow {
    let written_by = "every tool; `warning` when nothing is said";
    SeverityRow { source: LEVEL, written_by, says: Says::Word(word), severity }
}

/// The whole mapping. The first source a result or its rule has decides; within it the first row
/// that fits. A word or number that fits no row is `unknown`, which counts as the worst.
pub const SEVERITY_TABLE: &[SeverityRow] = &[
    score("9.0", Severity::Critical),
    score("7.0", Severity::High),
    score("4.0", Severity::Medium),
    score("0.1", Severity::Low),
    score("0", Severity::Info),
    bandit("HIGH", Severity::High),
    bandit("MEDIUM", Severity::Medium),
    bandit("LOW", Severity::Low),
    own("CRITICAL", Severity::Critical),
    own("HIGH", Severity::High),
    own("ERROR", Severity::High),
    own("MEDIUM", Severity::Medium),
    own("MODERATE", Severity::Medium),
    own("WARNING", Severity::Medium),
    own("LOW", Severity::Low),
    own("INFO", Severity::Info),
    level("error", Severity::High),
    level("warning", Severity::Medium),
    level("note", Severity::Low),
    level("none", Severity::Info),
];

/// How bad a result of this rule is, and what that was taken from.
pub fn severity(result: &Node, rule: Option<&Node>) -> (Severity, String) {
    let owners = [(Some(result), ""), (rule, " of the rule")];
    for source in [SCORE, BANDIT, OWN_WORD] {
        for (owner, whose) in owners {
            let said = owner.and_then(|owner| owner.find(&["properties", source]));
            if let Some(said) = said.and_then(Node::scalar) {
                return (look_up(source, &said), format!("`{source}` {}{whose}", quoted(&said)));
            }
        }
    }
    let default = rule.and_then(|rule| rule.find(&["defaultConfiguration", LEVEL]));
    let (level, whose) = match (result.get(LEVEL), default) {
        (Some(level), _) => (level.scalar().unwrap_or_default(), ""),
        (None, Some(level)) => (level.scalar().unwrap_or_default(), " of the rule"),
        (None, None) => return (Severity::Medium, "no `level`, which means `warning`".to_owned()),
    };
    (look_up(LEVEL, &level), format!("`{LEVEL}` {}{whose}", quoted(&level)))
}

fn look_up(source: &str, said: &str) -> Severity {
    let score = said.trim().parse::<Decimal>().ok();
    let score = score.filter(|score| (Decimal::ZERO..=Decimal::whole(10)).contains(score));
    let fits = |row: &&SeverityRow| {
        row.source == source
            && match row.says {
                Says::Score(least) => {
                    least.parse().is_ok_and(|least: Decimal| score.is_some_and(|it| it >= least))
                }
                Says::Word(word) => said.trim().eq_ignore_ascii_case(word),
            }
    };
    SEVERITY_TABLE.iter().find(fits).map_or(Severity::Unknown, |row| row.severity)
}

#[cfg(test)]
mod tests {
    use super::super::super::json::parse;
    use super::*;

    fn of(result: &str, rule: &str) -> Severity {
        severity(&parse(result).unwrap(), Some(&parse(rule).unwrap())).0
    }

    /// R-176
    #[test]
    fn critical_comes_only_from_a_score_of_nine_or_a_tools_own_word() {
        let score =
            |score: &str| of("{}", &format!(r#"{{"properties":{{"security-severity":{score}}}}}"#));
        assert_eq!(score("\"9.0\""), Severity::Critical);
        assert_eq!(score("9.8"), Severity::Critical);
        assert_eq!(score("\"8.9\""), Severity::High);
        assert_eq!(score("\"4\""), Severity::Medium);
        assert_eq!(score("0.0"), Severity::Info);
        assert_eq!(of(r#"{"properties":{"severity":"Critical"}}"#, "{}"), Severity::Critical);
        assert_eq!(of(r#"{"level":"error"}"#, "{}"), Severity::High);
    }

    /// I-12
    #[test]
    fn a_severity_that_cannot_be_read_is_unknown_and_counts_as_the_worst() {
        for result in [
            r#"{"properties":{"security-severity":"high"}}"#,
            r#"{"properties":{"security-severity":NaN}}"#,
            r#"{"properties":{"security-severity":"11"}}"#,
            r#"{"properties":{"issue_severity":"UNDEFINED"}}"#,
            r#"{"level":"fatal"}"#,
        ] {
            assert_eq!(of(result, "{}"), Severity::Unknown, "{result}");
        }
        assert!(Severity::Unknown > Severity::Critical);
    }

    #[test]
    fn a_level_falls_back_to_the_rule_and_then_to_warning() {
        let rule = r#"{"defaultConfiguration":{"level":"error"}}"#;
        assert_eq!(of("{}", rule), Severity::High);
        assert_eq!(of(r#"{"level":"note"}"#, rule), Severity::Low);
        assert_eq!(of("{}", "{}"), Severity::Medium);
    }

    #[test]
    fn a_bandit_word_goes_before_the_level() {
        let result = r#"{"level":"note","properties":{"issue_severity":"HIGH"}}"#;
        assert_eq!(of(result, "{}"), Severity::High);
    }
}
