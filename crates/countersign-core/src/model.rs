//! Models: systems under governance, with their owner, their tier and what of them runs where.

mod changes;

pub use changes::{Change, Changes};

use crate::actor::{Actor, Who};
use crate::classification::{ArtifactKind, ChangeType, RiskTier, Trait};
use crate::digest::Sha256;
use crate::name::{EnvironmentName, ModelName, PersonId, ReleaseId, RoleName};
use crate::refusal::Refusal;
use crate::register::Register;
use crate::release::Artifact;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What happened to a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelEvent {
    /// A model came under governance.
    Registered(Registration),
    /// Its risk classification changed.
    TierChanged {
        /// The tier until now.
        from: RiskTier,
        /// The tier from now on.
        to: RiskTier,
        /// Why.
        reason: Text,
    },
    /// It has another owner.
    OwnerChanged {
        /// The owner until now.
        from: PersonId,
        /// The owner from now on.
        to: PersonId,
        /// Why.
        reason: Text,
    },
    /// A release of it was put into an environment.
    ReleaseDeployed {
        /// Which release.
        release: ReleaseId,
        /// Where.
        environment: EnvironmentName,
        /// Its artifacts.
        artifacts: Vec<Artifact>,
        /// The model's tier under which the release was judged.
        tier: RiskTier,
        /// What kind of change it was; `None` in histories from before that was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        change: Option<ChangeType>,
        /// The facts stated about it.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        traits: BTreeSet<Trait>,
    },
    /// A release of it was rolled back, and an earlier one runs again.
    ReleaseRolledBack {
        /// Which was taken out.
        release: ReleaseId,
        /// Which runs again.
        to: ReleaseId,
        /// Where.
        environment: EnvironmentName,
        /// What of it came back.
        artifacts: Vec<Artifact>,
        /// The model's tier under which the earlier release was judged.
        tier: RiskTier,
    },
    /// It left these environments.
    Retired {
        /// Which.
        environments: BTreeSet<EnvironmentName>,
        /// The release that retired it.
        by: ReleaseId,
    },
}

impl ModelEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Registered(..) => "registered",
            Self::TierChanged { .. } => "tier_changed",
            Self::OwnerChanged { .. } => "owner_changed",
            Self::ReleaseDeployed { .. } => "release_deployed",
            Self::ReleaseRolledBack { .. } => "release_rolled_back",
            Self::Retired { .. } => "retired",
        }
    }
}

/// What is said of a model when it comes under governance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Its short name.
    pub name: ModelName,
    /// What people call it.
    pub title: String,
    /// The one person accountable for it.
    pub owner: PersonId,
    /// Its risk tier.
    pub tier: RiskTier,
    /// What it is meant for.
    pub intended_use: Text,
}

/// A request to change something about a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelCommand {
    /// Bring a model under governance.
    Register(Registration),
    /// Change its risk classification.
    ChangeTier {
        /// The new tier.
        to: RiskTier,
        /// Why.
        reason: Text,
    },
    /// Give it another owner.
    ChangeOwner {
        /// The new owner.
        to: PersonId,
        /// Why.
        reason: Text,
    },
}

/// One entry of a model's tier history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierEntry {
    /// The tier.
    pub tier: RiskTier,
    /// Since when.
    pub since: Timestamp,
    /// Who set it.
    pub by: Who,
    /// Why; the registration has no reason beside the intended use.
    pub reason: Option<Text>,
}

/// What a slot of a running model holds: artifacts of one kind and name replace each other.
pub type Slot = (ArtifactKind, String);

/// What runs in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The release that put it there.
    pub release: ReleaseId,
    /// What it is.
    pub digest: Sha256,
}

/// A model as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Model {
    /// What was said when it was registered; `None` before that.
    pub registration: Option<Registration>,
    /// When it was registered.
    pub registered_at: Option<Timestamp>,
    /// Its tiers, oldest first; the last one is in force.
    pub tiers: Vec<TierEntry>,
    /// The tier under which the latest deployed release was judged.
    pub deployed_tier: Option<RiskTier>,
    /// What runs where.
    pub running: BTreeMap<EnvironmentName, BTreeMap<Slot, Running>>,
    /// Which releases ever ran where, since it was last retired there.
    pub ran: BTreeMap<EnvironmentName, BTreeSet<ReleaseId>>,
    /// What was put into production one after the other, since it was last retired.
    pub changes: Changes,
    /// Where it was retired, and nothing was deployed since.
    pub retired: BTreeSet<EnvironmentName>,
    /// How many events there were.
    pub version: u64,
}

impl Model {
    /// Folds one event; never refuses.
    pub fn evolve(&mut self, at: Timestamp, by: &Who, event: &ModelEvent) {
        self.version += 1;
        match event {
            ModelEvent::Registered(registration) => {
                let tier = registration.tier;
                self.tiers.push(TierEntry { tier, since: at, by: by.clone(), reason: None });
                self.registered_at = Some(at);
                self.registration = Some(registration.clone());
            }
            ModelEvent::TierChanged { to, reason, .. } => {
                let entry =
                    TierEntry { tier: *to, since: at, by: by.clone(), reason: Some(*reason) };
                self.tiers.push(entry);
            }
            ModelEvent::OwnerChanged { to, .. } => {
                if let Some(registration) = &mut self.registration {
                    registration.owner = to.clone();
                }
            }
            ModelEvent::ReleaseDeployed {
                release,
                environment,
                artifacts,
                tier,
                change,
                traits,
            } => {
                self.deployed_tier = Some(*tier);
                self.changes.deployed(release, *change, traits);
                self.ran.entry(environment.clone()).or_default().insert(release.clone());
                self.retired.remove(environment);
                let slots = self.running.entry(environment.clone()).or_default();
                for artifact in artifacts {
                    let running = Running { release: release.clone(), digest: artifact.digest };
                    slots.insert((artifact.kind, artifact.name.clone()), running);
                }
            }
            ModelEvent::ReleaseRolledBack { release, to, environment, artifacts, tier } => {
                self.deployed_tier = Some(*tier);
                let slots = self.running.entry(environment.clone()).or_default();
                slots.retain(|_, running| &running.release != release);
                for artifact in artifacts {
                    let running = Running { release: to.clone(), digest: artifact.digest };
                    slots.insert((artifact.kind, artifact.name.clone()), running);
                }
                let mut slots = self.running.values().flat_map(BTreeMap::values);
                if !slots.any(|running| &running.release == release) {
                    self.changes.taken_out(release);
                }
            }
            ModelEvent::Retired { environments, .. } => {
                self.running.retain(|place, _| !environments.contains(place));
                if self.running.is_empty() {
                    self.changes = Changes::default();
                }
                self.ran.retain(|place, _| !environments.contains(place));
                self.retired.extend(environments.iter().cloned());
            }
        }
    }

    /// The tier in force.
    pub fn tier(&self) -> Option<RiskTier> {
        self.tiers.last().map(|entry| entry.tier)
    }

    /// The owner.
    pub fn owner(&self) -> Option<&PersonId> {
        self.registration.as_ref().map(|registration| &registration.owner)
    }

    /// Whether a release of it other than this one ran there since it was last retired.
    pub fn ran_in(&self, place: &EnvironmentName, other_than: Option<&ReleaseId>) -> bool {
        let releases = self.ran.get(place).into_iter().flatten();
        releases.into_iter().any(|release| Some(release) != other_than)
    }

    /// Whether its classification changed since the latest deployed release was judged.
    pub fn tier_changed_since_deployment(&self) -> bool {
        self.deployed_tier.is_some() && self.deployed_tier != self.tier()
    }
}

/// Who may change an owner or raise a tier beside the owner: the steward and administrators.
fn stewards(steward: Option<&RoleName>) -> Vec<RoleName> {
    steward.cloned().into_iter().chain([crate::register::administrator()]).collect()
}

/// Everything outside the model's own history that a decision about it may depend on.
#[derive(Debug, Clone, Copy)]
pub struct ModelContext<'a> {
    /// The moment of the decision.
    pub now: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// Who holds which role.
    pub register: &'a Register,
    /// The role the policy in force brings late steps to; without a policy nobody lowers a tier.
    pub steward: Option<&'a RoleName>,
}

/// Turns a command into events, or refuses.
pub fn decide(
    model: &Model,
    command: ModelCommand,
    context: &ModelContext<'_>,
) -> Result<Vec<ModelEvent>, Refusal> {
    let (actor, steward) = (context.actor, context.steward);
    actor.may_change()?;
    if actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action: "change a model" });
    }
    match (command, &model.registration) {
        (ModelCommand::Register(registration), None) => {
            context.register.may_answer(&registration.owner, context.now)?;
            Ok(vec![ModelEvent::Registered(registration)])
        }
        (ModelCommand::Register(registration), Some(_)) => {
            Err(Refusal::exists("model", registration.name.as_str()))
        }
        (ModelCommand::ChangeTier { .. } | ModelCommand::ChangeOwner { .. }, None) => {
            Err(Refusal::NotFound { what: "model", name: String::new() })
        }
        (ModelCommand::ChangeTier { to, reason }, Some(registration)) => {
            permitted((actor, steward), registration, "change the tier of a model")?;
            match model.tier() {
                // The depth of every review hangs on the tier: its owner may raise it, not lower
                // it, and an administrator decides nothing about releases.
                Some(from) if to < from && !steward.is_some_and(|role| actor.holds(role)) => {
                    let needs = steward.cloned().into_iter().collect();
                    Err(Refusal::NotPermitted { action: "lower the tier of a model", needs })
                }
                Some(from) if from != to => Ok(vec![ModelEvent::TierChanged { from, to, reason }]),
                Some(_) | None => {
                    Err(Refusal::NothingToDo { what: "the model has this tier already" })
                }
            }
        }
        (ModelCommand::ChangeOwner { to, reason }, Some(registration)) => {
            permitted((actor, steward), registration, "change the owner of a model")?;
            let from = registration.owner.clone();
            if from == to {
                return Err(Refusal::NothingToDo { what: "the model has this owner already" });
            }
            // Owning decides: like any other role, nobody takes it for himself.
            if actor.is(&to) {
                return Err(Refusal::OwnRole { role: RoleName::model_owner() });
            }
            context.register.may_answer(&to, context.now)?;
            Ok(vec![ModelEvent::OwnerChanged { from, to, reason }])
        }
    }
}

fn permitted(
    (actor, steward): (&Actor, Option<&RoleName>),
    registration: &Registration,
    action: &'static str,
) -> Result<(), Refusal> {
    let stewards = stewards(steward);
    if actor.is(&registration.owner) || actor.holds_any(stewards.iter()) {
        return Ok(());
    }
    let needs = stewards.into_iter().chain([RoleName::model_owner()]).collect();
    Err(Refusal::NotPermitted { action, needs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::*;

    use RiskTier::{Critical, High, Low};

    /// What comes of a command by somebody, where the lead is the steward.
    fn decided(model: &Model, command: ModelCommand, by: &str) -> Result<Vec<ModelEvent>, Refusal> {
        let actor = Acting::from(by).actor(&given(Low).register, monday());
        under(model, command, (&actor, Some(&role("ai_governance_lead"))))
    }

    fn under(
        model: &Model,
        command: ModelCommand,
        (actor, steward): (&Actor, Option<&RoleName>),
    ) -> Result<Vec<ModelEvent>, Refusal> {
        let register = given(Low).register;
        let context = ModelContext { now: monday(), actor, register: &register, steward };
        decide(model, command, &context)
    }

    fn change_tier(to: RiskTier) -> ModelCommand {
        ModelCommand::ChangeTier { to, reason: text("used for triage") }
    }

    fn model() -> Model {
        given(Low).models.remove(&summarizer()).unwrap()
    }

    #[test]
    fn a_model_is_registered_once_and_by_a_person() {
        let registration = model().registration.unwrap();
        let register = || ModelCommand::Register(registration.clone());
        let event = ModelEvent::Registered(registration.clone());
        assert_eq!(decided(&Model::default(), register(), "iyer"), Ok(vec![event]));
        let again = decided(&model(), register(), "iyer").unwrap_err();
        assert_eq!(again.code(), "already_exists");
        let by_machine =
            under(&Model::default(), register(), (&Actor::system(), None)).unwrap_err();
        assert_eq!(by_machine.code(), "actor.people_only");
    }

    #[test]
    fn the_owner_and_the_stewards_change_the_tier_and_it_is_remembered() {
        for person in ["rivera", "abara", "root"] {
            let events = decided(&model(), change_tier(High), person).unwrap();
            let (from, to) = (Low, High);
            let reason = text("used for triage");
            assert_eq!(events, [ModelEvent::TierChanged { from, to, reason }]);
            let mut changed = model();
            changed.evolve(monday(), &Who::Person(id(person)), &events[0]);
            assert_eq!((changed.tier(), changed.tiers.len()), (Some(High), 2));
        }
        let refused = decided(&model(), change_tier(High), "chen").unwrap_err();
        assert_eq!(refused.code(), "actor.not_permitted");
        let same = decided(&model(), change_tier(Low), "rivera").unwrap_err();
        assert_eq!(same.code(), "nothing_to_do");
        let unknown = decided(&Model::default(), change_tier(Critical), "abara");
        assert_eq!(unknown.unwrap_err().code(), "not_found");
    }

    #[test]
    fn an_owner_raises_the_tier_and_a_steward_lowers_it() {
        let mut raised = model();
        let (from, to, reason) = (Low, High, text("used for triage"));
        let event = ModelEvent::TierChanged { from, to, reason };
        raised.evolve(monday(), &Who::Person(id("rivera")), &event);
        let refused = decided(&raised, change_tier(Low), "rivera").unwrap_err();
        assert_eq!(refused.code(), "actor.not_permitted");
        assert!(decided(&raised, change_tier(Low), "abara").is_ok());
        let lead = Acting::from("abara").actor(&given(Low).register, monday());
        let without = under(&raised, change_tier(Low), (&lead, None)).unwrap_err();
        assert_eq!(without.code(), "actor.not_permitted");
    }

    ///
    #[test]
    fn an_administrator_neither_lowers_a_tier_nor_takes_a_model() {
        let mut raised = model();
        let (from, to, reason) = (Low, High, text("used for triage"));
        let event = ModelEvent::TierChanged { from, to, reason };
        raised.evolve(monday(), &Who::Person(id("rivera")), &event);
        let lowered = decided(&raised, change_tier(Low), "root").unwrap_err();
        assert_eq!(lowered.code(), "actor.not_permitted");
        for person in ["root", "abara"] {
            let take = ModelCommand::ChangeOwner { to: id(person), reason: text("mine") };
            assert_eq!(decided(&model(), take, person).unwrap_err().code(), "role.own");
        }
        let read = decided(&model(), change_tier(High), "quinn").unwrap_err();
        assert_eq!(read.code(), "actor.reads_only");
    }

    ///
    #[test]
    fn whoever_only_reads_owns_no_model() {
        let auditor = Registration { owner: id("quinn"), ..model().registration.unwrap() };
        let new = ModelCommand::Register(auditor);
        let refused = decided(&Model::default(), new, "iyer").unwrap_err();
        assert_eq!(refused.code(), "person.reads_only");
        let change = ModelCommand::ChangeOwner { to: id("quinn"), reason: text("moved on") };
        let refused = decided(&model(), change, "rivera").unwrap_err();
        assert_eq!(refused.code(), "person.reads_only");
        assert!(refused.to_string().contains("`auditor`"), "{refused}");
        assert!(refused.next_step().contains("countersign person list"));
    }

    #[test]
    fn a_model_has_exactly_one_owner_who_can_change() {
        let command = ModelCommand::ChangeOwner { to: id("zhou"), reason: text("moved on") };
        let events = decided(&model(), command.clone(), "rivera").unwrap();
        let mut changed = model();
        changed.evolve(monday(), &Who::Person(id("rivera")), &events[0]);
        assert_eq!(changed.owner(), Some(&id("zhou")));
        let again = decided(&changed, command.clone(), "zhou").unwrap_err();
        assert_eq!(again.code(), "nothing_to_do");
        let stranger = decided(&model(), command, "chen").unwrap_err();
        assert_eq!(stranger.code(), "actor.not_permitted");
    }
}
