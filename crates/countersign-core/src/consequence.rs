//! What an event in one stream makes happen in others, in the same append.
//!
//! A deployment changes what runs of the model and takes the place of what ran there before. All
//! of it is recorded at once, so that two releases can never both be current (I-17). A statement
//! after a deployment that is a "no" opens an incident.

mod urgent;

use crate::event::Event;
use crate::incident::{Cause, Handling, IncidentEvent, Links, Opening, Severity};
use crate::model::{Model, ModelEvent, Slot};
use crate::name::{EnvironmentName, IncidentId, ReleaseId};
use crate::release::{Answer, Release, ReleaseEvent, Statements};
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
    if let ReleaseEvent::DeploymentConfirmed { environment, statements } = event {
        return trouble(release, model, environment, statements).into_iter().collect();
    }
    let (Some(id), Some(request)) = (&release.id, &release.request) else { return Vec::new() };
    if let ReleaseEvent::Urgent(event) = event {
        return urgent::beside(release, (id, &request.model), event);
    }
    if matches!(event, ReleaseEvent::Approved { .. } | ReleaseEvent::Rejected { .. }) {
        return urgent::decided(release, id).into_iter().collect();
    }
    let ReleaseEvent::Deployed { deployment } = event else { return Vec::new() };
    let environment = deployment.environment.clone();
    let tier = release.plan.as_ref().map_or(request.tier, |plan| plan.classification.tier);
    let deployed = ModelEvent::ReleaseDeployed {
        release: id.clone(),
        environment: environment.clone(),
        artifacts: release.artifacts.clone(),
        tier,
        change: Some(request.change),
        traits: request.traits.clone(),
    };
    let mut following = vec![(StreamId::Model(request.model.clone()), Event::Model(deployed))];
    let mut replaced: BTreeMap<&ReleaseId, Vec<_>> = BTreeMap::new();
    for artifact in &release.artifacts {
        let slot: Slot = (artifact.kind, artifact.name.clone());
        let running = model.running.get(&environment).and_then(|slots| slots.get(&slot));
        if let Some(running) = running.filter(|running| &running.release != id) {
            // The same digest is replaced as well: it stays allowed, but by the newer release.
            // Otherwise the older one would go on allowing it after both were replaced.
            replaced.entry(&running.release).or_default().push(running.digest);
        }
    }
    for (earlier, digests) in replaced {
        let superseded =
            ReleaseEvent::Superseded { environment: environment.clone(), digests, by: id.clone() };
        following.push((StreamId::Release(earlier.clone()), Event::Release(superseded)));
    }
    following
}

/// The incident that a "no" opens: about the release and the place, handled as its plan says.
fn trouble(
    release: &Release,
    model: &Model,
    environment: &EnvironmentName,
    said: &Statements,
) -> Option<(StreamId, Event)> {
    let (id, request, plan) = (release.id.as_ref()?, release.request.as_ref()?, &release.plan);
    // A "no" without words is refused, so there is always a note to begin with.
    let text = said.note.filter(|_| !said.all_well())?;
    let works = [said.within_parameters, said.no_issues] == [Answer::Yes; 2];
    let incident = IncidentId::following(&format!("{id}/{environment}/{}", text.digest().0.hex()));
    let opening = Opening {
        id: incident.clone(),
        title: format!("Trouble after {} went to {environment}", request.title),
        text,
        severity: if works { Severity::Medium } else { Severity::High },
        links: Links {
            model: Some(request.model.clone()),
            environment: Some(environment.clone()),
            release: Some(id.clone()),
            ..Links::default()
        },
        cause: Cause::Confirmation,
        handling: Handling::under(&plan.as_ref()?.settings, model.owner().cloned()),
    };
    let opened = IncidentEvent::IncidentOpened { opening: Box::new(opening) };
    Some((StreamId::Incident(incident), Event::Incident(opened)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::ArtifactKind;
    use crate::classification::ChangeType::{ConfigurationChange, MinorUpdate};
    use crate::classification::RiskTier::Low;
    use crate::digest::Sha256;
    use crate::given::*;
    use crate::release::{Artifact, State};
    use crate::verdict::Allow;

    fn version(name: &str, kind: ArtifactKind, n: u32) -> Artifact {
        Artifact { digest: Sha256::of(format!("{name} {n}").as_bytes()), ..artifact(kind, name) }
    }

    fn second() -> Vec<Artifact> {
        vec![
            version("summarizer-v1", ArtifactKind::Weights, 2),
            version("system-prompt", ArtifactKind::Prompt, 2),
        ]
    }

    fn second_deployed() -> World {
        let world = deployed(Low).updated("r-2", MinorUpdate, second()).approved();
        world.having("rivera", deploy_to(production()))
    }

    /// I-17
    #[test]
    fn a_deployment_takes_the_place_of_the_one_before_it_at_once() {
        let world = second_deployed();
        assert_eq!(world.releases[&release("r-1")].state, State::Superseded);
        assert_eq!(world.release().state, State::Deployed);
        let running = &world.models[&summarizer()].running[&production()];
        assert!(running.values().all(|one| one.release == release("r-2")));
        let first = world.speaking_of("r-1");
        assert_eq!(first.denied_by(), ["release.superseded"]);
        assert_eq!(first.blocked_by(), ["release.superseded"]);
    }

    /// I-17
    #[test]
    fn a_release_that_is_only_approved_takes_no_place() {
        let world = deployed(Low).updated("r-2", MinorUpdate, second()).approved();
        assert_eq!(world.clone().speaking_of("r-1").verdict().allow, Allow::Allow);
        assert_eq!(world.speaking_of("r-1").report().state, "deployed");
    }

    #[test]
    fn a_new_prompt_takes_the_place_of_the_prompt_and_leaves_the_weights() {
        let prompt = vec![version("system-prompt", ArtifactKind::Prompt, 2)];
        let world = deployed(Low).updated("r-2", ConfigurationChange, prompt).approved();
        let world = world.having("rivera", deploy_to(production())).speaking_of("r-1");
        let [weights, prompt] = &world.release().artifacts[..] else { panic!("two artifacts") };
        assert_eq!(world.verdict_on(weights.digest, &production()).allow, Allow::Allow);
        assert_eq!(world.verdict_on(prompt.digest, &production()).allow, Allow::Deny);
        assert_eq!(world.report().state, "deployed");
    }

    /// I-17
    #[test]
    fn an_artifact_deployed_again_unchanged_is_gone_when_its_new_holder_is_replaced() {
        let same = deployed(Low).updated("r-2", MinorUpdate, weights_and_prompt()).approved();
        let world = same.having("rivera", deploy_to(production()));
        assert_eq!(world.releases[&release("r-1")].state, State::Superseded);
        assert_eq!(world.verdict().allow, Allow::Allow);
        let world = world.updated("r-3", MinorUpdate, second()).approved();
        let world = world.having("rivera", deploy_to(production())).speaking_of("r-1");
        assert_eq!(world.denied_by(), ["release.superseded", "release.superseded"]);
    }

    #[test]
    fn an_artifact_deployed_again_unchanged_stays_allowed() {
        let mut artifacts = second();
        artifacts[0] = weights_and_prompt().remove(0);
        let world = deployed(Low).updated("r-2", MinorUpdate, artifacts).approved();
        let world = world.having("rivera", deploy_to(production()));
        assert_eq!(world.verdict().allow, Allow::Allow);
        assert_eq!(world.speaking_of("r-1").verdict().allow, Allow::Allow);
    }

    /// I-17
    #[test]
    fn a_digest_deployed_again_and_then_replaced_is_allowed_by_nobody() {
        let world = deployed(Low).updated("r-2", MinorUpdate, weights_and_prompt()).approved();
        let world = world.having("rivera", deploy_to(production()));
        let world = world.updated("r-3", MinorUpdate, second()).approved();
        let world = world.having("rivera", deploy_to(production()));
        let old = weights_and_prompt()[0].digest;
        assert_eq!(world.verdict_on(old, &production()).allow, Allow::Deny);
    }

    #[test]
    fn the_version_before_comes_back_by_a_release_of_its_own() {
        let world = second_deployed().updated("r-3", MinorUpdate, weights_and_prompt());
        assert_eq!(world.denied_by(), ["release.superseded", "release.in_review"]);
        let world = world.approved();
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        let world = world.having("rivera", deploy_to(production()));
        assert_eq!(world.speaking_of("r-2").denied_by(), ["release.superseded"]);
    }

    #[test]
    fn what_runs_elsewhere_keeps_its_place() {
        let both = [environment("staging"), production()].into();
        let asked = crate::release::Request {
            environments: both,
            ..request(crate::classification::ChangeType::NewModel, Low)
        };
        let world = given(Low).requested(asked).prepared().submitted().approved();
        let world = world
            .having("rivera", deploy_to(environment("staging")))
            .having("rivera", deploy_to(production()));
        let world = world.updated("r-2", MinorUpdate, second()).approved();
        let world = world.having("rivera", deploy_to(production())).speaking_of("r-1");
        let digest = world.release().artifacts[0].digest;
        assert_eq!(world.verdict_on(digest, &production()).allow, Allow::Deny);
        assert_eq!(world.verdict_on(digest, &environment("staging")).allow, Allow::Allow);
    }

    ///
    #[test]
    fn a_no_after_a_deployment_opens_an_incident_in_the_same_breath() {
        let said =
            Statements { no_issues: Answer::No, note: Some(text("calls get lost")), ..all_well() };
        let world = deployed(Low).having("rivera", confirm_deployment(said));
        let incident = world.incidents.values().next().unwrap();
        let opening = incident.opening.as_ref().unwrap();
        assert_eq!((opening.severity, opening.cause), (Severity::High, Cause::Confirmation));
        assert_eq!(opening.links.release, Some(release("r-1")));
        assert_eq!(opening.links.environment, Some(production()));
        assert_eq!(opening.text, text("calls get lost"));
        let well = deployed(Low).having("rivera", confirm_deployment(all_well()));
        assert!(well.incidents.is_empty());
    }

    #[test]
    fn a_suspension_has_no_consequences_elsewhere() {
        let world = approved(Low);
        let model = &world.models[&summarizer()];
        let suspended = ReleaseEvent::Suspended { reason: text("x") };
        assert_eq!(consequences(world.release(), model, &[suspended]), []);
    }
}
