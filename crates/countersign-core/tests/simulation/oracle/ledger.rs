//! Records as the oracle reads them: risks that releases rely on, holds, purges, and incidents and
//! sandboxes, which change nothing. It only says what should not have happened.

use super::Facts;
use super::case::{Case, Stage};
use countersign_core::classification::ChangeType;
use countersign_core::event::Envelope;
use countersign_core::field::FieldKind;
use countersign_core::incident::{IncidentEvent, Suspension};
use countersign_core::name::{IncidentId, ModelName, PersonId, ReleaseId, RiskId};
use countersign_core::register::{HoldScope, RegisterEvent};
use countersign_core::release::{Answer, ItemAnswer};
use countersign_core::risk::RiskEvent;
use countersign_core::sandbox::SandboxEvent;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What is on record beside the releases.
#[derive(Debug, Default)]
pub struct Ledger {
    risks: BTreeMap<RiskId, Watched>,
    /// Holds, and whether they were lifted.
    holds: BTreeMap<u32, (HoldScope, bool)>,
    /// Which release an incident is about.
    incidents: BTreeMap<IncidentId, Option<ReleaseId>>,
}

/// A risk somebody watches.
#[derive(Debug)]
struct Watched {
    models: BTreeSet<ModelName>,
    review_by: Timestamp,
    closed: bool,
}

impl Ledger {
    /// Takes in what happened to a risk.
    pub fn of_risk(&mut self, id: &RiskId, event: &RiskEvent) {
        if let RiskEvent::RiskEntered { entry } = event {
            let (models, review_by, closed) = (entry.models.clone(), entry.review_by, false);
            self.risks.insert(id.clone(), Watched { models, review_by, closed });
        }
        let Some(risk) = self.risks.get_mut(id) else { return };
        match event {
            RiskEvent::RiskReassessed { review_by, .. } => risk.review_by = *review_by,
            RiskEvent::ModelsLinked { models } => risk.models.extend(models.iter().cloned()),
            RiskEvent::RiskClosed { .. } => risk.closed = true,
            RiskEvent::RiskEntered { .. } | RiskEvent::RiskHandedOver { .. } => {}
        }
    }

    /// Takes in what happened to a hold.
    pub fn of_register(&mut self, event: &RegisterEvent) {
        match event {
            RegisterEvent::HoldPlaced { number, scope, .. } => {
                self.holds.insert(*number, (scope.clone(), false));
            }
            RegisterEvent::HoldLifted { number, .. } => {
                self.holds.get_mut(number).iter_mut().for_each(|hold| hold.1 = true);
            }
            _ => {}
        }
    }

    /// An incident stops nothing; but nobody says that a release is suspended which is not.
    pub fn of_incident(
        &mut self,
        id: &IncidentId,
        event: &IncidentEvent,
        cases: &BTreeMap<ReleaseId, Case<'_>>,
    ) -> Result<(), String> {
        match event {
            IncidentEvent::IncidentOpened { opening } => {
                self.incidents.insert(id.clone(), opening.links.release.clone());
            }
            IncidentEvent::IncidentLinked { links } => {
                let about = self.incidents.entry(id.clone()).or_default();
                *about = links.release.clone().or(about.take());
            }
            IncidentEvent::SuspensionConsidered { answer: Suspension::Suspended, .. } => {
                let about = self.incidents.get(id).and_then(|about| cases.get(about.as_ref()?));
                if !about.is_some_and(|case| case.suspended) {
                    return Err(format!("incident {id} speaks of a suspension"));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A release relies on risks that are watched, are about its model, and were looked at in time.
    pub fn relied_on(&self, case: &Case<'_>, at: Timestamp) -> Result<(), String> {
        let (Some(demands), Some(model)) = (&case.demands, &case.model) else { return Ok(()) };
        for item in &demands.items {
            let answer = case.content.answers.get(&item.name);
            let Some(ItemAnswer::Confirmed(filled)) = answer else { continue };
            for field in item.fields.iter().filter(|field| field.kind == FieldKind::Risk) {
                let Some(named) = filled.values.get(&field.name) else { continue };
                let risk = self.risks.iter().find(|(id, _)| id.as_str() == named).map(|(_, it)| it);
                let good = |it: &Watched| !it.closed && it.review_by >= at;
                if !risk.is_some_and(|it| good(it) && it.models.contains(model)) {
                    return Err(format!("it relies on risk {named}"));
                }
            }
        }
        Ok(())
    }

    /// Whether a file of this release may be purged: by two people, when nothing holds it and the
    /// release has come to its end.
    pub fn purged(
        &self,
        case: &Case<'_>,
        people: (&PersonId, &Envelope),
        facts: &Facts,
    ) -> Result<(), &'static str> {
        let (proposed_by, envelope) = people;
        let (Some(model), Some(id)) = (&case.model, &case.id) else { return Err("of nothing") };
        let alone = envelope.by.person().is_none_or(|by| facts.human(by).contains(proposed_by));
        let standing = self.holds.values().filter(|(_, lifted)| !lifted);
        let covers = |scope: &HoldScope| {
            &scope.model == model && scope.release.as_ref().is_none_or(|one| one == id)
        };
        if alone {
            Err("by one person")
        } else if standing.into_iter().any(|(scope, _)| covers(scope)) {
            Err("under a hold")
        } else if in_use(case) {
            Err("of what is in use")
        } else {
            Ok(())
        }
    }
}

/// Whether a release is still to be decided, may still be deployed, or runs.
fn in_use(case: &Case<'_>) -> bool {
    let undecided = matches!(case.stage, Stage::Draft | Stage::Review) && case.decided.is_none();
    let retires = case.change == Some(ChangeType::Retirement);
    let parts = || case.content.parts.values().map(|part| part.digest);
    undecided
        || case.places.iter().any(|place| {
            let may = |digest| !case.replaced.contains(&(place.clone(), digest));
            let there = case.deployed.contains_key(place) || (case.decided.is_some() && !retires);
            there && case.left(place).is_none() && parts().any(may)
        })
}

/// A sandbox is one only where both questions are answered with no.
pub fn of_sandbox(event: &SandboxEvent) -> Result<(), String> {
    match event {
        SandboxEvent::ExclusionClaimed { claim }
            if [claim.real_data, claim.real_users] != [Answer::No; 2] =>
        {
            Err(format!("sandbox {} touches what is real", claim.id))
        }
        SandboxEvent::ExclusionClaimed { .. } | SandboxEvent::ExclusionEnded { .. } => Ok(()),
    }
}
