//! The default policy parses, and holds what REQUIREMENTS asks of it.

use countersign_formats::diagnostic::Level;
use countersign_formats::policy::parse;

const SOURCE: &str = include_str!("../../../../../catalog/policies/model-release.policy");

#[test]
fn the_default_policy_has_no_errors() {
    let parsed = parse(SOURCE);
    let errors: Vec<_> = parsed.diagnostics.iter().filter(|d| d.level == Level::Error).collect();
    assert_eq!(errors, Vec::<&countersign_formats::diagnostic::Diagnostic>::new());
    assert!(parsed.policy.is_some());
}
