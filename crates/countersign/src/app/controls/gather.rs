//! What the log holds for a control and a period, up to one signed head: whatever is appended while
//! this reads is left out, so that the same head and the same period give the same answer.

use super::LoadedControl;
use crate::app::{App, decode};
use crate::failure::{Doing, Failure};
use countersign_core::control::evidence::{DeploymentEvidence, History, Period, Placed, of_period};
use countersign_core::control::maturity::{
    IncidentOnCriteria, Maturity, PolicyChange, Reported, Seen, decisions, maturity, refinements,
    stricter_criteria,
};
use countersign_core::entry::EntryKind;
use countersign_core::event::Event;
use countersign_core::incident::{Incident, IncidentEvent};
use countersign_core::policy::PolicyRef;
use countersign_core::register::RegisterEvent;
use countersign_core::stream::StreamId;
use countersign_store::{EntryQuery, LogHead, ReleaseQuery, Which};
use std::collections::BTreeSet;

/// How many rows are listed at once.
const PAGE: u32 = 500;

/// What the log shows of a control for a period.
#[derive(Debug, Clone)]
pub struct Assessed {
    /// The period.
    pub period: Period,
    /// The head of the log it was read up to.
    pub head: LogHead,
    /// Every deployment of the period with its evidence.
    pub deployments: Vec<DeploymentEvidence>,
    /// How far the control is.
    pub maturity: Maturity,
    /// The whole histories of the releases that were deployed, and the publication of the control:
    /// with them everything told of the deployments can be worked out anew.
    pub beneath: Cited,
}

/// The events an assessment rests on, by position.
pub type Cited = BTreeSet<u64>;

impl Assessed {
    /// The positions of every event it rests on.
    pub fn cited(&self) -> Cited {
        let deployments = self.deployments.iter().flat_map(DeploymentEvidence::events);
        let levels = self.maturity.levels.iter().flat_map(|level| level.events.iter().copied());
        deployments.chain(levels).collect()
    }
}

impl App {
    /// Reads what the log shows of a control for a period.
    pub async fn assess_control(
        &self,
        loaded: &LoadedControl,
        period: Period,
    ) -> Result<Assessed, Failure> {
        let head = self.store.head().await.doing("read the head of the log")?;
        let size = head.tree.size;
        let histories = self.histories(&period, size).await?;
        let deployments = of_period(&loaded.control, &histories, &period);
        let decided = decisions(&histories, &period);
        let register = self.placed(&StreamId::Register, size).await?;
        let reports = reports(&register, loaded);
        let learned = refinements(&self.on_criteria(size).await?, &self.changes(&register).await?);
        let maturity = maturity(&Seen {
            period: &period,
            deployments: &deployments,
            decisions: &decided,
            reports: &reports,
            refinements: &learned,
        });
        let beneath = beneath(&deployments, &histories, published(&register, loaded));
        Ok(Assessed { period, head, deployments, maturity, beneath })
    }

    /// The histories of all releases something may have happened to in the period.
    async fn histories(&self, period: &Period, size: u64) -> Result<Vec<History>, Failure> {
        let mut histories = Vec::new();
        let mut query = ReleaseQuery { limit: PAGE, ..ReleaseQuery::default() };
        loop {
            let page = self.store.releases(&query).await.doing("list releases")?;
            for row in &page.items {
                if row.updated_at < period.begins || row.requested_at >= period.ends {
                    continue;
                }
                let stream = StreamId::Release(row.release.clone());
                histories.push(History::new(self.placed(&stream, size).await?));
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(histories),
            }
        }
    }

    /// Everything in a stream with its place in the log, as far as the head of this size goes.
    async fn placed(&self, stream: &StreamId, size: u64) -> Result<Vec<Placed>, Failure> {
        let stored = self.store.stream(stream).await.doing("read a stream")?;
        let stored = stored.iter().filter(|one| one.position < size);
        stored.map(|one| Ok(Placed { position: one.position, envelope: decode(one)? })).collect()
    }

    /// The incidents that name criteria which should have caught them.
    async fn on_criteria(&self, size: u64) -> Result<Vec<IncidentOnCriteria>, Failure> {
        let (kind, which) = (EntryKind::Incident, Which::All);
        let mut query = EntryQuery { kind, which, model: None, after: None, limit: PAGE };
        let mut found = Vec::new();
        loop {
            let page = self.store.entries(&query).await.doing("list incidents")?;
            for row in &page.items {
                found.extend(incident(&self.placed(&row.subject, size).await?));
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        found.sort_by(|a, b| (a.opened_at, &a.incident).cmp(&(b.opened_at, &b.incident)));
        Ok(found)
    }

    /// Every policy that was approved after another, with the criteria it made stricter.
    async fn changes(&self, register: &[Placed]) -> Result<Vec<PolicyChange>, Failure> {
        let (mut changes, mut before): (Vec<PolicyChange>, Option<PolicyRef>) = (Vec::new(), None);
        for placed in register {
            let Event::Register(RegisterEvent::PolicyApproved { policy, .. }) =
                &placed.envelope.event
            else {
                continue;
            };
            if let Some(before) = before.replace(policy.clone()) {
                let old = self.policy(&before).await?.policy;
                let new = self.policy(policy).await?.policy;
                changes.push(PolicyChange {
                    policy: policy.clone(),
                    at: placed.envelope.at,
                    position: placed.position,
                    criteria: stricter_criteria(&old, &new),
                });
            }
        }
        Ok(changes)
    }
}

/// Where it is written that this version of the control was published.
fn published(register: &[Placed], loaded: &LoadedControl) -> Option<u64> {
    let publication = |placed: &&Placed| match &placed.envelope.event {
        Event::Register(RegisterEvent::ControlPublished { control, .. }) => {
            *control == loaded.reference
        }
        _ => false,
    };
    register.iter().rev().find(publication).map(|placed| placed.position)
}

/// The positions of these releases' whole histories, and of the publication.
fn beneath(
    deployments: &[DeploymentEvidence],
    histories: &[History],
    published: Option<u64>,
) -> Cited {
    let deployed: BTreeSet<_> = deployments.iter().map(|one| &one.release).collect();
    let of =
        |history: &&History| history.release().id.as_ref().is_some_and(|id| deployed.contains(id));
    let whole = histories.iter().filter(of).flat_map(History::events);
    whole.map(|placed| placed.position).chain(published).collect()
}

/// The reports on this control, whatever its version.
fn reports(register: &[Placed], loaded: &LoadedControl) -> Vec<Reported> {
    let report = |placed: &Placed| {
        let Event::Register(RegisterEvent::ControlReported { report }) = &placed.envelope.event
        else {
            return None;
        };
        let (position, at) = (placed.position, placed.envelope.at);
        (report.control.id == loaded.reference.id).then(|| Reported {
            position,
            at,
            report: (**report).clone(),
        })
    };
    register.iter().filter_map(report).collect()
}

fn incident(history: &[Placed]) -> Option<IncidentOnCriteria> {
    let mut state = Incident::default();
    let mut events = Vec::new();
    for placed in history {
        let Event::Incident(event) = &placed.envelope.event else { continue };
        state.evolve(placed.envelope.at, &placed.envelope.by, event);
        if matches!(
            event,
            IncidentEvent::IncidentOpened { .. } | IncidentEvent::IncidentLinked { .. }
        ) {
            events.push(placed.position);
        }
    }
    let (opened_at, _) = state.opened?;
    let (incident, criteria) = (state.opening?.id, state.links.criteria);
    Some(IncidentOnCriteria { incident, opened_at, criteria, events })
}
