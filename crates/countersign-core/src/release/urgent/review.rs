//! The committee's look afterwards, at emergencies, suspensions and rollbacks.

use super::UrgentEvent;
use crate::actor::Who;
use crate::meeting::Sitting;
use crate::name::{EnvironmentName, PersonId, RoleName};
use crate::policy::Independence;
use crate::refusal::Refusal;
use crate::release::{Context, Release};
use crate::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reviewed {
    /// That the release ran on verbal authority.
    Emergency,
    /// A suspension, counted from 1.
    Suspension(u32),
    /// A resumption, counted from 1.
    Resumption(u32),
    /// That it was rolled back there.
    Rollback(EnvironmentName),
}

impl fmt::Display for Reviewed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Emergency => f.write_str("emergency"),
            Self::Suspension(number) => write!(f, "suspension-{number}"),
            Self::Resumption(number) => write!(f, "resumption-{number}"),
            Self::Rollback(environment) => write!(f, "rollback-{environment}"),
        }
    }
}

impl std::str::FromStr for Reviewed {
    type Err = NotReviewable;

    fn from_str(text: &str) -> Result<Self, NotReviewable> {
        let numbered = |number: &str| number.parse::<u32>().ok().filter(|number| *number > 0);
        let found = match text.split_once('-') {
            None if text == "emergency" => Some(Self::Emergency),
            Some(("suspension", number)) => numbered(number).map(Self::Suspension),
            Some(("resumption", number)) => numbered(number).map(Self::Resumption),
            Some(("rollback", place)) => EnvironmentName::new(place).ok().map(Self::Rollback),
            Some(_) | None => None,
        };
        found.ok_or_else(|| NotReviewable { given: text.to_owned() })
    }
}

/// Why a text names nothing that is reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReviewable {
    given: String,
}

impl fmt::Display for NotReviewable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is nothing that is reviewed: use emergency, suspension-N, resumption-N or \
             rollback-ENVIRONMENT",
            self.given
        )
    }
}

impl std::error::Error for NotReviewable {}

/// What the committee found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// It was right.
    Justified,
    /// It was not, but it was meant well.
    NotJustified,
    /// An emergency was used for convenience.
    Misuse,
}

impl ReviewOutcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Justified, Self::NotJustified, Self::Misuse];

    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Justified => "justified",
            Self::NotJustified => "not_justified",
            Self::Misuse => "misuse",
        }
    }
}

/// A review to record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewReview {
    /// Of what.
    pub of: Reviewed,
    /// What was found.
    pub outcome: ReviewOutcome,
    /// The same in words.
    pub text: Text,
}

/// A review that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// When.
    pub at: Timestamp,
    /// What was found.
    pub outcome: ReviewOutcome,
    /// The same in words.
    pub text: Text,
}

/// A suspension or a resumption, remembered for its review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interruption {
    /// Which one.
    pub which: Reviewed,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Who,
    /// Why.
    pub reason: Text,
}

impl super::Urgent {
    /// Remembers a suspension or a resumption.
    pub(in crate::release) fn interrupted(
        &mut self,
        (at, by): (Timestamp, &Who),
        reason: Text,
        numbered: fn(u32) -> Reviewed,
    ) {
        let same = |one: &&Interruption| {
            std::mem::discriminant(&one.which) == std::mem::discriminant(&numbered(1))
        };
        let number = self.interruptions.iter().filter(same).count() as u32 + 1;
        let which = numbered(number);
        self.interruptions.push(Interruption { which, at, by: by.clone(), reason });
    }
}

pub(super) fn decide(
    release: &Release,
    review: NewReview,
    context: &Context<'_>,
) -> Result<UrgentEvent, Refusal> {
    let action = "review it afterwards";
    let role = release.settings().and_then(|settings| settings.reviewed_by.clone());
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let needs: Vec<RoleName> = role.into_iter().collect();
    let Some(role) = needs.iter().find(|role| context.acts_as(role)) else {
        return Err(Refusal::NotPermitted { action, needs });
    };
    let missing = || Refusal::NotFound { what: "thing to review", name: review.of.to_string() };
    let by = author(release, &review.of).ok_or_else(missing)?;
    if release.urgent.reviews.contains_key(&review.of) {
        return Err(Refusal::NothingToDo { what: "it was reviewed already" });
    }
    let dependent = |of| {
        let (person, role) = (person.clone(), role.clone());
        Err(Refusal::NotIndependent { person, role, of })
    };
    let everybody = context.everybody(needs.iter());
    let owner = |owner: &PersonId| everybody.contains(owner);
    if context.owner().is_some_and(owner) || release.owner().is_some_and(owner) {
        return dependent(Independence::ModelOwner);
    }
    let requested = !release.requesters().is_disjoint(&everybody);
    if requested || by.into_iter().any(|person| everybody.contains(person)) {
        return dependent(Independence::Requester);
    }
    if review.outcome == ReviewOutcome::Misuse && review.of != Reviewed::Emergency {
        let fault = crate::field::FieldFault {
            field: "outcome".into(),
            label: "Outcome".into(),
            message: "only an emergency is misused: say justified or not_justified".into(),
        };
        return Err(Refusal::InvalidAnswers { faults: vec![fault] });
    }
    Ok(UrgentEvent::Reviewed { review, sitting: None })
}

/// What a session found, said by the first of those who voted so who may still say it.
pub(super) fn resolve(
    release: &Release,
    (sitting, review): (Sitting, NewReview),
    by: &[PersonId],
    context: &Context<'_>,
) -> Result<UrgentEvent, Refusal> {
    let mut refused = None;
    for person in by {
        let actor = context.register.actor(person, context.now);
        match decide(release, review.clone(), &Context { actor: &actor, ..*context }) {
            Ok(_) => return Ok(UrgentEvent::Reviewed { review, sitting: Some(sitting) }),
            Err(refusal) => {
                refused.get_or_insert(refusal);
            }
        }
    }
    let nobody = Refusal::NothingToDo { what: "nobody voted so" };
    Err(refused.unwrap_or(nobody))
}

/// Who did what is reviewed, and gave authority for it: nobody reviews himself. `None` when it
/// never happened.
fn author<'r>(release: &'r Release, of: &Reviewed) -> Option<Vec<&'r PersonId>> {
    match of {
        Reviewed::Emergency => {
            let claim = &release.urgent.emergency.as_ref()?.claim;
            Some(vec![&claim.owner, &claim.authority.by])
        }
        Reviewed::Suspension(_) | Reviewed::Resumption(_) => {
            let found = release.urgent.interruptions.iter().find(|one| &one.which == of)?;
            Some(found.by.person().into_iter().collect())
        }
        Reviewed::Rollback(environment) => {
            let (_, rollback) = release.urgent.rolled_back.get(environment)?;
            Some(rollback.by.person().into_iter().collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::rows::EntryRow;
    use ReviewOutcome::{Justified, Misuse, NotJustified};

    #[track_caller]
    fn entry(world: &World, id: &str) -> EntryRow {
        let entries = crate::project::entries(world.release());
        let found = entries.iter().find(|row| row.id == format!("r-1/{id}")).cloned();
        found.unwrap_or_else(|| panic!("{entries:?}"))
    }

    ///
    #[test]
    fn the_committee_reviews_an_emergency_and_may_call_it_misuse() {
        let world = urgently_deployed(Low);
        let open = entry(&world, "emergency");
        assert_eq!(
            (open.state.as_str(), open.role.clone()),
            ("papers_due", Some(role("ai_governance_committee")))
        );
        let misuse = || review(Reviewed::Emergency, Misuse);
        for person in ["rivera", "abara", "chen", "root"] {
            world.clone().when(person, misuse()).refused_as("actor.not_permitted");
        }
        let world = world.having("moreau", misuse());
        assert_eq!(entry(&world, "emergency").closed_at, None);
        world.clone().when("osei", misuse()).refused_as("nothing_to_do");
        let world = world.prepared().submitted().approved_on_authority();
        let settled = entry(&world, "emergency");
        assert_eq!((settled.state.as_str(), settled.closed_at.is_some()), ("misuse", true));
    }

    ///
    #[test]
    fn an_emergency_waits_for_its_review_after_its_papers() {
        let world = urgently_deployed(Low).prepared().submitted().approved_on_authority();
        let open = entry(&world, "emergency");
        assert_eq!((open.state.as_str(), open.closed_at), ("to_review", None));
        let world = world.having("moreau", review(Reviewed::Emergency, Justified));
        assert!(entry(&world, "emergency").closed_at.is_some());
    }

    ///
    #[test]
    fn each_suspension_and_each_resumption_waits_for_the_committee_with_its_reason() {
        let world = deployed(Low).having("abara", suspend()).having("abara", resume());
        let world = world.having("abara", suspend());
        let listed = ["suspension-1", "resumption-1", "suspension-2"];
        for id in listed {
            let open = entry(&world, id);
            assert_eq!((open.state.as_str(), open.closed_at), ("to_review", None));
            assert!(open.text.is_some());
        }
        let suspension = || review(Reviewed::Suspension(1), NotJustified);
        world.clone().when("abara", suspension()).refused_as("actor.not_permitted");
        let world = world.having("lindqvist", suspension());
        assert_eq!(entry(&world, "suspension-1").state, "not_justified");
        assert_eq!(entry(&world, "suspension-2").closed_at, None);
        let misuse = review(Reviewed::Suspension(2), Misuse);
        world.clone().when("osei", misuse).refused_as("answers.invalid");
        world.when("osei", review(Reviewed::Suspension(3), Justified)).refused_as("not_found");
    }

    ///
    #[test]
    fn nobody_reviews_what_is_his_own() {
        let member = |person: &str| {
            crate::register::RegisterEvent::granted(id(person), role("ai_governance_committee"))
        };
        let world = deployed(Low).and(member("abara")).and(member("rivera"));
        let world = world.having("abara", suspend());
        for person in ["abara", "rivera"] {
            let outcome = world.clone().when(person, review(Reviewed::Suspension(1), Justified));
            outcome.refused_as("approval.not_independent");
        }
        let spoken = urgently_deployed(Low).and(member("abara"));
        let outcome = spoken.when("abara", review(Reviewed::Emergency, Justified));
        outcome.refused_as("approval.not_independent");
    }

    #[test]
    fn where_nobody_reviews_the_entry_is_settled_at_once() {
        let world = given(Low).policy_where(|policy| policy.settings.reviewed_by = None);
        let world = world
            .requested(request(crate::classification::ChangeType::NewModel, Low))
            .prepared()
            .submitted()
            .approved()
            .having("abara", suspend());
        let row = entry(&world, "suspension-1");
        assert_eq!((row.state.as_str(), row.closed_at.is_some()), ("recorded", true));
        let outcome = world.when("moreau", review(Reviewed::Suspension(1), Justified));
        outcome.refused_as("actor.not_permitted");
    }

    #[test]
    fn what_is_reviewed_reads_back_as_it_prints() {
        let all = [
            Reviewed::Emergency,
            Reviewed::Suspension(2),
            Reviewed::Resumption(1),
            Reviewed::Rollback(production()),
        ];
        for one in all {
            assert_eq!(one.to_string().parse(), Ok(one));
        }
        for bad in ["", "suspension", "suspension-0", "suspension-x", "rollback-", "party"] {
            assert!(bad.parse::<Reviewed>().is_err(), "{bad}");
        }
    }
}
