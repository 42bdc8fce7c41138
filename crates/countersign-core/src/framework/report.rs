//! Which records of one release there are, clause by clause.

use super::{Clause, Framework, Record};
use crate::assess::GateReport;
use crate::name::ItemName;
use crate::plan::GatePlan;
use crate::release::{ItemAnswer, Release};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a release holds for one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseReport<'f> {
    /// The clause.
    pub clause: &'f Clause,
    /// False when the clause is about releases of other tiers.
    pub applies: bool,
    /// False before the first day it binds.
    pub binds: bool,
    /// Each record it asks for.
    pub records: Vec<RecordReport>,
}

impl ClauseReport<'_> {
    /// Whether a record that should be there is not.
    pub fn has_gap(&self) -> bool {
        self.applies && self.records.iter().any(|one| one.held == Held::Missing)
    }
}

/// One record and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordReport {
    /// The record.
    pub record: Record,
    /// Whether it is there.
    pub held: Held,
}

/// Whether a record is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It is there.
    Held,
    /// It was asked and answered as not applicable, with a reason.
    NotApplicable,
    /// The policy does not ask such a release for it, or there was no occasion for it.
    NotAsked,
    /// Its time has not come: the release is not that far.
    NotYet,
    /// It should be there and is not.
    Missing,
}

impl Held {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::NotApplicable => "not_applicable",
            Self::NotAsked => "not_asked",
            Self::NotYet => "not_yet",
            Self::Missing => "missing",
        }
    }
}

/// What there is of a release for every clause of the framework.
///
/// `gate` is the release's own report by its plan; without a plan most records are not there yet.
pub fn report<'f>(
    framework: &'f Framework,
    release: &Release,
    gate: Option<(&GatePlan, &GateReport)>,
    today: Date,
) -> Vec<ClauseReport<'f>> {
    let facts = Facts { release, gate };
    let clauses = framework.clauses.iter().map(|clause| ClauseReport {
        clause,
        applies: gate.is_none_or(|(plan, _)| clause.is_about(&plan.classification)),
        binds: clause.from.is_none_or(|from| from <= today),
        records: clause.records.iter().map(|record| facts.of(record)).collect(),
    });
    clauses.collect()
}

struct Facts<'r> {
    release: &'r Release,
    gate: Option<(&'r GatePlan, &'r GateReport)>,
}

impl Facts<'_> {
    fn of(&self, record: &Record) -> RecordReport {
        RecordReport { record: record.clone(), held: self.held(record) }
    }

    fn held(&self, record: &Record) -> Held {
        let release = self.release;
        let there = |is: bool| if is { Held::Held } else { self.absent() };
        match record {
            Record::Policy | Record::Plan | Record::Classification => there(release.plan.is_some()),
            Record::Artifacts => there(!release.artifacts.is_empty()),
            Record::Checklist => there(self.open("item.open") == Some(0)),
            Record::Criteria => there(self.open("criterion.unmet") == Some(0)),
            Record::Item(item) => self.item(item),
            Record::Approvals => there(release.approvals.iter().any(|given| !given.lapsed)),
            Record::Conditions if release.conditions.is_empty() => Held::NotAsked,
            Record::Conditions => Held::Held,
            Record::Decision => there(release.decision.is_some() || release.rejection.is_some()),
            Record::Deployment if release.deployments.is_empty() => Held::NotYet,
            Record::Deployment => Held::Held,
            Record::Confirmation => self.confirmation(),
            Record::Log => there(release.version > 0),
        }
    }

    /// What is not there is missing once the release was decided, and not due before.
    fn absent(&self) -> Held {
        if self.release.decided_at.is_some() { Held::Missing } else { Held::NotYet }
    }

    /// How many blockers of this kind are open.
    fn open(&self, code: &str) -> Option<usize> {
        let (_, report) = self.gate?;
        Some(report.blockers.iter().filter(|blocker| blocker.code() == code).count())
    }

    fn item(&self, name: &ItemName) -> Held {
        let Some((plan, _)) = self.gate else { return self.absent() };
        if plan.item(name).is_none() {
            return Held::NotAsked;
        }
        match self.release.answers.get(name).map(|answered| &answered.answer) {
            Some(ItemAnswer::Confirmed(_)) => Held::Held,
            Some(ItemAnswer::NotApplicable { .. }) => Held::NotApplicable,
            None => self.absent(),
        }
    }

    fn confirmation(&self) -> Held {
        let deployments = &self.release.deployments;
        if deployments.is_empty() {
            return Held::NotYet;
        }
        if deployments.values().all(super::super::release::Deployed::is_confirmed) {
            return Held::Held;
        }
        let missed = deployments.values().any(|one| one.missed && !one.is_confirmed());
        if missed { Held::Missing } else { Held::NotYet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::assess;
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;

    fn framework() -> Framework {
        let clause = |id: &str, records: &[&str]| Clause {
            id: id.into(),
            title: "Duty".into(),
            cited: None,
            duty: "Show it.".into(),
            tiers: [High].into(),
            from: Some("2026-08-02".parse().unwrap()),
            records: records.iter().map(|record| record.parse().unwrap()).collect(),
        };
        Framework {
            name: "law".into(),
            title: "A law".into(),
            edition: "1".into(),
            note: String::new(),
            clauses: vec![
                clause("1", &["policy", "checklist", "criteria", "approvals", "decision"]),
                clause("2", &["deployment", "confirmation", "log", "conditions"]),
                clause("3", &["item model_card", "item not_in_this_policy"]),
            ],
        }
    }

    #[track_caller]
    fn held(world: &World) -> Vec<Vec<Held>> {
        let (release, framework) = (world.release(), framework());
        let gate = assess(release, None, world.now);
        let gate = release.plan.as_ref().zip(gate.as_ref());
        let today = "2026-05-11".parse().unwrap();
        let clauses = report(&framework, release, gate, today);
        assert!(clauses.iter().all(|clause| !clause.binds && !clause.has_gap()));
        let held = |clause: ClauseReport<'_>| clause.records.iter().map(|one| one.held).collect();
        clauses.into_iter().map(held).collect()
    }

    ///
    #[test]
    fn records_are_held_as_the_release_goes_on() {
        use Held::{Held as Yes, NotAsked, NotYet};
        let draft = held(&drafted(Low));
        assert!(draft[0].iter().all(|one| *one == NotYet), "{draft:?}");
        let world = deployed(Low);
        let now = held(&world);
        assert_eq!(now[0], [Yes; 5]);
        assert_eq!(now[1], [Yes, NotYet, Yes, NotAsked]);
        let confirmed = held(&world.having("rivera", confirm_deployment(all_well())));
        assert_eq!(confirmed[1][1], Yes);
        assert_eq!(confirmed[2][1], NotAsked);
    }

    ///
    #[test]
    fn a_missed_confirmation_is_a_gap_where_the_clause_is_about_such_releases() {
        let missed =
            crate::release::Command::RecordMissedConfirmation { environment: production() };
        let world = deployed(Low).later(72).having(Acting::Countersign, missed);
        let (release, mut framework) = (world.release(), framework());
        let gate = assess(release, None, world.now);
        let gaps = |framework: &Framework| {
            let gate = release.plan.as_ref().zip(gate.as_ref());
            let clauses = report(framework, release, gate, "2027-01-01".parse().unwrap());
            clauses.iter().map(|clause| (clause.applies, clause.has_gap())).collect::<Vec<_>>()
        };
        assert_eq!(gaps(&framework), [(false, false); 3]);
        framework.clauses[1].tiers.clear();
        assert_eq!(gaps(&framework)[1], (true, true));
    }
}
