//! Policies: published, reviewed, and what the clock opens by data.

use super::InCore;
use super::command::{Stop, name};
use crate::story::organisation::changed_document;
use crate::story::policy_review::PolicyDeed;
use countersign_core::actor::Actor;
use countersign_core::digest::Sha256;
use countersign_core::policy::{Policy, PolicyRef};
use countersign_core::register::{
    AwaitedApproval, RegisterCommand, ReviewCommand, ReviewFacts, ReviewRules, due_reviews,
    failures_of, incident_failure,
};

impl InCore {
    pub(super) fn publish_policy(
        &mut self,
        actor: &Actor,
        path: &str,
        changes: &[(String, String)],
    ) -> Result<Vec<String>, Stop> {
        let text = changed_document(path, changes).map_err(Stop::Mistake)?;
        let parsed = countersign_formats::policy::parse(&text);
        let faulty = || Stop::Mistake(format!("`{path}` is faulty: {:?}", parsed.diagnostics));
        let policy = parsed.policy.clone().ok_or_else(faulty)?;
        let sha256 = Sha256::of(text.as_bytes());
        let (name, version) = (policy.name.clone(), policy.version.clone());
        let (people, effective) = (policy.people_rules(), policy.document.effective);
        let calendar = self.register.calendar().expect("UTC is a time zone");
        let followed = self.register.followed(calendar.date_at(self.now));
        let followed = followed.filter_map(|one| self.policies.get(&one.policy.sha256));
        let followed: Vec<&Policy> = followed.collect();
        let review = Box::new(ReviewRules::of(&policy, followed.iter().copied()));
        let awaits = AwaitedApproval::of(&policy, followed);
        self.policies.insert(sha256, policy);
        let policy = PolicyRef { name, version, sha256 };
        let command = RegisterCommand::PublishPolicy { policy, effective, people, awaits, review };
        self.keep(actor, command)
    }

    /// A published policy as a story names it: `model-release 1.1`.
    pub(super) fn policy_named(&self, name: &str) -> Result<PolicyRef, Stop> {
        let mut published = self.register.policies.iter();
        let found = published.find(|one| one.name() == name).map(|one| one.policy.clone());
        found.ok_or_else(|| Stop::Mistake(format!("no policy is called `{name}` here")))
    }

    pub(super) fn review_policy(
        &mut self,
        actor: &Actor,
        deed: &PolicyDeed,
    ) -> Result<Vec<String>, Stop> {
        let command = match deed {
            PolicyDeed::Review { policy, outcome, text } => {
                let (policy, outcome) = (self.policy_named(policy)?, name(outcome)?);
                ReviewCommand::Review { policy, outcome, text: self.salts.text(text)? }
            }
            PolicyDeed::Ask { policy, trigger, text } => {
                let (policy, kind) = (self.policy_named(policy)?, name(trigger)?);
                ReviewCommand::Ask { policy, kind, text: self.salts.text(text)? }
            }
        };
        self.keep(actor, RegisterCommand::Review(command))
    }

    /// The clock opens the reviews that are due.
    pub(super) fn open_due_reviews(&mut self) -> Result<Vec<String>, Stop> {
        let in_force = self.policy_in_force().map(|(reference, _)| reference.clone());
        let under = |release: &&countersign_core::release::Release| {
            release.plan.as_ref().is_some_and(|plan| Some(&plan.policy) == in_force.as_ref())
        };
        let releases = self.releases.values().filter(under);
        let ids: Vec<_> = releases.clone().filter_map(|release| release.id.clone()).collect();
        let incidents = self.incidents.values().filter_map(incident_failure);
        let incidents = incidents.filter(|failure| ids.contains(&failure.release));
        let failures = releases.flat_map(failures_of).chain(incidents).collect();
        let facts = ReviewFacts { failures, tooling: Vec::new() };
        let mut words = Vec::new();
        for (policy, trigger) in due_reviews(&self.register, &facts, self.now) {
            let command = RegisterCommand::Review(ReviewCommand::Open { policy, trigger });
            words.extend(self.keep(&Actor::system(), command)?);
        }
        Ok(words)
    }
}
