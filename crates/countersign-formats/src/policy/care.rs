//! What a policy says about conditions and exceptions, for people.

use countersign_core::policy::Policy;

/// Who is told when.
fn told(policy: &Policy) -> Vec<(&'static str, String)> {
    let (settings, notices) = (&policy.settings, &policy.settings.notices);
    let before = |hours: u32| match hours {
        1 => "1 hour before".to_owned(),
        more => format!("{more} hours before"),
    };
    let first = policy.title_of(&settings.escalate_to).to_owned();
    let mut table = vec![
        ("People are reminded of what they have to do", before(notices.remind_hours)),
        ("Owners are reminded to confirm a deployment", before(notices.confirmation_hours)),
        ("When something is late, this role hears unless the runbook names another", first),
    ];
    if let Some(again) = &notices.again {
        let after = match again.after_days {
            1 => "1 business day".to_owned(),
            more => format!("{more} business days"),
        };
        let then = format!("{} after {after}", policy.title_of(&again.to));
        table.push(("And then this role", then));
    }
    table
}

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
    table.extend(told(policy));
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
