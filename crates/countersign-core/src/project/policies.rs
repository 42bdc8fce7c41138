//! What a published policy makes people do: somebody of the body it names approves it.

use crate::register::{Approved, AwaitedApproval, PublishedPolicy, Register};
use crate::rows::TaskRow;
use crate::sla::Sla;
use crate::stream::StreamId;
use jiff::Timestamp;

/// How many business days the approval of a policy should take when it names an earlier day.
const DAYS: u32 = 5;

/// What people have to do about policies now.
pub fn register_tasks(register: &Register) -> Vec<TaskRow> {
    let waiting = register.policies.iter().filter(|one| one.approved == Approved::Awaited);
    let decisions = waiting.filter_map(|one| Some(task(register, one, one.awaits.as_ref()?)));
    decisions.chain(super::entries::policy_review::tasks(register)).collect()
}

fn task(register: &Register, policy: &PublishedPolicy, awaits: &AwaitedApproval) -> TaskRow {
    TaskRow {
        subject: StreamId::Register,
        task: format!("policy/{}/{}", policy.policy.name, policy.policy.version),
        title: format!("Approve the policy {}", policy.name()),
        person: None,
        role: Some(awaits.role.clone()),
        due: due(register, policy),
    }
}

/// The day it is to be in force, or some business days when that day has come already.
pub(super) fn due(register: &Register, policy: &PublishedPolicy) -> Option<Timestamp> {
    let calendar = register.calendar()?;
    if policy.effective <= calendar.date_at(policy.published_at) {
        return Some(calendar.deadline(policy.published_at, Sla::BusinessDays(DAYS)));
    }
    Some(calendar.begin_of(policy.effective))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;

    fn due_when_effective(from: &str) -> Option<Timestamp> {
        let world = given(Low).drafting_policy_where(|policy| {
            policy.document.effective = from.parse().expect("a date");
        });
        let tasks = register_tasks(&world.register);
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].role, Some(role("ai_governance_committee")));
        assert_eq!(tasks[0].task, "policy/model-release/1.1");
        tasks[0].due
    }

    ///
    #[test]
    fn a_published_policy_waits_for_its_body_until_the_day_it_names() {
        assert_eq!(due_when_effective("2026-06-01"), Some(at("2026-05-31T22:00:00Z")));
        // Five business days from a Monday, with a holiday among them.
        assert_eq!(due_when_effective("2026-01-01"), Some(at("2026-05-19T15:00:00Z")));
        assert_eq!(register_tasks(&given(Low).register), []);
    }
}
