//! What an event of a release is about, in the word that commands use for it.

use countersign_core::event::Event;
use countersign_core::release::ReleaseEvent;

/// The item, step, role, environment or file an event concerns; nothing where the event's own word
/// says it all.
pub fn about(event: &Event) -> Option<String> {
    let Event::Release(event) = event else { return None };
    match event {
        ReleaseEvent::ArtifactAdded { artifact } => Some(artifact.name.clone()),
        ReleaseEvent::ArtifactRemoved { name } => Some(name.clone()),
        ReleaseEvent::PrerequisiteConfirmed { number } => Some(number.to_string()),
        ReleaseEvent::ItemAnswered { item, .. } => Some(item.to_string()),
        ReleaseEvent::EvidenceAttached { evidence } => {
            Some(format!("{} {}", evidence.id, evidence.name))
        }
        ReleaseEvent::EvidenceWithdrawn { evidence, .. }
        | ReleaseEvent::EvidenceOpened { evidence }
        | ReleaseEvent::FindingClosed { evidence, .. } => Some(evidence.to_string()),
        ReleaseEvent::StepCompleted { step, .. }
        | ReleaseEvent::DeliveryFailed { step, .. }
        | ReleaseEvent::ConcernRaised { step, .. } => Some(step.to_string()),
        ReleaseEvent::ConcernResolved { number, .. } => Some(format!("concern {number}")),
        ReleaseEvent::ApprovalGiven { approval } => {
            let own = if approval.self_approved { " (own request)" } else { "" };
            Some(format!("{}{own}", approval.role))
        }
        ReleaseEvent::Rejected { rejection } => Some(rejection.role.to_string()),
        ReleaseEvent::Deployed { deployment } => Some(deployment.environment.to_string()),
        ReleaseEvent::DeploymentConfirmed { environment, .. }
        | ReleaseEvent::ConfirmationMissed { environment, .. }
        | ReleaseEvent::Superseded { environment, .. } => Some(environment.to_string()),
        ReleaseEvent::AttemptRefused { action, .. } => Some(action.clone()),
        _ => None,
    }
}
