//! Read rows from state: pure, total, the same for the store, for `doctor --replay` and for tests.

mod agenda;
mod beside;
mod entries;
mod meetings;
mod policies;
mod tasks;

pub use agenda::{AgendaEntry, agenda};
pub use beside::Listed;
pub use entries::{entries, register_entries};
pub use meetings::{meeting_entries, meeting_tasks};
pub use policies::register_tasks;
pub use tasks::tasks;

use crate::classification::ChangeType;
use crate::digest::Sha256;
use crate::model::Model;
use crate::name::EnvironmentName;
use crate::plan::GatePlan;
use crate::policy::Settings;
use crate::release::{Deployed, Release, State, urgent};
use crate::rows::{Basis, Lapse, ModelRow, ReleaseRow, Standing, StandingRow};
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
            standing: standing_on(release, environment, digest),
        })
        .collect()
}

fn standing_on(release: &Release, environment: &EnvironmentName, digest: Sha256) -> Standing {
    let denied = |state: &str| Standing::Denied { state: state.to_owned() };
    if release.suspended.is_some() {
        // A suspension outlives the release that took its place: only resuming ends it.
        return denied(release.state_word());
    }
    if let Some(word) = release.urgent.left(environment) {
        return denied(word);
    }
    if release.superseded.contains(&(environment.clone(), digest)) {
        return denied(State::Superseded.word());
    }
    let spoken = match release.state {
        State::Draft | State::InReview => urgent::standing(release, &digest, environment),
        State::Absent
        | State::Approved
        | State::Deployed
        | State::Confirmed
        | State::Rejected
        | State::Withdrawn
        | State::Superseded
        | State::RolledBack
        | State::Retired => None,
    };
    let ran = release.deployments.get(environment);
    let deployed = ran.is_some_and(|ran| ran.deployment.digests.contains(&digest));
    spoken.unwrap_or_else(|| standing(release)).with(deployed)
}

impl Standing {
    /// The same, knowing whether a deployment is on record.
    #[expect(clippy::fn_params_excessive_bools, reason = "it is the field itself")]
    fn with(mut self, on_record: bool) -> Self {
        if let Self::Allowed { deployed, .. } = &mut self {
            *deployed = on_record;
        }
        self
    }
}

fn standing(release: &Release) -> Standing {
    let retires = release.request.as_ref().is_some_and(|r| r.change == ChangeType::Retirement);
    if retires {
        // Approving that a model leaves production is no approval to run anything.
        return Standing::Denied { state: "a_retirement".to_owned() };
    }
    match (release.state.is_allowed(), release.decided_at, &release.plan) {
        (true, Some(since), Some(plan)) => Standing::Allowed {
            since,
            until: lapse(release, plan),
            lease_minutes: plan.settings.lease_minutes,
            basis: Basis::Approval,
            schedule: release.request.as_ref().map(|it| it.schedule).unwrap_or_default(),
            deployed: false,
        },
        (true | false, _, _) => Standing::Denied { state: release.state_word().to_owned() },
    }
}

/// The first moment at which the allowance ends by itself.
fn lapse(release: &Release, plan: &GatePlan) -> Option<Lapse> {
    let open = release.conditions.values().filter(|open| open.closed.is_none());
    let conditions =
        open.map(|open| Lapse { at: open.allows_until(), code: "condition.overdue".into() });
    let exceptions = crate::assess::relied_on(release, plan).into_iter();
    let exceptions =
        exceptions.map(|(_, _, last)| Lapse { at: last, code: "exception.expired".into() });
    let all = conditions.chain(exceptions).chain(unconfirmed(release, &plan.settings));
    all.min_by_key(|lapse| lapse.at)
}

/// When confirmations are missed, where that denies.
pub(crate) fn unconfirmed<'r>(
    release: &'r Release,
    settings: &Settings,
) -> impl Iterator<Item = Lapse> + use<'r> {
    let denies = settings.missed_confirmation_denies;
    let here = |(place, _): &(&EnvironmentName, &Deployed)| release.urgent.left(place).is_none();
    let running = release.deployments.iter().filter(move |_| denies).filter(here);
    let open = running.map(|(_, deployed)| deployed).filter(|deployed| !deployed.is_confirmed());
    open.map(|deployed| Lapse {
        // What is on record stays missed, even when a clock is set back behind the due time.
        at: if deployed.missed { Timestamp::UNIX_EPOCH } else { deployed.deployment.confirm_by },
        code: "confirmation.missed".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;

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
    fn every_word_of_a_state_can_be_looked_for() {
        use State::*;
        let met = [Draft, InReview, Approved, Deployed, Confirmed, Rejected, Withdrawn, Superseded];
        let words = met.into_iter().chain([RolledBack, Retired]).map(State::word);
        let words: std::collections::BTreeSet<_> =
            words.chain(["suspended", "changes_requested"]).collect();
        assert_eq!(words, State::WORDS.into_iter().collect());
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
}
