//! Ending the keeping of evidence: two people purge its content, and the log keeps what it was.
//!
//! The event comes first and says digest, size, kind, reader, reason and who; the program erases
//! the content afterwards. What was read from a file stays: measurements are part of the record
//! that the decision rests on, and hold no personal data by themselves.

mod purge;

use super::{Context, Release, ReleaseEvent};
use crate::actor::Scope;
use crate::digest::Sha256;
use crate::name::{EnvironmentName, EvidenceId, PersonId, RoleName};
use crate::policy::RetentionSettings;
use crate::refusal::Refusal;
use crate::retention::{Keeping, keeping};
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What happens to the records of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum RetentionEvent {
    /// Somebody proposed to purge evidence that was kept long enough.
    PurgeProposed {
        number: u32,
        evidence: BTreeSet<EvidenceId>,
        reason: Text,
        /// The roles that decide about it, where the release has no plan to say so.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        asked: BTreeSet<RoleName>,
    },
    /// A purge that was proposed does not happen.
    PurgeRefused { number: u32, reason: Text },
    /// The content of a piece of evidence was purged; this is what stays of it.
    EvidencePurged { number: u32, file: PurgedFile, proposed_by: PersonId, reason: Text },
    /// Somebody took a copy of everything there is of the release.
    RecordsExported {},
}

impl RetentionEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::PurgeProposed { .. } => "purge_proposed",
            Self::PurgeRefused { .. } => "purge_refused",
            Self::EvidencePurged { .. } => "evidence_purged",
            Self::RecordsExported {} => "records_exported",
        }
    }
}

/// What stays of a file whose content was purged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurgedFile {
    /// Which evidence.
    pub evidence: EvidenceId,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// Their number.
    pub size: u64,
    /// What it was evidence for: `item model_card`.
    pub kind: String,
    /// The reader that knew its format, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<String>,
}

/// A request to end the keeping of something, or to take a copy of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum RetentionCommand {
    /// Propose to purge evidence; all that is left when none is named.
    ProposePurge { evidence: BTreeSet<EvidenceId>, reason: Text },
    /// Purge it.
    ConfirmPurge { number: u32 },
    /// Do not.
    RefusePurge { number: u32, reason: Text },
    /// Take a copy of everything.
    Export,
}

impl RetentionCommand {
    /// What the command does, as a refusal says it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::ProposePurge { .. } => "propose to purge evidence",
            Self::ConfirmPurge { .. } => "purge evidence",
            Self::RefusePurge { .. } => "refuse a purge",
            Self::Export => "export the records",
        }
    }

    /// Whether a refused attempt is logged (I-01).
    pub fn is_decision(&self) -> bool {
        match self {
            Self::ProposePurge { .. } | Self::ConfirmPurge { .. } | Self::RefusePurge { .. } => {
                true
            }
            Self::Export => false,
        }
    }
}

/// What a release remembers for the sake of its records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// When it was decided, one way or the other, or taken back.
    pub settled: Option<Timestamp>,
    /// When it left each environment it was deployed to and no longer runs in.
    pub left: BTreeMap<EnvironmentName, Timestamp>,
    /// Purges that were proposed, by number.
    pub purges: BTreeMap<u32, Purge>,
    /// Evidence whose content was purged.
    pub purged: BTreeMap<EvidenceId, Purged>,
}

/// A purge that was proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purge {
    /// Of which evidence.
    pub evidence: BTreeSet<EvidenceId>,
    /// Why.
    pub reason: Text,
    /// The roles that decide about it, where the release has no plan to say so.
    pub asked: BTreeSet<RoleName>,
    /// When, and by whom.
    pub proposed: (Timestamp, PersonId),
    /// When it was refused, and why.
    pub refused: Option<(Timestamp, Text)>,
    /// When it was carried out.
    pub done: Option<Timestamp>,
}

impl Purge {
    /// Whether it waits for the second person.
    pub fn waits(&self) -> bool {
        self.refused.is_none() && self.done.is_none()
    }

    /// When it was carried out or refused.
    pub fn settled_at(&self) -> Option<Timestamp> {
        self.done.or(self.refused.map(|(at, _)| at))
    }
}

/// How a piece of evidence was purged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purged {
    /// When.
    pub at: Timestamp,
    /// Who confirmed it.
    pub by: Option<PersonId>,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// Why.
    pub reason: Text,
}

impl Release {
    /// Where it was deployed and something of it still runs.
    pub fn runs_in(&self) -> BTreeSet<EnvironmentName> {
        let runs = |place: &&EnvironmentName| {
            let mut digests = self.artifacts.iter().map(|one| one.digest);
            let replaced = |digest| self.superseded.contains(&((*place).clone(), digest));
            self.urgent.left(place).is_none() && !digests.all(replaced)
        };
        self.deployments.keys().filter(runs).cloned().collect()
    }

    /// The evidence whose content is still there.
    pub fn unpurged(&self) -> BTreeSet<EvidenceId> {
        let all = self.evidence.keys();
        all.filter(|id| !self.kept.purged.contains_key(*id)).cloned().collect()
    }

    /// Remembers what the clocks of keeping need, whatever kind of event made it so.
    pub(super) fn keep(&mut self, at: Timestamp, event: &ReleaseEvent) {
        if matches!(
            event,
            ReleaseEvent::Approved { .. }
                | ReleaseEvent::Rejected { .. }
                | ReleaseEvent::Withdrawn { .. }
        ) {
            self.kept.settled = Some(at);
        }
        let runs = self.runs_in();
        for place in self.deployments.keys() {
            if runs.contains(place) {
                self.kept.left.remove(place);
            } else {
                self.kept.left.entry(place.clone()).or_insert(at);
            }
        }
    }

    pub(super) fn on_retention(
        &mut self,
        at: Timestamp,
        by: Option<&PersonId>,
        event: &RetentionEvent,
    ) {
        match event {
            RetentionEvent::PurgeProposed { number, evidence, reason, asked } => {
                let Some(by) = by else { return };
                let (evidence, reason, asked) = (evidence.clone(), *reason, asked.clone());
                let proposed = (at, by.clone());
                let purge = Purge { evidence, reason, asked, proposed, refused: None, done: None };
                self.kept.purges.insert(*number, purge);
            }
            RetentionEvent::PurgeRefused { number, reason } => {
                if let Some(purge) = self.kept.purges.get_mut(number) {
                    purge.refused = Some((at, *reason));
                }
            }
            RetentionEvent::EvidencePurged { number, file, proposed_by, reason } => {
                if let Some(purge) = self.kept.purges.get_mut(number) {
                    purge.done = Some(at);
                }
                let (by, proposed_by) = (by.cloned(), proposed_by.clone());
                let purged = Purged { at, by, proposed_by, reason: *reason };
                self.kept.purged.insert(file.evidence.clone(), purged);
            }
            RetentionEvent::RecordsExported {} => {}
        }
    }
}

impl Context<'_> {
    /// How the records of this release are kept: as its plan says, and by the policy in force where
    /// it has none.
    pub fn retention<'s>(&'s self, release: &'s Release) -> Option<&'s RetentionSettings> {
        let in_force = self.policy.map(|(_, policy)| &policy.settings);
        release.settings().or(in_force).and_then(|settings| settings.retention.as_ref())
    }

    /// Until when the records of this release are kept.
    pub fn keeping(&self, release: &Release) -> Keeping {
        keeping(release, self.retention(release))
    }
}

pub(super) fn decide(
    release: &Release,
    command: RetentionCommand,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    match command {
        RetentionCommand::ProposePurge { evidence, reason } => {
            purge::propose(release, evidence, reason, context)
        }
        RetentionCommand::ConfirmPurge { number } => purge::confirm(release, number, context),
        RetentionCommand::RefusePurge { number, reason } => {
            purge::refuse(release, number, reason, context)
        }
        RetentionCommand::Export => export(context),
    }
}

/// Everybody who may read everything may take it along, machines only with the scope for it. The
/// log says in whose name.
fn export(context: &Context<'_>) -> Result<Vec<ReleaseEvent>, Refusal> {
    let by_machine = context.actor.scopes.contains(&Scope::Export);
    if context.actor.who.person().is_none() && !by_machine {
        return Err(Refusal::PeopleOnly { action: "export the records" });
    }
    Ok(vec![ReleaseEvent::Retention(RetentionEvent::RecordsExported {})])
}
