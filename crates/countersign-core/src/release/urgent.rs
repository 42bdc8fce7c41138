//! What happens beside the routine: emergencies, going back, drills, retirement, and the reviews
//! the committee makes of it afterwards.
//!
//! Each kind is a file below. What is not here: suspending and resuming themselves, which are in
//! `aftermath`; here they are only remembered for their review.

pub mod emergency;
pub mod review;
pub mod rollback;
pub mod spoken;

mod authority;
mod deployment;
mod drill;
mod papers;
mod retirement;

pub(crate) use authority::standing;
pub(crate) use drill::missing as drill_missing;
pub use papers::to_record;
pub(crate) use papers::{blockers, overdue_elsewhere};
pub use retirement::shuts_at_once;
pub(super) use {deployment::started, retirement::taken_out};

use super::{Context, Release, ReleaseEvent};
use crate::meeting::Sitting;
use crate::name::{EnvironmentName, PersonId, ReleaseId};
use crate::refusal::Refusal;
use crate::text::Text;
use drill::Held;
use emergency::{Answer, Emergency, EmergencyClaim, NewEmergency, Papers};
use jiff::Timestamp;
use review::{Interruption, NewReview, Review, Reviewed};
use rollback::{Drill, NewRollback, Rollback};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What happened to a release beside the routine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are what the variant's own line and their types say")]
pub enum UrgentEvent {
    /// The owner says that somebody gave authority by word of mouth.
    EmergencyClaimed { claim: Box<EmergencyClaim> },
    /// Whoever gave the authority confirms that.
    AuthorityConfirmed {},
    /// The authority was never given, or is taken back; the verdict denies at once.
    AuthorityDenied { reason: Text },
    /// The clock recorded that nobody confirmed the authority in time; the verdict denies until
    /// somebody does.
    AuthorityLapsed { due: Timestamp },
    /// It runs on verbal authority; from here the time for its papers counts.
    PapersAwaited { due: Timestamp, remind_at: Timestamp },
    /// The owner was reminded of the papers.
    PapersReminded { due: Timestamp },
    /// The papers did not come in time.
    PapersOverdue { due: Timestamp },
    /// The committee looked at an emergency, a suspension or a rollback afterwards.
    Reviewed {
        review: NewReview,
        /// The session that found it; `None` when a member said it alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sitting: Option<Sitting>,
    },
    /// The version before it took its place again.
    RolledBack { rollback: Rollback },
    /// It became current again, because a later one was rolled back.
    Reinstated {
        environment: EnvironmentName,
        digests: Vec<crate::digest::Sha256>,
        from: ReleaseId,
    },
    /// Going back was practised.
    DrillRecorded { drill: Drill },
    /// The approval of this retirement takes what runs of the model out.
    RetirementDecided { environments: BTreeSet<EnvironmentName>, releases: Vec<ReleaseId> },
    /// It left these environments with its model.
    Retired { environments: BTreeSet<EnvironmentName>, by: ReleaseId },
}

impl UrgentEvent {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::EmergencyClaimed { .. } => "emergency_claimed",
            Self::AuthorityConfirmed {} => "authority_confirmed",
            Self::AuthorityDenied { .. } => "authority_denied",
            Self::AuthorityLapsed { .. } => "authority_lapsed",
            Self::PapersAwaited { .. } => "papers_awaited",
            Self::PapersReminded { .. } => "papers_reminded",
            Self::PapersOverdue { .. } => "papers_overdue",
            Self::Reviewed { .. } => "reviewed",
            Self::RolledBack { .. } => "rolled_back",
            Self::Reinstated { .. } => "reinstated",
            Self::DrillRecorded { .. } => "drill_recorded",
            Self::RetirementDecided { .. } => "retirement_decided",
            Self::Retired { .. } => "retired",
        }
    }
}

/// A request to do something beside the routine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrgentCommand {
    /// Claim verbal authority to deploy.
    ClaimEmergency(NewEmergency),
    /// Confirm that one gave it.
    ConfirmAuthority,
    /// Say that it was not given, or take it back.
    DenyAuthority {
        /// Why.
        reason: Text,
    },
    /// Record that nobody confirmed it in time; Countersign's own clock does this.
    RecordLapsedAuthority,
    /// Remind the owner of the papers; Countersign's own clock does this.
    RemindOfPapers,
    /// Record that the papers are overdue; Countersign's own clock does this.
    RecordOverduePapers,
    /// Review an emergency, a suspension or a rollback afterwards.
    Review(NewReview),
    /// Record what a session found; only sessions order this.
    ResolveReview {
        /// In which session, under which item.
        sitting: Sitting,
        /// What was found.
        review: NewReview,
        /// Who voted so, in the order of the votes.
        by: Vec<PersonId>,
    },
    /// Go back to an earlier version.
    RollBack(NewRollback),
    /// Record that going back was practised.
    RecordDrill(Drill),
}

impl UrgentCommand {
    /// What the command does, as a refusal says it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::ClaimEmergency(_) => "claim verbal authority",
            Self::ConfirmAuthority => "confirm the verbal authority",
            Self::DenyAuthority { .. } => "deny the verbal authority",
            Self::RecordLapsedAuthority => "record a lapsed authority",
            Self::RemindOfPapers => "remind of the papers",
            Self::RecordOverduePapers => "record overdue papers",
            Self::Review(_) | Self::ResolveReview { .. } => "review it afterwards",
            Self::RollBack(_) => "roll the release back",
            Self::RecordDrill(_) => "record a drill",
        }
    }

    /// Whether it decides, so that a refused attempt is logged (I-01).
    pub fn is_decision(&self) -> bool {
        match self {
            Self::ClaimEmergency(_)
            | Self::ConfirmAuthority
            | Self::DenyAuthority { .. }
            | Self::Review(_)
            | Self::ResolveReview { .. }
            | Self::RollBack(_) => true,
            Self::RecordLapsedAuthority
            | Self::RemindOfPapers
            | Self::RecordOverduePapers
            | Self::RecordDrill(_) => false,
        }
    }
}

/// What a release remembers of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Urgent {
    /// Its emergency, if it is one.
    pub emergency: Option<Emergency>,
    /// Its suspensions and resumptions, in order.
    pub interruptions: Vec<Interruption>,
    /// Where it was rolled back.
    pub rolled_back: BTreeMap<EnvironmentName, (Timestamp, Rollback)>,
    /// Drills, in the order they were recorded.
    pub drills: Vec<Held>,
    /// Where it left with its model.
    pub retired: BTreeSet<EnvironmentName>,
    /// What the committee said afterwards.
    pub reviews: BTreeMap<Reviewed, Review>,
    /// Whether the release was approved already.
    pub(super) decided: bool,
}

impl Urgent {
    /// The word of why nothing of it may run there any more; `None` while something may.
    pub fn left(&self, place: &EnvironmentName) -> Option<&'static str> {
        if self.retired.contains(place) {
            Some("retired")
        } else {
            self.rolled_back.contains_key(place).then_some("rolled_back")
        }
    }

    /// Folds one event, as far as it concerns nothing but this.
    pub(super) fn evolve(&mut self, at: Timestamp, by: &super::Who, event: &UrgentEvent) {
        match event {
            UrgentEvent::EmergencyClaimed { claim } => {
                self.emergency = Some(Emergency::claimed(at, (**claim).clone()));
            }
            UrgentEvent::AuthorityConfirmed {} => self.answer(Answer::Confirmed { at }),
            UrgentEvent::AuthorityDenied { reason } => {
                self.answer(Answer::Denied { at, reason: *reason });
            }
            UrgentEvent::AuthorityLapsed { .. } => {
                self.emergency.iter_mut().for_each(|emergency| emergency.lapsed = true);
            }
            UrgentEvent::PapersAwaited { due, remind_at } => {
                let (due, remind_at) = (*due, *remind_at);
                let papers = Papers { due, remind_at, reminded: false, overdue: false };
                if let Some(emergency) = &mut self.emergency {
                    emergency.papers = Some(papers);
                }
            }
            UrgentEvent::PapersReminded { .. } => self.papers(|papers| papers.reminded = true),
            UrgentEvent::PapersOverdue { .. } => self.papers(|papers| papers.overdue = true),
            UrgentEvent::Reviewed { review, .. } => {
                let kept = Review { at, outcome: review.outcome, text: review.text };
                self.reviews.insert(review.of.clone(), kept);
            }
            UrgentEvent::RolledBack { rollback } => {
                self.rolled_back.insert(rollback.environment.clone(), (at, rollback.clone()));
            }
            UrgentEvent::Retired { environments, .. } => {
                self.retired.extend(environments.iter().cloned());
            }
            UrgentEvent::DrillRecorded { drill } => {
                let (drill, by) = (drill.clone(), by.clone());
                self.drills.push(Held { drill, at, by, after_decision: self.decided });
            }
            UrgentEvent::Reinstated { .. } | UrgentEvent::RetirementDecided { .. } => {}
        }
    }

    fn answer(&mut self, answer: Answer) {
        if let Some(emergency) = &mut self.emergency {
            emergency.answer = Some(answer);
        }
    }

    fn papers(&mut self, change: impl FnOnce(&mut Papers)) {
        if let Some(papers) = self.emergency.as_mut().and_then(|one| one.papers.as_mut()) {
            change(papers);
        }
    }
}

/// Turns such a command into events, or refuses.
pub(super) fn decide(
    release: &Release,
    command: UrgentCommand,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let event = match command {
        UrgentCommand::ClaimEmergency(new) => authority::claim(release, new, context)?,
        UrgentCommand::ConfirmAuthority => authority::confirm(release, context)?,
        UrgentCommand::DenyAuthority { reason } => authority::deny(release, reason, context)?,
        UrgentCommand::RecordLapsedAuthority => authority::record_lapsed(release, context)?,
        UrgentCommand::RemindOfPapers => papers::remind(release, context)?,
        UrgentCommand::RecordOverduePapers => papers::record_overdue(release, context)?,
        UrgentCommand::Review(review) => review::decide(release, review, context)?,
        UrgentCommand::ResolveReview { sitting, review, by } => {
            review::resolve(release, (sitting, review), &by, context)?
        }
        UrgentCommand::RollBack(new) => rollback::roll_back(release, new, context)?,
        UrgentCommand::RecordDrill(drill) => drill::record(release, drill, context)?,
    };
    Ok(vec![ReleaseEvent::Urgent(event)])
}
