//! What people have to do: one row for each person or role something waits for.

mod care;
mod retention;
mod urgent;

use crate::assess::{self, StepProgress, StepStatus};
use crate::name::{EnvironmentName, PersonId, RoleName};
use crate::plan::GatePlan;
use crate::release::{Deployed, Release, State};
use crate::rows::TaskRow;
use crate::stream::StreamId;
use jiff::Timestamp;

/// What people have to do about the release now.
pub fn tasks(release: &Release) -> Vec<TaskRow> {
    let Some(request) = &release.request else { return Vec::new() };
    let tasks = Tasks { release, title: &request.title };
    let mut routine = match release.state {
        State::Draft => tasks.draft(),
        State::InReview => tasks.review(),
        State::Approved | State::Deployed | State::Confirmed => tasks.aftermath(),
        State::Absent
        | State::Rejected
        | State::Withdrawn
        | State::Superseded
        | State::RolledBack
        | State::Retired => Vec::new(),
    };
    routine.extend(urgent::tasks(release));
    routine.extend(tasks.purges());
    routine
}

struct Tasks<'r> {
    release: &'r Release,
    title: &'r str,
}

impl Tasks<'_> {
    fn task(&self, key: String, what: &str, due: Option<Timestamp>) -> Option<TaskRow> {
        let release = self.release.id.clone()?;
        let title = format!("{what} for {}", self.title);
        let subject = StreamId::Release(release);
        Some(TaskRow { subject, task: key, title, person: None, role: None, due })
    }

    /// Nobody holds `model_owner` in the register, so its tasks wait for the model's own owner.
    fn for_role(&self, task: TaskRow, role: &RoleName) -> TaskRow {
        let person = self.owner().filter(|_| role.is_model_owner());
        TaskRow { role: Some(role.clone()), person, ..task }
    }

    fn draft(&self) -> Vec<TaskRow> {
        let task = self.task("submit".into(), "Complete the checklist and submit", None);
        let people = self.release.requesters().into_iter();
        let submit = people
            .zip(task.into_iter().cycle())
            .map(|(person, task)| TaskRow { person: Some(person), ..task });
        submit.chain(self.exceptions()).collect()
    }

    fn review(&self) -> Vec<TaskRow> {
        let Some(plan) = &self.release.plan else { return Vec::new() };
        let mut tasks = self.steps();
        tasks.extend(self.change_requests());
        tasks.extend(self.exceptions());
        // Rows know no time: what ends by itself is looked at when they are read.
        if assess::content_blockers(self.release, plan, Timestamp::MIN).is_empty() {
            let steps = assess::step_statuses(self.release, plan, Timestamp::MIN);
            let rules = assess::rule_statuses(self.release, plan);
            for rule in rules.iter().filter(|rule| !rule.satisfied()) {
                let what = format!("Decide: {}", rule.purpose);
                let key = format!("approval/{}", rule.rule);
                let due = sign_off_due(plan, &steps, rule.rule);
                for person in &rule.eligible {
                    let task = self.task(format!("{key}/{person}"), &what, due);
                    tasks.extend(task.map(|task| TaskRow {
                        person: Some(person.clone()),
                        role: Some(rule.role.clone()),
                        ..task
                    }));
                }
            }
        }
        tasks
    }

    fn steps(&self) -> Vec<TaskRow> {
        let plan = self.release.plan.as_ref();
        let steps = plan.map(|plan| assess::step_statuses(self.release, plan, Timestamp::MIN));
        let ready = steps.into_iter().flatten().filter(|step| {
            matches!(step.progress, StepProgress::Ready | StepProgress::DeliveryFailed { .. })
                && step.kind != "approval"
                && (step.kind != "webhook" || step.progress != StepProgress::Ready)
        });
        ready
            .filter_map(|step| {
                let key = format!("step/{}", step.step);
                let running = step.clock.as_ref().filter(|clock| !clock.paused);
                let due = running.map(|clock| clock.due);
                self.task(key, &step.title, due).map(|task| self.for_role(task, &step.role))
            })
            .collect()
    }

    fn aftermath(&self) -> Vec<TaskRow> {
        let mut tasks = self.steps();
        tasks.extend(self.places());
        tasks.extend(self.conditions());
        tasks.extend(self.exceptions());
        tasks
    }

    /// What there is to do in each environment: deploy, confirm, decide about trouble.
    fn places(&self) -> Vec<TaskRow> {
        let mut tasks = Vec::new();
        let request = self.release.request.iter();
        let asked = request.flat_map(|request| &request.environments);
        for environment in asked.filter(|place| self.release.urgent.left(place).is_none()) {
            let deployed = self.release.deployments.get(environment);
            let (key, what, due) = match deployed {
                None => (format!("deploy/{environment}"), "Deploy to", None),
                Some(deployed) if !deployed.is_confirmed() => {
                    let due = deployed.deployment.confirm_by;
                    (format!("confirm/{environment}"), "Confirm operation in", Some(due))
                }
                Some(_) => continue,
            };
            let task = self.task(key, &format!("{what} {environment}"), due);
            tasks.extend(task.map(|task| TaskRow { person: self.owner(), ..task }));
            if deployed.is_some_and(Deployed::is_troubled) && self.release.suspended.is_none() {
                tasks.extend(self.trouble(environment));
            }
        }
        tasks
    }

    /// A confirmation that said "no": whoever may suspend decides whether to.
    fn trouble(&self, place: &EnvironmentName) -> Vec<TaskRow> {
        let settings = self.release.settings().into_iter();
        settings
            .flat_map(|settings| &settings.may_suspend)
            .filter_map(|role| {
                let what = format!("Decide about suspension in {place}");
                let task = self.task(format!("suspend/{place}/{role}"), &what, None)?;
                Some(self.for_role(task, role))
            })
            .collect()
    }

    fn owner(&self) -> Option<PersonId> {
        self.release.owner().cloned()
    }
}

/// When an approval should be there: where a step of the runbook stands for it, that step has a
/// clock.
fn sign_off_due(plan: &GatePlan, steps: &[StepStatus], rule: u32) -> Option<Timestamp> {
    let planned = plan.steps.iter().find(|planned| planned.rule == Some(rule))?;
    let status = steps.iter().find(|status| status.step == planned.step.name)?;
    status.clock.as_ref().filter(|clock| !clock.paused).map(|clock| clock.due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;

    #[track_caller]
    fn keys(world: &World) -> Vec<String> {
        let tasks = tasks(world.release());
        let keys: Vec<String> = tasks.into_iter().map(|task| task.task).collect();
        let unique: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len(), "{keys:?}");
        keys
    }

    #[test]
    fn the_inbox_holds_what_can_be_done_now_and_nothing_else() {
        assert_eq!(keys(&drafted(Low)), ["submit"]);
        let world = on_the_runbook(Low);
        assert_eq!(keys(&world), ["step/confirm-scope"]);
        let world = world.stepped();
        assert_eq!(keys(&world), ["approval/0/rivera", "approval/1/haddad"]);
        let world = world.approved();
        assert_eq!(keys(&world), ["deploy/production"]);
        let world = world.having("rivera", deploy_to(production()));
        assert_eq!(keys(&world), ["confirm/production"]);
        let world = world.having("rivera", confirm_deployment(all_well()));
        assert_eq!(keys(&world), [] as [&str; 0]);
        assert_eq!(keys(&drafted(Low).having("rivera", withdraw())), [] as [&str; 0]);
    }

    ///
    #[test]
    fn the_confirmation_is_the_owner_s_task_with_its_due_time() {
        let tasks = tasks(deployed(Low).release());
        let due = at("2026-05-13T07:00:00Z");
        assert_eq!((tasks[0].person.clone(), tasks[0].due), (Some(id("rivera")), Some(due)));
    }

    #[test]
    fn a_committee_is_asked_until_its_quorum_is_there() {
        let world = submitted(High).having("rivera", attach(evaluation("1.2")));
        let asked = keys(&world);
        assert_eq!(asked.len(), 4);
        let world = world
            .having("osei", approve_as("ai_governance_committee"))
            .having("moreau", approve_as("ai_governance_committee"));
        assert_eq!(keys(&world), ["approval/1/chen"]);
    }
}
