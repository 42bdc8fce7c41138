//! Sandbox exclusions: the claim that an experiment neither touches real data nor reaches real
//! people, and therefore needs no release.
//!
//! A claim is a record and nothing else: no verdict ever looks at it, so that nothing runs in
//! production because of one.

use crate::actor::Who;
use crate::beside::Beside;
use crate::name::{ExclusionId, ModelName, PersonId};
use crate::refusal::Refusal;
use crate::release::Answer;
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What happened to an exclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum SandboxEvent {
    /// Somebody claimed it, and answered both questions with no.
    ExclusionClaimed { claim: Box<Claim> },
    /// The experiment is over, or became something else.
    ExclusionEnded { reason: Text },
}

impl SandboxEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::ExclusionClaimed { .. } => "exclusion_claimed",
            Self::ExclusionEnded { .. } => "exclusion_ended",
        }
    }
}

/// What is claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its identifier.
    pub id: ExclusionId,
    /// What the experiment is called.
    pub title: String,
    /// The model it is about, when it is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelName>,
    /// What is tried, with what, and where.
    pub description: Text,
    /// Does it process real data?
    pub real_data: Answer,
    /// Does anybody real meet what it does?
    pub real_users: Answer,
    /// Until when it is claimed.
    pub until: Timestamp,
}

/// A request to claim an exclusion or to end it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum SandboxCommand {
    /// Claim it.
    Claim(Box<Claim>),
    /// It is over.
    End { reason: Text },
}

/// An exclusion as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exclusion {
    /// What was claimed; `None` before that.
    pub claim: Option<Claim>,
    /// When, and by whom.
    pub claimed: Option<(Timestamp, Who)>,
    /// When it ended, by whom, and why.
    pub ended: Option<(Timestamp, Who, Text)>,
    /// How many events there were.
    pub version: u64,
}

impl Exclusion {
    /// Folds one event; never refuses.
    pub fn evolve(&mut self, at: Timestamp, by: &Who, event: &SandboxEvent) {
        self.version += 1;
        match event {
            SandboxEvent::ExclusionClaimed { claim } => {
                self.claimed = Some((at, by.clone()));
                self.claim = Some((**claim).clone());
            }
            SandboxEvent::ExclusionEnded { reason } => {
                self.ended = Some((at, by.clone(), *reason));
            }
        }
    }

    /// Who claimed it.
    pub fn claimant(&self) -> Option<&PersonId> {
        self.claimed.as_ref().and_then(|(_, who)| who.person())
    }
}

/// Turns a command into events, or refuses.
pub fn decide(
    exclusion: &Exclusion,
    command: SandboxCommand,
    beside: &Beside<'_>,
) -> Result<Vec<SandboxEvent>, Refusal> {
    match command {
        SandboxCommand::Claim(claim) => claim_it(exclusion, claim, beside),
        SandboxCommand::End { reason } => end(exclusion, reason, beside),
    }
}

fn claim_it(
    exclusion: &Exclusion,
    claim: Box<Claim>,
    beside: &Beside<'_>,
) -> Result<Vec<SandboxEvent>, Refusal> {
    beside.person("claim a sandbox exclusion")?;
    if exclusion.claim.is_some() {
        return Err(Refusal::exists("sandbox exclusion", claim.id.as_str()));
    }
    beside.models_exist(&claim.model)?;
    let questions =
        [(claim.real_data, "it processes real data"), (claim.real_users, "it affects real users")];
    let against = questions.into_iter().filter(|(answer, _)| *answer == Answer::Yes);
    let reasons: BTreeSet<&'static str> = against.map(|(_, reason)| reason).collect();
    if !reasons.is_empty() {
        return Err(Refusal::NoSandbox { reasons: reasons.into_iter().collect() });
    }
    let what = [
        "a sandbox exclusion ends in the future",
        "the policy lets no sandbox exclusion last that long",
    ];
    beside.ahead(claim.until, beside.settings().sandbox_months, what)?;
    Ok(vec![SandboxEvent::ExclusionClaimed { claim }])
}

fn end(
    exclusion: &Exclusion,
    reason: Text,
    beside: &Beside<'_>,
) -> Result<Vec<SandboxEvent>, Refusal> {
    let action = "end a sandbox exclusion";
    let person = beside.person(action)?;
    if exclusion.claim.is_none() {
        return Err(Refusal::NotFound { what: "sandbox exclusion", name: String::new() });
    }
    let keepers = beside.keepers();
    if exclusion.claimant() != Some(person) && !beside.acts_as_any(&keepers) {
        return Err(Refusal::NotPermitted { action, needs: keepers.into_iter().collect() });
    }
    if exclusion.ended.is_some() {
        return Err(Refusal::NothingToDo { what: "the sandbox exclusion has ended already" });
    }
    Ok(vec![SandboxEvent::ExclusionEnded { reason }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::project::Listed;

    use Answer::{No, Yes};

    fn claimed(real_data: Answer, real_users: Answer) -> (World, Result<(), Refusal>) {
        let mut world = given(Low);
        let command = SandboxCommand::Claim(Box::new(claim(real_data, real_users)));
        let result = world.on_sandbox("iyer", command).map(|_| ());
        (world, result)
    }

    ///
    #[test]
    fn both_questions_are_asked_and_either_yes_refuses() {
        assert!(claimed(No, No).1.is_ok());
        for (data, users, reasons) in [(Yes, No, 1), (No, Yes, 1), (Yes, Yes, 2)] {
            let (world, result) = claimed(data, users);
            let Err(Refusal::NoSandbox { reasons: given }) = result else { panic!("{result:?}") };
            assert_eq!(given.len(), reasons);
            assert!(world.exclusions.is_empty());
        }
    }

    ///
    #[test]
    fn a_sandbox_exclusion_allows_nothing_to_run() {
        let (world, _) = claimed(No, No);
        let digest = weights_and_prompt()[0].digest;
        let verdict = world.verdict_on(digest, &production());
        assert_eq!(verdict.allow, crate::verdict::Allow::Deny);
        assert_eq!(world.exclusions.values().next().unwrap().entry().unwrap().state, "open");
    }

    ///
    #[test]
    fn a_sandbox_exclusion_has_an_end() {
        let long =
            Claim { until: monday() + jiff::SignedDuration::from_hours(200 * 24), ..claim(No, No) };
        let refused = given(Low).on_sandbox("iyer", SandboxCommand::Claim(Box::new(long)));
        assert_eq!(refused.unwrap_err().code(), "time.wrong_order");
        let (mut world, _) = claimed(No, No);
        let end = || SandboxCommand::End { reason: text("it becomes a release") };
        let refused = world.on_sandbox("chen", end()).unwrap_err();
        assert_eq!(refused.code(), "actor.not_permitted");
        assert_eq!(world.exclusions.values().next().unwrap().tasks().len(), 1);
        world.on_sandbox("iyer", end()).unwrap();
        assert_eq!(world.on_sandbox("iyer", end()).unwrap_err().code(), "nothing_to_do");
        assert_eq!(world.exclusions.values().next().unwrap().tasks(), []);
    }
}
