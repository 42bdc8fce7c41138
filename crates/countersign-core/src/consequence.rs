//! What an event in one stream makes happen in others, in the same append.
//!
//! A deployment changes what runs of the model and takes the place of what ran there before. All
//! of it is recorded at once, so that two releases can never both be current (I-17).

use crate::event::Event;
use crate::model::{Model, ModelEvent, Slot};
use crate::name::ReleaseId;
use crate::release::{Release, ReleaseEvent};
use crate::stream::StreamId;
use std::collections::BTreeMap;

/// The events that follow from these events of a release, each with its stream.
pub fn consequences(
    release: &Release,
    model: &Model,
    events: &[ReleaseEvent],
) -> Vec<(StreamId, Event)> {
    events.iter().flat_map(|event| of_one(release, model, event)).collect()
}

fn of_one(release: &Release, model: &Model, event: &ReleaseEvent) -> Vec<(StreamId, Event)> {
    let ReleaseEvent::Deployed { deployment } = event else { return Vec::new() };
    let (Some(id), Some(request)) = (&release.id, &release.request) else { return Vec::new() };
    let environment = deployment.environment.clone();
    let tier = release.plan.as_ref().map_or(request.tier, |plan| plan.classification.tier);
    let deployed = ModelEvent::ReleaseDeployed {
        release: id.clone(),
        environment: environment.clone(),
        artifacts: release.artifacts.clone(),
        tier,
    };
    let mut following = vec![(StreamId::Model(request.model.clone()), Event::Model(deployed))];
    let mut replaced: BTreeMap<&ReleaseId, Vec<_>> = BTreeMap::new();
    let keeps = |digest| release.artifacts.iter().any(|artifact| artifact.digest == digest);
    for artifact in &release.artifacts {
        let slot: Slot = (artifact.kind, artifact.name.clone());
        let running = model.running.get(&environment).and_then(|slots| slots.get(&slot));
        if let Some(running) = running.filter(|running| &running.release != id) {
            let digests = replaced.entry(&running.release).or_default();
            if !keeps(running.digest) {
                digests.push(running.digest);
            }
        }
    }
    for (earlier, digests) in replaced.into_iter().filter(|(_, digests)| !digests.is_empty()) {
        let superseded =
            ReleaseEvent::Superseded { environment: environment.clone(), digests, by: id.clone() };
        following.push((StreamId::Release(earlier.clone()), Event::Release(superseded)));
    }
    following
}
