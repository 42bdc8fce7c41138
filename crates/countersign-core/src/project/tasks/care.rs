//! What people have to do about conditions, exceptions and change requests.

use super::Tasks;
use crate::condition::OpenCondition;
use crate::rows::TaskRow;

impl Tasks<'_> {
    /// Each open condition waits for its owner, or for the role that set it once it is reported.
    pub(super) fn conditions(&self) -> Vec<TaskRow> {
        let open = self.release.conditions.iter().filter(|(_, open)| open.closed.is_none());
        open.filter_map(|(number, open)| {
            let due = Some(open.due);
            if open.report.is_some() {
                let key = format!("condition/{number}/judge");
                let task = self.task(key, "Judge whether the condition is met", due)?;
                return Some(self.for_role(task, &open.set_by));
            }
            let task = self.task(format!("condition/{number}"), told(open), due)?;
            Some(TaskRow { person: Some(open.condition.owner.clone()), ..task })
        })
        .collect()
    }

    /// Each exception asked for waits for the roles that accept its risk; each one relied on waits
    /// for its end, so that nobody is surprised by it.
    pub(super) fn exceptions(&self) -> Vec<TaskRow> {
        let mut tasks = Vec::new();
        for (number, asked) in &self.release.exceptions {
            for role in asked.awaits() {
                let key = format!("exception/{number}/{role}");
                let task = self.task(key, "Decide about the risk of an exception", None);
                tasks.extend(task.map(|task| self.for_role(task, &role)));
            }
        }
        if let Some(plan) = self.release.plan.as_ref().filter(|_| self.release.state.is_allowed()) {
            for (number, _, last) in crate::assess::relied_on(self.release, plan) {
                let what = "Replace what relies on an exception, or ask to extend it,";
                let task = self.task(format!("exception/{number}"), what, Some(last));
                tasks.extend(task.map(|task| TaskRow { person: self.owner(), ..task }));
            }
        }
        tasks
    }

    /// Each change request waits for whoever prepares the release, or for its role once it is
    /// answered.
    pub(super) fn change_requests(&self) -> Vec<TaskRow> {
        let mut tasks = Vec::new();
        let standing = self.release.change_requests.iter();
        for (number, asked) in standing.filter(|(_, one)| one.settled_at().is_none()) {
            if asked.awaits_answer() {
                let task =
                    self.task(format!("change_request/{number}"), "Answer a change request", None);
                let people = self.release.requesters().into_iter();
                let each = people.zip(task.into_iter().cycle()).map(|(person, task)| TaskRow {
                    task: format!("{}/{person}", task.task),
                    person: Some(person),
                    ..task
                });
                tasks.extend(each);
            } else {
                let key = format!("change_request/{number}/judge");
                let task = self.task(key, "Judge the answer to a change request", None);
                tasks.extend(task.map(|task| self.for_role(task, &asked.request.role)));
            }
        }
        tasks
    }
}

fn told(open: &OpenCondition) -> &'static str {
    match (&open.sent_back, &open.noticed, &open.reminded) {
        (Some(_), _, _) => "Meet the condition that was sent back",
        (None, Some(_), _) => "Meet the overdue condition",
        (None, None, Some(_)) => "Reminder: meet the condition",
        (None, None, None) => "Meet the condition",
    }
}
