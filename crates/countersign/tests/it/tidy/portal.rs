//! Pages show what the rules found; they never decide again.

use super::no_faults;
use super::tree::sources;

/// What only a rule may compare.
const RULED: &[&str] = &["RiskTier::", "ChangeType::", "State::", ".tier", ".state", ".change"];
/// How code compares.
const COMPARES: &[&str] = &["==", "!=", "matches!("];
/// Words that a page must not compare as text either.
const WORDS: &[&str] = &["low", "medium", "high", "critical", "in_review", "approved", "rejected"];

#[test]
fn no_page_compares_tiers_states_or_kinds_of_change() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|it| it.path.contains("countersign/src/portal")) {
        for (at, line) in source.code.lines().enumerate() {
            let compares = COMPARES.iter().any(|sign| line.contains(sign));
            let literal = source
                .literals
                .iter()
                .any(|(on, text)| *on == at + 1 && WORDS.contains(&text.as_str()));
            if compares && (literal || RULED.iter().any(|ruled| line.contains(ruled))) {
                faults.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
            if line.contains("=>") && line.trim_start().starts_with("RiskTier::") {
                faults.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    no_faults("a page decides by itself; ask the gate's report:", &faults);
}

#[test]
fn no_page_carries_script_or_style_of_its_own() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|it| it.path.contains("countersign/src/portal")) {
        for (at, line) in source.code.lines().enumerate() {
            let opens = |tag: &str| line.trim_start().starts_with(tag);
            let styled = line.contains(" style=") || line.contains(" onclick=");
            if opens("script {") || opens("script ") || opens("style {") || styled {
                faults.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    no_faults("the content security policy would stop this:", &faults);
}
