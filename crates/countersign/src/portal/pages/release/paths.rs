//! Where on the portal something about a release is done.

use countersign_core::blocker::Reason;
use countersign_core::rows::TaskRow;
use countersign_core::stream::StreamId;

/// Where a task is done.
pub fn of_task(row: &TaskRow) -> String {
    // What stands beside the releases has one page each, where everything about it is done.
    let id = match &row.subject {
        StreamId::Release(id) => id,
        StreamId::Incident(id) => return format!("/incidents/{id}"),
        StreamId::Risk(id) => return format!("/risks/{id}"),
        StreamId::Sandbox(id) => return format!("/sandbox/{id}"),
        StreamId::Register => return of_register(row),
        StreamId::Meeting(id) => return format!("/committee/{id}"),
        StreamId::Model(_) => return "/inbox".to_owned(),
    };
    let release = format!("/releases/{id}");
    let mut parts = row.task.splitn(3, '/');
    match (parts.next(), parts.next()) {
        (Some("step"), Some(step)) => format!("{release}/steps/{step}"),
        (Some("approval"), Some(_)) => match &row.role {
            Some(role) => format!("{release}/approve/{role}"),
            None => release,
        },
        (Some("deploy"), Some(environment)) => format!("{release}/deploy/{environment}"),
        (Some("confirm"), Some(environment)) => format!("{release}/confirm/{environment}"),
        (Some("suspend"), Some(_)) => format!("{release}/say/suspend"),
        (Some("authority"), None) => format!("{release}/authority"),
        (Some("papers"), _) => release,
        (Some("condition"), Some(number)) => format!("{release}/conditions/{number}"),
        (Some("purge"), Some(_)) => format!("{release}/records#purges"),
        (Some("exception"), Some(_)) => format!("{release}#exceptions"),
        (Some("change_request"), Some(number)) => format!("{release}/change-requests/{number}"),
        (Some(_) | None, _) => release,
    }
}

/// Where a task about policies is done.
fn of_register(row: &TaskRow) -> String {
    if let Some(policy) = row.task.strip_prefix("policy-review/") {
        let policy = policy.split_once("/review/").map_or(policy, |(policy, _)| policy);
        return format!("/policy/{policy}#reviews");
    }
    match row.task.strip_prefix("policy/") {
        Some(policy) => format!("/policy/{policy}"),
        None => "/inbox".to_owned(),
    }
}

/// Where a blocker is lifted; `None` when there is no page for it.
pub fn of_blocker(release: &str, reason: &Reason) -> Option<String> {
    let below = |rest: String| Some(format!("/releases/{release}/{rest}"));
    match reason {
        Reason::NoArtifact => below("artifacts".into()),
        Reason::NotSubmitted => below("submit".into()),
        Reason::PrerequisiteOpen { .. } => below("prerequisites".into()),
        Reason::ItemOpen { item, .. } => below(format!("items/{item}")),
        Reason::StepOpen { step, .. } => below(format!("steps/{step}")),
        Reason::ConcernOpen { number, .. } => below(format!("say/resolve-concern-{number}")),
        Reason::ApprovalMissing { role, .. } => below(format!("approve/{role}")),
        Reason::Suspended => below("say/resume".into()),
        Reason::ConfirmationMissed { environment, .. } => below(format!("confirm/{environment}")),
        Reason::ConditionOverdue { number, .. } => below(format!("conditions/{number}")),
        Reason::ChangesRequested { number } | Reason::ChangesAnswered { number } => {
            below(format!("change-requests/{number}"))
        }
        Reason::ExceptionEnded { .. } => below("exceptions/new".into()),
        Reason::CriterionUnmet { .. }
        | Reason::Rejected
        | Reason::Withdrawn
        | Reason::Superseded { .. }
        | Reason::AuthorityDenied
        | Reason::RolledBack { .. }
        | Reason::Retired { .. }
        | Reason::NotYet { .. }
        | Reason::TooLate { .. } => None,
        Reason::AuthorityUnconfirmed { .. } => below("authority".into()),
        Reason::PapersOverdue { release, .. } => Some(format!("/releases/{release}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(key: &str, role: Option<&str>) -> TaskRow {
        TaskRow {
            subject: "release/r-1".parse().unwrap(),
            task: key.into(),
            title: String::new(),
            person: None,
            role: role.map(|role| role.parse().unwrap()),
            due: None,
        }
    }

    #[test]
    fn a_policy_is_approved_on_its_own_page() {
        let row = TaskRow { subject: StreamId::Register, ..task("policy/model-release/1.1", None) };
        assert_eq!(of_task(&row), "/policy/model-release/1.1");
    }

    #[test]
    fn every_task_leads_to_where_it_is_done() {
        let path = |key, role| of_task(&task(key, role));
        assert_eq!(path("step/security-review", None), "/releases/r-1/steps/security-review");
        assert_eq!(path("approval/2/p-1", Some("legal")), "/releases/r-1/approve/legal");
        assert_eq!(path("confirm/production", None), "/releases/r-1/confirm/production");
        assert_eq!(path("condition/2/judge", None), "/releases/r-1/conditions/2");
        assert_eq!(path("change_request/1/p-1", None), "/releases/r-1/change-requests/1");
        assert_eq!(path("exception/1/legal", None), "/releases/r-1#exceptions");
        assert_eq!(path("purge/1/compliance", None), "/releases/r-1/records#purges");
        assert_eq!(path("submit", None), "/releases/r-1");
    }
}
