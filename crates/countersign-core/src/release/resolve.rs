//! What a session of the committee decided about a release: its votes become approvals by the very
//! rules that hold for an approval given alone, or its no becomes the rejection.

use super::command::Approve;
use super::{Context, RejectionReason, Release, ReleaseEvent, State, approve};
use crate::assess;
use crate::digest::Sha256;
use crate::meeting::{MeetingFault, Sitting};
use crate::name::{PersonId, RoleName};
use crate::refusal::Refusal;
use crate::text::Text;

/// What a session decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// In which session, under which item.
    pub sitting: Sitting,
    /// The role its members decide in.
    pub role: RoleName,
    /// Yes or no.
    pub said: Said,
}

/// Yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It was carried.
    Yes {
        /// Who voted for it, with what they wrote, in the order of the votes.
        by: Vec<(PersonId, Option<Text>)>,
        /// The content that lay on the table.
        dossier: Sha256,
    },
    /// It was turned down.
    No {
        /// The first who voted against it.
        by: PersonId,
        /// Why, as a word that can be counted.
        reason: RejectionReason,
        /// The chair's statement.
        text: Text,
    },
}

/// Refuses an approval given alone where the policy lets the committee decide in sessions only.
pub(super) fn outside_sessions(release: &Release, role: &RoleName) -> Result<(), Refusal> {
    let committee = release.plan.as_ref().and_then(|plan| plan.settings.committee.as_ref());
    match committee {
        Some(rules) if &rules.role == role && !rules.single_approvals => {
            Err(MeetingFault::InSessionOnly.into())
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn resolve(
    release: &Release,
    resolution: Resolution,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let Resolution { sitting, role, said } = resolution;
    match said {
        Said::No { by, reason, text } => {
            let actor = context.register.actor(&by, context.now);
            let context = Context { actor: &actor, ..*context };
            approve::reject(release, role, reason, text, &context)
        }
        Said::Yes { by, dossier } => {
            let new =
                |comment| Approve { role: role.clone(), dossier, conditions: Vec::new(), comment };
            let votes = by.into_iter().map(|(person, comment)| (person, new(comment))).collect();
            let events = approvals(release, votes, context)?;
            Ok(events.into_iter().map(|event| of_session(event, &sitting)).collect())
        }
    }
}

/// One approval after the other, until the role is no longer asked. Whoever may not sign any more
/// is passed over; when that is everybody, the first reason is the answer.
fn approvals(
    release: &Release,
    votes: Vec<(PersonId, Approve)>,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let (mut after, mut events, mut refused) = (release.clone(), Vec::new(), None);
    for (person, approve) in votes {
        if !waits_for(&after, &approve.role) {
            break;
        }
        let actor = context.register.actor(&person, context.now);
        let context = Context { actor: &actor, ..*context };
        match approve::approve(&after, approve, &context) {
            Ok(new) => {
                for event in &new {
                    after.evolve(context.now, &actor.who, event);
                }
                events.extend(new);
            }
            Err(refusal) if is_personal(&refusal) => {
                refused.get_or_insert(refusal);
            }
            Err(refusal) => return Err(refusal),
        }
    }
    match refused {
        Some(refusal) if events.is_empty() => Err(refusal),
        _ if events.is_empty() => {
            let (state, action) = (release.state_word().to_owned(), "decide about the release");
            Err(Refusal::WrongState { state, action })
        }
        Some(_) | None => Ok(events),
    }
}

fn waits_for(release: &Release, role: &RoleName) -> bool {
    let plan = release.plan.as_ref().filter(|_| release.state == State::InReview);
    let rules = plan.into_iter().flat_map(|plan| (0u32..).zip(&plan.approvals));
    rules.into_iter().any(|(index, rule)| {
        &rule.role == role && assess::given_for(release, index).count() < rule.count as usize
    })
}

/// Whether the refusal is about the person and not about the release.
fn is_personal(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NotPermitted { .. }
            | Refusal::NotAHolder { .. }
            | Refusal::NotIndependent { .. }
            | Refusal::AlreadyApproved { .. }
            | Refusal::NothingToDo { .. }
            | Refusal::OfPeople(_)
    )
}

fn of_session(mut event: ReleaseEvent, sitting: &Sitting) -> ReleaseEvent {
    if let ReleaseEvent::ApprovalGiven { approval } = &mut event {
        approval.sitting = Some(sitting.clone());
    }
    event
}
