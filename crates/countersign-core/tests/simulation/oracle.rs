//! The oracle: a second verdict, slow and independent of the first.
//!
//! It is written from the text of the policy and reads the history directly. It knows no state of
//! a release, no plan, no report, no row and no verdict of the rules it checks: what a release has
//! to satisfy it works out anew from the published policy and runbook, and whether that was
//! satisfied from what people did. It does not believe `approved` or `superseded` when the log
//! says so; the only things it shares with the rules are the shapes of events and policies.

mod case;
mod content;
mod demands;
mod facts;
mod gate;
mod ledger;
mod promises;
mod rooms;
mod seats;
mod talks;
mod times;
mod waivers;

use case::{Case, Deployed, Spoken, Stage};
use countersign_core::classification::{ArtifactKind, ChangeType};
use countersign_core::digest::Sha256;
use countersign_core::event::{Envelope, Event};
use countersign_core::given::World;
use countersign_core::model::ModelEvent;
use countersign_core::name::{EnvironmentName, ModelName, ReleaseId};
use countersign_core::policy::{Policy, PolicyRef, Settings};
use countersign_core::release::{Deployment, ReleaseEvent, UrgentEvent};
use countersign_core::runbook::{Runbook, RunbookRef};
use countersign_core::stream::StreamId;
use facts::Facts;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use talks::Talk;

/// What the oracle says of one digest in one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether it may run.
    pub allow: bool,
    /// Why it may not: release and code.
    pub reasons: BTreeSet<(Option<ReleaseId>, String)>,
    /// Until when an allow may be relied on.
    pub until: Option<Timestamp>,
}

/// The texts behind what was published.
pub struct Library<'w> {
    pub policies: &'w [(PolicyRef, Policy)],
    pub runbooks: &'w [(RunbookRef, Runbook)],
}

/// Where a part of a model runs: model, environment, kind and name.
type Slot = (ModelName, EnvironmentName, ArtifactKind, String);

/// A history, read.
pub struct Oracle<'w> {
    library: Library<'w>,
    facts: Facts,
    cases: BTreeMap<ReleaseId, Case<'w>>,
    running: BTreeMap<Slot, (ReleaseId, Sha256)>,
}

impl<'w> Oracle<'w> {
    /// Reads everything that happened.
    pub fn read(world: &'w World) -> Self {
        let library = Library { policies: &world.policies, runbooks: &world.runbooks };
        let (cases, running) = (BTreeMap::new(), BTreeMap::new());
        let mut oracle = Self { library, facts: Facts::default(), cases, running };
        for envelope in &world.history {
            oracle.reads(envelope);
        }
        oracle
    }

    fn reads(&mut self, envelope: &'w Envelope) {
        match (&envelope.stream, &envelope.event) {
            (StreamId::Release(id), Event::Release(event)) => {
                match event {
                    ReleaseEvent::Deployed { deployment } => self.takes_the_place(id, deployment),
                    ReleaseEvent::Urgent(UrgentEvent::RolledBack { rollback }) => {
                        self.goes_back(id, &rollback.to, &rollback.environment);
                    }
                    _ => {}
                }
                let case = self.cases.entry(id.clone()).or_default();
                case.reads(envelope, event, &self.facts, &self.library);
            }
            (StreamId::Model(name), Event::Model(ModelEvent::Retired { environments, .. })) => {
                self.running.retain(|slot, _| &slot.0 != name || !environments.contains(&slot.1));
            }
            (StreamId::Model(name), Event::Model(event)) => self.facts.of_model(name, event),
            (StreamId::Meeting(id), Event::Meeting(event)) => {
                let around = (&self.cases, &self.library);
                self.facts.of_meeting((id, envelope), event, around);
            }
            (_, Event::Register(event)) => self.facts.of_register(envelope, event),
            _ => self.facts.of_beside(envelope, &self.cases),
        }
    }

    /// Whatever ran in the same slots before is replaced there.
    fn takes_the_place(&mut self, id: &ReleaseId, deployment: &Deployment) {
        let Some(case) = self.cases.get(id) else { return };
        let Some(model) = case.model.clone() else { return };
        let parts: Vec<_> = case.content.parts.values().cloned().collect();
        for part in parts {
            let slot = (model.clone(), deployment.environment.clone(), part.kind, part.name);
            let before = self.running.insert(slot, (id.clone(), part.digest));
            let Some((earlier, digest)) = before.filter(|(earlier, _)| earlier != id) else {
                continue;
            };
            if let Some(case) = self.cases.get_mut(&earlier) {
                case.replaced.insert((deployment.environment.clone(), digest));
            }
        }
    }

    /// An earlier release takes the slots back that a later one gives up.
    fn goes_back(&mut self, id: &ReleaseId, to: &ReleaseId, place: &EnvironmentName) {
        let here = |slot: &Slot, by: &ReleaseId| by == id && &slot.1 == place;
        let given_up: Vec<Slot> = self
            .running
            .extract_if(.., |slot, (by, _)| here(slot, by))
            .map(|(slot, _)| slot)
            .collect();
        let Some(case) = self.cases.get_mut(to) else { return };
        for slot in given_up {
            let mut parts = case.content.parts.values();
            let part = parts.find(|part| part.kind == slot.2 && part.name == slot.3).cloned();
            if let Some(part) = part {
                case.replaced.remove(&(place.clone(), part.digest));
                self.running.insert(slot, (to.clone(), part.digest));
            }
        }
    }

    /// Every digest in every environment some release was ever asked for.
    pub fn everything(&self) -> BTreeSet<(Sha256, EnvironmentName)> {
        let of = |case: &Case<'_>| -> Vec<(Sha256, EnvironmentName)> {
            let parts = case.content.parts.values();
            let places = |digest| case.places.iter().map(move |place| (digest, place.clone()));
            parts.flat_map(|part| places(part.digest)).collect()
        };
        self.cases.values().flat_map(of).collect()
    }

    /// What the log says happened although nobody had a right to it.
    pub fn objections(&self) -> Vec<&String> {
        let of_cases = self.cases.values().flat_map(|case| &case.objections);
        self.facts.objections.iter().chain(of_cases).collect()
    }

    /// May this run there now?
    pub fn ask(&self, digest: Sha256, place: &EnvironmentName, now: Timestamp) -> Answer {
        let named = self.cases.iter().filter(|(_, case)| case.names(digest, place));
        let judged: Vec<_> =
            named.map(|(id, case)| (id, judge(case, digest, place, now))).collect();
        let stopped = judged.iter().any(|(_, judged)| judged.as_ref().is_err_and(|c| is_stop(c)));
        let shut = self.facts.times.shut(place, now, self.facts.calendar.as_ref());
        // What runs is nothing new, whichever release that is still allowed put it there.
        let here = |case: &Case<'_>| case.is_in_force(digest, place) && case.ran(digest, place);
        let runs = self.cases.values().any(here);
        let free = |written: bool| runs || !written;
        let yes = judged.iter().filter_map(|(_, judged)| judged.as_ref().ok().copied());
        let passing = yes.clone().filter(|(written, _)| free(*written) || shut.is_empty());
        let closes =
            |until| self.facts.times.closes(place, now, until, self.facts.calendar.as_ref());
        let passing = passing
            .map(|(written, until)| (written, if free(written) { until } else { closes(until) }));
        // A written approval comes before a spoken word, however long that holds.
        if let (Some((_, until)), false) = (passing.max(), stopped) {
            return Answer { allow: true, reasons: BTreeSet::new(), until: Some(until) };
        }
        let mut reasons: BTreeSet<_> = judged
            .iter()
            .filter_map(|(id, judged)| Some((Some((*id).clone()), judged.clone().err()?)))
            .collect();
        if yes.into_iter().any(|(written, _)| !free(written)) {
            reasons.extend(shut.into_iter().map(|code| (None, code.to_owned())));
        }
        if judged.is_empty() {
            reasons.insert((None, "digest.unknown".into()));
        }
        Answer { allow: false, reasons, until: None }
    }
}

fn is_stop(code: &str) -> bool {
    code == "release.suspended"
}

/// Whether an allowance is written, and until when it holds.
type Allowed = (bool, Timestamp);

/// What one release says about one of its digests in one of its environments.
fn judge(
    case: &Case<'_>,
    digest: Sha256,
    place: &EnvironmentName,
    now: Timestamp,
) -> Result<Allowed, String> {
    let denied = |state: &str| Err(format!("release.{state}"));
    if case.suspended {
        return denied("suspended");
    }
    if let Some(word) = case.left(place) {
        return denied(word);
    }
    if case.replaced.contains(&(place.clone(), digest)) {
        return denied("superseded");
    }
    let undecided = matches!(case.stage, Stage::Draft | Stage::Review) && case.decided.is_none();
    let spoken = case.spoken.as_ref().filter(|_| undecided);
    if let Some(spoken) =
        spoken.filter(|it| it.digests.contains(&digest) && it.places.contains(place))
    {
        return by_word_of_mouth(case, spoken, now);
    }
    if case.change == Some(ChangeType::Retirement) {
        return denied("a_retirement");
    }
    let (decided, demands) = match (case.stage, case.decided, &case.demands) {
        (Stage::Draft, ..) => return denied("draft"),
        (Stage::Rejected, ..) => return denied("rejected"),
        (Stage::Withdrawn, ..) => return denied("withdrawn"),
        (Stage::Review, Some(decided), Some(demands)) => (decided, demands),
        (Stage::Review, ..) if case.content.talks.values().any(Talk::waits) => {
            return denied("changes_requested");
        }
        (Stage::Review, ..) => return denied("in_review"),
    };
    let mut ends: Vec<(Timestamp, &str)> = Vec::new();
    let open = case.promises.iter().filter(|one| !one.closed);
    ends.extend(open.map(|one| (one.bites_after, "condition.overdue")));
    let waived = |what| waivers::until(case, &demands.settings.exceptions, what);
    ends.extend(case.relies.iter().filter_map(waived).map(|end| (end, "exception.expired")));
    ends.extend(unconfirmed(case, demands.settings));
    let until = until((decided, ends), demands.settings, now)?;
    times::scheduled(case, digest, place, now, until).map(|until| (true, until))
}

/// What may run because somebody with authority said so, and no longer than the policy lets words
/// stand alone: until the person has to confirm them, and until the papers are due.
fn by_word_of_mouth(
    case: &Case<'_>,
    spoken: &Spoken<'_>,
    now: Timestamp,
) -> Result<Allowed, String> {
    if spoken.answer == Some(false) {
        return Err("release.authority_denied".into());
    }
    let mut ends: Vec<(Timestamp, &str)> = Vec::new();
    if spoken.answer.is_none() {
        ends.push((spoken.confirm_by, "authority.unconfirmed"));
    }
    let denies = spoken.settings.emergency.as_ref().is_some_and(|it| it.overdue_papers_deny);
    if let Some((due, on_record)) = spoken.papers.filter(|_| denies) {
        let end = if on_record { Timestamp::UNIX_EPOCH } else { due };
        ends.push((end, "papers.overdue"));
    }
    ends.extend(unconfirmed(case, spoken.settings));
    until((spoken.at, ends), spoken.settings, now).map(|until| (false, until))
}

/// Deployments nobody has confirmed, where that ends an allowance.
fn unconfirmed(case: &Case<'_>, settings: &Settings) -> Vec<(Timestamp, &'static str)> {
    // What was once recorded as missed is missed, whatever a clock says later.
    let end = |one: &Deployed| if one.missed { Timestamp::UNIX_EPOCH } else { one.confirm_by };
    let denies = settings.missed_confirmation_denies;
    let here = case.deployed.iter().filter(|(place, _)| denies && case.left(place).is_none());
    let open = here.map(|(_, one)| one).filter(|one| !one.confirmed);
    open.map(|one| (end(one), "confirmation.missed")).collect()
}

/// Until when an allowance holds that began then and ends at the first of these.
fn until(
    (since, mut ends): (Timestamp, Vec<(Timestamp, &str)>),
    settings: &Settings,
    now: Timestamp,
) -> Result<Timestamp, String> {
    if now < since {
        return Err("time.before_approval".into());
    }
    ends.sort_by_key(|(end, _)| *end);
    let lease = SignedDuration::from_mins(i64::from(settings.lease_minutes));
    match ends.first() {
        Some((end, code)) if now > *end => Err((*code).to_owned()),
        Some((end, _)) => Ok((*end).min(now + lease)),
        None => Ok(now + lease),
    }
}
