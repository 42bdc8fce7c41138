//! Reviews of the policy: the facts that ask for one, and recording what is due.

use super::{AnyCommand, App, Caller, Submission};
use crate::failure::{Doing, Failure};
use countersign_core::actor::Scope;
use countersign_core::entry::EntryKind;
use countersign_core::policy::PolicyRef;
use countersign_core::register::{
    Failure as Failed, RegisterCommand, ReviewCommand, ReviewFacts, ToolingChange, TriggerKind,
    due_reviews, failures_of, incident_failure,
};
use countersign_core::release::Release;
use countersign_core::stream::StreamId;
use countersign_store::{EntryQuery, ReleaseQuery, Which};
use jiff::{SignedDuration, Timestamp};

/// How many failures a review names at most: the latest. An event has its limit.
const MOST: usize = 200;

/// How many rows are read at once.
const PAGE: u32 = 200;

impl App {
    /// Opens every review of the policy in force that is due by now; how many were opened. Done
    /// again, or by another server at the same time, it opens nothing more.
    pub async fn open_due_reviews(&self, now: Timestamp) -> Result<u64, Failure> {
        let register = self.register().await?.state;
        let Some(in_force) = self.policy_in_force(&register).await? else { return Ok(0) };
        let days = in_force.policy.settings.reviews.within_days;
        let window = SignedDuration::from_hours(i64::from(days) * 24);
        let from = now.checked_sub(window).unwrap_or(Timestamp::MIN);
        let waits = |kind| register.open_review(&in_force.reference, kind).is_some();
        let mut facts = ReviewFacts::default();
        // What is open already is not looked for again.
        if !waits(TriggerKind::Failures) {
            facts.failures = self.failures(&in_force.reference, from).await?;
            facts.failures.sort_by_key(|failed| std::cmp::Reverse(failed.at));
            facts.failures.truncate(MOST);
        }
        if !waits(TriggerKind::Tooling) {
            facts.tooling = self.tooling().await?;
        }
        let mut opened = 0;
        for (policy, trigger) in due_reviews(&register, &facts, now) {
            let command = RegisterCommand::Review(ReviewCommand::Open { policy, trigger });
            let submission = Submission::new(AnyCommand::Register(command));
            match self.execute(&Caller::system(), submission).await {
                Ok(_) => opened += 1,
                // Another server was faster.
                Err(Failure::Refused(_) | Failure::Busy) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(opened)
    }

    /// How releases under this policy failed since a moment.
    async fn failures(&self, policy: &PolicyRef, from: Timestamp) -> Result<Vec<Failed>, Failure> {
        let under =
            |release: &Release| release.plan.as_ref().is_some_and(|plan| &plan.policy == policy);
        let mut found = self.incidents_of(&under, from).await?;
        let mut query = ReleaseQuery { limit: PAGE, ..ReleaseQuery::default() };
        loop {
            let page = self.store.releases(&query).await.doing("list releases")?;
            for row in page.items.iter().filter(|row| row.updated_at >= from) {
                let release = self.release(&row.release).await?.state;
                if under(&release) {
                    found.extend(failures_of(&release));
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(found),
            }
        }
    }

    async fn incidents_of(
        &self,
        under: &impl Fn(&Release) -> bool,
        from: Timestamp,
    ) -> Result<Vec<Failed>, Failure> {
        let (kind, which) = (EntryKind::Incident, Which::All);
        let mut query = EntryQuery { kind, which, model: None, after: None, limit: PAGE };
        let mut found = Vec::new();
        loop {
            let page = self.store.entries(&query).await.doing("list incidents")?;
            for row in &page.items {
                // Entries come newest first: the rest is older still.
                if row.opened_at < from {
                    return Ok(found);
                }
                let StreamId::Incident(id) = &row.subject else { continue };
                let Some(failed) = incident_failure(&self.incident(id).await?.state) else {
                    continue;
                };
                if under(&self.release(&failed.release).await?.state) {
                    found.push(failed);
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(found),
            }
        }
    }

    /// Tokens with which machines record deployments.
    async fn tooling(&self) -> Result<Vec<ToolingChange>, Failure> {
        let (mut found, mut after) = (Vec::new(), None::<String>);
        loop {
            let page = self.store.api_tokens(after.as_deref(), PAGE).await.doing("list tokens")?;
            let deploys =
                |scopes: &[String]| scopes.iter().any(|it| it == Scope::Deployment.word());
            for token in page.items.iter().filter(|token| deploys(&token.scopes)) {
                let what = format!("deployment token {}", token.name);
                found.push(ToolingChange { what, at: token.created_at });
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(found),
            }
        }
    }
}
