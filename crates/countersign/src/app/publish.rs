//! Publishing policies and runbooks: read, keep the text under its digest, enter it into the
//! register. What is published never changes; a text with a fault is never published.

use super::library::MAX_DOCUMENT;
use super::{AnyCommand, App, Caller, IdempotencyKey, Receipt, Submission};
use crate::failure::{Doing, Failure};
use countersign_core::digest::Sha256;
use countersign_core::name::RunbookName;
use countersign_core::policy::{Policy, PolicyRef};
use countersign_core::refusal::Refusal;
use countersign_core::register::{self, AwaitedApproval, RegisterCommand, ReviewRules};
use countersign_core::runbook::RunbookRef;
use countersign_formats::diagnostic::has_errors;
use countersign_formats::runbook::Options;
use countersign_formats::{policy, runbook};

/// What a caller says about repeating a command and about what it was based on.
#[derive(Debug, Clone, Default)]
pub struct Precautions {
    /// Set when repeating the request must be harmless.
    pub idempotency: Option<IdempotencyKey>,
    /// The version of the stream the caller looked at.
    pub if_version: Option<u64>,
}

impl Submission {
    /// The same with these precautions.
    #[must_use]
    pub fn taking(mut self, precautions: Precautions) -> Self {
        self.idempotency = precautions.idempotency;
        self.if_version = precautions.if_version;
        self
    }
}

impl App {
    /// Publishes a policy. It is in force from the day it names, once the body it names approved
    /// it.
    pub async fn publish_policy(
        &self,
        caller: &Caller,
        source: &str,
    ) -> Result<(PolicyRef, Receipt), Failure> {
        self.publish_policy_once(caller, source, Precautions::default()).await
    }

    /// The same with precautions.
    pub async fn publish_policy_once(
        &self,
        caller: &Caller,
        source: &str,
        mut precautions: Precautions,
    ) -> Result<(PolicyRef, Receipt), Failure> {
        let parsed = policy::parse(source);
        let diagnostics = parsed.diagnostics;
        let policy = parsed.policy.ok_or(Failure::Faulty { what: "policy", diagnostics })?;
        let (awaits, review, seen) = self.awaited_approval(&policy).await?;
        // What it loosens is compared with the policies of this very version of the register.
        precautions.if_version.get_or_insert(seen);
        let sha256 = Sha256::of(source.as_bytes());
        let (people, effective) = (policy.people_rules(), policy.document.effective);
        let (name, version) = (policy.name, policy.version);
        let reference = PolicyRef { name, version, sha256 };
        let policy = reference.clone();
        let review = Box::new(review);
        let command = RegisterCommand::PublishPolicy { policy, effective, people, awaits, review };
        let receipt = self.publish(caller, source, command, precautions).await?;
        Ok((reference, receipt))
    }

    /// Approves a published policy without a comment.
    pub async fn approve_policy(
        &self,
        caller: &Caller,
        policy: PolicyRef,
    ) -> Result<Receipt, Failure> {
        let command = RegisterCommand::ApprovePolicy { policy, comment: None };
        self.execute(caller, Submission::new(AnyCommand::Register(command))).await
    }

    /// The approval a policy has to wait for when it is published now, what asks for its review,
    /// and the version of the register that says so.
    pub async fn awaited_approval(
        &self,
        policy: &Policy,
    ) -> Result<(AwaitedApproval, ReviewRules, u64), Failure> {
        let register = self.register().await?;
        let mut followed = Vec::new();
        for published in register.state.followed(self.today_for(&register.state)) {
            followed.push(self.policy(&published.policy).await?.policy);
        }
        let followed = || followed.iter().map(|policy| &**policy);
        let awaits = AwaitedApproval::of(policy, followed());
        Ok((awaits, ReviewRules::of(policy, followed()), register.version))
    }

    /// Publishes a runbook version. Every owner title in it has to mean a role of the policy in
    /// force.
    pub async fn publish_runbook(
        &self,
        caller: &Caller,
        source: &str,
        id: Option<RunbookName>,
    ) -> Result<(RunbookRef, Receipt), Failure> {
        self.publish_runbook_once(caller, source, id, Precautions::default()).await
    }

    /// The same with precautions.
    pub async fn publish_runbook_once(
        &self,
        caller: &Caller,
        source: &str,
        id: Option<RunbookName>,
        precautions: Precautions,
    ) -> Result<(RunbookRef, Receipt), Failure> {
        let parsed = runbook::parse_with(source, &Options { id });
        let diagnostics = parsed.diagnostics;
        let runbook = parsed.runbook.ok_or(Failure::Faulty { what: "runbook", diagnostics })?;
        let register = self.register().await?.state;
        let in_force = self.policy_in_force(&register).await?;
        let in_force = in_force.ok_or(Refusal::NoPolicy {
            because: "no policy is in force that says which roles a runbook's owner titles mean",
        })?;
        let diagnostics = runbook::check_titles(&runbook, &in_force.policy, source);
        if has_errors(&diagnostics) {
            return Err(Failure::Faulty { what: "runbook", diagnostics });
        }
        let sha256 = Sha256::of(source.as_bytes());
        let (name, version) = (runbook.name, runbook.version);
        let reference = RunbookRef { name, version, sha256 };
        let title = runbook.title;
        let command = RegisterCommand::PublishRunbook { runbook: reference.clone(), title };
        let receipt = self.publish(caller, source, command, precautions).await?;
        Ok((reference, receipt))
    }

    /// Keeps the text before the register names it, so that what is published can be read from
    /// the first moment on. Nothing is kept for a caller who may not publish.
    pub(super) async fn publish(
        &self,
        caller: &Caller,
        source: &str,
        command: RegisterCommand,
        precautions: Precautions,
    ) -> Result<Receipt, Failure> {
        if source.len() > MAX_DOCUMENT {
            let message = format!("the document is longer than {MAX_DOCUMENT} bytes: split it");
            return Err(Failure::malformed("body", message));
        }
        let register = self.register().await?.state;
        let now = self.clock.now();
        let actor = caller.actor(&register, now);
        let context = register::Context { now, actor: &actor };
        let foreseen = register::decide(&register, command.clone(), &context);
        if let Err(refusal @ (Refusal::NotPermitted { .. } | Refusal::OfPeople(_))) = foreseen {
            return Err(refusal.into());
        }
        let _naming = self.clearing.naming.read().await;
        self.blobs.put(source.as_bytes()).doing("keep a published document")?;
        let submission = Submission::new(AnyCommand::Register(command)).taking(precautions);
        self.execute(caller, submission).await
    }
}
