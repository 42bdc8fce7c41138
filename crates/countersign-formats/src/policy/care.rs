//! What a policy says about conditions and exceptions, for people.

use countersign_core::policy::Policy;

/// Each setting with what it says. What no line of the policy says is its default.
pub fn care_table(policy: &Policy) -> Vec<(&'static str, String)> {
    let days = |count: u32| match count {
        1 => "1 business day".to_owned(),
        more => format!("{more} business days"),
    };
    let (conditions, exceptions) = (&policy.settings.conditions, &policy.settings.exceptions);
    let bites = match conditions.grace_days {
        0 => "turn the verdict to deny at once".to_owned(),
        some => format!("turn the verdict to deny after {}", days(some)),
    };
    let mut table = vec![
        ("Owners are reminded of conditions", format!("{} before", days(conditions.remind_days))),
        ("Overdue conditions", bites),
    ];
    let roles = exceptions.accepted_by.iter().map(|role| policy.title_of(role));
    let roles: Vec<&str> = roles.collect();
    if roles.is_empty() {
        table.push(("Exceptions", "are not allowed".to_owned()));
        return table;
    }
    table.push(("The risk of exceptions is accepted by", roles.join(" and ")));
    table.push(("Exceptions last at most", format!("{} days", exceptions.at_most_days)));
    let never: Vec<String> = exceptions.never.iter().map(ToString::to_string).collect();
    if !never.is_empty() {
        table.push(("Never waived", never.join(", ")));
    }
    table
}
