//! Read rows from state: pure, total, the same for the store, for `doctor --replay` and for tests.

use crate::assess::{self, StepProgress};
use crate::classification::ChangeType;
use crate::model::Model;
use crate::name::{EnvironmentName, RoleName};
use crate::plan::GatePlan;
use crate::release::{Deployed, Release, State};
use crate::rows::{Lapse, ModelRow, ReleaseRow, Standing, StandingRow, TaskRow};
use jiff::Timestamp;

/// The release's row in lists; `None` before it was requested.
pub fn release_row(release: &Release) -> Option<ReleaseRow> {
    let request = release.request.as_ref()?;
    let (requested_at, by) = release.requested.as_ref()?;
    let tier = release.plan.as_ref().map_or(request.tier, |plan| plan.classification.tier);
    Some(ReleaseRow {
        release: release.id.clone()?,
        model: request.model.clone(),
        title: request.title.clone(),
        state: release.state_word().to_owned(),
        change: request.change,
        tier,
        requested_by: by.person()?.clone(),
        requested_at: *requested_at,
        updated_at: release.updated_at.unwrap_or(*requested_at),
    })
}

/// The model's row in lists; `None` before it was registered.
pub fn model_row(model: &Model) -> Option<ModelRow> {
    let registration = model.registration.as_ref()?;
    Some(ModelRow {
        model: registration.name.clone(),
        title: registration.title.clone(),
        owner: registration.owner.clone(),
        tier: model.tier()?,
        registered_at: model.registered_at?,
    })
}

/// Where the release stands on each of its digests in each of its environments.
pub fn standings(release: &Release) -> Vec<StandingRow> {
    let Some(id) = &release.id else { return Vec::new() };
    let environments = release.request.iter().flat_map(|request| &request.environments);
    environments
        .flat_map(|environment| release.artifacts.iter().map(move |one| (environment, one.digest)))
        .map(|(environment, digest)| StandingRow {
            digest,
            environment: environment.clone(),
            release: id.clone(),
            standing: match release.state_word() {
                // A suspension outlives the release that took its place: only resuming ends it.
                "suspended" => standing(release),
                _ if release.superseded.contains(&(environment.clone(), digest)) => {
                    Standing::Denied { state: State::Superseded.word().to_owned() }
                }
                _ => standing(release),
            },
        })
        .collect()
}

fn standing(release: &Release) -> Standing {
    let retires = release.request.as_ref().is_some_and(|r| r.change == ChangeType::Retirement);
    if retires && release.suspended.is_none() {
        // Approving that a model leaves production is no approval to run anything.
        return Standing::Denied { state: "a_retirement".to_owned() };
    }
    let decided = release.decided_at.filter(|_| release.state_word() != "suspended");
    match (release.state.is_allowed(), decided, &release.plan) {
        (true, Some(since), Some(plan)) => Standing::Allowed {
            since,
            until: lapse(release, plan),
            lease_minutes: plan.settings.lease_minutes,
        },
        (true | false, _, _) => Standing::Denied { state: release.state_word().to_owned() },
    }
}

/// The first moment at which the allowance ends by itself.
fn lapse(release: &Release, plan: &GatePlan) -> Option<Lapse> {
    let open = release.conditions.values().filter(|open| open.closed.is_none());
    let conditions =
        open.map(|open| Lapse { at: open.condition.due, code: "condition.overdue".into() });
    let unconfirmed = |deployed: &&Deployed| !deployed.is_confirmed();
    let denies = plan.settings.missed_confirmation_denies;
    let confirmations = release.deployments.values().filter(|_| denies).filter(unconfirmed);
    let confirmations = confirmations.map(|deployed| Lapse {
        at: deployed.deployment.confirm_by,
        code: "confirmation.missed".into(),
    });
    conditions.chain(confirmations).min_by_key(|lapse| lapse.at)
}

/// What people have to do about the release now.
pub fn tasks(release: &Release) -> Vec<TaskRow> {
    let Some(request) = &release.request else { return Vec::new() };
    let tasks = Tasks { release, title: &request.title };
    match release.state {
        State::Draft => tasks.draft(),
        State::InReview => tasks.review(),
        State::Approved | State::Deployed | State::Confirmed => tasks.aftermath(),
        State::Absent | State::Rejected | State::Withdrawn | State::Superseded => Vec::new(),
    }
}

struct Tasks<'r> {
    release: &'r Release,
    title: &'r str,
}

impl Tasks<'_> {
    fn task(&self, key: String, what: &str, due: Option<Timestamp>) -> Option<TaskRow> {
        let release = self.release.id.clone()?;
        let title = format!("{what} for {}", self.title);
        Some(TaskRow { release, task: key, title, person: None, role: None, due })
    }

    /// Nobody holds `model_owner` in the register, so its tasks wait for the model's own owner.
    fn for_role(&self, task: TaskRow, role: &RoleName) -> TaskRow {
        let person = self.owner().filter(|_| role.is_model_owner());
        TaskRow { role: Some(role.clone()), person, ..task }
    }

    fn draft(&self) -> Vec<TaskRow> {
        let task = self.task("submit".into(), "Complete the checklist and submit", None);
        let people = self.release.requesters().into_iter();
        people
            .zip(task.into_iter().cycle())
            .map(|(person, task)| TaskRow { person: Some(person), ..task })
            .collect()
    }

    fn review(&self) -> Vec<TaskRow> {
        let Some(plan) = &self.release.plan else { return Vec::new() };
        let mut tasks = self.steps();
        if assess::content_blockers(self.release, plan).is_empty() {
            let Some(report) = assess::assess(self.release, None, Timestamp::MIN) else {
                return tasks;
            };
            for rule in report.approvals.iter().filter(|rule| !rule.satisfied()) {
                let what = format!("Decide: {}", rule.purpose);
                let key = format!("approval/{}", rule.rule);
                for person in &rule.eligible {
                    let task = self.task(format!("{key}/{person}"), &what, None);
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
        let report = assess::assess(self.release, None, Timestamp::MIN);
        let steps = report.map(|report| report.steps).unwrap_or_default();
        let ready = steps.into_iter().filter(|step| {
            matches!(step.progress, StepProgress::Ready | StepProgress::DeliveryFailed { .. })
                && step.kind != "approval"
                && (step.kind != "webhook" || step.progress != StepProgress::Ready)
        });
        ready
            .filter_map(|step| {
                let key = format!("step/{}", step.step);
                let due = step.clock.as_ref().map(|clock| clock.due);
                self.task(key, &step.title, due).map(|task| self.for_role(task, &step.role))
            })
            .collect()
    }

    fn aftermath(&self) -> Vec<TaskRow> {
        let mut tasks = self.steps();
        let request = self.release.request.iter();
        for environment in request.flat_map(|request| &request.environments) {
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
        for (number, open) in self.release.conditions.iter().filter(|(_, c)| c.closed.is_none()) {
            let due = Some(open.condition.due);
            let task = self.task(format!("condition/{number}"), "Meet the condition", due);
            let person = Some(open.condition.owner.clone());
            tasks.extend(task.map(|task| TaskRow { person, ..task }));
        }
        tasks
    }

    /// A confirmation that said "no": whoever may suspend decides whether to.
    fn trouble(&self, place: &EnvironmentName) -> Vec<TaskRow> {
        let plan = self.release.plan.iter();
        plan.flat_map(|plan| &plan.settings.may_suspend)
            .filter_map(|role| {
                let what = format!("Decide about suspension in {place}");
                let task = self.task(format!("suspend/{place}/{role}"), &what, None)?;
                Some(self.for_role(task, role))
            })
            .collect()
    }

    fn owner(&self) -> Option<crate::name::PersonId> {
        self.release.plan.as_ref().map(|plan| plan.owner.clone())
    }
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

    /// I-13
    #[test]
    fn only_an_approved_release_stands_for_its_digests() {
        for world in [drafted(Low), submitted(Low), on_the_runbook(Low)] {
            let denied = |row: &StandingRow| matches!(row.standing, Standing::Denied { .. });
            assert!(standings(world.release()).iter().all(denied));
        }
        let rows = standings(approved(Low).release());
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| matches!(row.standing, Standing::Allowed { .. })));
        assert_eq!(standings(&Release::default()), []);
    }

    #[test]
    fn the_row_of_a_release_follows_its_state() {
        let row = |world: &World| release_row(world.release()).unwrap();
        assert_eq!(row(&drafted(High)).state, "draft");
        assert_eq!(row(&submitted(High)).state, "in_review");
        let suspended = deployed(High).having("abara", suspend());
        assert_eq!((row(&suspended).state.as_str(), row(&suspended).tier), ("suspended", High));
        assert_eq!(release_row(&Release::default()), None);
        let model = suspended.models[&summarizer()].clone();
        assert_eq!(model_row(&model).unwrap().owner, id("rivera"));
        assert_eq!(model_row(&Model::default()), None);
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
