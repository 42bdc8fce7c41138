//! Policies and runbooks, published and approved.

use super::*;
use crate::actor::Who;
use crate::digest::Sha256;
use crate::policy::{Policy, PolicyRef};
use crate::register::{AwaitedApproval, RegisterEvent, ReviewRules};
use crate::runbook::{Runbook, RunbookRef};
use crate::stream::StreamId;

impl World {
    /// This policy is published now, and the Committee approves it.
    pub fn publishing(self, policy: Policy) -> Self {
        self.drafting(policy).approving_policy(&["moreau", "osei"])
    }

    /// This policy is published now and waits for its approval.
    pub fn drafting(mut self, policy: Policy) -> Self {
        let text = serde_json::to_vec(&policy).expect("a policy");
        let (name, version) = (policy.name.clone(), policy.version.clone());
        let reference = PolicyRef { name, version, sha256: Sha256::of(&text) };
        let effective = policy.document.effective;
        let today = calendar().date_at(self.now);
        let followed = self.register.followed(today).filter_map(|one| self.text_of(&one.policy));
        let followed: Vec<&Policy> = followed.collect();
        let review = Some(Box::new(ReviewRules::of(&policy, followed.iter().copied())));
        let awaits = AwaitedApproval::of(&policy, followed);
        let awaits = Some(AwaitedApproval { publisher: Some(id("root")), ..awaits });
        let (people, published) = (policy.people_rules(), reference.clone());
        let published =
            RegisterEvent::PolicyPublished { policy: published, effective, people, awaits, review };
        self.record(StreamId::Register, &Who::Person(id("root")), published);
        self.policies.push((reference, policy));
        self
    }

    /// As many of these people as it takes approve the policy published last.
    pub fn approving_policy(mut self, people: &[&str]) -> Self {
        let published = self.register.policies.last().expect("a policy").clone();
        let needed = published.awaits.as_ref().map_or(0, |awaits| awaits.people as usize);
        let approvers: Vec<_> = people.iter().take(needed).map(|person| id(person)).collect();
        for person in &approvers {
            let (policy, comment) = (published.policy.clone(), None);
            let given =
                RegisterEvent::PolicyApprovalGiven { policy, person: person.clone(), comment };
            self.record(StreamId::Register, &Who::Person(person.clone()), given);
        }
        let by = approvers.last().expect("an approver").clone();
        let approved =
            RegisterEvent::PolicyApproved { policy: published.policy, approvers, sitting: None };
        self.record(StreamId::Register, &Who::Person(by), approved);
        self
    }

    /// A new version of the policy in force, changed like this, is published now and approved.
    pub fn policy_where(self, change: impl FnOnce(&mut Policy)) -> Self {
        self.drafting_policy_where(change).approving_policy(&["moreau", "osei"])
    }

    /// The same, but it still waits for its approval.
    pub fn drafting_policy_where(self, change: impl FnOnce(&mut Policy)) -> Self {
        let (_, mut policy) = self.policies.last().expect("a policy").clone();
        policy.version = format!("1.{}", self.policies.len());
        change(&mut policy);
        self.drafting(policy)
    }

    pub(super) fn text_of(&self, reference: &PolicyRef) -> Option<&Policy> {
        let known = self.policies.iter().find(|(known, _)| known == reference);
        known.map(|(_, policy)| policy)
    }

    /// This runbook is published now.
    pub fn publishing_runbook(mut self, runbook: Runbook) -> Self {
        let text = serde_json::to_vec(&runbook).expect("a runbook");
        let (name, version) = (runbook.name.clone(), runbook.version.clone());
        let reference = RunbookRef { name, version, sha256: Sha256::of(&text) };
        let title = runbook.title.clone();
        let published = RegisterEvent::RunbookPublished { runbook: reference.clone(), title };
        self.record(StreamId::Register, &Who::Person(id("root")), published);
        self.runbooks.push((reference, runbook));
        self
    }
}
