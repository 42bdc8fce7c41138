//! What the visitor could do about a release beside the routine, by asking the rules.

use super::lines::Action;
use crate::app::{AnyCommand, View};
use crate::failure::Failure;
use crate::portal::visit::Visitor;
use crate::portal::wrong::Wrong;
use countersign_core::name::ReleaseId;
use countersign_core::refusal::Refusal;
use countersign_core::release::urgent::emergency::{Ground, Means, NewEmergency, VerbalAuthority};
use countersign_core::release::urgent::review::{NewReview, ReviewOutcome, Reviewed};
use countersign_core::release::urgent::rollback::{Drill, DrillResult, NewRollback};
use countersign_core::release::{Command, UrgentCommand};
use countersign_core::text::Text;

/// Claim authority, roll back, practise it, review.
pub(super) async fn offered(
    visitor: &Visitor,
    view: &View,
    text: Text,
) -> Result<Vec<Action>, Wrong> {
    let Some(id) = view.release.state.id.clone() else { return Ok(Vec::new()) };
    let asking = Asking { visitor, view, id, text };
    let mut offered = Vec::new();
    offered.extend(asking.claim().await?);
    offered.extend(asking.rollbacks().await?);
    offered.extend(asking.drill().await?);
    offered.extend(asking.reviews().await?);
    Ok(offered)
}

struct Asking<'a> {
    visitor: &'a Visitor,
    view: &'a View,
    id: ReleaseId,
    text: Text,
}

impl Asking<'_> {
    async fn refusal(&self, command: UrgentCommand) -> Result<Option<Refusal>, Wrong> {
        self.visitor.would_refuse(&self.id, Command::Urgent(command)).await
    }

    fn action(&self, path: &str, text: impl Into<String>) -> Action {
        Action::new(format!("/releases/{}/{path}", self.id), text)
    }

    /// Asked with the first person who could have given authority.
    async fn claim(&self) -> Result<Option<Action>, Wrong> {
        let now = self.visitor.app.clock.now();
        let terms = self.view.plan.as_ref().and_then(|plan| plan.settings.emergency.as_ref());
        let roles = terms.into_iter().flat_map(|terms| &terms.authority_of);
        let holder = roles.flat_map(|role| self.view.register.holders(role, now)).next();
        let Some(by) = holder else { return Ok(None) };
        let authority = VerbalAuthority { by, at: now, means: Means::Phone };
        let (ground, explanation) = (Ground::SafetyIssue, self.text);
        let claim = UrgentCommand::ClaimEmergency(NewEmergency { ground, explanation, authority });
        let refused = self.refusal(claim).await?.is_some();
        Ok((!refused).then(|| self.action("emergency", "Claim verbal authority")))
    }

    /// Asked with the release itself, which is never what one goes back to: when nothing else is
    /// wrong, a target is all that is missing.
    async fn rollbacks(&self) -> Result<Vec<Action>, Wrong> {
        let mut found = Vec::new();
        for environment in self.view.release.state.deployments.keys() {
            let command = UrgentCommand::RollBack(NewRollback {
                environment: environment.clone(),
                to: self.id.clone(),
                reason: self.text,
                measured_minutes: 1,
                at: None,
            });
            let command = AnyCommand::Release(self.id.clone(), Box::new(Command::Urgent(command)));
            let foreseen = self.visitor.app.foresee(&self.visitor.caller, &command, None).await;
            if let Err(Failure::NotFound { .. }) = foreseen {
                let path = format!("rollback/{environment}");
                found.push(self.action(&path, format!("Record a rollback in {environment}")));
            }
        }
        Ok(found)
    }

    /// Asked with a drill of today, which is never too early and never too old.
    async fn drill(&self) -> Result<Option<Action>, Wrong> {
        let now = self.visitor.app.clock.now();
        let calendar = self.view.register.calendar();
        let on = calendar.map_or_else(
            || now.to_zoned(jiff::tz::TimeZone::UTC).date(),
            |calendar| calendar.date_at(now),
        );
        let drill = UrgentCommand::RecordDrill(Drill {
            on,
            target: "not written yet".to_owned(),
            measured_minutes: 1,
            result: DrillResult::Worked,
            note: None,
        });
        let refused = self.refusal(drill).await?.is_some();
        Ok((!refused).then(|| self.action("drill", "Record a rollback drill")))
    }

    async fn reviews(&self) -> Result<Vec<Action>, Wrong> {
        let urgent = &self.view.release.state.urgent;
        let emergency = urgent.emergency.iter().map(|_| Reviewed::Emergency);
        let stops = urgent.interruptions.iter().map(|one| one.which.clone());
        let back = urgent.rolled_back.keys().cloned().map(Reviewed::Rollback);
        let mut found = Vec::new();
        for of in emergency.chain(stops).chain(back) {
            let review =
                NewReview { of: of.clone(), outcome: ReviewOutcome::Justified, text: self.text };
            if self.refusal(UrgentCommand::Review(review)).await?.is_none() {
                let what = of.to_string().replace('-', " ");
                found.push(self.action(&format!("review/{of}"), format!("Review the {what}")));
            }
        }
        Ok(found)
    }
}
