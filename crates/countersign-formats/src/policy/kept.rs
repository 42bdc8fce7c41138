//! What a policy says about keeping records, for people.

use countersign_core::name::RoleName;
use countersign_core::policy::Policy;
use std::collections::BTreeSet;

/// Each setting with what it says.
pub fn retention_table(policy: &Policy) -> Vec<(&'static str, String)> {
    let Some(retention) = &policy.settings.retention else {
        return vec![("Records", "are kept for ever".to_owned())];
    };
    let titles = |roles: &BTreeSet<RoleName>| {
        let titles: Vec<&str> = roles.iter().map(|role| policy.title_of(role)).collect();
        titles.join(", ")
    };
    vec![
        ("Records are kept after the decision", long(retention.keep_months)),
        ("Records are kept after retirement", long(retention.after_retirement_months)),
        ("Legal holds are placed and lifted by", titles(&retention.legal_hold_by)),
        ("Evidence is purged by two people, one of them", titles(&retention.purge_by)),
    ]
}

/// A number of months as people say it.
fn long(months: u32) -> String {
    match (months / 12, months % 12) {
        (1, 0) => "1 year".to_owned(),
        (years, 0) => format!("{years} years"),
        (_, _) if months == 1 => "1 month".to_owned(),
        (_, _) => format!("{months} months"),
    }
}
