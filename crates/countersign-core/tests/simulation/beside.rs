//! What stands beside the releases, folded once more from the log.

use countersign_core::actor::Who;
use countersign_core::event::Event;
use countersign_core::given::World;
use countersign_core::incident::Incident;
use countersign_core::name::{ExclusionId, IncidentId, RiskId};
use countersign_core::risk::Risk;
use countersign_core::sandbox::Exclusion;
use countersign_core::stream::StreamId;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Incidents, risks and exclusions, folded.
#[derive(Default)]
pub struct Beside {
    incidents: BTreeMap<IncidentId, Incident>,
    risks: Vec<(RiskId, Risk)>,
    exclusions: BTreeMap<ExclusionId, Exclusion>,
}

impl Beside {
    /// Folds one event of a stream beside the releases.
    pub fn evolves(&mut self, (stream, at, by): (StreamId, Timestamp, &Who), event: &Event) {
        match (stream, event) {
            (StreamId::Incident(id), Event::Incident(event)) => {
                self.incidents.entry(id).or_default().evolve(at, by, event);
            }
            (StreamId::Risk(id), Event::Risk(event)) => {
                let known = self.risks.iter().position(|(one, _)| one == &id);
                let place = known.unwrap_or(self.risks.len());
                if known.is_none() {
                    self.risks.push((id, Risk::default()));
                }
                self.risks[place].1.evolve(at, by, event);
            }
            (StreamId::Sandbox(id), Event::Sandbox(event)) => {
                self.exclusions.entry(id).or_default().evolve(at, by, event);
            }
            _ => {}
        }
    }

    /// Whether the world says the same.
    pub fn is_of(&self, world: &World) -> bool {
        self.incidents == world.incidents
            && self.risks.iter().map(|(_, one)| one).eq(&world.risks)
            && self.exclusions == world.exclusions
    }
}
