//! What emergencies, rollbacks and retirements make happen in other streams.

use crate::event::Event;
use crate::model::ModelEvent;
use crate::name::{ModelName, ReleaseId};
use crate::register::RegisterEvent;
use crate::release::urgent::rollback::Rollback;
use crate::release::{Release, ReleaseEvent, UrgentEvent};
use crate::stream::StreamId;

/// The events that follow from one that happened beside the routine.
pub(super) fn beside(
    release: &Release,
    (id, model): (&ReleaseId, &ModelName),
    event: &UrgentEvent,
) -> Vec<(StreamId, Event)> {
    match event {
        UrgentEvent::PapersAwaited { due, .. } => {
            let owner = release.urgent.emergency.as_ref().map(|one| one.claim.owner.clone());
            let owed = owner.map(|owner| {
                let (release, due) = (id.clone(), *due);
                (
                    StreamId::Register,
                    Event::Register(RegisterEvent::PapersOwed { owner, release, due }),
                )
            });
            owed.into_iter().collect()
        }
        UrgentEvent::RolledBack { rollback } => went_back(id, model, rollback),
        UrgentEvent::RetirementDecided { environments, releases } => {
            let retired =
                ModelEvent::Retired { environments: environments.clone(), by: id.clone() };
            let leaves = releases.iter().map(|leaving| {
                let (environments, by) = (environments.clone(), id.clone());
                let event = ReleaseEvent::Urgent(UrgentEvent::Retired { environments, by });
                (StreamId::Release(leaving.clone()), Event::Release(event))
            });
            std::iter::once((StreamId::Model(model.clone()), Event::Model(retired)))
                .chain(leaves)
                .collect()
        }
        UrgentEvent::EmergencyClaimed { .. }
        | UrgentEvent::AuthorityConfirmed {}
        | UrgentEvent::AuthorityDenied { .. }
        | UrgentEvent::AuthorityLapsed { .. }
        | UrgentEvent::PapersReminded { .. }
        | UrgentEvent::PapersOverdue { .. }
        | UrgentEvent::Reviewed { .. }
        | UrgentEvent::Reinstated { .. }
        | UrgentEvent::DrillRecorded { .. }
        | UrgentEvent::Retired { .. } => Vec::new(),
    }
}

/// The earlier release is current again in the same append, so that there is never none and never
/// two (I-17).
fn went_back(id: &ReleaseId, model: &ModelName, rollback: &Rollback) -> Vec<(StreamId, Event)> {
    let environment = rollback.environment.clone();
    let changed = ModelEvent::ReleaseRolledBack {
        release: id.clone(),
        to: rollback.to.clone(),
        environment: environment.clone(),
        artifacts: rollback.back.clone(),
        tier: rollback.tier,
    };
    let digests = rollback.back.iter().map(|artifact| artifact.digest).collect();
    let back = UrgentEvent::Reinstated { environment, digests, from: id.clone() };
    vec![
        (StreamId::Model(model.clone()), Event::Model(changed)),
        (StreamId::Release(rollback.to.clone()), Event::Release(ReleaseEvent::Urgent(back))),
    ]
}

/// The written decision about an emergency settles its papers, whatever it says.
pub(super) fn decided(release: &Release, id: &ReleaseId) -> Option<(StreamId, Event)> {
    release.urgent.emergency.as_ref()?.papers.as_ref()?;
    let received = RegisterEvent::PapersReceived { release: id.clone() };
    Some((StreamId::Register, Event::Register(received)))
}
